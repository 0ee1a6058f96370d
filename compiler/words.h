/* What the scanner makes of names and texts, and what it says of characters
 * that have no place in a policy.  For scanner.l only.
 *
 * `text` is what the pattern matched, ended by NUL; its place is *span.  The
 * functions return the kind of the word and fill *value.
 */
#ifndef STILE_COMPILER_WORDS_H
#define STILE_COMPILER_WORDS_H

#include "compiler/scan.h"

/* Before every pattern: steps over its `length` bytes. */
static inline void words_begin(Scan *scan, Span *span, uint32_t length) {
  *span = (Span){scan->file, scan->offset, scan->offset + length};
  scan->offset += length;
}

/* A name of plain small letters, digits and single hyphens: nearly all are. */
int words_plain(Scan *scan, Value *value, Span *span);
int words_name(Scan *scan, const char *text, Value *value, Span *span);
/* `gifts/large` */
int words_full(Scan *scan, const char *text, Value *value, Span *span);

int words_text(Scan *scan, const char *text, Value *value, Span *span);
/* A text that its line's end cuts off. */
int words_unended(Scan *scan, const char *text, Value *value, Span *span);
/* A text in curly or single quotes. */
int words_quoted(Scan *scan, const char *text, Value *value, Span *span);
void words_long_begin(Scan *scan, const Span *span);
int words_long(Scan *scan, Value *value, Span *span);
int words_long_unended(Scan *scan, Value *value, Span *span);

/* `>=` and its like. */
int words_sign(Scan *scan, const char *text, Value *value, const Span *span);
void words_space(Scan *scan, const Span *span);
void words_stray(Scan *scan, const Span *span);

/* The next bytes of the text for flex, `most` of them or all that are left;
 * returns how many they are. */
size_t words_give(Scan *scan, char *buffer, size_t most);
/* Memory for flex; `old` NULL: new. */
void *words_memory(Scan *scan, void *old, size_t size);

#endif
