/* Promises and assumes: the audit's word against every kind of situation. */
#include "tests/reference/audit_check.h"

static const Finding *find_told(const AuditCheck *check, const Place *place) {
  const Findings *all = &check->audit->findings;
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].boundary == check->one->boundary &&
        all->at[i].place == place)
      return &all->at[i];
  return NULL;
}

static void check_broken(AuditCheck *check, uint32_t index,
                         const Finding *finding, uint64_t broken,
                         bool modest) {
  Kind answer;
  uint32_t point;
  if (finding->count || !modest)
    check_count(check, finding->kind, finding->count, broken);
  if (finding->all)
    check_count(check, finding->kind, finding->all, check->kinds->possible);
  if (finding->witnesses.count != 1) {
    check_tell(check, finding->kind, "no witness of promise %u",
               (unsigned)index);
    return;
  }
  if (!check_witness(check, finding->kind, &finding->witnesses.at[0], &answer,
                     &point))
    return;
  if (!(answer.promises >> index & 1) || !check->kinds->at[point].possible ||
      kinds_keeps(check->kinds, index, &answer))
    check_tell(check, finding->kind, "promise %u is not broken at its witness",
               (unsigned)index);
}

/* With little work it may be left unproved, and then that is said; or proved to
 * hold without it being known that it speaks of nothing. */
static bool is_modest(const Finding *finding, FindingKind expected) {
  return finding->kind == FINDING_NOT_PROVED ||
         (expected == FINDING_PROMISE_IDLE &&
          finding->kind == FINDING_PROMISE_KEPT);
}

static void check_promise(AuditCheck *check, uint32_t index, bool modest) {
  const Kinds *kinds = check->kinds;
  uint64_t of = 0, broken = 0;
  for (uint32_t i = 0; i < kinds->count; i++) {
    const Kind *kind = &kinds->at[i];
    if (!kind->possible || !(kind->promises >> index & 1)) continue;
    of++;
    broken += !kinds_keeps(check->kinds, index, kind);
  }
  FindingKind expected = !of      ? FINDING_PROMISE_IDLE
                         : broken ? FINDING_PROMISE_BROKEN
                                  : FINDING_PROMISE_KEPT;
  const Finding *finding = find_told(
      check, image_promise_place(check->audit->image, index));
  check->tally->findings[expected]++;
  check->tally->promises[kinds_form(check->kinds, index)]++;
  if (!finding)
    check_tell(check, expected, "nothing is said of promise %u",
               (unsigned)index);
  else if (finding->kind != expected &&
           !(modest && is_modest(finding, expected)))
    check_tell(check, expected, "promise %u is told as %.*s (%llu of %llu)",
               (unsigned)index, TEXT_ARG(finding_id(finding->kind)),
               (unsigned long long)broken, (unsigned long long)of);
  else if (finding->kind == FINDING_PROMISE_BROKEN)
    check_broken(check, index, finding, broken, modest);
}

/* Told of those that are about what the axes read. */
static void check_assume(AuditCheck *check, uint32_t index) {
  const Kinds *kinds = check->kinds;
  const Finding *finding =
      find_told(check, image_assume_place(check->audit->image, index));
  uint64_t out = 0;
  for (uint32_t i = 0; i < kinds->count; i++)
    out += kinds->at[i].fails >> index & 1;
  if (!finding) return;
  check->tally->findings[FINDING_ASSUMED]++;
  if (!(kinds->assumes >> index & 1))
    check_tell(check, FINDING_ASSUMED, "assume %u is about something else",
               (unsigned)index);
  else if (finding->count)
    check_count(check, FINDING_ASSUMED, finding->count, out);
}

static void check_all(AuditCheck *check, bool modest) {
  const Image *image = check->audit->image;
  for (uint32_t i = 0; i < image->promises.count; i++)
    if (kinds_concerned(check->kinds, i)) check_promise(check, i, modest);
  for (uint32_t i = 0; i < image->assumes.count; i++) check_assume(check, i);
}

void check_promised(AuditCheck *check) {
  check_all(check, false);
}

void check_promised_modest(AuditCheck *check) {
  check_all(check, true);
}
