#include "cli/ask_part.h"

#include "cli/answer_changes.h"
#include "cli/answer_rule.h"
#include "cli/answer_what_if.h"
#include "cli/answer_why_not.h"
#include "cli/report.h"

int ask_part_count(const AskPart *part)
{
  return (part->why != NULL) + (part->why_not != NULL) + part->changes +
         part->what_if;
}

static void print_why(const View *view, const AskPart *part, Sheet *sheet)
{
  if (part->json)
    json_print(answer_why_json(view, part->rule));
  else
    answer_rule(sheet, view, part->rule);
}

static void print_why_not(const View *view, const AskPart *part, Sheet *sheet)
{
  WhyNot why_not;
  why_not_make(view->arena, view->image, view->situation, part->rule,
               part->budget, &why_not);
  if (part->json)
    json_print(answer_why_not_json(view, part->rule, &why_not));
  else
    answer_why_not(sheet, view, part->rule, &why_not);
}

static void print_changes(const View *view, const AskPart *part, Sheet *sheet)
{
  EveryChange every;
  every_change_make(view->arena, view->image, view->situation, part->budget,
                    &every);
  if (part->json)
    json_print(answer_every_change_json(view, &every));
  else
    answer_every_change(sheet, view, &every);
}

static void print_what_if(const View *view, const AskPart *part, Sheet *sheet)
{
  Answer other;
  View then = {view->arena, view->image, part->other, &other};
  WhatIf both = {view, &then};
  answer_make(view->arena, view->image, part->other, part->budget, &other);
  if (part->json)
    json_print(answer_what_if_json(&both));
  else
    answer_what_if(sheet, &both);
}

void ask_part_print(const View *view, const AskPart *part, Sheet *sheet)
{
  if (part->why)
    print_why(view, part, sheet);
  else if (part->why_not)
    print_why_not(view, part, sheet);
  else if (part->changes)
    print_changes(view, part, sheet);
  else
    print_what_if(view, part, sheet);
}
