/* The Merkle tree over a log's entries, in the form of RFC 6962: a leaf is
 * SHA-256(0x00 || entry), a node SHA-256(0x01 || left || right), and the tree
 * of n entries splits at the largest power of two below n. */
#ifndef STILE_CLI_LOG_TREE_H
#define STILE_CLI_LOG_TREE_H

#include "base/hash.h"

#define LOG_PEAKS 64

/* A tree that grows at its right end: the roots of its perfect parts, from
 * the largest, one for each bit of `size`. */
typedef struct LogTree {
  uint64_t size;
  uint8_t peaks[LOG_PEAKS][HASH_SIZE];
  uint32_t peak_count;
} LogTree;

/* The hash of an entry as a leaf. */
void log_tree_leaf(Text entry, uint8_t leaf[HASH_SIZE]);
/* Adds a leaf at the right. */
void log_tree_add(LogTree *tree, const uint8_t leaf[HASH_SIZE]);
/* The root; of an empty tree, the hash of nothing. */
void log_tree_root(const LogTree *tree, uint8_t root[HASH_SIZE]);

#endif
