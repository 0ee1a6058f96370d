#!/bin/sh
# Random policies and situations: the engine must agree with the naive
# interpreter of tests/reference over all completions.  The seeds are the same
# in every run; RANDOM_SEEDS and RANDOM_POLICIES choose others by hand.  One seed
# is one policy; a run goes on from its seed.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

run_seeds random "${RANDOM_SEEDS:-1 1001 2001 3001}" "${RANDOM_POLICIES:-50}"
totals
