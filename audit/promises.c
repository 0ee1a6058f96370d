/* Promises: what the policy says of itself, proved or refuted; and what it
 * takes as impossible. */
#include "audit/audit.h"
#include "audit/standings.h"
#include "audit/words.h"

/* --------------------------------------------------------------- reading */

static bool concerns(const Image *image, const Promise *promise,
                     uint32_t boundary) {
  for (uint32_t i = 0; i < promise->boundaries.count; i++)
    if (image->scopes.at[promise->boundaries.first + i].boundary == boundary)
      return true;
  return promise->boundaries.count == 0;
}

static const RowList *rows_of(const Image *image, const RowTable *rows,
                              uint32_t condition) {
  static Row everything;
  static const RowList always = {&everything, 1, false};
  if (condition == NONE) return &always;
  return &rows->holds[image->nodes.at[condition].reg];
}

static bool reads_any(const RowList *rows, const uint8_t *read) {
  for (uint32_t i = 0; i < rows->count; i++)
    for (uint32_t k = 0; k < rows->rows[i].count; k++)
      if (read[rows->rows[i].literals[k].variable]) return true;
  return false;
}

/* What is said of one total of a record, or of what is added to it, says
 * something of the record's other totals and counts too. */
static bool hang_together(const Image *image, uint32_t record, uint32_t other) {
  const Variable *a = &image->variables.at[record];
  const Variable *b = &image->variables.at[other];
  return a->fact == b->fact || a->with == b->fact || b->with == a->fact ||
         (a->with != NONE && a->with == b->with);
}

static void spread(const Image *image, uint8_t *read) {
  for (bool again = true; again;) {
    again = false;
    for (uint32_t r = 0; r < image->variables.count; r++) {
      if (image->facts.at[image->variables.at[r].fact].type != TYPE_RECORD)
        continue;
      for (uint32_t v = 0; v < image->variables.count; v++) {
        if (read[r] == read[v] || !hang_together(image, r, v)) continue;
        read[r] = read[v] = 1;
        again = true;
      }
    }
  }
}

static void mark_read(const RowLists *lists, const uint32_t *variables,
                      uint32_t count, uint8_t *read) {
  for (uint32_t n = 0; n < lists->count; n++)
    for (uint32_t i = 0; i < lists->at[n]->count; i++)
      for (uint32_t k = 0; k < lists->at[n]->rows[i].count; k++)
        read[lists->at[n]->rows[i].literals[k].variable] = 1;
  for (uint32_t i = 0; i < count; i++) read[variables[i]] = 1;
}

void rows_read_along(const RowLists *more, const Image *image,
                     const uint32_t *variables, uint32_t count,
                     Arena *arena, RowLists *lists) {
  uint8_t *read = ARENA_ARRAY(arena, image->variables.count + 1, uint8_t);
  uint8_t *added = ARENA_ARRAY(arena, more->count + 1, uint8_t);
  mark_read(lists, variables, count, read);
  for (bool again = more->count > 0; again;) {
    again = false;
    spread(image, read);
    for (uint32_t i = 0; i < more->count; i++) {
      if (added[i] || !reads_any(more->at[i], read)) continue;
      RowLists one = {.at = &more->at[i], .count = 1};
      added[i] = again = true;
      VEC_PUSH(arena, lists, more->at[i]);
      mark_read(&one, NULL, 0, read);
    }
  }
}

void promises_read(Arena *arena, const Image *image, const RowTable *rows,
                   uint32_t boundary, const uint32_t *variables,
                   uint32_t variable_count, RowLists *lists) {
  RowLists assumes = {0};
  for (uint32_t i = 0; i < image->promises.count; i++)
    if (concerns(image, &image->promises.at[i], boundary))
      VEC_PUSH(arena, lists,
               rows_of(image, rows, image->promises.at[i].condition));
  for (uint32_t i = 0; i < image->assumes.count; i++) {
    uint32_t reg = image->nodes.at[image->assumes.at[i].condition].reg;
    /* One that can never hold is about everything. */
    bool never = rows->holds[reg].count == 0 && !rows->holds[reg].too_many;
    VEC_PUSH(arena, never ? lists : &assumes, &rows->fails[reg]);
  }
  rows_read_along(&assumes, image, variables, variable_count, arena, lists);
}

