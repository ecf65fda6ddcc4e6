/* read.h - what the public pages read from the database, as plain data.
 *
 * Everything lives in the page's arena. Queries that belong together are begun first and read afterwards, so that they cost
 * one round trip where the database is far: see bs_db_query. */
#ifndef BS_SITE_READ_H
#define BS_SITE_READ_H

#include "newsroom/listing.h"
#include "page/page.h"

struct bs_media_ref { /* a picture; hash empty: none */
	struct bs_str hash; /* 64 hexadecimal digits */
	struct bs_str mime;
	int width, height; /* pixels */
	int64_t bytes;     /* of the file; 0 where it is not asked for */
};

struct bs_address { /* of a story in its language */
	const struct bs_lang *lang;
	int year, month; /* 0 and 0: a page without a date */
	struct bs_str slug;
};

struct bs_card {
	int64_t id;
	struct bs_address address;
	enum bs_kind kind;
	int64_t published_at, updated_at;
	struct bs_str source_name;
	int64_t section_id;
	struct bs_str authors; /* names, one a line */
	int featured;
	struct bs_str title, summary; /* markup */
	struct bs_media_ref image;
	int focus_x, focus_y; /* where the eye goes on it, percent from the left and the top */
	struct bs_str image_alt; /* markup */
};

struct bs_cards {
	const struct bs_card *list;
	size_t count;
};

/* Read all rows of a query of cards that was begun (BS_Q_card_…: they share their columns), free it, and tag the page
 * with each story. */
enum bs_rc bs_cards_read(struct bs_page *page, struct bs_stmt **stmt, struct bs_cards *out, struct bs_err *err) BS_CHECK;
/* One page of a list in the page's language: `from` is the first story wanted, from 0. Tags the list. The newest of a list lie on the
 * shelf (page/shelf.h) once a page has read them. */
enum bs_rc bs_cards_list(struct bs_page *page, struct bs_list list, int64_t from, int64_t count, struct bs_cards *out,
                         struct bs_err *err) BS_CHECK;
/* The same in two steps, so that lists of one page cost one round trip: begin all of them, then read each. */
struct bs_cards_wait {
	struct bs_list list;
	int64_t count;
	bool newest;                  /* from the first on: such lists lie on the shelf */
	const struct bs_cards *known; /* they did */
	struct bs_list_place place;   /* else from here on, */
	struct bs_stmt *stmt;         /* cards, or of a series which stories */
};
enum bs_rc bs_cards_begin(struct bs_page *page, struct bs_list list, int64_t from, int64_t count, struct bs_cards_wait *out,
                          struct bs_err *err) BS_CHECK;
enum bs_rc bs_cards_end(struct bs_page *page, struct bs_cards_wait *wait, struct bs_cards *out, struct bs_err *err) BS_CHECK;
enum { BS_NEWEST_MOST = 32 };
struct bs_newest {
	size_t count;
	int64_t ids[BS_NEWEST_MOST];
};
/* Which stories are the newest of a list, `count` at most (no more than BS_NEWEST_MOST); they lie on the shelf, too. Tags nothing: for what
 * is shown elsewhere. */
enum bs_rc bs_list_newest(struct bs_page *page, struct bs_list list, int64_t count, struct bs_newest *out, struct bs_err *err) BS_CHECK;
/* How many stories the list has in the page's language. */
enum bs_rc bs_list_count(struct bs_page *page, struct bs_list list, int64_t *out, struct bs_err *err) BS_CHECK;

struct bs_person_row {
	int64_t id;
	struct bs_str slug, name, job, url, email;
	const struct bs_lang *job_lang; /* NULL: not known */
	enum bs_role role;
	struct bs_media_ref portrait;
	struct bs_str portrait_alt; /* plain */
	struct bs_body bio;         /* filled for authors of a story page */
	const struct bs_lang *bio_lang;
	struct bs_cards cards;      /* others by this author */
};

struct bs_term_row {
	int64_t id;
	enum bs_vocabulary vocabulary;
	struct bs_str slug, name;
	struct bs_str code; /* "medtop:20000418", "m49:154"; or empty */
};

