#include "base/natural.h"

#include <assert.h>
#include <inttypes.h>

__extension__ typedef unsigned __int128 Wide;

uint32_t natural_limbs(uint64_t bits) {
  return (uint32_t)(bits / 64) + 2;
}

void natural_set(Limb *to, uint64_t value, uint32_t limbs) {
  memset(to, 0, limbs * sizeof *to);
  to[0] = value;
}

void natural_copy(Limb *to, const Limb *from, uint32_t limbs) {
  memcpy(to, from, limbs * sizeof *to);
}

bool natural_is_zero(const Limb *a, uint32_t limbs) {
  Limb any = 0;
  for (uint32_t i = 0; i < limbs; i++) any |= a[i];
  return any == 0;
}

int natural_compare(const Limb *a, const Limb *b, uint32_t limbs) {
  for (uint32_t i = limbs; i-- > 0;)
    if (a[i] != b[i]) return a[i] < b[i] ? -1 : 1;
  return 0;
}

void natural_add(Limb *to, const Limb *more, uint32_t limbs) {
  Wide carry = 0;
  for (uint32_t i = 0; i < limbs; i++) {
    carry += (Wide)to[i] + more[i];
    to[i] = (Limb)carry;
    carry >>= 64;
  }
  assert(carry == 0);
}

void natural_subtract(Limb *to, const Limb *less, uint32_t limbs) {
  Limb borrow = 0;
  for (uint32_t i = 0; i < limbs; i++) {
    Wide taken = (Wide)less[i] + borrow;
    borrow = to[i] < taken;
    to[i] = (Limb)(to[i] - taken);
  }
  assert(borrow == 0);
}

void natural_multiply_small(Limb *to, uint64_t factor, uint32_t limbs) {
  Wide carry = 0;
  for (uint32_t i = 0; i < limbs; i++) {
    carry += (Wide)to[i] * factor;
    to[i] = (Limb)carry;
    carry >>= 64;
  }
  assert(carry == 0);
}

void natural_multiply(Limb *to, const Limb *factor, Limb *space,
                      uint32_t limbs) {
  memset(space, 0, limbs * sizeof *space);
  for (uint32_t i = 0; i < limbs; i++) {
    Wide carry = 0;
    if (factor[i] == 0) continue;
    for (uint32_t j = 0; i + j < limbs; j++) {
      carry += (Wide)to[j] * factor[i] + space[i + j];
      space[i + j] = (Limb)carry;
      carry >>= 64;
    }
    assert(carry == 0);
  }
  memcpy(to, space, limbs * sizeof *to);
}

uint64_t natural_divide_small(Limb *to, uint64_t by, uint32_t limbs) {
  Wide rest = 0;
  for (uint32_t i = limbs; i-- > 0;) {
    rest = rest << 64 | to[i];
    to[i] = (Limb)(rest / by);
    rest %= by;
  }
  return (uint64_t)rest;
}

/* ----------------------------------------------------------------- printing */

static void print_groups(Buffer *out, const Limb *a, Limb *space,
                         uint32_t limbs, const char *between) {
  if (natural_is_zero(a, limbs)) {
    buffer_put_char(out, '0');
    return;
  }
  Buffer groups = {.arena = out->arena};
  natural_copy(space, a, limbs);
  while (!natural_is_zero(space, limbs)) {
    uint16_t group = (uint16_t)natural_divide_small(space, 1000, limbs);
    buffer_put(&groups, (Text){(const char *)&group, sizeof group});
  }
  for (uint32_t at = groups.length; at > 0;
       at -= (uint32_t)sizeof(uint16_t)) {
    uint16_t group;
    memcpy(&group, groups.at + at - sizeof group, sizeof group);
    bool first = at == groups.length;
    buffer_format(out, first ? "%s%u" : "%s%03u", first ? "" : between,
                  (unsigned)group);
  }
}

void natural_print(Buffer *out, const Limb *a, Limb *space, uint32_t limbs) {
  print_groups(out, a, space, limbs, ",");
}

void natural_print_plain(Buffer *out, const Limb *a, Limb *space,
                         uint32_t limbs) {
  print_groups(out, a, space, limbs, "");
}

/* ------------------------------------------------------------------- shares */

/* 10 * rest / all, by subtracting; rest = 10 * rest % all. */
static uint32_t next_digit(Limb *rest, const Limb *all, uint32_t limbs) {
  uint32_t digit = 0;
  natural_multiply_small(rest, 10, limbs);
  while (natural_compare(rest, all, limbs) >= 0) {
    natural_subtract(rest, all, limbs);
    digit++;
  }
  return digit;
}

uint32_t natural_share(Arena *arena, const Limb *a, const Limb *all,
                       uint32_t limbs) {
  Limb *rest = ARENA_ARRAY(arena, limbs, Limb);
  uint32_t share = 0;
  assert(!natural_is_zero(all, limbs) && natural_compare(a, all, limbs) <= 0);
  natural_copy(rest, a, limbs);
  if (natural_compare(a, all, limbs) == 0) return 1000000;
  for (int i = 0; i < 6; i++) share = share * 10 + next_digit(rest, all, limbs);
  return share;
}

uint32_t natural_share_up(Arena *arena, const Limb *a, const Limb *all,
                          uint32_t limbs) {
  Limb *rest = ARENA_ARRAY(arena, limbs, Limb);
  natural_copy(rest, all, limbs);
  natural_subtract(rest, a, limbs);
  return 1000000 - natural_share(arena, rest, all, limbs);
}

void natural_print_percent(Buffer *out, const Limb *a, const Limb *all,
                           uint32_t limbs) {
  bool none = natural_is_zero(a, limbs);
  bool whole = natural_compare(a, all, limbs) == 0;
  uint32_t share = none ? 0 : natural_share(out->arena, a, all, limbs);
  uint32_t rounded = (share + 50) / 100;
  if (!none && rounded == 0) {
    buffer_put_c(out, "less than 0.01 %");
  } else if (!whole && rounded == 10000) {
    buffer_put_c(out, "over 99.99 %");
  } else {
    buffer_format(out, "%u", (unsigned)(rounded / 100));
    if (rounded % 100 != 0)
      buffer_format(out, ".%0*u", rounded % 10 ? 2 : 1,
                    (unsigned)(rounded % 10 ? rounded % 100
                                            : rounded % 100 / 10));
    buffer_put_c(out, " %");
  }
}
