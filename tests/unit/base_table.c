#include "base/hash.h"
#include "base/table.h"
#include "base_suites.h"

START_TEST(table_empty_has_nothing) {
  uint32_t value = 7;

  TEST_ARENA(arena);
  Table table;

  table_init(&table, &arena, 1);
  ck_assert(!table_find(&table, TEXT("gift"), &value));
  ck_assert_uint_eq(value, 7);
  ck_assert_uint_eq(arena.total, 0);
  TEST_END(arena);
}
END_TEST

START_TEST(table_keeps_the_first_value) {
  uint32_t value = 0;

  TEST_ARENA(arena);
  Table table;

  table_init(&table, &arena, 1);
  ck_assert(table_put(&table, TEXT("gift"), 5));
  ck_assert(!table_put(&table, TEXT("gift"), 6));
  ck_assert(table_find(&table, TEXT("gift"), &value));
  ck_assert_uint_eq(value, 5);
  ck_assert_uint_eq(table.entries.count, 1);
  TEST_END(arena);
}
END_TEST

START_TEST(table_takes_the_empty_name) {
  uint32_t value = 0;

  TEST_ARENA(arena);
  Table table;

  table_init(&table, &arena, 1);
  ck_assert(table_put(&table, TEXT_NONE, 5));
  ck_assert(!table_put(&table, TEXT(""), 6));
  ck_assert(table_find(&table, TEXT(""), &value));
  ck_assert_uint_eq(value, 5);
  TEST_END(arena);
}
END_TEST

static void fill(Arena *arena, void *context) {
  uint64_t *seed = context;
  uint32_t value = 0;
  Table table;

  table_init(&table, arena, *seed);
  for (uint32_t i = 0; i < 2000; i++)
    TEST_THAT(table_put(&table, text_format(arena, "name-%u", i), i));
  for (uint32_t i = 0; i < 2000; i++) {
    Text name = text_format(arena, "name-%u", i);

    TEST_THAT(table_find(&table, name, &value) && value == i);
    TEST_THAT(!table_put(&table, name, 0));
  }
  ck_assert(!table_find(&table, TEXT("name-2000"), &value));
  ck_assert(!table_find(&table, TEXT("name-"), &value));
}

START_TEST(table_holds_many_under_any_seed) {
  const uint64_t seeds[] = {0, 1, UINT64_MAX, UINT64_C(0x9E3779B97F4A7C15)};

  TEST_ARENA(arena);
  for (int i = 0; i < 4; i++) {
    uint64_t seed = seeds[i];

    fill(&arena, &seed);
  }
  TEST_END(arena);
}
END_TEST

/* So many names that some share a hash of 32 bits. */
START_TEST(table_tells_names_of_one_hash_apart) {
  TEST_ARENA(arena);
  Table table;

  table_init(&table, &arena, 5);
  for (uint32_t i = 0; i < 200000; i++)
    TEST_THAT(table_put(&table, text_format(&arena, "%x", i), i));
  for (uint32_t i = 0; i < 200000; i++) {
    uint32_t value = UINT32_MAX;

    TEST_THAT(table_find(&table, text_format(&arena, "%x", i), &value));
    TEST_THAT(value == i);
  }
  TEST_END(arena);
}
END_TEST

START_TEST(table_seed_changes_the_hashes) {
  TEST_ARENA(arena);
  Table one, two;
  uint32_t same = 0;

  table_init(&one, &arena, 1);
  table_init(&two, &arena, 2);
  table_put(&one, TEXT("gift"), 0);
  table_put(&two, TEXT("gift"), 0);
  for (uint32_t i = 0; i < one.room; i++)
    same += one.slots[i].entry && one.slots[i].hash == two.slots[i].hash;
  ck_assert_uint_eq(same, 0);
  TEST_END(arena);
}
END_TEST

/* Every length, at every alignment, and which byte it is that differs. */
START_TEST(table_tells_names_of_any_length_apart) {
  char bytes[8 + 200];

  TEST_ARENA(arena);
  for (uint32_t length = 0; length <= 200; length++) {
    Table table;

    memset(bytes, 'a', sizeof bytes);
    table_init(&table, &arena, length);
    for (uint32_t at = 0; at <= length; at++) {
      Text name = {bytes + at % 8, length};
      uint32_t value = at;

      if (at < length) bytes[at % 8 + at] = 'b';
      TEST_THAT(table_enter_copy(&table, name, &value));
      TEST_THAT(!table_enter_copy(&table, name, &value) && value == at);
      if (at < length) bytes[at % 8 + at] = 'a';
    }
    for (uint32_t shorter = 0; shorter < length; shorter++)
      TEST_THAT(table_put(&table, (Text){bytes, shorter}, 0));
  }
  TEST_END(arena);
}
END_TEST

