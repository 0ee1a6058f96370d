#include "cli/audit_translations.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "cli/file_read.h"
#include "cli/language.h"
#include "cli/policy_texts.h"

enum { PLACES_TOLD = 8, LANGUAGES_MOST = 100, NAME_MOST = 256 };

/* One text of the policy that the catalogue does not translate. */
typedef struct Untranslated {
  Text where, words;
} Untranslated;

typedef Vec(Text) Places;

typedef struct Language {
  Audit *audit;
  Image *image;
  Text code, file;      /* "cy", "gifts.cy.po" */
  Catalogue catalogue;
  uint8_t *used;        /* for each of its entries */
  Table seen;           /* texts by place and words */
  uint32_t texts;
  Vec(Untranslated) rest;
  Table first;          /* by place: the first entry that is not used */
  uint32_t *next;       /* the next one of the same place; NONE */
} Language;

/* ------------------------------------------------------------------ telling */

/* "Welsh"; "`pl`" */
static Text spoken_name(Arena *arena, Text code)
{
  const char *name = language_name(text_copy(arena, code).at);
  return name ? text_of(name)
              : text_format(arena, "`%.*s`", TEXT_ARG(code));
}

static Text into(const Language *own)
{
  return spoken_name(own->audit->arena, own->code);
}

static Finding *tell(Language *own, FindingKind kind, Text message)
{
  Finding *finding = audit_find(own->audit, kind, NONE);
  audit_name(own->audit, finding, own->code);
  finding->message = message;
  return finding;
}

/* "policy: title; rule gifts/small: because and 3 more" */
static Text places_words(Arena *arena, const Places *places)
{
  Buffer out = {.arena = arena};
  for (uint32_t i = 0; i < places->count && i < PLACES_TOLD; i++)
    buffer_format(&out, "%s%.*s", i ? "; " : "",
                  TEXT_ARG(utf8_safe(arena, places->at[i], false)));
  if (places->count > PLACES_TOLD)
    buffer_format(&out, "; and %u more",
                  (unsigned)(places->count - PLACES_TOLD));
  return buffer_text(&out);
}

static void tell_missing(Language *own, const Places *places)
{
  Arena *arena = own->audit->arena;
  if (!places->count) return;
  Text words = places_words(arena, places), name = into(own);
  tell(own, FINDING_NO_TRANSLATION,
       text_format(arena,
                   "%u of %u texts %s no translation into %.*s in `%.*s`: "
                   "%.*s.",
                   (unsigned)places->count, (unsigned)own->texts,
                   places->count == 1 ? "has" : "have", TEXT_ARG(name),
                   TEXT_ARG(own->file), TEXT_ARG(words)))
      ->help = TEXT("`stile i18n` lists every text with its place.");
}

static void tell_old(Language *own, const Places *places)
{
  Arena *arena = own->audit->arena;
  if (!places->count) return;
  Text words = places_words(arena, places), name = into(own);
  tell(own, FINDING_OLD_TRANSLATION,
       text_format(arena,
                   "%u of %u texts %s changed since `%.*s` put %s into %.*s, "
                   "or %s marked there as not sure (`fuzzy`): %.*s.",
                   (unsigned)places->count, (unsigned)own->texts,
                   places->count == 1 ? "has" : "have", TEXT_ARG(own->file),
                   places->count == 1 ? "it" : "them", TEXT_ARG(name),
                   places->count == 1 ? "is" : "are", TEXT_ARG(words)))
      ->help = TEXT("Look at the translation beside the words of now. Until "
                    "then it is not shown.");
}

static void tell_left_over(Language *own, const Places *places)
{
  Arena *arena = own->audit->arena;
  if (!places->count) return;
  Text words = places_words(arena, places);
  Finding *finding =
      tell(own, FINDING_OLD_TRANSLATION,
           text_format(arena,
                       places->count == 1
                           ? "%u text of `%.*s` stands nowhere in the policy "
                             "now: %.*s."
                           : "%u texts of `%.*s` stand nowhere in the policy "
                             "now: %.*s.",
                       (unsigned)places->count, TEXT_ARG(own->file),
                       TEXT_ARG(words)));
  audit_name(own->audit, finding, TEXT("left-over"));
  finding->level = LEVEL_NOTE;
}

static void tell_unreadable(Language *own, Text reason)
{
  Arena *arena = own->audit->arena;
  tell(own, FINDING_NO_TRANSLATION,
       text_format(arena, "`%.*s` cannot be read, so nothing of it is shown: "
                          "%.*s", TEXT_ARG(own->file), TEXT_ARG(reason)));
}

