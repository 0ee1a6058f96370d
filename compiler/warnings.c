/* Warnings: what is allowed, and yet deserves a second look. */
#include "compiler/check.h"

static bool has_line(const Check *check, const CheckedRule *rule,
                     LineKind kind) {
  const CheckedLine *lines = check->out->lines.at;
  for (uint32_t i = 0; i < rule->lines.count; i++)
    if (lines[rule->lines.first + i].kind == kind) return true;
  return false;
}

static void warn_rule(Check *check, const CheckedRule *rule, uint16_t code,
                      const char *what, const char *help) {
  Diagnostic *d = diagnostic_warning(check->diagnostics, code,
                                     rule->head, "`%.*s` %s.",
                                     TEXT_ARG(rule->full_name), what);
  diagnostic_help(check->diagnostics, d, "%s", help);
}

static bool should_cite(RuleKind kind) {
  return kind != RULE_OTHERWISE && kind != RULE_EMERGENCY;
}

static void check_rule(Check *check, const CheckedRule *rule) {
  if (rule->finding >= HOLD && !has_line(check, rule, LINE_INSTEAD))
    warn_rule(check, rule, W_NO_INSTEAD, "says no, and offers nothing instead",
              "Add `instead` and another way to meet the need.");
  if (should_cite(rule->kind) && rule->wants_cites)
    warn_rule(check, rule, W_NO_CITES, "cites no source",
              "Add `cites` and the source that it comes from.");
  if (rule->kind == RULE_NEVER && rule->until != DAY_NONE)
    warn_rule(check, rule, W_NEVER_UNTIL, "is a never that ends on a day",
              "A violation does not become right by waiting: take `until` "
              "out, or write a rule with `then hold`.");
  if (rule->kind == RULE_OTHERWISE && rule->finding < CONSULT)
    warn_rule(check, rule, W_OTHERWISE_MILD,
              "lets people go ahead where the policy says nothing",
              "Write `otherwise consult` and whom to talk to.");
}

static void check_source(Check *check, const CheckedSource *source) {
  if (!source->node->not_checked) return;
  Diagnostic *d = diagnostic_warning(
      check->diagnostics, W_SOURCE_UNCHECKED, source->node->name.span,
      "The source `%.*s` is not checked.",
      TEXT_ARG(source->node->name.text));
  diagnostic_help(check->diagnostics, d,
                  "Look it up, correct what the policy takes from it, and "
                  "take `not checked` out.");
}

static void check_heading(Check *check, const Item *heading) {
  const PolicyNode *policy = heading->policy;
  if (text_is_none(policy->if_unsure.text)) {
    Diagnostic *d = diagnostic_warning(
        check->diagnostics, W_NO_IF_UNSURE, policy->name.span,
        "The policy does not say what to do if someone is unsure.");
    diagnostic_help(check->diagnostics, d,
                    "Add a line to the heading: `if unsure \"Ring the duty "
                    "manager.\"`.");
  }
  const Literal *review = policy->next_review;
  if (!review || check->today == DAY_NONE || review->poisoned) return;
  if (review->amount >= check->today) return;
  Diagnostic *d = diagnostic_warning(
      check->diagnostics, W_REVIEW_PASSED, review->span,
      "The policy should have been reviewed by %.*s.",
      TEXT_ARG(review->text));
  diagnostic_help(check->diagnostics, d,
                  "Review it, and write the date of the next review.");
}

void check_warnings(Check *check) {
  const Checked *out = check->out;
  const Item *heading =
      out->loaded->files.count ? out->loaded->files.at[0].heading : NULL;
  if (heading && !heading->poisoned) check_heading(check, heading);
  for (uint32_t i = 0; i < out->sources.count; i++)
    if (!out->sources.at[i].poisoned)
      check_source(check, &out->sources.at[i]);
  for (uint32_t i = 0; i < out->rules.count; i++)
    if (!out->rules.at[i].spoiled)
      check_rule(check, &out->rules.at[i]);
}
