#include "cli/log_tree.h"

#include <string.h>

static Text bytes_of(const uint8_t *at, uint32_t length)
{
  return (Text){(const char *)at, length};
}

void log_tree_leaf(Text entry, uint8_t leaf[HASH_SIZE])
{
  Hash hash;
  hash_init(&hash);
  hash_add(&hash, (Text){"\0", 1});
  hash_add(&hash, entry);
  hash_finish(&hash, leaf);
}

/* `out` may be one of the two. */
static void join(const uint8_t *left, const uint8_t *right, uint8_t *out)
{
  Hash hash;
  hash_init(&hash);
  hash_add(&hash, (Text){"\1", 1});
  hash_add(&hash, bytes_of(left, HASH_SIZE));
  hash_add(&hash, bytes_of(right, HASH_SIZE));
  hash_finish(&hash, out);
}

void log_tree_add(LogTree *tree, const uint8_t leaf[HASH_SIZE])
{
  memcpy(tree->peaks[tree->peak_count++], leaf, HASH_SIZE);
  for (uint64_t size = tree->size++; size & 1; size >>= 1) {
    uint8_t *left = tree->peaks[tree->peak_count - 2];
    join(left, tree->peaks[tree->peak_count - 1], left);
    tree->peak_count--;
  }
}

void log_tree_root(const LogTree *tree, uint8_t root[HASH_SIZE])
{
  if (!tree->peak_count) {
    hash_sha256(TEXT(""), root);
    return;
  }
  memcpy(root, tree->peaks[tree->peak_count - 1], HASH_SIZE);
  for (uint32_t i = tree->peak_count - 1; i-- > 0;)
    join(tree->peaks[i], root, root);
}
