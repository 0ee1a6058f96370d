#include "compiler/generate.h"

#include <assert.h>

#include "compiler/emit.h"

static Text word_text(Word word) {
  return word.text;
}

/* ------------------------------------------------------------------ heading */

static Day date_of(const Literal *literal) {
  return literal ? (Day)literal->amount : DAY_NONE;
}

static void emit_policy(Emit *emit) {
  const LoadedFile *main = &emit->checked->loaded->files.at[0];
  const PolicyNode *node = main->heading->policy;
  Policy *policy = VEC_ADD(emit->arena, &emit->image->policy);
  policy->name = emit_text(emit, word_text(node->name));
  policy->title = emit_text(emit, word_text(node->title));
  policy->version = emit_text(emit, word_text(node->version));
  policy->owner = emit_text(emit, word_text(node->owner));
  policy->if_unsure = emit_text(emit, word_text(node->if_unsure));
  policy->layer = main->layer;
  policy->in_force_from = date_of(node->in_force_from);
  policy->next_review = date_of(node->next_review);
  policy->review_title =
      emit_text(emit, word_text(emit->checked->review_title));
}

static void emit_boundaries(Emit *emit) {
  const Checked *checked = emit->checked;
  for (uint32_t i = 0; i < checked->boundaries.count; i++) {
    const CheckedBoundary *from = &checked->boundaries.at[i];
    Boundary *boundary = VEC_ADD(emit->arena, &emit->image->boundaries);
    boundary->name = emit_text(emit, word_text(from->name));
    boundary->title = emit_text(emit, word_text(from->title));
    boundary->refusal = emit_text(emit, word_text(from->refusal));
  }
}

/* -------------------------------------------------------------------- facts */

static void emit_value(Emit *emit, Text name, Text words) {
  Value *value = VEC_ADD(emit->arena, &emit->image->values);
  value->name = emit_text(emit, name);
  value->words = emit_text(emit, words);
}

static Range emit_values(Emit *emit, const CheckedFact *fact) {
  uint32_t first = emit->image->values.count;
  if (fact->type == TYPE_YES_NO) {
    emit_value(emit, TEXT("no"), TEXT_NONE);
    emit_value(emit, TEXT("yes"), TEXT_NONE);
  }
  for (uint32_t i = 0; i < fact->value_count; i++)
    emit_value(emit, fact->values[i]->name.text, fact->values[i]->words.text);
  return (Range){first, emit->image->values.count - first};
}

static void emit_fact(Emit *emit, uint32_t index) {
  const CheckedFact *from = &emit->checked->facts.at[index];
  const FactNode *node = from->node;
  Fact *fact = VEC_ADD(emit->arena, &emit->image->facts);
  *fact = (Fact){.dimension = node->dimension, .type = from->type,
                 .fixed = node->fixed, .no_excuse = node->no_excuse,
                 .who_agree = node->who_agree,
                 .may_be_ahead = node->may_be_ahead,
                 .currency = node->currency, .unit = node->unit,
                 .low = from->low, .high = from->high, .step = from->step};
  fact->item = from->type == TYPE_RECORD ? from->item : TYPE_YES_NO;
  fact->name = emit_text(emit, word_text(node->name));
  fact->question = emit_text(emit, word_text(node->question));
  fact->help = emit_text(emit, word_text(node->help));
  fact->values = emit_values(emit, from);
  fact->variables = emit->grid->of_facts[index];
}

static void emit_facts(Emit *emit) {
  for (uint32_t i = 0; i < emit->checked->facts.count; i++)
    emit_fact(emit, i);
}

static void emit_variables(Emit *emit) {
  Image *image = emit->image;
  for (uint32_t i = 0; i < emit->grid->variables.count; i++) {
    const CutVariable *from = &emit->grid->variables.at[i];
    Variable *variable = VEC_ADD(emit->arena, &image->variables);
    *variable = (Variable){from->key.fact, from->member, from->key.aggregate,
                           from->key.window, from->key.length,
                           from->key.with,
                           {image->cuts.count, from->cuts.count}};
    for (uint32_t c = 0; c < from->cuts.count; c++) {
      Edge edge = from->cuts.at[c].edge;
      Cut cut = {edge.side, edge.base, edge.value};
      VEC_PUSH(emit->arena, &image->cuts, cut);
    }
  }
}

