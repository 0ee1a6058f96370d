#include "cli/csv.h"

#include <string.h>

static bool needs_quotes(Text field)
{
  for (uint32_t i = 0; i < field.length; i++)
    if (strchr(",\"\r\n", field.at[i])) return true;
  return false;
}

void csv_put(Buffer *out, Text field)
{
  bool quotes = needs_quotes(field);
  if (out->length && out->at[out->length - 1] != '\n')
    buffer_put_char(out, ',');
  if (quotes) buffer_put_char(out, '"');
  for (uint32_t i = 0; i < field.length; i++) {
    if (field.at[i] == '"') buffer_put_char(out, '"');
    buffer_put_char(out, field.at[i]);
  }
  if (quotes) buffer_put_char(out, '"');
}

void csv_put_line_end(Buffer *out)
{
  buffer_put_char(out, '\n');
}
