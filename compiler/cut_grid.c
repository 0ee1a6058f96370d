#include "compiler/cut_grid.h"

#include <stdlib.h>
#include <string.h>

#include "compiler/codes.h"
#include "runtime/grid.h"

/* ------------------------------------------------------------------- places */

/* Where an edge lies among those of its base. */
static int64_t edge_place(const CutVariable *variable, Edge edge) {
  if (edge.base == CUT_DAYS_AGO) return edge.side - edge.value;
  if (edge.base == CUT_MONTHS_AGO) return edge.side - 2 * edge.value;
  return lattice_place(&variable->lattice, edge);
}

static int compare_cuts(const void *a, const void *b) {
  const GridCut *x = a;
  const GridCut *y = b;
  if (x->edge.base != y->edge.base) return x->edge.base < y->edge.base ? -1 : 1;
  if (x->place != y->place) return x->place < y->place ? -1 : 1;
  return (x->number > y->number) - (x->number < y->number);
}

/* ------------------------------------------------------------------- edges */

/* Most edges are written many times over, so each is looked for first among
 * those that are known: without its place, which takes divisions to find. */

#define SLOTS_LEAST 16

/* Where an edge is, or the free slot where it belongs. */
static uint32_t *edge_slot(const CutVariable *variable, Edge edge) {
  uint64_t hash = (uint64_t)edge.value * 2 + edge.side + edge.base * 7u;
  hash *= UINT64_C(0x9E3779B97F4A7C15);
  uint32_t i = (uint32_t)(hash >> 32) & (variable->room - 1);
  for (; variable->slots[i]; i = (i + 1) & (variable->room - 1)) {
    const Edge *known = &variable->edges.at[variable->slots[i] - 1].edge;
    if (known->value == edge.value && known->side == edge.side &&
        known->base == edge.base)
      break;
  }
  return &variable->slots[i];
}

/* No more than half of the slots are taken. */
static void grow_slots(CutGrid *grid, CutVariable *variable) {
  variable->room = variable->room ? variable->room * 4 : SLOTS_LEAST;
  variable->slots = ARENA_ARRAY(grid->arena, variable->room, uint32_t);
  for (uint32_t i = 0; i < variable->edges.count; i++)
    *edge_slot(variable, variable->edges.at[i].edge) = i + 1;
}

static void add_edge(CutGrid *grid, CutVariable *variable, Edge edge) {
  if (edge.open) return;
  if (variable->edges.count >= variable->room / 2)
    grow_slots(grid, variable);
  uint32_t *slot = edge_slot(variable, edge);
  if (*slot) return;
  VEC_PUSH(grid->arena, &variable->edges, ((GridEdge){edge, 0}));
  *slot = variable->edges.count;
}

/* The cuts in order, of each place the edge first written. */
static void make_cuts(CutGrid *grid, CutVariable *variable) {
  uint32_t count = variable->edges.count;
  GridEdge *edges = variable->edges.at;
  if (count == 0) return;
  GridCut *cuts = ARENA_ARRAY(grid->arena, count, GridCut);
  for (uint32_t i = 0; i < count; i++)
    cuts[i] = (GridCut){edges[i].edge, edge_place(variable, edges[i].edge), i};
  qsort(cuts, count, sizeof *cuts, compare_cuts);
  variable->cuts.at = cuts;
  variable->cuts.room = count;
  for (uint32_t i = 0; i < count; i++) {
    GridCut cut = cuts[i];
    uint32_t made = variable->cuts.count;
    bool same = made > 0 && cuts[made - 1].edge.base == cut.edge.base &&
                cuts[made - 1].place == cut.place;
    if (!same) cuts[variable->cuts.count++] = cut;
    edges[cut.number].cut = variable->cuts.count - 1;
  }
}

uint32_t cut_grid_cut(const CutGrid *grid, uint32_t index, Edge edge) {
  const CutVariable *variable = &grid->variables.at[index];
  if (edge.open) return NONE;
  if (variable->whole)
    return variable->first + (uint32_t)edge.value + edge.side - 1;
  return variable->first +
         variable->edges.at[*edge_slot(variable, edge) - 1].cut;
}

/* ---------------------------------------------------------------- variables */

/* The key as words, for the table. */
typedef struct KeyWords {
  uint32_t at[5];
} KeyWords;

