/* draft.h - a story as it comes in: what an importer, and the desk, hand to the ledger.
 *
 * Plain data. All text is borrowed from whoever filled it (usually one arena per document) and only read by the
 * ledger. Text called markup is canonical inline markup (text/markup.h): made by bs_html_*, bs_markdown_* or
 * bs_markup_of_text, never by hand. Text called plain is UTF-8 without markup, not yet escaped. Empty means absent.
 *
 * People, terms and notices are named, not numbered: the ledger finds them by slug, else by name, and makes those
 * that are new (a notice must exist). */
#ifndef BS_NEWSROOM_DRAFT_H
#define BS_NEWSROOM_DRAFT_H

#include "base/mem.h"
#include "text/body.h"

struct bs_json;
struct bs_reckoned;

enum bs_kind {
	BS_KIND_NEWS,
	BS_KIND_ANALYSIS,
	BS_KIND_OPINION,
	BS_KIND_INTERVIEW,
	BS_KIND_REPORT,
	BS_KIND_EXPLAINER,
	BS_KIND_REVIEW,
	BS_KIND_OBITUARY,
	BS_KIND_PAGE, /* about, contact …: has an address without a date, stands in no listing */
	BS_KIND_COUNT
};

enum bs_status {
	BS_STATUS_DRAFT,
	BS_STATUS_REVIEW,
	BS_STATUS_SCHEDULED, /* published once `published_at` has come */
	BS_STATUS_PUBLISHED,
	BS_STATUS_WITHDRAWN, /* 410, with `reason` */
	BS_STATUS_COUNT
};

enum bs_role { BS_ROLE_AUTHOR, BS_ROLE_TRANSLATOR, BS_ROLE_PHOTOGRAPHER, BS_ROLE_EDITOR, BS_ROLE_COUNT };

enum bs_vocabulary { BS_REGION, BS_THEME, BS_REPORT, BS_TAG, BS_VOCABULARY_COUNT };

enum bs_correction_kind { BS_UPDATE, BS_CLARIFICATION, BS_CORRECTION, BS_RETRACTION, BS_CORRECTION_KIND_COUNT };

/* The words these have in files, addresses and the database: "review", "explainer" … */
struct bs_str bs_kind_name(enum bs_kind kind);
struct bs_str bs_status_name(enum bs_status status);
struct bs_str bs_role_name(enum bs_role role);
struct bs_str bs_vocabulary_name(enum bs_vocabulary vocabulary);
struct bs_str bs_correction_kind_name(enum bs_correction_kind kind);
/* The other way; ASCII case does not matter. BS_NOT_FOUND for a word that is none of them. */
enum bs_rc bs_kind_of(struct bs_str name, enum bs_kind *out) BS_CHECK;
enum bs_rc bs_status_of(struct bs_str name, enum bs_status *out) BS_CHECK;
enum bs_rc bs_role_of(struct bs_str name, enum bs_role *out) BS_CHECK;
enum bs_rc bs_vocabulary_of(struct bs_str name, enum bs_vocabulary *out) BS_CHECK;
enum bs_rc bs_correction_kind_of(struct bs_str name, enum bs_correction_kind *out) BS_CHECK;

/* Whether a page may have this slug: its address, /slug, must not be one of the site's own, as that of a language, a year, or the archive. */
bool bs_page_slug_free(struct bs_str slug);

struct bs_draft_credit { /* one name of the byline */
	struct bs_str slug; /* or empty: found by name */
	struct bs_str name; /* plain; or empty: the person must exist */
	enum bs_role role;
};

struct bs_draft_term {
	enum bs_vocabulary vocabulary;
	struct bs_str slug; /* or empty: found by name, else made from it */
	struct bs_str name; /* plain, in the story's language; or empty: as stored, else made from the slug */
};

struct bs_draft_image {
	int64_t media_id;         /* 0: no lead image */
	struct bs_str alt;        /* markup */
	struct bs_str caption;    /* markup */
	struct bs_str credit;     /* markup */
	struct bs_str credit_url; /* http or https */
	struct bs_str licence;    /* plain */
	bool may_syndicate;
};

struct bs_draft_correction {
	enum bs_correction_kind kind;
	int64_t made_at;
	struct bs_str note; /* markup */
};

struct bs_draft_source { /* first published elsewhere */
	struct bs_str name;
	struct bs_str url;
	int64_t published_at;
	struct bs_str permission; /* plain: under which it is carried */
};

struct bs_draft_address { /* one that leads to the story */
	struct bs_str lang;
	int year, month; /* 0 and 0: without a date */
	struct bs_str slug;
};

struct bs_draft_citation { /* what is known of where a link leads, besides the link itself */
	struct bs_str url;
	struct bs_str title; /* of the page; empty: the linked words */
	struct bs_str publisher;
	struct bs_str health; /* ok, moved, gone, unreached; or empty: nobody has looked */
	struct bs_str archived_url;
	int64_t seen_at; /* 0: when the story is saved */
};

struct bs_draft {
	struct bs_str public_id; /* of the story this is a revision of, or that a new one brings along; empty: a new story */
	struct bs_str lang;      /* BCP 47 as in the table of languages */
	enum bs_kind kind;
	enum bs_status status;
	struct bs_str slug; /* empty: made from the title, and made free with -2, -3 … */
	bool slug_yields;   /* the given one, too, is made free where it is another story's */
	int64_t published_at;
	int64_t updated_at; /* 0: never since */
	struct bs_str title; /* markup; the only field that must be there */
	struct bs_str subtitle;    /* markup */
	struct bs_str summary;     /* markup */
	struct bs_str author_line; /* markup: about the author, at the end */
	struct bs_draft_source source;
	struct bs_draft_image image;
	struct bs_body body; /* blocks and links; its pictures are "src=media:ID", ID as bs_media_save gave it */
	const struct bs_reckoned *reckoned; /* of the body, made ahead (reckon.h); or NULL */
	struct bs_draft_credit *byline;
	size_t byline_count;
	struct bs_draft_term *terms;
	size_t term_count;
	struct bs_str *notices; /* slugs */
	size_t notice_count;
	struct bs_draft_correction *corrections; /* all of them, oldest first; those stored before must lead the list */
	size_t correction_count;
	struct bs_str translation_of; /* public id of the original */
	struct bs_str licence;        /* plain, of republishing; empty: the newsroom's */
	struct bs_str canonical;      /* URL; empty: its own */
	struct bs_str media_contact;  /* plain; empty: the newsroom's */
	struct bs_str reason;         /* plain, of a withdrawal */
	int featured;                 /* 2 lead, 1 second, 0 none */
	/* No revision says these two. Addresses are only ever added; the story's own need not be among them. */
	struct bs_draft_address *addresses;
	size_t address_count;
	struct bs_draft_citation *citations; /* of links in the body; of others they are not kept */
	size_t citation_count;
	const struct bs_json *extra;  /* an object: what a document said besides all this, kept for its export; or NULL */
};

#endif
