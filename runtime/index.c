#include "runtime/index.h"

#include <string.h>

#include "runtime/image_schema.h"
#include "runtime/machine.h"
#include "runtime/opcode.h"
#include "runtime/rows.h"

_Static_assert(IMAGE_RULES_MOST <= UINT16_MAX, "a row names its rule");

/* -------------------------------------------------------------- conditions */

/* How the condition of a rule gets into the index. */
typedef enum Form {
  FORM_NONE,     /* the rule does not matter here, or cannot apply */
  FORM_ALWAYS,   /* no condition: one row */
  FORM_PLAIN,    /* all of some tests of different variables: a row */
  FORM_EXPANDED, /* rows of the table */
  FORM_CODED     /* too many of them: it stays code */
} Form;

/* A test, or what it is not. */
typedef struct Literal {
  uint32_t test : 31;
  uint32_t turned : 1;
} Literal;

typedef struct Conditions {
  const Inquiry *inquiry;
  const uint32_t *writes; /* of each register, where it is written */
  uint8_t *cells;      /* TestCells of each test */
  uint32_t *seen;      /* of each variable: the last rule, from 1, that was
                          seen to test it */
  uint8_t *mentioned;  /* of each variable: does a row mention it? */
  uint8_t *forms;      /* of each rule */
  uint32_t *first;     /* of each rule, and past the last: its literals */
  Vec(Literal) literals; /* of plain conditions, those that refute something */
  RowTable table;      /* of the conditions that are expanded */
} Conditions;

static uint32_t condition_register(const Image *image, uint32_t rule) {
  return image->nodes.at[image->rules.at[rule].condition].reg;
}

/* The registers that must all hold for a register to hold. */
static const uint32_t *operands(const Conditions *conditions,
                                const uint32_t *reg, uint32_t *count) {
  const uint32_t *at =
      conditions->inquiry->image->code.at + conditions->writes[*reg];
  *count = at[0] == OP_ALL ? at[2] : 1;
  return at[0] == OP_ALL ? at + 3 : reg;
}

static bool read_literal(const Conditions *conditions, uint32_t reg,
                         Literal *literal) {
  const uint32_t *code = conditions->inquiry->image->code.at;
  const uint32_t *at = code + conditions->writes[reg];
  bool turned = at[0] == OP_NOT;
  if (turned) at = code + conditions->writes[at[2]];
  *literal = (Literal){at[2] & INT32_MAX, turned};
  return at[0] == OP_TEST;
}

static uint32_t test_variable(const Conditions *conditions, uint32_t test) {
  return conditions->inquiry->image->tests.at[test].variable;
}

static TestCells literal_cells(const Conditions *conditions,
                               const Literal *literal) {
  TestCells cells = (TestCells)conditions->cells[literal->test];
  if (!literal->turned || cells == CELLS_SOME) return cells;
  return cells == CELLS_NONE ? CELLS_EVERY : CELLS_NONE;
}

/* Lists the literals of a condition, if it is plain; FORM_NONE if it can never
 * hold. */
static Form read_plain(Arena *scratch, Conditions *conditions,
                       uint32_t rule) {
  uint32_t reg = condition_register(conditions->inquiry->image, rule), count;
  const uint32_t *regs = operands(conditions, &reg, &count);
  bool holds = true;
  for (uint32_t i = 0; i < count; i++) {
    Literal literal;
    if (!read_literal(conditions, regs[i], &literal)) return FORM_EXPANDED;
    uint32_t *seen =
        &conditions->seen[test_variable(conditions, literal.test)];
    if (*seen == rule + 1) return FORM_EXPANDED;
    *seen = rule + 1;
    TestCells cells = literal_cells(conditions, &literal);
    holds &= cells != CELLS_NONE;
    if (cells == CELLS_SOME)
      VEC_PUSH(scratch, &conditions->literals, literal);
  }
  return holds ? FORM_PLAIN : FORM_NONE;
}

