#include "runtime/part.h"

#include <stdlib.h>

#include "runtime/bearing.h"
#include "runtime/machine.h"

/* ------------------------------------------------------------- linked rules */

/* The leader of a rule's part; the way there is halved (Tarjan, van Leeuwen
 * 1984). */
static uint32_t lead(Parts *parts, uint32_t rule) {
  uint32_t *leader = parts->leader;
  while (leader[rule] != rule) {
    leader[rule] = leader[leader[rule]];
    rule = leader[rule];
  }
  return rule;
}

static void link_rules(Parts *parts) {
  const Image *image = parts->whole->image;
  for (uint32_t i = 0; i < image->rules.count; i++) parts->leader[i] = i;
  for (uint32_t i = 0; i < parts->whole->rule_count; i++) {
    uint32_t rule = parts->whole->rules[i];
    Range names = image->rules.at[rule].displaces;
    for (uint32_t k = 0; k < names.count; k++) {
      uint32_t named = image->links.at[names.first + k].rule;
      parts->leader[lead(parts, rule)] = lead(parts, named);
    }
  }
}

static void list_rules(Parts *parts) {
  for (uint32_t i = 0; i < parts->whole->image->rules.count; i++)
    parts->head[i] = parts->next[i] = NONE;
  for (uint32_t i = 0; i < parts->whole->rule_count; i++) {
    uint32_t rule = parts->whole->rules[i], first = lead(parts, rule);
    if (parts->head[first] == NONE)
      parts->head[first] = rule;
    else
      parts->next[parts->tail[first]] = rule;
    parts->tail[first] = rule;
  }
}

void parts_make(Arena *arena, const Inquiry *whole, Parts *parts) {
  uint32_t rules = whole->image->rules.count + 1;
  uint32_t registers = whole->image->policy.at[0].registers + 1;
  *parts = (Parts){.whole = whole, .found = NONE, .part = *whole};
  parts->part.otherwise.count = 0; /* it is no part of one */
  parts->leader = ARENA_ARRAY(arena, rules, uint32_t);
  parts->head = ARENA_ARRAY(arena, rules, uint32_t);
  parts->tail = ARENA_ARRAY(arena, rules, uint32_t);
  parts->next = ARENA_ARRAY(arena, rules, uint32_t);
  parts->rules = ARENA_ARRAY(arena, rules, uint32_t);
  parts->stamp = ARENA_ARRAY(arena, registers, uint32_t);
  parts->instructions = ARENA_ARRAY(arena, registers, uint32_t);
  parts->registers = ARENA_ARRAY(arena, registers, uint32_t);
  link_rules(parts);
  list_rules(parts);
}

/* --------------------------------------------------------------- their code */

/* Puts a register on the list of those that the part rests on, once. */
static void want(Parts *parts, uint32_t reg, uint32_t *count) {
  if (parts->stamp[reg] == parts->time) return;
  parts->stamp[reg] = parts->time;
  parts->registers[(*count)++] = reg;
}

static int compare(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

/* The instructions that the rules of the part rest on, as the code has them. */
static void find_code(Parts *parts) {
  const Inquiry *part = &parts->part;
  const Image *image = part->image;
  uint32_t count = 0;
  for (uint32_t i = 0; i < part->rule_count; i++) {
    uint32_t condition = image->rules.at[part->rules[i]].condition;
    if (condition != NONE) want(parts, image->nodes.at[condition].reg, &count);
  }
  for (uint32_t i = 0; i < count; i++) {
    uint32_t at = part->program.writes[parts->registers[i]];
    Inputs inputs = instruction_inputs(image->code.at + at);
    for (uint32_t k = 0; k < inputs.count; k++)
      want(parts, inputs.at[k * inputs.stride], &count);
    parts->instructions[i] = at;
  }
  qsort(parts->instructions, count, sizeof *parts->instructions, compare);
  parts->part.program.instructions = parts->instructions;
  parts->part.program.count = count;
}

/* ------------------------------------------------------------------ finding */

/* Does the point rest on its rule and those linked with it alone? */
static bool is_local(const Inquiry *whole, uint32_t point) {
  uint32_t duties = point_duty(whole, 0);
  if (point < POINT_RULES) return false;
  uint32_t rule = point_rule(whole, point);
  if (whole->image->rules.at[rule].kind == RULE_OTHERWISE ||
      !whole->in_scope[rule])
    return false;
  return point < duties || whole->image->duties.at[point - duties].always;
}

const Inquiry *parts_find(Parts *parts, uint32_t point) {
  if (!is_local(parts->whole, point)) return parts->whole;
  uint32_t first = lead(parts, point_rule(parts->whole, point));
  if (first == parts->found) return &parts->part;
  parts->found = first;
  parts->time++;
  parts->part.rules = parts->rules;
  parts->part.rule_count = 0;
  for (uint32_t at = parts->head[first]; at != NONE; at = parts->next[at])
    parts->rules[parts->part.rule_count++] = at;
  find_code(parts);
  return &parts->part;
}
