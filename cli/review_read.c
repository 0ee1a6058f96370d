#include "cli/review.h"
#include "cli/wording.h"

#include "runtime/document.h"
#include "runtime/value_read.h"

static const char *const keys[ACCOUNT_COUNT] = {
  [ACCOUNT_PERSON] = "persons-account", [ACCOUNT_WHAT] = "what-happened",
  [ACCOUNT_WHY] = "why", [ACCOUNT_MEND] = "what-can-be-fixed",
  [ACCOUNT_OTHER] = "what-differently", [ACCOUNT_FOLLOWED] = "followed",
  [ACCOUNT_REASONS] = "reasons",
};

static const char *const ways[] = {
  [FOLLOWED_UNSAID] = "", [FOLLOWED] = "followed", [DEPARTED] = "departed",
  [NOT_ASKED] = "not-asked",
};

const char *account_key(AccountPart part)
{
  return keys[part];
}

const char *account_followed(Followed followed)
{
  return ways[followed];
}

bool account_find_followed(Text word, Followed *followed)
{
  for (int i = FOLLOWED; i <= NOT_ASKED; i++) {
    Text own = wording_of(WORDING_SAY_FOLLOWED, (uint32_t)(i - FOLLOWED));
    if (!text_equal(word, text_of(ways[i])) && !text_equal(word, own))
      continue;
    *followed = (Followed)i;
    return true;
  }
  return false;
}

typedef struct Reader {
  Diagnostics *diagnostics;
  Account *account;
} Reader;

static void tell_key(const Reader *reader, const Piece *piece)
{
  Text names[ACCOUNT_COUNT];
  for (int i = 0; i < ACCOUNT_COUNT; i++) names[i] = text_of(keys[i]);
  int near = text_nearest(piece->key, names, ACCOUNT_COUNT);
  Diagnostic *one = diagnostic_error(
      reader->diagnostics, E_KEY, piece->key_span,
      "An account has no `%.*s`.", TEXT_ARG(piece->key));
  if (near >= 0)
    diagnostic_help(reader->diagnostics, one, "Did you mean `%s`?",
                    keys[near]);
  else
    diagnostic_help(reader->diagnostics, one,
                    "It can have `persons-account`, `what-happened`, `why`, "
                    "`what-can-be-fixed`, `what-differently`, `followed` and "
                    "`reasons`.");
}

static void tell_shape(const Reader *reader, const Piece *piece)
{
  Diagnostic *one =
      diagnostic_error(reader->diagnostics, E_SHAPE, piece->key_span,
                       "`%.*s` needs words.", TEXT_ARG(piece->key));
  diagnostic_help(reader->diagnostics, one,
                  "Write them after it, or after `|` on lines of their own, "
                  "further in.");
}

static void read_followed(const Reader *reader, const Piece *piece)
{
  if (account_find_followed(piece->text, &reader->account->followed)) return;
  Diagnostic *one = diagnostic_error(
      reader->diagnostics, E_VALUE, piece->span,
      "`%.*s` does not say how the guidance was met.", TEXT_ARG(piece->text));
  diagnostic_help(reader->diagnostics, one,
                  "`followed` can be `followed`, `departed` or `not-asked`.");
}

static void read_part(const Reader *reader, const Piece *piece)
{
  int part = 0;
  while (part < ACCOUNT_COUNT && !text_equal(piece->key, text_of(keys[part])))
    part++;
  if (part == ACCOUNT_COUNT) {
    tell_key(reader, piece);
  } else if (piece->kind != PIECE_TEXT) {
    tell_shape(reader, piece);
  } else if (!piece_is_unknown(piece)) {
    reader->account->parts[part] = piece->text;
    if (part == ACCOUNT_FOLLOWED) read_followed(reader, piece);
  }
}

static void read_account(const Reader *reader, const Piece *piece)
{
  if (piece->kind == PIECE_TEXT && piece_is_unknown(piece)) return;
  if (piece->kind != PIECE_MAP) {
    tell_shape(reader, piece);
    return;
  }
  for (const Piece *part = piece->first; part; part = part->next)
    read_part(reader, part);
}

static void read_asked_on(const Reader *reader, const Piece *piece, Day *day)
{
  if (piece->kind == PIECE_TEXT && piece_is_unknown(piece)) return;
  if (piece->kind == PIECE_TEXT && day_read(piece->text, day)) return;
  Diagnostic *one = diagnostic_error(reader->diagnostics, E_DATE,
                                     piece->key_span,
                                     "`asked-on` needs a day.");
  diagnostic_help(reader->diagnostics, one, "Write it like `2026-11-23`.");
}

bool review_read(Arena *arena, const Sources *sources, uint32_t file,
                 Diagnostics *diagnostics, Account *account, Day *asked_on)
{
  uint32_t before = diagnostics->errors;
  Reader reader = {diagnostics, account};
  Documents documents;
  *account = (Account){0};
  *asked_on = DAY_NONE;
  if (!document_read(arena, sources, file, diagnostics, &documents) ||
      !documents.count)
    return false;
  const Piece *part = documents.first->first;
  for (; documents.first->kind == PIECE_MAP && part; part = part->next) {
    if (text_equal(part->key, TEXT("account"))) read_account(&reader, part);
    if (text_equal(part->key, TEXT("asked-on")))
      read_asked_on(&reader, part, asked_on);
  }
  return diagnostics->errors == before;
}
