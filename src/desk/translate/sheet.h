/* sheet.h - a story in a language as the translation desk has it open: original and translation side by side, passage by passage. Private to
 * the pages of this folder.
 *
 * A sheet is a part of the story, BS_TSHEET_PASSAGES of its passages, so that a form never has more fields than a form may. For each passage the
 * form brings back what was typed and which entry it was typed over; what somebody else has saved meanwhile is a conflict of
 * that passage alone. */
#ifndef BS_DESK_TRANSLATE_SHEET_H
#define BS_DESK_TRANSLATE_SHEET_H

#include "desk/story.h"
#include "newsroom/translation.h"

enum { BS_TSHEET_PASSAGES = 40, BS_CLAIM_DAYS = 3 };

enum bs_approval { BS_APPROVAL_OFF, BS_APPROVAL_SHOWN, BS_APPROVAL_HIDDEN };

struct bs_tsheet_passage {
	const struct bs_translation_row *row;
	const struct bs_translation_before *before; /* NULL: nothing was there before it */
	struct bs_str refused;  /* why the engines did not translate it; or empty */
	/* Of the form. */
	bool sent;              /* its field came */
	struct bs_str typed;    /* as typed */
	int64_t base;           /* the entry that it was typed over; 0: nothing was there */
	bool accept;            /* it is found good as it stands */
	bool dirty;             /* what was typed is not what is stored, and stays in the field */
	/* What is to be said of it, on the page that is printed now. */
	struct bs_str fault;    /* or empty */
	struct bs_str note;     /* or empty: what was put into the field */
	struct bs_str theirs;   /* markup that somebody else saved meanwhile; or empty */
	struct bs_str theirs_by;
};

struct bs_tsheet {
	struct bs_visit *visit;
	struct bs_desk_story story;
	const struct bs_lang *from, *to;
	enum bs_approval approval;
	struct bs_translation_row *rows; /* of the whole story */
	size_t row_count;
	size_t part, part_count;         /* from 0 */
	struct bs_tsheet_passage *passages; /* of the part */
	size_t count;
	struct bs_translation_state state; /* of the whole story in the language */
	struct {
		int64_t account_id; /* 0: nobody has it */
		struct bs_str name;
		int64_t claimed_at, expires_at;
	} claim;
	struct bs_value notice; /* above the form; or null */
};

/* Load it from `db`, with the form of a POST if there is one.
 *   BS_NOT_FOUND  no such story, or it is written in that language
 *   BS_DENIED     not for the role */
enum bs_rc bs_tsheet_load(struct bs_visit *visit, struct bs_db *db, struct bs_tsheet *out, struct bs_err *err) BS_CHECK;
struct bs_tsheet_passage *bs_tsheet_find(struct bs_tsheet *sheet, int64_t passage_id);
/* "/desk/story/7/translate/de", with the part. */
struct bs_str bs_tsheet_path(const struct bs_tsheet *sheet, bool with_part);
enum bs_rc bs_tsheet_print(struct bs_tsheet *sheet, struct bs_err *err) BS_CHECK;

/* save.c: what a form does; inside of bs_visit_write, ctx is a struct bs_tsheet_work. */
struct bs_tsheet_work {
	struct bs_tsheet sheet; /* loaded anew in the transaction */
	struct bs_visit *visit;
	size_t saved, conflicts, faults, approved;
	bool refused;          /* it is not for who asks */
};
enum bs_rc bs_tsheet_save(struct bs_db *db, void *ctx, struct bs_err *err) BS_CHECK;
enum bs_rc bs_tsheet_approve(struct bs_db *db, void *ctx, struct bs_err *err) BS_CHECK;
enum bs_rc bs_tsheet_claim(struct bs_db *db, void *ctx, struct bs_err *err) BS_CHECK;
enum bs_rc bs_tsheet_release(struct bs_db *db, void *ctx, struct bs_err *err) BS_CHECK;
/* All that is missing is given to the engines, by the queue. */
enum bs_rc bs_tsheet_ask_all(struct bs_db *db, void *ctx, struct bs_err *err) BS_CHECK;

/* suggest.c: put something into a passage's field, unsaved. `what` is "m12", "e34" or "b": the memory's, an earlier entry, what the passage before
 * it was translated as. BS_NOT_FOUND: there is no such thing. */
enum bs_rc bs_tsheet_use(struct bs_tsheet *sheet, struct bs_tsheet_passage *passage, struct bs_str what, struct bs_err *err) BS_CHECK;
/* What the engines say of it. What goes wrong is told at the passage. */
enum bs_rc bs_tsheet_ask(struct bs_tsheet *sheet, struct bs_tsheet_passage *passage, struct bs_err *err) BS_CHECK;

struct bs_tsheet_offer {
	struct bs_str what;   /* for bs_tsheet_use */
	struct bs_str markup; /* the translation */
	struct bs_str source; /* of what; empty: of this very passage */
	struct bs_str maker;
	int score;            /* percent */
};
enum { BS_TSHEET_OFFERS = 5 };
/* What was said of the passage, or of ones like it. */
enum bs_rc bs_tsheet_offers(struct bs_tsheet *sheet, const struct bs_tsheet_passage *passage, struct bs_tsheet_offer *out, size_t *count,
                           struct bs_err *err) BS_CHECK;

#endif
