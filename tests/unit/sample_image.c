#include "sample_image.h"

typedef struct Sample {
  Arena *arena;
  Image *image;
} Sample;

#define ADD(sample, list, ...) \
  VEC_PUSH((sample)->arena, &(sample)->image->list, (__VA_ARGS__))

static uint32_t words(Sample *sample, const char *text) {
  ADD(sample, texts, text_of(text));
  return sample->image->texts.count - 1;
}

/* ------------------------------------------------------------------- facts */

static void add_cut(Sample *sample, uint32_t side, uint32_t base,
                    int64_t value) {
  ADD(sample, cuts, (Cut){side, base, value});
}

static void add_variable(Sample *sample, uint32_t fact, uint32_t member) {
  ADD(sample, variables,
      (Variable){.fact = fact,
                 .member = member,
                 .with = NONE,
                 .cuts = {sample->image->cuts.count, 0}});
}

static void cut(Sample *sample, uint32_t side, uint32_t base, int64_t value) {
  Image *image = sample->image;
  add_cut(sample, side, base, value);
  image->variables.at[image->variables.count - 1].cuts.count++;
}

static Fact *add_fact(Sample *sample, Dimension dimension, const char *name,
                      FactType type, const char *const *values) {
  Image *image = sample->image;
  Fact fact = {.dimension = dimension, .type = type, .step = 1};
  fact.name = words(sample, name);
  fact.question = words(sample, "What is it?");
  fact.help = NONE;
  fact.values.first = image->values.count;
  for (; values && *values; values++) {
    ADD(sample, values, (Value){words(sample, *values), NONE});
    fact.values.count++;
  }
  fact.high = fact.values.count > 0 ? fact.values.count - 1 : 0;
  fact.variables = (Range){image->variables.count, 1};
  ADD(sample, facts, fact);
  return &image->facts.at[image->facts.count - 1];
}

static void add_levels(Sample *sample, Dimension dimension, const char *name,
                       FactType type, const char *const *values) {
  const Fact *fact = add_fact(sample, dimension, name, type, values);
  uint32_t count = fact->values.count;
  add_variable(sample, sample->image->facts.count - 1, 0);
  for (uint32_t i = 1; i < count; i++) cut(sample, 0, CUT_VALUE, i);
}

static void add_set(Sample *sample, const char *name,
                    const char *const *values, bool agree) {
  Fact *fact = add_fact(sample, SUPPORT, name, TYPE_SET, values);
  fact->who_agree = agree;
  fact->variables.count = fact->values.count;
  for (uint32_t i = 0; i < fact->values.count; i++) {
    add_variable(sample, sample->image->facts.count - 1, i);
    cut(sample, 0, CUT_VALUE, 1);
  }
}

static void add_record(Sample *sample) {
  Fact *fact = add_fact(sample, CONTEXT, "gifts-before", TYPE_RECORD, NULL);
  fact->item = TYPE_MONEY;
  fact->currency = GBP;
  fact->high = 1000000;
  fact->variables.count = 3;
  add_variable(sample, SAMPLE_BEFORE, 0);
  Variable *variable =
      &sample->image->variables.at[sample->image->variables.count - 1];
  variable->window = WINDOW_MONTHS;
  variable->length = 12;
  variable->with = SAMPLE_VALUE;
  cut(sample, 1, CUT_VALUE, 5000);
  add_variable(sample, SAMPLE_BEFORE, 0);
  variable = &sample->image->variables.at[sample->image->variables.count - 1];
  variable->aggregate = AGGREGATE_COUNT;
  cut(sample, 0, CUT_VALUE, 1);
  add_variable(sample, SAMPLE_BEFORE, 0);
  variable = &sample->image->variables.at[sample->image->variables.count - 1];
  variable->window = WINDOW_LAST_MONTH;
  cut(sample, 1, CUT_VALUE, 900);
}

