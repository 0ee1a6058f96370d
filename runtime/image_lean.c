/* A policy that is kept small: reading it, and reading in it. */
#include "runtime/image_lean.h"

#include <string.h>

bool image_lean_in_columns(ListId list) {
  return list == LIST_tests || list == LIST_intervals || list == LIST_rules ||
         list == LIST_members || list == LIST_lines || list == LIST_duties ||
         list == LIST_cites || list == LIST_links || list == LIST_places;
}

bool image_read_lean(Arena *arena, Text bytes, LeanImage *lean,
                     ImageFault *fault) {
  jmp_buf escape, *before = arena->escape;
  Arena scratch;
  memset(lean, 0, sizeof *lean);
  arena_init(&scratch, arena->memory, arena->limit, &escape);
  scratch.passing = true;
  arena->escape = &escape;
  if (setjmp(escape) != 0) {
    arena->escape = before;
    arena_clear(&scratch);
    arena_escape(arena);
  }
  bool sound = image_read_passing(arena, &scratch, bytes, &lean->image, fault);
  if (sound) image_lean_keep(arena, &scratch, bytes, lean);
  arena->escape = before;
  arena_clear(&scratch);
  return sound;
}

/* ----------------------------------------------------------------- reading */

static void unpack_list(Arena *arena, const LeanImage *lean, ListId list,
                        Image *image) {
  uint32_t count = image_items(image, list).count;
  char *records = arena_make_array(arena, count, image_lists[list].size);
  image_records_read(list, lean->columns[list], (Range){0, count}, false,
                     records);
  image_set_items(image, list, (Items){records, count, count});
}

/* Of conditions only the registers. */
static void unpack_nodes(Arena *arena, const LeanImage *lean, Image *image) {
  uint32_t count = image->nodes.count, registers[BLOCK_MOST];
  image->nodes.at = ARENA_ARRAY(arena, count, Node);
  for (uint32_t first = 0, take; first < count; first += take) {
    take = count - first < BLOCK_MOST ? count - first : BLOCK_MOST;
    image_column_read(&lean->registers, first, take, registers);
    for (uint32_t i = 0; i < take; i++)
      image->nodes.at[first + i].reg = registers[i];
  }
}

static const ListId unpacked[] = {LIST_tests,   LIST_intervals, LIST_rules,
                                  LIST_members, LIST_duties,    LIST_links};
#define UNPACKED (sizeof unpacked / sizeof *unpacked)

static size_t unpacked_size(const Image *image) {
  size_t size = image->code.count * sizeof *image->code.at +
                image->nodes.count * sizeof *image->nodes.at;
  for (size_t i = 0; i < UNPACKED; i++)
    size += (size_t)image_items(image, unpacked[i]).count *
            image_lists[unpacked[i]].size;
  return size;
}

void image_lean_unpack(Arena *arena, const LeanImage *lean, Image *image) {
  *image = lean->image;
  arena_expect(arena, unpacked_size(image));
  for (size_t i = 0; i < UNPACKED; i++)
    unpack_list(arena, lean, unpacked[i], image);
  image->code.at = ARENA_ARRAY(arena, image->code.count, uint32_t);
  image_column_read(&lean->code, 0, image->code.count, image->code.at);
  unpack_nodes(arena, lean, image);
}

void image_lean_record(const LeanImage *lean, ListId list, uint32_t index,
                       void *record) {
  image_records_read(list, lean->columns[list], (Range){index, 1}, true,
                     record);
}

Text image_lean_words(const LeanImage *lean, uint32_t words) {
  return words == NONE ? TEXT_NONE : text_of(lean->words + words);
}

bool image_lean_place(const LeanImage *lean, uint32_t rule, Place *place) {
  if (!lean->columns[LIST_places]) return false;
  image_lean_record(lean, LIST_places, rule, place);
  return true;
}
