/* The pages of docs/messages, put into the program when it is built. */
#ifndef STILE_CLI_PAGES_H
#define STILE_CLI_PAGES_H

typedef struct Page {
  const char *code;         /* "E0103" */
  const char *title;        /* "E0103: There is no such fact" */
  const char *const *lines; /* each ended by a line feed; the last is NULL */
} Page;

/* By code; the last has no code. */
extern const Page pages[];

#endif
