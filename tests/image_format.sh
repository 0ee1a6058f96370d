#!/bin/sh
# The tables of docs/image-format.md say what the code says, and the digest is
# as it says.  With --rebase the tables are written anew.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
cd "$top_srcdir" || exit 1
page=docs/image-format.md
mark='<!-- tables -->'

awk -f tests/image_tables.awk base/words.h base/calendar.h base/number.h \
  runtime/image.h runtime/image.def runtime/opcodes.def >"$scratch/tables"
sed "/^$mark\$/q" "$page" >"$scratch/page"
cat "$scratch/tables" >>"$scratch/page"
if [ "${1:-}" = --rebase ]; then cp "$scratch/page" "$page"; fi
diff -u "$page" "$scratch/page" >"$scratch/diff"
verdict 'the tables of the image' "$(cat "$scratch/diff")"
sections=$(grep -c '^### Section' "$scratch/tables")
if [ "$sections" -ge 28 ]; then ok; else bad 'sections are found'; fi

# The hashes as the page has them, in another language.
python=$(command -v python3)
for file in policies/*.stile tests/fuzz/seeds/image-*; do
  [ -n "$python" ] || continue
  case $file in
    *.stile) stile build "$file" -o "$scratch/image" 2>/dev/null || continue ;;
    *) cp "$file" "$scratch/image" ;;
  esac
  if "$python" tests/image_digest.py "$scratch/image" >"$scratch/name"; then ok
  else bad "the digest of $file"; fi
done
totals
