#include "cli/report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/say.h"

bool report_color(uint32_t choice, int fd)
{
  if (choice != COLOR_AUTO) return choice == COLOR_ALWAYS;
  const char *none = getenv("NO_COLOR");
  const char *term = getenv("TERM");
  if (none && none[0]) return false;
  return isatty(fd) && term && strcmp(term, "dumb") != 0;
}

Day report_today(void)
{
  time_t now = time(NULL);
  struct tm parts;
  Day today = DAY_FIRST;
  if (localtime_r(&now, &parts))
    day_make(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, &today);
  return today;
}

json_t *json_text(Arena *arena, Text text)
{
  if (text_is_none(text)) return json_null();
  json_t *json = json_stringn(text.at, text.length);
  if (json) return json;
  Text safe = utf8_safe(arena, text, true);
  return json_stringn(safe.at, safe.length);
}

void json_print(json_t *json)
{
  json_dumpf(json, stdout, JSON_INDENT(2));
  putchar('\n');
  json_decref(json);
}

/* -------------------------------------------------------------- as text */

void report_text(Arena *arena, const Sources *sources, Diagnostics *all,
                 bool color)
{
  diagnostic_sort(all);
  for (uint32_t i = 0; i < all->list.count; i++) {
    Buffer out = {.arena = arena};
    diagnostic_print(&out, sources, &all->list.at[i], color);
    fwrite(out.at, 1, out.length, stderr);
  }
  uint32_t kept = 0;
  for (uint32_t i = 0; i < all->list.count; i++)
    kept += all->list.at[i].severity == SEVERITY_ERROR;
  if (all->errors > kept)
    say(stderr, "There are %u more mistakes like these.\n",
        all->errors - kept);
}

/* -------------------------------------------------------------- as JSON */

static void put_place(Arena *arena, const Sources *sources, Span span,
                      json_t *json)
{
  if (!span.file) {
    json_object_set_new(json, "file", json_null());
    json_object_set_new(json, "line", json_null());
    json_object_set_new(json, "column", json_null());
    json_object_set_new(json, "end-line", json_null());
    json_object_set_new(json, "end-column", json_null());
    return;
  }
  const Source *source = source_get(sources, span.file);
  Position start = source_position(source, span.start);
  Position end = source_position(source, span.end);
  json_object_set_new(json, "file", json_text(arena, source->name));
  json_object_set_new(json, "line", json_integer(start.line));
  json_object_set_new(json, "column", json_integer(start.column));
  json_object_set_new(json, "end-line", json_integer(end.line));
  json_object_set_new(json, "end-column", json_integer(end.column));
}

static json_t *related_json(Arena *arena, const Sources *sources,
                            const Related *first)
{
  json_t *list = json_array();
  for (const Related *one = first; one; one = one->next) {
    json_t *json = json_object();
    json_object_set_new(json, "message", json_text(arena, one->message));
    put_place(arena, sources, one->span, json);
    json_array_append_new(list, json);
  }
  return list;
}

static json_t *diagnostic_json(Arena *arena, const Sources *sources,
                               const Diagnostic *one)
{
  char letter = one->severity == SEVERITY_ERROR ? 'E' : 'W';
  Text code = text_format(arena, "%c%04u", letter, (unsigned)one->code);
  json_t *json = json_object();
  json_object_set_new(json, "code", json_text(arena, code));
  json_object_set_new(json, "message", json_text(arena, one->message));
  put_place(arena, sources, one->span, json);
  json_object_set_new(json, "help", json_text(arena, one->help));
  json_object_set_new(json, "related",
                      related_json(arena, sources, one->related));
  return json;
}

json_t *report_json(Arena *arena, const Sources *sources, Diagnostics *all)
{
  json_t *errors = json_array(), *warnings = json_array();
  json_t *json = json_object();
  diagnostic_sort(all);
  for (uint32_t i = 0; i < all->list.count; i++) {
    const Diagnostic *one = &all->list.at[i];
    json_array_append_new(
        one->severity == SEVERITY_ERROR ? errors : warnings,
        diagnostic_json(arena, sources, one));
  }
  json_object_set_new(json, "errors", errors);
  json_object_set_new(json, "warnings", warnings);
  return json;
}

void report_join(json_t *all, json_t *one)
{
  static const char *const lists[] = {"errors", "warnings"};
  for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
    json_array_extend(json_object_get(all, lists[i]),
                      json_object_get(one, lists[i]));
  json_decref(one);
}

void report_print(Arena *arena, const Sources *sources, Diagnostics *all,
                  bool json, bool color)
{
  if (json)
    json_print(report_json(arena, sources, all));
  else
    report_text(arena, sources, all, color);
}
