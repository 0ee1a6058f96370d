#include "base/diagnostic.h"

#define MOST_UNLESS_SAID 100

static bool same_place(Span a, Span b) {
  return a.file == b.file && a.start == b.start && a.end == b.end;
}

static bool same_mistake(const Diagnostic *a, const Diagnostic *b) {
  return a->span.start == b->span.start && a->code == b->code
         && a->severity == b->severity && same_place(a->span, b->span)
         && (a->span.file || text_equal(a->message, b->message));
}

static bool starts_after(Span a, Span b) {
  return a.file != b.file ? a.file > b.file : a.start > b.start;
}

/* Most come in the order of their places: then there is nothing to look at. */
static bool is_known(const Diagnostics *all, const Diagnostic *one) {
  if (starts_after(one->span, all->furthest)) return false;
  for (uint32_t i = 0; i < all->list.count; i++)
    if (same_mistake(&all->list.at[i], one)) return true;
  return false;
}

/* Counts one of this severity; false if there are too many to keep it. */
static bool count_one(Diagnostics *all, Severity severity) {
  uint32_t most = all->most ? all->most : MOST_UNLESS_SAID;
  uint32_t *count =
      severity == SEVERITY_ERROR ? &all->errors : &all->warnings;

  if (*count < UINT32_MAX) ++*count;
  return *count <= most;
}

/* Whether there is room for one more of this severity. */
static bool has_room(const Diagnostics *all, Severity severity) {
  uint32_t most = all->most ? all->most : MOST_UNLESS_SAID;

  return (severity == SEVERITY_ERROR ? all->errors : all->warnings) < most;
}

/* Keeps `one` if it is new and there is room; returns where it lies.  What is
 * not kept needs no message, but where it takes one to tell it apart. */
__attribute__((format(printf, 3, 0))) static Diagnostic *
keep(Diagnostics *all, Diagnostic one, const char *format, va_list list) {
  Diagnostic *kept = &all->spare;

  one.speech = all->speech;
  if (!one.span.file || has_room(all, one.severity))
    one.message = speech_format_list(all->arena, all->speech, format, list);
  if (!is_known(all, &one) && count_one(all, one.severity)) {
    kept = VEC_ADD(all->arena, &all->list);
    if (starts_after(one.span, all->furthest)) all->furthest = one.span;
  }
  *kept = one;
  return kept;
}

Diagnostic *diagnostic_error(Diagnostics *all, uint16_t code, Span span,
                             const char *format, ...) {
  Diagnostic one = {.code = code, .severity = SEVERITY_ERROR, .span = span};
  Diagnostic *kept;
  va_list list;

  va_start(list, format);
  kept = keep(all, one, format, list);
  va_end(list);
  return kept;
}

Diagnostic *diagnostic_warning(Diagnostics *all, uint16_t code, Span span,
                               const char *format, ...) {
  Diagnostic one = {.code = code, .severity = SEVERITY_WARNING, .span = span};
  Diagnostic *kept;
  va_list list;

  va_start(list, format);
  kept = keep(all, one, format, list);
  va_end(list);
  return kept;
}

void diagnostic_help(Diagnostics *all, Diagnostic *one, const char *format,
                     ...) {
  va_list list;

  if (one == &all->spare) return;
  va_start(list, format);
  one->help = speech_format_list(all->arena, all->speech, format, list);
  va_end(list);
}

void diagnostic_relate(Diagnostics *all, Diagnostic *one, Span span,
                       const char *format, ...) {
  Related **last = &one->related;
  Related *related;
  va_list list;

  if (one == &all->spare) return;
  while (*last) last = &(*last)->next;
  related = ARENA_NEW(all->arena, Related);
  related->span = span;
  va_start(list, format);
  related->message =
      speech_format_list(all->arena, all->speech, format, list);
  va_end(list);
  *last = related;
}

const char *diagnostic_kind(const Diagnostic *one) {
  return one->severity == SEVERITY_ERROR ? N_("error") : N_("warning");
}

static bool stands_before(const Diagnostic *a, const Diagnostic *b) {
  if (a->span.file != b->span.file || a->span.start != b->span.start)
    return starts_after(b->span, a->span);
  return a->severity < b->severity;
}

/* By insertion: the list is short, mostly in order, and equals stay put. */
void diagnostic_sort(Diagnostics *all) {
  for (uint32_t i = 1; i < all->list.count; i++) {
    Diagnostic one = all->list.at[i];
    uint32_t at = i;

    for (; at && stands_before(&one, &all->list.at[at - 1]); at--)
      all->list.at[at] = all->list.at[at - 1];
    all->list.at[at] = one;
  }
}
