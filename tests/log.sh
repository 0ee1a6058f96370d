#!/bin/sh
# What is kept in a log: it stays, it can be proved, it can be erased.
#
# Files are changed behind the log's back by Python's sqlite3; each change must
# get its verdict from `stile log verify`, and from tests/log_verify.py, which
# was written from docs/log-format.md alone.
set -u
here=$(dirname "$0")
# shellcheck source=tests/lib.sh
. "$here/lib.sh"
verifier=$top_srcdir/tests/log_verify.py
policy=$top_srcdir/policies/gifts.stile
stage "$scratch/work"
cd "$scratch/work" || exit 1
python=$(command -v python3)

ask() {
  stile ask "$policy" "$top_srcdir/examples/single/gloves.yaml" --brief "$@"
}

# holds WHAT COMMAND...: passes if the command does.
holds() {
  what=$1
  shift
  if "$@" >"$scratch/out" 2>&1; then ok; else bad "$what" "$scratch/out"; fi
}

# ends WHAT STATUS WORDS COMMAND...: its exit status, and words that it says.
ends() {
  what=$1 wanted=$2 words=$3
  shift 3
  "$@" >"$scratch/out" 2>&1
  status=$?
  if [ "$status" = "$wanted" ] &&
    { [ -z "$words" ] || grep -q -e "$words" "$scratch/out"; }; then
    ok
  else
    echo "exit status $status" >>"$scratch/out"
    bad "$what" "$scratch/out"
  fi
}

# ------------------------------------------------------- keeping and reading

for who in ann ben cat; do ask --log kept --subject "$who-in-flat-3"; done \
  >/dev/null 2>&1
stile log decide 2 --log kept --did 'took-them-with-thanks' \
  --because 'it-would-have-hurt' 2>/dev/null
ask --log kept --subject ann-in-flat-3 --keep-notes >/dev/null 2>&1
stile log checkpoint --log kept >head.txt
ask --log kept >/dev/null 2>&1
verdict 'the files are private' \
  "$(find . -name 'kept*' ! -perm 600 -print)"
verdict 'nothing else was written' \
  "$(find . -type f ! -name 'kept' ! -name 'kept-keys' ! -name 'kept-sign' \
    ! -name head.txt)"
ends 'a sound log' 0 'The log is sound' stile log verify --log kept
ends 'what is anchored' 0 'entry 1 to entry 5, they are anchored' \
  stile log verify --log kept --against head.txt
ends 'what is not' 0 'From entry 6 to entry 6, no checkpoint' \
  stile log verify --log kept --against head.txt
ends 'the same again' 0 'answers the same again' stile log replay 1 --log kept
ends 'what was decided' 0 'took-them-with-thanks' stile log show 2 --log kept
ends 'an export' 0 'it-would-have-hurt' \
  stile log export ben-in-flat-3 --log kept
ends 'notes only if asked for' 1 '' sh -c \
  'stile log show 1 --log kept | grep -q Title'
ends 'notes if asked for' 0 'Title' stile log show 5 --log kept

