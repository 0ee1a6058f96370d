#!/bin/sh
# The reports of stile audit: every witness is asked again of stile ask, every
# form says the same, the page stands alone, and an audit that has to end says
# what it knows.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
python=$(command -v python3)
cd "$top_srcdir" || exit 1
today=2026-11-23

audit() {
  stile audit --as-of "$today" "$@"
}

# The situations of a report as JSON Lines, with what is said of each.
cat >"$scratch/witnesses.py" <<'PYTHON'
import json, sys
report = json.load(open(sys.argv[1], encoding="utf-8"))
lines, said = open(sys.argv[2], "w"), open(sys.argv[3], "w")
seen = set()
for finding in report["findings"]:
    parts = [region["witness"] for region in finding["regions"]]
    for witness in parts + finding["witnesses"]:
        if not witness["whole"] or "boundary" not in witness["situation"]:
            continue
        line = json.dumps(witness["situation"])
        if line not in seen:
            seen.add(line)
            lines.write(line + "\n")
            said.write(witness["verdict"] + "\n")
ids = [finding["id"] for finding in report["findings"]]
if len(ids) != len(set(ids)):
    sys.exit("two findings have one id")
PYTHON

# Each witness answered by `stile batch`: settled, and with that verdict.
check_witnesses() {
  audit --format json "$1" >"$scratch/report.json" 2>"$scratch/err" || return
  if ! "$python" "$scratch/witnesses.py" "$scratch/report.json" \
    "$scratch/cases" "$scratch/said" 2>"$scratch/err"; then
    bad "$1: the report" "$scratch/err"
    return
  fi
  stile batch --input jsonl --as-of "$today" "$1" "$scratch/cases" \
    >"$scratch/batch" 2>"$scratch/err"
  column=$(sed -n 1p "$scratch/batch" | tr , '\n' | grep -n '^verdict$')
  sed 1d "$scratch/batch" | cut -d , -f "${column%%:*}" >"$scratch/answers"
  if [ -s "$scratch/said" ] && cmp -s "$scratch/said" "$scratch/answers"; then
    ok
  else
    diff "$scratch/said" "$scratch/answers" >>"$scratch/err"
    bad "$1: the witnesses" "$scratch/err"
  fi
}

if [ -n "$python" ]; then
  for policy in policies/*.stile tests/golden/audit/defects.stile; do
    if grep -qE '^policy ' "$policy"; then check_witnesses "$policy"; fi
  done
else
  echo 'python3 is not there: witnesses are not asked again'
fi

# ------------------------------------------------------------------- the page

# structure FILE: what is wrong with a page's headings, tables and links.
cat >"$scratch/structure.py" <<'PYTHON'
import html.parser, sys

class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.level, self.ids, self.links, self.open = 0, set(), [], []
        self.captions = self.tables = self.mains = 0

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag in ("script", "link", "img", "iframe", "object", "form"):
            print("there is a", tag)
        for name in ("src", "style", "onclick"):
            if name in given:
                print("there is a", name)
        if "id" in given:
            if given["id"] in self.ids:
                print("id twice:", given["id"])
            self.ids.add(given["id"])
        if tag == "a":
            self.links.append(given.get("href", ""))
        if tag in ("h1", "h2", "h3", "h4"):
            level = int(tag[1])
            if level > self.level + 1:
                print("a heading is left out before", tag)
            self.level = level
        if tag == "th" and given.get("scope") not in ("col", "row"):
            print("th without scope")
        if tag == "html" and given.get("lang") != "en":
            print("no language")
        self.tables += tag == "table"
        self.captions += tag == "caption"
        self.mains += tag == "main"
        if tag not in ("meta", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            print("not closed in order:", tag)

page = Page()
page.feed(open(sys.argv[1], encoding="utf-8").read())
if page.open:
    print("never closed:", page.open)
if page.mains != 1:
    print("main:", page.mains)
if page.tables != page.captions or not page.tables:
    print("tables:", page.tables, "captions:", page.captions)
for link in page.links:
    if not link.startswith("#") or link[1:] not in page.ids:
        print("leads nowhere:", link)
PYTHON
for policy in policies/gifts-nhs-england.stile policies/handbook.stile \
  tests/golden/audit/defects.stile; do
  if [ -z "$python" ]; then break; fi
  audit --format html --coverage "$policy" >"$scratch/page.html" 2>/dev/null
  verdict "$policy: the page" \
    "$("$python" "$scratch/structure.py" "$scratch/page.html" 2>&1)"
done
verdict 'nothing is loaded from elsewhere' \
  "$(grep -nE 'https?://|@import|url\(' "$scratch/page.html")"

# ------------------------------------------------------------------ the forms

policy=tests/golden/audit/defects.stile
audit --format json "$policy" >"$scratch/one.json"
audit --format json "$policy" >"$scratch/two.json"
if cmp "$scratch/one.json" "$scratch/two.json" >"$scratch/out"; then
  ok
else
  bad 'two reports are the same' "$scratch/out"
fi

# The ids of every form, in the order of the report.
audit --format csv "$policy" | sed 1d | cut -d , -f 1 >"$scratch/csv"
sed -n 's/^      "id": "\(.*\)",$/\1/p' "$scratch/one.json" >"$scratch/json"
audit --format sarif "$policy" |
  sed -n 's/.*"stileFinding\/v1": "\(.*\)"$/\1/p' >"$scratch/sarif"
audit --format html "$policy" | sed -n 's/<h3>\(.*\/.*\)<\/h3>/\1/p' |
  sort >"$scratch/html"
sort "$scratch/json" | grep / | diff - "$scratch/html" >"$scratch/out"
for form in csv sarif; do
  diff "$scratch/json" "$scratch/$form" >>"$scratch/out"
done
if [ -s "$scratch/json" ] && [ ! -s "$scratch/out" ]; then
  ok
else
  bad 'every form has every finding' "$scratch/out"
fi

# Every key of a report stands in its page, but for the policy's own facts.
keys() {
  sed -nE 's/^(context|risk|capability) ([a-z-]+) .*/\2/p' "$policy" |
    sort >"$scratch/facts"
  grep -oE '^ *"[a-z-]+":' "$scratch/one.json" | tr -d ' ":' | sort -u |
    comm -23 - "$scratch/facts"
}
for key in $(keys); do
  grep -q "\`$key\`" docs/audit-json.md || echo "$key"
