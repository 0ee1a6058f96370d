#include "cli/situation_file.h"

#include "base/number.h"
#include "runtime/terms.h"

/* In double quotes: nothing in it means anything to YAML. */
static void put_quoted(Buffer *out, Text text)
{
  buffer_put_char(out, '"');
  for (uint32_t i = 0; i < text.length; i++) {
    char c = text.at[i];
    if (c == '"' || c == '\\') buffer_put_char(out, '\\');
    if (c == '\n')
      buffer_put_c(out, "\\n");
    else if (c == '\t')
      buffer_put_c(out, "\\t");
    else
      buffer_put_char(out, c);
  }
  buffer_put_char(out, '"');
}

void situation_put_line(Buffer *out, const char *key, Text text)
{
  if (text_is_none(text)) return;
  buffer_format(out, "%s: ", key);
  put_quoted(out, text);
  buffer_put_char(out, '\n');
}

static void put_named(Buffer *out, const Image *image, const Fact *fact,
                      const Given *given)
{
  uint32_t count = 0;
  buffer_put_char(out, '[');
  for (uint32_t i = 0; i < fact->values.count; i++) {
    if (!given_has_value(fact, given, i)) continue;
    buffer_put_c(out, count++ ? ", " : "");
    buffer_put(out, image_text(
        image, image->values.at[fact->values.first + i].name));
  }
  buffer_put_char(out, ']');
}

static void put_amount(Buffer *out, const Fact *fact, int64_t value)
{
  Buffer text = {.arena = out->arena};
  if (fact->item == TYPE_MONEY)
    money_print(&text, value, (Currency)fact->currency);
  else
    duration_print(&text, value, (Unit)fact->unit);
  put_quoted(out, buffer_text(&text));
}

static void put_events(Buffer *out, const Fact *fact, const Given *given)
{
  buffer_put_char(out, '[');
  for (uint32_t i = 0; i < given->event_count; i++) {
    bool dates = fact->item == TYPE_DATE;
    buffer_put_c(out, i ? ", " : "");
    buffer_put_c(out, dates ? "" : "{date: ");
    day_print(out, given->events[i].day);
    if (dates) continue;
    buffer_put_c(out, ", amount: ");
    put_amount(out, fact, given->events[i].amount);
    buffer_put_char(out, '}');
  }
  buffer_put_char(out, ']');
}

/* Amounts and dates as they were written: several are parted by ", ". */
static void put_written(Buffer *out, Text text)
{
  uint32_t start = 0;
  buffer_put_char(out, '[');
  for (uint32_t i = 0; i <= text.length; i++) {
    bool ends = i == text.length ||
                (text.at[i] == ',' && i + 1 < text.length &&
                 text.at[i + 1] == ' ');
    if (!ends) continue;
    buffer_put_c(out, start ? ", " : "");
    put_quoted(out, (Text){text.at + start, i - start});
    start = i + 2;
  }
  buffer_put_char(out, ']');
}

void situation_given(const Image *image, const Fact *fact,
                     const Given *given, Buffer *out)
{
  switch ((FactType)fact->type) {
  case TYPE_YES_NO:
  case TYPE_SCALE:
  case TYPE_CHOICE:
  case TYPE_SET:
    put_named(out, image, fact, given);
    break;
  case TYPE_RECORD:
    put_events(out, fact, given);
    break;
  case TYPE_NUMBER:
  case TYPE_MONEY:
  case TYPE_DURATION:
  case TYPE_DATE:
  case TYPE_COUNT:
  default:
    put_written(out, given->text);
    break;
  }
}

static void put_dimension(Buffer *out, const Image *image,
                          const Situation *situation, Dimension dimension)
{
  bool any = false;
  for (uint32_t i = 0; i < image->facts.count; i++) {
    const Fact *fact = &image->facts.at[i];
    if (fact->dimension != dimension || !situation->facts[i].given) continue;
    if (!any) buffer_format(out, "%s:\n", term_dimension(dimension));
    any = true;
    buffer_format(out, "  %.*s: ", TEXT_ARG(image_text(image, fact->name)));
    situation_given(image, fact, &situation->facts[i], out);
    buffer_put_char(out, '\n');
  }
}

void situation_file(const Image *image, const Situation *situation,
                    Buffer *out)
{
  situation_put_line(out, "title", situation->title);
  if (situation->boundary != NONE)
    buffer_format(out, "boundary: %.*s\n",
                  TEXT_ARG(image_text(
                      image,
                      image->boundaries.at[situation->boundary].name)));
  buffer_put_c(out, "as-of: ");
  day_print(out, situation->as_of);
  buffer_format(out, "\ntense: %s\n", term_tense(situation->tense));
  for (uint32_t d = 0; d < DIMENSION_COUNT; d++)
    put_dimension(out, image, situation, (Dimension)d);
  situation_put_line(out, "intention", situation->intention);
}