# Every situation of the examples is answered the same from the log.
for cases in "$top_srcdir"/examples/single/*.yaml; do
  for one in gifts contact touch; do
    stile ask "$top_srcdir/policies/$one.stile" "$cases" --log replay \
      >/dev/null 2>&1
  done
done
count=$(stile log list --log replay | grep -c '^[0-9]')
replayed=0
while [ "$replayed" -lt "$count" ]; do
  stile log replay $((replayed + 1)) --log replay >"$scratch/out" 2>&1 || break
  replayed=$((replayed + 1))
done
if [ "$count" -gt 0 ] && [ "$replayed" = "$count" ]; then ok
else bad "replayed $replayed of $count" "$scratch/out"; fi

# ------------------------------------------------------------ what goes wrong

ends 'no folder' 4 'E0703' ask --log nowhere/kept
ends 'guidance all the same' 4 'Do not go ahead' ask --log nowhere/kept
ends 'not a log' 4 'not a log of Stile' ask --log head.txt
ends 'a folder' 4 'it is a folder' ask --log policies
ends 'no such log' 4 'there is no such file' stile log list --log none
ends 'no such entry' 1 'no entry 99' stile log show 99 --log kept
ends 'nobody of that name' 1 'Nothing is kept of' \
  stile log forget nobody --log kept
ends 'no log is started by reading' 0 '' test ! -e none
# Root may write everywhere, so it becomes someone else.
as_other() {
  if [ "$(id -u)" = 0 ]; then
    setpriv --reuid 65534 --regid 65534 --clear-groups "$@"
  else
    "$@"
  fi
}
mkdir fixed && cp kept kept-keys fixed
chmod 444 fixed/kept fixed/kept-keys
chmod 555 fixed && chmod 711 "$scratch" .
if as_other stile ask "$policy" --boundary gifts >/dev/null 2>&1; then
  ends 'a read-only folder' 4 'E0703' \
    as_other stile ask "$policy" --boundary gifts --log fixed/kept
  ends 'a new log in it' 4 'you may not read or write' \
    as_other stile ask "$policy" --boundary gifts --log fixed/new
  ends 'reading from it' 0 'The log is sound' \
    as_other stile log verify --log fixed/kept
fi
chmod 755 fixed
head -c 20000 kept >short && cp kept-keys short-keys
ends 'half a file' 4 'E070' stile log list --log short
if [ -e /dev/full ]; then
  ends 'the disk is full' 4 'E070' ask --log /dev/full
fi

if [ -n "$python" ]; then
  for one in kept kept-keys; do cp "$one" "later${one#kept}"; done
  "$python" -c 'import sqlite3
db = sqlite3.connect("later")
db.execute("PRAGMA user_version=2"), db.commit()'
  cp later later-before && cp later-keys later-keys-before
  for one in list verify 'show 1' 'forget ann-in-flat-3'; do
    # shellcheck disable=SC2086 # one is a command and its word
    ends "a log of another version: $one" 4 'E0702' stile log $one --log later
  done
  ends 'asking with it' 4 'it was made by another' \
    ask --log later
  holds 'nothing was changed in it' cmp later later-before
  holds 'nor in its keys' cmp later-keys later-keys-before
fi

# ------------------------------------------------------- what is left out

facts() {
  stile log show 1 --log read --format json |
    sed -n '/"facts"/,/}/s/^ *"\([a-z.-]*\)": "\(.*\)".*/\1=\2/p'
}
cat >read.stile <<'EOF'
policy read "Two boundaries"
  if unsure "Ring the duty manager."
support consulted "Who have you talked to?" is any of supervisor
context price "What is it worth?" is money in GBP up to £500
context deep "How deep is the trust?" is yes or no
context other "Is it another day?" is yes or no
context heard "What was said?" is yes or no
define trusted "There is trust" when context deep is yes
boundary gifts "A gift"
  rule dear "A dear gift"
    when context price is at least £5 and trusted
    then consult supervisor
    because "Talk about it."
boundary visits "A visit"
  rule day "Another day"
    when context other is yes
    then proceed
    because "It is a day."
EOF
ends 'a question of one of two' 0 'Kept as entry 1' stile ask read.stile \
  --boundary gifts --set context.price=8 --set context.deep=yes \
  --set context.other=yes --set context.heard=no --log read --subject ann
ends 'what a define reads is kept' 0 '' test "$(facts | tr '\n' ' ')" = \
  'context.deep=yes context.price=8 '
ends 'it answers the same without' 0 'answers the same again' \
  stile log replay 1 --log read
ends 'amounts as amounts' 0 'worth? £8' stile log show 1 --log read
ends 'and in an export' 0 'worth? £8' stile log export ann --log read
ends 'one entry is one' 0 '^1 entry was' stile log verify --log read
stile ask read.stile --boundary gifts --set context.price=8 \
  --set context.deep=yes 2>/dev/null | head -n 1 >first
ends 'the verdict in the words of the answer' 0 "$(cat first)" \
  stile log show 1 --log read

# ------------------------------------------------------------- many at once

for _ in 1 2 3 4 5 6 7 8; do
  (for _ in 1 2 3; do ask --log many 2>>many.err; done >/dev/null) &
done
wait
ends '8 writers at once' 0 '^24 entries' stile log verify --log many
verdict 'each was told its number' "$(sort many.err | uniq -d)"

# ------------------------------------------------------------------ attacks

