/* Decisions by the index against plain evaluation. */
#include <string.h>

#include "runtime/image_lean.h"
#include "runtime/index.h"
#include "runtime/lanes.h"
#include "runtime/packed_match.h"
#include "runtime/search.h"
#include "tests/reference/compare.h"

typedef struct Check {
  const Inquiry *inquiry;
  const Decision *decision;
  const uint8_t *outcome;
  bool complete;
  Buffer *report;
  bool same;
} Check;

static bool listed(const uint32_t *rules, uint32_t count, uint32_t rule) {
  for (uint32_t i = 0; i < count; i++)
    if (rules[i] == rule) return true;
  return false;
}

/* Plain evaluation allows what the index says; of a complete situation both
 * say the same. */
static void check_mask(Check *check, const char *what, uint8_t index,
                       uint8_t plain) {
  bool fits = check->complete ? index == plain
                              : (index & ~plain) == 0 && (index || !plain);
  if (fits) return;
  check->same = false;
  buffer_format(check->report, "index: %s is %u, plain evaluation has %u\n",
                what, (unsigned)index, (unsigned)plain);
}

static void check_rule(Check *check, uint32_t rule) {
  const Image *image = check->inquiry->image;
  uint8_t plain = check->outcome[point_standing(rule)];
  uint8_t in_force = (uint8_t)(1u << STANDING_IN_FORCE);
  bool sure = listed(check->decision->in_force,
                     check->decision->in_force_count, rule);
  bool open =
      listed(check->decision->open, check->decision->open_count, rule);
  bool fits = !(sure && open);
  if (plain == in_force) fits &= sure;
  if (!(plain & in_force)) fits &= !sure && !open;
  if (check->complete) fits &= !open && sure == (plain == in_force);
  if (fits) return;
  check->same = false;
  buffer_format(check->report, "index: %.*s is %s, plain evaluation has %u\n",
                TEXT_ARG(image_text(image, image->rules.at[rule].full_name)),
                sure   ? "in force"
                : open ? "open"
                       : "not in force",
                (unsigned)plain);
}

/* ------------------------------------------------------------ packed values */

/* Does a total of an unknown record add a fact?  The index knows that the total
 * is no less than the fact; a packed decision may leave that open. */
static bool adds_to_unknown(const Image *image, const Situation *situation) {
  for (uint32_t i = 0; i < image->variables.count; i++) {
    const Variable *variable = &image->variables.at[i];
    if (variable->with != NONE && !situation->facts[variable->fact].given)
      return true;
  }
  return false;
}

/* The facts as packed values; those with several values or of records are left
 * out.  True if nothing was, and the same must be said. */
static bool pack(const Image *image, const Situation *situation,
                 int64_t *values, uint64_t *known) {
  bool all = !adds_to_unknown(image, situation);
  for (uint32_t i = 0; i < image->facts.count; i++) {
    const Given *given = &situation->facts[i];
    uint32_t type = image->facts.at[i].type;
    if (!given->given) continue;
    if (type == TYPE_RECORD || !given_is_exact(given)) {
      all = false;
      continue;
    }
    values[i] = type == TYPE_SET ? (int64_t)given->members
                                 : given->spans[0].low;
    known[i / 64] |= UINT64_C(1) << (i % 64);
  }
  return all;
}

static bool same_list(const uint32_t *a, uint32_t a_count, const uint32_t *b,
                      uint32_t b_count) {
  return a_count == b_count && memcmp(a, b, a_count * sizeof *a) == 0;
}

static bool mask_fits(uint8_t packed, uint8_t index, bool exact) {
  return exact ? packed == index : (index & ~packed) == 0;
}

/* Does the packed decision say the same; with less given, does it still allow
 * what the index says? */
static bool decision_fits(const Decision *packed, const Decision *index,
                          bool exact) {
  if (!mask_fits(packed->verdict, index->verdict, exact) ||
      !mask_fits(packed->may_harm, index->may_harm, exact) ||
      !mask_fits(packed->tension, index->tension, exact) ||
      !mask_fits(packed->emergency, index->emergency, exact))
    return false;
  if (exact)
    return same_list(packed->in_force, packed->in_force_count,
                     index->in_force, index->in_force_count) &&
           same_list(packed->open, packed->open_count, index->open,
                     index->open_count);
  for (uint32_t i = 0; i < packed->in_force_count; i++)
    if (!listed(index->in_force, index->in_force_count, packed->in_force[i]))
      return false;
  return true;
}

