#include "tests/reference/subject.h"

#include "compiler/parse.h"

static bool read_generated(void *context, Arena *arena, Text path, Text *bytes,
                           Text *reason) {
  const Generated *files = context;
  (void)arena;
  for (uint32_t i = 0; i < files->count; i++)
    if (text_equal(files->paths[i], path)) {
      *bytes = files->texts[i];
      return true;
    }
  *reason = TEXT("there is no such file");
  return false;
}

static bool compile_image(Arena *arena, const Generated *files,
                          Subject *subject) {
  Generated copy = *files;
  FileReader reader = {read_generated, &copy};
  CompileInput input = {.main_path = files->paths[0], .files = &reader};
  Image image = {0};
  Buffer bytes = {.arena = arena};
  ImageFault fault = {0};
  if (!compile(arena, &input, &subject->sources, &subject->diagnostics,
               &image)) {
    subject->problem = TEXT("it does not compile");
    return false;
  }
  image_write(&bytes, &image);
  if (image_read(arena, buffer_text(&bytes), &subject->image, &fault))
    return true;
  subject->problem = text_format(arena, "its image is refused at %u: %s",
                                 (unsigned)fault.offset, fault.message);
  return false;
}

static bool parse_files(Arena *arena, const Generated *files,
                        Subject *subject) {
  RefFile parsed[GENERATED_FILES_MOST];
  Sources sources = {0};
  Diagnostics diagnostics = {.arena = arena};
  for (uint32_t i = 0; i < files->count; i++) {
    Tree *tree = ARENA_NEW(arena, Tree);
    uint32_t file =
        source_add(arena, &sources, files->paths[i], files->texts[i]);
    if (!parse(arena, &sources, file, &diagnostics, tree)) return false;
    parsed[i] = (RefFile){files->paths[i], tree};
  }
  subject->problem = TEXT("the reference finds a name without meaning");
  return ref_policy_make(arena, parsed, files->count, &subject->policy);
}

/* ------------------------------------------------------------ same things */

static uint32_t image_fact(const Image *image, const RefFact *fact) {
  for (uint32_t i = 0; i < image->facts.count; i++)
    if (image->facts.at[i].dimension == (uint32_t)fact->dimension &&
        text_equal(image_text(image, image->facts.at[i].name), fact->name))
      return i;
  return NONE;
}

static uint32_t image_rule(const Image *image, const RefRule *rule) {
  for (uint32_t i = 0; i < image->rules.count; i++) {
    const Rule *other = &image->rules.at[i];
    if (other->kind == (uint32_t)rule->kind &&
        other->layer == (uint32_t)rule->layer &&
        text_equal(image_text(image, other->full_name), rule->full_name) &&
        other->duties.count == rule->duty_count)
      return i;
  }
  return NONE;
}

static uint32_t image_boundary(const Image *image, Text name) {
  for (uint32_t i = 0; i < image->boundaries.count; i++)
    if (text_equal(image_text(image, image->boundaries.at[i].name), name))
      return i;
  return NONE;
}

static bool match(Arena *arena, Subject *subject) {
  const RefPolicy *policy = &subject->policy;
  const Image *image = &subject->image;
  bool all = image->facts.count == policy->facts.count &&
             image->rules.count == policy->rules.count &&
             image->promises.count == policy->promises.count &&
             image->assumes.count == policy->assumes.count;
  subject->facts = ARENA_ARRAY(arena, policy->facts.count, uint32_t);
  subject->rules = ARENA_ARRAY(arena, policy->rules.count, uint32_t);
  subject->boundaries = ARENA_ARRAY(arena, policy->boundaries.count, uint32_t);
  for (uint32_t i = 0; i < policy->facts.count; i++) {
    subject->facts[i] = image_fact(image, &policy->facts.at[i]);
    all = all && subject->facts[i] == i;
  }
  for (uint32_t i = 0; i < policy->rules.count; i++) {
    subject->rules[i] = image_rule(image, &policy->rules.at[i]);
    all = all && subject->rules[i] != NONE;
  }
  for (uint32_t i = 0; i < policy->boundaries.count; i++) {
    subject->boundaries[i] = image_boundary(image, policy->boundaries.at[i]);
    all = all && subject->boundaries[i] != NONE;
  }
  return all;
}

bool subject_make(Arena *arena, const Generated *files, Subject *subject) {
  *subject = (Subject){.diagnostics = {.arena = arena}};
  subject->problem = TEXT("the reference cannot parse it");
  if (!compile_image(arena, files, subject) ||
      !parse_files(arena, files, subject))
    return false;
  subject->problem =
      TEXT("the image's facts or rules are not those declared, in order");
  return match(arena, subject);
}

Situation subject_situation(Arena *arena, const Subject *subject,
                            const Situation *situation) {
  Situation mapped = *situation;
  uint32_t count = subject->policy.facts.count;
  mapped.facts = ARENA_ARRAY(arena, count + 1, Given);
  for (uint32_t i = 0; i < count; i++)
    mapped.facts[subject->facts[i]] = situation->facts[i];
  if (situation->boundary != REF_NONE)
    mapped.boundary = subject->boundaries[situation->boundary];
  return mapped;
}

uint32_t subject_duty(const Subject *subject, uint32_t rule, uint32_t duty) {
  return subject->image.rules.at[subject->rules[rule]].duties.first + duty;
}
