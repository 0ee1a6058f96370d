#!/bin/sh
# The manual page and the completions know every command and every option that
# the program's own help lists.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
manual=$top_srcdir/docs/man/stile.1
completions=$top_srcdir/cli/completions

commands=$(stile --help | sed -n 's/^  \([a-z]*\)  *.*/\1/p')

# options_of COMMAND: their names, without dashes.
options_of() {
  stile "$1" --help | grep -oE '^ +(-., )?--[a-z-]+' | sed 's/.*--//'
}

# missing FILE PATTERN NAME: the name, if the file has no such line.
missing() {
  grep -q -e "$2" "$1" || echo "$3"
}

missing_options() {
  for option in $(options_of "$1"); do
    missing "$manual" "Fl -$option\\b" "--$option in the manual"
    case $option in
      help | root | color) ;;
      *)
        missing "$completions/stile.fish" "\b$option\b" \
          "--$option in stile.fish"
        ;;
    esac
  done
}

for command in $commands; do
  verdict "$command is known" "$(
    missing "$manual" "^\.Cm $command\b" 'the manual'
    for file in stile _stile stile.fish; do
      missing "$completions/$file" "\b$command\b" "$file"
    done
    missing_options "$command"
  )"
done
if command -v man >/dev/null; then
  verdict 'the manual page has no mistake' \
    "$(man --warnings -l "$manual" 2>&1 >/dev/null)"
fi
totals
