/* list.h - the list of all stories, whatever their state, by any of words, state, author, term, language and time.
 *
 * It costs about the same whatever is asked for: candidates are taken along the index that fits best, at most BS_LIST_DEPTH of them, and
 * the rest of the filter is held against each. What lies behind them is on the next page. By words, the newest of each state and
 * language are looked at, BS_LIST_FOUND in all, those with the whole word first, and BS_LIST_WORDS of them shown. */
#ifndef BS_DESK_LIST_H
#define BS_DESK_LIST_H

#include "desk/visit.h"

enum { BS_LIST_PAGE = 50, BS_LIST_DEPTH = 8000, BS_LIST_FOUND = 300, BS_LIST_WORDS = 100 };

struct bs_list_filter {
	struct bs_str words;     /* as typed; or empty */
	struct bs_str status;    /* or empty */
	struct bs_str lang;      /* of the stories; or empty */
	int64_t term_id, person_id; /* 0: any */
	int64_t owner_id;        /* account that began them or is named in their byline; 0: any */
	int64_t from, to;        /* published in this time, `to` not included; to 0: any time */
	int64_t key, id;         /* behind this place; key 0: from the newest */
};

struct bs_list_row {
	int64_t id, key;
	struct bs_str title;     /* markup */
	struct bs_str lang, kind, status;
	struct bs_str authors;   /* names, one a line */
	int64_t published_at, changed_at;
	int number;
};

struct bs_list_result {
	struct bs_list_row *rows;
	size_t count;
	int64_t next_key, next_id; /* where the next page begins; key 0: there is none */
};

enum bs_rc bs_list_read(struct bs_visit *visit, const struct bs_list_filter *filter, struct bs_list_result *out, struct bs_err *err) BS_CHECK;

#endif