struct bs_correction_row {
	enum bs_correction_kind kind;
	int64_t made_at;
	struct bs_str note; /* markup */
};

/* Of a story that is shown in a language that it was not written in. */
struct bs_story_words {
	int64_t passages, done, by_person; /* done 0: shown as it was written */
	int64_t approved;                  /* by a second person */
	struct bs_str makers;              /* who and what translated, a name a line, people first */
	int number;                        /* the newest revision that was translated whole; 0: none */
	bool listed;
};

struct bs_version { /* a language in which the story can be read */
	int64_t id;
	struct bs_str public_id;
	struct bs_address address;
	const struct bs_lang *written; /* the language of its passages */
	int64_t published_at;
	struct bs_str canonical; /* absolute, where its text has its home; empty: here, as every translation of passages has */
};

enum { BS_STORY_AUTHORS = 2 }; /* of so many a story page shows other stories */

/* All that a story page shows. */
struct bs_story {
	int64_t id, original_id;
	struct bs_str public_id;
	struct bs_address address;     /* in the language that it is shown in */
	const struct bs_lang *written; /* the language of its passages */
	struct bs_story_words in_words; /* when that is another one */
	enum bs_kind kind;
	enum bs_status status;
	int64_t published_at, updated_at;
	int64_t body_id;
	int64_t words; /* of the body as it is shown */
	int revision;
	struct bs_str manifest_hash; /* of the revision: 64 hexadecimal digits */
	struct bs_str licence, canonical, media_contact, reason; /* canonical as in bs_version */
	struct bs_str source_name, source_url, source_permission;
	int64_t source_at, section_id;
	int64_t related_id;                   /* the term whose stories are related; 0: none */
	int64_t author_ids[BS_STORY_AUTHORS]; /* the first authors; 0: none */
	struct bs_str authors; /* names, one a line */
	struct bs_media_ref image;
	struct bs_str image_credit_url, image_licence;
	bool image_syndicate;
	bool has_notices, has_corrections, has_versions; /* that there is something to read; the last: beside itself */
	/* from the passages */
	struct bs_str title, subtitle, summary, author_line, image_alt, image_caption, image_credit; /* markup */
	struct bs_body body;
	struct bs_person_row *people;
	size_t person_count;
	struct bs_term_row *terms;
	size_t term_count;
	struct bs_str *notices; /* slugs that it names */
	size_t notice_count;
	struct bs_correction_row *corrections; /* newest first */
	size_t correction_count;
	struct bs_version *versions; /* itself among them, by language */
	size_t version_count;
	struct bs_cards related;
};

/* The story at this address: where it is now, and how public. Where no story is told in the address's language, one that is
 * translated into it, passage by passage, is found at the address that it has in its own.
 *   BS_OK         *out has what one row tells; its address may differ from the one asked for: redirect.
 *   BS_NOT_FOUND  no story has or had this address, or it is not public yet. */
enum bs_rc bs_story_find(struct bs_page *page, struct bs_address address, struct bs_story *out, struct bs_err *err) BS_CHECK;
/* The same by its id, in the page's language where it is listed in that. BS_NOT_FOUND when it is not public. */
enum bs_rc bs_story_load(struct bs_page *page, int64_t id, struct bs_story *out, struct bs_err *err) BS_CHECK;
/* Whatever its status, for those who work on it; the page is in the story's language then. */
enum bs_rc bs_story_look(struct bs_page *page, int64_t id, struct bs_story *out, struct bs_err *err) BS_CHECK;
/* Fill in the rest: one more round trip. `extras`: with biographies, other stories and related ones. Tags the page. */
enum bs_rc bs_story_fill(struct bs_page *page, struct bs_story *story, bool extras, struct bs_err *err) BS_CHECK;

/* The names of people and terms with stories in the page's language (bs_search_names_load in newsroom/search.h), kept between pages. */
enum bs_rc bs_names_known(struct bs_page *page, struct bs_str *out, struct bs_err *err) BS_CHECK;

#endif
