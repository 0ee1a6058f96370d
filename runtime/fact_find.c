/* Finding facts and boundaries by the names that people give. */
#include <string.h>

#include "runtime/terms.h"
#include "runtime/value_read.h"

uint32_t boundary_find(const Image *image, Text name)
{
  for (uint32_t i = 0; i < image->boundaries.count; i++)
    if (text_equal(image_text(image, image->boundaries.at[i].name), name))
      return i;
  return NONE;
}

static uint32_t find(const Image *image, Dimension dimension, Text name)
{
  for (uint32_t i = 0; i < image->facts.count; i++) {
    const Fact *fact = &image->facts.at[i];
    if (fact->dimension == dimension &&
        text_equal(image_text(image, fact->name), name))
      return i;
  }
  return NONE;
}

/* A fact of that name in any dimension. */
static uint32_t find_elsewhere(const Image *image, Text name)
{
  for (int d = 0; d < DIMENSION_COUNT; d++) {
    uint32_t fact = find(image, (Dimension)d, name);
    if (fact != NONE) return fact;
  }
  return NONE;
}

/* The fact whose name is nearest: in `dimension`, or in any if it is
 * DIMENSION_COUNT; NONE if none is near. */
static uint32_t find_near(Arena *arena, const Image *image,
                          Dimension dimension, Text name)
{
  uint32_t count = 0;
  Text *names = ARENA_ARRAY(arena, image->facts.count + 1, Text);
  uint32_t *facts = ARENA_ARRAY(arena, image->facts.count + 1, uint32_t);
  for (uint32_t i = 0; i < image->facts.count; i++) {
    const Fact *fact = &image->facts.at[i];
    if (dimension != DIMENSION_COUNT && fact->dimension != dimension)
      continue;
    facts[count] = i;
    names[count++] = image_text(image, fact->name);
  }
  int near = text_nearest(name, names, count);
  return near < 0 ? NONE : facts[near];
}

/* The facts of a dimension, for a help. */
static Text names_of(Arena *arena, const Image *image, Dimension dimension)
{
  Buffer out = {.arena = arena};
  uint32_t shown = 0;
  for (uint32_t i = 0; i < image->facts.count; i++) {
    const Fact *fact = &image->facts.at[i];
    if (fact->dimension != dimension || shown == 30) continue;
    if (shown++) buffer_put_c(&out, ", ");
    buffer_format(&out, "`%.*s`", TEXT_ARG(image_text(image, fact->name)));
  }
  return buffer_text(&out);
}

/* Who asks for a fact, and what stands between a dimension and a name there. */
typedef struct Asking {
  Arena *arena;
  const Image *image;
  Diagnostics *diagnostics;
  char join; /* "context gift", "context.gift" */
} Asking;

static Text spelled(const Asking *asking, uint32_t fact)
{
  const Fact *one = &asking->image->facts.at[fact];
  return text_format(asking->arena, "%s%c%.*s",
                     term_dimension((Dimension)one->dimension), asking->join,
                     TEXT_ARG(image_text(asking->image, one->name)));
}

static void help_fact(const Asking *asking, Dimension dimension, Text name,
                      Diagnostic *one)
{
  Arena *arena = asking->arena;
  const Image *image = asking->image;
  uint32_t near = find_near(arena, image, dimension, name);
  uint32_t elsewhere = find_elsewhere(image, name);
  if (elsewhere == NONE && near == NONE)
    elsewhere = find_near(arena, image, DIMENSION_COUNT, name);
  Text list = names_of(arena, image, dimension);
  if (elsewhere != NONE)
    diagnostic_help(asking->diagnostics, one, "There is `%.*s`.",
                    TEXT_ARG(spelled(asking, elsewhere)));
  else if (near != NONE)
    diagnostic_help(asking->diagnostics, one, "Did you mean `%.*s`?",
                    TEXT_ARG(spelled(asking, near)));
  else if (list.length)
    diagnostic_help(asking->diagnostics, one,
                    "The facts of `%s` are %.*s. Anything else can stand "
                    "under `notes`.",
                    term_dimension(dimension), TEXT_ARG(list));
  else
    diagnostic_help(asking->diagnostics, one,
                    "This policy has no facts of `%s`. What it does not ask "
                    "for can stand under `notes`.",
                    term_dimension(dimension));
}

static uint32_t find_or_tell(const Asking *asking, Dimension dimension,
                             Text name, Span span)
{
  uint32_t fact = find(asking->image, dimension, name);
  if (fact != NONE) return fact;
  Text whole = text_format(asking->arena, "%s%c%.*s",
                           term_dimension(dimension), asking->join,
                           TEXT_ARG(name));
  Diagnostic *one =
      diagnostic_error(asking->diagnostics, E_FACT, span,
                       "There is no fact called `%.*s`.", TEXT_ARG(whole));
  help_fact(asking, dimension, name, one);
  return NONE;
}

uint32_t fact_find_in(Arena *arena, const Image *image, Dimension dimension,
                      Text name, Span span, Diagnostics *diagnostics)
{
  Asking asking = {arena, image, diagnostics, ' '};
  return find_or_tell(&asking, dimension, name, span);
}

/* Splits "context.gift" or "context gift"; false without a dimension. */
static bool split_name(Text name, Dimension *dimension, char *join, Text *rest)
{
  for (uint32_t i = 0; i < name.length; i++) {
    if (name.at[i] != '.' && name.at[i] != ' ') continue;
    *join = name.at[i];
    *rest = (Text){name.at + i + 1, name.length - i - 1};
    return term_find_dimension((Text){name.at, i}, dimension);
  }
  return false;
}

uint32_t fact_find(Arena *arena, const Image *image, Text name, Span span,
                   Diagnostics *diagnostics)
{
  Asking asking = {arena, image, diagnostics, '.'};
  Dimension dimension;
  Text rest;
  if (split_name(name, &dimension, &asking.join, &rest))
    return find_or_tell(&asking, dimension, rest, span);
  Diagnostic *one =
      diagnostic_error(diagnostics, E_FACT, span,
                       "There is no fact called `%.*s`.", TEXT_ARG(name));
  uint32_t near = find_elsewhere(image, name);
  if (near == NONE) near = find_near(arena, image, DIMENSION_COUNT, name);
  if (near != NONE)
    diagnostic_help(diagnostics, one, "Did you mean `%.*s`?",
                    TEXT_ARG(spelled(&asking, near)));
  else
    diagnostic_help(diagnostics, one,
                    "A fact's name starts with `need`, `capability`, "
                    "`context`, `risk`, `support` or `impact`.");
  return NONE;
}
