#!/bin/sh
# On every policy and every boundary, the interview comes to the same answer as
# the whole situation, asks nothing that cannot change the answer, and asks for
# fewer than half of the facts on average.  With one situation for a boundary the
# average still swings to either side of half; docs/interview.md has six.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
cd "$top_srcdir" || exit 1

if "$top_builddir/tests/interview_count" \
  --situations "${INTERVIEWS:-3}" policies/*.stile >"$scratch/out" 2>&1
then
  ok
else
  bad 'the interview' "$scratch/out"
fi
share=$(sed -n 's/^| All |.* \([0-9]*\) % |$/\1/p' "$scratch/out")
if [ "${share:-100}" -lt 50 ]; then
  ok
else
  bad 'fewer than half of the facts' "$scratch/out"
fi
totals
