/* Limits between two rules: one stops where the other starts, with all other
 * facts the same.
 *
 * A hole: going up on an amount alone, the last of the first rule is one cell
 * below the first of the second, and in the cell between no rule speaks.  An
 * overlap: the last of the first rule is the first of the second, one exact
 * value, and each goes on to its side.
 */
#include "tests/reference/audit_check.h"

static bool is_amount(const AuditCheck *check, uint32_t axis) {
  const Image *image = check->audit->image;
  const Axis *own = &check->one->space.axes[axis];
  uint32_t fact = image->variables.at[own->variables[0]].fact;
  switch (image->facts.at[fact].type) {
    case TYPE_NUMBER:
    case TYPE_MONEY:
    case TYPE_DURATION:
    case TYPE_DATE:
    case TYPE_RECORD: return own->count == 1;
    default: return false;
  }
}

static bool is_exact(const AuditCheck *check, uint32_t axis, uint32_t cell) {
  const Axis *own = &check->one->space.axes[axis];
  const GridVariable *variable =
      &check->one->space.grid->variables[own->variables[0]];
  const uint64_t *cells = space_class(own, cell, 0);
  uint32_t values = 0;
  for (uint32_t i = 0; i < variable->cells; i++)
    if (cells[i / 64] >> (i % 64) & 1)
      values += grid_cell_low(variable, i) == grid_cell_high(variable, i) ? 1
                                                                          : 2;
  return values == 1;
}

typedef struct Walk {
  uint32_t point; /* with the first cell */
  uint32_t axis, stride, cells;
} Walk;

static bool at(const AuditCheck *check, const Walk *walk, uint32_t cell,
               uint64_t bits) {
  return check->kinds->at[walk->point + cell * walk->stride].in_force & bits;
}

/* The first and last cell in which the rule is in force; false if none. */
static bool ends(const AuditCheck *check, const Walk *walk, uint32_t rule,
                 uint32_t *first, uint32_t *last) {
  bool any = false;
  *first = *last = 0;
  for (uint32_t cell = 0; cell < walk->cells; cell++) {
    if (!at(check, walk, cell, UINT64_C(1) << rule)) continue;
    if (!any) *first = cell;
    *last = cell;
    any = true;
  }
  return any;
}

static uint64_t finders(const Kinds *kinds) {
  uint64_t bits = 0;
  for (uint32_t i = 0; i < kinds->rule_count; i++)
    if (kinds->rules[i].gives_finding) bits |= UINT64_C(1) << i;
  return bits;
}

static bool is_possible(const AuditCheck *check, const Walk *walk,
                        uint32_t cell) {
  return check->kinds->at[walk->point + cell * walk->stride].possible;
}

/* What stands between the two rules on the walk; FINDING_COUNT: nothing. */
static FindingKind between(const AuditCheck *check, const Walk *walk,
                           uint32_t below, uint32_t above) {
  uint32_t first, last, start, end;
  if (!ends(check, walk, below, &first, &last) ||
      !ends(check, walk, above, &start, &end))
    return FINDING_COUNT;
  if (start == last + 2 && is_possible(check, walk, last + 1) &&
      !at(check, walk, last + 1, finders(check->kinds)))
    return FINDING_THRESHOLD_HOLE;
  if (start == last && first < last && end > start &&
      is_possible(check, walk, last) &&
      is_exact(check, walk->axis, last))
    return FINDING_THRESHOLD_OVERLAP;
  return FINDING_COUNT;
}

static bool is_told(const AuditCheck *check, FindingKind kind, uint32_t below,
                    uint32_t above, uint32_t axis) {
  const Findings *all = &check->audit->findings;
  const Axis *own = &check->one->space.axes[axis];
  uint32_t fact =
      check->audit->image->variables.at[own->variables[0]].fact;
  for (uint32_t i = 0; i < all->count; i++) {
    const Finding *finding = &all->at[i];
    if (finding->kind != kind || finding->boundary != check->one->boundary ||
        finding->facts.at[0] != fact)
      continue;
    for (uint32_t k = 0; k < finding->rules.count; k += 2)
      if (finding->rules.at[k] == below && finding->rules.at[k + 1] == above)
        return true;
  }
  return false;
}

