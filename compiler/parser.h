/* The parser's inside: what the driver, the builders and the messages share. */
#ifndef STILE_COMPILER_PARSER_H
#define STILE_COMPILER_PARSER_H

#include "compiler/keyword.h"
#include "compiler/scan.h"

enum { NEST_MOST = 200, TOKENS_KEPT = 4, TOKENS_ROOM = 32 };

struct Parse {
  Arena *arena;
  const Sources *sources;
  Diagnostics *diagnostics;
  Diagnostics heard;   /* what the scanner reported; joined in at the end */
  Vec(Span) muted;     /* where the scanner's mistakes follow from others */
  Tree *tree;
  uint32_t file;
  Text text;
  Scan scan;
  Grammar *grammar;
  Token tokens[TOKENS_ROOM];
  Token *next;         /* moves on in `tokens`: those before it are taken */
  uint32_t ahead_count; /* from `next` on: read, but not taken */
  uint32_t past_count; /* before it; up to TOKENS_KEPT */
  Token lead;          /* the leading word of the thing being read */
  Word lead_name;      /* and its name, if it has come */
  uint32_t lead_age;   /* words taken since */
  Span line;           /* the line last looked for */
  bool headless;       /* in recovery: a head was lost, and what it heads */
  uint32_t mended;     /* the end of the line where a word was mended; or 0 */
  uint32_t spoiled;    /* nodes that end here had a mistake after them; or 0 */
  Span brackets[NEST_MOST + 1]; /* those open now */
  uint16_t depths[NEST_MOST + 1];
  uint32_t bracket_count;
  uint32_t depth;      /* brackets and `not`s around the next word */
};

void parse_read_ahead(Parse *parse);

/* The word `steps` from here: 0 is the next one.  It may move when more is
 * read. */
static inline Token *parse_peek(Parse *parse, uint32_t steps) {
  while (parse->ahead_count <= steps) parse_read_ahead(parse);
  return &parse->next[steps];
}

/* A word that was taken: 0 is the last one.  A token of all zero bytes, and so
 * of the kind END, where there were not so many. */
static inline const Token *parse_past(const Parse *parse, uint32_t steps) {
  return parse->next - 1 - steps;
}

/* Whether a word of this kind could come next. */
static inline bool parse_accepts(Parse *parse, int kind) {
  return grammar_accepts(parse->grammar, kind);
}

/* Adds an error at `span`, with help (NULL: none), unless one was reported on
 * that line before it. */
void parse_report(Parse *parse, uint16_t code, Span span, const char *help,
                  const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The author's own words at `span`. */
Text parse_words(const Parse *parse, Span span);

#endif
