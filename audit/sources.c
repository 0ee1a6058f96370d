/* Sources, owners and dates: what a policy rests on, and who keeps it. */
#include "audit/audit.h"
#include "audit/words.h"

static bool is_cited(const Image *image, uint32_t source, Text clause) {
  for (uint32_t i = 0; i < image->cites.count; i++) {
    const Cite *cite = &image->cites.at[i];
    if (cite->source == source &&
        (text_is_none(clause) ||
         text_equal(image_text(image, cite->clause), clause)))
      return true;
  }
  return false;
}

static Finding *tell(Audit *audit, FindingKind kind, Text name, Text message) {
  Finding *finding = audit_find(audit, kind, NONE);
  if (name.length) audit_name(audit, finding, name);
  finding->message = message;
  return finding;
}

static void check_clauses(Audit *audit, uint32_t index) {
  const Image *image = audit->image;
  const SourceWork *source = &image->sources.at[index];
  Text name = image_text(image, source->name);
  for (uint32_t i = 0; i < source->clauses.count; i++) {
    Text key =
        image_text(image, image->clauses.at[source->clauses.first + i].key);
    if (is_cited(image, index, key)) continue;
    Finding *finding =
        tell(audit, FINDING_IDLE_CLAUSE, name,
             text_format(audit->arena, "No rule cites `%.*s` of `%.*s`.",
                         TEXT_ARG(key), TEXT_ARG(name)));
    audit_name(audit, finding, key);
    finding->place = image_source_place(image, index);
  }
}

static void check_source(Audit *audit, uint32_t index) {
  const Image *image = audit->image;
  const SourceWork *source = &image->sources.at[index];
  Text name = image_text(image, source->name);
  Finding *finding;
  if (!source->checked) {
    finding = tell(audit, FINDING_UNCHECKED, name,
                   text_format(audit->arena, "Nobody has checked `%.*s`.",
                               TEXT_ARG(name)));
    finding->place = image_source_place(image, index);
    finding->help = TEXT("Read it in the source itself, then take "
                         "`not checked` away.");
  }
  if (!is_cited(image, index, TEXT_NONE)) {
    finding = tell(audit, FINDING_IDLE_SOURCE, name,
                   text_format(audit->arena, "No rule cites `%.*s`.",
                               TEXT_ARG(name)));
    finding->place = image_source_place(image, index);
    return;
  }
  check_clauses(audit, index);
}

static void check_rules(Audit *audit) {
  const Image *image = audit->image;
  for (uint32_t i = 0; i < image->rules.count; i++) {
    const Rule *rule = &image->rules.at[i];
    if (rule->cites.count || rule->kind == RULE_OTHERWISE ||
        rule->kind == RULE_EMERGENCY)
      continue;
    Finding *finding = audit_find(audit, FINDING_NO_SOURCE, rule->boundary);
    audit_name_rule(audit, finding, i);
    finding->message =
        text_format(audit->arena, "`%.*s` cites no source.",
                    TEXT_ARG(words_rule(image, i)));
    finding->help = TEXT("Add `cites`: where does it come from? A decision of "
                         "your own is a source too.");
  }
}

static void check_policy(Audit *audit) {
  const Policy *policy = &audit->image->policy.at[0];
  if (policy->owner == NONE)
    tell(audit, FINDING_NO_OWNER, TEXT_NONE,
         TEXT("The policy does not say who keeps it."))
        ->help = TEXT("Add `owner \"…\"`.");
  if (policy->if_unsure == NONE)
    tell(audit, FINDING_NO_IF_UNSURE, TEXT_NONE,
         TEXT("The policy does not say what to do if unsure."))
        ->help = TEXT("Add `if unsure \"…\"`.");
  if (policy->next_review != DAY_NONE &&
      policy->next_review < audit->options.today) {
    Buffer out = {.arena = audit->arena};
    buffer_put_c(&out, "Its review was due on ");
    day_print(&out, policy->next_review);
    buffer_put_c(&out, ".");
    tell(audit, FINDING_REVIEW_DUE, TEXT_NONE, buffer_text(&out));
  }
}

void audit_sources(Audit *audit) {
  check_policy(audit);
  check_rules(audit);
  for (uint32_t i = 0; i < audit->image->sources.count; i++)
    check_source(audit, i);
}
