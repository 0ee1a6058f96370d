#include "cli/batch_count.h"

#include "base/utf8.h"
#include "runtime/settle.h"
#include "runtime/terms.h"

const char *count_column(uint32_t column)
{
  return column == COUNT_OPEN ? "not-settled" : term_verdict((Verdict)column);
}

/* ------------------------------------------------------------------- tables */

static CountTable *add_table(Arena *arena, CountPlan *plan, Text name,
                             uint32_t rows)
{
  CountTable *table = VEC_ADD(arena, &plan->tables);
  table->name = name;
  table->fact = NONE;
  table->rows = ARENA_ARRAY(arena, (size_t)rows + 2, Text);
  table->row_count = table->known_rows = rows;
  table->first = plan->size;
  plan->size += (rows + 2) * COUNT_COLUMNS;
  return table;
}

static void add_boundaries(Arena *arena, CountPlan *plan)
{
  const Image *image = plan->image;
  CountTable *table =
      add_table(arena, plan, TEXT("boundary"), image->boundaries.count);
  for (uint32_t i = 0; i < image->boundaries.count; i++)
    table->rows[i] = image_text(image, image->boundaries.at[i].name);
}

static void add_changes(Arena *arena, CountPlan *plan)
{
  plan->changes = plan->tables.count;
  CountTable *table =
      add_table(arena, plan, TEXT("against"), COUNT_COLUMNS);
  for (uint32_t i = 0; i < COUNT_COLUMNS; i++)
    table->rows[i] = text_of(count_column(i));
}

static uint32_t value_rows(const CountPlan *plan, const Fact *fact)
{
  if (fact->type <= TYPE_CHOICE) return fact->values.count;
  if (fact->type == TYPE_SET) return fact->values.count + 1;
  if (fact->type == TYPE_RECORD) return 2;
  return fact->variables.count
             ? plan->grid.variables[fact->variables.first].cells
             : 1;
}

static void name_rows(Arena *arena, const CountPlan *plan, uint32_t index,
                      CountTable *table)
{
  const Image *image = plan->image;
  const Fact *fact = &image->facts.at[index];
  static const char *const yes_no[] = {"no", "yes"};
  if (fact->type == TYPE_RECORD) {
    table->rows[0] = TEXT("none");
    table->rows[1] = TEXT("some");
  } else if (fact->type <= TYPE_SET) {
    for (uint32_t i = 0; i < fact->values.count; i++)
      table->rows[i] =
          fact->type == TYPE_YES_NO
              ? text_of(yes_no[i])
              : image_text(image, image->values.at[fact->values.first + i]
                                      .name);
    if (fact->type == TYPE_SET)
      table->rows[fact->values.count] = TEXT("none");
  } else if (fact->variables.count) {
    fact_cell_names(arena, &plan->grid, index, &table->rows);
    Text *names = ARENA_ARRAY(arena, (size_t)table->known_rows + 2, Text);
    memcpy(names, table->rows, table->known_rows * sizeof *names);
    table->rows = names;
  } else {
    table->rows[0] = TEXT("known");
  }
}

static void add_fact(Arena *arena, CountPlan *plan, uint32_t index)
{
  uint32_t rows = value_rows(plan, &plan->image->facts.at[index]);
  CountTable *table =
      add_table(arena, plan, fact_name(arena, plan->image, index), rows);
  table->fact = index;
  name_rows(arena, plan, index, table);
  table->rows[rows] = TEXT("several-possible");
  table->rows[rows + 1] = TEXT("not-known");
  table->row_count = rows + 2;
}

static bool add_by(Arena *arena, const char *word, Sources *sources,
                   Diagnostics *diagnostics, CountPlan *plan)
{
  const Image *image = plan->image;
  Dimension dimension;
  Text name = utf8_nfc(arena, utf8_safe(arena, text_of(word), false));
  if (text_equal(name, TEXT("boundary"))) {
    return true; /* always there */
  }
  if (term_find_dimension(name, &dimension)) {
    for (uint32_t i = 0; i < image->facts.count; i++)
      if (image->facts.at[i].dimension == dimension)
        add_fact(arena, plan, i);
    return true;
  }
  Span span = {source_add(arena, sources, TEXT("--by"), name), 0,
               name.length};
  uint32_t fact = fact_find(arena, image, name, span, diagnostics);
  if (fact != NONE) add_fact(arena, plan, fact);
  return fact != NONE;
}

