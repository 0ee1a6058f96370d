#!/bin/sh
# Takes all words that can be translated from the sources into a template:
#
#   po/words.sh OUT.pot      (run at the top of the tree)
#
# Words stand in cli/wording.def and in the plural forms of cli/wording.c.
set -eu
out=$1
xgettext --language=C --from-code=UTF-8 --no-wrap --no-location \
  --package-name=Stile --add-comments=i18n: \
  --keyword --keyword=WORDING:2 --keyword=PLURAL:1,2 \
  -o "$out" cli/wording.def cli/wording.c
# The day it was made is left out, so that the same words give the same file.
sed '/^"POT-Creation-Date:/d' "$out" >"$out.new"
mv "$out.new" "$out"
