#!/bin/sh
# Takes all words that can be translated from the sources into a template:
#
#   po/words.sh OUT.pot      (run at the top of the tree)
#
# Words stand in cli/wording.def, in what is told about mistakes, and in the
# help of commands.  A format of printf, "`%.*s` is too large.", is put down as
# "`{1}` is too large.", as base/speech.c asks for it.
set -eu
out=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What people are told about mistakes, but for what the compiler and the audit
# tell of a policy.
told='base/diagnostic.c base/diagnostic_print.c
  runtime/document.c runtime/fact_find.c runtime/given_read.c runtime/json.c
  runtime/situation_read.c runtime/value_read.c runtime/yaml.c
  cli/answer_rule.c cli/ask.c cli/ask_facts.c cli/ask_situation.c
  cli/ask_which.c cli/audit.c
  cli/audit_cover.c cli/batch.c cli/build.c cli/check.c cli/diff.c cli/dis.c
  cli/dump.c cli/file_read.c cli/help.c cli/i18n.c cli/language.c cli/log.c
  cli/log_check.c cli/log_erase.c cli/log_head.c cli/log_keep.c cli/log_kept.c
  cli/log_replay.c cli/log_store.c cli/main.c cli/options.c cli/po_read.c
  cli/policy_load.c cli/policy_texts.c cli/report.c cli/review.c
  cli/review_log.c cli/review_read.c cli/test.c'

# Of all other files only the help is taken: what N_ marks, and what stands
# behind `.help` in tables of options.
cp --parents cli/wording.def cli/wording.c "$work"
for file in $told cli/*.c cli/*.h; do
  [ "$file" = cli/wording.c ] && continue
  mkdir -p "$work/${file%/*}"
  case " $(echo $told) " in
  *" $file "*) other= ;;
  *) other='s/\(say\|options_misuse\|speech_format\|diagnostic_[a-z]*\)(/-(/' ;;
  esac
  sed -e 's/\.help = \(".*"\)/.help = N_(\1)/' -e "$other" "$file" \
    >"$work/$file"
done

# Entries that are only filled in, such as "%s", are left out.
phrases='
  /^#, / { next }
  /^msgid/ { places = 0 }
  /^(msgid|")/ {
    while (match($0, /%(\.\*s|s|u|d|c|zu|llu)/)) {
      places++
      $0 = substr($0, 1, RSTART - 1) "{" places "}" substr($0, RSTART + RLENGTH)
    }
  }
  { print }'
wordless='BEGIN { RS = ""; ORS = "\n\n" }
  { words = $0; gsub(/["[:space:]]|msg(id|str)|[{][1-9][}]/, "", words) }
  NR == 1 || words != ""'

# The day it was made is left out, so that the same words give the same file.
(
  cd "$work"
  others=$(ls cli/*.c cli/*.h | sed '/wording\.c$/d')
  # shellcheck disable=SC2086
  xgettext --language=C --from-code=UTF-8 --no-wrap --no-location \
    --package-name=Stile --add-comments=i18n: \
    --keyword --keyword=WORDING:2 --keyword=PLURAL:1,2 --keyword=N_ \
    --keyword=diagnostic_error:4 --keyword=diagnostic_warning:4 \
    --keyword=diagnostic_help:3 --keyword=diagnostic_relate:4 \
    --keyword=speech_format:3 --keyword=say:2 --keyword=options_misuse:2 \
    --keyword=language_text --keyword=language_words \
    -o words.pot cli/wording.def cli/wording.c base/*.c runtime/*.c $others
  awk "$phrases" words.pot | sed '/^"POT-Creation-Date:/d' |
    awk "$wordless" | msguniq --no-wrap --use-first -o unique.pot -
)
cp "$work/unique.pot" "$out"