/* ---------------------------------------------------------------- comparing */

static Text key_of(Arena *arena, Text where, Text words)
{
  return text_format(arena, "%.*s\4%.*s", TEXT_ARG(where), TEXT_ARG(words));
}

/* Takes the texts that are translated from those that are not. */
static void meet(void *context, Text where, uint32_t *field)
{
  Language *own = context;
  Arena *arena = own->audit->arena;
  Text words = image_text(own->image, *field);
  Text key = key_of(arena, where, words);
  uint32_t entry;
  if (!words.length || !table_put(&own->seen, key, 0)) return;
  own->texts++;
  if (table_find(&own->catalogue.table, key, &entry))
    own->used[entry] = 1;
  else
    VEC_PUSH(arena, &own->rest, ((Untranslated){where, words}));
}

/* Puts what is not used of each place into a chain, the last one first. */
static void chain(Language *own)
{
  const Catalogue *catalogue = &own->catalogue;
  table_init(&own->first, own->audit->arena, 0);
  own->next = ARENA_ARRAY(own->audit->arena, catalogue->entries.count + 1,
                          uint32_t);
  for (uint32_t i = catalogue->entries.count; i-- > 0;) {
    uint32_t first = i;
    own->next[i] = NONE;
    if (own->used[i] ||
        table_enter(&own->first, catalogue->entries.at[i].where, &first))
      continue;
    own->next[i] = own->next[first];
    own->next[first] = i;
  }
}

/* An entry of the same place, of the same words if there is one, that no other
 * text has taken; NONE. */
static uint32_t find_older(const Language *own, const Untranslated *text)
{
  uint32_t entry, found = NONE;
  if (!table_find(&own->first, text->where, &entry)) return NONE;
  for (; entry != NONE; entry = own->next[entry]) {
    if (own->used[entry]) continue;
    if (text_equal(own->catalogue.entries.at[entry].english, text->words))
      return entry;
    if (found == NONE) found = entry;
  }
  return found;
}

static void compare(Language *own)
{
  Arena *arena = own->audit->arena;
  Places missing = {0}, old = {0}, left_over = {0};
  own->used = ARENA_ARRAY(arena, own->catalogue.entries.count + 1, uint8_t);
  table_init(&own->seen, arena, 0);
  policy_texts_visit(arena, own->image, meet, own);
  chain(own);
  for (uint32_t i = 0; i < own->rest.count; i++) {
    const Untranslated *text = &own->rest.at[i];
    uint32_t entry = find_older(own, text);
    if (entry == NONE) {
      VEC_PUSH(arena, &missing, text->where);
      continue;
    }
    own->used[entry] = 1;
    VEC_PUSH(arena, &old, text->where);
  }
  for (uint32_t i = 0; i < own->catalogue.entries.count; i++)
    if (!own->used[i])
      VEC_PUSH(arena, &left_over, own->catalogue.entries.at[i].where);
  tell_missing(own, &missing);
  tell_old(own, &old);
  tell_left_over(own, &left_over);
}

/* ---------------------------------------------------------------- the files */

/* "gifts.cy.po" of "policies/gifts.cy.po" */
static Text file_name(const char *path)
{
  const char *slash = strrchr(path, '/');
  return text_of(slash ? slash + 1 : path);
}

/* "cy" of "gifts.cy.po"; "gifts" of "gifts.po". */
static Text code_of(Text file)
{
  Text code = file;
  if (code.length > 3 &&
      memcmp(code.at + code.length - 3, ".po", 3) == 0)
    code.length -= 3;
  for (uint32_t i = code.length; i-- > 0;)
    if (code.at[i] == '.')
      return (Text){code.at + i + 1, code.length - i - 1};
  return code;
}

/* What keeps it from being read; none if nothing does. */
static Text read_catalogue(Language *own, const char *path)
{
  Arena *arena = own->audit->arena;
  Text bytes, reason;
  const char *wrong;
  uint32_t line;
  if (!file_read(arena, path, CATALOGUE_FILE_MOST, &bytes, &reason))
    return text_format(arena, "%.*s.", TEXT_ARG(reason));
  if (po_read(arena, bytes, &own->catalogue, &line, &wrong)) return TEXT_NONE;
  return line ? text_format(arena, "line %u: %s", (unsigned)line, wrong)
              : text_of(wrong);
}

static Text check(Audit *audit, Image *image, const char *path)
{
  Language *own = ARENA_NEW(audit->arena, Language);
  own->audit = audit;
  own->image = image;
  own->file = utf8_safe(audit->arena, file_name(path), false);
  own->code = code_of(own->file);
  Text reason = read_catalogue(own, path);
  if (text_is_none(reason))
    compare(own);
  else
    tell_unreadable(own, reason);
  return reason;
}

