/* Goals in words. */
#include "audit/cover.h"
#include "audit/words.h"

typedef struct KindWords {
  Text id, words;
} KindWords;

static const KindWords kinds[GOAL_KIND_COUNT] = {
    [GOAL_IN_FORCE] = {{"in-force", 8}, {"Rules that applied", 18}},
    [GOAL_DECIDES] = {{"decides", 7}, {"Rules that decided", 18}},
    [GOAL_DISPLACES] = {{"displaces", 9},
                        {"Exceptions that set a rule aside", 32}},
    [GOAL_TEST] = {{"test", 4}, {"Conditions, true and not true", 29}},
    [GOAL_MATTERS] = {{"matters", 7},
                      {"Conditions shown to change the guidance", 39}},
    [GOAL_CELL] = {{"cell", 4}, {"Both sides of each limit", 24}},
    [GOAL_EDGE] = {{"edge", 4}, {"Exact values at each limit", 26}},
    [GOAL_VERDICT] = {{"verdict", 7}, {"Verdicts", 8}},
    [GOAL_DUTY] = {{"duty", 4}, {"Duties that stood", 17}},
    [GOAL_SECOND] = {{"holding-back", 12}, {"Holding back", 12}},
};

Text goal_kind_words(GoalKind kind) {
  return kinds[kind].words;
}

Text goal_kind_id(GoalKind kind) {
  return kinds[kind].id;
}

Text goal_state_id(GoalState state) {
  static const Text ids[GOAL_STATE_COUNT] = {
      {"open", 4}, {"met", 3}, {"impossible", 10}, {"not-proved", 10}};
  return ids[state];
}

static void put_rule(Buffer *out, const CoverUnit *unit, uint32_t rule) {
  buffer_format(out, "`%.*s`",
                TEXT_ARG(words_rule(unit->one->inquiry.image, rule)));
}

static void put_node(Buffer *out, const CoverUnit *unit, uint32_t node) {
  const Image *image = unit->one->inquiry.image;
  buffer_put(out, image_text(image, image->nodes.at[node].text));
}

/* "context value: exactly £50", "context value: above £50". */
static void put_limit(Buffer *out, const CoverUnit *unit, const Goal *goal) {
  const BoundaryAudit *one = unit->one;
  const GridVariable *variable = &one->inquiry.grid.variables[goal->other];
  const Image *image = one->inquiry.image;
  const Variable *source = &image->variables.at[goal->other];
  if (goal->kind == GOAL_CELL) {
    uint64_t *mask = ARENA_ARRAY(out->arena, variable->words, uint64_t);
    uint32_t first, last;
    cover_run(unit, goal->other, (uint32_t)goal->value, &first, &last);
    for (uint32_t i = first; i <= last; i++)
      mask[i / 64] |= UINT64_C(1) << (i % 64);
    words_cells(out, &one->inquiry.grid, goal->other, mask);
    return;
  }
  buffer_format(out, "%.*s: exactly ",
                TEXT_ARG(words_fact(out->arena, image, source->fact)));
  const Fact *fact = &image->facts.at[source->fact];
  situation_put_value(out, image, fact, fact->type, goal->value);
}

static void put_duty(Buffer *out, const CoverUnit *unit, uint32_t duty) {
  const Image *image = unit->one->inquiry.image;
  buffer_format(out, "`%.*s`",
                TEXT_ARG(image_text(image, image->duties.at[duty].tag)));
}

static void put_second(Buffer *out, int64_t value) {
  static const char *const words[SECOND_COUNT] = {
      "holding back does no harm", "holding back may harm",
      "holding back may harm, and the guidance is to hold back"};
  buffer_put_c(out, words[value]);
}

Text goal_words(Arena *arena, const CoverUnit *unit, const Goal *goal) {
  Buffer out = {.arena = arena};
  if (goal->kind == GOAL_IN_FORCE || goal->kind == GOAL_DECIDES) {
    put_rule(&out, unit, goal->rule);
    buffer_put_c(&out,
                 goal->kind == GOAL_DECIDES ? " decides" : " applies");
  } else if (goal->kind == GOAL_DISPLACES) {
    put_rule(&out, unit, goal->rule);
    buffer_put_c(&out, " sets aside ");
    put_rule(&out, unit, goal->other);
  } else if (goal->kind == GOAL_TEST) {
    put_node(&out, unit, goal->other);
    buffer_put_c(&out, goal->value ? ": true" : ": not true");
  } else if (goal->kind == GOAL_MATTERS) {
    if (goal->axis == NONE)
      put_node(&out, unit, goal->other);
    else
      buffer_put(&out, words_axis(arena, &unit->one->space, goal->axis));
    buffer_put_c(&out, ", in ");
    put_rule(&out, unit, goal->rule);
  } else if (goal->kind == GOAL_VERDICT) {
    buffer_put(&out, words_verdict((Verdict)goal->value));
  } else if (goal->kind == GOAL_DUTY) {
    put_duty(&out, unit, goal->other);
    buffer_put_c(&out, " of ");
    put_rule(&out, unit, goal->rule);
  } else if (goal->kind == GOAL_SECOND) {
    put_second(&out, goal->value);
  } else {
    put_limit(&out, unit, goal);
  }
  return buffer_text(&out);
}

Text goal_id(Arena *arena, const CoverUnit *unit, const Goal *goal) {
  const Image *image = unit->one->inquiry.image;
  Text boundary =
      unit->boundary == NONE
          ? TEXT("emergency")
          : image_text(image, image->boundaries.at[unit->boundary].name);
  return text_format(arena, "%.*s/%.*s/%.*s", TEXT_ARG(boundary),
                     TEXT_ARG(goal_kind_id((GoalKind)goal->kind)),
                     TEXT_ARG(goal_words(arena, unit, goal)));
}
