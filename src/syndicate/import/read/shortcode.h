/* shortcode.h - Markdown as other tools write it, with their own marks in it, becomes Markdown alone.
 *
 * Hugo's shortcodes ({{< figure src="x" >}}, {{% note %}} … {{% /note %}}), Jekyll's Liquid ({% include … %}, {{ site.url }})
 * and kramdown's attribute lists ({: .class}) become what they mean: pictures, links to films and posts, asides,
 * quotations, code, addresses of other stories. Of those nobody knows the text inside is kept; what has none is left out.
 * Either is remarked with its line, BS_REMARK_SHORTCODE. None is ever left as it stands, but Liquid in program text.
 *
 * Pure; safe from any thread when `address` is. Time is linear in the text. Text without such marks comes back as it is;
 * otherwise the result lives in the arena. */
#ifndef BS_SYNDICATE_IMPORT_READ_SHORTCODE_H
#define BS_SYNDICATE_IMPORT_READ_SHORTCODE_H

#include "syndicate/import/read/remarks.h"

struct bs_references {
	/* The address on this site of what a document calls `target` (a file's name, a path of its own site), or empty. */
	struct bs_str (*address)(void *ctx, struct bs_str target);
	/* Whether a whole address is one of the documents' own site; NULL: none is. */
	bool (*own)(void *ctx, struct bs_str address);
	/* Is there a file that the document calls `name`, and not on another site? NULL: that is not known. */
	bool (*has_file)(void *ctx, struct bs_str name);
	void *ctx;
};

/* `first_line` is the line of the file in which `text` starts. refs may be NULL: every reference loses its target.
 *   BS_LIMIT  more than BS_MAX_SHORTCODES of them, or the text grows over BS_MAX_DOCUMENT */
enum { BS_MAX_SHORTCODES = 5000 };
enum bs_rc bs_shortcodes_resolve(struct bs_arena *arena, struct bs_str text, int first_line,
                                 const struct bs_references *refs, struct bs_str *out, struct bs_remarks *remarks,
                                 struct bs_err *err) BS_CHECK;

#endif