static void check_limit(AuditCheck *check, uint32_t axis, uint32_t below,
                        uint32_t above) {
  static const FindingKind kinds[] = {FINDING_THRESHOLD_HOLE,
                                      FINDING_THRESHOLD_OVERLAP};
  const Kinds *all = check->kinds;
  bool found[FINDING_COUNT + 1] = {false};
  Walk walk = {0, axis, all->strides[axis],
               check->one->space.axes[axis].cells};
  for (walk.point = 0; walk.point < all->count; walk.point++)
    if (kinds_cell(all, walk.point, axis) == 0)
      found[between(check, &walk, below, above)] = true;
  for (uint32_t i = 0; i < 2; i++) {
    bool told = is_told(check, kinds[i], below, above, axis);
    check->tally->findings[kinds[i]] += found[kinds[i]];
    if (told != found[kinds[i]])
      check_tell(check, kinds[i], "%s of rules %u and %u on axis %u",
                 told ? "false finding" : "miss", (unsigned)below,
                 (unsigned)above, (unsigned)axis);
  }
}

/* On an axis that an amount shares with its totals: what stands on both sides
 * of the point is not looked at, only that no rule has it. */
static bool is_joint(const AuditCheck *check, const Finding *finding) {
  for (uint32_t axis = 0; axis < check->one->space.axis_count; axis++) {
    const Axis *own = &check->one->space.axes[axis];
    for (uint32_t i = 0; i < own->count && own->count > 1; i++)
      if (check->audit->image->variables.at[own->variables[i]].fact ==
          finding->facts.at[0])
        return true;
  }
  return false;
}

/* The point that is shown: which of the two it lies between. */
static void check_shown(AuditCheck *check, const Finding *finding) {
  Kind answer;
  uint32_t point;
  bool found = false;
  if (finding->witnesses.count != 1) {
    check_tell(check, finding->kind, "no witness");
    return;
  }
  if (!check_witness(check, finding->kind, &finding->witnesses.at[0], &answer,
                     &point))
    return;
  if (is_joint(check, finding)) {
    if (check->kinds->at[point].in_force & finders(check->kinds))
      check_tell(check, finding->kind, "a rule has the point");
    return;
  }
  for (uint32_t axis = 0; axis < check->one->space.axis_count; axis++) {
    uint32_t cell = kinds_cell(check->kinds, point, axis);
    uint32_t stride = check->kinds->strides[axis];
    Walk walk = {point - cell * stride, axis, stride,
                 check->one->space.axes[axis].cells};
    found |= is_amount(check, axis) &&
             between(check, &walk, finding->rules.at[0],
                     finding->rules.at[1]) == finding->kind;
  }
  if (!found)
    check_tell(check, finding->kind, "%.*s: not so at the witness",
               TEXT_ARG(finding->id));
}

void check_thresholds(AuditCheck *check) {
  const Kinds *kinds = check->kinds;
  const Findings *all = &check->audit->findings;
  for (uint32_t axis = 0; axis < check->one->space.axis_count; axis++)
    for (uint32_t a = 0; a < kinds->rule_count; a++)
      for (uint32_t b = 0; b < kinds->rule_count; b++)
        if (a != b && is_amount(check, axis) && kinds->rules[a].gives_finding &&
            kinds->rules[b].gives_finding)
          check_limit(check, axis, a, b);
  for (uint32_t i = 0; i < all->count; i++)
    if ((all->at[i].kind == FINDING_THRESHOLD_HOLE ||
         all->at[i].kind == FINDING_THRESHOLD_OVERLAP) &&
        all->at[i].boundary == check->one->boundary)
      check_shown(check, &all->at[i]);
}
