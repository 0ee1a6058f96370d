/* The parts of image_verify.
 *
 * They get an image whose every field is in range for itself: texts, links,
 * ranges, enums, flags, days and registers can be followed.  Each part checks
 * how records of one kind hang together, in passes that are linear in the size
 * of the image.
 */
#ifndef STILE_RUNTIME_VERIFY_H
#define STILE_RUNTIME_VERIFY_H

#include "runtime/image_block.h"

typedef struct Verifier {
  Arena *arena; /* for marks */
  const Image *image;
  Text bytes; /* that the image was read from */
  ImageFault *fault;
} Verifier;

/* Sets the fault to word `word` of a record; returns false. */
bool verify_refuse(const Verifier *verifier, ListId list, uint32_t index,
                   uint32_t word, const char *message);

bool verify_facts(const Verifier *verifier);
bool verify_variables(const Verifier *verifier);
bool verify_tests(const Verifier *verifier);
bool verify_code(const Verifier *verifier);
bool verify_nodes(const Verifier *verifier);
bool verify_rules(const Verifier *verifier);
bool verify_order(const Verifier *verifier);
bool verify_examples(const Verifier *verifier);
bool verify_promises(const Verifier *verifier);

#endif
