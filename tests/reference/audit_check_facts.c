/* Order, idle facts and what decides most: pairs of points that differ on one
 * axis alone. */
#include <stdio.h>

#include "tests/reference/audit_check.h"

#include "audit/words.h"

static const Fact *axis_fact(const AuditCheck *check, uint32_t axis,
                             uint32_t *number) {
  const Image *image = check->audit->image;
  const Axis *own = &check->one->space.axes[axis];
  *number = image->variables.at[own->variables[0]].fact;
  return &image->facts.at[*number];
}

/* The next point up on the axis; NONE past the last. */
static uint32_t next_point(const AuditCheck *check, uint32_t point,
                           uint32_t axis) {
  uint32_t cell = kinds_cell(check->kinds, point, axis);
  return cell + 1 < check->one->space.axes[axis].cells
             ? point + check->kinds->strides[axis]
             : NONE;
}

/* ------------------------------------------------------------------- order */

/* 1: rising must not loosen; -1: must not tighten; 0: nothing is asked. */
static int wish(const AuditCheck *check, uint32_t axis) {
  uint32_t number;
  const Fact *fact = axis_fact(check, axis, &number);
  if (check->one->space.axes[axis].count > 1) return 0;
  if (fact->type == TYPE_DATE) return fact->dimension == CONTEXT;
  if (fact->type == TYPE_CHOICE) return 0;
  if (fact->dimension == RISK) return 1;
  return fact->dimension == SUPPORT || fact->dimension == CAPABILITY ? -1 : 0;
}

static bool turns_wrong(int wished, unsigned before, unsigned after) {
  if (before == SILENT || after == SILENT) return false;
  return wished > 0 ? after < before : after > before;
}

static uint64_t count_wrong(const AuditCheck *check, uint32_t axis,
                            uint32_t cell) {
  const Kinds *kinds = check->kinds;
  int wished = wish(check, axis);
  uint64_t count = 0;
  for (uint32_t i = 0; i < kinds->count; i++) {
    uint32_t next = next_point(check, i, axis);
    if (kinds_cell(kinds, i, axis) != cell || next == NONE ||
        !kinds->at[i].possible || !kinds->at[next].possible)
      continue;
    count += turns_wrong(wished, kinds->at[i].verdict, kinds->at[next].verdict);
  }
  return count;
}

static void check_turn(AuditCheck *check, const Finding *finding) {
  Kind answers[2];
  uint32_t points[2], differ = 0, axis = NONE;
  if (finding->witnesses.count != 2) {
    check_tell(check, FINDING_ORDER, "no witnesses");
    return;
  }
  for (uint32_t i = 0; i < 2; i++)
    if (!check_witness(check, FINDING_ORDER, &finding->witnesses.at[i],
                       &answers[i], &points[i]))
      return;
  for (uint32_t a = 0; a < check->one->space.axis_count; a++) {
    if (kinds_cell(check->kinds, points[0], a) ==
        kinds_cell(check->kinds, points[1], a))
      continue;
    differ++;
    axis = a;
  }
  if (differ != 1 || next_point(check, points[0], axis) != points[1]) {
    check_tell(check, FINDING_ORDER, "the witnesses are no step of one fact");
    return;
  }
  if (!turns_wrong(wish(check, axis), answers[0].verdict, answers[1].verdict))
    check_tell(check, FINDING_ORDER, "the witnesses turn no wrong way");
  check_count(check, FINDING_ORDER, finding->count,
              count_wrong(check, axis,
                          kinds_cell(check->kinds, points[0], axis)));
}

void check_order(AuditCheck *check) {
  const Space *space = &check->one->space;
  const Findings *all = &check->audit->findings;
  uint32_t expected = 0;
  for (uint32_t axis = 0; axis < space->axis_count; axis++)
    for (uint32_t cell = 0; cell + 1 < space->axes[axis].cells; cell++)
      if (wish(check, axis) && count_wrong(check, axis, cell)) expected++;
  check->tally->findings[FINDING_ORDER] += expected;
  check_number(check, FINDING_ORDER, expected);
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].kind == FINDING_ORDER &&
        all->at[i].boundary == check->one->boundary)
      check_turn(check, &all->at[i]);
}

/* ----------------------------------------------------------------- weights */

typedef struct Weighed {
  uint32_t axis;
  uint64_t changed, steps;
  bool harm;
} Weighed;

static Weighed weigh(const AuditCheck *check, uint32_t axis) {
  const Kinds *kinds = check->kinds;
  Weighed weighed = {.axis = axis};
  for (uint32_t i = 0; i < kinds->count; i++) {
    uint32_t next = next_point(check, i, axis);
    if (next == NONE || !kinds->at[i].possible || !kinds->at[next].possible)
      continue;
    weighed.steps++;
    weighed.changed += kinds->at[i].verdict != kinds->at[next].verdict;
    weighed.harm |= kinds->at[i].harm != kinds->at[next].harm;
  }
  return weighed;
}

