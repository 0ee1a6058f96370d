#include "compiler/parse.h"

#include <string.h>

#include "compiler/habit.h"
#include "compiler/lead.h"
#include "compiler/mistake.h"

/* ----------------------------------------------------- words and reports */

/* Makes room behind the words that are read ahead. */
static void make_room(Parse *parse) {
  Token *from = parse->next - TOKENS_KEPT;

  if (parse->next + parse->ahead_count < parse->tokens + TOKENS_ROOM) return;
  memmove(parse->tokens, from,
          (TOKENS_KEPT + parse->ahead_count) * sizeof *from);
  parse->next = parse->tokens + TOKENS_KEPT;
}

void parse_read_ahead(Parse *parse) {
  make_room(parse);
  scan_next(&parse->scan, &parse->next[parse->ahead_count++]);
}

/* Leaves the next word out. */
static void drop(Parse *parse) {
  Token *kept = parse_peek(parse, 0) - TOKENS_KEPT;

  memmove(kept + 1, kept, TOKENS_KEPT * sizeof *kept);
  parse->ahead_count--;
  parse->next++;
}

/* Makes `token` the next word. */
static void insert(Parse *parse, const Token *token) {
  make_room(parse);
  memmove(parse->next + 1, parse->next,
          parse->ahead_count * sizeof *parse->next);
  *parse->next = *token;
  parse->ahead_count++;
}

/* The line that `offset` is on. */
static Span line_around(Parse *parse, uint32_t offset) {
  Span line = {parse->file, offset, offset};

  if (parse->line.file && offset >= parse->line.start
      && offset <= parse->line.end)
    return parse->line;
  while (line.start && parse->text.at[line.start - 1] != '\n') line.start--;
  while (line.end < parse->text.length && parse->text.at[line.end] != '\n')
    line.end++;
  parse->line = line;
  return line;
}

/* Whether the scanner had a mistake on this line, before `span`. */
static bool is_heard(const Parse *parse, Span line, Span span) {
  for (uint32_t i = parse->heard.list.count; i-- > 0;) {
    Span one = parse->heard.list.at[i].span;

    if (one.end < line.start) return false;
    if (one.start <= span.start && parse->heard.list.at[i].code) return true;
  }
  return false;
}

/* Takes back what was said of the name at `span`: none was meant. */
static void forget_heard(Parse *parse, Span span) {
  for (uint32_t i = parse->heard.list.count; i-- > 0;) {
    Diagnostic *one = &parse->heard.list.at[i];

    if (one->span.end < span.start) return;
    if (one->span.start != span.start
        || (one->code != 126 && (one->code < 103 || one->code > 106)))
      continue;
    one->code = 0;
    return;
  }
}

void parse_report(Parse *parse, uint16_t code, Span span, const char *help,
                  const char *format, ...) {
  Span line = line_around(parse, span.start);
  Diagnostic *one;
  va_list list;
  Text message;

  if (is_heard(parse, line, span)) return;
  if (parse->diagnostics->errors > ERRORS_TOLD) {
    parse->diagnostics->errors++;
    return;
  }
  va_start(list, format);
  message = text_format_list(parse->arena, format, list);
  va_end(list);
  one = diagnostic_error(parse->diagnostics, code, span, "%.*s",
                         TEXT_ARG(message));
  if (help) diagnostic_help(parse->diagnostics, one, "%s", help);
}

/* ------------------------------------------------------ taking one word */

static void check_line_start(Parse *parse, const Token *token) {
  Text word;

  if (token->fresh) return;
  word = parse_words(parse, token->span);
  parse_report(parse, 140, token->span, "Start a new line before it.",
               "`%.*s` starts something new, so it starts a line.",
               TEXT_ARG(word));
}

/* Keeps in mind what the author is in the middle of. */
static void note_lead(Parse *parse, const Token *token) {
  if (lead_is_meant(parse, token)) {
    check_line_start(parse, token);
    parse->lead = *token;
    parse->lead_name = NO_WORD;
    parse->lead_age = 0;
    return;
  }
  parse->lead_age++;
  if (parse->lead.kind == T_PROMISED || parse->lead.kind == T_ASSUMED) return;
  if (parse->lead_age == 1 && token->kind != T_TEXT)
    parse->lead_name = token->value.T_NAME;
}

static void note_nesting(Parse *parse, const Token *token) {
  if (token->kind == T_NOT) {
    parse->depth++;
  } else if (token->kind == T_OPENING) {
    parse->depths[parse->bracket_count] = (uint16_t)parse->depth;
    parse->brackets[parse->bracket_count++] = token->span;
    parse->depth++;
  } else if (token->kind == T_CLOSING && parse->bracket_count) {
    parse->depth = parse->depths[--parse->bracket_count];
  } else {
    parse->depth = 0;
    if (parse->bracket_count)
      parse->depth = parse->depths[parse->bracket_count - 1] + 1U;
  }
}

static void push(Parse *parse, Token *token) {
  grammar_push_parse(parse->grammar, token->kind, &token->value, &token->span,
                     parse);
}

