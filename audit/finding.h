/* Findings: what an audit has to say, for people and for programs.
 *
 * A finding's id is made of its kind and the names that it is about, so that it
 * stays the same while the policy's other parts change.
 */
#ifndef STILE_AUDIT_FINDING_H
#define STILE_AUDIT_FINDING_H

#include "base/natural.h"
#include "base/words.h"
#include "runtime/situation.h"

typedef enum FindingKind {
#define FINDING(name, id, level, title, means) FINDING_##name,
#include "audit/findings.def"
#undef FINDING
  FINDING_COUNT
} FindingKind;

typedef enum FindingLevel {
  LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR
} FindingLevel;

/* "silence"; "Situations without guidance"; what it means for people. */
Text finding_id(FindingKind kind);
Text finding_title(FindingKind kind);
Text finding_means(FindingKind kind);
FindingLevel finding_level(FindingKind kind);
Text finding_level_name(FindingLevel level); /* "note", "warning", "error" */
/* False if there is no such level. */
bool finding_find_level(Text name, FindingLevel *level);

/* One fact of a situation as a person writes it in a file. */
typedef struct WitnessFact {
  uint32_t fact;
  Text name;  /* "context.gift" */
  Text value; /* "token" */
  const Given *given; /* the same, as the situation has it */
} WitnessFact;

/* A concrete situation. */
typedef struct Witness {
  WitnessFact *facts;
  uint32_t count;
  bool whole;       /* false: a record's events could not be written down */
  uint8_t verdict;  /* what the policy says of it (the new one, in a diff) */
  uint8_t before;   /* in a diff: what the old one says */
} Witness;

/* A part of what a finding is about. */
typedef struct Region {
  Text words;  /* "need isolation: high; capability experience: new" */
  Text cause;  /* a comparison: which rules decide, before and after; or none */
  Limb *count; /* situations of it that no region before it has; NULL: not
                  counted */
  Witness witness;
} Region;

typedef struct Finding {
  FindingKind kind;
  FindingLevel level;
  Text id;
  Text message;      /* one or two sentences */
  Text help;         /* what to do about it; none if there is nothing */
  uint32_t boundary; /* NONE: none in particular */
  Vec(uint32_t) rules;
  Vec(uint32_t) facts;
  Limb *count;       /* how many kinds of situation; NULL: not counted */
  Limb *all;         /* of how many */
  Limb *least, *most; /* where it was not counted: proved; NULL: not known */
  uint32_t limbs;
  Vec(Region) regions;
  bool regions_whole; /* they cover all of it */
  Vec(Witness) witnesses;
  const Place *place; /* NULL: none */
  bool proved;        /* false: the work that was allowed did not suffice */
} Finding;

typedef Vec(Finding) Findings;

#endif
