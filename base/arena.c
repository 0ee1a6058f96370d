#include "base/arena.h"

#include <stdalign.h>
#include <string.h>

/* Under the address sanitizer the free part of a block is poisoned and a gap
 * is left behind every piece, so that overruns inside an arena are seen. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WATCHED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define WATCHED 1
#endif
#ifdef WATCHED
#include <sanitizer/asan_interface.h>
#define HIDE(at, size) ASAN_POISON_MEMORY_REGION((at), (size))
#define SHOW(at, size) ASAN_UNPOISON_MEMORY_REGION((at), (size))
#define GAP ALIGN
#else
#define HIDE(at, size) ((void)(at), (void)(size))
#define SHOW(at, size) ((void)(at), (void)(size))
#define GAP ((size_t)0)
#endif

#define ALIGN alignof(max_align_t)
#define BLOCK_LEAST ((size_t)4096)
#define BLOCK_MOST ((size_t)1 << 16)
#define LARGE_PIECE (BLOCK_MOST / 4)
#define PASSING_FROM ((size_t)1 << 17)
#define PASSING_MORE ((size_t)1 << 21)
#define STAYING_FROM (PASSING_MORE / 2)
#define PIECE_MOST (SIZE_MAX / 4)
#define VEC_LEAST ((size_t)64) /* bytes of a growable array at first */

struct ArenaBlock {
  ArenaBlock *next;
  size_t size; /* of the whole block, this head included */
  size_t used; /* likewise */
  uint32_t number; /* in the order of being linked */
  bool zeroed; /* what is free in it is all zero */
};

/* What a piece of `size` bytes takes up in a block. */
static size_t piece_size(size_t size) {
  size_t least = size ? size : 1;

  return (least + ALIGN - 1) / ALIGN * ALIGN + GAP;
}

static size_t head_size(void) {
  return (sizeof(ArenaBlock) + ALIGN - 1) / ALIGN * ALIGN;
}

static char *block_at(ArenaBlock *block, size_t offset) {
  return (char *)block + offset;
}

void arena_init(Arena *arena, const Memory *memory, size_t limit,
                jmp_buf *escape) {
  *arena = (Arena){.memory = memory, .limit = limit, .escape = escape};
}

static void give_blocks(Arena *arena, ArenaBlock **blocks) {
  while (*blocks) {
    ArenaBlock *block = *blocks;

    *blocks = block->next;
    SHOW(block, block->size);
    arena->memory->give(arena->memory->context, block, block->size);
  }
}

void arena_clear(Arena *arena) {
  give_blocks(arena, &arena->blocks);
  give_blocks(arena, &arena->spare);
  arena->total = 0;
}

void arena_escape(Arena *arena) {
  longjmp(*arena->escape, 1);
}

/* Takes a block of `size` bytes; NULL if it would pass the limit or the host
 * has none. */
static ArenaBlock *block_take(Arena *arena, size_t size) {
  ArenaBlock *block;

  if (arena->limit
      && (arena->total > arena->limit || size > arena->limit - arena->total))
    return NULL;
  block = arena->memory->take(arena->memory->context, size);
  if (!block) return NULL;
  *block = (ArenaBlock){.size = size, .used = head_size()};
  block->zeroed =
      arena->memory->zeroed_from && size >= arena->memory->zeroed_from;
  HIDE(block_at(block, head_size()), size - head_size());
  arena->total += size;
  return block;
}

/* The first spare block that has the room; NULL if none has. */
static ArenaBlock *block_spare(Arena *arena, size_t least) {
  ArenaBlock **link = &arena->spare, *block;

  while (*link && (*link)->size < least) link = &(*link)->next;
  block = *link;
  if (block) *link = block->next;
  return block;
}

/* As much as the arena has already, within limits.  Much that passes soon comes
 * in blocks for which the system has pages of their size. */
static size_t roomy_size(const Arena *arena, size_t need) {
  if (arena->passing && arena->total + need >= PASSING_FROM)
    return PASSING_MORE;
  if (arena->total < BLOCK_LEAST) return BLOCK_LEAST;
  return arena->total > BLOCK_MOST ? BLOCK_MOST : arena->total;
}

/* Takes a block with at least `need` free bytes: a roomy one, or else one that
 * just fits.  A large piece that stays gets its own, as the rest of a roomy
 * block would often stay unused. */
static ArenaBlock *block_make(Arena *arena, size_t need) {
  size_t least = need + head_size();
  ArenaBlock *spare = block_spare(arena, least);
  if (spare) return spare;
  size_t roomy = roomy_size(arena, need);
  bool own = !arena->passing && least >= LARGE_PIECE;
  ArenaBlock *block = !own && least < roomy ? block_take(arena, roomy) : NULL;

  if (!block) block = block_take(arena, least);
  if (!block) arena_escape(arena);
  return block;
}

