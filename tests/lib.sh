# What the test scripts share.  Source it after `set -u`.
#
# The build sets top_srcdir and top_builddir; run by hand from the top of the
# tree, the program is taken from build/.
# shellcheck shell=sh

top_srcdir=$(cd "${top_srcdir:-$(dirname "$0")/..}" && pwd)
top_builddir=$(cd "${top_builddir:-$top_srcdir/build}" && pwd)
PATH=$top_builddir:$PATH
LC_ALL=C.UTF-8
TERM=dumb
STILE_LOCALEDIR=$top_builddir/po
export PATH LC_ALL TERM STILE_LOCALEDIR top_srcdir top_builddir
unset NO_COLOR CLICOLOR_FORCE LANGUAGE

passed=0
failed=0

ok() {
  passed=$((passed + 1))
}

# bad WHAT [FILE]: says what failed, and shows the file.
bad() {
  failed=$((failed + 1))
  echo "FAIL: $1"
  if [ -n "${2:-}" ]; then sed 's/^/    /' "$2" | head -n 60; fi
}

# verdict NAME LIST: passes if the list of faults is empty.
verdict() {
  if [ -z "$2" ]; then
    ok
  else
    printf '%s\n' "$2" >"$scratch/faults"
    bad "$1" "$scratch/faults"
  fi
}

# run_seeds PROGRAM SEEDS POLICIES: runs one of the random tests from each seed,
# over so many policies.
run_seeds() {
  for seed in $2; do
    if "$top_builddir/tests/$1" --seed "$seed" --policies "$3" \
      >"$scratch/out" 2>&1
    then
      ok
      tail -n 3 "$scratch/out"
    else
      bad "seed $seed" "$scratch/out"
    fi
  done
}

# The last line of every test script.
totals() {
  echo "$passed passed, $failed failed"
  if [ "$failed" -gt 0 ] || [ "$passed" -eq 0 ]; then exit 1; fi
  exit 0
}

scratch=$(mktemp -d "${TMPDIR:-/tmp}/stile-test.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

# A clean folder that looks like the top of the tree to a reader: policies,
# examples and the program at build/stile.
stage() {
  rm -rf "$1"
  mkdir -p "$1/build"
  ln -s "$top_srcdir/policies" "$1/policies"
  ln -s "$top_srcdir/examples" "$1/examples"
  ln -s "$top_builddir/stile" "$1/build/stile"
}
