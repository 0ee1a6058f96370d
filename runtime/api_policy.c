/* Loading a policy, and looking into it. */
#ifdef HAVE_CONFIG_H
#include "config.h"
#else
#define PACKAGE_VERSION "0"
#endif
#include <string.h>
#include "runtime/api.h"
#include "runtime/image_file.h"

const char *stile_version(void) { return PACKAGE_VERSION; }

/* ----------------------------------------------------------------- loading */

static StileStatus refuse(StilePolicy *policy, const ImageFault *fault,
                          StileMessages **messages) {
  Diagnostics diagnostics = {.arena = &policy->owner.arena};
  Sources sources = {{0}};
  Diagnostic *one =
      diagnostic_error(&diagnostics, fault->code, (Span){0, 0, 0},
                       "This is not a sound policy image. At byte %u: %s",
                       fault->offset, fault->message);
  StileStatus status;
  diagnostic_help(&diagnostics, one,
                  "Make the image again from the policy.");
  status = api_messages(&policy->owner.memory, &sources, &diagnostics,
                        messages);
  return status == STILE_OK ? STILE_ERROR_IN_IMAGE : status;
}

static StileStatus load(StilePolicy *policy, Text bytes,
                        StileMessages **messages) {
  ImageFault fault;
  if (setjmp(policy->owner.escape) != 0) return STILE_NO_MEMORY;
  if (image_read_lean(&policy->owner.arena, bytes, &policy->lean, &fault)) {
    arena_trim(&policy->owner.arena);
    return STILE_OK;
  }
  return refuse(policy, &fault, messages);
}

StileStatus stile_policy_load(const StileMemory *memory, const void *bytes,
                              size_t length, StilePolicy **policy,
                              StileMessages **messages) {
  Memory from = api_memory(memory);
  StilePolicy *made;
  StileStatus status;
  *policy = NULL;
  if (messages) *messages = NULL;
  if (length >= UINT32_MAX || (!bytes && length > 0)) return STILE_WRONG_USE;
  made = api_create(&from, sizeof *made);
  if (!made) return STILE_NO_MEMORY;
  status = load(made, (Text){bytes ? bytes : "", (uint32_t)length}, messages);
  if (status == STILE_OK)
    *policy = made;
  else
    api_destroy(made);
  return status;
}

void stile_policy_destroy(StilePolicy *policy) { api_destroy(policy); }

/* ----------------------------------------------------------------- looking */

static StileText words(const StilePolicy *policy, uint32_t text) {
  return api_text(image_text(&policy->lean.image, text));
}

void stile_policy_info(const StilePolicy *policy, StilePolicyInfo *info) {
  const Image *image = &policy->lean.image;
  const Policy *from = &image->policy.at[0];
  *info = (StilePolicyInfo){.name = words(policy, from->name),
                            .title = words(policy, from->title),
                            .version = words(policy, from->version),
                            .owner = words(policy, from->owner),
                            .if_unsure = words(policy, from->if_unsure),
                            .layer = (StileLayer)from->layer,
                            .in_force_from = api_day(from->in_force_from),
                            .next_review = api_day(from->next_review),
                            .boundaries = image->boundaries.count,
                            .facts = image->facts.count,
                            .rules = image->rules.count,
                            .duties = image->duties.count};
  memcpy(info->sha256, image->hash, sizeof info->sha256);
}

bool stile_policy_boundary(const StilePolicy *policy, uint32_t boundary,
                           StileBoundary *result) {
  const Boundary *from;
  if (boundary >= policy->lean.image.boundaries.count) return false;
  from = &policy->lean.image.boundaries.at[boundary];
  *result = (StileBoundary){words(policy, from->name),
                            words(policy, from->title),
                            words(policy, from->refusal)};
  return true;
}

