/* The compiler's half of the installed library. */
#include "config.h"

#include "compiler/compile.h"
#include "runtime/image_file.h"
#include "runtime/library.h"

typedef struct HostFiles {
  Text main_name, main_text;
  StileReader *reader;
  void *context;
} HostFiles;

const char *stile_version(void)
{
  return PACKAGE_VERSION;
}

static bool read_file(void *context, Arena *arena, Text path, Text *bytes,
                      Text *reason)
{
  const HostFiles *host = context;
  const char *text = NULL;
  size_t length = 0;
  *reason = TEXT("there is no such file");
  if (text_equal(path, host->main_name)) {
    *bytes = host->main_text;
    return true;
  }
  if (!host->reader) return false;
  Text name = text_copy(arena, path);
  if (!host->reader(host->context, name.at, &text, &length)) return false;
  *reason = TEXT("it is too large");
  if (length > UINT32_MAX) return false;
  *bytes = text_copy(arena, (Text){text, (uint32_t)length});
  return true;
}

static void compile_into(StilePolicy *policy, const HostFiles *host, Day today)
{
  Image image = {0};
  FileReader files = {read_file, (void *)(uintptr_t)host};
  CompileInput input = {
      .main_path = host->main_name, .files = &files, .today = today};
  policy->status = STILE_FINDINGS;
  if (!compile(&policy->arena, &input, &policy->sources, &policy->diagnostics,
               &image))
    return;
  Buffer out = {.arena = &policy->arena};
  image_write(&out, &image);
  policy->bytes = buffer_text(&out);
  library_policy_finish(policy);
}

StilePolicy *stile_policy_compile(const char *name, const char *text,
                                  size_t length, const char *today,
                                  StileReader *reader, void *context)
{
  Day day = DAY_NONE;
  StilePolicy *policy = library_policy_create();
  if (!policy || setjmp(policy->escape) != 0)
    return library_no_memory(policy);
  if (length > UINT32_MAX) return policy;
  if (today) day_read(text_of(today), &day);
  HostFiles host = {
      text_copy(&policy->arena, text_of(name)),
      text_copy(&policy->arena, (Text){text, (uint32_t)length}), reader,
      context};
  compile_into(policy, &host, day);
  policy->messages = library_messages(&policy->arena, &policy->sources,
                                      &policy->diagnostics);
  return policy;
}
