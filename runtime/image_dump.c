/* An image as text: every record, and the code an instruction a line. */
#include "runtime/image_schema.h"
#include "runtime/opcode.h"
#include "runtime/terms.h"

#include <inttypes.h>
#include <string.h>
#include "base/utf8.h"

static void put_safe(Buffer *out, Text text) {
  buffer_put(out, utf8_safe(out->arena, text, false));
}

static void put_quoted(Buffer *out, Text text) {
  if (text_is_none(text)) {
    buffer_put_c(out, "none");
    return;
  }
  buffer_put_char(out, '"');
  put_safe(out, text);
  buffer_put_char(out, '"');
}

/* ----------------------------------------------------------------- records */

static uint32_t field_word(const char *at) {
  uint32_t word;
  memcpy(&word, at, sizeof word);
  return word;
}

static void put_wide(Buffer *out, const char *at) {
  int64_t wide;
  memcpy(&wide, at, sizeof wide);
  buffer_format(out, "%" PRId64, wide);
}

static void put_link(Buffer *out, const Field *field, uint32_t index) {
  if (index == NONE)
    buffer_put_c(out, "none");
  else
    buffer_format(out, "%s[%u]", image_lists[field->list].name, index);
}

static void put_range(Buffer *out, const Field *field, const char *at) {
  Range range;
  memcpy(&range, at, sizeof range);
  if (range.count == 0)
    buffer_put_c(out, "none");
  else
    buffer_format(out, "%s[%u..%u]", image_lists[field->list].name,
                  range.first, range.first + range.count - 1);
}

static void put_day(Buffer *out, Day day) {
  if (day == DAY_NONE)
    buffer_put_c(out, "none");
  else
    day_print(out, day);
}

static void put_field(Buffer *out, const Image *image, const Field *field,
                      const char *record) {
  const char *at = record + field->at;
  switch (field->kind) {
    case FIELD_NUMBER:
    case FIELD_FLAG:
    case FIELD_ENUM:
      buffer_format(out, "%u", field_word(at));
      break;
    case FIELD_REGISTER:
      buffer_format(out, "r%u", field_word(at));
      break;
    case FIELD_DAY:
      put_day(out, (Day)field_word(at));
      break;
    case FIELD_WIDE:
      put_wide(out, at);
      break;
    case FIELD_WORDS:
    case FIELD_WORDS_OPTION:
      put_quoted(out, image_text(image, field_word(at)));
      break;
    case FIELD_PLACE_WORDS:
      put_quoted(out, image_place_text(image, field_word(at)));
      break;
    case FIELD_LINK:
    case FIELD_LINK_OPTION:
      put_link(out, field, field_word(at));
      break;
    case FIELD_RANGE:
      put_range(out, field, at);
      break;
  }
}

static void put_record(Buffer *out, const Image *image, const List *list,
                       uint32_t index, const char *record) {
  buffer_format(out, "%s[%u]", list->name, index);
  for (uint32_t f = 0; f < list->field_count; f++) {
    buffer_format(out, " %s=", list->fields[f].name);
    put_field(out, image, &list->fields[f], record);
  }
  buffer_put_char(out, '\n');
}

void image_dump(Buffer *out, const Image *image) {
  for (uint32_t id = 0; id < LIST_COUNT; id++) {
    Items items = image_items(image, (ListId)id);
    for (uint32_t i = 0; i < items.count; i++)
      put_record(out, image, &image_lists[id], i,
                 items.at + (size_t)i * image_lists[id].size);
  }
  image_disassemble(out, image);
}

/* ------------------------------------------------------------------- tests */

static void put_fact(Buffer *out, const Image *image, uint32_t index) {
  const Fact *fact = &image->facts.at[index];
  buffer_format(out, "%s ", term_dimension((Dimension)fact->dimension));
  put_safe(out, image_text(image, fact->name));
}

static void put_value_name(Buffer *out, const Image *image, const Fact *fact,
                           uint32_t value) {
  put_safe(out, image_text(image,
                           image->values.at[fact->values.first + value].name));
}

static void put_variable(Buffer *out, const Image *image, uint32_t index) {
  const Variable *variable = &image->variables.at[index];
  const Fact *fact = &image->facts.at[variable->fact];
  if (fact->type == TYPE_RECORD)
    buffer_put_c(out, variable->aggregate == AGGREGATE_TOTAL ? "total of "
                                                             : "count of ");
  put_fact(out, image, variable->fact);
  if (variable->with != NONE) {
    buffer_put_c(out, " with ");
    put_fact(out, image, variable->with);
  }
  term_put_window(out, variable);
  if (fact->type != TYPE_SET) return;
  buffer_put_c(out, " includes ");
  put_value_name(out, image, fact, variable->member);
}

