#!/bin/sh
# The program of docs/c-api.md is compiled against the library as a host would
# do it, run on the files of the page, and prints what the page says.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
page=$top_srcdir/docs/c-api.md
libraries=$top_builddir/.libs

mkdir "$scratch/blocks"
awk -v folder="$scratch/blocks" -f "$top_srcdir/tests/docs.awk" "$page"
# put KIND FILE: the last block of a kind, as a file.
put() {
  for head in "$scratch/blocks"/*.head; do
    if [ "$(sed -n 1p "$head")" = "$1" ]; then
      cp "${head%.head}.body" "$scratch/$2"
    fi
  done
}
put c ask.c
put stile gifts.stile
put yaml situation.yaml
put text expected

# A library that watches its memory needs a program that does too.
watched=
if nm -D "$libraries/libstile.so" 2>/dev/null | grep -q __asan_init; then
  watched=-fsanitize=address,undefined
fi
cd "$scratch" || exit 1
# shellcheck disable=SC2086
if ${CC:-cc} -std=c11 -Wall -Wextra -Wpedantic $watched \
  -I"$top_srcdir/include" ask.c -L"$libraries" -lstile \
  -Wl,-rpath,"$libraries" -o ask >out 2>&1 && [ ! -s out ]; then
  ok
else
  bad 'the program compiles without a warning' out
fi
./ask gifts.stile situation.yaml >out 2>err
if diff -u expected out >changed; then ok; else bad "what it prints" changed; fi
verdict 'it has nothing to complain of' "$(cat err)"
if ./ask situation.yaml gifts.stile >out 2>err; then
  bad 'a policy with mistakes is refused'
elif grep -q '^error E01' err; then ok; else bad 'mistakes are told' err; fi
totals
