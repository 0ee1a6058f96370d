/* Rules: their clauses, what each kind needs, and what it may not have. */
#include "compiler/check.h"

#include <string.h>

static const char *kind_words(RuleKind kind) {
  static const char *const words[RULE_KIND_COUNT] = {
      "rule", "never", "exception", "holding-back", "otherwise", "emergency",
      "review rule"};
  return words[kind];
}

static const char *kind_article(RuleKind kind) {
  return kind == RULE_EXCEPTION || kind == RULE_OTHERWISE ||
                 kind == RULE_EMERGENCY
             ? "an"
             : "a";
}

static const char *clause_words(ClauseKind kind) {
  static const char *const words[CLAUSE_KIND_COUNT] = {
      "when", "then", "because", "must", "weigh", "reflect", "instead",
      "cites", "from", "until", "open to exceptions", "act"};
  return words[kind];
}

/* ---------------------------------------------------------------- blocks */

/* `gifts/small` */
static Text join_names(Arena *arena, Text block, Text name) {
  char *at = arena_make(arena, (size_t)block.length + 1 + name.length + 1);
  if (block.length) memcpy(at, block.at, block.length);
  at[block.length] = '/';
  if (name.length) memcpy(at + block.length + 1, name.at, name.length);
  return (Text){at, block.length + 1 + name.length};
}

static Text full_name(Check *check, const Item *block, const RuleNode *node) {
  Text name = node->name.text;
  if (block->kind == ITEM_BOUNDARY)
    return join_names(check->arena, block->name.text, name);
  const char *prefix = block->kind == ITEM_EVERYWHERE ? "everywhere"
                       : block->kind == ITEM_REVIEW   ? "review"
                                                      : "emergency";
  return text_format(check->arena, "%s/%.*s", prefix, TEXT_ARG(name));
}

static RuleKind rule_kind(const Item *block, const RuleNode *node) {
  if (block->kind == ITEM_REVIEW && node->kind == RULE) return RULE_REVIEW;
  return node->kind;
}

static void check_block(Check *check, const Item *block,
                        const CheckedRule *rule) {
  if (rule->kind == RULE_OTHERWISE && block->kind == ITEM_EVERYWHERE) {
    Diagnostic *d = diagnostic_error(
        check->diagnostics, E_OTHERWISE_EVERYWHERE, rule->head,
        "An `otherwise` cannot stand in `everywhere`.");
    diagnostic_help(check->diagnostics, d,
                    "Put one into each boundary that needs it.");
  }
  if (block->kind != ITEM_REVIEW || rule->kind == RULE_REVIEW) return;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_REVIEW_KIND, rule->head,
      "A review block has no place for `%s`.", kind_words(rule->kind));
  diagnostic_help(check->diagnostics, d,
                  "Write `rule`, and say with `must` what is to be done "
                  "afterwards.");
}

static void name_rule(Check *check, uint32_t index) {
  CheckedRule *rule = &check->out->rules.at[index];
  Names *names = &check->out->rule_names;
  if (rule->kind == RULE_OTHERWISE) return;
  VEC_PUSH(check->arena, &names->list, rule->full_name);
  if (rule->name.length == 0) {
    names->doubtful = true;
    return;
  }
  if (table_put(&names->table, rule->full_name, index)) return;
  uint32_t first = names_find(names, rule->full_name);
  Word again = {rule->full_name, rule->node->name.span};
  names_twice(check, E_RULE_TWICE, "rule", again,
              check->out->rules.at[first].node->name.span);
}

static void add_rule(Check *check, const LoadedItem *loaded,
                     const RuleNode *node) {
  const Item *block = loaded->item;
  uint32_t index = check->out->rules.count;
  CheckedRule *rule = VEC_ADD(check->arena, &check->out->rules);
  *rule = (CheckedRule){.node = node, .layer = loaded->layer,
                        .kind = rule_kind(block, node), .boundary = NONE,
                        .head = node->head, .title = node->title.text,
                        .poisoned = node->poisoned,
                        .spoiled = node->poisoned, .wants_cites = true};
  rule->name = node->name.text;
  rule->full_name = full_name(check, block, node);
  if (rule->kind == RULE_OTHERWISE) {
    rule->name = TEXT("otherwise");
    rule->full_name = text_format(check->arena, "%.*sotherwise",
                                  TEXT_ARG(rule->full_name));
  }
  if (block->kind == ITEM_BOUNDARY)
    rule->boundary = names_find(&check->out->boundary_names,
                                block->name.text);
  name_rule(check, index);
  check_block(check, block, rule);
}

