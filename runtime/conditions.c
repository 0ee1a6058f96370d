#include "runtime/conditions.h"

#include "runtime/machine.h"

/* What is written out at once has at most so many alternatives on a way, parts
 * that wait, and steps on all ways. */
#define ALTERNATIVES_MOST 8
#define WAITING_MOST 32
#define STEPS_MOST 128
_Static_assert(STEPS_MOST <= 2 * ROWS_MOST, "one of many ways takes two steps");

/* A register that is to hold, or to fail. */
typedef uint32_t Part;
#define PART(reg, fails) ((uint32_t)(reg) << 1 | (fails))
_Static_assert(REGISTERS_MOST <= UINT32_MAX / 2, "a part is one number");

typedef struct Reader {
  Arena *scratch;
  const Image *image;
  uint32_t *writes; /* of each register, where it is written */
  Literal *leaves;  /* of each register; NONE: it is no literal */
  uint32_t *seen;   /* of each variable: the last way that tests it */
  uint32_t way;     /* the number of this way, from 1 */
  Conditions *to;
  bool holds;       /* can the tests on the way hold? */
  uint32_t steps;   /* on all ways of a condition */
  uint32_t met;     /* the alternatives on this way, … */
  uint32_t known;   /* … of which so many were met before */
  uint32_t choices[ALTERNATIVES_MOST], parts[ALTERNATIVES_MOST];
  uint32_t waiting;
  Part parts_waiting[WAITING_MOST];
} Reader;

/* ------------------------------------------------------------------- tests */

/* The first cell from `from` on whose bit is not `bit`. */
static uint32_t run_end(const uint64_t *mask, uint32_t cells, uint32_t from,
                        bool bit) {
  uint64_t turned = bit ? UINT64_MAX : 0;
  while (from < cells) {
    uint64_t rest = (mask[from / 64] ^ turned) >> (from % 64);
    if (rest) from += (uint32_t)__builtin_ctzll(rest);
    if (rest) break;
    from = (from / 64 + 1) * 64;
  }
  return from < cells ? from : cells;
}

static TestRun find_run(const Grid *grid, uint32_t test) {
  uint32_t variable = grid->image->tests.at[test].variable;
  uint32_t cells = grid->variables[variable].cells;
  const uint64_t *mask = grid->masks + grid->mask_at[test];
  uint32_t from = run_end(mask, cells, 0, false);
  uint32_t to = run_end(mask, cells, from, true);
  TestCells some = from == cells               ? CELLS_NONE
                   : from == 0 && to == cells ? CELLS_EVERY
                                               : CELLS_SOME;
  return (TestRun){variable, (uint16_t)from, (uint16_t)to, (uint8_t)some,
                   run_end(mask, cells, to, false) < cells};
}

/* What registers are. */
static void find_registers(Reader *reader) {
  uint32_t registers = reader->image->policy.at[0].registers;
  reader->writes = ARENA_ARRAY(reader->scratch, registers + 1, uint32_t);
  reader->leaves = ARENA_ARRAY(reader->scratch, registers + 1, Literal);
  const uint32_t *code = reader->image->code.at;
  uint32_t end = reader->image->code.count, length;
  for (uint32_t at = 0; at < end; at += length) {
    const uint32_t *one = code + at;
    Literal leaf = NONE;
    length = instruction_length(one);
    if (one[0] == OP_TEST) leaf = LITERAL(one[2], 0);
    if (one[0] == OP_NOT && reader->leaves[one[2]] != NONE)
      leaf = reader->leaves[one[2]] ^ 1;
    reader->leaves[one[1]] = leaf;
    reader->writes[one[1]] = at;
  }
}

/* -------------------------------------------------------------------- ways */

