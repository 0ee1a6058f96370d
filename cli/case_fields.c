/* Rows of CSV as fields. */
#include "cli/case_file.h"

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* The high bit of each byte that is a comma, and of no other. */
static inline uint64_t commas(uint64_t word)
{
  uint64_t other = word ^ ONES * ',';
  return ~(((other & ~HIGHS) + ~HIGHS) | other) & HIGHS;
}

/* How many fields there are; those below `most` are set. */
static uint32_t split_plain(const char *at, uint32_t length, Text *fields,
                            uint32_t most)
{
  uint32_t count = 0, start = 0, i = 0;
  for (; i < length; i += 8) {
    uint64_t word = ONES;
    if (length - i >= 8)
      memcpy(&word, at + i, 8);
    else
      memcpy(&word, at + i, length - i);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    for (uint64_t found = commas(word); found; found &= found - 1) {
      uint32_t end = i + (uint32_t)__builtin_ctzll(found) / 8;
      if (count < most) fields[count] = (Text){at + start, end - start};
      count++;
      start = end + 1;
    }
  }
  if (count < most) fields[count] = (Text){at + start, length - start};
  return count + 1;
}

/* Within quotation marks a doubled one is one.  Returns the place after the
 * closing one; what was within starts at *to, which moves to its end. */
static uint32_t unquote(char *at, uint32_t i, uint32_t length, uint32_t *to)
{
  while (i < length) {
    if (at[i] == '"') {
      if (i + 1 == length || at[i + 1] != '"') return i + 1;
      i++;
    }
    at[(*to)++] = at[i++];
  }
  return i;
}

static uint32_t split_quoted(char *at, uint32_t length, Text *fields,
                             uint32_t most)
{
  uint32_t count = 0, i = 0;
  for (;;) {
    uint32_t start = i, to = i;
    if (i < length && at[i] == '"') i = unquote(at, i + 1, length, &to);
    for (; i < length && at[i] != ','; i++) at[to++] = at[i];
    if (count < most) fields[count] = (Text){at + start, to - start};
    count++;
    if (i == length) return count;
    i++;
  }
}

uint32_t case_fields(CaseBlock *block, const CaseRow *row, Text *fields,
                     uint32_t most)
{
  char *at = block->bytes + row->start;
  uint32_t length = row->end - row->start;
  return row->kind == CASE_QUOTED ? split_quoted(at, length, fields, most)
                                  : split_plain(at, length, fields, most);
}
