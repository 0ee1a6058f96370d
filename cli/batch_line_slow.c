/* Lines of JSON the long way: facts at the top are taken out, the rest is read
 * as any situation is. */
#include <string.h>

#include "base/utf8.h"
#include "cli/batch_line.h"
#include "runtime/document.h"
#include "runtime/terms.h"

/* A member of the outer object: from its key to its value's end. */
typedef struct LineMember {
  Text key, value;
  uint32_t start, end;
} LineMember;

typedef struct Walk {
  Text text;
  uint32_t at;
} Walk;

static char peek(Walk *walk)
{
  while (walk->at < walk->text.length &&
         strchr(" \t\r\n", walk->text.at[walk->at]))
    walk->at++;
  return walk->at < walk->text.length ? walk->text.at[walk->at] : '\0';
}

/* Past the string that starts here. */
static bool skip_string(Walk *walk)
{
  for (walk->at++; walk->at < walk->text.length; walk->at++) {
    char c = walk->text.at[walk->at];
    if (c == '\\')
      walk->at++;
    else if (c == '"') {
      walk->at++;
      return true;
    }
  }
  return false;
}

/* Past the value that starts here, whatever it is. */
static bool skip_value(Walk *walk)
{
  uint32_t depth = 0;
  do {
    char c = peek(walk);
    if (c == '\0' || (!depth && (c == ',' || c == '}'))) return false;
    if (c == '"') {
      if (!skip_string(walk)) return false;
    } else if (strchr("[{]}", c)) {
      depth += c == '[' || c == '{' ? 1u : -1u;
      walk->at++;
    } else if (c == ',' || c == ':') {
      walk->at++;
    } else {
      while (walk->at < walk->text.length &&
             !strchr(",:]} \t\r", walk->text.at[walk->at]))
        walk->at++;
    }
  } while (depth);
  return true;
}

static bool take_member(Walk *walk, LineMember *member)
{
  if (peek(walk) != '"') return false;
  member->start = walk->at;
  if (!skip_string(walk)) return false;
  member->key = (Text){walk->text.at + member->start + 1,
                       walk->at - member->start - 2};
  if (peek(walk) != ':') return false;
  walk->at++;
  peek(walk);
  uint32_t start = walk->at;
  if (!skip_value(walk)) return false;
  member->end = walk->at;
  member->value = (Text){walk->text.at + start, walk->at - start};
  return true;
}

/* --------------------------------------------------------- facts at the top */

typedef struct Slow {
  Arena *arena;
  LineReader *lines;
  ReadCase *one;
  char *copy;   /* of the line; what has been taken is blank */
  Text *flat;   /* for each key: what it says; none */
} Slow;

/* A scalar, or a list of them, as a person writes it. */
static Text value_text(Slow *slow, Text value)
{
  Arena *arena = slow->arena;
  Sources sources = {0};
  Diagnostics diagnostics = {.arena = arena};
  Documents documents;
  Text whole = text_format(arena, "{\"value\":%.*s}", TEXT_ARG(value));
  uint32_t file = source_add(arena, &sources, TEXT("value.json"), whole);
  if (!document_read(arena, &sources, file, &diagnostics, &documents))
    return TEXT_NONE;
  const Piece *piece = documents.first->first;
  Buffer out = {.arena = arena};
  if (piece->kind == PIECE_TEXT)
    return !piece->quoted && text_equal(piece->text, TEXT("null"))
               ? TEXT("")
               : piece->text;
  if (piece->kind == PIECE_MAP) return TEXT_NONE;
  for (const Piece *part = piece->first; part; part = part->next) {
    if (part->kind != PIECE_TEXT) return TEXT_NONE;
    if (out.length) buffer_put_c(&out, ", ");
    buffer_put(&out, part->text);
  }
  return out.length ? buffer_text(&out) : TEXT("none");
}

static bool is_space(char c)
{
  return c == ' ' || c == '\t';
}

/* The line without the member and one comma beside it. */
static void blank(Slow *slow, Text line, const LineMember *member)
{
  uint32_t start = member->start, end = member->end;
  while (end < line.length && is_space(slow->copy[end])) end++;
  if (end < line.length && slow->copy[end] == ',') {
    end++;
  } else {
    while (start > 0 && is_space(slow->copy[start - 1])) start--;
    if (start > 0 && slow->copy[start - 1] == ',') start--;
  }
  memset(slow->copy + start, ' ', end - start);
}

/* "context.gfit": what is near it. */
static Text tell_unknown(Slow *slow, Text name)
{
  Diagnostics diagnostics = {.arena = slow->arena};
  Dimension dimension;
  const char *dot = memchr(name.at, '.', name.length);
  if (!dot ||
      !term_find_dimension((Text){name.at, (uint32_t)(dot - name.at)},
                           &dimension))
    return TEXT_NONE;
  name = utf8_nfc(slow->arena, utf8_safe(slow->arena, name, false));
  fact_find(slow->arena, slow->lines->reader->image, name, (Span){0, 0, 0},
            &diagnostics);
  return batch_first_message(slow->arena, &diagnostics);
}