bool rows_in_space(const Space *space, const RowList *rows) {
  for (uint32_t i = 0; i < rows->count; i++)
    for (uint32_t k = 0; k < rows->rows[i].count; k++)
      if (space->axis_of[rows->rows[i].literals[k].variable] == NONE)
        return false;
  return rows->count > 0;
}

static bool impossible_boxes(Space *space, const Image *image,
                             const RowTable *rows, uint32_t assume,
                             Boxes *boxes) {
  uint32_t reg = image->nodes.at[image->assumes.at[assume].condition].reg;
  const RowList *fails = &rows->fails[reg];
  if (fails->too_many || !rows_in_space(space, fails)) return false;
  boxes_from_rows(space, fails, boxes);
  return boxes->count > 0;
}

void promises_impossible(Space *space, const Image *image,
                         const RowTable *rows, Boxes *impossible) {
  *impossible = (Boxes){0};
  for (uint32_t i = 0; i < image->assumes.count; i++) {
    Boxes boxes;
    if (impossible_boxes(space, image, rows, i, &boxes))
      boxes_add_all(space, impossible, &boxes);
  }
}

/* ---------------------------------------------------------------- naming */

static Text name_of(Audit *audit, uint32_t title, const Place *place,
                    uint32_t index) {
  if (title != NONE) return image_text(audit->image, title);
  Text source = words_source(audit->arena, audit->image, place);
  if (source.length) return source;
  return text_format(audit->arena, "number %u", (unsigned)index + 1);
}

/* "at least consult", "never silent" … */
static Text claim_of(Arena *arena, const Image *image,
                     const Promise *promise) {
  Text verdict = words_verdict((Verdict)promise->verdict);
  switch ((PromiseKind)promise->kind) {
  case PROMISE_EXACTLY:
    return text_format(arena, "%.*s", TEXT_ARG(verdict));
  case PROMISE_AT_LEAST:
    return text_format(arena, "at least %.*s", TEXT_ARG(verdict));
  case PROMISE_AT_MOST:
    return text_format(arena, "at most %.*s", TEXT_ARG(verdict));
  case PROMISE_NOWHERE:
    return text_format(arena, "nowhere \"%.*s\"", TEXT_ARG(verdict));
  case PROMISE_MAY_HARM:
    return TEXT("holding back may harm");
  case PROMISE_MUST:
    return text_format(arena, "must %.*s",
                       TEXT_ARG(image_text(image, promise->tag)));
  case PROMISE_KIND_COUNT:
    break;
  }
  return TEXT("");
}

/* --------------------------------------------------------------- proving */

typedef struct Proof {
  Audit *audit;
  BoundaryAudit *one;
  const Promise *promise;
  Boxes where;    /* the condition's boxes, apart from each other */
  Boxes kept;     /* must, may harm: points that keep the promise whatever the
                     verdict */
  Boxes kept_ahead; /* must: and those that keep it when going ahead */
  Chart beyond;   /* the chart without `kept` */
  Limb *broken;
  bool counted;
} Proof;

static void gather_harmful(Proof *proof) {
  const Chart *chart = &proof->one->chart;
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    uint32_t rule = chart->rules[i];
    if (chart->image->rules.at[rule].kind == RULE_HOLDING_BACK)
      boxes_add_all(chart->space, &proof->kept, &chart->in_force[rule]);
  }
}

/* A duty stands with its rule if it is `always`, or if the verdict is on its
 * rule's side; a rule that says no always finds the verdict there.  False if
 * this is not known everywhere. */
