#include "cli/html.h"

#include "base/utf8.h"

void html_words(Buffer *out, Text text)
{
  Text safe = utf8_safe(out->arena, text, true);
  for (uint32_t i = 0; i < safe.length; i++) {
    switch (safe.at[i]) {
    case '&': buffer_put_c(out, "&amp;"); break;
    case '<': buffer_put_c(out, "&lt;"); break;
    case '>': buffer_put_c(out, "&gt;"); break;
    case '"': buffer_put_c(out, "&quot;"); break;
    default: buffer_put_char(out, safe.at[i]); break;
    }
  }
}

void html_element(Buffer *out, const char *start, Text text, const char *end)
{
  buffer_put_c(out, start);
  html_words(out, text);
  buffer_put_c(out, end);
}

static uint32_t next_quote(Text text, uint32_t from)
{
  while (from < text.length && text.at[from] != '`') from++;
  return from;
}

void html_prose(Buffer *out, const char *start, Text text, const char *end)
{
  uint32_t at = 0;
  buffer_put_c(out, start);
  while (at < text.length) {
    uint32_t open = next_quote(text, at);
    uint32_t close = open < text.length ? next_quote(text, open + 1) : open;
    if (close >= text.length) break;
    html_words(out, (Text){text.at + at, open - at});
    html_element(out, "<code>", (Text){text.at + open + 1, close - open - 1},
                 "</code>");
    at = close + 1;
  }
  html_words(out, (Text){text.at + at, text.length - at});
  buffer_put_c(out, end);
}