static Text take_flat(Slow *slow, Text line, const LineMember *member)
{
  uint32_t key = line_key_find(slow->lines, -1, member->key);
  if (key == NONE) return tell_unknown(slow, member->key);
  if (!slow->lines->keys[key]->flat) return TEXT_NONE;
  const Column *column = &slow->lines->keys[key]->column;
  if (slow->flat[key].at)
    return text_format(slow->arena, "`%.*s` stands here twice.",
                       TEXT_ARG(member->key));
  slow->flat[key] = value_text(slow, member->value);
  if (text_is_none(slow->flat[key])) {
    if (column->kind < COLUMN_KEPT)
      return text_format(slow->arena,
                         "Column `%.*s`: It needs a text, a number or a list "
                         "of these.", TEXT_ARG(member->key));
    slow->flat[key] = TEXT("");
  }
  if (column->kind == COLUMN_KEPT)
    slow->one->kept[slow->lines->keys[key]->kept] = slow->flat[key];
  blank(slow, line, member);
  return TEXT_NONE;
}

static Text take_flats(Slow *slow, Text line)
{
  Walk walk = {line, 0};
  LineMember member;
  if (peek(&walk) != '{') return TEXT("The line must be one JSON object.");
  walk.at++;
  while (take_member(&walk, &member)) {
    Text problem = take_flat(slow, line, &member);
    if (!text_is_none(problem)) return problem;
    if (peek(&walk) != ',') break;
    walk.at++;
  }
  return TEXT_NONE;
}

/* ----------------------------------------------------------------- the rest */

/* What is at the top of a mapped line, as a row has it: the frame first. */
static Text merge_frame(Slow *slow, const Column *column, Text text)
{
  ReadCase *one = slow->one;
  return text.length ? batch_read_frame(slow->arena, slow->lines->reader,
                                        column, text, one)
                     : TEXT_NONE;
}

static Text merge_fact(Slow *slow, const Column *column, Text text)
{
  Diagnostics diagnostics = {.arena = slow->arena};
  Given *given = &slow->one->situation.facts[column->fact];
  if (!text.length) return TEXT_NONE;
  if (given->given) return TEXT("It is given twice.");
  if (given_read(slow->arena, slow->lines->reader->image, column->fact, text,
                 slow->one->as_of, (Span){0, 0, 0}, &diagnostics, given))
    return TEXT_NONE;
  return batch_first_message(slow->arena, &diagnostics);
}

static Text merge_flats(Slow *slow, bool facts)
{
  for (uint32_t i = 0; i < slow->lines->key_count; i++) {
    const LineKey *key = slow->lines->keys[i];
    const Column *column = &key->column;
    Text text = slow->flat[i], problem;
    if (!text.at) continue;
    if (column->kind >= COLUMN_KEPT ||
        facts != (column->kind == COLUMN_FACT))
      continue;
    if (column->mapped) text = mapping_value(column->mapped, text);
    problem = facts ? merge_fact(slow, column, text)
                    : merge_frame(slow, column, text);
    if (!text_is_none(problem))
      return text_format(slow->arena, "Column `%.*s`: %.*s",
                         TEXT_ARG(column->name), TEXT_ARG(problem));
  }
  return TEXT_NONE;
}

static Text read_rest(Slow *slow, Text line)
{
  const BatchReader *reader = slow->lines->reader;
  ReadCase *one = slow->one;
  Diagnostics diagnostics = {.arena = slow->arena};
  Sources sources = {0};
  Cases cases = {0};
  Text left = {slow->copy, line.length};
  SituationInput input = {
    .image = reader->image, .sources = &sources, .today = one->as_of,
    .file = source_add(slow->arena, &sources, TEXT("case.json"), left),
    .boundary = NONE};
  if (!situation_read_input(slow->arena, &input, &diagnostics, &cases))
    return batch_first_message(slow->arena, &diagnostics);
  if (cases.count != 1) return TEXT("The line must hold one situation.");
  one->situation = cases.at[0].situation;
  one->as_of = one->situation.as_of;
  if (one->situation.tense) one->tense = one->situation.tense;
  if (one->situation.boundary != NONE)
    one->boundary = one->situation.boundary;
  return TEXT_NONE;
}

/* Takes the facts back into numbers where each has one value. */
static void pack(const Image *image, ReadCase *one)
{
  for (uint32_t i = 0; i < image->facts.count; i++) {
    const Given *given = &one->situation.facts[i];
    uint32_t type = image->facts.at[i].type;
    if (!given->given) continue;
    if (type == TYPE_RECORD || !given_is_exact(given)) return;
    one->values[i] = type == TYPE_SET ? (int64_t)given->members
                                      : given->spans[0].low;
    one->known[i / 64] |= UINT64_C(1) << (i % 64);
  }
  one->wide = false;
}

Text line_read_slowly(Arena *arena, LineReader *lines, Text line,
                      ReadCase *one)
{
  Slow slow = {.arena = arena, .lines = lines, .one = one};
  Text problem;
  slow.copy = ARENA_ARRAY(arena, (size_t)line.length + 1, char);
  memcpy(slow.copy, line.at, line.length);
  slow.flat = ARENA_ARRAY(arena, LINE_KEYS_MOST, Text);
  one->wide = true;
  problem = take_flats(&slow, line);
  if (text_is_none(problem)) problem = merge_flats(&slow, false);
  if (text_is_none(problem)) problem = read_rest(&slow, line);
  if (!text_is_none(problem)) return problem;
  one->situation.boundary = one->boundary;
  one->situation.tense = one->tense;
  problem = merge_flats(&slow, true);
  if (text_is_none(problem)) pack(lines->reader->image, one);
  return problem;
}
