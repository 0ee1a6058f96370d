#include "runtime/expect_read.h"

#include "runtime/terms.h"
#include "runtime/value_read.h"

typedef struct Expecting {
  Arena *arena;
  const Image *image;
  uint32_t boundary;
  Diagnostics *diagnostics;
  Expected *out;
} Expecting;

static void tell(const Expecting *expecting, const Piece *piece,
                 const char *help)
{
  Diagnostic *one = diagnostic_error(
      expecting->diagnostics, E_EXPECTED, piece->span,
      "`%.*s` cannot expect `%.*s`.", TEXT_ARG(piece->key),
      TEXT_ARG(piece->text));
  diagnostic_help(expecting->diagnostics, one, "%s", help);
}

static void read_verdict(const Expecting *expecting, const Piece *piece)
{
  Verdict verdict = CARE;
  if (!text_equal(piece->text, TEXT("proceed with care")) &&
      !term_find_verdict(piece->text, &verdict)) {
    tell(expecting, piece,
         "It can be `silent`, `proceed`, `care`, `consult`, `hold` or "
         "`never`.");
    return;
  }
  expecting->out->has_verdict = true;
  expecting->out->verdict = verdict;
}

static bool read_three(const Expecting *expecting, const Piece *piece,
                       Three *three)
{
  if (text_equal(piece->text, TEXT("true"))) {
    *three = THREE_YES;
    return true;
  }
  if (text_equal(piece->text, TEXT("false"))) {
    *three = THREE_NO;
    return true;
  }
  if (term_find_three(piece->text, three)) return true;
  tell(expecting, piece, "It can be `yes`, `no` or `open`.");
  return false;
}

static void read_settled(const Expecting *expecting, const Piece *piece)
{
  Three three;
  if (!read_three(expecting, piece, &three)) return;
  if (three == THREE_OPEN) {
    tell(expecting, piece, "It can be `yes` or `no`.");
    return;
  }
  expecting->out->has_settled = true;
  expecting->out->settled = three == THREE_YES;
}

static void read_holding_back(const Expecting *expecting, const Piece *piece)
{
  Three three;
  if (!read_three(expecting, piece, &three)) return;
  expecting->out->has_holding_back = true;
  expecting->out->holding_back = (uint8_t)three;
}

/* ----------------------------------------------------------------- lists */

/* A rule by its full name, or by its own name in the case's boundary or
 * everywhere. */
static uint32_t find_rule(const Expecting *expecting, Text name)
{
  const Image *image = expecting->image;
  for (uint32_t i = 0; i < image->rules.count; i++) {
    const Rule *rule = &image->rules.at[i];
    if (text_equal(image_text(image, rule->full_name), name)) return i;
  }
  for (uint32_t i = 0; i < image->rules.count; i++) {
    const Rule *rule = &image->rules.at[i];
    if ((rule->boundary == NONE || rule->boundary == expecting->boundary) &&
        text_equal(image_text(image, rule->name), name))
      return i;
  }
  return NONE;
}

static void add_rule(const Expecting *expecting, const Piece *piece)
{
  Expected *out = expecting->out;
  uint32_t rule = find_rule(expecting, piece->text);
  if (rule != NONE) {
    out->in_force[out->in_force_count++] = rule;
    return;
  }
  const Image *image = expecting->image;
  uint32_t count = image->rules.count;
  Text *names = ARENA_ARRAY(expecting->arena, count + 1, Text);
  for (uint32_t i = 0; i < count; i++)
    names[i] = image_text(image, image->rules.at[i].name);
  int near = text_nearest(piece->text, names, count);
  Diagnostic *one = diagnostic_error(
      expecting->diagnostics, E_EXPECTED, piece->span,
      "There is no rule called `%.*s` in this boundary.",
      TEXT_ARG(piece->text));
  if (near >= 0)
    diagnostic_help(expecting->diagnostics, one, "Did you mean `%.*s`?",
                    TEXT_ARG(names[near]));
  else
    diagnostic_help(expecting->diagnostics, one,
                    "Give its full name, like `boundary/rule`.");
}

