#include "runtime/bearing.h"

uint32_t point_rule(const Inquiry *inquiry, uint32_t point) {
  uint32_t duties = point_duty(inquiry, 0);
  if (point < duties)
    return (point - POINT_RULES) / 2;
  return inquiry->image->duties.at[point - duties].rule;
}

static bool is_otherwise_point(const Inquiry *inquiry, uint32_t point) {
  return point >= POINT_RULES &&
         inquiry->image->rules.at[point_rule(inquiry, point)].kind ==
             RULE_OTHERWISE;
}

/* Does the point rest on the side of the verdict, though not on the verdict? */
static bool rests_on_side(const Inquiry *inquiry, uint32_t point) {
  uint32_t duties = point_duty(inquiry, 0);
  if (point == POINT_TENSION)
    return true;
  return point >= duties && !inquiry->image->duties.at[point - duties].always;
}

/* The highest finding of an otherwise that may speak. */
static Verdict open_otherwise(const Inquiry *inquiry, const uint8_t *counts,
                              const Workspace *space) {
  Verdict highest = SILENT;
  for (uint32_t i = 0; inquiry->has_otherwise && i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i];
    bool open = !space || (space->in_force[rule] & THREE_YES);
    if (inquiry->image->rules.at[rule].kind == RULE_OTHERWISE && open &&
        counts[rule] > highest)
      highest = (Verdict)counts[rule];
  }
  return highest;
}

/* Rules that give a finding, for the verdict or its side.  What is no more
 * cautious than a finding surely in force adds nothing; but what another
 * layer's otherwise says may rest on any of them. */
static int mark_finding(const Inquiry *inquiry, const uint8_t *counts,
                        const Point *point, uint32_t rule) {
  Verdict own = (Verdict)counts[rule];
  Verdict floor = rests_on_side(inquiry, point->point) ? CONSULT : SILENT;
  if (point->space && point->space->surely > floor)
    floor = (Verdict)point->space->surely;
  if (own <= floor)
    return open_otherwise(inquiry, counts, point->space) > floor ? MARK_LATER
                                                                 : NOT_MARKED;
  if (!point->wanted || point->point != POINT_VERDICT)
    return MARK_NEXT;
  Verdict wanted = (Verdict)__builtin_ctz(point->wanted);
  return own == wanted ? MARK_FIRST : own > wanted ? MARK_NEXT : MARK_LATER;
}

static int mark_rule(const Inquiry *inquiry, const uint8_t *counts,
                     const Point *point, uint32_t index) {
  const Rule *rule = &inquiry->image->rules.at[index];
  uint32_t of = point->point;
  if (of >= POINT_RULES && point_rule(inquiry, of) == index)
    return MARK_FIRST;
  if (rule->kind == RULE_EMERGENCY && of == POINT_EMERGENCY)
    return MARK_FIRST;
  if (rule->kind == RULE_HOLDING_BACK)
    return of == POINT_MAY_HARM || of == POINT_TENSION ? MARK_FIRST
                                                       : NOT_MARKED;
  if (!rule_gives_finding(rule))
    return NOT_MARKED;
  if (is_otherwise_point(inquiry, of))
    return MARK_NEXT;
  if (of == POINT_VERDICT || rests_on_side(inquiry, of))
    return mark_finding(inquiry, counts, point, index);
  return NOT_MARKED;
}

static void take_mark(uint8_t *mark, uint8_t other) {
  if (other != NOT_MARKED && (*mark == NOT_MARKED || other < *mark))
    *mark = other;
}

void bearing_mark(const Inquiry *inquiry, const uint8_t *counts,
                  const Point *point, uint8_t *marks) {
  const Image *image = inquiry->image;
  for (uint32_t i = inquiry->rule_count; i-- > 0;) {
    uint32_t index = inquiry->rules[i];
    Range names = image->rules.at[index].displaces;
    uint8_t mark = (uint8_t)mark_rule(inquiry, counts, point, index);
    for (uint32_t k = 0; k < names.count; k++)
      take_mark(&mark, marks[image->links.at[names.first + k].rule]);
    marks[index] = mark;
  }
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t index = inquiry->rules[i];
    Range names = image->rules.at[index].displaces;
    for (uint32_t k = 0; k < names.count; k++)
      take_mark(&marks[image->links.at[names.first + k].rule], marks[index]);
  }
}
