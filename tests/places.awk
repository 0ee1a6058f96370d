# Prints the entries of a .po file whose translation does not fill in the same
# places, {1} and {2}, as the English.

function places(text, found) {
  found = ""
  if (text ~ /\{1\}/) found = found "{1}"
  if (text ~ /\{2\}/) found = found "{2}"
  return found
}

function check() {
  if (words != "" && said != "" && places(words) != places(said))
    print "line " line ": " words
  said = ""
}

/^msgid / { check(); words = $0; line = NR; into = "words"; next }
/^msgid_plural / { into = ""; next }
/^msgstr/ { check(); said = $0; into = "said"; next }
/^"/ { if (into == "words") words = words $0; else said = said $0 }
END { check() }
