#include "cli/page.h"

#include <string.h>

#include "base/utf8.h"
#include "cli/html.h"

void page_put(Page *page, BlockKind kind, Text text)
{
  Block block = {kind, text, NULL};
  VEC_PUSH(page->arena, &page->blocks, block);
}

void page_put_table(Page *page, const Ledger *ledger)
{
  if (!ledger) return;
  Block block = {BLOCK_TABLE, ledger->caption, ledger};
  VEC_PUSH(page->arena, &page->blocks, block);
}

void page_join(Page *page, const Page *more)
{
  for (uint32_t i = 0; i < more->blocks.count; i++)
    VEC_PUSH(page->arena, &page->blocks, more->blocks.at[i]);
}

static bool is_heading(BlockKind kind)
{
  return kind == BLOCK_HEADING || kind == BLOCK_PART;
}

/* Does anything stand under the heading? */
static bool has_body(const Page *page, uint32_t at)
{
  BlockKind kind = page->blocks.at[at].kind;
  if (at + 1 == page->blocks.count) return false;
  BlockKind next = page->blocks.at[at + 1].kind;
  return !is_heading(next) || (kind == BLOCK_HEADING && next == BLOCK_PART);
}

static bool drop_empty(Page *page)
{
  uint32_t kept = 0, before = page->blocks.count;
  for (uint32_t i = 0; i < before; i++)
    if (!is_heading(page->blocks.at[i].kind) || has_body(page, i))
      page->blocks.at[kept++] = page->blocks.at[i];
  page->blocks.count = kept;
  return kept != before;
}

void page_finish(Page *page)
{
  while (drop_empty(page)) continue;
}

/* ------------------------------------------------------------------- code */

/* Lines as they are, each after `indent` spaces. */
static void put_code(Buffer *out, Text text, uint32_t indent)
{
  bool start = true;
  Text safe = utf8_safe(out->arena, text, true);
  for (uint32_t i = 0; i < safe.length; i++) {
    for (uint32_t s = 0; start && s < indent && safe.at[i] != '\n'; s++)
      buffer_put_char(out, ' ');
    buffer_put_char(out, safe.at[i]);
    start = safe.at[i] == '\n';
  }
  if (!start) buffer_put_char(out, '\n');
}

/* ------------------------------------------------------------------- text */

static void text_block(Sheet *sheet, const Block *block)
{
  switch (block->kind) {
  case BLOCK_TITLE:
  case BLOCK_HEADING: sheet_heading(sheet, block->text); break;
  case BLOCK_PART:
  case BLOCK_WORDS: sheet_put(sheet, 2, block->text); break;
  case BLOCK_ITEM: sheet_item(sheet, 2, "- ", block->text); break;
  case BLOCK_TICK: sheet_item(sheet, 2, "[ ] ", block->text); break;
  case BLOCK_NOTE: sheet_put(sheet, 4, block->text); break;
  case BLOCK_QUOTE: sheet_item(sheet, 2, "> ", block->text); break;
  case BLOCK_TABLE:
    sheet_put(sheet, 2, block->text);
    ledger_text(sheet, 4, block->table);
    break;
  case BLOCK_CODE:
  default:
    sheet_gap(sheet);
    put_code(&sheet->out, block->text, 0);
    break;
  }
}

void page_text(Sheet *sheet, const Page *page)
{
  for (uint32_t i = 0; i < page->blocks.count; i++)
    text_block(sheet, &page->blocks.at[i]);
}

/* --------------------------------------------------------------- Markdown */

/* Would this sign mean something at the start of a word, which may come to
 * stand at the start of a line? */
static bool starts_something(Text text, uint32_t at)
{
  bool first = at == 0 || text.at[at - 1] == ' ' || text.at[at - 1] == '\n';
  return first && strchr("#+-=", text.at[at]) != NULL;
}

/* "1." or "1)" would start a list. */
static bool ends_number(Text text, uint32_t at)
{
  uint32_t digits = at;
  if (text.at[at] != '.' && text.at[at] != ')') return false;
  while (digits && text.at[digits - 1] >= '0' && text.at[digits - 1] <= '9')
    digits--;
  bool word = digits == 0 || text.at[digits - 1] == ' ' ||
              text.at[digits - 1] == '\n';
  bool last = at + 1 == text.length || text.at[at + 1] == ' ';
  bool one = at - digits == 1 && text.at[digits] == '1';
  return word && last && digits < at && (digits == 0 || one);
}

