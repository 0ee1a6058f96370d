#include "runtime/answer.h"

#include <string.h>

#include "runtime/settle.h"

/* The standing that a mask says; open if it says several. */
static Standing mask_standing(uint8_t mask) {
  return mask_single(mask) ? (Standing)__builtin_ctz(mask) : STANDING_OPEN;
}

static void fill_rules(Arena *arena, const Search *search,
                       const uint8_t *masks, Answer *answer) {
  const Inquiry *inquiry = search->inquiry;
  uint32_t count = inquiry->image->rules.count;
  answer->rules = ARENA_ARRAY(arena, count + 1, RuleAnswer);
  for (uint32_t i = 0; i < count; i++) {
    RuleAnswer *rule = &answer->rules[i];
    rule->counts = search->counts[i];
    rule->agreed = search->agreed[i];
    rule->standing = STANDING_ELSEWHERE;
    if (!inquiry->in_scope[i])
      continue;
    rule->standing = (uint8_t)mask_standing(masks[point_standing(i)]);
    rule->condition = masks[point_condition(i)];
  }
}

static void fill_duties(Arena *arena, const Search *search,
                        const uint8_t *masks, Answer *answer) {
  uint32_t count = search->inquiry->image->duties.count;
  answer->duties = ARENA_ARRAY(arena, count + 1, uint8_t);
  for (uint32_t i = 0; i < count; i++) {
    uint8_t mask = masks[point_duty(search->inquiry, i)];
    answer->duties[i] = mask ? mask : THREE_NO;
  }
}

static void fill_deciding(Arena *arena, const Image *image, Answer *answer) {
  answer->deciding = ARENA_ARRAY(arena, image->rules.count + 1, uint32_t);
  if (!answer->settled || answer->low == SILENT)
    return;
  for (uint32_t i = 0; i < image->rules.count; i++) {
    const RuleAnswer *rule = &answer->rules[i];
    uint32_t kind = image->rules.at[i].kind;
    bool finding = kind == RULE || kind == RULE_NEVER ||
                   kind == RULE_EXCEPTION || kind == RULE_OTHERWISE;
    if (finding && rule->standing == STANDING_IN_FORCE &&
        rule->counts == answer->low)
      answer->deciding[answer->deciding_count++] = i;
  }
}

static void fill_findings(const uint8_t *masks, Answer *answer) {
  uint8_t verdict = masks[POINT_VERDICT];
  answer->emergency = (Three)masks[POINT_EMERGENCY];
  if (!answer->in_scope || !verdict) {
    answer->may_harm = answer->tension = THREE_NO;
    return;
  }
  answer->low = (Verdict)__builtin_ctz(verdict);
  answer->high = (Verdict)(31 - __builtin_clz(verdict));
  answer->settled = mask_single(verdict);
  answer->may_harm = (Three)masks[POINT_MAY_HARM];
  answer->tension = (Three)masks[POINT_TENSION];
}

static void copy_registers(Arena *arena, Search *search, Answer *answer) {
  const Image *image = search->inquiry->image;
  uint32_t count = image->policy.at[0].registers;
  memcpy(search->cells[0], search->start,
         search->inquiry->grid.words * sizeof(Cells));
  search_evaluate(search, 0);
  answer->registers = ARENA_ARRAY(arena, count + 1, uint8_t);
  memcpy(answer->registers, search->space[0].registers, count);
}

/* What follows from a verdict that is settled. */
static void explain(Arena *arena, Search *search, const Situation *situation,
                    Answer *answer) {
  if (!answer->settled)
    return;
  answer->reason_count =
      reasons_find(arena, search, situation, answer->low, &answer->reasons);
  answer->change_count =
      changes_find(arena, search, situation, answer->low, &answer->changes);
}

/* Lets the search work up to `budget`, and on from here for no more than it
 * takes to evaluate `rules`. */
static void allow(Search *search, uint64_t budget, uint64_t rules) {
  uint64_t most = search->work + rules / (search->rule_count + 1);
  search->budget = budget < most ? budget : most;
}

void answer_make(Arena *arena, const Image *image, const Situation *situation,
                 uint64_t budget, Answer *answer) {
  Inquiry inquiry;
  Search search;
  uint64_t rules = budget ? UINT64_MAX / 2 : RULES_EVALUATED;
  budget = budget ? budget : WORK_BUDGET;
  *answer = (Answer){.in_scope = situation->boundary != NONE};
  inquiry_make(arena, image, situation, &inquiry);
  /* Half of the work for what is so, a quarter for questions, the rest for
   * reasons and changes. */
  search_make(arena, &inquiry, situation, budget, &search);
  allow(&search, budget - budget / 2, rules);
  uint8_t *masks = ARENA_ARRAY(arena, inquiry.points + 1, uint8_t);
  copy_registers(arena, &search, answer);
  answer->exhausted = !settle(&search, masks);
  fill_findings(masks, answer);
  fill_rules(arena, &search, masks, answer);
  fill_duties(arena, &search, masks, answer);
  fill_deciding(arena, image, answer);
  allow(&search, budget - budget / 4, rules / 4);
  answer->question_count =
      questions_find(arena, &search, situation, masks, &answer->questions);
  answer->exhausted |= search.work >= search.budget;
  allow(&search, budget, rules / 4);
  explain(arena, &search, situation, answer);
  answer->exhausted |= search.work >= search.budget;
  answer->work = search.work;
}
