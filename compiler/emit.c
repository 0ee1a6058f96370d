/* Conditions as nodes and code.  Equal tests and equal instructions are emitted
 * once, so equal conditions share a register. */
#include "compiler/emit.h"

#include <assert.h>
#include <stdlib.h>

#include "runtime/opcode.h"

uint32_t emit_text(Emit *emit, Text text) {
  uint32_t number = NONE;
  emit_text_later(emit, text, &number);
  emit_late_texts(emit);
  return number;
}

void emit_text_later(Emit *emit, Text text, uint32_t *number) {
  *number = NONE;
  if (text_is_none(text)) return;
  if (emit->late_count == LATE_MOST) emit_late_texts(emit);
  emit->late[emit->late_count++] =
      (LateText){text, table_hash(&emit->texts, text), number};
}

void emit_late_texts(Emit *emit) {
  for (uint32_t i = 0; i < emit->late_count; i++) {
    const LateText *late = &emit->late[i];
    *late->number = emit->texts.entries.count;
    table_enter_hashed(&emit->texts, late->text, late->hash, late->number);
  }
  emit->late_count = 0;
}

/* ------------------------------------------------------------ instructions */

/* An empty list; there is only one at a time. */
static WordsList *begin_words(Emit *emit) {
  emit->words.count = 0;
  return &emit->words;
}

/* True if such an instruction, or test, is new, which will have the next
 * register; else *reg is set to that of the old one. */
static bool enter_words(Emit *emit, const WordsList *words, uint32_t *reg) {
  Text key = {(const char *)words->at,
              (uint32_t)(words->count * sizeof *words->at)};
  *reg = emit->registers;
  return table_enter_copy(&emit->instructions, key, reg);
}

/* Writes an instruction and returns its register.  `words` is the instruction
 * without the register that it writes. */
static uint32_t put_instruction(Emit *emit, const WordsList *words) {
  uint32_t reg = emit->registers;
  VEC_PUSH(emit->arena, &emit->image->code, words->at[0]);
  VEC_PUSH(emit->arena, &emit->image->code, reg);
  for (uint32_t i = 1; i < words->count; i++)
    VEC_PUSH(emit->arena, &emit->image->code, words->at[i]);
  emit->registers++;
  return reg;
}

/* The register that holds what an instruction gives. */
static uint32_t instruct(Emit *emit, const WordsList *words) {
  uint32_t reg;
  if (!enter_words(emit, words, &reg)) return reg;
  return put_instruction(emit, words);
}

static WordsList *words_of_two(Emit *emit, uint32_t opcode, uint32_t operand) {
  WordsList *words = begin_words(emit);
  VEC_PUSH(emit->arena, words, opcode);
  VEC_PUSH(emit->arena, words, operand);
  return words;
}

static int compare_weighed(const void *a, const void *b) {
  const Weighed *x = a;
  const Weighed *y = b;
  if (x->reg != y->reg) return x->reg < y->reg ? -1 : 1;
  return (x->weight > y->weight) - (x->weight < y->weight);
}

#define FEW 16 /* parts that are sorted by insertion */

static void sort_weighed(Weighed *parts, uint32_t count) {
  if (count > FEW) {
    qsort(parts, count, sizeof *parts, compare_weighed);
    return;
  }
  for (uint32_t i = 1; i < count; i++) {
    Weighed part = parts[i];
    uint32_t to = i;
    for (; to > 0 && compare_weighed(&parts[to - 1], &part) > 0; to--)
      parts[to] = parts[to - 1];
    parts[to] = part;
  }
}

/* All or any of the parts, each register once. */
static uint32_t instruct_many(Emit *emit, uint32_t opcode, Weighed *parts,
                              uint32_t count) {
  WordsList *words = begin_words(emit);
  sort_weighed(parts, count);
  VEC_PUSH(emit->arena, words, opcode);
  VEC_PUSH(emit->arena, words, 0);
  for (uint32_t i = 0; i < count; i++)
    if (i == 0 || parts[i].reg != parts[i - 1].reg)
      VEC_PUSH(emit->arena, words, parts[i].reg);
  words->at[1] = words->count - 2;
  if (words->count == 3) return words->at[2];
  return instruct(emit, words);
}

