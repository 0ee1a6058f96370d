#!/bin/sh
# The libraries that few commands need: they are not part of the program, and
# where one is missing people are told, and the rest works.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
cd "$top_srcdir" || exit 1

if ! grep -q '^#define LATE 1' "$top_builddir/config.h"; then
  echo 'they are linked as all others (--disable-late)'
  ok
  totals
fi
needed=$(readelf -d "$top_builddir/stile" 2>/dev/null |
  grep -E 'NEEDED.*lib(sqlite3|sodium|edit)')
verdict 'the program starts without them' "$needed"

# As on a machine that has none of them.
cat >"$scratch/none.c" <<'EOF'
void *dlopen(const char *file, int mode);
void *dlopen(const char *file, int mode) {
  return (void)file, (void)mode, (void *)0;
}
EOF
# shellcheck disable=SC2086
if ! ${CC:-cc} -shared -fPIC -o "$scratch/none.so" "$scratch/none.c" 2>/dev/null
then
  echo 'skipped: no shared object can be made here'
  totals
fi

# without STATUS WORDS COMMAND...: what is told, with no input to read.
without() {
  status=$1 words=$2
  shift 2
  LD_PRELOAD=$scratch/none.so ASAN_OPTIONS=verify_asan_link_order=0 \
    "$top_builddir/stile" "$@" >"$scratch/out" 2>&1 </dev/null
  found=$?
  if [ "$found" -eq "$status" ] &&
    tr -s ' \n' ' ' <"$scratch/out" | grep -q "$words"; then ok
  else
    echo "exit status $found, not $status; '$words' was to be told" \
      >>"$scratch/out"
    bad "$*" "$scratch/out"
  fi
}

policy=policies/gifts.stile
situation=examples/single/gloves.yaml
without 0 'Do not go ahead' ask "$policy" "$situation"
without 4 'SQLite, which this needs, is not installed' \
  ask "$policy" "$situation" --log "$scratch/log"
without 4 'SQLite, which this needs, is not installed' \
  log list --log "$scratch/log"
printf 'context.value\n5\n' >"$scratch/cases.csv"
without 4 'SQLite, which this needs, is not installed' \
  batch "$policy" "$scratch/cases.csv" --output "$scratch/answers.db"
if [ -e "$scratch/answers.db" ]; then bad 'no empty table is left'; else ok; fi
without 4 'SQLite, which this needs, is not installed' \
  batch "$policy" "$scratch/cases.csv" --query 'select 1'
without 0 'Do not go ahead' ask "$policy" "$situation" --interview
totals
