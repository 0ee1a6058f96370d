# Prints the tables of docs/image-format.md: the numbers that stand for words
# from headers, the sections and fields from runtime/image.def, the instructions
# from runtime/opcodes.def.
#
#   awk -f tests/image_tables.awk HEADER... runtime/image.def runtime/opcodes.def

function trim(text) {
  gsub(/^[ \t]+|[ \t]+$/, "", text)
  return text
}

# The comment of the line, or nothing.
function remark(line) {
  if (!match(line, /\/\*.*\*\//)) return ""
  return trim(substr(line, RSTART + 2, RLENGTH - 4))
}

# The arguments of the macro of the line, in `part`.
function arguments(line) {
  sub(/^[^(]*\(/, "", line)
  sub(/\).*$/, "", line)
  count = split(line, part, ",")
  for (i = 1; i <= count; i++) part[i] = trim(part[i])
}

# An enum of a header: its names by number, and what its last name counts.
function read_enum(text,  name, items, names, i, list) {
  name = text
  sub(/^typedef enum /, "", name)
  sub(/[^A-Za-z].*/, "", name)
  items = text
  sub(/^[^{]*\{/, "", items)
  sub(/\}.*/, "", items)
  count = split(items, names, ",")
  for (i = 1; i < count; i++) list = list ", " i - 1 " " trim(names[i])
  if (trim(names[count]) !~ /_COUNT$/) return
  enum_of[trim(names[count])] = name
  enums[++enum_count] = name
  enum_items[name] = substr(list, 3)
}

function read_headers(  text) {
  gsub(/\/\*[^*]*\*+([^\/*][^*]*\*+)*\//, "", headers)
  while (match(headers, /typedef enum [A-Za-z]+ \{[^}]*\}/)) {
    text = substr(headers, RSTART, RLENGTH)
    headers = substr(headers, RSTART + RLENGTH)
    read_enum(text)
  }
  headers = ""
}

function below(limit) {
  if (!(limit in enum_of)) return "a number below " limit
  used[enum_of[limit]] = 1
  return "`" enum_of[limit] "`"
}

function field(name, words, holds) {
  printf "| %d | `%s` | %s | %s |\n", at, name, holds, remark($0)
  at += words
}

FILENAME ~ /\.h$/ {
  if ($1 == "#define" && NF == 3) number_of[$2] = $3
  headers = headers $0 " "
  next
}
headers { read_headers() }

/^(RECORD|PLACES)\(/ {
  arguments($0)
  printf "\n### Section %s: `%s`\n\n", part[3], part[2]
  print "| word | field | holds | |"
  print "|---|---|---|---|"
  at = 0
  next
}

/^END\(/ { printf "\n%d words an item.\n", at; next }

/^  [A-Z_]+\(/ {
  kind = trim($0)
  sub(/\(.*/, "", kind)
  arguments($0)
  other = part[3]
  if (kind == "NUMBER") field(part[2], 1, "a number up to " (other in number_of ? number_of[other] : other))
  if (kind == "FLAG") field(part[2], 1, "0 or 1")
  if (kind == "ENUM") field(part[2], 1, below(other))
  if (kind == "DAY") field(part[2], 1, "a day or 0")
  if (kind == "WIDE") field(part[2], 2, "a signed number of two words")
  if (kind == "WORDS") field(part[2], 1, "a text")
  if (kind == "WORDS_OPTION") field(part[2], 1, "a text or NONE")
  if (kind == "PLACE_WORDS") field(part[2], 1, "a text of section 103")
  if (kind == "LINK") field(part[2], 1, "an item of `" other "`")
  if (kind == "LINK_OPTION") field(part[2], 1, "an item of `" other "` or NONE")
  if (kind == "RANGE") field(part[2], 2, "a run of `" other "`: first, count")
  if (kind == "REGISTER") field(part[2], 1, "a register")
}

/^OP\(/ {
  if (!instructions++) {
    print "\n### Instructions\n"
    print "| number | name | operands | gives |"
    print "|---|---|---|---|"
  }
  split($0, part, "\"")
  number = $0
  gsub(/^OP\(|,.*/, "", number)
  printf "| %s | `%s` | `%s` | %s |\n", number, part[2], part[4], part[6]
}

END {
  print "\n### Numbers that stand for words\n"
  print "| name | numbers |"
  print "|---|---|"
  for (i = 1; i <= enum_count; i++)
    if (used[enums[i]]) printf "| `%s` | %s |\n", enums[i], enum_items[enums[i]]
}