static uint32_t instruct_count(Emit *emit, Sums sums, Weighed *parts,
                               uint32_t count) {
  WordsList *words = begin_words(emit);
  sort_weighed(parts, count);
  VEC_PUSH(emit->arena, words, OP_COUNT);
  VEC_PUSH(emit->arena, words, sums.from);
  VEC_PUSH(emit->arena, words, sums.to);
  VEC_PUSH(emit->arena, words, count);
  for (uint32_t i = 0; i < count; i++) {
    VEC_PUSH(emit->arena, words, parts[i].reg);
    VEC_PUSH(emit->arena, words, parts[i].weight);
  }
  return instruct(emit, words);
}

static uint32_t instruct_not(Emit *emit, uint32_t reg) {
  return instruct(emit, words_of_two(emit, OP_NOT, reg));
}

/* From `from` to `to` of parts that each count 1. */
static uint32_t instruct_number(Emit *emit, Sums sums, Weighed *parts,
                                uint32_t count) {
  if (sums.from == count) return instruct_many(emit, OP_ALL, parts, count);
  if (sums.from == 1 && sums.to == count)
    return instruct_many(emit, OP_ANY, parts, count);
  if (sums.from == 0 && sums.to == 0)
    return instruct_not(emit, instruct_many(emit, OP_ANY, parts, count));
  return instruct_count(emit, sums, parts, count);
}

/* ------------------------------------------------------------------- tests */

/* The register of the test of these words: OP_TEST, which tells them from those
 * of instructions, the variable, and the cuts. */
static uint32_t emit_test(Emit *emit, uint32_t variable,
                          const WordsList *words) {
  Image *image = emit->image;
  uint32_t number = image->tests.count, reg;
  if (!enter_words(emit, words, &reg)) return reg;
  Test *test = VEC_ADD(emit->arena, &image->tests);
  test->variable = variable;
  test->intervals = (Range){image->intervals.count, words->count / 2 - 1};
  for (uint32_t i = 2; i < words->count; i += 2) {
    Interval interval = {words->at[i], words->at[i + 1]};
    VEC_PUSH(emit->arena, &image->intervals, interval);
  }
  return put_instruction(emit, words_of_two(emit, OP_TEST, number));
}

static uint32_t emit_stretches(Emit *emit, uint32_t variable,
                               const Stretch *stretches, uint32_t count) {
  WordsList *words = words_of_two(emit, OP_TEST, variable);
  for (uint32_t i = 0; i < count; i++) {
    VEC_PUSH(emit->arena, words,
             cut_grid_cut(emit->grid, variable, stretches[i].from));
    VEC_PUSH(emit->arena, words,
             cut_grid_cut(emit->grid, variable, stretches[i].to));
  }
  return emit_test(emit, variable, words);
}

/* Room for the parts of an instruction; there is only one at a time. */
static Weighed *begin_parts(Emit *emit, uint32_t count) {
  VEC_RESERVE(emit->arena, &emit->parts, count);
  return emit->parts.at;
}

static uint32_t emit_members(Emit *emit, const Term *term) {
  Stretch holds = {EDGE_BELOW(1), EDGE_END};
  Weighed *parts = begin_parts(emit, term->count);
  for (uint32_t i = 0; i < term->count; i++) {
    uint32_t variable =
        cut_grid_member(emit->grid, term->key.fact, term->members[i]);
    parts[i].reg = emit_stretches(emit, variable, &holds, 1);
    parts[i].weight = 1;
  }
  return instruct_number(emit, (Sums){term->from, term->to}, parts,
                         term->count);
}

static uint32_t emit_signs(Emit *emit, const Term *term) {
  const CheckedNamed *named = &emit->checked->named.at[term->named];
  const NamedCode *code = &emit->named[term->named];
  Weighed *sums = ARENA_ARRAY(emit->arena, term->count, Weighed);
  for (uint32_t s = 0; s < term->count; s++) {
    Weighed *parts = begin_parts(emit, named->part_count);
    for (uint32_t i = 0; i < named->part_count; i++)
      parts[i] = (Weighed){code->registers[i], named->weights[i]};
    sums[s].reg =
        instruct_count(emit, term->sums[s], parts, named->part_count);
  }
  return instruct_many(emit, OP_ANY, sums, term->count);
}

