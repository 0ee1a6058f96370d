/* Reaching into an image. */
#include "runtime/image.h"

Text image_text(const Image *image, uint32_t text) {
  return text == NONE ? TEXT_NONE : image->texts.at[text];
}

Text image_place_text(const Image *image, uint32_t text) {
  return text == NONE ? TEXT_NONE : image->place_texts.at[text];
}

/* Places stand in one list: facts, rules, nodes, examples, sources. */
static const Place *place_at(const Image *image, uint32_t index) {
  return image->places.count == 0 ? NULL : &image->places.at[index];
}

const Place *image_fact_place(const Image *image, uint32_t fact) {
  return place_at(image, fact);
}

const Place *image_rule_place(const Image *image, uint32_t rule) {
  return place_at(image, image->facts.count + rule);
}

const Place *image_node_place(const Image *image, uint32_t node) {
  return place_at(image, image->facts.count + image->rules.count + node);
}

const Place *image_example_place(const Image *image, uint32_t example) {
  return place_at(image, image->facts.count + image->rules.count +
                             image->nodes.count + example);
}

const Place *image_source_place(const Image *image, uint32_t source) {
  return place_at(image, image->facts.count + image->rules.count +
                             image->nodes.count + image->examples.count +
                             source);
}
