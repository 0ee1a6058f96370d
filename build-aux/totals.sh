#!/bin/sh
# totals.sh BUILD...: the sum of all tests that `make check` ran in the build
# folders, as `N passed, N failed`.  Check's programs say how many checks they
# made, our scripts end with their totals; a program that failed without a
# failed test (it crashed, say) counts as one more failure.
set -u
export LC_ALL=C

for build in "$@"; do
  find "$build" -path '*/tests/*.trs' | sort | while read -r trs; do
    result=$(sed -n 's/^:test-result: //p' "$trs" | head -n 1)
    log=${trs%.trs}.log
    awk -v result="$result" '
      /^[0-9]+%: Checks: / {
        gsub(/,/, "")
        passed += $3 - $5 - $7
        failed += $5 + $7
        next
      }
      /^[0-9]+ passed, [0-9]+ failed$/ { own_passed = $1; own_failed = $3 }
      END {
        passed += own_passed
        failed += own_failed
        if (passed + failed == 0 && result == "PASS") passed = 1
        if (failed == 0 && result != "PASS") failed = 1
        print passed, failed
      }' "$log"
  done
done | awk '{ passed += $1; failed += $2 }
  END {
    printf "%d passed, %d failed\n", passed, failed
    exit failed > 0 || passed == 0
  }'
