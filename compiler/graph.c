#include "compiler/graph.h"

#define NOWHERE UINT32_MAX

/* Edges by the node they start from: those of n are first[n] to first[n + 1]
 * in `to`. */
typedef struct Index {
  uint32_t *first, *to;
} Index;

static Index make_index(const Graph *graph) {
  Index index = {ARENA_ARRAY(graph->arena, graph->nodes + 2, uint32_t),
                 ARENA_ARRAY(graph->arena, graph->edges.count + 1, uint32_t)};
  for (uint32_t i = 0; i < graph->edges.count; i++)
    index.first[graph->edges.at[i].from + 2]++;
  for (uint32_t n = 2; n < graph->nodes + 2; n++)
    index.first[n] += index.first[n - 1];
  for (uint32_t i = 0; i < graph->edges.count; i++) {
    const GraphEdge *edge = &graph->edges.at[i];
    index.to[index.first[edge->from + 1]++] = edge->to;
  }
  return index;
}

/* Takes away node after node that nothing left leads to (Kahn's way); leaves
 * in `waiting` how many nodes still lead to each. */
static void take_in_order(Graph *graph, const Index *index,
                          uint32_t *waiting) {
  for (uint32_t i = 0; i < graph->edges.count; i++)
    waiting[graph->edges.at[i].to]++;
  for (uint32_t n = 0; n < graph->nodes; n++)
    if (waiting[n] == 0) graph->order[graph->ordered++] = n;
  for (uint32_t done = 0; done < graph->ordered; done++) {
    uint32_t node = graph->order[done];
    for (uint32_t e = index->first[node]; e < index->first[node + 1]; e++)
      if (--waiting[index->to[e]] == 0)
        graph->order[graph->ordered++] = index->to[e];
  }
}

/* The circle that goes back from `node` by `before`, in its own direction. */
static void add_circle(Graph *graph, const uint32_t *before, uint32_t node) {
  Circle circle = {0};
  uint32_t at = node;
  do {
    circle.count++;
    at = before[at];
  } while (at != node);
  circle.nodes = ARENA_ARRAY(graph->arena, circle.count, uint32_t);
  for (uint32_t i = circle.count; i > 0; i--) {
    at = before[at];
    circle.nodes[i - 1] = at;
  }
  VEC_PUSH(graph->arena, &graph->circles, circle);
}

/* Every node that still waits has one before it that waits too, so going back
 * from it ends in a circle. */
static void find_circles(Graph *graph, const uint32_t *waiting) {
  uint32_t *before = ARENA_ARRAY(graph->arena, graph->nodes, uint32_t);
  uint32_t *walk = ARENA_ARRAY(graph->arena, graph->nodes, uint32_t);
  for (uint32_t n = 0; n < graph->nodes; n++) before[n] = NOWHERE;
  for (uint32_t i = 0; i < graph->edges.count; i++) {
    const GraphEdge *edge = &graph->edges.at[i];
    if (waiting[edge->from] > 0 && before[edge->to] == NOWHERE)
      before[edge->to] = edge->from;
  }
  for (uint32_t n = 0; n < graph->nodes; n++) {
    if (waiting[n] == 0) continue;
    uint32_t at = n;
    for (; walk[at] == 0; at = before[at]) walk[at] = n + 1;
    if (walk[at] == n + 1) add_circle(graph, before, at);
  }
}

void graph_sort(Graph *graph) {
  uint32_t *waiting = ARENA_ARRAY(graph->arena, graph->nodes, uint32_t);
  Index index = make_index(graph);
  graph->order = ARENA_ARRAY(graph->arena, graph->nodes, uint32_t);
  graph->ordered = 0;
  take_in_order(graph, &index, waiting);
  if (graph->ordered < graph->nodes) find_circles(graph, waiting);
}
