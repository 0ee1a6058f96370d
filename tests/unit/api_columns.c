/* Columns: what they say is what a decision of each row says. */
#include "api_host.h"
#include "random.h"

#include <string.h>

enum { ROWS = 1111, FIRST = 3, FACTS_MOST = 16, ROOM = ROWS * 16 };

/* The same rows, one by one and as columns. */
typedef struct Table {
  int64_t values[ROWS][FACTS_MOST];
  uint64_t known[ROWS];
  int8_t bytes[FACTS_MOST][ROWS + FIRST];
  int16_t shorts[FACTS_MOST][ROWS + FIRST];
  int32_t words[FACTS_MOST][ROWS + FIRST];
  int64_t longs[FACTS_MOST][ROWS + FIRST];
  uint8_t bits[FACTS_MOST][ROWS / 8 + 2];
  uint8_t validity[FACTS_MOST][ROWS / 8 + 2];
  StileColumn columns[FACTS_MOST];
  uint32_t facts;
} Table;

typedef struct Answers {
  uint8_t low[ROWS], high[ROWS], may_harm[ROWS], tension[ROWS];
  uint8_t emergency[ROWS], open[ROWS];
  int32_t offsets[ROWS + 1];
  uint32_t rules[ROOM];
} Answers;

static Table table;
static Answers answers;

static const StileColumnAnswers asked = {
  .low = answers.low, .high = answers.high, .may_harm = answers.may_harm,
  .tension = answers.tension, .emergency = answers.emergency,
  .open = answers.open, .rule_offsets = answers.offsets,
  .rules = answers.rules, .rule_room = ROOM};

static void set_bit(uint8_t *bits, int at) {
  bits[at / 8] = (uint8_t)(bits[at / 8] | 1u << (at % 8));
}

/* A column of the width, from FIRST on. */
static void fill_column(uint32_t fact, StileWidth width) {
  const void *values[] = {table.bits[fact], table.bytes[fact],
                          table.shorts[fact], table.words[fact],
                          table.longs[fact]};
  for (int row = 0; row < ROWS; row++) {
    int64_t value = table.values[row][fact];
    if (value & 1) set_bit(table.bits[fact], row + FIRST);
    table.bytes[fact][row + FIRST] = (int8_t)value;
    table.shorts[fact][row + FIRST] = (int16_t)value;
    table.words[fact][row + FIRST] = (int32_t)value;
    table.longs[fact][row + FIRST] = value;
    if (table.known[row] >> fact & 1)
      set_bit(table.validity[fact], row + FIRST);
  }
  table.columns[fact] = (StileColumn){.fact = fact, .width = width,
                                      .values = values[width],
                                      .validity = table.validity[fact],
                                      .offset = FIRST};
}

/* Values that each width can hold, and a few that their facts do not allow. */
static void make_table(const StilePolicy *policy, Random *random,
                       bool all_known) {
  StileFact fact;
  memset(&table, 0, sizeof table);
  while (stile_policy_fact(policy, table.facts, &fact)) table.facts++;
  ck_assert_uint_le(table.facts, FACTS_MOST);
  for (int row = 0; row < ROWS; row++) {
    table.known[row] = all_known || random_below(random, 3)
                           ? ~UINT64_C(0)
                           : random_next(random);
    for (uint32_t i = 0; i < table.facts; i++) {
      stile_policy_fact(policy, i, &fact);
      uint32_t most = fact.type == STILE_MONEY ? 10000
                      : fact.values            ? fact.values
                                               : 2;
      table.values[row][i] = random_below(random, most);
      if (fact.type == STILE_MONEY && row % 50 == 0)
        table.values[row][i] = -1;
    }
  }
  for (uint32_t i = 0; i < table.facts; i++) {
    stile_policy_fact(policy, i, &fact);
    StileWidth width = fact.type == STILE_YES_OR_NO
                           ? STILE_BITS
                           : (StileWidth)(STILE_INT16 + i % 3);
    fill_column(i, width);
    if (all_known && i % 2) table.columns[i].validity = NULL;
  }
}

static void check_row(StileDecider *decider, size_t row) {
  StileDecision one;
  stile_decide(decider, table.values[row], &table.known[row], &one);
  ck_assert_uint_eq(answers.low[row], one.low);
  ck_assert_uint_eq(answers.high[row], one.high);
  ck_assert_uint_eq(answers.may_harm[row], one.may_harm);
  ck_assert_uint_eq(answers.tension[row], one.tension);
  ck_assert_uint_eq(answers.emergency[row], one.emergency);
  int32_t first = answers.offsets[row], end = answers.offsets[row + 1];
  ck_assert_uint_eq(one.in_force_count, (uint32_t)(end - first));
  for (uint32_t i = 0; i < one.in_force_count; i++) {
    bool found = false;
    for (int32_t k = first; k < end; k++)
      found |= answers.rules[k] == one.in_force[i];
    ck_assert(found);
  }
  if (one.open_count) ck_assert_uint_eq(answers.open[row], 1);
}

