/* What a lean image keeps of one that has been read. */
#include "runtime/image_lean.h"

#include <string.h>

/* No answer rests on these. */
static bool is_left_out(ListId list) {
  return list == LIST_clauses || list == LIST_numbers ||
         list == LIST_examples || list == LIST_givens || list == LIST_spans ||
         list == LIST_expects;
}

/* Texts and conditions get new numbers as they are met. */
typedef struct Keeper {
  Arena *arena, *scratch;
  Text bytes;            /* the file */
  LeanImage *lean;
  uint32_t *starts;      /* of each text of the file, and past the last */
  uint32_t *word_starts; /* of each text among the words; NONE: not there */
  char *words;           /* of lists in columns */
  uint32_t words_size;
  Vec(Text) texts;       /* of records */
  Column node_registers; /* of all nodes */
  Vec(uint32_t) registers; /* of those that are kept */
} Keeper;

/* ----------------------------------------------------------------- numbers */

static Text text_at(const Keeper *keeper, uint32_t text) {
  uint32_t start = keeper->starts[text];
  return (Text){keeper->bytes.at + start, keeper->starts[text + 1] - start};
}

static uint32_t keep_text(Keeper *keeper, uint32_t text) {
  if (text == NONE) return NONE;
  VEC_PUSH(keeper->scratch, &keeper->texts, text_at(keeper, text));
  return keeper->texts.count - 1;
}

/* A condition is named once. */
static uint32_t keep_node(Keeper *keeper, uint32_t node) {
  uint32_t reg;
  if (node == NONE) return NONE;
  image_column_read(&keeper->node_registers, node, 1, &reg);
  VEC_PUSH(keeper->scratch, &keeper->registers, reg);
  return keeper->registers.count - 1;
}

/* The conditions of a define or signs: they stay side by side. */
static Range keep_parts(Keeper *keeper, Range parts) {
  Range kept = {keeper->registers.count, parts.count};
  for (uint32_t i = 0; i < parts.count; i++)
    keep_node(keeper, parts.first + i);
  return kept;
}

static bool is_condition(const Field *field) {
  return field->list == LIST_nodes &&
         (field->kind == FIELD_LINK || field->kind == FIELD_LINK_OPTION ||
          field->kind == FIELD_RANGE);
}

static void keep_field(Keeper *keeper, const Field *field, char *at) {
  Range range;
  uint32_t number;
  if (field->kind == FIELD_RANGE) {
    memcpy(&range, at, sizeof range);
    range = keep_parts(keeper, range);
    memcpy(at, &range, sizeof range);
    return;
  }
  memcpy(&number, at, sizeof number);
  number = is_condition(field) ? keep_node(keeper, number)
                               : keep_text(keeper, number);
  memcpy(at, &number, sizeof number);
}

static void keep_records(Keeper *keeper, ListId id) {
  const List *list = &image_lists[id];
  Items items = image_items(&keeper->lean->image, id);
  for (uint32_t f = 0; f < list->field_count; f++) {
    const Field *field = &list->fields[f];
    if (!image_field_is_text(field) && !is_condition(field)) continue;
    for (uint32_t i = 0; i < items.count; i++)
      keep_field(keeper, field, items.at + (size_t)i * list->size + field->at);
  }
}

/* ----------------------------------------------------------------- columns */

/* Its numbers in a row: zeros need no more than the base. */
static Column keep_column(Arena *arena, const Column *from, uint32_t first,
                          uint32_t count) {
  const char *at = from->at + (size_t)first * from->width;
  size_t size = (size_t)count * from->width;
  if (size == 0 || (at[0] == 0 && memcmp(at, at + 1, size - 1) == 0))
    return (Column){"", from->base, 0};
  char *kept = arena_make(arena, size);
  return (Column){memcpy(kept, at, size), from->base, from->width};
}

static Column make_column(Arena *arena, const uint32_t *words,
                          uint32_t count) {
  ColumnShape shape = image_column_shape(words, count);
  if (shape.width == 0) return (Column){"", shape.base, 0};
  char *kept = arena_make(arena, (size_t)count * shape.width);
  image_column_numbers(kept, shape, words, count);
  return (Column){kept, shape.base, shape.width};
}

/* Where a text starts among the words. */
static uint32_t keep_words(Keeper *keeper, uint32_t text) {
  if (text == NONE) return NONE;
  if (keeper->word_starts[text] == NONE) {
    Text words = text_at(keeper, text);
    keeper->word_starts[text] = keeper->words_size;
    memcpy(keeper->words + keeper->words_size, words.at, words.length);
    keeper->words_size += words.length + 1;
  }
  return keeper->word_starts[text];
}

/* A column whose numbers become others. */
static Column keep_numbered(Keeper *keeper, const Field *field,
                            const Column *from, uint32_t count) {
  uint32_t *words = ARENA_ARRAY(keeper->scratch, count, uint32_t);
  image_column_read(from, 0, count, words);
  for (uint32_t i = 0; i < count; i++)
    words[i] = image_field_is_text(field) ? keep_words(keeper, words[i])
                              : keep_node(keeper, words[i]);
  return make_column(keeper->arena, words, count);
}

