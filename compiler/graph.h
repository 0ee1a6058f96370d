/* Graphs of numbered things: an order to take them in, and the circles that
 * leave none.
 */
#ifndef STILE_COMPILER_GRAPH_H
#define STILE_COMPILER_GRAPH_H

#include "base/arena.h"

typedef struct GraphEdge {
  uint32_t from, to;
} GraphEdge;

typedef struct Circle {
  uint32_t *nodes; /* each leads to the next, the last to the first */
  uint32_t count;
} Circle;

typedef struct Graph {
  Arena *arena;
  uint32_t nodes;
  Vec(GraphEdge) edges;
  uint32_t *order; /* every node after all that lead to it */
  uint32_t ordered;
  Vec(Circle) circles;
} Graph;

/* Fills `order` with all nodes that are in no circle and behind none, and
 * `circles` with circles, so many that each node left out is in one or behind
 * one.  Takes time in proportion to nodes and edges. */
void graph_sort(Graph *graph);

#endif
