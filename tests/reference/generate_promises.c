#include "tests/reference/generate_parts.h"

/* Promises and assumes change no answer.  A policy whose promise is about a
 * duty that it does not have is refused. */

static void put_scope(Generator *g, Buffer *out) {
  uint32_t first = random_below(g->random, g->boundary_count);
  if (random_chance(g->random, 50)) return;
  buffer_format(out, " in b%u", (unsigned)first);
  for (uint32_t b = 0; b < g->boundary_count; b++)
    if (b != first && random_chance(g->random, 50))
      buffer_format(out, ", b%u", (unsigned)b);
}

static void put_promised(Generator *g, Buffer *out) {
  static const char *const verdicts[] = {
      "silent", "proceed", "proceed with care", "consult", "hold", "never"};
  uint32_t one = random_below(g->random, 6);
  switch (random_below(g->random, 6)) {
    case 0: buffer_put_c(out, verdicts[one]); break;
    case 1: buffer_format(out, "%s nowhere", verdicts[one]); break;
    case 2: buffer_format(out, "at least %s", verdicts[one ? one : 3]); break;
    case 3: buffer_format(out, "at most %s", verdicts[one % 4 + 1]); break;
    case 4: buffer_put_c(out, "holding back may harm"); break;
    default: buffer_put_c(out, "must do"); break;
  }
}

static void put_promise(Generator *g, Buffer *out) {
  Buffer condition = {.arena = g->arena};
  Touches may = {true, true, false};
  buffer_put_c(out, "promise ");
  if (random_chance(g->random, 30)) buffer_put_c(out, "\"A promise\" ");
  put_promised(g, out);
  put_scope(g, out);
  if (random_chance(g->random, 80) &&
      part_condition(g, &condition, 2, may, NULL))
    buffer_format(out, "\n  when %.*s", TEXT_ARG(buffer_text(&condition)));
  if (random_chance(g->random, 30)) buffer_put_c(out, "\n  because \"So.\"");
  buffer_put_char(out, '\n');
}

static void put_assume(Generator *g, Buffer *out) {
  Buffer condition = {.arena = g->arena};
  Touches may = {false, true, false};
  if (!part_condition(g, &condition, 2, may, NULL)) return;
  buffer_format(out, "assume%s %.*s\n",
                random_chance(g->random, 30) ? " \"An assume\"\n " : "",
                TEXT_ARG(buffer_text(&condition)));
}

void part_promises(Generator *g, Buffer *out) {
  uint32_t promises = random_below(g->random, 4);
  if (random_chance(g->random, 50)) return;
  for (uint32_t i = 0; i < promises; i++) put_promise(g, out);
  if (random_chance(g->random, 50)) put_assume(g, out);
}
