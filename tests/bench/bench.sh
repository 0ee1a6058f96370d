#!/bin/sh
# make bench: what this machine takes for one evaluation, one whole answer, one
# run of the program, and compiling many rules.  Nothing is asserted.  With
# `make bench PEERS_RUN=SCRIPT` the other engines are measured beside it.
set -u
top_builddir=${top_builddir:-build}
bench=$top_builddir/tests/bench/bench
stile=$top_builddir/stile
scratch=$(mktemp -d "${TMPDIR:-/tmp}/stile-bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

sed -n 's/^model name[^:]*: */machine: /p' /proc/cpuinfo | head -n 1
echo "cores: $(nproc), load: $(cut -d ' ' -f 1 /proc/loadavg)"
"$bench" time

# run_many WHAT COMMAND...: the mean of 100 runs of a whole process.
run_many() {
  what=$1
  shift
  start=$(date +%s%N)
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    for _ in 1 2 3 4 5 6 7 8 9 10; do "$@" >/dev/null; done
  done
  end=$(date +%s%N)
  printf '%-46s %8d us\n' "$what" $(((end - start) / 100 / 1000))
}

"$bench" policy 40 >"$scratch/policy.stile"
"$bench" situation >"$scratch/situation.yaml"
"$stile" build "$scratch/policy.stile" -o "$scratch/policy.stilec" 2>/dev/null
run_many 'stile ask, a compiled policy of 40 rules' \
  "$stile" ask "$scratch/policy.stilec" "$scratch/situation.yaml"
run_many 'stile --version, for comparison' "$stile" --version
top_srcdir=${top_srcdir:-.}
export top_srcdir top_builddir
echo 'instructions of each, and what they were:'
sh "$top_srcdir/tests/bench/instructions.sh"
echo 'a log of 100,000 entries, and what each command takes on it:'
STILE_LOG_ENTRIES=${STILE_LOG_ENTRIES:-100000} \
  sh "$top_srcdir/tests/log_long.sh"
if [ -n "${1:-}" ]; then
  sh "$top_srcdir/tests/bench/peers/compare.sh" "$1"
fi
