/* The second half of the work on a block, after runtime/sliced_body.h and with
 * the same macros: from rows to what is said of each situation. */

/* ------------------------------------------------------------------ support */

static void FORM(find_support)(Sliced *sliced) {
  uint64_t any = 0;
  const Packed *packed = sliced->packed;
  for (uint32_t i = 0; i < packed->support_count; i++) {
    const int64_t *values =
        sliced->block.values + sliced->slots[packed->support[i]] * SLICE;
    for (uint32_t k = 0; k < SLICE; k++)
      any |= (uint64_t)values[k];
  }
  sliced->supported = any != 0;
  for (uint32_t i = 0; any && i < sliced->member_count; i++) {
    const SliceMember *member = &sliced->members[i];
    const int64_t *values = sliced->block.values + member->slot * SLICE;
    uint8_t met[SLICE];
    for (uint32_t k = 0; k < SLICE; k++)
      met[k] = member->shift < 0
                   ? values[k] == 1
                   : (uint8_t)((uint64_t)values[k] >> member->shift & 1);
    FORM(planes_of)(met, 1, AT(sliced->support, i));
  }
}

/* Where at least `needed` of a rule's people are among the support. */
static void FORM(count_met)(const Sliced *sliced, const Rule *rule,
                            uint32_t needed, uint64_t *met) {
  for (uint32_t w = 0; w < SLICE_WORDS; w++) {
    met[w] = 0;
    for (unsigned bit = 0; bit < 64; bit++) {
      uint32_t count = 0;
      for (uint32_t i = 0; i < rule->who.count; i++)
        count += (uint32_t)(AT(sliced->support,
                    sliced->member_planes[rule->who.first + i])[w] >>
                     bit &
                 1);
      met[w] |= (uint64_t)(count >= needed) << bit;
    }
  }
}

TARGET static void FORM(find_met)(const Sliced *sliced, uint32_t index,
                                  uint64_t *met) {
  const Rule *rule = &sliced->packed->inquiry.image->rules.at[index];
  bool all = rule->need == WHO_ALL;
  if (rule->need == WHO_AT_LEAST) {
    FORM(count_met)(sliced, rule, rule->need_number, met);
    return;
  }
  memset(met, all ? 0xff : 0, SLICE_WORDS * sizeof *met);
  for (uint32_t i = 0; i < rule->who.count; i++) {
    const uint64_t *one =
        AT(sliced->support, sliced->member_planes[rule->who.first + i]);
    for (uint32_t w = 0; w < SLICE_WORDS; w++)
      met[w] = all ? met[w] & one[w] : met[w] | one[w];
  }
}

/* ------------------------------------------------------------------ tallies */

/* For each effect where it is surely, and where possibly. */
typedef struct FORM(Tally) {
  uint64_t surely[16 * SLICE_WORDS], possibly[16 * SLICE_WORDS];
} FORM(Tally);

TARGET static inline void FORM(add)(uint64_t *sums, unsigned effects,
                                    const uint64_t *where) {
  for (; effects; effects &= effects - 1) {
    uint64_t *sum = AT(sums, __builtin_ctz(effects));
    EACH_LANE(w) STORE(sum + w, LOAD(sum + w) | LOAD(where + w));
  }
}

/* Adds what a rule brings where it is in force: where its people are met, its
 * finding is CARE. */
TARGET static void FORM(tally)(const Sliced *sliced, uint32_t rule,
                               unsigned effects, const uint64_t *where,
                               uint64_t *sums) {
  const unsigned verdicts = EFFECT_VERDICTS;
  unsigned other = effects & ~(unsigned)EFFECT_ASKS;
  if (!sliced->supported || !(effects & EFFECT_ASKS)) {
    FORM(add)(sums, other, where);
    return;
  }
  uint64_t met[SLICE_WORDS], not_met[SLICE_WORDS];
  FORM(find_met)(sliced, rule, met);
  for (uint32_t w = 0; w < SLICE_WORDS; w++) {
    not_met[w] = where[w] & ~met[w];
    met[w] &= where[w];
  }
  FORM(add)(sums, other & ~verdicts, where);
  FORM(add)(sums, other & verdicts, not_met);
  FORM(add)(sums, 1u << CARE, met);
}

TARGET static void FORM(tally_groups)(Sliced *sliced, bool partly,
                                      FORM(Tally) *sum) {
  uint64_t where[SLICE_WORDS];
  for (uint32_t i = 0; i < sliced->grouped.count; i++) {
    const SliceSegment *one = &sliced->grouped.at[i];
    FORM(segment)(&sliced->grouped, one, sliced->possibly, where);
    FORM(tally)(sliced, one->rule, one->effects, where, sum->possibly);
    if (!partly)
      continue;
    FORM(segment)(&sliced->grouped, one, sliced->surely, where);
    FORM(tally)(sliced, one->rule, one->effects, where, sum->surely);
  }
}

