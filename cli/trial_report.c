#include "cli/trial_report.h"

#include <stdio.h>

#include "base/utf8.h"
#include "base/wrap.h"
#include "runtime/terms.h"

/* A text that comes from a file or the command line, safe and on one line. */
static Text safe(Arena *arena, Text text)
{
  return utf8_safe(arena, text, false);
}

static Text name_of(const Image *image, uint32_t rule)
{
  return image_text(image, image->rules.at[rule].full_name);
}

static void count_all(PolicyTrials *const *all, uint32_t count,
                      uint32_t counts[3])
{
  for (uint32_t i = 0; i < count; i++)
    for (int result = 0; result < 3; result++)
      counts[result] += all[i]->counts[result];
}

/* ----------------------------------------------------------- for people */

static void print_wrapped(Arena *arena, const char *start, Text text,
                          uint32_t indent)
{
  Buffer out = {.arena = arena};
  wrap_put(&out, text, (uint32_t)printf("%s", start), indent, WRAP_WIDTH);
  printf("%.*s\n", TEXT_ARG(buffer_text(&out)));
}

static void text_trial(Arena *arena, const Trial *trial, bool verbose)
{
  static const char *const marks[] = {"  passed   ", "  FAILED   ",
                                      "  not tested "};
  if (trial->result == TRIAL_PASSED && !verbose) return;
  print_wrapped(arena, marks[trial->result], safe(arena, trial->title), 11);
  for (uint32_t i = 0; i < trial->faults.count; i++)
    print_wrapped(arena, "           ", trial->faults.at[i], 11);
  if (trial->result == TRIAL_SKIPPED)
    puts("           It says nothing that is expected.");
  if (trial->result != TRIAL_PASSED && trial->line)
    printf("           %.*s:%u:%u\n", TEXT_ARG(safe(arena, trial->file)),
           trial->line, trial->column);
}

static void text_share(const char *what, const uint8_t *marks, uint32_t count)
{
  if (count) printf("  %s: %u of %u\n", what, coverage_count(marks, count),
                    count);
}

/* Does the rule stand in the main file?  Without places all do. */
static bool is_own(const Image *image, uint32_t rule)
{
  const Place *place = image_rule_place(image, rule);
  return !place || place->file == 0;
}

/* The own rules that no trial has seen in force, in one paragraph; those of
 * used files are only counted, as their own examples try them. */
static void text_unreached(Arena *arena, const PolicyTrials *one)
{
  const Image *image = &one->policy.image;
  Buffer list = {.arena = arena};
  uint32_t others = 0;
  for (uint32_t i = 0; i < image->rules.count; i++) {
    if (one->coverage.rules[i]) continue;
    if (!is_own(image, i)) {
      others++;
      continue;
    }
    if (list.length) buffer_put_c(&list, ", ");
    buffer_put(&list, name_of(image, i));
  }
  if (list.length)
    print_wrapped(arena, "  Never in force here: ", buffer_text(&list), 4);
  if (others)
    printf("  Of the files that it uses, never in force here: %u rule%s.\n",
           others, others == 1 ? "" : "s");
}

static void text_coverage(Arena *arena, const PolicyTrials *one)
{
  const Image *image = &one->policy.image;
  const Coverage *coverage = &one->coverage;
  Buffer verdicts = {.arena = arena};
  for (int i = 0; i < VERDICT_COUNT; i++) {
    if (!coverage->verdicts[i]) continue;
    if (verdicts.length) buffer_put_c(&verdicts, ", ");
    buffer_put_c(&verdicts, term_verdict((Verdict)i));
  }
  puts("\n  What these examples reach:");
  text_share("boundaries asked about", coverage->boundaries,
             image->boundaries.count);
  text_share("rules in force", coverage->rules, image->rules.count);
  text_share("duties that stood", coverage->duties, image->duties.count);
  if (verdicts.length)
    printf("  verdicts: %.*s\n", TEXT_ARG(buffer_text(&verdicts)));
  text_unreached(arena, one);
}

static void text_policy(Arena *arena, const PolicyTrials *one, bool verbose)
{
  printf("%.*s\n", TEXT_ARG(safe(arena, text_of(one->path))));
  if (!one->loaded) {
    puts("  This policy has errors, so nothing in it was tried.");
    return;
  }
  for (uint32_t i = 0; i < one->trials.count; i++)
    text_trial(arena, &one->trials.at[i], verbose);
  if (one->trials.count == 0) puts("  It has no examples of its own.");
  printf("  %u passed, %u failed", one->counts[TRIAL_PASSED],
         one->counts[TRIAL_FAILED]);
  if (one->counts[TRIAL_SKIPPED])
    printf(", %u not tested", one->counts[TRIAL_SKIPPED]);
  putchar('\n');
  if (one->elsewhere)
    printf("  Not tried here: %u of files that it uses. Test those files.\n",
           one->elsewhere);
  if (one->trials.count) text_coverage(arena, one);
}