static bool gather_kept(Proof *proof) {
  const Promise *promise = proof->promise;
  const Chart *chart = &proof->one->chart;
  Standings stands;
  switch ((PromiseKind)promise->kind) {
  case PROMISE_MAY_HARM:
    gather_harmful(proof);
    return chart->whole;
  case PROMISE_MUST:
    standings_make(chart, image_text(chart->image, promise->tag), &stands);
    proof->kept = stands.always;
    proof->kept_ahead = stands.ahead;
    return chart->whole && !stands.too_many;
  case PROMISE_EXACTLY:
  case PROMISE_AT_LEAST:
  case PROMISE_AT_MOST:
  case PROMISE_NOWHERE:
  case PROMISE_KIND_COUNT:
    break;
  }
  return true;
}

/* The verdicts that break the promise, as a mask. */
static unsigned breaking(const Promise *promise) {
  unsigned all = (1u << VERDICT_COUNT) - 1, one = 1u << promise->verdict;
  switch ((PromiseKind)promise->kind) {
  case PROMISE_EXACTLY:
    return all & ~one;
  case PROMISE_AT_LEAST:
    return one - 1;
  case PROMISE_AT_MOST:
    return all & ~(one | (one - 1));
  case PROMISE_NOWHERE:
    return one;
  case PROMISE_MAY_HARM:
    return all;
  case PROMISE_MUST:
  case PROMISE_KIND_COUNT:
    break;
  }
  return 1u << HOLD | 1u << NEVER;
}

static PointFound find_verdicts(Proof *proof, const Boxes *without,
                                unsigned verdicts, AxisCell *point) {
  PointFound result = POINT_NONE;
  for (uint32_t i = 0; i < proof->where.count; i++)
    for (uint32_t v = 0; v < VERDICT_COUNT; v++) {
      if (!(verdicts >> v & 1)) continue;
      PointFound found =
          chart_find(&proof->beyond, &proof->one->search, &proof->where.at[i],
                     without, (Verdict)v, point);
      if (found == POINT_FOUND) return found;
      if (found == POINT_UNKNOWN) result = found;
    }
  return result;
}

static PointFound find_broken(Proof *proof, AxisCell *point) {
  unsigned all = (1u << VERDICT_COUNT) - 1;
  Boxes nothing = {0};
  PointFound found =
      find_verdicts(proof, &nothing, breaking(proof->promise), point);
  if (found == POINT_FOUND || proof->promise->kind != PROMISE_MUST)
    return found;
  PointFound rest = find_verdicts(proof, &proof->kept_ahead, all, point);
  return rest == POINT_NONE ? found : rest;
}

/* Adds (or takes) the points of the condition with these verdicts. */
static bool count_verdicts(Proof *proof, const Chart *chart, unsigned verdicts,
                           Limb *to) {
  uint32_t limbs = chart->space->limbs;
  Limb *counts[VERDICT_COUNT];
  Limb *all = audit_limbs(proof->audit, proof->one);
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    counts[v] = audit_limbs(proof->audit, proof->one);
  for (uint32_t i = 0; i < proof->where.count; i++) {
    if (!chart_count_verdicts(chart, &proof->one->search, &proof->where.at[i],
                              counts, all))
      return false;
    for (uint32_t v = 0; v < VERDICT_COUNT; v++)
      if (verdicts >> v & 1) natural_add(to, counts[v], limbs);
  }
  return true;
}

static Chart chart_without(const Chart *chart, const Boxes *less) {
  Chart beyond = *chart;
  beyond.impossible = (Boxes){0};
  boxes_add_all(chart->space, &beyond.impossible, &chart->impossible);
  boxes_add_all(chart->space, &beyond.impossible, less);
  return beyond;
}

