# Prints, one a line, what stands between the places of the English entries of a
# .po file, where it is longer than a word or two and the translation does not
# have it too.

function put(english, other, pieces, count, i, piece) {
  gsub(/\\n/, " ", english)
  gsub(/\\"/, "\"", english)
  gsub(/\\n/, " ", other)
  count = split(english, pieces, /[{][1-9][}]/)
  for (i = 1; i <= count; i++) {
    piece = pieces[i]
    gsub(/  +/, " ", piece)
    gsub(/^ +| +$/, "", piece)
    if (length(piece) > 13 && piece ~ /[a-z] [a-z]/ && !index(other, piece))
      print piece
  }
}

function text(line) {
  sub(/^[^"]*"/, "", line)
  sub(/"$/, "", line)
  return line
}

/^msgid / { if (said != "") put(words, said); words = text($0); said = ""
  into = "words"; next }
/^msgid_plural / { into = ""; next }
/^msgstr/ { said = text($0); into = "said"; next }
/^"/ { if (into == "words") words = words text($0)
  else if (into == "said") said = said text($0) }
END { put(words, said) }
