/* Situations of the installed interface: read whole, or built fact by fact. */
#include <string.h>
#include "runtime/api.h"
#include "runtime/situation_read.h"

/* ---------------------------------------------------------------- creating */

static StileStatus fill(StileSituation *situation, Day as_of) {
  const Image *image = &situation->policy->lean.image;
  if (setjmp(situation->owner.escape) != 0) return STILE_NO_MEMORY;
  situation_init(&situation->owner.arena, image, as_of,
                 &situation->situation);
  return STILE_OK;
}

static StileStatus keep(StileStatus status, StileSituation *made,
                        StileSituation **situation) {
  if (status == STILE_OK)
    *situation = made;
  else
    api_destroy(made);
  return status;
}

static StileSituation *create(const StilePolicy *policy) {
  StileSituation *made = api_create(&policy->owner.memory, sizeof *made);
  if (made) made->policy = policy;
  return made;
}

StileStatus stile_situation_create(const StilePolicy *policy, StileDay as_of,
                                   StileSituation **situation) {
  StileSituation *made;
  Day day;
  *situation = NULL;
  if (!api_read_day(as_of, &day)) return STILE_WRONG_USE;
  made = create(policy);
  if (!made) return STILE_NO_MEMORY;
  return keep(fill(made, day), made, situation);
}

/* ----------------------------------------------------------------- reading */

static StileStatus tell(StileSituation *situation, bool fine,
                        const Sources *sources, Diagnostics *diagnostics,
                        StileMessages **messages) {
  StileStatus status = api_messages(&situation->owner.memory, sources,
                                    diagnostics, messages);
  if (status != STILE_OK || fine) return status;
  return STILE_ERROR_IN_SITUATION;
}

static StileStatus read(StileSituation *situation, Text bytes, Day today,
                        StileMessages **messages) {
  Arena *arena = &situation->owner.arena;
  Diagnostics diagnostics = {.arena = arena};
  Sources sources = {{0}};
  Cases cases = {0};
  uint32_t file;
  bool fine;
  if (setjmp(situation->owner.escape) != 0) return STILE_NO_MEMORY;
  file = source_add(arena, &sources, TEXT("situation"),
                    text_copy(arena, bytes));
  fine = situation_read(arena, &situation->policy->lean.image, &sources,
                        file, today, false, &diagnostics, &cases) &&
         cases.count == 1;
  if (fine) situation->situation = cases.at[0].situation;
  return tell(situation, fine, &sources, &diagnostics, messages);
}

StileStatus stile_situation_read(const StilePolicy *policy, const char *bytes,
                                 size_t length, StileDay today,
                                 StileSituation **situation,
                                 StileMessages **messages) {
  StileSituation *made;
  Day day;
  *situation = NULL;
  if (messages) *messages = NULL;
  if (!api_read_day(today, &day) || length >= UINT32_MAX)
    return STILE_WRONG_USE;
  made = create(policy);
  if (!made) return STILE_NO_MEMORY;
  return keep(read(made, (Text){bytes, (uint32_t)length}, day, messages),
              made, situation);
}

/* ----------------------------------------------------------------- setting */

StileStatus stile_situation_set(StileSituation *situation, const char *fact,
                                const char *value, StileMessages **messages) {
  const Image *image = &situation->policy->lean.image;
  Arena *arena = &situation->owner.arena;
  Diagnostics diagnostics = {.arena = arena};
  Sources sources = {{0}};
  Given given = {0};
  StileStatus status;
  uint32_t index;
  bool fine;
  if (messages) *messages = NULL;
  if (setjmp(situation->owner.escape) != 0) return STILE_NO_MEMORY;
  Span span = {source_add(arena, &sources, TEXT("situation"),
                          text_copy(arena, text_of(value))),
               0, (uint32_t)strlen(value)};
  index = fact_find(arena, image, text_of(fact), span, &diagnostics);
  fine = index != NONE &&
         given_read(arena, image, index, sources.files.at[0].text,
                    situation->situation.as_of, span, &diagnostics, &given);
  status = tell(situation, fine, &sources, &diagnostics, messages);
  if (status == STILE_OK) situation->situation.facts[index] = given;
  return status;
}

StileStatus stile_situation_set_boundary(StileSituation *situation,
                                         const char *name) {
  uint32_t boundary =
      boundary_find(&situation->policy->lean.image, text_of(name));
  if (boundary == NONE) return STILE_WRONG_USE;
  situation->situation.boundary = boundary;
  return STILE_OK;
}

void stile_situation_set_tense(StileSituation *situation, StileTense tense) {
  situation->situation.tense = (Tense)tense;
}

void stile_situation_destroy(StileSituation *situation) {
  api_destroy(situation);
}