/* The same; what is not plain leaves no literals, and nothing mentioned. */
static Form find_plain(Arena *scratch, Conditions *conditions,
                       uint32_t rule) {
  uint32_t first = conditions->literals.count;
  Form form = read_plain(scratch, conditions, rule);
  if (form != FORM_PLAIN) conditions->literals.count = first;
  for (uint32_t i = first; i < conditions->literals.count; i++)
    conditions->mentioned[test_variable(
        conditions, conditions->literals.at[i].test)] = 1;
  return form;
}

/* The rules whose applying may matter. */
static bool is_indexed(const Inquiry *inquiry, uint32_t rule) {
  return inquiry->in_scope[rule] &&
         inquiry->dates[rule] == STANDING_IN_FORCE &&
         inquiry->image->rules.at[rule].kind != RULE_OTHERWISE;
}

static Form find_form(Arena *scratch, Conditions *conditions, uint32_t rule) {
  const Inquiry *inquiry = conditions->inquiry;
  if (!is_indexed(inquiry, rule)) return FORM_NONE;
  if (inquiry->image->rules.at[rule].condition == NONE) return FORM_ALWAYS;
  return find_plain(scratch, conditions, rule);
}

/* The rows of a condition that was expanded. */
static RowList expanded_rows(const Conditions *conditions, uint32_t rule) {
  return rows_hold(&conditions->table,
                   condition_register(conditions->inquiry->image, rule));
}

static void mark_expanded(const RowList *list, uint8_t *mentioned) {
  for (uint32_t i = 0; i < list->count; i++)
    for (uint32_t k = 0; k < list->rows[i].count; k++)
      mentioned[list->rows[i].literals[k].variable] = 1;
}

/* Expands what is not plain. */
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
      RowList list = expanded_rows(conditions, i);
      if (list.too_many)
        conditions->forms[i] = FORM_CODED;
      else
        mark_expanded(&list, conditions->mentioned);
    }
}

static void read_conditions(Arena *scratch, const Inquiry *inquiry,
                            Conditions *conditions) {
  const Image *image = inquiry->image;
  *conditions =
      (Conditions){.inquiry = inquiry, .writes = inquiry->program.writes};
  conditions->cells = ARENA_ARRAY(scratch, image->tests.count + 1, uint8_t);
  conditions->seen =
      ARENA_ARRAY(scratch, image->variables.count + 1, uint32_t);
  conditions->mentioned =
      ARENA_ARRAY(scratch, image->variables.count + 1, uint8_t);
  conditions->forms = ARENA_ARRAY(scratch, image->rules.count + 1, uint8_t);
  conditions->first = ARENA_ARRAY(scratch, image->rules.count + 1, uint32_t);
  VEC_RESERVE(scratch, &conditions->literals, 4 * image->rules.count);
  for (uint32_t i = 0; i < image->tests.count; i++)
    conditions->cells[i] = (uint8_t)grid_test_cells(&inquiry->grid, i);
  for (uint32_t i = 0; i < image->rules.count; i++) {
    conditions->forms[i] = (uint8_t)find_form(scratch, conditions, i);
    conditions->first[i + 1] = conditions->literals.count;
  }
  expand_others(scratch, conditions);
}

static uint32_t row_count(const Conditions *conditions, uint32_t rule) {
  switch ((Form)conditions->forms[rule]) {
  case FORM_NONE:
  case FORM_CODED:
    break;
  case FORM_ALWAYS:
  case FORM_PLAIN:
    return 1;
  case FORM_EXPANDED:
    return expanded_rows(conditions, rule).count;
  }
  return 0;
}

/* ------------------------------------------------------------------- making */

static void count_rows(const Conditions *conditions, Index *index) {
  const Image *image = index->inquiry->image;
  for (uint32_t i = 0; i < image->rules.count; i++) {
    Form form = (Form)conditions->forms[i];
    index->rows += row_count(conditions, i);
    index->coded_count += form == FORM_CODED;
    index->has_exceptions |=
        form != FORM_NONE && image->rules.at[i].kind == RULE_EXCEPTION;
  }
  /* Past one lane, as many as the widest vectors take at once. */
  index->words = index->rows <= 256 ? 4 : (index->rows + 511) / 512 * 8;
}

#define LANE_ALIGN ((uintptr_t)64)