done >"$scratch/out"
verdict 'docs/audit-json.md names every key' "$(cat "$scratch/out")"

# Every kind stands in the page for auditors, as the table has it.
awk '/^FINDING\(/ { kind = "" }
     { kind = kind " " $0 }
     /"\)$/ && kind {
       n = split(kind, part, "\"")
       level = tolower(part[3])
       gsub(/[^a-z]|level/, "", level)
       means = ""
       for (i = 6; i <= n; i += 2) means = means part[i]
       print "| `" part[2] "` | " level " | " part[4] " | " means " |"
       kind = ""
     }' audit/findings.def >"$scratch/kinds"
grep '^| `' docs/auditing.md | diff "$scratch/kinds" - >"$scratch/out"
verdict 'docs/auditing.md has every kind of finding' "$(cat "$scratch/out")"

# ---------------------------------------------------------------- ending early

# early WHY: is the report in $scratch/early a whole one that was ended so?
early() {
  if grep -q "\"ended-early\": \"$1\"" "$scratch/early" &&
    tail -n 1 "$scratch/early" | grep -q '^}$'; then
    ok
  else
    tail -n 20 "$scratch/early" >"$scratch/out"
    bad "ended early by $1" "$scratch/out"
  fi
}

audit --within 1ms --format json policies/handbook.stile >"$scratch/early"
early time
audit --steps 1 --format json policies/gifts.stile >"$scratch/early"
early steps
for megabytes in 1 2 3 4 5 6 7 8 9 10 11 12; do
  audit --memory $megabytes --format json policies/handbook.stile \
    --suggest "$scratch/next.yaml" >"$scratch/early"
  early memory
done

# The same for a comparison.
cp -RL policies "$scratch/new"
chmod -R u+w "$scratch/new"
sed -i 's/£50/£60/' "$scratch"/new/*.stile
compare() {
  stile diff --as-of "$today" --format json "$@" policies/handbook.stile \
    "$scratch/new/handbook.stile" >"$scratch/early"
}
compare --within 1ms
early time
compare --steps 1
early steps
compare --memory 16
early memory

# Every form says so, and nothing passes that was not looked at.
for command in "audit policies/handbook.stile" \
  "diff policies/handbook.stile $scratch/new/handbook.stile"; do
  name=${command%% *}
  for format in text json sarif csv csv-regions html; do
    # shellcheck disable=SC2086
    stile $command --as-of "$today" --within 1ms --format $format \
      >"$scratch/early"
    if grep -q 'ended early' "$scratch/early"; then ok; else
      bad "$name ended early, as $format" "$scratch/early"
    fi
  done
done
for level in note warning error; do
  audit --within 1ms --fail-on $level policies/handbook.stile >"$scratch/early"
  verdict "audit --fail-on $level, ended early" "$([ $? = 1 ] || echo passes)"
done
for turn in looser stricter changed; do
  compare --within 1ms --fail-on $turn
  verdict "diff --fail-on $turn, ended early" "$([ $? = 1 ] || echo passes)"
done

# Ctrl-C may come at any moment; before the audit starts it just ends.
interrupted() {
  "$python" - "$scratch/early" "$@" <<'PYTHON'
import signal, subprocess, sys, time
for wait in (0.3, 0.15, 0.08, 0.04, 0.02, 0.5, 1):
    with open(sys.argv[1], "w") as out:
        running = subprocess.Popen(
            ["stile", *sys.argv[2:], "--as-of", "2026-11-23", "--format",
             "json"], stdout=out, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        running.send_signal(signal.SIGINT)
        status = running.wait()
    text = open(sys.argv[1]).read()
    if status == 0 and '"ended-early": "interrupt"' in text:
        break
PYTHON
  early interrupt
}
if [ -n "$python" ]; then
  interrupted audit policies/handbook.stile
  interrupted diff policies/handbook.stile "$scratch/new/handbook.stile"
fi
totals
