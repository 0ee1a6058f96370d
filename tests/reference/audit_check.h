/* What an audit says against brute force over every kind of situation. */
#ifndef STILE_TESTS_REFERENCE_AUDIT_CHECK_H
#define STILE_TESTS_REFERENCE_AUDIT_CHECK_H

#include "audit/audit.h"
#include "tests/reference/kinds.h"

typedef struct AuditTally {
  uint64_t boundaries, skipped; /* compared; too large to */
  uint64_t modest;              /* with little work */
  uint64_t situations, points;
  uint64_t findings[FINDING_COUNT]; /* as brute force has them */
  uint64_t promises[PROMISE_KIND_COUNT]; /* of each form */
  uint64_t counts;    /* numbers compared */
  uint64_t witnesses; /* asked again of the interpreter */
  uint64_t not_whole; /* without events for a record */
  uint64_t unwritten; /* values that a person's file cannot have */
} AuditTally;

typedef struct AuditCheck {
  Arena *arena;
  Audit *audit;
  BoundaryAudit *one;
  const Kinds *kinds;
  const Kinds *all; /* of every boundary, or NULL if one has too many */
  uint32_t all_count;
  bool first; /* the audit's first boundary: everywhere rules are told there */
  AuditTally *tally;
  Buffer *report;
} AuditCheck;

/* Writes a line "  KIND: ...". */
void check_tell(AuditCheck *check, FindingKind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Is the natural this number? */
void check_count(AuditCheck *check, FindingKind kind, const Limb *count,
                 uint64_t expected);
/* Of this boundary: the finding of the kind about exactly these rules, in any
 * order; NULL if there is none. */
const Finding *check_find(const AuditCheck *check, FindingKind kind,
                          const uint32_t *rules, uint32_t count);
uint32_t check_findings(const AuditCheck *check, FindingKind kind);
/* The two must agree that there is one. */
void check_presence(AuditCheck *check, FindingKind kind, const uint32_t *rules,
                    uint32_t count, bool expected);
void check_number(AuditCheck *check, FindingKind kind, uint64_t expected);

/* The reference's answer to a witness, and its point; false if it cannot be
 * asked. */
bool check_witness(AuditCheck *check, FindingKind kind, const Witness *witness,
                   Kind *answer, uint32_t *point);

void check_verdicts(AuditCheck *check);
void check_silence(AuditCheck *check);
void check_sides(AuditCheck *check);
void check_dead_rules(AuditCheck *check);
void check_contradictions(AuditCheck *check);
void check_thresholds(AuditCheck *check);
void check_order(AuditCheck *check);
void check_weights(AuditCheck *check);
void check_promised(AuditCheck *check);
void check_promised_modest(AuditCheck *check);
/* Nothing was left unproved. */
void check_proved(AuditCheck *check);

/* Everything above. */
void check_boundary(AuditCheck *check);
/* With less work allowed than it takes: nothing that is not so. */
void check_modest(AuditCheck *check);

#endif
