#include "cli/options.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/language.h"
#include "cli/say.h"

typedef struct Reader {
  Arena *arena;
  const Command *command;
  const Option *table;
  uint32_t count;
  int argc, next; /* argv[next] is read next */
  char **argv;
} Reader;

int options_misuse(const Command *command, const char *format, ...)
{
  va_list list;
  fputs("stile: ", stderr);
  va_start(list, format);
  say_list(stderr, format, list);
  va_end(list);
  fprintf(stderr, "\n%s stile %s %s\n", language_text(N_("Usage:")),
          command->name, command->usage);
  say(stderr, "Try `stile %s --help`.\n", command->name);
  return EXIT_USAGE;
}

/* A word from the command line, safe to show. */
static const char *shown(const Reader *reader, const char *word)
{
  Text safe = utf8_safe(reader->arena, text_of(word), false);
  return text_copy(reader->arena, safe).at;
}

/* ------------------------------------------------------------------ help */

/* The name, and what it does in a column of its own. */
static void print_row(const Option *option)
{
  enum { HELP_COLUMN = 30 };
  char letter[] = {'-', option->letter, ',', ' ', 0};
  int width = printf("  %s--%s%s%s", option->letter ? letter : "    ",
                     option->name, option->value ? " " : "",
                     option->value ? option->value : "");
  if (width >= HELP_COLUMN) {
    putchar('\n');
    width = 0;
  }
  printf("%*s%s\n", HELP_COLUMN - width, "", language_text(option->help));
}

static int print_help(const Reader *reader)
{
  const Command *command = reader->command;
  printf("stile %s: %s\n\n%s stile %s %s\n", command->name,
         language_text(command->summary), language_text(N_("Usage:")),
         command->name, command->usage);
  if (command->details) printf("\n%s", language_text(command->details));
  printf("\n%s\n", language_text(N_("Options:")));
  for (uint32_t i = 0; i < reader->count; i++) print_row(&reader->table[i]);
  print_row(&(Option){.name = "help", .letter = 'h', .help = "this help"});
  print_row(&(Option){.name = "lang", .value = "en|cy",
                      .help = "the language of the answer"});
  return EXIT_DONE;
}

/* --------------------------------------------------------------- finding */

static const Option *find_name(const Reader *reader, Text name)
{
  for (uint32_t i = 0; i < reader->count; i++)
    if (text_equal(text_of(reader->table[i].name), name))
      return &reader->table[i];
  return NULL;
}

static const Option *find_letter(const Reader *reader, char letter)
{
  for (uint32_t i = 0; i < reader->count; i++)
    if (reader->table[i].letter == letter) return &reader->table[i];
  return NULL;
}

static int unknown_option(const Reader *reader, const char *word, Text name)
{
  Text *names = ARENA_ARRAY(reader->arena, reader->count + 1, Text);
  for (uint32_t i = 0; i < reader->count; i++)
    names[i] = text_of(reader->table[i].name);
  names[reader->count] = TEXT("help");
  int near = text_nearest(name, names, reader->count + 1);
  if (near < 0)
    return options_misuse(reader->command, "There is no option `%s`.",
                          shown(reader, word));
  return options_misuse(reader->command,
                        "There is no option `%s`. Did you mean `--%.*s`?",
                        shown(reader, word), TEXT_ARG(names[near]));
}

/* --------------------------------------------------------------- storing */

/* The number of `value` in "text|json"; -1 if it is not there. */
static int find_choice(const char *choices, const char *value)
{
  size_t length = strlen(value);
  for (int number = 0; choices; number++) {
    const char *end = strchr(choices, '|');
    size_t size = end ? (size_t)(end - choices) : strlen(choices);
    if (size == length && memcmp(choices, value, size) == 0) return number;
    choices = end ? end + 1 : NULL;
  }
  return -1;
}

/* "text, json" for "text|json" */
static const char *choices_list(const Reader *reader, const char *choices)
{
  Buffer list = {.arena = reader->arena};
  for (const char *at = choices; *at; at++) {
    if (*at == '|')
      buffer_put_c(&list, ", ");
    else
      buffer_put_char(&list, *at);
  }
  return text_copy(reader->arena, buffer_text(&list)).at;
}

static bool is_for_programs(const char *format)
{
  return strcmp(format, "json") == 0 || strcmp(format, "sarif") == 0;
}

static int store_choice(const Reader *reader, const Option *option,
                        const char *value)
{
  int number = find_choice(option->value, value);
  if (number < 0)
    return options_misuse(reader->command,
                          "`--%s` cannot be `%s`; it is one of %s.",
                          option->name, shown(reader, value),
                          choices_list(reader, option->value));
  *option->choice = (uint32_t)number;
  if (strcmp(option->name, "format") == 0 && is_for_programs(value))
    language_plain();
  return OPTIONS_FINE;
}

static void add_word(const Reader *reader, Words *words, const char *word)
{
  if (!words->at)
    words->at = ARENA_ARRAY(reader->arena, (size_t)reader->argc, const char *);
  words->at[words->count++] = word;
}

/* Takes the option; `value` is what stood after `=`, or NULL. */
static int store(Reader *reader, const Option *option, const char *value)
{
  if (!option->value) {
    if (value)
      return options_misuse(reader->command, "`--%s` takes no value.",
                            option->name);
    *option->flag = true;
    return OPTIONS_FINE;
  }
  if (!value && reader->next < reader->argc)
    value = reader->argv[reader->next++];
  if (!value)
    return options_misuse(reader->command, "`--%s` needs a value: %s.",
                          option->name, option->value);
  if (option->choice) return store_choice(reader, option, value);
  if (option->words)
    add_word(reader, option->words, value);
  else
    *option->text = value;
  return OPTIONS_FINE;
}

/* --------------------------------------------------------------- reading */

static int read_long(Reader *reader, const char *word)
{
  const char *equals = strchr(word, '=');
  Text name = text_of(word + 2);
  if (equals) name.length = (uint32_t)(equals - word - 2);
  if (text_equal(name, TEXT("help"))) return print_help(reader);
  const Option *option = find_name(reader, name);
  if (!option) return unknown_option(reader, word, name);
  return store(reader, option, equals ? equals + 1 : NULL);
}

/* `-o FILE`, `-oFILE`, or several letters without values: `-qv`. */
static int read_letters(Reader *reader, const char *word)
{
  for (const char *at = word + 1; *at; at++) {
    const Option *option = find_letter(reader, *at);
    if (!option && *at == 'h') return print_help(reader);
    if (!option) return unknown_option(reader, word, text_of(word + 1));
    bool rest = option->value && at[1];
    int status = store(reader, option, rest ? at + 1 : NULL);
    if (status != OPTIONS_FINE || option->value) return status;
  }
  return OPTIONS_FINE;
}

int options_read(Arena *arena, const Command *command, const Option *table,
                 uint32_t count, int argc, char **argv, Words *arguments)
{
  Reader reader = {arena, command, table, count, argc, 1, argv};
  bool ended = false;
  *arguments = (Words){0};
  while (reader.next < argc) {
    const char *word = argv[reader.next++];
    int status = OPTIONS_FINE;
    if (ended || word[0] != '-' || !word[1])
      add_word(&reader, arguments, word);
    else if (strcmp(word, "--") == 0)
      ended = true;
    else
      status = word[1] == '-' ? read_long(&reader, word)
                              : read_letters(&reader, word);
    if (status != OPTIONS_FINE) return status;
  }
  return OPTIONS_FINE;
}
