/* Contradictions: rules in force together that find different things. */
#include <stdlib.h>

#include "audit/audit.h"
#include "audit/words.h"

enum { LISTED_MOST = 40, NAMED_MOST = 4 };

typedef struct Clash {
  uint32_t a, b; /* rules */
  uint32_t distance;
} Clash;

typedef Vec(Clash) Clashes;

static bool is_never(const Audit *audit, uint32_t rule) {
  return audit->image->rules.at[rule].kind == RULE_NEVER;
}

/* Is the rule meant to meet others?  A `never` stands above everything, and
 * what is said `everywhere` holds beside what a boundary says. */
static bool is_general(const Audit *audit, uint32_t rule) {
  return is_never(audit, rule) ||
         audit->image->rules.at[rule].boundary == NONE;
}

static bool displaces(const Image *image, uint32_t exception, uint32_t rule) {
  Range names = image->rules.at[exception].displaces;
  for (uint32_t i = 0; i < names.count; i++)
    if (image->links.at[names.first + i].rule == rule) return true;
  return false;
}

static bool overlap(const BoundaryAudit *one, uint32_t a, uint32_t b) {
  const Boxes *x = &one->chart.in_force[a], *y = &one->chart.in_force[b];
  for (uint32_t i = 0; i < x->count; i++)
    for (uint32_t k = 0; k < y->count; k++)
      if (box_meets(&one->space, &x->at[i], &y->at[k])) return true;
  return false;
}

/* Do both give a finding, another each, with neither put in place of the
 * other? */
static bool disagree(const Image *image, uint32_t a, uint32_t b) {
  const Rule *x = &image->rules.at[a], *y = &image->rules.at[b];
  return rule_gives_finding(x) && rule_gives_finding(y) &&
         x->finding != y->finding && !displaces(image, a, b) &&
         !displaces(image, b, a);
}

static void add_clash(Audit *audit, const BoundaryAudit *one, uint32_t a,
                      uint32_t b, Clashes *clashes) {
  const Image *image = audit->image;
  uint32_t x = image->rules.at[a].finding, y = image->rules.at[b].finding;
  if (!disagree(image, a, b) || !overlap(one, a, b)) return;
  Clash clash = {a < b ? a : b, a < b ? b : a, x > y ? x - y : y - x};
  VEC_PUSH(audit->arena, clashes, clash);
}

static int compare_clashes(const void *a, const void *b) {
  const Clash *x = a, *y = b;
  if (x->distance != y->distance) return x->distance > y->distance ? -1 : 1;
  if (x->a != y->a) return x->a < y->a ? -1 : 1;
  return (x->b > y->b) - (x->b < y->b);
}

static void find_clashes(Audit *audit, const BoundaryAudit *one,
                         Clashes *clashes) {
  const Chart *chart = &one->chart;
  for (uint32_t i = 0; i < chart->rule_count; i++)
    for (uint32_t k = i + 1; k < chart->rule_count; k++)
      if (!is_general(audit, chart->rules[i]) &&
          !is_general(audit, chart->rules[k]))
        add_clash(audit, one, chart->rules[i], chart->rules[k], clashes);
  if (clashes->count)
    qsort(clashes->at, clashes->count, sizeof *clashes->at, compare_clashes);
}

/* --------------------------------------------------------------- telling */

/* One to go ahead, the other not to; to talk first goes with either. */
static bool opposite(uint32_t x, uint32_t y) {
  uint32_t milder = x < y ? x : y, stricter = x < y ? y : x;
  return milder <= CARE && stricter >= HOLD;
}

static void put_rules(Audit *audit, Buffer *out, const uint32_t *rules,
                      uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const Rule *rule = &audit->image->rules.at[rules[i]];
    const char *between = i == 0 ? "" : i + 1 == count ? " and " : ", ";
    buffer_format(out, "%s`%.*s` (%.*s)", between,
                  TEXT_ARG(words_rule(audit->image, rules[i])),
                  TEXT_ARG(words_verdict((Verdict)rule->finding)));
  }
}

/* Of two, does the stricter one stand in a lower layer?  That is meant. */
static bool tightens(const Audit *audit, const Finding *finding) {
  const Rule *a = &audit->image->rules.at[finding->rules.at[0]];
  const Rule *b = &audit->image->rules.at[finding->rules.at[1]];
  return finding->rules.count == 2 &&
         (a->finding > b->finding ? a->layer > b->layer : b->layer > a->layer);
}

