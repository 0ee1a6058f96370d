/* Conditions: trees that a rule, define, signs, promise or assume owns, and no
 * circle through names. */
#include "runtime/verify.h"

#define DEPTH_MOST 512      /* of one condition, without what it names */
#define NAMED_DEPTH_MOST 100
#define EXPANDED_MOST 10000 /* nodes of a condition, defines written out */

/* A name within a condition. */
typedef struct Use {
  uint32_t owner, named;
} Use;

/* An owner is a define or signs by its number; after the last of those come
 * the rules, then the promises, then the assumes. */
typedef struct Forest {
  const Verifier *verifier;
  const Image *image;
  uint32_t *owners; /* of each node; NONE: none yet */
  uint16_t *depths;
  uint32_t *sizes;  /* of each owner: its nodes */
  Vec(Use) uses;
  Column columns[COLUMNS_MOST]; /* where the image has no nodes: of them … */
  uint32_t words[Node_WORDS][BLOCK_MOST]; /* … those from here on */
  uint32_t first, end;
} Forest;

static void read_block(Forest *forest, uint32_t first) {
  uint32_t left = forest->image->nodes.count - first;
  uint32_t count = left < BLOCK_MOST ? left : BLOCK_MOST;
  if (first == 0)
    image_list_columns(forest->verifier->bytes, LIST_nodes, forest->columns);
  for (uint32_t i = 0; i < Node_WORDS; i++)
    image_column_read(&forest->columns[i], first, count, forest->words[i]);
  forest->first = first;
  forest->end = first + count;
}

/* Nodes are taken one after another. */
static Node next_node(Forest *forest, uint32_t index) {
  if (forest->image->nodes.at) return forest->image->nodes.at[index];
  if (index == forest->end) read_block(forest, index);
  uint32_t at = index - forest->first;
  return (Node){.op = forest->words[Node_op][at],
                .reg = forest->words[Node_reg][at],
                .text = forest->words[Node_text][at],
                .fact = forest->words[Node_fact][at],
                .with = forest->words[Node_with][at],
                .named = forest->words[Node_named][at],
                .parts = {forest->words[Node_parts][at],
                          forest->words[Node_parts_count][at]}};
}

static bool refuse_node(const Forest *forest, uint32_t node, uint32_t word,
                        const char *message) {
  return verify_refuse(forest->verifier, LIST_nodes, node, word, message);
}

static bool claim(const Forest *forest, uint32_t node, uint32_t owner,
                  uint32_t depth) {
  if (forest->owners[node] != NONE)
    return refuse_node(forest, node, 0,
                       "This condition is a part of two others.");
  if (depth > DEPTH_MOST)
    return refuse_node(forest, node, 0, "This condition is nested too deep.");
  forest->owners[node] = owner;
  forest->depths[node] = (uint16_t)depth;
  return true;
}

static bool claim_all(const Forest *forest, Range nodes, uint32_t owner,
                      uint32_t depth) {
  for (uint32_t i = 0; i < nodes.count; i++)
    if (!claim(forest, nodes.first + i, owner, depth)) return false;
  return true;
}

static uint32_t owner_count(const Image *image) {
  return image->named.count + image->rules.count + image->promises.count +
         image->assumes.count;
}

/* The list and number of an owner that is no define or signs. */
static ListId owner_list(const Image *image, uint32_t owner, uint32_t *index) {
  *index = owner - image->named.count;
  if (*index < image->rules.count) return LIST_rules;
  *index -= image->rules.count;
  if (*index < image->promises.count) return LIST_promises;
  *index -= image->promises.count;
  return LIST_assumes;
}

static uint32_t owner_condition(const Image *image, uint32_t owner) {
  uint32_t index;
  ListId list = owner_list(image, owner, &index);
  if (list == LIST_rules) return image->rules.at[index].condition;
  if (list == LIST_promises) return image->promises.at[index].condition;
  return image->assumes.at[index].condition;
}

static uint32_t condition_word(ListId list) {
  if (list == LIST_rules) return Rule_condition;
  return list == LIST_promises ? (uint32_t)Promise_condition
                               : (uint32_t)Assume_condition;
}

static bool claim_roots(const Forest *forest) {
  const Image *image = forest->image;
  uint32_t owners = owner_count(image);
  for (uint32_t i = 0; i < image->named.count; i++)
    if (!claim_all(forest, image->named.at[i].parts, i, 1)) return false;
  for (uint32_t i = image->named.count; i < owners; i++) {
    uint32_t node = owner_condition(image, i);
    if (node != NONE && !claim(forest, node, i, 1)) return false;
  }
  return true;
}

/* ------------------------------------------------------------ single nodes */