uint64_t *index_lanes(Arena *arena, size_t words) {
  char *room = arena_make(arena, words * sizeof(uint64_t) + LANE_ALIGN);
  return (uint64_t *)(void *)(room + (-(uintptr_t)room & (LANE_ALIGN - 1)));
}

/* Gives each mentioned variable its bitmaps, which are filled in later. */
static void make_maps(Arena *arena, const Grid *grid, const uint8_t *mentioned,
                      Index *index) {
  uint32_t maps = 0, count = grid->image->variables.count;
  index->variables = ARENA_ARRAY(arena, count + 1, IndexVariable);
  for (uint32_t i = 0; i < count; i++) {
    if (!mentioned[i])
      continue;
    index->variables[index->variable_count++] = (IndexVariable){
        i, maps * index->words,
        (maps + grid->variables[i].cells) * index->words};
    maps += grid->variables[i].cells + 1;
  }
  index->map_count = maps;
  index->maps = index_lanes(arena, (size_t)maps * index->words);
  index->all = index_lanes(arena, index->words);
  for (uint32_t row = 0; row < index->rows; row++)
    index->all[row / 64] |= UINT64_C(1) << (row % 64);
}

/* The bitmaps are made a few words at a time, 64 rows each.  Of those, `turns`
 * has for each bitmap the rows that differ there from the bitmap before it: a
 * literal of many cells mostly has two turns. */
#define FILL_WORDS 32u

typedef struct Turns {
  uint64_t words[FILL_WORDS];
} Turns;

typedef struct Filler {
  Index *index;
  Turns *turns;
  const uint32_t *first; /* of each variable of the image: its first turns */
  uint32_t next;         /* the row that comes next */
} Filler;

/* A literal has the cells of `mask`, or all others if it is turned. */
static void put_literal(Filler *filler, uint32_t variable,
                        const uint64_t *mask, bool turned) {
  const GridVariable *grid =
      &filler->index->inquiry->grid.variables[variable];
  Turns *turns = filler->turns + filler->first[variable];
  uint32_t word = filler->next / 64 % FILL_WORDS;
  uint64_t row = UINT64_C(1) << (filler->next % 64), before = !turned;
  for (uint32_t i = 0; i < grid->words; i++) {
    uint64_t turn = mask[i] ^ (mask[i] << 1 | before);
    before = mask[i] >> 63;
    for (; turn; turn &= turn - 1) {
      uint32_t cell = 64 * i + (uint32_t)__builtin_ctzll(turn);
      if (cell < grid->cells)
        turns[cell].words[word] ^= row;
    }
  }
  turns[grid->cells].words[word] |= row;
}

/* Writes the words that are complete, from `word` on; rows that a variable is
 * not mentioned in are refuted by none of its cells. */
static void put_words(Filler *filler, uint32_t word) {
  Index *index = filler->index;
  uint32_t left = index->words - word;
  size_t size = (left < FILL_WORDS ? left : FILL_WORDS) * sizeof(uint64_t);
  uint64_t *map = index->maps + word;
  Turns *turns = filler->turns;
  for (uint32_t i = 0; i < index->variable_count; i++) {
    const IndexVariable *variable = &index->variables[i];
    uint32_t cells = index->inquiry->grid.variables[variable->variable].cells;
    Turns rows;
    memset(&rows, 0xff, sizeof rows);
    for (uint32_t cell = 0; cell < cells; cell++, map += index->words) {
      for (uint32_t k = 0; k < FILL_WORDS; k++)
        rows.words[k] ^= turns[cell].words[k];
      memcpy(map, &rows, size);
    }
    for (uint32_t k = 0; k < FILL_WORDS; k++)
      rows.words[k] = ~turns[cells].words[k];
    memcpy(map, &rows, size);
    map += index->words;
    memset(turns, 0, (cells + 1) * sizeof *turns);
    turns += cells + 1;
  }
}

static void end_row(Filler *filler, uint32_t rule) {
  filler->index->row_rule[filler->next++] = (uint16_t)rule;
  if (filler->next % (64 * FILL_WORDS) == 0)
    put_words(filler, filler->next / 64 - FILL_WORDS);
}

