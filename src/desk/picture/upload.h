/* upload.h - a file that somebody sent becomes a picture of the library, or a refusal that says what to do. */
#ifndef BS_DESK_UPLOAD_H
#define BS_DESK_UPLOAD_H

#include "desk/picture/library.h"

struct bs_upload {
	struct bs_str name;    /* of the file, as it was sent */
	struct bs_str refusal; /* for the person who sent it, names the file; empty: it is kept */
	bool known;            /* these pixels were there before */
	struct bs_library_picture picture; /* of one that is kept */
};

/* Develop the file and keep it. What is wrong with it is *out's refusal; other results are the database's or the disk's fault. */
enum bs_rc bs_upload_take(struct bs_visit *visit, const struct bs_form_field *file, struct bs_upload *out, struct bs_err *err) BS_CHECK;

#endif
