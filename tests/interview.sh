#!/bin/sh
# The interview: on every policy and every boundary it comes to an end, and what
# it saves gives the same answer when it is asked again.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
cd "$top_srcdir" || exit 1

# boundaries_of POLICY: their names; a dash if there is only one.
boundaries_of() {
  stile ask "$1" --format json </dev/null 2>/dev/null >"$scratch/json"
  sed -n '/^  "boundaries"/,/^  ]/s/^ *"name": "\(.*\)",*$/\1/p' \
    "$scratch/json" >"$scratch/names"
  if [ -s "$scratch/names" ]; then cat "$scratch/names"; else echo -; fi
}

# Takes each first answer that fits, or every second one; a question that has
# no such answer is not sure.
answers() {
  yes "$1" | head -n 200
}

interview() {
  policy=$1 boundary=$2 typed=$3
  set -- "$policy"
  if [ "$boundary" != - ]; then set -- "$policy" --boundary "$boundary"; fi
  rm -f "$scratch/saved.yaml"
  answers "$typed" | stile ask "$@" --interview --as-of 2026-11-23 \
    --save "$scratch/saved.yaml" >"$scratch/out" 2>"$scratch/err"
  status=$?
  what="$policy $boundary"
  if [ $status -ne 0 ] || [ -s "$scratch/err" ]; then
    bad "$what: exit status $status" "$scratch/err"
  elif ! grep -qE '^That is (enough|all)' "$scratch/out"; then
    bad "$what: does not end" "$scratch/out"
  else
    ok
  fi
  stile ask "$@" "$scratch/saved.yaml" >"$scratch/again" 2>&1
  sed '1,/^Saved as/d' "$scratch/out" >"$scratch/answer"
  if diff -u "$scratch/answer" "$scratch/again" >"$scratch/diff"; then
    ok
  else
    bad "$what: asked again, with what was saved" "$scratch/diff"
  fi
}

first_or_unsure='1
not sure'
second_or_unsure='2
not sure'
# shellcheck disable=SC2013
for policy in $(grep -lE '^policy ' policies/*.stile); do
  for boundary in $(boundaries_of "$policy"); do
    interview "$policy" "$boundary" "$first_or_unsure"
    interview "$policy" "$boundary" "$second_or_unsure"
    interview "$policy" "$boundary" 'not sure'
    interview "$policy" "$boundary" skip
  done
done

# says WHAT TYPED PATTERN...: the transcript has lines like these.
says() {
  what=$1
  printf '%b' "$2" | stile ask policies/gifts.stile --boundary gifts \
    --interview >"$scratch/out" 2>&1
  shift 2
  for pattern in "$@"; do
    if grep -qe "$pattern" "$scratch/out"; then
      ok
    else
      bad "$what: $pattern" "$scratch/out"
    fi
  done
}

says 'end of what is typed' '1\n' '^We stop here' '^Find out\|^Do not go'
says 'nothing typed' '' '^Is anyone in danger' '^We stop here'
says 'what is known' 'none\nwhat do we know\n' \
  '^> what do we know' '^What we know so far' '1. Is anyone in danger? No sign of danger.'
says 'going back' 'none\nback\nsome\nwhat do we know\n' \
  '1. Is anyone in danger? Some danger, not now.'
says 'changing an answer' '1\n1\nchange 1\n2\nwhat do we know\n' \
  '1. Is anyone in danger? Some danger, not now.'
says 'several possible answers' '1 or 2\nwhat do we know\n' \
  'No sign of danger or some danger'
says 'help' '?\n' '^> '
says 'an emergency' '3\n' 'Act now'
says 'a mistake' 'nonsuch\n1\n' 'That is not one of the answers'
says 'stopping' 'stop\n1\n' '^> stop$' '^We stop here'

# A file that is there is left alone.
echo kept >"$scratch/there.yaml"
if echo stop | stile ask policies/touch.stile --interview \
  --save "$scratch/there.yaml" >"$scratch/out" 2>&1; then
  bad 'a file that is there' "$scratch/out"
else
  verdict 'a file that is there' \
    "$(grep -v '^kept$' "$scratch/there.yaml")"
fi

# On a terminal, with line editing: completion, then Ctrl-C.
screen() {
  tmux -L "$socket" capture-pane -p -S -200 >"$scratch/screen" 2>/dev/null
}

# wait_for PATTERN: up to ten seconds.
wait_for() {
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    screen
    if grep -qe "$1" "$scratch/screen"; then
      ok
      return
    fi
    sleep 0.5
  done
  bad "on a terminal: $1" "$scratch/screen"
}

on_a_terminal() {
  socket=stile-$$
  tmux -L "$socket" -f /dev/null new-session -d -x 80 -y 50 \
    "cd '$top_srcdir' && LC_ALL=C.UTF-8 PATH='$PATH' \
    stile ask policies/touch.stile --boundary touch; sleep 60"
  wait_for 'Is anyone in danger?'
  tmux -L "$socket" send-keys 'no' Tab Enter
  wait_for 'Questions that still matter'
  tmux -L "$socket" send-keys '1' Enter
  wait_for 'Who knows about this?'
  tmux -L "$socket" send-keys C-c
  wait_for 'We stop here'
  tmux -L "$socket" kill-server
}

if command -v tmux >/dev/null; then on_a_terminal; fi
totals
