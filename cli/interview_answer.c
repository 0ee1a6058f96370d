/* From what a person types to what given_read reads. */
#include <string.h>

#include "cli/interview.h"
#include "cli/wording.h"

static char lower(char c)
{
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Alike but for capitals and for spaces in place of hyphens. */
static bool alike(Text one, Text other)
{
  if (one.length != other.length) return false;
  for (uint32_t i = 0; i < one.length; i++) {
    char a = lower(one.at[i]), b = lower(other.at[i]);
    if ((a == '-' ? ' ' : a) != (b == '-' ? ' ' : b)) return false;
  }
  return true;
}

static Text trimmed(Text text)
{
  while (text.length && *text.at == ' ') {
    text.at++;
    text.length--;
  }
  while (text.length && text.at[text.length - 1] == ' ') text.length--;
  return text;
}

/* The number that the text is, from 1 on; 0 if it is none. */
static uint32_t number_of(Text text)
{
  uint32_t number = 0;
  if (!text.length || text.length > 4) return 0;
  for (uint32_t i = 0; i < text.length; i++) {
    if (text.at[i] < '0' || text.at[i] > '9') return 0;
    number = number * 10 + (uint32_t)(text.at[i] - '0');
  }
  return number;
}

/* Nothing at all: in English, or in the language of the interview. */
static bool is_none(Text part)
{
  return alike(part, TEXT("none")) || alike(part, wording(WORDING_SAY_NONE));
}

/* The name of the value that one part means; the part itself if none. */
static Text value_name(const Image *image, const Fact *fact, Text part)
{
  uint32_t number = number_of(part), count = fact->values.count;
  const Value *values = image->values.at + fact->values.first;
  if (fact->type == TYPE_YES_NO) {
    bool yes = number == 1 || alike(part, TEXT("y")) ||
               alike(part, wording(WORDING_SAY_YES));
    bool no = number == 2 || alike(part, TEXT("n")) ||
              alike(part, wording(WORDING_SAY_NO));
    if (yes || no) return yes ? TEXT("yes") : TEXT("no");
  } else if (number > 0 && number <= count) {
    return image_text(image, values[number - 1].name);
  }
  for (uint32_t i = 0; i < count; i++) {
    Text name = image_text(image, values[i].name);
    if (alike(part, name) || alike(part, image_text(image, values[i].words)))
      return name;
  }
  return is_none(part) ? TEXT("none") : part;
}

static bool has_length(const Fact *fact)
{
  return fact->type == TYPE_DURATION ||
         (fact->type == TYPE_RECORD && fact->item == TYPE_DURATION);
}

/* "3 mis" as "3 months": the word of a unit in the language spoken. */
static Text length_name(Arena *arena, Text part)
{
  const char *space = part.length ? memchr(part.at, ' ', part.length) : NULL;
  if (!space) return part;
  uint32_t length = (uint32_t)(space - part.at);
  Text word = {space + 1, part.length - length - 1};
  Unit unit = unit_find(word) ? UNIT_NONE : wording_unit(arena, word);
  if (!unit) return part;
  return text_format(arena, "%.*s %s", (int)length, part.at,
                     unit_name(unit, true));
}

/* What parts two answers, or the ends of a range, and what is put for it. */
typedef struct Parting {
  uint32_t length;
  Text to;
} Parting;

/* Does the text start with this word, between blanks? */
static bool starts_word(Text rest, Text word, Parting *parting, const char *to)
{
  uint32_t length = word.length + 2;
  if (rest.length < length || rest.at[0] != ' ' || rest.at[length - 1] != ' ' ||
      !text_starts((Text){rest.at + 1, rest.length - 1}, word))
    return false;
  *parting = (Parting){length, text_of(to)};
  return true;
}

static bool parting_at(Text rest, bool named, Parting *parting)
{
  if (text_starts(rest, TEXT(", "))) {
    *parting = (Parting){2, TEXT(", ")};
    return true;
  }
  if (named && text_starts(rest, TEXT(","))) {
    *parting = (Parting){1, TEXT(", ")};
    return true;
  }
  return starts_word(rest, TEXT("or"), parting, ", ") ||
         starts_word(rest, wording(WORDING_SAY_OR), parting, ", ") ||
         starts_word(rest, TEXT("to"), parting, " to ") ||
         starts_word(rest, wording(WORDING_SAY_TO), parting, " to ") ||
         starts_word(rest, wording(WORDING_SAY_ON), parting, " on ") ||
         (named && (starts_word(rest, TEXT("and"), parting, ", ") ||
                    starts_word(rest, wording(WORDING_SAY_AND), parting,
                                ", ")));
}

Text interview_answer(Arena *arena, const Image *image, uint32_t number,
                      Text typed)
{
  const Fact *fact = &image->facts.at[number];
  bool named = fact->values.count > 0;
  Text whole = value_name(image, fact, typed);
  Buffer out = {.arena = arena};
  uint32_t start = 0, i = 0;
  if (named && whole.at != typed.at) return whole;
  while (i <= typed.length) {
    Text rest = {typed.at + i, typed.length - i};
    Parting parting;
    bool parts = parting_at(rest, named, &parting);
    if (!parts && i < typed.length) {
      i++;
      continue;
    }
    Text part = trimmed((Text){typed.at + start, i - start});
    if (named || is_none(part)) part = value_name(image, fact, part);
    if (has_length(fact)) part = length_name(arena, part);
    buffer_put(&out, part);
    if (!parts) break;
    buffer_put(&out, parting.to);
    i += parting.length;
    start = i;
  }
  return buffer_text(&out);
}
