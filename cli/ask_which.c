#include "cli/ask_which.h"

#include "cli/report.h"
#include "cli/wording.h"
#include "runtime/value_read.h"

void which_tell(const View *view, Diagnostics *diagnostics)
{
  const Image *image = view->image;
  Buffer list = {.arena = view->arena};
  for (uint32_t i = 0; i < image->boundaries.count; i++) {
    const Boundary *one = &image->boundaries.at[i];
    buffer_format(&list, "%s`%.*s` (%.*s)", i ? ", " : "",
                  TEXT_ARG(image_text(image, one->name)),
                  TEXT_ARG(image_text(image, one->title)));
  }
  Text which = wording(WORDING_WHICH), help = wording(WORDING_WHICH_HELP);
  Diagnostic *one = diagnostic_error(diagnostics, E_WHICH, (Span){0},
                                     "%.*s", TEXT_ARG(which));
  diagnostic_help(diagnostics, one, "%.*s There are %.*s.",
                  TEXT_ARG(help), TEXT_ARG(buffer_text(&list)));
}

json_t *which_json(const View *view)
{
  const Image *image = view->image;
  json_t *list = json_array();
  for (uint32_t i = 0; i < image->boundaries.count; i++) {
    const Boundary *one = &image->boundaries.at[i];
    json_t *json = json_object();
    json_object_set_new(json, "name",
                        json_text(view->arena, image_text(image, one->name)));
    json_object_set_new(json, "title",
                        json_text(view->arena, image_text(image, one->title)));
    json_array_append_new(list, json);
  }
  return list;
}
