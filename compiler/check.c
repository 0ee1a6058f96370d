/* The checker: from loaded files to the checked policy, a concern a call. */
#include "compiler/check.h"

static void init_names(const Check *check, Names *names) {
  table_init(&names->table, check->arena, check->seed);
}

static void init_tables(Check *check) {
  Checked *out = check->out;
  for (int d = 0; d < DIMENSION_COUNT; d++)
    init_names(check, &out->fact_names[d]);
  init_names(check, &out->define_names);
  init_names(check, &out->signs_names);
  init_names(check, &out->source_names);
  init_names(check, &out->boundary_names);
  init_names(check, &out->rule_names);
  init_names(check, &out->tag_names);
  init_names(check, &out->talking.names);
  init_names(check, &out->agreeing.names);
}

void check(Arena *arena, const Loaded *loaded, const Sources *sources,
           Day today, Diagnostics *diagnostics, Checked *checked) {
  *checked = (Checked){.loaded = loaded};
  Check state = {.arena = arena, .sources = sources,
                 .diagnostics = diagnostics, .today = today,
                 .seed = table_seed(arena), .out = checked};
  init_tables(&state);
  check_facts(&state);
  check_supporters(&state);
  check_sources(&state);
  check_boundaries(&state);
  check_named(&state);
  check_rules(&state);
  check_exceptions(&state);
  check_examples(&state);
  check_promises(&state);
  check_warnings(&state);
}
