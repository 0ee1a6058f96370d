#!/bin/sh
# Golden tests: what the program prints, beside what it is asked.
#
#   golden.sh [--rebase] [AREA/NAME...]
#
# tests/golden/AREA/NAME/ holds
#   cmd      shell lines, run in a scratch copy of the folder; `stile` is in
#            PATH, and $POLICIES and $EXAMPLES name the folders
#   out      what stands on stdout (nothing, if there is no such file)
#   err      what stands on stderr (nothing, if there is no such file)
#   status   the exit status (0, if there is no such file)
# and any other file that the lines need.  --rebase writes what is printed now.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

rebase=no
if [ "${1:-}" = --rebase ]; then
  rebase=yes
  shift
fi
POLICIES=policies
EXAMPLES=examples
export POLICIES EXAMPLES

# same KIND: compares what was printed with what the case expects.
same() {
  if [ -f "$case/$1" ]; then expected=$case/$1; else expected=/dev/null; fi
  diff -u "$expected" "$scratch/$1" >>"$scratch/diff"
}

run_case() {
  stage "$scratch/work"
  cp -R "$case/." "$scratch/work"
  chmod -R u+w "$scratch/work"
  (cd "$scratch/work" && sh ./cmd) >"$scratch/out" 2>"$scratch/err" </dev/null
  echo $? >"$scratch/status"
  if [ "$(cat "$scratch/status")" = 0 ]; then : >"$scratch/status"; fi
}

write_case() {
  for kind in out err status; do
    if [ -s "$scratch/$kind" ]; then
      cp "$scratch/$kind" "$case/$kind"
    else
      rm -f "$case/$kind"
    fi
  done
}

check_case() {
  : >"$scratch/diff"
  fine=yes
  for kind in status out err; do same "$kind" || fine=no; done
  if [ "$fine" = yes ]; then ok; else bad "$name" "$scratch/diff"; fi
}

golden=$top_srcdir/tests/golden
if [ $# -eq 0 ]; then
  # shellcheck disable=SC2046
  set -- $(cd "$golden" && find . -name cmd | sed 's|^\./||; s|/cmd$||' | sort)
fi
for name in "$@"; do
  case=$golden/$name
  run_case
  if [ "$rebase" = yes ]; then write_case; else check_case; fi
done
if [ "$rebase" = yes ]; then exit 0; fi
totals
