/* Bytes of a field looked at many at a time, where a common one is expected.
 *
 * Each of these may read up to QUICK_ROOM bytes from the place on, whatever the
 * field's length: blocks of cases have that much behind their last row.  No
 * branch hangs on what the bytes are.
 */
#ifndef STILE_CLI_BATCH_QUICK_H
#define STILE_CLI_BATCH_QUICK_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { QUICK_ROOM = 64, QUICK_REACH = 16 };

#define QUICK_ONES UINT64_C(0x0101010101010101)
#define QUICK_HIGHS UINT64_C(0x8080808080808080)

/* Eight bytes, the first of them lowest. */
static inline uint64_t quick_load(const char *at)
{
  uint64_t word;
  memcpy(&word, at, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

/* A high bit for each byte that is `c`; exact up to the first. */
static inline uint64_t quick_marks(uint64_t word, char c)
{
  uint64_t other = word ^ QUICK_ONES * (unsigned char)c;
  return (other - QUICK_ONES) & ~other & QUICK_HIGHS;
}

/* The bytes of two words that are the same, as eight bits. */
static inline uint32_t quick_same_word(uint64_t one, uint64_t other)
{
  uint64_t left = one ^ other;
  uint64_t same = ~(((left & ~QUICK_HIGHS) + ~QUICK_HIGHS) | left);
  return (uint32_t)(((same & QUICK_HIGHS) >> 7) *
                        UINT64_C(0x0102040810204080) >> 56);
}

/* The plain form of quick_same; both give the same. */
static inline uint32_t quick_same_plain(const char *one, const char *other)
{
  return quick_same_word(quick_load(one), quick_load(other)) |
         quick_same_word(quick_load(one + 8), quick_load(other + 8)) << 8;
}

/* A bit for each of 16 bytes that is the same here and there. */
static inline uint32_t quick_same(const char *one, const char *other)
{
#if defined(__SSE2__)
  typedef char Bytes __attribute__((vector_size(16)));
  Bytes here, there;
  memcpy(&here, one, sizeof here);
  memcpy(&there, other, sizeof there);
  return (uint32_t)__builtin_ia32_pmovmskb128((Bytes)(here == there));
#else
  return quick_same_plain(one, other);
#endif
}

/* The bits of the first `count` bytes, at most 16. */
static inline uint32_t quick_bits(uint32_t count)
{
  return (1u << (count < QUICK_REACH ? count : QUICK_REACH)) - 1;
}

/* Are those bytes the same of which there are bits? */
static inline bool quick_equal(const char *one, const char *other,
                               uint32_t bits)
{
  return (quick_same(one, other) & bits) == bits;
}

/* How many bytes come before the first one that is as those at `mark`;
 * QUICK_REACH if none is among the first 16. */
static inline uint32_t quick_find(const char *at, const char *mark)
{
  return (uint32_t)__builtin_ctz(quick_same(at, mark) | 1u << QUICK_REACH);
}

#define QUICK_QUOTES "\"\"\"\"\"\"\"\"\"\"\"\"\"\"\"\""
#define QUICK_COMMAS ",,,,,,,,,,,,,,,,"

/* For 0 to 16 bytes the bits of the first and the second eight of them. */
static const uint64_t quick_masks[QUICK_REACH + 1][2] = {
#define QUICK_BITS(count) (~UINT64_C(0) >> (64 - 8 * (count)))
#define QUICK_FIRST(count) {QUICK_BITS(count), 0}
#define QUICK_SECOND(count) {~UINT64_C(0), QUICK_BITS(count)}
  {0, 0}, QUICK_FIRST(1), QUICK_FIRST(2), QUICK_FIRST(3), QUICK_FIRST(4),
  QUICK_FIRST(5), QUICK_FIRST(6), QUICK_FIRST(7), QUICK_FIRST(8),
  QUICK_SECOND(1), QUICK_SECOND(2), QUICK_SECOND(3), QUICK_SECOND(4),
  QUICK_SECOND(5), QUICK_SECOND(6), QUICK_SECOND(7), QUICK_SECOND(8)
};

/* How many of the eight bytes at the start are digits. */
static inline uint32_t quick_digits(uint64_t word)
{
  uint64_t low = word ^ QUICK_ONES * '0';
  uint64_t other =
      (((low & ~QUICK_HIGHS) + QUICK_ONES * 0x76) | low) & QUICK_HIGHS;
  return other ? (uint32_t)__builtin_ctzll(other) / 8 : 8;
}

/* The number that the first 1 to 8 bytes are, which are digits. */
static inline int64_t quick_number(uint64_t word, uint32_t digits)
{
  uint64_t at = (word ^ QUICK_ONES * '0') << (64 - digits * 8);
  at = (at & UINT64_C(0x0f0f0f0f0f0f0f0f)) * 2561 >> 8;
  at = (at & UINT64_C(0x00ff00ff00ff00ff)) * 6553601 >> 16;
  at = (at & UINT64_C(0x0000ffff0000ffff)) * UINT64_C(42949672960001) >> 32;
  return (int64_t)at;
}

#endif
