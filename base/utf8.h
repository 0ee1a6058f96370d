/* UTF-8: checking bytes once, reading code points, and safe printing. */
#ifndef STILE_BASE_UTF8_H
#define STILE_BASE_UTF8_H

#include "base/text.h"

typedef enum Utf8Fault {
  UTF8_FINE,
  UTF8_BROKEN,   /* not UTF-8: overlong, surrogate, cut off, out of range */
  UTF8_NUL,
  UTF8_CONTROL,  /* C0 (but tab, LF, CR LF), DEL or C1 */
  UTF8_BIDI      /* U+061C, U+200E/F, U+202A-E, U+2066-9 */
} Utf8Fault;

/* Checks text from a file.  At a fault, `*offset` is the byte it starts at. */
Utf8Fault utf8_check(Text text, uint32_t *offset);
/* Reads the code point at `*offset` of checked text and steps over it.  A
 * broken byte of unchecked text reads as U+FFFD. */
uint32_t utf8_next(Text text, uint32_t *offset);
uint32_t utf8_length(Text text); /* in code points */
/* Columns on a terminal: 0 for combining marks, 2 for wide letters. */
uint32_t utf8_columns(Text text);
/* NFC; returns the text itself where it is NFC already. */
Text utf8_nfc(Arena *arena, Text text);
/* A letter or combining mark of any language, if it can be seen. */
bool utf8_is_letter(uint32_t code);
/* Text from a file or a person made safe to print: controls, DEL, C1, bidi
 * controls and broken bytes stand as \u{..}; a tab is a space; line ends stay,
 * as line feeds, if `lines`.  Returns the text itself where it is safe. */
Text utf8_safe(Arena *arena, Text text, bool lines);

#endif
