#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *test_suite(const char *name, const TTest *const *tests, size_t count) {
  Suite *suite = suite_create(name);
  TCase *one = tcase_create(name);

  tcase_set_timeout(one, 120);
  for (size_t i = 0; i < count; i++) tcase_add_test(one, tests[i]);
  suite_add_tcase(suite, one);
  return suite;
}

int test_run(SuiteMake *const *suites, size_t count) {
  SRunner *runner = srunner_create(NULL);
  int failed;

  for (size_t i = 0; i < count; i++) srunner_add_suite(runner, suites[i]());
  srunner_run_all(runner, CK_NORMAL);
  failed = srunner_ntests_failed(runner);
  if (!srunner_ntests_run(runner)) failed = 1;
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

void test_text(Text text, const char *expected, const char *file, int line) {
  if (text_equal(text, text_of(expected))) return;
  ck_abort_msg("%s:%d: expected\n[%s], got\n[%.*s]", file, line, expected,
               TEXT_ARG(text));
}

static void *ration_take(void *context, size_t size) {
  Ration *ration = context;
  void *block;

  if (!ration->left) return NULL;
  ration->left--;
  block = malloc(size);
  TEST_THAT(block);
  memset(block, 0xA5, size); /* so that forgotten zeroing is seen */
  ration->held++;
  ration->bytes += size;
  return block;
}

static void ration_give(void *context, void *block, size_t size) {
  Ration *ration = context;

  TEST_THAT(block);
  ration->held--;
  ration->bytes -= size;
  free(block);
}

void ration_init(Ration *ration, uint32_t calls) {
  *ration = (Ration){.memory = {.take = ration_take, .give = ration_give,
                                .context = ration},
                     .left = calls};
}

/* One try; true if it came through. */
static bool try_once(TestStep *step, void *context, uint32_t calls,
                     size_t limit) {
  Ration ration;
  Arena arena;
  jmp_buf escape;
  volatile bool through = false;

  ration_init(&ration, calls);
  arena_init(&arena, &ration.memory, limit, &escape);
  if (!setjmp(escape)) {
    step(&arena, context);
    through = true;
  }
  TEST_THAT(arena.total == ration.bytes);
  TEST_THAT(!limit || arena.total <= limit);
  arena_clear(&arena);
  TEST_THAT(!ration.held && !ration.bytes);
  return through;
}

uint32_t test_scarce(TestStep *step, void *context) {
  uint32_t ended = 0, calls = 0;
  size_t limit = 16;

  while (!try_once(step, context, calls, 0)) {
    calls++;
    ended++;
  }
  while (!try_once(step, context, UINT32_MAX, limit)) {
    limit += limit < 4096 ? 16 : limit / 64;
    ended++;
  }
  return ended;
}
