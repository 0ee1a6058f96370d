/* One engine among others: measures decisions of libstile on the common
 * workload and prints a line of JSON.
 *
 *   stile_peer POLICY DATADIR CHECKFILE BUDGET COUNT
 *
 * POLICY is NAME.json; NAME.stile or NAME.stilec beside STILE_DATA (default:
 * DATADIR) is loaded.  situations.bin has 24 16-bit numbers a situation.  The
 * first COUNT answers go to CHECKFILE.  BUDGET is the seconds to measure.
 * Environment: ONESHOT stops after the answers; UNKNOWN=5 leaves 5 % of the
 * facts unknown; LOAD=image loads the image, else the text; TRACE keeps of each
 * decision what stile_decider_situation needs to tell the whole of it later;
 * COLUMNS=verdict decides columns, COLUMNS=rules with the rules in force too.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "include/stile.h"

enum { GIVEN = 24, FACTS = 25, KEPT = 4096, KEPT_RULES = 64 };

typedef struct Totals {
  long long level, matches, rules;
} Totals;

/* What is kept of a decision: the trace can be made anew from `values`. */
typedef struct Kept {
  int64_t values[FACTS];
  uint64_t known;
  unsigned verdicts;
  uint32_t rules, in_force[KEPT_RULES];
} Kept;

typedef struct Peer {
  const char *data;
  int64_t *values;  /* FACTS a situation */
  uint64_t *known;  /* a word a situation; NULL: all are known */
  int count;
  StileImage *image;
  StilePolicy *policy;
  StileDecider *decider;
  Kept *kept; /* the last ones; NULL: none are kept */
  StileColumn columns[GIVEN]; /* with COLUMNS */
  StileColumnAnswers answers;
} Peer;

/* A benchmark may measure time in doubles: nothing rests on them. */
static double seconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static long status_kb(const char *key) {
  char line[256];
  long value = 0;
  FILE *file = fopen("/proc/self/status", "r");
  while (file && fgets(line, sizeof line, file))
    if (strncmp(line, key, strlen(key)) == 0)
      value = strtol(line + strlen(key) + 1, NULL, 10);
  if (file) fclose(file);
  return value;
}

static _Noreturn void stop(const char *why) {
  fprintf(stderr, "%s\n", why);
  exit(1);
}

static char *read_whole(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  if (!file) stop(path);
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *bytes = malloc((size_t)size + 1);
  if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size)
    stop(path);
  fclose(file);
  *length = (size_t)size;
  return bytes;
}

/* Room for a file; for a large one huge pages, where the system has them. */
static char *file_room(size_t length) {
  const size_t page = (size_t)2 << 20;
  if (length < page / 4) return malloc(length + 1);
  size_t size = (length + page - 1) / page * page;
  char *bytes = aligned_alloc(page, size);
  if (bytes) madvise(bytes, size, MADV_HUGEPAGE);
  return bytes;
}

/* Read, not mapped: of a mapped file the system has to find each page. */
static void *read_roomy(const char *path, size_t *length) {
  int file = open(path, O_RDONLY);
  struct stat about;
  if (file < 0 || fstat(file, &about) != 0) stop(path);
  size_t size = (size_t)about.st_size;
  char *bytes = file_room(size);
  if (!bytes) stop("no memory");
  for (*length = 0; *length < size;) {
    ssize_t got = read(file, bytes + *length, size - *length);
    if (got <= 0) stop(path);
    *length += (size_t)got;
  }
  close(file);
  return bytes;
}

/* -------------------------------------------------------------- situations */

static void read_situations(Peer *peer) {
  char path[4096];
  size_t length;
  snprintf(path, sizeof path, "%s/situations.bin", peer->data);
  char *bytes = read_whole(path, &length);
  peer->count = (int)(length / (GIVEN * sizeof(int16_t)));
  peer->values = calloc((size_t)peer->count * FACTS, sizeof *peer->values);
  if (!peer->values) stop("no memory");
  for (int i = 0; i < peer->count; i++)
    for (int k = 0; k < GIVEN; k++) {
      int16_t value;
      memcpy(&value, bytes + (i * GIVEN + k) * 2, sizeof value);
      peer->values[i * FACTS + k] = value;
    }
  free(bytes);
}

