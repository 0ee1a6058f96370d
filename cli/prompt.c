#include "cli/prompt.h"

#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/late.h"

struct Prompt {
  Arena *arena;
  FILE *out;
  EditLine *editor; /* NULL: plain lines */
  const Text *words;
  uint32_t count;
  char *line; /* from getline */
  size_t room;
  struct sigaction before;
};

static volatile sig_atomic_t interrupted;

static void note_interrupt(int number)
{
  (void)number;
  interrupted = 1;
}

/* ------------------------------------------------------------- the editor */

static char *prompt_words(EditLine *editor)
{
  static char words[] = "> ";
  (void)editor;
  return words;
}

/* Where the word before the cursor starts: after a comma, else the line. */
static const char *word_start(const LineInfo *info)
{
  const char *start = info->cursor;
  while (start > info->buffer && start[-1] != ',') start--;
  while (start < info->cursor && *start == ' ') start++;
  return start;
}

/* The letters that all words with this start have in common. */
static Text complete(const Prompt *prompt, Text start)
{
  Text common = TEXT_NONE;
  for (uint32_t i = 0; i < prompt->count; i++) {
    Text word = prompt->words[i];
    uint32_t same = 0;
    if (!text_starts(word, start)) continue;
    if (text_is_none(common)) common = word;
    while (same < word.length && same < common.length &&
           word.at[same] == common.at[same])
      same++;
    common.length = same;
  }
  return common;
}

static unsigned char complete_word(EditLine *editor, int key)
{
  Prompt *prompt = NULL;
  const LineInfo *info = edit.el_line(editor);
  const char *at = word_start(info);
  Text start = {at, (uint32_t)(info->cursor - at)};
  (void)key;
  if (edit.el_get(editor, EL_CLIENTDATA, &prompt) != 0) return CC_ERROR;
  Text whole = complete(prompt, start);
  if (whole.length <= start.length) return CC_ERROR;
  Buffer rest = {.arena = prompt->arena};
  buffer_put(&rest, (Text){whole.at + start.length,
                           whole.length - start.length});
  buffer_put_char(&rest, '\0');
  return edit.el_insertstr(editor, rest.at) == 0 ? CC_REFRESH : CC_ERROR;
}

static bool has_editor(const Prompt *prompt)
{
  const char *term = getenv("TERM");
  return isatty(STDIN_FILENO) && isatty(fileno(prompt->out)) && term &&
         strcmp(term, "dumb") != 0 && *term;
}

static void open_editor(Prompt *prompt)
{
  if (!late_edit()) return;
  setlocale(LC_CTYPE, "");
  prompt->editor = edit.el_init("stile", stdin, prompt->out, stderr);
  if (!prompt->editor) return;
  edit.el_set(prompt->editor, EL_PROMPT, prompt_words);
  edit.el_set(prompt->editor, EL_EDITOR, "emacs");
  edit.el_set(prompt->editor, EL_CLIENTDATA, prompt);
  edit.el_set(prompt->editor, EL_ADDFN, "complete", "complete a word",
         complete_word);
  edit.el_set(prompt->editor, EL_BIND, "^I", "complete", NULL);
}

/* ------------------------------------------------------------------ lines */

Prompt *prompt_open(Arena *arena, FILE *out)
{
  Prompt *prompt = ARENA_NEW(arena, Prompt);
  struct sigaction action = {.sa_handler = note_interrupt};
  prompt->arena = arena;
  prompt->out = out;
  interrupted = 0;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, &prompt->before);
  if (has_editor(prompt)) open_editor(prompt);
  return prompt;
}

void prompt_close(Prompt *prompt)
{
  if (prompt->editor) edit.el_end(prompt->editor);
  free(prompt->line);
  prompt->editor = NULL;
  prompt->line = NULL;
  sigaction(SIGINT, &prompt->before, NULL);
}

static bool is_blank(char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static Text trim(Text text)
{
  while (text.length && is_blank(text.at[text.length - 1])) text.length--;
  while (text.length && is_blank(*text.at)) {
    text.at++;
    text.length--;
  }
  return text;
}

/* What comes from a file or pipe is put where a terminal would show it. */
static void put_typed(const Prompt *prompt, Text line)
{
  Text safe = utf8_safe(prompt->arena, line, false);
  fprintf(prompt->out, "%.*s\n", TEXT_ARG(safe));
}

bool prompt_line(Prompt *prompt, const Text *words, uint32_t count,
                 Text *line)
{
  int length = 0;
  ssize_t plain = 0;
  const char *typed = NULL;
  prompt->words = words;
  prompt->count = count;
  if (prompt->editor) {
    typed = edit.el_gets(prompt->editor, &length);
  } else {
    fputs("> ", prompt->out);
    fflush(prompt->out);
    plain = getline(&prompt->line, &prompt->room, stdin);
    typed = plain > 0 ? prompt->line : NULL;
    length = (int)(plain < UINT16_MAX ? plain : UINT16_MAX);
  }
  if (!typed || length <= 0 || interrupted) return false;
  *line = trim(text_copy(prompt->arena, (Text){typed, (uint32_t)length}));
  if (!isatty(STDIN_FILENO)) put_typed(prompt, *line);
  return true;
}
