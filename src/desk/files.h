/* files.h - what is in the program for the desk: its templates, compiled once, its style sheet and scripts, and the words of each language
 * that it speaks as values of templates. Made when the desk opens; read-only from then on, safe from any thread. */
#ifndef BS_DESK_FILES_H
#define BS_DESK_FILES_H

#include "desk/visit.h"
#include "text/template.h"

struct bs_desk_file {
	struct bs_str name;    /* "desk.css", "editor.js" */
	struct bs_str bytes;
	struct bs_str type;    /* Content-Type */
	struct bs_str address; /* "/desk/assets/HASH/desk.css": another one when the bytes are others */
};

struct bs_desk_files;

enum bs_rc bs_desk_files_new(struct bs_desk_files **out, struct bs_err *err) BS_CHECK;
void bs_desk_files_free(struct bs_desk_files **files);
/* The template of this name; the desk's own code names those that there are. */
const struct bs_template *bs_desk_template(const struct bs_desk_files *files, struct bs_str name);
/* NULL: there is none. */
const struct bs_desk_file *bs_desk_file(const struct bs_desk_files *files, struct bs_str name);
/* The language in which the desk speaks to somebody who would have it in this one: itself, or English. */
const struct bs_lang *bs_desk_lang(const struct bs_lang *lang);
/* All messages without parameters, as {sign_in_title: …}. */
struct bs_value bs_desk_words(const struct bs_desk_files *files, const struct bs_lang *lang);

#endif
