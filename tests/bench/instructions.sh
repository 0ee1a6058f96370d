#!/bin/sh
# A gate on instruction counts: what a few runs take, counted by callgrind, must
# not be more than a tenth above tests/bench/instructions.txt.
#
#   instructions.sh [--rebase]
#
# Counts hang on the compiler and the C library, so --rebase is run, and the
# difference looked at, when either changes.  Without valgrind, or without the
# AVX2 that the counts were taken with, it says so and passes.
set -u
top_srcdir=${top_srcdir:-.}
top_builddir=${top_builddir:-build}
stored=$top_srcdir/tests/bench/instructions.txt
bench=$top_builddir/tests/bench/bench
scratch=$(mktemp -d "${TMPDIR:-/tmp}/stile-count.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

if ! command -v valgrind >/dev/null 2>&1; then
  echo 'skipped: valgrind is missing; no instructions were counted'
  exit 0
fi
if ! grep -q avx2 /proc/cpuinfo 2>/dev/null; then
  echo 'skipped: the stored counts are those of a processor with AVX2'
  exit 0
fi

if [ ! -x "$bench" ]; then
  echo "FAIL: there is no $bench; \`make tests/bench/bench\` builds it"
  exit 1
fi

# count COMMAND...: the instructions of one run.
count() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" \
    2>&1 >"$scratch/out" | sed -n 's/.*Collected : //p'
}

# each RULES: the instructions of one decision.
each() {
  few=$(count "$bench" decide "$1" 1000)
  many=$(count "$bench" decide "$1" 11000)
  echo $(((many - few) / 10000))
}

# more COMMAND...: what 200 rules more take, without the start of the program.
more() {
  few=$(count "$@" "$scratch/200.$suffix")
  many=$(count "$@" "$scratch/400.$suffix")
  echo $((many - few))
}

measure() {
  # The program itself, not libtool's script around it.
  stile=$top_builddir/stile
  for rules in 200 400; do
    "$bench" policy $rules >"$scratch/$rules.stile"
    "$stile" build "$scratch/$rules.stile" -o "$scratch/$rules.stilec" \
      2>/dev/null
  done
  echo "decide-40 $(each 40)"
  echo "decide-1000 $(each 1000)"
  suffix=stile
  echo "check-200-more $(more "$stile" check)"
  suffix=stilec
  echo "load-200-more $(more "$stile" dis)"
}

measure >"$scratch/now"
if [ "${1:-}" = --rebase ]; then
  cp "$scratch/now" "$stored"
  cat "$stored"
  exit 0
fi
status=0
while read -r name now; do
  then=$(sed -n "s/^$name //p" "$stored")
  if [ -z "$then" ] || [ -z "$now" ] || [ "$now" -gt $((then * 11 / 10)) ]; then
    echo "FAIL: $name takes ${now:-no} instructions, and took ${then:-none}"
    status=1
  else
    echo "ok: $name takes $now instructions; it took $then"
  fi
done <"$scratch/now"
exit $status
