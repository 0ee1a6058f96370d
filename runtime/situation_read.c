/* Situations from documents: every key, every fact, every mistake told. */
#include "runtime/situation_read.h"

#include "runtime/document.h"
#include "runtime/expect_read.h"
#include "runtime/terms.h"
#include "runtime/value_read.h"

typedef struct SituationReader {
  Arena *arena;
  const Image *image;
  const SituationInput *input;
  Diagnostics *diagnostics;
  Situation *situation; /* the one that is read now */
  Expected *expected;
} SituationReader;

/* A key, and what stands under it; a `whole` may be a list or map. */
typedef struct Key {
  const char *name;
  void (*read)(SituationReader *, const Piece *);
} Key;

static void tell(const SituationReader *reader, uint16_t code, Span span,
                 const char *message, Text name, const char *help)
{
  Diagnostic *one = diagnostic_error(reader->diagnostics, code, span,
                                     "`%.*s` %s.", TEXT_ARG(name), message);
  diagnostic_help(reader->diagnostics, one, "%s", help);
}

/* Is this one text?  Tells it if not. */
static bool is_text(const SituationReader *reader, const Piece *piece)
{
  if (piece->kind == PIECE_TEXT) return true;
  tell(reader, E_SHAPE, piece->key_span, N_("needs one value"), piece->key,
       N_("Write it in one line: `name: value`."));
  return false;
}

/* ------------------------------------------------------------- the facts */

static Atom atom_of(const Piece *piece)
{
  return (Atom){piece->text, piece->span, piece_is_unknown(piece)};
}

static Text piece_text(SituationReader *reader, const Event *event,
                       const Atom *amount)
{
  Buffer out = {.arena = reader->arena};
  if (amount)
    buffer_format(&out, "%.*s on ", TEXT_ARG(amount->text));
  day_print(&out, event->day);
  return buffer_text(&out);
}

static bool tell_event(const Reading *reading, Span span, const char *message,
                       const char *name)
{
  Diagnostic *one = diagnostic_error(reading->diagnostics, E_EVENT, span,
                                     "%s `%s`.", message, name);
  diagnostic_help(reading->diagnostics, one,
                  "Write each event as `{date: 2026-02-01, amount: …}`. If "
                  "you do not know them all, leave the whole record out.");
  return false;
}

/* Finds `date` and `amount` in an event's map; tells other keys. */
static bool event_parts(const Reading *reading, const Piece *event,
                        const Piece **date, const Piece **amount)
{
  bool fine = true;
  *date = *amount = NULL;
  for (const Piece *part = event->first; part; part = part->next) {
    if (text_equal(part->key, TEXT("date")))
      *date = part;
    else if (text_equal(part->key, TEXT("amount")))
      *amount = part;
    else
      fine = tell_event(reading, part->key_span, N_("An event has no"),
                        text_copy(reading->arena, part->key).at);
  }
  return fine;
}

static bool part_is_known(const Reading *reading, const Piece *event,
                          const Piece *part, const char *name)
{
  if (!part)
    return tell_event(reading, event->span, N_("This event has no"), name);
  if (part->kind == PIECE_TEXT && !piece_is_unknown(part)) return true;
  return tell_event(reading, part->span, N_("This event needs one"), name);
}

static bool read_event(SituationReader *reader, const Reading *reading,
                       const Piece *piece, Event *event, Text *text)
{
  const Piece *date, *amount;
  bool dates = reading->fact->item == TYPE_DATE;
  if (piece->kind == PIECE_TEXT) {
    Atom atom = atom_of(piece);
    *text = atom.text;
    return event_read(reading, &atom, event);
  }
  if (piece->kind == PIECE_LIST || dates) {
    tell(reader, E_EVENT, piece->span, N_("does not fit here"), TEXT("event"),
         dates ? N_("This record is a list of dates: `[2026-02-01]`.")
               : N_("Write each event as `{date: 2026-02-01, amount: …}`."));
    return false;
  }
  bool fine = event_parts(reading, piece, &date, &amount);
  fine = part_is_known(reading, piece, date, "date") && fine;
  fine = part_is_known(reading, piece, amount, "amount") && fine;
  if (!fine) return false;
  Atom date_atom = atom_of(date), amount_atom = atom_of(amount);
  fine = event_make(reading, &date_atom, &amount_atom, event);
  *text = piece_text(reader, event, &amount_atom);
  return fine;
}

static uint32_t part_count(const Piece *piece)
{
  uint32_t count = 0;
  for (const Piece *part = piece->first; part; part = part->next) count++;
  return count;
}

