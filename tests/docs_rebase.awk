# Prints a page with the bodies of its blocks taken from NNN.new, where there is
# such a file in `folder`.
/^```/ && !inside {
  number++
  inside = 1
  print
  file = sprintf("%s/%03d.new", folder, number)
  replaced = (getline line < file) > 0
  if (replaced) {
    do print line
    while ((getline line < file) > 0)
  }
  close(file)
  next
}
/^```/ { inside = 0; replaced = 0 }
!(inside && replaced)
