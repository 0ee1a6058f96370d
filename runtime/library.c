#include "runtime/library.h"

#include <string.h>

#include "runtime/image_file.h"
#include "runtime/situation_read.h"
#include "runtime/terms.h"

#define NO_MEMORY "There is not enough memory.\n"

struct StileAnswer {
  Arena arena;
  jmp_buf escape;
  const StilePolicy *policy;
  StileStatus status;
  const char *messages;
  Answer answer;
  const char **rules;  /* the full name of every rule of the image */
  const char **titles; /* and its title */
  Vec(StileDuty) duties;
  Vec(StileState) duty_states;
  Vec(StileQuestion) questions;
  Vec(uint32_t) listed; /* the rules that belong to this answer */
};

/* -------------------------------------------------------------- policies */

StilePolicy *library_policy_create(void)
{
  Arena arena;
  jmp_buf escape;
  arena_init(&arena, &memory_default, 0, &escape);
  if (setjmp(escape) != 0) return NULL;
  StilePolicy *policy = ARENA_NEW(&arena, StilePolicy);
  policy->arena = arena;
  policy->arena.escape = &policy->escape;
  policy->status = STILE_MACHINE;
  policy->messages = NO_MEMORY;
  policy->diagnostics = (Diagnostics){.arena = &policy->arena};
  return policy;
}

const char *library_messages(Arena *arena, const Sources *sources,
                             Diagnostics *diagnostics)
{
  Buffer out = {.arena = arena};
  diagnostic_sort(diagnostics);
  for (uint32_t i = 0; i < diagnostics->list.count; i++)
    diagnostic_print(&out, sources, &diagnostics->list.at[i], false);
  return text_copy(arena, buffer_text(&out)).at;
}

void library_policy_finish(StilePolicy *policy)
{
  enum { E_IMAGE = 601 };
  ImageFault fault;
  if (image_read(&policy->arena, policy->bytes, &policy->image, &fault)) {
    policy->status = STILE_DONE;
    return;
  }
  policy->status = STILE_FINDINGS;
  diagnostic_error(&policy->diagnostics, E_IMAGE, (Span){0},
                   "This is not a sound policy image. At byte %u: %s",
                   fault.offset, fault.message);
}

StilePolicy *library_no_memory(StilePolicy *policy)
{
  if (!policy) return NULL;
  policy->status = STILE_MACHINE;
  policy->messages = NO_MEMORY;
  return policy;
}

StilePolicy *stile_policy_read(const void *bytes, size_t length)
{
  StilePolicy *policy = library_policy_create();
  if (!policy || setjmp(policy->escape) != 0)
    return library_no_memory(policy);
  if (length > UINT32_MAX) return policy;
  Text given = {bytes, (uint32_t)length};
  policy->bytes = text_copy(&policy->arena, given);
  library_policy_finish(policy);
  policy->messages = library_messages(&policy->arena, &policy->sources,
                                      &policy->diagnostics);
  return policy;
}

StileStatus stile_policy_status(const StilePolicy *policy)
{
  return policy->status;
}

const char *stile_policy_messages(const StilePolicy *policy)
{
  return policy->messages;
}

const void *stile_policy_image(const StilePolicy *policy, size_t *length)
{
  bool done = policy->status == STILE_DONE;
  *length = done ? policy->bytes.length : 0;
  return done ? policy->bytes.at : NULL;
}

void stile_policy_destroy(StilePolicy *policy)
{
  if (!policy) return;
  Arena arena = policy->arena;
  arena_clear(&arena);
}

/* ------------------------------------------------------- making answers */

static StileAnswer *create_answer(const StilePolicy *policy)
{
  Arena arena;
  jmp_buf escape;
  arena_init(&arena, &memory_default, 0, &escape);
  if (setjmp(escape) != 0) return NULL;
  StileAnswer *answer = ARENA_NEW(&arena, StileAnswer);
  answer->arena = arena;
  answer->arena.escape = &answer->escape;
  answer->policy = policy;
  answer->status = STILE_MACHINE;
  answer->messages = NO_MEMORY;
  return answer;
}

static const char *words(StileAnswer *answer, uint32_t text)
{
  const Image *image = &answer->policy->image;
  return text_copy(&answer->arena, image_text(image, text)).at;
}

static void list_rules(StileAnswer *answer)
{
  const Image *image = &answer->policy->image;
  Arena *arena = &answer->arena;
  answer->rules = ARENA_ARRAY(arena, image->rules.count, const char *);
  answer->titles = ARENA_ARRAY(arena, image->rules.count, const char *);
  for (uint32_t i = 0; i < image->rules.count; i++) {
    const Rule *rule = &image->rules.at[i];
    answer->rules[i] = words(answer, rule->full_name);
    answer->titles[i] = words(answer, rule->title);
    if (answer->answer.rules[i].standing != STANDING_ELSEWHERE)
      VEC_PUSH(arena, &answer->listed, i);
  }
}

