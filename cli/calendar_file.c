#include "cli/calendar_file.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "cli/wording.h"

#define LINE_MOST 75u /* octets, without the line end */
#define UID_BYTES 16

/* ------------------------------------------------------------------ lines */

/* A content line, folded so that no letter is cut. */
static void put_line(Buffer *out, Text line)
{
  uint32_t column = 0;
  for (uint32_t i = 0; i < line.length;) {
    uint32_t size = 1;
    while (i + size < line.length &&
           ((unsigned char)line.at[i + size] & 0xC0) == 0x80)
      size++;
    if (column + size > LINE_MOST) {
      buffer_put_c(out, "\r\n ");
      column = 1;
    }
    buffer_put(out, (Text){line.at + i, size});
    column += size;
    i += size;
  }
  buffer_put_c(out, "\r\n");
}

static void put_name(Buffer *out, const char *name, Text value)
{
  put_line(out, text_format(out->arena, "%s:%.*s", name, TEXT_ARG(value)));
}

/* A TEXT value: safe, with its signs escaped. */
static Text escaped(Arena *arena, Text text)
{
  Buffer out = {.arena = arena};
  Text safe = utf8_safe(arena, text, true);
  for (uint32_t i = 0; i < safe.length; i++) {
    char c = safe.at[i];
    if (c == '\\' || c == ';' || c == ',') buffer_put_char(&out, '\\');
    if (c == '\n')
      buffer_put_c(&out, "\\n");
    else
      buffer_put_char(&out, c);
  }
  return buffer_text(&out);
}

static Text compact_day(Arena *arena, Day day)
{
  Date date = day_date(day);
  return text_format(arena, "%04d%02d%02d", date.year, date.month, date.day);
}

/* ----------------------------------------------------------------- events */

/* The same for the same duty of the same policy on the same day, in whatever
 * language. */
static Text uid(const View *view, const Duty *duty, Day day)
{
  uint32_t first = view_rule(view, duty->rule)->duties.first;
  uint32_t place = (uint32_t)(duty - view->image->duties.at) - first;
  Hash hash;
  uint8_t bytes[HASH_SIZE];
  Buffer out = {.arena = view->arena};
  hash_init(&hash);
  hash_add(&hash, (Text){(const char *)view->image->hash, IMAGE_HASH_SIZE});
  hash_add(&hash, view_full_name(view, duty->rule));
  hash_add(&hash, text_format(view->arena, "/%.*s/%u/%d",
                              TEXT_ARG(image_text(view->image, duty->tag)),
                              place, day));
  hash_finish(&hash, bytes);
  for (int i = 0; i < UID_BYTES; i++) buffer_format(&out, "%02x", bytes[i]);
  buffer_put_c(&out, "@stile");
  return buffer_text(&out);
}

static Text description(const View *view, const Duty *duty)
{
  const Policy *policy = &view->image->policy.at[0];
  Text said = wording_fill(view->arena, WORDING_ABOUT_POLICY,
                           image_text(view->image, policy->title),
                           view_full_name(view, duty->rule));
  if (duty->by == NONE) return said;
  Text role = wording_fill(view->arena, WORDING_DUTY_BY_ROLE,
                           image_text(view->image, duty->by), TEXT_NONE);
  return text_format(view->arena, "%.*s %.*s", TEXT_ARG(said),
                     TEXT_ARG(role));
}

static void put_event(const View *view, const Duty *duty, Day day, Buffer *out)
{
  Arena *arena = view->arena;
  Text stamp = compact_day(arena, view->situation->as_of);
  buffer_put_c(out, "BEGIN:VEVENT\r\n");
  put_name(out, "UID", uid(view, duty, day));
  put_name(out, "DTSTAMP",
           text_format(arena, "%.*sT000000Z", TEXT_ARG(stamp)));
  put_name(out, "DTSTART;VALUE=DATE", compact_day(arena, day));
  put_name(out, "SUMMARY",
           escaped(arena, image_text(view->image, duty->text)));
  put_name(out, "DESCRIPTION", escaped(arena, description(view, duty)));
  buffer_put_c(out, "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

static bool stands(const View *view, uint32_t number, Day *day)
{
  const Duty *duty = &view->image->duties.at[number];
  Due due = view_due(view, duty);
  *day = due.day;
  return due.known && view->answer->duties[number] == THREE_YES &&
         (view_rule(view, duty->rule)->kind != RULE_REVIEW ||
          view_is_review(view, duty->rule));
}

/* Has a duty before it the same words, tag and day? */
static bool is_said(const View *view, uint32_t number, Day day)
{
  const Duty *duty = &view->image->duties.at[number];
  Day before;
  for (uint32_t i = 0; i < number; i++) {
    const Duty *other = &view->image->duties.at[i];
    if (stands(view, i, &before) && before == day &&
        other->text == duty->text && other->tag == duty->tag)
      return true;
  }
  return false;
}

uint32_t calendar_file(const View *view, Buffer *out)
{
  uint32_t count = 0;
  Day day;
  buffer_put_c(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
                    "PRODID:-//Stile//Stile//EN\r\nCALSCALE:GREGORIAN\r\n");
  for (uint32_t i = 0; i < view->image->duties.count; i++) {
    if (!stands(view, i, &day) || is_said(view, i, day)) continue;
    put_event(view, &view->image->duties.at[i], day, out);
    count++;
  }
  buffer_put_c(out, "END:VCALENDAR\r\n");
  return count;
}
