#include "audit/finding.h"

typedef struct Kind {
  Text id, title, means;
  FindingLevel level;
} Kind;

static const Kind kinds[FINDING_COUNT] = {
#define FINDING(name, id, level, title, means) \
  {{"" id, sizeof id - 1}, {"" title, sizeof title - 1}, \
   {"" means, sizeof means - 1}, level},
#include "audit/findings.def"
#undef FINDING
};

static const Text levels[] = {{"note", 4}, {"warning", 7}, {"error", 5}};

Text finding_id(FindingKind kind) {
  return kinds[kind].id;
}

Text finding_title(FindingKind kind) {
  return kinds[kind].title;
}

Text finding_means(FindingKind kind) {
  return kinds[kind].means;
}

FindingLevel finding_level(FindingKind kind) {
  return kinds[kind].level;
}

Text finding_level_name(FindingLevel level) {
  return levels[level];
}

bool finding_find_level(Text name, FindingLevel *level) {
  for (int i = LEVEL_NOTE; i <= LEVEL_ERROR; i++)
    if (text_equal(name, levels[i])) {
      *level = (FindingLevel)i;
      return true;
    }
  return false;
}