static void read_record(SituationReader *reader, const Reading *reading,
                        const Piece *list, Given *given)
{
  bool fine = true;
  Buffer out = {.arena = reader->arena};
  given->events = ARENA_ARRAY(reader->arena, part_count(list) + 1, Event);
  for (const Piece *part = list->first; part; part = part->next) {
    Text text = TEXT("");
    if (part->refused) return;
    if (part->kind == PIECE_TEXT && piece_is_unknown(part)) {
      tell(reader, E_MIXED, part->span, N_("cannot be one of the events"),
           TEXT("unknown"),
           N_("Leave the whole record out if you do not know it all."));
      fine = false;
      continue;
    }
    Event *event = &given->events[given->event_count++];
    fine = read_event(reader, reading, part, event, &text) && fine;
    if (out.length) buffer_put_c(&out, ", ");
    buffer_put(&out, text);
  }
  given->given = fine;
  given->text = given->event_count ? buffer_text(&out) : TEXT("none");
}

/* A list of plain values: possible ones, or the members of a set. */
static void read_values(SituationReader *reader, const Reading *reading,
                        const Piece *list, Given *given)
{
  uint32_t count = 0;
  Atom *atoms = ARENA_ARRAY(reader->arena, part_count(list) + 1, Atom);
  atoms[0].span = list->span;
  for (const Piece *part = list->first; part; part = part->next) {
    if (part->refused) return;
    if (part->kind != PIECE_TEXT) {
      tell(reader, E_SHAPE, part->span,
           N_("has a list or map among its values"), list->key,
           N_("Write a plain list: `[one, two]`."));
      return;
    }
    atoms[count++] = atom_of(part);
  }
  given_make(reading, atoms, count, true, given);
}

static void read_given(SituationReader *reader, const Reading *reading,
                       const Piece *piece, Given *given)
{
  Text name = fact_phrase(reader->arena, reader->image, reading->fact_index);
  bool record = reading->fact->type == TYPE_RECORD;
  if (piece->kind == PIECE_MAP) {
    tell(reader, record ? E_EVENT : E_SHAPE, piece->key_span,
         record ? N_("needs a list of events")
                : N_("needs a value, not a map"),
         name,
         record ? N_("Start each event with `- `.")
                : N_("Write it in one line: `name: value`."));
  } else if (piece->kind == PIECE_LIST && record) {
    read_record(reader, reading, piece, given);
  } else if (piece->kind == PIECE_LIST) {
    read_values(reader, reading, piece, given);
  } else {
    Atom atom = atom_of(piece);
    given_make(reading, &atom, 1, false, given);
  }
}

void situation_warn_impact(Arena *arena, const Image *image, uint32_t fact,
                           const Situation *situation, Span span,
                           Diagnostics *diagnostics)
{
  if (image->facts.at[fact].dimension != IMPACT ||
      situation->tense == TENSE_HAPPENED || !situation->facts[fact].given)
    return;
  Diagnostic *one = diagnostic_warning(
      diagnostics, W_IMPACT, span,
      "`%.*s` says what happened, but the situation is `%s`.",
      TEXT_ARG(fact_phrase(arena, image, fact)),
      term_tense(situation->tense));
  diagnostic_help(diagnostics, one,
                  "Write `tense: happened` if it has happened.");
}

static void read_fact(SituationReader *reader, Dimension dimension,
                      const Piece *piece)
{
  if (piece->refused) return;
  uint32_t fact = fact_find_in(reader->arena, reader->image, dimension,
                               piece->key, piece->key_span,
                               reader->diagnostics);
  if (fact == NONE) return;
  Situation *situation = reader->situation;
  Reading reading = reading_make(reader->arena, reader->image, fact,
                                 situation->as_of, reader->diagnostics);
  read_given(reader, &reading, piece, &situation->facts[fact]);
  situation_warn_impact(reader->arena, reader->image, fact, situation,
                        piece->key_span, reader->diagnostics);
}

static void read_facts(SituationReader *reader, Dimension dimension,
                       const Piece *piece)
{
  if (piece->kind == PIECE_TEXT && piece_is_unknown(piece)) return;
  if (piece->kind != PIECE_MAP) {
    tell(reader, E_SHAPE, piece->key_span, N_("needs facts under it"),
         piece->key, N_("Write each fact on a line of its own, further in: "
                        "`name: value`."));
    return;
  }
  for (const Piece *part = piece->first; part; part = part->next)
    read_fact(reader, dimension, part);
}

/* -------------------------------------------------------------- the keys */