static Text message(Audit *audit, const BoundaryAudit *one,
                    const Finding *finding) {
  Buffer out = {.arena = audit->arena};
  put_rules(audit, &out, finding->rules.at, finding->rules.count);
  buffer_put_c(&out, " apply together");
  if (finding->count) {
    buffer_put_c(&out, " in ");
    buffer_put(&out, audit_share(audit, one, finding->count));
    buffer_put_c(&out, " of the situations");
  }
  buffer_put_c(&out, ". The stricter one decides");
  if (tightens(audit, finding))
    buffer_put_c(&out, "; it stands in a lower layer, which can be stricter");
  buffer_put_c(&out, ".");
  return buffer_text(&out);
}

/* A finding about rules that are in force together at the points of `both`.
 * False if whether they are was not found out: then there is none. */
static bool tell(Audit *audit, BoundaryAudit *one, const uint32_t *rules,
                 uint32_t count, const Boxes *both) {
  Finding *finding = audit_find(audit, FINDING_CONTRADICTION, one->boundary);
  Witness witness;
  AxisCell *point =
      ARENA_ARRAY(audit->arena, one->space.axis_count + 1, AxisCell);
  bool against = false, known = true;
  for (uint32_t i = 0; i < count; i++) {
    audit_name_rule(audit, finding, rules[i]);
    for (uint32_t k = 0; k < i; k++)
      against |= opposite(audit->image->rules.at[rules[i]].finding,
                          audit->image->rules.at[rules[k]].finding);
  }
  finding->level = against && count == 2 && !tightens(audit, finding)
                       ? LEVEL_WARNING
                       : LEVEL_NOTE;
  finding->limbs = one->space.limbs;
  finding->all = one->all;
  finding->count = audit_limbs(audit, one);
  if (!count_inside(&one->search, both, &one->chart.impossible, finding->count))
    finding->count = NULL;
  finding->proved = finding->count != NULL;
  finding->message = message(audit, one, finding);
  for (uint32_t i = 0; i < both->count; i++) {
    PointFound found = find_outside(&one->search, &one->chart.impossible,
                                    &both->at[i], point);
    known &= found != POINT_UNKNOWN;
    if (found != POINT_FOUND) continue;
    if (audit_witness(audit, one, point, &witness))
      VEC_PUSH(audit->arena, &finding->witnesses, witness);
    return true;
  }
  /* What is impossible had left nothing, as far as is known. */
  audit->findings.count--;
  return known;
}

/* Rules beside the two that find something else again, while all can be in
 * force together; of those that are in force in many boxes it is not asked. */
static uint32_t extend(Audit *audit, BoundaryAudit *one, uint32_t *rules,
                       Boxes *both) {
  const Chart *chart = &one->chart;
  uint32_t count = 2;
  for (uint32_t i = 0; i < chart->rule_count && count < 5; i++) {
    const Rule *rule = &audit->image->rules.at[chart->rules[i]];
    Boxes more;
    bool joins = rule_gives_finding(rule) &&
                 !is_general(audit, chart->rules[i]);
    for (uint32_t k = 0; k < count; k++)
      joins &= rule->finding != audit->image->rules.at[rules[k]].finding &&
               !displaces(audit->image, rules[k], chart->rules[i]) &&
               !displaces(audit->image, chart->rules[i], rules[k]);
    const Boxes *third = &chart->in_force[chart->rules[i]];
    if (!joins || (uint64_t)both->count * third->count > BOXES_MOST) continue;
    boxes_both(&one->space, both, third, &more);
    if (more.count == 0 || more.too_many) continue;
    rules[count++] = chart->rules[i];
    *both = more;
  }
  return count;
}

static bool already_told(const Audit *audit, const uint32_t *rules,
                         uint32_t count) {
  for (uint32_t i = 0; i < audit->findings.count; i++) {
    const Finding *finding = &audit->findings.at[i];
    uint32_t same = 0;
    if (finding->kind != FINDING_CONTRADICTION ||
        finding->rules.count != count)
      continue;
    for (uint32_t k = 0; k < count; k++)
      for (uint32_t n = 0; n < count; n++)
        same += finding->rules.at[k] == rules[n];
    if (same == count) return true;
  }
  return false;
}