static void add_duty(const Expecting *expecting, const Piece *piece)
{
  const Image *image = expecting->image;
  uint32_t count = image->duties.count;
  Text *tags = ARENA_ARRAY(expecting->arena, count + 1, Text);
  for (uint32_t i = 0; i < count; i++) {
    tags[i] = image_text(image, image->duties.at[i].tag);
    if (!text_equal(tags[i], piece->text)) continue;
    expecting->out->duties[expecting->out->duty_count++] = piece->text;
    return;
  }
  int near = text_nearest(piece->text, tags, count);
  Diagnostic *one = diagnostic_error(
      expecting->diagnostics, E_EXPECTED, piece->span,
      "No rule of this policy has a duty `must %.*s`.",
      TEXT_ARG(piece->text));
  if (near >= 0)
    diagnostic_help(expecting->diagnostics, one, "Did you mean `%.*s`?",
                    TEXT_ARG(tags[near]));
}

/* Calls `add` for each text of a list, or for the one text. */
static void read_list(const Expecting *expecting, const Piece *piece,
                      void (*add)(const Expecting *, const Piece *))
{
  if (piece->kind == PIECE_TEXT) {
    add(expecting, piece);
    return;
  }
  for (const Piece *part = piece->first; part; part = part->next) {
    if (part->kind == PIECE_TEXT)
      add(expecting, part);
    else
      tell(expecting, part, "Write a list of names: `[one, two]`.");
  }
}

static uint32_t part_count(const Piece *piece)
{
  uint32_t count = 1;
  for (const Piece *part = piece->first; part; part = part->next) count++;
  return count;
}

/* ------------------------------------------------------------------ keys */

static void read_rules(const Expecting *expecting, const Piece *piece)
{
  Expected *out = expecting->out;
  out->has_in_force = true;
  out->in_force =
      ARENA_ARRAY(expecting->arena, part_count(piece), uint32_t);
  read_list(expecting, piece, add_rule);
}

static void read_duties(const Expecting *expecting, const Piece *piece)
{
  Expected *out = expecting->out;
  out->has_duties = true;
  out->duties = ARENA_ARRAY(expecting->arena, part_count(piece), Text);
  read_list(expecting, piece, add_duty);
}

static void tell_key(const Expecting *expecting, const Piece *piece)
{
  static const char *const names[] = {"verdict", "settled", "in-force",
                                      "duties", "holding-back"};
  Text keys[5];
  for (int i = 0; i < 5; i++) keys[i] = text_of(names[i]);
  int near = text_nearest(piece->key, keys, 5);
  Diagnostic *one = diagnostic_error(
      expecting->diagnostics, E_KEY, piece->key_span,
      "`%.*s` is nothing that a case can expect.", TEXT_ARG(piece->key));
  Text hint = TEXT("");
  if (near >= 0)
    hint = text_format(expecting->arena, "Did you mean `%s`? ", names[near]);
  diagnostic_help(expecting->diagnostics, one,
                  "%.*s`expect` takes `verdict`, `settled`, `in-force`, "
                  "`duties` and `holding-back`.", TEXT_ARG(hint));
}

static void read_key(const Expecting *expecting, const Piece *piece)
{
  static const struct {
    const char *key;
    void (*read)(const Expecting *, const Piece *);
    bool list;
  } keys[] = {
    {"verdict", read_verdict, false}, {"settled", read_settled, false},
    {"holding-back", read_holding_back, false},
    {"in-force", read_rules, true}, {"duties", read_duties, true},
  };
  if (piece->refused) return;
  for (int i = 0; i < 5; i++) {
    if (!text_equal(piece->key, text_of(keys[i].key))) continue;
    if (piece->kind == PIECE_TEXT ||
        (piece->kind == PIECE_LIST && keys[i].list))
      keys[i].read(expecting, piece);
    else
      tell(expecting, piece, keys[i].list ? "Write a list: `[one, two]`."
                                          : "Write one word.");
    return;
  }
  tell_key(expecting, piece);
}

void expect_read(Arena *arena, const Image *image, uint32_t boundary,
                 const Piece *piece, Diagnostics *diagnostics,
                 Expected *expected)
{
  Expecting expecting = {arena, image, boundary, diagnostics, expected};
  expected->any = true;
  expected->span = piece->key_span;
  if (piece->kind != PIECE_MAP) {
    Diagnostic *one =
        diagnostic_error(diagnostics, E_SHAPE, piece->key_span,
                         "`expect` needs names and values under it.");
    diagnostic_help(diagnostics, one, "Write, for instance, `verdict: hold`.");
    return;
  }
  for (const Piece *part = piece->first; part; part = part->next)
    read_key(&expecting, part);
}
