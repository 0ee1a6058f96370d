#!/bin/sh
# The policies and examples that come with Stile: no errors, every example in
# them and every case file for them as expected, the same image whenever they
# are compiled.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
cd "$top_srcdir" || exit 1

# Whole policies: files that have a heading, and are not there to be used only.
whole_policies() {
  grep -lE '^policy ' policies/*.stile examples/*.stile examples/*/*.stile \
    2>/dev/null | sort
}

# cases_of POLICY: the case files that start with `# For POLICY`.
cases_of() {
  for cases in examples/*.yaml; do
    for_policy=$(sed -n '1s/^# For \(policies[^ :;,]*\.stile\).*/\1/p' "$cases")
    if [ "$for_policy" = "$1" ]; then echo "$cases"; fi
  done
}

check_policy() {
  if stile check "$1" >"$scratch/out" 2>&1; then
    ok
  else
    bad "$1: check" "$scratch/out"
    return
  fi
  # shellcheck disable=SC2046
  if stile test "$1" $(cases_of "$1") >"$scratch/out" 2>/dev/null; then
    ok
  else
    bad "$1: test" "$scratch/out"
  fi
  stile build "$1" -o "$scratch/one.stilec" 2>/dev/null
  stile build "$1" -o "$scratch/two.stilec" 2>/dev/null
  if cmp "$scratch/one.stilec" "$scratch/two.stilec" >"$scratch/out" 2>&1 &&
    stile dis "$scratch/one.stilec" >/dev/null 2>"$scratch/out"; then
    ok
  else
    bad "$1: build" "$scratch/out"
  fi
}

for policy in $(whole_policies); do check_policy "$policy"; done
for cases in examples/*.yaml; do
  verdict "$cases says which policy it is for" \
    "$(sed -n 1p "$cases" | grep -v '^# For policies/[^ ]*\.stile')"
done
totals
