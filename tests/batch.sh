#!/bin/sh
# `stile batch` on many cases: the same as `stile ask` on each; large files in
# little memory; Ctrl-C; a bar on a terminal.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

python=$(command -v python3)
stile=$top_builddir/stile
case $stile in /*) ;; *) stile=$PWD/$stile ;; esac
policies=$(cd "$top_srcdir/policies" && pwd)
work=$scratch/work
mkdir -p "$work"

# compare POLICY SEED: batch against ask, on random cases.
compare() {
  if "$python" "$here/batch_compare.py" "$stile" "$policies/$1" "$work/cases" \
    "$2" "${BATCH_CASES:-40}" >"$scratch/out" 2>&1
  then
    ok
  else
    bad "$1, seed $2" "$scratch/out"
  fi
}

if [ -n "$python" ]; then
  mkdir -p "$work/cases"
  compare gifts.stile 1
  compare touch.stile 2
  compare second-roles.stile 3
  compare outreach.stile 4
  compare handbook.stile 5
else
  echo 'python3 is not there: batch is not compared with ask'
fi

# The quick ways of reading against the careful ones, on every kind of fact.
cat >"$work/ways.stile" <<'END'
policy ways "Every kind of fact"
  if unsure "Ask."
  in force from 2026-01-01
need asked "?" is yes or no
need depth "?" is one of none < low < medium < very-high-indeed
need other "?" is one of beyond-what-anybody-would-expect, little
capability hour "?" is a number from 0 to 24 in steps of 0.5
capability count "?" is a number from 0 to 5000
context gift "?" is one of card, cash, a-rather-long-name, token
context value "?" is money in GBP up to 10000
context since "?" is a duration in months up to 20 years
context seen "?" is a date
risk danger "?" is any of harm, theft, money-and-pressure
support consulted "?" is any of supervisor, colleague
boundary gifts "Taking it" or "Handing it back"
  rule small "Small"
    when context value is at most £10
    then proceed
    because "It is small."
boundary other "Going" or "Staying"
  rule asked "They asked"
    when need asked
    then consult supervisor
    because "They asked."
END
for seed in 1 2 3; do
  if "$top_builddir/tests/batch_ways" "$work/ways.stile" "$seed" \
    "${BATCH_WAYS:-5000}" >"$scratch/out" 2>&1
  then
    ok
  else
    bad "quick and careful ways, seed $seed" "$scratch/out"
  fi
done

cp "$top_srcdir/tests/golden/ask/gifts.stile" "$work"
cd "$work" || exit 1
"$stile" build gifts.stile -o gifts.stilec 2>"$scratch/err" ||
  bad 'the policy' "$scratch/err"

# cases COUNT: rows of which every answer is known.
cases() {
  awk -v count="$1" 'BEGIN {
    print "id,context.gift,context.value,context.gifts-before," \
      "need.isolation,risk.exploitation,risk.to-person,support.consulted"
    for (i = 1; i <= count; i++)
      print i "," (i % 2 ? "token" : "\"handmade\"") "," i % 50 \
        ",none,some,none,none," (i % 3 ? "" : "\"supervisor, colleague\"")
  }'
}
answer='gifts,care,yes,care,care,no,no,no,1,gifts/small,'

# Every row is there once, in its order, with one thread or two.
cases 100000 >many.csv
for jobs in 1 2; do
  "$stile" batch --keep id --jobs "$jobs" --as-of 2026-12-20 gifts.stilec \
    many.csv >many.out 2>"$scratch/err"
  verdict "100,000 cases with $jobs jobs" "$(awk -F '\n' -v want="$answer" '
    NR > 1 && $0 != NR - 1 "," NR - 1 "," want { print "row " NR ": " $0 }
    END { if (NR != 100001) print NR " rows" }' many.out | head -n 5)"
done

# Memory does not grow with the file: it is bounded from outside.
limit() {
  # shellcheck disable=SC3045
  (ulimit -v 400000 2>/dev/null
   cases 400000 | "$stile" batch --summary --keep id --as-of 2026-12-20 \
     gifts.stilec - 2>&1) | head -n 1
}
# A sanitizer keeps far more room than the limit.
if ! grep -q 'fsanitize=address' "$top_builddir/Makefile"; then
  verdict 'many cases in little memory' \
    "$(limit | grep -v '^Cases  *400000$')"
fi

# A database takes all rows, and none where there is one already.
"$stile" batch --keep id --as-of 2026-12-20 -o many.db gifts.stilec many.csv \
  2>"$scratch/err" || bad 'a database' "$scratch/err"
cp many.db same.db
if "$stile" batch --keep id -o many.db gifts.stilec many.csv 2>/dev/null; then
  bad 'a database is not written over' /dev/null
fi
verdict 'it stays as it was' "$(cmp many.db same.db 2>&1)"
query='SELECT "case" AS id, '"'token' AS \"context.gift\" FROM cases"
verdict 'what was written can be asked' "$(
  "$stile" batch --summary --query "$query" --keep id --as-of 2026-12-20 \
    gifts.stilec many.db 2>&1 | head -n 1 | grep -v '^Cases  *100000$')"

# Ctrl-C: what has been answered is kept, told, and whole.
mkfifo pipe
"$stile" batch --keep id --as-of 2026-12-20 -o stopped.csv gifts.stilec - \
  <pipe 2>stopped.err &
batch=$!
exec 9>pipe
cases 20000 >&9
tries=0
while [ ! -s stopped.csv ] && [ "$tries" -lt 100 ]; do
  sleep 0.1
  tries=$((tries + 1))
done
kill -INT "$batch"
sleep 0.2
exec 9>&-
wait "$batch"
echo "$?" >status
verdict 'Ctrl-C has an exit status of its own' "$(grep -vx 130 status)"
verdict 'Ctrl-C is told' "$(grep -c '^Stopped\. [0-9]* cases' stopped.err |
  grep -vx 1)"
verdict 'what was answered is kept' "$(awk -v want="$answer" '
  NR > 1 && $0 != NR - 1 "," NR - 1 "," want { print "row " NR ": " $0 }
  END { if (NR < 2) print "no rows" }' stopped.csv | head -n 5)"

# A bar on a terminal, nothing elsewhere.
if [ -n "$python" ]; then
  "$python" -c 'import pty, sys; pty.spawn(sys.argv[1:])' "$stile" batch \
    --keep id --as-of 2026-12-20 -o bar.csv gifts.stilec many.csv \
    >bar.out 2>&1 </dev/null
  verdict 'a bar on a terminal' \
    "$(grep -c '\[#*\.*\] *[0-9]* %' bar.out | grep -vx '[1-9][0-9]*')"
fi
verdict 'no bar elsewhere' "$(grep '#' stopped.err)"
totals
