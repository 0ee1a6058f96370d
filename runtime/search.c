#include "runtime/search.h"

#include <assert.h>
#include <string.h>

/* One halving.  `copies`: bit 0 for cells[0], bit 1 for cells[1]. */
struct SearchFrame {
  uint32_t variable, test, saved;
  uint8_t copies;
  bool out_first; /* the half outside the test comes first */
  bool second;    /* the other half is being looked at */
};

/* What is looked for. */
typedef struct Goal {
  uint32_t point; /* one completion: this point … */
  uint8_t bit;    /* … has this value */
  const Concern *concern; /* two completions: one of its points differs */
  uint32_t fact;
  bool two;
} Goal;

typedef enum Judgement { ACCEPT, REJECT, SPLIT } Judgement;

/* ------------------------------------------------------------------- making */

static void make_frames(Arena *arena, Search *search) {
  const Grid *grid = &search->inquiry->grid;
  uint32_t frames = 0, words = 0;
  for (uint32_t i = 0; i < grid->image->variables.count; i++) {
    const GridVariable *variable = &grid->variables[i];
    frames += 2 * (variable->cells - 1);
    words += 2 * (variable->cells - 1) * variable->words;
  }
  search->frames = ARENA_ARRAY(arena, frames + 1, SearchFrame);
  search->saved = ARENA_ARRAY(arena, words + 1, uint64_t);
}

void search_make(Arena *arena, const Inquiry *inquiry,
                 const Situation *situation, uint64_t budget, Search *search) {
  const Image *image = inquiry->image;
  *search = (Search){.inquiry = inquiry, .budget = budget,
                     .rule_count = inquiry->rule_count};
  search->counts = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  search->agreed = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  search->marks = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  search->follows = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  search->followers = ARENA_ARRAY(arena, inquiry->rule_count + 1, uint32_t);
  for (int mark = MARK_FIRST; mark < MARK_COUNT; mark++)
    search->marked_places[mark] =
        ARENA_ARRAY(arena, inquiry->rule_count / 64 + 1, uint64_t);
  search->seen = ARENA_ARRAY(arena, inquiry->points + 1, uint8_t);
  search->own = ARENA_ARRAY(arena, image->variables.count + 1, uint8_t);
  resting_make(arena, inquiry, &search->resting);
  search->start = ARENA_ARRAY(arena, inquiry->grid.words + 1, Cells);
  for (int copy = 0; copy < 2; copy++) {
    search->cells[copy] = ARENA_ARRAY(arena, inquiry->grid.words + 1, Cells);
    update_make(arena, &search->resting, &search->updates[copy]);
    search->space[copy] = search->updates[copy].space;
    search->outcome[copy] = search->updates[copy].outcome;
  }
  workspace_make(arena, inquiry, &search->part_space);
  search->part_open =
      ARENA_ARRAY(arena, inquiry->rule_count / 64 + 1, uint64_t);
  search->part_outcome = ARENA_ARRAY(arena, inquiry->points + 1, uint8_t);
  parts_make(arena, inquiry, &search->parts);
  make_frames(arena, search);
  search_renew(arena, situation, search);
}

void search_renew(Arena *arena, const Situation *situation, Search *search) {
  findings_count(search->inquiry, situation, search->counts, search->agreed);
  grid_locate(&search->inquiry->grid, situation, search->start);
  records_make(arena, &search->inquiry->grid, situation, &search->records);
  search->chance = UINT64_C(0x9e3779b97f4a7c15);
}

static void restart(Search *search, uint32_t copy) {
  memcpy(search->cells[copy], search->start,
         search->inquiry->grid.words * sizeof(Cells));
}

void search_evaluate(Search *search, uint32_t copy) {
  search->evaluated += search->inquiry->rule_count;
  if (search->evaluated >= search->rule_count) {
    search->evaluated -= search->rule_count;
    search->work++;
  }
  if (search->inquiry != search->resting.inquiry) {
    outcome_evaluate(search->inquiry, search->counts, search->cells[copy],
                     &search->space[copy], search->outcome[copy]);
    return;
  }
  update_evaluate(&search->updates[copy], search->counts,
                  search->cells[copy]);
  search->space[copy].surely = search->updates[copy].space.surely;
}

/* ---------------------------------------------------------------- splitting */

static uint32_t rule_register(const Search *search, uint32_t rule) {
  const Image *image = search->inquiry->image;
  uint32_t condition = image->rules.at[rule].condition;
  return condition == NONE ? NONE : image->nodes.at[condition].reg;
}

