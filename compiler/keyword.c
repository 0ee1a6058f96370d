#include "compiler/keyword.h"

#include <string.h>

#include "compiler/scan.h"

#define WORD(spelling, kind, instead) \
  {spelling, sizeof(spelling) - 1, kind, instead}

/* In the order of text_compare. */
static const Keyword table[] = {
  WORD("a", T_A, NULL),
  WORD("above", T_ABOVE, NULL),
  WORD("act", T_ACT, "action"),
  WORD("acting", T_ACTING, NULL),
  WORD("after", T_AFTER, NULL),
  WORD("ago", T_AGO, NULL),
  WORD("agree", T_AGREE, NULL),
  WORD("agreed", T_AGREED, NULL),
  WORD("ahead", T_AHEAD, NULL),
  WORD("all", T_ALL, NULL),
  WORD("always", T_ALWAYS, "every-time"),
  WORD("and", T_AND, "both"),
  WORD("any", T_ANY, NULL),
  WORD("assume", T_ASSUME, NULL),
  WORD("at", T_AT, NULL),
  WORD("back", T_BACK, NULL),
  WORD("be", T_BE, NULL),
  WORD("because", T_BECAUSE, "reason"),
  WORD("before", T_BEFORE, NULL),
  WORD("below", T_BELOW, NULL),
  WORD("boundary", T_BOUNDARY, "limit"),
  WORD("by", T_BY, NULL),
  WORD("calendar", T_CALENDAR, NULL),
  WORD("capability", T_DIMENSION, "skill"),
  WORD("care", T_CARE, NULL),
  WORD("checked", T_CHECKED, NULL),
  WORD("cites", T_CITES, "citation"),
  WORD("clause", T_CLAUSE, NULL),
  WORD("consult", T_CONSULT, NULL),
  WORD("context", T_DIMENSION, "setting"),
  WORD("count", T_COUNT, NULL),
  WORD("counts", T_COUNTS, "counted"),
  WORD("date", T_DATE, NULL),
  WORD("dates", T_DATES, NULL),
  WORD("day", T_UNIT, NULL),
  WORD("days", T_UNIT, NULL),
  WORD("define", T_DEFINE, "definition"),
  WORD("displaced", T_DISPLACED, NULL),
  WORD("duration", T_DURATION, NULL),
  WORD("durations", T_DURATIONS, NULL),
  WORD("each", T_EACH, NULL),
  WORD("emergency", T_EMERGENCY, "urgent"),
  WORD("every", T_EVERY, NULL),
  WORD("everywhere", T_EVERYWHERE, "all-places"),
  WORD("exactly", T_EXACTLY, NULL),
  WORD("example", T_EXAMPLE, "sample"),
  WORD("exception", T_EXCEPTION, "special-case"),
  WORD("exceptions", T_EXCEPTIONS, NULL),
  WORD("excuse", T_EXCUSE, NULL),
  WORD("expect", T_EXPECT, "expected"),
  WORD("fixed", T_FIXED, NULL),
  WORD("force", T_FORCE, NULL),
  WORD("from", T_FROM, "starting"),
  WORD("given", T_GIVEN, NULL),
  WORD("harm", T_HARM, NULL),
  WORD("help", T_HELP, NULL),
  WORD("hold", T_HOLD, NULL),
  WORD("holding", T_HOLDING, NULL),
  WORD("holding-back", T_HOLDING_BACK, "held-back"),
  WORD("hour", T_UNIT, NULL),
  WORD("hours", T_UNIT, NULL),
  WORD("if", T_IF, NULL),
  WORD("impact", T_DIMENSION, "effect"),
  WORD("in", T_IN, NULL),
  WORD("includes", T_INCLUDES, NULL),
  WORD("instead", T_INSTEAD, "another-way"),
  WORD("intention", T_INTENTION, "wish"),
  WORD("is", T_IS, NULL),
  WORD("last", T_LAST, NULL),
  WORD("law", T_LAW, NULL),
  WORD("layer", T_LAYER, NULL),
  WORD("least", T_LEAST, NULL),
  WORD("less", T_LESS, NULL),
  WORD("may", T_MAY, NULL),
  WORD("met", T_MET, NULL),
  WORD("minute", T_UNIT, NULL),
  WORD("minutes", T_UNIT, NULL),
  WORD("money", T_MONEY, NULL),
  WORD("month", T_MONTH, NULL),
  WORD("months", T_UNIT, NULL),
  WORD("more", T_MORE, NULL),
  WORD("most", T_MOST, NULL),
  WORD("must", T_MUST, "duty"),
  WORD("need", T_DIMENSION, "needs"),
  WORD("never", T_NEVER, "not-ever"),
  WORD("next", T_NEXT, NULL),
  WORD("no", T_NO, "refused"),
  WORD("none", T_NONE, NULL),
  WORD("not", T_NOT, "opposite"),
  WORD("nowhere", T_NOWHERE, NULL),
  WORD("number", T_NUMBER, NULL),
  WORD("of", T_OF, NULL),
  WORD("on", T_ON, "active"),
  WORD("one", T_ONE, NULL),
  WORD("only", T_ONLY, NULL),
  WORD("open", T_OPEN, "opened"),
  WORD("or", T_OR, "either"),
  WORD("organisation", T_ORGANISATION, NULL),
  WORD("otherwise", T_OTHERWISE, "other"),
  WORD("owner", T_OWNER, NULL),
  WORD("policy", T_POLICY, "policy-text"),
  WORD("proceed", T_PROCEED, NULL),
  WORD("promise", T_PROMISE, NULL),
  WORD("record", T_RECORD, NULL),
  WORD("reflect", T_REFLECT, "reflection"),
  WORD("regulator", T_REGULATOR, NULL),
  WORD("review", T_REVIEW, "reviewed"),
  WORD("risk", T_DIMENSION, "risks"),
  WORD("rule", T_RULE, "ruling"),
  WORD("settled", T_SETTLED, NULL),
  WORD("signs", T_SIGNS, "sign"),
  WORD("silent", T_SILENT, NULL),
  WORD("source", T_SOURCE, "source-text"),
  WORD("steps", T_STEPS, NULL),
  WORD("support", T_DIMENSION, "supporter"),
  WORD("team", T_TEAM, NULL),
  WORD("tension", T_TENSION, NULL),
  WORD("than", T_THAN, NULL),
  WORD("that", T_THAT, NULL),
  WORD("then", T_THEN, "next"),
  WORD("this", T_THIS, NULL),
  WORD("time", T_TIME, NULL),
  WORD("to", T_TO, NULL),
  WORD("total", T_TOTAL, NULL),
  WORD("unknown", T_UNKNOWN, "not-known"),
  WORD("unless", T_UNLESS, NULL),
  WORD("unsure", T_UNSURE, NULL),
  WORD("until", T_UNTIL, "ending"),
  WORD("up", T_UP, NULL),
  WORD("use", T_USE, "uses"),
  WORD("version", T_VERSION, NULL),
  WORD("week", T_UNIT, NULL),
  WORD("weeks", T_UNIT, NULL),
  WORD("weigh", T_WEIGH, "weighing"),
  WORD("when", T_WHEN, "moment"),
  WORD("who", T_WHO, NULL),
  WORD("with", T_WITH, NULL),
  WORD("within", T_WITHIN, NULL),
  WORD("year", T_UNIT, NULL),
  WORD("years", T_UNIT, NULL),
  WORD("yes", T_YES, "agreed"),
};

