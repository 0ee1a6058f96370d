# Prints "file:line: code" without comments and without what stands in quotes.
FNR == 1 { inside = 0 }
{
  out = ""
  rest = $0
  while (rest != "") {
    if (inside) {
      end = index(rest, "*/")
      if (!end) break
      rest = substr(rest, end + 2)
      inside = 0
      continue
    }
    if (!match(rest, /\/\*|\/\/|"|'/)) { out = out rest; break }
    mark = substr(rest, RSTART, RLENGTH)
    out = out substr(rest, 1, RSTART - 1)
    rest = substr(rest, RSTART + RLENGTH)
    if (mark == "//") break
    if (mark == "/*") { inside = 1; continue }
    out = out mark mark
    while (rest != "" && substr(rest, 1, 1) != mark)
      rest = substr(rest, substr(rest, 1, 1) == "\\" ? 3 : 2)
    rest = substr(rest, 2)
  }
  print FILENAME ":" FNR ": " out
}