static uint32_t count_rules(const Loaded *loaded) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < loaded->files.count; i++)
    count += loaded->files.at[i].tree.rule_count;
  return count;
}

static void add_rules(Check *check) {
  const Loaded *loaded = check->out->loaded;
  uint32_t count = count_rules(loaded);
  if (loaded->incomplete) check->out->rule_names.doubtful = true;
  VEC_RESERVE(check->arena, &check->out->rules, count);
  VEC_RESERVE(check->arena, &check->out->rule_names.list, count);
  VEC_RESERVE(check->arena, &check->out->lines, count);
  table_expect(&check->out->rule_names.table, count);
  for (uint32_t i = 0; i < loaded->items.count; i++) {
    const LoadedItem *item = &loaded->items.at[i];
    if (item->item->kind == ITEM_BOUNDARY && item->item->poisoned)
      check->out->rule_names.doubtful = true;
    const RuleNode *node = item->item->rules;
    for (; node; node = node->next) add_rule(check, item, node);
  }
  if (check->out->rules.count <= RULES_MOST) return;
  diagnostic_error(check->diagnostics, E_RULES_MANY,
                   check->out->rules.at[RULES_MOST].head,
                   "The policy has %u rules; it can have at most %d.",
                   check->out->rules.count, RULES_MOST);
}

/* --------------------------------------------------------------- clauses */

#define BIT(kind) (1u << CLAUSE_##kind)
#define BIT_TALK \
  (BIT(BECAUSE) | BIT(MUST) | BIT(WEIGH) | BIT(REFLECT) | BIT(CITES))
#define BIT_DATES (BIT(FROM) | BIT(UNTIL))

/* The clauses that each kind of rule may have. */
static uint32_t allowed_clauses(RuleKind kind) {
  switch (kind) {
    case RULE:
    case RULE_EXCEPTION:
      return BIT(WHEN) | BIT(THEN) | BIT_TALK | BIT(INSTEAD) | BIT_DATES |
             BIT(OPEN_TO_EXCEPTIONS);
    case RULE_NEVER:
    case RULE_HOLDING_BACK:
      return BIT(WHEN) | BIT_TALK | BIT(INSTEAD) | BIT_DATES;
    case RULE_OTHERWISE: return BIT(THEN) | BIT_TALK | BIT(INSTEAD);
    case RULE_EMERGENCY:
      return BIT(WHEN) | BIT(ACT) | BIT(BECAUSE) | BIT(CITES);
    case RULE_REVIEW: return BIT(WHEN) | BIT_TALK | BIT_DATES;
    case RULE_KIND_COUNT: break;
  }
  return 0;
}

static bool check_allowed(Check *check, const CheckedRule *rule,
                          const Clause *clause) {
  if (allowed_clauses(rule->kind) & 1u << clause->kind) return true;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_CLAUSE_MISPLACED, clause->span,
      "A clause `%s` does not fit here: `%.*s` is %s %s.",
      clause_words(clause->kind), TEXT_ARG(rule->full_name),
      kind_article(rule->kind), kind_words(rule->kind));
  const char *help = "Take it out.";
  if (clause->kind == CLAUSE_THEN && rule->kind == RULE_NEVER)
    help = "A `never` is the strictest finding itself: take the `then` out.";
  else if (clause->kind == CLAUSE_THEN && rule->kind == RULE_HOLDING_BACK)
    help = "A `holding-back` says that not acting may harm: take the `then` "
           "out.";
  else if (rule->kind == RULE_OTHERWISE)
    help = "An `otherwise` speaks when nothing else does: take this out, or "
           "write a rule.";
  diagnostic_help(check->diagnostics, d, "%s", help);
  return false;
}

