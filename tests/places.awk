# Prints the entries of a .po file whose translation does not fill in the same
# places, {1}, {2} …, as often as the English.

function places(text, found, place, n) {
  found = ""
  for (n = 1; n <= 9; n++) {
    place = "[{]" n "[}]"
    found = found " " gsub(place, "", text)
  }
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
