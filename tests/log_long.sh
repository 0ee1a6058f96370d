#!/bin/sh
# A long log: every command still does its work, in a time that grows with the
# log and no faster.
#
# It has 2,000 entries here.  STILE_LOG_ENTRIES=100000 makes it as long as
# docs/log-format.md tells of; `make bench` does that.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
count=${STILE_LOG_ENTRIES:-2000}
policy=$top_srcdir/policies/gifts.stile
cd "$scratch" || exit 1

stile ask "$policy" "$top_srcdir/examples/single/gloves.yaml" --brief \
  --log first >/dev/null 2>&1
cp first half && cp first-keys half-keys
"$top_builddir/tests/log_fill" half $((count / 2 - 1)) >fill.out 2>&1 ||
  bad 'filling it' fill.out
cp half log && cp half-keys log-keys
"$top_builddir/tests/log_fill" log $((count - count / 2)) >fill.out 2>&1 ||
  bad 'filling it to the end' fill.out

# spent COMMAND...: the milliseconds of processor time that it took, in a shell
# of its own; its words go to `out`.
spent() {
  "$@" >out 2>&1 || bad "$*" out >&2
  times >spent.out
  awk 'NR == 2 { for (i = 1; i <= 2; i++) { split($i, part, /[ms]/)
    all += part[1] * 60000 + part[2] * 1000 } printf "%d\n", all }' spent.out
}

# runs WHAT WORDS COMMAND...: on the log and on one of half its length; it says
# WORDS, and takes less than four times as long.
runs() {
  what=$1 words=$2
  shift 2
  half=$(spent stile log "$@" --log half)
  whole=$(spent stile log "$@" --log log)
  if grep -q -e "$words" out; then ok; else bad "$what" out; fi
  printf '%-34s %7d ms of processor, half as long %7d ms\n' "$what" "$whole" "$half"
  # Below half a second, it is the start that is measured.
  if [ "$whole" -lt 500 ] || [ "$whole" -lt $((half * 4)) ]; then ok
  else bad "$what: the time grows too fast"; fi
}

printf '%d entries, %d kB\n' "$count" $(($(wc -c <log) / 1024))
stile log checkpoint --log half >head.txt
runs 'verify' "^$count entries were looked at" verify
runs 'verify --against' "entry 1 to entry $((count / 2)), they are anchored" \
  verify --against head.txt
runs 'list' "^$count\\." list
runs 'list of one person' 'gifts' list --subject person-7
runs 'checkpoint' "^size $count\$" checkpoint
runs 'export' 'Do not go ahead' export person-7
runs 'show' '£50' show 1
runs 'replay' 'answers the same again' replay 2
verdict 'every entry is listed' \
  "$(stile log list --log log | grep -c '^[0-9]' | grep -vx "$count")"
runs 'forget' 'entries have been erased' forget person-7
runs 'retain' 'entries have been erased' retain --older-than '1 year'
runs 'verify, much of it erased' 'of them have been erased' verify
totals