/* Once in a rule, of these kinds. */
static void check_once(Check *check, const Clause *const *seen,
                       const Clause *clause) {
  uint32_t once = BIT(WHEN) | BIT(THEN) | BIT_DATES | BIT(OPEN_TO_EXCEPTIONS);
  if (!seen[clause->kind] || !(once & 1u << clause->kind)) return;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_CLAUSE_TWICE, clause->span,
      "This rule has two clauses `%s`.", clause_words(clause->kind));
  diagnostic_relate(check->diagnostics, d, seen[clause->kind]->span,
                    "The first one is here.");
  diagnostic_help(check->diagnostics, d,
                  clause->kind == CLAUSE_WHEN
                      ? "Join them with `and` or `or`."
                      : "Keep one of them.");
}

static void check_text(Check *check, const Clause *clause) {
  if (text_is_none(clause->text.text) || clause->text.text.length > 0) return;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_TEXT_EMPTY, clause->text.span,
      "The text after `%s` is empty.", clause_words(clause->kind));
  diagnostic_help(check->diagnostics, d, "Say it in a sentence.");
}

/* Counts one more of what stands at the end of a list. */
static void lengthen(Range *range, uint32_t list_count) {
  if (range->count == 0) range->first = list_count - 1;
  range->count++;
}

static void take_line(Check *check, CheckedRule *rule, const Clause *clause,
                      LineKind kind) {
  CheckedLine line = {kind, clause->text.text, NONE};
  if (kind == LINE_WEIGH && !text_is_none(clause->fact.name.text))
    line.fact = names_fact(check, clause->fact);
  VEC_PUSH(check->arena, &check->out->lines, line);
  lengthen(&rule->lines, check->out->lines.count);
}

static void take_duty(Check *check, CheckedRule *rule, const Clause *clause) {
  const Literal *time = clause->duration;
  VEC_PUSH(check->arena, &check->out->duties, clause);
  lengthen(&rule->duties, check->out->duties.count);
  if (!time || (time->kind == LITERAL_DURATION && time->amount > 0)) return;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_DUTY_TIME, time->span,
      "`%.*s` is no time to do something in.", TEXT_ARG(time->text));
  diagnostic_help(check->diagnostics, d,
                  "Write a duration such as `2 days`, or `before acting`.");
}

/* A clause that the source does not declare is only a warning: the list may
 * be short. */
static void check_cited_clause(Check *check, const CheckedSource *source,
                               Word clause) {
  uint32_t number;
  if (text_is_none(clause.text) || source->keys.count == 0) return;
  if (table_find(&source->clauses, clause.text, &number)) return;
  Names keys = {0};
  for (uint32_t i = 0; i < source->keys.count; i++)
    VEC_PUSH(check->arena, &keys.list, source->keys.at[i].text);
  Diagnostic *d = diagnostic_warning(
      check->diagnostics, W_CLAUSE_UNKNOWN, clause.span,
      "The source `%.*s` has no clause `%.*s`.",
      TEXT_ARG(source->node->name.text), TEXT_ARG(clause.text));
  names_help(check, d, &keys, clause.text);
}

static void take_cite(Check *check, CheckedRule *rule, const Clause *clause) {
  const Names *names = &check->out->source_names;
  uint32_t source = names_find(names, clause->source.text);
  if (source != NONE) {
    VEC_PUSH(check->arena, &check->out->cites,
             ((CheckedCite){source, clause->clause.text}));
    lengthen(&rule->cites, check->out->cites.count);
    if (!check->out->sources.at[source].poisoned)
      check_cited_clause(check, &check->out->sources.at[source],
                         clause->clause);
    return;
  }
  if (names->doubtful) return;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_SOURCE_UNKNOWN, clause->source.span,
      "There is no source called `%.*s`.", TEXT_ARG(clause->source.text));
  names_help(check, d, names, clause->source.text);
}

static void take_finding(Check *check, CheckedRule *rule,
                         const Finding *finding) {
  if (!finding) return;
  rule->finding = finding->verdict;
  rule->unless_agreed = finding->unless_agreed;
  check_who(check, rule, finding);
}

