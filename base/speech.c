#include "base/speech.h"

#include <assert.h>
#include <stddef.h>

/* A format of printf, taken apart. */
typedef struct Taken {
  Arena *arena;
  const Speech *speech;
  Buffer phrase; /* with {1}, {2} … where something is filled in */
  Text parts[SPEECH_PLACES];
  uint32_t count;
  va_list list;
} Taken;

const char *speech_words(const Speech *speech, const char *english) {
  return speech && english[0] ? speech->words(english) : english;
}

Text speech_fill(Arena *arena, const char *phrase, const Text *parts,
                 uint32_t count) {
  Buffer out = {.arena = arena};

  for (const char *at = phrase; *at; at++) {
    uint32_t place = at[0] == '{' && at[1] >= '1' && at[1] <= '9'
                         ? (uint32_t)(at[1] - '0') : 0;

    if (!place || place > count || at[2] != '}') {
      buffer_put_char(&out, *at);
      continue;
    }
    buffer_put(&out, parts[place - 1]);
    at += 2;
  }
  return buffer_text(&out);
}

/* Steps past `word` if it stands here. */
static bool step(const char **at, const char *word) {
  size_t length = strlen(word);

  if (strncmp(*at, word, length) != 0) return false;
  *at += length;
  return true;
}

static Text take_text(Taken *taken) {
  int length = va_arg(taken->list, int);
  const char *at = va_arg(taken->list, const char *);

  return (Text){at, (uint32_t)length};
}

/* What stands at `*at`, after the `%`; steps past it. */
static Text take(Taken *taken, const char **at, bool quoted) {
  if (step(at, ".*s")) return take_text(taken);
  if (step(at, "s")) {
    const char *words = va_arg(taken->list, const char *);

    return text_of(quoted ? words : speech_words(taken->speech, words));
  }
  if (step(at, "u"))
    return text_format(taken->arena, "%u", va_arg(taken->list, unsigned));
  if (step(at, "d"))
    return text_format(taken->arena, "%d", va_arg(taken->list, int));
  if (step(at, "c"))
    return text_format(taken->arena, "%c", va_arg(taken->list, int));
  if (step(at, "zu"))
    return text_format(taken->arena, "%zu", va_arg(taken->list, size_t));
  assert(strncmp(*at, "llu", 3) == 0);
  *at += 3;
  return text_format(taken->arena, "%llu",
                     va_arg(taken->list, unsigned long long));
}

static void take_apart(Taken *taken, const char *format) {
  bool quoted = false;

  for (const char *at = format; *at;) {
    quoted ^= *at == '`';
    if (*at != '%') {
      buffer_put_char(&taken->phrase, *at++);
    } else if (at[1] == '%') {
      buffer_put_char(&taken->phrase, '%');
      at += 2;
    } else {
      assert(taken->count < SPEECH_PLACES);
      at++;
      taken->parts[taken->count++] = take(taken, &at, quoted);
      buffer_format(&taken->phrase, "{%u}", (unsigned)taken->count);
    }
  }
  buffer_put_char(&taken->phrase, '\0');
}

Text speech_format_list(Arena *arena, const Speech *speech,
                        const char *format, va_list list) {
  Taken taken = {.arena = arena, .speech = speech, .phrase = {.arena = arena}};

  if (!speech) return text_format_list(arena, format, list);
  va_copy(taken.list, list);
  take_apart(&taken, format);
  va_end(taken.list);
  return speech_fill(arena, speech->words(taken.phrase.at), taken.parts,
                     taken.count);
}

Text speech_format(Arena *arena, const Speech *speech, const char *format,
                   ...) {
  va_list list;
  Text text;

  va_start(list, format);
  text = speech_format_list(arena, speech, format, list);
  va_end(list);
  return text;
}

void speech_duration(Buffer *out, const Speech *speech, int64_t amount,
                     Unit unit) {
  Unit whole = duration_unit(amount, unit);

  if (!speech) {
    duration_print(out, amount, unit);
    return;
  }
  amount = amount / unit_size(whole) * NUMBER_ONE;
  buffer_put(out, speech->length(out->arena, amount, whole));
}
