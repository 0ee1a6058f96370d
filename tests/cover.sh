#!/bin/sh
# Coverage of random small policies: every goal, pair of situations and
# combination of cells must be as brute force finds it.  COVER_SEEDS and
# COVER_POLICIES choose others by hand.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

run_seeds cover_random "${COVER_SEEDS:-1 1001}" "${COVER_POLICIES:-40}"
totals
