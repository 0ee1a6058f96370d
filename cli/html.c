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
