#!/bin/sh
# A log when the disk fails at each write.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

# add COMMAND...: its last line is its totals.
add() {
  "$@" >"$scratch/out" 2>&1
  line=$(tail -n 1 "$scratch/out" | grep -E '^[0-9]+ passed, [0-9]+ failed$')
  read -r more _ less _ <<EOF
${line:-0 passed, 1 failed}
EOF
  passed=$((passed + ${more:-0}))
  failed=$((failed + ${less:-1}))
  if [ "${less:-1}" != 0 ]; then sed 's/^/    /' "$scratch/out"; fi
}

export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
mkdir "$scratch/each"
add "$top_builddir/tests/log_crash" "$scratch/each"
totals
