/* Columns of the installed interface. */
#include "runtime/api_decide.h"

/* Everything that is needed for a while only lies in `scratch`. */
static StileStatus prepare(StileDecider *decider) {
  Arena scratch, *arena = &decider->owner.arena;
  jmp_buf escape;
  arena_init(&scratch, &decider->owner.memory, 0, &escape);
  if (setjmp(decider->owner.escape) != 0) {
    arena_clear(&scratch);
    return STILE_NO_MEMORY;
  }
  if (setjmp(escape) != 0) {
    arena_clear(&scratch);
    return STILE_NO_MEMORY;
  }
  Columns *made = ARENA_NEW(arena, Columns);
  columns_make(arena, &scratch, &decider->packed, made);
  arena_clear(&scratch);
  decider->columns = made;
  return STILE_OK;
}

static bool is_sound(const StileColumn *columns, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    if (!columns[i].values || columns[i].width > STILE_INT64) return false;
  return true;
}

StileStatus stile_decide_columns(StileDecider *decider,
                                 const StileColumn *columns, uint32_t count,
                                 size_t rows,
                                 const StileColumnAnswers *answers,
                                 size_t *done) {
  *done = 0;
  if (!answers->rules != !answers->rule_offsets || !is_sound(columns, count))
    return STILE_WRONG_USE;
  if (!decider->columns) {
    StileStatus status = api_complete(decider);
    if (status == STILE_OK) status = prepare(decider);
    if (status != STILE_OK) return status;
  }
  if (!columns_take(decider->columns, columns, count)) return STILE_WRONG_USE;
  *done = columns_decide(decider->columns, rows, answers);
  return STILE_OK;
}
