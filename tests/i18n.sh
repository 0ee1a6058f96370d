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

# A policy's words in Welsh reach every form of an answer: nothing that has been
# translated is left in English.
policy=$top_srcdir/policies/supervision-hours.stile
catalogue=$top_srcdir/policies/supervision-hours.cy.po
awk '/^msgid "/ { one = substr($0, 8, length($0) - 8) }
  /^msgstr "/ { other = substr($0, 9, length($0) - 9)
    if (length(one) > 15 && one != other) print one }' "$catalogue" \
  >"$scratch/english"
cat >"$scratch/hours.yaml" <<'EOF'
boundary: hours
as-of: 2026-11-23
asked-on: 2026-11-02
capability: {stage: trainee}
context: {client-work: 30 hours, saw-clients: yes}
account: {followed: followed}
EOF
sed '/^asked-on/d; /^account/d' "$scratch/hours.yaml" >"$scratch/ask.yaml"

# in_welsh WHAT WORDS COMMAND...: says WORDS, and nothing of `english`.
in_welsh() {
  what=$1 words=$2
  shift 2
  "$@" >"$scratch/said" 2>"$scratch/wrong" </dev/null
  tr -s '\n ' '  ' <"$scratch/said" >"$scratch/line"
  grep -oFf "$scratch/english" "$scratch/line" >"$scratch/left"
  if grep -qe "$words" "$scratch/said" && [ ! -s "$scratch/left" ]; then
    ok
  else
    cat "$scratch/left" "$scratch/wrong" >>"$scratch/said"
    bad "in Welsh: $what" "$scratch/said"
  fi
}

if [ -s "$scratch/english" ]; then ok; else bad 'the English words'; fi
in_welsh_all() {
  ask="stile ask --lang cy $policy $scratch/ask.yaml"
  review="stile review --lang cy $policy $scratch/hours.yaml"
  page='<html lang="cy">'
  # shellcheck disable=SC2086
  {
    in_welsh 'an answer' 'Siaradwch' $ask
    in_welsh 'in short' 'Siaradwch' $ask --brief
    in_welsh 'an agenda' '^# ' $ask --agenda
    in_welsh 'an agenda as a page' "$page" $ask --agenda --format html
    in_welsh 'what would change' 'Siaradwch' $ask --changes
    in_welsh 'a rule' 'hours/' $ask --why-not short
    in_welsh 'a review' '^example' $review
    in_welsh 'a review as a page' "$page" $review --format html
    $ask --log "$scratch/log" --subject ann >/dev/null 2>&1
    for part in 'show 1' 'export ann' "replay 1 $policy"; do
      in_welsh "a log: $part" 'Siaradwch' stile log --lang cy \
        $part --log "$scratch/log" --texts "$catalogue"
    done
  }
  in_welsh 'an interview' 'Siaradwch' sh -c \
    "printf '1\n?\n1\nstop\n' |
      stile ask --lang cy $policy --boundary hours --interview"
  in_welsh 'a review of the log' '^example' stile review --lang cy "$policy" \
    --log "$scratch/log" 1
}
in_welsh_all

# What is told about mistakes, and the help, in Welsh: no piece of English that
# has been translated is left.  Pieces are what stands between places.
awk -f "$top_srcdir/tests/pieces.awk" "$top_srcdir/po/cy.po" \
  >"$scratch/pieces"
if [ "$(wc -l <"$scratch/pieces")" -gt 500 ]; then ok; else bad 'pieces'; fi

# told WHAT WORDS COMMAND...: says WORDS in Welsh, and no piece of English but
# in lines that are quoted.
told() {
  what=$1 words=$2
  shift 2
  LANGUAGE=cy LC_ALL=C.UTF-8 "$@" >"$scratch/said" 2>&1 </dev/null
  grep -v '^ *[0-9]* | ' "$scratch/said" | tr -s '\n ' '  ' >"$scratch/line"
  grep -oFf "$scratch/pieces" "$scratch/line" >"$scratch/left"
  if grep -qe "$words" "$scratch/line" && [ ! -s "$scratch/left" ]; then
    ok
  else
    cat "$scratch/left" >>"$scratch/said"
    bad "told in Welsh: $what" "$scratch/said"
  fi
}

