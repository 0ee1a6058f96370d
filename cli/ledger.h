/* Ledgers: tables for people, as plain text, Markdown and HTML.
 *
 * Every row has a head.  As plain text a table that is too wide for the line
 * becomes a list, row by row, that says the same.
 */
#ifndef STILE_CLI_LEDGER_H
#define STILE_CLI_LEDGER_H

#include "cli/sheet.h"

typedef struct LedgerRow {
  Text head;
  Text *cells;
} LedgerRow;

typedef struct Ledger {
  Arena *arena;
  Text caption;
  Text corner; /* the head of the heads of rows */
  Text *heads;
  uint32_t columns;
  Vec(LedgerRow) rows;
} Ledger;

/* `heads` are copied. */
Ledger *ledger_make(Arena *arena, Text caption, Text corner, const Text *heads,
                    uint32_t columns);
/* A row of as many cells as there are columns; they are copied. */
void ledger_row(Ledger *ledger, Text head, const Text *cells);

void ledger_text(Sheet *sheet, uint32_t indent, const Ledger *ledger);
void ledger_markdown(Buffer *out, const Ledger *ledger);
void ledger_html(Buffer *out, const Ledger *ledger);

#endif