static int check_named(Audit *audit, Image *image, const Words *paths)
{
  for (uint32_t i = 0; i < paths->count; i++) {
    Text reason = check(audit, image, paths->at[i]);
    if (text_is_none(reason)) continue;
    Text safe = utf8_safe(audit->arena, text_of(paths->at[i]), false);
    fprintf(stderr, "stile: The translation `%.*s` cannot be read: %.*s\n",
            TEXT_ARG(safe), TEXT_ARG(reason));
    return EXIT_MACHINE;
  }
  return EXIT_DONE;
}

/* ---------------------------------------------------------- beside a policy */

static int compare_names(const void *a, const void *b)
{
  return text_compare(*(const Text *)a, *(const Text *)b);
}

/* Is it "gifts.cy.po", where the stem is "gifts"? */
static bool is_catalogue(Text name, Text stem)
{
  if (!text_starts(name, stem) || name.length < stem.length + 5 ||
      name.at[stem.length] != '.' ||
      memcmp(name.at + name.length - 3, ".po", 3) != 0)
    return false;
  return !memchr(name.at + stem.length + 1, '.',
                 name.length - stem.length - 4);
}

/* Their names, in order; none where the folder cannot be read.  No room is
 * taken while it is open. */
static void list_beside(Arena *arena, const char *folder, Text stem,
                        Places *names)
{
  char *room = ARENA_ARRAY(arena, LANGUAGES_MOST * NAME_MOST, char);
  names->at = ARENA_ARRAY(arena, LANGUAGES_MOST, Text);
  DIR *open = opendir(folder);
  struct dirent *one;
  while (open && names->count < LANGUAGES_MOST && (one = readdir(open))) {
    Text name = text_of(one->d_name);
    if (!is_catalogue(name, stem) || name.length > NAME_MOST) continue;
    memcpy(room, name.at, name.length);
    names->at[names->count++] = (Text){room, name.length};
    room += NAME_MOST;
  }
  if (open) closedir(open);
  qsort(names->at, names->count, sizeof *names->at, compare_names);
}

/* The language that was asked for has to be there; that of the policy itself,
 * which is English unless its author says otherwise, has no catalogue. */
static void tell_absent(Audit *audit, Text stem, const Places *names)
{
  const char *said = language_said();
  if (!said || strcmp(said, "en") == 0) return;
  Text file = text_format(audit->arena, "%.*s.%s.po", TEXT_ARG(stem), said);
  for (uint32_t i = 0; i < names->count; i++)
    if (text_equal(names->at[i], file)) return;
  Language own = {.audit = audit, .code = text_of(said), .file = file};
  Text words = into(&own), safe = utf8_safe(audit->arena, file, false);
  tell(&own, FINDING_NO_TRANSLATION,
       text_format(audit->arena,
                   "There is no `%.*s` beside the policy, so nothing of it is "
                   "in %.*s.", TEXT_ARG(safe), TEXT_ARG(words)))
      ->help = TEXT("`stile i18n` makes the file to start from.");
}

static void tell_none(Audit *audit)
{
  Finding *finding = audit_find(audit, FINDING_NO_TRANSLATION, NONE);
  finding->level = LEVEL_NOTE;
  finding->message = TEXT("There is no translation beside the policy, into any "
                          "language.");
  finding->help = TEXT("`stile i18n` makes the file to start from.");
}

static void check_beside(Audit *audit, Image *image, const char *policy_path)
{
  Arena *arena = audit->arena;
  Text path = policy_texts_stem(policy_path);
  Text stem = file_name(text_copy(arena, path).at);
  Text folder = {path.at, path.length - stem.length};
  const char *named = text_copy(arena, folder).at;
  Places names = {0};
  list_beside(arena, folder.length ? named : ".", stem, &names);
  for (uint32_t i = 0; i < names.count; i++)
    check(audit, image,
          text_copy(arena, text_format(arena, "%s%.*s", named,
                                       TEXT_ARG(names.at[i]))).at);
  uint32_t before = audit->findings.count;
  tell_absent(audit, stem, &names);
  if (!names.count && audit->findings.count == before) tell_none(audit);
}

int audit_translations(Audit *audit, Image *image, const char *policy_path,
                       const Words *paths)
{
  if (paths->count) return check_named(audit, image, paths);
  if (strcmp(policy_path, "-") != 0) check_beside(audit, image, policy_path);
  return EXIT_DONE;
}