/* Takes `percent` of the facts away, the same in every run. */
static void forget_some(Peer *peer, unsigned percent) {
  uint64_t state = 88172645463325252u;
  peer->known = malloc((size_t)peer->count * sizeof *peer->known);
  if (!peer->known) stop("no memory");
  for (int i = 0; i < peer->count; i++) {
    peer->known[i] = ~UINT64_C(0);
    for (int k = 0; k < GIVEN; k++) {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      if (state % 100 < percent) peer->known[i] &= ~(UINT64_C(1) << k);
    }
  }
}

/* ----------------------------------------------------------------- loading */

typedef struct File {
  const char *bytes;
  size_t length;
} File;

static bool give_file(void *context, const char *path, const char **bytes,
                      size_t *length) {
  const File *file = context;
  (void)path;
  *bytes = file->bytes;
  *length = file->length;
  return true;
}

/* "dir/real.json" -> "data/real.stile" */
static void policy_path(const Peer *peer, const char *json, const char *end,
                        char *path, size_t size) {
  const char *name = strrchr(json, '/');
  name = name ? name + 1 : json;
  const char *data = getenv("STILE_DATA");
  snprintf(path, size, "%s/%.*s%s", data ? data : peer->data,
           (int)strcspn(name, "."), name, end);
}

static void compile_policy(Peer *peer, const char *json) {
  char path[4096];
  File file;
  size_t length;
  policy_path(peer, json, ".stile", path, sizeof path);
  char *text = read_whole(path, &length);
  file = (File){text, length};
  if (stile_compile(NULL, "main.stile", give_file, &file, (StileDay){0},
                    &peer->image, NULL) != STILE_OK)
    stop("the policy does not compile");
  free(text);
}

static void load_policy(Peer *peer, const char *json) {
  const char *how = getenv("LOAD");
  char path[4096];
  void *bytes = NULL;
  const void *image;
  size_t length;
  if (how && strcmp(how, "image") == 0) {
    policy_path(peer, json, ".stilec", path, sizeof path);
    image = bytes = read_roomy(path, &length);
  } else {
    compile_policy(peer, json);
    image = stile_image_bytes(peer->image, &length);
  }
  if (stile_policy_load(NULL, image, length, &peer->policy, NULL) != STILE_OK)
    stop("the image is not sound");
  stile_image_destroy(peer->image);
  free(bytes);
  if (stile_decider_create(peer->policy, 0, (StileDay){2026, 11, 23},
                           &peer->decider) != STILE_OK)
    stop("no decider");
}

/* ---------------------------------------------------------------- deciding */

static void keep(Kept *kept, const int64_t *values, const uint64_t *known,
                 const StileDecision *decision) {
  uint32_t rules = decision->in_force_count;
  kept->rules = rules < KEPT_RULES ? rules : KEPT_RULES;
  kept->verdicts = decision->verdicts;
  kept->known = known ? *known : ~UINT64_C(0);
  memcpy(kept->values, values, sizeof kept->values);
  memcpy(kept->in_force, decision->in_force,
         kept->rules * sizeof *kept->in_force);
}

static inline void decide(Peer *peer, int i, StileDecision *decision) {
  const int64_t *values = peer->values + (size_t)i * FACTS;
  const uint64_t *known = peer->known ? peer->known + i : NULL;
  stile_decide(peer->decider, values, known, decision);
  if (peer->kept) keep(&peer->kept[i % KEPT], values, known, decision);
}

/* The workload's own numbers: silent and proceed are both its 0. */
static int level(const StileDecision *decision) {
  return decision->high > 0 ? (int)decision->high - 1 : 0;
}

