/* Promises and assumes: what the audit is to prove, and what can be at all.
 * No answer rests on them. */
#include "compiler/check.h"

/* ------------------------------------------------------------ conditions */

static const char *kind_words(const Item *item) {
  return item->kind == ITEM_PROMISE ? "promise" : "assume";
}

static void report_touch(Check *check, const Item *item,
                         const Touched *touched, uint16_t code,
                         const char *reason, const char *help) {
  Diagnostic *d = diagnostic_error(
      check->diagnostics, code, touched->here->span,
      "This %s tests `%.*s`, but %s.", kind_words(item),
      TEXT_ARG(fact_words(check, touched->fact)), reason);
  if (touched->here != touched->test)
    diagnostic_relate(check->diagnostics, d, touched->test->span,
                      "It is tested here.");
  diagnostic_help(check->diagnostics, d, "%s", help);
}

/* Whom someone has talked with is always possible; harm comes afterwards. */
static void check_tests(Check *check, const Item *item, const Term *term) {
  Touched touched;
  if (touch_find(check, term, TOUCH_IMPACT, &touched))
    report_touch(check, item, &touched, E_IMPACT,
                 "only review rules may ask about impact",
                 "Impact is known afterwards: ask about a risk.");
  else if (item->kind == ITEM_ASSUME &&
           touch_find(check, term, TOUCH_SUPPORT, &touched))
    report_touch(check, item, &touched, E_ASSUME_SUPPORT,
                 "whom people talk with is up to them",
                 "Take this test out: an assume says what cannot be, "
                 "whatever anyone does.");
}

static Term *read_condition(Check *check, const Item *item) {
  if (!item->condition) return NULL;
  check->spoiled = item->poisoned ? item->span.end : 0;
  Term *term = check_condition(check, item->condition);
  check_size(check, term, item->condition->span,
             item->kind == ITEM_PROMISE ? "this promise" : "this assume",
             TEXT_NONE);
  check_tests(check, item, term);
  return term;
}

/* ------------------------------------------------------------ boundaries */

static void report_twice(Check *check, Word name) {
  Diagnostic *d = diagnostic_error(
      check->diagnostics, E_SCOPE_TWICE, name.span,
      "The boundary `%.*s` stands twice in this promise.",
      TEXT_ARG(name.text));
  diagnostic_help(check->diagnostics, d, "Leave one of them out.");
}

/* Puts a boundary in its place among those before; false if it is there. */
static bool insert_boundary(Check *check, CheckedPromise *promise,
                            uint32_t boundary) {
  VEC_PUSH(check->arena, &promise->boundaries, boundary);
  uint32_t *at = promise->boundaries.at;
  uint32_t i = promise->boundaries.count - 1;
  for (uint32_t k = 0; k < i; k++)
    if (at[k] == boundary) return false;
  for (; i > 0 && at[i - 1] > boundary; i--) {
    at[i] = at[i - 1];
    at[i - 1] = boundary;
  }
  return true;
}

static void read_scope(Check *check, CheckedPromise *promise) {
  const WordList *one = promise->item->promise->boundaries;
  for (; one; one = one->next) {
    uint32_t boundary = names_boundary(check, one->word);
    if (boundary != NONE && !insert_boundary(check, promise, boundary))
      report_twice(check, one->word);
  }
}

/* ------------------------------------------------------------- promises */

static void add_promise(Check *check, const Item *item) {
  CheckedPromise *promise = VEC_ADD(check->arena, &check->out->promises);
  *promise = (CheckedPromise){.item = item};
  promise->condition = read_condition(check, item);
  if (!item->promise) return;
  read_scope(check, promise);
  if (item->promise->kind == PROMISE_MUST && !item->poisoned)
    names_duty(check, item->promise->tag);
}

static void add_assume(Check *check, const Item *item) {
  CheckedPromise *assume = VEC_ADD(check->arena, &check->out->assumes);
  *assume = (CheckedPromise){.item = item};
  assume->condition = read_condition(check, item);
}

void check_promises(Check *check) {
  const Loaded *loaded = check->out->loaded;
  for (uint32_t i = 0; i < loaded->items.count; i++) {
    const Item *item = loaded->items.at[i].item;
    if (item->kind == ITEM_PROMISE)
      add_promise(check, item);
    else if (item->kind == ITEM_ASSUME)
      add_assume(check, item);
  }
}
