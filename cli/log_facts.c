/* The facts of an entry: which are kept, and how they are shown. */
#include "cli/answer_text.h"
#include "cli/log.h"
#include "runtime/outcome.h"
#include "runtime/situation_read.h"

/* -------------------------------------------------------- what was read */

typedef struct Reads {
  const Image *image;
  bool *nodes; /* those that a rule in scope rests on */
  bool *facts;
  bool changed;
} Reads;

static void mark_nodes(Reads *reads, Range range)
{
  for (uint32_t i = 0; i < range.count; i++) {
    reads->changed = reads->changed || !reads->nodes[range.first + i];
    reads->nodes[range.first + i] = true;
  }
}

static void mark_fact(Reads *reads, uint32_t fact)
{
  if (fact != NONE) reads->facts[fact] = true;
}

/* The conditions, those to ask, and what is to be weighed. */
static void mark_rule(Reads *reads, const Rule *rule)
{
  const Image *image = reads->image;
  if (rule->condition != NONE)
    mark_nodes(reads, (Range){rule->condition, 1});
  for (uint32_t i = 0; i < rule->who.count; i++)
    mark_fact(reads, image->members.at[rule->who.first + i].fact);
  for (uint32_t i = 0; i < rule->lines.count; i++)
    mark_fact(reads, image->lines.at[rule->lines.first + i].fact);
}

/* What the marked conditions rest on, until nothing more is found. */
static void mark_parts(Reads *reads)
{
  const Image *image = reads->image;
  do {
    reads->changed = false;
    for (uint32_t i = 0; i < image->nodes.count; i++) {
      const Node *node = &image->nodes.at[i];
      if (!reads->nodes[i]) continue;
      mark_fact(reads, node->fact);
      mark_fact(reads, node->with);
      mark_nodes(reads, node->parts);
      if (node->named != NONE)
        mark_nodes(reads, image->named.at[node->named].parts);
    }
  } while (reads->changed);
}

json_t *log_facts_json(const View *view)
{
  const Image *image = view->image;
  Inquiry inquiry;
  Reads reads = {
    .image = image,
    .nodes = ARENA_ARRAY(view->arena, image->nodes.count + 1, bool),
    .facts = ARENA_ARRAY(view->arena, image->facts.count + 1, bool),
  };
  inquiry_make(view->arena, image, view->situation, &inquiry);
  for (uint32_t i = 0; i < inquiry.rule_count; i++)
    mark_rule(&reads, &image->rules.at[inquiry.rules[i]]);
  mark_parts(&reads);
  json_t *facts = json_object();
  for (uint32_t i = 0; i < image->facts.count; i++) {
    Text given = view_given(view, i);
    if (!reads.facts[i] || text_is_none(given)) continue;
    Text name = text_copy(view->arena, view_fact_name(view, i));
    json_object_set_new(facts, name.at,
                        json_stringn(given.at, given.length));
  }
  return facts;
}
