#include "runtime/packed.h"

#include <string.h>

#include "runtime/packed_match.h"

#define TABLE_MOST 4096 /* buckets of a variable */
#define LATTICE_MOST 256 /* up to here a bucket for each value */

/* ------------------------------------------------------------ finding cells */

/* The most cells that start or lie in one bucket of 2^shift values. */
static uint32_t bucket_width(const Locator *one, uint32_t cells,
                             unsigned shift) {
  uint32_t width = 1, first = 0;
  for (uint32_t i = 1; i < cells; i++) {
    uint64_t bucket = one->starts[i] >> shift;
    while (one->starts[first + 1] <= bucket << shift)
      first++;
    if (i - first + 1 > width)
      width = i - first + 1;
  }
  return width;
}

/* The widest buckets with at most one start within each; where that takes too
 * large a table, as many as it may have. */
static void choose_buckets(Locator *one, uint32_t cells) {
  unsigned shift = 0;
  while (one->last >> shift >= TABLE_MOST)
    shift++;
  if (one->last >= LATTICE_MOST)
    while (one->last >> shift && bucket_width(one, cells, shift + 1) <= 2)
      shift++;
  one->shift = (uint8_t)shift;
  one->width = bucket_width(one, cells, shift);
}

static void make_table(Arena *arena, const GridVariable *variable,
                       Locator *one) {
  uint32_t cells = variable->cells;
  uint64_t *starts = ARENA_ARRAY(arena, 2 * (size_t)cells + 1, uint64_t);
  memset(starts, 0xff, (2 * (size_t)cells + 1) * sizeof *starts);
  for (uint32_t i = 0; i < cells; i++)
    starts[i] = (uint64_t)(variable->starts[i] - variable->low);
  one->starts = starts;
  one->last = starts[cells - 1];
  choose_buckets(one, cells);
  uint64_t buckets = (one->last >> one->shift) + 1;
  uint16_t *table = ARENA_ARRAY(arena, buckets, uint16_t);
  for (uint64_t i = 0; i < buckets; i++)
    table[i] = (uint16_t)grid_cell_of(
        variable, variable->low + (int64_t)(i << one->shift));
  one->table = table;
}

/* ------------------------------------------------------------------- making */

typedef enum Way { WAY_LEVEL, WAY_MEMBER, WAY_AMOUNT, WAY_RECORD } Way;

static Way way_of(const Grid *grid, uint32_t variable) {
  const GridVariable *one = &grid->variables[variable];
  const Image *image = grid->image;
  uint32_t fact = image->variables.at[variable].fact;
  if (image->facts.at[fact].type == TYPE_RECORD)
    return WAY_RECORD;
  if (image->facts.at[fact].type == TYPE_SET)
    return WAY_MEMBER;
  for (uint32_t i = 0; i < one->cells; i++)
    if (one->starts[i] != (int64_t)i)
      return WAY_AMOUNT;
  /* As many cells as values: each value is a cell. */
  return one->low == 0 && one->high + 1 == one->cells ? WAY_LEVEL : WAY_AMOUNT;
}

static void make_locator(Arena *arena, const Packed *packed,
                         const IndexVariable *from, Way way, Locator *one) {
  const Grid *grid = &packed->inquiry.grid;
  const GridVariable *variable = &grid->variables[from->variable];
  const Variable *source = &grid->image->variables.at[from->variable];
  *one = (Locator){.maps = packed->index.maps + from->maps,
                   .none = packed->index.maps + from->none,
                   .low = (uint64_t)variable->low,
                   .span = (uint64_t)(variable->high - variable->low),
                   .fact = source->fact,
                   .member = (uint8_t)source->member};
  one->support =
      grid->image->facts.at[source->fact].dimension == SUPPORT;
  if (way == WAY_AMOUNT)
    make_table(arena, variable, one);
}

