/* When duties are due. */
#ifndef STILE_RUNTIME_DUTY_H
#define STILE_RUNTIME_DUTY_H

#include "runtime/image.h"

/* The last day for a duty that must be done `within` some time of the day
 * asked about; DAY_NONE for any other duty. */
Day duty_due(const Duty *duty, Day asked);

#endif