/* Columns as Arrow would have them: a byte for a level, else 32 bits. */
static void make_column(Peer *peer, uint32_t fact) {
  StileFact about;
  StileColumn *column = &peer->columns[fact];
  stile_policy_fact(peer->policy, fact, &about);
  bool small = about.type <= STILE_CHOICE;
  size_t size = small ? 1 : sizeof(int32_t);
  char *values = malloc((size_t)peer->count * size);
  uint8_t *validity = calloc((size_t)peer->count / 8 + 1, 1);
  if (!values || !validity) stop("no memory");
  for (int i = 0; i < peer->count; i++) {
    int64_t value = peer->values[i * FACTS + (int)fact];
    int8_t byte = (int8_t)value;
    int32_t word = (int32_t)value;
    memcpy(values + (size_t)i * size, small ? (void *)&byte : (void *)&word,
           size);
    if (!peer->known || (peer->known[i] >> fact & 1))
      validity[i / 8] |= (uint8_t)(1u << (i % 8));
  }
  *column = (StileColumn){.fact = fact,
                          .width = small ? STILE_INT8 : STILE_INT32,
                          .values = values,
                          .validity = peer->known ? validity : NULL};
}

static void make_columns(Peer *peer, const char *what) {
  size_t count = (size_t)peer->count, room = count * 64;
  for (uint32_t i = 0; i < GIVEN; i++) make_column(peer, i);
  peer->answers.low = malloc(count);
  peer->answers.high = malloc(count);
  if (strcmp(what, "rules") != 0) return;
  peer->answers.rule_offsets = malloc((count + 1) * sizeof(int32_t));
  peer->answers.rules = malloc(room * sizeof(uint32_t));
  peer->answers.rule_room = room;
}

static void run_columns(Peer *peer, int from, int count, Totals *totals) {
  StileColumn columns[GIVEN];
  const StileColumnAnswers *answers = &peer->answers;
  size_t done;
  for (uint32_t i = 0; i < GIVEN; i++) {
    columns[i] = peer->columns[i];
    columns[i].offset = (size_t)from;
  }
  if (stile_decide_columns(peer->decider, columns, GIVEN, (size_t)count,
                           answers, &done) != STILE_OK ||
      done != (size_t)count)
    stop("not all rows were decided");
  for (int i = 0; i < count; i++)
    totals->level += answers->high[i] > 0 ? answers->high[i] - 1 : 0;
  if (!answers->rules) return;
  totals->matches += answers->rule_offsets[count];
  for (int32_t i = 0; i < answers->rule_offsets[count]; i++)
    totals->rules += answers->rules[i];
}

static void run(Peer *peer, int from, int count, Totals *totals) {
  if (peer->answers.low) {
    run_columns(peer, from, count, totals);
    return;
  }
  for (int i = from; i < from + count; i++) {
    StileDecision decision;
    decide(peer, i, &decision);
    totals->level += level(&decision);
    totals->matches += decision.in_force_count;
    for (uint32_t k = 0; k < decision.in_force_count; k++)
      totals->rules += decision.in_force[k];
  }
}

static void write_answers(Peer *peer, const char *path, int count) {
  FILE *file = fopen(path, "w");
  if (!file) stop(path);
  for (int i = 0; i < count && i < peer->count; i++) {
    StileDecision decision;
    decide(peer, i, &decision);
    fprintf(file, "%d ", level(&decision));
    for (uint32_t k = 0; k < decision.in_force_count; k++)
      fprintf(file, k ? ",%u" : "%u", decision.in_force[k]);
    fputc('\n', file);
  }
  fclose(file);
}

/* ---------------------------------------------------------------- measuring */

/* How many situations to take, and how often, for a third of the budget. */
static int fit(Peer *peer, double budget, int *rounds) {
  Totals unused = {0};
  int count = 0, step = 1;
  double start = seconds(CLOCK_MONOTONIC);
  while (count < peer->count &&
         seconds(CLOCK_MONOTONIC) - start < budget / 6) {
    if (step > peer->count - count) step = peer->count - count;
    run(peer, count, step, &unused);
    count += step;
    step *= 2;
  }
  double rate = count / (seconds(CLOCK_MONOTONIC) - start);
  double most = rate * budget / 3;
  count = most > peer->count ? peer->count : most < 3 ? 3 : (int)most;
  *rounds = most / count < 1 ? 1 : (int)(most / count);
  return count;
}

