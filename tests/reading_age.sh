#!/bin/sh
# All fixed English wording can be read at the age of 12: its grade is at most
# 7.  docs/plain-words.md tells how it is measured.
#
#   reading_age.sh [--show]     --show prints the measure as well
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
most=7

cd "$top_srcdir" || exit 1

# The answers: each part of the table of wordings is a group.
wordings() {
  awk '
    /^\/\* / { group = $0; gsub(/^\/\* |\.? *\*\/$|[.:].*$/, "", group) }
    /^WORDING\(/ {
      text = $0
      sub(/^[^"]*"/, "", text)
      sub(/"\)$/, "", text)
      gsub(/\\"/, "", text)
      print "answers: " group "\t" text
    }' cli/wording.def
}

# The pages of messages: their heading and what it means.
pages() {
  awk '
    FNR == 1 { sub(/^# [^:]*: /, ""); print group(FILENAME) "\t" $0; next }
    FNR > 1 && /^## / { stopped[FILENAME] = 1 }
    !(FILENAME in stopped) && /[a-z]/ {
      text[FILENAME] = text[FILENAME] " " $0
    }
    function group(file) {
      sub(/.*\//, "", file)
      return "messages: " substr(file, 2, 2) "xx"
    }
    END { for (file in text) print group(file) "\t" text[file] }
  ' docs/messages/*.md
}

# The fixed parts of what is told about mistakes.
diagnostics() {
  xgettext --language=C --from-code=UTF-8 --no-wrap --no-location --keyword \
    --keyword=diagnostic_error:4 --keyword=diagnostic_warning:4 \
    --keyword=diagnostic_help:3 --keyword=diagnostic_relate:4 \
    --output=- "$1"/*.c |
    sed -n '/^msgid "./ { s/^msgid "//; s/"$//; s/^/mistakes: '"$1"'\t/; p; }'
}
mistakes() {
  diagnostics runtime
  diagnostics compiler
  diagnostics cli
}

# The measure itself: an office's sentence is too hard, a plain one is not.
printf 'office\t%s\n' 'Professional recommendations notwithstanding,
 organisational responsibilities necessitate documentation.' |
  tr -d '\n' >"$scratch/office"
printf 'plain\tTalk with your boss first, and write it down.\n' \
  >"$scratch/plain"
if ! awk -v most="$most" -f tests/reading_age.awk "$scratch/office" \
  >"$scratch/said" &&
  awk -v most="$most" -f tests/reading_age.awk "$scratch/plain" \
    >>"$scratch/said"; then
  ok
else
  bad 'a hard sentence is told from a plain one' "$scratch/said"
fi

# measure WHAT SHOW: what stands in $scratch/raw.
measure() {
  sort -s -t '	' -k 1,1 "$scratch/raw" >"$scratch/texts"
  if awk -v most="$most" -f tests/reading_age.awk "$scratch/texts" \
    >"$scratch/said"; then
    ok
  else
    bad "the grade of $1 is at most $most" "$scratch/said"
  fi
  if [ "$2" = --show ]; then cat "$scratch/said"; fi
}

show=${1:-}
wordings >"$scratch/raw"
measure answers "$show"
pages >"$scratch/raw"
measure messages "$show"
if command -v xgettext >/dev/null; then
  mistakes >"$scratch/raw"
  measure mistakes "$show"
fi
totals
