/* Writing and reading: the same bytes again, the same policy again. */
#include <string.h>
#include "image_suites.h"
#include "runtime/image_lean.h"
#include "sample_image.h"

static void read_fine(Arena *arena, Text bytes, Image *image) {
  ImageFault fault = {0, 0, ""};

  if (!image_read(arena, bytes, image, &fault))
    ck_abort_msg("refused at %u: %s", fault.offset, fault.message);
}

START_TEST(image_comes_back_the_same) {
  TEST_ARENA(arena);
  for (int places = 0; places < 2; places++) {
    Text bytes = sample_bytes(&arena, places == 1);
    Buffer again = {.arena = &arena};
    Image image;

    read_fine(&arena, bytes, &image);
    image_write(&again, &image);
    ck_assert(text_equal(bytes, buffer_text(&again)));
  }
  TEST_END(arena);
}
END_TEST

START_TEST(image_keeps_every_record) {
  TEST_ARENA(arena);
  Image made, read;
  sample_image(&arena, true, &made);
  read_fine(&arena, sample_bytes(&arena, true), &read);
  for (uint32_t list = 0; list < LIST_COUNT; list++) {
    Items a = image_items(&made, (ListId)list);
    Items b = image_items(&read, (ListId)list);

    ck_assert_uint_gt(a.count, 0); /* the sample has one of each */
    ck_assert_uint_eq(a.count, b.count);
    ck_assert_mem_eq(a.at, b.at, (size_t)a.count * image_lists[list].size);
  }
  ck_assert_uint_eq(made.code.count, read.code.count);
  ck_assert_mem_eq(made.code.at, read.code.at, made.code.count * 4);
  ck_assert_uint_eq(made.order.first, read.order.first);
  ck_assert_uint_eq(made.order.count, read.order.count);
  TEST_END(arena);
}
END_TEST

/* Numbers at the edges of what a column of each width holds. */
START_TEST(image_keeps_wide_numbers) {
  static const int64_t values[] = {0, 1, 254, 255, 256, 65534, 65535, 65536,
                                   INT64_C(0x7FFFFFFF), INT64_C(0xFFFFFFFE),
                                   INT64_C(0xFFFFFFFF), INT64_C(1) << 40};
  TEST_ARENA(arena);
  for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
    Buffer out = {.arena = &arena};
    Image image;
    sample_image(&arena, true, &image);
    Fact *fact = &image.facts.at[SAMPLE_SCORE];
    fact->low -= values[i] * fact->step;
    fact->high += values[i] * fact->step;
    image.places.at[0].line = (uint32_t)(values[i] & 0xFFFFFF);
    image_write(&out, &image);
    Image read;
    read_fine(&arena, buffer_text(&out), &read);
    ck_assert_mem_eq(&read.facts.at[SAMPLE_SCORE], fact, sizeof *fact);
    ck_assert_mem_eq(&read.places.at[0], &image.places.at[0], sizeof(Place));
  }
  TEST_END(arena);
}
END_TEST

/* A list of which all records are the same takes no room; a longer one does, so
 * that its length can be trusted. */
START_TEST(image_keeps_equal_records) {
  static const uint32_t counts[] = {1, 2, 1000, COLUMN_BARE_MOST,
                                    COLUMN_BARE_MOST + 1};
  static const uint32_t sizes[] = {0, 0, 0, 0, COLUMN_BARE_MOST + 4};
  TEST_ARENA(arena);
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
    Buffer out = {.arena = &arena};
    Image image, read;
    sample_image(&arena, true, &image);
    while (image.files.count < counts[i])
      VEC_PUSH(&arena, &image.files, ((File){0, 1}));
    image_write(&out, &image);
    const char *entry = out.at + IMAGE_HEADER_SIZE +
                        (IMAGE_SECTIONS - 2) * IMAGE_ENTRY_SIZE;
    ck_assert_uint_eq(image_word(entry + 8),
                      File_WORDS * (COLUMN_HEAD_SIZE + sizes[i]));
    read_fine(&arena, buffer_text(&out), &read);
    ck_assert_uint_eq(read.files.count, counts[i]);
    ck_assert_mem_eq(read.files.at, image.files.at,
                     counts[i] * sizeof(File));
  }
  TEST_END(arena);
}
END_TEST

