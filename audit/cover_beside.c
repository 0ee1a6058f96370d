#include "audit/cover_beside.h"

/* ------------------------------------------------------------------- making */

static uint32_t box_room(const CoverUnit *unit) {
  const Chart *chart = &unit->one->chart;
  uint32_t count = unit->harm.count + unit->alarm.count;
  for (uint32_t i = 0; i < chart->image->rules.count; i++)
    count += chart->holds[i].count + chart->in_force[i].count;
  for (uint32_t i = 0; i < chart->parts.count; i++)
    count += chart->parts.at[i].boxes.count;
  return count;
}

static void add_all(Beside *beside, const Boxes *from, BesideBox what) {
  for (uint32_t i = 0; i < from->count; i++) {
    beside->boxes.at[beside->boxes.count] = from->at[i];
    beside->of[beside->boxes.count++] = what;
  }
}

static void gather(const CoverUnit *unit, Beside *beside) {
  const Chart *chart = &unit->one->chart;
  uint32_t rules = chart->image->rules.count;
  for (uint32_t i = 0; i < rules; i++) {
    beside->holds[i] = beside->boxes.count;
    add_all(beside, &chart->holds[i],
            (BesideBox){.rule = i, .kind = BESIDE_HOLDS});
  }
  beside->holds[rules] = beside->boxes.count;
  beside->force[0] = beside->boxes.count / 64;
  for (uint32_t i = 0; i < rules; i++)
    add_all(beside, &chart->in_force[i],
            (BesideBox){.rule = i, .kind = BESIDE_FORCE});
  beside->force[1] = beside->boxes.count / 64 + 1;
  for (uint32_t i = 0; i < chart->parts.count; i++) {
    const Part *part = &chart->parts.at[i];
    add_all(beside, &part->boxes,
            (BesideBox){.rule = part->rule, .kind = BESIDE_PART,
                        .verdict = part->verdict, .layer = part->layer});
  }
  add_all(beside, unit->boundary == NONE ? &unit->alarm : &unit->harm,
          (BesideBox){.rule = NONE, .kind = BESIDE_HARM,
                      .verdict = PROCEED});
}

static void mark_kinds(Beside *beside) {
  for (uint32_t i = 0; i < beside->boxes.count; i++) {
    const BesideBox *of = &beside->of[i];
    uint64_t bit = UINT64_C(1) << (i % 64);
    beside->kinds[of->kind][i / 64] |= bit;
    if (of->kind == BESIDE_PART) beside->verdicts[of->verdict][i / 64] |= bit;
  }
}

static Beside *make(Arena *arena, const CoverUnit *unit) {
  Space *space = &unit->one->space;
  const Chart *chart = &unit->one->chart;
  Beside *beside = ARENA_NEW(arena, Beside);
  uint32_t room = box_room(unit);
  beside->boxes.at = ARENA_ARRAY(arena, room + 1, Box);
  beside->of = ARENA_ARRAY(arena, room + 1, BesideBox);
  beside->holds = ARENA_ARRAY(arena, chart->image->rules.count + 1, uint32_t);
  gather(unit, beside);
  uint32_t words = beside->words = beside->boxes.count / 64 + 1;
  for (uint32_t i = 0; i < BESIDE_KIND_COUNT; i++)
    beside->kinds[i] = ARENA_ARRAY(arena, words, uint64_t);
  for (uint32_t i = 0; i < VERDICT_COUNT; i++)
    beside->verdicts[i] = ARENA_ARRAY(arena, words, uint64_t);
  beside->missed = ARENA_ARRAY(arena, words, uint64_t);
  beside->twice = ARENA_ARRAY(arena, words, uint64_t);
  mark_kinds(beside);
  for (uint32_t i = 0; i < LAYER_COUNT && chart->scenes.count; i++)
    beside->otherwise |= chart->scenes.at[0].rule[i] != NONE;
  Arena *usual = space->arena;
  space->arena = arena;
  boxes_index(space, &beside->boxes);
  space->arena = usual;
  return beside;
}

Beside *beside_of(Cover *cover, CoverUnit *unit) {
  if (!unit->beside) unit->beside = make(cover->audit->arena, unit);
  return unit->beside;
}

/* ------------------------------------------------------------------- asking */

static const uint64_t *row_of(const Beside *beside, uint32_t axis,
                              AxisCell cell) {
  const BoxIndex *index = beside->boxes.index;
  return index->has + (size_t)(index->first[axis] + cell) * index->words;
}

void beside_set(const CoverUnit *unit, Beside *beside, const AxisCell *point) {
  uint64_t *missed = beside->missed, *twice = beside->twice;
  memset(missed, 0, beside->words * sizeof *missed);
  memset(twice, 0, beside->words * sizeof *twice);
  for (uint32_t axis = 0; axis < unit->one->space.axis_count; axis++) {
    const uint64_t *row = row_of(beside, axis, point[axis]);
    for (uint32_t i = 0; i < beside->words; i++) {
      twice[i] |= missed[i] & ~row[i];
      missed[i] |= ~row[i];
    }
  }
}

void beside_boxes(const Beside *beside, uint32_t axis, AxisCell own,
                  AxisCell cell, uint64_t *bits) {
  const uint64_t *from = row_of(beside, axis, own);
  const uint64_t *to = row_of(beside, axis, cell);
  for (uint32_t i = 0; i < beside->words; i++)
    bits[i] = ~beside->twice[i] & (~beside->missed[i] | ~from[i]) & to[i];
}

bool beside_gains(const Beside *beside, uint32_t axis, AxisCell own,
                  AxisCell cell) {
  const uint64_t *from = row_of(beside, axis, own);
  const uint64_t *to = row_of(beside, axis, cell);
  for (uint32_t i = beside->force[0]; i < beside->force[1]; i++)
    if (beside->missed[i] & ~beside->twice[i] & ~from[i] & to[i] &
        beside->kinds[BESIDE_FORCE][i])
      return true;
  return false;
}

bool beside_holds(const Beside *beside, const uint64_t *bits, uint32_t rule) {
  for (uint32_t i = beside->holds[rule]; i < beside->holds[rule + 1]; i++)
    if (bits[i / 64] >> (i % 64) & 1) return true;
  return false;
}

static bool any(const Beside *beside, const uint64_t *bits,
                const uint64_t *among) {
  for (uint32_t i = 0; i < beside->words; i++)
    if (bits[i] & among[i]) return true;
  return false;
}

static uint32_t verdict_at(const Beside *beside, const uint64_t *bits) {
  for (uint32_t v = VERDICT_COUNT; v-- > 1;)
    if (any(beside, bits, beside->verdicts[v])) return v;
  return SILENT;
}

bool beside_differs(const CoverUnit *unit, const Beside *beside, uint32_t rule,
                    const uint64_t *a, const uint64_t *b) {
  Guided guided = cover_guided(unit, rule);
  if (!guided.verdict && !guided.harm && !guided.alarm) return true;
  if (guided.verdict &&
      (beside->otherwise || verdict_at(beside, a) != verdict_at(beside, b)))
    return true;
  return (guided.harm || guided.alarm) &&
         any(beside, a, beside->kinds[BESIDE_HARM]) !=
             any(beside, b, beside->kinds[BESIDE_HARM]);
}
