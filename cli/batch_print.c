#include "cli/batch_print.h"

#include <inttypes.h>

#include "base/utf8.h"
#include "runtime/terms.h"

/* ------------------------------------------------------------------- fields */

static void put_csv(Buffer *out, Text text)
{
  bool plain = true;
  for (uint32_t i = 0; i < text.length; i++)
    plain &= text.at[i] != ',' && text.at[i] != '"' && text.at[i] != '\n';
  if (plain) {
    buffer_put(out, text);
    return;
  }
  buffer_put_char(out, '"');
  for (uint32_t i = 0; i < text.length; i++) {
    if (text.at[i] == '"') buffer_put_char(out, '"');
    buffer_put_char(out, text.at[i]);
  }
  buffer_put_char(out, '"');
}

/* The text has been made safe: there are no control characters in it. */
static void put_json(Buffer *out, Text text)
{
  buffer_put_char(out, '"');
  for (uint32_t i = 0; i < text.length; i++) {
    if (text.at[i] == '"' || text.at[i] == '\\') buffer_put_char(out, '\\');
    buffer_put_char(out, text.at[i]);
  }
  buffer_put_char(out, '"');
}

static Text rule_name(const Image *image, uint32_t rule)
{
  return image_text(image, image->rules.at[rule].full_name);
}

/* --------------------------------------------------------------------- CSV */

void batch_put_header(Buffer *out, const Text *kept_names, uint32_t count)
{
  buffer_put_c(out, "case");
  for (uint32_t i = 0; i < count; i++) {
    buffer_put_char(out, ',');
    put_csv(out, kept_names[i]);
  }
  buffer_put_c(out, ",verdict,settled,low,high,holding-back,tension,"
                    "emergency,deciding,problem\n");
}

static void put_csv_answer(Buffer *out, const Image *image,
                           const CaseAnswer *answer)
{
  buffer_format(out, "%s,%s,%s,%s,%s,%s,%s,",
                answer->settled ? term_verdict(answer->low) : "",
                answer->settled ? "yes" : "no", term_verdict(answer->low),
                term_verdict(answer->high), term_three(answer->may_harm),
                term_three(answer->tension), term_three(answer->emergency));
  for (uint32_t i = 0; i < answer->deciding_count; i++) {
    if (i) buffer_put_char(out, ' ');
    buffer_put(out, rule_name(image, answer->deciding[i]));
  }
  buffer_put_c(out, ",\n");
}

static void put_csv_case(Buffer *out, const Image *image,
                         const CaseLine *line)
{
  buffer_format(out, "%" PRIu64 ",", line->number);
  for (uint32_t i = 0; i < line->kept_count; i++) {
    put_csv(out, line->kept[i]);
    buffer_put_char(out, ',');
  }
  if (line->answer) {
    put_csv_answer(out, image, line->answer);
    return;
  }
  buffer_put_c(out, ",,,,,,,,");
  put_csv(out, line->problem);
  buffer_put_char(out, '\n');
}

/* -------------------------------------------------------------- JSON Lines */

static void put_json_answer(Buffer *out, const Image *image,
                            const CaseAnswer *answer)
{
  const char *low = term_verdict(answer->low);
  if (answer->settled)
    buffer_format(out, ",\"verdict\":\"%s\"", low);
  else
    buffer_put_c(out, ",\"verdict\":null");
  buffer_format(out,
                ",\"settled\":%s,\"range\":[\"%s\",\"%s\"],"
                "\"holding-back\":\"%s\",\"tension\":\"%s\","
                "\"emergency\":\"%s\",\"deciding\":[",
                answer->settled ? "true" : "false", low,
                term_verdict(answer->high), term_three(answer->may_harm),
                term_three(answer->tension), term_three(answer->emergency));
  for (uint32_t i = 0; i < answer->deciding_count; i++) {
    if (i) buffer_put_char(out, ',');
    put_json(out, rule_name(image, answer->deciding[i]));
  }
  buffer_put_c(out, "],\"problem\":null}\n");
}

static void put_json_case(Buffer *out, const Image *image,
                          const CaseLine *line)
{
  buffer_format(out, "{\"case\":%" PRIu64, line->number);
  for (uint32_t i = 0; i < line->kept_count; i++) {
    buffer_put_char(out, ',');
    put_json(out, line->kept_names[i]);
    buffer_put_char(out, ':');
    put_json(out, line->kept[i]);
  }
  if (line->answer) {
    put_json_answer(out, image, line->answer);
    return;
  }
  buffer_put_c(out, ",\"verdict\":null,\"settled\":false,\"range\":null,"
                    "\"holding-back\":null,\"tension\":null,"
                    "\"emergency\":null,\"deciding\":[],\"problem\":");
  put_json(out, line->problem);
  buffer_put_c(out, "}\n");
}

void batch_put_case(Buffer *out, uint32_t format, const Image *image,
                    const CaseLine *line)
{
  if (format == BATCH_CSV)
    put_csv_case(out, image, line);
  else
    put_json_case(out, image, line);
}

/* ------------------------------------------------------------------ totals */

void batch_count(BatchTotals *totals, const CaseAnswer *answer)
{
  totals->settled += answer->settled;
  if (answer->settled) totals->verdicts[answer->low]++;
  totals->may_harm += answer->may_harm == THREE_YES;
  totals->tension += answer->tension == THREE_YES;
  totals->emergency += answer->emergency == THREE_YES;
  totals->exhausted += answer->exhausted;
}

static void put_total(Buffer *out, uint32_t format, const char *name,
                      uint64_t count)
{
  if (format == BATCH_CSV)
    buffer_format(out, "%s,%" PRIu64 "\n", name, count);
  else
    buffer_format(out, "%s\"%s\":%" PRIu64,
                  out->at[out->length - 1] == '{' ? "" : ",", name, count);
}

void batch_put_totals(Buffer *out, uint32_t format,
                      const BatchTotals *totals)
{
  uint64_t answered = totals->cases - totals->problems;
  buffer_put_c(out, format == BATCH_CSV ? "what,cases\n" : "{");
  put_total(out, format, "cases", totals->cases);
  put_total(out, format, "not-read", totals->problems);
  for (unsigned i = 0; i < VERDICT_COUNT; i++)
    put_total(out, format, term_verdict((Verdict)i), totals->verdicts[i]);
  put_total(out, format, "not-settled", answered - totals->settled);
  put_total(out, format, "budget-used-up", totals->exhausted);
  put_total(out, format, "holding-back-may-harm", totals->may_harm);
  put_total(out, format, "tension", totals->tension);
  put_total(out, format, "emergency", totals->emergency);
  if (format == BATCH_JSONL) buffer_put_c(out, "}\n");
}
