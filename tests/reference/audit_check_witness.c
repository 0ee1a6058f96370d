/* A witness as a person would put it into a file, read back and asked of the
 * reference interpreter. */
#include "runtime/situation_read.h"
#include "tests/reference/audit_check.h"

/* "£3 on 2026-01-01" or "2026-01-01" */
static void put_event(Buffer *out, Text event) {
  const char *on = NULL;
  for (uint32_t i = 0; i + 4 < event.length; i++)
    if (memcmp(event.at + i, " on ", 4) == 0) on = event.at + i;
  if (!on) {
    buffer_put(out, event);
    return;
  }
  uint32_t amount = (uint32_t)(on - event.at);
  buffer_format(out, "{date: %.*s, amount: %.*s}",
                (int)(event.length - amount - 4), on + 4, (int)amount,
                event.at);
}

/* A list in brackets: what stands between ", ". */
static void put_list(Buffer *out, Text list, bool events) {
  uint32_t from = 0;
  buffer_put_char(out, '[');
  for (uint32_t i = 0; i <= list.length; i++) {
    if (i < list.length && list.at[i] != ',') continue;
    if (from) buffer_put_c(out, ", ");
    Text one = {list.at + from, i - from};
    if (events)
      put_event(out, one);
    else
      buffer_put(out, one);
    from = i + 2;
  }
  buffer_put_char(out, ']');
}

static void put_fact(Buffer *out, const Fact *fact, const WitnessFact *one) {
  uint32_t dot = 0;
  while (one->name.at[dot] != '.') dot++;
  buffer_format(out, "  %.*s: ", (int)(one->name.length - dot - 1),
                one->name.at + dot + 1);
  bool many = fact->type == TYPE_SET || fact->type == TYPE_RECORD;
  if (many && text_equal(one->value, TEXT("none")))
    buffer_put_c(out, "[]");
  else if (many)
    put_list(out, one->value, fact->type == TYPE_RECORD);
  else
    buffer_put(out, one->value);
  buffer_put_char(out, '\n');
}

static Text as_file(const AuditCheck *check, const Witness *witness) {
  static const char *const names[DIMENSION_COUNT] = {
      "need", "capability", "context", "risk", "support", "impact"};
  const Image *image = check->audit->image;
  Buffer out = {.arena = check->arena};
  buffer_format(&out, "boundary: %.*s\nas-of: ",
                TEXT_ARG(image_text(
                    image, image->boundaries.at[check->one->boundary].name)));
  day_print(&out, check->kinds->today);
  buffer_put_char(&out, '\n');
  for (uint32_t d = 0; d < DIMENSION_COUNT; d++) {
    bool first = true;
    for (uint32_t i = 0; i < witness->count; i++) {
      const Fact *fact = &image->facts.at[witness->facts[i].fact];
      if (fact->dimension != d) continue;
      if (first) buffer_format(&out, "%s:\n", names[d]);
      first = false;
      put_fact(&out, fact, &witness->facts[i]);
    }
  }
  return buffer_text(&out);
}

static bool read_back(AuditCheck *check, FindingKind kind,
                      const Witness *witness, Cases *cases) {
  Sources sources = {0};
  Diagnostics diagnostics = {.arena = check->arena};
  Text text = as_file(check, witness);
  Buffer out = {.arena = check->arena};
  uint32_t file = source_add(check->arena, &sources, TEXT("case.yaml"), text);
  if (situation_read(check->arena, check->audit->image, &sources, file,
                     check->kinds->today, false, &diagnostics, cases) &&
      cases->count == 1)
    return true;
  check->tally->unwritten++;
  for (uint32_t i = 0; i < diagnostics.list.count; i++)
    diagnostic_print(&out, &sources, &diagnostics.list.at[i], false);
  check_tell(check, kind, "a witness cannot be read: %.*s\n%.*s",
             TEXT_ARG(text), TEXT_ARG(buffer_text(&out)));
  return false;
}

bool check_witness(AuditCheck *check, FindingKind kind, const Witness *witness,
                   Kind *answer, uint32_t *point) {
  Cases cases = {0};
  check->tally->witnesses++;
  check->tally->not_whole += !witness->whole;
  if (!witness->whole || !read_back(check, kind, witness, &cases)) return false;
  const Situation *situation = &cases.at[0].situation;
  kinds_ask(check->arena, check->kinds, situation, answer);
  *point = kinds_point(check->kinds, situation);
  if (*point == NONE)
    check_tell(check, kind, "a witness leaves a fact open: %.*s",
               TEXT_ARG(as_file(check, witness)));
  else if (answer->verdict != witness->verdict)
    check_tell(check, kind, "a witness is said to be %u, but it is %u: %.*s",
               (unsigned)witness->verdict, (unsigned)answer->verdict,
               TEXT_ARG(as_file(check, witness)));
  return *point != NONE;
}
