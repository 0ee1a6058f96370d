#include "audit/map.h"

#include "audit/words.h"

#define MAP_STEPS_MOST 400000 /* for the maps of one boundary */
#define MILLION 1000000

/* ----------------------------------------------------------------- sides */

/* Facts of one variable with few values; members of a set are too many to show
 * in one side. */
static bool has_side(const Space *space, uint32_t axis) {
  const Axis *own = &space->axes[axis];
  const Image *image = space->grid->image;
  uint32_t fact = image->variables.at[own->variables[0]].fact;
  return own->count == 1 && own->cells > 1 && own->cells <= MAP_CELLS_MOST &&
         image->facts.at[fact].type != TYPE_SET;
}

/* "need isolation: high" without what stands before the colon. */
static Text value_words(Arena *arena, const Space *space, uint32_t axis,
                        uint32_t cell, Text name) {
  uint64_t mask[SPACE_CELLS_MOST / 64] = {0};
  Buffer out = {.arena = arena};
  mask[cell / 64] = UINT64_C(1) << (cell % 64);
  words_side(&out, space, axis, mask);
  Text words = buffer_text(&out);
  if (!text_starts(words, name) || words.length < name.length + 2) return words;
  return (Text){words.at + name.length + 2, words.length - name.length - 2};
}

static MapSide side_of(Audit *audit, Space *space, uint32_t axis) {
  const Image *image = space->grid->image;
  Arena *arena = audit->arena;
  MapSide side = {.axis = axis, .count = space->axes[axis].cells};
  side.fact = image->variables.at[space->axes[axis].variables[0]].fact;
  side.dimension = (Dimension)image->facts.at[side.fact].dimension;
  side.name = words_axis(arena, space, axis);
  side.values = ARENA_ARRAY(arena, side.count, Text);
  side.sides = ARENA_ARRAY(arena, side.count, uint32_t);
  for (uint32_t i = 0; i < side.count; i++) {
    side.values[i] = value_words(arena, space, axis, i, side.name);
    side.sides[i] = space_side_one(space, axis, i);
  }
  return side;
}

static MapSide no_side(void) {
  return (MapSide){.axis = NONE, .fact = NONE, .count = 1};
}

/* ---------------------------------------------------------------- fields */

static void field_make(Audit *audit, const BoundaryAudit *one,
                       MapField *field) {
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    field->counts[v] = audit_limbs(audit, one);
  field->all = audit_limbs(audit, one);
  field->unruled = audit_limbs(audit, one);
}

static bool count_field(Audit *audit, BoundaryAudit *one, const Box *box,
                        MapField *field) {
  Boxes spoken;
  field_make(audit, one, field);
  chart_list(&one->chart, SILENT, 0, &spoken);
  if (one->search.spent >= one->search.most) return false;
  return chart_count_verdicts(&one->chart, &one->search, box, field->counts,
                              field->all) &&
         count_outside_within(&one->search, &spoken, box, field->unruled);
}

static Box box_of(Space *space, const Map *map, uint32_t row,
                  uint32_t column) {
  Box box = {0}, both = {0}, other;
  if (map->rows.axis != NONE) box = box_of_side(space, map->rows.sides[row]);
  if (map->columns.axis == NONE) return box;
  other = box_of_side(space, map->columns.sides[column]);
  box_both(space, &box, &other, &both);
  return both;
}

static bool count_fields(Audit *audit, BoundaryAudit *one, Map *map) {
  uint32_t columns = map->columns.count;
  map->fields = ARENA_ARRAY(audit->arena, map->rows.count * columns, MapField);
  for (uint32_t row = 0; row < map->rows.count; row++)
    for (uint32_t column = 0; column < columns; column++) {
      Box box = box_of(&one->space, map, row, column);
      if (!count_field(audit, one, &box, &map->fields[row * columns + column]))
        return false;
    }
  return true;
}

static void take_off(MapField *from, const MapField *less, uint32_t limbs) {
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    natural_subtract(from->counts[v], less->counts[v], limbs);
  natural_subtract(from->all, less->all, limbs);
  natural_subtract(from->unruled, less->unruled, limbs);
}