static int compare_times(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

/* The middle and the 99th of a hundred single decisions, in microseconds. */
static void single_times(Peer *peer, int count, double *middle, double *slow) {
  count = count < 20000 ? count : 20000;
  double *times = malloc(sizeof *times * (size_t)count), clock = 1;
  if (!times) stop("no memory");
  for (int i = 0; i < 1000; i++) {
    double start = seconds(CLOCK_MONOTONIC);
    double took = seconds(CLOCK_MONOTONIC) - start;
    clock = took < clock ? took : clock;
  }
  for (int i = 0; i < count; i++) {
    StileDecision decision;
    double start = seconds(CLOCK_MONOTONIC);
    decide(peer, i, &decision);
    times[i] = seconds(CLOCK_MONOTONIC) - start - clock;
  }
  qsort(times, (size_t)count, sizeof *times, compare_times);
  *middle = times[count / 2] * 1e6;
  *slow = times[count * 99 / 100] * 1e6;
  free(times);
}

static void measure(Peer *peer, double budget, double load, long base,
                    long loaded) {
  double best = 1e30, best_cpu = 1e30, middle, slow;
  Totals totals = {0};
  int rounds, count = fit(peer, budget, &rounds);
  for (int pass = 0; pass < 3; pass++) {
    double start = seconds(CLOCK_MONOTONIC);
    double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (int i = 0; i < rounds; i++) {
      totals = (Totals){0};
      run(peer, 0, count, &totals);
    }
    cpu = (seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu) / rounds;
    start = (seconds(CLOCK_MONOTONIC) - start) / rounds;
    best = start < best ? start : best;
    best_cpu = cpu < best_cpu ? cpu : best_cpu;
  }
  single_times(peer, count, &middle, &slow);
  printf("{\"load_s\":%.6f,\"n\":%d,\"per_s\":%.1f,\"per_cpu_s\":%.1f,"
         "\"p50_us\":%.4f,\"p99_us\":%.4f,\"base_kb\":%ld,\"loaded_kb\":%ld,"
         "\"peak_kb\":%ld,\"totals\":[%lld,%lld,%lld]}\n",
         load, count, count / best, count / best_cpu, middle, slow, base,
         loaded, status_kb("VmHWM"), totals.level, totals.matches,
         totals.rules);
}

int main(int argc, char **argv) {
  Peer peer = {0};
  if (argc < 6) return 2;
  peer.data = argv[2];
  read_situations(&peer);
  if (getenv("UNKNOWN"))
    forget_some(&peer, (unsigned)strtoul(getenv("UNKNOWN"), NULL, 10));
  if (getenv("TRACE")) {
    peer.kept = calloc(KEPT, sizeof *peer.kept);
    if (!peer.kept) stop("no memory");
  }
  long base = status_kb("VmRSS");
  double start = seconds(CLOCK_MONOTONIC);
  load_policy(&peer, argv[1]);
  double load = seconds(CLOCK_MONOTONIC) - start;
  long loaded = status_kb("VmRSS");
  if (getenv("COLUMNS")) {
    Totals unused = {0};
    make_columns(&peer, getenv("COLUMNS"));
    run(&peer, 0, 1, &unused); /* what the first call makes is no decision */
  }
  write_answers(&peer, argv[3], (int)strtol(argv[5], NULL, 10));
  if (!getenv("ONESHOT"))
    measure(&peer, strtod(argv[4], NULL), load, base, loaded);
  stile_decider_destroy(peer.decider);
  stile_policy_destroy(peer.policy);
  free(peer.values);
  free(peer.known);
  free(peer.kept);
  return 0;
}
