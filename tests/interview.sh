#!/bin/sh
# The interview: on every policy and every boundary it comes to an end, and what
# it saves gives the same answer when it is asked again.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
cd "$top_srcdir" || exit 1

# INTERVIEW_POLICIES may name a few of them, where programs are slow.
interviewed=${INTERVIEW_POLICIES:-$(grep -lE '^policy ' policies/*.stile)}

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
for policy in $interviewed; do
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
  tmux -L "$socket" capture-pane -p -S - 2>/dev/null >"$scratch/screen"
}

# wait_for PATTERN: up to ten seconds; false if it does not come.
wait_for() {
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    for _ in 1 2 3 4 5 6 7 8 9 10; do
      screen
      if grep -qe "$1" "$scratch/screen"; then return 0; fi
      sleep 0.1
    done
  done
  return 1
}

shows() {
  if wait_for "$1"; then ok; else bad "on a terminal: $1" "$scratch/screen"; fi
}

# run_there COMMAND: in a fresh pane, with `=over=` when it has ended.
run_there() {
  tmux -L "$socket" clear-history
  tmux -L "$socket" respawn-pane -k "cd '$top_srcdir' && LC_ALL=C.UTF-8 \
    PATH='$PATH' $1; echo =over=; sleep 60"
}

completion_there() {
  run_there 'stile ask policies/touch.stile --boundary touch'
  shows 'Is anyone in danger?'
  tmux -L "$socket" send-keys 'no' Tab Enter
  shows 'Questions that still matter'
  tmux -L "$socket" send-keys '1' Enter
  shows 'Who knows about this?'
  tmux -L "$socket" send-keys C-c
  shows 'We stop here'
}

# waits_or_over COUNT: has the prompt come that often, or is it over?
waits_or_over() {
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
      screen
      if grep -q '^=over=$' "$scratch/screen"; then return 0; fi
      if [ "$(grep -c '^>' "$scratch/screen")" = "$1" ] &&
        grep . "$scratch/screen" | tail -n 1 | grep -q '^>$'; then
        return 0
      fi
      sleep 0.05
    done
  done
  return 1
}

# An interview typed by hand, so to say, saves what the same words save that
# come through a pipe.
by_hand() {
  policy=$1 boundary=$(boundaries_of "$1" | head -n 1) typed=1 count=0
  set -- "$policy"
  if [ "$boundary" != - ]; then set -- "$policy" --boundary "$boundary"; fi
  rm -f "$scratch/hand.yaml" "$scratch/pipe.yaml"
  : >"$scratch/typed"
  run_there "stile ask $* --as-of 2026-11-23 --save '$scratch/hand.yaml'"
  while [ "$count" -lt 60 ] && waits_or_over $((count + 1)) &&
    ! grep -q '^=over=$' "$scratch/screen"; do
    echo "$typed" >>"$scratch/typed"
    tmux -L "$socket" send-keys "$typed" Enter
    count=$((count + 1))
    if [ "$typed" = 1 ]; then typed='not sure'; else typed=1; fi
  done
  stile ask "$@" --as-of 2026-11-23 --interview --save "$scratch/pipe.yaml" \
    <"$scratch/typed" >"$scratch/out" 2>&1
  if [ "$count" -gt 0 ] && grep -qE '^That is (enough|all)' "$scratch/screen" &&
    cmp -s "$scratch/hand.yaml" "$scratch/pipe.yaml"; then
    ok
  else
    bad "on a terminal: $policy, after $count answers" "$scratch/screen"
  fi
}

on_a_terminal() {
  socket=stile-$$
  tmux -L "$socket" -f /dev/null new-session -d -x 80 -y 50 'sleep 600' \; \
    set-option -g history-limit 5000
  completion_there
  for policy in $interviewed; do
    by_hand "$policy"
  done
  tmux -L "$socket" kill-server
}

if command -v tmux >/dev/null; then on_a_terminal
else echo 'skipped: the interview on a terminal (apt-get install tmux)'; fi
totals
