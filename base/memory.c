/* Where arenas take their blocks from by default. */
#include <stdlib.h>
#include <sys/mman.h>

#include "base/arena.h"

/* From here on a block is mapped by itself: it comes with its pages, which is
 * far quicker than a fault for each, and goes back to the system whole. */
#define MAPPED_LEAST ((size_t)32 << 10)

static void *take_plain(void *context, size_t size) {
  (void)context;
  return malloc(size);
}

static void give_plain(void *context, void *block, size_t size) {
  (void)context;
  (void)size;
  free(block);
}

const Memory memory_plain = {take_plain, give_plain, NULL, 0};

static void *take_default(void *context, size_t size) {
  void *block;

  if (size < MAPPED_LEAST) return take_plain(context, size);
  block = mmap(NULL, size, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  return block == MAP_FAILED ? NULL : block;
}

static void give_default(void *context, void *block, size_t size) {
  if (size < MAPPED_LEAST)
    give_plain(context, block, size);
  else
    munmap(block, size);
}

const Memory memory_default = {take_default, give_default, NULL,
                               MAPPED_LEAST};
