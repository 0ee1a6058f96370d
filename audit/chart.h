/* A chart: what the rules of one boundary find at every point of a space.
 *
 * Each rule is in force in some boxes, its exceptions taken off.  A rule that
 * asks somebody has two parts, one where that is done and one where it is not,
 * as its finding counts differently.  What a layer's `otherwise` finds depends
 * on who was asked too, so the space falls into scenes in each of which every
 * layer's `otherwise` has one finding.
 */
#ifndef STILE_AUDIT_CHART_H
#define STILE_AUDIT_CHART_H

#include "audit/count.h"
#include "runtime/outcome.h"

typedef struct Part {
  uint32_t rule;
  uint8_t verdict; /* the finding as it counts */
  uint8_t layer;
  bool met;        /* somebody is asked, and this was done here */
  Boxes boxes;
  Boxes whole;     /* with what exceptions set aside */
  Boxes stands;    /* an exception's; see below */
} Part;

/* For each layer what its `otherwise` finds in the box, and which rule it is;
 * SILENT and NONE if it has none. */
typedef struct Scene {
  Box box;
  uint8_t finding[LAYER_COUNT];
  uint32_t rule[LAYER_COUNT];
} Scene;

typedef struct Chart {
  Space *space;
  const Image *image;
  const uint32_t *rules; /* in scope today, each after the exceptions to it */
  uint32_t rule_count;
  Boxes *holds;          /* for each rule of the image: its condition */
  Boxes *applies;        /* an exception applies only if what it names does */
  Boxes *in_force;
  Boxes *stands;         /* of each exception: its condition, less where it is
                            set aside.  Where a rule that it names applies, it
                            is in force just there; often simpler */
  Vec(Part) parts;       /* rules, nevers and exceptions that give a finding */
  Boxes above[VERDICT_COUNT]; /* where they find more than that */
  Vec(Scene) scenes;
  Boxes impossible;      /* points that cannot occur */
  bool whole;            /* false: some rule is in force in too many boxes;
                            what is asked of it is then not proved */
  uint32_t too_many;     /* the first such rule */
} Chart;

/* The rules of a boundary that are in force on the grid's day, as `rules`. */
void chart_rules(Arena *arena, const Inquiry *inquiry, uint32_t **rules,
                uint32_t *count);
/* What these rules read: their rows, and the variables of those whom their
 * findings ask. */
void chart_reads(Arena *arena, const Image *image, const RowTable *table,
                const uint32_t *rules, uint32_t count, RowLists *lists,
                uint32_t **variables, uint32_t *variable_count);
void chart_make(Space *space, const Image *image, const RowTable *table,
               const uint32_t *rules, uint32_t rule_count, Chart *chart);

/* The rows of a rule's condition; of every situation if it has none. */
const RowList *chart_rows(const Image *image, const RowTable *table,
                         uint32_t rule);

/* The chart with only those of its boxes that meet the box. */
void chart_within(const Chart *chart, const Box *box, Chart *local);

/* Where the rules find more than `verdict`, where a rule of a layer before
 * `layer` (0: none, LAYER_COUNT: all) is in force, and what is impossible. */
void chart_list(const Chart *chart, int verdict, uint32_t layer, Boxes *list);
/* The same, into a list that was made before and keeps its room. */
void chart_list_again(const Chart *chart, int verdict, uint32_t layer,
                      Boxes *list);

/* The most authoritative layer whose `otherwise` is above `verdict` in the
 * scene; LAYER_COUNT: none. */
uint32_t chart_loud_layer(const Scene *scene, int verdict);

/* Counts the points of `box` that can occur and whose verdict is at most
 * `verdict`.  False if it was not counted. */
bool chart_count_at_most(const Chart *chart, OutsideSearch *search,
                        const Box *box, Verdict verdict, Limb *to);
/* counts[v] for each verdict, and of all points that can occur. */
bool chart_count_verdicts(const Chart *chart, OutsideSearch *search,
                         const Box *box, Limb *counts[VERDICT_COUNT],
                         Limb *all);

/* Proves for each verdict that the points that can occur and have it are at
 * least so many and at most so many, as far as the steps reach. */
void chart_between_verdicts(const Chart *chart, OutsideSearch *search,
                            uint64_t steps, Limb *least[VERDICT_COUNT],
                            Limb *most[VERDICT_COUNT]);

/* One way in which a verdict comes about: at the points of `box` outside
 * `list`. */
typedef struct Way {
  Box box;
  const Boxes *list;
  uint32_t part;    /* whose finding it is; NONE: an `otherwise`, or silence */
  uint32_t of_part; /* which of the part's boxes; the `otherwise`'s layer */
  uint32_t layer;   /* the part's; LAYER_COUNT if there is none */
  uint8_t verdict;
  uint8_t otherwise; /* the layer whose `otherwise` it is; LAYER_COUNT: none */
} Way;

typedef Vec(Way) Ways;

/* The points of a verdict are those of its ways. */
void chart_ways(const Chart *chart, Verdict verdict, Ways *ways);
/* Those in which the part is in force and its finding is the verdict. */
void chart_part_ways(const Chart *chart, uint32_t part, Ways *ways);

/* Looks for a point of `box`, outside `list` and what is impossible, whose
 * verdict is `verdict`. */
PointFound chart_find(const Chart *chart, OutsideSearch *search, const Box *box,
                     const Boxes *list, Verdict verdict, AxisCell *point);

/* The verdict at a point. */
Verdict chart_verdict(const Chart *chart, const AxisCell *point);
/* Is the rule in force there? */
bool chart_in_force(const Chart *chart, uint32_t rule, const AxisCell *point);
/* The scene of a point, and the most authoritative layer of which a finding is
 * in force there (LAYER_COUNT: none). */
const Scene *chart_scene(const Chart *chart, const AxisCell *point);
uint32_t chart_layer(const Chart *chart, const AxisCell *point);
/* The `otherwise` that speaks there with the verdict; NONE if none does. */
uint32_t chart_otherwise(const Chart *chart, const AxisCell *point);

#endif
