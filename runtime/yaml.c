/* YAML as a document, by the events of libyaml.
 *
 * The library grows slow on deep brackets, accepts keys that stand twice, and
 * often says nothing when memory ends.  So depth and sizes are limited while
 * reading, its return value alone counts, and no arena memory is taken while
 * it holds memory of its own.
 */
#include <string.h>
#include <yaml.h>

#include "runtime/document.h"

#define STEP 256u          /* letters between two known offsets */
#define REFUSALS_MOST 50u

/* A piece of shorthand that is not read. */
typedef struct Refusal {
  const char *what;
  uint64_t start, end; /* in letters */
} Refusal;

typedef struct Frame {
  Piece *whole;
  Piece **link;
  bool has_key, refused;
  Text key;
  Span key_span;
} Frame;

typedef struct Yaml {
  Text text;
  uint32_t file, base;  /* base: bytes of a byte order mark */
  uint32_t *stops;      /* the byte offset of every STEP-th letter */
  uint32_t letters;
  PieceRoom room;
  Frame frames[DOCUMENT_DEPTH_MOST + 1];
  uint32_t depth;
  Documents *documents;
  Piece **link;         /* where the next document goes */
  Refusal refusals[REFUSALS_MOST];
  uint32_t refusal_count;
  uint16_t fault_code;  /* 0 for none */
  const char *fault, *fault_help;
  uint64_t fault_at;    /* in letters */
  bool no_memory;
} Yaml;

/* ---------------------------------------------------------------- places */

static bool starts_letter(char byte)
{
  return ((unsigned char)byte & 0xC0) != 0x80;
}

static void count_letters(Arena *arena, Yaml *yaml)
{
  uint32_t length = yaml->text.length;
  yaml->stops = ARENA_ARRAY(arena, length / STEP + 2, uint32_t);
  for (uint32_t i = 0; i < length; i++) {
    if (!starts_letter(yaml->text.at[i])) continue;
    if (yaml->letters % STEP == 0) yaml->stops[yaml->letters / STEP] = i;
    yaml->letters++;
  }
}

/* The byte offset in the file of letter number `letter`. */
static uint32_t offset_of(const Yaml *yaml, uint64_t letter)
{
  if (letter >= yaml->letters) return yaml->base + yaml->text.length;
  uint32_t at = yaml->stops[letter / STEP];
  for (uint32_t i = 0; i < letter % STEP; i++)
    do at++;
    while (!starts_letter(yaml->text.at[at]));
  return yaml->base + at;
}

static Span span_of(const Yaml *yaml, const yaml_event_t *event)
{
  uint32_t start = offset_of(yaml, event->start_mark.index);
  uint32_t end = event->type == YAML_SCALAR_EVENT
                     ? offset_of(yaml, event->end_mark.index)
                     : start + 1;
  return (Span){yaml->file, start, end < start ? start : end};
}

/* ---------------------------------------------------------------- faults */

static bool fail(Yaml *yaml, uint16_t code, uint64_t at, const char *fault,
                 const char *help)
{
  yaml->fault_code = code;
  yaml->fault = fault;
  yaml->fault_help = help;
  yaml->fault_at = at;
  return false;
}

static bool too_large(Yaml *yaml, const yaml_event_t *event)
{
  return fail(yaml, E_LARGE, event->start_mark.index,
              N_("The file holds more than 100,000 values."),
              N_("Split it into several files."));
}

static void refuse(Yaml *yaml, const yaml_event_t *event, const char *what)
{
  if (yaml->refusal_count == REFUSALS_MOST) return;
  yaml->refusals[yaml->refusal_count++] =
      (Refusal){what, event->start_mark.index, event->end_mark.index};
}

typedef struct Plain {
  const char *problem; /* as the library says it */
  const char *message, *help;
} Plain;

static const char unclosed_text[] = "found unexpected end of stream";

static const Plain plain_words[] = {
  {"mapping values are not allowed in this context",
   N_("There is a `:` here that does not fit."),
   N_("Put a text that holds a `:` in quotation marks, and let the names of "
      "one list start in one column.")},
  {"found character that cannot start any token",
   N_("A value cannot start like this."),
   N_("Put texts that start with @, ` or % in quotation marks.")},
  {"did not find expected key",
   N_("This does not line up with what stands above it."),
   N_("Let the names of one list start in one column.")},
  {"did not find expected '-' indicator",
   N_("This does not line up with the list above it."),
   N_("Start each line of a list with `- ` in the same column.")},
  {"did not find expected ',' or ']'",
   N_("A list in square brackets is not closed before this."),
   N_("Put commas between the values and `]` at the end.")},
  {"did not find expected ',' or '}'",
   N_("A list in curly brackets is not closed before this."),
   N_("Put commas between the values and `}` at the end.")},
  {"could not find expected ':'", N_("There is no `:` after this name."),
   N_("Write `name: value`.")},
  {unclosed_text, N_("A text in quotation marks is not closed."),
   N_("End it with the same mark that it starts with.")},
  {"block sequence entries are not allowed in this context",
   N_("A `-` cannot stand here."),
   N_("Write a list as `[one, two]`, or on lines of its own.")},
  {"did not find expected <document start>",
   N_("The situation has ended before this."),
   N_("Put a line `---` between two situations.")},
};

