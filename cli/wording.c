#include "cli/wording.h"

static const char *const texts[WORDING_COUNT] = {
#define WORDING(name, text) [WORDING_##name] = text,
#include "cli/wording.def"
#undef WORDING
};

Text wording(Wording id)
{
  return text_of(texts[id]);
}

Text wording_of(Wording first, uint32_t offset)
{
  return wording((Wording)((uint32_t)first + offset));
}

Text wording_fill(Arena *arena, Wording id, Text one, Text two)
{
  Buffer out = {.arena = arena};
  for (const char *at = texts[id]; *at; at++) {
    bool place = at[0] == '{' && (at[1] == '1' || at[1] == '2') &&
                 at[2] == '}';
    if (!place) {
      buffer_put_char(&out, *at);
      continue;
    }
    buffer_put(&out, at[1] == '1' ? one : two);
    at += 2;
  }
  return buffer_text(&out);
}
