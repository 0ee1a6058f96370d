/* What the two policies say in other words, and what only one of them has. */
#include "audit/diff.h"
#include "audit/words.h"

static void tell(Diff *diff, FindingKind kind, Text name, Text message) {
  Finding *finding = audit_find(&diff->audit, kind, NONE);
  audit_name(&diff->audit, finding, name);
  finding->message = message;
}

/* -------------------------------------------------------------------- facts */

static Text value_names(Diff *diff, uint32_t fact, uint32_t missing_in) {
  const Image *image = &diff->joined.image;
  const JoinedFact *joint = &diff->joined.facts[fact];
  Buffer out = {.arena = diff->audit.arena};
  Range values = image->facts.at[fact].values;
  for (uint32_t i = 0; joint->values[missing_in] && i < values.count; i++) {
    if (joint->values[missing_in][i] != NONE) continue;
    if (out.length) buffer_put_c(&out, ", ");
    buffer_put(&out,
               image_text(image, image->values.at[values.first + i].name));
  }
  return buffer_text(&out);
}

static void compare_values(Diff *diff, uint32_t fact, Text name) {
  Arena *arena = diff->audit.arena;
  Text gone = value_names(diff, fact, NEW), come = value_names(diff, fact, OLD);
  if (gone.length)
    tell(diff, FINDING_OTHER_FACT, name,
         text_format(arena, "`%.*s` no longer has: %.*s. Situations with it "
                            "were not compared.",
                     TEXT_ARG(name), TEXT_ARG(gone)));
  if (come.length)
    tell(diff, FINDING_OTHER_FACT, name,
         text_format(arena,
                     "`%.*s` now also has: %.*s. Situations with it were not "
                     "compared.",
                     TEXT_ARG(name), TEXT_ARG(come)));
  if (diff->joined.facts[fact].narrowed)
    tell(diff, FINDING_OTHER_FACT, name,
         text_format(arena, "`%.*s` has another range or other steps. Amounts "
                            "that both have were compared.",
                     TEXT_ARG(name)));
}

static void compare_facts(Diff *diff) {
  const Image *image = &diff->joined.image;
  for (uint32_t i = 0; i < image->facts.count; i++) {
    const JoinedFact *joint = &diff->joined.facts[i];
    Text name = words_fact(diff->audit.arena, image, i);
    if (joint->other_type)
      tell(diff, FINDING_OTHER_FACT, name,
           text_format(diff->audit.arena,
                       "`%.*s` is of another type now. It was compared as two "
                       "facts.",
                       TEXT_ARG(name)));
    else if (joint->of[NEW] == NONE)
      tell(diff, FINDING_ONLY_OLD, name,
           text_format(diff->audit.arena, "The fact `%.*s`.", TEXT_ARG(name)));
    else if (joint->of[OLD] == NONE)
      tell(diff, FINDING_ONLY_NEW, name,
           text_format(diff->audit.arena, "The fact `%.*s`.", TEXT_ARG(name)));
    else
      compare_values(diff, i, name);
  }
}

/* -------------------------------------------------------------------- rules */

/* All that a rule says, as one text to compare. */
static Text said(Arena *arena, const Image *image, const Rule *rule) {
  Buffer out = {.arena = arena};
  buffer_put(&out, image_text(image, rule->title));
  for (uint32_t i = 0; i < rule->lines.count; i++) {
    const Line *line = &image->lines.at[rule->lines.first + i];
    buffer_format(&out, "\n%u %.*s", (unsigned)line->kind,
                  TEXT_ARG(image_text(image, line->text)));
  }
  for (uint32_t i = 0; i < rule->cites.count; i++) {
    const Cite *cite = &image->cites.at[rule->cites.first + i];
    const SourceWork *source = &image->sources.at[cite->source];
    buffer_format(&out, "\ncites %.*s %.*s",
                  TEXT_ARG(image_text(image, source->title)),
                  TEXT_ARG(image_text(image, cite->clause)));
  }
  for (uint32_t i = 0; i < rule->duties.count; i++) {
    const Duty *duty = &image->duties.at[rule->duties.first + i];
    buffer_format(&out, "\nmust %.*s %.*s %u %lld %u %.*s",
                  TEXT_ARG(image_text(image, duty->tag)),
                  TEXT_ARG(image_text(image, duty->text)),
                  (unsigned)duty->when, (long long)duty->amount,
                  (unsigned)duty->unit,
                  TEXT_ARG(image_text(image, duty->by)));
  }
  return buffer_text(&out);
}

/* The rule that the side has in its place: by name, and, as each layer has an
 * `otherwise` of its own, of the same layer if there is one. */
static uint32_t find_rule(const Diff *diff, uint32_t side, uint32_t rule) {
  const Image *image = &diff->joined.image;
  uint32_t from = diff->joined.rules[side], found = NONE;
  Text name = words_rule(image, rule);
  for (uint32_t i = from; i < from + diff->joined.of[side]->rules.count; i++) {
    if (!text_equal(words_rule(image, i), name)) continue;
    if (image->rules.at[i].layer == image->rules.at[rule].layer) return i;
    if (image->rules.at[rule].kind != RULE_OTHERWISE) found = i;
  }
  return found;
}

static void tell_rule(Diff *diff, FindingKind kind, uint32_t rule,
                      const char *format) {
  Finding *finding = audit_find(&diff->audit, kind, NONE);
  Text name = words_rule(&diff->joined.image, rule);
  VEC_PUSH(diff->audit.arena, &finding->rules, rule);
  audit_name(&diff->audit, finding, name);
  finding->message = text_format(diff->audit.arena, "%s `%.*s`.", format,
                                 TEXT_ARG(name));
}

static void compare_rule(Diff *diff, uint32_t old) {
  Arena *arena = diff->audit.arena;
  const Image *image = &diff->joined.image;
  uint32_t new = find_rule(diff, NEW, old);
  if (new == NONE) {
    tell_rule(diff, FINDING_ONLY_OLD, old, "The rule");
    return;
  }
  if (!text_equal(said(arena, image, &image->rules.at[old]),
                  said(arena, image, &image->rules.at[new])))
    tell_rule(diff, image->rules.at[new].kind == RULE_EMERGENCY
                        ? FINDING_OTHER_EMERGENCY
                        : FINDING_OTHER_WORDS,
              new, "What is said in");
}

void diff_words(Diff *diff) {
  uint32_t start = diff->joined.rules[NEW];
  compare_facts(diff);
  for (uint32_t i = 0; i < start; i++) compare_rule(diff, i);
  for (uint32_t i = start; i < diff->joined.image.rules.count; i++)
    if (find_rule(diff, OLD, i) == NONE)
      tell_rule(diff, FINDING_ONLY_NEW, i, "The rule");
}
