/* shortcode_parts.h - between shortcode.c, which finds marks and their ends, shortcode_place.c, which tells where they
 * stand, and shortcode_say.c, which says what they mean; for these alone. */
#ifndef BS_SYNDICATE_IMPORT_READ_SHORTCODE_PARTS_H
#define BS_SYNDICATE_IMPORT_READ_SHORTCODE_PARTS_H

#include "syndicate/import/read/shortcode.h"

enum { BS_MAX_PARAMS = 32, BS_MAX_SHORTCODE_DEPTH = 16 };

struct bs_param {
	struct bs_str name; /* empty: it stands by its place */
	struct bs_str value;
};

struct bs_mark {
	enum bs_shortcode_kind { BS_MARK_SHORTCODE, BS_MARK_TAG, BS_MARK_OUTPUT } kind; /* {{< >}}, {% %}, {{ }} */
	bool closing; /* {{< /name >}}, {% endname %} */
	struct bs_str name;
	struct bs_str literal; /* what is to be seen of one that is escaped by stars, as Markdown; else empty */
	struct bs_param params[BS_MAX_PARAMS];
	size_t param_count;
};

/* The value of the first of these names that is given, or empty. Names are parted by spaces. */
struct bs_str bs_mark_param(const struct bs_mark *mark, const char *names);
/* The n-th value that stands by its place, or empty. */
struct bs_str bs_mark_place(const struct bs_mark *mark, size_t n);

struct bs_saying {
	struct bs_arena *arena;
	struct bs_buf *out;
	const struct bs_references *refs;
	struct bs_remarks *remarks;
	int line; /* of the mark */
};

/* Where a mark stands, by what is written before it. */
enum bs_standing {
	BS_STANDS_FREE,        /* where a paragraph may begin */
	BS_STANDS_IN_LINE,     /* in a link, a list item, a quotation, a table: it must stay on its line */
	BS_STANDS_IN_HTML,     /* in lines that begin with a tag, where Markdown is not read */
	BS_STANDS_FOR_ADDRESS, /* where an address is wanted: "](", href=" */
};
enum bs_standing bs_mark_standing(const struct bs_buf *out);

/* Say a mark without an inside, or one with it: `inside` is resolved already, and NULL when there is none. */
void bs_mark_say(struct bs_saying *saying, const struct bs_mark *mark, const struct bs_str *inside);

#endif
