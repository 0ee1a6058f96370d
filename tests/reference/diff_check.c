#include "tests/reference/diff_check.h"

#include <stdarg.h>

#include "audit/words.h"

#define MATRIX (VERDICT_COUNT * VERDICT_COUNT)

static void tell(DiffCheck *check, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void tell(DiffCheck *check, const char *format, ...) {
  va_list list;
  va_start(list, format);
  Text text = text_format_list(check->arena, format, list);
  va_end(list);
  buffer_format(check->report, "  boundary %u: %.*s\n",
                (unsigned)check->one->of[NEW], TEXT_ARG(text));
}

/* ------------------------------------------------------------------- counts */

static void check_count(DiffCheck *check, const char *what, const Limb *count,
                        uint64_t expected) {
  uint32_t limbs = check->one->space.limbs;
  Limb *own = ARENA_ARRAY(check->arena, limbs, Limb);
  Buffer out = {.arena = check->arena};
  natural_set(own, expected, limbs);
  if (natural_compare(own, count, limbs) == 0) return;
  natural_print_plain(&out, count, own, limbs);
  Text said = buffer_text(&out);
  tell(check, "%s: %.*s are said to be, and there are %llu", what,
       TEXT_ARG(said), (unsigned long long)expected);
}

/* If anything is said of it. */
static void check_between(DiffCheck *check, const char *what,
                          Limb *const between[2], uint64_t expected) {
  uint32_t limbs = check->one->space.limbs;
  Limb *own = ARENA_ARRAY(check->arena, limbs, Limb);
  natural_set(own, expected, limbs);
  if (!between[0]) return;
  check->tally->between++;
  if (natural_compare(between[0], own, limbs) > 0 ||
      natural_compare(own, between[1], limbs) > 0)
    tell(check, "%s: %llu are not between the two numbers", what,
         (unsigned long long)expected);
}

typedef struct Totals {
  uint64_t counts[MATRIX], all, changed, stricter, looser, harm[2];
  uint64_t duties[2]; /* bit t: somewhere tag t stands only here */
} Totals;

static void add_point(const PointPair *point, Totals *totals) {
  const Reply *x = &point->of[OLD], *y = &point->of[NEW];
  totals->counts[x->verdict * VERDICT_COUNT + y->verdict]++;
  totals->all++;
  totals->changed += x->verdict != y->verdict;
  totals->stricter += y->verdict > x->verdict;
  totals->looser += y->verdict < x->verdict;
  totals->harm[OLD] += x->harm && !y->harm;
  totals->harm[NEW] += y->harm && !x->harm;
  totals->duties[OLD] |= x->duties & ~y->duties;
  totals->duties[NEW] |= y->duties & ~x->duties;
}

static void find_totals(const DiffCheck *check, Totals *totals) {
  *totals = (Totals){.all = 0};
  for (uint32_t i = 0; i < check->pairs->count; i++)
    if (check->pairs->at[i].seen && check->pairs->at[i].possible)
      add_point(&check->pairs->at[i], totals);
}

static void check_counts(DiffCheck *check, const Totals *totals) {
  const BoundaryDiff *one = check->one;
  if (one->same && totals->changed)
    tell(check, "no change is said to be proved, and %llu change",
         (unsigned long long)totals->changed);
  if (!check->modest && one->same != (totals->changed == 0))
    tell(check, "nothing changes, and that is not said");
  check_between(check, "changed", one->changed_between, totals->changed);
  check_between(check, "stricter", one->stricter_between, totals->stricter);
  check_between(check, "looser", one->looser_between, totals->looser);
  if (!one->counted) {
    if (!check->modest) tell(check, "it was not counted");
    return;
  }
  if (!one->unchanged_counted && !check->modest)
    tell(check, "what stays the same was not counted");
  for (uint32_t i = 0; i < MATRIX; i++)
    if (one->unchanged_counted || i / VERDICT_COUNT != i % VERDICT_COUNT)
      check_count(check, "from and to", one->counts[i], totals->counts[i]);
  check_count(check, "all", one->all, totals->all);
  check_count(check, "changed", one->changed, totals->changed);
  check_count(check, "stricter", one->stricter, totals->stricter);
  check_count(check, "looser", one->looser, totals->looser);
}

/* Points that nobody can come to are those left out. */
static void check_possible(DiffCheck *check) {
  const Pairs *pairs = check->pairs;
  AxisCell *cells =
      ARENA_ARRAY(check->arena, check->one->space.axis_count + 1, AxisCell);
  for (uint32_t i = 0; i < pairs->count; i++) {
    pairs_point(pairs, i, cells);
    bool out = point_within_any(&check->one->space, cells,
                                &check->one->charts[NEW].impossible);
    if (out != (pairs->at[i].seen && pairs->at[i].possible)) continue;
    tell(check, "point %u is%s left out, and it is%s possible", (unsigned)i,
         out ? "" : " not", out ? "" : " not");
    return;
  }
}

/* ----------------------------------------------------------------- findings */

static const Finding *find(const DiffCheck *check, Text id) {
  for (uint32_t i = 0; i < check->diff->audit.findings.count; i++)
    if (text_equal(check->diff->audit.findings.at[i].id, id))
      return &check->diff->audit.findings.at[i];
  return NULL;
}

static Text id_of(const DiffCheck *check, FindingKind kind, Text rest) {
  const Image *image = &check->diff->joined.image;
  Text name =
      image_text(image, image->boundaries.at[check->one->boundary].name);
  return text_format(check->arena, "%.*s/%.*s/%.*s",
                     TEXT_ARG(finding_id(kind)), TEXT_ARG(name),
                     TEXT_ARG(rest));
}

static bool any_unproved(const DiffCheck *check) {
  for (uint32_t i = 0; i < check->diff->audit.findings.count; i++)
    if (!check->diff->audit.findings.at[i].proved) return true;
  return false;
}

/* A finding is there if something is so; with little work, or else something
 * that was not proved. */
static const Finding *expect(DiffCheck *check, Text id, bool so) {
  const Finding *finding = find(check, id);
  bool claimed = finding && (finding->proved || finding->count);
  if (!so && finding && (claimed || !check->modest))
    tell(check, "%.*s is claimed, and it is not so", TEXT_ARG(id));
  if (so && !finding && (!check->modest || !any_unproved(check)))
    tell(check, "%.*s was missed", TEXT_ARG(id));
  if (finding && !check->modest && !finding->proved)
    tell(check, "%.*s was not proved", TEXT_ARG(id));
  return finding;
}

/* ------------------------------------------------------------------ regions */

static bool within(const DiffCheck *check, uint32_t point, const Box *box) {
  AxisCell *cells =
      ARENA_ARRAY(check->arena, check->one->space.axis_count + 1, AxisCell);
  pairs_point(check->pairs, point, cells);
  return point_within(&check->one->space, cells, box);
}

/* Which box of the list has the point first; the list's count if none has. */
static uint32_t first_box(const DiffCheck *check, uint32_t point,
                          const Boxes *list) {
  uint32_t i = 0;
  while (i < list->count && !within(check, point, &list->at[i])) i++;
  return i;
}

static void check_points(DiffCheck *check, const Boxes *list, uint32_t change,
                         bool whole, uint64_t *fresh) {
  const Pairs *pairs = check->pairs;
  uint32_t missing = 0;
  for (uint32_t p = 0; p < pairs->count; p++) {
    const PointPair *point = &pairs->at[p];
    if (!point->seen || !point->possible) continue;
    uint32_t box = first_box(check, p, list);
    uint32_t is = (uint32_t)point->of[OLD].verdict * VERDICT_COUNT +
                  point->of[NEW].verdict;
    if (box < list->count) fresh[box]++;
    if (box < list->count && is != change)
      tell(check, "a point of a region goes from %u to %u",
           (unsigned)point->of[OLD].verdict, (unsigned)point->of[NEW].verdict);
    if (box == list->count && is == change) missing++;
  }
  if (whole && missing)
    tell(check, "the regions of change %u leave out %u", (unsigned)change,
         (unsigned)missing);
}

static void check_regions(DiffCheck *check, const Finding *finding,
                          uint32_t change) {
  const Boxes *list = &check->one->regions[change];
  uint64_t *fresh = ARENA_ARRAY(check->arena, list->count + 1, uint64_t);
  check_points(check, list, change, finding->regions_whole, fresh);
  if (!check->modest && list->count < 12 && !finding->regions_whole)
    tell(check, "the regions of change %u are not said to be all",
         (unsigned)change);
  if (list->count != finding->regions.count) {
    if (!check->modest) tell(check, "a region was left out");
    return;
  }
  for (uint32_t i = 0; i < list->count; i++) {
    check->tally->regions++;
    if (finding->regions.at[i].count)
      check_count(check, "of a region", finding->regions.at[i].count, fresh[i]);
    else if (!check->modest)
      tell(check, "a region was not counted");
    if (!fresh[i]) tell(check, "a region has nothing of its own");
  }
}

/* ---------------------------------------------------------------- witnesses */

/* Only those without amounts are asked again: the point of every other is
 * among those that were tried. */
static void check_witness(DiffCheck *check, const Witness *witness) {
  Reply replies[2];
  FactWords *words =
      ARENA_ARRAY(check->arena, witness->count + 1, FactWords);
  check->tally->witnesses++;
  check->tally->not_whole += !witness->whole;
  for (uint32_t i = 0; i < witness->count; i++)
    words[i] = (FactWords){witness->facts[i].fact, witness->facts[i].value};
  for (uint32_t k = OLD; k <= NEW; k++)
    if (!witness->whole ||
        !pairs_ask_words(check->arena, check->pairs, k, words,
                                            witness->count, &replies[k]))
      return;
  check->tally->asked++;
  if (replies[OLD].verdict != witness->before ||
      replies[NEW].verdict != witness->verdict)
    tell(check, "a witness is said to go from %u to %u, and goes from %u to %u",
         (unsigned)witness->before, (unsigned)witness->verdict,
         (unsigned)replies[OLD].verdict, (unsigned)replies[NEW].verdict);
}

static void check_witnesses(DiffCheck *check, const Finding *finding) {
  for (uint32_t i = 0; i < finding->regions.count; i++)
    check_witness(check, &finding->regions.at[i].witness);
  for (uint32_t i = 0; i < finding->witnesses.count; i++)
    check_witness(check, &finding->witnesses.at[i]);
}

/* -------------------------------------------------------------------- kinds */

static void check_changes(DiffCheck *check, const Totals *totals) {
  for (uint32_t x = 0; x < VERDICT_COUNT; x++)
    for (uint32_t y = 0; y < VERDICT_COUNT; y++) {
      uint32_t change = x * VERDICT_COUNT + y;
      if (x == y) continue;
      Text rest =
          text_format(check->arena, "%.*s/%.*s",
                      TEXT_ARG(words_verdict((Verdict)x)),
                      TEXT_ARG(words_verdict((Verdict)y)));
      const Finding *finding = expect(
          check, id_of(check, y > x ? FINDING_STRICTER : FINDING_LOOSER, rest),
          totals->counts[change] > 0);
      if (!finding) continue;
      check->tally->changes++;
      if (finding->count)
        check_count(check, "of a change", finding->count,
                    totals->counts[change]);
      check_regions(check, finding, change);
      check_witnesses(check, finding);
    }
}

static void check_harm(DiffCheck *check, const Totals *totals) {
  static const char *const names[] = {"less", "more"};
  for (uint32_t k = OLD; k <= NEW; k++) {
    const Finding *finding =
        expect(check, id_of(check, FINDING_OTHER_HARM, text_of(names[k])),
               totals->harm[k] > 0);
    if (!finding) continue;
    check->tally->harm++;
    if (finding->count)
      check_count(check, "of holding back", finding->count, totals->harm[k]);
    if (finding->all) check_count(check, "of all", finding->all, totals->all);
    check_witnesses(check, finding);
  }
}

static void check_duties(DiffCheck *check, const Totals *totals) {
  static const char *const names[] = {"less", "more"};
  for (uint32_t t = 0; t < check->pairs->tag_count; t++)
    for (uint32_t k = OLD; k <= NEW; k++) {
      Text rest = text_format(check->arena, "%.*s/%s",
                              TEXT_ARG(check->pairs->tags[t]), names[k]);
      const Finding *finding =
          expect(check, id_of(check, FINDING_OTHER_DUTY, rest),
                 totals->duties[k] >> t & 1);
      if (finding) check->tally->duties++;
      if (finding) check_witnesses(check, finding);
    }
}

void check_boundary_diff(DiffCheck *check) {
  Totals totals;
  find_totals(check, &totals);
  check->tally->boundaries++;
  check->tally->same += check->one->same;
  check->tally->points += check->pairs->count;
  check->tally->tried += check->pairs->tried;
  check_possible(check);
  check_counts(check, &totals);
  check_changes(check, &totals);
  check_harm(check, &totals);
  check_duties(check, &totals);
}

/* ---------------------------------------------------------------- the whole */

typedef struct Whole {
  bool changed, stricter, looser, other, every;
  bool emergency[2];
} Whole;

static void gather(DiffCheck *check, const Pairs *pairs, Whole *whole) {
  Totals totals;
  check->pairs = pairs;
  find_totals(check, &totals);
  whole->changed |= totals.changed > 0;
  whole->stricter |= totals.stricter > 0;
  whole->looser |= totals.looser > 0;
  whole->other |= totals.harm[OLD] || totals.harm[NEW] || totals.duties[OLD] ||
                  totals.duties[NEW];
  for (uint32_t k = OLD; k <= NEW; k++)
    whole->emergency[k] |= pairs->emergency[k];
}

static void check_emergencies(DiffCheck *check, const Whole *whole) {
  static const char *const ids[] = {"emergency-changed/less",
                                    "emergency-changed/more"};
  for (uint32_t k = OLD; k <= NEW; k++) {
    const Finding *finding =
        expect(check, text_of(ids[k]), whole->emergency[k]);
    if (finding) check->tally->emergencies++;
  }
}

static void check_turns(DiffCheck *check, const Whole *whole) {
  bool has[] = {[DIFF_CHANGED] = diff_has(check->diff, DIFF_CHANGED),
                [DIFF_STRICTER] = diff_has(check->diff, DIFF_STRICTER),
                [DIFF_LOOSER] = diff_has(check->diff, DIFF_LOOSER)};
  bool sure = whole->every && !check->modest;
  bool some = whole->changed || whole->other || whole->emergency[OLD] ||
              whole->emergency[NEW];
  if (whole->looser ? !has[DIFF_LOOSER] : has[DIFF_LOOSER] && sure)
    tell(check, "something looser: %d", has[DIFF_LOOSER]);
  if (whole->stricter ? !has[DIFF_STRICTER] : has[DIFF_STRICTER] && sure)
    tell(check, "something stricter: %d", has[DIFF_STRICTER]);
  if (some && !has[DIFF_CHANGED]) tell(check, "something changed, unsaid");
}

void check_whole_diff(DiffCheck *check, Pairs *const *all) {
  Whole whole = {.every = true};
  for (uint32_t b = 0; b < check->diff->boundary_count; b++) {
    if (all[b]) gather(check, all[b], &whole);
    whole.every &= all[b] != NULL;
  }
  if (!check->one) return;
  if (whole.every) check_emergencies(check, &whole);
  check_turns(check, &whole);
}