/* Takes the next word, which the grammar accepts. */
static void take(Parse *parse) {
  Token *token = parse->next;

  note_nesting(parse, token);
  note_lead(parse, token);
  parse->next++;
  parse->ahead_count--;
  if (parse->past_count < TOKENS_KEPT) parse->past_count++;
  push(parse, token);
  parse->spoiled = 0;
}

/* ------------------------------------------------------- after a mistake */

static bool names_fact(int kind) {
  return kind == T_INTENTION || kind == T_DIMENSION || kind == T_DECLARED
         || kind == T_SIGNS || kind == T_SIGNS_DECLARED;
}

/* Whether a fact at the start of a line could belong to a lost condition. */
static bool in_condition(const Parse *parse) {
  int lead = parse->lead.kind;

  return lead_is_rule(lead) || lead == T_DEFINE || lead == T_SIGNS_DECLARED
         || lead == T_EMERGENCY || lead == T_EXAMPLE || lead == T_PROMISED
         || lead == T_ASSUMED;
}

/* Whether `token` is, or was to be, the beginning of a rule or a block. */
static bool is_head(Parse *parse, const Token *token) {
  const Token *after = parse_peek(parse, 1);

  if (lead_is_rule(token->kind) || lead_is_block(token->kind)) return true;
  return token->kind == T_NAME && token->fresh && !after->fresh
         && after->kind == T_NAME;
}

/* Whether reading can go on at the next word. */
static bool can_resume(Parse *parse) {
  Token next = *parse_peek(parse, 0);

  if (next.kind == T_END) return true;
  if (!next.fresh) return false;
  if (next.kind == T_BOUNDARY && parse_peek(parse, 2)->kind == T_ON)
    return false;
  if (names_fact(next.kind) && in_condition(parse)
      && parse_peek(parse, 2)->kind != T_TEXT)
    return false;
  if (parse->headless && lead_is_clause(next.kind)) return false;
  if (next.kind == T_INTENTION) return parse_accepts(parse, T_INTENTION);
  lead_classify(parse);
  next.kind = parse->next->kind;
  return (lead_is_block(next.kind) || lead_is_rule(next.kind)
          || lead_is_clause(next.kind) || lead_is_soft(next.kind))
         && parse_accepts(parse, next.kind);
}

/* Whether the thing being read could end here. */
static bool is_whole(Parse *parse) {
  return parse_accepts(parse, T_END);
}

/* Whether the scanner found fault with the word before. */
static bool follows_heard(const Parse *parse) {
  Span before = parse_past(parse, 0)->span;

  for (uint32_t i = parse->heard.list.count; i-- > 0;) {
    const Diagnostic *one = &parse->heard.list.at[i];

    if (one->span.end < before.start) return false;
    if (one->span.start == before.start && one->code) return true;
  }
  return false;
}

/* Reports the next word, unless that follows from a mistake already told. */
static void report_wrong(Parse *parse, const Token *wrong) {
  Span line = line_around(parse, wrong->span.start);

  if (parse_accepts(parse, T_TEXT) || habit_date(parse, wrong))
    forget_heard(parse, wrong->span);
  if (parse->mended == line.end || is_heard(parse, line, wrong->span)) return;
  if (parse->past_count && follows_heard(parse)) return;
  mistake_report(parse, wrong);
  line.start = wrong->span.start;
  VEC_PUSH(parse->arena, &parse->muted, line);
}

/* Reports the next word, and goes on where a new line can be read. */
static void recover(Parse *parse) {
  Token wrong = *parse_peek(parse, 0);

  report_wrong(parse, &wrong);
  parse->headless = is_head(parse, &wrong);
  parse->spoiled = parse_past(parse, 0)->span.end;
  parse->bracket_count = parse->depth = 0;
  if (!is_whole(parse)) {
    push(parse, &wrong);
    wrong.kind = T_MEND;
    wrong.span.end = wrong.span.start;
    push(parse, &wrong);
  }
  while (!can_resume(parse)) drop(parse);
  parse->headless = false;
}

/* Brackets that are still open where a new line starts are closed. */
static void close_brackets(Parse *parse, const Token *token) {
  Token closing = {.kind = T_CLOSING};
  Diagnostic *one;
  Span open = parse->brackets[parse->bracket_count - 1];

  closing.span = (Span){parse->file, parse_past(parse, 0)->span.end,
                        parse_past(parse, 0)->span.end};
  one = diagnostic_error(parse->diagnostics, 133, open,
                         "The bracket that opens here is never closed.");
  diagnostic_help(parse->diagnostics, one, "Put `)` where the list or the"
                  " condition ends, before this.");
  diagnostic_relate(parse->diagnostics, one, token->span,
                    "Something new starts here.");
  while (parse->bracket_count && parse_accepts(parse, T_CLOSING)) {
    insert(parse, &closing);
    take(parse);
  }
}

/* Deals with nesting past the limit: the whole bracket is left out. */
static bool is_too_deep(Parse *parse, const Token *token) {
  if (token->kind != T_OPENING && token->kind != T_NOT) return false;
  return parse->depth >= NEST_MOST;
}

