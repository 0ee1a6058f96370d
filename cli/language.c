#include "cli/language.h"

#include <errno.h>
#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

#ifndef STILE_LOCALEDIR
#define STILE_LOCALEDIR "/usr/local/share/locale"
#endif

#define DOMAIN "stile"

typedef struct Language {
  const char *code, *name;
  const char *header; /* what the heading of its catalogue says */
  bool reviewed;
} Language;

static const Language languages[] = {
  {"en", "English", NULL, true},
  {"cy", "Welsh", "Language: cy\n", false},
};

#define LANGUAGE_COUNT (sizeof languages / sizeof *languages)

/* The one that is spoken: the program's, as libc's gettext is. */
static const Language *spoken = languages;
static const char *said_code;

/* By the letters before `_`, `.`, `@` or `:`: "cy_GB.UTF-8" is cy. */
static const Language *find(const char *name)
{
  size_t length = strcspn(name, "_.@:");
  for (size_t i = 0; i < LANGUAGE_COUNT; i++)
    if (strlen(languages[i].code) == length &&
        memcmp(languages[i].code, name, length) == 0)
      return &languages[i];
  return NULL;
}

/* The value of the first of these that is set and not empty. */
static const char *first_set(const char *const *names)
{
  for (; *names; names++) {
    const char *value = getenv(*names);
    if (value && value[0]) return value;
  }
  return "";
}

/* As gettext does it: LANGUAGE counts only with a locale that is not C. */
static const Language *find_surrounding(void)
{
  static const char *const locales[] = {"LC_ALL", "LC_MESSAGES", "LANG", NULL};
  static const char *const lists[] = {"LANGUAGE", NULL};
  const char *locale = first_set(locales);
  const char *list = first_set(lists);
  bool plain = !locale[0] || strcmp(locale, "C") == 0 ||
               strcmp(locale, "POSIX") == 0;
  const Language *found = !plain && list[0] ? find(list) : find(locale);
  return found ? found : languages;
}

/* Is its catalogue there, and does libc take it? */
static bool speaks(const Language *language)
{
  return strstr(dgettext(DOMAIN, ""), language->header) != NULL;
}

/* libc looks into catalogues only while some locale other than C is set, and
 * takes the language from LANGUAGE; no locale of that language is needed. */
static bool speak_from(const Language *language, const char *folder)
{
  static const char *const locales[] = {"", "cy_GB.UTF-8", "C.UTF-8",
                                        "en_GB.UTF-8", "en_US.UTF-8"};
  bindtextdomain(DOMAIN, folder);
  for (size_t i = 0; i < sizeof locales / sizeof *locales; i++)
    if (setlocale(LC_MESSAGES, locales[i]) && speaks(language)) return true;
  return false;
}

/* The folder `po` beside the program, as in a build that is not installed. */
static bool speak_from_build(const Language *language)
{
  char folder[4096];
  ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - 4);
  if (length <= 0) return false;
  while (length > 0 && folder[length - 1] != '/') length--;
  memcpy(folder + length, "po", 3);
  return speak_from(language, folder);
}

static bool speak(const Language *language)
{
  const char *folder = getenv("STILE_LOCALEDIR");
  if (!language->header) return true;
  bind_textdomain_codeset(DOMAIN, "UTF-8");
  if (setenv("LANGUAGE", language->code, 1) != 0) return false;
  if (folder && folder[0]) return speak_from(language, folder);
  return speak_from(language, STILE_LOCALEDIR) || speak_from_build(language);
}

/* In the language of the machine. */
static int misuse(const char *value)
{
  const Language *around = find_surrounding();
  if (speak(around)) spoken = around;
  fprintf(stderr, "stile: %s\n%s",
          value ? language_text("`--lang` is one of en, cy.")
                : language_text("`--lang` needs a value: en or cy."),
          language_text("Try `stile --help`.\n"));
  return EXIT_USAGE;
}

/* Takes `count` words out of the line. */
static void take_out(int *argc, char **argv, int at, int count)
{
  for (int i = at; i + count <= *argc; i++) argv[i] = argv[i + count];
  *argc -= count;
}

/* The value of the last `--lang`; -1 if one has none. */
static int take_option(int *argc, char **argv, const char **value)
{
  for (int i = 1; i < *argc && strcmp(argv[i], "--") != 0;) {
    bool joined = strncmp(argv[i], "--lang=", 7) == 0;
    if (!joined && strcmp(argv[i], "--lang") != 0) {
      i++;
      continue;
    }
    *value = joined ? argv[i] + 7 : argv[i + 1];
    if (!*value) return -1;
    take_out(argc, argv, i, joined ? 1 : 2);
  }
  return 0;
}

int language_choose(int *argc, char **argv)
{
  const char *said = NULL;
  if (take_option(argc, argv, &said) < 0) return misuse(NULL);
  const Language *wanted = said ? find(said) : find_surrounding();
  if (!wanted) return misuse(said);
  if (said) said_code = wanted->code;
  if (speak(wanted))
    spoken = wanted;
  else if (said)
    fprintf(stderr, "stile: The %s words were not found, so this is in "
                    "English.\n", wanted->name);
  return -1;
}

void language_plain(void)
{
  spoken = languages;
}

const char *language_code(void)
{
  return spoken->code;
}

const char *language_said(void)
{
  return said_code;
}

const char *language_name(const char *code)
{
  const Language *language = find(code);
  return language ? language->name : NULL;
}

bool language_reviewed(void)
{
  return spoken->reviewed;
}

const char *language_text(const char *english)
{
  return spoken->header && english[0] ? dgettext(DOMAIN, english) : english;
}

Text language_words(const char *english)
{
  return text_of(language_text(english));
}

const char *language_error(int error)
{
  switch (error) {
  case EACCES: return language_text("Permission denied");
  case EEXIST: return language_text("File exists");
  case EIO: return language_text("Input/output error");
  case EISDIR: return language_text("Is a directory");
  case ENOENT: return language_text("No such file or directory");
  case ENOSPC: return language_text("No space left on device");
  case ENOTDIR: return language_text("Not a directory");
  case EPERM: return language_text("Operation not permitted");
  case EPIPE: return language_text("Broken pipe");
  case EROFS: return language_text("Read-only file system");
  default: return strerror(error);
  }
}

const char *language_plural(const char *one, const char *many,
                            unsigned long number)
{
  if (spoken->header) return dngettext(DOMAIN, one, many, number);
  return number == 1 ? one : many;
}
