/* Any bytes as a policy image: they are refused, or what is read can be shown
 * and asked. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/answer.h"
#include "runtime/image_lean.h"
#include "runtime/packed.h"

#define WORK 300          /* evaluations for one answer: enough to get deep */
#define MEMORY_MOST ((size_t)256 << 20)

/* The same by bitmaps. */
static void decide(Arena *arena, const Image *image,
                   const Situation *situation) {
  Inquiry inquiry;
  Index index;
  DecisionSpace space;
  Decision decision;
  uint8_t *counts = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  uint8_t *agreed = ARENA_ARRAY(arena, image->rules.count + 1, uint8_t);
  inquiry_make(arena, image, situation, &inquiry);
  findings_count(&inquiry, situation, counts, agreed);
  index_make(arena, arena, &inquiry, &index);
  decision_space_make_wide(arena, &index, &space);
  Cells *cells = ARENA_ARRAY(arena, inquiry.grid.words + 1, Cells);
  uint16_t *codes = ARENA_ARRAY(arena, image->variables.count + 1, uint16_t);
  grid_locate(&inquiry.grid, situation, cells);
  index_codes(&inquiry.grid, cells, codes);
  IndexPlace place = {.codes = codes, .cells = cells, .agreed = agreed};
  index_decide(&index, &place, &space, &decision);
}

static void ask(Arena *arena, const Image *image, uint32_t boundary,
                Tense tense) {
  Situation situation;
  Answer answer;
  situation_init(arena, image, 740000, &situation);
  situation.boundary = boundary;
  situation.tense = tense;
  answer_make(arena, image, &situation, WORK, &answer);
}

static void ask_example(Arena *arena, const Image *image, uint32_t example) {
  Situation situation;
  Answer answer;
  situation_from_example(arena, image, example, &situation);
  answer_make(arena, image, &situation, WORK, &answer);
  decide(arena, image, &situation);
}

static void show(Arena *arena, const Image *image) {
  Buffer out = {.arena = arena};
  Text *choices;
  image_dump(&out, image);
  for (uint32_t i = 0; i < image->facts.count; i++)
    fact_choices(arena, image, i, 740000, &choices);
  image_fact_place(image, 0);
}

static void use(Arena *arena, const Image *image) {
  show(arena, image);
  ask(arena, image, NONE, TENSE_PROPOSED);
  for (uint32_t i = 0; i < image->boundaries.count && i < 3; i++) {
    ask(arena, image, i, TENSE_PROPOSED);
    ask(arena, image, i, TENSE_HAPPENED);
  }
  for (uint32_t i = 0; i < image->examples.count && i < 3; i++)
    ask_example(arena, image, i);
}

static void use_lean(Arena *arena, const LeanImage *lean) {
  Image image;
  Packed packed;
  Decision decision;
  Rule rule;
  Place place;
  int64_t *values = ARENA_ARRAY(arena, lean->image.facts.count + 1, int64_t);
  image_lean_unpack(arena, lean, &image);
  packed_make_short(arena, arena, &image, &lean->image,
                    image.boundaries.count > 0 ? 0 : NONE, 740000, &packed);
  if (index_needs_grid(&packed.index))
    packed_complete(arena, &image, &packed);
  packed_decide(&packed, values, NULL, &decision);
  for (uint32_t i = 0; i < image.rules.count; i++) {
    image_lean_record(lean, LIST_rules, i, &rule);
    image_lean_words(lean, rule.full_name);
    image_lean_words(lean, rule.title);
    image_lean_place(lean, i, &place);
  }
}

/* A lean image is refused for the same, or can be used. */
static void read_lean(Arena *arena, Text bytes, bool sound,
                      const ImageFault *fault) {
  LeanImage lean;
  ImageFault own;
  if (image_read_lean(arena, bytes, &lean, &own) != sound ||
      (!sound && own.offset != fault->offset))
    abort();
  if (sound) use_lean(arena, &lean);
}

/* Makes the digest fit, where the frame is sound: else the verifier would
 * never be reached. */
static bool read_sealed(Arena *arena, char *bytes, uint32_t length,
                        Image *image, ImageFault *fault) {
  uint8_t hash[IMAGE_HASH_SIZE], digest[IMAGE_HASH_SIZE];
  Text text = {bytes, length};
  if (image_read(arena, text, image, fault)) return true;
  if (length < IMAGE_HEADER_SIZE || fault->offset != IMAGE_DIGEST_AT)
    return false;
  image_digest(text, hash, digest);
  memcpy(bytes + IMAGE_DIGEST_AT, digest, sizeof digest);
  return image_read(arena, text, image, fault);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena arena;
  jmp_buf escape;
  arena_init(&arena, &memory_default, MEMORY_MOST, &escape);
  if (setjmp(escape) == 0 && size < UINT32_MAX) {
    char *bytes = arena_make(&arena, size);
    Image image;
    ImageFault fault;
    if (size > 0) memcpy(bytes, data, size);
    bool sound =
        read_sealed(&arena, bytes, (uint32_t)size, &image, &fault);
    read_lean(&arena, (Text){bytes, (uint32_t)size}, sound, &fault);
    if (sound) use(&arena, &image);
  }
  arena_clear(&arena);
  return 0;
}
