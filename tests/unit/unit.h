/* What the unit tests of all rooms share: running suites, an arena for a
 * test, comparing texts, and running out of memory at every place in turn.
 *
 * A test program has a main that calls test_run; each file of tests makes one
 * suite:
 *
 *   START_TEST(number_reads_places) { ... }
 *   END_TEST
 *
 *   Suite *suite_number(void) {
 *     const TTest *tests[] = {number_reads_places};
 *
 *     return TEST_SUITE("number", tests);
 *   }
 */
#ifndef STILE_TESTS_UNIT_H
#define STILE_TESTS_UNIT_H

#include <check.h>
#include "base/text.h"

typedef Suite *SuiteMake(void);

/* A suite of one case that holds all tests of the array. */
#define TEST_SUITE(name, tests) \
  test_suite((name), (tests), sizeof(tests) / sizeof *(tests))
Suite *test_suite(const char *name, const TTest *const *tests, size_t count);

/* Runs all suites, prints Check's summary; what main returns. */
int test_run(SuiteMake *const *suites, size_t count);

/* Declares an arena, for the first line of a test; TEST_END gives it back.
 * The test fails if memory ends. */
#define TEST_ARENA(arena)                                    \
  Arena arena;                                               \
  jmp_buf arena##_escape;                                    \
  arena_init(&(arena), &memory_default, 0, &arena##_escape); \
  if (setjmp(arena##_escape)) ck_abort_msg("no memory left")
#define TEST_END(arena) arena_clear(&(arena))

/* ck_assert for loops of many rounds: Check writes a line to a file at each
 * ck_assert, even when all is well. */
#define TEST_THAT(truth) TEST_THAT_MSG((truth), "not so: %s", #truth)
#define TEST_THAT_MSG(truth, ...)            \
  do {                                       \
    if (!(truth)) ck_abort_msg(__VA_ARGS__); \
  } while (0)

/* Fails unless `text` has the bytes of the C string `expected`. */
#define TEST_TEXT(text, expected) \
  test_text((text), (expected), __FILE__, __LINE__)
void test_text(Text text, const char *expected, const char *file, int line);

/* A Memory that counts, and ends after some calls. */
typedef struct Ration {
  Memory memory;
  uint32_t left; /* calls that it still serves */
  uint32_t held; /* blocks taken and not given back */
  size_t bytes;  /* in them */
} Ration;

void ration_init(Ration *ration, uint32_t calls);

/* Does `step` again and again: with memory that ends at the first call, at the
 * second, and so on, then with a limit that grows by a few bytes, until it
 * comes through.  Each time the arena is cleared and must hold nothing.
 * Returns how often it ran out.  `step` keeps nothing outside the arena. */
typedef void TestStep(Arena *arena, void *context);
uint32_t test_scarce(TestStep *step, void *context);

#endif
