#include "runtime/terms.h"

static const char *const dimensions[] = {
  [NEED] = "need", [CAPABILITY] = "capability", [CONTEXT] = "context",
  [RISK] = "risk", [SUPPORT] = "support", [IMPACT] = "impact",
};

static const char *const verdicts[] = {
  [SILENT] = "silent", [PROCEED] = "proceed", [CARE] = "care",
  [CONSULT] = "consult", [HOLD] = "hold", [NEVER] = "never",
};

static const char *const standings[] = {
  [STANDING_IN_FORCE] = "in-force", [STANDING_DISPLACED] = "displaced",
  [STANDING_NOT_MET] = "not-met", [STANDING_NOT_YET] = "not-yet",
  [STANDING_ENDED] = "ended", [STANDING_OPEN] = "open",
  [STANDING_ELSEWHERE] = "elsewhere",
};

static const char *const kinds[] = {
  [RULE] = "rule", [RULE_NEVER] = "never", [RULE_EXCEPTION] = "exception",
  [RULE_HOLDING_BACK] = "holding-back", [RULE_OTHERWISE] = "otherwise",
  [RULE_EMERGENCY] = "emergency", [RULE_REVIEW] = "review",
};

static const char *const layers[] = {
  [LAYER_LAW] = "law", [LAYER_REGULATOR] = "regulator",
  [LAYER_ORGANISATION] = "organisation", [LAYER_TEAM] = "team",
};

static const char *const tenses[] = {
  [TENSE_PROPOSED] = "proposed", [TENSE_UNDER_WAY] = "under-way",
  [TENSE_HAPPENED] = "happened",
};

static const char *const threes[] = {
  [0] = "open", [THREE_YES] = "yes", [THREE_NO] = "no", [THREE_OPEN] = "open",
};

#define COUNT(list) ((uint32_t)(sizeof(list) / sizeof *(list)))

static const char *get(const char *const *list, uint32_t count, uint32_t at)
{
  return at < count ? list[at] : "";
}

static bool find(const char *const *list, uint32_t count, Text name,
                 uint32_t *at)
{
  for (uint32_t i = 0; i < count; i++) {
    if (!text_equal(text_of(list[i]), name)) continue;
    *at = i;
    return true;
  }
  return false;
}

const char *term_dimension(Dimension dimension)
{
  return get(dimensions, COUNT(dimensions), dimension);
}

const char *term_verdict(Verdict verdict)
{
  return get(verdicts, COUNT(verdicts), verdict);
}

const char *term_standing(Standing standing)
{
  return get(standings, COUNT(standings), standing);
}

const char *term_kind(RuleKind kind)
{
  return get(kinds, COUNT(kinds), kind);
}

const char *term_layer(Layer layer)
{
  return get(layers, COUNT(layers), layer);
}

const char *term_tense(Tense tense)
{
  return get(tenses, COUNT(tenses), tense);
}

const char *term_three(Three three)
{
  return get(threes, COUNT(threes), three);
}

void term_put_window(Buffer *out, const Variable *variable)
{
  switch ((WindowKind)variable->window) {
  case WINDOW_DAYS:
    buffer_format(out, " in %u days", (unsigned)variable->length);
    break;
  case WINDOW_MONTHS:
    buffer_format(out, " in %u months", (unsigned)variable->length);
    break;
  case WINDOW_THIS_MONTH: buffer_put_c(out, " in this calendar month"); break;
  case WINDOW_LAST_MONTH: buffer_put_c(out, " in last calendar month"); break;
  case WINDOW_ALL:
  case WINDOW_KIND_COUNT: break;
  }
}

bool term_find_dimension(Text name, Dimension *dimension)
{
  uint32_t at;
  if (!find(dimensions, COUNT(dimensions), name, &at)) return false;
  *dimension = (Dimension)at;
  return true;
}

bool term_find_verdict(Text name, Verdict *verdict)
{
  uint32_t at;
  if (!find(verdicts, COUNT(verdicts), name, &at)) return false;
  *verdict = (Verdict)at;
  return true;
}

bool term_find_tense(Text name, Tense *tense)
{
  uint32_t at;
  if (!find(tenses, COUNT(tenses), name, &at)) return false;
  *tense = (Tense)at;
  return true;
}

bool term_find_three(Text name, Three *three)
{
  uint32_t at;
  if (!find(threes, COUNT(threes), name, &at)) return false;
  *three = at ? (Three)at : THREE_OPEN;
  return true;
}
