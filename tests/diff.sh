#!/bin/sh
# Pairs of random small policies: what a comparison finds must be what brute
# force over every kind of situation finds, no more and no less.  The seeds are
# the same in every run; DIFF_SEEDS and DIFF_PAIRS choose others by hand.  One
# seed is one pair; a run goes on from its seed.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

run_seeds diff "${DIFF_SEEDS:-1 1001 2001 4001}" "${DIFF_PAIRS:-100}"
totals
