#include "cli/batch_print.h"

#include <inttypes.h>

#include "runtime/terms.h"

/* ------------------------------------------------------------------- fields */

void batch_put_csv(Buffer *out, Text text)
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

void batch_put_json(Buffer *out, Text text)
{
  bool plain = true;
  for (uint32_t i = 0; i < text.length; i++)
    plain &= text.at[i] != '"' && text.at[i] != '\\';
  buffer_put_char(out, '"');
  if (plain) buffer_put(out, text);
  for (uint32_t i = 0; !plain && i < text.length; i++) {
    if (text.at[i] == '"' || text.at[i] == '\\') buffer_put_char(out, '\\');
    buffer_put_char(out, text.at[i]);
  }
  buffer_put_char(out, '"');
}

static void put_number(Buffer *out, uint64_t number)
{
  char digits[20];
  uint32_t at = sizeof digits;
  do {
    digits[--at] = (char)('0' + number % 10);
    number /= 10;
  } while (number);
  buffer_put(out, (Text){digits + at, (uint32_t)sizeof digits - at});
}

static Text rule_name(const Image *image, uint32_t rule)
{
  return image_text(image, image->rules.at[rule].full_name);
}

static Text boundary_name(const Image *image, uint32_t boundary)
{
  return boundary == NONE
             ? TEXT("")
             : image_text(image, image->boundaries.at[boundary].name);
}

/* ------------------------------------------------------------------ changes */

CaseChange case_change(const CaseAnswer *from, const CaseAnswer *to)
{
  if (from->low == to->low && from->high == to->high) return CHANGE_SAME;
  if (!from->settled || !to->settled || from->low == SILENT ||
      to->low == SILENT)
    return CHANGE_OTHER;
  return to->low > from->low ? CHANGE_STRICTER : CHANGE_LOOSER;
}

const char *case_change_word(CaseChange change)
{
  static const char *const words[CHANGE_COUNT] = {"same", "stricter",
                                                  "looser", "other"};
  return words[change];
}

/* ----------------------------------------------------------------- findings */

typedef void PutFindings(Buffer *out, const CaseAnswer *answer);

/* Puts the words of the findings, which are few: each combination is written
 * once and kept. */
static void put_findings(Buffer *out, const CaseAnswer *answer,
                         FindingWords *words, PutFindings *put)
{
  uint32_t at = (uint32_t)answer->low * VERDICT_COUNT + (uint32_t)answer->high;
  at = at * 4 + (uint32_t)answer->may_harm;
  at = at * 4 + (uint32_t)answer->tension;
  at = at * 4 + (uint32_t)answer->emergency;
  if (text_is_none(words->at[at])) {
    Buffer made = {.arena = words->arena};
    put(&made, answer);
    words->at[at] = buffer_text(&made);
  }
  buffer_put(out, words->at[at]);
}

/* --------------------------------------------------------------------- CSV */

void batch_put_header(Buffer *out, const CaseLine *line)
{
  buffer_put_c(out, "case");
  for (uint32_t i = 0; i < line->kept_count; i++) {
    buffer_put_char(out, ',');
    batch_put_csv(out, line->kept_names[i]);
  }
  buffer_put_c(out, ",boundary,verdict,settled,low,high,holding-back,tension,"
                    "emergency,duties,deciding");
  if (line->two)
    buffer_put_c(out, ",against-verdict,against-low,against-high,change");
  buffer_put_c(out, ",problem\n");
}

static void put_word(Buffer *out, const char *word)
{
  buffer_put_c(out, word);
  buffer_put_char(out, ',');
}

static void put_csv_findings(Buffer *out, const CaseAnswer *answer)
{
  put_word(out, answer->settled ? term_verdict(answer->low) : "");
  put_word(out, answer->settled ? "yes" : "no");
  put_word(out, term_verdict(answer->low));
  put_word(out, term_verdict(answer->high));
  put_word(out, term_three(answer->may_harm));
  put_word(out, term_three(answer->tension));
  put_word(out, term_three(answer->emergency));
}

static void put_csv_answer(Buffer *out, const Image *image,
                           const CaseAnswer *answer, FindingWords *words)
{
  batch_put_csv(out, boundary_name(image, answer->boundary));
  buffer_put_char(out, ',');
  put_findings(out, answer, words, put_csv_findings);
  put_number(out, answer->duties);
  buffer_put_char(out, ',');
  for (uint32_t i = 0; i < answer->deciding_count; i++) {
    if (i) buffer_put_char(out, ' ');
    buffer_put(out, rule_name(image, answer->deciding[i]));
  }
  buffer_put_char(out, ',');
}

