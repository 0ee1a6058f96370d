#include "cli/answer_rule.h"

#include "runtime/value_read.h"

/* Its full name, or its own name alone. */
static bool is_called(const View *view, uint32_t rule, Text name)
{
  Text full = view_full_name(view, rule);
  uint32_t at = full.length;
  while (at && full.at[at - 1] != '/') at--;
  Text own = {full.at + at, full.length - at};
  return text_equal(full, name) || text_equal(own, name);
}

static void tell_none(const View *view, Text name, Span span,
                      Diagnostics *diagnostics)
{
  uint32_t count = view->image->rules.count;
  Text *names = ARENA_ARRAY(view->arena, count + 1, Text);
  for (uint32_t i = 0; i < count; i++) names[i] = view_full_name(view, i);
  int nearest = text_nearest(name, names, count);
  Diagnostic *one =
      diagnostic_error(diagnostics, E_EXPECTED, span,
                       "There is no rule called `%.*s`.", TEXT_ARG(name));
  if (nearest >= 0)
    diagnostic_help(diagnostics, one, "Did you mean `%.*s`?",
                    TEXT_ARG(names[nearest]));
  else
    diagnostic_help(diagnostics, one, "`--trace` shows every rule.");
}

uint32_t answer_find_rule(Arena *arena, const Image *image, Text name,
                          Span span, Diagnostics *diagnostics)
{
  View view = {arena, image, NULL, NULL};
  uint32_t found = NONE;
  for (uint32_t i = 0; i < image->rules.count; i++) {
    if (!is_called(&view, i, name)) continue;
    if (found != NONE) {
      Diagnostic *one = diagnostic_error(
          diagnostics, E_EXPECTED, span,
          "Several rules are called `%.*s`.", TEXT_ARG(name));
      diagnostic_help(diagnostics, one, "Say which: `%.*s` or `%.*s`.",
                      TEXT_ARG(view_full_name(&view, found)),
                      TEXT_ARG(view_full_name(&view, i)));
      return NONE;
    }
    found = i;
  }
  if (found == NONE) tell_none(&view, name, span, diagnostics);
  return found;
}

void answer_rule(Sheet *sheet, const View *view, uint32_t rule)
{
  const Line *line;
  uint32_t at = 0;
  answer_put_emergency(sheet, view);
  sheet_heading(sheet, wording(WORDING_RULE_HEADING));
  answer_trace_rule(sheet, view, rule);
  sheet_heading(sheet, wording(WORDING_RULE_BECAUSE));
  while ((line = view_next_line(view, rule, LINE_BECAUSE, &at)))
    sheet_put(sheet, 2, answer_sentence(view, line->text));
  for (uint32_t i = 0; i < answer_source_count(view, rule); i++)
    sheet_put(sheet, 2, answer_source_words(view, rule, i));
}

json_t *answer_why_json(const View *view, uint32_t rule)
{
  json_t *json = json_object();
  json_object_set_new(json, "stile", json_integer(1));
  json_object_set_new(json, "emergency", answer_emergency_json(view));
  json_object_set_new(json, "why", answer_rule_json(view, rule));
  return json;
}
