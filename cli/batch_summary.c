/* Summaries of many cases: for people, as CSV, as JSON. */
#include <inttypes.h>

#include "base/utf8.h"
#include "cli/batch_count.h"

static const struct { Counted which; const char *key, *words; } counted[] = {
  {COUNTED_CASES, "cases", "Cases"},
  {COUNTED_PROBLEMS, "not-read", "Could not be read"},
  {COUNTED_EXHAUSTED, "budget-used-up", "Not settled for want of work"},
  {COUNTED_MAY_HARM, "holding-back-may-harm", "Holding back may harm"},
  {COUNTED_TENSION, "tension", "In tension"},
  {COUNTED_EMERGENCY, "emergency", "An emergency"},
};

enum { COUNTED_KEYS = sizeof counted / sizeof *counted };

static const uint64_t *row_of(const CountTable *table, uint32_t row,
                              const uint64_t *numbers)
{
  return numbers + table->first + row * COUNT_COLUMNS;
}

static bool is_empty(const uint64_t *row)
{
  uint64_t any = 0;
  for (uint32_t i = 0; i < COUNT_COLUMNS; i++) any |= row[i];
  return any == 0;
}

/* --------------------------------------------------------------- for people */

static void put_padded(Buffer *out, Text text, uint32_t width)
{
  buffer_put(out, text);
  for (uint32_t i = utf8_columns(text); i < width; i++)
    buffer_put_char(out, ' ');
}

static void put_line(Buffer *out, const char *words, uint64_t number)
{
  put_padded(out, text_of(words), 32);
  buffer_format(out, "%10" PRIu64 "\n", number);
}

static uint32_t widest(const CountTable *table)
{
  uint32_t width = utf8_columns(table->name) + 4;
  for (uint32_t i = 0; i < table->row_count; i++)
    if (utf8_columns(table->rows[i]) + 2 > width)
      width = utf8_columns(table->rows[i]) + 2;
  return width;
}

static void put_table(Buffer *out, const CountTable *table, Text title,
                      const uint64_t *numbers)
{
  uint32_t width = widest(table);
  if (utf8_columns(title) > width) width = utf8_columns(title);
  buffer_put_char(out, '\n');
  put_padded(out, title, width);
  for (uint32_t i = 0; i < COUNT_COLUMNS; i++)
    buffer_format(out, " %11s", count_column(i));
  buffer_put_char(out, '\n');
  for (uint32_t row = 0; row < table->row_count; row++) {
    const uint64_t *at = row_of(table, row, numbers);
    if (is_empty(at)) continue;
    buffer_put_c(out, "  ");
    put_padded(out, table->rows[row], width - 2);
    for (uint32_t i = 0; i < COUNT_COLUMNS; i++)
      buffer_format(out, " %11" PRIu64, at[i]);
    buffer_put_char(out, '\n');
  }
}

static void put_changes(Buffer *out, const CountPlan *plan,
                        const uint64_t *numbers)
{
  static const char *const words[CHANGE_COUNT] = {
    "The other policy says the same", "It is stricter", "It is looser",
    "It differs in another way"};
  buffer_put_char(out, '\n');
  for (uint32_t i = 0; i < CHANGE_COUNT; i++)
    put_line(out, words[i], numbers[COUNTED_CHANGES + i]);
  put_table(out, &plan->tables.at[plan->changes],
            TEXT("From (down) to (across)"), numbers);
}

static void print_text(Buffer *out, const CountPlan *plan,
                       const uint64_t *numbers)
{
  for (int i = 0; i < COUNTED_KEYS; i++) {
    uint64_t number = numbers[counted[i].which];
    if (number || counted[i].which <= COUNTED_PROBLEMS)
      put_line(out, counted[i].words, number);
  }
  buffer_put_char(out, '\n');
  for (uint32_t i = 0; i < COUNT_COLUMNS; i++)
    put_line(out, count_column(i), numbers[COUNTED_VERDICTS + i]);
  for (uint32_t i = 0; i < plan->tables.count; i++) {
    const CountTable *table = &plan->tables.at[i];
    Text title = text_format(out->arena, "By %.*s", TEXT_ARG(table->name));
    if (i == plan->changes || (i == 0 && table->row_count == 1)) continue;
    put_table(out, table, title, numbers);
  }
  if (plan->changes != NONE) put_changes(out, plan, numbers);
}

