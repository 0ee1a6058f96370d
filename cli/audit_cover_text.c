/* Coverage for people. */
#include <inttypes.h>
#include <stdio.h>

#include "audit/words.h"
#include "cli/audit_cover.h"

enum { LISTED_MOST = 5 };

static Text boundary_heading(Arena *arena, const CoverUnit *unit)
{
  const Image *image = unit->one->inquiry.image;
  if (unit->boundary == NONE) return TEXT("Coverage of the emergencies");
  return text_format(
      arena, "Coverage of boundary %.*s",
      TEXT_ARG(image_text(image,
                          image->boundaries.at[unit->boundary].name)));
}

/* What is of one kind and state, the first few of it. */
static void put_list(Sheet *sheet, const CoverUnit *unit, GoalKind kind,
                     GoalState state, const char *heading)
{
  Arena *arena = sheet->out.arena;
  uint32_t count = unit->counts[kind][state], listed = 0;
  if (!count) return;
  sheet_put(sheet, 4, text_of(heading));
  for (uint32_t i = 0; i < unit->goals.count && listed < LISTED_MOST; i++) {
    const Goal *goal = &unit->goals.at[i];
    if (goal->kind != kind || goal->state != state) continue;
    sheet_item(sheet, 6, "- ", goal_words(arena, unit, goal));
    listed++;
  }
  if (count > listed)
    sheet_put(sheet, 6, text_format(arena, "and %u more", count - listed));
}

static void put_kind(Sheet *sheet, const CoverUnit *unit, GoalKind kind)
{
  Arena *arena = sheet->out.arena;
  const uint32_t *counts = unit->counts[kind];
  uint32_t possible =
      counts[GOAL_MET] + counts[GOAL_OPEN] + counts[GOAL_NOT_PROVED];
  if (possible + counts[GOAL_IMPOSSIBLE] == 0) return;
  sheet_put(sheet, 2,
            text_format(arena, "%.*s: %u of %u",
                        TEXT_ARG(goal_kind_words(kind)), counts[GOAL_MET],
                        possible));
  put_list(sheet, unit, kind, GOAL_OPEN, "Not shown yet:");
  put_list(sheet, unit, kind, GOAL_NOT_PROVED,
           "Not shown, and not proved to be possible:");
  put_list(sheet, unit, kind, GOAL_IMPOSSIBLE,
           kind == GOAL_MATTERS
               ? "Proved: this never changes the guidance, so it is not "
                 "counted:"
               : "Proved: this cannot be, so it is not counted:");
}

static void put_ways_of(Sheet *sheet, const CoverWays *ways, int all)
{
  static const char *const of[] = {"of facts that a rule reads together",
                                   "of all facts"};
  Arena *arena = sheet->out.arena;
  const char *what =
      ways->ways == 2 ? "Pairs" : "Combinations";
  Text text = text_format(arena, "%s %s: not counted, there are too many",
                          what, of[all]);
  if (ways->counted[all])
    text = text_format(arena, "%s %s: %" PRIu64 " of %" PRIu64, what, of[all],
                       ways->met[all], ways->all[all]);
  if (ways->ways > 2)
    text = text_format(arena, "%.*s (%u facts at a time)", TEXT_ARG(text),
                       ways->ways);
  sheet_put(sheet, 2, text);
}

static void put_ways(Sheet *sheet, const CoverUnit *unit)
{
  if (!unit->pairs.ways) return;
  put_ways_of(sheet, &unit->pairs, 0);
  if (unit->missing_count)
    sheet_put(sheet, 4, TEXT("Some that were not asked about:"));
  for (uint32_t i = 0; i < unit->missing_count; i++)
    sheet_item(sheet, 6, "- ", unit->missing[i]);
  put_ways_of(sheet, &unit->pairs, 1);
  if (!unit->ways.ways) return;
  put_ways_of(sheet, &unit->ways, 0);
  put_ways_of(sheet, &unit->ways, 1);
}

static void put_unit(Sheet *sheet, const CoverUnit *unit)
{
  sheet_heading(sheet, boundary_heading(sheet->out.arena, unit));
  if (unit->one->space.too_large) {
    sheet_put(sheet, 2, TEXT("It has more facts or limits than are looked at "
                             "together. Nothing is claimed of it."));
    return;
  }
  sheet_put(sheet, 2, text_format(sheet->out.arena,
                                  "Situations asked about: %u",
                                  unit->asked.count));
  for (int kind = 0; kind < GOAL_KIND_COUNT; kind++)
    put_kind(sheet, unit, (GoalKind)kind);
  put_ways(sheet, unit);
}

/* -------------------------------------------------------------- real use */

static void put_unreached(Sheet *sheet, const CoverResult *result,
                          const UseBoundary *use)
{
  const Image *image = &result->policy->image;
  Buffer out = {.arena = sheet->out.arena};
  for (uint32_t i = 0; i < image->rules.count; i++) {
    const Rule *rule = &image->rules.at[i];
    bool here = rule->boundary == NONE || rule->boundary == use->one->boundary;
    if (!here || use->in_force[i] || rule->kind == RULE_REVIEW) continue;
    buffer_format(&out, "%s`%.*s`", out.length ? ", " : "",
                  TEXT_ARG(words_rule(image, i)));
  }
  if (!out.length) return;
  sheet_put(sheet, 4, TEXT("Rules that no case reached:"));
  sheet_put(sheet, 6, buffer_text(&out));
}

