#include "cli/wording.h"

#include "cli/language.h"

static const char *const texts[WORDING_COUNT] = {
#define WORDING(name, text) [WORDING_##name] = text,
#include "cli/wording.def"
#undef WORDING
};

Text wording(Wording id)
{
  return text_of(language_text(texts[id]));
}

Text wording_of(Wording first, uint32_t offset)
{
  return wording((Wording)((uint32_t)first + offset));
}

static Text fill(Arena *arena, const char *words, Text one, Text two)
{
  Buffer out = {.arena = arena};
  for (const char *at = words; *at; at++) {
    bool place = at[0] == '{' && (at[1] == '1' || at[1] == '2') &&
                 at[2] == '}';
    if (!place) {
      buffer_put_char(&out, *at);
      continue;
    }
    buffer_put(&out, at[1] == '1' ? one : two);
    at += 2;
  }
  return buffer_text(&out);
}

Text wording_fill(Arena *arena, Wording id, Text one, Text two)
{
  return fill(arena, language_text(texts[id]), one, two);
}

/* ---------------------------------------------------------------- lengths */

#define PLURAL(one, many) {one, many}

static const struct {
  const char *one, *many;
} lengths[] = {
  [UNIT_NONE] = {"{1}", "{1}"},
  [UNIT_MINUTES] = PLURAL("{1} minute", "{1} minutes"),
  [UNIT_HOURS] = PLURAL("{1} hour", "{1} hours"),
  [UNIT_DAYS] = PLURAL("{1} day", "{1} days"),
  [UNIT_WEEKS] = PLURAL("{1} week", "{1} weeks"),
  [UNIT_MONTHS] = PLURAL("{1} month", "{1} months"),
  [UNIT_YEARS] = PLURAL("{1} year", "{1} years"),
};

Text wording_length(Arena *arena, int64_t amount, Unit unit)
{
  bool whole = amount % NUMBER_ONE == 0;
  /* A part of one goes with the same words as none. */
  unsigned long count = whole ? (unsigned long)(amount / NUMBER_ONE) : 0;
  Buffer number = {.arena = arena};
  number_print(&number, amount);
  return fill(arena,
              language_plural(lengths[unit].one, lengths[unit].many, count),
              buffer_text(&number), TEXT_NONE);
}