enum { TABLE_COUNT = sizeof table / sizeof *table };

_Static_assert(TABLE_COUNT < UINT8_MAX, "a slot of the index is a byte");

static bool is_word(Text word, const Keyword *keyword) {
  return word.length == keyword->length
         && memcmp(word.at, keyword->spelling, word.length) == 0;
}

const Keyword *keyword_find(Text word) {
  for (uint32_t i = 0; i < TABLE_COUNT; i++)
    if (is_word(word, &table[i])) return &table[i];
  return NULL;
}

/* The factors are such that few words of the table share a slot. */
static uint32_t hash(Text word) {
  uint32_t first = (unsigned char)word.at[0];
  uint32_t middle = (unsigned char)word.at[word.length / 2];
  uint32_t last = (unsigned char)word.at[word.length - 1];

  return first * 5 + middle * 40 + last * 17 + word.length * 53;
}

void keyword_index_make(KeywordIndex *index) {
  *index = (KeywordIndex){{0}};
  for (uint32_t i = 0; i < TABLE_COUNT; i++) {
    uint32_t slot = hash(text_of(table[i].spelling)) % KEYWORD_SLOTS;

    while (index->slots[slot]) slot = (slot + 1) % KEYWORD_SLOTS;
    index->slots[slot] = (uint8_t)(i + 1);
  }
}

const Keyword *keyword_look_up(const KeywordIndex *index, Text word) {
  uint32_t slot = word.length ? hash(word) % KEYWORD_SLOTS : 0;

  for (; index->slots[slot]; slot = (slot + 1) % KEYWORD_SLOTS) {
    const Keyword *one = &table[index->slots[slot] - 1];

    if (is_word(word, one)) return one;
  }
  return NULL;
}

const Keyword *keyword_table(uint32_t *count) {
  *count = TABLE_COUNT;
  return table;
}
