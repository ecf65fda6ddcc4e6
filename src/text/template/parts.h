/* parts.h - what the steps of the template engine hand to each other; for the files of this folder only.
 *
 *   scan.c     bytes → marks: every {{tag}} with its place, its partner and whether it has its line to itself
 *   compile.c  marks → ops: the instructions, with all text that a template prints in one blob
 *   set.c      names → a set of templates whose partials know each other
 *   render.c   ops + values → bytes
 *   common.c   what many pages show alike, printed once
 *   check.c    what a theme maker should look at
 *
 * All questions of white space are answered in compile.c, so that rendering knows only two things about lines: an op
 * that begins one (`line`), and line breaks within a text. Only where a partial stands indented on a line of its own
 * (`indent`) do they matter at all. */
#ifndef BS_TEXT_TEMPLATE_PARTS_H
#define BS_TEXT_TEMPLATE_PARTS_H

#include "text/template.h"

/* --- scan --- */

enum bs_mark_kind {
	BS_MARK_VALUE,    /* {{x}} */
	BS_MARK_RAW,      /* {{{x}}} {{&x}} */
	BS_MARK_SECTION,  /* {{#x}} */
	BS_MARK_INVERTED, /* {{^x}} */
	BS_MARK_CLOSE,    /* {{/x}} */
	BS_MARK_PARTIAL,  /* {{>x}} */
	BS_MARK_PARENT,   /* {{<x}} */
	BS_MARK_BLOCK,    /* {{$x}} */
	BS_MARK_SILENT,   /* {{! }} {{= =}} */
};

struct bs_mark {
	uint8_t kind;       /* enum bs_mark_kind */
	bool dynamic;       /* {{>*x}}: the name is looked up in the data */
	bool starts_line;   /* only blanks before it on its line */
	bool ends_line;     /* only blanks behind it on its line */
	uint32_t begin, end; /* offsets of the tag itself */
	uint32_t left;      /* where its line starts; begin when it does not start a line */
	uint32_t right;     /* where the next line starts; end when it does not end a line */
	uint32_t partner;   /* index of the mark that closes or opens it */
	uint32_t line, column; /* of begin, from 1 */
	struct bs_str name; /* borrowed from the source */
};

struct bs_marks {
	struct bs_mark *list;
	uint32_t count;
	size_t room;
};

/* All tags of the source, nested as they should be. BS_INVALID for a tag that is not well-formed. */
enum bs_rc bs_template_scan(struct bs_arena *arena, const struct bs_template_source *source, struct bs_marks *out,
                            struct bs_err *err) BS_CHECK;

/* --- compile --- */

enum bs_op_kind {
	BS_OP_TEXT,     /* at, end: offset and length in the blob */
	BS_OP_VALUE,    /* name, parts, at: see struct bs_op */
	BS_OP_RAW,
	BS_OP_SECTION,  /* as VALUE; the body is up to `end` */
	BS_OP_INVERTED,
	BS_OP_PARTIAL,  /* at: index of the include; a dynamic one has its name as VALUE does, but include.rest */
	BS_OP_PARENT,   /* the same; its arguments (ARG) are up to `end` */
	BS_OP_ARG,      /* name: of the block; the content is up to `end` */
	BS_OP_BLOCK,    /* name; at: index of the include (indent); the default content is up to `end` */
};

/* A name in the data: parts 0 is ".", 1 is `name` alone, more are `name` and parts - 1 symbols at `at` in paths. */
struct bs_op {
	uint8_t kind; /* enum bs_op_kind */
	bool line;    /* begins a line of the template: indentation goes before it */
	uint16_t parts;
	uint16_t name;
	uint32_t at;
	uint32_t end;
};

struct bs_include {
	struct bs_str name;               /* of a partial or parent; empty for dynamic ones and blocks */
	const struct bs_template *target; /* NULL: there is none */
	struct bs_str indent;             /* put before each of its lines */
	uint32_t rest;                    /* of a dynamic name */
	bool dynamic;
	bool own_line;                    /* keeps the indentation around it, and adds `indent` */
};

struct bs_place {
	uint32_t line, column;
};

struct bs_template {
	const struct bs_templates *set;
	struct bs_template *next; /* in the set, in the order loaded */
	struct bs_str name;
	struct bs_str file;
	const char *blob;
	const struct bs_op *ops;
	const uint16_t *paths;
	struct bs_include *includes;
	const struct bs_place *places; /* of each op, for messages */
	uint32_t op_count;
	uint32_t include_count;
	uint32_t number; /* in the set, from 0 */
};

/* Compile the source into *out, made in `arena`; names are interned into `symbols`. Includes have no targets yet.
 * BS_INVALID for a name that is none, BS_LIMIT for one symbol too many. */
enum bs_rc bs_template_compile(struct bs_arena *arena, struct bs_symbols *symbols,
                               const struct bs_template_source *source, struct bs_template *out,
                               struct bs_err *err) BS_CHECK;

/* Word an error with its place: "FILE:LINE:COLUMN: …". */
enum bs_rc bs_template_fault(struct bs_err *err, enum bs_rc rc, struct bs_str file, struct bs_place place,
                             const char *fmt, ...) BS_PRINTF(5, 6);

/* --- set --- */

struct bs_template *bs_templates_first(const struct bs_templates *set);
uint32_t bs_templates_size(const struct bs_templates *set);

/* --- common --- */

enum { BS_RECORD_NAMES = 23 };

/* What a partial looked up in the two contexts of a page. */
struct bs_record {
	uint16_t names[BS_RECORD_NAMES]; /* found in the common one */
	uint16_t count;
	bool own; /* something of the page's own, or that is nowhere: another page may have it */
};

void bs_record_note(struct bs_record *record, uint16_t name);
/* Append what is kept of the template; false: nothing is that would be true of this view. */
bool bs_common_put(const struct bs_common *common, const struct bs_template *template, const struct bs_dict *view, struct bs_buf *out);
/* Keep what the template made, if the record says that it may be. */
void bs_common_keep(struct bs_common *common, const struct bs_template *template, const struct bs_record *record, struct bs_str text);

#endif
