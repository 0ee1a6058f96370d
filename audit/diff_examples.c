/* Examples and cases whose answers change. */
#include "audit/diff.h"
#include "audit/words.h"
#include "runtime/answer.h"

/* ------------------------------------------------------------- other words */

static uint32_t other_value(const JoinedFact *joint, uint32_t count,
                            uint32_t side, int64_t value) {
  for (uint32_t i = 0; i < count; i++)
    if (joint->values[side][i] == value) return joint->values[!side][i];
  return NONE;
}

/* Values of names as the other policy numbers them; false if it lacks one. */
static bool translate_values(Arena *arena, const JoinedFact *joint,
                             uint32_t count, uint32_t side, Given *given) {
  ValueSpan *spans = ARENA_ARRAY(arena, 64, ValueSpan);
  uint64_t members = 0;
  uint32_t spans_made = 0;
  for (uint32_t bit = 0; bit < 64; bit++) {
    if (!(given->members >> bit & 1)) continue;
    uint32_t value = other_value(joint, count, side, bit);
    if (value == NONE) return false;
    members |= UINT64_C(1) << value;
  }
  for (uint32_t i = 0; i < given->span_count; i++)
    for (int64_t v = given->spans[i].low; v <= given->spans[i].high; v++) {
      uint32_t value = other_value(joint, count, side, v);
      if (value == NONE || spans_made == 64) return false;
      spans[spans_made++] = (ValueSpan){value, value};
    }
  for (uint32_t i = 1; i < spans_made; i++)
    for (uint32_t k = i; k > 0 && spans[k - 1].low > spans[k].low; k--) {
      ValueSpan swapped = spans[k];
      spans[k] = spans[k - 1];
      spans[k - 1] = swapped;
    }
  given->members = members;
  given->spans = spans;
  given->span_count = spans_made;
  return true;
}

static bool fits(const Fact *fact, const Given *given) {
  for (uint32_t i = 0; i < given->span_count; i++)
    if (fact->type != TYPE_DATE &&
        (given->spans[i].low < fact->low || given->spans[i].high > fact->high))
      return false;
  return true;
}

/* A situation of one policy in the other's terms; what it cannot say is not
 * known there. */
static void translate(Diff *diff, uint32_t side, const Situation *from,
                      uint32_t boundary, Situation *to) {
  const Joined *joined = &diff->joined;
  situation_init(diff->audit.arena, joined->of[!side], from->as_of, to);
  to->boundary = boundary;
  to->tense = from->tense;
  for (uint32_t i = 0; i < joined->of[side]->facts.count; i++) {
    uint32_t fact = joined->facts_of[side][i];
    const JoinedFact *joint = &joined->facts[fact];
    Given given = from->facts[i];
    if (!given.given || joint->of[!side] == NONE) continue;
    const Fact *other = &joined->of[!side]->facts.at[joint->of[!side]];
    bool said = joint->values[side]
                    ? translate_values(
                          diff->audit.arena, joint,
                          joined->image.facts.at[fact].values.count, side,
                          &given)
                    : fits(other, &given);
    if (said) to->facts[joint->of[!side]] = given;
  }
}

/* ---------------------------------------------------------------- comparing */

static void put_answer(Buffer *out, const Answer *answer) {
  buffer_put(out, words_verdict(answer->low));
  if (answer->settled) return;
  buffer_put_c(out, " to ");
  buffer_put(out, words_verdict(answer->high));
  buffer_put_c(out, " (not settled)");
}

static bool same_answer(const Answer *a, const Answer *b) {
  return a->low == b->low && a->high == b->high && a->settled == b->settled &&
         a->may_harm == b->may_harm && a->emergency == b->emergency;
}

void diff_case(Diff *diff, Text title, const Situation *before,
               const Situation *after) {
  Arena *arena = diff->audit.arena;
  Answer answers[2];
  if (audit_has_to_stop(&diff->audit)) {
    diff->cases_left++;
    return;
  }
  answer_make(arena, diff->joined.of[OLD], before, 0, &answers[OLD]);
  answer_make(arena, diff->joined.of[NEW], after, 0, &answers[NEW]);
  diff->cases++;
  if (same_answer(&answers[OLD], &answers[NEW])) return;
  diff->changed_cases++;
  Finding *finding = audit_find(&diff->audit, FINDING_OTHER_CASE, NONE);
  Buffer out = {.arena = arena};
  audit_name(&diff->audit, finding, title);
  buffer_format(&out, "\"%.*s\": before ", TEXT_ARG(title));
  put_answer(&out, &answers[OLD]);
  buffer_put_c(&out, ", now ");
  put_answer(&out, &answers[NEW]);
  if (answers[OLD].may_harm != answers[NEW].may_harm)
    buffer_put_c(&out, "; holding back is seen in another way");
  if (answers[OLD].emergency != answers[NEW].emergency)
    buffer_put_c(&out, "; the emergency is seen in another way");
  buffer_put_c(&out, ".");
  finding->message = buffer_text(&out);
}

static uint32_t same_boundary(const Diff *diff, uint32_t side,
                              uint32_t boundary) {
  for (uint32_t i = 0; i < diff->boundary_count; i++)
    if (diff->boundaries[i].of[side] == boundary)
      return diff->boundaries[i].of[!side];
  return NONE;
}

static bool has_example(const Image *image, Text title) {
  for (uint32_t i = 0; i < image->examples.count; i++)
    if (text_equal(image_text(image, image->examples.at[i].title), title))
      return true;
  return false;
}

/* The new policy's examples, and those that it no longer has. */
void diff_examples(Diff *diff) {
  for (uint32_t side = OLD; side <= NEW; side++) {
    const Image *image = diff->joined.of[side];
    for (uint32_t i = 0; i < image->examples.count; i++) {
      Situation own, other;
      Text title = image_text(image, image->examples.at[i].title);
      if (side == OLD && has_example(diff->joined.of[NEW], title)) continue;
      situation_from_example(diff->audit.arena, image, i, &own);
      uint32_t boundary = same_boundary(diff, side, own.boundary);
      if (boundary == NONE) continue;
      translate(diff, side, &own, boundary, &other);
      diff_case(diff, title, side == OLD ? &own : &other,
                side == OLD ? &other : &own);
    }
  }
}
