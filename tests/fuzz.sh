#!/bin/sh
# Replays the fuzzers on what once went wrong, and on the policies and case
# files of the tree with bytes changed and ends cut off.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
cd "$top_srcdir" || exit 1

# replay KIND FILE...
replay() {
  kind=$1
  shift
  for file in "$@"; do
    if [ ! -f "$file" ]; then continue; fi
    if "$top_builddir/tests/fuzz/replay_$kind" "$file" >"$scratch/out" 2>&1
    then ok; else bad "$kind: $file" "$scratch/out"; fi
  done
}

replay policy tests/fuzz/seeds/policy-* policies/*.stile
replay situation tests/fuzz/seeds/situation-* examples/*.yaml
if stile build policies/gifts.stile -o "$scratch/gifts.stilec" 2>/dev/null
then
  replay image "$scratch/gifts.stilec"
fi
replay image tests/fuzz/seeds/image-*
totals