# The wrong examples of every message about situations, files and logs.
told_page() {
  rm -rf "$scratch/page"
  mkdir -p "$scratch/page/wrong" "$scratch/page/right"
  awk -v folder="$scratch/page" -f "$top_srcdir/tests/messages.awk" "$1"
  cd "$scratch/page/wrong" || exit 1
  if [ -f main.sh ] && grep -q 'stile \(ask\|log\|review\)' main.sh; then
    told "$code" "$code" sh ./main.sh
  fi
  for given in main.yaml main.json; do
    [ -f "$given" ] || continue
    grep -q '^expect:' "$given" && [ "$code" != E0527 ] && continue
    told "$code" "$code" stile ask "$top_srcdir/tests/messages.stile" "$given"
  done
  cd "$top_srcdir" || exit 1
}
for page in "$top_srcdir"/docs/messages/[EW]0[567]*.md; do
  code=$(basename "$page" .md)
  told_page "$page"
done

# What the command line refuses.
while read -r line; do
  # shellcheck disable=SC2086
  told "stile $line" 'Rhowch gynnig ar ' stile $line
done <<'EOF'
aks
ask
ask a b c
ask - -
ask a.stile --as-of today
ask a.stile --format html
ask a.stile --format tree
ask a.stile --why a --why-not b
ask a.stile --calendar -
ask a.stile --work none
ask a.stile --subject ann
ask a.stile --set gift
ask a.stile --sett
ask a.stile --brief=yes
ask a.stile --set
ask - --interview
log
log lits
log xyzzy
log list
log show --log a
log show x --log a
log list ann --log a
log export --log a
log forget --log a
log retain --log a
log replay --log a
log decide --log a
log verify 3 --log a
log checkpoint 3 --log a
review
review a b c
review a.stile --as-of today
review a.stile
review a.stile - --interview
review a.stile --log b
help xyzzy
help E0999
help a b
audit
audit a --ways 9
audit a --most 0
audit a --most 5
batch
build a
check
diff a
dump
i18n
test
--lang
EOF
for command in '' ask audit batch build check diff dis dump help i18n log \
  review test; do
  # shellcheck disable=SC2086
  told "help $command" 'Defnydd: stile' stile help $command
done

# A program reads English, whatever a person reads.
LANGUAGE=cy LC_ALL=C.UTF-8 stile ask policies/gifts.stile --format json \
  --set context.gift=tokn >"$scratch/said" 2>&1
if grep -q 'is not a value of' "$scratch/said" &&
  ! grep -q 'werth' "$scratch/said"; then
  ok
else
  bad 'JSON tells mistakes in English' "$scratch/said"
fi

# A program that was built and not installed has its words beside it.
env -u STILE_LOCALEDIR "$top_builddir/stile" ask --lang cy \
  policies/supervision-hours.stile --boundary hours --brief \
  >"$scratch/said" 2>&1
if grep -q 'Siaradwch' "$scratch/said"; then
  ok
else
  bad 'in Welsh without being installed' "$scratch/said"
fi

# Lengths of time, as they are typed and as they are told.
hours='stile ask --lang cy policies/supervision-hours.stile --interview'
printf '1\n1\n2 awr ar 2026-11-02\nbeth a wyddom\nstop\n' |
  $hours >"$scratch/said" 2>&1
if grep -q '2 awr ar 2 Tachwedd 2026' "$scratch/said" &&
  ! grep -qe '[0-9] \(minute\|hour\|week\|month\)' "$scratch/said"; then
  ok
else
  bad 'in Welsh: lengths of time' "$scratch/said"
fi

totals
