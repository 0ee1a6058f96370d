#include "cli/ledger.h"

#include "base/utf8.h"
#include "cli/html.h"

Ledger *ledger_make(Arena *arena, Text caption, Text corner, const Text *heads,
                    uint32_t columns)
{
  Ledger *ledger = ARENA_NEW(arena, Ledger);
  *ledger = (Ledger){.arena = arena, .caption = caption, .corner = corner,
                     .columns = columns};
  ledger->heads = ARENA_ARRAY(arena, columns + 1, Text);
  for (uint32_t i = 0; i < columns; i++) ledger->heads[i] = heads[i];
  return ledger;
}

void ledger_row(Ledger *ledger, Text head, const Text *cells)
{
  LedgerRow *row = VEC_ADD(ledger->arena, &ledger->rows);
  row->head = head;
  row->cells = ARENA_ARRAY(ledger->arena, ledger->columns + 1, Text);
  for (uint32_t i = 0; i < ledger->columns; i++) row->cells[i] = cells[i];
}

/* -------------------------------------------------------------- plain text */

/* Column 0 are the heads of rows. */
static Text field(const Ledger *ledger, uint32_t row, uint32_t column)
{
  const LedgerRow *own = &ledger->rows.at[row];
  return column == 0 ? own->head : own->cells[column - 1];
}

static Text head(const Ledger *ledger, uint32_t column)
{
  return column == 0 ? ledger->corner : ledger->heads[column - 1];
}

static uint32_t *widths(const Ledger *ledger)
{
  uint32_t *all = ARENA_ARRAY(ledger->arena, ledger->columns + 1, uint32_t);
  for (uint32_t i = 0; i <= ledger->columns; i++) {
    all[i] = utf8_columns(head(ledger, i));
    for (uint32_t row = 0; row < ledger->rows.count; row++) {
      uint32_t width = utf8_columns(field(ledger, row, i));
      if (width > all[i]) all[i] = width;
    }
  }
  return all;
}

static void put_spaces(Buffer *out, uint32_t count)
{
  for (uint32_t i = 0; i < count; i++) buffer_put_char(out, ' ');
}

/* Puts words in a column; no blanks stand at the end of a line. */
static void put_column(Buffer *out, Text words, uint32_t width, uint32_t *owed)
{
  if (words.length) {
    put_spaces(out, *owed);
    buffer_put(out, words);
    *owed = 0;
  }
  *owed += width - utf8_columns(words) + 2;
}

static void put_heads(Sheet *sheet, uint32_t indent, const Ledger *ledger,
                      const uint32_t *width)
{
  uint32_t owed = indent;
  bool any = false;
  for (uint32_t i = 0; i <= ledger->columns; i++)
    any |= head(ledger, i).length > 0;
  if (!any) return;
  for (uint32_t i = 0; i <= ledger->columns; i++)
    put_column(&sheet->out, head(ledger, i), width[i], &owed);
  buffer_put_char(&sheet->out, '\n');
}

static void put_list(Sheet *sheet, uint32_t indent, const Ledger *ledger)
{
  for (uint32_t row = 0; row < ledger->rows.count; row++) {
    Buffer out = {.arena = ledger->arena};
    buffer_put(&out, field(ledger, row, 0));
    for (uint32_t i = 1; i <= ledger->columns; i++)
      buffer_format(&out, "%s%.*s%s%.*s", i == 1 ? ": " : "; ",
                    TEXT_ARG(head(ledger, i)),
                    head(ledger, i).length ? ": " : "",
                    TEXT_ARG(field(ledger, row, i)));
    sheet_item(sheet, indent, "- ", buffer_text(&out));
  }
}

void ledger_text(Sheet *sheet, uint32_t indent, const Ledger *ledger)
{
  uint32_t *width = widths(ledger), all = indent;
  for (uint32_t i = 0; i <= ledger->columns; i++) all += width[i] + 2;
  if (sheet->width && all > sheet->width + 2) {
    put_list(sheet, indent, ledger);
    return;
  }
  put_heads(sheet, indent, ledger, width);
  for (uint32_t row = 0; row < ledger->rows.count; row++) {
    uint32_t owed = indent;
    for (uint32_t i = 0; i <= ledger->columns; i++)
      put_column(&sheet->out, field(ledger, row, i), width[i], &owed);
    buffer_put_char(&sheet->out, '\n');
  }
}

/* ---------------------------------------------------------------- Markdown */

static void markdown_cell(Buffer *out, Text words)
{
  buffer_put_char(out, ' ');
  for (uint32_t i = 0; i < words.length; i++) {
    if (words.at[i] == '|') buffer_put_char(out, '\\');
    buffer_put_char(out, words.at[i]);
  }
  buffer_put_c(out, " |");
}

void ledger_markdown(Buffer *out, const Ledger *ledger)
{
  buffer_put_char(out, '|');
  for (uint32_t i = 0; i <= ledger->columns; i++)
    markdown_cell(out, head(ledger, i));
  buffer_put_c(out, "\n|");
  for (uint32_t i = 0; i <= ledger->columns; i++) buffer_put_c(out, " --- |");
  buffer_put_char(out, '\n');
  for (uint32_t row = 0; row < ledger->rows.count; row++) {
    buffer_put_char(out, '|');
    for (uint32_t i = 0; i <= ledger->columns; i++)
      markdown_cell(out, field(ledger, row, i));
    buffer_put_char(out, '\n');
  }
}

/* -------------------------------------------------------------------- HTML */

void ledger_html(Buffer *out, const Ledger *ledger)
{
  html_prose(out, "<table>\n<caption>", ledger->caption, "</caption>\n");
  buffer_put_c(out, "<thead>\n<tr>");
  for (uint32_t i = 0; i <= ledger->columns; i++)
    if (head(ledger, i).length)
      html_element(out, "<th scope=\"col\">", head(ledger, i), "</th>");
    else
      buffer_put_c(out, "<td></td>"); /* an empty head says nothing */
  buffer_put_c(out, "</tr>\n</thead>\n<tbody>\n");
  for (uint32_t row = 0; row < ledger->rows.count; row++) {
    html_element(out, "<tr><th scope=\"row\">", field(ledger, row, 0), "</th>");
    for (uint32_t i = 1; i <= ledger->columns; i++)
      html_element(out, "<td>", field(ledger, row, i), "</td>");
    buffer_put_c(out, "</tr>\n");
  }
  buffer_put_c(out, "</tbody>\n</table>\n");
}