static KeyWords key_words(const VariableKey *key) {
  return (KeyWords){{key->fact, key->aggregate, key->window, key->length,
                     key->with}};
}

static Text words_text(const KeyWords *words) {
  return (Text){(const char *)words->at, (uint32_t)sizeof words->at};
}

/* Gives the key a number unless it has one; false if it has. */
static bool number_key(CutGrid *grid, const VariableKey *key,
                       uint32_t number) {
  KeyWords words = key_words(key);
  return table_enter_copy(&grid->records, words_text(&words), &number);
}

static bool is_record(const CutGrid *grid, uint32_t fact) {
  return grid->checked->facts.at[fact].type == TYPE_RECORD;
}

uint32_t cut_grid_variable(const CutGrid *grid, const VariableKey *key) {
  uint32_t index = grid->of_facts[key->fact].first;
  if (!is_record(grid, key->fact)) return index;
  KeyWords words = key_words(key);
  table_find(&grid->records, words_text(&words), &index);
  return index;
}

uint32_t cut_grid_member(const CutGrid *grid, uint32_t fact,
                         uint32_t member) {
  return grid->of_facts[fact].first + member;
}

/* Calls `visit` for every test: those of names, of rules, of promises and of
 * assumes. */
typedef void Visit(CutGrid *grid, const Term *term, void *context);

static void visit_term(CutGrid *grid, const Term *term, Visit *visit,
                       void *context) {
  if (term->kind == TERM_TEST) visit(grid, term, context);
  for (uint32_t i = 0; i < term->part_count; i++)
    visit_term(grid, &term->parts[i], visit, context);
}

static void visit_promises(CutGrid *grid, Visit *visit, void *context) {
  const Checked *checked = grid->checked;
  for (uint32_t i = 0; i < checked->promises.count; i++)
    if (checked->promises.at[i].condition)
      visit_term(grid, checked->promises.at[i].condition, visit, context);
  for (uint32_t i = 0; i < checked->assumes.count; i++)
    visit_term(grid, checked->assumes.at[i].condition, visit, context);
}

static void visit_tests(CutGrid *grid, Visit *visit, void *context) {
  const Checked *checked = grid->checked;
  for (uint32_t n = 0; n < checked->named.count; n++)
    for (uint32_t i = 0; i < checked->named.at[n].part_count; i++)
      visit_term(grid, &checked->named.at[n].parts[i], visit, context);
  for (uint32_t r = 0; r < checked->rules.count; r++)
    if (checked->rules.at[r].condition)
      visit_term(grid, checked->rules.at[r].condition, visit, context);
  visit_promises(grid, visit, context);
}

/* The record variables that are tested, sorted by fact and key. */
typedef struct Keys {
  Vec(VariableKey) list;
} Keys;

static void note_key(CutGrid *grid, const Term *term, void *context) {
  Keys *keys = context;
  if (!is_record(grid, term->key.fact)) return;
  if (number_key(grid, &term->key, keys->list.count))
    VEC_PUSH(grid->arena, &keys->list, term->key);
}

static bool has_records(const Checked *checked) {
  for (uint32_t f = 0; f < checked->facts.count; f++)
    if (checked->facts.at[f].type == TYPE_RECORD) return true;
  return false;
}

static int compare_numbers(uint32_t a, uint32_t b) {
  return (a > b) - (a < b);
}

static int compare_keys(const void *a, const void *b) {
  const VariableKey *x = a;
  const VariableKey *y = b;
  int order = compare_numbers(x->fact, y->fact);
  if (!order) order = compare_numbers(x->aggregate, y->aggregate);
  if (!order) order = compare_numbers(x->window, y->window);
  if (!order) order = compare_numbers(x->length, y->length);
  /* NONE comes first. */
  if (!order) order = compare_numbers(x->with + 1, y->with + 1);
  return order;
}

static CutVariable *add_variable(CutGrid *grid, VariableKey key,
                                 Lattice lattice) {
  CutVariable *variable = VEC_ADD(grid->arena, &grid->variables);
  *variable = (CutVariable){.key = key, .lattice = lattice};
  return variable;
}

/* The cells of these facts are their values: no test adds to them. */
static bool has_value_cuts(FactType type) {
  return type == TYPE_YES_NO || type == TYPE_SCALE || type == TYPE_CHOICE;
}