/* False if something was not found out; so below. */
static bool tell_clash(Audit *audit, BoundaryAudit *one, const Clash *clash) {
  uint32_t rules[5] = {clash->a, clash->b};
  Boxes both;
  boxes_both(&one->space, &one->chart.in_force[clash->a],
             &one->chart.in_force[clash->b], &both);
  boxes_simplify(&one->space, &both);
  bool known = tell(audit, one, rules, 2, &both);
  uint32_t count = extend(audit, one, rules, &both);
  if (count > 2 && !already_told(audit, rules, count))
    known &= tell(audit, one, rules, count, &both);
  return known;
}

static void tell_rest(Audit *audit, const BoundaryAudit *one, uint32_t count) {
  Finding *finding = audit_find(audit, FINDING_CONTRADICTION, one->boundary);
  audit_name(audit, finding, TEXT("further"));
  finding->level = LEVEL_NOTE;
  finding->message = text_format(
      audit->arena,
      "%u further pairs of rules apply together and find different things.",
      (unsigned)count);
}

/* ---------------------------------------------------------- general rules */

/* That a general rule meets others is meant, so there is one note for each:
 * which rules it meets, and how often. */
typedef struct General {
  uint32_t rule;
  Finding *finding;
  Boxes met;        /* where the rules that it meets are in force */
  Boxes apart;      /* where it is, as boxes that do not meet */
  bool unsure;      /* whether it meets one more was not found out */
} General;

/* The steps for counting all general rules of a boundary. */
#define COUNT_STEPS_MOST 200000
#define APART_MOST 256

/* Where both are in force and which can occur; shown the first time. */
static bool meets(Audit *audit, BoundaryAudit *one, General *general,
                  uint32_t rule) {
  Boxes both;
  Witness witness;
  AxisCell *point =
      ARENA_ARRAY(audit->arena, one->space.axis_count + 1, AxisCell);
  bool unsure = false;
  boxes_both(&one->space, &one->chart.in_force[general->rule],
             &one->chart.in_force[rule], &both);
  for (uint32_t i = 0; i < both.count; i++) {
    PointFound found = find_outside(&one->search, &one->chart.impossible,
                                    &both.at[i], point);
    unsure |= found == POINT_UNKNOWN;
    if (found != POINT_FOUND) continue;
    if (general->finding->witnesses.count == 0 &&
        audit_witness(audit, one, point, &witness))
      VEC_PUSH(audit->arena, &general->finding->witnesses, witness);
    return true;
  }
  general->unsure |= unsure;
  return false;
}

/* Piece by piece: what can occur there, less that which no other rule has. */
static bool count_met(Audit *audit, BoundaryAudit *one, General *general) {
  uint32_t limbs = one->space.limbs;
  Limb *some = audit_limbs(audit, one);
  Boxes none = {0};
  if (general->unsure || general->apart.too_many || general->met.too_many)
    return false;
  boxes_add_all(&one->space, &none, &general->met);
  boxes_add_all(&one->space, &none, &one->chart.impossible);
  for (uint32_t i = 0; i < general->apart.count; i++) {
    const Box *piece = &general->apart.at[i];
    if (!count_outside_within(&one->search, &one->chart.impossible, piece,
                              some))
      return false;
    natural_add(general->finding->count, some, limbs);
    if (!count_outside_within(&one->search, &none, piece, some)) return false;
    natural_subtract(general->finding->count, some, limbs);
  }
  return true;
}