/* False if the condition is none to be written out; so below. */
static bool add_literal(Reader *reader, Literal literal) {
  const TestRun *run = &reader->to->runs[literal_test(literal)];
  if (run->cells != CELLS_SOME) {
    reader->holds = (run->cells == CELLS_EVERY) != literal_turned(literal);
    return true;
  }
  if (reader->seen[run->variable] == reader->way) return false;
  reader->seen[run->variable] = reader->way;
  VEC_PUSH(reader->scratch, &reader->to->literals, literal);
  return true;
}

static bool add_part(Reader *reader, uint32_t reg, bool fails) {
  if (reader->waiting == WAITING_MOST) return false;
  reader->parts_waiting[reader->waiting++] = PART(reg, fails);
  return true;
}

/* All of these registers must hold, or fail. */
static bool add_all(Reader *reader, const uint32_t *regs, uint32_t count,
                    bool fail) {
  for (uint32_t i = 0; i < count; i++)
    if (!add_part(reader, regs[i], fail)) return false;
  return true;
}

/* One of them must: the way takes the one that is its turn. */
static bool add_choice(Reader *reader, const uint32_t *regs, uint32_t count,
                       bool fails) {
  uint32_t next = reader->met++;
  reader->holds = count > 0;
  if (count == 0) return true;
  if (next == ALTERNATIVES_MOST) return false;
  if (next == reader->known) {
    reader->parts[next] = count;
    reader->choices[next] = 0;
    reader->known++;
  }
  return add_part(reader, regs[reader->choices[next]], fails);
}

static bool take_part(Reader *reader, Part part) {
  bool fails = part & 1;
  uint32_t reg = part >> 1;
  if (reader->leaves[reg] != NONE)
    return add_literal(reader, reader->leaves[reg] ^ fails);
  const uint32_t *at = reader->image->code.at + reader->writes[reg];
  if (at[0] == OP_NOT) return add_part(reader, at[2], !fails);
  if (at[0] == OP_COUNT) return false;
  if ((at[0] == OP_ALL) != fails)
    return add_all(reader, at + 3, at[2], fails);
  return add_choice(reader, at + 3, at[2], fails);
}

/* Goes one way through a condition; its literals are added. */
static bool go(Reader *reader, uint32_t reg) {
  reader->holds = true;
  reader->met = 0;
  reader->way++;
  reader->parts_waiting[0] = PART(reg, 0);
  reader->waiting = 1;
  while (reader->waiting > 0 && reader->holds) {
    if (reader->steps++ == STEPS_MOST) return false;
    if (!take_part(reader, reader->parts_waiting[--reader->waiting]))
      return false;
  }
  return true;
}

/* Chooses the next way; false if there is none. */
static bool turn(Reader *reader) {
  while (reader->known > 0) {
    uint32_t last = reader->known - 1;
    if (++reader->choices[last] < reader->parts[last]) return true;
    reader->known = last;
  }
  return false;
}

static bool go_all(Reader *reader, uint32_t reg) {
  Conditions *to = reader->to;
  reader->steps = reader->known = 0;
  do {
    uint32_t before = to->literals.count;
    if (!go(reader, reg)) return false;
    if (reader->holds)
      VEC_PUSH(reader->scratch, &to->ends, to->literals.count);
    else
      to->literals.count = before;
  } while (turn(reader));
  return true;
}

/* Writes a condition out; what is none for this leaves nothing behind. */
static Form list_rows(Reader *reader, uint32_t reg) {
  Conditions *to = reader->to;
  uint32_t literals = to->literals.count, rows = to->ends.count;
  if (!go_all(reader, reg)) {
    to->literals.count = literals;
    to->ends.count = rows;
    return FORM_EXPANDED;
  }
  for (uint32_t i = literals; i < to->literals.count; i++)
    to->mentioned[to->runs[literal_test(to->literals.at[i])].variable] = 1;
  return to->ends.count > rows ? FORM_LISTED : FORM_NONE;
}

/* ---------------------------------------------------------------- expanding */

