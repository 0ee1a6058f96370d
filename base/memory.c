/* Where arenas take their blocks from by default. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/arena.h"

/* From here on a block is mapped by itself: it comes with its pages, which is
 * far quicker than a fault for each, and goes back to the system whole. */
#define MAPPED_LEAST ((size_t)32 << 10)
/* From here on the system is asked for pages of this size, which are quicker
 * again, to make and to use. */
#define HUGE_PAGE ((size_t)2 << 20)
#define PAGE_MOST ((size_t)64 << 10) /* no page of the usual size is larger */

static void *take_plain(void *context, size_t size) {
  (void)context;
  return malloc(size);
}

static void give_plain(void *context, void *block, size_t size) {
  (void)context;
  (void)size;
  free(block);
}

const Memory memory_plain = {take_plain, give_plain, NULL, 0, NULL};

static char *map(size_t size, int flags) {
  void *block = mmap(NULL, size, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
  return block == MAP_FAILED ? NULL : block;
}

/* Whole pages. */
static size_t paged_size(size_t size) {
  return (size + PAGE_MOST - 1) & ~(PAGE_MOST - 1);
}

/* What is mapped for a block of this size. */
static size_t mapped_size(size_t size) {
  return size < HUGE_PAGE ? size : paged_size(size);
}

static bool is_huge_place(const char *at) {
  return ((uintptr_t)at & (HUGE_PAGE - 1)) == 0;
}

/* Where huge pages can start, which is why more is mapped at first. */
static char *map_trimmed(size_t size) {
  char *from = map(size + HUGE_PAGE, 0);

  if (!from) return NULL;
  size_t before = -(uintptr_t)from & (HUGE_PAGE - 1);
  if (before) munmap(from, before);
  munmap(from + before + size, HUGE_PAGE - before);
  return from + before;
}

/* Most systems put whole huge pages into such a place by themselves. */
static char *map_huge(size_t size) {
  if (size % HUGE_PAGE != 0) return map_trimmed(size);
  char *from = map(size, 0);

  if (!from || is_huge_place(from)) return from;
  munmap(from, size);
  return map_trimmed(size);
}

static char *take_huge(size_t size) {
  char *from = map_huge(size);

  if (!from) return NULL;
#ifdef MADV_POPULATE_WRITE
  /* Advice: without it all is as it should be, but slower. */
  madvise(from, size, MADV_HUGEPAGE);
  madvise(from, size, MADV_POPULATE_WRITE);
#endif
  return from;
}

static void *take_default(void *context, size_t size) {
  if (size < MAPPED_LEAST) return take_plain(context, size);
  if (size < HUGE_PAGE) return map(size, MAP_POPULATE);
  return take_huge(mapped_size(size));
}

static void give_default(void *context, void *block, size_t size) {
  if (size < MAPPED_LEAST)
    give_plain(context, block, size);
  else
    munmap(block, mapped_size(size));
}

/* What is left stays a block that is mapped by itself.  The system splits huge
 * pages where it must. */
static size_t trim_default(void *context, void *block, size_t size,
                           size_t used) {
  size_t left = paged_size(used);

  (void)context;
  if (size < MAPPED_LEAST || left >= size) return size;
  munmap((char *)block + left, mapped_size(size) - left);
  return left;
}

const Memory memory_default = {take_default, give_default, NULL, MAPPED_LEAST,
                               trim_default};
