#include "cli/sheet.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/wrap.h"

#define NARROWEST 30u
#define NO_WIDTH 1000000u

Sheet sheet_make(Arena *arena, bool color)
{
  Sheet sheet = {{.arena = arena}, WRAP_WIDTH, color};
  struct winsize size;
  if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
      size.ws_col >= NARROWEST && size.ws_col < WRAP_WIDTH)
    sheet.width = size.ws_col;
  return sheet;
}

void sheet_gap(Sheet *sheet)
{
  if (sheet->out.length) buffer_put_char(&sheet->out, '\n');
}

static void put_spaces(Buffer *out, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) buffer_put_char(out, ' ');
}

static void put_wrapped(Sheet *sheet, Text text, uint32_t indent)
{
  Text safe = utf8_safe(sheet->out.arena, text, true);
  uint32_t width = sheet->width ? sheet->width : NO_WIDTH;
  wrap_put(&sheet->out, safe, indent, indent, width);
  buffer_put_char(&sheet->out, '\n');
}

void sheet_put(Sheet *sheet, uint32_t indent, Text text)
{
  put_spaces(&sheet->out, indent);
  put_wrapped(sheet, text, indent);
}

void sheet_item(Sheet *sheet, uint32_t indent, const char *mark, Text text)
{
  put_spaces(&sheet->out, indent);
  buffer_put_c(&sheet->out, mark);
  put_wrapped(sheet, text, indent + (uint32_t)strlen(mark));
}

void sheet_heading(Sheet *sheet, Text heading)
{
  sheet_gap(sheet);
  if (sheet->color) buffer_put_c(&sheet->out, "\x1b[1m");
  sheet_put(sheet, 0, heading);
  if (!sheet->color) return;
  sheet->out.length--; /* the line end comes after the colour's */
  buffer_put_c(&sheet->out, "\x1b[0m\n");
}

Text sentence(Arena *arena, Text text)
{
  static const char *const ends[] = {".", "!", "?", ":", "…", ".\"", "?\"",
                                     ".)", "?)", "!)", "!\"", ".’", ".”",
                                     "?”"};
  Text safe = utf8_safe(arena, text, true);
  while (safe.length && safe.at[safe.length - 1] == ' ') safe.length--;
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    size_t length = strlen(ends[i]);
    if (safe.length >= length &&
        memcmp(safe.at + safe.length - length, ends[i], length) == 0)
      return safe;
  }
  return text_format(arena, "%.*s.", TEXT_ARG(safe));
}
