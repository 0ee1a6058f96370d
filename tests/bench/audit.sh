#!/bin/sh
# make bench-audit: what auditing, suggesting situations, comparing and being
# asked take for made-up policies, a whole process each: the time and the
# memory, for those of 1,000 rules over SEEDS (default 12) policies.  Nothing is
# asserted.  What was not proved is counted.  AUDIT_WITHIN (default 60) seconds
# of the processor are the most for one.
set -u
top_builddir=${top_builddir:-build}
stile=$top_builddir/stile
made=$top_builddir/tests/bench/audit_policy
scratch=$(mktemp -d "${TMPDIR:-/tmp}/stile-bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

sed -n 's/^model name[^:]*: */machine: /p' /proc/cpuinfo | head -n 1
echo "cores: $(nproc), load: $(cut -d ' ' -f 1 /proc/loadavg)"

# most_memory PROCESS: kB, as far as was seen while it ran.
most_memory() {
  memory=0
  while kill -0 "$1" 2>/dev/null; do
    now=$(sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$1/status" \
      2>/dev/null)
    [ "${now:-0}" -gt "$memory" ] && memory=$now
    sleep 0.01
  done
}

# measure COMMAND...: milliseconds, kB, how much was not proved.
measure() {
  start=$(date +%s%N)
  (
    # Every shell of Debian knows it.
    # shellcheck disable=SC3045
    ulimit -t "${AUDIT_WITHIN:-60}"
    exec "$@" <"$scratch/answers" >"$scratch/out" 2>"$scratch/err"
  ) &
  process=$!
  most_memory "$process"
  wait "$process"
  status=$?
  end=$(date +%s%N)
  open=$(grep -c '"proved": *false' "$scratch/out")
  [ "$status" -gt 128 ] && open=ended
  echo "$(((end - start) / 1000000)) $memory $open"
}

# Nothing is known, and some findings are changed.
make_policy() {
  "$made" "$1" "$2" "$3" "$4" >"$scratch/policy.stile"
  awk '/^ *then hold$/ && changed < 5 {
      sub(/hold/, "consult supervisor")
      changed++
    }
    { print }' "$scratch/policy.stile" >"$scratch/changed.stile"
}
yes '' | head -n 1000 >"$scratch/answers"

run_one() {
  case $1 in
    audit) measure "$stile" audit --as-of 2026-11-23 --format json \
      "$scratch/policy.stile" ;;
    suggest) measure "$stile" audit --as-of 2026-11-23 --format json \
      --suggest "$scratch/suggested.yaml" "$scratch/policy.stile" ;;
    diff) measure "$stile" diff --as-of 2026-11-23 --format json \
      "$scratch/policy.stile" "$scratch/changed.stile" ;;
    interview) measure "$stile" ask --as-of 2026-11-23 --interview \
      "$scratch/policy.stile" ;;
  esac
}

# run_many WHAT FAMILY RULES FACTS SEEDS
run_many() {
  seed=1
  : >"$scratch/times"
  while [ "$seed" -le "$5" ]; do
    make_policy "$2" "$3" "$4" "$seed"
    run_one "$1" >>"$scratch/times"
    seed=$((seed + 1))
  done
  sort -n "$scratch/times" | awk -v what="$1 of $2, $3 rules, $4 facts" '
    { time[NR] = $1; if ($2 > most) most = $2
      if ($3 == "ended") ended++; else open += $3 }
    END {
      printf "%-40s median %6d ms, worst %6d ms, %4d MB, %d not proved",
        what, time[int((NR + 1) / 2)], time[NR], most / 1024, open
      print ended ? ", " ended " ended early" : "" }'
}

for what in audit suggest diff interview; do
  run_many $what topics 10 12 3
  run_many $what topics 40 20 5
  run_many $what topics 100 30 3
  run_many $what topics 300 40 3
  run_many $what topics 1000 60 "${SEEDS:-12}"
done
run_many audit skewed 200 40 1
run_many audit flat 100 24 1