static const Finding *find_fact(const AuditCheck *check, FindingKind kind,
                                Text name) {
  const Findings *all = &check->audit->findings;
  Text boundary = image_text(
      check->audit->image,
      check->audit->image->boundaries.at[check->one->boundary].name);
  Text id = text_format(check->arena, "%.*s/%.*s/%.*s",
                        TEXT_ARG(finding_id(kind)), TEXT_ARG(boundary),
                        TEXT_ARG(name));
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].kind == kind && text_equal(all->at[i].id, id))
      return &all->at[i];
  return NULL;
}

static void check_idle(AuditCheck *check, const Weighed *weighed) {
  Text name = words_axis(check->arena, &check->one->space, weighed->axis);
  bool idle = weighed->steps && !weighed->changed && !weighed->harm;
  bool told = find_fact(check, FINDING_IDLE_FACT, name) != NULL;
  check->tally->findings[FINDING_IDLE_FACT] += idle;
  if (told != idle)
    check_tell(check, FINDING_IDLE_FACT, "%s of %.*s",
               told ? "false finding" : "miss", TEXT_ARG(name));
}

/* In millionths, rounded down; what is the same stays in the axes' order. */
static uint64_t share(const Weighed *weighed) {
  return weighed->steps ? weighed->changed * 1000000 / weighed->steps : 0;
}

static void sort_weights(Weighed *weights, uint32_t count) {
  for (uint32_t i = 1; i < count; i++)
    for (uint32_t k = i; k > 0 && share(&weights[k]) > share(&weights[k - 1]);
         k--) {
      Weighed swap = weights[k];
      weights[k] = weights[k - 1];
      weights[k - 1] = swap;
    }
}

static void put_percent(Buffer *out, const Weighed *weighed) {
  uint64_t hundredths =
      (weighed->changed * 20000 + weighed->steps) / (2 * weighed->steps);
  if (hundredths == 0 && weighed->changed) {
    buffer_put_c(out, "less than 0.01 %");
  } else if (hundredths == 10000 && weighed->changed < weighed->steps) {
    buffer_put_c(out, "over 99.99 %");
  } else {
    char digits[40];
    int length = snprintf(digits, sizeof digits, "%u.%02u",
                          (unsigned)(hundredths / 100),
                          (unsigned)(hundredths % 100));
    while (digits[length - 1] == '0') length--;
    if (digits[length - 1] == '.') length--;
    buffer_format(out, "%.*s %%", length, digits);
  }
}

static void check_most(AuditCheck *check, const Weighed *weights,
                       uint32_t count) {
  Buffer out = {.arena = check->arena};
  const Finding *finding = check_find(check, FINDING_DECISIVE, NULL, 0);
  uint32_t told = 0;
  buffer_format(&out, "How often one step of a fact alone changes the guidance "
                      "in `%.*s`: ",
                TEXT_ARG(audit_boundary(check->audit, check->one)));
  for (; told < count && told < 5 && share(&weights[told]); told++) {
    buffer_put_c(&out, told ? "; " : "");
    buffer_put(&out, words_axis(check->arena, &check->one->space,
                                weights[told].axis));
    buffer_put_char(&out, ' ');
    put_percent(&out, &weights[told]);
  }
  buffer_put_char(&out, '.');
  check_presence(check, FINDING_DECISIVE, NULL, 0, told > 0);
  if (finding && told &&
      !text_equal(finding->message, buffer_text(&out)))
    check_tell(check, FINDING_DECISIVE, "%.*s is: %.*s",
               TEXT_ARG(finding->message), TEXT_ARG(buffer_text(&out)));
}

/* Of the whole policy; asked with its first boundary. */
static void check_read(AuditCheck *check) {
  const Image *image = check->audit->image;
  const Findings *all = &check->audit->findings;
  for (uint32_t i = 0; check->first && i < image->facts.count; i++) {
    uint32_t type = image->facts.at[i].type;
    bool read = kinds_reads(check->kinds->subject, i), unused = false;
    bool values = false;
    for (uint32_t k = 0; k < all->count; k++) {
      bool own = all->at[k].facts.count && all->at[k].facts.at[0] == i;
      unused |= own && all->at[k].kind == FINDING_UNUSED_FACT;
      values |= own && all->at[k].kind == FINDING_IDLE_VALUES;
    }
    Text name = words_fact(check->arena, image, i);
    check->tally->findings[FINDING_UNUSED_FACT] += !read;
    if (unused == read)
      check_tell(check, FINDING_UNUSED_FACT, "%s of %.*s",
                 unused ? "false finding" : "miss", TEXT_ARG(name));
    if (type != TYPE_CHOICE && type != TYPE_SCALE) continue;
    bool idle = read && kinds_idle_values(check->arena, check->kinds->subject,
                                          i, check->kinds->today);
    check->tally->findings[FINDING_IDLE_VALUES] += idle;
    if (idle != values)
      check_tell(check, FINDING_IDLE_VALUES, "%s of %.*s",
                 values ? "false finding" : "miss", TEXT_ARG(name));
  }
}

void check_weights(AuditCheck *check) {
  uint32_t count = check->one->space.axis_count;
  Weighed *weights = ARENA_ARRAY(check->arena, count + 1, Weighed);
  for (uint32_t i = 0; i < count; i++) weights[i] = weigh(check, i);
  for (uint32_t i = 0; i < count; i++) check_idle(check, &weights[i]);
  sort_weights(weights, count);
  check_most(check, weights, count);
  check_read(check);
}
