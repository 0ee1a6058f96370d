/* Promises and assumes: what they say is complete. */
#include "runtime/verify.h"

static bool refuse_promise(const Verifier *verifier, uint32_t index,
                           uint32_t word, const char *message) {
  return verify_refuse(verifier, LIST_promises, index, word, message);
}

/* Whether a promise of this kind can be about this verdict. */
static bool verdict_fits(const Promise *promise) {
  switch ((PromiseKind)promise->kind) {
    case PROMISE_EXACTLY:
    case PROMISE_NOWHERE: return true;
    case PROMISE_AT_LEAST: return promise->verdict != SILENT;
    case PROMISE_AT_MOST:
      return promise->verdict != SILENT && promise->verdict != NEVER;
    case PROMISE_MAY_HARM:
    case PROMISE_MUST:
    case PROMISE_KIND_COUNT: break;
  }
  return promise->verdict == SILENT;
}

/* Boundaries rise, so none is there twice. */
static bool verify_scopes(const Verifier *verifier, Range scopes) {
  const Scope *at = verifier->image->scopes.at;
  for (uint32_t i = scopes.first + 1; i < scopes.first + scopes.count; i++)
    if (at[i].boundary <= at[i - 1].boundary)
      return verify_refuse(verifier, LIST_scopes, i, Scope_boundary,
                           "The boundaries of a promise must rise.");
  return true;
}

static bool verify_promise(const Verifier *verifier, uint32_t index) {
  const Promise *promise = &verifier->image->promises.at[index];
  bool must = promise->kind == PROMISE_MUST;
  if (!verdict_fits(promise))
    return refuse_promise(verifier, index, Promise_verdict,
                          "A promise of this kind is not about this verdict.");
  if (must != (promise->tag != NONE))
    return refuse_promise(verifier, index, Promise_tag,
                          "A promise of a duty, and no other, has a tag.");
  return promise->boundaries.count == 0 ||
         verify_scopes(verifier, promise->boundaries);
}

bool verify_promises(const Verifier *verifier) {
  for (uint32_t i = 0; i < verifier->image->promises.count; i++)
    if (!verify_promise(verifier, i)) return false;
  return true;
}