bool stile_policy_fact(const StilePolicy *policy, uint32_t fact,
                       StileFact *result) {
  const Fact *from;
  if (fact >= policy->lean.image.facts.count) return false;
  from = &policy->lean.image.facts.at[fact];
  *result = (StileFact){.dimension = (StileDimension)from->dimension,
                        .name = words(policy, from->name),
                        .question = words(policy, from->question),
                        .help = words(policy, from->help),
                        .type = (StileType)from->type,
                        .item = (StileType)from->item,
                        .fixed = from->fixed,
                        .no_excuse = from->no_excuse,
                        .who_agree = from->who_agree,
                        .may_be_ahead = from->may_be_ahead,
                        .values = from->values.count};
  return true;
}

bool stile_policy_value(const StilePolicy *policy, uint32_t fact,
                        uint32_t value, StileValue *result) {
  Range values;
  const Value *from;
  if (fact >= policy->lean.image.facts.count) return false;
  values = policy->lean.image.facts.at[fact].values;
  if (value >= values.count) return false;
  from = &policy->lean.image.values.at[values.first + value];
  *result = (StileValue){words(policy, from->name),
                         words(policy, from->words)};
  return true;
}

/* ------------------------------------------------------------------- rules */

/* Texts of what is kept in columns. */
static StileText told(const StilePolicy *policy, uint32_t words) {
  return api_text(image_lean_words(&policy->lean, words));
}

static void place_rule(const StilePolicy *policy, uint32_t rule,
                       StileRule *result) {
  const Image *image = &policy->lean.image;
  Place place;
  if (!image_lean_place(&policy->lean, rule, &place)) return;
  result->file =
      api_text(image_place_text(image, image->files.at[place.file].name));
  result->line = place.line;
  result->column = place.column;
}

/* False if there is no such rule. */
static bool get_rule(const StilePolicy *policy, uint32_t rule, Rule *result) {
  if (rule >= policy->lean.image.rules.count) return false;
  image_lean_record(&policy->lean, LIST_rules, rule, result);
  return true;
}

bool stile_policy_rule(const StilePolicy *policy, uint32_t rule,
                       StileRule *result) {
  Rule from;
  if (!get_rule(policy, rule, &from)) return false;
  *result = (StileRule){.kind = (StileKind)from.kind,
                        .boundary = from.boundary,
                        .name = told(policy, from.full_name),
                        .title = told(policy, from.title),
                        .layer = (StileLayer)from.layer,
                        .finding = (StileVerdict)from.finding,
                        .unless_agreed = from.unless_agreed,
                        .from = api_day(from.from),
                        .until = api_day(from.until)};
  place_rule(policy, rule, result);
  return true;
}

bool stile_policy_line(const StilePolicy *policy, uint32_t rule, uint32_t line,
                       StileLine *result) {
  Rule of;
  Line from;
  if (!get_rule(policy, rule, &of) || line >= of.lines.count) return false;
  image_lean_record(&policy->lean, LIST_lines, of.lines.first + line, &from);
  *result = (StileLine){(StileLineKind)from.kind, told(policy, from.text),
                        from.fact};
  return true;
}

bool stile_policy_cite(const StilePolicy *policy, uint32_t rule, uint32_t cite,
                       StileCite *result) {
  Rule of;
  Cite from;
  const SourceWork *source;
  if (!get_rule(policy, rule, &of) || cite >= of.cites.count) return false;
  image_lean_record(&policy->lean, LIST_cites, of.cites.first + cite, &from);
  source = &policy->lean.image.sources.at[from.source];
  *result = (StileCite){words(policy, source->name),
                        words(policy, source->title),
                        told(policy, from.clause), source->checked};
  return true;
}

bool stile_policy_duty(const StilePolicy *policy, uint32_t duty,
                       StileDuty *result) {
  Duty from;
  if (duty >= policy->lean.image.duties.count) return false;
  image_lean_record(&policy->lean, LIST_duties, duty, &from);
  *result = (StileDuty){.rule = from.rule,
                        .tag = told(policy, from.tag),
                        .text = told(policy, from.text),
                        .by = told(policy, from.by),
                        .always = from.always,
                        .when = (StileWhen)from.when,
                        .amount = from.amount,
                        .unit = (StileUnit)from.unit};
  return true;
}
