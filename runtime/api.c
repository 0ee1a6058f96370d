/* Objects, texts, days and messages of the installed interface. */
#include "runtime/api.h"

/* ----------------------------------------------------------------- objects */

Memory api_memory(const StileMemory *memory) {
  if (!memory) return memory_default;
  return (Memory){.take = memory->take, .give = memory->give,
                  .context = memory->context};
}

void *api_create(const Memory *memory, size_t size) {
  Owner *owner;
  Arena arena;
  jmp_buf escape;
  arena_init(&arena, memory, 0, &escape);
  if (setjmp(escape) != 0) return NULL; /* it has taken nothing yet */
  owner = arena_make(&arena, size);
  owner->memory = *memory;
  owner->arena = arena;
  owner->arena.memory = &owner->memory;
  owner->arena.escape = &owner->escape;
  return owner;
}

void api_destroy(void *object) {
  Owner *owner = object;
  Memory memory;
  Arena arena;
  if (!owner) return;
  memory = owner->memory; /* the owner lies in its own arena */
  arena = owner->arena;
  arena.memory = &memory;
  arena_clear(&arena);
}

/* ---------------------------------------------------------- texts and days */

StileText api_text(Text text) { return (StileText){text.at, text.length}; }

StileDay api_day(Day day) {
  Date date;
  if (day == DAY_NONE) return (StileDay){0, 0, 0};
  date = day_date(day);
  return (StileDay){date.year, date.month, date.day};
}

bool api_read_day(StileDay day, Day *result) {
  return day_make(day.year, day.month, day.day, result);
}

/* ---------------------------------------------------------------- messages */

struct StileMessages {
  Owner owner;
  StileMessage *list;
  uint32_t count;
};

static void place_message(Arena *arena, const Sources *sources, Span span,
                          StileMessage *message) {
  const Source *source;
  Position start, end;
  if (span.file == 0) return;
  source = source_get(sources, span.file);
  start = source_position(source, span.start);
  end = source_position(source, span.end);
  message->file = api_text(text_copy(arena, source->name));
  message->line = start.line;
  message->column = start.column;
  message->end_line = end.line;
  message->end_column = end.column;
}

static StileMessage make_message(Arena *arena, const Sources *sources,
                                 const Diagnostic *one) {
  Buffer whole = {.arena = arena};
  StileMessage message = {.code = one->code,
                          .is_warning = one->severity == SEVERITY_WARNING};
  message.text = api_text(text_copy(arena, one->message));
  message.help = api_text(text_copy(arena, one->help));
  place_message(arena, sources, one->span, &message);
  diagnostic_print(&whole, sources, one, false);
  message.whole = api_text(buffer_text(&whole));
  return message;
}

StileStatus api_messages(const Memory *memory, const Sources *sources,
                         Diagnostics *diagnostics, StileMessages **result) {
  StileMessages *messages;
  Arena *arena;
  if (!result) return STILE_OK;
  *result = NULL;
  if (diagnostics->list.count == 0) return STILE_OK;
  diagnostic_sort(diagnostics);
  messages = api_create(memory, sizeof *messages);
  if (!messages) return STILE_NO_MEMORY;
  if (setjmp(messages->owner.escape) != 0) {
    api_destroy(messages);
    return STILE_NO_MEMORY;
  }
  arena = &messages->owner.arena;
  messages->list = ARENA_ARRAY(arena, diagnostics->list.count, StileMessage);
  for (uint32_t i = 0; i < diagnostics->list.count; i++)
    messages->list[messages->count++] =
        make_message(arena, sources, &diagnostics->list.at[i]);
  *result = messages;
  return STILE_OK;
}

uint32_t stile_messages_count(const StileMessages *messages) {
  return messages ? messages->count : 0;
}

bool stile_messages_get(const StileMessages *messages, uint32_t index,
                        StileMessage *message) {
  if (index >= stile_messages_count(messages)) return false;
  *message = messages->list[index];
  return true;
}

void stile_messages_destroy(StileMessages *messages) { api_destroy(messages); }