static void take_clause(Check *check, CheckedRule *rule,
                        const Clause *clause) {
  check_text(check, clause);
  switch (clause->kind) {
    case CLAUSE_WHEN: return;
    case CLAUSE_THEN: take_finding(check, rule, clause->finding); return;
    case CLAUSE_BECAUSE: take_line(check, rule, clause, LINE_BECAUSE); return;
    case CLAUSE_MUST: take_duty(check, rule, clause); return;
    case CLAUSE_WEIGH: take_line(check, rule, clause, LINE_WEIGH); return;
    case CLAUSE_REFLECT: take_line(check, rule, clause, LINE_REFLECT); return;
    case CLAUSE_INSTEAD: take_line(check, rule, clause, LINE_INSTEAD); return;
    case CLAUSE_CITES: take_cite(check, rule, clause); return;
    case CLAUSE_FROM: rule->from = (Day)clause->date->amount; return;
    case CLAUSE_UNTIL: rule->until = (Day)clause->date->amount; return;
    case CLAUSE_OPEN_TO_EXCEPTIONS: rule->open_to_exceptions = true; return;
    case CLAUSE_ACT: take_line(check, rule, clause, LINE_ACT); return;
    case CLAUSE_KIND_COUNT: return;
  }
}

/* ------------------------------------------------------------ what it needs */

static void report_missing(Check *check, const CheckedRule *rule,
                           uint16_t code, const char *what,
                           const char *help) {
  Diagnostic *d = diagnostic_error(check->diagnostics, code,
                                   rule->head, "`%.*s` %s.",
                                   TEXT_ARG(rule->full_name), what);
  diagnostic_help(check->diagnostics, d, "%s", help);
}

static bool only_always(const Check *check, const CheckedRule *rule) {
  const Clause *const *duties = check->out->duties.at;
  for (uint32_t i = 0; i < rule->duties.count; i++)
    if (!duties[rule->duties.first + i]->always) return false;
  return rule->duties.count > 0;
}

static void require_finding(Check *check, const CheckedRule *rule,
                            const Clause *const *seen) {
  bool needs = rule->kind == RULE || rule->kind == RULE_EXCEPTION ||
               rule->kind == RULE_OTHERWISE;
  if (!needs || seen[CLAUSE_THEN]) return;
  if (rule->kind == RULE && only_always(check, rule)) return;
  report_missing(check, rule, E_NO_THEN, "does not say what follows",
                 "Add `then proceed`, `then proceed with care`, `then "
                 "consult …` or `then hold`. Only a rule whose duties are "
                 "all `must always` can do without.");
}

/* Does the part that was passed over after a mistake have this word? */
static bool passed_over(const Check *check, const Clause *clause,
                        const char *word) {
  Text text = source_get(check->sources, clause->span.file)->text;
  Text wanted = text_of(word);
  uint32_t end = clause->span.end;
  if (clause->next)
    end = clause->next->span.start;
  else
    while (end < text.length && text.at[end] != '\n') end++;
  for (uint32_t i = clause->span.end; i + wanted.length <= end; i++)
    if (text_starts((Text){text.at + i, end - i}, wanted)) return true;
  return false;
}

/* A clause that may stand in what was passed over is not missed. */
static void find_passed_over(const Check *check, const CheckedRule *rule,
                             const Clause **seen) {
  const Clause *clause = rule->node->clauses;
  for (; clause; clause = clause->next)
    for (int k = 0; clause->poisoned && k < CLAUSE_KIND_COUNT; k++)
      if (!seen[k] && passed_over(check, clause, clause_words((ClauseKind)k)))
        seen[k] = clause;
}