static void list_duties(StileAnswer *answer)
{
  const Image *image = &answer->policy->image;
  for (uint32_t i = 0; i < image->duties.count; i++) {
    const Duty *duty = &image->duties.at[i];
    if (answer->answer.duties[i] == THREE_NO) continue;
    StileDuty one = {words(answer, duty->tag), words(answer, duty->text),
                     answer->rules[duty->rule]};
    VEC_PUSH(&answer->arena, &answer->duties, one);
    VEC_PUSH(&answer->arena, &answer->duty_states,
             (StileState)answer->answer.duties[i]);
  }
}

static void list_questions(StileAnswer *answer)
{
  const Image *image = &answer->policy->image;
  for (uint32_t i = 0; i < answer->answer.question_count; i++) {
    const Fact *fact = &image->facts.at[answer->answer.questions[i].fact];
    Text name = text_format(&answer->arena, "%s.%.*s",
                            term_dimension((Dimension)fact->dimension),
                            TEXT_ARG(image_text(image, fact->name)));
    StileQuestion one = {name.at, words(answer, fact->question)};
    VEC_PUSH(&answer->arena, &answer->questions, one);
  }
}

/* Reads the one situation and asks.  False if it does not fit. */
static bool ask(StileAnswer *answer, Text situation, Day today,
                Sources *sources, Diagnostics *diagnostics)
{
  const Image *image = &answer->policy->image;
  Cases cases = {0};
  uint32_t file = source_add(&answer->arena, sources, TEXT("situation"),
                             text_copy(&answer->arena, situation));
  if (!situation_read(&answer->arena, image, sources, file, today, false,
                      diagnostics, &cases) || cases.count != 1)
    return false;
  answer_make(&answer->arena, image, &cases.at[0].situation, 0,
              &answer->answer);
  return answer->answer.in_scope;
}

StileAnswer *stile_ask(const StilePolicy *policy, const char *situation,
                       size_t length, const char *today)
{
  StileAnswer *answer = create_answer(policy);
  if (!answer) return NULL;
  if (setjmp(answer->escape) != 0) {
    answer->status = STILE_MACHINE;
    answer->messages = NO_MEMORY;
    return answer;
  }
  Sources sources = {0};
  Diagnostics diagnostics = {.arena = &answer->arena};
  Day day;
  answer->status = STILE_MISFIT;
  if (length > UINT32_MAX || !day_read(text_of(today), &day)) {
    answer->messages = "The day is written YYYY-MM-DD.\n";
    return answer;
  }
  if (ask(answer, (Text){situation, (uint32_t)length}, day, &sources,
          &diagnostics)) {
    list_rules(answer);
    list_duties(answer);
    list_questions(answer);
    answer->status = STILE_DONE;
  }
  answer->messages =
      library_messages(&answer->arena, &sources, &diagnostics);
  return answer;
}

/* ------------------------------------------------------ reading answers */

StileStatus stile_answer_status(const StileAnswer *answer)
{
  return answer->status;
}

const char *stile_answer_messages(const StileAnswer *answer)
{
  return answer->messages;
}

bool stile_answer_settled(const StileAnswer *answer)
{
  return answer->status == STILE_DONE && answer->answer.settled;
}

StileVerdict stile_answer_verdict(const StileAnswer *answer)
{
  return (StileVerdict)answer->answer.high;
}

StileVerdict stile_answer_lowest(const StileAnswer *answer)
{
  return (StileVerdict)answer->answer.low;
}

StileState stile_answer_holding_back(const StileAnswer *answer)
{
  return (StileState)answer->answer.may_harm;
}

StileState stile_answer_emergency(const StileAnswer *answer)
{
  return (StileState)answer->answer.emergency;
}

static bool is_deciding(const Answer *answer, uint32_t rule)
{
  for (uint32_t i = 0; i < answer->deciding_count; i++)
    if (answer->deciding[i] == rule) return true;
  return false;
}

bool stile_answer_rule(const StileAnswer *answer, size_t index,
                       StileRule *rule)
{
  if (index >= answer->listed.count) return false;
  uint32_t i = answer->listed.at[index];
  const Answer *made = &answer->answer;
  *rule = (StileRule){answer->rules[i], answer->titles[i],
                      (StileStanding)made->rules[i].standing,
                      is_deciding(made, i)};
  return true;
}

bool stile_answer_duty(const StileAnswer *answer, size_t index,
                       StileDuty *duty, StileState *state)
{
  if (index >= answer->duties.count) return false;
  *duty = answer->duties.at[index];
  *state = answer->duty_states.at[index];
  return true;
}

bool stile_answer_question(const StileAnswer *answer, size_t index,
                           StileQuestion *question)
{
  if (index >= answer->questions.count) return false;
  *question = answer->questions.at[index];
  return true;
}

void stile_answer_destroy(StileAnswer *answer)
{
  if (!answer) return;
  Arena arena = answer->arena;
  arena_clear(&arena);
}
