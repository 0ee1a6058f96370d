/* Deciders of the installed interface: many decisions, and no memory taken. */
#include "runtime/api_decide.h"
#include "runtime/settle.h"

/* ------------------------------------------------------------------- making */

/* Everything that is needed for a while only lies in `scratch`. */
static StileStatus prepare(StileDecider *decider, uint32_t boundary, Day day) {
  const LeanImage *lean = &decider->policy->lean;
  Image image;
  Arena scratch, *arena = &decider->owner.arena;
  jmp_buf escape;
  arena_init(&scratch, &decider->owner.memory, 0, &escape);
  scratch.passing = true;
  if (setjmp(decider->owner.escape) != 0) {
    arena_clear(&scratch);
    return STILE_NO_MEMORY;
  }
  if (setjmp(escape) != 0) {
    arena_clear(&scratch);
    return STILE_NO_MEMORY;
  }
  image_lean_unpack(&scratch, lean, &image);
  packed_make_short(arena, &scratch, &image, &lean->image, boundary, day,
                    &decider->packed);
  arena_clear(&scratch);
  arena_trim(arena);
  return index_needs_grid(&decider->packed.index) ? api_complete(decider)
                                                  : STILE_OK;
}

StileStatus api_complete(StileDecider *decider) {
  Arena *arena = &decider->owner.arena;
  ArenaMark mark = arena_mark(arena);
  if (decider->image) return STILE_OK;
  if (setjmp(decider->owner.escape) != 0) {
    arena_back(arena, mark);
    return STILE_NO_MEMORY;
  }
  Image *image = ARENA_NEW(arena, Image);
  image_lean_unpack(arena, &decider->policy->lean, image);
  packed_complete(arena, image, &decider->packed);
  arena_trim(arena);
  decider->image = image;
  return STILE_OK;
}

StileStatus stile_decider_create(const StilePolicy *policy, uint32_t boundary,
                                 StileDay as_of, StileDecider **decider) {
  StileDecider *made;
  StileStatus status;
  Day day;
  *decider = NULL;
  if (!api_read_day(as_of, &day)) return STILE_WRONG_USE;
  if (boundary != STILE_NONE && boundary >= policy->lean.image.boundaries.count)
    return STILE_WRONG_USE;
  made = api_create(&policy->owner.memory, sizeof *made);
  if (!made) return STILE_NO_MEMORY;
  made->policy = policy;
  status = prepare(made, boundary, day);
  if (status == STILE_OK)
    *decider = made;
  else
    api_destroy(made);
  return status;
}

void stile_decider_destroy(StileDecider *decider) { api_destroy(decider); }

int64_t stile_day_number(StileDay day) {
  Day number;
  return api_read_day(day, &number) ? number : 0;
}

/* ----------------------------------------------------------------- deciding */

static void give(const Decision *from, StileDecision *to) {
  *to = (StileDecision){.verdicts = from->verdict,
                        .may_harm = (StileState)from->may_harm,
                        .tension = (StileState)from->tension,
                        .emergency = (StileState)from->emergency,
                        .in_force = from->in_force,
                        .in_force_count = from->in_force_count,
                        .open = from->open,
                        .open_count = from->open_count};
  if (!from->verdict) {
    to->may_harm = to->tension = STILE_NO;
    return;
  }
  to->low = (StileVerdict)__builtin_ctz(from->verdict);
  to->high = (StileVerdict)(31 - __builtin_clz(from->verdict));
}

void stile_decide(StileDecider *decider, const int64_t *values,
                  const uint64_t *known, StileDecision *decision) {
  Decision made;
  packed_decide(&decider->packed, values, known, &made);
  give(&made, decision);
}

/* ----------------------------------------------------------------- settling */

static bool is_open(const Decision *decision) {
  return decision->open_count > 0 ||
         (decision->verdict && !mask_single(decision->verdict)) ||
         decision->may_harm == THREE_OPEN ||
         decision->tension == THREE_OPEN ||
         decision->emergency == THREE_OPEN;
}

/* The otherwise rules come last in both lists, as in a quick decision. */
static void list_settled(const Inquiry *inquiry, const uint8_t *masks,
                         bool otherwise, Decision *to) {
  const unsigned in_force = 1u << STANDING_IN_FORCE;
  for (uint32_t i = 0; i < inquiry->image->rules.count; i++) {
    bool is_otherwise = inquiry->image->rules.at[i].kind == RULE_OTHERWISE;
    unsigned mask = masks[point_standing(i)];
    if (!inquiry->in_scope[i] || is_otherwise != otherwise) continue;
    if (mask == in_force)
      to->in_force[to->in_force_count++] = i;
    else if (mask & in_force)
      to->open[to->open_count++] = i;
  }
}

static bool settle_open(StileDecider *decider, Arena *arena,
                        const int64_t *values, const uint64_t *known,
                        uint64_t budget, Decision *to) {
  const Packed *packed = &decider->packed;
  Situation situation;
  Search search;
  uint8_t *masks = ARENA_ARRAY(arena, packed->inquiry.points + 1, uint8_t);
  packed_situation(arena, &packed->inquiry, values, known, &situation);
  search_make(arena, &packed->inquiry, &situation,
              budget ? budget : WORK_BUDGET, &search);
  bool exact = settle(&search, masks);
  *to = (Decision){.verdict = masks[POINT_VERDICT],
                   .may_harm = masks[POINT_MAY_HARM],
                   .tension = masks[POINT_TENSION],
                   .emergency = masks[POINT_EMERGENCY],
                   .in_force = packed->space.in_force,
                   .open = packed->space.open};
  list_settled(&packed->inquiry, masks, false, to);
  list_settled(&packed->inquiry, masks, true, to);
  return exact;
}

StileStatus stile_decide_exactly(StileDecider *decider, const int64_t *values,
                                 const uint64_t *known, uint64_t budget,
                                 StileDecision *decision) {
  Arena arena;
  jmp_buf escape;
  Decision made;
  packed_decide(&decider->packed, values, known, &made);
  give(&made, decision);
  if (!is_open(&made)) return STILE_OK;
  if (api_complete(decider) != STILE_OK) return STILE_NO_MEMORY;
  arena_init(&arena, &decider->owner.memory, 0, &escape);
  if (setjmp(escape) != 0) {
    arena_clear(&arena);
    return STILE_NO_MEMORY;
  }
  Decision settled;
  bool exact =
      settle_open(decider, &arena, values, known, budget, &settled);
  give(&settled, decision);
  decision->exhausted = !exact;
  arena_clear(&arena);
  return STILE_OK;
}

/* ------------------------------------------------------------------ asking */

static StileStatus fill(StileSituation *situation, const StileDecider *decider,
                        const int64_t *values, const uint64_t *known) {
  if (setjmp(situation->owner.escape) != 0) return STILE_NO_MEMORY;
  packed_situation(&situation->owner.arena, &decider->packed.inquiry, values,
                   known, &situation->situation);
  return STILE_OK;
}

StileStatus stile_decider_situation(const StileDecider *decider,
                                    const int64_t *values,
                                    const uint64_t *known,
                                    StileSituation **situation) {
  StileSituation *made =
      api_create(&decider->policy->owner.memory, sizeof *made);
  *situation = NULL;
  if (!made) return STILE_NO_MEMORY;
  made->policy = decider->policy;
  StileStatus status = fill(made, decider, values, known);
  if (status == STILE_OK)
    *situation = made;
  else
    api_destroy(made);
  return status;
}
