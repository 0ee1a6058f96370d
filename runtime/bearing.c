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
  for (uint32_t i = 0; i < inquiry->otherwise.count; i++) {
    uint32_t rule = inquiry->otherwise.at[i];
    bool open = !space || (space->in_force[rule] & THREE_YES);
    if (open && counts[rule] > highest)
      highest = (Verdict)counts[rule];
  }
  return highest;
}

Bearing bearing_of(const Inquiry *inquiry, const uint8_t *counts,
                   const Point *point) {
  Bearing bearing = {point->point, point->wanted, SILENT, false};
  if (point->point != POINT_VERDICT && !rests_on_side(inquiry, point->point))
    return bearing;
  bearing.floor =
      rests_on_side(inquiry, point->point) ? CONSULT : SILENT;
  if (point->space && point->space->surely > bearing.floor)
    bearing.floor = (Verdict)point->space->surely;
  bearing.otherwise =
      open_otherwise(inquiry, counts, point->space) > bearing.floor;
  return bearing;
}

/* Rules that give a finding, for the verdict or its side.  What is no more
 * cautious than a finding surely in force adds nothing; but what another
 * layer's otherwise says may rest on any of them. */
static int mark_finding(const Bearing *bearing, Verdict own) {
  if (own <= bearing->floor)
    return bearing->otherwise ? MARK_LATER : NOT_MARKED;
  if (!bearing->wanted || bearing->point != POINT_VERDICT)
    return MARK_NEXT;
  Verdict wanted = (Verdict)__builtin_ctz(bearing->wanted);
  return own == wanted ? MARK_FIRST : own > wanted ? MARK_NEXT : MARK_LATER;
}

static int mark_rule(const Inquiry *inquiry, const uint8_t *counts,
                     const Bearing *bearing, uint32_t index) {
  const Rule *rule = &inquiry->image->rules.at[index];
  uint32_t of = bearing->point;
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
    return mark_finding(bearing, (Verdict)counts[index]);
  return NOT_MARKED;
}

static void take_mark(uint8_t *mark, uint8_t other) {
  if (other != NOT_MARKED && (*mark == NOT_MARKED || other < *mark))
    *mark = other;
}

/* Goes on to exceptions to marked rules, and then to what marked exceptions
 * name. */
static void spread_marks(const Inquiry *inquiry, uint8_t *marks) {
  const Image *image = inquiry->image;
  for (uint32_t i = inquiry->rule_count; i-- > 0;) {
    uint32_t index = inquiry->rules[i];
    Range names = image->rules.at[index].displaces;
    for (uint32_t k = 0; k < names.count; k++)
      take_mark(&marks[index], marks[image->links.at[names.first + k].rule]);
  }
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t index = inquiry->rules[i];
    Range names = image->rules.at[index].displaces;
    for (uint32_t k = 0; k < names.count; k++)
      take_mark(&marks[image->links.at[names.first + k].rule], marks[index]);
  }
}

void bearing_mark(const Inquiry *inquiry, const uint8_t *counts,
                  const Bearing *bearing, uint8_t *marks) {
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t index = inquiry->rules[i];
    marks[index] = (uint8_t)mark_rule(inquiry, counts, bearing, index);
  }
  spread_marks(inquiry, marks);
}

/* Points of one kind rest on the same rules, but for their own. */
enum { KIND_OTHERWISE = POINT_RULES, KIND_SIDED, KIND_LOCAL, KIND_COUNT };

static uint32_t point_kind(const Inquiry *inquiry, uint32_t point) {
  if (point < POINT_RULES) return point;
  if (is_otherwise_point(inquiry, point)) return KIND_OTHERWISE;
  return rests_on_side(inquiry, point) ? KIND_SIDED : KIND_LOCAL;
}

static void add_marks(const Inquiry *inquiry, const uint8_t *counts,
                      uint32_t point, uint8_t *marks) {
  Point of = {point, 0, NULL};
  Bearing bearing = bearing_of(inquiry, counts, &of);
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t index = inquiry->rules[i];
    take_mark(&marks[index],
              (uint8_t)mark_rule(inquiry, counts, &bearing, index));
  }
}

void bearing_mark_any(const Inquiry *inquiry, const uint8_t *counts,
                      const uint32_t *points, uint32_t count, uint8_t *marks) {
  bool added[KIND_COUNT] = {[KIND_LOCAL] = true};
  for (uint32_t i = 0; i < inquiry->rule_count; i++)
    marks[inquiry->rules[i]] = NOT_MARKED;
  for (uint32_t k = 0; k < count; k++) {
    uint32_t kind = point_kind(inquiry, points[k]);
    if (kind >= POINT_RULES)
      marks[point_rule(inquiry, points[k])] = MARK_FIRST;
    if (!added[kind])
      add_marks(inquiry, counts, points[k], marks);
    added[kind] = true;
  }
  spread_marks(inquiry, marks);
}
