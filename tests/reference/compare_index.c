/* Decisions by the index against plain evaluation. */
#include <string.h>

#include "runtime/index.h"
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
  decision_space_make(arena, &index, &space);
  uint16_t *codes =
      ARENA_ARRAY(arena, subject->image.variables.count + 1, uint16_t);
  index_codes(&inquiry.grid, search.start, codes);
  IndexPlace place = {codes, search.start};
  index_decide(&index, search.counts, &place, &space, &decision);
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
  return check.same;
}