START_TEST(image_hash_ignores_places) {
  TEST_ARENA(arena);
  Image with, without;
  read_fine(&arena, sample_bytes(&arena, true), &with);
  read_fine(&arena, sample_bytes(&arena, false), &without);
  ck_assert_mem_eq(with.hash, without.hash, IMAGE_HASH_SIZE);
  TEST_END(arena);
}
END_TEST

START_TEST(image_hash_sees_the_meaning) {
  TEST_ARENA(arena);
  Image image, one, other;
  Buffer out = {.arena = &arena};
  sample_image(&arena, false, &image);
  image.rules.at[SAMPLE_SMALL].finding = PROCEED;
  image_write(&out, &image);
  read_fine(&arena, buffer_text(&out), &one);
  read_fine(&arena, sample_bytes(&arena, false), &other);
  ck_assert_mem_ne(one.hash, other.hash, IMAGE_HASH_SIZE);
  TEST_END(arena);
}
END_TEST

/* With an assume, or with nothing for the audit at all. */
static Text bytes_without_promises(Arena *arena, bool assumes) {
  Image image;
  Buffer out = {.arena = arena};

  sample_image(arena, false, &image);
  sample_drop_promises(&image);
  if (assumes) {
    image.assumes.count = SAMPLE_ASSUMES;
    image.assumes.at[0].condition = image.nodes.count++;
  }
  image_write(&out, &image);
  return buffer_text(&out);
}

/* Policies without promises and assumes have the image that they always had. */
START_TEST(image_leaves_empty_sections_out) {
  TEST_ARENA(arena);
  Text bytes = bytes_without_promises(&arena, false);
  Image image;
  read_fine(&arena, bytes, &image);
  ck_assert_uint_eq(image_word(bytes.at + IMAGE_SECTIONS_AT), 25);
  ck_assert_uint_eq(image_answer_nodes(&image), image.nodes.count);
  bytes = bytes_without_promises(&arena, true);
  read_fine(&arena, bytes, &image);
  ck_assert_uint_eq(image_word(bytes.at + IMAGE_SECTIONS_AT), 26);
  ck_assert_uint_eq(image.promises.count, 0);
  ck_assert_uint_eq(image.assumes.count, SAMPLE_ASSUMES);
  ck_assert_uint_eq(image_answer_nodes(&image), image.nodes.count - 1);
  TEST_END(arena);
}
END_TEST

START_TEST(image_texts_and_none) {
  TEST_ARENA(arena);
  Image image;
  read_fine(&arena, sample_bytes(&arena, false), &image);
  TEST_TEXT(image_text(&image, image.policy.at[0].name), "riverside-gifts");
  ck_assert(text_is_none(image_text(&image, image.policy.at[0].owner)));
  ck_assert(!text_is_none(image_text(&image, image.policy.at[0].version)));
  TEST_END(arena);
}
END_TEST

START_TEST(image_places) {
  TEST_ARENA(arena);
  Image image;
  read_fine(&arena, sample_bytes(&arena, true), &image);
  TEST_TEXT(image_place_text(&image, image.files.at[0].name), "gifts.stile");
  ck_assert_uint_eq(image_fact_place(&image, 2)->line, 3);
  ck_assert_uint_eq(image_rule_place(&image, 0)->line, SAMPLE_FACTS + 1);
  ck_assert_uint_eq(image_node_place(&image, 0)->line,
                    SAMPLE_FACTS + SAMPLE_RULES + 1);
  ck_assert_uint_eq(image_example_place(&image, 0)->line,
                    image.places.count - 1 - SAMPLE_PROMISES - SAMPLE_ASSUMES);
  ck_assert_uint_eq(image_source_place(&image, 0)->line,
                    image.places.count - SAMPLE_PROMISES - SAMPLE_ASSUMES);
  ck_assert_uint_eq(image_promise_place(&image, 1)->line,
                    image.places.count - SAMPLE_ASSUMES);
  ck_assert_uint_eq(image_assume_place(&image, 0)->line, image.places.count);
  read_fine(&arena, sample_bytes(&arena, false), &image);
  ck_assert_ptr_null(image_rule_place(&image, 0));
  TEST_END(arena);
}
END_TEST

