/* A page: what it says, block by block, and the forms it can be printed in.
 *
 * A page is made once and printed as plain text, as Markdown, or as an HTML
 * page that stands alone: no script, nothing from elsewhere, readable without
 * colour, its headings in order.
 */
#ifndef STILE_CLI_PAGE_H
#define STILE_CLI_PAGE_H

#include "cli/ledger.h"

typedef enum BlockKind {
  BLOCK_TITLE,   /* exactly one, the first */
  BLOCK_HEADING, /* a part */
  BLOCK_PART,    /* a part of a part */
  BLOCK_WORDS,   /* a paragraph */
  BLOCK_ITEM,    /* one of a list */
  BLOCK_TICK,    /* one of a list to tick */
  BLOCK_NOTE,    /* what belongs to the item before it */
  BLOCK_QUOTE,   /* somebody's own words */
  BLOCK_TABLE,   /* its text is the caption */
  BLOCK_CODE     /* lines to be copied as they are */
} BlockKind;

typedef struct Block {
  BlockKind kind;
  Text text;
  const Ledger *table; /* of a BLOCK_TABLE */
} Block;

typedef struct Page {
  Arena *arena;
  Vec(Block) blocks;
  bool contents; /* as HTML: the parts are listed, as links, after the title */
} Page;

void page_put(Page *page, BlockKind kind, Text text);
void page_put_table(Page *page, const Ledger *ledger);
/* Puts the blocks of `more`, which is no whole page, at the end. */
void page_join(Page *page, const Page *more);
/* A heading that is kept only if something follows it before the next. */
void page_finish(Page *page);

void page_text(Sheet *sheet, const Page *page);
/* Signs that would mean something in Markdown are escaped. */
void page_markdown(Sheet *sheet, const Page *page);
void page_html(Buffer *out, const Page *page, const char *language);

#endif
