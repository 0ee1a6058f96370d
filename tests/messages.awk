# Writes the blocks under "## Wrong" and "## Right" to folders of those names:
# the first as main.KIND, the others by the names they give.
/^## Wrong/ { part = "wrong"; count = 0 }
/^## Right/ { part = "right"; count = 0 }
/^```/ && inside { inside = 0; close(file); next }
/^```/ && part != "" {
  inside = 1
  fresh = 1
  count++
  file = folder "/" part "/main." substr($0, 4)
  if (count == 1) printf "" > file
  next
}
inside && fresh && /^# file: / {
  file = folder "/" part "/" substr($0, 9)
  fresh = 0
  next
}
inside { fresh = 0; print > file }
