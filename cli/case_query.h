/* The rows of an SQLite query as bytes of CSV, the column names first. */
#ifndef STILE_CLI_CASE_QUERY_H
#define STILE_CLI_CASE_QUERY_H

#include "cli/case_file.h"

/* Opens the database for reading only, and prepares the query, which must be
 * one statement that gives rows and writes nothing.  False, with the reason. */
bool case_query_open(Arena *arena, const char *path, const char *sql,
                     CaseQuery **query, Text *reason);
void case_query_close(CaseQuery *query);

/* Puts whole rows; a row of more bytes than there is room for comes in pieces.
 * 0 at the end. */
uint32_t case_query_read(CaseQuery *query, char *to, uint32_t room);
/* What SQLite said when a row could not be had; none. */
Text case_query_error(const CaseQuery *query);

#endif
