/* What chance makes of an image: it is refused, or it can be shown and asked.
 * The sanitizers watch. */
#include <stdlib.h>
#include <string.h>
#include "image_suites.h"
#include "random.h"
#include "runtime/image_lean.h"
#include "sample_image.h"
#include "tests/fuzz/fuzz.h"

/* IMAGE_MUTANTS=N: fewer, where programs are slow. */
static uint32_t mutants_wanted(void) {
  const char *wanted = getenv("IMAGE_MUTANTS");

  return wanted ? (uint32_t)strtoul(wanted, NULL, 10) : 20000;
}

START_TEST(mutants_do_no_harm) {
  TEST_ARENA(arena);
  Text bytes = sample_bytes(&arena, _i == 1);
  uint8_t *mutant = arena_make(&arena, bytes.length);
  Random chance = {UINT64_C(88172645463325252) + (uint64_t)_i};
  uint32_t count = mutants_wanted();
  for (uint32_t i = 0; i < count; i++) {
    uint32_t changes = 1 + random_below(&chance, 4);

    memcpy(mutant, bytes.at, bytes.length);
    while (changes-- > 0) {
      uint32_t at = random_below(&chance, bytes.length);

      mutant[at] = (uint8_t)random_next(&chance);
    }
    LLVMFuzzerTestOneInput(mutant, bytes.length);
  }
  TEST_END(arena);
}
END_TEST

/* Numbers that sit at the edges, in whole words. */
START_TEST(edges_do_no_harm) {
  static const uint32_t edges[] = {0, 1, 2, 63, 64, 255, 1000, 0x7FFFFFFF,
                                   0x80000000, 0xFFFFFFFE, 0xFFFFFFFF};
  TEST_ARENA(arena);
  Text bytes = sample_bytes(&arena, true);
  char *mutant = arena_make(&arena, bytes.length);
  for (uint32_t at = 0; at + 4 <= bytes.length; at += 4)
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
      memcpy(mutant, bytes.at, bytes.length);
      image_put_word(mutant + at, edges[i]);
      LLVMFuzzerTestOneInput((const uint8_t *)mutant, bytes.length);
    }
  TEST_END(arena);
}
END_TEST

START_TEST(cut_off_images_are_refused) {
  TEST_ARENA(arena);
  Text bytes = sample_bytes(&arena, true);
  for (uint32_t length = 0; length < bytes.length; length++) {
    char *cut = arena_make(&arena, length); /* so that overruns are seen */
    ImageFault fault = {0, 0, ""};
    Image image;
    LeanImage lean;

    memcpy(cut, bytes.at, length);
    ck_assert(!image_read(&arena, (Text){cut, length}, &image, &fault));
    ck_assert_uint_le(fault.offset, length);
    ck_assert(!image_read_lean(&arena, (Text){cut, length}, &lean, &fault));
    if (length % 64 > 0) continue;
    arena_clear(&arena);
    bytes = sample_bytes(&arena, true);
  }
  TEST_END(arena);
}
END_TEST

Suite *suite_image_mutants(void) {
  Suite *suite = suite_create("image mutants");
  TCase *one = tcase_create("image mutants");

  tcase_set_timeout(one, 300);
  tcase_add_loop_test(one, mutants_do_no_harm, 0, 2);
  tcase_add_test(one, edges_do_no_harm);
  tcase_add_test(one, cut_off_images_are_refused);
  suite_add_tcase(suite, one);
  return suite;
}
