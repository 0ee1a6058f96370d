#!/bin/sh
# Coverage of random small policies: every goal, pair of situations and
# combination of cells must be as brute force finds it.  COVER_SEEDS and
# COVER_POLICIES choose others by hand.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

for seed in ${COVER_SEEDS:-1 1001}; do
  if "$top_builddir/tests/cover_random" --seed "$seed" \
    --policies "${COVER_POLICIES:-40}" >"$scratch/out" 2>&1
  then
    ok
    tail -n 1 "$scratch/out"
  else
    bad "seed $seed" "$scratch/out"
  fi
done
totals
