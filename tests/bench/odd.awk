# A policy of an odd shape, for `stile ask` with nothing known:
#
#   awk -v rules=10000 -v facts=30 -v of=7 -f odd.awk </dev/null
#
# writes rules of which each asks for at least 3 of so many tests; with of=0,
# for 3 tests at once.  Each tenth rule has a duty.  The same numbers give the
# same policy.

# A number below `end`: a linear congruence (Park and Miller 1988).
function chance(end) {
  state = state * 16807 % 2147483647
  return int(state / 65536) % end
}

function test(fact) {
  if (fact % 2) return (chance(3) ? "" : "not ") "context f" fact
  return "context f" fact " is at least " 10 * (1 + chance(9))
}

function condition(  text, i, count) {
  count = of ? of : 3
  text = test(chance(facts))
  for (i = 1; i < count; i++)
    text = text (of ? ", " : " and ") test(chance(facts))
  return of ? "at least 3 of (" text ")" : text
}

BEGIN {
  state = 1
  split("proceed|proceed with care|consult supervisor|hold", findings, "|")
  print "policy odd \"Odd\"\n  if unsure \"Ring the duty manager.\"\n"
  print "support talked \"Who?\" is any of supervisor, colleague"
  for (i = 0; i < facts; i++)
    print "context f" i " \"Fact " i "?\" is " \
      (i % 2 ? "yes or no" : "a number from 0 to 100")
  print "\nboundary odd \"Anything\"\n"
  for (i = 0; i < rules; i++) {
    print "  rule r" i " \"Rule " i "\"\n    when " condition()
    print "    then " findings[1 + chance(4)] "\n    because \"It is so.\""
    if (i % 10 == 0) print "    must do-" i " \"Do it\" within 2 days"
  }
}
