/* Reads the words of a cell back: "above £50 and at most £200". */
#include <string.h>

#include "tests/reference/compare.h"

static bool read_amount(const RefFact *fact, Text text, int64_t *amount) {
  int64_t millionths;
  Day day;
  if (fact->type == TYPE_DATE) {
    if (!day_read(text, &day)) return false;
    *amount = day;
    return true;
  }
  if (fact->type == TYPE_MONEY && text_starts(text, TEXT("\u00a3")))
    text = (Text){text.at + 2, text.length - 2};
  const char *space =
      text.length ? memchr(text.at, ' ', text.length) : NULL;
  Text number = text;
  if (space) number.length = (uint32_t)(space - text.at);
  if (number_read(number, &millionths) != NUMBER_FINE) return false;
  *amount = millionths;
  if (fact->type == TYPE_NUMBER) return true;
  if (fact->type == TYPE_MONEY) return money_from_number(millionths, amount);
  if (!space) return false;
  Text unit = {space + 1, text.length - number.length - 1};
  return duration_make(millionths, unit_find(unit), amount);
}

typedef enum Side { SIDE_FROM, SIDE_AFTER, SIDE_TO, SIDE_BEFORE, SIDE_AT } Side;

typedef struct BoundWords {
  const char *words;
  Side side;
} BoundWords;

static const BoundWords bounds[] = {
    {"at least ", SIDE_FROM},    {"above ", SIDE_AFTER},
    {"at most ", SIDE_TO},       {"below ", SIDE_BEFORE},
    {"on or after ", SIDE_FROM}, {"on or before ", SIDE_TO},
    {"after ", SIDE_AFTER},      {"before ", SIDE_BEFORE},
    {"exactly ", SIDE_AT},       {"on ", SIDE_AT},
};

/* The amount may lie between two values of the fact: `below` is the value at or
 * below it, `above` the one at or above it. */
static void bind(Side side, int64_t step, int64_t below, int64_t above,
                 ValueSpan *span) {
  if (side == SIDE_FROM || side == SIDE_AT) span->low = above;
  if (side == SIDE_TO || side == SIDE_AT) span->high = below;
  if (side == SIDE_AFTER) span->low = below + step;
  if (side == SIDE_BEFORE) span->high = above - step;
}

static bool read_bound(const RefFact *fact, Text text, ValueSpan *span) {
  int64_t step = fact->type == TYPE_DATE ? 1 : fact->step;
  for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++) {
    Text words = text_of(bounds[i].words);
    int64_t amount;
    if (!text_starts(text, words)) continue;
    Text rest = {text.at + words.length, text.length - words.length};
    if (!read_amount(fact, rest, &amount)) return false;
    int64_t over = (amount - fact->low) % step;
    if (over < 0) over += step;
    bind(bounds[i].side, step, amount - over,
         amount + (over ? step - over : 0), span);
    return true;
  }
  return false;
}

bool cell_words_read(const RefFact *fact, Text text, ValueSpan *span) {
  const char *and = memmem(text.at, text.length, " and ", 5);
  if (text_equal(text, TEXT("any value"))) return true;
  if (!and) return read_bound(fact, text, span);
  Text first = {text.at, (uint32_t)(and - text.at)};
  Text second = {and + 5, text.length - first.length - 5};
  return read_bound(fact, first, span) && read_bound(fact, second, span);
}

static bool names_member(const RefFact *fact, Text to, uint64_t before,
                         uint64_t after) {
  uint64_t changed = before ^ after;
  uint32_t member = (uint32_t)__builtin_ctzll(changed);
  Text with = after & changed ? TEXT("with ") : TEXT("without ");
  if (!text_starts(to, with)) return false;
  return text_equal((Text){to.at + with.length, to.length - with.length},
                    ref_value_name(fact, member));
}

bool step_names_move(const RefUniverse *universe, Text to,
                     const RefMove *move, uint64_t members_before) {
  const RefFact *fact = &universe->policy->facts.at[move->fact];
  const RefValues *values = &universe->values[move->fact];
  const ValueSpan *cell = move->given.spans;
  if (fact->type == TYPE_SET)
    return names_member(fact, to, members_before, move->given.members);
  if (fact->value_count > 0)
    return text_equal(to, ref_value_name(fact, (uint32_t)cell->low));
  ValueSpan span = {values->at[0].amount,
                    values->at[values->count - 1].amount};
  if (!cell_words_read(fact, to, &span)) return false;
  /* The words may cut finer, where the tests do not tell neighbours apart. */
  bool within = cell->low <= span.low && span.high <= cell->high;
  return within && (move->direction > 0 ? span.low == cell->low
                                        : span.high == cell->high);
}