static uint32_t slots_taken(const Table *table) {
  uint32_t taken = 0;

  for (uint32_t i = 0; i < table->room; i++)
    taken += table->slots[i].entry > 0;
  return taken;
}

START_TEST(table_makes_the_room_that_is_expected) {
  TEST_ARENA(arena);
  Table table;

  table_init(&table, &arena, 9);
  table_put(&table, TEXT("gift"), 7);
  table_expect(&table, 1000);
  const TableSlot *slots = table.slots;
  const TableEntry *entries = table.entries.at;
  for (uint32_t i = 0; i < 1000; i++)
    TEST_THAT(table_put(&table, text_format(&arena, "%u", i), i));
  ck_assert_ptr_eq(table.slots, slots);
  ck_assert_ptr_eq(table.entries.at, entries);
  ck_assert_uint_eq(slots_taken(&table), 1001);
  uint32_t value = 0;
  ck_assert(table_find(&table, TEXT("gift"), &value));
  ck_assert_uint_eq(value, 7);
  table_expect(&table, 0);
  ck_assert_ptr_eq(table.slots, slots);
  TEST_END(arena);
}
END_TEST

START_TEST(table_survives_the_end_of_memory) {
  uint64_t seed = 3;

  ck_assert_uint_gt(test_scarce(fill, &seed), 100);
}
END_TEST

Suite *suite_table(void) {
  const TTest *tests[] = {
    table_empty_has_nothing,
    table_keeps_the_first_value,
    table_takes_the_empty_name,
    table_holds_many_under_any_seed,
    table_tells_names_of_one_hash_apart,
    table_seed_changes_the_hashes,
    table_tells_names_of_any_length_apart,
    table_makes_the_room_that_is_expected,
    table_survives_the_end_of_memory,
  };

  return TEST_SUITE("table", tests);
}

/* Fails unless `text` hashes to `expected`. */
static void hash_is(Text text, const char *expected) {
  uint8_t hash[HASH_SIZE];

  TEST_ARENA(arena);
  Buffer buffer = {.arena = &arena};

  hash_sha256(text, hash);
  hash_print(&buffer, hash);
  TEST_TEXT(buffer_text(&buffer), expected);
  TEST_END(arena);
}

/* The examples of FIPS 180-4. */
START_TEST(hash_of_the_standard_examples) {
  hash_is(TEXT("abc"), "ba7816bf8f01cfea414140de5dae2223"
                       "b00361a396177a9cb410ff61f20015ad");
  hash_is(TEXT("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
          "248d6a61d20638b8e5c026930c3e6039"
          "a33ce45964ff2167f6ecedd419db06c1");
}
END_TEST

START_TEST(hash_of_nothing) {
  hash_is(TEXT(""), "e3b0c44298fc1c149afbf4c8996fb924"
                    "27ae41e4649b934ca495991b7852b855");
  hash_is(TEXT_NONE, "e3b0c44298fc1c149afbf4c8996fb924"
                     "27ae41e4649b934ca495991b7852b855");
}
END_TEST

START_TEST(hash_of_pieces_is_the_hash_of_the_whole) {
  const Text text = TEXT("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomno"
                         "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomno");
  uint8_t whole[HASH_SIZE], pieces[HASH_SIZE];

  hash_sha256(text, whole);
  for (uint32_t cut = 0; cut <= text.length; cut++) {
    Hash hash;

    hash_init(&hash);
    hash_add(&hash, (Text){text.at, cut});
    hash_add(&hash, TEXT_NONE);
    hash_add(&hash, (Text){text.at + cut, text.length - cut});
    hash_finish(&hash, pieces);
    ck_assert_mem_eq(whole, pieces, HASH_SIZE);
  }
}
END_TEST

Suite *suite_hash(void) {
  const TTest *tests[] = {
    hash_of_the_standard_examples,
    hash_of_nothing,
    hash_of_pieces_is_the_hash_of_the_whole,
  };

  return TEST_SUITE("hash", tests);
}