void situation_tell_boundary(Arena *arena, const Image *image, Text name,
                             Span span, Diagnostics *diagnostics)
{
  uint32_t count = image->boundaries.count;
  Buffer list = {.arena = arena};
  Text *names = ARENA_ARRAY(arena, count + 1, Text);
  for (uint32_t i = 0; i < count; i++) {
    names[i] = image_text(image, image->boundaries.at[i].name);
    buffer_format(&list, "%s`%.*s`", i ? ", " : "", TEXT_ARG(names[i]));
  }
  int near = text_nearest(name, names, count);
  Text hint = TEXT("");
  if (near >= 0)
    hint = speech_format(arena, diagnostics->speech,
                         "Did you mean `%.*s`? ", TEXT_ARG(names[near]));
  Diagnostic *one = diagnostic_error(
      diagnostics, E_BOUNDARY, span, "There is no boundary called `%.*s`.",
      TEXT_ARG(name));
  diagnostic_help(diagnostics, one, "%.*sThe policy has %.*s.",
                  TEXT_ARG(hint), TEXT_ARG(buffer_text(&list)));
}

static void read_boundary(SituationReader *reader, const Piece *piece)
{
  const Image *image = reader->image;
  if (!is_text(reader, piece) || piece_is_unknown(piece)) return;
  uint32_t found = boundary_find(image, piece->text);
  if (found != NONE) {
    reader->situation->boundary = found;
    return;
  }
  situation_tell_boundary(reader->arena, image, piece->text, piece->span,
                          reader->diagnostics);
}

static void read_as_of(SituationReader *reader, const Piece *piece)
{
  if (!is_text(reader, piece) || piece_is_unknown(piece)) return;
  Reading reading = {.arena = reader->arena,
                     .image = reader->image,
                     .diagnostics = reader->diagnostics};
  Atom atom = atom_of(piece);
  Day day;
  if (value_read_day(&reading, &atom, &day)) reader->situation->as_of = day;
}

static void read_tense(SituationReader *reader, const Piece *piece)
{
  if (!is_text(reader, piece) || piece_is_unknown(piece)) return;
  if (term_find_tense(piece->text, &reader->situation->tense)) return;
  Diagnostic *one = diagnostic_error(
      reader->diagnostics, E_TENSE, piece->span,
      "`%.*s` does not say when this is.", TEXT_ARG(piece->text));
  diagnostic_help(reader->diagnostics, one,
                  "`tense` can be `proposed`, `under-way` or `happened`.");
}

static void read_title(SituationReader *reader, const Piece *piece)
{
  if (!is_text(reader, piece) || piece_is_unknown(piece)) return;
  reader->situation->title = piece->text;
}

static void read_intention(SituationReader *reader, const Piece *piece)
{
  if (!is_text(reader, piece) || piece_is_unknown(piece)) return;
  reader->situation->intention = piece->text;
}

static void read_notes(SituationReader *reader, const Piece *piece)
{
  is_text(reader, piece);
}

static void read_expect(SituationReader *reader, const Piece *piece)
{
  if (!reader->input->expects_allowed) {
    tell(reader, E_EXPECTS, piece->key_span,
         N_("belongs to a case that is tested"), piece->key,
         N_("Run it with `stile test`, or take `expect` out to ask."));
    return;
  }
  expect_read(reader->arena, reader->image, reader->situation->boundary,
              piece, reader->diagnostics, reader->expected);
}

/* The keys that others depend on are read first. */
static const Key first_keys[] = {
  {"as-of", read_as_of}, {"tense", read_tense}, {"boundary", read_boundary},
};

static const Key other_keys[] = {
  {"title", read_title}, {"intention", read_intention},
  {"notes", read_notes}, {"expect", read_expect},
};

#define FIRST_COUNT (sizeof first_keys / sizeof *first_keys)
#define OTHER_COUNT (sizeof other_keys / sizeof *other_keys)

static const Key *find_key(const Key *keys, size_t count, Text name)
{
  for (size_t i = 0; i < count; i++)
    if (text_equal(name, text_of(keys[i].name))) return &keys[i];
  return NULL;
}

static Text near_key(Text name)
{
  Text keys[FIRST_COUNT + OTHER_COUNT + DIMENSION_COUNT];
  uint32_t count = 0;
  for (size_t i = 0; i < FIRST_COUNT; i++)
    keys[count++] = text_of(first_keys[i].name);
  for (size_t i = 0; i < OTHER_COUNT; i++)
    keys[count++] = text_of(other_keys[i].name);
  for (int d = 0; d < DIMENSION_COUNT; d++)
    keys[count++] = text_of(term_dimension((Dimension)d));
  int near = text_nearest(name, keys, count);
  return near < 0 ? TEXT_NONE : keys[near];
}

