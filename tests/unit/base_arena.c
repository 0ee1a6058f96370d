#include <stdalign.h>
#include <stdio.h>
#include <string.h>
#include "base_suites.h"

static bool all_zero(const void *at, size_t size) {
  const unsigned char *bytes = at;

  for (size_t i = 0; i < size; i++)
    if (bytes[i]) return false;
  return true;
}

START_TEST(arena_of_zero_bytes_can_be_cleared) {
  Arena arena;

  memset(&arena, 0, sizeof arena);
  arena_clear(&arena);
  ck_assert_ptr_null(arena.blocks);
}
END_TEST

START_TEST(arena_takes_nothing_before_use) {
  Ration ration;
  Arena arena;
  jmp_buf escape;

  ration_init(&ration, 0);
  arena_init(&arena, &ration.memory, 0, &escape);
  ck_assert_uint_eq(arena.total, 0);
  arena_clear(&arena);
}
END_TEST

START_TEST(arena_pieces_are_zero_and_aligned) {
  TEST_ARENA(arena);
  for (size_t size = 0; size < 300; size++) {
    char *piece = arena_make(&arena, size);

    ck_assert_ptr_nonnull(piece);
    ck_assert_uint_eq((uintptr_t)piece % alignof(max_align_t), 0);
    ck_assert(all_zero(piece, size));
    memset(piece, 0xFF, size);
  }
  TEST_END(arena);
}
END_TEST

START_TEST(arena_empty_pieces_differ) {
  TEST_ARENA(arena);
  ck_assert_ptr_ne(arena_make(&arena, 0), arena_make(&arena, 0));
  TEST_END(arena);
}
END_TEST

START_TEST(arena_pieces_do_not_overlap) {
  char *pieces[500];

  TEST_ARENA(arena);
  for (int i = 0; i < 500; i++) {
    size_t size = (size_t)(i * 37 % 400 + 1);

    pieces[i] = arena_make(&arena, size);
    memset(pieces[i], i & 0xFF, size);
  }
  for (int i = 0; i < 500; i++)
    for (int j = 0; j < i * 37 % 400 + 1; j++)
      TEST_THAT((unsigned char)pieces[i][j] == (i & 0xFF));
  TEST_END(arena);
}
END_TEST

START_TEST(arena_large_piece_leaves_the_block_in_use) {
  char *first, *second;

  TEST_ARENA(arena);
  first = arena_make(&arena, 16);
  arena_make(&arena, 5000000);
  second = arena_make(&arena, 16);
  ck_assert(second > first && second < first + 256);
  TEST_END(arena);
}
END_TEST

START_TEST(arena_can_be_used_again) {
  TEST_ARENA(arena);
  arena_make(&arena, 100000);
  ck_assert_uint_ge(arena.total, 100000);
  arena_clear(&arena);
  ck_assert_uint_eq(arena.total, 0);
  ck_assert(all_zero(arena_make(&arena, 64), 64));
  TEST_END(arena);
}
END_TEST

/* Whether making `count` items of `size` bytes goes to the escape. */
static bool escapes(size_t limit, size_t count, size_t size) {
  Ration ration;
  Arena arena;
  jmp_buf escape;
  volatile bool escaped = true;

  ration_init(&ration, 10);
  arena_init(&arena, &ration.memory, limit, &escape);
  if (!setjmp(escape)) {
    arena_make_array(&arena, count, size);
    escaped = false;
  }
  arena_clear(&arena);
  ck_assert_uint_eq(ration.held, 0);
  return escaped;
}

START_TEST(arena_keeps_to_its_limit) {
  ck_assert(!escapes(0, 1, 100000));
  ck_assert(escapes(100000, 1, 100000));
  ck_assert(!escapes(100200, 1, 100000));
  ck_assert(escapes(1, 1, 1));
  ck_assert(!escapes(200, 1, 1));
}
END_TEST

START_TEST(arena_uses_its_limit_up) {
  size_t needed;

  TEST_ARENA(arena);
  arena_make(&arena, 100000);
  needed = arena.total;
  TEST_END(arena);
  ck_assert(!escapes(needed, 1, 100000));
  ck_assert(escapes(needed - 1, 1, 100000));
}
END_TEST

