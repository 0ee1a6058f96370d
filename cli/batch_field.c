#include "cli/batch_field.h"

#include "runtime/situation_read.h"

#define SALT UINT64_C(0x9E3779B97F4A7C15)

static bool has_meanings(const Column *column)
{
  return column->mapped && column->mapped->values.count;
}

void batch_field_describe(Arena *arena, const Image *image, uint32_t fact,
                          Column *column)
{
  column->kind = COLUMN_FACT;
  column->fact = fact;
  column->salt = SALT;
  column->way = WAY_CAREFUL;
  column->before = ARENA_ARRAY(arena, READ_BEFORE, ReadBefore);
  if (fact == NONE) return;
  column->known = UINT64_C(1) << (fact % 64);
  column->about = &image->facts.at[fact];
  uint32_t type = column->about->type;
  if (type < TYPE_NUMBER)
    column->way = WAY_WORD;
  else if (type <= TYPE_DURATION && !has_meanings(column))
    column->way = WAY_AMOUNT;
  if (type == TYPE_NUMBER) column->unit.each = NUMBER_ONE;
  if (type == TYPE_MONEY)
    money_from_number(NUMBER_ONE, &column->unit.each);
}

/* ------------------------------------------------ what has been read before */

/* Puts all texts in their places by another salt.  False if two share one. */
static bool spread(const Column *column, uint64_t salt, ReadBefore *to)
{
  Column salted = *column;
  salted.salt = salt;
  salted.before = to;
  memset(to, 0, READ_BEFORE * sizeof *to);
  for (uint32_t i = 0; i < READ_BEFORE; i++) {
    const ReadBefore *from = &column->before[i];
    if (!from->length) continue;
    ReadBefore *place = field_place(&salted, from->letters, from->length);
    if (place->length) return false;
    *place = *from;
  }
  return true;
}

/* Makes the place of the new text free, and all others too.  Where there are
 * too many for that, the text that is there gives way. */
static ReadBefore *free_place(Column *column, const char *letters,
                              uint32_t length)
{
  ReadBefore other[READ_BEFORE];
  ReadBefore *place = field_place(column, letters, length);
  while (place->length && column->salts < SALTS_MOST) {
    uint64_t salt = (SALT + ++column->salts) * SALT | 1;
    if (!spread(column, salt, other)) continue;
    memcpy(column->before, other, sizeof other);
    column->salt = salt;
    place = field_place(column, letters, length);
  }
  return place;
}

static void keep(Column *column, Text text, bool known, int64_t value)
{
  if (!text.length || text.length > LETTERS_MOST) return;
  ReadBefore *place = free_place(column, text.at, text.length);
  *place = (ReadBefore){.value = value, .length = text.length,
                        .bits = quick_bits(text.length),
                        .known = known ? column->known : 0};
  memcpy(place->letters, text.at, text.length);
}

/* ---------------------------------------------------------------- one field */

/* Reads it as a person's text, and keeps it for the next time. */
static bool read_afresh(Arena *arena, const BatchReader *reader,
                        Column *column, Text text, ReadCase *one)
{
  Diagnostics diagnostics = {.arena = arena};
  Given given;
  uint32_t type = column->about->type;
  Text own = text;
  if (column->mapped) own = mapping_value(column->mapped, text);
  own = text_copy(arena, own);
  if (own.length &&
      !given_read(arena, reader->image, column->fact, own, one->as_of,
                  (Span){0, 0, 0}, &diagnostics, &given))
    return false;
  if (!own.length) given = (Given){.given = false};
  if (given.given && (type == TYPE_RECORD || !given_is_exact(&given)))
    return false;
  int64_t value = !given.given          ? 0
                  : type == TYPE_SET    ? (int64_t)given.members
                                        : given.spans[0].low;
  field_give(one, column->fact, given.given ? column->known : 0, value);
  if (type != TYPE_DATE) keep(column, text, given.given, value);
  return true;
}

bool batch_field_read(Arena *arena, const BatchReader *reader, Column *column,
                      Text text, ReadCase *one)
{
  int64_t value;
  if (column->about->type >= TYPE_NUMBER && !has_meanings(column) &&
      cell_amount(column->about, one->as_of, text, &column->unit, &value)) {
    field_give(one, column->fact, column->known, value);
    return true;
  }
  if (text.length <= LETTERS_MOST &&
      field_known(column, text.at, text.length, one))
    return true;
  return read_afresh(arena, reader, column, text, one);
}
