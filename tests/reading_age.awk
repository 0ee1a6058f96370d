# Measures how hard texts are to read: the grade of Flesch and Kincaid (1975),
#
#   0.39 * words / sentences + 11.8 * syllables / words - 15.59
#
# Lines are `GROUP<tab>TEXT`.  Prints the worst sentences, each group and the
# whole; ends with 1 if a group that is large enough, or the whole, is above
# `most`.
#
# A sentence ends at . ! ? or the end of its text; what has less than four
# words is a heading or a name, and is left out.  What is filled in, and what
# stands in backquotes, counts as one short word, as nobody can know it.
# Syllables: each run of vowels (a e i o u y) is one; a silent e at the end,
# also in -es and -ed, is none; but -le, -ted and -ded are, and so are -ses,
# -zes, -ces, -ges, -xes, -shes and -ches; a word has at least one.

function syllables(word, count, rest) {
  word = tolower(word)
  gsub(/[^a-z]/, "", word)
  if (word == "") return 1
  rest = word
  count = gsub(/[aeiouy]+/, "", rest)
  if (word ~ /[^aeiouyl]e$/ || word ~ /[aeiouy]le$/) count--
  else if (word ~ /[^aeiouytd]ed$/) count--
  else if (word ~ /[^aeiouyszcgxh]es$/) count--
  return count < 1 ? 1 : count
}

function grade(words, sentences, sounds) {
  return 0.39 * words / sentences + 11.8 * sounds / words - 15.59
}

function measure(group, text, sentence, list, count, i, words, sounds) {
  words = sounds = 0
  count = split(text, list, /[^A-Za-z0-9'’-]+/)
  for (i = 1; i <= count; i++) {
    if (list[i] !~ /[A-Za-z0-9]/) continue
    words++
    sounds += syllables(list[i])
  }
  if (words < 4) return
  group_words[group] += words; all_words += words
  group_sentences[group]++; all_sentences++
  group_sounds[group] += sounds; all_sounds += sounds
  keep(grade(words, 1, sounds), text)
}

# The worst, the hardest first.
function keep(hard, text, i) {
  sub(/^ +/, "", text)
  for (i = shown; i > 0 && hardest[i] < hard; i--) {
    hardest[i + 1] = hardest[i]
    said[i + 1] = said[i]
  }
  hardest[i + 1] = hard
  said[i + 1] = text
  if (shown < 10) shown++
}

BEGIN { FS = "\t" }
{
  text = $2
  gsub(/`[^`]*`/, "it", text)
  gsub(/%(\.\*)?[a-z]/, "it", text)
  gsub(/\{[12]\}/, "it", text)
  if (!($1 in group_words)) order[++groups] = $1
  group_words[$1] += 0
  count = split(text, sentences, /[.!?]+/)
  for (s = 1; s <= count; s++) measure($1, sentences[s])
}
END {
  if (!all_words) { print "no words"; exit 1 }
  print "The hardest sentences:"
  for (i = 1; i <= shown; i++) printf "  %5.1f  %s\n", hardest[i], said[i]
  print "Grade, words, sentences:"
  for (g = 1; g <= groups; g++) {
    name = order[g]
    if (!group_words[name]) continue
    value = grade(group_words[name], group_sentences[name], group_sounds[name])
    printf "  %5.1f %6d %5d  %s\n", value, group_words[name],
      group_sentences[name], name
    if (value > most && group_words[name] >= 100) hard = 1
  }
  value = grade(all_words, all_sentences, all_sounds)
  printf "  %5.1f %6d %5d  everything\n", value, all_words, all_sentences
  if (value > most) hard = 1
  exit hard
}