static void emit_sources(Emit *emit) {
  Image *image = emit->image;
  for (uint32_t i = 0; i < emit->checked->sources.count; i++) {
    const SourceNode *node = emit->checked->sources.at[i].node;
    SourceWork *source = VEC_ADD(emit->arena, &image->sources);
    source->name = emit_text(emit, word_text(node->name));
    source->title = emit_text(emit, word_text(node->title));
    source->checked = !node->not_checked;
    source->clauses.first = image->clauses.count;
    const struct ClauseText *one = node->clauses;
    for (; one; one = one->next) {
      ClauseWords *clause = VEC_ADD(emit->arena, &image->clauses);
      clause->key = emit_text(emit, word_text(one->key));
      clause->text = emit_text(emit, word_text(one->text));
      source->clauses.count++;
    }
  }
}

/* -------------------------------------------------------------------- names */

/* The nodes and code of a define or signs; those it rests on are done. */
static void emit_name(Emit *emit, uint32_t index) {
  const CheckedNamed *named = &emit->checked->named.at[index];
  NamedCode *code = &emit->named[index];
  uint32_t count = named->part_count;
  code->parts = emit_terms(emit, named->parts, count);
  code->registers = ARENA_ARRAY(emit->arena, count, uint32_t);
  for (uint32_t i = 0; i < count; i++)
    code->registers[i] = emit->image->nodes.at[code->parts.first + i].reg;
}

static void emit_names(Emit *emit) {
  const Checked *checked = emit->checked;
  Image *image = emit->image;
  emit->named = ARENA_ARRAY(emit->arena, checked->named.count, NamedCode);
  for (uint32_t i = 0; i < checked->named.count; i++)
    emit_name(emit, checked->named_order[i]);
  for (uint32_t i = 0; i < checked->named.count; i++) {
    const CheckedNamed *from = &checked->named.at[i];
    Named *named = VEC_ADD(emit->arena, &image->named);
    named->signs = from->signs;
    named->name = emit_text(emit, word_text(from->item->name));
    named->title = emit_text(emit, word_text(from->item->title));
    named->parts = emit->named[i].parts;
    named->weights.first = image->numbers.count;
    if (from->signs) named->weights.count = from->part_count;
    for (uint32_t w = 0; w < named->weights.count; w++)
      VEC_PUSH(emit->arena, &image->numbers, ((Number){from->weights[w]}));
  }
}

/* -------------------------------------------------------------------- rules */

static Range emit_who(Emit *emit, const CheckedRule *rule) {
  Range range = {emit->image->members.count, rule->who_count};
  for (uint32_t i = 0; i < rule->who_count; i++) {
    Member member = {rule->who[i].fact, rule->who[i].value};
    VEC_PUSH(emit->arena, &emit->image->members, member);
  }
  return range;
}

static Range emit_displaces(Emit *emit, const CheckedRule *rule) {
  Range range = {emit->image->links.count, rule->displace_count};
  for (uint32_t i = 0; i < rule->displace_count; i++)
    VEC_PUSH(emit->arena, &emit->image->links, ((Link){rule->displaces[i]}));
  return range;
}

static Range emit_lines(Emit *emit, const CheckedRule *rule) {
  Range range = {emit->image->lines.count, rule->lines.count};
  for (uint32_t i = 0; i < rule->lines.count; i++) {
    const CheckedLine *from = &emit->checked->lines.at[rule->lines.first + i];
    Line *line = VEC_ADD(emit->arena, &emit->image->lines);
    *line = (Line){from->kind, NONE, from->fact};
    emit_text_later(emit, from->text, &line->text);
  }
  return range;
}

