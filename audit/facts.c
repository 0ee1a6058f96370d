/* Facts and values that can never matter, in any boundary. */
#include "audit/audit.h"
#include "audit/words.h"

/* Marks the parts; true if one was not marked before. */
static bool mark_parts(Range parts, uint8_t *marked) {
  bool more = false;
  for (uint32_t i = parts.first; i < parts.first + parts.count; i++) {
    more |= !marked[i];
    marked[i] = 1;
  }
  return more;
}

/* Marks the nodes that a rule's condition has, those of the defines and signs
 * that it names included. */
static void mark_nodes(const Image *image, uint8_t *marked) {
  for (uint32_t i = 0; i < image->rules.count; i++)
    if (image->rules.at[i].condition != NONE)
      marked[image->rules.at[i].condition] = 1;
  for (bool more = true; more;) {
    more = false;
    for (uint32_t i = 0; i < image->nodes.count; i++) {
      const Node *node = &image->nodes.at[i];
      if (!marked[i]) continue;
      more |= mark_parts(node->parts, marked);
      if (node->named != NONE)
        more |= mark_parts(image->named.at[node->named].parts, marked);
    }
  }
}

/* Marks the facts that some rule's condition, who or factor to weigh names. */
static void mark_read(Arena *arena, const Image *image, uint8_t *read) {
  uint8_t *marked = ARENA_ARRAY(arena, image->nodes.count + 1, uint8_t);
  mark_nodes(image, marked);
  for (uint32_t i = 0; i < image->nodes.count; i++) {
    const Node *node = &image->nodes.at[i];
    if (!marked[i]) continue;
    if (node->fact != NONE) read[node->fact] = 1;
    if (node->with != NONE) read[node->with] = 1;
  }
  for (uint32_t i = 0; i < image->members.count; i++)
    read[image->members.at[i].fact] = 1;
  for (uint32_t i = 0; i < image->lines.count; i++)
    if (image->lines.at[i].fact != NONE) read[image->lines.at[i].fact] = 1;
}

/* Marks the tests of rules, defines and signs: not those of promises alone. */
static uint8_t *mark_tests(Arena *arena, const Image *image) {
  uint8_t *tests = ARENA_ARRAY(arena, image->tests.count + 1, uint8_t);
  uint8_t *wanted =
      ARENA_ARRAY(arena, image->policy.at[0].registers + 1, uint8_t);
  Program program;
  for (uint32_t i = 0; i < image->rules.count; i++)
    if (image->rules.at[i].condition != NONE)
      wanted[image->nodes.at[image->rules.at[i].condition].reg] = 1;
  for (uint32_t i = 0; i < image->named.count; i++) {
    Range parts = image->named.at[i].parts;
    for (uint32_t k = 0; k < parts.count; k++)
      wanted[image->nodes.at[parts.first + k].reg] = 1;
  }
  program_make(arena, image, wanted, &program);
  for (uint32_t i = 0; i < program.count; i++) {
    uint32_t test =
        instruction_test(image->code.at + program.instructions[i]);
    if (test != NONE) tests[test] = 1;
  }
  return tests;
}

static void tell_unused(Audit *audit, uint32_t fact) {
  Finding *finding = audit_find(audit, FINDING_UNUSED_FACT, NONE);
  Text name = words_fact(audit->arena, audit->image, fact);
  VEC_PUSH(audit->arena, &finding->facts, fact);
  audit_name(audit, finding, name);
  finding->place = image_fact_place(audit->image, fact);
  finding->message = text_format(audit->arena, "No rule reads `%.*s`.",
                                 TEXT_ARG(name));
  finding->help = TEXT("Leave it out, or write the rule that was meant.");
}

/* Values of a choice that no test tells from each other: those in the same
 * cells of every test. */
static void check_values(Audit *audit, const Grid *grid,
                         const uint8_t *tests, uint32_t index) {
  const Image *image = audit->image;
  const Fact *fact = &image->facts.at[index];
  uint32_t variable = fact->variables.first, count = fact->values.count;
  uint32_t *first = ARENA_ARRAY(audit->arena, count + 1, uint32_t);
  bool any = false, tested = false;
  for (uint32_t v = 0; v < count; v++) {
    first[v] = v;
    for (uint32_t w = 0; w < v && first[v] == v; w++) {
      bool same = first[w] == w;
      for (uint32_t t = 0; t < image->tests.count && same; t++) {
        if (image->tests.at[t].variable != variable || !tests[t]) continue;
        const uint64_t *mask = grid->masks + grid->mask_at[t];
        tested = true;
        same = (mask[v / 64] >> (v % 64) & 1) == (mask[w / 64] >> (w % 64) & 1);
      }
      if (same) {
        first[v] = w;
        any = true;
      }
    }
  }
  if (!any || !tested) return;
  Buffer out = {.arena = audit->arena};
  for (uint32_t v = 0; v < count; v++) {
    uint32_t others = 0;
    for (uint32_t w = v + 1; w < count && first[v] == v; w++)
      others += first[w] == v;
    if (!others) continue;
    if (out.length) buffer_put_c(&out, "; ");
    situation_put_value(&out, image, fact, fact->type, v);
    for (uint32_t w = v + 1; w < count; w++)
      if (first[w] == v) {
        buffer_put_c(&out, ", ");
        situation_put_value(&out, image, fact, fact->type, w);
      }
  }
  Finding *finding = audit_find(audit, FINDING_IDLE_VALUES, NONE);
  Text name = words_fact(audit->arena, image, index);
  VEC_PUSH(audit->arena, &finding->facts, index);
  audit_name(audit, finding, name);
  finding->place = image_fact_place(image, index);
  finding->message = text_format(
      audit->arena, "No rule tells these values of `%.*s` apart: %.*s.",
      TEXT_ARG(name), TEXT_ARG(buffer_text(&out)));
}

void audit_facts(Audit *audit) {
  const Image *image = audit->image;
  Grid grid;
  uint8_t *read = ARENA_ARRAY(audit->arena, image->facts.count + 1, uint8_t);
  const uint8_t *tests = mark_tests(audit->arena, image);
  mark_read(audit->arena, image, read);
  grid_bind(audit->arena, image, audit->options.today, &grid);
  for (uint32_t i = 0; i < image->facts.count; i++) {
    uint32_t type = image->facts.at[i].type;
    if (!read[i])
      tell_unused(audit, i);
    else if (type == TYPE_CHOICE || type == TYPE_SCALE)
      check_values(audit, &grid, tests, i);
  }
}
