/* Suggested situations, asked of the evaluator: they show what is claimed of
 * them; what they leave open rests on records; those that show most come first;
 * and a few of them are the first of all.  What is claimed is so where the work
 * ended early, too. */
#include "audit/cover_suggest.h"
#include "tests/cover_points.h"

static uint8_t *list_closed(const Check *check, const Suggestions *suggestions,
                            uint32_t *count) {
  uint8_t *closed =
      ARENA_ARRAY(check->arena, check->unit->goals.count + 1, uint8_t);
  *count = 0;
  for (uint32_t i = 0; i < suggestions->list.count; i++) {
    const Suggestion *one = &suggestions->list.at[i];
    for (uint32_t k = 0; k < one->goals.count; k++) {
      *count += !closed[one->goals.at[k]];
      closed[one->goals.at[k]] = 1;
    }
  }
  return closed;
}

/* Coverage by nothing but these situations. */
static const Goals *ask_again(const Check *check, const Situation *situations,
                              uint32_t count) {
  Cover *again = ARENA_NEW(check->arena, Cover);
  cover_make(check->cover->audit, again);
  again->units += check->index;
  again->unit_count = 1;
  for (uint32_t i = 0; i < count; i++)
    cover_ask(again, &situations[i], TEXT("suggested"), false);
  cover_judge(again);
  return &again->units[0].goals;
}

static const Goals *ask_listed(const Check *check,
                               const Suggestions *suggestions) {
  uint32_t count = suggestions->list.count;
  Situation *situations = ARENA_ARRAY(check->arena, count + 1, Situation);
  for (uint32_t i = 0; i < count; i++)
    suggestion_situation(check->arena, &suggestions->list.at[i],
                         &situations[i]);
  return ask_again(check, situations, count);
}

static void check_claims(const Check *check, const Suggestions *suggestions) {
  uint32_t count;
  const uint8_t *closed = list_closed(check, suggestions, &count);
  const Goals *goals = ask_listed(check, suggestions);
  for (uint32_t i = 0; i < goals->count; i++)
    if (closed[i] && goals->at[i].state != GOAL_MET)
      check_differs(check,
                    text_format(check->arena, "suggested, but not shown: %.*s",
                                TEXT_ARG(goal_words(check->arena, check->unit,
                                                    &goals->at[i]))));
  if (count != suggestions->closed_by_first)
    check_differs(check, text_format(check->arena,
                                     "%u goals are shown, %u are counted",
                                     count, suggestions->closed_by_first));
}

/* What the policy is said to say today, with the facts that are given. */
static void check_verdicts(const Check *check, const Suggestions *suggestions) {
  for (uint32_t i = 0; i < suggestions->list.count; i++) {
    const Suggestion *one = &suggestions->list.at[i];
    Asked asked;
    Situation situation;
    suggestion_situation(check->arena, one, &situation);
    asked_make(check->cover, check->unit, &situation, &asked);
    if (asked.masks[POINT_VERDICT] != one->verdict)
      check_differs(check, text_format(check->arena,
                                       "number %u is said to find %x, not %x",
                                       one->number, one->verdict,
                                       asked.masks[POINT_VERDICT]));
  }
}

/* None of the others shows more by itself than the first, before facts are left
 * out: with support that is not given one may show something else besides. */
static void check_first(const Check *check, const Suggestions *suggestions) {
  uint32_t other = random_below(check->random, suggestions->list.count);
  const Suggestion *one = &suggestions->list.at[other];
  Situation situation;
  try_situation(check->arena, one->suggester, one->one, &situation);
  const Goals *goals = ask_again(check, &situation, 1);
  uint32_t shown = 0;
  for (uint32_t i = 0; i < goals->count; i++)
    shown += check->unit->goals.at[i].state == GOAL_OPEN &&
             goals->at[i].kind != GOAL_TEST && goals->at[i].state == GOAL_MET;
  if (shown > suggestions->list.at[0].closes)
    check_differs(check,
                  text_format(check->arena,
                              "the first shows %u, but number %u shows %u",
                              suggestions->list.at[0].closes, other + 1,
                              shown));
}

static void check_most(const Check *check, const Suggestions *all) {
  Suggestions few;
  uint32_t most = 1 + random_below(check->random, all->all + 2), sum = 0;
  uint32_t count = most < all->all ? most : all->all;
  cover_suggest(check->cover, most, &few);
  bool same = few.list.count == count && few.all == all->all &&
              few.open == all->open && few.closed == all->closed &&
              few.at_least == all->at_least;
  for (uint32_t i = 0; i < count && same; i++) {
    same = few.list.at[i].number == all->list.at[i].number &&
           few.list.at[i].closes == all->list.at[i].closes;
    sum += few.list.at[i].closes;
  }
  if (!same || sum != few.closed_by_first)
    check_differs(check, text_format(check->arena,
                                     "the first %u are others than of all",
                                     most));
  check_claims(check, &few);
}

/* Asked to stop after so many times. */
static bool count_down(void *context) {
  uint32_t *left = context;
  if (*left) --*left;
  return *left == 0;
}

/* What is ended early claims nothing that is not so. */
static void check_ended(Check *check, const Suggestions *all) {
  Audit *audit = check->cover->audit;
  Suggestions some;
  uint32_t left = 1 + random_below(check->random, 6 * all->all + 10);
  audit->options.stop = count_down;
  audit->options.context = &left;
  cover_suggest(check->cover, 0, &some);
  audit->options.stop = NULL;
  audit->stopped = false;
  check->tally->ended += some.ended;
  check_claims(check, &some);
  check_verdicts(check, &some);
  if (some.ended != (left == 0) || some.open != all->open ||
      some.closed > all->closed || some.at_least > some.all)
    check_differs(check, text_format(check->arena,
                                     "ended early: %u of %u, and %u of %u "
                                     "situations, at least %u",
                                     some.closed, some.open, some.all, all->all,
                                     some.at_least));
}

void check_suggestions(Check *check) {
  Suggestions suggestions;
  cover_suggest(check->cover, 0, &suggestions);
  check->tally->suggested += suggestions.all;
  check->tally->left += suggestions.open - suggestions.closed;
  check_claims(check, &suggestions);
  check_verdicts(check, &suggestions);
  if (suggestions.at_least > suggestions.all ||
      suggestions.list.count != suggestions.all ||
      suggestions.closed_by_first != suggestions.closed)
    check_differs(check, text_format(check->arena,
                                     "%u situations of %u, at least %u",
                                     suggestions.list.count, suggestions.all,
                                     suggestions.at_least));
  if (!suggestions.all) return;
  check_first(check, &suggestions);
  check_most(check, &suggestions);
  check_ended(check, &suggestions);
}