START_TEST(image_disassembles) {
  TEST_ARENA(arena);
  Image image;
  Buffer out = {.arena = &arena};
  Text text;
  read_fine(&arena, sample_bytes(&arena, false), &image);
  image_disassemble(&out, &image);
  buffer_put_char(&out, '\0');
  text = buffer_text(&out);
  ck_assert_ptr_nonnull(
      strstr(text.at, "total of context gifts-before with context value in 12 "
                      "months: above \xC2\xA3" "50\n"));
  ck_assert_ptr_nonnull(
      strstr(text.at, "context ended: from 24 months ago up to 0 days ago\n"));
  ck_assert_ptr_nonnull(
      strstr(text.at, "r9 = all r2 r3\n"));
  ck_assert_ptr_nonnull(
      strstr(text.at, "r3 = test t3  # context value is at most"));
  ck_assert_ptr_nonnull(strstr(text.at, "r12 = count 2 3 r6*2 r7*1  # "));
  TEST_END(arena);
}
END_TEST

START_TEST(image_dumps_every_record) {
  TEST_ARENA(arena);
  Image image;
  Buffer out = {.arena = &arena};
  read_fine(&arena, sample_bytes(&arena, true), &image);
  image_dump(&out, &image);
  buffer_put_char(&out, '\0');
  for (uint32_t list = 0; list < LIST_COUNT; list++) {
    Text last = text_format(&arena, "%s[%u] ", image_lists[list].name,
                            image_items(&image, (ListId)list).count - 1);

    ck_assert_ptr_nonnull(strstr(out.at, last.at));
  }
  ck_assert_ptr_nonnull(strstr(out.at, "name=\"riverside-gifts\""));
  ck_assert_ptr_nonnull(strstr(out.at, "policy riverside-gifts\\u{"));
  TEST_END(arena);
}
END_TEST

static void check_files(const Image *whole, const Image *lean) {
  ck_assert_uint_eq(whole->files.count, lean->files.count);
  for (uint32_t i = 0; i < whole->files.count; i++) {
    const File *file = &lean->files.at[i];

    ck_assert(text_equal(image_place_text(whole, whole->files.at[i].name),
                         image_place_text(lean, file->name)));
    ck_assert_uint_eq(image_place_text(lean, file->text).length, 0);
  }
}

static void check_text(Text a, Text b) {
  ck_assert(text_equal(a, b));
  ck_assert(text_is_none(a) == text_is_none(b));
}

static void check_rule(const Image *whole, const LeanImage *lean,
                       const Image *unpacked, uint32_t rule) {
  const Rule *a = &whole->rules.at[rule], *b = &unpacked->rules.at[rule];
  Rule told;
  Place place;

  image_lean_record(lean, LIST_rules, rule, &told);
  check_text(image_text(whole, a->full_name),
             image_lean_words(lean, told.full_name));
  check_text(image_text(whole, a->title), image_lean_words(lean, told.title));
  ck_assert_mem_eq(&a->lines, &told.lines, sizeof a->lines);
  ck_assert_mem_eq(&a->displaces, &b->displaces, sizeof a->displaces);
  ck_assert_mem_eq(&a->duties, &b->duties, sizeof a->duties);
  ck_assert(image_lean_place(lean, rule, &place));
  ck_assert_uint_eq(image_rule_place(whole, rule)->line, place.line);
  ck_assert_uint_eq(image_rule_place(whole, rule)->column, place.column);
  ck_assert((a->condition == NONE) == (b->condition == NONE));
  if (a->condition == NONE) return;
  ck_assert_uint_eq(whole->nodes.at[a->condition].reg,
                    unpacked->nodes.at[b->condition].reg);
}

