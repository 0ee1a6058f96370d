#include <string.h>

#include "tests/reference/generate_parts.h"

#define MAY_ALL ((Touches){true, true, false})

/* ------------------------------------------------------ defines and signs */

static void add_define(Generator *g) {
  PartNamed named = {.file = random_below(g->random, g->file_count)};
  Buffer out = {.arena = g->arena};
  Buffer condition = {.arena = g->arena};
  if (!part_condition(g, &condition, 2, MAY_ALL, &named.touches)) return;
  named.name = g->tricky && g->named_count == 0
                   ? TEXT("count")
                   : text_format(g->arena, "d%u", (unsigned)g->named_count);
  buffer_format(&out, "define %.*s \"A name\"\n  when %.*s\n",
                TEXT_ARG(named.name), TEXT_ARG(buffer_text(&condition)));
  named.text = buffer_text(&out);
  g->named[g->named_count++] = named;
}

static void add_signs(Generator *g) {
  PartNamed named = {.signs = true,
                     .file = random_below(g->random, g->file_count)};
  Buffer out = {.arena = g->arena};
  uint32_t count = 1 + random_below(g->random, 3);
  named.name = text_format(g->arena, "s%u", (unsigned)g->named_count);
  buffer_format(&out, "signs %.*s \"Signs\"\n", TEXT_ARG(named.name));
  for (uint32_t i = 0; i < count; i++) {
    Buffer condition = {.arena = g->arena};
    Touches touches = {0};
    int64_t weight = random_from(g->random, 1, 3);
    if (!part_condition(g, &condition, 1, MAY_ALL, &touches)) continue;
    named.total += weight;
    named.touches.support |= touches.support;
    named.touches.no_excuse |= touches.no_excuse;
    buffer_format(&out, "  counts %lld when %.*s\n", (long long)weight,
                  TEXT_ARG(buffer_text(&condition)));
  }
  named.text = buffer_text(&out);
  if (named.total > 0) g->named[g->named_count++] = named;
}

/* --------------------------------------------------------------- clauses */

static void put_when(Generator *g, Buffer *out, Touches may) {
  Buffer condition = {.arena = g->arena};
  if (random_chance(g->random, 4)) return;
  if (part_condition(g, &condition, g->large ? 3 : 2, may, NULL))
    buffer_format(out, "    when %.*s\n", TEXT_ARG(buffer_text(&condition)));
}

/* An exception rests on more than what is no excuse. */
static void put_exception_when(Generator *g, Buffer *out) {
  Buffer condition = {.arena = g->arena};
  Buffer excuse = {.arena = g->arena};
  Touches sound = {.support = true};
  if (!part_condition(g, &condition, 1, sound, NULL)) return;
  buffer_format(out, "    when (%.*s)", TEXT_ARG(buffer_text(&condition)));
  if (random_chance(g->random, 40) &&
      part_condition(g, &excuse, 1, MAY_ALL, NULL))
    buffer_format(out, " and (%.*s)", TEXT_ARG(buffer_text(&excuse)));
  buffer_put_char(out, '\n');
}

/* `consult`: a name that two sets share would not say which is meant. */
static void put_who(Generator *g, Buffer *out, bool agree, bool consult) {
  const PartFact *set = NULL;
  for (uint32_t i = 0; i < g->fact_count; i++)
    if (g->facts[i].dimension == SUPPORT && g->facts[i].type == TYPE_SET &&
        (!set || g->facts[i].who_agree == agree))
      set = &g->facts[i];
  uint32_t most = consult && g->shared ? 2 : set->value_count;
  uint32_t first = random_below(g->random, most);
  uint32_t kind = random_below(g->random, 4);
  if (kind == 0) {
    buffer_put(out, set->values[first]);
    return;
  }
  buffer_put_c(out, kind == 1                             ? "any of "
                    : kind == 3 && most > 2 ? "at least 2 of "
                                                        : "all of ");
  uint32_t count = kind == 3 ? most : 2;
  for (uint32_t i = 0; i < count; i++)
    buffer_format(out, "%s%.*s", i ? ", " : "",
                  TEXT_ARG(set->values[(first + i) % most]));
}

static bool anyone_agrees(const Generator *g) {
  for (uint32_t i = 0; i < g->fact_count; i++)
    if (g->facts[i].who_agree) return true;
  return false;
}

static void put_finding(Generator *g, Buffer *out) {
  switch (random_below(g->random, 7)) {
    case 0: buffer_put_c(out, "proceed"); break;
    case 1:
    case 2: buffer_put_c(out, "proceed with care"); break;
    case 3:
    case 4:
      buffer_put_c(out, "consult ");
      put_who(g, out, random_chance(g->random, 30), true);
      break;
    case 5:
      if (anyone_agrees(g)) {
        buffer_put_c(out, "hold unless agreed by ");
        put_who(g, out, true, false);
        break;
      }
      buffer_put_c(out, "hold");
      break;
    default: buffer_put_c(out, "hold"); break;
  }
}

