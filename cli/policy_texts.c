#include "cli/policy_texts.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/file_read.h"
#include "cli/language.h"
#include "cli/say.h"
#include "cli/wording.h"
#include "runtime/terms.h"

typedef struct Walk {
  Arena *arena;
  Image *image;
  PolicyTextVisit *visit;
  void *context;
} Walk;

/* ------------------------------------------------------------- the walk */

static Text name_of(const Walk *walk, uint32_t text)
{
  return image_text(walk->image, text);
}

static void visit(const Walk *walk, Text where, const char *part,
                  uint32_t *field)
{
  if (*field == NONE) return;
  walk->visit(walk->context,
              text_format(walk->arena, "%.*s: %s", TEXT_ARG(where), part),
              field);
}

static void visit_policy(const Walk *walk)
{
  Policy *policy = &walk->image->policy.at[0];
  visit(walk, TEXT("policy"), "title", &policy->title);
  visit(walk, TEXT("policy"), "owner", &policy->owner);
  visit(walk, TEXT("policy"), "if unsure", &policy->if_unsure);
  visit(walk, TEXT("policy"), "review", &policy->review_title);
}

static void visit_boundary(const Walk *walk, Boundary *boundary)
{
  Text where = text_format(walk->arena, "boundary %.*s",
                           TEXT_ARG(name_of(walk, boundary->name)));
  visit(walk, where, "title", &boundary->title);
  visit(walk, where, "or", &boundary->refusal);
}

/* The words of yes and no are not the policy's. */
static void visit_fact(const Walk *walk, Fact *fact)
{
  Text where = text_format(walk->arena, "%s %.*s",
                           term_dimension((Dimension)fact->dimension),
                           TEXT_ARG(name_of(walk, fact->name)));
  visit(walk, where, "question", &fact->question);
  visit(walk, where, "help", &fact->help);
  for (uint32_t i = 0; i < fact->values.count; i++) {
    Value *value = &walk->image->values.at[fact->values.first + i];
    uint32_t words = value->words == NONE ? value->name : value->words;
    uint32_t before = words;
    if (fact->type == TYPE_YES_NO) continue;
    visit(walk, where, text_copy(walk->arena, name_of(walk, value->name)).at,
          &words);
    if (words != before) value->words = words;
  }
}

static const char *line_part(uint32_t kind)
{
  static const char *const parts[LINE_KIND_COUNT] = {
    [LINE_BECAUSE] = "because", [LINE_WEIGH] = "weigh",
    [LINE_REFLECT] = "reflect", [LINE_INSTEAD] = "instead",
    [LINE_ACT] = "act",
  };
  return parts[kind];
}

static void visit_rule(const Walk *walk, Rule *rule)
{
  Image *image = walk->image;
  Text where = text_format(walk->arena, "rule %.*s",
                           TEXT_ARG(name_of(walk, rule->full_name)));
  visit(walk, where, "title", &rule->title);
  for (uint32_t i = 0; i < rule->lines.count; i++) {
    Line *line = &image->lines.at[rule->lines.first + i];
    visit(walk, where, line_part(line->kind), &line->text);
  }
  for (uint32_t i = 0; i < rule->duties.count; i++) {
    Duty *duty = &image->duties.at[rule->duties.first + i];
    visit(walk, where, "must", &duty->text);
    visit(walk, where, "by", &duty->by);
  }
}

void policy_texts_visit(Arena *arena, Image *image, PolicyTextVisit *each,
                        void *context)
{
  Walk walk = {arena, image, each, context};
  visit_policy(&walk);
  for (uint32_t i = 0; i < image->boundaries.count; i++)
    visit_boundary(&walk, &image->boundaries.at[i]);
  for (uint32_t i = 0; i < image->facts.count; i++)
    visit_fact(&walk, &image->facts.at[i]);
  for (uint32_t i = 0; i < image->rules.count; i++)
    visit_rule(&walk, &image->rules.at[i]);
}

/* ---------------------------------------------------------- translating */

/* The program's: answers say so at their end. */
static bool is_missing;

bool policy_texts_missing(void)
{
  return is_missing;
}

#define COPY(arena, list)                                                     \
  do {                                                                        \
    size_t size_ = ((size_t)(list)->count + 1) * sizeof *(list)->at;          \
    void *copy_ = arena_make((arena), size_);                                 \
    if ((list)->count) memcpy(copy_, (list)->at, size_ - sizeof *(list)->at); \
    (list)->at = copy_;                                                       \
    (list)->room = (list)->count + 1;                                         \
  } while (0)

static void copy_lists(Arena *arena, Image *image)
{
  COPY(arena, &image->policy);
  COPY(arena, &image->boundaries);
  COPY(arena, &image->facts);
  COPY(arena, &image->values);
  COPY(arena, &image->rules);
  COPY(arena, &image->lines);
  COPY(arena, &image->duties);
  COPY(arena, &image->texts);
}

typedef struct Translation {
  Arena *arena;
  Image *image;
  const Catalogue *catalogue;
} Translation;

static void translate(void *context, Text where, uint32_t *field)
{
  Translation *translation = context;
  Image *image = translation->image;
  Text words = catalogue_find(translation->arena, translation->catalogue,
                              where, image_text(image, *field));
  if (text_is_none(words)) {
    is_missing = true;
    return;
  }
  *field = image->texts.count;
  VEC_PUSH(translation->arena, &image->texts, words);
}

static bool tell(Arena *arena, const char *path, Text reason)
{
  Text safe = utf8_safe(arena, text_of(path), false);
  say(stderr, "stile: The translation `%.*s` cannot be read: %.*s\n",
      TEXT_ARG(safe), TEXT_ARG(reason));
  return false;
}

static bool translate_from(Arena *arena, Image *image, const char *path)
{
  Catalogue catalogue;
  Text bytes, reason;
  const char *wrong;
  uint32_t line;
  bool missing_before = is_missing;
  is_missing = true;
  if (!file_read(arena, path, CATALOGUE_FILE_MOST, &bytes, &reason))
    return tell(arena, path,
                text_format(arena, "%.*s.", TEXT_ARG(reason)));
  if (!po_read(arena, bytes, &catalogue, &line, &wrong))
    return tell(arena, path,
                line ? speech_format(arena, wording_speech(), "line %u: %s",
                                     line, wrong)
                     : language_words(wrong));
  is_missing = missing_before;
  copy_lists(arena, image);
  Translation translation = {arena, image, &catalogue};
  policy_texts_visit(arena, image, translate, &translation);
  return true;
}

Text policy_texts_stem(const char *policy)
{
  const char *dot = strrchr(policy, '.');
  size_t length = dot && !strchr(dot, '/') ? (size_t)(dot - policy)
                                           : strlen(policy);
  return (Text){policy, (uint32_t)length};
}

/* "policies/gifts.cy.po" beside "policies/gifts.stile" */
static const char *path_beside(Arena *arena, const char *policy)
{
  Text stem = policy_texts_stem(policy);
  return text_copy(arena, text_format(arena, "%.*s.%s.po", TEXT_ARG(stem),
                                      language_code())).at;
}

bool policy_translate(Arena *arena, Image *image, const char *policy,
                      const char *path)
{
  if (path) return translate_from(arena, image, path);
  path = policy ? path_beside(arena, policy) : NULL;
  if (path && access(path, F_OK) == 0)
    translate_from(arena, image, path);
  else if (strcmp(language_code(), "en") != 0)
    is_missing = true;
  return true;
}