static void find_marks(Search *search, const Bearing *bearing) {
  const Inquiry *inquiry = search->inquiry;
  if (search->marked && bearing_same(bearing, &search->bearing))
    return;
  search->marked = true;
  search->bearing = *bearing;
  bearing_mark(inquiry, search->counts, bearing, search->marks);
  for (int mark = MARK_FIRST; mark < MARK_COUNT; mark++)
    memset(search->marked_places[mark], 0,
           (inquiry->rule_count / 64 + 1) * sizeof(uint64_t));
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint8_t mark = search->marks[inquiry->rules[i]];
    if (mark != NOT_MARKED)
      search->marked_places[mark][i / 64] |= UINT64_C(1) << i % 64;
  }
}

/* Whether the conditions of rules are open, as a set of places. */
static const uint64_t *open_places(Search *search, uint32_t copy) {
  const Inquiry *inquiry = search->inquiry;
  if (inquiry == search->resting.inquiry)
    return update_open(&search->updates[copy]);
  uint64_t *open = search->part_open;
  memset(open, 0, (inquiry->rule_count / 64 + 1) * sizeof *open);
  for (uint32_t i = 0; i < inquiry->rule_count; i++) {
    uint32_t rule = inquiry->rules[i], reg = rule_register(search, rule);
    if (reg != NONE && inquiry->dates[rule] == STANDING_IN_FORCE &&
        search->space[copy].registers[reg] == THREE_OPEN)
      open[i / 64] |= UINT64_C(1) << i % 64;
  }
  return open;
}

/* The marked rule that follows the fact and is open, the most cautious first;
 * of several the last. */
static uint32_t open_follower(const Search *search, const uint64_t *open) {
  const Inquiry *inquiry = search->inquiry;
  uint32_t best = NONE;
  for (uint32_t i = 0; i < search->follower_count; i++) {
    uint32_t place = search->followers[i], rule = inquiry->rules[place];
    bool is_open = open[place / 64] >> place % 64 & 1;
    if (search->marks[rule] == NOT_MARKED || !is_open)
      continue;
    uint8_t counts = search->counts[rule];
    uint8_t most = best == NONE ? 0 : search->counts[inquiry->rules[best]];
    if (best == NONE || counts > most || (counts == most && place > best))
      best = place;
  }
  return best;
}

/* The last open place with the best mark. */
static uint32_t open_place(const Search *search, const uint64_t *open) {
  for (int mark = MARK_FIRST; mark < MARK_COUNT; mark++)
    for (uint32_t end = search->inquiry->rule_count / 64 + 1; end > 0; end--) {
      uint64_t both = search->marked_places[mark][end - 1] & open[end - 1];
      if (both)
        return end * 64 - 1 - (uint32_t)__builtin_clzll(both);
    }
  return NONE;
}

/* The rule, among those that the point rests on, whose open condition to look
 * into first.  Of two completions, what follows the one fact comes first, and
 * of that the most cautious, which others hide least. */
static uint32_t open_rule(Search *search, const Goal *goal, uint32_t point,
                          uint32_t copy) {
  Point of = {point, goal->two ? 0 : goal->bit, &search->space[copy]};
  Bearing bearing = bearing_of(search->inquiry, search->counts, &of);
  const uint64_t *open = open_places(search, copy);
  find_marks(search, &bearing);
  uint32_t place = goal->two ? open_follower(search, open) : NONE;
  if (place == NONE)
    place = open_place(search, open);
  return place == NONE ? NONE : search->inquiry->rules[place];
}

/* Should a rule's condition rather be true, for one completion to be as
 * wanted? */
static bool rather_true(const Search *search, const Goal *goal, uint32_t rule) {
  const Inquiry *inquiry = search->inquiry;
  if (goal->point == POINT_VERDICT)
    return goal->bit == 1u << search->counts[rule];
  bool yes = goal->bit == THREE_YES;
  if (goal->point < POINT_RULES)
    return yes;
  bool own = point_rule(inquiry, goal->point) == rule;
  bool standing = goal->point < point_duty(inquiry, 0) &&
                  goal->point == point_standing(rule);
  if (standing && own)
    return goal->bit != 1u << STANDING_NOT_MET;
  return own ? yes : goal->bit == 1u << STANDING_DISPLACED;
}

/* What is chosen to be split: a register, and whether it should rather be true,
 * the half to look at first.  The choice bears on speed alone. */
typedef struct Target {
  uint32_t reg;
  bool rather_true;
} Target;

