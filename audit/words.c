#include "audit/words.h"

#include "runtime/settle.h"
#include "runtime/terms.h"

Text words_fact(Arena *arena, const Image *image, uint32_t index) {
  const Fact *fact = &image->facts.at[index];
  return text_format(arena, "%s %.*s",
                     term_dimension((Dimension)fact->dimension),
                     TEXT_ARG(image_text(image, fact->name)));
}

Text words_verdict(Verdict verdict) {
  static const Text words[VERDICT_COUNT] = {
      {"no guidance", 11}, {"proceed", 7}, {"proceed with care", 17},
      {"consult", 7},      {"hold", 4},    {"never", 5}};
  return words[verdict];
}

Text words_rule(const Image *image, uint32_t rule) {
  return image_text(image, image->rules.at[rule].full_name);
}

/* ------------------------------------------------------------------ quoting */

/* The end of the declaration that starts at `at`. */
static uint32_t declaration_end(Text text, uint32_t at) {
  for (uint32_t i = at; i + 1 < text.length; i++)
    if (text.at[i] == '\n' && text.at[i + 1] != ' ' && text.at[i + 1] != '\t')
      return i;
  return text.length;
}

/* Whitespace folded, cut at a space. */
static Text fold(Arena *arena, Text text, uint32_t most) {
  Buffer out = {.arena = arena};
  for (uint32_t i = 0; i < text.length; i++) {
    bool space = text.at[i] == ' ' || text.at[i] == '\n' || text.at[i] == '\t';
    if (space && out.length >= most) {
      buffer_put_c(&out, " …");
      break;
    }
    if (!space)
      buffer_put_char(&out, text.at[i]);
    else if (out.length && out.at[out.length - 1] != ' ')
      buffer_put_char(&out, ' ');
  }
  return buffer_text(&out);
}

Text words_source(Arena *arena, const Image *image, const Place *place) {
  if (!place || place->file >= image->files.count) return TEXT_NONE;
  Text text = image_place_text(image, image->files.at[place->file].text);
  uint32_t at = 0;
  for (uint32_t line = 1; line < place->line && at < text.length; at++)
    line += text.at[at] == '\n';
  if (at >= text.length) return TEXT_NONE;
  Text whole = {text.at + at, declaration_end(text, at) - at};
  return fold(arena, whole, 120);
}

/* ------------------------------------------------------ variables, cells */

static void put_variable(Buffer *out, const Image *image, uint32_t index) {
  const Variable *variable = &image->variables.at[index];
  const Fact *fact = &image->facts.at[variable->fact];
  if (fact->type == TYPE_RECORD)
    buffer_put_c(out, variable->aggregate == AGGREGATE_COUNT ? "count of "
                                                             : "total of ");
  buffer_put(out, words_fact(out->arena, image, variable->fact));
  if (fact->type != TYPE_RECORD) return;
  if (variable->with != NONE) {
    buffer_put_c(out, " with ");
    buffer_put(out, words_fact(out->arena, image, variable->with));
  }
  term_put_window(out, variable);
}

static void put_value(Buffer *out, const Image *image, uint32_t index,
                      int64_t value) {
  const Variable *variable = &image->variables.at[index];
  const Fact *fact = &image->facts.at[variable->fact];
  bool record = fact->type == TYPE_RECORD;
  if (record && variable->aggregate == AGGREGATE_COUNT) {
    buffer_format(out, "%lld", (long long)value);
    return;
  }
  situation_put_value(out, image, fact, record ? fact->item : fact->type,
                      value);
}

static bool has_cell(const uint64_t *cells, uint32_t cell) {
  return cells[cell / 64] >> (cell % 64) & 1;
}

static bool is_named(const Image *image, uint32_t index) {
  uint32_t type = image->facts.at[image->variables.at[index].fact].type;
  return type == TYPE_YES_NO || type == TYPE_SCALE || type == TYPE_CHOICE;
}