static Text message_general(Audit *audit, const BoundaryAudit *one,
                            const General *general) {
  const Finding *finding = general->finding;
  Buffer out = {.arena = audit->arena};
  uint32_t others = finding->rules.count - 1;
  uint32_t shown = others < NAMED_MOST ? others : NAMED_MOST;
  put_rules(audit, &out, finding->rules.at, 1);
  buffer_format(&out, " %s %s%u other rule%s",
                is_never(audit, general->rule) ? "stands above"
                                               : "applies beside",
                general->unsure ? "at least " : "", (unsigned)others,
                others == 1 ? "" : "s");
  if (finding->count) {
    buffer_put_c(&out, " in ");
    buffer_put(&out, audit_share(audit, one, finding->count));
    buffer_put_c(&out, " of the situations");
  }
  buffer_put_c(&out, ": ");
  for (uint32_t i = 1; i <= shown; i++) {
    if (i > 1) buffer_put_c(&out, i == others ? " and " : ", ");
    put_rules(audit, &out, &finding->rules.at[i], 1);
  }
  if (shown < others)
    buffer_format(&out, " and %u more", (unsigned)(others - shown));
  buffer_put_c(&out, ".");
  if (!is_never(audit, general->rule))
    buffer_put_c(&out, " The stricter one decides.");
  return buffer_text(&out);
}

/* Two general rules that meet are told of once: at the `never`, or else at the
 * stricter one. */
static bool tells_of(const Audit *audit, uint32_t rule, uint32_t other) {
  const Rule *own = &audit->image->rules.at[rule];
  if (!is_general(audit, other) || own->kind == RULE_NEVER) return true;
  return !is_never(audit, other) &&
         own->finding > audit->image->rules.at[other].finding;
}

/* The mildest first. */
static void gather_met(Audit *audit, BoundaryAudit *one, General *general) {
  const Chart *chart = &one->chart;
  for (uint32_t v = SILENT; v < VERDICT_COUNT; v++)
    for (uint32_t i = 0; i < chart->rule_count; i++) {
      uint32_t rule = chart->rules[i];
      if (audit->image->rules.at[rule].finding != v ||
          !disagree(audit->image, general->rule, rule) ||
          !tells_of(audit, general->rule, rule) ||
          !meets(audit, one, general, rule))
        continue;
      VEC_PUSH(audit->arena, &general->finding->rules, rule);
      boxes_add_all(&one->space, &general->met, &chart->in_force[rule]);
      general->met.too_many |= chart->in_force[rule].too_many;
    }
}

/* False if something was not found out. */
static bool tell_general(Audit *audit, BoundaryAudit *one, uint32_t rule) {
  General general = {.rule = rule};
  Finding *finding = audit_find(audit, FINDING_CONTRADICTION, one->boundary);
  general.finding = finding;
  audit_name_rule(audit, finding, rule);
  gather_met(audit, one, &general);
  if (finding->rules.count == 1) {
    audit->findings.count--;
    return !general.unsure;
  }
  boxes_set_apart(&one->space, &one->chart.in_force[rule], APART_MOST,
                  &general.apart);
  finding->level = LEVEL_NOTE;
  finding->limbs = one->space.limbs;
  finding->all = one->all;
  finding->count = audit_limbs(audit, one);
  if (!count_met(audit, one, &general)) finding->count = NULL;
  finding->proved = finding->count != NULL;
  finding->message = message_general(audit, one, &general);
  return true;
}

static bool tell_generals(Audit *audit, BoundaryAudit *one) {
  const Chart *chart = &one->chart;
  bool known = true;
  QuestionBefore before = outside_begin(&one->search, COUNT_STEPS_MOST);
  for (uint32_t i = 0; i < chart->rule_count; i++) {
    ArenaMark mark = space_mark(&one->space);
    if (is_general(audit, chart->rules[i]))
      known &= tell_general(audit, one, chart->rules[i]);
    space_back(&one->space, mark);
  }
  outside_end(&one->search, before);
  return known;
}

void audit_contradictions(Audit *audit, BoundaryAudit *one) {
  Clashes clashes = {0};
  bool known = true;
  find_clashes(audit, one, &clashes);
  for (uint32_t i = 0; i < clashes.count && i < LISTED_MOST; i++) {
    ArenaMark mark = space_mark(&one->space);
    known &= tell_clash(audit, one, &clashes.at[i]);
    space_back(&one->space, mark);
  }
  if (clashes.count > LISTED_MOST)
    tell_rest(audit, one, clashes.count - LISTED_MOST);
  known &= tell_generals(audit, one);
  if (!known)
    audit_not_proved(
        audit, one->boundary, TEXT("contradictions"),
        text_format(audit->arena,
                    "Whether more rules apply together in `%.*s`, and find "
                    "different things, was not found out.",
                    TEXT_ARG(audit_boundary(audit, one))));
}