/* How many parts a node may have. */
static bool parts_fit(const Node *node) {
  uint32_t count = node->parts.count;
  switch ((NodeOp)node->op) {
    case NODE_AND:
    case NODE_OR: return count >= 2;
    case NODE_NOT: return count == 1;
    case NODE_COUNT: return count >= 1;
    case NODE_TEST:
    case NODE_DEFINE:
    case NODE_SIGNS:
    case NODE_OP_COUNT: break;
  }
  return count == 0;
}

static bool verify_name(const Forest *forest, uint32_t index,
                        const Node *node) {
  bool names = node->op == NODE_DEFINE || node->op == NODE_SIGNS;
  if (names != (node->named != NONE))
    return refuse_node(forest, index, Node_named,
                       "A name, and nothing else, stands for a define or "
                       "signs.");
  if (names && forest->image->named.at[node->named].signs !=
                   (uint32_t)(node->op == NODE_SIGNS))
    return refuse_node(forest, index, Node_named,
                       "A define and signs have been mixed up.");
  return true;
}

static bool verify_node(const Forest *forest, uint32_t index,
                        const Node *node) {
  bool test = node->op == NODE_TEST;
  if (test != (node->fact != NONE))
    return refuse_node(forest, index, Node_fact,
                       "A test, and nothing else, is about a fact.");
  if (node->with != NONE &&
      !(test && forest->image->facts.at[node->fact].type == TYPE_RECORD))
    return refuse_node(forest, index, Node_with,
                       "Only a test of a record adds another fact.");
  if (node_has_words((NodeOp)node->op) != (node->text != NONE))
    return refuse_node(forest, index, Node_text,
                       "A condition has words, but and, or and not have "
                       "none.");
  if (!parts_fit(node))
    return refuse_node(forest, index, Node_parts_count,
                       "This condition cannot have this many parts.");
  if (node->parts.count > 0 && node->parts.first <= index)
    return refuse_node(forest, index, Node_parts,
                       "The parts of a condition stand after it.");
  return verify_name(forest, index, node);
}

static bool verify_trees(Forest *forest) {
  for (uint32_t i = 0; i < forest->image->nodes.count; i++) {
    Node node = next_node(forest, i);
    uint32_t owner = forest->owners[i];
    if (owner == NONE)
      return refuse_node(forest, i, 0,
                         "This condition belongs to no rule, define, signs, "
                         "promise or assume.");
    if (!verify_node(forest, i, &node) ||
        !claim_all(forest, node.parts, owner, forest->depths[i] + 1u))
      return false;
    forest->sizes[owner]++;
    if (node.named != NONE)
      VEC_PUSH(forest->verifier->arena, &forest->uses,
               ((Use){owner, node.named}));
  }
  return true;
}

/* What answers rest on stands before the conditions of promises and assumes. */
static bool verify_last(const Forest *forest) {
  const Image *image = forest->image;
  uint32_t answers = image->named.count + image->rules.count;
  for (uint32_t i = image_answer_nodes(image); i < image->nodes.count; i++)
    if (forest->owners[i] < answers)
      return refuse_node(forest, i, 0,
                         "The conditions of promises and assumes stand after "
                         "all others.");
  return true;
}

static bool verify_named(const Verifier *verifier, uint32_t index) {
  const Named *named = &verifier->image->named.at[index];
  uint32_t parts = named->parts.count;
  if (named->signs ? parts == 0 : parts != 1)
    return verify_refuse(verifier, LIST_named, index, Named_parts_count,
                         "A define has one condition; signs have one each.");
  if (named->weights.count != (named->signs ? parts : 0))
    return verify_refuse(verifier, LIST_named, index, Named_weights_count,
                         "Each sign, and nothing else, has a weight.");
  return true;
}

/* ------------------------------------------------------------------- names */

/* Who uses which name, so that names can be taken in an order in which each
 * comes after those that it uses. */
typedef struct NameGraph {
  const Verifier *verifier;
  const Image *image;
  const Use *uses;
  uint32_t use_count;
  uint32_t *starts;  /* of each name: where its users start */
  uint32_t *users;   /* names */
  uint32_t *waiting; /* of each name: how many uses are not settled yet */
  uint32_t *sizes;   /* of each owner: its nodes, names written out */
  uint32_t *depths;  /* of each name: of names within names */
  uint32_t *queue;   /* names that are settled */
  uint32_t settled;
} NameGraph;

