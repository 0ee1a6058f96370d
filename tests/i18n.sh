#!/bin/sh
# The words in other languages: none is missing, and all are well formed.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"

if ! command -v xgettext >/dev/null || ! command -v msgfmt >/dev/null; then
  echo 'gettext is missing: apt-get install gettext'
  echo '0 passed, 1 failed'
  exit 1
fi

cd "$top_srcdir" || exit 1

# Two templates have the same entries, whatever stands in their headings.
entries() {
  sed '1,/^$/d' "$1"
}

if sh po/words.sh "$scratch/stile.pot" 2>"$scratch/said" &&
  entries po/stile.pot >"$scratch/kept" &&
  entries "$scratch/stile.pot" >"$scratch/fresh" &&
  diff -u "$scratch/kept" "$scratch/fresh" >"$scratch/said"; then
  ok
else
  bad 'po/stile.pot has every word (make pot)' "$scratch/said"
fi

for catalogue in po/*.po policies/*.po; do
  [ -f "$catalogue" ] || continue
  if msgfmt --check -o /dev/null "$catalogue" 2>"$scratch/said"; then
    ok
  else
    bad "$catalogue is well formed" "$scratch/said"
  fi
done

for catalogue in po/*.po; do
  if msgcmp "$catalogue" "$scratch/stile.pot" 2>"$scratch/said"; then
    ok
  else
    bad "$catalogue has every word" "$scratch/said"
  fi
  # What is filled in stands in both, as often.
  awk -f tests/places.awk "$catalogue" >"$scratch/said"
  verdict "$catalogue fills in what the English does" \
    "$(cat "$scratch/said")"
done

# The translation of a policy knows its words as they are now.
for catalogue in policies/*.*.po; do
  [ -f "$catalogue" ] || continue
  policy=${catalogue%.*.po}.stile
  if stile i18n "$policy" -o "$scratch/policy.pot" 2>"$scratch/said" &&
    msgcmp "$catalogue" "$scratch/policy.pot" 2>"$scratch/said"; then
    ok
  else
    bad "$catalogue has every word of its policy" "$scratch/said"
  fi
done

totals