static void put_expanded(Filler *filler, const Conditions *conditions,
                         uint32_t rule) {
  RowList list = expanded_rows(conditions, rule);
  for (uint32_t i = 0; i < list.count; i++) {
    const Row *row = &list.rows[i];
    for (uint32_t k = 0; k < row->count; k++)
      put_literal(filler, row->literals[k].variable, row->literals[k].mask,
                  false);
    end_row(filler, rule);
  }
}

static void put_plain(Filler *filler, const Conditions *conditions,
                      uint32_t rule) {
  const Grid *grid = &conditions->inquiry->grid;
  for (uint32_t i = conditions->first[rule]; i < conditions->first[rule + 1];
       i++) {
    const Literal *one = &conditions->literals.at[i];
    put_literal(filler, test_variable(conditions, one->test),
                grid->masks + grid->mask_at[one->test], one->turned);
  }
  end_row(filler, rule);
}

static void put_rules(Filler *filler, const Conditions *conditions) {
  const Image *image = filler->index->inquiry->image;
  for (uint32_t i = 0; i < image->rules.count; i++) {
    switch ((Form)conditions->forms[i]) {
    case FORM_NONE:
    case FORM_CODED:
      break;
    case FORM_ALWAYS:
      end_row(filler, i);
      break;
    case FORM_PLAIN:
      put_plain(filler, conditions, i);
      break;
    case FORM_EXPANDED:
      put_expanded(filler, conditions, i);
      break;
    }
  }
  if (filler->next / (64 * FILL_WORDS) * FILL_WORDS < filler->index->words)
    put_words(filler, filler->next / (64 * FILL_WORDS) * FILL_WORDS);
}

static void make_coded(Arena *arena, Arena *scratch,
                       const Conditions *conditions, Index *index) {
  const Image *image = index->inquiry->image;
  uint32_t coded = 0;
  index->coded_rules = ARENA_ARRAY(arena, index->coded_count + 1, uint32_t);
  if (!index->coded_count) return;
  uint8_t *wanted =
      ARENA_ARRAY(scratch, image->policy.at[0].registers + 1, uint8_t);
  for (uint32_t i = 0; i < image->rules.count; i++)
    if (conditions->forms[i] == FORM_CODED) {
      wanted[condition_register(image, i)] = 1;
      index->coded_rules[coded++] = i;
    }
  program_make(arena, image, wanted, &index->coded);
}

static void make_rows(Arena *arena, Arena *scratch,
                      const Conditions *conditions, Index *index) {
  const Image *image = index->inquiry->image;
  make_maps(arena, &index->inquiry->grid, conditions->mentioned, index);
  index->row_rule = ARENA_ARRAY(arena, index->rows + 1, uint16_t);
  uint32_t *first = ARENA_ARRAY(scratch, image->variables.count + 1, uint32_t);
  for (uint32_t i = 0; i < index->variable_count; i++)
    first[index->variables[i].variable] =
        index->variables[i].maps / index->words;
  Filler filler = {.index = index, .first = first};
  filler.turns = ARENA_ARRAY(scratch, index->map_count + 1, Turns);
  put_rules(&filler, conditions);
}

void index_make(Arena *arena, Arena *scratch, const Inquiry *inquiry,
                Index *index) {
  Conditions conditions;
  *index = (Index){.inquiry = inquiry};
  read_conditions(scratch, inquiry, &conditions);
  count_rows(&conditions, index);
  make_rows(arena, scratch, &conditions, index);
  make_coded(arena, scratch, &conditions, index);
  index_describe_rules(arena, index);
}

void index_codes(const Grid *grid, const Cells *cells, uint16_t *codes) {
  for (uint32_t i = 0; i < grid->image->variables.count; i++) {
    const GridVariable *variable = &grid->variables[i];
    uint32_t count = cells_count(cells, variable);
    codes[i] = count == 1 ? (uint16_t)cells_next(cells, variable, 0)
               : count == variable->cells ? CELL_ANY
                                          : CELL_SEVERAL;
  }
}
