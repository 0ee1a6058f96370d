/* The work on a block of situations, for one kind of vector.  Included once for
 * each by runtime/sliced_forms.c, with these set:
 *
 *   Lane        an unsigned word, or a vector of 4 or 8
 *   SLICE_LANE  how many words that is
 *   TARGET      the attribute that lets the compiler use it
 *   FORM(name)  the name of a function of this form
 */

#define EACH_LANE(w) for (uint32_t w = 0; w < SLICE_WORDS; w += SLICE_LANE)
#define AT(planes, number) ((planes) + (size_t)(number)*SLICE_WORDS)

#define LOAD(from)                       \
  __extension__({                        \
    Lane loaded;                         \
    memcpy(&loaded, (from), sizeof loaded); \
    loaded;                              \
  })
#define STORE(to, lane)                  \
  do {                                   \
    Lane stored = (lane);                \
    memcpy((to), &stored, sizeof stored); \
  } while (0)

/* ----------------------------------------------------------- turning about */

/* Eight by eight bits, in every byte of eight lanes at once. */
TARGET static inline void FORM(turn_bytes)(Lane v[8]) {
  static const uint64_t masks[] = {0x0f0f0f0f0f0f0f0f, 0x3333333333333333,
                                   0x5555555555555555};
  for (unsigned stage = 0, j = 4; j; stage++, j >>= 1)
    for (unsigned k = 0; k < 8; k = (k + j + 1) & ~j) {
      Lane swap = ((v[k] >> j) ^ v[k + j]) & masks[stage];
      v[k + j] ^= swap;
      v[k] ^= swap << j;
    }
}

/* 512 bytes become eight planes, or back: situation 64 * s + p is bit
 * 8 * p + s of a plane.  Only the first `count` planes are written. */
TARGET static void FORM(planes_of)(const uint8_t *bytes, unsigned count,
                                   uint64_t *planes) {
  EACH_LANE(w) {
    Lane v[8];
    for (unsigned i = 0; i < 8; i++)
      memcpy(&v[i], bytes + 64 * i + 8 * w, sizeof v[i]);
    FORM(turn_bytes)(v);
    for (unsigned i = 0; i < count; i++)
      STORE(AT(planes, i) + w, v[i]);
  }
}

TARGET static void FORM(bytes_of)(const uint64_t *planes, uint8_t *bytes) {
  EACH_LANE(w) {
    Lane v[8];
    for (unsigned i = 0; i < 8; i++)
      v[i] = LOAD(AT(planes, i) + w);
    FORM(turn_bytes)(v);
    for (unsigned i = 0; i < 8; i++)
      memcpy(bytes + 64 * i + 8 * w, &v[i], sizeof v[i]);
  }
}

/* ----------------------------------------------------------------- locating */

#define WIDEN(Type, Lanes)                             \
  for (uint32_t i = 0; i < SLICE; i += SLICE_LANE) {   \
    SLICE_WIDEN(Type, Lanes, (const Type *)from + i, to + i); \
  }

/* Numbers of few bytes as values. */
TARGET static void FORM(widen)(const void *from, unsigned size, int64_t *to) {
  if (size == 1)
    WIDEN(int8_t, SLICE_LANES_1)
  else if (size == 2)
    WIDEN(int16_t, SLICE_LANES_2)
  else
    WIDEN(int32_t, SLICE_LANES_4)
}

static void FORM(widen_all)(Sliced *sliced) {
  SliceBlock *block = &sliced->block;
  for (uint32_t slot = 0; slot < sliced->slot_count; slot++)
    if (block->raw_size[slot])
      FORM(widen)(block->raw[slot], block->raw_size[slot],
                  block->values + slot * SLICE);
}

/* The codes of levels and members: the value itself, or one of its bits.
 * Returns whether one is past the end. */
TARGET static bool FORM(code_direct)(const int64_t *values, uint64_t span,
                                     unsigned shift, uint8_t *codes) {
  Lane past = {0};
  for (uint32_t i = 0; i < SLICE; i += SLICE_LANE) {
    Lane value = LOAD((const uint64_t *)values + i) >> shift;
    if (span == 1)
      past |= value >> 1;
    else
      past |= (Lane)(value > span);
    SLICE_NARROW(codes + i, value);
  }
  uint64_t any = 0;
  uint64_t words[SLICE_LANE];
  memcpy(words, &past, sizeof words);
  for (unsigned i = 0; i < SLICE_LANE; i++)
    any |= words[i];
  return any != 0;
}

/* The codes of amounts with few cells: how many starts are not above. */
TARGET static void FORM(code_counted)(const Locator *one, uint32_t cells,
                                      const int64_t *values,
                                      uint8_t *codes) {
  for (uint32_t i = 0; i < SLICE; i += SLICE_LANE) {
    Lane offset = LOAD((const uint64_t *)values + i) - one->low;
    Lane code = offset ^ offset;
    for (uint32_t k = 1; k < cells; k++)
      code += (Lane)(offset >= one->starts[k]) & 1;
    SLICE_NARROW(codes + i, code);
  }
}

TARGET static bool FORM(past_end)(const Locator *one, const int64_t *values) {
  uint64_t past = 0;
  for (uint32_t i = 0; i < SLICE; i++)
    past |= (uint64_t)values[i] - one->low > one->span;
  return past != 0;
}

