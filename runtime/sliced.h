/* Bit-sliced decisions: 512 situations of one policy at once.
 *
 * A plane has a bit for each situation of a block.  The cells of a variable
 * become a few planes, the binary digits of the cell's number; of these a
 * threshold says which situations lie at a cell or above it, and a literal (the
 * cells that a row asks for) is the exclusive OR of thresholds.  A row is the
 * AND of its literals, a rule the OR of its rows.  Everything is there twice,
 * surely and possibly, where a fact of the block is not known.
 *
 * Answers are those of packed_decide (runtime/packed.h) on each situation, and
 * it is made from the same index; tests compare.  Conditions that stay code
 * cannot be sliced.
 */
#ifndef STILE_RUNTIME_SLICED_H
#define STILE_RUNTIME_SLICED_H

#include "runtime/packed.h"

#define SLICE 512       /* situations in a block */
#define SLICE_WORDS 8   /* words of a plane */

/* Where the planes of one variable come from. */
typedef struct SliceSource {
  const Locator *locator; /* NULL: a record, which is never known */
  uint32_t slot;          /* of its fact in a block */
  uint8_t way;            /* SliceWay */
  uint8_t planes;         /* binary digits of a cell's number */
  uint32_t cells;
  uint32_t threshold;     /* its cell 1's; then the others, up to cells - 1 */
} SliceSource;

typedef enum SliceWay {
  SLICE_LEVEL, SLICE_MEMBER, SLICE_AMOUNT, SLICE_RECORD
} SliceWay;

/* The exclusive OR of thresholds: those from `first` on of the list. */
typedef struct SliceLiteral {
  uint32_t source, first, count;
} SliceLiteral;

/* Rows whose rules have the same effects; or those of one rule. */
typedef struct SliceSegment {
  uint32_t first, end; /* in `runs` */
  uint32_t rule;       /* one of them */
  uint16_t effects;
} SliceSegment;

typedef struct SliceSegments {
  uint32_t *runs; /* literals in a row, rows, then the literals of each */
  SliceSegment *at;
  uint32_t count;
} SliceSegments;

/* A block: for each slot its values, and bit 7 of a byte where one is not
 * known.  Values may stand elsewhere as numbers of fewer bytes: from `raw` on,
 * `raw_size` bytes each, if that is not 0. */
typedef struct SliceBlock {
  int64_t *values;   /* SLICE of them for each slot */
  const void **raw;
  uint8_t *raw_size; /* 1, 2, 4 */
  uint8_t *unknown;
  uint8_t *any_unknown; /* for each slot */
} SliceBlock;

/* What is said of each situation. */
typedef struct SliceAnswer {
  uint8_t verdict[SLICE]; /* as POINT_VERDICT */
  uint8_t findings[SLICE]; /* Three: may_harm, tension << 2, emergency << 4; and
                              0x40 if a rule may or may not be in force */
} SliceAnswer;

/* A rule, and the plane that says where it is surely in force. */
typedef struct SliceRule {
  uint32_t rule;
  const uint64_t *in_force;
} SliceRule;

/* Someone to talk to, or who agrees: a member of a set, or (shift -1) yes. */
typedef struct SliceMember {
  uint32_t slot;
  int shift;
} SliceMember;

typedef struct Sliced Sliced;
typedef void SlicedForm(Sliced *sliced, bool with_rules);

struct Sliced {
  const Packed *packed;
  SliceSource *sources;
  uint32_t source_count;
  uint32_t *facts;         /* of each slot */
  uint32_t slot_count;
  uint32_t *slots;         /* of each fact; NONE where it is not needed */
  uint32_t thresholds;     /* how many; number 0 is all situations */
  SliceLiteral *literals;
  uint32_t literal_count;
  uint32_t *literal_thresholds;
  SliceSegments grouped, by_rule;
  uint32_t *rule_slots;    /* of each rule among by_rule; NONE */
  uint32_t *exceptions;    /* by rank */
  uint32_t exception_count;
  SliceMember *members;
  uint32_t member_count;
  uint32_t *member_planes; /* of each member of the image */
  SliceRule *listed;       /* by rising rule */
  uint32_t listed_count;
  SliceBlock block;        /* filled by the caller */
  SliceAnswer answer;
  SlicedForm *form;
  /* Room for one block. */
  uint8_t codes[2][SLICE];
  uint64_t *planes;        /* thresholds */
  uint64_t *unknown;       /* a plane for each source */
  uint64_t *surely, *possibly; /* literals */
  uint64_t *rules[2];      /* by_rule: surely and possibly */
  uint64_t *displaced[2];
  uint64_t *support;       /* members */
  bool supported;          /* any of them */
  uint64_t *otherwise;     /* of each of index->otherwise: surely */
};

/* Makes it; false if a condition stays code.  It lives in `arena` and borrows
 * `packed`. */
bool sliced_make(Arena *arena, Arena *scratch, const Packed *packed,
                 Sliced *sliced);

/* Decides the block; with the rules in force if asked. */
static inline void sliced_decide(Sliced *sliced, bool with_rules) {
  sliced->form(sliced, with_rules);
}

/* After a decision with rules: adds to counts[i] how many are surely in force
 * in situation i. */
void sliced_count_rules(const Sliced *sliced, uint32_t *counts);
/* Puts them by rising number, for the first `situations`: those of situation i
 * from rules[next[i]] on, which moves on. */
void sliced_list_rules(const Sliced *sliced, uint32_t situations,
                       uint32_t *next, uint32_t *rules);

/* The forms one by one, for tests: NULL past the last, or where this processor
 * lacks it. */
SlicedForm *sliced_form(int number);

#endif