/* Nobody asks for these. */
static bool is_idle(ListId list, const Field *field) {
  size_t at = field->at;
  if (list == LIST_rules) return at == offsetof(Rule, name);
  return list == LIST_places &&
         (at == offsetof(Place, end_line) || at == offsetof(Place, end_column));
}

/* Of places those of the rules. */
static Range kept_range(const Image *image, ListId id) {
  if (id != LIST_places) return (Range){0, image_items(image, id).count};
  return (Range){image->facts.count,
                 image->files.count > 0 ? image->rules.count : 0};
}

static void keep_field_columns(Keeper *keeper, ListId id, const Field *field,
                               Range range, const Column *from, Column *to) {
  if (is_idle(id, field))
    *to = (Column){"", 0, 0};
  else if (image_field_is_text(field) || is_condition(field))
    *to = keep_numbered(keeper, field, from, range.count);
  else
    for (uint32_t w = 0; w < image_field_words(field); w++)
      to[w] = keep_column(keeper->arena, &from[w], range.first, range.count);
}

static void keep_columns(Keeper *keeper, ListId id) {
  const List *list = &image_lists[id];
  Range range = kept_range(&keeper->lean->image, id);
  Column from[COLUMNS_MOST];
  if (range.count == 0) return;
  Column *to = ARENA_ARRAY(keeper->arena, list->words, Column);
  keeper->lean->columns[id] = to;
  image_set_items(&keeper->lean->image, id, (Items){NULL, range.count, 0});
  image_list_columns(keeper->bytes, id, from);
  for (uint32_t f = 0, word = 0; f < list->field_count; f++) {
    const Field *field = &list->fields[f];
    keep_field_columns(keeper, id, field, range, &from[word], &to[word]);
    word += image_field_words(field);
  }
}

static void keep_code(Keeper *keeper) {
  LeanImage *lean = keeper->lean;
  uint32_t count = lean->image.code.count;
  Column column;
  lean->image.code.at = NULL;
  if (count == 0) return;
  image_code_column(keeper->bytes, &column);
  lean->code = keep_column(keeper->arena, &column, 0, count);
}

/* Of conditions the registers of whole ones: what they come to is in the
 * code. */
static void keep_nodes(Keeper *keeper) {
  uint32_t count = keeper->registers.count;
  keeper->lean->registers =
      make_column(keeper->arena, keeper->registers.at, count);
  image_set_items(&keeper->lean->image, LIST_nodes, (Items){NULL, count, 0});
}

/* ------------------------------------------------------------------- texts */

static void keep_texts(Keeper *keeper) {
  Image *image = &keeper->lean->image;
  uint32_t count = keeper->texts.count;
  size_t size = 0;
  for (uint32_t i = 0; i < count; i++) size += keeper->texts.at[i].length;
  char *at = arena_make(keeper->arena, size);
  Text *texts = ARENA_ARRAY(keeper->arena, count, Text);
  for (uint32_t i = 0; i < count; i++) {
    Text text = keeper->texts.at[i];
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
  Image *image = &keeper->lean->image;
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

/* Where each text starts in the file. */
static void find_texts(Keeper *keeper) {
  uint32_t count = keeper->lean->image.texts.count;
  uint32_t *starts = ARENA_ARRAY(keeper->scratch, count + 1, uint32_t);
  Column lengths;
  uint32_t at = image_lengths_column(keeper->bytes, &lengths);
  if (count > 0) image_column_read(&lengths, 0, count, starts);
  for (uint32_t i = 0; i <= count; i++) {
    uint32_t length = starts[i];
    starts[i] = at;
    at += length;
  }
  keeper->starts = starts;
  keeper->words = arena_make(keeper->scratch, (size_t)at - starts[0] + count);
  keeper->word_starts = ARENA_ARRAY(keeper->scratch, count, uint32_t);
  memset(keeper->word_starts, 0xff, count * sizeof *keeper->word_starts);
}

static void find_nodes(Keeper *keeper) {
  Column columns[COLUMNS_MOST];
  if (keeper->lean->image.nodes.count == 0) return;
  image_list_columns(keeper->bytes, LIST_nodes, columns);
  keeper->node_registers = columns[Node_reg];
}

void image_lean_keep(Arena *arena, Arena *scratch, Text bytes,
                     LeanImage *lean) {
  Keeper keeper = {.arena = arena, .scratch = scratch, .bytes = bytes,
                   .lean = lean};
  find_texts(&keeper);
  find_nodes(&keeper);
  for (ListId list = 0; list < LIST_COUNT; list++) {
    if (image_lean_in_columns(list))
      keep_columns(&keeper, list);
    else if (is_left_out(list))
      image_set_items(&lean->image, list, (Items){0});
    else if (list != LIST_nodes)
      keep_records(&keeper, list);
  }
  keep_nodes(&keeper);
  keep_code(&keeper);
  keep_texts(&keeper);
  keep_files(&keeper);
  image_set_items(&lean->image, LIST_places, (Items){0});
  lean->words = text_copy(arena, (Text){keeper.words, keeper.words_size}).at;
}