# attack NAME WHAT LINES [CHECKPOINT]: the lines of Python change `db` (and
# `keys`); `leaf`, `edit` and `peaks` help to do it with care.
attack() {
  rm -f bad bad-keys
  cp kept bad && cp kept-keys bad-keys
  if ! "$python" - "$verifier" "$3" >"$scratch/out" 2>&1 <<'EOF'
import importlib.util, sqlite3, sys
spec = importlib.util.spec_from_file_location("verify", sys.argv[1])
v = importlib.util.module_from_spec(spec)
spec.loader.exec_module(v)
db, keys = sqlite3.connect("bad"), sqlite3.connect("bad-keys")
def body(i):
    return db.execute("SELECT body FROM entry WHERE id=?", (i,)).fetchone()[0]
def leaf(text):
    return v.sha256(b"\0" + text.encode())
def put(i, text):
    db.execute("UPDATE entry SET body=?, leaf=? WHERE id=?",
               (text, leaf(text), i))
def settle():
    rows = [leaf(r[0]) for r in
            db.execute("SELECT body FROM entry ORDER BY id")]
    db.execute("UPDATE head SET size=?, peaks=?",
               (len(rows), v.own_peaks(rows)))
exec(sys.argv[2])
db.commit(), keys.commit()
EOF
  then
    bad "$1: the change" "$scratch/out"
    return
  fi
  stile log verify --log bad --format json ${4:+--against "$4"} \
    >"$scratch/out" 2>&1
  status=$?
  if [ "$status" = 1 ] && grep -q "\"what\": \"$2\"" "$scratch/out"; then ok
  else bad "$1" "$scratch/out"; fi
  [ "$2" != part-changed ] || return 0
  "$python" "$verifier" bad ${4:+"$4"} >"$scratch/out" 2>&1
  if [ $? = 1 ] && grep -q " $2\$" "$scratch/out"; then ok
  else bad "$1: the other verifier" "$scratch/out"; fi
}

if [ -n "$python" ]; then
  "$python" "$verifier" kept head.txt >"$scratch/out" 2>&1
  root=$(stile log checkpoint --log kept | sed -n 's/^root //p')
  if [ "$(cat "$scratch/out")" = "6 $root" ]; then ok
  else bad 'the other verifier: the same root' "$scratch/out"; fi

  attack 'an edit' edited \
    'db.execute("UPDATE entry SET body=replace(body, ?, ?) WHERE id=2",
           ("riverside", "elsewhere"))'
  attack 'an edit with its leaf' head-wrong \
    'put(2, body(2).replace("2026", "2025"))'
  attack 'an edit with leaf and head' rewritten \
    'put(2, body(2).replace("2026", "2025")); settle()' head.txt
  attack 'another form of the same' edited 'put(2, body(2) + " ")'
  attack 'a deletion' missing 'db.execute("DELETE FROM entry WHERE id=3")'
  attack 'a swap' moved 'a, b = body(2), body(3); put(2, b); put(3, a)'
  attack 'a cut tail' cut 'db.execute("DELETE FROM entry WHERE id>4")'
  attack 'a cut tail with its head' cut \
    'db.execute("DELETE FROM entry WHERE id>4"); settle()' head.txt
  attack 'an entry slipped in' added \
    'db.execute("INSERT INTO entry SELECT 7, body, leaf FROM entry "
           "WHERE id=6")'
  attack 'another log in its place' replaced \
    'import json
for i in range(1, 7):
    put(i, json.dumps(dict(json.loads(body(i)), log="0"*32), sort_keys=True,
        separators=(",", ":")))
db.execute("UPDATE head SET log=?", ("0"*32,))
keys.execute("UPDATE state SET log=?", ("0"*32,))
settle()' head.txt
  attack 'an entry of another log' foreign \
    'import json
put(2, json.dumps(dict(json.loads(body(2)), log="0"*32), sort_keys=True,
    separators=(",", ":")))'
  attack 'a changed policy' image-changed \
    'db.execute("UPDATE image SET bytes=zeroblob(99)")'
  attack 'no policy' image-missing 'db.execute("DELETE FROM image")'
  attack 'a lost key' key-missing \
    'keys.execute("DELETE FROM key WHERE entry=1")'
  attack 'a changed part' part-changed \
    'db.execute("UPDATE part SET sealed=zeroblob(200) WHERE entry=1")'
  attack 'parts that were exchanged' part-changed \
    'db.execute("DELETE FROM part WHERE entry=1")
db.execute("UPDATE part SET entry=1 WHERE entry=2")'
fi
sed 's/^size 5/size 4/' head.txt >forged.txt
ends 'a forged checkpoint' 1 'E0705' \
  stile log verify --log kept --against forged.txt
