#include "cli/ask_facts.h"

#include <string.h>

#include "base/utf8.h"
#include "runtime/situation_read.h"
#include "runtime/value_read.h"

int fact_words_check(const Command *command, const FactWords *given)
{
  for (uint32_t i = 0; i < given->words->count; i++) {
    uint32_t offset;
    const char *word = given->words->at[i];
    if (utf8_check(text_of(word), &offset) != UTF8_FINE)
      return options_misuse(command, "A `%s` holds letters that are not "
                                     "UTF-8, or hidden ones.", given->option);
    if (!strchr(word, '='))
      return options_misuse(command,
                            "`%s %s` has no `=`. Write, for instance, "
                            "`%s context.gift=token`.", given->option, word,
                            given->option);
  }
  return OPTIONS_FINE;
}

static void tell_twice(const FactInput *input, Text name, Span span)
{
  Diagnostic *one =
      diagnostic_error(input->diagnostics, E_TWICE, span,
                       "`%.*s` is set a second time.", TEXT_ARG(name));
  diagnostic_help(input->diagnostics, one, "Keep the one that is right.");
}

/* Leaves out the spaces around the name in "context.gift = token". */
static Span name_at(uint32_t file, Text whole, uint32_t sign)
{
  Span span = {file, 0, sign};
  while (span.start < span.end && whole.at[span.start] == ' ') span.start++;
  while (span.end > span.start && whole.at[span.end - 1] == ' ') span.end--;
  return span;
}

static void set_fact(const FactInput *input, uint32_t file, Text whole,
                     Situation *situation, bool *is_set)
{
  uint32_t length = 0;
  while (whole.at[length] != '=') length++;
  Span name_span = name_at(file, whole, length);
  Span value_span = {file, length + 1, whole.length};
  Text name = {whole.at + name_span.start, name_span.end - name_span.start};
  Text value = {whole.at + length + 1, whole.length - length - 1};
  uint32_t fact =
      fact_find(input->arena, input->image, utf8_nfc(input->arena, name),
                name_span, input->diagnostics);
  if (fact == NONE) return;
  if (is_set[fact]) {
    tell_twice(input, name, name_span);
    return;
  }
  is_set[fact] = true;
  if (given_read(input->arena, input->image, fact, value, situation->as_of,
                 value_span, input->diagnostics, &situation->facts[fact]))
    situation_warn_impact(input->arena, input->image, fact, situation,
                          name_span, input->diagnostics);
}

void fact_words_set(const FactInput *input, const FactWords *given,
                    Situation *situation)
{
  bool *is_set =
      ARENA_ARRAY(input->arena, input->image->facts.count + 1, bool);
  for (uint32_t i = 0; i < given->words->count; i++) {
    Text whole = text_of(given->words->at[i]);
    uint32_t file = source_add(input->arena, input->sources,
                               text_of(given->option), whole);
    set_fact(input, file, whole, situation, is_set);
  }
}
