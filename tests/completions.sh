#!/bin/sh
# The completions, each in its own shell: every command and every option that
# `stile help` tells of is offered, and the values of those that have a list.
# A shell that is not there is left out, and said.
# Each ask_SHELL is called by its name put together, and its words are for that
# shell to expand.
# shellcheck disable=SC2016,SC2317
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
folder=$top_srcdir/cli/completions
cd "$scratch" || exit 1

commands=$(stile --help | sed -nE '/^Commands:/,/^$/s/^  ([a-z0-9]+) .*/\1/p')

# options_of COMMAND
options_of() {
  stile "$1" --help | sed -nE 's/^ +(-., )?(--[a-z-]+)( .*)?$/\2/p'
}

# choices_of COMMAND: "--format text|json" as "--format text json".
choices_of() {
  stile "$1" --help |
    sed -nE 's/^ +(-., )?(--[a-z-]+) ([a-z-]+(\|[a-z-]+)+)( .*)?$/\2 \3/p' |
    tr '|' ' '
}

# offers WHAT WANTED...: each stands as a word of its own in `offered`.
offers() {
  what=$1
  shift
  for wanted in "$@"; do
    if grep -qwe "$wanted" offered; then ok
    else
      bad "$shell: $what: $wanted" offered
      return
    fi
  done
}

# check_shell: ask TYPED puts what is offered after these words into `offered`.
check_shell() {
  echo "$shell"
  # shellcheck disable=SC2086
  ask_shell '' $commands
  # shellcheck disable=SC2086
  offers 'commands' $commands
  # shellcheck disable=SC2086
  ask_shell 'help ' $commands
  # shellcheck disable=SC2086
  offers 'help' $commands
  words=$(stile log --help | sed -nE '/^Options/q; s/^  ([a-z]+) .*/\1/p')
  # shellcheck disable=SC2086
  ask_shell 'log ' $words
  # shellcheck disable=SC2086
  offers 'log' $words
  for command in $commands; do
    options=$(options_of "$command")
    # shellcheck disable=SC2086
    ask_shell "$command --" $options
    # shellcheck disable=SC2086
    offers "$command" $options
    choices_of "$command" >choices
    while read -r option values; do
      # shellcheck disable=SC2086
      ask_shell "$command $option " $values
      # shellcheck disable=SC2086
      offers "$command $option" $values
    done <choices
  done
}

# ------------------------------------------------------------------ the shells

# ask_shell TYPED WANTED...
ask_shell() {
  "ask_$shell" "$@"
}

ask_bash() {
  bash --norc -c '. "$1"
    compopt() { :; }
    read -ra COMP_WORDS <<<"stile $2"
    if [ -z "$2" ] || [ "${2% }" != "$2" ]; then COMP_WORDS+=(""); fi
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _stile
    printf "%s\n" "${COMPREPLY[@]}"' bash "$folder/stile" "$1" >offered 2>&1
}

ask_fish() {
  HOME=$scratch XDG_CONFIG_HOME=$scratch fish --private -c '
    source $argv[1]
    complete -C "stile $argv[2]"' "$folder/stile.fish" "$1" >offered 2>&1
}

# On a terminal, as a person would: the list that the Tab key shows.
ask_zsh() {
  typed=$1
  shift
  tmux -L "$socket" send-keys C-c
  tmux -L "$socket" send-keys C-l
  tmux -L "$socket" clear-history
  tmux -L "$socket" send-keys -l "stile $typed"
  tmux -L "$socket" send-keys Tab
  for wanted in "$@"; do :; done
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    tmux -L "$socket" capture-pane -p >offered 2>/dev/null
    if grep -v '^% stile' offered | grep -qwe "$wanted"; then
      sleep 0.1
      tmux -L "$socket" capture-pane -p >offered 2>/dev/null
      return
    fi
    sleep 0.2
  done
}

start_zsh() {
  socket=stile-zsh-$$
  tmux -L "$socket" -f /dev/null new-session -d -x 120 -y 90 \
    "ZDOTDIR='$scratch' HOME='$scratch' PATH='$PATH' zsh -f"
  tmux -L "$socket" send-keys -l \
    "fpath=('$folder' \$fpath); PS1='%% '; autoload -Uz compinit; compinit -uD"
  tmux -L "$socket" send-keys Enter
  tmux -L "$socket" send-keys -l 'setopt noautomenu; print ready-$((1 + 1))'
  tmux -L "$socket" send-keys Enter
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    tmux -L "$socket" capture-pane -p | grep -q '^ready-2' && return
    sleep 1
  done
}

for shell in bash fish zsh; do
  if ! command -v "$shell" >/dev/null; then
    echo "skipped: completion in $shell (apt-get install $shell)"
  elif [ "$shell" != zsh ]; then
    check_shell
  elif command -v tmux >/dev/null; then
    start_zsh
    check_shell
    tmux -L "$socket" kill-server
  else
    echo 'skipped: completion in zsh (apt-get install tmux)'
  fi
done
totals