static void put_duty(Generator *g, Buffer *out, bool always) {
  static const char *const when[] = {"", " within 2 days", " before acting",
                                     " every 3 months", " each time"};
  buffer_format(out, "    must %sdo \"Do it\"%s%s\n", always ? "always " : "",
                PICK(g, when),
                random_chance(g->random, 20) ? " by \"the manager\"" : "");
}

static void put_dates(Generator *g, Buffer *out) {
  Day from = g->base + (Day)random_from(g->random, -40, 40);
  Day until = from + (Day)random_from(g->random, 0, 60);
  uint32_t kind = random_below(g->random, 3);
  if (kind != 0) {
    buffer_put_c(out, "    from ");
    day_print(out, from);
    buffer_put_char(out, '\n');
  }
  if (kind != 1) {
    buffer_put_c(out, "    until ");
    day_print(out, until);
    buffer_put_char(out, '\n');
  }
}

static void put_common(Generator *g, Buffer *out, bool finding) {
  buffer_put_c(out, "    because \"It is so.\"\n");
  if (random_chance(g->random, 25)) put_duty(g, out, false);
  if (random_chance(g->random, 15)) put_duty(g, out, true);
  if (finding && random_chance(g->random, 50))
    buffer_put_c(out, "    instead \"Try this.\"\n");
  if (random_chance(g->random, 50)) buffer_put_c(out, "    cites book\n");
}

/* ----------------------------------------------------------------- rules */

static PartRule *start_rule(Generator *g, RuleKind kind, int block,
                            Buffer *out) {
  static const char *const words[] = {"rule",         "never",
                                      "exception",    "holding-back",
                                      "otherwise",    "emergency",
                                      "rule"};
  PartRule *rule = &g->rules[g->rule_count];
  rule->kind = kind;
  rule->block = block;
  rule->file = random_below(g->random, g->file_count);
  rule->layer = g->layers[rule->file];
  rule->name = text_format(g->arena, "r%u", (unsigned)g->rule_count);
  buffer_format(out, "%s%s %.*s \"A title\"",
                kind == RULE_EMERGENCY ? "" : "  ", words[kind],
                TEXT_ARG(rule->name));
  if (kind != RULE_EXCEPTION) buffer_put_char(out, '\n');
  return rule;
}

static void end_rule(Generator *g, PartRule *rule, Buffer *out) {
  rule->text = buffer_text(out);
  g->rule_count++;
}

static void add_rule(Generator *g, int block) {
  Buffer out = {.arena = g->arena};
  PartRule *rule = start_rule(g, RULE, block, &out);
  put_when(g, &out, MAY_ALL);
  if (random_chance(g->random, 8)) {
    buffer_put_c(&out, "    because \"It is so.\"\n");
    put_duty(g, &out, true);
  } else {
    buffer_put_c(&out, "    then ");
    put_finding(g, &out);
    buffer_put_char(&out, '\n');
    put_common(g, &out, true);
  }
  if (random_chance(g->random, 15)) put_dates(g, &out);
  rule->open = random_chance(g->random, 15);
  if (rule->open) buffer_put_c(&out, "    open to exceptions\n");
  end_rule(g, rule, &out);
}

static void add_never(Generator *g, int block) {
  Buffer out = {.arena = g->arena};
  PartRule *rule = start_rule(g, RULE_NEVER, block, &out);
  put_when(g, &out, (Touches){0});
  put_common(g, &out, true);
  if (random_chance(g->random, 10)) put_dates(g, &out);
  end_rule(g, rule, &out);
}

static void add_holding_back(Generator *g, int block) {
  Buffer out = {.arena = g->arena};
  PartRule *rule = start_rule(g, RULE_HOLDING_BACK, block, &out);
  put_when(g, &out, MAY_ALL);
  put_common(g, &out, true);
  end_rule(g, rule, &out);
}

/* May an exception in `block` of `layer` displace the rule? */
static bool may_displace(const PartRule *rule, int block, Layer layer) {
  return (rule->kind == RULE || rule->kind == RULE_EXCEPTION) &&
         (rule->block == block || rule->block == BLOCK_EVERYWHERE) &&
         (rule->layer >= layer || rule->open);
}

static void put_displaced(Generator *g, const PartRule *target, int block,
                          Buffer *out) {
  if (target->block == BLOCK_EVERYWHERE &&
      (block != BLOCK_EVERYWHERE || random_chance(g->random, 20)))
    buffer_put_c(out, "everywhere/");
  else if (block != BLOCK_EVERYWHERE && random_chance(g->random, 20))
    buffer_format(out, "b%d/", target->block);
  buffer_put(out, target->name);
}