static void FORM(code_found)(const Locator *one, const int64_t *values,
                             uint8_t codes[2][SLICE]) {
  for (uint32_t i = 0; i < SLICE; i++) {
    size_t cell = locator_cell(one, (uint64_t)values[i] - one->low);
    codes[0][i] = (uint8_t)cell;
    codes[1][i] = (uint8_t)(cell >> 8);
  }
}

/* Fills the codes of a source; true if a value is outside its range. */
TARGET static bool FORM(encode)(Sliced *sliced, const SliceSource *source,
                                const int64_t *values) {
  const Locator *one = source->locator;
  if (source->way == SLICE_MEMBER) {
    FORM(code_direct)(values, UINT64_MAX, one->member, sliced->codes[0]);
    return false;
  }
  if (source->way == SLICE_LEVEL)
    return FORM(code_direct)(values, one->span, 0, sliced->codes[0]);
  if (source->cells <= SLICE_COUNTED)
    FORM(code_counted)(one, source->cells, values, sliced->codes[0]);
  else
    FORM(code_found)(one, values, sliced->codes);
  return FORM(past_end)(one, values);
}

/* The situations that lie at cell `cell` or above it: the digits are compared
 * from the last one on. */
TARGET static void FORM(threshold)(const uint64_t *digits, unsigned count,
                                   uint32_t cell, uint64_t *result) {
  EACH_LANE(w) {
    Lane above = ~(LOAD(digits + w) ^ LOAD(digits + w));
    for (unsigned i = 0; i < count; i++) {
      Lane digit = LOAD(AT(digits, i) + w);
      above = cell >> i & 1 ? above & digit : above | digit;
    }
    STORE(result + w, above);
  }
}

static void FORM(mark_outside)(const SliceSource *source,
                               const int64_t *values, uint8_t *unknown) {
  const Locator *one = source->locator;
  for (uint32_t i = 0; i < SLICE; i++)
    if ((uint64_t)values[i] - one->low > one->span)
      unknown[i] = 0x80;
}

/* The thresholds of a source, and where it is unknown; true if anywhere. */
TARGET static bool FORM(locate)(Sliced *sliced, uint32_t number) {
  const SliceSource *source = &sliced->sources[number];
  uint64_t *to = AT(sliced->unknown, number);
  if (source->way == SLICE_RECORD) {
    memset(to, 0xff, SLICE_WORDS * sizeof *to);
    memset(AT(sliced->planes, source->threshold), 0,
           (source->cells - 1) * SLICE_WORDS * sizeof *to);
    return true;
  }
  const int64_t *values = sliced->block.values + source->slot * SLICE;
  bool some = sliced->block.any_unknown[source->slot];
  uint8_t unknown[SLICE];
  uint64_t digits[16 * SLICE_WORDS], flags[SLICE_WORDS * 8];
  bool outside = FORM(encode)(sliced, source, values);
  if (some)
    memcpy(unknown, sliced->block.unknown + source->slot * SLICE, SLICE);
  else if (outside)
    memset(unknown, 0, SLICE);
  if (outside)
    FORM(mark_outside)(source, values, unknown);
  if (some || outside) {
    FORM(planes_of)(unknown, 8, flags);
    memcpy(to, AT(flags, 7), SLICE_WORDS * sizeof *to);
  } else {
    memset(to, 0, SLICE_WORDS * sizeof *to);
  }
  unsigned low = source->planes < 8 ? source->planes : 8;
  FORM(planes_of)(sliced->codes[0], low, digits);
  if (source->planes > 8)
    FORM(planes_of)(sliced->codes[1], source->planes - 8u, AT(digits, 8));
  for (uint32_t cell = 1; cell < source->cells; cell++)
    FORM(threshold)(digits, source->planes, cell,
                    AT(sliced->planes, source->threshold + cell - 1));
  return some || outside;
}

/* --------------------------------------------------------------- literals */

TARGET static void FORM(literals)(Sliced *sliced, bool partly) {
  for (uint32_t i = 0; i < sliced->literal_count; i++) {
    const SliceLiteral *literal = &sliced->literals[i];
    const uint32_t *parts = sliced->literal_thresholds + literal->first;
    const uint64_t *unknown = AT(sliced->unknown, literal->source);
    EACH_LANE(w) {
      Lane lane = LOAD(unknown + w) ^ LOAD(unknown + w);
      for (uint32_t k = 0; k < literal->count; k++)
        lane ^= LOAD(AT(sliced->planes, parts[k]) + w);
      if (partly) {
        Lane open = LOAD(unknown + w);
        STORE(AT(sliced->surely, i) + w, lane & ~open);
        lane |= open;
      }
      STORE(AT(sliced->possibly, i) + w, lane);
    }
  }
}

/* Where one of the rows of a segment holds. */
TARGET static void FORM(segment)(const SliceSegments *all,
                                 const SliceSegment *one,
                                 const uint64_t *literals, uint64_t *result) {
  EACH_LANE(w) {
    const uint32_t *run = all->runs + one->first;
    const uint32_t *end = all->runs + one->end;
    Lane any = {0};
    while (run < end) {
      uint32_t width = run[0], rows = run[1];
      run += 2;
      if (width == 0)
        any = ~(any & 0);
      for (; width && rows; rows--, run += width) {
        Lane row = LOAD(literals + run[0] + w);
        for (uint32_t k = 1; k < width; k++)
          row &= LOAD(literals + run[k] + w);
        any |= row;
      }
    }
    STORE(result + w, any);
  }
}
