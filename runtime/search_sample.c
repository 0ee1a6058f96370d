/* The sampler: completions by chance, for runtime/search.h. */
#include <string.h>

#include "runtime/search.h"

/* xorshift64 (Marsaglia 2003). */
static uint32_t chance(Search *search, uint32_t below) {
  search->chance ^= search->chance << 13;
  search->chance ^= search->chance >> 7;
  search->chance ^= search->chance << 17;
  return (uint32_t)((search->chance >> 33) % below);
}

static uint32_t nth_cell(const Cells *cells, const GridVariable *variable,
                         uint32_t n) {
  uint32_t cell = cells_next(cells, variable, 0);
  while (n-- > 0)
    cell = cells_next(cells, variable, cell + 1);
  return cell;
}

static bool pair_feasible(Search *search, uint32_t copy, uint32_t fact) {
  search->work++;
  if (copy == 0)
    return records_feasible(&search->records, search->cells[0], NULL, NONE);
  return records_feasible(&search->records, search->cells[0],
                          search->cells[1], fact);
}

/* Gives a variable one of its cells, by chance, such that the rest fits. */
static bool choose_cell(Search *search, uint32_t index, uint32_t copy,
                        uint32_t fact) {
  const GridVariable *variable = &search->inquiry->grid.variables[index];
  Cells *cells = search->cells[copy];
  uint32_t count = cells_count(cells, variable);
  if (count <= 1)
    return count == 1;
  uint32_t first = chance(search, count);
  if (!search->records.coupled[index]) {
    cells_set_one(cells, variable, nth_cell(cells, variable, first));
    return true;
  }
  for (uint32_t i = 0; i < count; i++) {
    uint32_t nth = (first + i) % count;
    uint32_t base = search->saved_count;
    memcpy(search->saved + base, cells + variable->word,
           variable->words * sizeof *cells);
    cells_set_one(cells, variable, nth_cell(cells, variable, nth));
    if (pair_feasible(search, copy, fact))
      return true;
    memcpy(cells + variable->word, search->saved + base,
           variable->words * sizeof *cells);
  }
  return false;
}

bool search_complete(Search *search, uint32_t copy, uint32_t fact) {
  for (uint32_t i = 0; i < search->inquiry->image->variables.count; i++)
    if (!choose_cell(search, i, copy, fact))
      return false;
  search_evaluate(search, copy);
  return true;
}

bool search_sample(Search *search) {
  memcpy(search->cells[0], search->start,
         search->inquiry->grid.words * sizeof(Cells));
  search->saved_count = 0;
  return search_complete(search, 0, NONE);
}

bool search_sample_other(Search *search, uint32_t fact) {
  const Grid *grid = &search->inquiry->grid;
  update_copy(&search->updates[1], &search->updates[0]);
  memcpy(search->cells[1], search->cells[0], grid->words * sizeof(Cells));
  for (uint32_t i = 0; i < grid->image->variables.count; i++) {
    const GridVariable *variable = &grid->variables[i];
    if (search->own[i])
      memcpy(search->cells[1] + variable->word, search->start + variable->word,
             variable->words * sizeof(Cells));
  }
  return search_complete(search, 1, fact);
}
