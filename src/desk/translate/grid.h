/* grid.h - which story is how far in which language: the whole site, by language, state, section, and who has claimed what.
 *
 * It costs about the same whatever is asked for, as the list of stories does (desk/list.h): candidates are taken along the index that fits
 * best, at most BS_GRID_DEPTH of them, and the rest of the filter is held against each. What lies behind them is on the next page. */
#ifndef BS_DESK_TRANSLATE_GRID_H
#define BS_DESK_TRANSLATE_GRID_H

#include "desk/frame.h"
#include "newsroom/translation.h"

enum { BS_GRID_PAGE = 40, BS_GRID_DEPTH = 4000, BS_GRID_STATES = 6 };

/* "none", "machine", "partly", "human", "approved", "stale". */
extern const struct bs_str bs_grid_states[BS_GRID_STATES];

struct bs_grid_filter {
	struct bs_str lang;  /* into; or empty */
	struct bs_str state; /* or empty; "none" only with a language */
	int64_t term_id;     /* a section; 0: any */
	int64_t account_id;  /* whose claims; 0: anybody's */
	int64_t key, id;     /* behind this place; key 0: from the newest */
};

struct bs_grid_row {
	int64_t id, key;
	struct bs_str title; /* markup */
	struct bs_str lang, status;
	struct bs_translation_state *states;
	size_t state_count;
	struct bs_grid_claim {
		struct bs_str lang, name;
	} *claims;
	size_t claim_count;
};

struct bs_grid {
	struct bs_grid_row *rows;
	size_t count;
	int64_t next_key, next_id; /* where the next page begins; key 0: there is none */
};

enum bs_rc bs_grid_read(struct bs_visit *visit, const struct bs_grid_filter *filter, struct bs_grid *out, struct bs_err *err) BS_CHECK;

/* One story, with all of its languages and claims. BS_NOT_FOUND: there is none. */
enum bs_rc bs_grid_story(struct bs_visit *visit, int64_t story_id, struct bs_grid_row *out, struct bs_err *err) BS_CHECK;

/* The badge of a state; of one that is out of date, by how many passages. */
struct bs_value bs_tstate_badge(struct bs_visit *visit, struct bs_str state, int64_t stale);

#endif