/* ------------------------------------------------------------------- nodes */

static NodeOp node_op(TermKind kind) {
  switch (kind) {
    case TERM_AND: return NODE_AND;
    case TERM_OR: return NODE_OR;
    case TERM_NOT: return NODE_NOT;
    case TERM_COUNT: return NODE_COUNT;
    case TERM_DEFINE: return NODE_DEFINE;
    case TERM_SIGNS: return NODE_SIGNS;
    case TERM_NOTHING:
    case TERM_TEST:
    case TERM_MEMBERS: break;
  }
  return NODE_TEST;
}

/* Its parts will be added when its turn comes.  The list of nodes does not
 * move, since numbers of texts are still to be set in it. */
static void add_node(Emit *emit, const Term *term) {
  assert(emit->image->nodes.count < emit->image->nodes.room);
  Node *node = VEC_ADD(emit->arena, &emit->image->nodes);
  *node = (Node){.op = node_op(term->kind), .fact = NONE, .with = NONE,
                 .named = NONE};
  emit_text_later(emit,
                  node_has_words((NodeOp)node->op)
                      ? emit_words(emit, term->span)
                      : TEXT_NONE,
                  &node->text);
  if (node->op == NODE_TEST) {
    node->fact = term->key.fact;
    node->with = term->key.with;
  }
  if (node->op == NODE_DEFINE || node->op == NODE_SIGNS)
    node->named = term->named;
  emit_place(emit, emit->node_places + emit->image->nodes.count - 1,
             term->span);
  VEC_PUSH(emit->arena, &emit->queue, term);
}

/* The registers of a node's parts, which are known. */
static Weighed *part_registers(Emit *emit, const Node *node) {
  Weighed *parts = begin_parts(emit, node->parts.count);
  for (uint32_t i = 0; i < node->parts.count; i++) {
    parts[i].reg = emit->image->nodes.at[node->parts.first + i].reg;
    parts[i].weight = 1;
  }
  return parts;
}

static uint32_t emit_whole(Emit *emit, const Term *term, const Node *node) {
  uint32_t count = node->parts.count;
  Weighed *parts = part_registers(emit, node);
  if (term->kind == TERM_AND)
    return instruct_many(emit, OP_ALL, parts, count);
  if (term->kind == TERM_OR)
    return instruct_many(emit, OP_ANY, parts, count);
  if (term->kind == TERM_NOT)
    return instruct_not(emit, parts[0].reg);
  return instruct_number(emit, (Sums){term->from, term->to}, parts, count);
}

static uint32_t emit_term(Emit *emit, const Term *term, const Node *node) {
  switch (term->kind) {
    case TERM_TEST:
      return emit_stretches(emit, cut_grid_variable(emit->grid, &term->key),
                            term->stretches, term->count);
    case TERM_MEMBERS: return emit_members(emit, term);
    case TERM_DEFINE: return emit->named[term->named].registers[0];
    case TERM_SIGNS: return emit_signs(emit, term);
    case TERM_NOTHING:
    case TERM_AND:
    case TERM_OR:
    case TERM_NOT:
    case TERM_COUNT: break;
  }
  return emit_whole(emit, term, node);
}

Range emit_terms(Emit *emit, const Term *terms, uint32_t count) {
  Image *image = emit->image;
  Range roots = {image->nodes.count, count};
  emit->queue.count = 0;
  for (uint32_t i = 0; i < count; i++) add_node(emit, &terms[i]);
  for (uint32_t done = 0; done < emit->queue.count; done++) {
    const Term *term = emit->queue.at[done];
    Range parts = {image->nodes.count, term->part_count};
    if (parts.count == 0) parts.first = 0;
    image->nodes.at[roots.first + done].parts = parts;
    for (uint32_t i = 0; i < term->part_count; i++)
      add_node(emit, &term->parts[i]);
  }
  /* Parts come after their whole, so from the end they are known first. */
  for (uint32_t i = emit->queue.count; i > 0; i--) {
    Node *node = &image->nodes.at[roots.first + i - 1];
    node->reg = emit_term(emit, emit->queue.at[i - 1], node);
  }
  return roots;
}
