#!/bin/sh
# make bench-audit: what `stile audit` takes for made-up policies, a whole
# process each: the time and the memory, for those of 1,000 rules over SEEDS
# (default 12) policies.  Nothing is asserted.  What was not proved is counted.
# AUDIT_WITHIN (default 60) seconds are the most for one.
set -u
top_builddir=${top_builddir:-build}
stile=$top_builddir/stile
made=$top_builddir/tests/bench/audit_policy
scratch=$(mktemp -d "${TMPDIR:-/tmp}/stile-bench.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

sed -n 's/^model name[^:]*: */machine: /p' /proc/cpuinfo | head -n 1
echo "cores: $(nproc), load: $(cut -d ' ' -f 1 /proc/loadavg)"

# audit_one FAMILY RULES FACTS SEED: milliseconds, kB, not proved.
audit_one() {
  "$made" "$1" "$2" "$3" "$4" >"$scratch/policy.stile"
  start=$(date +%s%N)
  timeout "${AUDIT_WITHIN:-60}" "$stile" audit --as-of 2026-11-23 \
    --format json "$scratch/policy.stile" >"$scratch/out" 2>"$scratch/err" &
  process=$!
  memory=0
  while kill -0 "$process" 2>/dev/null; do
    # shellcheck disable=SC2013
    for child in $(cat "/proc/$process/task/$process/children" 2>/dev/null); do
      now=$(sed -n 's/^VmHWM: *\([0-9]*\) kB/\1/p' "/proc/$child/status" \
        2>/dev/null)
      [ "${now:-0}" -gt "$memory" ] && memory=$now
    done
    sleep 0.01
  done
  wait "$process"
  status=$?
  end=$(date +%s%N)
  open=$(grep -c '"proved": *false' "$scratch/out")
  [ "$status" -eq 124 ] && open=ended
  echo "$(((end - start) / 1000000)) $memory $open"
}

# audit_many FAMILY RULES FACTS SEEDS
audit_many() {
  seed=1
  : >"$scratch/times"
  while [ "$seed" -le "$4" ]; do
    audit_one "$1" "$2" "$3" "$seed" >>"$scratch/times"
    seed=$((seed + 1))
  done
  sort -n "$scratch/times" | awk -v what="$1, $2 rules, $3 facts" '
    { time[NR] = $1; if ($2 > most) most = $2
      if ($3 == "ended") ended++; else open += $3 }
    END {
      printf "%-32s median %6d ms, worst %6d ms, %4d MB, %d not proved",
        what, time[int((NR + 1) / 2)], time[NR], most / 1024, open
      print ended ? ", " ended " ended early" : "" }'
}

audit_many topics 10 12 3
audit_many topics 40 20 5
audit_many topics 100 30 3
audit_many topics 300 40 3
audit_many topics 1000 60 "${SEEDS:-12}"
audit_many skewed 200 40 1
audit_many flat 100 24 1
