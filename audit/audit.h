/* The audit: what a policy covers, where it is silent, rigid or at odds with
 * itself, exactly, on a given day.
 *
 *   audit_make   binds the policy to the day: for each boundary its space
 *   audit_run    asks everything and gathers the findings
 *
 * Each boundary's situations are counted as kinds: those that its rules (and
 * what the policy promises of it) can tell apart, whoever was talked to
 * included.  Every witness is asked again of the evaluator that answers
 * `stile ask`; a difference is a mistake of ours, and the finding is then not
 * claimed.
 */
#ifndef STILE_AUDIT_AUDIT_H
#define STILE_AUDIT_AUDIT_H

#include "audit/finding.h"
#include "audit/region.h"
#include "audit/chart.h"

#define AUDIT_STEPS_MOST 5000000

typedef struct AuditOptions {
  Day today;
  uint32_t boundary;     /* only this one; NONE: all */
  uint32_t regions_most; /* listed for one finding; 0: 12 */
  uint64_t steps_most;   /* for one question; 0: AUDIT_STEPS_MOST */
  bool changes_only;     /* of two policies: where both find the same is not
                            counted verdict by verdict */
  Arena *scratch;        /* for what one question needs; NULL: it is kept too */
  bool (*stop)(void *);  /* asked now and then; true: end early.  NULL: never */
  void *context;
  void (*progress)(void *, const char *what, uint32_t done, uint32_t of);
} AuditOptions;

typedef struct BoundaryAudit {
  uint32_t boundary;
  Inquiry inquiry;
  const RowTable *rows;
  Space space;
  Chart chart;
  OutsideSearch search;
  Limb *counts[VERDICT_COUNT];
  Limb *all;     /* kinds of situation that can occur; NULL: not counted */
  Limb *unruled; /* of these, where no rule speaks; NULL: not counted */
  Limb *unruled_least, *unruled_most; /* then it lies between these */
  Limb *harmful; /* where holding back may harm; NULL: not counted */
  Limb *tension; /* and the verdict is hold or never; NULL: not counted */
  bool counted;
  Limb *least[VERDICT_COUNT]; /* where that is not so, the counts lie between */
  Limb *most[VERDICT_COUNT];  /* these; if `all` is counted */
} BoundaryAudit;

typedef struct Audit {
  Arena *arena;
  const Image *image;
  AuditOptions options;
  BoundaryAudit *boundaries;
  uint32_t boundary_count; /* those that were made before memory ended */
  Findings findings;
  bool stopped; /* ended early: what is listed is so, but may not be all */
} Audit;

/* Lives in `arena` and borrows the image. */
void audit_make(Arena *arena, const Image *image, const AuditOptions *options,
                Audit *audit);
void audit_run(Audit *audit);

/* -------------------------------------------- for the files of this room */

/* A new finding, of the kind's usual level, proved. */
Finding *audit_find(Audit *audit, FindingKind kind, uint32_t boundary);
/* Puts "/NAME" behind the finding's id. */
void audit_name(Audit *audit, Finding *finding, Text name);
/* A rule that it is about; the first one gives its place and its id. */
void audit_name_rule(Audit *audit, Finding *finding, uint32_t rule);
/* What was not found out, of a boundary or (NONE) of the policy. */
Finding *audit_not_proved(Audit *audit, uint32_t boundary, Text name,
                          Text message);
/* Has the host asked to end? */
bool audit_has_to_stop(Audit *audit);
void audit_tell_progress(const Audit *audit, const char *what, uint32_t done,
                         uint32_t of);
/* The situation of a point, asked again of the evaluator.  False, and no
 * witness, if that answers otherwise. */
bool audit_witness(Audit *audit, const BoundaryAudit *one,
                   const AxisCell *point, Witness *witness);
/* Puts the boxes of an area and their counts into a finding. */
void audit_regions(Audit *audit, const BoundaryAudit *one, const Area *area,
                   Finding *finding);
/* Its name. */
Text audit_boundary(const Audit *audit, const BoundaryAudit *one);
/* "12.5 % (3 of 24)"; "3" if it is not known of how many. */
Text audit_share(Audit *audit, const BoundaryAudit *one, const Limb *count);
/* "between 1.5 % and 3 %", "at most 3 %"; none if nothing is known. */
Text audit_share_between(Audit *audit, const BoundaryAudit *one,
                         const Limb *least, const Limb *most);
Limb *audit_limbs(Audit *audit, const BoundaryAudit *one);

/* What each file finds, boundary by boundary. */
void audit_silence(Audit *audit, BoundaryAudit *one);
void audit_contradictions(Audit *audit, BoundaryAudit *one);
void audit_duties(Audit *audit, BoundaryAudit *one);
void audit_dead_rules(Audit *audit, BoundaryAudit *one);
void audit_thresholds(Audit *audit, BoundaryAudit *one);
void audit_sides(Audit *audit, BoundaryAudit *one);
void audit_order(Audit *audit, BoundaryAudit *one);
void audit_deciding(Audit *audit, BoundaryAudit *one);
void audit_questions(Audit *audit, BoundaryAudit *one);
void audit_promises(Audit *audit, BoundaryAudit *one);
/* And of the policy as a whole. */
void audit_facts(Audit *audit);
void audit_sources(Audit *audit);
void audit_assumes(Audit *audit);

/* What the promises of a boundary and the assumptions about what it reads (its
 * rules' rows and the variables) read too; and the points that the assumptions
 * leave out.  (promises.c) */
void promises_read(Arena *arena, const Image *image, const RowTable *rows,
                   uint32_t boundary, const uint32_t *variables,
                   uint32_t variable_count, RowLists *lists);
/* Adds those of `more` that read what the lists and variables read, or what
 * another one that is added reads. */
void rows_read_along(const RowLists *more, const Image *image,
                     const uint32_t *variables, uint32_t count,
                     Arena *arena, RowLists *lists);
/* Has the space every variable that the rows read?  An assumption is made only
 * then. */
bool rows_in_space(const Space *space, const RowList *rows);
void promises_impossible(Space *space, const Image *image,
                         const RowTable *rows, Boxes *impossible);

#endif