/* Texts by their words, not their numbers. */
static void check_lists(const Image *whole, const LeanImage *lean,
                        const Image *unpacked) {
  for (uint32_t i = 0; i < whole->lines.count; i++) {
    Line line;

    image_lean_record(lean, LIST_lines, i, &line);
    check_text(image_text(whole, whole->lines.at[i].text),
               image_lean_words(lean, line.text));
    ck_assert_uint_eq(whole->lines.at[i].fact, line.fact);
  }
  for (uint32_t i = 0; i < whole->duties.count; i++) {
    Duty duty;

    image_lean_record(lean, LIST_duties, i, &duty);
    check_text(image_text(whole, whole->duties.at[i].text),
               image_lean_words(lean, duty.text));
    ck_assert(whole->duties.at[i].amount == duty.amount);
    ck_assert(whole->duties.at[i].amount == unpacked->duties.at[i].amount);
  }
  for (uint32_t i = 0; i < whole->cuts.count; i++)
    ck_assert(whole->cuts.at[i].value == unpacked->cuts.at[i].value);
  ck_assert_uint_eq(whole->facts.count, unpacked->facts.count);
  for (uint32_t i = 0; i < whole->facts.count; i++)
    check_text(image_text(whole, whole->facts.at[i].question),
               image_text(unpacked, unpacked->facts.at[i].question));
}

/* What is unpacked without texts is as it was. */
static void check_unpacked(const Image *whole, const Image *unpacked) {
  static const ListId same[] = {LIST_tests, LIST_intervals, LIST_members,
                                LIST_links};

  for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
    Items a = image_items(whole, same[i]), b = image_items(unpacked, same[i]);

    ck_assert_uint_gt(a.count, 0);
    ck_assert_uint_eq(a.count, b.count);
    ck_assert_mem_eq(a.at, b.at, a.count * image_lists[same[i]].size);
  }
  ck_assert_uint_eq(whole->code.count, unpacked->code.count);
  ck_assert_mem_eq(whole->code.at, unpacked->code.at, whole->code.count * 4);
  ck_assert_mem_eq(&whole->order, &unpacked->order, sizeof whole->order);
}

/* It says the same, and rests on nothing of the bytes. */
START_TEST(image_read_lean_borrows_nothing) {
  TEST_ARENA(arena);
  Text bytes = sample_bytes(&arena, true);
  char *copy = arena_make(&arena, bytes.length);
  ImageFault fault;
  Image whole, unpacked;
  LeanImage lean;
  read_fine(&arena, bytes, &whole);
  memcpy(copy, bytes.at, bytes.length);
  ck_assert(image_read_lean(&arena, (Text){copy, bytes.length}, &lean,
                            &fault));
  memset(copy, 0xFF, bytes.length);
  image_lean_unpack(&arena, &lean, &unpacked);
  ck_assert_mem_eq(whole.hash, unpacked.hash, sizeof whole.hash);
  check_files(&whole, &lean.image);
  check_lists(&whole, &lean, &unpacked);
  check_unpacked(&whole, &unpacked);
  for (uint32_t i = 0; i < whole.rules.count; i++)
    check_rule(&whole, &lean, &unpacked, i);
  ck_assert_ptr_nonnull(image_node_place(&whole, 0));
  ck_assert_ptr_null(image_node_place(&unpacked, 0));
  TEST_END(arena);
}
END_TEST

START_TEST(image_read_lean_without_places) {
  TEST_ARENA(arena);
  ImageFault fault;
  LeanImage lean;
  Place place;
  ck_assert(image_read_lean(&arena, sample_bytes(&arena, false), &lean,
                            &fault));
  ck_assert(!image_lean_place(&lean, 0, &place));
  ck_assert_ptr_null(image_fact_place(&lean.image, 0));
  TEST_END(arena);
}
END_TEST

static void write_and_read(Arena *arena, void *context) {
  ImageFault fault;
  Image image;
  LeanImage lean;

  (void)context;
  ck_assert(image_read(arena, sample_bytes(arena, true), &image, &fault));
  ck_assert(image_read_lean(arena, sample_bytes(arena, true), &lean, &fault));
}

START_TEST(image_without_memory) {
  ck_assert_uint_gt(test_scarce(write_and_read, NULL), 3);
}
END_TEST

Suite *suite_image_file(void) {
  const TTest *tests[] = {image_comes_back_the_same, image_keeps_every_record,
                          image_keeps_wide_numbers,
                          image_keeps_equal_records,
                          image_hash_ignores_places,
                          image_hash_sees_the_meaning,
                          image_leaves_empty_sections_out,
                          image_texts_and_none,      image_places,
                          image_disassembles,        image_dumps_every_record,
                          image_read_lean_borrows_nothing,
                          image_read_lean_without_places,
                          image_without_memory};

  return TEST_SUITE("image file", tests);
}
