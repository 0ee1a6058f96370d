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

/* All bits of the first `count` bytes; from 8 on, of all. */
static inline uint64_t quick_mask(uint32_t count)
{
  return count < 8 ? ~(~UINT64_C(0) << count * 8) : ~UINT64_C(0);
}

/* A high bit for each byte that is `c`; exact up to the first. */
static inline uint64_t quick_marks(uint64_t word, char c)
{
  uint64_t other = word ^ QUICK_ONES * (unsigned char)c;
  return (other - QUICK_ONES) & ~other & QUICK_HIGHS;
}

/* How many bytes come before the first `c`; QUICK_REACH if it is not among the
 * first 16. */
static inline uint32_t quick_find(const char *at, char c)
{
  uint64_t near = quick_marks(quick_load(at), c);
  uint64_t far = quick_marks(quick_load(at + 8), c);
  uint32_t first = (uint32_t)__builtin_ctzll(near | UINT64_C(1) << 63) / 8;
  uint32_t second = far ? (uint32_t)__builtin_ctzll(far) / 8 : 8;
  return near ? first : 8 + second;
}

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
