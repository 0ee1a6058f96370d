/* The parts of the printed tree; see parse.h for the whole. */
#ifndef STILE_COMPILER_TREE_PRINT_H
#define STILE_COMPILER_TREE_PRINT_H

#include "compiler/tree.h"

void tree_print_line(Buffer *out, uint32_t depth, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* `key "text"`, if there is a text. */
void tree_print_text(Buffer *out, uint32_t depth, const char *key, Word word);
const char *tree_print_dimension(Dimension dimension);

void tree_print_condition(Buffer *out, uint32_t depth,
                          const Condition *condition);
void tree_print_rule(Buffer *out, uint32_t depth, const RuleNode *rule);
void tree_print_example(Buffer *out, const ExampleNode *example);
void tree_print_promise(Buffer *out, const Item *item);

#endif
