/* Names: finding them, and saying which known one is nearest. */
#include "compiler/check.h"

uint32_t names_find(const Names *names, Text name) {
  uint32_t number = NONE;
  table_find(&names->table, name, &number);
  return number;
}

bool names_add(Check *check, Names *names, Text name) {
  uint32_t number = names->list.count;
  VEC_PUSH(check->arena, &names->list, name);
  if (text_is_none(name) || name.length == 0) {
    names->doubtful = true;
    return true;
  }
  return table_put(&names->table, name, number);
}

Text names_nearest(const Check *check, const Names *names, Text wanted) {
  const Diagnostics *all = check->diagnostics;
  uint32_t most = all->most ? all->most : 100;
  if (all->errors > most) return TEXT_NONE;
  int nearest = text_nearest(wanted, names->list.at, names->list.count);
  return nearest < 0 ? TEXT_NONE : names->list.at[nearest];
}

void names_help(Check *check, Diagnostic *diagnostic, const Names *names,
                Text wanted) {
  Text nearest = names_nearest(check, names, wanted);
  if (!text_is_none(nearest))
    diagnostic_help(check->diagnostics, diagnostic, "Did you mean `%.*s`?",
                    TEXT_ARG(nearest));
}

void names_twice(Check *check, uint16_t code, const char *what, Word again,
                 Span first) {
  Diagnostic *d =
      diagnostic_error(check->diagnostics, code, again.span,
                       "The %s `%.*s` is declared twice.", what,
                       TEXT_ARG(again.text));
  diagnostic_relate(check->diagnostics, d, first, "The first one is here.");
  diagnostic_help(check->diagnostics, d,
                  "Give one of them another name, or take it out.");
}

/* ---------------------------------------------------------------- facts */

const char *dimension_name(Dimension dimension) {
  static const char *const names[DIMENSION_COUNT] = {
      "need", "capability", "context", "risk", "support", "impact"};
  return names[dimension];
}

const char *layer_name(Layer layer) {
  static const char *const names[LAYER_COUNT] = {"law", "regulator",
                                                 "organisation", "team"};
  return names[layer];
}

Text fact_words(const Check *check, uint32_t fact) {
  const FactNode *node = check->out->facts.at[fact].node;
  return text_format(check->arena, "%s %.*s",
                     dimension_name(node->dimension),
                     TEXT_ARG(node->name.text));
}

/* The same name in another dimension; DIMENSION_COUNT if there is none. */
static int other_dimension(const Check *check, FactRef ref) {
  for (int d = 0; d < DIMENSION_COUNT; d++)
    if (names_find(&check->out->fact_names[d], ref.name.text) != NONE)
      return d;
  return DIMENSION_COUNT;
}

static void help_fact(Check *check, Diagnostic *d, FactRef ref) {
  const Names *names = &check->out->fact_names[ref.dimension];
  int other = other_dimension(check, ref);
  Text nearest = names_nearest(check, names, ref.name.text);
  Dimension dimension = ref.dimension;
  if (other < DIMENSION_COUNT) {
    dimension = (Dimension)other;
    nearest = ref.name.text;
  }
  if (text_is_none(nearest))
    diagnostic_help(check->diagnostics, d,
                    "Declare it, such as: `%s %.*s \"…\" is yes or no`.",
                    dimension_name(dimension), TEXT_ARG(ref.name.text));
  else
    diagnostic_help(check->diagnostics, d, "Did you mean `%s %.*s`?",
                    dimension_name(dimension), TEXT_ARG(nearest));
}

uint32_t names_boundary(Check *check, Word name) {
  const Names *names = &check->out->boundary_names;
  uint32_t boundary = names_find(names, name.text);
  if (boundary != NONE || names->doubtful) return boundary;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_BOUNDARY_UNKNOWN, name.span,
      "There is no boundary called `%.*s`.", TEXT_ARG(name.text));
  names_help(check, d, names, name.text);
  return NONE;
}

uint32_t names_fact(Check *check, FactRef ref) {
  const Names *names = &check->out->fact_names[ref.dimension];
  uint32_t fact = NONE;
  if (table_find(&names->table, ref.name.text, &fact)) return fact;
  if (names->doubtful || text_is_none(ref.name.text)) return NONE;
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_FACT_UNKNOWN, fact_ref_span(&ref),
      "There is no fact called `%s %.*s`.",
      dimension_name(ref.dimension), TEXT_ARG(ref.name.text));
  help_fact(check, d, ref);
  return NONE;
}
