/* What the scanner makes of numbers, money and dates, and of the many ways in
 * which people write them.  For scanner.l only; as in words.h. */
#ifndef STILE_COMPILER_AMOUNTS_H
#define STILE_COMPILER_AMOUNTS_H

#include "compiler/scan.h"

/* `12`, `10,000`, `50%` */
int amounts_number(Scan *scan, const char *text, Value *value, Span *span);
/* A number run into other things: `12-month`, `5-10`, `2nd`, `1.2.3` */
int amounts_mixed(Scan *scan, const char *text, Value *value, Span *span);
/* With a sign before or after it: `£12.50`, `£ 50`, `50 £`, `£50-£100` */
int amounts_sum(Scan *scan, const char *text, Value *value, Span *span);
/* `12.50 GBP` */
int amounts_coded(Scan *scan, const char *text, Value *value, Span *span);
/* `GBP` alone */
int amounts_currency(Scan *scan, const char *text, Value *value);
/* `2026-11-23`, `2026-1-5`, `5/1/2026` */
int amounts_date(Scan *scan, const char *text, Value *value, Span *span);

#endif