START_TEST(arena_takes_what_it_expects_at_once) {
  TEST_ARENA(arena);
  arena_expect(&arena, 300000);
  size_t total = arena.total;
  ck_assert_uint_ge(total, 300000);
  for (int i = 0; i < 2; i++) memset(arena_make(&arena, 140000), 1, 140000);
  ck_assert_uint_eq(arena.total, total);
  TEST_END(arena);
}
END_TEST

START_TEST(arena_does_without_what_it_expects) {
  Ration ration;
  Arena arena;
  jmp_buf escape;

  ration_init(&ration, 0);
  arena_init(&arena, &ration.memory, 100000, &escape);
  if (setjmp(escape) != 0) ck_abort_msg("nothing had to be made");
  arena_expect(&arena, 200000);
  arena_expect(&arena, SIZE_MAX);
  ck_assert_uint_eq(arena.total, 0);
  arena_clear(&arena);
}
END_TEST

/* What is made stays as it is, and more can be made. */
static void trim(const Memory *memory, size_t expected, size_t size,
                 size_t most) {
  Arena arena;
  jmp_buf escape;
  arena_init(&arena, memory, 0, &escape);
  if (setjmp(escape) != 0) ck_abort_msg("there is memory");
  arena_expect(&arena, expected);
  char *piece = memset(arena_make(&arena, size), 1, size);
  arena_trim(&arena);
  ck_assert_uint_le(arena.total, most);
  ck_assert(all_zero(arena_make(&arena, 300000), 300000));
  arena_trim(&arena);
  ck_assert(piece[0] == 1 && memcmp(piece, piece + 1, size - 1) == 0);
  arena_clear(&arena);
}

START_TEST(arena_gives_back_what_is_free) {
  static const size_t page = (size_t)64 << 10;
  static const size_t expected[] = {10000, 40000, 100000, 300000, 1500000,
                                    2000000, 5000000};
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
    for (size_t size = 1; size <= expected[i]; size = 5 * size + 1000) {
      trim(&memory_default, expected[i], size, size + 3 * page / 2);
      trim(&memory_plain, expected[i], size, (size_t)6 << 20);
    }
}
END_TEST

START_TEST(arena_checks_products) {
  ck_assert(escapes(0, SIZE_MAX, 2));
  ck_assert(escapes(0, SIZE_MAX / 2 + 1, 2));
  ck_assert(escapes(0, 1, SIZE_MAX));
  ck_assert(escapes(0, SIZE_MAX, SIZE_MAX));
  ck_assert(!escapes(0, SIZE_MAX, 0));
  ck_assert(!escapes(0, 0, SIZE_MAX));
}
END_TEST

START_TEST(arena_grows_the_last_piece_in_place) {
  char *piece;

  TEST_ARENA(arena);
  piece = arena_make(&arena, 10);
  memcpy(piece, "0123456789", 10);
  ck_assert_ptr_eq(arena_grow(&arena, piece, 10, 500), piece);
  ck_assert_mem_eq(piece, "0123456789", 10);
  ck_assert(all_zero(piece + 10, 490));
  ck_assert_ptr_eq(arena_grow(&arena, piece, 500, 20), piece);
  TEST_END(arena);
}
END_TEST

START_TEST(arena_grows_other_pieces_as_copies) {
  char *piece, *grown;

  TEST_ARENA(arena);
  piece = arena_make(&arena, 10);
  memcpy(piece, "0123456789", 10);
  arena_make(&arena, 1);
  grown = arena_grow(&arena, piece, 10, 20);
  ck_assert_ptr_ne(grown, piece);
  ck_assert_mem_eq(piece, "0123456789", 10);
  ck_assert_mem_eq(grown, "0123456789\0\0\0\0\0\0\0\0\0\0", 20);
  TEST_END(arena);
}
END_TEST

START_TEST(arena_grows_nothing_into_a_new_piece) {
  TEST_ARENA(arena);
  ck_assert(all_zero(arena_grow(&arena, NULL, 0, 40), 40));
  TEST_END(arena);
}
END_TEST

START_TEST(vec_keeps_its_items) {
  Vec(uint32_t) numbers = {0};

  TEST_ARENA(arena);
  for (uint32_t i = 0; i < 10000; i++) {
    if (i % 100 == 0) arena_make(&arena, 24);
    VEC_PUSH(&arena, &numbers, i * 3);
  }
  ck_assert_uint_eq(numbers.count, 10000);
  for (uint32_t i = 0; i < 10000; i++)
    TEST_THAT(numbers.at[i] == i * 3);
  TEST_END(arena);
}
END_TEST

