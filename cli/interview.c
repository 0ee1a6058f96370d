#include "cli/interview.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/answer_text.h"
#include "cli/file_write.h"
#include "cli/interview_show.h"
#include "cli/language.h"
#include "cli/situation_file.h"
#include "cli/wording.h"
#include "runtime/situation_read.h"

/* How a fact was before it was asked about; of the boundary: fact NONE. */
typedef struct Before {
  uint32_t fact;
  Given given;
  bool passed;
} Before;

typedef struct Interview {
  Arena *arena;
  const InterviewInput *input;
  Situation *situation;
  Prompt *prompt;
  Telling telling;
  bool *passed;     /* not to be asked (again) */
  bool *put_off;    /* skipped: asked once more, after the others */
  bool second_time; /* those have come */
  bool acts_told, stopped, saved;
  uint32_t next;    /* a fact that the person wants to be asked about */
  Vec(Before) past;
} Interview;

static View view_of(Interview *one)
{
  return (View){one->arena, one->input->image, one->situation,
                &one->telling.answer};
}

static void say(const Interview *one, Text text)
{
  show_text(one->arena, one->input->out, text);
}

/* ----------------------------------------------------------------- saving */

static bool save(Interview *one, const char *path)
{
  struct stat there;
  Buffer out = {.arena = one->arena};
  if (lstat(path, &there) == 0) {
    say(one, wording_fill(one->arena, WORDING_ASK_SAVE_THERE, text_of(path),
                          TEXT_NONE));
    return false;
  }
  situation_file(one->input->image, one->situation, &out);
  mode_t usual = umask(077);
  bool fine = file_write(one->arena, path, buffer_text(&out));
  int reason = errno;
  umask(usual);
  say(one, wording_fill(one->arena,
                        fine ? WORDING_ASK_SAVED : WORDING_ASK_NOT_SAVED,
                        text_of(path),
                        fine ? TEXT_NONE : text_of(language_error(reason))));
  return fine;
}

static void save_by_word(Interview *one, Text name)
{
  Text path = name.length ? text_copy(one->arena, name)
              : one->input->save ? text_of(one->input->save)
                                 : TEXT_NONE;
  if (!path.length)
    say(one, wording(WORDING_ASK_SAVE_WHERE));
  else if (save(one, path.at))
    one->saved = one->saved || !name.length;
}

/* --------------------------------------------------------------- going back */

static void remember(Interview *one, uint32_t fact)
{
  Before before = {.fact = fact};
  if (fact != NONE) {
    before.given = one->situation->facts[fact];
    before.passed = one->passed[fact];
  }
  VEC_PUSH(one->arena, &one->past, before);
}

static void go_back(Interview *one)
{
  if (!one->past.count) {
    say(one, wording(WORDING_ASK_FIRST));
    return;
  }
  const Before *before = &one->past.at[--one->past.count];
  if (before->fact == NONE) {
    one->situation->boundary = NONE;
    one->next = NONE;
    return;
  }
  one->situation->facts[before->fact] = before->given;
  one->passed[before->fact] = before->passed;
  one->put_off[before->fact] = false;
  one->next = before->fact;
}

/* "change 2", by the list of what is known; "change context gift". */
static bool change(Interview *one, Text which)
{
  uint32_t fact = show_known_fact(one->input->image, one->situation, which);
  if (fact == NONE) {
    Diagnostics none = {.arena = one->arena};
    fact = fact_find(one->arena, one->input->image, which, (Span){0}, &none);
  }
  if (fact == NONE) {
    say(one, wording(WORDING_ASK_CHANGE_WHICH));
    return false;
  }
  one->next = fact;
  return true;
}

/* --------------------------------------------------------------- answering */

static void pass(Interview *one, uint32_t fact, bool put_off)
{
  remember(one, fact);
  one->passed[fact] = true;
  one->put_off[fact] = put_off && !one->second_time;
}

static bool take_answer(Interview *one, uint32_t fact, Text typed)
{
  Given given;
  Diagnostics wrong = {.arena = one->arena, .speech = wording_speech()};
  Text text = interview_answer(one->arena, one->input->image, fact, typed);
  if (!given_read(one->arena, one->input->image, fact, text,
                  one->situation->as_of, (Span){0}, &wrong, &given)) {
    View view = view_of(one);
    show_mistakes(&view, one->input->out, fact, &wrong);
    return false;
  }
  pass(one, fact, false);
  one->situation->facts[fact] = given;
  return true;
}

static bool is_text(Text typed, Text wanted)
{
  if (typed.length != wanted.length) return false;
  for (uint32_t i = 0; i < typed.length; i++) {
    char c = typed.at[i];
    if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != wanted.at[i])
      return false;
  }
  return true;
}

/* The word in English, or in the language of the interview. */
static bool is_word(Text typed, const char *english, Wording word)
{
  return is_text(typed, text_of(english)) || is_text(typed, wording(word));
}

/* "save visit.yaml": the word, a blank, and the rest. */
static bool starts_with(Text typed, const char *english, Wording word,
                        Text *rest)
{
  uint32_t at = 0;
  while (at < typed.length && typed.at[at] != ' ') at++;
  if (at == typed.length || !is_word((Text){typed.at, at}, english, word))
    return false;
  *rest = (Text){typed.at + at + 1, typed.length - at - 1};
  return true;
}

/* Words that may be typed at any question.  True if it was one; *done if
 * the question is over. */
