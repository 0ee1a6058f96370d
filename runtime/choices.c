/* Cells in words: "at most £50", "above £50 and at most £200", "exactly 3". */
#include "runtime/answer.h"
#include "runtime/settle.h"

/* The first cut of the image that starts this cell; NULL for the first cell and
 * past the last. */
static const Cut *cell_cut(const Grid *grid, uint32_t index, uint32_t cell) {
  Range cuts = grid->image->variables.at[index].cuts;
  if (cell == 0 || cell == grid->variables[index].cells)
    return NULL;
  for (uint32_t i = 0; i < cuts.count; i++)
    if (grid->variables[index].cut_cells[i] == cell)
      return &grid->image->cuts.at[cuts.first + i];
  return NULL;
}

/* The bound that a cut stands for, in words: `above £50` seen from the cell it
 * starts, `at most £50` from the cell before. */
static void print_bound(Buffer *out, const Fact *fact, const Cut *cut,
                        int64_t start, bool lower) {
  bool date = fact->type == TYPE_DATE;
  bool after = cut->side == 1;
  static const char *const words[2][2][2] = {
      {{"below ", "at least "}, {"at most ", "above "}},
      {{"before ", "on or after "}, {"on or before ", "after "}}};
  buffer_put_c(out, words[date][after][lower]);
  int64_t value = cut->base == CUT_VALUE ? cut->value : start - after;
  fact_put_amount(out, fact, value);
}

Text fact_value_name(Arena *arena, const Fact *fact, int64_t value) {
  Buffer out = {.arena = arena};
  buffer_put_c(&out, fact->type == TYPE_DATE ? "on " : "exactly ");
  fact_put_amount(&out, fact, value);
  return buffer_text(&out);
}

static Text cells_name(Arena *arena, const Grid *grid, const Fact *fact,
                       uint32_t first, uint32_t last) {
  uint32_t index = fact->variables.first;
  const GridVariable *variable = &grid->variables[index];
  const Cut *lower = cell_cut(grid, index, first);
  const Cut *upper = cell_cut(grid, index, last + 1);
  Buffer out = {.arena = arena};
  if (grid_cell_low(variable, first) == grid_cell_high(variable, last))
    return fact_value_name(arena, fact, grid_cell_low(variable, first));
  if (lower)
    print_bound(&out, fact, lower, variable->starts[first], true);
  if (lower && upper)
    buffer_put_c(&out, " and ");
  if (upper)
    print_bound(&out, fact, upper, variable->starts[last + 1], false);
  return out.length ? buffer_text(&out) : TEXT("any value");
}

Text fact_span_name(Arena *arena, const Grid *grid, uint32_t index,
                    ValueSpan span) {
  const Fact *fact = &grid->image->facts.at[index];
  const GridVariable *variable = &grid->variables[fact->variables.first];
  bool date = fact->type == TYPE_DATE;
  uint32_t first = grid_cell_of(variable, span.low);
  uint32_t last = grid_cell_of(variable, span.high);
  Buffer out = {.arena = arena};
  if (span.low == span.high)
    return fact_value_name(arena, fact, span.low);
  if (grid_cell_low(variable, first) == span.low &&
      grid_cell_high(variable, last) == span.high)
    return cells_name(arena, grid, fact, first, last);
  if (span.low > variable->low) {
    buffer_put_c(&out, date ? "on or after " : "at least ");
    fact_put_amount(&out, fact, span.low);
  }
  if (span.low > variable->low && span.high < variable->high)
    buffer_put_c(&out, " and ");
  if (span.high < variable->high) {
    buffer_put_c(&out, date ? "on or before " : "at most ");
    fact_put_amount(&out, fact, span.high);
  }
  return buffer_text(&out);
}

static bool is_named(const Fact *fact) {
  return fact->type == TYPE_YES_NO || fact->type == TYPE_SCALE ||
         fact->type == TYPE_CHOICE || fact->type == TYPE_SET;
}

static uint32_t value_names(Arena *arena, const Image *image, const Fact *fact,
                            Text **names) {
  *names = ARENA_ARRAY(arena, fact->values.count + 1, Text);
  for (uint32_t i = 0; i < fact->values.count; i++)
    (*names)[i] =
        image_text(image, image->values.at[fact->values.first + i].name);
  return fact->values.count;
}

void fact_cell_names(Arena *arena, const Grid *grid, uint32_t index,
                     Text **names) {
  const Fact *fact = &grid->image->facts.at[index];
  if (is_named(fact)) {
    value_names(arena, grid->image, fact, names);
    return;
  }
  const GridVariable *variable = &grid->variables[fact->variables.first];
  uint32_t count = variable->cells;
  *names = ARENA_ARRAY(arena, count, Text);
  for (uint32_t i = 0; i < count; i++)
    (*names)[i] = cells_name(arena, grid, fact,
                             grid_run_first(variable, i),
                             grid_run_end(variable, i) - 1);
}

static void swap(Text *a, Text *b) {
  Text swapped = *a;
  *a = *b;
  *b = swapped;
}

uint32_t fact_choices(Arena *arena, const Image *image, uint32_t index,
                      Day today, Text **choices) {
  const Fact *fact = &image->facts.at[index];
  *choices = NULL;
  if (is_named(fact)) {
    uint32_t count = value_names(arena, image, fact, choices);
    if (fact->type == TYPE_YES_NO)
      swap(&(*choices)[0], &(*choices)[1]);
    return count;
  }
  if (fact->type == TYPE_RECORD)
    return 0;
  Grid grid;
  grid_bind(arena, image, today, &grid);
  const GridVariable *variable = &grid.variables[fact->variables.first];
  if (grid_run_end(variable, 0) == variable->cells)
    return 0;
  fact_cell_names(arena, &grid, index, choices);
  uint32_t count = 0;
  for (uint32_t cell = 0; cell < variable->cells;
       cell = grid_run_end(variable, cell))
    (*choices)[count++] = (*choices)[cell];
  return count;
}