static void print_text(Arena *arena, PolicyTrials *const *all, uint32_t count,
                       bool verbose)
{
  for (uint32_t i = 0; i < count; i++) {
    if (i) putchar('\n');
    text_policy(arena, all[i], verbose);
  }
  puts("\nWhat no example reaches is untried. What is reached is not thereby "
       "safe.");
}

/* ------------------------------------------------------------------ TAP */

/* In a description, `#` would start a directive. */
static void tap_title(Arena *arena, Text title)
{
  Text text = safe(arena, title);
  for (uint32_t i = 0; i < text.length; i++) {
    if (text.at[i] == '#' || text.at[i] == '\\') putchar('\\');
    putchar(text.at[i]);
  }
}

static void print_tap(Arena *arena, PolicyTrials *const *all, uint32_t count)
{
  uint32_t number = 0, counts[3] = {0};
  count_all(all, count, counts);
  printf("TAP version 13\n1..%u\n", counts[0] + counts[1] + counts[2]);
  for (uint32_t i = 0; i < count; i++) {
    for (uint32_t j = 0; j < all[i]->trials.count; j++) {
      const Trial *trial = &all[i]->trials.at[j];
      printf("%sok %u - ", trial->result == TRIAL_FAILED ? "not " : "",
             ++number);
      tap_title(arena, trial->title);
      puts(trial->result == TRIAL_SKIPPED ? " # SKIP nothing is expected"
                                          : "");
      for (uint32_t k = 0; k < trial->faults.count; k++)
        printf("# %.*s\n", TEXT_ARG(trial->faults.at[k]));
    }
    if (!all[i]->loaded) puts("Bail out! A policy has errors.");
  }
}

/* ---------------------------------------------------------------- JUnit */

static void xml_text(Arena *arena, Text text)
{
  Text clean = safe(arena, text);
  for (uint32_t i = 0; i < clean.length; i++) {
    switch (clean.at[i]) {
    case '&': fputs("&amp;", stdout); break;
    case '<': fputs("&lt;", stdout); break;
    case '>': fputs("&gt;", stdout); break;
    case '"': fputs("&quot;", stdout); break;
    default: putchar(clean.at[i]); break;
    }
  }
}

static void junit_trial(Arena *arena, const PolicyTrials *one,
                        const Trial *trial)
{
  fputs("    <testcase classname=\"", stdout);
  xml_text(arena, text_of(one->path));
  fputs("\" name=\"", stdout);
  xml_text(arena, trial->title);
  puts("\">");
  if (trial->result == TRIAL_SKIPPED) puts("      <skipped/>");
  for (uint32_t i = 0; i < trial->faults.count; i++) {
    fputs(i ? "" : "      <failure>", stdout);
    xml_text(arena, trial->faults.at[i]);
    puts(i + 1 < trial->faults.count ? "" : "</failure>");
  }
  puts("    </testcase>");
}

static void junit_suite(Arena *arena, const PolicyTrials *one)
{
  fputs("  <testsuite name=\"", stdout);
  xml_text(arena, text_of(one->path));
  printf("\" tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"%u\">\n",
         one->trials.count + !one->loaded, one->counts[TRIAL_FAILED],
         (unsigned)!one->loaded, one->counts[TRIAL_SKIPPED]);
  for (uint32_t i = 0; i < one->trials.count; i++)
    junit_trial(arena, one, &one->trials.at[i]);
  if (!one->loaded)
    puts("    <testcase name=\"the policy\">\n"
         "      <error message=\"The policy has errors.\"/>\n"
         "    </testcase>");
  puts("  </testsuite>");
}

static void print_junit(Arena *arena, PolicyTrials *const *all, uint32_t count)
{
  puts("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>");
  for (uint32_t i = 0; i < count; i++) junit_suite(arena, all[i]);
  puts("</testsuites>");
}

void trials_print(Arena *arena, uint32_t format, PolicyTrials *const *all,
                  uint32_t count, bool verbose, json_t *diagnostics)
{
  switch (format) {
  case TRIALS_TAP: print_tap(arena, all, count); break;
  case TRIALS_JUNIT: print_junit(arena, all, count); break;
  case TRIALS_JSON: trials_print_json(arena, all, count, diagnostics); break;
  default: print_text(arena, all, count, verbose); break;
  }
}