static Text escaped(Arena *arena, Text text)
{
  Buffer out = {.arena = arena};
  Text safe = utf8_safe(arena, text, true);
  for (uint32_t i = 0; i < safe.length; i++) {
    char c = safe.at[i];
    if (strchr("\\`*_[]<>|~&", c) || starts_something(safe, i) ||
        ends_number(safe, i))
      buffer_put_char(&out, '\\');
    buffer_put_char(&out, c);
  }
  return buffer_text(&out);
}

static bool is_list(BlockKind kind)
{
  return kind == BLOCK_ITEM || kind == BLOCK_TICK || kind == BLOCK_NOTE;
}

static void markdown_heading(Sheet *sheet, const char *mark, Text text)
{
  uint32_t width = sheet->width;
  sheet->width = 0; /* a heading is one line */
  sheet_item(sheet, 0, mark, text);
  sheet->width = width;
}

static void markdown_block(Sheet *sheet, const Block *block)
{
  Text text = escaped(sheet->out.arena, block->text);
  switch (block->kind) {
  case BLOCK_TITLE: markdown_heading(sheet, "# ", text); break;
  case BLOCK_HEADING: markdown_heading(sheet, "## ", text); break;
  case BLOCK_PART: markdown_heading(sheet, "### ", text); break;
  case BLOCK_WORDS: sheet_put(sheet, 0, text); break;
  case BLOCK_ITEM: sheet_item(sheet, 0, "- ", text); break;
  case BLOCK_TICK: sheet_item(sheet, 0, "- [ ] ", text); break;
  case BLOCK_NOTE: sheet_put(sheet, 2, text); break;
  case BLOCK_QUOTE: sheet_item(sheet, 0, "> ", text); break;
  case BLOCK_TABLE:
    sheet_put(sheet, 0, text);
    sheet_gap(sheet);
    ledger_markdown(&sheet->out, block->table);
    break;
  case BLOCK_CODE:
  default: put_code(&sheet->out, block->text, 4); break;
  }
}

void page_markdown(Sheet *sheet, const Page *page)
{
  for (uint32_t i = 0; i < page->blocks.count; i++) {
    const Block *block = &page->blocks.at[i];
    bool joins = i && is_list(block->kind) &&
                 is_list(page->blocks.at[i - 1].kind) &&
                 block->kind != BLOCK_NOTE;
    if (!joins) sheet_gap(sheet);
    markdown_block(sheet, block);
  }
}

/* ------------------------------------------------------------------- HTML */

static const char head[] =
    "<style>\n"
    "body { font: 1rem/1.5 sans-serif; max-width: 42rem; margin: 1.5rem auto;"
    " padding: 0 1rem; color: #000; background: #fff;"
    " overflow-wrap: anywhere }\n"
    "h1 { font-size: 1.5rem } h2 { font-size: 1.2rem; margin-top: 1.5rem }\n"
    "h3 { font-size: 1rem }\n"
    "ul.ticks { list-style: none; padding-left: 0 }\n"
    "blockquote { margin: 0.5rem 0; padding-left: 1rem;"
    " border-left: 3px solid #000 }\n"
    "pre { white-space: pre-wrap }\n"
    "@media print { body { margin: 0; max-width: none }\n"
    "  h2, h3 { break-after: avoid } li { break-inside: avoid } }\n"
    "</style>\n";

/* The headings of the page's parts, as links to them. */
static void html_contents(Buffer *out, const Page *page)
{
  uint32_t part = 0;
  buffer_put_c(out, "<nav aria-label=\"Contents\">\n<ul>\n");
  for (uint32_t i = 0; i < page->blocks.count; i++) {
    if (page->blocks.at[i].kind != BLOCK_HEADING) continue;
    buffer_format(out, "<li><a href=\"#part-%u\">", (unsigned)++part);
    html_element(out, "", page->blocks.at[i].text, "</a></li>\n");
  }
  buffer_put_c(out, "</ul>\n</nav>\n");
}

