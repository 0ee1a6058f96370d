/* Faults that take more than one word: names in circles or towers, too many
 * of something, lists that do not fit together. */
#include <string.h>
#include "image_suites.h"
#include "runtime/image_block.h"
#include "sample_image.h"

/* Writes and reads; "" if it is sound, else what is wrong with it. */
static const char *verdict_on(Arena *arena, const Image *image) {
  Buffer out = {.arena = arena};
  ImageFault fault = {0, 0, ""};
  Image read;

  image_write(&out, image);
  return image_read(arena, buffer_text(&out), &read, &fault) ? ""
                                                             : fault.message;
}

/* ------------------------------------------------------------------- names */

static uint32_t add_node(Arena *arena, Image *image, NodeOp op,
                         uint32_t named, Range parts) {
  VEC_PUSH(arena, &image->nodes,
           ((Node){op, 0, node_has_words(op) ? 0 : NONE, NONE, NONE, named,
                   parts}));
  return image->nodes.count - 1;
}

static void add_define(Arena *arena, Image *image, uint32_t node) {
  VEC_PUSH(arena, &image->named,
           ((Named){0, 0, 0, {node, 1}, {image->numbers.count, 0}}));
}

/* A define with two uses of the name before. */
static void add_doubled(Arena *arena, Image *image) {
  uint32_t before = image->named.count - 1, first = image->nodes.count;

  add_node(arena, image, NODE_AND, NONE, (Range){first + 1, 2});
  add_node(arena, image, NODE_DEFINE, before, (Range){0, 0});
  add_node(arena, image, NODE_DEFINE, before, (Range){0, 0});
  add_define(arena, image, first);
}

/* The sample with a last define that uses nothing. */
static void sample_with_define(Arena *arena, Image *image) {
  uint32_t node;

  sample_image(arena, false, image);
  sample_drop_promises(image);
  node = add_node(arena, image, NODE_TEST, NONE, (Range){0, 0});
  image->nodes.at[node].fact = 0;
  add_define(arena, image, node);
}

START_TEST(names_may_stand_in_names) {
  TEST_ARENA(arena);
  Image image;
  sample_with_define(&arena, &image);
  for (int i = 0; i < 11; i++) add_doubled(&arena, &image);
  ck_assert_str_eq(verdict_on(&arena, &image), "");
  TEST_END(arena);
}
END_TEST

START_TEST(names_do_not_double_for_ever) {
  TEST_ARENA(arena);
  Image image;
  sample_with_define(&arena, &image);
  for (int i = 0; i < 60; i++) add_doubled(&arena, &image);
  ck_assert_str_eq(verdict_on(&arena, &image),
                   "This condition is too large when its names are written "
                   "out.");
  TEST_END(arena);
}
END_TEST

/* What stands in a promise, or in an assume, has the same limit as a rule. */
START_TEST(conditions_of_promises_have_a_size) {
  TEST_ARENA(arena);
  for (uint32_t last = 1; last <= 2; last++) {
    Image image;

    sample_with_define(&arena, &image);
    for (int i = 0; i < 11; i++) add_doubled(&arena, &image);
    image.assumes.count = SAMPLE_ASSUMES;
    uint32_t first = image.nodes.count;
    image.assumes.at[0].condition = add_node(&arena, &image, NODE_OR, NONE,
                                             (Range){first + 1, 2});
    for (int i = 0; i < 2; i++)
      add_node(&arena, &image, NODE_DEFINE, image.named.count - last,
               (Range){0, 0});
    ck_assert_str_eq(verdict_on(&arena, &image),
                     last == 2 ? ""
                               : "This condition is too large when its "
                                 "names are written out.");
  }
  TEST_END(arena);
}
END_TEST

static const char *tower(Arena *arena, uint32_t height) {
  Image image;

  sample_with_define(arena, &image);
  for (uint32_t i = 0; i < height; i++) {
    uint32_t node = add_node(arena, &image, NODE_DEFINE,
                             image.named.count - 1, (Range){0, 0});

    add_define(arena, &image, node);
  }
  return verdict_on(arena, &image);
}

START_TEST(names_stand_in_names_up_to_a_depth) {
  TEST_ARENA(arena);
  ck_assert_str_eq(tower(&arena, 99), "");
  ck_assert_str_eq(tower(&arena, 100), "These names are nested too deep.");
  ck_assert_str_eq(tower(&arena, 5000), "These names are nested too deep.");
  TEST_END(arena);
}
END_TEST

START_TEST(names_form_no_circle) {
  TEST_ARENA(arena);
  Image image;
  uint32_t first, node;
  sample_image(&arena, false, &image);
  sample_drop_promises(&image);
  first = image.named.count;
  node = add_node(&arena, &image, NODE_DEFINE, first + 1, (Range){0, 0});
  add_define(&arena, &image, node);
  node = add_node(&arena, &image, NODE_DEFINE, first, (Range){0, 0});
  add_define(&arena, &image, node);
  ck_assert_str_eq(verdict_on(&arena, &image), "This name rests on itself.");
  TEST_END(arena);
}
END_TEST

