#include "tests/reference/mutate.h"

#include <string.h>

#define LINES_MOST 400

typedef struct Lines {
  Text at[LINES_MOST]; /* each with its end of line */
  uint32_t count;
} Lines;

static void split(Text text, Lines *lines) {
  uint32_t from = 0;
  lines->count = 0;
  for (uint32_t i = 0; i < text.length && lines->count < LINES_MOST; i++) {
    if (text.at[i] != '\n') continue;
    lines->at[lines->count++] = (Text){text.at + from, i + 1 - from};
    from = i + 1;
  }
}

static Text join(Arena *arena, const Lines *lines) {
  Buffer out = {.arena = arena};
  for (uint32_t i = 0; i < lines->count; i++) buffer_put(&out, lines->at[i]);
  return buffer_text(&out);
}

static uint32_t indent(Text line) {
  uint32_t spaces = 0;
  while (spaces < line.length && line.at[spaces] == ' ') spaces++;
  return spaces;
}

/* The end of what belongs to a line: the lines below that stand further in. */
static uint32_t block_end(const Lines *lines, uint32_t line) {
  uint32_t end = line + 1;
  while (end < lines->count &&
         indent(lines->at[end]) > indent(lines->at[line]))
    end++;
  return end;
}

/* -------------------------------------------------------------------- words */

typedef struct Spot {
  uint32_t from, until;
} Spot;

static bool in_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.';
}

static Text replace(Arena *arena, Text text, Spot spot, Text with) {
  return text_format(arena, "%.*s%.*s%.*s", (int)spot.from, text.at,
                     TEXT_ARG(with), (int)(text.length - spot.until),
                     text.at + spot.until);
}

/* A word from a random place on; false if there is none. */
static bool find_word(Random *random, Text text, bool number, Spot *spot) {
  uint32_t start = random_below(random, text.length);
  for (uint32_t n = 0; n < text.length; n++) {
    uint32_t i = (start + n) % text.length;
    if (!in_word(text.at[i]) || (i > 0 && in_word(text.at[i - 1]))) continue;
    bool digits = true;
    uint32_t end = i;
    for (; end < text.length && in_word(text.at[end]); end++)
      digits &= text.at[end] >= '0' && text.at[end] <= '9';
    if (digits != number) continue;
    *spot = (Spot){i, end};
    return true;
  }
  return false;
}

static Text other_number(Arena *arena, Random *random, Text text) {
  Spot spot;
  long long value = 0;
  static const long long add[] = {1, -1, 2, 10, -3};
  if (!find_word(random, text, true, &spot) || spot.until - spot.from > 9)
    return text;
  for (uint32_t i = spot.from; i < spot.until; i++)
    value = value * 10 + (text.at[i] - '0');
  value += add[random_below(random, 5)];
  if (value < 0) value = 0;
  return replace(arena, text, spot, text_format(arena, "%lld", value));
}

/* Another word of the text in its place, most often one much like it. */
static Text other_word(Arena *arena, Random *random, Text text) {
  Spot spot, with;
  if (!find_word(random, text, false, &spot)) return text;
  for (int i = 0; i < 40; i++) {
    if (!find_word(random, text, false, &with)) return text;
    Text word = {text.at + with.from, with.until - with.from};
    if (word.length == spot.until - spot.from &&
        word.at[0] == text.at[spot.from])
      return replace(arena, text, spot, word);
  }
  return text;
}

typedef struct Swap {
  const char *from, *to;
} Swap;

static Text swap_phrase(Arena *arena, Random *random, Text text) {
  static const Swap swaps[] = {
      {" and ", " or "},        {" or ", " and "},
      {"at least", "at most"},  {"at most", "at least"},
      {"more than", "less than"}, {"above", "below"},
      {" is ", " is not "},     {" is not ", " is "},
      {"then hold", "then proceed"}, {"proceed\n", "proceed with care\n"},
      {"then proceed", "then hold"}, {"with care", ""},
      {"must do", "must log"},  {"must log", "must do"},
      {"always ", ""},          {"any of", "all of"},
      {"all of", "any of"},     {"unless agreed by", "# "},
      {" that may be ahead", ""}, {"a date", "a date that may be ahead"},
      {"yes or no", "one of no, yes"}, {" < ", ", "},
      {"  rule ", "  never "},  {"rule", "holding-back"},
      {"is yes", "is no"},      {"is no", "is yes"},
      {" up to ", " up to 1"},  {"in steps of 2", ""},
      {"It is so", "It is true"}, {"organisation", "law"}};
  Spot spots[64];
  uint32_t count = 0;
  const Swap *swap =
      &swaps[random_below(random, sizeof swaps / sizeof *swaps)];
  size_t length = strlen(swap->from);
  for (uint32_t i = 0; i + length <= text.length && count < 64; i++)
    if (memcmp(text.at + i, swap->from, length) == 0)
      spots[count++] = (Spot){i, i + (uint32_t)length};
  if (!count) return text;
  return replace(arena, text, spots[random_below(random, count)],
                 text_of(swap->to));
}

/* -------------------------------------------------------------------- lines */

