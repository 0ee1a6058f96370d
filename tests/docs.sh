#!/bin/sh
# Every block of code in README.md and docs/*.md is run.
#
#   docs.sh [--rebase] [PAGE...]
#
# --rebase writes the outputs into the pages as they are now.
#
# Blocks of one page share a scratch folder that looks like the top of the tree
# (policies/, examples/, build/stile).  By its kind a block is
#   ```sh     run; a ```text or ```json block right after it is its output
#   ```stile  a whole policy (it has a line `policy …`), checked without error;
#             anything else is a part, of which only the sentences are checked
#   ```yaml   a situation: see `file`
#   ```c      compiled
# A comment line before the block, alone on its line, says more:
#   <!-- file: gifts.stile -->   the block is also written to that file
#   <!-- insert: gifts.stile boundary -->   the block is put into that file,
#                                before its first line that starts so
#   <!-- wrong: E0103 -->        the policy has just this error
#   <!-- status: 3 -->           the lines end with this exit status
#   <!-- not run: why -->        nothing is done with it
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

# mark NAME: what the block says of NAME; empty if nothing.
mark() {
  sed -n "3,\$s/^$1: //p" "$head"
}

run_shell() {
  wanted=$(mark status)
  (cd "$work" && sh -e "$body") >"$scratch/out" 2>"$scratch/err" </dev/null
  status=$?
  if [ "$status" = "${wanted:-0}" ]; then
    ok
  else
    echo "exit status $status" >>"$scratch/err"
    bad "$place: the lines" "$scratch/err"
  fi
}

same_output() {
  if [ "$before" != sh ]; then
    echo "it follows no \`\`\`sh block" >"$scratch/diff"
  elif ! grep -q . "$scratch/out"; then
    echo "nothing was printed, so nothing is shown" >"$scratch/diff"
  elif diff -u "$body" "$scratch/out" >"$scratch/diff"; then
    ok
    return
  elif [ "$rebase" = yes ]; then
    cp "$scratch/out" "${head%.head}.new"
    return
  fi
  bad "$place: the output" "$scratch/diff"
}

check_policy() {
  wrong=$(mark wrong)
  name=$(mark file)
  whole=yes
  if [ -z "$name" ]; then
    name=block.stile
    cp "$body" "$work/$name"
  fi
  if ! grep -q '^policy ' "$body"; then
    whole=no
    { echo 'policy part "A part"' && cat "$body"; } >"$work/part.stile"
    name=part.stile
  fi
  (cd "$work" && stile check "$name") >"$scratch/out" 2>&1
  found=$(sed -n 's/^error \(E[0-9]*\):.*/\1/p' "$scratch/out" | sort -u)
  if [ "$whole" = no ] && [ -z "$wrong" ]; then
    found=$(printf '%s' "$found" | grep '^E01')
  fi
  if [ "$found" = "$wrong" ]; then
    ok
  else
    bad "$place: the policy" "$scratch/out"
  fi
}

# insert_block FILE START
insert_block() {
  sed "/^$2/,\$d" "$work/$1" >"$scratch/inserted"
  { cat "$body" && echo; } >>"$scratch/inserted"
  sed -n "/^$2/,\$p" "$work/$1" >>"$scratch/inserted"
  cp "$scratch/inserted" "$work/$1"
}

check_c() {
  if ${CC:-cc} -std=c11 -fsyntax-only -I"$top_srcdir/include" -x c "$body" \
    >"$scratch/out" 2>&1; then
    ok
  else
    bad "$place: the program" "$scratch/out"
  fi
}

run_block() {
  head=$1
  body=${head%.head}.body
  kind=$(sed -n 1p "$head")
  place=$page:$(sed -n 2p "$head")
  file=$(mark file)
  if [ -n "$file" ]; then
    mkdir -p "$work/$(dirname "$file")"
    cp "$body" "$work/$file"
  fi
  insert=$(mark insert)
  if [ -n "$insert" ]; then insert_block "${insert% *}" "${insert#* }"; fi
  if [ -n "$(mark 'not run')" ]; then
    before=$kind
    return
  fi
  case $kind in
    sh) run_shell ;;
    text | json) same_output ;;
    stile) check_policy ;;
    c) check_c ;;
    *)
      if [ -z "$file" ]; then bad "$place: nothing is known of \`$kind\`"; fi
      ;;
  esac
  before=$kind
}

run_page() {
  page=$1
  work=$scratch/work
  before=
  rm -rf "$scratch/blocks"
  mkdir "$scratch/blocks"
  stage "$work"
  awk -v folder="$scratch/blocks" -f "$top_srcdir/tests/docs.awk" "$top_srcdir/$page"
  for one in "$scratch/blocks"/*.head; do
    if [ -f "$one" ]; then run_block "$one"; fi
  done
  if [ "$rebase" = yes ]; then
    awk -v folder="$scratch/blocks" -f "$top_srcdir/tests/docs_rebase.awk" \
      "$top_srcdir/$page" >"$scratch/page" && cp "$scratch/page" "$page"
  fi
}

rebase=no
if [ "${1:-}" = --rebase ]; then
  rebase=yes
  shift
fi
cd "$top_srcdir" || exit 1
if [ $# -eq 0 ]; then set -- README.md CONTRIBUTING.md docs/*.md; fi
for page in "$@"; do
  if [ -f "$page" ]; then run_page "$page"; fi
done
totals
