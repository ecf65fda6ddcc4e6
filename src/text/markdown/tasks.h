/* tasks.h - lists of what is to be done, as GitHub writes them: "- [ ] open", "- [x] done".
 *
 * A node is cmark's, a void pointer here. */
#ifndef BS_TEXT_MARKDOWN_TASKS_H
#define BS_TEXT_MARKDOWN_TASKS_H

/* A box at the beginning of an item becomes a sign, ☐ or ☑. */
void tasks_mark(void *document);

#endif
