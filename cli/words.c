#include "cli/words.h"

const char *verdict_word(Verdict verdict)
{
  static const char *const words[VERDICT_COUNT] = {
      [SILENT] = "silent",   [PROCEED] = "proceed", [CARE] = "care",
      [CONSULT] = "consult", [HOLD] = "hold",       [NEVER] = "never"};
  return words[verdict];
}

const char *standing_word(Standing standing)
{
  static const char *const words[STANDING_COUNT] = {
      [STANDING_IN_FORCE] = "in-force", [STANDING_DISPLACED] = "displaced",
      [STANDING_NOT_MET] = "not-met",   [STANDING_NOT_YET] = "not-yet",
      [STANDING_ENDED] = "ended",       [STANDING_OPEN] = "open",
      [STANDING_ELSEWHERE] = "elsewhere"};
  return words[standing];
}

const char *three_word(Three three)
{
  static const char *const words[] = {
      [THREE_YES] = "yes", [THREE_NO] = "no", [THREE_OPEN] = "open"};
  return words[three];
}

const char *rule_kind_word(RuleKind kind)
{
  static const char *const words[RULE_KIND_COUNT] = {
      [RULE] = "rule",
      [RULE_NEVER] = "never",
      [RULE_EXCEPTION] = "exception",
      [RULE_HOLDING_BACK] = "holding-back",
      [RULE_OTHERWISE] = "otherwise",
      [RULE_EMERGENCY] = "emergency",
      [RULE_REVIEW] = "review"};
  return words[kind];
}

const char *layer_word(Layer layer)
{
  static const char *const words[LAYER_COUNT] = {
      [LAYER_LAW] = "law",
      [LAYER_REGULATOR] = "regulator",
      [LAYER_ORGANISATION] = "organisation",
      [LAYER_TEAM] = "team"};
  return words[layer];
}

const char *tense_word(Tense tense)
{
  static const char *const words[] = {[TENSE_PROPOSED] = "proposed",
                                      [TENSE_UNDER_WAY] = "under-way",
                                      [TENSE_HAPPENED] = "happened"};
  return words[tense];
}
