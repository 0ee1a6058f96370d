/* Silence: situations in which no rule is in force. */
#include "audit/audit.h"
#include "audit/words.h"

static bool has_otherwise(const Chart *chart) {
  for (uint32_t layer = 0; layer < LAYER_COUNT; layer++)
    if (chart->scenes.at[0].rule[layer] != NONE) return true;
  return false;
}

static Text message(Audit *audit, const BoundaryAudit *one,
                    const Finding *finding, bool otherwise) {
  Text name = image_text(audit->image,
                         audit->image->boundaries.at[one->boundary].name);
  if (!finding->count && finding->regions.count == 0)
    return text_format(audit->arena,
                       "It was not found out whether some rule applies in "
                       "every situation in `%.*s`.",
                       TEXT_ARG(name));
  if (!finding->count)
    return text_format(audit->arena,
                       "There are situations in `%.*s` in which no rule "
                       "applies. They were not counted.",
                       TEXT_ARG(name));
  return text_format(
      audit->arena, "In %.*s of the situations in `%.*s` %s.",
      TEXT_ARG(audit_share(audit, one, finding->count)), TEXT_ARG(name),
      otherwise ? "no rule applies and only `otherwise` answers"
                : "no rule applies and nothing is said");
}

void audit_silence(Audit *audit, BoundaryAudit *one) {
  Boxes list = {0};
  Area area;
  Box whole = {0};
  bool otherwise = has_otherwise(&one->chart);
  chart_list(&one->chart, SILENT, 0, &list);
  area_find(&one->search, &list, &whole, audit->options.regions_most, &area);
  if (area.boxes.count == 0 && area.whole && !list.too_many) return;
  Finding *finding =
      audit_find(audit, otherwise ? FINDING_OTHERWISE : FINDING_SILENCE,
                 one->boundary);
  finding->limbs = one->space.limbs;
  finding->all = one->counted ? one->all : NULL;
  finding->count = audit_limbs(audit, one);
  if (!count_outside(&one->search, &list, finding->count))
    finding->count = NULL;
  finding->proved = finding->count != NULL;
  audit_regions(audit, one, &area, finding);
  finding->message = message(audit, one, finding, otherwise);
  finding->help =
      otherwise || (!finding->count && finding->regions.count == 0)
          ? TEXT_NONE
                : TEXT("Add a rule for them, or an `otherwise` that says who "
                       "to talk to.");
}
