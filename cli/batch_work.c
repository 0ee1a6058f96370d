#include "cli/batch_work.h"

#include <inttypes.h>
#include <pthread.h>
#include <string.h>

#include "cli/batch_progress.h"

enum { JOBS_MOST = 64, PROBLEMS_SHOWN = 100 };

#define NO_TURN UINT64_MAX

/* One thread's own. */
typedef struct Worker {
  Arena arena;
  jmp_buf escape;
  const BatchPlan *plan;
  BatchReader readers[2];
  LineReader lines[2];
  CaseDecider deciders[2];
  ReadCase cases[2];
  CaseBlock block;
  Text *fields;
  uint64_t *numbers; /* of the block in hand */
  Buffer rows, problems;
  AnswerPieces *pieces;
  bool cut;
  uint64_t turn; /* of the block in hand; NO_TURN */
} Worker;

/* How the threads keep to their order. */
typedef struct Shared {
  BatchRun *run;
  pthread_mutex_t reading, writing;
  pthread_cond_t turn;
  uint64_t written; /* blocks */
  bool ended;
} Shared;

/* ----------------------------------------------------------------- one case */

/* A row of CSV.  Quotation marks in it are undone in place, so that a second
 * side finds the fields as they are: *fields is how many, 0 for not yet. */
static Text read_row(Arena *arena, Worker *worker, uint32_t side,
                     const CaseRow *row, uint32_t *fields)
{
  ReadCase *one = &worker->cases[side];
  Text bytes = {worker->block.bytes + row->start, row->end - row->start};
  if (row->kind == CASE_ROW &&
      batch_read_row(arena, &worker->readers[side], bytes, one))
    return TEXT_NONE;
  if (!*fields)
    *fields = case_fields(&worker->block, row, worker->fields,
                          CASE_FIELDS_MOST);
  return batch_read_fields(arena, &worker->readers[side], worker->fields,
                           *fields, one);
}

static Text read_side(Arena *arena, Worker *worker, uint32_t side,
                      const CaseRow *row, uint32_t *fields)
{
  ReadCase *one = &worker->cases[side];
  Text line = {worker->block.bytes + row->start, row->end - row->start};
  Text problem =
      worker->plan->lines
          ? batch_read_line(arena, &worker->lines[side], line, one)
          : read_row(arena, worker, side, row, fields);
  if (text_is_none(problem) && one->boundary == NONE)
    problem = TEXT("The case does not say which boundary it is about.");
  if (side == 0 || text_is_none(problem)) return problem;
  return text_format(arena, "For the other policy: %.*s", TEXT_ARG(problem));
}

static Text read_case(Arena *arena, Worker *worker, const CaseRow *row)
{
  Text problem = TEXT_NONE;
  uint32_t fields = 0;
  for (uint32_t i = 0; i < worker->readers[0].kept_count; i++)
    worker->cases[0].kept[i] = TEXT("");
  if (row->kind == CASE_TOO_LONG) return TEXT("The row is too long.");
  if (row->kind == CASE_UNCLOSED)
    return TEXT("A quotation mark is not closed; the rest cannot be read.");
  for (uint32_t i = 0; i < worker->plan->side_count; i++) {
    problem = read_side(arena, worker, i, row, &fields);
    if (!text_is_none(problem)) break;
  }
  return problem;
}

static void note_problem(Worker *worker, const CaseRow *row, Text problem)
{
  worker->numbers[COUNTED_PROBLEMS]++;
  if (worker->numbers[COUNTED_PROBLEMS] > PROBLEMS_SHOWN) return;
  buffer_format(&worker->problems, "%s:%" PRIu64 ": %.*s\n",
                worker->plan->name, row->line, TEXT_ARG(problem));
}

static void take_case(Arena *arena, Worker *worker, const CaseRow *row,
                      uint64_t number)
{
  const BatchPlan *plan = worker->plan;
  CaseAnswer answers[2];
  CaseLine line = {.number = number, .kept = worker->cases[0].kept,
                   .kept_names = plan->kept_names,
                   .kept_count = worker->readers[0].kept_count,
                   .two = plan->side_count == 2};
  line.problem = read_case(arena, worker, row);
  worker->numbers[COUNTED_CASES]++;
  if (text_is_none(line.problem)) {
    for (uint32_t i = 0; i < plan->side_count; i++)
      case_decide(arena, &worker->deciders[i], &worker->cases[i],
                  &answers[i]);
    line.answer = &answers[0];
    line.against = plan->side_count == 2 ? &answers[1] : NULL;
    count_case(&plan->count, &worker->cases[0], &line, worker->numbers);
  } else {
    note_problem(worker, row, line.problem);
  }
  if (plan->rows)
    batch_put_case(&worker->rows, &line, worker->pieces);
}

/* ---------------------------------------------------------------- one block */

