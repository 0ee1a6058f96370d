#include "runtime/index.h"

#include <string.h>

#include "runtime/conditions.h"
#include "runtime/image_schema.h"

_Static_assert(IMAGE_RULES_MOST <= UINT16_MAX, "a row names its rule");

#define RULE_BYTES 24 /* of what is kept about a rule, as a rule */

/* ------------------------------------------------------------------- making */

static void count_rows(const Conditions *conditions, Index *index) {
  const Image *image = index->inquiry->image;
  for (uint32_t i = 0; i < image->rules.count; i++) {
    Form form = (Form)conditions->forms[i];
    index->rows += condition_rows(conditions, i);
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

/* Most of what is made from here on. */
static void expect_rest(Arena *arena, const Index *index) {
  size_t maps = (size_t)index->map_count * index->words * sizeof(uint64_t);
  size_t rules = index->inquiry->image->rules.count;
  arena_expect(arena, maps + index->rows * sizeof *index->row_rule +
                          rules * RULE_BYTES);
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
  expect_rest(arena, index);
  index->maps = index_lanes(arena, (size_t)maps * index->words);
  index->all = index_lanes(arena, index->words);
  for (uint32_t row = 0; row < index->rows; row++)
    index->all[row / 64] |= UINT64_C(1) << (row % 64);
}

/* The bitmaps are made a few words at a time, 64 rows each, so that what is
 * filled is at hand.  Of those, `turns` has for each bitmap the rows that are
 * other there than in the bitmap before: a literal of many cells mostly has two
 * turns. */
#define FILL_WORDS 4u

typedef struct Turns {
  uint64_t words[FILL_WORDS];
} Turns;

typedef struct Filler {
  Index *index;
  const Conditions *conditions;
  Turns *turns;
  const uint32_t *first; /* of each variable of the image: its first turns */
  uint32_t next;         /* the row that comes next */
} Filler;

/* A literal that has the cells of `mask`, or all others if it is turned. */
static void put_mask(Filler *filler, uint32_t variable, const uint64_t *mask,
                     bool turned) {
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

/* Two turns in one place are none; one past the last cell does no harm, as the
 * last bitmap has this row anyway. */
static void put_run(Filler *filler, const TestRun *run, bool turned) {
  const GridVariable *grid =
      &filler->index->inquiry->grid.variables[run->variable];
  Turns *turns = filler->turns + filler->first[run->variable];
  uint32_t word = filler->next / 64 % FILL_WORDS;
  uint64_t row = UINT64_C(1) << (filler->next % 64);
  turns[0].words[word] ^= turned ? 0 : row;
  turns[run->from].words[word] ^= row;
  turns[run->to].words[word] ^= row;
  turns[grid->cells].words[word] |= row;
}

static void put_literal(Filler *filler, Literal literal) {
  const Grid *grid = &filler->index->inquiry->grid;
  uint32_t test = literal_test(literal);
  const TestRun *run = &filler->conditions->runs[test];
  if (run->in_pieces)
    put_mask(filler, run->variable, grid->masks + grid->mask_at[test],
             literal_turned(literal));
  else
    put_run(filler, run, literal_turned(literal));
}

/* Writes the words that are complete, from `word` on; rows that a variable is
 * not mentioned in are refuted by none of its cells. */
static void put_words(Filler *filler, uint32_t word) {
  Index *index = filler->index;
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
      memcpy(map, &rows, sizeof rows);
    }
    for (uint32_t k = 0; k < FILL_WORDS; k++)
      rows.words[k] = ~turns[cells].words[k];
    memcpy(map, &rows, sizeof rows);
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

static void put_expanded(Filler *filler, uint32_t rule) {
  RowList list = condition_expanded(filler->conditions, rule);
  for (uint32_t i = 0; i < list.count; i++) {
    const Row *row = &list.rows[i];
    for (uint32_t k = 0; k < row->count; k++)
      put_mask(filler, row->literals[k].variable, row->literals[k].mask,
               false);
    end_row(filler, rule);
  }
}

static void put_listed(Filler *filler, uint32_t rule) {
  const Conditions *from = filler->conditions;
  uint32_t row = from->first[rule];
  uint32_t next = row > 0 ? from->ends.at[row - 1] : 0;
  for (; row < from->first[rule + 1]; row++) {
    for (; next < from->ends.at[row]; next++)
      put_literal(filler, from->literals.at[next]);
    end_row(filler, rule);
  }
}

static void put_rules(Filler *filler) {
  uint32_t rules = filler->index->inquiry->image->rules.count;
  for (uint32_t i = 0; i < rules; i++) {
    if (filler->conditions->forms[i] == FORM_LISTED) put_listed(filler, i);
    if (filler->conditions->forms[i] == FORM_EXPANDED) put_expanded(filler, i);
  }
  for (uint32_t word = filler->next / (64 * FILL_WORDS) * FILL_WORDS;
       word < filler->index->words; word += FILL_WORDS)
    put_words(filler, word);
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
  Filler filler = {.index = index, .conditions = conditions, .first = first};
  filler.turns = ARENA_ARRAY(scratch, index->map_count + 1, Turns);
  put_rules(&filler);
}

void index_make(Arena *arena, Arena *scratch, const Inquiry *inquiry,
                Index *index) {
  Conditions conditions;
  *index = (Index){.inquiry = inquiry};
  conditions_read(scratch, inquiry, &conditions);
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
