#include "compiler/compile.h"
#include "runtime/image_file.h"
#include "situation_suites.h"

static const char policy[] =
    "policy every \"Every type of fact\"\n"
    "need isolation \"?\" is one of none < some < high\n"
    "context gift \"?\" is one of token, handmade, cash\n"
    "context value \"?\" is money in GBP up to 1000\n"
    "context score \"?\" is a number from 0 to 10 in steps of 0.5\n"
    "context visit \"?\" is a duration in minutes up to 8 hours\n"
    "context together \"?\" is a duration in months up to 20 years\n"
    "context ended \"?\" is a date\n"
    "context next \"?\" is a date that may be ahead\n"
    "context before \"?\" is a record of money in GBP\n"
    "context days \"?\" is a record of dates\n"
    "context refusable \"?\" is yes or no\n"
    "support consulted \"?\" is any of supervisor, colleague\n"
    "support written \"?\" is yes or no\n"
    "impact harm \"?\" is one of none < some\n"
    "boundary gifts \"Accepting a gift\"\n"
    "  rule small \"A small gift\"\n"
    "    when context value is at most £50\n"
    "    then proceed\n"
    "    must record \"Write it down\"\n"
    "    because \"It is small.\"\n"
    "boundary visits \"Visiting\"\n"
    "  rule home \"At home\"\n"
    "    then consult supervisor\n"
    "    because \"Homes are private.\"\n"
    "example \"Something happened\"\n"
    "  boundary gifts on 2026-11-23\n"
    "  given impact harm is some and context gift is one of cash, token\n"
    "    and context before is £30 on 2026-01-02, £5 on 2026-03-01\n"
    "    and support consulted includes only colleague\n"
    "    and context days is none\n"
    "  expect not settled\n";

static bool read_file(void *context, Arena *arena, Text path, Text *bytes,
                      Text *reason)
{
  (void)context, (void)arena, (void)path;
  *bytes = TEXT_NONE;
  *reason = TEXT("");
  *bytes = (Text){policy, sizeof policy - 1};
  return true;
}

const Image *sample_policy(Arena *arena)
{
  FileReader files = {read_file, NULL};
  CompileInput input = {TEXT("every.stile"), TEXT(""), &files, DAY_NONE};
  Sources sources = {{0}};
  Diagnostics told = {.arena = arena};
  Image made = {0};
  Image *image = ARENA_NEW(arena, Image);
  Buffer bytes = {.arena = arena};
  ImageFault fault;
  ck_assert(compile(arena, &input, &sources, &told, &made));
  image_write(&bytes, &made);
  ck_assert(image_read(arena, buffer_text(&bytes), image, &fault));
  return image;
}

Day sample_today(void)
{
  Day day = DAY_NONE;
  ck_assert(day_read(TEXT("2026-11-23"), &day));
  return day;
}

Text told_lines(Arena *arena, const Sources *sources, Diagnostics *told)
{
  Buffer out = {.arena = arena};
  diagnostic_sort(told);
  for (uint32_t i = 0; i < told->list.count; i++) {
    const Diagnostic *one = &told->list.at[i];
    const Source *source = source_get(sources, one->span.file);
    Position at = {0, 0};
    if (source) at = source_position(source, one->span.start);
    buffer_format(&out, "%s%c%04u %u:%u", i ? "; " : "",
                  one->severity == SEVERITY_ERROR ? 'E' : 'W',
                  (unsigned)one->code, at.line, at.column);
  }
  return out.length ? buffer_text(&out) : TEXT("");
}