static bool count_broken(Proof *proof) {
  unsigned all = (1u << VERDICT_COUNT) - 1;
  unsigned verdicts = breaking(proof->promise);
  natural_set(proof->broken, 0, proof->one->space.limbs);
  if (!count_verdicts(proof, &proof->beyond, verdicts, proof->broken))
    return false;
  if (proof->promise->kind != PROMISE_MUST) return true;
  /* Going ahead, or silent, without a duty that stands then. */
  Chart neither = chart_without(&proof->beyond, &proof->kept_ahead);
  return count_verdicts(proof, &neither, all & ~verdicts, proof->broken);
}

/* --------------------------------------------------------------- telling */

static Finding *tell(Proof *proof, FindingKind kind, uint32_t index) {
  Audit *audit = proof->audit;
  const Promise *promise = proof->promise;
  Finding *finding = audit_find(audit, kind, proof->one->boundary);
  finding->place = image_promise_place(audit->image, index);
  Text name = name_of(audit, promise->title, finding->place, index);
  audit_name(audit, finding, name);
  finding->message = text_format(
      audit->arena, "\"%.*s\" (%.*s)", TEXT_ARG(name),
      TEXT_ARG(claim_of(audit->arena, audit->image, promise)));
  finding->limbs = proof->one->space.limbs;
  return finding;
}

static void extend_message(Audit *audit, Finding *finding, Text more) {
  finding->message = text_format(audit->arena, "%.*s %.*s",
                                 TEXT_ARG(finding->message), TEXT_ARG(more));
}

static void tell_broken(Proof *proof, uint32_t index, const AxisCell *point) {
  Audit *audit = proof->audit;
  BoundaryAudit *one = proof->one;
  Finding *finding = tell(proof, FINDING_PROMISE_BROKEN, index);
  Witness witness;
  if (proof->counted) {
    finding->count = proof->broken;
    finding->all = one->all;
    extend_message(audit, finding,
                   text_format(audit->arena,
                               "does not hold in %.*s of the situations.",
                               TEXT_ARG(audit_share(audit, one,
                                                    proof->broken))));
  } else {
    extend_message(audit, finding, TEXT("does not hold."));
  }
  finding->help = TEXT("Change the rules, or what is promised.");
  if (audit_witness(audit, one, point, &witness))
    VEC_PUSH(audit->arena, &finding->witnesses, witness);
}

static bool is_idle(Proof *proof, AxisCell *point) {
  for (uint32_t i = 0; i < proof->where.count; i++)
    if (find_outside(&proof->one->search, &proof->one->chart.impossible,
                     &proof->where.at[i], point) != POINT_NONE)
      return false;
  return !proof->where.too_many;
}

static void check_promise(Audit *audit, BoundaryAudit *one, uint32_t index) {
  Proof proof = {.audit = audit, .one = one,
                 .promise = &audit->image->promises.at[index]};
  AxisCell *point =
      ARENA_ARRAY(audit->arena, one->space.axis_count + 1, AxisCell);
  Boxes where;
  boxes_from_rows(&one->space,
                  rows_of(audit->image, one->rows, proof.promise->condition),
                  &where);
  boxes_set_apart(&one->space, &where, BOXES_MOST, &proof.where);
  if (is_idle(&proof, point)) {
    extend_message(audit, tell(&proof, FINDING_PROMISE_IDLE, index),
                   TEXT("speaks of no situation that can occur."));
    return;
  }
  bool known = gather_kept(&proof);
  proof.beyond = chart_without(&one->chart, &proof.kept);
  proof.broken = audit_limbs(audit, one);
  PointFound found = known ? find_broken(&proof, point) : POINT_UNKNOWN;
  if (found == POINT_FOUND) {
    proof.counted = one->counted && count_broken(&proof);
    tell_broken(&proof, index, point);
  } else if (found == POINT_NONE && !proof.where.too_many) {
    extend_message(audit, tell(&proof, FINDING_PROMISE_KEPT, index),
                   TEXT("holds: proved for every situation."));
  } else {
    Finding *finding = tell(&proof, FINDING_NOT_PROVED, index);
    finding->proved = false;
    extend_message(audit, finding, TEXT("was neither proved nor refuted."));
  }
}

