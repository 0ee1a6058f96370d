#include "cli/batch_decide.h"

#include <string.h>

#include "runtime/settle.h"

void case_decider_make(Arena *arena, Arena *scratch, const Image *image,
                       uint32_t boundary, Day today, CaseDecider *decider)
{
  packed_make(arena, scratch, image, boundary, today, &decider->packed);
  decider->values = ARENA_ARRAY(arena, image->facts.count + 1, int64_t);
  decider->known = ARENA_ARRAY(arena, image->facts.count / 64 + 1, uint64_t);
  decider->deciding = ARENA_ARRAY(arena, image->rules.count + 1, uint32_t);
}

/* ---------------------------------------------------------- the quick way */

/* Packs the facts; false where a record, or several values, are given. */
static bool pack(CaseDecider *decider, const Situation *situation)
{
  const Image *image = decider->packed.inquiry.image;
  memset(decider->known, 0,
         (image->facts.count / 64 + 1) * sizeof *decider->known);
  for (uint32_t i = 0; i < image->facts.count; i++) {
    const Given *given = &situation->facts[i];
    uint32_t type = image->facts.at[i].type;
    if (!given->given) continue;
    if (type == TYPE_RECORD || !given_is_exact(given)) return false;
    decider->values[i] = type == TYPE_SET ? (int64_t)given->members
                                          : given->spans[0].low;
    decider->known[i / 64] |= UINT64_C(1) << (i % 64);
  }
  return true;
}

static bool same_question(const Inquiry *inquiry, const Situation *situation)
{
  return situation->boundary == inquiry->boundary &&
         situation->as_of == inquiry->grid.today &&
         situation->tense != TENSE_HAPPENED;
}

/* Nothing is open but rules that could not change what is told. */
static bool is_settled(const Decision *decision)
{
  return mask_single(decision->verdict) && !decision->open_count &&
         decision->may_harm != THREE_OPEN &&
         decision->tension != THREE_OPEN &&
         decision->emergency != THREE_OPEN;
}

/* Keeps the list rising: an otherwise may come late. */
static void add_deciding(CaseAnswer *answer, uint32_t rule)
{
  uint32_t at = answer->deciding_count++;
  for (; at > 0 && answer->deciding[at - 1] > rule; at--)
    answer->deciding[at] = answer->deciding[at - 1];
  answer->deciding[at] = rule;
}

/* Of the rules in force those whose finding, with the support that was drawn
 * on, is the verdict. */
static void find_deciding(Arena *arena, const Inquiry *inquiry,
                          const Situation *situation, const uint32_t *rules,
                          uint32_t count, CaseAnswer *answer)
{
  const Image *image = inquiry->image;
  uint8_t *counts = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  uint8_t *agreed = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  if (!answer->settled || answer->low == SILENT) return;
  findings_count(inquiry, situation, counts, agreed);
  for (uint32_t i = 0; i < count; i++) {
    const Rule *rule = &image->rules.at[rules[i]];
    if ((rule_gives_finding(rule) || rule->kind == RULE_OTHERWISE) &&
        counts[rules[i]] == answer->low)
      add_deciding(answer, rules[i]);
  }
}

static void set_findings(uint8_t verdict, CaseAnswer *answer)
{
  if (!verdict) return;
  answer->low = (Verdict)__builtin_ctz(verdict);
  answer->high = (Verdict)(31 - __builtin_clz(verdict));
  answer->settled = mask_single(verdict);
}

/* ----------------------------------------------------------- the exact way */

static void settle_case(Arena *arena, const CaseDecider *decider,
                        const Situation *situation, CaseAnswer *answer)
{
  Inquiry own;
  const Inquiry *inquiry = &decider->packed.inquiry;
  Search search;
  if (!same_question(inquiry, situation)) {
    inquiry_make(arena, inquiry->image, situation, &own);
    inquiry = &own;
  }
  const Image *image = inquiry->image;
  uint8_t *masks = ARENA_ARRAY(arena, inquiry->points + 1, uint8_t);
  uint32_t *rules = ARENA_ARRAY(arena, image->rules.count + 1, uint32_t);
  uint32_t count = 0;
  search_make(arena, inquiry, situation, WORK_BUDGET, &search);
  answer->exhausted = !settle(&search, masks);
  set_findings(masks[POINT_VERDICT], answer);
  answer->may_harm = (Three)masks[POINT_MAY_HARM];
  answer->tension = (Three)masks[POINT_TENSION];
  answer->emergency = (Three)masks[POINT_EMERGENCY];
  for (uint32_t i = 0; i < image->rules.count; i++)
    if (inquiry->in_scope[i] &&
        masks[point_standing(i)] == 1u << STANDING_IN_FORCE)
      rules[count++] = i;
  find_deciding(arena, inquiry, situation, rules, count, answer);
}

void case_decide(Arena *arena, CaseDecider *decider,
                 const Situation *situation, CaseAnswer *answer)
{
  const Inquiry *inquiry = &decider->packed.inquiry;
  Decision decision;
  *answer = (CaseAnswer){.deciding = decider->deciding};
  if (!same_question(inquiry, situation) || !pack(decider, situation)) {
    settle_case(arena, decider, situation, answer);
    return;
  }
  packed_decide(&decider->packed, decider->values, decider->known, &decision);
  if (!is_settled(&decision)) {
    settle_case(arena, decider, situation, answer);
    return;
  }
  set_findings(decision.verdict, answer);
  answer->may_harm = (Three)decision.may_harm;
  answer->tension = (Three)decision.tension;
  answer->emergency = (Three)decision.emergency;
  find_deciding(arena, inquiry, situation, decision.in_force,
                decision.in_force_count, answer);
}
