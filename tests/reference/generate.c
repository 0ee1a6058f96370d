#include "tests/reference/generate_parts.h"

/* --------------------------------------------------------------- random */

/* Steele, Lea and Flood's SplitMix64. */
uint64_t random_next(Random *random) {
  uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return z ^ z >> 31;
}

uint32_t random_below(Random *random, uint32_t count) {
  uint64_t next = random_next(random);
  return count ? (uint32_t)((next >> 16) % count) : 0;
}

int64_t random_from(Random *random, int64_t low, int64_t high) {
  if (high <= low) return low;
  return low + (int64_t)(random_next(random) % (uint64_t)(high - low + 1));
}

bool random_chance(Random *random, uint32_t percent) {
  return random_below(random, 100) < percent;
}

/* ---------------------------------------------------------------- assembly */

static void put_file_head(Generator *g, Buffer *out, uint32_t file) {
  static const char *const layers[] = {"law", "regulator", "organisation",
                                       "team"};
  if (file == 0)
    buffer_put_c(out, "policy main \"A policy\"\n");
  else
    buffer_format(out, "policy part-%u \"A part\"\n", (unsigned)file);
  if (g->layers[file] != LAYER_ORGANISATION || random_chance(g->random, 30))
    buffer_format(out, "  layer %s\n", layers[g->layers[file]]);
  if (file == 0) buffer_put_c(out, "  if unsure \"Ask.\"\n");
  if (file == 0) buffer_put_c(out, "source book \"A book\"\n");
}

/* The file that `use`s file number `file`. */
static uint32_t user_of(uint32_t file) { return file == 2 ? 1 : 0; }

static void put_facts(Generator *g, Buffer *out, uint32_t file) {
  for (uint32_t i = 0; i < g->fact_count; i++)
    if (g->facts[i].file == file) part_fact_declare(g, out, &g->facts[i]);
}

static void put_named_all(Generator *g, Buffer *out, uint32_t file) {
  for (uint32_t i = 0; i < g->named_count; i++)
    if (g->named[i].file == file) buffer_put(out, g->named[i].text);
}

static bool block_has_rules(const Generator *g, int block, uint32_t file) {
  for (uint32_t i = 0; i < g->rule_count; i++)
    if (g->rules[i].block == block && g->rules[i].file == file) return true;
  return false;
}

/* The head of a block; its texts are given once, in the main file. */
static void put_block_head(Buffer *out, int block, uint32_t file, bool again) {
  bool texts = file == 0 && !again;
  if (block == BLOCK_EVERYWHERE) {
    buffer_put_c(out, "everywhere\n");
  } else if (block == BLOCK_REVIEW) {
    buffer_put_c(out, texts ? "review \"Afterwards\"\n" : "review\n");
  } else {
    buffer_format(out, "boundary b%d", block);
    buffer_put_c(out, !texts       ? "\n"
                      : block == 0 ? " \"Doing it\" or \"Not doing it\"\n"
                                   : " \"Doing that\"\n");
  }
}

static void put_block(Generator *g, Buffer *out, int block, uint32_t file) {
  bool main_boundary = block >= 0 && file == 0;
  bool opened = false;
  if (!main_boundary && !block_has_rules(g, block, file)) return;
  if (block != BLOCK_EMERGENCY) put_block_head(out, block, file, false);
  for (uint32_t i = 0; i < g->rule_count; i++) {
    if (g->rules[i].block != block || g->rules[i].file != file) continue;
    if (block != BLOCK_EMERGENCY && opened && random_chance(g->random, 5))
      put_block_head(out, block, file, true);
    opened = true;
    buffer_put(out, g->rules[i].text);
  }
}

static void put_blocks(Generator *g, Buffer *out, uint32_t file) {
  put_block(g, out, BLOCK_EMERGENCY, file);
  put_block(g, out, BLOCK_EVERYWHERE, file);
  for (int b = 0; b < (int)g->boundary_count; b++) put_block(g, out, b, file);
  put_block(g, out, BLOCK_REVIEW, file);
}

static Text assemble(Generator *g, uint32_t file) {
  Buffer out = {.arena = g->arena};
  bool facts_last = random_chance(g->random, 20);
  put_file_head(g, &out, file);
  for (uint32_t f = 1; f < g->file_count; f++)
    if (user_of(f) == file)
      buffer_format(&out, "use \"part%u.stile\"\n", (unsigned)f);
  if (!facts_last) put_facts(g, &out, file);
  put_named_all(g, &out, file);
  put_blocks(g, &out, file);
  part_promises(g, &out);
  if (facts_last) put_facts(g, &out, file);
  return buffer_text(&out);
}

static void choose_files(Generator *g) {
  g->file_count = random_chance(g->random, 60)   ? 1
                  : random_chance(g->random, 70) ? 2
                                                 : 3;
  for (uint32_t i = 0; i < g->file_count; i++)
    g->layers[i] = random_chance(g->random, i ? 15 : 50)
                       ? LAYER_ORGANISATION
                       : (Layer)random_below(g->random, LAYER_COUNT);
}

static void choose_windows(Generator *g) {
  static const char *const windows[] = {
      "30 days",    "12 months",           "this calendar month",
      "last calendar month", "2 weeks", "1 year", "1 day"};
  g->windows[0] = PICK(g, windows);
  g->windows[1] = PICK(g, windows);
}

static Day choose_base(Generator *g) {
  static const int dates[][3] = {{2026, 6, 15}, {2026, 2, 28}, {2026, 3, 31},
                                 {2024, 2, 29}, {2026, 1, 1},  {2025, 12, 31}};
  const int *date = PICK(g, dates);
  Day day = DAY_FIRST;
  day_make(date[0], date[1], date[2], &day);
  return day;
}

void generate_policy(Arena *arena, Random *random, bool large,
                     Generated *generated) {
  Generator *g = ARENA_NEW(arena, Generator);
  g->arena = arena;
  g->random = random;
  g->large = large;
  g->tricky = random_chance(random, 10);
  g->base = choose_base(g);
  choose_files(g);
  choose_windows(g);
  g->boundary_count = 1 + random_below(random, large ? 3 : 2);
  part_facts(g);
  part_rules(g);
  generated->count = g->file_count;
  for (uint32_t i = 0; i < g->file_count; i++) {
    generated->paths[i] =
        i ? text_format(arena, "part%u.stile", (unsigned)i)
          : TEXT("main.stile");
    generated->texts[i] = assemble(g, i);
  }
}
