/* The parts of an answer as blocks of a page: for the agenda, and for looking
 * back. */
#ifndef STILE_CLI_ANSWER_PAGE_H
#define STILE_CLI_ANSWER_PAGE_H

#include "cli/answer_text.h"
#include "cli/page.h"

/* One page to take to supervision.  A boundary must have been named. */
void answer_agenda(const View *view, Page *page);

/* ---- parts; each puts nothing if there is nothing to say */

void page_put_emergency(Page *page, const View *view);
/* What was said of each fact, as question and answer. */
void page_put_facts(Page *page, const View *view);
/* The verdict, and the rules that give it. */
void page_put_says(Page *page, const View *view);
/* A rule's title, reasons and sources. */
void page_put_reason(Page *page, const View *view, uint32_t rule);
void page_put_who(Page *page, const View *view);
/* The lines of one kind of every rule that speaks. */
void page_put_thinking(Page *page, const View *view, LineKind kind);
/* What is to be done, to tick, with its headings. */
void page_put_duties(Page *page, const View *view);
void page_put_policy(Page *page, const View *view);
/* Its first line alone: which policy, its version, and the day. */
void page_put_policy_line(Page *page, const View *view);

#endif