START_TEST(conditions_are_nested_up_to_a_depth) {
  TEST_ARENA(arena);
  for (uint32_t depth = 512; depth < 514; depth++) {
    Image image;
    uint32_t first, last;

    sample_image(&arena, false, &image);
    sample_drop_promises(&image);
    first = image.nodes.count;
    for (uint32_t i = 1; i < depth; i++)
      add_node(&arena, &image, NODE_NOT, NONE, (Range){first + i, 1});
    last = add_node(&arena, &image, NODE_TEST, NONE, (Range){0, 0});
    image.nodes.at[last].fact = 0;
    add_define(&arena, &image, first);
    ck_assert_str_eq(verdict_on(&arena, &image),
                     depth <= 512 ? "" : "This condition is nested too deep.");
  }
  TEST_END(arena);
}
END_TEST

/* ---------------------------------------------------------------- too many */

/* Gives the record, whose variables stand before those of the sets, `count`
 * variables in all, each with a window of its own. */
static void set_windows(Arena *arena, Image *image, uint32_t count) {
  Fact *record = &image->facts.at[SAMPLE_BEFORE];
  uint32_t at = record->variables.first + record->variables.count;
  uint32_t more = count - record->variables.count;
  uint32_t rest = image->variables.count - at;

  for (uint32_t i = 0; i < more; i++) {
    Variable one = {.fact = SAMPLE_BEFORE, .with = NONE, .length = 20 + i};

    one.window = WINDOW_DAYS;
    VEC_PUSH(arena, &image->variables, one);
  }
  for (uint32_t i = 0; i < rest; i++) {
    Variable one = image->variables.at[at];

    memmove(&image->variables.at[at], &image->variables.at[at + 1],
            (image->variables.count - at - 1) * sizeof one);
    image->variables.at[image->variables.count - 1] = one;
  }
  record->variables.count = count;
  for (uint32_t i = SAMPLE_BEFORE + 1; i < SAMPLE_FACTS; i++)
    image->facts.at[i].variables.first += more;
}

START_TEST(records_have_few_windows) {
  TEST_ARENA(arena);
  for (uint32_t count = 9; count < 11; count++) {
    Image image;

    sample_image(&arena, false, &image);
    set_windows(&arena, &image, count);
    /* Two of the sample's own are windows; one is the whole record. */
    ck_assert_str_eq(verdict_on(&arena, &image),
                     count == 9
                         ? ""
                         : "A record has at most 8 different windows.");
  }
  TEST_END(arena);
}
END_TEST

START_TEST(variables_have_few_cuts) {
  TEST_ARENA(arena);
  for (uint32_t more = 4998; more < 5000; more++) {
    Image image;
    Fact date = {.dimension = CONTEXT, .type = TYPE_DATE, .step = 1};
    Variable variable = {.with = NONE};

    sample_image(&arena, false, &image);
    date.low = DAY_FIRST;
    date.high = DAY_LAST;
    date.help = NONE;
    date.variables = (Range){image.variables.count, 1};
    variable.fact = image.facts.count;
    variable.cuts = (Range){image.cuts.count, more + 2};
    for (uint32_t i = 0; i < more + 2; i++)
      VEC_PUSH(&arena, &image.cuts, ((Cut){0, CUT_VALUE, 100 + i}));
    VEC_PUSH(&arena, &image.variables, variable);
    VEC_PUSH(&arena, &image.facts, date);
    ck_assert_str_eq(verdict_on(&arena, &image),
                     more == 4998
                         ? ""
                         : "This variable cannot have this many cuts.");
  }
  TEST_END(arena);
}
END_TEST

START_TEST(a_layer_has_one_otherwise) {
  TEST_ARENA(arena);
  for (int same = 0; same < 2; same++) {
    Image image;
    Rule rule;

    sample_image(&arena, false, &image);
    rule = image.rules.at[SAMPLE_OTHERWISE];
    rule.finding = HOLD;
    rule.who = (Range){image.members.count, 0};
    rule.lines = (Range){image.lines.count, 0};
    rule.duties = (Range){image.duties.count, 0};
    if (!same) rule.layer = LAYER_TEAM;
    VEC_PUSH(&arena, &image.links, ((Link){image.rules.count}));
    VEC_PUSH(&arena, &image.rules, rule);
    ck_assert_str_eq(verdict_on(&arena, &image),
                     same ? "A layer has only one otherwise in a boundary."
                          : "");
  }
  TEST_END(arena);
}
END_TEST

START_TEST(there_is_one_policy) {
  TEST_ARENA(arena);
  Image image;
  Policy again;
  sample_image(&arena, false, &image);
  again = image.policy.at[0];
  VEC_PUSH(&arena, &image.policy, again);
  ck_assert_str_eq(verdict_on(&arena, &image),
                   "An image holds exactly one policy.");
  image.policy.count = 0;
  ck_assert_str_eq(verdict_on(&arena, &image),
                   "An image holds exactly one policy.");
  TEST_END(arena);
}
END_TEST