/* The policy as the library holds it, with a decider that has only what
 * deciding needs, and is completed only if it must be. */
static bool compare_short(Arena *arena, const Packed *full,
                          const int64_t *values, const uint64_t *known,
                          const Decision *whole, Buffer *report) {
  const Inquiry *inquiry = &full->inquiry;
  Buffer bytes = {.arena = arena};
  LeanImage lean;
  ImageFault fault;
  Image unpacked, kept;
  Packed packed;
  Decision decision;
  Arena scratch;
  arena_init(&scratch, arena->memory, 0, arena->escape);
  image_write(&bytes, inquiry->image);
  if (!image_read_lean(arena, buffer_text(&bytes), &lean, &fault)) {
    buffer_format(report, "lean image: %s\n", fault.message);
    return false;
  }
  image_lean_unpack(&scratch, &lean, &unpacked);
  packed_make_short(arena, &scratch, &unpacked, &lean.image,
                    inquiry->boundary, inquiry->grid.today, &packed);
  arena_clear(&scratch);
  if (index_needs_grid(&packed.index)) {
    image_lean_unpack(arena, &lean, &kept);
    packed_complete(arena, &kept, &packed);
  }
  packed_decide(&packed, values, known, &decision);
  if (decision_fits(&decision, whole, true)) return true;
  buffer_put_c(report, "a lean image and a short decider say otherwise\n");
  return false;
}

/* Every form of the code, over the same values. */
static bool compare_packed(Arena *arena, const Image *image,
                           const Situation *situation, const Decision *index,
                           Buffer *report) {
  Packed packed;
  Decision decision;
  int64_t *values = ARENA_ARRAY(arena, image->facts.count + 1, int64_t);
  uint64_t *known =
      ARENA_ARRAY(arena, image->facts.count / 64 + 1, uint64_t);
  bool exact = pack(image, situation, values, known), same = true;
  packed_make(arena, arena, image, situation->boundary, situation->as_of,
              &packed);
  for (int form = 0; lanes_form(form); form++) {
    packed.space.join = lanes_form(form);
    for (int match = 0; packed_match_number(match, packed.index.words);
         match++) {
      packed.match = packed_match_number(match, packed.index.words);
      packed_decide(&packed, values, known, &decision);
      if (decision_fits(&decision, index, exact)) continue;
      buffer_format(report, "packed values: form %d with %d says otherwise\n",
                    form, match);
      same = false;
    }
  }
  same &= compare_short(arena, &packed, values, known, &decision, report);
  return compare_sliced(arena, image, &packed, values, known, report) && same;
}

bool compare_index(Arena *arena, const Subject *subject,
                   const Situation *situation, bool complete,
                   Buffer *report) {
  Situation mine = subject_situation(arena, subject, situation);
  Inquiry inquiry;
  Search search;
  Index index;
  DecisionSpace space;
  Decision decision;
  inquiry_make(arena, &subject->image, &mine, &inquiry);
  search_make(arena, &inquiry, &mine, 1, &search);
  memcpy(search.cells[0], search.start, inquiry.grid.words * sizeof(Cells));
  search_evaluate(&search, 0);
  index_make(arena, arena, &inquiry, &index);
  decision_space_make_wide(arena, &index, &space);
  uint16_t *codes =
      ARENA_ARRAY(arena, subject->image.variables.count + 1, uint16_t);
  index_codes(&inquiry.grid, search.start, codes);
  IndexPlace place = {.codes = codes,
                      .cells = search.start,
                      .agreed = search.agreed,
                      .support = true};
  index_decide(&index, &place, &space, &decision);
  Check check = {&inquiry, &decision, search.outcome[0], complete, report,
                 true};
  check_mask(&check, "verdict", decision.verdict,
             check.outcome[POINT_VERDICT]);
  check_mask(&check, "holding back", decision.may_harm,
             check.outcome[POINT_MAY_HARM]);
  check_mask(&check, "tension", decision.tension,
             check.outcome[POINT_TENSION]);
  check_mask(&check, "emergency", decision.emergency,
             check.outcome[POINT_EMERGENCY]);
  for (uint32_t i = 0; i < inquiry.rule_count; i++)
    check_rule(&check, inquiry.rules[i]);
  if (mine.tense != TENSE_HAPPENED)
    check.same &= compare_packed(arena, &subject->image, &mine, &decision,
                                 report);
  return check.same;
}
