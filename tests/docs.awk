# Writes blocks as NNN.body and their kind, marks and line as NNN.head.
function flush_marks() { marks = "" }
/^```/ && !inside {
  number++
  kind = substr($0, 4)
  head = sprintf("%s/%03d.head", folder, number)
  body = sprintf("%s/%03d.body", folder, number)
  printf "%s\n%d\n%s", kind, FNR, marks > head
  printf "" > body
  inside = 1
  flush_marks()
  next
}
/^```/ { inside = 0; close(head); close(body); next }
inside { print > body; next }
/^<!-- .* -->$/ { marks = marks substr($0, 6, length($0) - 9) "\n"; next }
/[^ \t]/ { flush_marks() }