/* Is a value a step short of a round one, or a step over?  "Below 48 hours" and
 * "below 16" say it as the rules do, and not "at most 15.999999". */
static bool is_odd(const Grid *grid, uint32_t index, int64_t value,
                   int64_t over) {
  const Variable *variable = &grid->image->variables.at[index];
  const Fact *fact = &grid->image->facts.at[variable->fact];
  bool record = fact->type == TYPE_RECORD;
  uint32_t type = record ? fact->item : fact->type;
  if (record && variable->aggregate == AGGREGATE_COUNT) return false;
  if (type == TYPE_NUMBER)
    return value % NUMBER_ONE != 0 && (value - over) % NUMBER_ONE == 0;
  return type == TYPE_DURATION &&
         unit_family((Unit)fact->unit) == FAMILY_MINUTES &&
         value > 60 && (value - over) % 60 == 0;
}

/* From the first cell to the last: "at most £50", "£50.01 to £200", "above 1
 * hour and below 48 hours". */
static void put_range(Buffer *out, const Grid *grid, uint32_t index,
                      uint32_t first, uint32_t last) {
  const GridVariable *variable = &grid->variables[index];
  int64_t low = grid_cell_low(variable, first);
  int64_t high = grid_cell_high(variable, last);
  bool dates = grid->image->facts.at[grid->image->variables.at[index].fact]
                   .type == TYPE_DATE;
  int64_t step = variable->step;
  int64_t over = low < high && is_odd(grid, index, low, step) ? step : 0;
  int64_t short_of = low < high && is_odd(grid, index, high, -step) ? step : 0;
  if (low == high) {
    buffer_put_c(out, dates ? "on " : "exactly ");
  } else if (first == 0) {
    buffer_put_c(out, short_of ? "below "
                      : dates  ? "on or before "
                               : "at most ");
    put_value(out, grid->image, index, high + short_of);
    return;
  } else if (over) {
    buffer_put_c(out, "above ");
  } else if (short_of || last + 1 == variable->cells) {
    buffer_put_c(out, dates ? "on or after " : "at least ");
  }
  put_value(out, grid->image, index, low - over);
  if (low == high || last + 1 == variable->cells) return;
  buffer_put_c(out, short_of ? " and below " : over ? " and at most " : " to ");
  put_value(out, grid->image, index, high + short_of);
}

static void put_ranges(Buffer *out, const Grid *grid, uint32_t index,
                       const uint64_t *cells) {
  const GridVariable *variable = &grid->variables[index];
  uint32_t printed = 0;
  for (uint32_t first = 0; first < variable->cells; first++) {
    uint32_t last = first;
    if (!has_cell(cells, first)) continue;
    while (last + 1 < variable->cells && has_cell(cells, last + 1)) last++;
    if (printed++) buffer_put_c(out, " or ");
    put_range(out, grid, index, first, last);
    first = last;
  }
}

static void put_names(Buffer *out, const Grid *grid, uint32_t index,
                      const uint64_t *cells) {
  const GridVariable *variable = &grid->variables[index];
  uint32_t inside = 0, printed = 0;
  for (uint32_t i = 0; i < variable->cells; i++) inside += has_cell(cells, i);
  bool except = variable->cells > 4 && inside + 2 >= variable->cells;
  if (except) buffer_put_c(out, "anything but ");
  for (uint32_t i = 0; i < variable->cells; i++) {
    if (has_cell(cells, i) == except) continue;
    if (printed++) buffer_put_c(out, " or ");
    put_value(out, grid->image, index, i);
  }
}

void words_cells(Buffer *out, const Grid *grid, uint32_t index,
                 const uint64_t *cells) {
  const Image *image = grid->image;
  const Variable *variable = &image->variables.at[index];
  const Fact *fact = &image->facts.at[variable->fact];
  if (fact->type == TYPE_SET) {
    buffer_put(out, words_fact(out->arena, image, variable->fact));
    buffer_put_c(out, has_cell(cells, 1) ? ": with " : ": without ");
    buffer_put(out, image_text(image, image->values.at[fact->values.first +
                                                       variable->member]
                                          .name));
    return;
  }
  put_variable(out, image, index);
  buffer_put_c(out, ": ");
  if (is_named(image, index))
    put_names(out, grid, index, cells);
  else
    put_ranges(out, grid, index, cells);
}

