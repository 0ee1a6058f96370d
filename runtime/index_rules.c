/* What a decision needs of the rules once it is known which of them hold. */
#include "runtime/index.h"

static uint16_t rule_effects(const Rule *rule) {
  unsigned asks = rule->who.count ? (unsigned)EFFECT_ASKS : 0u;
  if (rule->kind == RULE_HOLDING_BACK)
    return EFFECT_HARM;
  if (rule->kind == RULE_EMERGENCY)
    return EFFECT_EMERGENCY;
  if (rule->kind == RULE_OTHERWISE)
    return (uint16_t)(1u << rule->finding | asks);
  if (!rule_gives_finding(rule))
    return 0;
  unsigned layer = (unsigned)EFFECT_LAYER << rule->layer;
  return (uint16_t)(1u << rule->finding | layer | asks);
}

static void find_effects(Arena *arena, Index *index) {
  const Image *image = index->inquiry->image;
  index->effects = ARENA_ARRAY(arena, image->rules.count + 1, uint16_t);
  for (uint32_t i = 0; i < image->rules.count; i++)
    index->effects[i] = rule_effects(&image->rules.at[i]);
}

/* ------------------------------------------------------------- who is asked */

static uint32_t need_of(const Rule *rule) {
  if (rule->need == WHO_ALL) return rule->who.count;
  return rule->need == WHO_AT_LEAST ? rule->need_number : 1;
}

static uint32_t pack_member(const Image *image, const Member *member) {
  bool set = image->facts.at[member->fact].type == TYPE_SET;
  return INDEX_MEMBER(member->fact, set ? member->value : INDEX_MEMBER_YES);
}

static void list_asks(Arena *arena, Index *index) {
  const Image *image = index->inquiry->image;
  uint32_t rules = image->rules.count, at = 0;
  uint32_t *asks =
      ARENA_ARRAY(arena, image->members.count + rules + 1, uint32_t);
  index->ask_first = ARENA_ARRAY(arena, rules + 1, uint32_t);
  for (uint32_t i = 0; i < rules; i++) {
    const Rule *rule = &image->rules.at[i];
    if (rule->who.count > 0) asks[at++] = need_of(rule);
    for (uint32_t k = 0; k < rule->who.count; k++)
      asks[at++] =
          pack_member(image, &image->members.at[rule->who.first + k]);
    index->ask_first[i + 1] = at;
  }
  index->asks = asks;
}

/* --------------------------------------------------------------- exceptions */

static void list_displaced(Arena *arena, Index *index) {
  const Inquiry *inquiry = index->inquiry;
  const Image *image = inquiry->image;
  uint32_t rules = image->rules.count, at = 0;
  index->ranks = ARENA_ARRAY(arena, rules + 1, uint32_t);
  for (uint32_t i = 0; i < inquiry->rule_count; i++)
    index->ranks[inquiry->rules[i]] = i;
  index->displaced = ARENA_ARRAY(arena, image->links.count, uint32_t);
  index->displaced_first = ARENA_ARRAY(arena, rules + 1, uint32_t);
  for (uint32_t i = 0; i < rules; i++) {
    Range names = image->rules.at[i].displaces;
    for (uint32_t k = 0; k < names.count; k++)
      index->displaced[at++] = image->links.at[names.first + k].rule;
    index->displaced_first[i + 1] = at;
  }
}

/* ---------------------------------------------------------------- otherwise */

/* Does it speak where nothing else does? */
static bool is_spare(const Inquiry *inquiry, uint32_t rule) {
  return inquiry->in_scope[rule] &&
         inquiry->image->rules.at[rule].kind == RULE_OTHERWISE;
}

static void list_otherwise(Arena *arena, Index *index) {
  const Inquiry *inquiry = index->inquiry;
  uint32_t rules = inquiry->image->rules.count, count = 0;
  for (uint32_t i = 0; i < rules; i++) count += is_spare(inquiry, i);
  index->otherwise = ARENA_ARRAY(arena, count, uint32_t);
  index->otherwise_layers = ARENA_ARRAY(arena, count, uint8_t);
  for (uint32_t i = 0; i < rules; i++) {
    if (!is_spare(inquiry, i)) continue;
    index->otherwise[index->otherwise_count] = i;
    index->otherwise_layers[index->otherwise_count++] =
        (uint8_t)inquiry->image->rules.at[i].layer;
  }
}

void index_describe_rules(Arena *arena, Index *index) {
  find_effects(arena, index);
  if (index->inquiry->image->members.count > 0) list_asks(arena, index);
  if (index->has_exceptions) list_displaced(arena, index);
  list_otherwise(arena, index);
}
