#include <string.h>

#include "base/utf8.h"
#include "compiler/keyword.h"
#include "compiler/parse.h"
#include "compiler/scan.h"

static const char *call_kind(int kind) {
  switch (kind) {
    case T_TEXT: return "text";
    case T_A_NUMBER: return "number";
    case T_A_SUM: return "money";
    case T_A_DAY: return "date";
    case T_CURRENCY: return "currency";
    case T_FULL_NAME: case T_NAME: return "name";
    case T_COMMA: case T_LESS_THAN: case T_OPENING: case T_CLOSING:
    case T_SIGN: return "sign";
    default: return "word";
  }
}

/* Reserved words are told from those that may also be names. */
static const char *call_token(const Token *token, Text text) {
  const Keyword *word = keyword_find(text);

  return word && word->instead ? "reserved" : call_kind(token->kind);
}

static void print_token(Buffer *out, const Source *source,
                        const Token *token) {
  Position at = source_position(source, token->span.start);
  Text text = {source->text.at + token->span.start,
               token->span.end - token->span.start};

  text = utf8_safe(out->arena, text, false);
  buffer_format(out, "%u:%u %s %.*s\n", at.line, at.column,
                call_token(token, text), TEXT_ARG(text));
}

bool tokens_print(Arena *arena, const Sources *sources, uint32_t file,
                  Diagnostics *diagnostics, Buffer *out) {
  const Source *source = source_get(sources, file);
  uint32_t errors = diagnostics->errors;
  Scan scan;
  Text text;

  if (!parse_check_text(arena, sources, file, diagnostics, &text))
    return false;
  scan_open(&scan, arena, diagnostics, file, text);
  while (true) {
    Token token;

    scan_next(&scan, &token);
    if (token.kind == T_END) break;
    print_token(out, source, &token);
  }
  diagnostic_sort(diagnostics);
  return diagnostics->errors == errors;
}
