#include "cli/batch_decide.h"

#include <string.h>

#include "runtime/settle.h"

/* ---------------------------------------------------------------- deciders */

/* Does nothing in the policy hang on the day asked about? */
static bool means_the_same(const Image *image)
{
  for (uint32_t i = 0; i < image->cuts.count; i++)
    if (image->cuts.at[i].base != CUT_VALUE) return false;
  for (uint32_t i = 0; i < image->rules.count; i++)
    if (image->rules.at[i].from != DAY_NONE ||
        image->rules.at[i].until != DAY_NONE)
      return false;
  for (uint32_t i = 0; i < image->facts.count; i++)
    if (image->facts.at[i].type == TYPE_DATE ||
        image->facts.at[i].type == TYPE_RECORD)
      return false;
  return true;
}

static ToldRule told_of(const Image *image, uint32_t index)
{
  const Rule *rule = &image->rules.at[index];
  return (ToldRule){.finding = (uint8_t)rule->finding,
                    .may_decide = rule_gives_finding(rule) ||
                                  rule->kind == RULE_OTHERWISE,
                    .asks = rule->who.count > 0,
                    .has_duties = rule->duties.count > 0};
}

void case_decider_make(Arena *arena, const Image *image, Day day,
                       CaseDecider *decider)
{
  *decider = (CaseDecider){.image = image, .day = day,
                           .any_day = means_the_same(image)};
  decider->deciding = ARENA_ARRAY(arena, image->rules.count + 1, uint32_t);
  decider->told = ARENA_ARRAY(arena, image->rules.count + 1, ToldRule);
  for (uint32_t i = 0; i < image->rules.count; i++)
    decider->told[i] = told_of(image, i);
  for (int i = 0; i < DECIDERS_KEPT; i++) {
    decider->kept[i] = ARENA_NEW(arena, KeptDecider);
    arena_init(&decider->kept[i]->arena, &memory_default, 0, arena->escape);
    decider->kept[i]->boundary = NONE;
  }
}

void case_decider_clear(CaseDecider *decider)
{
  for (int i = 0; i < DECIDERS_KEPT; i++)
    if (decider->kept[i]) arena_clear(&decider->kept[i]->arena);
}

static void remake(KeptDecider *one, const Image *image, uint32_t boundary,
                   Day day)
{
  Arena scratch;
  one->boundary = NONE;
  arena_clear(&one->arena);
  arena_init(&scratch, &memory_default, 0, one->arena.escape);
  packed_make(&one->arena, &scratch, image, boundary, day, &one->packed);
  arena_clear(&scratch);
  one->boundary = boundary;
  one->day = day;
}

static KeptDecider *find_decider(CaseDecider *decider, uint32_t boundary,
                                 Day as_of)
{
  KeptDecider *one = decider->last;
  Day day = decider->any_day ? decider->day : as_of;
  if (one && one->boundary == boundary && one->day == day) return one;
  for (uint32_t i = 0; i < DECIDERS_KEPT; i++) {
    one = decider->kept[i];
    if (one->boundary == boundary && one->day == day)
      return decider->last = one;
  }
  one = decider->kept[decider->next];
  decider->next = (decider->next + 1) % DECIDERS_KEPT;
  remake(one, decider->image, boundary, day);
  return decider->last = one;
}

/* --------------------------------------------------------- what is told */

/* Keeps the list rising: an otherwise may come late. */
static void add_deciding(CaseAnswer *answer, uint32_t rule)
{
  uint32_t at = answer->deciding_count++;
  for (; at > 0 && answer->deciding[at - 1] > rule; at--)
    answer->deciding[at] = answer->deciding[at - 1];
  answer->deciding[at] = rule;
}

/* A rule in force whose finding, with the support that was drawn on, is the
 * verdict. */
static void note_deciding(const ToldRule *told, uint32_t index, uint8_t counts,
                          CaseAnswer *answer)
{
  if (answer->settled && answer->low != SILENT && counts == answer->low &&
      told->may_decide)
    add_deciding(answer, index);
}

static void set_findings(uint8_t verdict, CaseAnswer *answer)
{
  if (!verdict) return;
  answer->low = (Verdict)__builtin_ctz(verdict);
  answer->high = (Verdict)(31 - __builtin_clz(verdict));
  answer->settled = mask_single(verdict);
}

/* ------------------------------------------------------------ the exact way */

static void count_duties(const Inquiry *inquiry, const uint8_t *masks,
                         CaseAnswer *answer)
{
  for (uint32_t i = 0; i < inquiry->image->duties.count; i++)
    answer->duties += masks[point_duty(inquiry, i)] == THREE_YES;
}