static void add_exception(Generator *g, int block) {
  Buffer out = {.arena = g->arena};
  uint32_t found = 0, most = 1 + random_below(g->random, 2);
  PartRule *rule = start_rule(g, RULE_EXCEPTION, block, &out);
  uint32_t skip = random_below(g->random, g->rule_count);
  Buffer displaced = {.arena = g->arena};
  for (uint32_t i = 0; i < g->rule_count && found < most; i++) {
    const PartRule *target = &g->rules[(skip + i) % g->rule_count];
    if (!may_displace(target, block, rule->layer)) continue;
    buffer_put_c(&displaced, found++ ? ", " : " to ");
    put_displaced(g, target, block, &displaced);
  }
  if (!found) return;
  /* The title stands after the names. */
  Buffer text = {.arena = g->arena};
  buffer_format(&text, "  exception %.*s%.*s \"A title\"\n",
                TEXT_ARG(rule->name), TEXT_ARG(buffer_text(&displaced)));
  put_exception_when(g, &text);
  buffer_put_c(&text, "    then ");
  put_finding(g, &text);
  buffer_put_char(&text, '\n');
  put_common(g, &text, true);
  if (random_chance(g->random, 15)) put_dates(g, &text);
  rule->open = random_chance(g->random, 15);
  if (rule->open) buffer_put_c(&text, "    open to exceptions\n");
  end_rule(g, rule, &text);
}

static void add_otherwise(Generator *g, int block, uint32_t file) {
  for (uint32_t i = 0; i < g->rule_count; i++)
    if (g->rules[i].kind == RULE_OTHERWISE && g->rules[i].block == block &&
        g->rules[i].layer == g->layers[file])
      return;
  Buffer out = {.arena = g->arena};
  PartRule *rule = &g->rules[g->rule_count];
  *rule = (PartRule){.kind = RULE_OTHERWISE,
                     .block = block,
                     .layer = g->layers[file],
                     .name = TEXT("otherwise"),
                     .file = file};
  buffer_put_c(&out, "  otherwise ");
  put_finding(g, &out);
  buffer_put_char(&out, '\n');
  put_common(g, &out, false);
  end_rule(g, rule, &out);
}

static void add_emergency(Generator *g) {
  Buffer out = {.arena = g->arena};
  Buffer condition = {.arena = g->arena};
  if (!part_condition(g, &condition, 1, MAY_ALL, NULL)) return;
  PartRule *rule = start_rule(g, RULE_EMERGENCY, BLOCK_EMERGENCY, &out);
  buffer_format(&out, "  when %.*s\n  act \"Call for help.\"\n",
                TEXT_ARG(buffer_text(&condition)));
  end_rule(g, rule, &out);
}

static void add_review(Generator *g) {
  Buffer out = {.arena = g->arena};
  PartRule *rule = start_rule(g, RULE_REVIEW, BLOCK_REVIEW, &out);
  put_when(g, &out, (Touches){true, true, true});
  put_duty(g, &out, false);
  if (random_chance(g->random, 20)) put_duty(g, &out, true);
  buffer_put_c(&out, "    because \"It is so.\"\n");
  if (random_chance(g->random, 20)) put_dates(g, &out);
  end_rule(g, rule, &out);
}

/* What the last rule of the block says, once more under another name. */
static void add_again(Generator *g, int block) {
  const PartRule *last = NULL;
  for (uint32_t i = 0; i < g->rule_count; i++)
    if (g->rules[i].kind == RULE && g->rules[i].block == block)
      last = &g->rules[i];
  if (!last) return;
  Buffer out = {.arena = g->arena};
  PartRule *rule = start_rule(g, RULE, block, &out);
  const char *rest = memchr(last->text.at, '\n', last->text.length);
  rule->file = last->file;
  rule->layer = last->layer;
  rule->open = last->open;
  buffer_put_c(&out, rest + 1);
  end_rule(g, rule, &out);
}

static void fill_boundary(Generator *g, int block) {
  uint32_t rules = g->large ? 3 + random_below(g->random, 6)
                            : 1 + random_below(g->random, 3);
  uint32_t exceptions = random_below(g->random, g->large ? 5 : 3);
  for (uint32_t i = 0; i < rules; i++) add_rule(g, block);
  for (int i = 0; i < 3 && random_chance(g->random, i ? 50 : 15); i++)
    add_again(g, block);
  if (random_chance(g->random, 25)) add_never(g, block);
  for (uint32_t i = 0; i < exceptions; i++) add_exception(g, block);
  if (random_chance(g->random, 45)) add_holding_back(g, block);
  for (uint32_t f = 0; f < g->file_count; f++)
    if (random_chance(g->random, 60)) add_otherwise(g, block, f);
}

void part_rules(Generator *g) {
  uint32_t defines = random_below(g->random, g->large ? 5 : 3);
  for (uint32_t i = 0; i < defines; i++) add_define(g);
  if (random_chance(g->random, 35)) add_signs(g);
  if (random_chance(g->random, 35)) add_emergency(g);
  if (random_chance(g->random, 15)) add_emergency(g);
  if (random_chance(g->random, 50)) add_rule(g, BLOCK_EVERYWHERE);
  if (random_chance(g->random, 10)) add_again(g, BLOCK_EVERYWHERE);
  if (random_chance(g->random, 25)) add_never(g, BLOCK_EVERYWHERE);
  if (random_chance(g->random, 25)) add_exception(g, BLOCK_EVERYWHERE);
  if (random_chance(g->random, 20)) add_holding_back(g, BLOCK_EVERYWHERE);
  for (uint32_t b = 0; b < g->boundary_count; b++) fill_boundary(g, (int)b);
  if (random_chance(g->random, 35)) add_review(g);
  if (random_chance(g->random, 20)) add_review(g);
}