START_TEST(vec_adds_zeroed_items_after_taking_off) {
  Vec(uint64_t) numbers = {0};

  TEST_ARENA(arena);
  VEC_PUSH(&arena, &numbers, UINT64_MAX);
  numbers.count--;
  ck_assert(*VEC_ADD(&arena, &numbers) == 0);
  TEST_END(arena);
}
END_TEST

START_TEST(vec_reserves_room) {
  Vec(uint32_t) numbers = {0};
  TEST_ARENA(arena);
  VEC_PUSH(&arena, &numbers, 7);
  VEC_RESERVE(&arena, &numbers, 1000);
  uint32_t *first = numbers.at;
  ck_assert_uint_ge(numbers.room, 1000);
  VEC_RESERVE(&arena, &numbers, 10);
  for (uint32_t i = 1; i < 1000; i++) VEC_PUSH(&arena, &numbers, i);
  ck_assert_ptr_eq(first, numbers.at);
  ck_assert_uint_eq(numbers.at[0], 7);
  ck_assert_uint_eq(numbers.at[999], 999);
  TEST_END(arena);
}
END_TEST

START_TEST(vec_refuses_more_than_it_can_count) {
  uint32_t room = UINT32_MAX / 2 + 1;
  Arena arena;
  jmp_buf escape;

  arena_init(&arena, &memory_default, 0, &escape);
  if (!setjmp(escape)) {
    arena_vec_grow(&arena, NULL, &room, 8);
    ck_abort_msg("should not come here");
  }
  arena_clear(&arena);
}
END_TEST

static void use_much(Arena *arena, void *context) {
  Vec(uint64_t) numbers = {0};

  (void)context;
  for (uint64_t i = 0; i < 300; i++) {
    VEC_PUSH(arena, &numbers, i);
    TEST_THAT(all_zero(arena_make(arena, i), i));
  }
  ck_assert(numbers.at[299] == 299);
}

START_TEST(arena_gives_all_back_wherever_memory_ends) {
  ck_assert_uint_gt(test_scarce(use_much, NULL), 100);
}
END_TEST

/* How many pages of addresses the process has. */
static long pages_mapped(void) {
  FILE *file = fopen("/proc/self/statm", "r");
  long pages = 0;

  if (!file) return 0;
  if (fscanf(file, "%ld", &pages) != 1) pages = 0;
  fclose(file);
  return pages;
}

/* Large blocks come from the system in whole pages of several sizes. */
START_TEST(blocks_of_any_size_go_back_whole) {
  const size_t sizes[] = {1 << 15, 100001, (2 << 20) - 1, 2 << 20,
                          (2 << 20) + 1, (3 << 20) + 70001};
  long before = 0;

  for (int round = 0; round < 40; round++) {
    if (round == 2) before = pages_mapped();
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
      char *block = memory_default.take(NULL, sizes[i]);
      ck_assert_ptr_nonnull(block);
      ck_assert(all_zero(block, sizes[i]));
      memset(block, 1, sizes[i]);
      memory_default.give(NULL, block, sizes[i]);
    }
  }
  ck_assert_int_le(pages_mapped() - before, 16);
}
END_TEST

Suite *suite_arena(void) {
  const TTest *tests[] = {
    arena_of_zero_bytes_can_be_cleared,
    arena_takes_nothing_before_use,
    arena_pieces_are_zero_and_aligned,
    arena_empty_pieces_differ,
    arena_pieces_do_not_overlap,
    arena_large_piece_leaves_the_block_in_use,
    arena_can_be_used_again,
    arena_keeps_to_its_limit,
    arena_uses_its_limit_up,
    arena_takes_what_it_expects_at_once,
    arena_does_without_what_it_expects,
    arena_gives_back_what_is_free,
    arena_checks_products,
    arena_grows_the_last_piece_in_place,
    arena_grows_other_pieces_as_copies,
    arena_grows_nothing_into_a_new_piece,
    vec_keeps_its_items,
    vec_adds_zeroed_items_after_taking_off,
    vec_reserves_room,
    vec_refuses_more_than_it_can_count,
    arena_gives_all_back_wherever_memory_ends,
    blocks_of_any_size_go_back_whole,
  };

  return TEST_SUITE("arena", tests);
}