static Text drop_block(Arena *arena, Random *random, Text text) {
  Lines lines, rest = {.count = 0};
  split(text, &lines);
  uint32_t line = random_below(random, lines.count);
  uint32_t end = block_end(&lines, line);
  for (uint32_t i = 0; i < lines.count; i++)
    if (i < line || i >= end) rest.at[rest.count++] = lines.at[i];
  return join(arena, &rest);
}

static Text first_word(Text line) {
  uint32_t from = indent(line), end = from;
  while (end < line.length && line.at[end] != ' ' && line.at[end] != '\n')
    end++;
  return (Text){line.at + from, end - from};
}

/* One line says what another says that begins alike. */
static Text copy_line(Arena *arena, Random *random, Text text) {
  Lines lines;
  split(text, &lines);
  uint32_t to = random_below(random, lines.count);
  for (int i = 0; i < 60; i++) {
    uint32_t from = random_below(random, lines.count);
    if (from == to || indent(lines.at[from]) != indent(lines.at[to]) ||
        indent(lines.at[to]) < 4 ||
        !text_equal(first_word(lines.at[from]), first_word(lines.at[to])))
      continue;
    lines.at[to] = lines.at[from];
    break;
  }
  return join(arena, &lines);
}

static Text negate(Arena *arena, Random *random, Text text) {
  Lines lines;
  split(text, &lines);
  uint32_t start = random_below(random, lines.count);
  for (uint32_t n = 0; n < lines.count; n++) {
    Text *line = &lines.at[(start + n) % lines.count];
    if (!text_equal(first_word(*line), TEXT("when"))) continue;
    uint32_t from = indent(*line) + 5;
    *line = text_format(arena, "%.*snot (%.*s)\n", (int)from, line->at,
                        (int)(line->length - from - 1), line->at + from);
    break;
  }
  return join(arena, &lines);
}

/* A rule once more, under another name. */
static Text add_rule(Arena *arena, Random *random, Text text) {
  Lines lines;
  Buffer out = {.arena = arena};
  split(text, &lines);
  uint32_t start = random_below(random, lines.count), rule = lines.count;
  for (uint32_t n = 0; n < lines.count && rule == lines.count; n++) {
    uint32_t i = (start + n) % lines.count;
    Text word = first_word(lines.at[i]);
    if (text_equal(word, TEXT("rule")) || text_equal(word, TEXT("exception")) ||
        text_equal(word, TEXT("never")))
      rule = i;
  }
  for (uint32_t i = 0; i < lines.count; i++) {
    buffer_put(&out, lines.at[i]);
    if (rule == lines.count || i + 1 != block_end(&lines, rule)) continue;
    Text word = first_word(lines.at[rule]);
    uint32_t name = indent(lines.at[rule]) + word.length + 1;
    buffer_format(&out, "%.*sx%.*s", (int)name, lines.at[rule].at,
                  (int)(lines.at[rule].length - name),
                  lines.at[rule].at + name);
    for (uint32_t k = rule + 1; k <= i; k++) buffer_put(&out, lines.at[k]);
  }
  return buffer_text(&out);
}

static Text add_date(Arena *arena, Random *random, Text text) {
  Lines lines;
  Buffer out = {.arena = arena};
  split(text, &lines);
  uint32_t after = random_below(random, lines.count);
  for (uint32_t i = 0; i < lines.count; i++) {
    buffer_put(&out, lines.at[i]);
    if (i == after)
      buffer_format(&out, "    %s 2026-0%u-15\n",
                    random_chance(random, 50) ? "from" : "until",
                    (unsigned)(1 + random_below(random, 9)));
  }
  return buffer_text(&out);
}

static uint32_t find_phrase(Text line, const char *phrase) {
  size_t length = strlen(phrase);
  for (uint32_t i = 0; i + length <= line.length; i++)
    if (memcmp(line.at + i, phrase, length) == 0) return i;
  return (uint32_t)line.length;
}

/* One more value of a scale, choice or set, or one less. */
static Text other_values(Arena *arena, Random *random, Text text) {
  Lines lines;
  split(text, &lines);
  uint32_t start = random_below(random, lines.count);
  for (uint32_t n = 0; n < lines.count; n++) {
    Text *line = &lines.at[(start + n) % lines.count];
    uint32_t of = find_phrase(*line, " of ");
    if (indent(*line) || of == line->length) continue;
    uint32_t comma = of + 4;
    while (comma < line->length && line->at[comma] != ',' &&
           line->at[comma] != '<')
      comma++;
    if (comma == line->length) continue;
    Spot first = {of + 4, comma + 2};
    if (random_chance(random, 50))
      *line = replace(arena, *line, first, TEXT(""));
    else
      *line = replace(arena, *line, (Spot){of + 4, of + 4},
                      line->at[comma] == ',' ? TEXT("extra, ")
                                             : TEXT("extra < "));
    break;
  }
  return join(arena, &lines);
}

Text mutate_text(Arena *arena, Random *random, Text text) {
  typedef Text (*Way)(Arena *, Random *, Text);
  static const Way ways[] = {
      other_number, other_number, other_word, other_word, swap_phrase,
      swap_phrase,  swap_phrase,  drop_block, drop_block, copy_line,
      copy_line,    negate,       add_rule,   add_date,   other_values};
  return ways[random_below(random, sizeof ways / sizeof *ways)](arena, random,
                                                                text);
}
