#include "cli/wording.h"

#include <string.h>

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

Text wording_fill(Arena *arena, Wording id, Text one, Text two)
{
  const Text parts[] = {one, two};
  return speech_fill(arena, language_text(texts[id]), parts, 2);
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
  Text part = buffer_text(&number);
  return speech_fill(arena,
                     language_plural(lengths[unit].one, lengths[unit].many,
                                     count),
                     &part, 1);
}

/* After which numbers the word of a unit may change, in the languages that
 * there are. */
#define FORMS_LAST 10

Unit wording_unit(Arena *arena, Text word)
{
  for (Unit unit = UNIT_MINUTES; unit < UNIT_COUNT; unit++)
    for (int64_t number = 1; number <= FORMS_LAST; number++) {
      Text form = wording_length(arena, number * NUMBER_ONE, unit);
      while (form.length && *form.at != ' ') {
        form.at++;
        form.length--;
      }
      if (form.length &&
          text_equal(word, (Text){form.at + 1, form.length - 1}))
        return unit;
    }
  return UNIT_NONE;
}

/* ----------------------------------------------------------- of libraries */

const Speech *wording_speech(void)
{
  static const Speech speech = {language_text, wording_length};
  return strcmp(language_code(), "en") == 0 ? NULL : &speech;
}
