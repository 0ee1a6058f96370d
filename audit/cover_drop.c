/* Fewer tries, and their order. */
#include "audit/cover_suggest.h"

/* ----------------------------------------------------------------- dropping */

/* Has every goal that it is part of another way? */
static bool can_spare(const Suggester *suggester, uint32_t number,
                      uint32_t *own) {
  const Try *one = &suggester->tries.at[number];
  bool can = true;
  for (uint32_t i = 0; i < one->ways.count; i++) {
    const Shown *way = &suggester->ways.at[one->ways.at[i]];
    if (way->gone) continue;
    can &= ++own[way->wanted] < suggester->wanted.at[way->wanted].ways;
  }
  for (uint32_t i = 0; i < one->ways.count; i++)
    own[suggester->ways.at[one->ways.at[i]].wanted] = 0;
  return can;
}

static void drop(Suggester *suggester, uint32_t number) {
  Try *one = &suggester->tries.at[number];
  one->dropped = true;
  for (uint32_t i = 0; i < one->ways.count; i++) {
    Shown *way = &suggester->ways.at[one->ways.at[i]];
    suggester->wanted.at[way->wanted].ways -= !way->gone;
    way->gone = true;
  }
}

/* The tries by how much they show, the least first. */
static uint32_t *sort_by_ways(const Suggester *suggester) {
  Arena *arena = suggester_arena(suggester);
  uint32_t count = suggester->tries.count, most = 0;
  uint32_t *sorted = ARENA_ARRAY(arena, count + 1, uint32_t);
  for (uint32_t i = 0; i < count; i++)
    if (suggester->tries.at[i].ways.count > most)
      most = suggester->tries.at[i].ways.count;
  uint32_t *starts = ARENA_ARRAY(arena, most + 2, uint32_t);
  for (uint32_t i = 0; i < count; i++)
    starts[suggester->tries.at[i].ways.count + 1]++;
  for (uint32_t i = 0; i <= most; i++) starts[i + 1] += starts[i];
  for (uint32_t i = 0; i < count; i++)
    sorted[starts[suggester->tries.at[i].ways.count]++] = i;
  return sorted;
}

void tries_drop(Suggester *suggester) {
  uint32_t *sorted = sort_by_ways(suggester);
  uint32_t *own = ARENA_ARRAY(suggester_arena(suggester),
                              suggester->wanted.count + 1, uint32_t);
  for (uint32_t i = 0; i < suggester->tries.count; i++)
    if (!suggester->tries.at[sorted[i]].dropped &&
        can_spare(suggester, sorted[i], own))
      drop(suggester, sorted[i]);
}

/* ---------------------------------------------------------------- the order */

/* A queue by what a try closes now, then by what it is part of besides. */
typedef struct Entry {
  uint32_t closes, open, number;
} Entry;

typedef struct Queue {
  Suggester *suggester;
  Vec(Entry) heap;
  uint32_t *turn, now; /* for each wanted: counted in which turn */
} Queue;

static bool before(const Entry *a, const Entry *b) {
  if (a->closes != b->closes) return a->closes > b->closes;
  if (a->open != b->open) return a->open > b->open;
  return a->number < b->number;
}

static void swap(Queue *queue, uint32_t a, uint32_t b) {
  Entry one = queue->heap.at[a];
  queue->heap.at[a] = queue->heap.at[b];
  queue->heap.at[b] = one;
}

static void push(Queue *queue, Entry entry) {
  VEC_PUSH(suggester_arena(queue->suggester), &queue->heap, entry);
  for (uint32_t i = queue->heap.count - 1;
       i > 0 && before(&queue->heap.at[i], &queue->heap.at[(i - 1) / 2]);
       i = (i - 1) / 2)
    swap(queue, i, (i - 1) / 2);
}