bool count_plan_make(Arena *arena, const Image *image, Day day,
                     const Words *by, bool against, Sources *sources,
                     Diagnostics *diagnostics, CountPlan *plan)
{
  bool fine = true;
  *plan = (CountPlan){.image = image, .size = COUNTED_TABLES,
                      .changes = NONE};
  grid_bind(arena, image, day, &plan->grid);
  add_boundaries(arena, plan);
  if (against) add_changes(arena, plan);
  for (uint32_t i = 0; i < by->count; i++)
    fine &= add_by(arena, by->at[i], sources, diagnostics, plan);
  return fine;
}

/* ----------------------------------------------------------------- counting */

static uint32_t column_of(const CaseAnswer *answer)
{
  return answer->settled ? (uint32_t)answer->low : (uint32_t)COUNT_OPEN;
}

static void add(const CountTable *table, uint32_t row, uint32_t column,
                uint64_t *numbers)
{
  numbers[table->first + row * COUNT_COLUMNS + column]++;
}

/* Under each member that it has. */
static void add_members(const CountTable *table, uint64_t members,
                        uint32_t column, uint64_t *numbers)
{
  uint32_t none = table->known_rows - 1;
  if (!members) add(table, none, column, numbers);
  for (uint32_t i = 0; i < none; i++)
    if (members >> i & 1) add(table, i, column, numbers);
}

static void add_value(const CountPlan *plan, const CountTable *table,
                      int64_t value, uint32_t column, uint64_t *numbers)
{
  const Fact *fact = &plan->image->facts.at[table->fact];
  if (fact->type == TYPE_SET)
    add_members(table, (uint64_t)value, column, numbers);
  else if (fact->type <= TYPE_CHOICE)
    add(table, (uint32_t)value, column, numbers);
  else if (fact->variables.count)
    add(table,
        grid_cell_of(&plan->grid.variables[fact->variables.first], value),
        column, numbers);
  else
    add(table, 0, column, numbers);
}

static void add_given(const CountPlan *plan, const CountTable *table,
                      const Given *given, uint32_t column, uint64_t *numbers)
{
  uint32_t type = plan->image->facts.at[table->fact].type;
  if (!given->given)
    add(table, table->known_rows + 1, column, numbers);
  else if (type == TYPE_RECORD)
    add(table, given->event_count > 0, column, numbers);
  else if (!given_is_exact(given))
    add(table, table->known_rows, column, numbers);
  else
    add_value(plan, table,
              type == TYPE_SET ? (int64_t)given->members
                               : given->spans[0].low,
              column, numbers);
}

static void count_fact(const CountPlan *plan, const CountTable *table,
                       const ReadCase *one, uint32_t column,
                       uint64_t *numbers)
{
  uint32_t fact = table->fact;
  if (one->wide)
    add_given(plan, table, &one->situation.facts[fact], column, numbers);
  else if (one->known[fact / 64] >> (fact % 64) & 1)
    add_value(plan, table, one->values[fact], column, numbers);
  else
    add(table, table->known_rows + 1, column, numbers);
}

void count_case(const CountPlan *plan, const ReadCase *one,
                const CaseLine *line, uint64_t *numbers)
{
  const CaseAnswer *answer = line->answer;
  uint32_t column = column_of(answer);
  numbers[COUNTED_VERDICTS + column]++;
  numbers[COUNTED_EXHAUSTED] += answer->exhausted;
  numbers[COUNTED_MAY_HARM] += answer->may_harm == THREE_YES;
  numbers[COUNTED_TENSION] += answer->tension == THREE_YES;
  numbers[COUNTED_EMERGENCY] += answer->emergency == THREE_YES;
  add(&plan->tables.at[0], answer->boundary, column, numbers);
  for (uint32_t i = 1; i < plan->tables.count; i++)
    if (plan->tables.at[i].fact != NONE)
      count_fact(plan, &plan->tables.at[i], one, column, numbers);
  if (!line->against) return;
  numbers[COUNTED_CHANGES + case_change(answer, line->against)]++;
  add(&plan->tables.at[plan->changes], column, column_of(line->against),
      numbers);
}
