/* What share of the situations gets which guidance, boundary by boundary, and
 * the maps of it. */
#include "audit/words.h"
#include "cli/audit_report.h"
#include "runtime/terms.h"

static Text none(void)
{
  return (Text){"", 0};
}

static Text share(const AuditReport *report, const BoundaryAudit *one,
                  const Limb *count)
{
  return audit_short_percent(report->arena, count, one->all,
                             one->space.limbs);
}

/* In whole hundredths, rounded outwards: "5 to 11 %". */
static Text share_between(const AuditReport *report, const BoundaryAudit *one,
                          const Limb *least, const Limb *most)
{
  Arena *arena = report->arena;
  uint32_t limbs = one->space.limbs, low, high;
  if (!least || !one->all || natural_is_zero(one->all, limbs))
    return TEXT("?");
  if (natural_compare(least, most, limbs) == 0)
    return share(report, one, least);
  low = natural_share(arena, least, one->all, limbs) / 10000;
  high = (natural_share_up(arena, most, one->all, limbs) + 9999) / 10000;
  if (low == 0 && high == 100) return TEXT("?");
  if (high == 0) return TEXT("0 %");
  if (low == 0) return text_format(arena, "up to %u %%", (unsigned)high);
  if (high == 100) return text_format(arena, "from %u %%", (unsigned)low);
  return text_format(arena, "%u to %u %%", (unsigned)low, (unsigned)high);
}

/* ------------------------------------------------------------------- tables */

Ledger *audit_share_table(const AuditReport *report)
{
  Text cells[VERDICT_COUNT];
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    cells[v] = v == CARE ? TEXT("care") : words_verdict((Verdict)v);
  Ledger *ledger = ledger_make(report->arena,
                               TEXT("How often the guidance is what"),
                               TEXT("boundary"), cells, VERDICT_COUNT);
  for (uint32_t i = 0; i < report->audit->boundary_count; i++) {
    const BoundaryAudit *one = &report->audit->boundaries[i];
    for (uint32_t v = 0; v < VERDICT_COUNT; v++)
      cells[v] = one->counted ? share(report, one, one->counts[v])
                              : share_between(report, one, one->least[v],
                                              one->most[v]);
    ledger_row(ledger, audit_boundary_name(report, one->boundary), cells);
  }
  return ledger;
}

/* What is not `never`; NULL if that is all or nothing, or not known. */
static Limb *open_count(const AuditReport *report, const BoundaryAudit *one)
{
  uint32_t limbs = one->space.limbs;
  Limb *open = ARENA_ARRAY(report->arena, limbs, Limb);
  if (!one->counted || natural_is_zero(one->counts[NEVER], limbs)) return NULL;
  natural_copy(open, one->all, limbs);
  natural_subtract(open, one->counts[NEVER], limbs);
  return natural_is_zero(open, limbs) ? NULL : open;
}

Ledger *audit_open_table(const AuditReport *report)
{
  Text cells[NEVER];
  for (uint32_t v = 0; v < NEVER; v++)
    cells[v] = v == CARE ? TEXT("care") : words_verdict((Verdict)v);
  Ledger *ledger = ledger_make(report->arena, TEXT("Where no `never` applies"),
                               TEXT("boundary"), cells, NEVER);
  for (uint32_t i = 0; i < report->audit->boundary_count; i++) {
    const BoundaryAudit *one = &report->audit->boundaries[i];
    const Limb *open = open_count(report, one);
    if (!open) continue;
    for (uint32_t v = 0; v < NEVER; v++)
      cells[v] = audit_short_percent(report->arena, one->counts[v], open,
                                     one->space.limbs);
    ledger_row(ledger, audit_boundary_name(report, one->boundary), cells);
  }
  return ledger->rows.count ? ledger : NULL;
}

Ledger *audit_harm_table(const AuditReport *report)
{
  const Text heads[] = {TEXT("kinds"), TEXT("no rule"),
                        TEXT("holding back may harm"), TEXT("in tension")};
  Ledger *ledger = ledger_make(report->arena, TEXT("Both risks"),
                               TEXT("boundary"), heads, 4);
  for (uint32_t i = 0; i < report->audit->boundary_count; i++) {
    const BoundaryAudit *one = &report->audit->boundaries[i];
    Text cells[4] = {TEXT("not counted"), TEXT("?"), TEXT("?"), TEXT("?")};
    if (one->all)
      cells[0] = audit_number(report->arena, one->all, one->space.limbs);
    cells[1] = one->all && one->unruled
                   ? share(report, one, one->unruled)
                   : share_between(report, one, one->unruled_least,
                                   one->unruled_most);
    if (one->harmful) cells[2] = share(report, one, one->harmful);
    if (one->tension) cells[3] = share(report, one, one->tension);
    ledger_row(ledger, audit_boundary_name(report, one->boundary), cells);
  }
  return ledger;
}