static Entry pop(Queue *queue) {
  Entry top = queue->heap.at[0];
  uint32_t count = --queue->heap.count, i = 0;
  queue->heap.at[0] = queue->heap.at[count];
  for (;;) {
    uint32_t best = i;
    for (uint32_t k = 2 * i + 1; k <= 2 * i + 2 && k < count; k++)
      if (before(&queue->heap.at[k], &queue->heap.at[best])) best = k;
    if (best == i) return top;
    swap(queue, i, best);
    i = best;
  }
}

static uint32_t partner(const Shown *way, uint32_t number) {
  return way->second == NONE || way->first == number ? way->second
                                                     : way->first;
}

/* Is the other of a pair chosen?  (Or is there none.) */
static bool is_met(const Suggester *suggester, const Shown *way,
                   uint32_t number) {
  uint32_t other = partner(way, number);
  return other == NONE || other == number ||
         suggester->tries.at[other].rank != NONE;
}

static Entry entry_of(Queue *queue, uint32_t number) {
  Suggester *suggester = queue->suggester;
  const Try *one = &suggester->tries.at[number];
  Entry entry = {.number = number};
  queue->now++;
  for (uint32_t i = 0; i < one->ways.count; i++) {
    const Shown *way = &suggester->ways.at[one->ways.at[i]];
    bool open = !way->gone && suggester->wanted.at[way->wanted].way == NONE;
    if (!open) continue;
    if (!is_met(suggester, way, number)) {
      entry.open++;
    } else if (queue->turn[way->wanted] != queue->now) {
      queue->turn[way->wanted] = queue->now;
      entry.closes++;
    }
  }
  return entry;
}

static void close(Suggester *suggester, uint32_t number) {
  Arena *arena = suggester_arena(suggester);
  Try *one = &suggester->tries.at[number];
  for (uint32_t i = 0; i < one->ways.count; i++) {
    const Shown *way = &suggester->ways.at[one->ways.at[i]];
    Wanted *wanted = &suggester->wanted.at[way->wanted];
    uint32_t other = partner(way, number);
    if (way->gone || wanted->way != NONE || !is_met(suggester, way, number))
      continue;
    wanted->way = one->ways.at[i];
    VEC_PUSH(arena, &one->goals, way->wanted);
    if (other != NONE && other != number)
      VEC_PUSH(arena, &suggester->tries.at[other].goals, way->wanted);
  }
}

/* What the others of its pairs close has become more. */
static void push_partners(Queue *queue, uint32_t number) {
  const Suggester *suggester = queue->suggester;
  const Try *one = &suggester->tries.at[number];
  for (uint32_t i = 0; i < one->ways.count; i++) {
    const Shown *way = &suggester->ways.at[one->ways.at[i]];
    uint32_t other = partner(way, number);
    if (!way->gone && other != NONE && suggester->tries.at[other].rank == NONE)
      push(queue, entry_of(queue, other));
  }
}

static void choose(Queue *queue, const Entry *entry) {
  Suggester *suggester = queue->suggester;
  suggester->tries.at[entry->number].rank = suggester->kept;
  suggester->gains[suggester->kept] = entry->closes;
  suggester->order[suggester->kept++] = entry->number;
  close(suggester, entry->number);
  push_partners(queue, entry->number);
}

void tries_order(Suggester *suggester) {
  Arena *arena = suggester_arena(suggester);
  uint32_t count = suggester->tries.count;
  Queue queue = {.suggester = suggester};
  queue.turn = ARENA_ARRAY(arena, suggester->wanted.count + 1, uint32_t);
  suggester->order = ARENA_ARRAY(arena, count + 1, uint32_t);
  suggester->gains = ARENA_ARRAY(arena, count + 1, uint32_t);
  for (uint32_t i = 0; i < count; i++) suggester->tries.at[i].rank = NONE;
  for (uint32_t i = 0; i < count; i++)
    if (!suggester->tries.at[i].dropped) push(&queue, entry_of(&queue, i));
  while (queue.heap.count) {
    Entry top = pop(&queue);
    if (suggester->tries.at[top.number].rank != NONE) continue;
    Entry now = entry_of(&queue, top.number);
    if (before(&top, &now))
      push(&queue, now);
    else
      choose(&queue, &now);
  }
}