static void check_assume(Audit *audit, BoundaryAudit *one, uint32_t index) {
  const Assume *assume = &audit->image->assumes.at[index];
  Boxes boxes;
  if (!one->counted || !impossible_boxes(&one->space, audit->image, one->rows,
                                         index, &boxes))
    return;
  Finding *finding = audit_find(audit, FINDING_ASSUMED, one->boundary);
  Boxes nothing = {0};
  finding->place = image_assume_place(audit->image, index);
  finding->limbs = one->space.limbs;
  finding->count = audit_limbs(audit, one);
  finding->all = one->space.points;
  Text name = name_of(audit, assume->title, finding->place, index);
  audit_name(audit, finding, name);
  Buffer out = {.arena = audit->arena};
  Limb *space = audit_limbs(audit, one);
  buffer_format(&out, "\"%.*s\" leaves out ", TEXT_ARG(name));
  if (count_inside(&one->search, &boxes, &nothing, finding->count)) {
    natural_print_percent(&out, finding->count, one->space.points,
                          one->space.limbs);
    buffer_put_c(&out, " (");
    natural_print(&out, finding->count, space, one->space.limbs);
    buffer_put_c(&out, " of ");
    natural_print(&out, one->space.points, space, one->space.limbs);
    buffer_put_c(&out, ") of the situations.");
  } else {
    finding->count = NULL;
    buffer_put_c(&out, "situations that were not counted.");
  }
  finding->message = buffer_text(&out);
}

void audit_promises(Audit *audit, BoundaryAudit *one) {
  for (uint32_t i = 0; i < audit->image->promises.count; i++)
    if (concerns(audit->image, &audit->image->promises.at[i], one->boundary))
      check_promise(audit, one, i);
  for (uint32_t i = 0; i < audit->image->assumes.count; i++)
    check_assume(audit, one, i);
}

/* The space of what is assumed, whatever the rules read.  False if it is not
 * looked at. */
static bool assumed_space(Audit *audit, Space *space) {
  const BoundaryAudit *one = &audit->boundaries[0];
  RowLists lists = {0};
  for (uint32_t i = 0; i < audit->image->assumes.count; i++) {
    uint32_t condition = audit->image->assumes.at[i].condition;
    const RowList *fails =
        &one->rows->fails[audit->image->nodes.at[condition].reg];
    if (!fails->too_many) VEC_PUSH(audit->arena, &lists, fails);
  }
  space_make(audit->arena, &one->inquiry.grid, &lists, NULL, 0, space);
  return lists.count && !space->too_large;
}

/* What is assumed of facts that no rule reads is of no boundary; that all of it
 * together leaves nothing is told of the policy. */
void audit_assumes(Audit *audit) {
  Space space;
  OutsideSearch search;
  Boxes impossible;
  Box whole = {0};
  if (!audit->boundary_count || !audit->image->assumes.count ||
      audit_has_to_stop(audit) || !assumed_space(audit, &space))
    return;
  outside_make(audit->arena, &space, 0, &search);
  search.most = audit->options.steps_most;
  search.stop = audit->options.stop;
  search.context = audit->options.context;
  promises_impossible(&space, audit->image, audit->boundaries[0].rows,
                      &impossible);
  AxisCell *point = ARENA_ARRAY(audit->arena, space.axis_count + 1, AxisCell);
  if (find_outside(&search, &impossible, &whole, point) != POINT_NONE) return;
  Finding *finding = audit_find(audit, FINDING_ASSUMED, NONE);
  audit_name(audit, finding, TEXT("everything"));
  finding->level = LEVEL_ERROR;
  finding->place = image_assume_place(audit->image, 0);
  finding->message = TEXT("What is assumed cannot all be so at once: no "
                          "situation is left.");
  finding->help = TEXT("Look at each `assume`: two of them, or one alone, ask "
                       "for what cannot be together.");
}