static void add_facts(Sample *sample) {
  static const char *const isolation[] = {"none", "some", "high", NULL};
  static const char *const yes_no[] = {"no", "yes", NULL};
  static const char *const gift[] = {"token", "handmade", "cash", NULL};
  static const char *const consulted[] = {"supervisor", "colleague", NULL};
  static const char *const agreed[] = {"manager", "parent", NULL};
  add_levels(sample, NEED, "isolation", TYPE_SCALE, isolation);
  add_levels(sample, CONTEXT, "refusable", TYPE_YES_NO, yes_no);
  add_levels(sample, CONTEXT, "gift", TYPE_CHOICE, gift);
  Fact *fact = add_fact(sample, CONTEXT, "value", TYPE_MONEY, NULL);
  fact->currency = GBP;
  fact->high = 1000000;
  add_variable(sample, SAMPLE_VALUE, 0);
  cut(sample, 1, CUT_VALUE, 5000);
  fact = add_fact(sample, CAPABILITY, "score", TYPE_NUMBER, NULL);
  fact->low = -5 * NUMBER_ONE;
  fact->high = 5 * NUMBER_ONE;
  fact->step = NUMBER_ONE / 2;
  add_variable(sample, SAMPLE_SCORE, 0);
  cut(sample, 0, CUT_VALUE, 0);
  cut(sample, 1, CUT_VALUE, 2 * NUMBER_ONE);
  fact = add_fact(sample, CONTEXT, "together", TYPE_DURATION, NULL);
  fact->unit = UNIT_MONTHS;
  fact->high = 240;
  add_variable(sample, SAMPLE_TOGETHER, 0);
  cut(sample, 0, CUT_VALUE, 6);
  fact = add_fact(sample, CONTEXT, "ended", TYPE_DATE, NULL);
  fact->low = DAY_FIRST;
  fact->high = DAY_LAST;
  add_variable(sample, SAMPLE_ENDED, 0);
  cut(sample, 0, CUT_MONTHS_AGO, 24);
  cut(sample, 1, CUT_DAYS_AGO, 0);
  cut(sample, 0, CUT_VALUE, 739000);
  add_record(sample);
  add_set(sample, "consulted", consulted, false);
  add_set(sample, "agreed", agreed, true);
}

/* -------------------------------------------------------------- conditions */

/* A test with one interval, from one cut of the variable to another (from 0;
 * -1 for the end of the range), and the code for it; returns the register. */
static uint32_t add_test(Sample *sample, uint32_t variable, int from, int to) {
  Image *image = sample->image;
  uint32_t first = image->variables.at[variable].cuts.first;
  uint32_t reg = image->policy.at[0].registers++;
  Range intervals = {image->intervals.count, 1};
  ADD(sample, intervals,
      (Interval){from < 0 ? NONE : first + (uint32_t)from,
                 to < 0 ? NONE : first + (uint32_t)to});
  ADD(sample, code, 1);
  ADD(sample, code, reg);
  ADD(sample, code, image->tests.count);
  ADD(sample, tests, (Test){variable, intervals});
  return reg;
}

/* An instruction with `count` operands; returns the register. */
static uint32_t add_code(Sample *sample, uint32_t opcode,
                         const uint32_t *operands, uint32_t count) {
  uint32_t reg = sample->image->policy.at[0].registers++;
  ADD(sample, code, opcode);
  ADD(sample, code, reg);
  for (uint32_t i = 0; i < count; i++) ADD(sample, code, operands[i]);
  return reg;
}

static uint32_t add_node(Sample *sample, NodeOp op, uint32_t reg,
                         const char *text, Range parts) {
  uint32_t number = text ? words(sample, text) : NONE;
  ADD(sample, nodes, (Node){op, reg, number, NONE, NONE, NONE, parts});
  return sample->image->nodes.count - 1;
}

static uint32_t add_leaf(Sample *sample, uint32_t reg, uint32_t fact,
                         const char *text) {
  uint32_t node = add_node(sample, NODE_TEST, reg, text, (Range){0, 0});
  sample->image->nodes.at[node].fact = fact;
  return node;
}

static uint32_t first_variable(const Sample *sample, uint32_t fact) {
  return sample->image->facts.at[fact].variables.first;
}

/* Registers: 0 isolation is high, 1 refusable, 2 gift is token or handmade,
 * 3 value at most 50, 4 total above 50, 5 ended within 2 years, 6 score,
 * 7 together, 8 no gifts before; then 9 small, 10 not 1, 11 large, 12 signs,
 * 13 farewell. */