static void mark_expanded(const RowList *list, uint8_t *mentioned) {
  for (uint32_t i = 0; i < list->count; i++)
    for (uint32_t k = 0; k < list->rows[i].count; k++)
      mentioned[list->rows[i].literals[k].variable] = 1;
}

/* Expands what was not written out. */
static void expand_others(Arena *scratch, Conditions *conditions) {
  const Image *image = conditions->inquiry->image;
  uint32_t registers = image->policy.at[0].registers, count = 0;
  uint8_t *wanted = ARENA_ARRAY(scratch, registers + 1, uint8_t);
  for (uint32_t i = 0; i < image->rules.count; i++)
    if (conditions->forms[i] == FORM_EXPANDED) {
      wanted[condition_register(image, i)] = 1;
      count++;
    }
  if (count == 0) return;
  rows_make_some(scratch, &conditions->inquiry->grid, ROWS_MOST, wanted,
                 &conditions->table);
  for (uint32_t i = 0; i < image->rules.count; i++)
    if (conditions->forms[i] == FORM_EXPANDED) {
      RowList list = condition_expanded(conditions, i);
      if (list.too_many)
        conditions->forms[i] = FORM_CODED;
      else
        mark_expanded(&list, conditions->mentioned);
    }
}

/* ------------------------------------------------------------------ reading */

/* The rules whose applying may matter. */
static bool is_indexed(const Inquiry *inquiry, uint32_t rule) {
  return inquiry->in_scope[rule] &&
         inquiry->dates[rule] == STANDING_IN_FORCE &&
         inquiry->image->rules.at[rule].kind != RULE_OTHERWISE;
}

static Form find_form(Reader *reader, uint32_t rule) {
  Conditions *to = reader->to;
  if (!is_indexed(to->inquiry, rule)) return FORM_NONE;
  if (reader->image->rules.at[rule].condition != NONE)
    return list_rows(reader, condition_register(reader->image, rule));
  VEC_PUSH(reader->scratch, &to->ends, to->literals.count);
  return FORM_LISTED;
}

static void conditions_make(Arena *scratch, const Inquiry *inquiry,
                            Conditions *conditions) {
  const Image *image = inquiry->image;
  *conditions = (Conditions){.inquiry = inquiry};
  conditions->runs = ARENA_ARRAY(scratch, image->tests.count + 1, TestRun);
  conditions->mentioned =
      ARENA_ARRAY(scratch, image->variables.count + 1, uint8_t);
  conditions->forms = ARENA_ARRAY(scratch, image->rules.count + 1, uint8_t);
  conditions->first = ARENA_ARRAY(scratch, image->rules.count + 1, uint32_t);
  VEC_RESERVE(scratch, &conditions->ends, 2 * image->rules.count);
  VEC_RESERVE(scratch, &conditions->literals, 8 * image->rules.count);
  for (uint32_t i = 0; i < image->tests.count; i++)
    conditions->runs[i] = find_run(&inquiry->grid, i);
}

void conditions_read(Arena *scratch, const Inquiry *inquiry,
                     Conditions *conditions) {
  const Image *image = inquiry->image;
  Reader reader = {.scratch = scratch, .image = image, .to = conditions};
  conditions_make(scratch, inquiry, conditions);
  reader.seen = ARENA_ARRAY(scratch, image->variables.count + 1, uint32_t);
  find_registers(&reader);
  for (uint32_t i = 0; i < image->rules.count; i++) {
    conditions->forms[i] = (uint8_t)find_form(&reader, i);
    conditions->first[i + 1] = conditions->ends.count;
  }
  expand_others(scratch, conditions);
}

uint32_t condition_rows(const Conditions *conditions, uint32_t rule) {
  switch ((Form)conditions->forms[rule]) {
  case FORM_NONE:
  case FORM_CODED:
    break;
  case FORM_LISTED:
    return conditions->first[rule + 1] - conditions->first[rule];
  case FORM_EXPANDED:
    return condition_expanded(conditions, rule).count;
  }
  return 0;
}