static void skip_deep(Parse *parse) {
  Token token = *parse_peek(parse, 0);
  uint32_t open = 0;

  parse_report(parse, 139, token.span,
               "Give a part of it a name of its own with `define`.",
               "This condition has more than %d brackets in each other.",
               NEST_MOST);
  do {
    token = *parse_peek(parse, 0);
    if (token.kind == T_OPENING) open++;
    if (token.kind == T_CLOSING && open) open--;
    if (token.kind == T_END || (token.fresh && lead_is_new_line(&token))) break;
    drop(parse);
  } while (open || token.kind == T_NOT);
  token.kind = T_NAME; /* a name of nothing stands for all that */
  token.value.T_NAME = NO_WORD;
  insert(parse, &token);
  take(parse);
}

/* ---------------------------------------------------------- the main loop */

/* `rule rule small`: the word before, once more. */
static bool is_doubled(const Parse *parse, const Token *next) {
  const Token *before = parse_past(parse, 0);

  return parse->past_count && !next->fresh && next->kind >= T_POLICY
         && next->kind <= T_SIGNS_DECLARED && before->kind >= T_POLICY
         && before->kind <= T_SIGNS_DECLARED
         && text_equal(before->value.T_NAME.text, next->value.T_NAME.text);
}

/* Leaves a word out that is one too many. */
static bool mend_surplus(Parse *parse) {
  const Token *next = parse->next;

  if (next->kind == T_CLOSING && !parse->bracket_count) {
    mistake_report(parse, next);
    while (parse_peek(parse, 0)->kind == T_CLOSING) drop(parse);
    return true;
  }
  if (!is_doubled(parse, next)) return false;
  parse_report(parse, 141, next->span, "Leave one of them out.",
               "`%.*s` stands here twice.",
               TEXT_ARG(next->value.T_NAME.text));
  drop(parse);
  return true;
}

/* Takes a word for what it was meant to be. */
static bool mend_word(Parse *parse) {
  Token *next = parse->next;
  const Keyword *meant;

  if (mistake_is_name(parse, next)) {
    mistake_report_name(parse, next);
    next->kind = T_NAME;
    return true;
  }
  meant = mistake_find_meant(parse, next);
  if (!meant) return false;
  mistake_report_meant(parse, next, meant);
  next->kind = meant->kind;
  next->value.T_NAME.text = text_of(meant->spelling);
  return true;
}

/* Takes the next word in another sense, where there is no doubt of it. */
static bool mend(Parse *parse) {
  Token *next = parse->next;
  Span line = line_around(parse, next->span.start);

  if (parse->bracket_count && lead_is_new_line(next)
      && parse_accepts(parse, T_CLOSING)) {
    close_brackets(parse, next);
    return true;
  }
  if (!mend_surplus(parse) && !mend_word(parse)) return false;
  parse->mended = line.end;
  return true;
}

static void step(Parse *parse) {
  lead_classify(parse);
  if (is_too_deep(parse, parse->next))
    skip_deep(parse);
  else if (parse_accepts(parse, parse->next->kind)
           && !habit_lacks_verb(parse))
    take(parse);
  else if (!mend(parse))
    recover(parse);
}

/* ------------------------------------------------------------ the whole */

static bool is_muted(const Parse *parse, uint32_t *from, Span span) {
  while (*from < parse->muted.count
         && parse->muted.at[*from].end < span.start)
    ++*from;
  return *from < parse->muted.count
         && parse->muted.at[*from].start <= span.start;
}

/* Adds what the scanner reported, but for what follows from a mistake that
 * was reported before it on the same line. */
static void join_heard(Parse *parse) {
  Diagnostics *all = parse->diagnostics;
  uint32_t from = 0;

  for (uint32_t i = 0; i < parse->heard.list.count; i++) {
    const Diagnostic *one = &parse->heard.list.at[i];

    if (is_muted(parse, &from, one->span) || !one->code) continue;
    *diagnostic_error(all, one->code, one->span, "%.*s",
                      TEXT_ARG(one->message)) = *one;
  }
  all->errors += parse->heard.errors - parse->heard.list.count;
  diagnostic_sort(all);
}

bool parse(Arena *arena, const Sources *sources, uint32_t file,
           Diagnostics *diagnostics, Tree *tree) {
  Parse parse = {.arena = arena, .sources = sources, .tree = tree,
                 .diagnostics = diagnostics, .file = file};
  uint32_t errors = diagnostics->errors;

  *tree = (Tree){.file = file};
  parse.next = parse.tokens + TOKENS_KEPT;
  parse.heard = (Diagnostics){.arena = arena, .most = ERRORS_TOLD};
  if (!parse_check_text(arena, sources, file, diagnostics, &parse.text))
    return false;
  parse.grammar = grammar_create(arena);
  scan_open(&parse.scan, arena, &parse.heard, file, parse.text);
  do step(&parse);
  while (!parse.past_count || parse_past(&parse, 0)->kind != T_END);
  join_heard(&parse);
  return diagnostics->errors == errors;
}