static void add_program(Sample *sample) {
  add_test(sample, first_variable(sample, SAMPLE_ISOLATION), 1, -1);
  add_test(sample, first_variable(sample, SAMPLE_REFUSABLE), 0, -1);
  add_test(sample, first_variable(sample, SAMPLE_GIFT), -1, 1);
  add_test(sample, first_variable(sample, SAMPLE_VALUE), -1, 0);
  add_test(sample, first_variable(sample, SAMPLE_BEFORE), 0, -1);
  add_test(sample, first_variable(sample, SAMPLE_ENDED), 0, 1);
  add_test(sample, first_variable(sample, SAMPLE_SCORE), 0, 1);
  add_test(sample, first_variable(sample, SAMPLE_TOGETHER), 0, -1);
  add_test(sample, first_variable(sample, SAMPLE_BEFORE) + 1, -1, 0);
  add_code(sample, 3, (uint32_t[]){2, 2, 3}, 3);
  add_code(sample, 2, (uint32_t[]){1}, 1);
  add_code(sample, 4, (uint32_t[]){2, 4, 5}, 3);
  add_code(sample, 5, (uint32_t[]){2, 3, 2, 6, 2, 7, 1}, 7);
  add_code(sample, 5, (uint32_t[]){2, 4, 4, 0, 1, 10, 1, 12, 1, 8, 1}, 11);
}

static void add_names(Sample *sample) {
  uint32_t part = add_leaf(sample, 0, SAMPLE_ISOLATION, "isolation is high");
  ADD(sample, named,
      (Named){0, words(sample, "vulnerable"), words(sample, "Open to harm"),
              {part, 1}, {0, 0}});
  part = add_leaf(sample, 6, SAMPLE_SCORE, "score is from 0 to 2");
  add_leaf(sample, 7, SAMPLE_TOGETHER, "together is at least 6 months");
  Range weights = {sample->image->numbers.count, 2};
  ADD(sample, numbers, (Number){2});
  ADD(sample, numbers, (Number){1});
  ADD(sample, named,
      (Named){1, words(sample, "pressure"), words(sample, "Under strain"),
              {part, 2}, weights});
}

/* `count` parts follow the next node. */
static Range next_parts(const Sample *sample, uint32_t count) {
  return (Range){sample->image->nodes.count + 1, count};
}

static uint32_t small_condition(Sample *sample) {
  uint32_t node =
      add_node(sample, NODE_AND, 9, NULL, next_parts(sample, 2));
  add_leaf(sample, 2, SAMPLE_GIFT, "context gift is one of token, handmade");
  add_leaf(sample, 3, SAMPLE_VALUE, "context value is at most \xC2\xA3" "50");
  return node;
}

static uint32_t large_condition(Sample *sample) {
  uint32_t node =
      add_node(sample, NODE_OR, 11, NULL, next_parts(sample, 2));
  uint32_t leaf = add_leaf(sample, 4, SAMPLE_BEFORE, "total above");
  sample->image->nodes.at[leaf].with = SAMPLE_VALUE;
  add_leaf(sample, 5, SAMPLE_ENDED, "ended is within 2 years");
  return node;
}

static uint32_t farewell_condition(Sample *sample) {
  uint32_t node =
      add_node(sample, NODE_COUNT, 13, "at least 2 of", next_parts(sample, 4));
  uint32_t first = node + 1;
  ADD(sample, nodes,
      (Node){NODE_DEFINE, 0, words(sample, "vulnerable"), NONE, NONE, 0,
             {0, 0}});
  add_node(sample, NODE_NOT, 10, NULL, (Range){first + 4, 1});
  ADD(sample, nodes,
      (Node){NODE_SIGNS, 12, words(sample, "signs pressure is 2 or 3"), NONE,
             NONE, 1, {0, 0}});
  add_leaf(sample, 8, SAMPLE_BEFORE, "gifts-before is none");
  add_leaf(sample, 1, SAMPLE_REFUSABLE, "context refusable");
  return node;
}

/* ------------------------------------------------------------------- rules */

