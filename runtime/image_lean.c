/* An image that keeps what answers and the library's interface need. */
#include <string.h>

#include "runtime/image_schema.h"

/* What is kept is told by the records that are there already: their texts and
 * conditions get new numbers, and then lie where the image keeps them. */
typedef struct Keeper {
  Arena *arena;
  Image *image;
  uint32_t *texts; /* of each text: its new number; NONE: not kept (yet) */
  uint32_t *nodes; /* of each node likewise */
  uint32_t *kept;  /* the texts that are kept, by new number */
  uint32_t text_count, node_count;
} Keeper;

/* ----------------------------------------------------------------- numbers */

static uint32_t keep_text(Keeper *keeper, uint32_t text) {
  if (text == NONE) return NONE;
  if (keeper->texts[text] == NONE) {
    keeper->kept[keeper->text_count] = text;
    keeper->texts[text] = keeper->text_count++;
  }
  return keeper->texts[text];
}

static uint32_t keep_node(Keeper *keeper, uint32_t node) {
  if (node == NONE) return NONE;
  if (keeper->nodes[node] == NONE) keeper->nodes[node] = keeper->node_count++;
  return keeper->nodes[node];
}

/* The conditions of a define or signs: they stay side by side. */
static Range keep_parts(Keeper *keeper, Range parts) {
  Range kept = {0, parts.count};
  for (uint32_t i = 0; i < parts.count; i++)
    keep_node(keeper, parts.first + i);
  if (parts.count > 0) kept.first = keeper->nodes[parts.first];
  return kept;
}

static void keep_field(Keeper *keeper, const Field *field, char *at) {
  Range range;
  uint32_t number;
  memcpy(&number, at, sizeof number);
  if (field->kind == FIELD_RANGE) {
    memcpy(&range, at, sizeof range);
    range = keep_parts(keeper, range);
    memcpy(at, &range, sizeof range);
    return;
  }
  number = field->kind == FIELD_LINK || field->kind == FIELD_LINK_OPTION
               ? keep_node(keeper, number)
               : keep_text(keeper, number);
  memcpy(at, &number, sizeof number);
}

/* Does the field name texts or conditions? */
static bool is_renumbered(const Field *field) {
  switch (field->kind) {
    case FIELD_WORDS:
    case FIELD_WORDS_OPTION: return true;
    case FIELD_LINK:
    case FIELD_LINK_OPTION:
    case FIELD_RANGE: return field->list == LIST_nodes;
    case FIELD_NUMBER:
    case FIELD_FLAG:
    case FIELD_ENUM:
    case FIELD_DAY:
    case FIELD_WIDE:
    case FIELD_PLACE_WORDS:
    case FIELD_REGISTER: break;
  }
  return false;
}

static void keep_records(Keeper *keeper, ListId id) {
  const List *list = &image_lists[id];
  Items items = image_items(keeper->image, id);
  for (uint32_t f = 0; f < list->field_count; f++) {
    const Field *field = &list->fields[f];
    if (!is_renumbered(field)) continue;
    for (uint32_t i = 0; i < items.count; i++)
      keep_field(keeper, field, items.at + (size_t)i * list->size + field->at);
  }
}

/* ------------------------------------------------------------------ copies */

/* Of conditions the whole ones, without words and parts: what they come to is
 * in the code. */
static void keep_nodes(Keeper *keeper) {
  Image *image = keeper->image;
  uint32_t count = keeper->node_count;
  Node *nodes = ARENA_ARRAY(keeper->arena, count, Node);
  for (uint32_t i = 0; i < image->nodes.count; i++) {
    if (keeper->nodes[i] == NONE) continue;
    Node *node = &nodes[keeper->nodes[i]];
    *node = image->nodes.at[i];
    node->text = NONE;
    node->parts = (Range){0, 0};
  }
  image->nodes.at = nodes;
  image->nodes.count = image->nodes.room = count;
}

static void keep_texts(Keeper *keeper) {
  Image *image = keeper->image;
  uint32_t count = keeper->text_count;
  size_t size = 0;
  for (uint32_t i = 0; i < count; i++)
    size += image->texts.at[keeper->kept[i]].length;
  char *at = arena_make(keeper->arena, size);
  Text *texts = ARENA_ARRAY(keeper->arena, count, Text);
  for (uint32_t i = 0; i < count; i++) {
    Text text = image->texts.at[keeper->kept[i]];
    if (text.length > 0) memcpy(at, text.at, text.length);
    texts[i] = (Text){at, text.length};
    at += text.length;
  }
  image->texts.at = texts;
  image->texts.count = image->texts.room = count;
}

/* The names of files: each its own text, and one more that is empty in place of
 * what they hold. */
static void keep_files(Keeper *keeper) {
  Image *image = keeper->image;
  uint32_t files = image->files.count;
  if (files == 0) return;
  Text *texts = ARENA_ARRAY(keeper->arena, files + 1, Text);
  for (uint32_t i = 0; i < files; i++) {
    File *file = &image->files.at[i];
    texts[i] =
        text_copy(keeper->arena, image_place_text(image, file->name));
    *file = (File){.name = i, .text = files};
  }
  texts[files] = TEXT("");
  image->place_texts.at = texts;
  image->place_texts.count = image->place_texts.room = files + 1;
}

static void keep_image(Arena *arena, Arena *scratch, Image *image) {
  Keeper keeper = {.arena = arena, .image = image};
  uint32_t texts = image->texts.count, nodes = image->nodes.count;
  keeper.kept = ARENA_ARRAY(scratch, texts, uint32_t);
  keeper.texts = ARENA_ARRAY(scratch, texts, uint32_t);
  keeper.nodes = ARENA_ARRAY(scratch, nodes, uint32_t);
  memset(keeper.texts, 0xff, texts * sizeof *keeper.texts);
  memset(keeper.nodes, 0xff, nodes * sizeof *keeper.nodes);
  for (uint32_t list = 0; list < LIST_places; list++)
    if (list != LIST_nodes) keep_records(&keeper, (ListId)list);
  keep_nodes(&keeper);
  keep_texts(&keeper);
  keep_files(&keeper);
}

bool image_read_lean(Arena *arena, Text bytes, Image *image,
                     ImageFault *fault) {
  jmp_buf escape, *before = arena->escape;
  Arena scratch;
  arena_init(&scratch, arena->memory, arena->limit, &escape);
  scratch.passing = true;
  arena->escape = &escape;
  if (setjmp(escape) != 0) {
    arena->escape = before;
    arena_clear(&scratch);
    arena_escape(arena);
  }
  bool sound = image_read_passing(arena, &scratch, bytes, image, fault);
  if (sound) keep_image(arena, &scratch, image);
  arena->escape = before;
  arena_clear(&scratch);
  return sound;
}
