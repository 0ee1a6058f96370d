#include "compiler/lattice.h"

int64_t lattice_count(const Lattice *lattice) {
  return (lattice->high - lattice->low) / lattice->step + 1;
}

int64_t lattice_place(const Lattice *lattice, Edge edge) {
  int64_t value = edge.value;
  if (value < lattice->low) return 0;
  if (value > lattice->high) return lattice_count(lattice);
  int64_t steps = (value - lattice->low) / lattice->step;
  bool between = (value - lattice->low) % lattice->step != 0;
  return steps + (edge.side == 1 || between ? 1 : 0);
}

void stretches_add(Stretches *all, Edge from, Edge to) {
  int64_t end = lattice_count(all->lattice);
  int64_t start_place = from.open ? 0 : lattice_place(all->lattice, from);
  int64_t end_place = to.open ? end : lattice_place(all->lattice, to);
  if (start_place >= end_place) return;
  if (start_place == 0) from = EDGE_END;
  if (end_place == end) to = EDGE_END;
  if (all->count > 0 && all->last == start_place)
    all->at[all->count - 1].to = to;
  else
    all->at[all->count++] = (Stretch){from, to};
  all->last = end_place;
  all->all = all->at[0].from.open && to.open && all->count == 1;
}
