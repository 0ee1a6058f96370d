# A policy of rules over four of thirty facts each, all alike: hard to count.
BEGIN {
  print "policy many \"Many alike\"\n  owner \"Authors\"\n  if unsure \"Ask.\""
  print "source page \"This page\""
  for (f = 0; f < 30; f++)
    printf "context f%d \"Is it so (%d)?\" is yes or no\n", f, f
  print "boundary all \"Going ahead\""
  n = 7
  for (r = 0; r < 120; r++) {
    printf "  rule r%d\n    when ", r
    for (i = 0; i < 4; i++) {
      n = (n * 1103 + 12345) % 65536
      printf "%s%scontext f%d", i ? " and " : "", n % 3 == 0 ? "not " : "",
        int(n / 7) % 30
    }
    printf "\n    then %s\n    because \"So.\"\n", \
      r % 3 == 0 ? "hold" : r % 3 == 1 ? "proceed with care" : "proceed"
    if (r % 3 == 0) print "    instead \"Another way.\""
    print "    cites page"
  }
}
