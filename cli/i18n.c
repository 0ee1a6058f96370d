/* `stile i18n`: the words of policies, for translators. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/file_write.h"
#include "cli/options.h"
#include "cli/policy_load.h"
#include "cli/policy_texts.h"
#include "cli/report.h"

typedef struct Template {
  Arena *arena;
  const Image *image;
  Table seen; /* two policies may use the same file */
  Buffer out;
} Template;

static void put_quoted(Buffer *out, const char *keyword, Text text)
{
  buffer_format(out, "%s \"", keyword);
  for (uint32_t i = 0; i < text.length; i++) {
    char letter = text.at[i];
    if (letter == '"' || letter == '\\') buffer_put_char(out, '\\');
    if (letter == '\n')
      buffer_put_c(out, "\\n");
    else if (letter == '\t')
      buffer_put_c(out, "\\t");
    else
      buffer_put_char(out, letter);
  }
  buffer_put_c(out, "\"\n");
}

static void put_entry(void *context, Text where, uint32_t *field)
{
  Template *made = context;
  Text words = image_text(made->image, *field);
  Text key = text_format(made->arena, "%.*s\4%.*s", TEXT_ARG(where),
                         TEXT_ARG(words));
  if (!words.length || !table_put(&made->seen, key, 0)) return;
  buffer_put_char(&made->out, '\n');
  put_quoted(&made->out, "msgctxt", where);
  put_quoted(&made->out, "msgid", words);
  buffer_put_c(&made->out, "msgstr \"\"\n");
}

static int add_policy(Template *made, const char *path,
                      const LoadOptions *load, uint32_t color)
{
  LoadedPolicy *policy = ARENA_NEW(made->arena, LoadedPolicy);
  int status = policy_load(made->arena, path, load, policy);
  if (status != EXIT_DONE) {
    report_text(made->arena, &policy->sources, &policy->diagnostics,
                report_color(color, STDERR_FILENO));
    return status;
  }
  made->image = &policy->image;
  policy_texts_visit(made->arena, &policy->image, put_entry, made);
  return EXIT_DONE;
}

static int write_template(Arena *arena, const char *path, Text bytes)
{
  if (file_write(arena, path, bytes)) return EXIT_DONE;
  int reason = errno;
  Text name = utf8_safe(arena, text_of(path), false);
  fprintf(stderr, "stile: `%.*s` could not be written: %s.\n", TEXT_ARG(name),
          strerror(reason));
  return EXIT_MACHINE;
}

static const char heading[] =
    "# The words of a policy, to be translated.\n"
    "msgid \"\"\nmsgstr \"\"\n"
    "\"Project-Id-Version: policy\\n\"\n"
    "\"PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE\\n\"\n"
    "\"Last-Translator: \\n\"\n"
    "\"Language-Team: \\n\"\n"
    "\"Language: \\n\"\n"
    "\"MIME-Version: 1.0\\n\"\n"
    "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "\"Content-Transfer-Encoding: 8bit\\n\"\n";

static int run(Arena *arena, int argc, char **argv)
{
  LoadOptions load = {.today = DAY_NONE};
  const char *output = "-";
  uint32_t color = COLOR_AUTO;
  const Option table[] = {
    {.name = "output", .letter = 'o', .value = "FILE.pot", .text = &output,
     .help = "where to write them; stdout if not said"},
    POLICY_OPTIONS(load, color),
  };
  Words files;
  int status = options_read(arena, &command_i18n, table, OPTION_COUNT(table),
                            argc, argv, &files);
  if (status != OPTIONS_FINE) return status;
  if (!files.count)
    return options_misuse(&command_i18n, "Which policy is to be translated?");
  Template made = {.arena = arena, .out = {.arena = arena}};
  table_init(&made.seen, arena, 0);
  buffer_put_c(&made.out, heading);
  for (uint32_t i = 0; i < files.count; i++) {
    status = add_policy(&made, files.at[i], &load, color);
    if (status != EXIT_DONE) return status;
  }
  return write_template(arena, output, buffer_text(&made.out));
}

const Command command_i18n = {
  "i18n", "[OPTIONS] POLICY...",
  N_("list a policy's words, to translate them"),
  N_(
  "Makes a template in gettext's form. Save its translation beside the\n"
  "policy: gifts.cy.po for gifts.stile in Welsh. `stile ask --lang cy` then\n"
  "uses it.\n"),
  run};