static bool take_word(Interview *one, Text typed, bool *done)
{
  Text rest;
  View view = view_of(one);
  if (is_word(typed, "stop", WORDING_SAY_STOP) ||
      is_text(typed, TEXT("quit"))) {
    one->stopped = *done = true;
  } else if (is_word(typed, "back", WORDING_SAY_BACK)) {
    *done = one->past.count > 0;
    go_back(one);
  } else if (is_word(typed, "what do we know", WORDING_SAY_KNOWN)) {
    show_known(&view, one->input->out, one->telling.left);
  } else if (is_word(typed, "save", WORDING_SAY_SAVE)) {
    save_by_word(one, TEXT_NONE);
  } else if (starts_with(typed, "save", WORDING_SAY_SAVE, &rest)) {
    save_by_word(one, rest);
  } else if (is_word(typed, "help", WORDING_SAY_HELP) || !typed.length) {
    say(one, wording(WORDING_ASK_HOW));
  } else if (is_word(typed, "change", WORDING_SAY_CHANGE)) {
    say(one, wording(WORDING_ASK_CHANGE_WHICH));
  } else if (starts_with(typed, "change", WORDING_SAY_CHANGE, &rest)) {
    *done = change(one, rest);
  } else {
    return false;
  }
  return true;
}

static bool is_unsure(Text typed)
{
  return is_word(typed, "not sure", WORDING_SAY_NOT_SURE) ||
         is_text(typed, TEXT("unknown")) ||
         is_text(typed, TEXT("don't know"));
}

static bool is_skip(Text typed)
{
  return is_word(typed, "skip", WORDING_SAY_SKIP);
}

static void ask_fact(Interview *one, uint32_t fact)
{
  bool done = false;
  Text typed, *words;
  View view = view_of(one);
  uint32_t count = show_question(&view, one->input->out, fact, &words);
  while (!done) {
    if (!prompt_line(one->prompt, words, count, &typed)) {
      one->stopped = true;
      fputc('\n', one->input->out);
      return;
    }
    if (is_text(typed, TEXT("?")))
      show_help(&view, one->input->out, fact);
    else if (is_unsure(typed) || is_skip(typed)) {
      pass(one, fact, is_skip(typed));
      if (is_unsure(typed))
        one->situation->facts[fact] = (Given){.given = false};
      done = true;
    } else if (!take_word(one, typed, &done))
      done = take_answer(one, fact, typed);
  }
}

/* -------------------------------------------------------------- boundaries */

static void ask_boundary(Interview *one)
{
  bool done = false;
  Text typed, *names;
  const Image *image = one->input->image;
  uint32_t count = show_boundaries(one->arena, image, one->input->out,
                                   &names);
  while (!done) {
    if (!prompt_line(one->prompt, names, count, &typed)) {
      one->stopped = true;
      return;
    }
    if (take_word(one, typed, &done)) continue;
    uint32_t found = show_numbered(typed, count);
    if (found == NONE) found = boundary_find(image, typed);
    if (found == NONE) {
      say(one, wording(WORDING_ASK_AGAIN));
      continue;
    }
    remember(one, NONE);
    one->situation->boundary = found;
    done = true;
  }
}

/* --------------------------------------------------------------- the whole */

/* The acts of an emergency that has come to light, once. */
static void tell_acts(Interview *one)
{
  View view = view_of(one);
  if (one->telling.answer.emergency != THREE_YES) return;
  if (!one->acts_told) show_acts(&view, one->input->out);
  one->acts_told = true;
}

/* Brings back what was skipped; false if nothing was. */
static bool bring_back(Interview *one)
{
  bool any = false;
  for (uint32_t i = 0; i < one->input->image->facts.count; i++) {
    if (!one->put_off[i]) continue;
    one->put_off[i] = one->passed[i] = false;
    any = true;
  }
  one->second_time = any;
  return any;
}

/* One question; false at the end. */
static bool step(Interview *one)
{
  uint32_t fact = one->next;
  telling_next(one->arena, one->input->image, one->situation, one->passed,
               one->input->budget, &one->telling);
  tell_acts(one);
  View view = view_of(one);
  if (one->past.count && one->situation->boundary != NONE)
    show_so_far(&view, one->input->out, one->telling.left);
  one->next = NONE;
  if (fact == NONE) fact = one->telling.fact;
  if (fact != NONE)
    ask_fact(one, fact);
  else if (one->situation->boundary == NONE)
    ask_boundary(one);
  else
    return bring_back(one);
  return !one->stopped;
}

static void close_with(Interview *one)
{
  Wording last = one->stopped                        ? WORDING_ASK_STOPPED
                 : one->telling.answer.question_count ? WORDING_ASK_ALL
                                                      : WORDING_ASK_ENOUGH;
  say(one, wording(last));
}

bool interview(Arena *arena, const InterviewInput *input,
               Situation *situation)
{
  uint32_t facts = input->image->facts.count;
  Interview one = {.arena = arena, .input = input, .situation = situation,
                   .next = NONE};
  one.passed = ARENA_ARRAY(arena, facts + 1, bool);
  one.put_off = ARENA_ARRAY(arena, facts + 1, bool);
  one.prompt = prompt_open(arena, input->out);
  say(&one, wording(WORDING_ASK_HELLO));
  while (step(&one)) continue;
  prompt_close(one.prompt);
  close_with(&one);
  if (!input->save || one.saved) return true;
  return save(&one, input->save);
}