static void settle_case(Arena *arena, const Inquiry *inquiry,
                        const Situation *situation, const ToldRule *told,
                        CaseAnswer *answer)
{
  Search search;
  const Image *image = inquiry->image;
  uint32_t rules = image->rules.count;
  uint8_t *masks = ARENA_ARRAY(arena, inquiry->points + 1, uint8_t);
  uint8_t *counts = ARENA_ARRAY(arena, rules + 1, uint8_t);
  uint8_t *agreed = ARENA_ARRAY(arena, rules + 1, uint8_t);
  search_make(arena, inquiry, situation, WORK_BUDGET, &search);
  answer->exhausted = !settle(&search, masks);
  set_findings(masks[POINT_VERDICT], answer);
  answer->may_harm = (Three)masks[POINT_MAY_HARM];
  answer->tension = (Three)masks[POINT_TENSION];
  answer->emergency = (Three)masks[POINT_EMERGENCY];
  findings_count(inquiry, situation, counts, agreed);
  for (uint32_t i = 0; i < rules; i++)
    if (inquiry->in_scope[i] &&
        masks[point_standing(i)] == 1u << STANDING_IN_FORCE)
      note_deciding(&told[i], i, counts[i], answer);
  count_duties(inquiry, masks, answer);
}

/* The case as a situation, with an inquiry of its own where it needs one. */
static void decide_exactly(Arena *arena, KeptDecider *kept,
                           const ToldRule *told, const ReadCase *one,
                           CaseAnswer *answer)
{
  Inquiry own;
  Situation made;
  const Inquiry *inquiry = &kept->packed.inquiry;
  const Situation *situation = &one->situation;
  if (!one->wide) {
    packed_situation(arena, &kept->packed.inquiry, one->values, one->known,
                     &made);
    made.as_of = one->as_of;
    made.tense = one->tense;
    situation = &made;
  }
  if (one->as_of != inquiry->grid.today || one->tense == TENSE_HAPPENED) {
    inquiry_make(arena, inquiry->image, situation, &own);
    inquiry = &own;
  }
  settle_case(arena, inquiry, situation, told, answer);
}

/* ------------------------------------------------------------ the quick way */

static bool same_side(uint8_t counts, Verdict verdict)
{
  return verdict_side((Verdict)counts) == verdict_side(verdict);
}

/* Nothing is open but rules that could not change what is told. */
static bool is_settled(const Index *index, const IndexPlace *place,
                       const Decision *decision)
{
  const Image *image = index->inquiry->image;
  if (!mask_single(decision->verdict) || decision->may_harm == THREE_OPEN ||
      decision->tension == THREE_OPEN || decision->emergency == THREE_OPEN)
    return false;
  unsigned verdict = (unsigned)__builtin_ctz(decision->verdict);
  for (uint32_t i = 0; i < decision->open_count; i++) {
    uint32_t rule = decision->open[i];
    if (image->rules.at[rule].duties.count ||
        index_counts(index, place, rule) >= verdict)
      return false;
  }
  return true;
}

/* The duties of a rule in force. */
static uint32_t standing_duties(const Image *image, uint32_t index,
                                uint8_t counts, Verdict verdict)
{
  const Rule *rule = &image->rules.at[index];
  bool all = rule->kind == RULE_HOLDING_BACK || rule->kind == RULE_REVIEW ||
             same_side(counts, verdict);
  uint32_t count = 0;
  for (uint32_t i = 0; i < rule->duties.count; i++)
    count += all || image->duties.at[rule->duties.first + i].always;
  return count;
}

static bool decide_quickly(KeptDecider *kept, const ToldRule *all,
                           const ReadCase *one, CaseAnswer *answer)
{
  Packed *packed = &kept->packed;
  const Image *image = packed->inquiry.image;
  IndexPlace place = {.values = one->values, .known = one->known};
  Decision decision;
  packed_decide(packed, one->values, one->known, &decision);
  place.support = packed_any_support(packed, one->values, one->known);
  if (!is_settled(&packed->index, &place, &decision)) return false;
  set_findings(decision.verdict, answer);
  answer->may_harm = (Three)decision.may_harm;
  answer->tension = (Three)decision.tension;
  answer->emergency = (Three)decision.emergency;
  for (uint32_t i = 0; i < decision.in_force_count; i++) {
    uint32_t rule = decision.in_force[i];
    const ToldRule *told = &all[rule];
    uint8_t counts = told->asks && place.support
                         ? index_counts(&packed->index, &place, rule)
                         : told->finding;
    note_deciding(told, rule, counts, answer);
    if (told->has_duties)
      answer->duties += standing_duties(image, rule, counts, answer->low);
  }
  return true;
}

void case_decide(Arena *arena, CaseDecider *decider, const ReadCase *one,
                 CaseAnswer *answer)
{
  KeptDecider *kept = find_decider(decider, one->boundary, one->as_of);
  *answer = (CaseAnswer){.boundary = one->boundary,
                         .deciding = decider->deciding};
  if (one->wide || one->tense == TENSE_HAPPENED ||
      !decide_quickly(kept, decider->told, one, answer))
    decide_exactly(arena, kept, decider->told, one, answer);
}