static Range emit_duties(Emit *emit, const CheckedRule *rule,
                         uint32_t index) {
  Range range = {emit->image->duties.count, rule->duties.count};
  for (uint32_t i = 0; i < rule->duties.count; i++) {
    const Clause *from = emit->checked->duties.at[rule->duties.first + i];
    Duty *duty = VEC_ADD(emit->arena, &emit->image->duties);
    duty->tag = emit_text(emit, word_text(from->tag));
    duty->text = emit_text(emit, word_text(from->text));
    duty->always = from->always;
    duty->when = from->duty_when;
    duty->by = emit_text(emit, word_text(from->by));
    duty->rule = index;
    if (!from->duration) continue;
    duty->amount = from->duration->count;
    duty->unit = from->duration->unit;
  }
  return range;
}

static Range emit_cites(Emit *emit, const CheckedRule *rule) {
  Range range = {emit->image->cites.count, rule->cites.count};
  for (uint32_t i = 0; i < rule->cites.count; i++) {
    const CheckedCite *from = &emit->checked->cites.at[rule->cites.first + i];
    Cite cite = {from->source, emit_text(emit, from->clause)};
    VEC_PUSH(emit->arena, &emit->image->cites, cite);
  }
  return range;
}

static void emit_rule(Emit *emit, uint32_t index) {
  const CheckedRule *from = &emit->checked->rules.at[index];
  Rule *rule = VEC_ADD(emit->arena, &emit->image->rules);
  *rule = (Rule){.kind = from->kind, .boundary = from->boundary,
                 .layer = from->layer, .finding = from->finding,
                 .unless_agreed = from->unless_agreed,
                 .open_to_exceptions = from->open_to_exceptions,
                 .need = from->need, .need_number = from->need_number,
                 .condition = NONE, .from = from->from,
                 .until = from->until};
  emit_text_later(emit, from->name, &rule->name);
  emit_text_later(emit, from->full_name, &rule->full_name);
  emit_place(emit, emit->rule_places + index, from->head);
  emit_text_later(emit, from->title, &rule->title);
  rule->who = emit_who(emit, from);
  if (from->condition)
    rule->condition = emit_terms(emit, from->condition, 1).first;
  rule->displaces = emit_displaces(emit, from);
  rule->lines = emit_lines(emit, from);
  rule->duties = emit_duties(emit, from, index);
  rule->cites = emit_cites(emit, from);
}

static void emit_rules(Emit *emit) {
  Image *image = emit->image;
  const Checked *checked = emit->checked;
  uint32_t count = checked->rules.count;
  VEC_RESERVE(emit->arena, &image->rules, count);
  VEC_RESERVE(emit->arena, &image->lines, checked->lines.count);
  VEC_RESERVE(emit->arena, &image->duties, checked->duties.count);
  VEC_RESERVE(emit->arena, &image->cites, checked->cites.count);
  for (uint32_t i = 0; i < count; i++) emit_rule(emit, i);
  image->order = (Range){image->links.count, count};
  VEC_RESERVE(emit->arena, &image->links, image->links.count + count);
  for (uint32_t i = 0; i < count; i++)
    VEC_PUSH(emit->arena, &image->links, ((Link){checked->order[i]}));
}

/* ----------------------------------------------------------------- examples */

static Range emit_givens(Emit *emit, const CheckedExample *from) {
  Image *image = emit->image;
  Range range = {image->givens.count, from->givens.count};
  for (uint32_t i = 0; i < from->givens.count; i++) {
    const CheckedGiven *one = &from->givens.at[i];
    GivenFact *given = VEC_ADD(emit->arena, &image->givens);
    given->fact = one->fact;
    given->spans = (Range){image->spans.count, one->spans.count};
    for (uint32_t s = 0; s < one->spans.count; s++)
      VEC_PUSH(emit->arena, &image->spans, one->spans.at[s]);
  }
  return range;
}

static Range emit_expects(Emit *emit, const CheckedExample *from) {
  Image *image = emit->image;
  Range range = {image->expects.count, from->expects.count};
  for (uint32_t i = 0; i < from->expects.count; i++) {
    const CheckedExpect *one = &from->expects.at[i];
    Expect expect = {one->kind, one->verdict, one->rule, one->standing,
                     emit_text(emit, one->tag)};
    VEC_PUSH(emit->arena, &image->expects, expect);
  }
  return range;
}