static void put_amount(Buffer *out, const Fact *fact, FactType type,
                       int64_t amount) {
  if (type == TYPE_NUMBER)
    number_print(out, amount);
  else if (type == TYPE_MONEY)
    money_print(out, amount, (Currency)fact->currency);
  else if (type == TYPE_DURATION)
    duration_print(out, amount, (Unit)fact->unit);
  else if (type == TYPE_DATE)
    day_print(out, (Day)amount);
  else
    buffer_format(out, "%" PRId64, amount);
}

static void put_cut(Buffer *out, const Image *image, const Variable *variable,
                    const Cut *cut) {
  const Fact *fact = &image->facts.at[variable->fact];
  FactType type = (FactType)fact->type;
  if (type == TYPE_RECORD && variable->aggregate == AGGREGATE_TOTAL)
    type = (FactType)fact->item;
  if (cut->base == CUT_DAYS_AGO)
    buffer_format(out, "%" PRId64 " days ago", cut->value);
  else if (cut->base == CUT_MONTHS_AGO)
    buffer_format(out, "%" PRId64 " months ago", cut->value);
  else if (type == TYPE_SCALE || type == TYPE_CHOICE || type == TYPE_YES_NO)
    put_value_name(out, image, fact, (uint32_t)cut->value);
  else
    put_amount(out, fact, type, cut->value);
}

static void put_interval(Buffer *out, const Image *image,
                         const Variable *variable, const Interval *interval) {
  if (interval->from != NONE) {
    const Cut *cut = &image->cuts.at[interval->from];
    buffer_put_c(out, cut->side == 0 ? " from " : " above ");
    put_cut(out, image, variable, cut);
  }
  if (interval->to != NONE) {
    const Cut *cut = &image->cuts.at[interval->to];
    buffer_put_c(out, cut->side == 0 ? " below " : " up to ");
    put_cut(out, image, variable, cut);
  }
  if (interval->from == NONE && interval->to == NONE)
    buffer_put_c(out, " any value");
}

/* A member of a set is in it, or not. */
static void put_stretch(Buffer *out, const Image *image,
                        const Variable *variable, const Interval *interval) {
  if (image->facts.at[variable->fact].type != TYPE_SET)
    put_interval(out, image, variable, interval);
  else
    buffer_put_c(out, interval->from != NONE ? " yes" : " no");
}

static void put_test(Buffer *out, const Image *image, uint32_t index) {
  const Test *test = &image->tests.at[index];
  const Variable *variable = &image->variables.at[test->variable];
  buffer_format(out, "t%-6u ", index);
  put_variable(out, image, test->variable);
  buffer_put_char(out, ':');
  for (uint32_t i = 0; i < test->intervals.count; i++) {
    if (i > 0) buffer_put_c(out, ", or");
    put_stretch(out, image, variable,
                &image->intervals.at[test->intervals.first + i]);
  }
  buffer_put_char(out, '\n');
}

/* -------------------------------------------------------------------- code */

/* Puts the operands that one letter stands for; returns how many words. */
static uint32_t put_operand(Buffer *out, char letter, const uint32_t *at) {
  uint32_t count = at[0];
  switch (letter) {
    case 'd':
      return 1;
    case 't':
      buffer_format(out, " t%u", count);
      return 1;
    case 'r':
      buffer_format(out, " r%u", count);
      return 1;
    case '*':
      for (uint32_t i = 0; i < count; i++)
        buffer_format(out, " r%u", at[1 + i]);
      return 1 + count;
    case '#':
      for (uint32_t i = 0; i < count; i++)
        buffer_format(out, " r%u*%u", at[1 + 2 * i], at[2 + 2 * i]);
      return 1 + 2 * count;
    default:
      buffer_format(out, " %u", count);
      return 1;
  }
}

/* The first condition that shows each register; NONE if none does. */
static uint32_t *find_nodes(Arena *arena, const Image *image) {
  uint32_t registers = image->policy.at[0].registers;
  uint32_t *nodes = ARENA_ARRAY(arena, registers, uint32_t);
  for (uint32_t i = 0; i < registers; i++) nodes[i] = NONE;
  for (uint32_t i = image->nodes.count; i-- > 0;)
    nodes[image->nodes.at[i].reg] = i;
  return nodes;
}

void image_disassemble(Buffer *out, const Image *image) {
  const uint32_t *code = image->code.at;
  const uint32_t *nodes = find_nodes(out->arena, image);
  for (uint32_t i = 0; i < image->tests.count; i++) put_test(out, image, i);
  for (uint32_t at = 0; at < image->code.count;) {
    const OpcodeInfo *opcode = opcode_find(code[at]);
    uint32_t node = nodes[code[at + 1]];
    buffer_format(out, "%-7u r%u = %s", at, code[at + 1], opcode->name);
    at++;
    for (const char *letter = opcode->operands; *letter; letter++)
      at += put_operand(out, *letter, code + at);
    if (node != NONE && image->nodes.at[node].text != NONE) {
      buffer_put_c(out, "  # ");
      put_safe(out, image_text(image, image->nodes.at[node].text));
    }
    buffer_put_char(out, '\n');
  }
}
