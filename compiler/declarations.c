/* Sources, boundaries and the review block: what they are called. */
#include "compiler/check.h"

/* --------------------------------------------------------------- sources */

static void add_clauses(Check *check, CheckedSource *source) {
  const struct ClauseText *clause = source->node->clauses;
  uint32_t number = 0;
  table_init(&source->clauses, check->arena, check->seed);
  for (; clause; clause = clause->next, number++) {
    VEC_PUSH(check->arena, &source->keys, clause->key);
    if (table_put(&source->clauses, clause->key.text, number)) continue;
    uint32_t first = 0;
    table_find(&source->clauses, clause->key.text, &first);
    names_twice(check, E_CLAUSE_KEY_TWICE, "clause", clause->key,
                source->keys.at[first].span);
  }
}

static void add_source(Check *check, const Item *item) {
  Names *names = &check->out->source_names;
  if (!item->source) {
    names->doubtful = true;
    return;
  }
  Word name = item->source->name;
  CheckedSource *source = VEC_ADD(check->arena, &check->out->sources);
  *source = (CheckedSource){.node = item->source, .span = item->span,
                            .poisoned = item->poisoned};
  add_clauses(check, source);
  if (names_add(check, names, name.text)) return;
  uint32_t first = names_find(names, name.text);
  names_twice(check, E_SOURCE_TWICE, "source", name,
              check->out->sources.at[first].node->name.span);
}

void check_sources(Check *check) {
  const Loaded *loaded = check->out->loaded;
  if (loaded->incomplete) check->out->source_names.doubtful = true;
  for (uint32_t i = 0; i < loaded->items.count; i++)
    if (loaded->items.at[i].item->kind == ITEM_SOURCE)
      add_source(check, loaded->items.at[i].item);
}

/* ------------------------------------------------------------ boundaries */

/* A title given once; a second is a mistake. */
static void take_title(Check *check, Word *title, Word given,
                       const char *what) {
  if (text_is_none(given.text)) return;
  if (text_is_none(title->text)) {
    *title = given;
    return;
  }
  Diagnostic *d = diagnostic_error(check->diagnostics, E_TITLE_TWICE,
                                   given.span, "%s has a title already.",
                                   what);
  diagnostic_relate(check->diagnostics, d, title->span,
                    "The first one is here.");
  diagnostic_help(check->diagnostics, d,
                  "Titles are given once: open the block again without one.");
}

static void add_boundary(Check *check, const Item *item) {
  Names *names = &check->out->boundary_names;
  uint32_t index = names_find(names, item->name.text);
  if (index == NONE || item->name.text.length == 0) {
    index = check->out->boundaries.count;
    CheckedBoundary *made = VEC_ADD(check->arena, &check->out->boundaries);
    made->name = item->name;
    made->poisoned = item->poisoned;
    for (int l = 0; l < LAYER_COUNT; l++) made->otherwise[l] = NONE;
    names_add(check, names, item->name.text);
  }
  CheckedBoundary *boundary = &check->out->boundaries.at[index];
  Text what = text_format(check->arena, "The boundary `%.*s`",
                          TEXT_ARG(item->name.text));
  take_title(check, &boundary->title, item->title, what.at);
  take_title(check, &boundary->refusal, item->refusal, what.at);
  if (item->poisoned) boundary->poisoned = true;
}

static void require_titles(Check *check) {
  for (uint32_t i = 0; i < check->out->boundaries.count; i++) {
    const CheckedBoundary *boundary = &check->out->boundaries.at[i];
    if (boundary->poisoned || !text_is_none(boundary->title.text)) continue;
    Diagnostic *d = diagnostic_error(
        check->diagnostics, E_TITLE_NONE, boundary->name.span,
        "The boundary `%.*s` has no title.", TEXT_ARG(boundary->name.text));
    diagnostic_help(check->diagnostics, d,
                    "Say what going ahead is and, if you like, what holding "
                    "back is: `boundary %.*s \"Accepting a gift\" or "
                    "\"Saying no to a gift\"`.",
                    TEXT_ARG(boundary->name.text));
  }
}

void check_boundaries(Check *check) {
  const Loaded *loaded = check->out->loaded;
  if (loaded->incomplete) check->out->boundary_names.doubtful = true;
  for (uint32_t i = 0; i < loaded->items.count; i++) {
    const Item *item = loaded->items.at[i].item;
    if (item->kind == ITEM_BOUNDARY)
      add_boundary(check, item);
    else if (item->kind == ITEM_REVIEW)
      take_title(check, &check->out->review_title, item->title,
                 "The review block");
  }
  if (!loaded->incomplete) require_titles(check);
}
