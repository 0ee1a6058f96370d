/* Asking, and reading the answer. */
#include "runtime/api.h"
#include "runtime/duty.h"

/* The records that it is answered from are needed for a while only. */
static StileStatus ask(StileAnswer *answer, const Situation *situation,
                       uint64_t budget) {
  Arena scratch;
  jmp_buf escape;
  Image image;
  arena_init(&scratch, &answer->owner.memory, 0, &escape);
  scratch.passing = true;
  if (setjmp(answer->owner.escape) != 0) {
    arena_clear(&scratch);
    return STILE_NO_MEMORY;
  }
  if (setjmp(escape) != 0) {
    arena_clear(&scratch);
    return STILE_NO_MEMORY;
  }
  image_lean_unpack(&scratch, &answer->policy->lean, &image);
  answer_make(&answer->owner.arena, &image, situation, budget,
              &answer->answer);
  arena_clear(&scratch);
  return STILE_OK;
}

StileStatus stile_ask(const StileSituation *situation, uint64_t budget,
                      StileAnswer **answer) {
  StileAnswer *made =
      api_create(&situation->policy->owner.memory, sizeof *made);
  StileStatus status;
  *answer = NULL;
  if (!made) return STILE_NO_MEMORY;
  made->policy = situation->policy;
  made->as_of = situation->situation.as_of;
  status = ask(made, &situation->situation, budget);
  if (status == STILE_OK)
    *answer = made;
  else
    api_destroy(made);
  return status;
}

void stile_answer_destroy(StileAnswer *answer) { api_destroy(answer); }

void stile_answer_summary(const StileAnswer *answer, StileSummary *summary) {
  const Answer *from = &answer->answer;
  *summary = (StileSummary){.in_scope = from->in_scope,
                            .settled = from->settled,
                            .exhausted = from->exhausted,
                            .low = (StileVerdict)from->low,
                            .high = (StileVerdict)from->high,
                            .may_harm = (StileState)from->may_harm,
                            .tension = (StileState)from->tension,
                            .emergency = (StileState)from->emergency,
                            .deciding = from->deciding_count,
                            .reasons = from->reason_count,
                            .questions = from->question_count,
                            .changes = from->change_count,
                            .work = from->work};
}

bool stile_answer_rule(const StileAnswer *answer, uint32_t rule,
                       StileRuleAnswer *result) {
  const RuleAnswer *from;
  if (rule >= answer->policy->lean.image.rules.count) return false;
  from = &answer->answer.rules[rule];
  *result = (StileRuleAnswer){(StileStanding)from->standing,
                              (StileState)from->condition,
                              (StileVerdict)from->counts, from->agreed};
  return true;
}

bool stile_answer_duty(const StileAnswer *answer, uint32_t duty,
                       StileDutyAnswer *result) {
  const LeanImage *lean = &answer->policy->lean;
  Duty from;
  if (duty >= lean->image.duties.count) return false;
  image_lean_record(lean, LIST_duties, duty, &from);
  *result = (StileDutyAnswer){(StileState)answer->answer.duties[duty],
                              api_day(duty_due(&from, answer->as_of))};
  return true;
}

uint32_t stile_answer_deciding(const StileAnswer *answer, uint32_t index) {
  if (index >= answer->answer.deciding_count) return STILE_NONE;
  return answer->answer.deciding[index];
}

uint32_t stile_answer_reason(const StileAnswer *answer, uint32_t index) {
  if (index >= answer->answer.reason_count) return STILE_NONE;
  return answer->answer.reasons[index];
}

bool stile_answer_question(const StileAnswer *answer, uint32_t index,
                           StileQuestion *result) {
  const Question *from;
  if (index >= answer->answer.question_count) return false;
  from = &answer->answer.questions[index];
  *result = (StileQuestion){from->fact, from->matters};
  return true;
}

bool stile_answer_change(const StileAnswer *answer, uint32_t index,
                         StileChange *result) {
  const Change *from;
  if (index >= answer->answer.change_count) return false;
  from = &answer->answer.changes[index];
  *result = (StileChange){.verdict = (StileVerdict)from->verdict,
                          .steps = from->step_count};
  for (uint32_t i = 0; i < from->step_count; i++) {
    result->step[i].fact = from->steps[i].fact;
    result->step[i].to = api_text(from->steps[i].to);
  }
  return true;
}