/* A fact written outside its dimension, or none at all. */
static void tell_key(SituationReader *reader, const Piece *piece)
{
  const Image *image = reader->image;
  Text near = near_key(piece->key);
  Diagnostic *one = diagnostic_error(
      reader->diagnostics, E_KEY, piece->key_span,
      "A situation has no `%.*s` at this place.", TEXT_ARG(piece->key));
  for (uint32_t i = 0; i < image->facts.count; i++) {
    const Fact *fact = &image->facts.at[i];
    if (!text_equal(image_text(image, fact->name), piece->key)) continue;
    diagnostic_help(reader->diagnostics, one,
                    "It is a fact: put it under `%s:`, further in.",
                    term_dimension((Dimension)fact->dimension));
    return;
  }
  if (!text_is_none(near))
    diagnostic_help(reader->diagnostics, one, "Did you mean `%.*s`?",
                    TEXT_ARG(near));
  else
    diagnostic_help(reader->diagnostics, one,
                    "It can have `title`, `boundary`, `as-of`, `tense`, "
                    "`need`, `capability`, `context`, `risk`, `support`, "
                    "`impact`, `intention` and `notes`.");
}

static void read_key(SituationReader *reader, const Piece *piece)
{
  Dimension dimension;
  const Key *key = find_key(other_keys, OTHER_COUNT, piece->key);
  if (piece->refused || find_key(first_keys, FIRST_COUNT, piece->key))
    return;
  if (reader->input->looks_back && (text_equal(piece->key, TEXT("account")) ||
                                    text_equal(piece->key, TEXT("asked-on"))))
    return;
  if (key)
    key->read(reader, piece);
  else if (term_find_dimension(piece->key, &dimension))
    read_facts(reader, dimension, piece);
  else
    tell_key(reader, piece);
}

/* --------------------------------------------------------- the situation */

/* What is said beside the text counts before it. */
static void use_input(const SituationInput *input, Situation *situation)
{
  if (input->as_of != DAY_NONE) situation->as_of = input->as_of;
  if (input->has_tense) situation->tense = input->tense;
  if (input->boundary != NONE) situation->boundary = input->boundary;
}

static void read_map(SituationReader *reader, const Piece *map)
{
  for (const Piece *part = map->first; part; part = part->next) {
    const Key *key = find_key(first_keys, FIRST_COUNT, part->key);
    if (key && !part->refused) key->read(reader, part);
  }
  use_input(reader->input, reader->situation);
  for (const Piece *part = map->first; part; part = part->next)
    read_key(reader, part);
}

static void tell_empty(SituationReader *reader, Span span)
{
  Diagnostic *one = diagnostic_error(reader->diagnostics, E_EMPTY, span,
                                     "There is no situation here.");
  diagnostic_help(reader->diagnostics, one,
                  "If nothing is known yet, write the boundary alone: "
                  "`boundary: %.*s`.",
                  TEXT_ARG(reader->image->boundaries.count
                               ? image_text(reader->image,
                                            reader->image->boundaries.at[0]
                                                .name)
                               : TEXT("gifts")));
}

static void read_case(SituationReader *reader, const Piece *document,
                      Case *one)
{
  one->span = document->span;
  situation_init(reader->arena, reader->image, reader->input->today,
                 &one->situation);
  reader->situation = &one->situation;
  reader->expected = &one->expected;
  if (document->kind == PIECE_MAP) {
    read_map(reader, document);
  } else if (piece_is_unknown(document)) {
    tell_empty(reader, document->span);
  } else {
    Diagnostic *wrong =
        diagnostic_error(reader->diagnostics, E_SHAPE, document->span,
                         "A situation is a list of names and values.");
    diagnostic_help(reader->diagnostics, wrong,
                    "Start with `boundary: NAME`, then the facts.");
  }
}

bool situation_read_input(Arena *arena, const SituationInput *input,
                          Diagnostics *diagnostics, Cases *cases)
{
  uint32_t before = diagnostics->errors;
  Documents documents;
  SituationReader reader = {.arena = arena,
                            .image = input->image,
                            .input = input,
                            .diagnostics = diagnostics};
  if (!document_read(arena, input->sources, input->file, diagnostics,
                     &documents) &&
      !documents.count)
    return false;
  if (!documents.count) tell_empty(&reader, (Span){input->file, 0, 0});
  for (const Piece *one = documents.first; one; one = one->next)
    read_case(&reader, one, VEC_ADD(arena, cases));
  return diagnostics->errors == before;
}

bool situation_read(Arena *arena, const Image *image, const Sources *sources,
                    uint32_t file, Day today, bool expects_allowed,
                    Diagnostics *diagnostics, Cases *cases)
{
  SituationInput input = {.image = image,
                          .sources = sources,
                          .file = file,
                          .today = today,
                          .expects_allowed = expects_allowed,
                          .boundary = NONE};
  return situation_read_input(arena, &input, diagnostics, cases);
}
