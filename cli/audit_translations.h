/* What of a policy's words is not translated, or was translated before the
 * words changed: findings of an audit, language by language. */
#ifndef STILE_CLI_AUDIT_TRANSLATIONS_H
#define STILE_CLI_AUDIT_TRANSLATIONS_H

#include "audit/audit.h"
#include "cli/options.h"

/* Looks at the catalogues of `paths` or, if there are none, at those beside
 * the policy: gifts.cy.po for gifts.stile, in every language that is there.
 * The image is only read.  Returns EXIT_DONE, or EXIT_MACHINE where a
 * catalogue of `paths` cannot be read, which it tells on stderr. */
int audit_translations(Audit *audit, Image *image, const char *policy_path,
                       const Words *paths);

#endif
