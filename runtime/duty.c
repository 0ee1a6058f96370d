#include "runtime/duty.h"

#define MINUTES_A_DAY 1440

Day duty_due(const Duty *duty, Day asked) {
  Unit unit = (Unit)duty->unit;
  int64_t amount = 0;
  if (duty->when != DUTY_WITHIN ||
      !duration_make(duty->amount, unit, &amount))
    return DAY_NONE;
  if (unit_family(unit) == FAMILY_MONTHS) return day_add_months(asked, amount);
  return day_add_days(asked, amount / MINUTES_A_DAY);
}