static void put_use_boundary(Sheet *sheet, const CoverResult *result,
                             const UseBoundary *use)
{
  Arena *arena = sheet->out.arena;
  const Image *image = &result->policy->image;
  Text name = image_text(image, image->boundaries.at[use->one->boundary].name);
  if (!use->cases) return;
  sheet_put(sheet, 2, text_format(arena, "%.*s: %" PRIu64 " cases",
                                  TEXT_ARG(name), use->cases));
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    if (use->verdicts[v])
      sheet_put(sheet, 4, text_format(arena, "%.*s: %" PRIu64,
                                      TEXT_ARG(words_verdict((Verdict)v)),
                                      use->verdicts[v]));
  if (use->unsettled)
    sheet_put(sheet, 4, text_format(arena, "not settled: %" PRIu64,
                                    use->unsettled));
  put_unreached(sheet, result, use);
  if (!use->silent && !use->otherwise) return;
  sheet_put(sheet, 4,
            text_format(arena, "Cases that no rule answers: %" PRIu64
                               " get no guidance, %" PRIu64
                               " only what `otherwise` says.",
                        use->silent, use->otherwise));
  for (uint32_t i = 0; i < use->region_count; i++)
    sheet_item(sheet, 6, "- ",
               text_format(arena, "%.*s: %" PRIu64,
                           TEXT_ARG(use->regions[i].words),
                           use->regions[i].cases));
  if (use->elsewhere)
    sheet_put(sheet, 6, text_format(arena, "elsewhere: %" PRIu64,
                                    use->elsewhere));
}

static void put_use(Sheet *sheet, const CoverResult *result, const Use *use)
{
  Arena *arena = sheet->out.arena;
  sheet_heading(sheet, text_format(arena, "Real use: %.*s",
                                   TEXT_ARG(use->name)));
  sheet_put(sheet, 2, text_format(arena, "Cases read: %" PRIu64, use->cases));
  if (use->unread)
    sheet_put(sheet, 2, text_format(arena, "Cases that could not be read, and "
                                           "do not count: %" PRIu64,
                                    use->unread));
  if (use->erased)
    sheet_put(sheet, 2, text_format(arena, "Entries that were erased: %" PRIu64,
                                    use->erased));
  if (use->left_out)
    sheet_put(sheet, 2,
              text_format(arena, "Values that no longer fit the policy, and "
                                 "were left out: %" PRIu64, use->left_out));
  if (use->outside)
    sheet_put(sheet, 2, text_format(arena, "Cases of boundaries that were not "
                                           "looked at: %" PRIu64,
                                    use->outside));
  if (use->columns.length)
    sheet_put(sheet, 2, text_format(arena, "Columns that are no facts, and "
                                           "were not read: %.*s",
                                    TEXT_ARG(use->columns)));
  for (uint32_t i = 0; i < use->boundary_count; i++)
    put_use_boundary(sheet, result, &use->boundaries[i]);
}

/* ----------------------------------------------------------- suggestions */

/* How many were written, and what they show. */
static Text written_words(Arena *arena, const CoverResult *result)
{
  const Suggestions *suggestions = &result->suggestions;
  if (!suggestions->all)
    return text_format(arena, "No situations were written to `%s`.",
                       result->suggest);
  if (suggestions->all == 1)
    return text_format(
        arena, "One situation was written to `%s`. It shows %u of the %u "
               "things that can be shown and were not.",
        result->suggest, suggestions->closed, suggestions->open);
  if (suggestions->list.count == suggestions->all)
    return text_format(
        arena, "%u situations were written to `%s`. They show %u of the %u "
               "things that can be shown and were not.",
        suggestions->all, result->suggest, suggestions->closed,
        suggestions->open);
  Text first =
      suggestions->list.count == 1
          ? TEXT("The first one is")
          : text_format(arena, "The first %u are", suggestions->list.count);
  return text_format(
      arena, "There are %u situations. %.*s in `%s`, and %s %u of the %u "
             "things that can be shown and were not. All of them show %u.",
      suggestions->all, TEXT_ARG(first), result->suggest,
      suggestions->list.count == 1 ? "shows" : "show",
      suggestions->closed_by_first, suggestions->open, suggestions->closed);
}

static void put_suggestions(Sheet *sheet, const CoverResult *result)
{
  Arena *arena = sheet->out.arena;
  const Suggestions *suggestions = &result->suggestions;
  sheet_heading(sheet, TEXT("Suggested situations"));
  sheet_put(sheet, 2, written_words(arena, result));
  if (suggestions->ended)
    sheet_put(sheet, 2, TEXT("This was ended early. There may be more to show, "
                             "and fewer situations may do."));
  if (!suggestions->list.count) return;
  if (suggestions->all > 1)
    sheet_put(sheet, 2, TEXT("Those that show most come first."));
  if (!suggestions->ended && suggestions->all > 1)
    sheet_put(sheet, 2, text_format(
        arena, "To show all of it each of the %u is needed, and at least %u "
               "are. No smaller set was looked for.", suggestions->all,
        suggestions->at_least));
  sheet_put(sheet, 2, TEXT("What the answer should be is left open: that is "
                           "for a person to say."));
}

void cover_text(Sheet *sheet, const CoverResult *result)
{
  for (uint32_t i = 0; i < result->cover.unit_count; i++)
    put_unit(sheet, &result->cover.units[i]);
  for (uint32_t i = 0; i < result->use_count; i++)
    put_use(sheet, result, result->uses[i]);
  if (result->suggest) put_suggestions(sheet, result);
}

void cover_print(Arena *arena, const CoverResult *result, bool color)
{
  Sheet sheet = sheet_make(arena, color);
  sheet_gap(&sheet);
  cover_text(&sheet, result);
  fwrite(sheet.out.at ? sheet.out.at : "", 1, sheet.out.length, stdout);
}
