#include "audit/join.h"

#include "runtime/opcode.h"

/* ----------------------------------------------------------- moving records
 *
 * Records of the new image go behind those of the old one, and what they say
 * of other records moves with them. */

typedef struct Move {
#define RECORD(Type, list, section) uint32_t list;
#define PLACES(Type, list, section) uint32_t list;
#include "runtime/image.def"
  uint32_t texts, registers, place_texts;
} Move;

#define RECORD(Type, list, section) \
  static inline Type move_##list(Type one, const Move *move) { \
    (void)move;
#define PLACES(Type, list, section) RECORD(Type, list, section)
#define WORDS(Type, name) one.name += move->texts;
#define WORDS_OPTION(Type, name) \
  if (one.name != NONE) one.name += move->texts;
#define PLACE_WORDS(Type, name) one.name += move->place_texts;
#define LINK(Type, name, list) one.name += move->list;
#define LINK_OPTION(Type, name, list) \
  if (one.name != NONE) one.name += move->list;
#define RANGE(Type, name, list) one.name.first += move->list;
#define REGISTER(Type, name) one.name += move->registers;
#define END(Type, list) \
  return one;           \
  }
#include "runtime/image.def"

static Move move_of(const Image *image) {
  return (Move){
#define RECORD(Type, list, section) .list = image->list.count,
#define PLACES(Type, list, section) .list = image->list.count,
#include "runtime/image.def"
      .texts = image->texts.count,
      .registers = image->policy.at[0].registers,
      .place_texts = image->place_texts.count};
}