/* ------------------------------------------------------------------- fields */

/* "P C . H N"; "-" stands first where the boundary is silent somewhere. */
static void put_letters(Buffer *out, const BoundaryAudit *one,
                        const MapField *field)
{
  static const char letters[] = "-PCTHN";
  for (uint32_t v = 0; v < VERDICT_COUNT; v++) {
    if (natural_is_zero(one->counts[v], one->space.limbs) && v == SILENT)
      continue;
    if (out->length) buffer_put_char(out, ' ');
    buffer_put_char(out, natural_is_zero(field->counts[v], one->space.limbs)
                             ? '.'
                             : letters[v]);
  }
}

static void put_names(Buffer *out, const BoundaryAudit *one,
                      const MapField *field)
{
  for (uint32_t v = 0; v < VERDICT_COUNT; v++) {
    if (natural_is_zero(field->counts[v], one->space.limbs)) continue;
    if (out->length) buffer_put_c(out, ", ");
    buffer_put(out, words_verdict((Verdict)v));
  }
}

static Text field_words(const AuditReport *report, const BoundaryAudit *one,
                        const MapField *field, bool letters)
{
  Buffer out = {.arena = report->arena};
  if (natural_is_zero(field->all, one->space.limbs)) return TEXT("cannot be");
  if (letters)
    put_letters(&out, one, field);
  else
    put_names(&out, one, field);
  if (natural_is_zero(field->unruled, one->space.limbs))
    return buffer_text(&out);
  Text percent = audit_short_percent(report->arena, field->unruled,
                                     field->all, one->space.limbs);
  buffer_format(&out, letters ? " %.*s" : "; no rule speaks in %.*s",
                TEXT_ARG(percent));
  return buffer_text(&out);
}

/* --------------------------------------------------------------------- maps */

Ledger *audit_map_table(const AuditReport *report, uint32_t number,
                        bool letters)
{
  const BoundaryAudit *one = &report->audit->boundaries[number];
  if (!report->maps || !report->maps[number].made) return NULL;
  const Map *map = &report->maps[number].both;
  const MapSide *rows = &map->rows, *columns = &map->columns;
  if (rows->axis == NONE && columns->axis == NONE) return NULL;
  Text cells[MAP_CELLS_MOST] = {TEXT("guidance")};
  Text all = TEXT("all");
  Text caption = text_format(
      report->arena, "%.*s: guidance by %.*s%s%.*s",
      TEXT_ARG(audit_boundary_name(report, one->boundary)),
      TEXT_ARG(rows->name), rows->axis != NONE && columns->axis != NONE
                                ? " and "
                                : "",
      TEXT_ARG(columns->name));
  Ledger *ledger = ledger_make(
      report->arena, caption,
      letters || rows->axis == NONE ? none() : rows->name,
      columns->axis == NONE ? cells : columns->values, columns->count);
  for (uint32_t row = 0; row < rows->count; row++) {
    for (uint32_t i = 0; i < columns->count; i++)
      cells[i] = field_words(report, one, map_field(map, row, i), letters);
    ledger_row(ledger, rows->axis == NONE ? all : rows->values[row], cells);
  }
  return ledger;
}

Ledger *audit_facts_table(const AuditReport *report, uint32_t number)
{
  const BoundaryAudit *one = &report->audit->boundaries[number];
  const Text heads[] = {TEXT("guidance")};
  if (!report->maps || !report->maps[number].made) return NULL;
  Ledger *ledger = ledger_make(
      report->arena,
      text_format(report->arena, "%.*s: the facts that tell most",
                  TEXT_ARG(audit_boundary_name(report, one->boundary))),
      TEXT("fact"), heads, 1);
  for (uint32_t d = 0; d < DIMENSION_COUNT; d++) {
    const Map *map = &report->maps[number].facts[d];
    if (map->rows.axis == NONE) continue;
    for (uint32_t i = 0; i < map->rows.count; i++) {
      Text words = field_words(report, one, map_field(map, i, 0), false);
      ledger_row(ledger,
                 text_format(report->arena, "%.*s: %.*s",
                             TEXT_ARG(map->rows.name),
                             TEXT_ARG(map->rows.values[i])),
                 &words);
    }
  }
  return ledger->rows.count ? ledger : NULL;
}

/* --------------------------------------------------------------------- JSON */

static json_t *count_json(const AuditReport *report, const BoundaryAudit *one,
                          const Limb *count, const Limb *all)
{
  Arena *arena = report->arena;
  uint32_t limbs = one->space.limbs;
  Text some = audit_plain_number(arena, count, limbs);
  Text of = audit_plain_number(arena, all, limbs);
  json_t *json = json_object();
  json_object_set_new(json, "count", json_text(arena, some));
  json_object_set_new(json, "share",
                      json_sprintf("%.*s/%.*s", TEXT_ARG(some),
                                   TEXT_ARG(of)));
  json_object_set_new(
      json, "percent",
      json_text(arena, audit_percent(arena, count, all, limbs)));
  return json;
}

