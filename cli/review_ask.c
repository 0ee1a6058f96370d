#include "cli/review_ask.h"

#include <stdio.h>

#include "base/utf8.h"
#include "base/wrap.h"
#include "cli/wording.h"

#define LINE_MOST (64u << 10)

static void say(Arena *arena, Text text)
{
  Buffer out = {.arena = arena};
  wrap_put(&out, utf8_safe(arena, text, false), 0, 0, WRAP_WIDTH);
  fprintf(stderr, "%.*s\n", TEXT_ARG(buffer_text(&out)));
}

/* One line without its end; false at the end of the input.  What is not fit to
 * be kept (hidden letters, bytes that are none) is made safe. */
static bool read_line(Arena *arena, Text *line)
{
  Buffer out = {.arena = arena};
  int c;
  fputs("> ", stderr);
  while ((c = getchar()) != EOF && c != '\n')
    if (out.length < LINE_MOST) buffer_put_char(&out, (char)c);
  Text text = buffer_text(&out);
  while (text.length && (text.at[text.length - 1] == ' ' ||
                         text.at[text.length - 1] == '\r'))
    text.length--;
  *line = utf8_nfc(arena, utf8_safe(arena, text, false));
  return c != EOF || text.length;
}

Text review_boundaries(Arena *arena, const Image *image)
{
  Buffer list = {.arena = arena};
  for (uint32_t i = 0; i < image->boundaries.count; i++)
    buffer_format(&list, "%s`%.*s` (%.*s)", i ? ", " : "",
                  TEXT_ARG(image_text(image, image->boundaries.at[i].name)),
                  TEXT_ARG(image_text(image, image->boundaries.at[i].title)));
  return buffer_text(&list);
}

static bool ask_boundary(Arena *arena, const Image *image,
                         Situation *situation)
{
  Text line;
  say(arena, wording_fill(arena, WORDING_TELL_BOUNDARY,
                          review_boundaries(arena, image), TEXT_NONE));
  while (read_line(arena, &line)) {
    if (!line.length) return true;
    situation->boundary = boundary_find(image, line);
    if (situation->boundary != NONE) return true;
    say(arena, wording(WORDING_TELL_AGAIN));
  }
  return false;
}

static bool ask_part(Arena *arena, AccountPart part, Account *account)
{
  Text line;
  say(arena, wording_of(WORDING_TELL_PERSON, part));
  while (read_line(arena, &line)) {
    if (!line.length) return true;
    if (part != ACCOUNT_FOLLOWED ||
        account_find_followed(line, &account->followed)) {
      account->parts[part] = line;
      return true;
    }
    say(arena, wording(WORDING_TELL_AGAIN));
  }
  return false;
}

void review_ask(Arena *arena, const Image *image, Situation *situation,
                Account *account)
{
  bool more = true;
  say(arena, wording(WORDING_TELL_SKIP));
  if (situation->boundary == NONE)
    more = ask_boundary(arena, image, situation);
  for (int i = 0; i < ACCOUNT_COUNT && more; i++) {
    bool needed = i != ACCOUNT_REASONS || account->followed == DEPARTED;
    if (needed && text_is_none(account->parts[i]))
      more = ask_part(arena, (AccountPart)i, account);
  }
}
