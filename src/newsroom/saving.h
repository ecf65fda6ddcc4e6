/* saving.h - the state of one bs_story_save, shared by its steps: resolve what the draft names (resolve.c), write its
 * passages and revision (save.c), bring the projections to it (project.c). Private to the room. */
#ifndef BS_NEWSROOM_SAVING_H
#define BS_NEWSROOM_SAVING_H

#include "newsroom/key.h"
#include "newsroom/reckon.h"
#include "newsroom/tags.h"

struct bs_ledger {
	struct bs_key key;
	int64_t key_id;
};

/* One passage of the list that a body stores. */
struct bs_entry {
	struct bs_str path, attrs, markup;
	uint8_t hash[BS_HASH_SIZE], text_hash[BS_HASH_SIZE];
	bool text_hashed; /* else the text hash is made when the passage turns out to be new */
	int64_t passage_id;
};

struct bs_saving {
	struct bs_arena *arena;
	struct bs_ledger *ledger;
	struct bs_db *db;
	const struct bs_draft *draft;
	int64_t now;

	int64_t story_id; /* 0 while it is new */
	struct bs_str public_id;
	int64_t public_since;  /* published_at as stored, when it is out already; else 0 */
	struct bs_str slug;
	int year, month;       /* of its address */
	int64_t published_at;
	enum bs_status status; /* scheduled and due counts as published */
	int64_t original_id;
	struct bs_str original; /* public id */

	struct bs_str *people; /* slugs, one for each credit */
	struct bs_str *names;  /* and names */
	int64_t *person_ids;
	struct bs_str *term_slugs;
	int64_t *term_ids;
	struct bs_str media_hash; /* hexadecimal, of the lead image; or empty */

	const struct bs_reckoned *reckoned;
	struct bs_entry *entries;
	size_t entry_count;
	size_t first_block;    /* entries before it are fields */
	size_t first_note;     /* from here on: notes of corrections */

	struct bs_str meta;
	uint8_t content_hash[BS_HASH_SIZE];
	int64_t last_body_id;  /* body of the revision before; 0 none */
	int64_t body_id;
	int64_t revision_id;   /* while it is not written yet: the one that it is expected to get, 1 for the newsroom's first */
	uint8_t chain[BS_HASH_SIZE]; /* manifest hash of the newsroom's revision before, when revision_id > 1 */
	int number;
	uint8_t previous[BS_HASH_SIZE]; /* manifest hash of the story's revision before, when number > 1 */
};

/* Find or make everything that the draft names; fills the upper half of the state. */
enum bs_rc bs_saving_resolve(struct bs_saving *saving, struct bs_err *err) BS_CHECK;
/* The canonical JSON of everything but the passages. */
enum bs_rc bs_saving_meta(struct bs_saving *saving, struct bs_err *err) BS_CHECK;
/* What the story's row says besides what the draft does: ids of passages, terms and people, 0 for none. */
struct bs_derived {
	int64_t title_id, summary_id;
	int64_t section_id; /* its first theme */
	int64_t related_id; /* the term whose stories are the likeliest to be read next */
	int64_t author_id, second_author_id;
	struct bs_str authors; /* names, one a line */
};
/* Of the entries with their passages' ids, and of term_ids, person_ids, names. */
struct bs_derived bs_saving_derive(const struct bs_saving *saving);
/* Bring byline, terms, notices, citations, corrections, address, listings and search to the new revision, and touch
 * the tags. */
enum bs_rc bs_saving_project(struct bs_saving *saving, struct bs_err *err) BS_CHECK;

/* Let the story's address, and the former ones that the draft names, lead to it. */
enum bs_rc bs_saving_addresses(struct bs_saving *saving, struct bs_err *err) BS_CHECK;

/* The last step of that: what readers are shown of it outside its own page. */
enum bs_rc bs_saving_show(struct bs_saving *saving, struct bs_err *err) BS_CHECK;

/* Give each entry its passage's id, writing those that are new. */
enum bs_rc bs_passages_write(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, struct bs_entry *entries,
                             size_t count, struct bs_err *err) BS_CHECK;
/* Write the entries as a new body. */
enum bs_rc bs_body_write(struct bs_db *db, const struct bs_entry *entries, size_t count, int64_t *body_id,
                         struct bs_err *err) BS_CHECK;

/* What a manifest says besides meta and passages. Hashes are binary. */
struct bs_manifest {
	struct bs_str meta; /* canonical JSON */
	struct bs_str public_id;
	int number;
	int64_t created_at;
	const uint8_t *key;      /* public */
	const uint8_t *chain;    /* or NULL */
	const uint8_t *previous; /* or NULL */
	const struct bs_entry *entries;
	size_t entry_count;
};
struct bs_str bs_manifest_write(struct bs_arena *arena, const struct bs_manifest *manifest);
/* SHA-256 of its meta and of its passages (the array of [path, attributes, hash]): equal to the last one, nothing changed. */
void bs_manifest_content_hash(struct bs_arena *arena, const struct bs_manifest *manifest, uint8_t out[BS_HASH_SIZE]);

#endif
