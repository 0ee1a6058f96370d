/* `stile help`: the commands, one command, or one code of a message. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/language.h"
#include "cli/options.h"
#include "cli/pages.h"
#include "cli/say.h"

static void print_commands(void)
{
  say(stdout, "Stile: ask a written boundary policy about a situation.\n\n"
              "Usage: stile COMMAND [OPTIONS] [FILES]\n\nCommands:\n");
  for (const Command *const *at = command_list(); *at; at++)
    printf("  %-7s %s\n", (*at)->name,
           language_text((*at)->summary));
  say(stdout,
      "\n`stile help COMMAND` tells more about one command,\n"
      "`stile help E0103` explains a message, `stile help codes` lists "
      "them all.\n`stile --version` tells which version this is.\n\n"
      "Stile gives guidance. It does not decide, and it keeps nothing.\n");
}

static void print_codes(void)
{
  for (const Page *page = pages; page->code; page++) puts(page->title);
}

/* Wrong examples may hold what no terminal should get. */
static void print_page(Arena *arena, const Page *page)
{
  for (const char *const *line = page->lines; *line; line++) {
    Text safe = utf8_safe(arena, text_of(*line), true);
    printf("%.*s", TEXT_ARG(safe));
  }
}

/* `E0103`, `e0103`, `W0103` and `103` all find the page of number 0103. */
static const Page *find_page(const char *word)
{
  if (strchr("EeWw", word[0]) && word[0]) word++;
  if (!word[0] || strlen(word) > 4) return NULL;
  char number[5] = "0000";
  memcpy(number + 4 - strlen(word), word, strlen(word));
  for (const Page *page = pages; page->code; page++)
    if (strcmp(page->code + 1, number) == 0) return page;
  return NULL;
}

static bool looks_like_code(const char *word)
{
  if (strchr("EeWw", word[0]) && word[0]) word++;
  if (!word[0]) return false;
  while (isdigit((unsigned char)*word)) word++;
  return !*word;
}

static int help_for(Arena *arena, const char *word)
{
  const Command *command = command_find(word);
  if (strcmp(word, "codes") == 0) return print_codes(), EXIT_DONE;
  if (command) {
    char help[] = "--help";
    char *argv[] = {(char[]){"help"}, help, NULL};
    return command->run(arena, 2, argv);
  }
  const Page *page = find_page(word);
  if (page) return print_page(arena, page), EXIT_DONE;
  Text safe = utf8_safe(arena, text_of(word), false);
  if (looks_like_code(word))
    return options_misuse(&command_help,
                          "No message has the code `%.*s`. "
                          "`stile help codes` lists them all.",
                          TEXT_ARG(safe));
  return options_misuse(&command_help, "There is no help for `%.*s`.",
                        TEXT_ARG(safe));
}

static int run(Arena *arena, int argc, char **argv)
{
  Words words;
  int status = options_read(arena, &command_help, NULL, 0, argc, argv, &words);
  if (status != OPTIONS_FINE) return status;
  if (words.count > 1)
    return options_misuse(&command_help, "`help` takes one word.");
  if (words.count == 1) return help_for(arena, words.at[0]);
  print_commands();
  return EXIT_DONE;
}

const Command command_help = {
    "help", "[COMMAND | CODE | codes]",
    N_("explain a command or a message"), NULL, run};
