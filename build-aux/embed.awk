# The pages of docs/messages as a C table, in the order given:
#   awk -f embed.awk docs/messages/E0101.md ... > pages.c
# A page is an array of lines, as C compilers limit the length of a text.
# Run it with LC_ALL=C: what is not ASCII is written byte by byte.

# The line as the inside of a C text.
function escaped(line,   out, i, byte) {
  out = ""
  for (i = 1; i <= length(line); i++) {
    byte = substr(line, i, 1)
    out = out (byte in code ? code[byte] : byte)
  }
  return out
}

function finish() {
  if (count) print "  0\n};\n"
}

BEGIN {
  for (i = 1; i < 256; i++)
    if (i < 32 || i > 126) code[sprintf("%c", i)] = sprintf("\\%03o", i)
  code["\\"] = "\\\\"
  code["\""] = "\\\""
  print "/* Made from docs/messages by build-aux/embed.awk. */"
  print "#include \"cli/pages.h\"\n"
}

FNR == 1 {
  finish()
  name = FILENAME
  sub(/.*\//, "", name)
  sub(/\.md$/, "", name)
  names[++count] = name
  titles[count] = $0
  sub(/^# /, "", titles[count])
  print "static const char *const page_" name "[] = {"
}

{ print "  \"" escaped($0) "\\n\"," }

END {
  finish()
  print "const Page pages[] = {"
  for (i = 1; i <= count; i++)
    print "  {\"" names[i] "\", \"" escaped(titles[i]) "\", page_" names[i] "},"
  print "  {0, 0, 0}\n};"
}
