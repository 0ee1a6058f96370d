/* Each kind of fault: one word of a sound image is changed before it is
 * written, and reading must refuse it at the right place. */
#include <string.h>
#include "image_suites.h"
#include "runtime/image_lean.h"
#include "sample_image.h"

typedef struct Fault {
  const char *name;
  ListId list;
  uint32_t index, word, value;
  /* Where the fault is seen, if not where the change is. */
  bool elsewhere;
  ListId seen_list;
  uint32_t seen_index, seen_word;
} Fault;

#define AT(Type, list, index, field, value)                          \
  {#Type " " #index " " #field " = " #value, LIST_##list, index,     \
   Type##_##field, (uint32_t)(value), false, LIST_policy, 0, 0},
#define SEEN(Type, list, index, field, value, Seen, seen, at, seen_field) \
  {#Type " " #index " " #field " = " #value, LIST_##list, index,          \
   Type##_##field, (uint32_t)(value), true, LIST_##seen, at,              \
   Seen##_##seen_field},

/* Fields for themselves: texts, links, numbers, days, flags. */
static const Fault field_faults[] = {
  AT(Policy, policy, 0, name, 9999)
  AT(Policy, policy, 0, name, NONE)
  AT(Policy, policy, 0, owner, 9999)
  AT(Policy, policy, 0, layer, LAYER_COUNT)
  AT(Policy, policy, 0, next_review, DAY_LAST + 1)
  AT(Policy, policy, 0, next_review, -1)
  AT(Policy, policy, 0, registers, REGISTERS_MOST + 1)
  AT(Fact, facts, 1, fixed, 2)
  AT(Fact, facts, 1, dimension, DIMENSION_COUNT)
  AT(Fact, facts, 2, values, 9999)
  SEEN(Fact, facts, 2, values_count, NONE, Fact, facts, 2, values)
  AT(Variable, variables, 0, fact, SAMPLE_FACTS)
  AT(Variable, variables, 0, member, 64)
  AT(Interval, intervals, 0, from, 9999)
  AT(Node, nodes, 0, reg, 14)
  AT(Rule, rules, 0, boundary, 2)
  AT(Link, links, 0, rule, SAMPLE_RULES)
  AT(Number, numbers, 0, number, 1001)
  AT(Promise, promises, 0, kind, PROMISE_KIND_COUNT)
  AT(Promise, promises, 0, title, 9999)
  AT(Promise, promises, 0, condition, 9999)
  AT(Scope, scopes, 0, boundary, 2)
  AT(Assume, assumes, 0, condition, NONE)
  AT(Place, places, 0, file, 1)
  AT(File, files, 0, name, 2)
};

/* Facts, variables, cuts and tests. */
static const Fault grid_faults[] = {
  SEEN(Fact, facts, SAMPLE_REFUSABLE, values_count, 1,
       Fact, facts, 2, values)
  AT(Fact, facts, SAMPLE_VALUE, currency, CURRENCY_NONE)
  AT(Fact, facts, SAMPLE_GIFT, currency, GBP)
  AT(Fact, facts, SAMPLE_TOGETHER, unit, UNIT_NONE)
  AT(Fact, facts, SAMPLE_BEFORE, item, TYPE_SET)
  AT(Fact, facts, SAMPLE_GIFT, item, TYPE_MONEY)
  AT(Fact, facts, SAMPLE_GIFT, who_agree, 1)
  AT(Fact, facts, SAMPLE_GIFT, may_be_ahead, 1)
  SEEN(Fact, facts, SAMPLE_VALUE, dimension, SUPPORT,
       Fact, facts, SAMPLE_VALUE, type)
  AT(Fact, facts, SAMPLE_VALUE, step, 0)
  AT(Fact, facts, SAMPLE_VALUE, step, 3)
  SEEN(Fact, facts, SAMPLE_VALUE, low_high, 0x80000000,
       Fact, facts, SAMPLE_VALUE, low)
  SEEN(Fact, facts, SAMPLE_VALUE, high_high, 0x7FFFFFFF,
       Fact, facts, SAMPLE_VALUE, high)
  SEEN(Fact, facts, SAMPLE_VALUE, high_high, 0xFFFFFFFF,
       Fact, facts, SAMPLE_VALUE, high)
  SEEN(Fact, facts, SAMPLE_TOGETHER, type, TYPE_SET,
       Fact, facts, SAMPLE_TOGETHER, values_count)
  AT(Variable, variables, 0, fact, 1)
  AT(Variable, variables, 0, member, 1)
  SEEN(Variable, variables, 0, window, WINDOW_DAYS,
       Variable, variables, 0, aggregate)
  SEEN(Variable, variables, 0, with, 1, Variable, variables, 0, aggregate)
  AT(Variable, variables, 7, length, 0)
  AT(Variable, variables, 7, with, SAMPLE_SCORE)
  AT(Variable, variables, 7, with, SAMPLE_TOGETHER)
  AT(Variable, variables, 8, with, SAMPLE_VALUE)
  AT(Variable, variables, 10, member, 1)
  AT(Variable, variables, 11, member, 0)
  AT(Cut, cuts, 0, value, 0)
  AT(Cut, cuts, 1, value, 1)
  AT(Cut, cuts, 1, value, 3)
  AT(Cut, cuts, 0, base, CUT_DAYS_AGO)
  AT(Cut, cuts, 5, value, 1000000)
  SEEN(Cut, cuts, 5, value_high, 0x80000000, Cut, cuts, 5, value)
  SEEN(Cut, cuts, 10, base, CUT_VALUE, Cut, cuts, 10, value)
  AT(Cut, cuts, 11, value, DAY_LAST + 1)
  SEEN(Test, tests, 0, variable, 1, Interval, intervals, 0, from)
  SEEN(Interval, intervals, 5, to, 9, Interval, intervals, 5, to)
  SEEN(Interval, intervals, 6, from, 7, Interval, intervals, 6, to)
};

/* Conditions and names. */
static const Fault node_faults[] = {
  AT(Node, nodes, 0, fact, NONE)
  AT(Node, nodes, 0, text, NONE)
  AT(Node, nodes, 3, text, 0)
  AT(Node, nodes, 0, with, SAMPLE_VALUE)
  AT(Node, nodes, 0, named, 0)
  AT(Node, nodes, 3, fact, 0)
  SEEN(Node, nodes, 0, op, NODE_NOT, Node, nodes, 0, fact)
  SEEN(Node, nodes, 3, op, NODE_NOT, Node, nodes, 3, parts_count)
  AT(Node, nodes, 3, parts_count, 1)
  AT(Node, nodes, 3, parts, 2)
  SEEN(Node, nodes, 3, parts, 5, Node, nodes, 6, op)
  SEEN(Node, nodes, 10, named, 1, Node, nodes, 10, named)
  SEEN(Node, nodes, 10, op, NODE_SIGNS, Node, nodes, 10, named)
  SEEN(Named, named, 0, signs, 1, Named, named, 0, weights_count)
  SEEN(Named, named, 0, parts, 1, Node, nodes, 1, op)
  SEEN(Named, named, 1, parts_count, 1, Named, named, 1, weights_count)
  SEEN(Rule, rules, SAMPLE_SMALL, condition, NONE, Node, nodes, 3, op)
  SEEN(Rule, rules, SAMPLE_SMALL, condition, 0, Node, nodes, 0, op)
  SEEN(Promise, promises, 0, condition, NONE, Node, nodes, 18, op)
  SEEN(Promise, promises, 0, condition, 0, Node, nodes, 0, op)
  SEEN(Promise, promises, 1, condition, 19, Node, nodes, 19, op)
  SEEN(Assume, assumes, 0, condition, 18, Node, nodes, 18, op)
};

/* Rules, duties, order and examples. */
static const Fault rule_faults[] = {
  AT(Rule, rules, SAMPLE_SMALL, finding, NEVER)
  AT(Rule, rules, SAMPLE_TAKE, finding, HOLD)
  AT(Rule, rules, SAMPLE_LONELY, finding, CARE)
  AT(Rule, rules, SAMPLE_OTHERWISE, finding, SILENT)
  AT(Rule, rules, SAMPLE_OTHERWISE, boundary, NONE)
  AT(Rule, rules, SAMPLE_OTHERWISE, from, 5)
  AT(Rule, rules, SAMPLE_DANGER, boundary, 0)
  AT(Rule, rules, SAMPLE_APOLOGISE, boundary, 0)
  AT(Rule, rules, SAMPLE_SMALL, unless_agreed, 1)
  SEEN(Rule, rules, SAMPLE_SMALL, finding, CONSULT,
       Rule, rules, SAMPLE_SMALL, who_count)
  AT(Rule, rules, SAMPLE_FAREWELL, need_number, 3)
  AT(Rule, rules, SAMPLE_FAREWELL, need_number, 0)
  SEEN(Rule, rules, SAMPLE_LARGE, kind, RULE_EXCEPTION,
       Rule, rules, SAMPLE_LARGE, displaces_count)
  SEEN(Rule, rules, SAMPLE_FAREWELL, kind, RULE,
       Rule, rules, SAMPLE_FAREWELL, displaces_count)
  SEEN(Rule, rules, SAMPLE_FAREWELL, layer, LAYER_TEAM,
       Link, links, 0, rule)
  AT(Link, links, 0, rule, SAMPLE_TAKE)
  AT(Link, links, 0, rule, SAMPLE_LONELY)
  AT(Link, links, 0, rule, SAMPLE_OTHERWISE)
  AT(Link, links, 0, rule, SAMPLE_DANGER)
  AT(Link, links, 0, rule, SAMPLE_APOLOGISE)
  AT(Link, links, 0, rule, SAMPLE_FAREWELL)
  SEEN(Link, links, 2, rule, SAMPLE_FAREWELL, Link, links, 2, rule)
  SEEN(Rule, rules, SAMPLE_FAREWELL, boundary, NONE, Link, links, 0, rule)
  AT(Member, members, 0, fact, SAMPLE_CONSULTED)
  AT(Member, members, 1, fact, SAMPLE_GIFT)
  AT(Member, members, 1, value, 2)
  AT(Line, lines, 0, kind, LINE_ACT)
  AT(Line, lines, 0, fact, 1)
  AT(Duty, duties, 0, rule, 1)
  AT(Duty, duties, 0, unit, UNIT_NONE)
  AT(Duty, duties, 0, amount, 0)
  AT(Duty, duties, 1, amount, 5)
  SEEN(Duty, duties, 0, amount_high, 0x80000000, Duty, duties, 0, amount)
  AT(Example, examples, 0, day, DAY_NONE)
  SEEN(GivenFact, givens, 0, fact, SAMPLE_AGREED, GivenSpan, spans, 0, high)
  AT(GivenSpan, spans, 0, high, 3)
  SEEN(GivenSpan, spans, 0, low_high, 0x80000000, GivenSpan, spans, 0, low)
  AT(GivenSpan, spans, 0, day, 4)
  AT(GivenSpan, spans, 1, high, 700)
  AT(GivenSpan, spans, 2, high, 0)
  AT(GivenSpan, spans, 3, day, 0)
  AT(GivenSpan, spans, 3, day, 740001)
  AT(Expect, expects, 1, rule, NONE)
  AT(Expect, expects, 0, rule, 0)
  AT(Expect, expects, 2, tag, NONE)
  AT(Promise, promises, 0, verdict, SILENT)
  AT(Promise, promises, 1, verdict, HOLD)
  SEEN(Promise, promises, 0, kind, PROMISE_MAY_HARM,
       Promise, promises, 0, verdict)
  AT(Promise, promises, 0, tag, 0)
  AT(Promise, promises, 1, tag, NONE)
  AT(Scope, scopes, 1, boundary, 0)
};

/* Lists that belong to their owners piece by piece. */
static const Fault tile_faults[] = {
  AT(Rule, rules, SAMPLE_LARGE, lines, 1)
  SEEN(Rule, rules, SAMPLE_APOLOGISE, lines_count, 0,
       Line, lines, 8, kind)
  SEEN(Rule, rules, SAMPLE_FAREWELL, displaces_count, 0,
       Link, links, 0, rule)
  SEEN(Rule, rules, SAMPLE_FAREWELL, displaces_count, 2,
       Link, links, 2, rule)
  AT(Fact, facts, 1, variables, 0)
  AT(Variable, variables, 1, cuts, 1)
  AT(Test, tests, 3, intervals, 0)
  SEEN(SourceWork, sources, 0, clauses_count, 0,
       ClauseWords, clauses, 0, key)
  SEEN(Promise, promises, 1, boundaries_count, 0, Scope, scopes, 2, boundary)
  AT(Promise, promises, 1, boundaries, 0)
};

static void seal(char *bytes, uint32_t length) {
  uint8_t hash[IMAGE_HASH_SIZE], digest[IMAGE_HASH_SIZE];

  image_digest((Text){bytes, length}, hash, digest);
  memcpy(bytes + IMAGE_DIGEST_AT, digest, sizeof digest);
}

/* Changes word `word` of a record. */
static void change(const Image *image, const Fault *fault) {
  const List *list = &image_lists[fault->list];
  Items items = image_items(image, fault->list);
  const Field *field = list->fields;
  uint32_t word = fault->word;
  char *at = items.at + (size_t)fault->index * list->size;
  uint64_t wide;

  for (; word >= image_field_words(field); field++)
    word -= image_field_words(field);
  at += field->at;
  if (field->kind != FIELD_WIDE) {
    memcpy(at + 4 * word, &fault->value, 4);
    return;
  }
  memcpy(&wide, at, sizeof wide);
  wide &= ~(UINT64_C(0xFFFFFFFF) << 32 * word);
  wide |= (uint64_t)fault->value << 32 * word;
  memcpy(at, &wide, sizeof wide);
}

static void check_fault(Arena *arena, const Fault *fault) {
  Buffer out = {.arena = arena};
  ImageFault seen = {0, 0, ""};
  Image image;
  LeanImage lean;
  uint32_t due;

  sample_image(arena, true, &image);
  change(&image, fault);
  image_write(&out, &image);
  Text bytes = buffer_text(&out);
  due = image_record_offset(bytes, fault->list, fault->index, fault->word);
  if (fault->elsewhere)
    due = image_record_offset(bytes, fault->seen_list, fault->seen_index,
                              fault->seen_word);
  if (image_read(arena, bytes, &image, &seen) || seen.offset != due)
    ck_abort_msg("%s: refused at %u (%s), not at %u", fault->name,
                 seen.offset, seen.message, due);
  ck_assert_uint_eq(seen.code, E_IMAGE_UNSOUND);
  if (image_read_lean(arena, bytes, &lean, &seen) || seen.offset != due)
    ck_abort_msg("%s: not so as a lean image", fault->name);
}

static void check_faults(const Fault *faults, size_t count) {
  TEST_ARENA(arena);
  for (size_t i = 0; i < count; i++) check_fault(&arena, &faults[i]);
  TEST_END(arena);
}

#define CHECK(faults) check_faults((faults), sizeof(faults) / sizeof *(faults))

START_TEST(faults_of_fields) {
  CHECK(field_faults);
}
END_TEST

START_TEST(faults_of_the_grid) {
  CHECK(grid_faults);
}
END_TEST

START_TEST(faults_of_conditions) {
  CHECK(node_faults);
}
END_TEST

START_TEST(faults_of_rules) {
  CHECK(rule_faults);
}
END_TEST

START_TEST(faults_of_ownership) {
  CHECK(tile_faults);
}
END_TEST

/* Words of the code, by their place: see add_program of the sample. */
START_TEST(faults_of_code) {
  static const struct {
    uint32_t word, value;
  } changes[] = {
      {0, 0},   {0, 6},    {1, 14},  {2, 99}, {4, 0},           {29, 9},
      {30, 10}, {29, 999}, {35, 13}, {44, 4}, {48, 0x7FFFFFFF}, {52, 1},
      {54, 13}, {53, 5}};
  TEST_ARENA(arena);
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    Buffer out = {.arena = &arena};
    ImageFault fault = {0, 0, ""};
    Image image;
    uint32_t count;

    sample_image(&arena, true, &image);
    count = image.code.count;
    image.code.at[changes[i].word] = changes[i].value;
    image_write(&out, &image);
    if (image_read(&arena, buffer_text(&out), &image, &fault))
      ck_abort_msg("code word %u not refused", changes[i].word);
    ck_assert_uint_ge(fault.offset, image_code_offset(buffer_text(&out), 0));
    ck_assert_uint_le(fault.offset,
                      image_code_offset(buffer_text(&out), count));
  }
  TEST_END(arena);
}
END_TEST

/* -------------------------------------------------------------- the frame */

static void refuse_at(Arena *arena, Text bytes, uint16_t code,
                      uint32_t offset) {
  ImageFault fault = {0, 0, ""};
  Image image;

  ck_assert(!image_read(arena, bytes, &image, &fault));
  ck_assert_uint_eq(fault.code, code);
  ck_assert_uint_eq(fault.offset, offset);
}

static void refuse_byte(Arena *arena, uint32_t at, char value, uint16_t code,
                        uint32_t offset) {
  Text bytes = sample_bytes(arena, true);
  char *changed = arena_make(arena, bytes.length);

  memcpy(changed, bytes.at, bytes.length);
  changed[at] = value;
  refuse_at(arena, (Text){changed, bytes.length}, code, offset);
}

START_TEST(faults_of_the_frame) {
  TEST_ARENA(arena);
  Text bytes = sample_bytes(&arena, true);
  uint32_t entry = IMAGE_HEADER_SIZE + 3 * IMAGE_ENTRY_SIZE;

  refuse_at(&arena, TEXT(""), E_IMAGE_UNSOUND, 0);
  refuse_at(&arena, TEXT("policy x"), E_IMAGE_UNSOUND, 0);
  refuse_at(&arena, (Text){bytes.at, 20}, E_IMAGE_UNSOUND, 20);
  refuse_at(&arena, (Text){bytes.at, 60}, E_IMAGE_UNSOUND, 60);
  refuse_byte(&arena, 0, 'S', E_IMAGE_UNSOUND, 0);
  refuse_byte(&arena, IMAGE_VERSION_AT, IMAGE_VERSION + 1,
              E_IMAGE_VERSION, IMAGE_VERSION_AT);
  refuse_byte(&arena, IMAGE_SECTIONS_AT, 3, E_IMAGE_UNSOUND, IMAGE_SECTIONS_AT);
  refuse_byte(&arena, IMAGE_DIGEST_AT + 9, 3, E_IMAGE_UNSOUND, IMAGE_DIGEST_AT);
  refuse_byte(&arena, entry, 77, E_IMAGE_UNSOUND, entry);
  refuse_byte(&arena, entry + 4, 0, E_IMAGE_UNSOUND, entry + 4);
  refuse_byte(&arena, entry + 11, 0x7F, E_IMAGE_UNSOUND, entry + 8);
  refuse_byte(&arena, bytes.length / 2, 0x55, E_IMAGE_UNSOUND, IMAGE_DIGEST_AT);
  TEST_END(arena);
}
END_TEST

/* A byte of the section of boundaries, with a digest that fits, and where it is
 * refused, counted from the section. */
static void refuse_column(Arena *arena, uint32_t at, char value,
                          uint32_t due) {
  Text bytes = sample_bytes(arena, true);
  char *changed = arena_make(arena, bytes.length);
  uint32_t entry = IMAGE_HEADER_SIZE + IMAGE_ENTRY_SIZE;
  uint32_t start = image_word(bytes.at + entry + 4);

  memcpy(changed, bytes.at, bytes.length);
  changed[start + at] = value;
  seal(changed, bytes.length);
  refuse_at(arena, (Text){changed, bytes.length}, E_IMAGE_UNSOUND,
            start + due);
}

/* Two boundaries: three columns, each of a base, a width and 4 bytes. */
START_TEST(faults_of_columns) {
  static const uint8_t widths[] = {3, 5, 8, 255};
  TEST_ARENA(arena);
  for (size_t i = 0; i < sizeof widths; i++) {
    refuse_column(&arena, 4, (char)widths[i], 4);
    refuse_column(&arena, 16, (char)widths[i], 16);
  }
  refuse_column(&arena, 28, 4, 28); /* wider than the section */
  TEST_END(arena);
}
END_TEST

/* More items than the columns hold, also where none takes a byte. */
START_TEST(faults_of_counts) {
  static const uint32_t counts[] = {COLUMN_BARE_MOST + 1, 0x7FFFFFFF, NONE};
  TEST_ARENA(arena);
  for (uint32_t section = 0; section < IMAGE_SECTIONS; section++)
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
      Text bytes = sample_bytes(&arena, true);
      char *changed = arena_make(&arena, bytes.length);
      uint32_t at = IMAGE_HEADER_SIZE + section * IMAGE_ENTRY_SIZE + 12;
      ImageFault fault = {0, 0, ""};
      Image image;

      memcpy(changed, bytes.at, bytes.length);
      image_put_word(changed + at, counts[i]);
      seal(changed, bytes.length);
      ck_assert(!image_read(&arena, (Text){changed, bytes.length}, &image,
                            &fault));
    }
  TEST_END(arena);
}
END_TEST