START_TEST(there_are_all_places_or_none) {
  TEST_ARENA(arena);
  Image image;
  sample_image(&arena, true, &image);
  image.places.count--;
  ck_assert_str_eq(verdict_on(&arena, &image),
                   "There must be one place for each fact, rule, condition, "
                   "example, source, promise and assume.");
  TEST_END(arena);
}
END_TEST

/* Else an answer would have to look past what no answer rests on. */
START_TEST(conditions_of_promises_come_last) {
  TEST_ARENA(arena);
  Image image;
  sample_image(&arena, false, &image);
  uint32_t lonely = image.rules.at[SAMPLE_LONELY].condition;
  image.rules.at[SAMPLE_LONELY].condition = image.promises.at[0].condition;
  image.promises.at[0].condition = lonely;
  ck_assert_str_eq(verdict_on(&arena, &image),
                   "The conditions of promises and assumes stand after all "
                   "others.");
  TEST_END(arena);
}
END_TEST

START_TEST(the_order_names_every_rule) {
  TEST_ARENA(arena);
  Image image;
  sample_image(&arena, false, &image);
  image.links.count = 3;
  ck_assert_str_eq(verdict_on(&arena, &image),
                   "The order of the rules is not complete.");
  TEST_END(arena);
}
END_TEST

/* ------------------------------------------------------------------- texts */

START_TEST(texts_are_clean) {
  static const char *const unclean[] = {"a\x80", "\xC3(", "\xED\xA0\x80",
                                        "\x1B[1m", "\xE2\x80\xAE"};
  TEST_ARENA(arena);
  for (size_t i = 0; i < sizeof unclean / sizeof *unclean; i++) {
    Buffer out = {.arena = &arena};
    ImageFault fault = {0, 0, ""};
    Image image;

    sample_image(&arena, false, &image);
    image.texts.at[1] = text_of(unclean[i]);
    image_write(&out, &image);
    ck_assert(!image_read(&arena, buffer_text(&out), &image, &fault));
    ck_assert_str_eq(fault.message, "A text is not clean UTF-8 here.");
  }
  TEST_END(arena);
}
END_TEST

START_TEST(texts_are_cut_between_letters) {
  TEST_ARENA(arena);
  Buffer out = {.arena = &arena};
  ImageFault fault = {0, 0, ""};
  Image image;
  sample_image(&arena, false, &image);
  image.texts.at[1] = TEXT("\xC3");
  image.texts.at[2] = TEXT("\xA9");
  image_write(&out, &image);
  ck_assert(!image_read(&arena, buffer_text(&out), &image, &fault));
  ck_assert_str_eq(fault.message, "A text starts within a letter.");
  TEST_END(arena);
}
END_TEST

/* Files that are all the same, as many as can take no bytes, and then one more,
 * which is refused where the first width stands. */
START_TEST(equal_records_are_limited) {
  TEST_ARENA(arena);
  Buffer out = {.arena = &arena};
  Image image;
  ImageFault fault;
  uint8_t hash[IMAGE_HASH_SIZE], digest[IMAGE_HASH_SIZE];
  sample_image(&arena, true, &image);
  while (image.files.count < COLUMN_BARE_MOST)
    VEC_PUSH(&arena, &image.files, ((File){0, 1}));
  image_write(&out, &image);
  char *entry = out.at + IMAGE_HEADER_SIZE +
                (IMAGE_SECTIONS - 2) * IMAGE_ENTRY_SIZE;
  ck_assert_uint_eq(image_word(entry + 12), COLUMN_BARE_MOST);
  image_put_word(entry + 12, COLUMN_BARE_MOST + 1);
  image_digest(buffer_text(&out), hash, digest);
  memcpy(out.at + IMAGE_DIGEST_AT, digest, sizeof digest);
  ck_assert(!image_read(&arena, buffer_text(&out), &image, &fault));
  ck_assert_uint_eq(fault.offset, image_word(entry + 4) + 4);
  TEST_END(arena);
}
END_TEST

Suite *suite_image_limits(void) {
  const TTest *tests[] = {names_may_stand_in_names,
                          conditions_of_promises_have_a_size,
                          names_do_not_double_for_ever,
                          names_stand_in_names_up_to_a_depth,
                          names_form_no_circle,
                          conditions_are_nested_up_to_a_depth,
                          records_have_few_windows,
                          variables_have_few_cuts,
                          a_layer_has_one_otherwise,
                          there_is_one_policy,
                          there_are_all_places_or_none,
                          conditions_of_promises_come_last,
                          the_order_names_every_rule,
                          texts_are_clean,
                          texts_are_cut_between_letters,
                          equal_records_are_limited};

  return TEST_SUITE("image limits", tests);
}
