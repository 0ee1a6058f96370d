/* What the columns of a case file mean, where their names do not say it.
 *
 *   # a line a column: its name, `=`, a fact, `boundary`, `as-of`, `tense`,
 *   # `keep` (copied to the output) or `ignore`
 *   Gift offered = context.gift
 *     # further in: what its values mean
 *     Watch = valuables
 *     n/a = unknown
 *   Case number = keep
 */
#ifndef STILE_CLI_BATCH_MAPPING_H
#define STILE_CLI_BATCH_MAPPING_H

#include "base/diagnostic.h"
#include "cli/options.h"

typedef struct MappedValue {
  Text from, to;
} MappedValue;

typedef Vec(MappedValue) MappedValues;

typedef struct MappedColumn {
  Text column, target;
  MappedValues values;
  Span span; /* of the target */
} MappedColumn;

typedef Vec(MappedColumn) Mapping;

/* Adds what `--map` and `--keep` say. */
void mapping_add_words(Arena *arena, const Words *maps, const Words *keep,
                       Mapping *mapping);
/* Adds the lines of a file that has been added to `sources`.  False, with what
 * is wrong, if a line is none of the above. */
bool mapping_read(Arena *arena, const Sources *sources, uint32_t file,
                  Diagnostics *diagnostics, Mapping *mapping);

/* NULL if the mapping does not speak of it. */
const MappedColumn *mapping_find(const Mapping *mapping, Text column);
/* What a text of the column means: itself, if nothing else is said. */
Text mapping_value(const MappedColumn *column, Text text);

#endif