static Target choose_target(Search *search, const Goal *goal, uint32_t point,
                            uint32_t copy) {
  const Inquiry *inquiry = search->inquiry;
  bool condition = point >= POINT_RULES && point < point_duty(inquiry, 0) &&
                   point == point_condition(point_rule(inquiry, point));
  if (condition)
    return (Target){rule_register(search, point_rule(inquiry, point)),
                    goal->bit == THREE_YES};
  uint32_t rule = open_rule(search, goal, point, copy);
  assert(rule != NONE);
  return (Target){rule_register(search, rule),
                  goal->two ? search->follows[rule] != 0
                            : rather_true(search, goal, rule)};
}

static void restrict_copy(Search *search, const SearchFrame *frame,
                          uint32_t copy) {
  const Grid *grid = &search->inquiry->grid;
  const GridVariable *variable = &grid->variables[frame->variable];
  const uint64_t *mask = grid->masks + grid->mask_at[frame->test];
  for (uint32_t i = 0; i < variable->words; i++) {
    uint64_t part = frame->second != frame->out_first ? ~mask[i] : mask[i];
    search->cells[copy][variable->word + i] =
        search->saved[frame->saved + i] & part;
  }
}

static void take_half(Search *search, const SearchFrame *frame) {
  for (uint32_t copy = 0; copy < 2; copy++)
    if (frame->copies >> copy & 1)
      restrict_copy(search, frame, copy);
}

static void push_split(Search *search, const Goal *goal, uint32_t point,
                       uint32_t copy) {
  const Grid *grid = &search->inquiry->grid;
  Target target = choose_target(search, goal, point, copy);
  bool out_first = !target.rather_true;
  uint32_t test =
      machine_open_test(grid, &search->inquiry->program,
                        search->space[copy].registers, target.reg, &out_first);
  uint32_t index = grid->image->tests.at[test].variable;
  const GridVariable *variable = &grid->variables[index];
  SearchFrame *frame = &search->frames[search->depth++];
  bool alone = goal->two && search->own[index];
  *frame = (SearchFrame){.variable = index, .test = test,
                         .saved = search->saved_count,
                         .out_first = alone && copy ? !out_first : out_first,
                         .copies = (uint8_t)(alone ? 1u << copy : 3u)};
  memcpy(search->saved + frame->saved, search->cells[copy] + variable->word,
         variable->words * sizeof *search->saved);
  search->saved_count += variable->words;
  take_half(search, frame);
}

/* Goes back to the last split whose other half has not been looked at. */
static bool backtrack(Search *search) {
  while (search->depth) {
    SearchFrame *frame = &search->frames[search->depth - 1];
    if (!frame->second) {
      frame->second = true;
      take_half(search, frame);
      return true;
    }
    const GridVariable *variable =
        &search->inquiry->grid.variables[frame->variable];
    for (uint32_t copy = 0; copy < 2; copy++)
      if (frame->copies >> copy & 1)
        memcpy(search->cells[copy] + variable->word,
               search->saved + frame->saved,
               variable->words * sizeof *search->saved);
    search->saved_count = frame->saved;
    search->depth--;
  }
  return false;
}

/* ------------------------------------------------------------------ judging */

static Judgement judge_value(const Search *search, const Goal *goal) {
  uint8_t mask = search->outcome[0][goal->point];
  if (!(mask & goal->bit))
    return REJECT;
  return mask == goal->bit ? ACCEPT : SPLIT;
}

/* Can the two completions still come apart?  Only through a condition that
 * follows the fact, and is not known to be the same in both. */
static bool may_come_apart(const Search *search, const Concern *concern) {
  const Inquiry *inquiry = search->inquiry;
  for (uint32_t i = 0; i < search->follower_count; i++) {
    uint32_t rule = inquiry->rules[search->followers[i]];
    if (!concern->relevant[rule])
      continue;
    uint32_t reg = rule_register(search, rule);
    uint8_t first = search->space[0].registers[reg];
    if (first == THREE_OPEN || first != search->space[1].registers[reg])
      return true;
  }
  return false;
}

static Judgement judge_difference(const Search *search, const Goal *goal,
                                  uint32_t *point, uint32_t *copy) {
  Judgement judgement = REJECT;
  if (!may_come_apart(search, goal->concern))
    return REJECT;
  for (uint32_t i = 0; i < goal->concern->count; i++) {
    uint32_t one = goal->concern->points[i];
    uint8_t first = search->outcome[0][one], second = search->outcome[1][one];
    if (!(first & second))
      return ACCEPT;
    if (judgement == SPLIT || (first == second && mask_single(first)))
      continue;
    judgement = SPLIT;
    *point = one;
    *copy = mask_single(first);
  }
  return judgement;
}