/* ---------------------------------------------------------------------- CSV */

static void put_row(Buffer *out, Text table, Text row, const char *what,
                    uint64_t number)
{
  batch_put_csv(out, table);
  buffer_put_char(out, ',');
  batch_put_csv(out, row);
  buffer_format(out, ",%s,%" PRIu64 "\n", what, number);
}

static void print_csv(Buffer *out, const CountPlan *plan,
                      const uint64_t *numbers)
{
  Text all = TEXT("all"), none = TEXT("");
  buffer_put_c(out, "table,row,what,cases\n");
  for (int i = 0; i < COUNTED_KEYS; i++)
    put_row(out, all, none, counted[i].key, numbers[counted[i].which]);
  for (uint32_t i = 0; i < COUNT_COLUMNS; i++)
    put_row(out, all, none, count_column(i), numbers[COUNTED_VERDICTS + i]);
  for (uint32_t i = 0; plan->changes != NONE && i < CHANGE_COUNT; i++)
    put_row(out, all, none, case_change_word((CaseChange)i),
            numbers[COUNTED_CHANGES + i]);
  for (uint32_t i = 0; i < plan->tables.count; i++) {
    const CountTable *table = &plan->tables.at[i];
    for (uint32_t row = 0; row < table->row_count; row++)
      for (uint32_t k = 0; k < COUNT_COLUMNS; k++)
        put_row(out, table->name, table->rows[row], count_column(k),
                row_of(table, row, numbers)[k]);
  }
}

/* --------------------------------------------------------------------- JSON */

static void put_verdicts(Buffer *out, const uint64_t *row)
{
  for (uint32_t i = 0; i < COUNT_COLUMNS; i++)
    buffer_format(out, "%s\"%s\":%" PRIu64, i ? "," : "{", count_column(i),
                  row[i]);
  buffer_put_char(out, '}');
}

static void put_json_table(Buffer *out, const CountTable *table,
                           const uint64_t *numbers)
{
  buffer_put_char(out, '{');
  for (uint32_t row = 0; row < table->row_count; row++) {
    if (row) buffer_put_char(out, ',');
    batch_put_json(out, table->rows[row]);
    buffer_put_char(out, ':');
    put_verdicts(out, row_of(table, row, numbers));
  }
  buffer_put_char(out, '}');
}

static void print_json(Buffer *out, const CountPlan *plan,
                       const uint64_t *numbers)
{
  bool some = false;
  for (int i = 0; i < COUNTED_KEYS; i++)
    buffer_format(out, "%s\"%s\":%" PRIu64, i ? "," : "{", counted[i].key,
                  numbers[counted[i].which]);
  buffer_put_c(out, ",\"verdicts\":");
  put_verdicts(out, numbers + COUNTED_VERDICTS);
  buffer_put_c(out, ",\"boundaries\":");
  put_json_table(out, &plan->tables.at[0], numbers);
  buffer_put_c(out, ",\"by\":{");
  for (uint32_t i = 1; i < plan->tables.count; i++) {
    if (i == plan->changes) continue;
    if (some) buffer_put_char(out, ',');
    batch_put_json(out, plan->tables.at[i].name);
    buffer_put_char(out, ':');
    put_json_table(out, &plan->tables.at[i], numbers);
    some = true;
  }
  buffer_put_c(out, "},\"against\":");
  if (plan->changes == NONE) {
    buffer_put_c(out, "null}\n");
    return;
  }
  for (uint32_t i = 0; i < CHANGE_COUNT; i++)
    buffer_format(out, "%s\"%s\":%" PRIu64, i ? "," : "{",
                  case_change_word((CaseChange)i),
                  numbers[COUNTED_CHANGES + i]);
  buffer_put_c(out, ",\"from-to\":");
  put_json_table(out, &plan->tables.at[plan->changes], numbers);
  buffer_put_c(out, "}}\n");
}

void count_print(Buffer *out, uint32_t format, const CountPlan *plan,
                 const uint64_t *numbers)
{
  if (format == SUMMARY_TEXT)
    print_text(out, plan, numbers);
  else if (format == SUMMARY_CSV)
    print_csv(out, plan, numbers);
  else
    print_json(out, plan, numbers);
}
