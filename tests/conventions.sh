#!/bin/sh
# What can be measured of how the code is written: CONTRIBUTING.md says why.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
cd "$top_srcdir" || exit 1

# The sources as they are written (what bison and flex make is not ours).
sources() {
  find base runtime compiler audit cli include tests \
    \( -name '*.[chyl]' -o -name '*.def' \) 2>/dev/null |
    grep -v -e '^compiler/grammar\.[ch]$' -e '^compiler/scanner\.[ch]$' \
      -e '^cli/pages\.c$' | sort
}

# The sources of the rooms, without the tests.
room_sources() {
  sources | grep -v -e '^tests/'
}

# code FILE...: the lines without comments and texts, with their places.
code() {
  awk -f tests/code.awk "$@"
}

long_functions() {
  awk 'FNR == 1 { start = 0 }
       /^{/ { start = FNR }
       /^}/ { if (start && FNR - start > 60)
                print FILENAME ":" start ": " FNR - start " lines"
              start = 0 }' "$@"
}

# A grammar is one piece, however long.
long_files() {
  awk 'FNR == 501 && FILENAME !~ /\.y$/ { print FILENAME ": over 500 lines" }' "$@"
}

# Tables and texts that must stand in one line are let be.
wide_lines() {
  grep -nE '^.{81,}' "$@" | grep -v -e '\.def:' | cut -c 1-120
}

banned='strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|atof|gets|localtime'
banned="$banned|gmtime|alloca|rand|srand|float|double"

set -f
# shellcheck disable=SC2046
set -- $(sources)
verdict 'functions of at most 60 lines' "$(long_functions "$@")"
verdict 'files of at most 500 lines' "$(long_files "$@")"
verdict 'lines of at most 80 columns' "$(wide_lines "$@")"
verdict 'no tabs or blanks at the end' \
  "$(grep -nE "[[:blank:]]+\$|$(printf '\t')" "$@" | head -n 20)"

# shellcheck disable=SC2046
set -- $(room_sources)
verdict 'nothing banned is called' \
  "$(code "$@" | grep -wE "$banned" | head -n 20)"
verdict 'memory comes from arenas' \
  "$(code "$@" | grep -v -e '^base/arena\.c:' |
    grep -wE '(malloc|calloc|realloc|strdup) *\(' | head -n 20)"
verdict 'libraries do not print, exit or ask the locale' \
  "$(code "$@" | grep -v -e '^cli/' |
    grep -wE '(printf|fprintf|puts|fputs|exit|abort|setlocale) *\(' |
    head -n 20)"
verdict 'nothing is left for later' \
  "$(grep -nwE 'TO''DO|FIX''ME|XX''X' "$@" | head -n 20)"

exported() {
  nm -D --defined-only "$top_builddir/.libs/libstile.so" |
    awk '{ print $NF }' | grep -v '^stile_'
}
if command -v nm >/dev/null && [ -f "$top_builddir/.libs/libstile.so" ]; then
  verdict 'the library exports stile_ names only' "$(exported)"
fi
totals
