#!/bin/sh
# Looking back: what `stile review` drafts for a policy compiles with it and is
# as expected, and what it saves reads back the same.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
cd "$top_srcdir" || exit 1
cp -R policies "$scratch/policies"
chmod -R u+w "$scratch/policies"

# The situations of a case file, one a file, without what they expect.
split_cases() {
  awk -v folder="$scratch/cases" '
    /^---/ { n++; skip = 0; next }
    /^[a-z]/ { skip = /^expect:/ }
    !skip { print >(folder "/" sprintf("%03d", n) ".yaml") }' "$1"
}

# after POLICY FILE: the policy with the draft, tested alone.
look_back() {
  policy=$1
  stile review "$policy" "$2" --save "$scratch/saved.yaml" \
    >"$scratch/first" 2>"$scratch/said" || return 1
  stile review "$policy" "$scratch/saved.yaml" --save "$scratch/again.yaml" \
    >"$scratch/second" 2>>"$scratch/said" || return 1
  cmp "$scratch/saved.yaml" "$scratch/again.yaml" >>"$scratch/said" || return 1
  {
    grep -v '^$' "$policy" | sed '/^example /,$d'
    sed -n '/^example "/,/^  expect /p' "$scratch/first"
  } >"$scratch/$policy"
  stile test "$scratch/$policy" >"$scratch/said" 2>&1 &&
    grep -q '1 passed, 0 failed' "$scratch/said"
}

for cases in examples/*.yaml; do
  policy=$(sed -n '1s/^# For \(policies[^ :;,]*\.stile\).*/\1/p' "$cases")
  rm -rf "$scratch/cases"
  mkdir "$scratch/cases"
  split_cases "$cases"
  for file in "$scratch"/cases/*.yaml; do
    grep -q '^[a-z]' "$file" || continue
    if look_back "$policy" "$file"; then
      ok
    else
      bad "$cases: $(sed -n 's/^title: //p' "$file")" "$scratch/said"
    fi
  done
done
totals