#define APPEND(list)                                            \
  do {                                                          \
    for (uint32_t i = 0; i < joined->of[OLD]->list.count; i++)  \
      VEC_PUSH(arena, &joined->image.list, joined->of[OLD]->list.at[i]); \
    for (uint32_t i = 0; i < joined->of[NEW]->list.count; i++)  \
      VEC_PUSH(arena, &joined->image.list,                      \
               move_##list(joined->of[NEW]->list.at[i], move)); \
  } while (0)

static void append_records(Arena *arena, Joined *joined, const Move *move) {
  APPEND(boundaries);
  APPEND(nodes);
  APPEND(named);
  APPEND(rules);
  APPEND(members);
  APPEND(lines);
  APPEND(duties);
  APPEND(cites);
  APPEND(sources);
  APPEND(clauses);
  APPEND(links);
  APPEND(numbers);
}

static void append_texts(Arena *arena, Joined *joined) {
  for (uint32_t side = OLD; side <= NEW; side++)
    for (uint32_t i = 0; i < joined->of[side]->texts.count; i++)
      VEC_PUSH(arena, &joined->image.texts, joined->of[side]->texts.at[i]);
}

/* ------------------------------------------------------------------ code */

static void push(Arena *arena, Joined *joined, uint32_t word, uint32_t move) {
  VEC_PUSH(arena, &joined->image.code, word + move);
}

/* One instruction, its registers and tests moved; returns its length. */
static uint32_t append_instruction(Arena *arena, Joined *joined,
                                   const uint32_t *at, uint32_t registers,
                                   uint32_t tests) {
  const char *operands = opcode_find(at[0])->operands;
  uint32_t next = 0;
  push(arena, joined, at[next++], 0);
  for (; *operands; operands++) {
    bool pairs = *operands == '#';
    uint32_t count = at[next];
    switch (*operands) {
    case 'd':
    case 'r':
      push(arena, joined, at[next++], registers);
      break;
    case 't':
      push(arena, joined, at[next++], tests);
      break;
    case 'n':
      push(arena, joined, at[next++], 0);
      break;
    default: /* a count, then registers or pairs */
      push(arena, joined, at[next++], 0);
      for (uint32_t i = 0; i < count; i++) {
        push(arena, joined, at[next++], registers);
        if (pairs) push(arena, joined, at[next++], 0);
      }
    }
  }
  return next;
}

static void append_code(Arena *arena, Joined *joined, const Move *move) {
  for (uint32_t side = OLD; side <= NEW; side++) {
    uint32_t registers = side == NEW ? move->registers : 0;
    uint32_t tests = side == NEW ? move->tests : 0;
    joined->registers[side] = registers;
    for (uint32_t at = 0; at < joined->of[side]->code.count;)
      at += append_instruction(arena, joined, joined->of[side]->code.at + at,
                               registers, tests);
  }
}

/* ----------------------------------------------------------------- facts */

static uint32_t joint_fact(const Joined *joined, uint32_t side,
                           uint32_t fact) {
  return fact == NONE ? NONE : joined->facts_of[side][fact];
}

static uint32_t joint_value(const Joined *joined, uint32_t side, uint32_t fact,
                            uint32_t value) {
  const JoinedFact *joint = &joined->facts[fact];
  for (uint32_t i = 0; joint->values[side] &&
                       i < joined->image.facts.at[fact].values.count; i++)
    if (joint->values[side][i] == value) return i;
  return value;
}

/* What was appended names the facts of its own image: now the joint ones. */
static void rename_facts(Joined *joined, const Move *move) {
  Image *image = &joined->image;
  for (uint32_t i = 0; i < image->nodes.count; i++) {
    uint32_t side = i >= move->nodes, less = side ? move->facts : 0;
    Node *node = &image->nodes.at[i];
    node->fact = joint_fact(joined, side,
                            node->fact == NONE ? NONE : node->fact - less);
    node->with = joint_fact(joined, side,
                            node->with == NONE ? NONE : node->with - less);
  }
  for (uint32_t i = 0; i < image->members.count; i++) {
    uint32_t side = i >= move->members, less = side ? move->facts : 0;
    Member *member = &image->members.at[i];
    member->fact = joint_fact(joined, side, member->fact - less);
    if (image->facts.at[member->fact].type == TYPE_SET)
      member->value = joint_value(joined, side, member->fact, member->value);
  }
  for (uint32_t i = 0; i < image->lines.count; i++) {
    uint32_t side = i >= move->lines, less = side ? move->facts : 0;
    Line *line = &image->lines.at[i];
    line->fact = joint_fact(joined, side,
                            line->fact == NONE ? NONE : line->fact - less);
  }
}

void join_images(Arena *arena, const Image *before, const Image *after,
                 Joined *joined) {
  Move move = move_of(before);
  *joined = (Joined){.of = {before, after}, .rules = {0, before->rules.count},
                     .duties = {0, before->duties.count}};
  VEC_PUSH(arena, &joined->image.policy, after->policy.at[0]);
  joined->image.policy.at[0].registers += move.registers;
  append_texts(arena, joined);
  append_records(arena, joined, &move);
  append_code(arena, joined, &move);
  join_facts(arena, joined);
  rename_facts(joined, &move);
}

/* ------------------------------------------------------------ situations */

static void own_given(Arena *arena, const Joined *joined, uint32_t side,
                      uint32_t fact, const Given *given, Given *own) {
  const JoinedFact *joint = &joined->facts[fact];
  uint32_t type = joined->image.facts.at[fact].type;
  *own = *given;
  if (!joint->values[side]) return;
  own->members = 0;
  for (uint32_t i = 0; i < joined->image.facts.at[fact].values.count; i++) {
    uint32_t value = joint->values[side][i];
    if (given->members >> i & 1 && value != NONE)
      own->members |= UINT64_C(1) << value;
  }
  if (type == TYPE_SET || !given->span_count) return;
  int64_t value = joint->values[side][given->spans[0].low];
  own->spans = ARENA_NEW(arena, ValueSpan);
  own->spans[0] = (ValueSpan){value, value};
  own->given = value != NONE;
}

void joined_situation(Arena *arena, const Joined *joined, uint32_t side,
                      const Situation *situation, Situation *own) {
  situation_init(arena, joined->of[side], situation->as_of, own);
  for (uint32_t i = 0; i < joined->image.facts.count; i++) {
    uint32_t fact = joined->facts[i].of[side];
    if (fact != NONE && situation->facts[i].given)
      own_given(arena, joined, side, i, &situation->facts[i],
                &own->facts[fact]);
  }
}