static Rule *add_rule(Sample *sample, RuleKind kind, const char *name,
                      Verdict finding, uint32_t condition) {
  Image *image = sample->image;
  Rule rule = {.kind = kind, .boundary = 0, .layer = LAYER_ORGANISATION};
  rule.finding = finding;
  rule.condition = condition;
  rule.name = words(sample, name);
  rule.full_name = words(sample, name);
  rule.title = NONE;
  rule.need_number = 1;
  rule.who.first = image->members.count;
  rule.displaces.first = image->links.count;
  rule.lines = (Range){image->lines.count, 1};
  rule.duties.first = image->duties.count;
  rule.cites.first = image->cites.count;
  ADD(sample, lines,
      (Line){LINE_BECAUSE, words(sample, "Because it helps."), NONE});
  ADD(sample, rules, rule);
  return &image->rules.at[image->rules.count - 1];
}

static void add_who(Sample *sample, Rule *rule, uint32_t fact,
                    uint32_t value) {
  ADD(sample, members, (Member){fact, value});
  rule->who.count++;
}

static void add_duty(Sample *sample, Rule *rule, DutyWhen when) {
  bool timed = when == DUTY_WITHIN || when == DUTY_EVERY;
  ADD(sample, duties,
      (Duty){words(sample, "record"), words(sample, "Write it down"), 0, when,
             timed ? 2 * NUMBER_ONE : 0, timed ? UNIT_DAYS : UNIT_NONE, NONE,
             sample->image->rules.count - 1});
  rule->duties.count++;
}

static void add_cite(Sample *sample, Rule *rule) {
  ADD(sample, cites, (Cite){0, words(sample, "gifts-2")});
  rule->cites.count++;
}

static void add_boundary_rules(Sample *sample) {
  Rule *rule = add_rule(sample, RULE, "small", CARE, small_condition(sample));
  add_duty(sample, rule, DUTY_WITHIN);
  add_cite(sample, rule);
  ADD(sample, lines,
      (Line){LINE_WEIGH, words(sample, "What does it mean?"), SAMPLE_GIFT});
  rule->lines.count++;
  rule = add_rule(sample, RULE, "large", HOLD, large_condition(sample));
  rule->unless_agreed = 1;
  add_who(sample, rule, SAMPLE_AGREED, 0);
  add_duty(sample, rule, DUTY_BEFORE);
  rule = add_rule(sample, RULE_EXCEPTION, "farewell", CONSULT,
                  farewell_condition(sample));
  add_who(sample, rule, SAMPLE_CONSULTED, 0);
  add_who(sample, rule, SAMPLE_CONSULTED, 1);
  rule->from = 738000;
  rule->until = 742000;
  ADD(sample, links, (Link){SAMPLE_LARGE});
  rule->displaces.count = 1;
  add_rule(sample, RULE_HOLDING_BACK, "lonely", SILENT,
           add_leaf(sample, 0, SAMPLE_ISOLATION, "isolation is high"));
  rule = add_rule(sample, RULE_OTHERWISE, "otherwise", CONSULT, NONE);
  add_who(sample, rule, SAMPLE_CONSULTED, 0);
}

static void add_other_rules(Sample *sample) {
  Rule *rule = add_rule(sample, RULE_NEVER, "take", NEVER,
                        add_leaf(sample, 1, SAMPLE_REFUSABLE, "refusable"));
  rule->boundary = NONE;
  rule = add_rule(sample, RULE_EMERGENCY, "danger", SILENT,
                  add_leaf(sample, 6, SAMPLE_SCORE, "score is 0 to 2"));
  rule->boundary = NONE;
  sample->image->lines.at[sample->image->lines.count - 1].kind = LINE_ACT;
  rule = add_rule(sample, RULE_REVIEW, "apologise", SILENT, NONE);
  rule->boundary = NONE;
  add_duty(sample, rule, DUTY_EVERY);
}

static void add_order(Sample *sample) {
  static const uint32_t order[] = {
      SAMPLE_FAREWELL, SAMPLE_SMALL, SAMPLE_LARGE, SAMPLE_LONELY,
      SAMPLE_OTHERWISE, SAMPLE_TAKE, SAMPLE_DANGER, SAMPLE_APOLOGISE};
  sample->image->order = (Range){sample->image->links.count, SAMPLE_RULES};
  for (uint32_t i = 0; i < SAMPLE_RULES; i++)
    ADD(sample, links, (Link){order[i]});
}

/* ---------------------------------------------------------------- examples */