/* -------------------------------------------------------------------- sides */

/* What the axis's i-th variable may be within the mask. */
static uint64_t *project(Arena *arena, const Space *space, const Axis *axis,
                         const uint64_t *mask, uint32_t i) {
  uint32_t words = space->grid->variables[axis->variables[i]].words;
  uint64_t *cells = ARENA_ARRAY(arena, words, uint64_t);
  for (uint32_t cell = 0; cell < axis->cells; cell++)
    for (uint32_t k = 0; k < words && has_cell(mask, cell); k++)
      cells[k] |= space_class(axis, cell, i)[k];
  return cells;
}

/* Does a cell lie within the projections of all variables? */
static bool in_product(const Space *space, const Axis *axis, uint32_t cell,
                       uint64_t **projections) {
  for (uint32_t i = 0; i < axis->count; i++) {
    uint32_t words = space->grid->variables[axis->variables[i]].words;
    for (uint32_t k = 0; k < words; k++)
      if (space_class(axis, cell, i)[k] & ~projections[i][k]) return false;
  }
  return true;
}

static bool projects_all(const GridVariable *variable, const uint64_t *cells) {
  for (uint32_t i = 0; i < variable->cells; i++)
    if (!has_cell(cells, i)) return false;
  return true;
}

static void put_product(Buffer *out, const Space *space, const Axis *axis,
                        uint64_t **projections) {
  bool printed = false;
  for (uint32_t i = 0; i < axis->count; i++) {
    uint32_t index = axis->variables[i];
    if (projects_all(&space->grid->variables[index], projections[i])) continue;
    if (printed) buffer_put_c(out, "; ");
    words_cells(out, space->grid, index, projections[i]);
    printed = true;
  }
  if (!printed) buffer_put_c(out, "anything");
}

/* Cells of a joint axis that are no product: one by one. */
static void put_one_by_one(Buffer *out, const Space *space, uint32_t number,
                           const uint64_t *mask) {
  const Axis *axis = &space->axes[number];
  bool printed = false;
  for (uint32_t cell = 0; cell < axis->cells; cell++) {
    if (!has_cell(mask, cell)) continue;
    uint64_t *one = ARENA_ARRAY(out->arena, axis->words, uint64_t);
    one[cell / 64] = UINT64_C(1) << (cell % 64);
    buffer_put_c(out, printed ? " or (" : "(");
    words_side(out, space, number, one);
    buffer_put_c(out, ")");
    printed = true;
  }
}

void words_side(Buffer *out, const Space *space, uint32_t number,
                const uint64_t *mask) {
  const Axis *axis = &space->axes[number];
  uint64_t **projections = ARENA_ARRAY(out->arena, axis->count, uint64_t *);
  bool product = true;
  for (uint32_t i = 0; i < axis->count; i++)
    projections[i] = project(out->arena, space, axis, mask, i);
  for (uint32_t cell = 0; cell < axis->cells; cell++)
    product &= has_cell(mask, cell) ==
               in_product(space, axis, cell, projections);
  if (product)
    put_product(out, space, axis, projections);
  else
    put_one_by_one(out, space, number, mask);
}

/* The set whose member the axis is; NONE if it is none. */
static uint32_t set_of_axis(const Space *space, uint32_t axis) {
  const Image *image = space->grid->image;
  if (space->axes[axis].count != 1) return NONE;
  uint32_t fact = image->variables.at[space->axes[axis].variables[0]].fact;
  return image->facts.at[fact].type == TYPE_SET ? fact : NONE;
}

