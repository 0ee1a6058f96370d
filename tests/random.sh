#!/bin/sh
# Random policies and situations: the engine must agree with the naive
# interpreter of tests/reference over all completions.  The seeds are the same
# in every run; RANDOM_SEEDS and RANDOM_POLICIES choose others by hand.  One seed
# is one policy; a run goes on from its seed.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

for seed in ${RANDOM_SEEDS:-1 1001 2001 3001}; do
  if "$top_builddir/tests/random" --seed "$seed" \
    --policies "${RANDOM_POLICIES:-50}" >"$scratch/out" 2>&1
  then
    ok
    tail -n 3 "$scratch/out"
  else
    bad "seed $seed" "$scratch/out"
  fi
done
totals
