/* Reading a catalogue of translations: a .po file, as gettext's tools and
 * translators' editors write it (GNU gettext manual, "The Format of PO
 * Files").  Of it we take entries with a context and one form; entries that
 * are marked as fuzzy, or are empty, count as not translated.
 */
#ifndef STILE_CLI_PO_READ_H
#define STILE_CLI_PO_READ_H

#include "base/table.h"

#define CATALOGUE_FILE_MOST (8u << 20)

typedef struct CatalogueEntry {
  Text where, english, words;
  bool fuzzy; /* somebody has to look at it: it does not count */
} CatalogueEntry;

typedef struct Catalogue {
  Table table; /* from context, \4 and English to its place in `entries`, of
                  those that count */
  Vec(CatalogueEntry) entries; /* with words, as they stand in the file */
} Catalogue;

/* Reads the whole file; all of it lives in `arena`.  False, with the line and
 * what is wrong there, if it cannot be read. */
bool po_read(Arena *arena, Text bytes, Catalogue *out, uint32_t *line,
             const char **wrong);
/* The translation of a text that stands at `where`; none if there is none. */
Text catalogue_find(Arena *arena, const Catalogue *catalogue, Text where,
                    Text english);

#endif
