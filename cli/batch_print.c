#include "cli/batch_print.h"

#include <string.h>

#include "runtime/terms.h"

/* ------------------------------------------------------------------- fields */

void batch_put_csv(Buffer *out, Text text)
{
  bool plain = true;
  for (uint32_t i = 0; i < text.length; i++)
    plain &= text.at[i] != ',' && text.at[i] != '"' && text.at[i] != '\n';
  if (plain) {
    buffer_put(out, text);
    return;
  }
  buffer_put_char(out, '"');
  for (uint32_t i = 0; i < text.length; i++) {
    if (text.at[i] == '"') buffer_put_char(out, '"');
    buffer_put_char(out, text.at[i]);
  }
  buffer_put_char(out, '"');
}

void batch_put_json(Buffer *out, Text text)
{
  bool plain = true;
  for (uint32_t i = 0; i < text.length; i++)
    plain &= text.at[i] != '"' && text.at[i] != '\\';
  buffer_put_char(out, '"');
  if (plain) buffer_put(out, text);
  for (uint32_t i = 0; !plain && i < text.length; i++) {
    if (text.at[i] == '"' || text.at[i] == '\\') buffer_put_char(out, '\\');
    buffer_put_char(out, text.at[i]);
  }
  buffer_put_char(out, '"');
}

/* ------------------------------------------------------------------ changes */

CaseChange case_change(const CaseAnswer *from, const CaseAnswer *to)
{
  if (from->low == to->low && from->high == to->high) return CHANGE_SAME;
  if (!from->settled || !to->settled || from->low == SILENT ||
      to->low == SILENT)
    return CHANGE_OTHER;
  return to->low > from->low ? CHANGE_STRICTER : CHANGE_LOOSER;
}

const char *case_change_word(CaseChange change)
{
  static const char *const words[CHANGE_COUNT] = {"same", "stricter",
                                                  "looser", "other"};
  return words[change];
}

/* ------------------------------------------------------------------- pieces */

/* Copies the text in steps that pass its end; there must be room for that. */
static inline char *put_piece(char *to, Text piece)
{
  for (uint32_t i = 0; i < piece.length; i += PIECE_STEP)
    memcpy(to + i, piece.at + i, PIECE_STEP);
  return to + piece.length;
}

static inline char *put_digits(char *to, uint64_t number)
{
  char digits[PIECE_STEP];
  uint32_t at = sizeof digits;
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number);
  memcpy(to, digits + at, sizeof digits - at);
  return to + sizeof digits - at;
}

static void put_number(Buffer *out, uint64_t number)
{
  buffer_reserve(out, PIECE_STEP);
  out->length =
      (uint32_t)(put_digits(out->at + out->length, number) - out->at);
}

static Text piece_text(Buffer *made)
{
  buffer_reserve(made, 2 * PIECE_STEP);
  return buffer_text(made);
}

static Text boundary_piece(const AnswerPieces *pieces, Text name)
{
  Buffer made = {.arena = pieces->arena};
  if (pieces->format == BATCH_CSV) {
    batch_put_csv(&made, name);
    buffer_put_char(&made, ',');
  } else {
    buffer_put_c(&made, ",\"boundary\":");
    batch_put_json(&made, name);
  }
  return piece_text(&made);
}

/* With what stands between two rules after it. */
static Text rule_piece(const AnswerPieces *pieces, Text name)
{
  Buffer made = {.arena = pieces->arena};
  if (pieces->format == BATCH_CSV) {
    buffer_put(&made, name);
    buffer_put_char(&made, ' ');
  } else {
    batch_put_json(&made, name);
    buffer_put_char(&made, ',');
  }
  return piece_text(&made);
}