if [ -n "$python" ]; then
  "$python" "$verifier" kept forged.txt >"$scratch/out" 2>&1
  if grep -q '^- signature$' "$scratch/out"; then ok
  else bad 'a forged checkpoint: the other verifier' "$scratch/out"; fi
fi
stile log checkpoint --log kept --key other-key >other.txt
ends 'signed with another key' 1 'another key' \
  stile log verify --log kept --against other.txt
mkdir alone && cp kept alone
ends 'without its keys' 0 'file of keys is not here' \
  stile log verify --log alone/kept
cp many-keys alone/kept-keys
ends 'with the keys of another log' 4 'not that of this log' \
  stile log verify --log alone/kept

# ------------------------------------------------------------------ erasing

# The keys of ann before, as the bytes to search for.
if [ -n "$python" ]; then
  "$python" -c 'import sqlite3, sys
for row in sqlite3.connect("kept-keys").execute(
        "SELECT bytes FROM key WHERE entry IN (1, 5)"):
    open(f"key-{row[0][:2].hex()}", "wb").write(row[0])'
fi
cp kept-keys before-keys
ends 'forgetting' 0 '2 entries have been erased' \
  stile log forget ann-in-flat-3 --log kept
verdict 'no file is left beside it' "$(find . -name 'kept*-*-*' -o \
  -name 'kept-journal' -o -name 'kept-wal' -o -name 'kept-mj*')"
ends 'the name is gone' 1 '' grep -aq ann-in kept kept-keys
ends 'others are there' 0 '' grep -aq ben-in kept-keys
if [ -n "$python" ]; then
  ends 'the keys are gone' 0 'none of 2' "$python" -c 'import glob
keys = [open(name, "rb").read() for name in glob.glob("key-*")]
files = [open(name, "rb").read() for name in glob.glob("kept*")]
parts = [key[i:i + 8] for key in keys for i in range(0, 32, 8)]
found = [1 for part in parts for data in files if part in data]
print("some" if found else "none", "of", len(keys))'
fi
ends 'erased, not tampered' 0 '2 of them have been erased' \
  stile log verify --log kept --against head.txt
ends 'its words are gone' 0 'has been erased' stile log show 1 --log kept
ends 'it cannot be asked again' 1 'has been erased' \
  stile log replay 1 --log kept
ends 'others can be read' 0 'took-them' stile log show 2 --log kept
if [ -n "$python" ]; then
  holds 'the other verifier agrees' "$python" "$verifier" kept head.txt
  cp kept returned && cp before-keys returned-keys
  ends 'a key that came back' 1 'key is there again' \
    stile log verify --log returned
fi
ends 'one entry' 0 '2 entries' stile log forget --entry 2 --log kept
ends 'nothing is that old' 0 'Nothing' \
  stile log retain --older-than '1 day' --log kept
for year in 2019 2020; do
  "$top_builddir/tests/log_add" aged "$year-05-01T10:00:00Z" "old-$year"
done
ask --log aged --subject new-one >/dev/null 2>&1
if [ -n "$python" ]; then
  "$python" -c 'import sqlite3
for row in sqlite3.connect("aged-keys").execute(
        "SELECT entry, bytes FROM key"):
    open(f"aged-key-{row[0]}.bin", "wb").write(row[1])'
fi
ends 'older than that' 0 '^2 entries have been erased' \
  stile log retain --older-than '3 years' --log aged
ends 'the old are gone' 0 'has been erased' stile log show 1 --log aged
ends 'with their names' 1 '' grep -aq old-20 aged aged-keys
ends 'the new one is there' 0 'Do not go ahead' stile log show 3 --log aged
ends 'the rest is sound' 0 '2 of them have been erased' \
  stile log verify --log aged
if [ -n "$python" ]; then
  ends 'old keys are gone, the new one is not' 0 '^False False True$' \
    "$python" -c 'files = [open(n, "rb").read() for n in ("aged", "aged-keys")]
keys = [open(f"aged-key-{i}.bin", "rb").read() for i in (1, 2, 3)]
print(*[any(k in f for f in files) for k in keys])'
fi
"$top_builddir/tests/log_add" aged '2019-05-01T10:00:00Z' late
ends 'one is one' 0 '^1 entry has been erased' \
  stile log retain --older-than '400 days' --log aged
ends 'and not again' 0 'Nothing in this log' \
  stile log retain --older-than '400 days' --log aged
totals