/* ------------------------------------------------------ sections left out */

static Text section_of(Text bytes, uint32_t number, uint32_t *items) {
  const char *entry = bytes.at + IMAGE_HEADER_SIZE;
  uint32_t count = image_word(bytes.at + IMAGE_SECTIONS_AT);

  *items = 0;
  for (; count > 0; count--, entry += IMAGE_ENTRY_SIZE) {
    if (image_word(entry) != number) continue;
    *items = image_word(entry + 12);
    return (Text){bytes.at + image_word(entry + 4), image_word(entry + 8)};
  }
  return TEXT("");
}

static void put_entry(char *entry, uint32_t number, uint32_t offset,
                      uint32_t length, uint32_t items) {
  image_put_word(entry, number);
  image_put_word(entry + 4, offset);
  image_put_word(entry + 8, length);
  image_put_word(entry + 12, items);
}

/* A file with the sections of these numbers, up to 0, as `bytes` has them; with
 * nothing in those that it lacks. */
static Text with_sections(Arena *arena, Text bytes, const uint32_t *numbers) {
  char *made = arena_make(arena, bytes.length + 100 * IMAGE_ENTRY_SIZE);
  uint32_t count = 0, at, items;

  while (numbers[count] > 0) count++;
  at = IMAGE_HEADER_SIZE + count * IMAGE_ENTRY_SIZE;
  memcpy(made, bytes.at, IMAGE_HEADER_SIZE);
  image_put_word(made + IMAGE_SECTIONS_AT, count);
  for (uint32_t i = 0; i < count; i++) {
    Text section = section_of(bytes, numbers[i], &items);

    put_entry(made + IMAGE_HEADER_SIZE + i * IMAGE_ENTRY_SIZE, numbers[i], at,
              section.length, items);
    memcpy(made + at, section.at, section.length);
    at += section.length;
  }
  seal(made, at);
  return (Text){made, at};
}

