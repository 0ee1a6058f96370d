/* The parser: from the text of one file to its tree. */
#ifndef STILE_COMPILER_PARSE_H
#define STILE_COMPILER_PARSE_H

#include "base/diagnostic.h"
#include "compiler/tree.h"

/* Reads file number `file` of `sources` into *tree.  True if there was no
 * mistake; else each is in `diagnostics`, and *tree holds what could be read,
 * with the nodes that had one marked as poisoned.
 *
 * The parser and the scanner take all their memory from `arena`, so there is
 * nothing to give back when the arena's owner is jumped to. */
bool parse(Arena *arena, const Sources *sources, uint32_t file,
           Diagnostics *diagnostics, Tree *tree);

/* Checks that a file is UTF-8, not too large and without hidden characters;
 * these are reported, and *text is the file with spaces in their place.  False
 * if it cannot be read at all. */
bool parse_check_text(Arena *arena, const Sources *sources, uint32_t file,
                      Diagnostics *diagnostics, Text *text);

/* Prints the words of a file, one a line: its place, its kind, its text.
 * False if there was a mistake. */
bool tokens_print(Arena *arena, const Sources *sources, uint32_t file,
                  Diagnostics *diagnostics, Buffer *out);

/* Prints a tree, one node a line, indented. */
void tree_print(Buffer *out, const Tree *tree);

#endif