START_TEST(api_columns_decide_as_rows) {
  StilePolicy *policy = host_load();
  StileDecider *decider;
  Random random = {7};
  size_t done;
  ck_assert_int_eq(stile_decider_create(policy, 0, host_today, &decider),
                   STILE_OK);
  for (int round = 0; round < 4; round++) {
    make_table(policy, &random, round % 2);
    ck_assert_int_eq(stile_decide_columns(decider, table.columns, table.facts,
                                          ROWS, &asked, &done),
                     STILE_OK);
    ck_assert_uint_eq(done, ROWS);
    for (size_t row = 0; row < ROWS; row++) check_row(decider, row);
  }
  stile_decider_destroy(decider);
  stile_policy_destroy(policy);
}
END_TEST

START_TEST(api_columns_stop_where_room_ends) {
  StilePolicy *policy = host_load();
  StileDecider *decider;
  Random random = {9};
  StileColumnAnswers few = asked;
  size_t done;
  few.rule_room = 500;
  ck_assert_int_eq(stile_decider_create(policy, 0, host_today, &decider),
                   STILE_OK);
  make_table(policy, &random, true);
  ck_assert_int_eq(stile_decide_columns(decider, table.columns, table.facts,
                                        ROWS, &few, &done),
                   STILE_OK);
  ck_assert_uint_gt(done, 0);
  ck_assert_uint_lt(done, ROWS);
  ck_assert_int_le(answers.offsets[done], 500);
  for (size_t row = 0; row < done; row++) check_row(decider, row);
  stile_decider_destroy(decider);
  stile_policy_destroy(policy);
}
END_TEST

/* Pounds as whole numbers, and what becomes too large. */
START_TEST(api_columns_bring_numbers_to_values) {
  StilePolicy *policy = host_load();
  StileDecider *decider;
  uint32_t value = host_find_fact(policy, "value");
  static const int64_t pounds[] = {8, 80, INT64_MAX / 2};
  StileColumn column = {.fact = value, .width = STILE_INT64,
                        .values = pounds, .times = 100};
  StileColumnAnswers want = {.low = answers.low, .high = answers.high};
  int64_t values[FACTS_MOST] = {0};
  uint64_t known = UINT64_C(1) << value, none = 0;
  size_t done;
  ck_assert_int_eq(stile_decider_create(policy, 0, host_today, &decider),
                   STILE_OK);
  ck_assert_int_eq(stile_decide_columns(decider, &column, 1, 3, &want, &done),
                   STILE_OK);
  for (int row = 0; row < 3; row++) {
    StileDecision one;
    values[value] = row < 2 ? pounds[row] * 100 : 0;
    stile_decide(decider, values, row < 2 ? &known : &none, &one);
    ck_assert_uint_eq(answers.low[row], one.low);
    ck_assert_uint_eq(answers.high[row], one.high);
  }
  stile_decider_destroy(decider);
  stile_policy_destroy(policy);
}
END_TEST

START_TEST(api_columns_refuse_wrong_use) {
  StilePolicy *policy = host_load();
  StileDecider *decider;
  static const int64_t numbers[1];
  StileColumn columns[2] = {{.fact = 0, .width = STILE_INT64,
                             .values = numbers},
                            {.fact = 0, .width = STILE_INT64,
                             .values = numbers}};
  StileColumnAnswers want = {.low = answers.low};
  size_t done = 9;
  ck_assert_int_eq(stile_decider_create(policy, 0, host_today, &decider),
                   STILE_OK);
  ck_assert_int_eq(stile_decide_columns(decider, columns, 2, 1, &want, &done),
                   STILE_WRONG_USE);
  ck_assert_uint_eq(done, 0);
  columns[0].fact = FACTS_MOST;
  ck_assert_int_eq(stile_decide_columns(decider, columns, 1, 1, &want, &done),
                   STILE_WRONG_USE);
  want.rules = answers.rules;
  ck_assert_int_eq(stile_decide_columns(decider, NULL, 0, 1, &want, &done),
                   STILE_WRONG_USE);
  want.rules = NULL;
  ck_assert_int_eq(stile_decide_columns(decider, NULL, 0, 1, &want, &done),
                   STILE_OK);
  ck_assert_uint_eq(done, 1);
  stile_decider_destroy(decider);
  stile_policy_destroy(policy);
}
END_TEST

Suite *suite_api_columns(void) {
  Suite *suite = suite_create("api_columns");
  TCase *cases = tcase_create("api_columns");

  tcase_add_test(cases, api_columns_decide_as_rows);
  tcase_add_test(cases, api_columns_stop_where_room_ends);
  tcase_add_test(cases, api_columns_bring_numbers_to_values);
  tcase_add_test(cases, api_columns_refuse_wrong_use);
  suite_add_tcase(suite, cases);
  return suite;
}