/* --------------------------------------------------------------- exceptions */

TARGET static void FORM(join_named)(const Sliced *sliced, uint32_t rule,
                                    int which, uint64_t *any) {
  const Image *image = sliced->packed->inquiry.image;
  Range names = image->rules.at[rule].displaces;
  memset(any, 0, SLICE_WORDS * sizeof *any);
  for (uint32_t k = 0; k < names.count; k++) {
    uint32_t slot =
        sliced->rule_slots[image->links.at[names.first + k].rule];
    if (slot == NONE)
      continue;
    EACH_LANE(w) STORE(any + w, LOAD(any + w) |
                                    LOAD(AT(sliced->rules[which], slot) + w));
  }
}

TARGET static void FORM(set_aside)(Sliced *sliced, uint32_t rule) {
  const Image *image = sliced->packed->inquiry.image;
  Range names = image->rules.at[rule].displaces;
  uint32_t own = sliced->rule_slots[rule];
  for (uint32_t k = 0; k < names.count; k++) {
    uint32_t slot =
        sliced->rule_slots[image->links.at[names.first + k].rule];
    if (slot == NONE)
      continue;
    for (int which = 0; which < 2; which++)
      EACH_LANE(w) {
        uint64_t *to = AT(sliced->displaced[which], slot) + w;
        Lane in_force =
            LOAD(AT(sliced->rules[which], own) + w) &
            ~LOAD(AT(sliced->displaced[1 - which], own) + w);
        STORE(to, LOAD(to) | in_force);
      }
  }
}

/* As in decide.c: whether exceptions apply, from the last in the order on; then
 * what they displace, from the first on. */
TARGET static void FORM(displace)(Sliced *sliced) {
  size_t size =
      (size_t)sliced->by_rule.count * SLICE_WORDS * sizeof(uint64_t);
  uint64_t any[SLICE_WORDS];
  for (uint32_t i = sliced->exception_count; i-- > 0;)
    for (int which = 0; which < 2; which++) {
      uint32_t rule = sliced->exceptions[i];
      uint64_t *own = AT(sliced->rules[which], sliced->rule_slots[rule]);
      FORM(join_named)(sliced, rule, which, any);
      EACH_LANE(w) STORE(own + w, LOAD(own + w) & LOAD(any + w));
    }
  memset(sliced->displaced[0], 0, size);
  memset(sliced->displaced[1], 0, size);
  for (uint32_t i = 0; i < sliced->exception_count; i++)
    FORM(set_aside)(sliced, sliced->exceptions[i]);
  for (size_t i = 0; i < (size_t)sliced->by_rule.count * SLICE_WORDS; i++) {
    sliced->rules[0][i] &= ~sliced->displaced[1][i];
    sliced->rules[1][i] &= ~sliced->displaced[0][i];
  }
}

/* Each rule on its own; `open` is where one may or may not be in force. */
TARGET static void FORM(tally_rules)(Sliced *sliced, bool partly,
                                     FORM(Tally) *sum, uint64_t *open) {
  const SliceSegments *all = &sliced->by_rule;
  for (uint32_t i = 0; i < all->count; i++) {
    uint64_t *surely = AT(sliced->rules[0], i);
    uint64_t *possibly = AT(sliced->rules[1], i);
    FORM(segment)(all, &all->at[i], sliced->possibly, possibly);
    if (partly)
      FORM(segment)(all, &all->at[i], sliced->surely, surely);
    else
      memcpy(surely, possibly, SLICE_WORDS * sizeof *surely);
  }
  if (sliced->exception_count)
    FORM(displace)(sliced);
  for (uint32_t i = 0; i < all->count; i++) {
    const SliceSegment *one = &all->at[i];
    const uint64_t *surely = AT(sliced->rules[0], i);
    const uint64_t *possibly = AT(sliced->rules[1], i);
    FORM(tally)(sliced, one->rule, one->effects, possibly, sum->possibly);
    if (!partly)
      continue;
    FORM(tally)(sliced, one->rule, one->effects, surely, sum->surely);
    for (uint32_t w = 0; w < SLICE_WORDS; w++)
      open[w] |= possibly[w] & ~surely[w];
  }
}

/* ----------------------------------------------------------------- findings */

