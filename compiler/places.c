/* The author's words, and where they stand. */
#include <assert.h>
#include <string.h>

#include "base/utf8.h"
#include "compiler/emit.h"

#define WORDS_MOST 4000 /* bytes of a condition's text */

static bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Steps over spaces and comments from `i`. */
static uint32_t skip_space(Text text, uint32_t i) {
  while (i < text.length) {
    if (text.at[i] == '#')
      while (i < text.length && text.at[i] != '\n') i++;
    else if (is_space(text.at[i]))
      i++;
    else
      break;
  }
  return i;
}

static bool wants_space(char before, char after) {
  if (before == '(' || after == ')' || after == ',') return false;
  return true;
}

/* Cuts at the end of a character. */
static Text cut_words(const Emit *emit, Text words) {
  uint32_t length = WORDS_MOST;
  if (words.length <= WORDS_MOST) return words;
  while (((unsigned char)words.at[length] & 0xC0) == 0x80) length--;
  return text_format(emit->arena, "%.*s…", (int)length, words.at);
}

typedef uint8_t Bytes16 __attribute__((vector_size(16)));

/* What is_tidy asks, of the sixteen characters after the first one. */
static bool is_tidy_run(const char *at) {
  Bytes16 before, c;
  uint64_t wrong[2];
  memcpy(&before, at, sizeof before);
  memcpy(&c, at + 1, sizeof c);
  Bytes16 space = (Bytes16)(c == ' '), spaced = (Bytes16)(before == ' ');
  Bytes16 odd = (Bytes16)((c - ' ' > '~' - ' ') | (c == '#'));
  odd |= space & (spaced | (Bytes16)(before == '('));
  odd |= ~space & (Bytes16)(before == ',');
  odd |= spaced & (Bytes16)((c == ')') | (c == ','));
  memcpy(wrong, &odd, sizeof wrong);
  return !(wrong[0] | wrong[1]);
}

/* Is the text plain, with one space wherever there should be one? */
static bool is_tidy(Text text) {
  char before = '(';
  for (uint32_t i = 0; i < text.length; i++) {
    if (i > 0 && text.length - i >= sizeof(Bytes16) &&
        is_tidy_run(text.at + i - 1)) {
      i += (uint32_t)sizeof(Bytes16) - 1;
      before = text.at[i];
      continue;
    }
    char c = text.at[i];
    if (c == ' ' ? before == ' ' || before == '('
                 : (before == ' ' && !wants_space(before, c)) ||
                       before == ',' || c < ' ' || c > '~' || c == '#')
      return false;
    before = c;
  }
  return before != ' ' && text.length <= WORDS_MOST;
}

/* Is it a part of what was found tidy last? */
static bool is_within(Span span, Span tidy) {
  return span.file == tidy.file && span.start >= tidy.start &&
         span.end <= tidy.end;
}

Text emit_words(Emit *emit, Span span) {
  Text source = source_get(emit->sources, span.file)->text;
  Text text = {source.at + span.start, span.end - span.start};
  if (is_within(span, emit->tidy)) return text;
  if (is_tidy(text)) {
    emit->tidy = span;
    return text;
  }
  Buffer out = {.arena = emit->arena};
  uint32_t i = skip_space(text, 0);
  while (i < text.length && out.length <= WORDS_MOST) {
    uint32_t next = skip_space(text, i);
    char before = out.length > 0 ? out.at[out.length - 1] : '(';
    if (next > i || before == ',') {
      if (next < text.length && wants_space(before, text.at[next]))
        buffer_put_char(&out, ' ');
    }
    i = next;
    if (i < text.length) buffer_put_char(&out, text.at[i++]);
  }
  Text words = cut_words(emit, buffer_text(&out));
  return utf8_nfc(emit->arena, words);
}

/* ------------------------------------------------------------------ places */

static void find_line(Spot *spot, const Source *source, uint32_t offset) {
  uint32_t near = source == spot->source ? spot->line : 1;
  uint32_t line = source_line_at(source, offset, near);
  spot->source = source;
  spot->line = line;
  spot->start = source->lines[line - 1];
  spot->end = line < source->line_count ? source->lines[line]
                                        : source->text.length + 1;
  Text text = source_line(source, line);
  spot->plain = utf8_length(text) == text.length;
}

static Position find_position(Emit *emit, const Source *source,
                              uint32_t offset) {
  Spot *spot = &emit->spot;
  if (source != spot->source || offset < spot->start || offset >= spot->end)
    find_line(spot, source, offset);
  uint32_t before = offset - spot->start;
  if (!spot->plain)
    before = utf8_length((Text){source->text.at + spot->start, before});
  return (Position){spot->line, before + 1};
}

void emit_place(Emit *emit, uint32_t number, Span span) {
  assert(number < emit->image->places.count);
  const Source *source = source_get(emit->sources, span.file);
  Position start = find_position(emit, source, span.start);
  Position end = find_position(emit, source, span.end);
  emit->image->places.at[number] =
      (Place){emit->file_numbers[span.file], start.line, start.column,
              end.line, end.column};
}

static uint32_t place_text(Emit *emit, Text text) {
  VEC_PUSH(emit->arena, &emit->image->place_texts, text);
  return emit->image->place_texts.count - 1;
}

static void add_files(Emit *emit) {
  const Loaded *loaded = emit->checked->loaded;
  emit->file_numbers = ARENA_ARRAY(
      emit->arena, emit->sources->files.count + 1, uint32_t);
  for (uint32_t i = 0; i < loaded->files.count; i++) {
    const LoadedFile *loaded_file = &loaded->files.at[i];
    const Source *source = source_get(emit->sources, loaded_file->number);
    File *file = VEC_ADD(emit->arena, &emit->image->files);
    emit->file_numbers[loaded_file->number] = i;
    file->name = place_text(emit, loaded_file->path);
    file->text = place_text(emit, source->text);
  }
}

void emit_places(Emit *emit) {
  const Checked *checked = emit->checked;
  uint32_t next = checked->facts.count;
  add_files(emit);
  emit->rule_places = next;
  emit->node_places = next += checked->rules.count;
  next += checked->terms;
  uint32_t count = next + checked->examples.count + checked->sources.count +
                   checked->promises.count + checked->assumes.count;
  VEC_RESERVE(emit->arena, &emit->image->places, count);
  emit->image->places.count = count;
  for (uint32_t i = 0; i < checked->facts.count; i++)
    emit_place(emit, i, checked->facts.at[i].span);
  for (uint32_t i = 0; i < checked->examples.count; i++)
    emit_place(emit, next++, checked->examples.at[i].span);
  for (uint32_t i = 0; i < checked->sources.count; i++)
    emit_place(emit, next++, checked->sources.at[i].span);
  for (uint32_t i = 0; i < checked->promises.count; i++)
    emit_place(emit, next++, checked->promises.at[i].item->span);
  for (uint32_t i = 0; i < checked->assumes.count; i++)
    emit_place(emit, next++, checked->assumes.at[i].item->span);
}
