/* The fixed words of the field, shared by every stage. */
#ifndef STILE_BASE_WORDS_H
#define STILE_BASE_WORDS_H

typedef enum Dimension {
  NEED, CAPABILITY, CONTEXT, RISK, SUPPORT, IMPACT, DIMENSION_COUNT
} Dimension;

/* A finding, from least to most cautious.  SILENT is also "no finding". */
typedef enum Verdict {
  SILENT, PROCEED, CARE, CONSULT, HOLD, NEVER, VERDICT_COUNT
} Verdict;

/* Most authoritative first. */
typedef enum Layer {
  LAYER_LAW, LAYER_REGULATOR, LAYER_ORGANISATION, LAYER_TEAM, LAYER_COUNT
} Layer;

typedef enum FactType {
  TYPE_YES_NO, /* values no = 0, yes = 1 */
  TYPE_SCALE, TYPE_CHOICE, TYPE_SET, TYPE_NUMBER, TYPE_MONEY, TYPE_DURATION,
  TYPE_DATE, TYPE_RECORD, TYPE_COUNT
} FactType;

typedef enum RuleKind {
  RULE, RULE_NEVER, RULE_EXCEPTION, RULE_HOLDING_BACK, RULE_OTHERWISE,
  RULE_EMERGENCY, RULE_REVIEW, RULE_KIND_COUNT
} RuleKind;

typedef enum WhoNeed { WHO_ANY, WHO_ALL, WHO_AT_LEAST, WHO_NEED_COUNT } WhoNeed;

typedef enum DutyWhen {
  DUTY_WHENEVER, DUTY_WITHIN, DUTY_BEFORE, DUTY_EVERY, DUTY_EACH,
  DUTY_WHEN_COUNT
} DutyWhen;

/* What a promise says of the verdict; or of the second finding, or a duty. */
typedef enum PromiseKind {
  PROMISE_EXACTLY, PROMISE_AT_LEAST, PROMISE_AT_MOST, PROMISE_NOWHERE,
  PROMISE_MAY_HARM, PROMISE_MUST, PROMISE_KIND_COUNT
} PromiseKind;

typedef enum Aggregate { AGGREGATE_TOTAL, AGGREGATE_COUNT } Aggregate;

typedef enum WindowKind {
  WINDOW_ALL,        /* the whole record: what `is none` tests */
  WINDOW_DAYS,       /* the last N days */
  WINDOW_MONTHS,     /* the last N calendar months */
  WINDOW_THIS_MONTH, WINDOW_LAST_MONTH, WINDOW_KIND_COUNT
} WindowKind;

#endif
