/* What makes an image sound as a whole. */
#include "runtime/verify.h"

bool verify_refuse(const Verifier *verifier, ListId list, uint32_t index,
                   uint32_t word, const char *message) {
  *verifier->fault = (ImageFault){
      E_IMAGE_UNSOUND, image_record_offset(verifier->bytes, list, index, word),
      message};
  return false;
}

/* A record's range as it stands in memory. */
static Range range_at(const char *record, const Field *field) {
  return *(const Range *)(const void *)(record + field->at);
}

/* How much of the target list the ranges of one field cover: of the links, the
 * tail is the order of the rules. */
static uint32_t covered(const Image *image, ListId target) {
  if (target == LIST_links) return image->order.first;
  return image_items(image, target).count;
}

/* Every list that ranges point into belongs to them piece by piece, in order
 * and without a gap: so no item has two owners, and none is left out. */
static bool verify_tiles(const Verifier *verifier, ListId owner,
                         uint32_t field_index, uint32_t word) {
  const List *list = &image_lists[owner];
  const Field *field = &list->fields[field_index];
  Items items = image_items(verifier->image, owner);
  uint32_t next = 0;
  for (uint32_t i = 0; i < items.count; i++) {
    Range range = range_at(items.at + (size_t)i * list->size, field);
    if (range.count == 0) continue;
    if (range.first != next)
      return verify_refuse(verifier, owner, i, word,
                           "These items do not follow those of the record "
                           "before.");
    next += range.count;
  }
  if (next == covered(verifier->image, field->list)) return true;
  return verify_refuse(verifier, field->list, next, 0,
                       "This item belongs to no record.");
}

static bool verify_ranges(const Verifier *verifier, ListId owner) {
  const List *list = &image_lists[owner];
  uint32_t word = 0;
  for (uint32_t f = 0; f < list->field_count; f++) {
    FieldKind kind = list->fields[f].kind;
    /* Conditions are trees, not runs: verify_nodes sees to them. */
    if (kind == FIELD_RANGE && list->fields[f].list != LIST_nodes &&
        !verify_tiles(verifier, owner, f, word))
      return false;
    word += kind == FIELD_RANGE || kind == FIELD_WIDE ? 2 : 1;
  }
  return true;
}

bool image_verify(Arena *arena, const Image *image, Text bytes,
                  ImageFault *fault) {
  Verifier verifier = {arena, image, bytes, fault};
  for (uint32_t list = 0; list < LIST_COUNT; list++)
    if (!verify_ranges(&verifier, (ListId)list)) return false;
  return verify_facts(&verifier) && verify_variables(&verifier) &&
         verify_tests(&verifier) && verify_code(&verifier) &&
         verify_nodes(&verifier) && verify_rules(&verifier) &&
         verify_order(&verifier) && verify_examples(&verifier) &&
         verify_promises(&verifier);
}
