#include "compiler/lead.h"

/* ------------------------------------------------------- kinds of words */

bool lead_is_block(int kind) {
  return kind == T_POLICY || kind == T_USE || kind == T_SOURCE
         || kind == T_DECLARED || kind == T_DEFINE
         || kind == T_SIGNS_DECLARED || kind == T_EMERGENCY
         || kind == T_EVERYWHERE || kind == T_BOUNDARY || kind == T_REVIEW
         || kind == T_EXAMPLE || kind == T_PROMISED || kind == T_ASSUMED;
}

bool lead_is_rule(int kind) {
  return kind == T_RULE || kind == T_NEVER || kind == T_EXCEPTION
         || kind == T_HOLDING_BACK || kind == T_OTHERWISE;
}

bool lead_is_clause(int kind) {
  return kind == T_WHEN || kind == T_THEN || kind == T_BECAUSE
         || kind == T_MUST || kind == T_WEIGH || kind == T_REFLECT
         || kind == T_INSTEAD || kind == T_CITES || kind == T_FROM
         || kind == T_UNTIL || kind == T_OPEN || kind == T_ACT
         || kind == T_COUNTS || kind == T_EXPECT;
}

/* Words that start a line in some block, but may also be names. */
bool lead_is_soft(int kind) {
  return kind == T_GIVEN || kind == T_VERSION || kind == T_OWNER
         || kind == T_LAYER || kind == T_IN || kind == T_NEXT || kind == T_IF
         || kind == T_CLAUSE || kind == T_HELP || kind == T_FIXED;
}

/* Whether a fact after `kind` is one that is spoken of, not declared. */
static bool wants_fact(int kind) {
  return kind == T_WHEN || kind == T_AND || kind == T_OR || kind == T_NOT
         || kind == T_OPENING || kind == T_COMMA || kind == T_GIVEN
         || kind == T_OF || kind == T_WITH || kind == T_WEIGH
         || kind == T_ASSUMED;
}

bool lead_is_new_line(const Token *token) {
  if (token->kind == T_PROMISE || token->kind == T_ASSUME)
    return token->fresh;
  return lead_is_block(token->kind) || lead_is_rule(token->kind)
         || lead_is_clause(token->kind) || token->kind == T_END;
}

/* ------------------------------------------------- where something starts */

/* Whether the title of an assumption was the last word. */
static bool is_assumed(const Parse *parse) {
  return parse->lead.kind == T_ASSUMED && parse->lead_age == 1
         && parse_past(parse, 0)->kind == T_TEXT;
}

/* `need` or `signs` starts a declaration if a name and a text follow, or if it
 * starts a line where no condition can go on. */
static bool is_declared(Parse *parse) {
  int before = parse_past(parse, 0)->kind;

  if (before == T_WEIGH) return false;
  if (parse_peek(parse, 2)->kind == T_TEXT) return true;
  return parse->next->fresh && !wants_fact(before) && !is_assumed(parse)
         && !parse_accepts(parse, T_AND);
}

/* Whether `promise` or `assume` is followed as only a declaration is, though a
 * condition was to come and it could be a name. */
static bool is_followed(Parse *parse) {
  int before = parse_past(parse, 0)->kind;
  const Token *after = parse_peek(parse, 1);

  if (!parse->next->fresh || after->fresh || before == T_COMMA
      || (!wants_fact(before) && !is_assumed(parse)))
    return false;
  if (parse->next->kind == T_ASSUME)
    return after->kind == T_NOT || after->kind == T_DIMENSION
           || after->kind == T_OPENING || after->kind == T_TEXT;
  return after->kind == T_NEVER || after->kind == T_HOLD
         || after->kind == T_SILENT || after->kind == T_PROCEED
         || after->kind == T_CONSULT || after->kind == T_AT
         || after->kind == T_HOLDING || after->kind == T_TEXT;
}

void lead_classify(Parse *parse) {
  int kind = parse_peek(parse, 0)->kind;

  if (kind == T_DIMENSION && is_declared(parse))
    parse->next->kind = T_DECLARED;
  else if (kind == T_SIGNS && is_declared(parse))
    parse->next->kind = T_SIGNS_DECLARED;
  else if (kind == T_PROMISE
           && (parse_accepts(parse, T_PROMISED) || is_followed(parse)))
    parse->next->kind = T_PROMISED;
  else if (kind == T_ASSUME
           && (parse_accepts(parse, T_ASSUMED) || is_followed(parse)))
    parse->next->kind = T_ASSUMED;
}

/* Whether what a promise promises comes next, so that `never` is a verdict. */
static bool is_promised(const Parse *parse) {
  int before = parse_past(parse, 0)->kind;

  if (parse->lead.kind != T_PROMISED) return false;
  return before == T_PROMISED || before == T_LEAST || before == T_MOST
         || (before == T_TEXT && parse->lead_age == 1);
}

/* Whether this leading word is meant as one: `expect never` is not. */
bool lead_is_meant(const Parse *parse, const Token *token) {
  int before = parse_past(parse, 0)->kind;

  if (!lead_is_block(token->kind) && !lead_is_rule(token->kind)) return false;
  if (before == T_EXPECT || before == T_NEXT) return false;
  if (token->kind == T_NEVER && is_promised(parse)) return false;
  return token->kind != T_BOUNDARY || parse->lead.kind != T_EXAMPLE
         || parse->lead_age != 1;
}

