#!/bin/sh
# failures.sh BUILD: what failed in the tests that `make check` ran there, and
# the first lines of why.
set -u
find "$1" -path '*/tests/*.trs' | sort | while read -r trs; do
  if ! grep -q '^:test-result: PASS' "$trs"; then
    echo "== ${trs%.trs}"
    awk '/^FAIL[: ]/ || /:[FE]:/ || /runtime error|Sanitizer/ { left = 14 }
      left > 0 && !/^FAIL .*exit status/ { print substr($0, 1, 200); left-- }
      /^ *[0-9]+ passed/ { left = 0 }' "${trs%.trs}.log" | head -n 120
  fi
done