static bool feasible(Search *search, const Goal *goal) {
  if (!search->records.any)
    return true;
  search->work++;
  return records_feasible(&search->records, search->cells[0],
                          goal->two ? search->cells[1] : NULL,
                          goal->two ? goal->fact : NONE);
}

static Judgement judge(Search *search, const Goal *goal, uint32_t *point,
                       uint32_t *copy) {
  if (!feasible(search, goal))
    return REJECT;
  search_evaluate(search, 0);
  if (!goal->two) {
    *point = goal->point;
    *copy = 0;
    return judge_value(search, goal);
  }
  search_evaluate(search, 1);
  return judge_difference(search, goal, point, copy);
}

static Found run(Search *search, const Goal *goal) {
  search->depth = search->saved_count = 0;
  search->marked = false;
  restart(search, 0);
  restart(search, 1);
  for (;;) {
    if (search->work >= search->budget)
      return FOUND_BUDGET_USED;
    uint32_t point = 0, copy = 0;
    Judgement judgement = judge(search, goal, &point, &copy);
    if (judgement == ACCEPT)
      return FOUND;
    if (judgement == SPLIT)
      push_split(search, goal, point, copy);
    else if (!backtrack(search))
      return FOUND_NONE;
  }
}

/* ------------------------------------------------------------------- asking */

static void forget_followers(Search *search) {
  const Inquiry *inquiry = search->inquiry;
  for (uint32_t i = 0; i < search->follower_count; i++)
    search->follows[inquiry->rules[search->followers[i]]] = 0;
  search->follower_count = 0;
}

static void add_followers(Search *search, uint32_t step) {
  const Lists *rules = &search->resting.rules;
  const Inquiry *inquiry = search->inquiry;
  for (uint32_t i = rules->first[step]; i < rules->first[step + 1]; i++) {
    uint32_t rule = inquiry->rules[rules->at[i]];
    if (inquiry->dates[rule] != STANDING_IN_FORCE)
      continue;
    search->follows[rule] = 1;
    search->followers[search->follower_count++] = rules->at[i];
  }
}

void search_own(Search *search, uint32_t fact) {
  const Inquiry *inquiry = search->inquiry;
  const Resting *resting = &search->resting;
  Pending *steps = &search->updates[0].steps;
  uint32_t step;
  forget_followers(search);
  for (uint32_t i = 0; i < inquiry->image->variables.count; i++) {
    search->own[i] = grid_follows(&inquiry->grid, i, fact);
    if (search->own[i])
      pending_add_all(steps, &resting->tests, i);
  }
  while (pending_take(steps, &step)) {
    pending_add_all(steps, &resting->readers, step);
    add_followers(search, step);
  }
}

Found search_value(Search *search, uint32_t point, uint8_t bit) {
  Goal goal = {.point = point, .bit = bit};
  Found found = run(search, &goal);
  if (found == FOUND && !search_complete(search, 0, NONE))
    return FOUND_NONE;
  return found;
}

Found search_value_in(Search *search, const Inquiry *part, uint32_t point,
                      uint8_t bit) {
  Goal goal = {.point = point, .bit = bit};
  const Inquiry *whole = search->inquiry;
  assert(!search->records.any);
  search->inquiry = part;
  search->space[0] = search->part_space;
  search->outcome[0] = search->part_outcome;
  Found found = run(search, &goal);
  search->inquiry = whole;
  search->space[0] = search->updates[0].space;
  search->outcome[0] = search->updates[0].outcome;
  return found;
}

void search_concern(Arena *arena, const Search *search, const uint32_t *points,
                    uint32_t count, Concern *concern) {
  const Inquiry *inquiry = search->inquiry;
  *concern = (Concern){.points = points, .count = count};
  concern->relevant =
      ARENA_ARRAY(arena, inquiry->image->rules.count + 1, uint8_t);
  bearing_mark_any(inquiry, search->counts, points, count, concern->relevant);
}

static bool rests_on_fact(const Search *search, const Concern *concern) {
  const Inquiry *inquiry = search->inquiry;
  for (uint32_t i = 0; i < search->follower_count; i++)
    if (concern->relevant[inquiry->rules[search->followers[i]]])
      return true;
  return false;
}

Found search_difference(Search *search, uint32_t fact, const Concern *concern) {
  Goal goal = {.concern = concern, .fact = fact, .two = true};
  return rests_on_fact(search, concern) ? run(search, &goal) : FOUND_NONE;
}
