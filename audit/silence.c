/* Silence: situations in which no rule is in force. */
#include "audit/audit.h"
#include "audit/words.h"

static bool has_otherwise(const Chart *chart) {
  for (uint32_t layer = 0; layer < LAYER_COUNT; layer++)
    if (chart->scenes.at[0].rule[layer] != NONE) return true;
  return false;
}

/* What is known where it was not counted. */
static Text message_between(Audit *audit, const BoundaryAudit *one,
                            const Finding *finding, Text name) {
  Text between =
      audit_share_between(audit, one, finding->least, finding->most);
  bool some = finding->regions.count ||
              !natural_is_zero(finding->least, finding->limbs);
  Buffer out = {.arena = audit->arena};
  buffer_put_c(&out, some ? "There are situations in `"
                          : "It was not found out whether some rule applies in "
                            "every situation in `");
  buffer_put(&out, name);
  buffer_put_c(&out, some ? "` in which no rule applies" : "`");
  if (!between.length)
    buffer_put_c(&out, some ? ". They were not counted." : ".");
  else
    buffer_format(&out, some ? ": %.*s of all." : ". Those without one are "
                                                  "%.*s of all.",
                  TEXT_ARG(between));
  return buffer_text(&out);
}

static Text message(Audit *audit, const BoundaryAudit *one,
                    const Finding *finding, bool otherwise) {
  Text name = audit_boundary(audit, one);
  if (!finding->count) return message_between(audit, one, finding, name);
  return text_format(
      audit->arena, "In %.*s of the situations in `%.*s` %s.",
      TEXT_ARG(audit_share(audit, one, finding->count)), TEXT_ARG(name),
      otherwise ? "no rule applies and only `otherwise` answers"
                : "no rule applies and nothing is said");
}

/* Is there silence? */
static bool is_known(const Finding *finding) {
  return finding->count || finding->regions.count ||
         (finding->least && !natural_is_zero(finding->least, finding->limbs));
}

void audit_silence(Audit *audit, BoundaryAudit *one) {
  Boxes list = {0};
  Area area;
  Box whole = {0};
  bool otherwise = has_otherwise(&one->chart);
  if (one->unruled && natural_is_zero(one->unruled, one->space.limbs)) return;
  chart_list(&one->chart, SILENT, 0, &list);
  area_find(&one->search, &list, &whole, audit->options.regions_most, &area);
  if (area.boxes.count == 0 && area.whole && !list.too_many) return;
  Finding *finding =
      audit_find(audit, otherwise ? FINDING_OTHERWISE : FINDING_SILENCE,
                 one->boundary);
  finding->limbs = one->space.limbs;
  finding->all = one->all;
  finding->count = one->unruled;
  finding->least = one->unruled_least;
  finding->most = one->unruled_most;
  finding->proved = finding->count != NULL;
  audit_regions(audit, one, &area, finding);
  finding->message = message(audit, one, finding, otherwise);
  if (is_known(finding)) {
    finding->help = otherwise ? TEXT_NONE
                              : TEXT("Add a rule for them, or an `otherwise` "
                                     "that says who to talk to.");
    return;
  }
  Finding unknown = *finding;
  audit->findings.count--;
  finding = audit_not_proved(audit, one->boundary, TEXT("silence"),
                             unknown.message);
  finding->limbs = unknown.limbs;
  finding->all = unknown.all;
  finding->least = unknown.least;
  finding->most = unknown.most;
}
