/* remarks.h - what the readers of documents have to say about one besides its content, and where its fault is.
 *
 * A reader that refuses a document words why in struct bs_err and leaves the place here, so that whoever prints it can
 * write FILE:LINE:BYTE before it whatever the length of the file's name. What does not refuse it (a key that nothing
 * reads, a shortcode that was left out) is a remark; the run counts equal ones and tells each once.
 *
 * Lives in the arena that it was begun with. Not safe from two threads at once. */
#ifndef BS_SYNDICATE_IMPORT_READ_REMARKS_H
#define BS_SYNDICATE_IMPORT_READ_REMARKS_H

#include "base/mem.h"

enum bs_remark_kind {
	BS_REMARK_KEY,       /* a front matter key that nothing reads: kept with the story */
	BS_REMARK_LOST_KEY,  /* the same of a file that is no story: left out */
	BS_REMARK_SHORTCODE, /* a shortcode or template tag that was left out of the text */
	BS_REMARK_PICTURE,   /* a picture that is not there, or is none */
	BS_REMARK_REFERENCE, /* another document, term or person that is not there */
	BS_REMARK_TEXT,      /* anything else worth a look */
	BS_REMARK_KIND_COUNT
};

struct bs_remark {
	enum bs_remark_kind kind;
	int line;              /* from 1; 0: no certain place */
	struct bs_str subject; /* the key, the shortcode, the file: equal ones are counted together */
	struct bs_str text;    /* what was done about it; may be empty */
};

struct bs_remarks {
	struct bs_arena *arena;
	struct bs_remark *items;
	size_t count, room;
	size_t unsaid; /* over BS_MAX_REMARKS of one document: only counted */
	/* Where the fault is that refused the document: 0 when it has no place. */
	int line; /* from 1 */
	int byte; /* from 1, within the line */
};

enum { BS_MAX_REMARKS = 1000 };

#define BS_REMARKS(in_arena) ((struct bs_remarks){ .arena = (in_arena) })

/* Add one; subject and text are copied. */
void bs_remark(struct bs_remarks *remarks, enum bs_remark_kind kind, int line, struct bs_str subject,
               struct bs_str text);
/* Word the refusal and its place: `return bs_refuse(remarks, line, err, BS_INVALID, …)`. */
enum bs_rc bs_refuse(struct bs_remarks *remarks, int line, struct bs_err *err, enum bs_rc rc, const char *fmt, ...)
	BS_PRINTF(5, 6);

#endif
