#!/bin/sh
# Random small policies: what the audit finds must be what brute force over
# every kind of situation finds, no more and no less.  The seeds are the same in
# every run; AUDIT_SEEDS and AUDIT_POLICIES choose others by hand.  One seed is
# one policy; a run goes on from its seed.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

run_seeds audit "${AUDIT_SEEDS:-1 1001 2001 3001}" "${AUDIT_POLICIES:-100}"
totals