static void html_block(Buffer *out, const Block *block)
{
  switch (block->kind) {
  case BLOCK_TITLE: html_element(out, "<h1>", block->text, "</h1>\n"); break;
  case BLOCK_HEADING: html_element(out, "<h2>", block->text, "</h2>\n"); break;
  case BLOCK_PART: html_element(out, "<h3>", block->text, "</h3>\n"); break;
  case BLOCK_WORDS: html_prose(out, "<p>", block->text, "</p>\n"); break;
  case BLOCK_ITEM: html_element(out, "<li>", block->text, ""); break;
  case BLOCK_TICK:
    html_element(out, "<li><label><input type=\"checkbox\"> ", block->text,
                 "</label>");
    break;
  case BLOCK_NOTE: html_element(out, "<br>", block->text, ""); break;
  case BLOCK_QUOTE:
    html_element(out, "<blockquote><p>", block->text, "</p></blockquote>\n");
    break;
  case BLOCK_TABLE: ledger_html(out, block->table); break;
  case BLOCK_CODE:
  default:
    html_element(out, "<pre tabindex=\"0\"><code>", block->text,
                 "</code></pre>\n");
    break;
  }
}

/* What has to be opened or closed between two blocks: lists and their items.
 * `before` is BLOCK_TITLE at the start, `after` BLOCK_TITLE at the end. */
static void html_between(Buffer *out, BlockKind *list, BlockKind after)
{
  bool in_list = *list != BLOCK_TITLE;
  if (in_list && after != BLOCK_NOTE) buffer_put_c(out, "</li>\n");
  if (in_list && after != *list && after != BLOCK_NOTE) {
    buffer_put_c(out, "</ul>\n");
    *list = BLOCK_TITLE;
  }
  if (*list != BLOCK_TITLE) return;
  if (after == BLOCK_ITEM) buffer_put_c(out, "<ul>\n");
  if (after == BLOCK_TICK) buffer_put_c(out, "<ul class=\"ticks\">\n");
  if (after == BLOCK_ITEM || after == BLOCK_TICK) *list = after;
}

static const char table_style[] =
    "<style>\n"
    "body { max-width: 60rem } p, li { max-width: 42rem }\n"
    "table { border-collapse: collapse; margin: 1rem 0 }\n"
    "caption { text-align: left; font-weight: bold; padding: 0.25rem 0 }\n"
    "th, td { border: 1px solid #000; padding: 0.25rem 0.5rem;"
    " text-align: left; vertical-align: top; font-weight: normal }\n"
    "thead th { font-weight: bold }\n"
    "pre { border-left: 3px solid #000; padding-left: 1rem }\n"
    "@media print { tr, pre { break-inside: avoid } nav { display: none } }\n"
    "</style>\n";

static bool has_tables(const Page *page)
{
  for (uint32_t i = 0; i < page->blocks.count; i++)
    if (page->blocks.at[i].kind == BLOCK_TABLE) return true;
  return false;
}

static void html_head(Buffer *out, const Page *page, const char *language)
{
  buffer_format(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
                "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                "content=\"width=device-width, initial-scale=1\">\n",
                language);
  html_element(out, "<title>", page->blocks.at[0].text, "</title>\n");
  buffer_put_c(out, head);
  if (has_tables(page)) buffer_put_c(out, table_style);
  buffer_put_c(out, "</head>\n<body>\n<main>\n");
}

void page_html(Buffer *out, const Page *page, const char *language)
{
  BlockKind list = BLOCK_TITLE;
  uint32_t part = 0;
  html_head(out, page, language);
  for (uint32_t i = 0; i < page->blocks.count; i++) {
    const Block *block = &page->blocks.at[i];
    html_between(out, &list, block->kind);
    if (page->contents && block->kind == BLOCK_HEADING) {
      buffer_format(out, "<h2 id=\"part-%u\">", (unsigned)++part);
      html_element(out, "", block->text, "</h2>\n");
    } else {
      html_block(out, block);
    }
    if (page->contents && i == 0) html_contents(out, page);
  }
  html_between(out, &list, BLOCK_TITLE);
  buffer_put_c(out, "</main>\n</body>\n</html>\n");
}
