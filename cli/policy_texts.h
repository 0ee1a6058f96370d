/* A policy's own words: where they stand, and their translation.
 *
 * Only what people read is translated: titles, questions, the words of values,
 * reasons, duties and the like.  Names, sources and conditions stay, so JSON,
 * fingerprints and situations are the same in every language.
 */
#ifndef STILE_CLI_POLICY_TEXTS_H
#define STILE_CLI_POLICY_TEXTS_H

#include "cli/po_read.h"
#include "runtime/image.h"

/* Called for each text: where it stands ("rule gifts/small: because") and the
 * field that holds it; never NONE. */
typedef void PolicyTextVisit(void *context, Text where, uint32_t *field);

/* Visits every text that can be translated, in the order of the policy.  A
 * value without words of its own is visited by its name: its `words` then has
 * that text, and is to be changed or left. */
void policy_texts_visit(Arena *arena, Image *image, PolicyTextVisit *visit,
                        void *context);

/* Puts the policy into the words of the catalogue at `path` or, if that is
 * NULL, of the one beside the policy: POLICY.stile has POLICY.cy.po (none if
 * it is not known where the policy is, NULL).  The
 * lists that change are copied; the hash stays.  Tells on stderr what is wrong
 * with the catalogue; false only for one that was asked for by `path`. */
bool policy_translate(Arena *arena, Image *image, const char *policy,
                      const char *path);
/* What its catalogues start with: "policies/gifts" for "policies/gifts.stile"
 * with policies/gifts.cy.po. */
Text policy_texts_stem(const char *policy);
/* Some words of a policy have no translation into the chosen language. */
bool policy_texts_missing(void);

#endif
