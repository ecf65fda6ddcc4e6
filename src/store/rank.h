/* rank.h - the full-text rank on SQLite; for the files of this room alone. */
#ifndef BS_STORE_RANK_H
#define BS_STORE_RANK_H

#include <stdbool.h>

struct sqlite3;

/* Make best_place(TABLE) known to the connection: the sum over the words of a match of the weight of the best column
 * that the word stands in: 4 in the first, 2 in the second, 1 in any other. False when this SQLite has no FTS5. */
bool bs_rank_register(struct sqlite3 *handle);

#endif