static bool is_tab(const Yaml *yaml, uint64_t letter)
{
  uint32_t at = offset_of(yaml, letter) - yaml->base;
  return at < yaml->text.length && yaml->text.at[at] == '\t';
}

static bool fail_layout(Yaml *yaml, const yaml_parser_t *parser)
{
  const char *problem = parser->problem;
  bool unclosed = problem && strcmp(problem, unclosed_text) == 0;
  uint64_t at = unclosed ? parser->context_mark.index
                         : parser->problem_mark.index;
  if (parser->error == YAML_MEMORY_ERROR || parser->error == YAML_NO_ERROR ||
      !problem) {
    yaml->no_memory = true;
    return false;
  }
  if (is_tab(yaml, at))
    return fail(yaml, E_LAYOUT, at, N_("A tab stands here."),
                N_("Start lines with spaces, never with tabs."));
  for (size_t i = 0; i < sizeof plain_words / sizeof *plain_words; i++) {
    const Plain *plain = &plain_words[i];
    if (strcmp(problem, plain->problem) == 0)
      return fail(yaml, E_LAYOUT, at, plain->message, plain->help);
  }
  return fail(yaml, E_LAYOUT, at, N_("This line cannot be read."),
              N_("Look at the spaces at its start, at the `:` and at the "
                 "quotation marks."));
}

/* ---------------------------------------------------------------- pieces */

static bool keep_text(Yaml *yaml, const yaml_event_t *event, Text *text)
{
  size_t length = event->data.scalar.length;
  if (length > DOCUMENT_TEXT_MOST)
    return fail(yaml, E_LARGE, event->start_mark.index,
                N_("This text is longer than 64 KiB."), N_("Make it shorter."));
  if (length > yaml->room.bytes_room - yaml->room.used)
    return too_large(yaml, event);
  char *at = yaml->room.bytes + yaml->room.used;
  memcpy(at, event->data.scalar.value, length);
  yaml->room.used += (uint32_t)length;
  *text = (Text){at, (uint32_t)length};
  return true;
}

/* Puts a piece where it belongs: into the list or map that is open, or as a
 * document of its own. */
static Piece *place(Yaml *yaml, const yaml_event_t *event, PieceKind kind)
{
  Piece *piece = piece_add(&yaml->room, kind, span_of(yaml, event));
  if (!piece) {
    too_large(yaml, event);
    return NULL;
  }
  if (!yaml->depth) {
    *yaml->link = piece;
    yaml->link = &piece->next;
    yaml->documents->count++;
    return piece;
  }
  Frame *frame = &yaml->frames[yaml->depth - 1];
  piece->key = frame->key;
  piece->key_span = frame->key_span;
  piece->refused = frame->refused;
  frame->has_key = frame->refused = false;
  *frame->link = piece;
  frame->link = &piece->next;
  return piece;
}

/* Does the next value stand where a key belongs? */
static bool wants_key(const Yaml *yaml)
{
  const Frame *frame = &yaml->frames[yaml->depth ? yaml->depth - 1 : 0];
  return yaml->depth && frame->whole->kind == PIECE_MAP && !frame->has_key;
}

static bool on_text(Yaml *yaml, const yaml_event_t *event)
{
  Text text;
  if (event->data.scalar.anchor) refuse(yaml, event, N_("an anchor, `&`"));
  if (event->data.scalar.tag) refuse(yaml, event, N_("a tag, `!`"));
  if (!keep_text(yaml, event, &text)) return false;
  bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
  if (wants_key(yaml)) {
    Frame *frame = &yaml->frames[yaml->depth - 1];
    frame->has_key = true;
    frame->refused = plain && text_equal(text, TEXT("<<"));
    if (frame->refused) refuse(yaml, event, N_("a merge, `<<`"));
    frame->key = text;
    frame->key_span = span_of(yaml, event);
    return true;
  }
  Piece *piece = place(yaml, event, PIECE_TEXT);
  if (!piece) return false;
  piece->text = text;
  piece->quoted = !plain;
  return true;
}

static bool on_alias(Yaml *yaml, const yaml_event_t *event)
{
  refuse(yaml, event, N_("an alias, `*`"));
  if (wants_key(yaml)) {
    Frame *frame = &yaml->frames[yaml->depth - 1];
    frame->has_key = frame->refused = true;
    return true;
  }
  Piece *piece = place(yaml, event, PIECE_TEXT);
  if (!piece) return false;
  piece->refused = true;
  return true;
}