/* The block that is cut from stays the one with the most room. */
static void block_link(Arena *arena, ArenaBlock *block, size_t need) {
  ArenaBlock *first = arena->blocks;

  block->number = ++arena->made;
  if (first && first->size - first->used > block->size - block->used - need) {
    block->next = first->next;
    first->next = block;
    return;
  }
  block->next = first;
  arena->blocks = block;
}

void *arena_make(Arena *arena, size_t size) {
  ArenaBlock *block = arena->blocks;
  size_t need;
  char *piece;

  if (size > PIECE_MOST) arena_escape(arena);
  need = piece_size(size);
  if (!block || block->size - block->used < need) {
    block = block_make(arena, need);
    block_link(arena, block, need);
  }
  piece = block_at(block, block->used);
  block->used += need;
  SHOW(piece, size);
  return block->zeroed ? piece : memset(piece, 0, size);
}

/* Does it pay to take so much at once? */
static bool is_worth_expecting(const Arena *arena, size_t size) {
  if (size > PIECE_MOST) return false;
  return arena->passing ? size >= BLOCK_LEAST
                        : size >= BLOCK_MOST && arena->memory->trim;
}

void arena_expect(Arena *arena, size_t size) {
  size_t need = size + head_size();
  if (!is_worth_expecting(arena, size)) return;
  if (need >= (arena->passing ? PASSING_FROM : STAYING_FROM))
    need = (need + PASSING_MORE - 1) / PASSING_MORE * PASSING_MORE;
  ArenaBlock *block = block_take(arena, need);
  if (block) block_link(arena, block, 0);
}

void arena_trim(Arena *arena) {
  const Memory *memory = arena->memory;
  if (!memory->trim) return;
  for (ArenaBlock *block = arena->blocks; block; block = block->next) {
    size_t size = block->size;
    size_t left = memory->trim(memory->context, block, size, block->used);
    SHOW(block_at(block, left), size - left);
    arena->total -= size - left;
    block->size = left;
  }
}

ArenaMark arena_mark(const Arena *arena) {
  return (ArenaMark){arena->made, arena->blocks ? arena->blocks->used : 0};
}

/* Empties a block down to `used` bytes. */
static void block_empty(ArenaBlock *block, size_t used) {
  block->used = used;
  block->zeroed = false;
  HIDE(block_at(block, used), block->size - used);
}

/* Only the first block is cut from, so of those that were there before, only
 * the one that was first has anything newer.  A new block is linked in front of
 * the first one or just behind it, so what follows a second old one is old. */
void arena_back(Arena *arena, ArenaMark mark) {
  ArenaBlock **link = &arena->blocks;

  for (int old = 0; *link && old < 2;) {
    ArenaBlock *block = *link;

    if (block->number <= mark.made) {
      link = &block->next;
      old++;
      continue;
    }
    *link = block->next;
    block_empty(block, head_size());
    block->next = arena->spare;
    arena->spare = block;
  }
  if (arena->blocks && arena->blocks->used > mark.used)
    block_empty(arena->blocks, mark.used);
}

void *arena_make_array(Arena *arena, size_t count, size_t size) {
  if (size && count > PIECE_MOST / size) arena_escape(arena);
  return arena_make(arena, count * size);
}

/* Lengthens the last piece of the first block, if `old` is that piece and the
 * block has the room. */
static bool grow_in_place(Arena *arena, char *old, size_t old_size,
                          size_t new_size) {
  ArenaBlock *block = arena->blocks;
  size_t more = piece_size(new_size) - piece_size(old_size);

  if (old + piece_size(old_size) != block_at(block, block->used)) return false;
  if (block->size - block->used < more) return false;
  block->used += more;
  SHOW(old, new_size);
  if (!block->zeroed) memset(old + old_size, 0, new_size - old_size);
  return true;
}

void *arena_grow(Arena *arena, void *old, size_t old_size, size_t new_size) {
  void *grown;

  if (!old) return arena_make(arena, new_size);
  if (new_size <= old_size) return old;
  if (new_size > PIECE_MOST) arena_escape(arena);
  if (grow_in_place(arena, old, old_size, new_size)) return old;
  grown = arena_make(arena, new_size);
  return memcpy(grown, old, old_size);
}

void *arena_vec_reserve(Arena *arena, void *items, uint32_t *room,
                        uint32_t wanted, size_t size) {
  void *grown;

  if (wanted <= *room) return items;
  if (wanted > PIECE_MOST / size) arena_escape(arena);
  grown = arena_grow(arena, items, *room * size, wanted * size);
  *room = wanted;
  return grown;
}

void *arena_vec_grow(Arena *arena, void *items, uint32_t *room, size_t size) {
  uint32_t first = size < VEC_LEAST ? (uint32_t)(VEC_LEAST / size) : 1;

  if (*room > UINT32_MAX / 2) arena_escape(arena);
  return arena_vec_reserve(arena, items, room, *room ? *room * 2 : first,
                           size);
}
