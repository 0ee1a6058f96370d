#include "cli/sarif.h"

#include "config.h"

#include <string.h>

#include "cli/pages.h"

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* A path as a relative URI: what is no plain letter is percent-encoded. */
static json_t *uri_of(Arena *arena, const char *path)
{
  static const char plain[] =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
  Buffer out = {.arena = arena};
  for (const char *at = path; *at; at++) {
    if (strchr(plain, *at))
      buffer_put_char(&out, *at);
    else
      buffer_format(&out, "%%%02X", (unsigned)(unsigned char)*at);
  }
  Text uri = buffer_text(&out);
  return json_stringn(uri.at ? uri.at : "", uri.length);
}

json_t *sarif_location(Arena *arena, const json_t *one)
{
  const char *file = json_string_value(json_object_get(one, "file"));
  if (!file) return NULL;
  json_t *artifact = json_pack("{s:o}", "uri", uri_of(arena, file));
  json_t *region = json_object();
  static const char *const names[][2] = {{"line", "startLine"},
                                         {"column", "startColumn"},
                                         {"end-line", "endLine"},
                                         {"end-column", "endColumn"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    json_t *number = json_object_get(one, names[i][0]);
    if (json_integer_value(number) > 0)
      json_object_set(region, names[i][1], number);
  }
  return json_pack("{s:{s:o, s:o}}", "physicalLocation", "artifactLocation",
                   artifact, "region", region);
}

static json_t *related_of(Arena *arena, const json_t *one)
{
  json_t *list = json_array();
  size_t i;
  json_t *related;
  json_array_foreach(json_object_get(one, "related"), i, related) {
    json_t *location = sarif_location(arena, related);
    json_t *message = json_object_get(related, "message");
    if (!location) continue;
    json_object_set_new(location, "message",
                        json_pack("{s:O}", "text", message));
    json_array_append_new(list, location);
  }
  return list;
}

json_t *sarif_message(const json_t *one)
{
  const char *message = json_string_value(json_object_get(one, "message"));
  const char *help = json_string_value(json_object_get(one, "help"));
  return json_pack("{s:o}", "text",
                   json_sprintf("%s%s%s", message ? message : "",
                                help ? " Help: " : "", help ? help : ""));
}

static void add_results(Arena *arena, json_t *results, const json_t *list,
                        const char *level)
{
  size_t i;
  json_t *one;
  json_array_foreach(list, i, one) {
    json_t *location = sarif_location(arena, one);
    json_t *result = json_pack(
        "{s:O, s:s, s:o, s:[], s:o}", "ruleId", json_object_get(one, "code"),
        "level", level, "message", sarif_message(one), "locations",
        "relatedLocations", related_of(arena, one));
    if (location)
      json_array_append_new(json_object_get(result, "locations"), location);
    json_array_append_new(results, result);
  }
}

static bool holds_code(const json_t *list, const char *code)
{
  size_t i;
  json_t *one;
  json_array_foreach(list, i, one) {
    const char *other = json_string_value(json_object_get(one, "code"));
    if (other && strcmp(other, code) == 0) return true;
  }
  return false;
}

/* The codes that occur, with the titles of their pages. */
static json_t *rules_of(const json_t *report)
{
  json_t *rules = json_array();
  for (const Page *page = pages; page->code; page++) {
    if (!holds_code(json_object_get(report, "errors"), page->code) &&
        !holds_code(json_object_get(report, "warnings"), page->code))
      continue;
    json_array_append_new(
        rules, json_pack("{s:s, s:{s:s}}", "id", page->code,
                         "shortDescription", "text", page->title));
  }
  return rules;
}

json_t *sarif_log(json_t *rules, json_t *results)
{
  json_t *driver = json_pack("{s:s, s:s, s:o}", "name", "stile", "version",
                             PACKAGE_VERSION, "rules", rules);
  json_t *run = json_pack("{s:{s:o}, s:s, s:o}", "tool", "driver", driver,
                          "columnKind", "unicodeCodePoints", "results",
                          results);
  return json_pack("{s:s, s:s, s:[o]}", "$schema", SCHEMA, "version", "2.1.0",
                   "runs", run);
}

json_t *sarif_make(Arena *arena, const json_t *report)
{
  json_t *results = json_array();
  add_results(arena, results, json_object_get(report, "errors"), "error");
  add_results(arena, results, json_object_get(report, "warnings"), "warning");
  return sarif_log(rules_of(report), results);
}
