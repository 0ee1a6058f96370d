/* Reaching into an image. */
#include "runtime/image.h"

Text image_text(const Image *image, uint32_t text) {
  return text == NONE ? TEXT_NONE : image->texts.at[text];
}

Text image_place_text(const Image *image, uint32_t text) {
  return text == NONE ? TEXT_NONE : image->place_texts.at[text];
}

uint32_t image_answer_nodes(const Image *image) {
  uint32_t first = image->nodes.count;
  for (uint32_t i = 0; i < image->promises.count; i++)
    if (image->promises.at[i].condition < first)
      first = image->promises.at[i].condition;
  for (uint32_t i = 0; i < image->assumes.count; i++)
    if (image->assumes.at[i].condition < first)
      first = image->assumes.at[i].condition;
  return first;
}

/* Places stand in one list: facts, rules, nodes, examples, sources, promises,
 * assumes. */
static const Place *place_at(const Image *image, uint32_t index) {
  return index < image->places.count ? &image->places.at[index] : NULL;
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

static uint32_t first_example(const Image *image) {
  return image->facts.count + image->rules.count + image->nodes.count;
}

const Place *image_example_place(const Image *image, uint32_t example) {
  return place_at(image, first_example(image) + example);
}

const Place *image_source_place(const Image *image, uint32_t source) {
  return place_at(image,
                  first_example(image) + image->examples.count + source);
}

static uint32_t first_promise(const Image *image) {
  return first_example(image) + image->examples.count + image->sources.count;
}

const Place *image_promise_place(const Image *image, uint32_t promise) {
  return place_at(image, first_promise(image) + promise);
}

const Place *image_assume_place(const Image *image, uint32_t assume) {
  return place_at(image, first_promise(image) + image->promises.count +
                             assume);
}