static uint32_t make_locators(Arena *arena, Packed *packed, Way way,
                              uint32_t at) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < packed->index.variable_count; i++) {
    const IndexVariable *from = &packed->index.variables[i];
    if (way_of(&packed->inquiry.grid, from->variable) == way)
      make_locator(arena, packed, from, way,
                   &packed->locators[at + count++]);
  }
  return count;
}

static void find_support(Arena *arena, Packed *packed) {
  const Image *image = packed->inquiry.image;
  uint8_t *seen = ARENA_ARRAY(arena, image->facts.count + 1, uint8_t);
  packed->support = ARENA_ARRAY(arena, image->facts.count + 1, uint32_t);
  for (uint32_t i = 0; i < image->members.count; i++) {
    uint32_t fact = image->members.at[i].fact;
    if (!seen[fact])
      packed->support[packed->support_count++] = fact;
    seen[fact] = 1;
  }
}

/* All but the inquiry, which is there. */
static void make_from(Arena *arena, Arena *scratch, Packed *packed) {
  packed->fact_words = (packed->inquiry.image->facts.count + 63) / 64;
  index_make(arena, scratch, &packed->inquiry, &packed->index);
  decision_space_make(arena, &packed->index, &packed->space);
  packed->locators =
      ARENA_ARRAY(arena, packed->index.variable_count + 1, Locator);
  uint32_t at = 0;
  at += packed->levels = make_locators(arena, packed, WAY_LEVEL, at);
  at += packed->members = make_locators(arena, packed, WAY_MEMBER, at);
  at += packed->amounts = make_locators(arena, packed, WAY_AMOUNT, at);
  packed->records = make_locators(arena, packed, WAY_RECORD, at);
  packed->mentioned = ARENA_ARRAY(arena, packed->fact_words + 1, uint64_t);
  for (uint32_t i = 0; i < at; i++) {
    uint32_t fact = packed->locators[i].fact;
    packed->mentioned[fact / 64] |= UINT64_C(1) << (fact % 64);
  }
  find_support(arena, packed);
  packed->cells =
      ARENA_ARRAY(arena, packed->inquiry.grid.words + 1, Cells);
  packed->match = packed_match_form(packed->index.words);
}

void packed_make(Arena *arena, Arena *scratch, const Image *image,
                 uint32_t boundary, Day today, Packed *packed) {
  Situation bare = {.boundary = boundary, .as_of = today};
  *packed = (Packed){.fact_words = 0};
  inquiry_make(arena, image, &bare, &packed->inquiry);
  make_from(arena, scratch, packed);
}

void packed_make_short(Arena *arena, Arena *scratch, const Image *image,
                       const Image *kept, uint32_t boundary, Day today,
                       Packed *packed) {
  Situation bare = {.boundary = boundary, .as_of = today};
  *packed = (Packed){.fact_words = 0};
  inquiry_bind(scratch, image, &bare, &packed->inquiry);
  make_from(arena, scratch, packed);
  packed->inquiry = (Inquiry){.image = kept, .boundary = boundary,
                              .grid = {.image = kept, .today = today}};
}

void packed_complete(Arena *arena, const Image *image, Packed *packed) {
  Situation bare = {.boundary = packed->inquiry.boundary,
                    .as_of = packed->inquiry.grid.today};
  Inquiry whole; /* what is there must stay sound where memory ends */
  inquiry_make(arena, image, &bare, &whole);
  packed->inquiry = whole;
}

/* ----------------------------------------------------------------- deciding */

static bool all_known(const Packed *packed, const uint64_t *known) {
  uint64_t missing = 0;
  if (!known)
    return true;
  for (uint32_t i = 0; i < packed->fact_words; i++)
    missing |= packed->mentioned[i] & ~known[i];
  return missing == 0;
}