void batch_pieces_make(Arena *arena, const Image *image, uint32_t format,
                       AnswerPieces *pieces)
{
  uint32_t boundaries = image->boundaries.count, rules = image->rules.count;
  *pieces = (AnswerPieces){.arena = arena, .format = format};
  pieces->boundaries = ARENA_ARRAY(arena, boundaries + 1, Text);
  pieces->rules = ARENA_ARRAY(arena, rules + 1, Text);
  for (uint32_t i = 0; i < boundaries; i++)
    pieces->boundaries[i] = boundary_piece(
        pieces, image_text(image, image->boundaries.at[i].name));
  for (uint32_t i = 0; i < rules; i++)
    pieces->rules[i] =
        rule_piece(pieces, image_text(image, image->rules.at[i].full_name));
}

static void put_csv_findings(Buffer *out, const CaseAnswer *answer);
static void put_json_findings(Buffer *out, const CaseAnswer *answer);

/* The words of the findings, which are few: each combination is made once. */
static Text findings_piece(AnswerPieces *pieces, const CaseAnswer *answer)
{
  uint32_t at = (uint32_t)answer->low * VERDICT_COUNT + (uint32_t)answer->high;
  at = at * 4 + (uint32_t)answer->may_harm;
  at = at * 4 + (uint32_t)answer->tension;
  at = at * 4 + (uint32_t)answer->emergency;
  if (text_is_none(pieces->findings[at])) {
    Buffer made = {.arena = pieces->arena};
    if (pieces->format == BATCH_CSV)
      put_csv_findings(&made, answer);
    else
      put_json_findings(&made, answer);
    pieces->findings[at] = piece_text(&made);
  }
  return pieces->findings[at];
}

/* From the boundary to the deciding rules. */
static void put_answer(Buffer *out, const CaseAnswer *answer,
                       AnswerPieces *pieces)
{
  static const char before[][PIECE_STEP] = {",", ",\"deciding\":["};
  static const char after[][PIECE_STEP] = {",", "]"};
  static const uint32_t lengths[] = {1, 13};
  Text boundary = pieces->boundaries[answer->boundary];
  Text findings = findings_piece(pieces, answer);
  uint32_t room = boundary.length + findings.length + 8 * PIECE_STEP;
  for (uint32_t i = 0; i < answer->deciding_count; i++)
    room += pieces->rules[answer->deciding[i]].length;
  buffer_reserve(out, room);
  char *at = put_piece(out->at + out->length, boundary);
  at = put_digits(put_piece(at, findings), answer->duties);
  at = put_piece(at, (Text){before[pieces->format],
                             lengths[pieces->format]});
  for (uint32_t i = 0; i < answer->deciding_count; i++)
    at = put_piece(at, pieces->rules[answer->deciding[i]]);
  if (answer->deciding_count) at--;
  at = put_piece(at, (Text){after[pieces->format], 1});
  out->length = (uint32_t)(at - out->at);
}

/* --------------------------------------------------------------------- CSV */

void batch_put_header(Buffer *out, const CaseLine *line)
{
  buffer_put_c(out, "case");
  for (uint32_t i = 0; i < line->kept_count; i++) {
    buffer_put_char(out, ',');
    batch_put_csv(out, line->kept_names[i]);
  }
  buffer_put_c(out, ",boundary,verdict,settled,low,high,holding-back,tension,"
                    "emergency,duties,deciding");
  if (line->two)
    buffer_put_c(out, ",against-verdict,against-low,against-high,change");
  buffer_put_c(out, ",problem\n");
}

static void put_word(Buffer *out, const char *word)
{
  buffer_put_c(out, word);
  buffer_put_char(out, ',');
}

static void put_csv_findings(Buffer *out, const CaseAnswer *answer)
{
  put_word(out, answer->settled ? term_verdict(answer->low) : "");
  put_word(out, answer->settled ? "yes" : "no");
  put_word(out, term_verdict(answer->low));
  put_word(out, term_verdict(answer->high));
  put_word(out, term_three(answer->may_harm));
  put_word(out, term_three(answer->tension));
  put_word(out, term_three(answer->emergency));
}