/* The members of a set that the box asks for, or rules out. */
static uint32_t put_members(Buffer *out, const Space *space, const Box *box,
                            uint32_t fact, bool with) {
  const Image *image = space->grid->image;
  uint32_t printed = 0;
  for (uint32_t i = 0; i < box->count; i++) {
    const CellSet *side = &space->sides.at[box->sides[i]];
    const Axis *axis = &space->axes[side->axis];
    if (set_of_axis(space, side->axis) != fact) continue;
    if (has_cell(project(out->arena, space, axis, side->mask, 0), 1) != with)
      continue;
    if (printed++) buffer_put_c(out, with ? " and " : ", ");
    put_value(out, image, axis->variables[0],
              image->variables.at[axis->variables[0]].member);
  }
  return printed;
}

/* "context part-of-it: with gift, but none of romance, pressure" */
static void put_set(Buffer *out, const Space *space, const Box *box,
                    uint32_t fact) {
  Buffer with = {.arena = out->arena}, without = {.arena = out->arena};
  uint32_t some = put_members(&with, space, box, fact, true);
  uint32_t less = put_members(&without, space, box, fact, false);
  buffer_put(out, words_fact(out->arena, space->grid->image, fact));
  buffer_put_c(out, some ? ": with " : ": ");
  buffer_put(out, buffer_text(&with));
  if (some && less) buffer_put_c(out, less > 1 ? ", but " : ", ");
  if (less) buffer_put_c(out, less > 1 ? "none of " : "without ");
  buffer_put(out, buffer_text(&without));
}

/* Has one of the first sides told of this set? */
static bool set_is_told(const Space *space, const uint32_t *sides,
                        uint32_t count, uint32_t fact) {
  for (uint32_t i = 0; i < count; i++)
    if (set_of_axis(space, space->sides.at[sides[i]].axis) == fact)
      return true;
  return false;
}

/* Does one side leave less of its axis than the other? */
static bool is_narrower(const Space *space, uint32_t one, uint32_t other) {
  uint64_t has = side_cells(space, one), had = side_cells(space, other);
  return has * space->axes[space->sides.at[other].axis].cells <
         had * space->axes[space->sides.at[one].axis].cells;
}

/* The box's sides, the narrowest first: they say most of where it is. */
static void sort_sides(const Space *space, const Box *box, uint32_t *sorted) {
  for (uint32_t i = 0; i < box->count; i++) {
    uint32_t at = i;
    for (; at > 0 && is_narrower(space, box->sides[i], sorted[at - 1]); at--)
      sorted[at] = sorted[at - 1];
    sorted[at] = box->sides[i];
  }
}

Text words_box(Arena *arena, const Space *space, const Box *box) {
  Buffer out = {.arena = arena};
  uint32_t *sides = ARENA_ARRAY(arena, box->count + 1, uint32_t);
  sort_sides(space, box, sides);
  for (uint32_t i = 0; i < box->count; i++) {
    const CellSet *side = &space->sides.at[sides[i]];
    uint32_t fact = set_of_axis(space, side->axis);
    if (fact != NONE && set_is_told(space, sides, i, fact)) continue;
    if (out.length) buffer_put_c(&out, "; ");
    if (fact != NONE)
      put_set(&out, space, box, fact);
    else
      words_side(&out, space, side->axis, side->mask);
  }
  return box->count ? buffer_text(&out) : TEXT("every situation");
}

Text words_axis(Arena *arena, const Space *space, uint32_t number) {
  const Axis *axis = &space->axes[number];
  const Image *image = space->grid->image;
  Buffer out = {.arena = arena};
  for (uint32_t i = 0; i < axis->count; i++) {
    const Variable *variable = &image->variables.at[axis->variables[i]];
    const Fact *fact = &image->facts.at[variable->fact];
    if (i) buffer_put_c(&out, " and ");
    put_variable(&out, image, axis->variables[i]);
    if (fact->type == TYPE_SET)
      buffer_format(&out, " (%.*s)",
                    TEXT_ARG(image_text(image,
                                        image->values
                                            .at[fact->values.first +
                                                variable->member]
                                            .name)));
  }
  return buffer_text(&out);
}