/* Where a finding of this layer, or of a more authoritative one, is. */
static void FORM(covered)(const uint64_t *sums, uint32_t layer,
                          uint64_t *where) {
  memset(where, 0, SLICE_WORDS * sizeof *where);
  for (uint32_t l = 0; l <= layer; l++)
    for (uint32_t w = 0; w < SLICE_WORDS; w++)
      where[w] |= AT(sums, __builtin_ctz(EFFECT_LAYER) + l)[w];
}

TARGET static void FORM(add_otherwise)(Sliced *sliced, FORM(Tally) *sum,
                                       uint64_t *open) {
  const Index *index = &sliced->packed->index;
  for (uint32_t i = 0; i < index->otherwise_count; i++) {
    uint32_t rule = index->otherwise[i];
    uint32_t layer = index->inquiry->image->rules.at[rule].layer;
    uint64_t sure[SLICE_WORDS], possible[SLICE_WORDS];
    uint64_t *speaks = AT(sliced->otherwise, i);
    FORM(covered)(sum->surely, layer, sure);
    FORM(covered)(sum->possibly, layer, possible);
    for (uint32_t w = 0; w < SLICE_WORDS; w++) {
      open[w] |= possible[w] & ~sure[w];
      speaks[w] = ~possible[w];
      sure[w] = ~sure[w];
    }
    FORM(tally)(sliced, rule, index->effects[rule], sure, sum->possibly);
    FORM(tally)(sliced, rule, index->effects[rule], speaks, sum->surely);
  }
}

/* The verdicts, and the other findings, as planes of bits. */
static void FORM(find)(const Sliced *sliced, const FORM(Tally) *sum,
                       const uint64_t *open, uint64_t *verdicts,
                       uint64_t *findings) {
  const Packed *packed = sliced->packed;
  const int harm = __builtin_ctz(EFFECT_HARM);
  const int emergency = __builtin_ctz(EFFECT_EMERGENCY);
  for (uint32_t w = 0; w < SLICE_WORDS; w++) {
    uint64_t above = 0, ahead = 0, held = 0;
    for (unsigned v = NEVER; v > SILENT; v--) {
      uint64_t here = AT(sum->possibly, v)[w] & ~above;
      AT(verdicts, v)[w] = here;
      *(v >= HOLD ? &held : &ahead) |= here;
      above |= AT(sum->surely, v)[w];
    }
    uint64_t silent = packed->index.otherwise_count ? 0 : ~above;
    AT(verdicts, SILENT)[w] = silent;
    ahead |= silent;
    uint64_t harms = AT(sum->possibly, harm)[w];
    uint64_t not_harms = ~AT(sum->surely, harm)[w];
    AT(findings, 0)[w] = harms;
    AT(findings, 1)[w] = not_harms;
    AT(findings, 2)[w] = harms & held;
    AT(findings, 3)[w] = not_harms | ahead;
    AT(findings, 4)[w] = AT(sum->possibly, emergency)[w];
    AT(findings, 5)[w] = ~AT(sum->surely, emergency)[w];
    AT(findings, 6)[w] = open[w];
  }
}

TARGET static void FORM(answer)(Sliced *sliced, const FORM(Tally) *sum,
                                const uint64_t *open) {
  uint64_t verdicts[8 * SLICE_WORDS] = {0}, findings[8 * SLICE_WORDS] = {0};
  FORM(find)(sliced, sum, open, verdicts, findings);
  if (sliced->packed->inquiry.boundary == NONE) {
    memset(verdicts, 0, sizeof verdicts);
    memset(findings, 0, 4 * SLICE_WORDS * sizeof *findings);
  }
  FORM(bytes_of)(verdicts, sliced->answer.verdict);
  FORM(bytes_of)(findings, sliced->answer.findings);
}

/* ---------------------------------------------------------------- the whole */

TARGET static void FORM(decide)(Sliced *sliced, bool with_rules) {
  FORM(Tally) sum;
  uint64_t open[SLICE_WORDS] = {0};
  bool partly = false;
  memset(&sum, 0, sizeof sum);
  FORM(widen_all)(sliced);
  memset(sliced->planes, 0xff, SLICE_WORDS * sizeof(uint64_t));
  for (uint32_t i = 0; i < sliced->source_count; i++)
    partly |= FORM(locate)(sliced, i);
  FORM(find_support)(sliced);
  FORM(literals)(sliced, partly);
  if (with_rules || sliced->exception_count)
    FORM(tally_rules)(sliced, partly, &sum, open);
  else
    FORM(tally_groups)(sliced, partly, &sum);
  if (!partly)
    memcpy(sum.surely, sum.possibly, sizeof sum.surely);
  FORM(add_otherwise)(sliced, &sum, open);
  FORM(answer)(sliced, &sum, open);
}

#undef WIDEN
#undef EACH_LANE
#undef AT
#undef LOAD
#undef STORE