static json_t *verdicts_json(const AuditReport *report,
                             const BoundaryAudit *one,
                             Limb *const counts[VERDICT_COUNT],
                             const Limb *all)
{
  json_t *json = json_object();
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    json_object_set_new(json, term_verdict((Verdict)v),
                        count_json(report, one, counts[v], all));
  return json;
}

static json_t *between_json(const AuditReport *report,
                            const BoundaryAudit *one)
{
  json_t *json = json_object();
  for (uint32_t v = 0; v < VERDICT_COUNT; v++)
    json_object_set_new(json, term_verdict((Verdict)v),
                        audit_between_json(report, one->least[v], one->most[v],
                                           one->space.limbs));
  return json;
}

static json_t *field_json(const AuditReport *report, const BoundaryAudit *one,
                          const MapField *field)
{
  json_t *json = json_object();
  json_object_set_new(
      json, "situations",
      json_text(report->arena,
                audit_plain_number(report->arena, field->all,
                                   one->space.limbs)));
  json_object_set_new(json, "verdicts",
                      verdicts_json(report, one, field->counts, field->all));
  json_object_set_new(json, "no-rule",
                      count_json(report, one, field->unruled, field->all));
  return json;
}

static json_t *side_json(const AuditReport *report, const MapSide *side)
{
  if (side->axis == NONE) return json_null();
  json_t *json = json_object(), *values = json_array();
  for (uint32_t i = 0; i < side->count; i++)
    json_array_append_new(values,
                          json_text(report->arena, side->values[i]));
  json_object_set_new(json, "fact", json_text(report->arena, side->name));
  json_object_set_new(json, "values", values);
  return json;
}

static json_t *map_json(const AuditReport *report, const BoundaryAudit *one,
                        const Map *map)
{
  json_t *json = json_object(), *fields = json_array();
  for (uint32_t row = 0; row < map->rows.count; row++) {
    json_t *list = json_array();
    for (uint32_t i = 0; i < map->columns.count; i++)
      json_array_append_new(list, field_json(report, one,
                                             map_field(map, row, i)));
    json_array_append_new(fields, list);
  }
  json_object_set_new(json, "rows", side_json(report, &map->rows));
  json_object_set_new(json, "columns", side_json(report, &map->columns));
  json_object_set_new(json, "fields", fields);
  return json;
}

static void put_maps(const AuditReport *report, json_t *json, uint32_t number)
{
  const BoundaryAudit *one = &report->audit->boundaries[number];
  const BoundaryMap *map = &report->maps[number];
  json_t *facts = json_array();
  json_object_set_new(json, "map", map_json(report, one, &map->both));
  for (uint32_t d = 0; d < DIMENSION_COUNT; d++)
    if (map->facts[d].rows.axis != NONE)
      json_array_append_new(facts, map_json(report, one, &map->facts[d]));
  json_object_set_new(json, "telling-facts", facts);
}

static json_t *boundary_json(const AuditReport *report, uint32_t number)
{
  static const char *const keys[] = {"situations", "verdicts",
                                     "holding-back-may-harm", "tension",
                                     "no-rule", "map", "telling-facts",
                                     "verdicts-between"};
  const BoundaryAudit *one = &report->audit->boundaries[number];
  json_t *json = json_object();
  json_object_set_new(json, "boundary",
                      json_text(report->arena,
                                audit_boundary_name(report, one->boundary)));
  json_object_set_new(json, "counted", json_boolean(one->counted));
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    json_object_set_new(json, keys[i], json_null());
  if (one->all)
    json_object_set_new(
        json, "situations",
        json_text(report->arena, audit_plain_number(report->arena, one->all,
                                                    one->space.limbs)));
  if (!one->counted && one->all)
    json_object_set_new(json, "verdicts-between", between_json(report, one));
  if (one->all && one->unruled)
    json_object_set_new(json, "no-rule",
                        count_json(report, one, one->unruled, one->all));
  if (!one->counted) return json;
  json_object_set_new(json, "verdicts",
                      verdicts_json(report, one, one->counts, one->all));
  if (one->harmful)
    json_object_set_new(json, "holding-back-may-harm",
                        count_json(report, one, one->harmful, one->all));
  if (one->tension)
    json_object_set_new(json, "tension",
                        count_json(report, one, one->tension, one->all));
  if (report->maps && report->maps[number].made)
    put_maps(report, json, number);
  return json;
}

json_t *audit_boundaries_json(const AuditReport *report)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < report->audit->boundary_count; i++)
    json_array_append_new(list, boundary_json(report, i));
  return list;
}