/* Of one fact: in its last value is what is in none of the others. */
static bool count_values(Audit *audit, BoundaryAudit *one,
                         const MapField *whole, Map *map) {
  uint32_t limbs = one->space.limbs, last = map->rows.count - 1;
  map->fields = ARENA_ARRAY(audit->arena, map->rows.count, MapField);
  MapField *rest = &map->fields[last];
  field_make(audit, one, rest);
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    natural_copy(rest->counts[v], whole->counts[v], limbs);
  natural_copy(rest->all, whole->all, limbs);
  natural_copy(rest->unruled, whole->unruled, limbs);
  for (uint32_t row = 0; row < last; row++) {
    Box box = box_of_side(&one->space, map->rows.sides[row]);
    if (!count_field(audit, one, &box, &map->fields[row])) return false;
    take_off(rest, &map->fields[row], limbs);
  }
  return true;
}

const MapField *map_field(const Map *map, uint32_t row, uint32_t column) {
  return &map->fields[row * map->columns.count + column];
}

/* -------------------------------------------------------- which tells most */

static uint64_t share(Audit *audit, const BoundaryAudit *one, const Limb *part,
                      const Limb *all) {
  if (natural_is_zero(all, one->space.limbs)) return 0;
  return natural_share(audit->arena, part, all, one->space.limbs);
}

/* In millionths: how many verdicts that occur at all a value leaves out, on
 * average; and how likely it is that two situations of one value have the same
 * verdict. */
static uint64_t telling(Audit *audit, const BoundaryAudit *one,
                        const MapField *whole, const Map *map) {
  uint64_t missing = 0, possible = 0, alike = 0;
  for (uint32_t i = 0; i < map->rows.count; i++) {
    const MapField *field = &map->fields[i];
    uint64_t same = 0;
    for (uint32_t v = 0; v < VERDICT_COUNT; v++) {
      uint64_t part = share(audit, one, field->counts[v], field->all);
      bool occurs = !natural_is_zero(whole->counts[v], one->space.limbs);
      possible += occurs;
      missing += occurs && natural_is_zero(field->counts[v], one->space.limbs);
      same += part * part / MILLION;
    }
    alike += same * share(audit, one, field->all, whole->all) / MILLION;
  }
  return (possible ? missing * MILLION / possible : 0) + alike;
}

static bool map_facts(Audit *audit, BoundaryAudit *one, BoundaryMap *map) {
  uint64_t best[DIMENSION_COUNT] = {0};
  for (uint32_t axis = 0; axis < one->space.axis_count; axis++) {
    if (!has_side(&one->space, axis)) continue;
    Map of_one = {side_of(audit, &one->space, axis), no_side(), NULL};
    Dimension dimension = of_one.rows.dimension;
    if (!count_values(audit, one, &map->whole, &of_one)) return false;
    uint64_t tells = telling(audit, one, &map->whole, &of_one) + 1;
    if (tells <= best[dimension]) continue;
    best[dimension] = tells;
    map->facts[dimension] = of_one;
  }
  return true;
}

/* That of the two that tells more. */
static MapSide better_side(Audit *audit, const BoundaryAudit *one,
                           const BoundaryMap *map, Dimension a, Dimension b) {
  const Map *x = &map->facts[a], *y = &map->facts[b];
  if (x->rows.axis == NONE || y->rows.axis == NONE)
    return x->rows.axis == NONE ? y->rows : x->rows;
  return telling(audit, one, &map->whole, x) >=
                 telling(audit, one, &map->whole, y)
             ? x->rows
             : y->rows;
}

static bool make_maps(Audit *audit, BoundaryAudit *one, BoundaryMap *map) {
  Box whole = {0};
  for (int i = 0; i < DIMENSION_COUNT; i++)
    map->facts[i].rows = map->facts[i].columns = no_side();
  if (!count_field(audit, one, &whole, &map->whole) ||
      !map_facts(audit, one, map))
    return false;
  map->both.rows = better_side(audit, one, map, NEED, CAPABILITY);
  map->both.columns = better_side(audit, one, map, RISK, CONTEXT);
  return count_fields(audit, one, &map->both);
}

void map_make(Audit *audit, BoundaryAudit *one, BoundaryMap *map) {
  OutsideSearch *search = &one->search;
  OutsideSearch before = *search;
  *map = (BoundaryMap){0};
  if (one->space.too_large || !one->counted) return;
  search->spent = 0;
  search->most = MAP_STEPS_MOST;
  map->made = make_maps(audit, one, map);
  search->spent += before.spent;
  search->most = before.most;
  search->ran_out = before.ran_out;
}
