#include "audit/cover.h"
void cover_suggest(Cover *cover, Suggestions *suggestions) { (void)cover; (void)suggestions; }