static bool on_start(Yaml *yaml, const yaml_event_t *event, PieceKind kind)
{
  bool map = kind == PIECE_MAP;
  if (map ? event->data.mapping_start.anchor
          : event->data.sequence_start.anchor)
    refuse(yaml, event, N_("an anchor, `&`"));
  if (map ? event->data.mapping_start.tag : event->data.sequence_start.tag)
    refuse(yaml, event, N_("a tag, `!`"));
  if (wants_key(yaml))
    return fail(yaml, E_LAYOUT, event->start_mark.index,
                N_("A list cannot be the name of a value."),
                N_("Write `name: value`."));
  if (yaml->depth == DOCUMENT_DEPTH_MOST)
    return fail(yaml, E_LARGE, event->start_mark.index,
                N_("There are more than 64 lists in each other here."),
                N_("A situation needs three at most."));
  Piece *whole = place(yaml, event, kind);
  if (!whole) return false;
  yaml->frames[yaml->depth++] = (Frame){.whole = whole, .link = &whole->first};
  return true;
}

static bool on_event(Yaml *yaml, const yaml_event_t *event)
{
  switch (event->type) {
  case YAML_SCALAR_EVENT: return on_text(yaml, event);
  case YAML_ALIAS_EVENT: return on_alias(yaml, event);
  case YAML_SEQUENCE_START_EVENT: return on_start(yaml, event, PIECE_LIST);
  case YAML_MAPPING_START_EVENT: return on_start(yaml, event, PIECE_MAP);
  case YAML_SEQUENCE_END_EVENT:
  case YAML_MAPPING_END_EVENT: yaml->depth--; return true;
  case YAML_DOCUMENT_START_EVENT:
    if (event->data.document_start.version_directive ||
        event->data.document_start.tag_directives.start !=
            event->data.document_start.tag_directives.end)
      refuse(yaml, event, N_("a line that starts with `%`"));
    return true;
  case YAML_NO_EVENT:
  case YAML_STREAM_START_EVENT:
  case YAML_STREAM_END_EVENT:
  case YAML_DOCUMENT_END_EVENT:
  default: return true;
  }
}

/* --------------------------------------------------------------- reading */

static void read_events(Yaml *yaml, yaml_parser_t *parser)
{
  bool more = true;
  while (more) {
    yaml_event_t event;
    if (!yaml_parser_parse(parser, &event)) {
      fail_layout(yaml, parser);
      return;
    }
    more = on_event(yaml, &event) && event.type != YAML_STREAM_END_EVENT;
    yaml_event_delete(&event);
  }
}

static void read_stream(Yaml *yaml)
{
  yaml_parser_t parser;
  if (!yaml_parser_initialize(&parser)) {
    yaml->no_memory = true;
    return;
  }
  yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&parser,
                               (const unsigned char *)yaml->text.at,
                               yaml->text.length);
  read_events(yaml, &parser);
  yaml_parser_delete(&parser);
  /* What the mistake cut off says nothing; what came before counts. */
  if (yaml->fault_code && yaml->room.count)
    yaml->room.at[yaml->room.count - 1].refused = true;
  for (uint32_t i = 2; i < yaml->depth; i++)
    yaml->frames[i].whole->refused = true;
}

static void tell(const Yaml *yaml, Diagnostics *diagnostics)
{
  for (uint32_t i = 0; i < yaml->refusal_count; i++) {
    const Refusal *refusal = &yaml->refusals[i];
    Span span = {yaml->file, offset_of(yaml, refusal->start),
                 offset_of(yaml, refusal->end)};
    Diagnostic *one = diagnostic_error(diagnostics, E_SHORTHAND, span,
                                       "Here is %s.", refusal->what);
    diagnostic_help(diagnostics, one,
                    "Write every value out where it belongs. A text that "
                    "starts like this stands in quotation marks.");
  }
  if (!yaml->fault_code) return;
  uint32_t at = offset_of(yaml, yaml->fault_at);
  Diagnostic *one = diagnostic_error(diagnostics, yaml->fault_code,
                                     (Span){yaml->file, at, at + 1}, "%s",
                                     yaml->fault);
  diagnostic_help(diagnostics, one, "%s", yaml->fault_help);
}

bool yaml_read(Arena *arena, const Source *source, uint32_t file,
               Diagnostics *diagnostics, Documents *documents)
{
  static const char mark[] = "\xEF\xBB\xBF";
  Yaml *yaml = ARENA_NEW(arena, Yaml);
  yaml->text = source->text;
  if (text_starts(source->text, (Text){mark, 3})) {
    yaml->base = 3;
    yaml->text.at += 3;
    yaml->text.length -= 3;
  }
  yaml->file = file;
  yaml->documents = documents;
  yaml->link = &documents->first;
  count_letters(arena, yaml);
  document_room(arena, source, &yaml->room);
  read_stream(yaml);
  if (yaml->no_memory) longjmp(*arena->escape, 1);
  tell(yaml, diagnostics);
  bool fine = document_finish(arena, source, &yaml->room, diagnostics);
  return fine && !yaml->fault_code && !yaml->refusal_count;
}