static void put_csv_against(Buffer *out, const CaseLine *line)
{
  const CaseAnswer *other = line->against;
  put_word(out, other->settled ? term_verdict(other->low) : "");
  put_word(out, term_verdict(other->low));
  put_word(out, term_verdict(other->high));
  put_word(out, case_change_word(case_change(line->answer, other)));
}

static void put_csv_case(Buffer *out, const CaseLine *line,
                         AnswerPieces *pieces)
{
  put_number(out, line->number);
  buffer_put_char(out, ',');
  for (uint32_t i = 0; i < line->kept_count; i++) {
    batch_put_csv(out, line->kept[i]);
    buffer_put_char(out, ',');
  }
  if (line->answer) {
    put_answer(out, line->answer, pieces);
    if (line->two) put_csv_against(out, line);
  } else {
    buffer_put_c(out, line->two ? ",,,,,,,,,,,,,," : ",,,,,,,,,,");
    batch_put_csv(out, line->problem);
  }
  buffer_put_char(out, '\n');
}

/* -------------------------------------------------------------- JSON Lines */

/* ,"verdict":"care" or null, with what stands before the word. */
static void put_verdict(Buffer *out, const char *key,
                        const CaseAnswer *answer)
{
  buffer_put_c(out, key);
  if (!answer->settled) {
    buffer_put_c(out, "null");
    return;
  }
  buffer_put_char(out, '"');
  buffer_put_c(out, term_verdict(answer->low));
  buffer_put_char(out, '"');
}

static void put_words(Buffer *out, const char *before, const char *word)
{
  buffer_put_c(out, before);
  buffer_put_c(out, word);
}

static void put_json_findings(Buffer *out, const CaseAnswer *answer)
{
  put_verdict(out, ",\"verdict\":", answer);
  put_words(out, ",\"settled\":", answer->settled ? "true" : "false");
  put_words(out, ",\"range\":[\"", term_verdict(answer->low));
  put_words(out, "\",\"", term_verdict(answer->high));
  put_words(out, "\"],\"holding-back\":\"", term_three(answer->may_harm));
  put_words(out, "\",\"tension\":\"", term_three(answer->tension));
  put_words(out, "\",\"emergency\":\"", term_three(answer->emergency));
  buffer_put_c(out, "\",\"duties\":");
}

static void put_json_against(Buffer *out, const CaseLine *line)
{
  const CaseAnswer *other = line->against;
  put_verdict(out, ",\"against\":{\"verdict\":", other);
  put_words(out, ",\"range\":[\"", term_verdict(other->low));
  put_words(out, "\",\"", term_verdict(other->high));
  put_words(out, "\"],\"change\":\"",
            case_change_word(case_change(line->answer, other)));
  buffer_put_c(out, "\"}");
}

static void put_json_case(Buffer *out, const CaseLine *line,
                          AnswerPieces *pieces)
{
  buffer_put_c(out, "{\"case\":");
  put_number(out, line->number);
  for (uint32_t i = 0; i < line->kept_count; i++) {
    buffer_put_char(out, ',');
    batch_put_json(out, line->kept_names[i]);
    buffer_put_char(out, ':');
    batch_put_json(out, line->kept[i]);
  }
  if (line->answer) {
    put_answer(out, line->answer, pieces);
    if (line->two) put_json_against(out, line);
    buffer_put_c(out, ",\"problem\":null}\n");
    return;
  }
  buffer_put_c(out, ",\"boundary\":null,\"verdict\":null,\"settled\":false,"
                    "\"range\":null,\"holding-back\":null,\"tension\":null,"
                    "\"emergency\":null,\"duties\":null,\"deciding\":[],");
  if (line->two) buffer_put_c(out, "\"against\":null,");
  buffer_put_c(out, "\"problem\":");
  batch_put_json(out, line->problem);
  buffer_put_c(out, "}\n");
}

void batch_put_case(Buffer *out, const CaseLine *line, AnswerPieces *pieces)
{
  if (pieces->format == BATCH_CSV)
    put_csv_case(out, line, pieces);
  else
    put_json_case(out, line, pieces);
}