static void add_value_cuts(CutGrid *grid, CutVariable *variable) {
  variable->whole = true;
  VEC_RESERVE(grid->arena, &variable->cuts, (uint32_t)variable->lattice.high);
  for (int64_t v = 1; v <= variable->lattice.high; v++)
    VEC_PUSH(grid->arena, &variable->cuts,
             ((GridCut){EDGE_BELOW(v), v, (uint32_t)v - 1}));
}

static void add_plain(CutGrid *grid, uint32_t index,
                      const CheckedFact *fact) {
  VariableKey key = {index, AGGREGATE_TOTAL, WINDOW_ALL, 0, NONE};
  Lattice lattice = {fact->low, fact->high, fact->step};
  CutVariable *variable = add_variable(grid, key, lattice);
  if (has_value_cuts(fact->type)) add_value_cuts(grid, variable);
}

static void add_members(CutGrid *grid, uint32_t index,
                        const CheckedFact *fact) {
  VariableKey key = {index, AGGREGATE_TOTAL, WINDOW_ALL, 0, NONE};
  for (uint32_t m = 0; m < fact->value_count; m++) {
    CutVariable *variable = add_variable(grid, key, (Lattice){0, 1, 1});
    variable->member = m;
    add_value_cuts(grid, variable);
  }
}

/* Takes the record's keys off the front of what is left of the list. */
static void add_record(CutGrid *grid, uint32_t index, const Keys *keys,
                       uint32_t *next) {
  Lattice lattice = {0, RECORD_MOST, 1};
  for (; *next < keys->list.count; ++*next) {
    const VariableKey *key = &keys->list.at[*next];
    if (key->fact != index) return;
    number_key(grid, key, grid->variables.count);
    add_variable(grid, *key, lattice);
  }
}

static void add_variables(CutGrid *grid) {
  const Checked *checked = grid->checked;
  Keys keys = {{0}};
  uint32_t next = 0;
  if (has_records(checked)) visit_tests(grid, note_key, &keys);
  if (keys.list.count > 0)
    qsort(keys.list.at, keys.list.count, sizeof *keys.list.at, compare_keys);
  table_init(&grid->records, grid->arena, table_seed(grid->arena));
  for (uint32_t f = 0; f < checked->facts.count; f++) {
    const CheckedFact *fact = &checked->facts.at[f];
    Range *range = &grid->of_facts[f];
    range->first = grid->variables.count;
    if (fact->type == TYPE_RECORD)
      add_record(grid, f, &keys, &next);
    else if (fact->type == TYPE_SET)
      add_members(grid, f, fact);
    else
      add_plain(grid, f, fact);
    range->count = grid->variables.count - range->first;
  }
}

static void note_cuts(CutGrid *grid, const Term *term, void *context) {
  (void)context;
  uint32_t index = cut_grid_variable(grid, &term->key);
  CutVariable *variable = &grid->variables.at[index];
  if (variable->whole) return;
  for (uint32_t i = 0; i < term->count; i++) {
    add_edge(grid, variable, term->stretches[i].from);
    add_edge(grid, variable, term->stretches[i].to);
  }
}

static void check_cells(const CutGrid *grid, const CutVariable *variable,
                        Diagnostics *diagnostics) {
  if (variable->cuts.count < CELLS_MOST) return;
  const CheckedFact *fact = &grid->checked->facts.at[variable->key.fact];
  Diagnostic *d = diagnostic_error(
      diagnostics, E_CELLS_MANY, fact->node->name.span,
      "The policy compares `%.*s` with more than %d different values.",
      TEXT_ARG(fact->node->name.text), CELLS_MOST - 1);
  diagnostic_help(diagnostics, d, "Use the same values in several rules.");
}

void cut_grid_make(Arena *arena, const Checked *checked,
                   Diagnostics *diagnostics, CutGrid *grid) {
  uint32_t first = 0;
  *grid = (CutGrid){.arena = arena, .checked = checked};
  grid->of_facts = ARENA_ARRAY(arena, checked->facts.count, Range);
  table_init(&grid->records, arena, table_seed(arena));
  add_variables(grid);
  visit_tests(grid, note_cuts, NULL);
  for (uint32_t i = 0; i < grid->variables.count; i++) {
    CutVariable *variable = &grid->variables.at[i];
    make_cuts(grid, variable);
    check_cells(grid, variable, diagnostics);
    variable->first = first;
    first += variable->cuts.count;
  }
}