#define FIRST_SECTIONS                                                       \
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, \
      22, 23

START_TEST(faults_of_sections) {
  static const uint32_t all[] = {FIRST_SECTIONS, 24, 25, 26, 50, 51,
                                 101, 102, 103, 0};
  static const uint32_t swapped[] = {FIRST_SECTIONS, 25, 24, 26, 50, 51,
                                     101, 102, 103, 0};
  static const uint32_t no_code[] = {FIRST_SECTIONS, 24, 25, 26, 51, 101, 0};
  static const uint32_t some_places[] = {FIRST_SECTIONS, 24, 25, 26, 50, 51,
                                         101, 102, 0};
  static const uint32_t plain[] = {FIRST_SECTIONS, 50, 51, 0};
  static const uint32_t empty[] = {FIRST_SECTIONS, 24, 50, 51, 0};
  TEST_ARENA(arena);
  Text bytes = sample_bytes(&arena, true);
  uint32_t entry = IMAGE_HEADER_SIZE + 23 * IMAGE_ENTRY_SIZE;

  ck_assert(text_equal(with_sections(&arena, bytes, all), bytes));
  refuse_at(&arena, with_sections(&arena, bytes, swapped), E_IMAGE_UNSOUND,
            entry + IMAGE_ENTRY_SIZE);
  refuse_at(&arena, with_sections(&arena, bytes, no_code), E_IMAGE_UNSOUND,
            entry + 3 * IMAGE_ENTRY_SIZE);
  refuse_at(&arena, with_sections(&arena, bytes, some_places),
            E_IMAGE_UNSOUND, IMAGE_SECTIONS_AT);
  bytes = with_sections(&arena, bytes, plain);
  refuse_at(&arena, with_sections(&arena, bytes, empty), E_IMAGE_UNSOUND,
            entry + 12);
  TEST_END(arena);
}
END_TEST

Suite *suite_image_faults(void) {
  const TTest *tests[] = {faults_of_fields,    faults_of_the_grid,
                          faults_of_conditions, faults_of_rules,
                          faults_of_ownership, faults_of_code,
                          faults_of_columns,   faults_of_counts,
                          faults_of_the_frame, faults_of_sections};

  return TEST_SUITE("image faults", tests);
}
