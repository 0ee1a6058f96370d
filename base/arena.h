/* Arenas: memory that is given back all at once.
 *
 * Every stage keeps what it makes in one arena, so nothing is freed piece by
 * piece and nothing leaks.  An arena never returns NULL: when the host has no
 * more memory, or the arena's own limit is reached, it jumps to the place that
 * the owner has set with `escape`.  That place gives the arena back and
 * reports the failure as a status.
 */
#ifndef STILE_BASE_ARENA_H
#define STILE_BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Where memory comes from.  `take` returns NULL when there is none.  `trim`
 * gives back what it can of a block but the first `used` bytes, and returns the
 * size that is left; where it is NULL, blocks stay whole. */
typedef struct Memory {
  void *(*take)(void *context, size_t size);
  void (*give)(void *context, void *block, size_t size);
  void *context;
  size_t zeroed_from; /* blocks of this size or more are all zero; 0: none */
  size_t (*trim)(void *context, void *block, size_t size, size_t used);
} Memory;

/* The C library's allocator as a Memory; the default one takes large blocks
 * from the system itself. */
extern const Memory memory_plain;
extern const Memory memory_default;

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
  const Memory *memory;
  ArenaBlock *blocks;
  ArenaBlock *spare; /* given back by arena_back, to be used again */
  uint32_t made;     /* blocks so far */
  size_t total;     /* bytes taken from `memory` so far */
  size_t limit;     /* most bytes it may take; 0 for no limit */
  jmp_buf *escape;  /* where to go when memory ends; must be set before use */
  bool passing;     /* set it for much that is soon cleared: larger blocks */
} Arena;

/* Prepares an empty arena.  Takes no memory yet.  `memory` and `escape` are
 * borrowed and must outlive the arena's last allocation. */
void arena_init(Arena *arena, const Memory *memory, size_t limit,
                jmp_buf *escape);

/* Gives everything back; the arena is empty afterwards and may be used again.
 * Does nothing to an arena of all zero bytes. */
void arena_clear(Arena *arena);

/* Says that about `size` bytes are needed next: where that is quicker they are
 * taken as one block, much as whole huge pages.  An arena that stays does so
 * only if its memory can be trimmed, and should be, as it may get too much.
 * Where there is not so much, nothing happens. */
void arena_expect(Arena *arena, size_t size);

/* Gives back what is free in its blocks, once nothing more is made. */
void arena_trim(Arena *arena);

/* A moment of an arena.  Going back gives up everything that was made since,
 * and keeps the memory for what comes. */
typedef struct ArenaMark {
  uint32_t made;
  size_t used;
} ArenaMark;

ArenaMark arena_mark(const Arena *arena);
void arena_back(Arena *arena, ArenaMark mark);

/* Goes to `escape`, as when memory ends: for limits of the owner's own. */
_Noreturn void arena_escape(Arena *arena);

/* Returns `size` zeroed bytes aligned for any type.  Never returns NULL. */
void *arena_make(Arena *arena, size_t size);

/* Room for `count` items of `size` bytes, zeroed; checks the product. */
void *arena_make_array(Arena *arena, size_t count, size_t size);

/* Returns `old` grown from `old_size` to `new_size` bytes, the new ones zeroed:
 * in place where the block allows it, else as a copy (`old` stays readable). */
void *arena_grow(Arena *arena, void *old, size_t old_size, size_t new_size);

#define ARENA_NEW(arena, Type) ((Type *)arena_make((arena), sizeof(Type)))
#define ARENA_ARRAY(arena, count, Type) \
  ((Type *)arena_make_array((arena), (count), sizeof(Type)))

/* A growable array in an arena: `Vec(Rule) rules = {0};` */
#define Vec(Type)         \
  struct {                \
    Type *at;             \
    uint32_t count, room; \
  }

/* Returns the address of a new last item of `vec`, zeroed. */
#define VEC_ADD(arena, vec)                                                \
  ((void)((vec)->count == (vec)->room                                      \
              ? ((vec)->at = arena_vec_grow((arena), (vec)->at,            \
                                            &(vec)->room,                  \
                                            sizeof *(vec)->at))            \
              : (vec)->at),                                                \
   memset(&(vec)->at[(vec)->count], 0, sizeof *(vec)->at),                 \
   &(vec)->at[(vec)->count++])

#define VEC_PUSH(arena, vec, item) (*VEC_ADD((arena), (vec)) = (item))

/* Gives `vec` room for `wanted` items in all: up to so many, adding moves
 * nothing and leaves nothing unused behind. */
#define VEC_RESERVE(arena, vec, wanted)                                  \
  ((vec)->at = arena_vec_reserve((arena), (vec)->at, &(vec)->room,       \
                                 (wanted), sizeof *(vec)->at))

/* Doubles `*room`, which starts small, and returns the moved array.  For
 * VEC_ADD. */
void *arena_vec_grow(Arena *arena, void *items, uint32_t *room, size_t size);
/* For VEC_RESERVE. */
void *arena_vec_reserve(Arena *arena, void *items, uint32_t *room,
                        uint32_t wanted, size_t size);

#endif
