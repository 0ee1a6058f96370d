#!/bin/sh
# Pairs of random small policies: what a comparison finds must be what brute
# force over every kind of situation finds, no more and no less.  The seeds are
# the same in every run; DIFF_SEEDS and DIFF_PAIRS choose others by hand.  One
# seed is one pair; a run goes on from its seed.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

for seed in ${DIFF_SEEDS:-1 1001 2001 4001}; do
  if "$top_builddir/tests/diff" --seed "$seed" \
    --policies "${DIFF_PAIRS:-100}" >"$scratch/out" 2>&1
  then
    ok
    tail -n 3 "$scratch/out"
  else
    bad "seed $seed" "$scratch/out"
  fi
done
totals
