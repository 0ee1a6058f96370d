/* The policies that a log keeps, and their words in the language spoken. */
#include "cli/log.h"
#include "cli/policy_texts.h"
#include "runtime/image_file.h"

bool log_load_image(Log *log, const LogEntry *entry, Image *image)
{
  Text bytes, hash = log_text(json_object_get(entry->json, "policy"), "image");
  ImageFault fault;
  return !text_is_none(hash) &&
         log_find_image(&log->store, log->arena, hash, &bytes) &&
         image_read(log->arena, bytes, image, &fault);
}

static void load(Log *log, const LogEntry *entry, LogPolicy *policy)
{
  Arena *now = log->arena;
  log->arena = log->lasting;
  policy->sound = log_load_image(log, entry, &policy->own);
  policy->spoken = policy->own;
  if (policy->sound && log->format != 1)
    policy->sound = policy_translate(log->arena, &policy->spoken, NULL,
                                     log->texts);
  log->arena = now;
}

const LogPolicy *log_policy(Log *log, const LogEntry *entry)
{
  Text hash = log_text(json_object_get(entry->json, "policy"), "image");
  if (text_is_none(hash)) return NULL;
  if (!log->policy) log->policy = ARENA_NEW(log->lasting, LogPolicy);
  if (text_is_none(log->policy->hash) ||
      !text_equal(log->policy->hash, hash)) {
    *log->policy = (LogPolicy){.hash = text_copy(log->lasting, hash)};
    load(log, entry, log->policy);
  }
  return log->policy->sound ? log->policy : NULL;
}

Text log_rule_words(const LogPolicy *policy, Text rule, Text text)
{
  const Image *own = &policy->own, *spoken = &policy->spoken;
  for (uint32_t r = 0; r < own->rules.count; r++) {
    const Rule *one = &own->rules.at[r];
    if (!text_equal(image_text(own, one->full_name), rule)) continue;
    for (uint32_t i = one->lines.first; i < one->lines.first +
                                                one->lines.count; i++)
      if (text_equal(image_text(own, own->lines.at[i].text), text))
        return image_text(spoken, spoken->lines.at[i].text);
    for (uint32_t i = one->duties.first; i < one->duties.first +
                                                 one->duties.count; i++)
      if (text_equal(image_text(own, own->duties.at[i].text), text))
        return image_text(spoken, spoken->duties.at[i].text);
  }
  return text;
}
