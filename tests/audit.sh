#!/bin/sh
# Random small policies: what the audit finds must be what brute force over
# every kind of situation finds, no more and no less.  The seeds are the same in
# every run; AUDIT_SEEDS and AUDIT_POLICIES choose others by hand.  One seed is
# one policy; a run goes on from its seed.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

for seed in ${AUDIT_SEEDS:-1 1001 2001 3001}; do
  if "$top_builddir/tests/audit" --seed "$seed" \
    --policies "${AUDIT_POLICIES:-100}" >"$scratch/out" 2>&1
  then
    ok
    tail -n 3 "$scratch/out"
  else
    bad "seed $seed" "$scratch/out"
  fi
done
totals