static void require_clauses(Check *check, const CheckedRule *rule,
                            const Clause *const *seen) {
  RuleKind kind = rule->kind;
  if (kind <= RULE_OTHERWISE && !seen[CLAUSE_BECAUSE])
    report_missing(check, rule, E_NO_BECAUSE, "does not say why",
                   "Add `because` and the reason, in words that help the "
                   "person who asks.");
  require_finding(check, rule, seen);
  if (kind == RULE_EMERGENCY && !seen[CLAUSE_WHEN])
    report_missing(check, rule, E_EMERGENCY_WHEN,
                   "does not say when it is an emergency",
                   "Add `when` and a condition.");
  if (kind == RULE_EMERGENCY && !seen[CLAUSE_ACT])
    report_missing(check, rule, E_EMERGENCY_ACT, "does not say what to do",
                   "Add `act` and what to do at once.");
  if (kind == RULE_REVIEW && !seen[CLAUSE_MUST])
    report_missing(check, rule, E_REVIEW_MUST, "asks for nothing to be done",
                   "Add `must` with a word of your own and what is to be "
                   "done.");
}

static void check_dates(Check *check, const CheckedRule *rule,
                        const Clause *const *seen) {
  if (!seen[CLAUSE_FROM] || !seen[CLAUSE_UNTIL]) return;
  if (seen[CLAUSE_FROM]->poisoned || seen[CLAUSE_UNTIL]->poisoned) return;
  if (rule->from <= rule->until) return;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_DATES, seen[CLAUSE_UNTIL]->span,
      "`%.*s` would end before it begins.", TEXT_ARG(rule->full_name));
  diagnostic_relate(check->diagnostics, d, seen[CLAUSE_FROM]->span,
                    "It begins here.");
  diagnostic_help(check->diagnostics, d, "Write the earlier date in `from`.");
}

/* Each layer may have one otherwise for a boundary. */
static void check_otherwise(Check *check, uint32_t index) {
  const CheckedRule *rule = &check->out->rules.at[index];
  if (rule->kind != RULE_OTHERWISE || rule->boundary == NONE) return;
  CheckedBoundary *boundary = &check->out->boundaries.at[rule->boundary];
  uint32_t *first = &boundary->otherwise[rule->layer];
  if (*first == NONE) {
    *first = index;
    return;
  }
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_OTHERWISE_TWICE, rule->head,
      "The boundary `%.*s` has two `otherwise` in the layer %s.",
      TEXT_ARG(boundary->name.text), layer_name(rule->layer));
  diagnostic_relate(check->diagnostics, d,
                    check->out->rules.at[*first].head,
                    "The first one is here.");
  diagnostic_help(check->diagnostics, d, "Keep one of them.");
}

/* What is asked about later. */
static void look_at(Check *check, CheckedRule *rule, const Clause *clause) {
  if (clause->kind == CLAUSE_CITES) rule->wants_cites = false;
  if (!clause->poisoned) return;
  rule->spoiled = true;
  if (clause->kind == CLAUSE_MUST) check->out->tag_names.doubtful = true;
}

static void check_rule(Check *check, uint32_t index) {
  CheckedRule *rule = &check->out->rules.at[index];
  const Clause *seen[CLAUSE_KIND_COUNT] = {NULL};
  const Clause *clause = rule->node->clauses;
  for (; clause; clause = clause->next) {
    check_once(check, seen, clause);
    if (!seen[clause->kind]) seen[clause->kind] = clause;
    check->spoiled = clause->poisoned ? clause->span.end : 0;
    look_at(check, rule, clause);
    if (clause->kind == CLAUSE_WHEN && clause->condition)
      rule->condition = check_condition(check, clause->condition);
    if (clause->poisoned) continue;
    if (check_allowed(check, rule, clause)) take_clause(check, rule, clause);
  }
  if (rule->kind == RULE_NEVER) rule->finding = NEVER;
  check_dates(check, rule, seen);
  find_passed_over(check, rule, seen);
  if (!rule->poisoned) require_clauses(check, rule, seen);
  check_otherwise(check, index);
  if (!rule->condition) return;
  check_size(check, rule->condition, rule->head, "", rule->full_name);
  check_touches(check, rule->condition, rule);
  if (rule->kind == RULE_EXCEPTION) check_excuse(check, rule);
}

void check_rules(Check *check) {
  add_rules(check);
  for (uint32_t i = 0; i < check->out->rules.count; i++)
    check_rule(check, i);
}