static void give(Sample *sample, uint32_t fact, int64_t low, int64_t high,
                 Day day) {
  Range spans = {sample->image->spans.count, 1};
  ADD(sample, spans, (GivenSpan){low, high, day});
  ADD(sample, givens, (GivenFact){fact, spans});
}

static void add_example(Sample *sample) {
  ADD(sample, examples,
      (Example){words(sample, "Chocolates"), 0, 740000, {0, 5}, {0, 3}});
  give(sample, SAMPLE_GIFT, 0, 1, 0);
  give(sample, SAMPLE_VALUE, 800, 900, 0);
  give(sample, SAMPLE_CONSULTED, 1, 1, 0);
  give(sample, SAMPLE_BEFORE, 3000, 3000, 739990);
  give(sample, SAMPLE_ENDED, 739000, 739500, 0);
  ADD(sample, expects, (Expect){0, CARE, NONE, 0, NONE});
  ADD(sample, expects, (Expect){2, 0, SAMPLE_SMALL, 0, NONE});
  ADD(sample, expects, (Expect){3, 0, NONE, 0, words(sample, "record")});
}

/* ---------------------------------------------------------------- promises */

static void add_promises(Sample *sample) {
  ADD(sample, scopes, (Scope){0});
  ADD(sample, scopes, (Scope){1});
  ADD(sample, scopes, (Scope){1});
  Promise promise = {.kind = PROMISE_AT_LEAST, .verdict = CONSULT,
                     .tag = NONE, .boundaries = {0, 2}, .because = NONE};
  promise.title = words(sample, "Refusals are talked about");
  promise.condition =
      add_leaf(sample, 1, SAMPLE_REFUSABLE, "context refusable");
  ADD(sample, promises, promise);
  promise = (Promise){.kind = PROMISE_MUST, .boundaries = {2, 1},
                      .condition = NONE, .title = NONE};
  promise.tag = words(sample, "record");
  promise.because = words(sample, "Somebody will ask.");
  ADD(sample, promises, promise);
  Assume assume = {.title = NONE, .because = NONE};
  assume.condition = add_leaf(sample, 0, SAMPLE_ISOLATION, "isolation is high");
  ADD(sample, assumes, assume);
}

static void add_places(Sample *sample) {
  Image *image = sample->image;
  uint32_t count = image->facts.count + image->rules.count +
                   image->nodes.count + image->examples.count +
                   image->sources.count + image->promises.count +
                   image->assumes.count;
  ADD(sample, place_texts, TEXT("gifts.stile"));
  ADD(sample, place_texts, TEXT("policy riverside-gifts\r\n"));
  ADD(sample, files, (File){0, 1});
  for (uint32_t i = 0; i < count; i++)
    ADD(sample, places, (Place){0, i + 1, 1, i + 1, 20});
}

void sample_image(Arena *arena, bool places, Image *image) {
  Sample sample = {arena, image};
  *image = (Image){0};
  ADD(&sample, policy,
      (Policy){words(&sample, "riverside-gifts"), words(&sample, "Gifts"),
               words(&sample, "2.1"), NONE, words(&sample, "Ring."),
               LAYER_ORGANISATION, 739000, 740000, NONE, 0});
  ADD(&sample, boundaries,
      (Boundary){words(&sample, "gifts"), words(&sample, "Accepting a gift"),
                 words(&sample, "Saying no")});
  ADD(&sample, boundaries,
      (Boundary){words(&sample, "touch"), words(&sample, "A hug"), NONE});
  ADD(&sample, sources,
      (SourceWork){words(&sample, "nhse"), words(&sample, "Guidance (2024)"),
                   1, {0, 1}});
  ADD(&sample, clauses,
      (ClauseWords){words(&sample, "gifts-2"), words(&sample, "Gifts")});
  add_facts(&sample);
  add_program(&sample);
  add_names(&sample);
  add_boundary_rules(&sample);
  add_other_rules(&sample);
  add_order(&sample);
  add_example(&sample);
  add_promises(&sample);
  if (places) add_places(&sample);
}

Text sample_bytes(Arena *arena, bool places) {
  Image image;
  Buffer out = {.arena = arena};
  sample_image(arena, places, &image);
  image_write(&out, &image);
  return buffer_text(&out);
}

void sample_drop_promises(Image *image) {
  image->nodes.count -= 2;
  image->promises.count = image->scopes.count = image->assumes.count = 0;
}
