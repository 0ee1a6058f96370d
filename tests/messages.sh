#!/bin/sh
# Every page of docs/messages: its wrong example gives its code and no other
# error, its right example gives no error; and pages and codes match.
#
# A ```stile block is checked.  A ```yaml block is asked against
# tests/messages.stile (tested, if it says what is expected).  A ```sh block is
# run with `stile` in PATH.  Further blocks start with a line `# file: NAME`
# and are written beside the first.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
pages=$top_srcdir/docs/messages

# codes PART: the errors and warnings that the part gives.
codes() {
  (
    cd "$scratch/page/$1" || exit 1
    if [ -f main.stile ]; then
      stile check main.stile
    elif [ -f main.sh ]; then
      sh ./main.sh
    elif [ -f main.yaml ] && grep -q '^expect:' main.yaml; then
      stile test "$top_srcdir/tests/messages.stile" main.yaml
    elif [ -f main.yaml ]; then
      stile ask "$top_srcdir/tests/messages.stile" main.yaml
    elif [ -f main.json ]; then
      stile ask "$top_srcdir/tests/messages.stile" main.json
    else
      echo "error: there is no example"
    fi
  ) >"$scratch/$1.out" 2>&1 </dev/null
  sed -n 's/^\(error\|warning\) \([EW][0-9]*\):.*/\2/p' "$scratch/$1.out" |
    sort -u >"$scratch/$1"
  if grep -q '^error: there is no example' "$scratch/$1.out"; then
    echo none >"$scratch/$1"
  fi
}

# An error is the only error; a warning may stand beside other warnings.
check_wrong() {
  case $code in
    E*) [ "$(grep '^E' "$scratch/wrong")" = "$code" ] ;;
    *) grep -q "^$code\$" "$scratch/wrong" && ! grep -q '^E' "$scratch/wrong" ;;
  esac
}

check_right() {
  ! grep -q -e '^E' -e "^$code\$" -e '^none$' "$scratch/right"
}

check_page() {
  code=$(basename "$1" .md)
  rm -rf "$scratch/page"
  mkdir -p "$scratch/page/wrong" "$scratch/page/right"
  awk -v folder="$scratch/page" -f "$top_srcdir/tests/messages.awk" "$1"
  codes wrong
  codes right
  if [ "$(sed -n 1p "$1" | cut -c 1-9)" = "# $code: " ]; then
    ok
  else
    bad "$code: the page starts with \`# $code: \`"
  fi
  if check_wrong; then ok; else bad "$code: wrong" "$scratch/wrong.out"; fi
  if check_right; then ok; else bad "$code: right" "$scratch/right.out"; fi
}

# The numbers that the sources give: names of codes in capitals, and bare
# numbers in calls.
used_codes() {
  cat "$top_srcdir"/*/*.[chyl] |
    tr '\n' ' ' |
    grep -oE "\\b[EW]_[A-Z0-9_]+ = [0-9]{3}\\b|$calls" |
    grep -oE '\b[1-7][0-9]{2}\b' | sort -u
}
told='[a-z_]*(error|warning|warn|report|tell)[a-z_]*'
calls="\\b$told\\([^,()]*(\\([^()]*\\))?[^,()]*, *"
calls="$calls([a-z_]+ \\? [1-6][0-9]{2} : )?[1-7][0-9]{2}\\b"

for page in "$pages"/[EW]*.md; do
  if [ -f "$page" ]; then check_page "$page"; fi
done
for page in "$pages"/[EW]*.md; do
  basename "$page" .md | sed 's/^[EW]0*//'
done | sort -u >"$scratch/documented"
used_codes >"$scratch/used"
verdict 'every code has a page' \
  "$(comm -13 "$scratch/documented" "$scratch/used")"
verdict 'every page has a code' \
  "$(comm -23 "$scratch/documented" "$scratch/used")"
totals
