/* An image that keeps what answers and the library's interface need. */
#include <string.h>

#include "runtime/image_schema.h"

typedef struct Keeper {
  Arena *arena;
  const Image *from;
  Image *to;
  uint32_t *texts; /* of each text: its new number; NONE: not kept (yet) */
  uint32_t *nodes; /* of each node likewise */
  uint32_t *kept;  /* the texts that are kept, by new number */
  uint32_t text_count, node_count;
} Keeper;

/* The new number of `old`, which is the next one if it had none. */
static uint32_t renumber(uint32_t *numbers, uint32_t old, uint32_t *count) {
  if (old == NONE) return NONE;
  if (numbers[old] == NONE) numbers[old] = (*count)++;
  return numbers[old];
}

/* The conditions of a define or signs: they stay side by side. */
static void keep_parts(Keeper *keeper, char *at) {
  Range parts;
  memcpy(&parts, at, sizeof parts);
  for (uint32_t i = 0; i < parts.count; i++)
    renumber(keeper->nodes, parts.first + i, &keeper->node_count);
  if (parts.count > 0) parts.first = keeper->nodes[parts.first];
  memcpy(at, &parts, sizeof parts);
}

static void keep_field(Keeper *keeper, const Field *field, char *record) {
  uint32_t number;
  memcpy(&number, record + field->at, sizeof number);
  bool node = field->list == LIST_nodes;
  if (field->kind == FIELD_WORDS || field->kind == FIELD_WORDS_OPTION) {
    uint32_t old = number, count = keeper->text_count;
    number = renumber(keeper->texts, old, &keeper->text_count);
    if (keeper->text_count > count) keeper->kept[count] = old;
  } else if (node && (field->kind == FIELD_LINK ||
                      field->kind == FIELD_LINK_OPTION)) {
    number = renumber(keeper->nodes, number, &keeper->node_count);
  } else if (node && field->kind == FIELD_RANGE) {
    keep_parts(keeper, record + field->at);
    return;
  }
  memcpy(record + field->at, &number, sizeof number);
}

static void keep_records(Keeper *keeper, ListId id) {
  const List *list = &image_lists[id];
  Items items = image_items(keeper->from, id);
  char *copy = arena_make_array(keeper->arena, items.count, list->size);
  if (items.count > 0) memcpy(copy, items.at, items.count * list->size);
  for (uint32_t f = 0; f < list->field_count; f++)
    for (uint32_t i = 0; i < items.count; i++)
      keep_field(keeper, &list->fields[f], copy + (size_t)i * list->size);
  image_set_items(keeper->to, id, (Items){copy, items.count, items.count});
}

/* Of conditions the whole ones, without words and parts: what they come to is
 * in the code. */
static void keep_nodes(Keeper *keeper) {
  Image *to = keeper->to;
  uint32_t count = keeper->node_count;
  to->nodes.at = ARENA_ARRAY(keeper->arena, count, Node);
  to->nodes.count = to->nodes.room = count;
  for (uint32_t i = 0; i < keeper->from->nodes.count; i++) {
    if (keeper->nodes[i] == NONE) continue;
    Node *node = &to->nodes.at[keeper->nodes[i]];
    *node = keeper->from->nodes.at[i];
    node->text = NONE;
    node->parts = (Range){0, 0};
  }
}

static void keep_texts(Keeper *keeper) {
  Image *to = keeper->to;
  uint32_t count = keeper->text_count;
  size_t size = 0;
  for (uint32_t i = 0; i < count; i++)
    size += keeper->from->texts.at[keeper->kept[i]].length;
  char *at = arena_make(keeper->arena, size);
  to->texts.at = ARENA_ARRAY(keeper->arena, count, Text);
  to->texts.count = to->texts.room = count;
  for (uint32_t i = 0; i < count; i++) {
    Text text = keeper->from->texts.at[keeper->kept[i]];
    if (text.length > 0) memcpy(at, text.at, text.length);
    to->texts.at[i] = (Text){at, text.length};
    at += text.length;
  }
}

static void keep_code(Keeper *keeper) {
  uint32_t count = keeper->from->code.count;
  uint32_t *code = ARENA_ARRAY(keeper->arena, count, uint32_t);
  if (count > 0) memcpy(code, keeper->from->code.at, count * sizeof *code);
  keeper->to->code.at = code;
  keeper->to->code.count = keeper->to->code.room = count;
}

/* Places of facts and rules, and the names of files: each its own text, and one
 * more that is empty in place of what they hold. */
static void keep_places(Keeper *keeper) {
  const Image *from = keeper->from;
  Image *to = keeper->to;
  uint32_t places = from->facts.count + from->rules.count;
  uint32_t files = from->files.count;
  if (files == 0) return;
  to->places.at = ARENA_ARRAY(keeper->arena, places, Place);
  memcpy(to->places.at, from->places.at, places * sizeof(Place));
  to->places.count = to->places.room = places;
  to->files.at = ARENA_ARRAY(keeper->arena, files, File);
  to->files.count = to->files.room = files;
  to->place_texts.at = ARENA_ARRAY(keeper->arena, files + 1, Text);
  to->place_texts.count = to->place_texts.room = files + 1;
  for (uint32_t i = 0; i < files; i++) {
    to->files.at[i] = (File){.name = i, .text = files};
    to->place_texts.at[i] = text_copy(
        keeper->arena, image_place_text(from, from->files.at[i].name));
  }
  to->place_texts.at[files] = TEXT("");
}

static void keep_image(Arena *arena, Arena *scratch, const Image *from,
                       Image *to) {
  Keeper keeper = {.arena = arena, .from = from, .to = to};
  uint32_t texts = from->texts.count, nodes = from->nodes.count;
  keeper.kept = ARENA_ARRAY(scratch, texts, uint32_t);
  keeper.texts = ARENA_ARRAY(scratch, texts, uint32_t);
  keeper.nodes = ARENA_ARRAY(scratch, nodes, uint32_t);
  memset(keeper.texts, 0xff, texts * sizeof *keeper.texts);
  memset(keeper.nodes, 0xff, nodes * sizeof *keeper.nodes);
  *to = (Image){.order = from->order};
  memcpy(to->hash, from->hash, sizeof to->hash);
  for (uint32_t list = 0; list < LIST_places; list++)
    if (list != LIST_nodes) keep_records(&keeper, (ListId)list);
  keep_nodes(&keeper);
  keep_texts(&keeper);
  keep_code(&keeper);
  keep_places(&keeper);
}

bool image_read_lean(Arena *arena, Text bytes, Image *image,
                     ImageFault *fault) {
  jmp_buf escape, *before = arena->escape;
  Arena scratch;
  Image whole;
  arena_init(&scratch, arena->memory, arena->limit, &escape);
  scratch.passing = true;
  arena->escape = &escape;
  if (setjmp(escape) != 0) {
    arena->escape = before;
    arena_clear(&scratch);
    arena_escape(arena);
  }
  bool sound = image_read(&scratch, bytes, &whole, fault);
  if (sound) keep_image(arena, &scratch, &whole, image);
  arena->escape = before;
  arena_clear(&scratch);
  return sound;
}
