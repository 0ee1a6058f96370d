#!/bin/sh
# Looking back: what `stile review` drafts for a policy compiles with it and is
# as expected, what it saves reads back the same, and an answer that was kept is
# looked back at with the policy of its day.
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

# An answer that was kept, and a policy that has changed since: both are told
# apart.
log=$scratch/kept.log
new=$scratch/policies/gifts.stile
sed 's/£50/£40/g; s/version "3.0"/version "3.1"/' policies/gifts.stile >"$new"
sed '/^title:/d; s/value: £50/value: £45/; s/sway: no/sway: unknown/' \
  examples/single/gloves.yaml >"$scratch/gloves.yaml"
stile ask policies/gifts.stile "$scratch/gloves.yaml" --log "$log" \
  --brief >"$scratch/said" 2>&1
stile log decide 1 --log "$log" --did 'I took them.' \
  --because 'He made them.' >>"$scratch/said" 2>&1
stile review "$new" --log "$log" 1 >"$scratch/out" 2>&1

# tells PATTERN: a line of the review is so.
tells() {
  if grep -qe "$1" "$scratch/out"; then
    ok
  else
    bad "a kept answer looked back at: $1" "$scratch/out"
  fi
}
tells 'Version 3.0'
tells 'Version 3.1'
tells "^  Today's policy comes to something else"
tells '^  > I took them'
tells '^  > He made them'
tells 'It is not written down whether the guidance was followed'

cat >"$scratch/account.yaml" <<'END'
impact: {harm: minor}
risk: {sway: yes}
account:
  persons-account: I felt that I had to give more.
  followed: departed
END
stile review "$new" "$scratch/account.yaml" --log "$log" 1 \
  >"$scratch/out" 2>&1
tells 'I felt that I had to give more'
tells '^What the policy said of Monday 23 November 2026'
tells '^  Something else was done than the guidance says'
tells 'These reasons were given'
stile review "$new" "$scratch/account.yaml" --log "$log" 1 --format json \
  >"$scratch/out" 2>&1
tells '"departed"'
tells '"reasons-given"'
tells '"did": "I took them."'
tells '"risk.sway"'

# refuses STATUS PATTERN ARGUMENT...: it says why it cannot.
refuses() {
  wanted=$1 pattern=$2
  shift 2
  stile review "$@" >"$scratch/out" 2>&1
  status=$?
  if [ "$status" = "$wanted" ]; then
    tells "$pattern"
  else
    bad "exit status $status: $*" "$scratch/out"
  fi
}
refuses 1 'is not an answer' "$new" --log "$log" 2
refuses 1 'no entry 9' "$new" --log "$log" 9
refuses 1 'no such boundary' policies/touch.stile --log "$log" 1
refuses 4 'cannot be used' "$new" --log "$scratch/nowhere" 1
refuses 2 'Which entry' "$new" --log "$log"
stile log forget --entry 1 --log "$log" >/dev/null 2>&1
refuses 1 'has been erased' "$new" --log "$log" 1
totals
