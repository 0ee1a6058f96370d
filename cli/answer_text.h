/* An answer in words, for a person who is tired and under strain.
 *
 * What must be known first comes first; every part can be read on its own, in
 * one line after the other; nothing rests on colour or columns.
 */
#ifndef STILE_CLI_ANSWER_TEXT_H
#define STILE_CLI_ANSWER_TEXT_H

#include "cli/answer_view.h"
#include "cli/sheet.h"
#include "cli/wording.h"

typedef Vec(Text) Lines;

/* The whole answer.  If no boundary was named: the emergency alone. */
void answer_text(Sheet *sheet, const View *view);
/* Three lines: the verdict (after an emergency), who to talk to or why, and
 * what else must not be missed. */
void answer_brief(Sheet *sheet, const View *view);
/* Every rule with its conditions and the facts they met. */
void answer_trace(Sheet *sheet, const View *view);
/* One rule of them. */
void answer_trace_rule(Sheet *sheet, const View *view, uint32_t rule);

/* ---- the parts, in their order */

/* answer_verdict.c */
void answer_put_emergency(Sheet *sheet, const View *view);
/* "If someone is in danger now: Call 999." */
Text answer_emergency_words(const View *view, uint32_t rule);
/* With the first thing to do alone. */
Text answer_emergency_short(const View *view, uint32_t rule);
/* "Someone is in danger now. Act now, tell afterwards. Call 999." */
Text answer_emergency_now(const View *view, uint32_t rule);
void answer_put_verdict(Sheet *sheet, const View *view);
/* Of an answer that can still change: between what, and if the work ended. */
void answer_put_range(Sheet *sheet, const View *view);
void answer_put_who(Sheet *sheet, const View *view);
/* Who to talk to and who can agree, one sentence each. */
void answer_list_who(const View *view, Lines *lines);
/* answer_why.c */
void answer_put_tension(Sheet *sheet, const View *view);
void answer_put_instead(Sheet *sheet, const View *view);
void answer_put_why(Sheet *sheet, const View *view);
/* A rule's sources, one sentence each; that there is none is one as well. */
uint32_t answer_source_count(const View *view, uint32_t rule);
Text answer_source_words(const View *view, uint32_t rule, uint32_t source);
/* Does the rule say anything about going ahead? */
bool answer_has_finding(const View *view, uint32_t rule);
void answer_put_holding_back(Sheet *sheet, const View *view);
/* answer_duties.c */
void answer_put_duties(Sheet *sheet, const View *view);
void answer_put_weigh(Sheet *sheet, const View *view);
void answer_put_reflect(Sheet *sheet, const View *view);
/* A line to weigh, with what was said of its fact. */
Text answer_weigh_words(const View *view, const Line *line);
/* What is to be done, each thing once, in words. */
typedef struct DutyLists {
  Lines stand, review, open;
} DutyLists;
void answer_list_duties(const View *view, DutyLists *lists);
/* The policy's own heading for what has gone wrong, or ours. */
Text answer_review_title(const View *view);
/* "Tell your manager. By Friday 4 December 2026." */
Text answer_duty_words(const View *view, uint32_t duty);
/* answer_known.c */
void answer_put_not_done(Sheet *sheet, const View *view);
void answer_put_unknown(Sheet *sheet, const View *view);
void answer_put_intention(Sheet *sheet, const View *view);
/* answer_changes.c */
void answer_put_changes(Sheet *sheet, const View *view);
/* answer_text.c */
void answer_put_about(Sheet *sheet, const View *view);

/* ---- words that several parts need: answer_phrase.c */

/* Is the verdict, or while not settled its highest, to hold back? */
bool answer_holds_back(const View *view);
/* The verdict in words, by the tense; or what to do while it is not settled. */
Text answer_verdict_words(const View *view);
/* "Go ahead, with care.": for a verdict among others. */
Text answer_short_words(Verdict verdict);
/* What a rule says, in words. */
Text answer_finding_words(const View *view, uint32_t rule);
/* "supervisor or colleague" */
Text answer_who_words(const View *view, uint32_t rule);
/* Those of them who have been talked with, or agree: "supervisor and
 * colleague"; none if nobody. */
Text answer_who_done(const View *view, uint32_t rule);
/* "Wednesday 25 November 2026" */
Text answer_day_words(const View *view, Day day);
/* The same without the day of the week. */
Text answer_date_words(const View *view, Day day);
/* A value in the policy's plain words, or its name with spaces. */
Text answer_value_words(const View *view, uint32_t value);
/* "a", "a or b", "a, b or c": `last` is WORDING_OR, WORDING_AND or
 * WORDING_AMONG. */
Text answer_list_words(const View *view, const Text *names, uint32_t count,
                       Wording last);
/* What was given for a fact, in plain words; none if nothing was. */
Text answer_given_words(const View *view, uint32_t fact);
/* A fact's question. */
Text answer_question(const View *view, uint32_t fact);
/* "3 months" or "2026-02-01" in the language spoken, the day in words; any
 * other text as it is. */
Text answer_amount_words(const View *view, Text text);
/* A cell of an amount, as the runtime names it, in the language spoken. */
Text answer_bound_words(const View *view, Text text);
/* A text of the image as a sentence. */
Text answer_sentence(const View *view, uint32_t text);
/* Two sentences with a space between; either may be none. */
Text answer_join(const View *view, Text one, Text two);
/* With a capital at its start, if that is one of a to z. */
Text answer_capital(const View *view, Text text);
Text answer_fill(const View *view, Wording id, Text one, Text two);
/* What to know of this answer's language; none if all is as it should be. */
Text answer_language_words(const View *view);
/* What to do when unsure: the policy's own words, or ours. */
Text answer_unsure(const View *view);

#endif