static NameGraph graph_make(const Forest *forest) {
  const Image *image = forest->image;
  Arena *arena = forest->verifier->arena;
  uint32_t names = image->named.count;
  NameGraph graph = {.verifier = forest->verifier, .image = image,
                     .uses = forest->uses.at,
                     .use_count = forest->uses.count,
                     .sizes = forest->sizes};
  graph.starts = ARENA_ARRAY(arena, names + 1, uint32_t);
  graph.users = ARENA_ARRAY(arena, graph.use_count, uint32_t);
  graph.waiting = ARENA_ARRAY(arena, names, uint32_t);
  graph.depths = ARENA_ARRAY(arena, names, uint32_t);
  graph.queue = ARENA_ARRAY(arena, names, uint32_t);
  return graph;
}

/* Is it within another name? */
static bool is_inner(const NameGraph *graph, const Use *use) {
  return use->owner < graph->image->named.count;
}

/* Sorts the users of each name next to each other. */
static void graph_fill(NameGraph *graph) {
  const Use *end = graph->uses + graph->use_count;
  uint32_t names = graph->image->named.count;
  for (const Use *use = graph->uses; use < end; use++) {
    if (!is_inner(graph, use)) continue;
    graph->starts[use->named]++;
    graph->waiting[use->owner]++;
  }
  for (uint32_t i = 0, sum = 0; i <= names; i++) {
    sum += i < names ? graph->starts[i] : 0;
    graph->starts[i] = sum;
  }
  for (const Use *use = graph->uses; use < end; use++)
    if (is_inner(graph, use))
      graph->users[--graph->starts[use->named]] = use->owner;
}

static void add_size(uint32_t *size, uint32_t more) {
  *size += more;
  if (*size > EXPANDED_MOST) *size = EXPANDED_MOST + 1;
}

static void settle(NameGraph *graph, uint32_t name) {
  for (uint32_t i = graph->starts[name]; i < graph->starts[name + 1]; i++) {
    uint32_t user = graph->users[i];
    add_size(&graph->sizes[user], graph->sizes[name]);
    if (graph->depths[user] <= graph->depths[name])
      graph->depths[user] = graph->depths[name] + 1;
    if (--graph->waiting[user] == 0) graph->queue[graph->settled++] = user;
  }
}

static bool settle_all(NameGraph *graph) {
  uint32_t names = graph->image->named.count;
  for (uint32_t i = 0; i < names; i++)
    if (graph->waiting[i] == 0) graph->queue[graph->settled++] = i;
  for (uint32_t i = 0; i < graph->settled; i++) settle(graph, graph->queue[i]);
  for (uint32_t i = 0; i < names; i++) {
    if (graph->waiting[i] > 0)
      return verify_refuse(graph->verifier, LIST_named, i, Named_parts,
                           "This name rests on itself.");
    if (graph->depths[i] >= NAMED_DEPTH_MOST)
      return verify_refuse(graph->verifier, LIST_named, i, Named_parts,
                           "These names are nested too deep.");
    if (graph->sizes[i] > EXPANDED_MOST)
      return verify_refuse(graph->verifier, LIST_named, i, Named_parts,
                           "This condition is too large when its names are "
                           "written out.");
  }
  return true;
}

static bool refuse_size(const NameGraph *graph, uint32_t owner) {
  uint32_t index;
  ListId list = owner_list(graph->image, owner, &index);
  return verify_refuse(graph->verifier, list, index, condition_word(list),
                       "This condition is too large when its names are "
                       "written out.");
}

static bool verify_owner_sizes(NameGraph *graph) {
  uint32_t owners = owner_count(graph->image);
  for (uint32_t i = 0; i < graph->use_count; i++) {
    const Use *use = &graph->uses[i];
    if (!is_inner(graph, use))
      add_size(&graph->sizes[use->owner], graph->sizes[use->named]);
  }
  for (uint32_t i = graph->image->named.count; i < owners; i++)
    if (graph->sizes[i] > EXPANDED_MOST) return refuse_size(graph, i);
  return true;
}

static bool verify_names(const Forest *forest) {
  NameGraph graph = graph_make(forest);
  graph_fill(&graph);
  return settle_all(&graph) && verify_owner_sizes(&graph);
}

bool verify_nodes(const Verifier *verifier) {
  const Image *image = verifier->image;
  uint32_t count = image->nodes.count;
  Forest forest = {.verifier = verifier, .image = image};
  forest.owners = ARENA_ARRAY(verifier->arena, count, uint32_t);
  forest.depths = ARENA_ARRAY(verifier->arena, count, uint16_t);
  forest.sizes = ARENA_ARRAY(verifier->arena, owner_count(image), uint32_t);
  for (uint32_t i = 0; i < count; i++) forest.owners[i] = NONE;
  for (uint32_t i = 0; i < image->named.count; i++)
    if (!verify_named(verifier, i)) return false;
  return claim_roots(&forest) && verify_trees(&forest) &&
         verify_last(&forest) && verify_names(&forest);
}
