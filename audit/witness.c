/* The concrete situation that stands for a point: for each axis a value of its
 * cell, as round as one can be. */
#include "audit/words.h"

#include "audit/events.h"

/* ------------------------------------------------------------- round values */

/* Steps that people count in, largest first; 0 ends them. */
static const int64_t *round_steps(const Fact *fact) {
  static const int64_t decimal[] = {
      1000000000000, 100000000000, 10000000000, 1000000000, 100000000, 10000000,
      1000000, 100000, 10000, 1000, 500, 100, 50, 10, 5, 1, 0};
  static const int64_t minutes[] = {1440 * 7, 1440, 60, 30, 15, 5, 1, 0};
  static const int64_t months[] = {120, 12, 6, 3, 1, 0};
  if (fact->type != TYPE_DURATION) return decimal;
  return unit_family((Unit)fact->unit) == FAMILY_MONTHS ? months : minutes;
}

/* The part of a cell in which a round value is looked for: not 0 where there
 * is more, and not far out where there is no end. */
static ValueSpan usual_part(ValueSpan cell) {
  if (cell.low == 0 && cell.high >= 4)
    return (ValueSpan){cell.high / 4, cell.high / 2};
  if (cell.low > 0 && cell.high / 2 > cell.low)
    return (ValueSpan){cell.low, cell.low * 2};
  return cell;
}

static int64_t round_value(const GridVariable *variable, const Fact *fact,
                           ValueSpan cell) {
  ValueSpan part = usual_part(cell);
  if (fact->type == TYPE_DATE) {
    if (cell.low <= variable->low) return cell.high - (cell.high > 400) * 30;
    return cell.low + (cell.high - cell.low) / 2;
  }
  for (const int64_t *step = round_steps(fact); *step; step++) {
    int64_t value = part.low / *step * *step;
    if (value < part.low) value += *step;
    if (value <= part.high && (value - variable->low) % variable->step == 0)
      return value;
  }
  return cell.low;
}

int64_t witness_value(const Grid *grid, uint32_t index, const uint64_t *cells) {
  const GridVariable *variable = &grid->variables[index];
  const Fact *fact =
      &grid->image->facts.at[grid->image->variables.at[index].fact];
  uint32_t cell = 0;
  while (!(cells[cell / 64] >> (cell % 64) & 1)) cell++;
  ValueSpan span = {grid_cell_low(variable, cell),
                    grid_cell_high(variable, cell)};
  if (fact->type == TYPE_YES_NO || fact->type == TYPE_SCALE ||
      fact->type == TYPE_CHOICE || fact->type == TYPE_SET)
    return span.low;
  int64_t value = round_value(variable, fact, span);
  return value < span.low || value > span.high ? span.low : value;
}

/* ------------------------------------------------------------ situations */

static void give_value(Arena *arena, Given *given, int64_t value) {
  given->given = true;
  given->spans = ARENA_NEW(arena, ValueSpan);
  given->spans[0] = (ValueSpan){value, value};
  given->span_count = 1;
}

static void give_variable(Arena *arena, const Space *space, const Axis *axis,
                          uint32_t cell, uint32_t place,
                          Situation *situation) {
  uint32_t index = axis->variables[place];
  const Variable *variable = &space->grid->image->variables.at[index];
  const Fact *fact = &space->grid->image->facts.at[variable->fact];
  Given *given = &situation->facts[variable->fact];
  if (fact->type == TYPE_RECORD) return;
  int64_t value =
      witness_value(space->grid, index, space_class(axis, cell, place));
  if (fact->type != TYPE_SET) {
    give_value(arena, given, value);
    return;
  }
  given->given = true;
  if (value) given->members |= UINT64_C(1) << variable->member;
}

bool witness_situation(Arena *arena, const Space *space, const AxisCell *point,
                       uint32_t boundary, Situation *situation) {
  bool whole = true;
  situation_init(arena, space->grid->image, space->grid->today, situation);
  situation->boundary = boundary;
  for (uint32_t i = 0; i < space->axis_count; i++)
    for (uint32_t k = 0; k < space->axes[i].count; k++)
      give_variable(arena, space, &space->axes[i], point[i], k, situation);
  for (uint32_t i = 0; i < space->axis_count; i++)
    whole &= events_find(arena, space, i, point[i], situation);
  return whole;
}

void point_cells(const Space *space, const AxisCell *point, Cells *cells) {
  for (uint32_t i = 0; i < space->axis_count; i++)
    for (uint32_t k = 0; k < space->axes[i].count; k++) {
      const GridVariable *variable =
          &space->grid->variables[space->axes[i].variables[k]];
      memcpy(cells + variable->word,
             space_class(&space->axes[i], point[i], k),
             variable->words * sizeof *cells);
    }
}

/* -------------------------------------------------------------- as texts */

static void put_events(Buffer *out, const Image *image, const Fact *fact,
                       const Given *given) {
  if (given->event_count == 0) buffer_put_c(out, "none");
  for (uint32_t i = 0; i < given->event_count; i++) {
    if (i) buffer_put_c(out, ", ");
    if (fact->item != TYPE_DATE) {
      situation_put_value(out, image, fact, fact->item,
                          given->events[i].amount);
      buffer_put_c(out, " on ");
    }
    day_print(out, given->events[i].day);
  }
}

static void put_members(Buffer *out, const Image *image, const Fact *fact,
                        uint64_t members) {
  bool printed = false;
  for (uint32_t i = 0; i < fact->values.count; i++) {
    if (!(members >> i & 1)) continue;
    if (printed) buffer_put_c(out, ", ");
    situation_put_value(out, image, fact, fact->type, i);
    printed = true;
  }
  if (!printed) buffer_put_c(out, "none");
}

static Text given_text(Arena *arena, const Image *image, const Fact *fact,
                       const Given *given) {
  Buffer out = {.arena = arena};
  if (fact->type == TYPE_RECORD)
    put_events(&out, image, fact, given);
  else if (fact->type == TYPE_SET)
    put_members(&out, image, fact, given->members);
  else
    situation_put_value(&out, image, fact, fact->type, given->spans[0].low);
  return buffer_text(&out);
}

static Text dotted_name(Arena *arena, const Image *image, uint32_t fact) {
  Text spaced = words_fact(arena, image, fact);
  char *dotted = arena_make(arena, spaced.length + 1);
  memcpy(dotted, spaced.at, spaced.length);
  for (uint32_t i = 0; i < spaced.length; i++)
    if (dotted[i] == ' ') {
      dotted[i] = '.';
      break;
    }
  return (Text){dotted, spaced.length};
}

void witness_make(Arena *arena, const Space *space, const AxisCell *point,
                  Witness *witness) {
  const Image *image = space->grid->image;
  Situation situation;
  *witness = (Witness){0};
  witness->whole = witness_situation(arena, space, point, NONE, &situation);
  witness->facts = ARENA_ARRAY(arena, image->facts.count + 1, WitnessFact);
  for (uint32_t i = 0; i < image->facts.count; i++) {
    const Given *given = &situation.facts[i];
    if (!given->given) continue;
    witness->facts[witness->count++] = (WitnessFact){
        i, dotted_name(arena, image, i),
        given_text(arena, image, &image->facts.at[i], given), given};
  }
}
