/* Witnesses as situations that can be asked about: as YAML, as JSON. */
#include <string.h>

#include "cli/audit_report.h"
#include "runtime/terms.h"

static const Fact *fact_of(const AuditReport *report, const WitnessFact *one)
{
  return &report->audit->image->facts.at[one->fact];
}

/* "context.gift" without what stands before the point. */
static Text own_name(const WitnessFact *one)
{
  const char *point = memchr(one->name.at, '.', one->name.length);
  uint32_t at = point ? (uint32_t)(point - one->name.at) + 1 : 0;
  return (Text){one->name.at + at, one->name.length - at};
}

/* A set without a member, a record without an event. */
static bool is_empty(const Fact *fact, const Given *given)
{
  return (fact->type == TYPE_SET && given->members == 0) ||
         (fact->type == TYPE_RECORD && given->event_count == 0);
}

static Text value_text(const AuditReport *report, const Fact *fact,
                       uint32_t type, int64_t value)
{
  Buffer out = {.arena = report->arena};
  situation_put_value(&out, report->audit->image, fact, type, value);
  return buffer_text(&out);
}

static Text day_text(Arena *arena, Day day)
{
  Buffer out = {.arena = arena};
  day_print(&out, day);
  return buffer_text(&out);
}

/* --------------------------------------------------------------------- YAML */

/* A value in a flow: in quotes where a sign of it would end the value. */
static void put_yaml(Buffer *out, Text value)
{
  bool plain = value.length > 0;
  for (uint32_t i = 0; i < value.length; i++)
    plain &= !strchr(",[]{}:#\"'&*!|>%@`", value.at[i]);
  buffer_put_c(out, plain ? "" : "\"");
  buffer_put(out, value);
  buffer_put_c(out, plain ? "" : "\"");
}

static void put_members(const AuditReport *report, Buffer *out,
                        const Fact *fact, uint64_t members)
{
  bool printed = false;
  buffer_put_char(out, '[');
  for (uint32_t i = 0; i < fact->values.count; i++) {
    if (!(members >> i & 1)) continue;
    if (printed) buffer_put_c(out, ", ");
    put_yaml(out, value_text(report, fact, fact->type, i));
    printed = true;
  }
  buffer_put_char(out, ']');
}

static void put_events(const AuditReport *report, Buffer *out,
                       const Fact *fact, const Given *given)
{
  buffer_put_char(out, '[');
  for (uint32_t i = 0; i < given->event_count; i++) {
    const Event *event = &given->events[i];
    Text day = day_text(report->arena, event->day);
    if (i) buffer_put_c(out, ", ");
    if (fact->item == TYPE_DATE) {
      buffer_put(out, day);
      continue;
    }
    buffer_format(out, "{date: %.*s, amount: ", TEXT_ARG(day));
    put_yaml(out, value_text(report, fact, fact->item, event->amount));
    buffer_put_char(out, '}');
  }
  buffer_put_char(out, ']');
}

static void put_given(const AuditReport *report, Buffer *out,
                      const WitnessFact *one)
{
  const Fact *fact = fact_of(report, one);
  buffer_put(out, own_name(one));
  buffer_put_c(out, ": ");
  if (fact->type == TYPE_SET)
    put_members(report, out, fact, one->given->members);
  else if (fact->type == TYPE_RECORD)
    put_events(report, out, fact, one->given);
  else
    put_yaml(out, one->value);
}

/* The facts of a dimension; empty sets and records come last. */
static void put_dimension(const AuditReport *report, Buffer *out,
                          const Witness *witness, uint32_t dimension)
{
  for (int empty = 0; empty < 2; empty++)
    for (uint32_t i = 0; i < witness->count; i++) {
      const WitnessFact *one = &witness->facts[i];
      const Fact *fact = fact_of(report, one);
      if (fact->dimension != dimension ||
          is_empty(fact, one->given) != (empty == 1))
        continue;
      buffer_put_c(out, out->length ? ", " : "{");
      put_given(report, out, one);
    }
  if (out->length) buffer_put_char(out, '}');
}

Text audit_witness_yaml(const AuditReport *report, const Witness *witness,
                        uint32_t boundary, uint32_t indent)
{
  Sheet sheet = {{.arena = report->arena}, 80, false};
  if (boundary != NONE && report->audit->image->boundaries.count > 1)
    sheet_item(&sheet, indent, "boundary: ",
               audit_boundary_name(report, boundary));
  for (uint32_t i = 0; i < DIMENSION_COUNT; i++) {
    Buffer line = {.arena = report->arena};
    put_dimension(report, &line, witness, i);
    if (line.length == 0) continue;
    /* Later lines stand under the first value: YAML wants them further in. */
    Text name = text_format(report->arena, "%s: ",
                            term_dimension((Dimension)i));
    sheet_item(&sheet, indent, name.at, buffer_text(&line));
  }
  return buffer_text(&sheet.out);
}

/* --------------------------------------------------------------------- JSON */

static json_t *members_json(const AuditReport *report, const Fact *fact,
                            uint64_t members)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < fact->values.count; i++)
    if (members >> i & 1)
      json_array_append_new(
          list, json_text(report->arena,
                          value_text(report, fact, fact->type, i)));
  return list;
}

static json_t *events_json(const AuditReport *report, const Fact *fact,
                           const Given *given)
{
  json_t *list = json_array();
  for (uint32_t i = 0; i < given->event_count; i++) {
    const Event *event = &given->events[i];
    json_t *day = json_text(report->arena,
                            day_text(report->arena, event->day));
    if (fact->item == TYPE_DATE) {
      json_array_append_new(list, day);
      continue;
    }
    json_t *one = json_object();
    json_object_set_new(one, "date", day);
    json_object_set_new(
        one, "amount",
        json_text(report->arena,
                  value_text(report, fact, fact->item, event->amount)));
    json_array_append_new(list, one);
  }
  return list;
}

static json_t *given_json(const AuditReport *report, const WitnessFact *one)
{
  const Fact *fact = fact_of(report, one);
  if (fact->type == TYPE_SET)
    return members_json(report, fact, one->given->members);
  if (fact->type == TYPE_RECORD) return events_json(report, fact, one->given);
  return json_text(report->arena, one->value);
}

static json_t *situation_json(const AuditReport *report,
                              const Witness *witness, uint32_t boundary)
{
  json_t *json = json_object();
  if (boundary != NONE)
    json_object_set_new(json, "boundary",
                        json_text(report->arena,
                                  audit_boundary_name(report, boundary)));
  for (uint32_t d = 0; d < DIMENSION_COUNT; d++) {
    json_t *facts = json_object();
    for (uint32_t i = 0; i < witness->count; i++) {
      const WitnessFact *one = &witness->facts[i];
      if (fact_of(report, one)->dimension != d) continue;
      Text name = text_copy(report->arena, own_name(one));
      json_object_set_new(facts, name.at, given_json(report, one));
    }
    if (json_object_size(facts))
      json_object_set(json, term_dimension((Dimension)d), facts);
    json_decref(facts);
  }
  return json;
}

json_t *audit_witness_json(const AuditReport *report, const Witness *witness,
                           uint32_t boundary)
{
  json_t *json = json_object();
  json_object_set_new(json, "situation",
                      situation_json(report, witness, boundary));
  json_object_set_new(json, "whole", json_boolean(witness->whole));
  json_object_set_new(json, "verdict",
                      json_string(term_verdict((Verdict)witness->verdict)));
  if (report->diff)
    json_object_set_new(json, "before",
                        json_string(term_verdict((Verdict)witness->before)));
  return json;
}