static void emit_examples(Emit *emit) {
  for (uint32_t i = 0; i < emit->checked->examples.count; i++) {
    const CheckedExample *from = &emit->checked->examples.at[i];
    Example *example = VEC_ADD(emit->arena, &emit->image->examples);
    example->title = emit_text(emit, word_text(from->node->title));
    example->boundary = from->boundary;
    example->day = from->day;
    example->givens = emit_givens(emit, from);
    example->expects = emit_expects(emit, from);
  }
}

/* ----------------------------------------------------------------- promises */

static Range emit_scopes(Emit *emit, const CheckedPromise *from) {
  Range range = {emit->image->scopes.count, from->boundaries.count};
  for (uint32_t i = 0; i < from->boundaries.count; i++)
    VEC_PUSH(emit->arena, &emit->image->scopes,
             ((Scope){from->boundaries.at[i]}));
  return range;
}

static void emit_promise(Emit *emit, const CheckedPromise *from) {
  const PromiseNode *node = from->item->promise;
  Promise *promise = VEC_ADD(emit->arena, &emit->image->promises);
  *promise = (Promise){.kind = node->kind, .verdict = node->verdict,
                       .condition = NONE};
  promise->tag = emit_text(emit, word_text(node->tag));
  promise->boundaries = emit_scopes(emit, from);
  promise->title = emit_text(emit, word_text(from->item->title));
  promise->because = emit_text(emit, word_text(from->item->because));
  if (from->condition)
    promise->condition = emit_terms(emit, from->condition, 1).first;
}

/* Their conditions are the last: no answer rests on them. */
static void emit_promises(Emit *emit) {
  const Checked *checked = emit->checked;
  for (uint32_t i = 0; i < checked->promises.count; i++)
    emit_promise(emit, &checked->promises.at[i]);
  for (uint32_t i = 0; i < checked->assumes.count; i++) {
    const CheckedPromise *from = &checked->assumes.at[i];
    Assume *assume = VEC_ADD(emit->arena, &emit->image->assumes);
    assume->title = emit_text(emit, word_text(from->item->title));
    assume->because = emit_text(emit, word_text(from->item->because));
    assume->condition = emit_terms(emit, from->condition, 1).first;
  }
}

static void emit_init(Emit *emit, Image *image) {
  uint64_t seed = table_seed(emit->arena);
  *image = (Image){0};
  emit->image = image;
  VEC_RESERVE(emit->arena, &image->nodes, emit->checked->terms);
  table_init(&emit->texts, emit->arena, seed);
  table_init(&emit->instructions, emit->arena, seed);
  /* As many as there often are. */
  table_expect(&emit->texts, emit->checked->rules.count * 3 +
                                 emit->checked->terms / 4);
  table_expect(&emit->instructions, emit->checked->terms / 5 * 2);
  VEC_RESERVE(emit->arena, &image->code, emit->checked->terms * 2);
}

/* Each text once, by number. */
static void emit_texts(Emit *emit) {
  emit_late_texts(emit);
  Image *image = emit->image;
  uint32_t count = emit->texts.entries.count;
  VEC_RESERVE(emit->arena, &image->texts, count);
  for (uint32_t i = 0; i < count; i++) {
    const TableEntry *entry = &emit->texts.entries.at[i];
    VEC_PUSH(emit->arena, &image->texts, ((Text){entry->at, entry->length}));
  }
}

void generate(Arena *arena, const CutGrid *grid, const Sources *sources,
              Image *image) {
  Emit emit = {.arena = arena, .checked = grid->checked, .grid = grid,
               .sources = sources};
  emit_init(&emit, image);
  emit_places(&emit);
  emit_policy(&emit);
  emit_boundaries(&emit);
  emit_facts(&emit);
  emit_variables(&emit);
  emit_sources(&emit);
  emit_names(&emit);
  emit_rules(&emit);
  emit_examples(&emit);
  emit_promises(&emit);
  emit_texts(&emit);
  assert(image->nodes.count == emit.checked->terms);
  image->policy.at[0].registers = emit.registers;
}