bool packed_any_support(const Packed *packed, const int64_t *values,
                        const uint64_t *known) {
  for (uint32_t i = 0; i < packed->support_count; i++) {
    uint32_t fact = packed->support[i];
    if (values[fact] && (!known || known[fact / 64] >> (fact % 64) & 1))
      return true;
  }
  return false;
}

/* Is the value known and in the range of its variable?  Support that is not
 * known has the value 0. */
static bool value_known(const Packed *packed, uint32_t variable,
                        const uint64_t *known, int64_t *value) {
  const Image *image = packed->inquiry.image;
  const GridVariable *one = &packed->inquiry.grid.variables[variable];
  uint32_t index = image->variables.at[variable].fact;
  const Fact *fact = &image->facts.at[index];
  bool is_known = !known || (known[index / 64] >> (index % 64) & 1);
  if (fact->type == TYPE_RECORD || (!is_known && fact->dimension != SUPPORT))
    return false;
  if (!is_known)
    *value = 0;
  if (fact->type == TYPE_SET)
    *value = *value >> image->variables.at[variable].member & 1;
  return *value >= one->low && *value <= one->high;
}

/* The cells of every variable, for what only code can tell. */
static void locate_all(Packed *packed, const int64_t *values,
                       const uint64_t *known) {
  const Grid *grid = &packed->inquiry.grid;
  for (uint32_t i = 0; i < grid->image->variables.count; i++) {
    const GridVariable *variable = &grid->variables[i];
    int64_t value = values[grid->image->variables.at[i].fact];
    if (value_known(packed, i, known, &value))
      cells_set_one(packed->cells, variable, grid_cell_of(variable, value));
    else
      cells_set_all(packed->cells, variable);
  }
}

void packed_decide(Packed *packed, const int64_t *values,
                   const uint64_t *known, Decision *decision) {
  const uint64_t *surely = NULL;
  IndexPlace place = {.cells = packed->cells, .values = values,
                      .known = known};
  if (packed->records == 0 && all_known(packed, known))
    surely = packed->match(packed, values);
  if (!surely)
    surely = packed_match_partly(packed, values, known);
  place.support = packed_any_support(packed, values, known);
  if (packed->index.coded_count)
    locate_all(packed, values, known);
  index_conclude(&packed->index, &place, surely, &packed->space, decision);
}

/* ----------------------------------------------------------------- as facts */

static void give(Arena *arena, const Image *image, uint32_t index,
                 int64_t value, Given *given) {
  const Fact *fact = &image->facts.at[index];
  int64_t low = fact->low, high = fact->high;
  given->given = true;
  if (fact->type == TYPE_SET) {
    uint32_t members = fact->values.count;
    given->members = (uint64_t)value;
    if (members < 64)
      given->members &= (UINT64_C(1) << members) - 1;
    return;
  }
  if (fact->type <= TYPE_CHOICE) {
    low = 0;
    high = (int64_t)fact->values.count - 1;
  } else if (fact->type == TYPE_DATE) {
    low = DAY_FIRST;
    high = DAY_LAST;
  }
  given->given = value >= low && value <= high;
  given->spans = ARENA_NEW(arena, ValueSpan);
  given->spans[0] = (ValueSpan){value, value};
  given->span_count = 1;
}

void packed_situation(Arena *arena, const Inquiry *inquiry,
                      const int64_t *values, const uint64_t *known,
                      Situation *situation) {
  const Image *image = inquiry->image;
  situation_init(arena, image, inquiry->grid.today, situation);
  situation->boundary = inquiry->boundary;
  for (uint32_t i = 0; i < image->facts.count; i++) {
    const Fact *fact = &image->facts.at[i];
    bool is_known = !known || (known[i / 64] >> (i % 64) & 1);
    bool ahead = fact->type == TYPE_DATE && !fact->may_be_ahead &&
                 values[i] > inquiry->grid.today;
    if (is_known && fact->type != TYPE_RECORD && !ahead)
      give(arena, image, i, values[i], &situation->facts[i]);
  }
}