static void take_block(BatchRun *run, Worker *worker)
{
  Arena arena;
  arena_init(&arena, &memory_default, 0, &worker->escape);
  worker->rows.length = worker->problems.length = 0;
  memset(worker->numbers, 0,
         worker->plan->count.size * sizeof *worker->numbers);
  for (uint32_t i = 0; i < worker->block.row_count; i++) {
    if (*run->stop) {
      worker->cut = true;
      break;
    }
    take_case(&arena, worker, &worker->block.rows[i],
              worker->block.first + i + 1);
    arena_clear(&arena);
  }
}

static void tell_problems(BatchRun *run, const Worker *worker)
{
  uint64_t shown = run->numbers[COUNTED_PROBLEMS];
  Text rest = buffer_text(&worker->problems);
  while (rest.length && shown < PROBLEMS_SHOWN) {
    const char *end = memchr(rest.at, '\n', rest.length);
    uint32_t length = (uint32_t)(end - rest.at) + 1;
    batch_progress_clear(run);
    fwrite(rest.at, 1, length, stderr);
    rest = (Text){rest.at + length, rest.length - length};
    if (++shown == PROBLEMS_SHOWN)
      fputs("Further ones are counted, and stand in the output.\n", stderr);
  }
}

/* What a block came to goes out, unless an earlier one was cut short. */
static void write_block(BatchRun *run, Worker *worker)
{
  if (run->cut) return;
  tell_problems(run, worker);
  for (uint32_t i = 0; i < worker->plan->count.size; i++)
    run->numbers[i] += worker->numbers[i];
  run->cut = worker->cut;
  if (!batch_output_put(run->output, buffer_text(&worker->rows)))
    run->cut = true;
  batch_progress(run);
}

/* ------------------------------------------------------------------ threads */

static void make_worker(Arena *arena, const BatchPlan *plan, Worker *worker)
{
  worker->plan = plan;
  worker->rows = worker->problems = (Buffer){.arena = arena};
  worker->pieces = ARENA_NEW(arena, AnswerPieces);
  batch_pieces_make(arena, plan->sides[0].image, plan->format, worker->pieces);
  worker->numbers = ARENA_ARRAY(arena, plan->count.size, uint64_t);
  worker->fields = ARENA_ARRAY(arena, CASE_FIELDS_MOST, Text);
  case_block_make(arena, &worker->block);
  for (uint32_t i = 0; i < plan->side_count; i++) {
    const BatchSide *side = &plan->sides[i];
    batch_reader_copy(arena, &side->reader, &worker->readers[i]);
    line_reader_make(arena, &worker->readers[i], &worker->lines[i]);
    read_case_make(arena, &worker->readers[i], &worker->cases[i]);
    case_decider_make(arena, side->image, side->reader.as_of,
                      &worker->deciders[i]);
  }
}

static bool next_block(Shared *shared, Worker *worker)
{
  BatchRun *run = shared->run;
  bool found = false;
  pthread_mutex_lock(&shared->reading);
  if (!*run->stop && !run->cut && !shared->ended)
    found = case_file_read(run->file, &worker->block);
  if (!found) shared->ended = true;
  if (found) worker->turn = run->blocks++;
  pthread_mutex_unlock(&shared->reading);
  return found;
}

static void in_turn(Shared *shared, Worker *worker, bool done)
{
  pthread_mutex_lock(&shared->writing);
  while (shared->written != worker->turn)
    pthread_cond_wait(&shared->turn, &shared->writing);
  if (done) write_block(shared->run, worker);
  worker->turn = NO_TURN;
  shared->written++;
  pthread_cond_broadcast(&shared->turn);
  pthread_mutex_unlock(&shared->writing);
}

static void clear_worker(Worker *worker)
{
  case_decider_clear(&worker->deciders[0]);
  case_decider_clear(&worker->deciders[1]);
  arena_clear(&worker->arena);
}

/* False where memory ended; worker->turn is then the block in hand. */
static bool work_on(Shared *shared, Worker *worker)
{
  if (setjmp(worker->escape) != 0) return false;
  make_worker(&worker->arena, shared->run->plan, worker);
  while (next_block(shared, worker)) {
    take_block(shared->run, worker);
    in_turn(shared, worker, true);
  }
  return true;
}

static void *work(void *context)
{
  Shared *shared = context;
  Worker worker = {.turn = NO_TURN};
  arena_init(&worker.arena, &memory_default, 0, &worker.escape);
  if (!work_on(shared, &worker)) {
    shared->run->no_memory = shared->run->cut = true;
    if (worker.turn != NO_TURN) in_turn(shared, &worker, false);
  }
  clear_worker(&worker);
  return NULL;
}

bool batch_work(BatchRun *run, uint32_t jobs)
{
  Shared shared = {.run = run, .reading = PTHREAD_MUTEX_INITIALIZER,
                   .writing = PTHREAD_MUTEX_INITIALIZER,
                   .turn = PTHREAD_COND_INITIALIZER};
  pthread_t threads[JOBS_MOST];
  uint32_t started = 0;
  if (jobs > JOBS_MOST) jobs = JOBS_MOST;
  while (started + 1 < jobs &&
         pthread_create(&threads[started], NULL, work, &shared) == 0)
    started++;
  work(&shared);
  for (uint32_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
  return !run->no_memory;
}