static void put_csv_against(Buffer *out, const CaseLine *line)
{
  const CaseAnswer *other = line->against;
  put_word(out, other->settled ? term_verdict(other->low) : "");
  put_word(out, term_verdict(other->low));
  put_word(out, term_verdict(other->high));
  put_word(out, case_change_word(case_change(line->answer, other)));
}

static void put_csv_case(Buffer *out, const Image *image,
                         const CaseLine *line, FindingWords *words)
{
  put_number(out, line->number);
  buffer_put_char(out, ',');
  for (uint32_t i = 0; i < line->kept_count; i++) {
    batch_put_csv(out, line->kept[i]);
    buffer_put_char(out, ',');
  }
  if (line->answer) {
    put_csv_answer(out, image, line->answer, words);
    if (line->two) put_csv_against(out, line);
  } else {
    buffer_put_c(out, line->two ? ",,,,,,,,,,,,,," : ",,,,,,,,,,");
    batch_put_csv(out, line->problem);
  }
  buffer_put_char(out, '\n');
}

/* -------------------------------------------------------------- JSON Lines */

/* ,"verdict":"care" or null, with what stands before the word. */
static void put_verdict(Buffer *out, const char *key,
                        const CaseAnswer *answer)
{
  buffer_put_c(out, key);
  if (!answer->settled) {
    buffer_put_c(out, "null");
    return;
  }
  buffer_put_char(out, '"');
  buffer_put_c(out, term_verdict(answer->low));
  buffer_put_char(out, '"');
}

static void put_words(Buffer *out, const char *before, const char *word)
{
  buffer_put_c(out, before);
  buffer_put_c(out, word);
}

static void put_json_findings(Buffer *out, const CaseAnswer *answer)
{
  put_verdict(out, ",\"verdict\":", answer);
  put_words(out, ",\"settled\":", answer->settled ? "true" : "false");
  put_words(out, ",\"range\":[\"", term_verdict(answer->low));
  put_words(out, "\",\"", term_verdict(answer->high));
  put_words(out, "\"],\"holding-back\":\"", term_three(answer->may_harm));
  put_words(out, "\",\"tension\":\"", term_three(answer->tension));
  put_words(out, "\",\"emergency\":\"", term_three(answer->emergency));
  buffer_put_c(out, "\",\"duties\":");
}

static void put_json_answer(Buffer *out, const Image *image,
                            const CaseAnswer *answer, FindingWords *words)
{
  buffer_put_c(out, ",\"boundary\":");
  batch_put_json(out, boundary_name(image, answer->boundary));
  put_findings(out, answer, words, put_json_findings);
  put_number(out, answer->duties);
  buffer_put_c(out, ",\"deciding\":[");
  for (uint32_t i = 0; i < answer->deciding_count; i++) {
    if (i) buffer_put_char(out, ',');
    batch_put_json(out, rule_name(image, answer->deciding[i]));
  }
  buffer_put_char(out, ']');
}

static void put_json_against(Buffer *out, const CaseLine *line)
{
  const CaseAnswer *other = line->against;
  put_verdict(out, ",\"against\":{\"verdict\":", other);
  put_words(out, ",\"range\":[\"", term_verdict(other->low));
  put_words(out, "\",\"", term_verdict(other->high));
  put_words(out, "\"],\"change\":\"",
            case_change_word(case_change(line->answer, other)));
  buffer_put_c(out, "\"}");
}

static void put_json_case(Buffer *out, const Image *image,
                          const CaseLine *line, FindingWords *words)
{
  buffer_put_c(out, "{\"case\":");
  put_number(out, line->number);
  for (uint32_t i = 0; i < line->kept_count; i++) {
    buffer_put_char(out, ',');
    batch_put_json(out, line->kept_names[i]);
    buffer_put_char(out, ':');
    batch_put_json(out, line->kept[i]);
  }
  if (line->answer) {
    put_json_answer(out, image, line->answer, words);
    if (line->two) put_json_against(out, line);
    buffer_put_c(out, ",\"problem\":null}\n");
    return;
  }
  buffer_put_c(out, ",\"boundary\":null,\"verdict\":null,\"settled\":false,"
                    "\"range\":null,\"holding-back\":null,\"tension\":null,"
                    "\"emergency\":null,\"duties\":null,\"deciding\":[],");
  if (line->two) buffer_put_c(out, "\"against\":null,");
  buffer_put_c(out, "\"problem\":");
  batch_put_json(out, line->problem);
  buffer_put_c(out, "}\n");
}

void batch_put_case(Buffer *out, uint32_t format, const Image *image,
                    const CaseLine *line, FindingWords *words)
{
  if (format == BATCH_CSV)
    put_csv_case(out, image, line, words);
  else
    put_json_case(out, image, line, words);
}
