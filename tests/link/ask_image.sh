#!/bin/sh
# A program linked with the runtime alone loads a compiled policy and asks it;
# nothing of the compiler is in it.
set -u
here=$(dirname "$0")/..
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
program=$top_builddir/tests/link/ask_image

cat >"$scratch/gifts.stile" <<'POLICY'
policy small "A small policy"
  if unsure "Ask."
context value "What is it worth?" is money in GBP up to 1000
boundary gifts "Accepting a gift"
  rule small "A small gift"
    when context value is at most £50
    then proceed with care
    because "It is a thank-you."
  rule large "A large gift"
    when context value is above £50
    then hold
    because "It can create a debt."
    instead "Thank them."
POLICY

# same NAME STATUS EXPECTED SITUATION
same() {
  "$program" "$4" <"$scratch/gifts.stilec" >"$scratch/out" 2>&1
  status=$?
  printf '%b' "$3" >"$scratch/expected"
  if [ "$status" = "$2" ] && grep -qF -f "$scratch/expected" "$scratch/out"
  then
    ok
  else
    echo "exit status $status" >>"$scratch/out"
    bad "$1" "$scratch/out"
  fi
}

if stile build "$scratch/gifts.stile" -o "$scratch/gifts.stilec" \
  2>"$scratch/out"; then ok; else bad 'build' "$scratch/out"; fi
same 'a small gift' 0 'deciding gifts/small' 'context: {value: £8}'
same 'the edge' 0 'verdict 2, settled 1' 'context: {value: £50}'
same 'a penny more' 0 'deciding gifts/large' 'context: {value: £50.01}'
same 'unknown' 0 'settled 0' 'boundary: gifts'
same 'a wrong name' 2 'error E05' 'context: {worth: £8}'
printf 'not an image' >"$scratch/gifts.stilec"
same 'no image' 3 'error E06' 'boundary: gifts'
if command -v nm >/dev/null; then
  verdict 'no compiler in the program' \
    "$(nm "$program" | awk '{ print $NF }' | grep -E '^(stile_compile|compile|grammar_)')"
fi
totals
