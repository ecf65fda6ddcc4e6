/* one.h - the page of one record that stories name, a term or a person: shown whole and saved (whole.h), or, by a button alone, made one with
 * another of its kind or removed.
 *
 * What is the same for all kinds is in one.c. What a kind does in its own way stands in a table of functions, which are handed the kind's own
 * state; it lives as long as the visit. Those that take a database run inside the transaction that writes, `load` before the page, too. */
#ifndef BS_DESK_PAPER_ONE_H
#define BS_DESK_PAPER_ONE_H

#include "desk/paper/whole.h"

struct bs_paper_kind {
	const char *pages;            /* the address before the id: "/desk/paper/terms" */
	const char *merged, *removed; /* actions of the audit log */
	enum bs_desk_msg used;        /* why it cannot be removed */
	/* What is stored, the form with it, and what it may become. BS_NOT_FOUND: there is no such record. */
	enum bs_rc (*load)(void *own, struct bs_db *db, struct bs_err *err);
	/* Write what was typed into a form that nobody has overtaken; or complain of its fields, then nothing is written. */
	enum bs_rc (*save)(void *own, struct bs_db *db, struct bs_err *err);
	/* The slug of another one. BS_NOT_FOUND. */
	enum bs_rc (*find)(void *own, struct bs_db *db, int64_t id, struct bs_str *slug, struct bs_err *err);
	enum bs_rc (*merge)(void *own, struct bs_db *db, int64_t into, struct bs_err *err);
	/* BS_CONFLICT: something has it still. */
	enum bs_rc (*remove)(void *own, struct bs_db *db, struct bs_err *err);
	enum bs_rc (*print)(void *own, struct bs_err *err);
	struct bs_str (*list)(const void *own);    /* address of the list that it stands in */
	struct bs_str (*subject)(const void *own); /* what the audit log calls it */
};

struct bs_paper_one {
	struct bs_visit *visit;
	const struct bs_paper_kind *kind;
	void *own;                /* the kind's state */
	int64_t id;               /* 0: a new one */
	struct bs_choice *others; /* what it may become, itself left out; the first is none */
	size_t other_count;
	struct bs_whole *whole;
	struct bs_str fault;      /* above the form: why a button alone did nothing */
};

/* The page, and what its form and its buttons do. */
enum bs_rc bs_paper_one_show(struct bs_paper_one *one, struct bs_err *err) BS_CHECK;
enum bs_rc bs_paper_one_act(struct bs_paper_one *one, struct bs_err *err) BS_CHECK;

/* For a kind's functions: tabs, form, fault, and what it may become, into the view; */
void bs_paper_one_put(struct bs_paper_one *one, struct bs_dict *view);
/* a line of the audit log. */
enum bs_rc bs_paper_one_tell(struct bs_paper_one *one, struct bs_db *db, const char *action, struct bs_str detail, struct bs_err *err) BS_CHECK;

#endif
