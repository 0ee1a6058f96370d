#include "cli/say.h"

#include "cli/wording.h"

__attribute__((format(printf, 3, 0))) static void
print(Arena *arena, FILE *out, const char *format, va_list list)
{
  Text words = speech_format_list(arena, wording_speech(), format, list);
  fwrite(words.at, 1, words.length, out);
}

void say_list(FILE *out, const char *format, va_list list)
{
  Arena arena;
  jmp_buf escape;
  if (!wording_speech()) {
    vfprintf(out, format, list);
    return;
  }
  arena_init(&arena, &memory_default, 0, &escape);
  if (setjmp(escape) == 0)
    print(&arena, out, format, list);
  else
    vfprintf(out, format, list); /* no memory left for another language */
  arena_clear(&arena);
}

void say(FILE *out, const char *format, ...)
{
  va_list list;
  va_start(list, format);
  say_list(out, format, list);
  va_end(list);
}
