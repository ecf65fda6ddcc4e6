/* incoming.h - a document taken apart, whatever it was: a draft, and what only the newsroom or the other documents of
 * the same import can settle (a picture's file, the story it translates, statements that become notices).
 *
 * Everything lives in the arena of the document. The readers below are pure and safe from any thread; each gives the same
 * for the same bytes. */
#ifndef BS_SYNDICATE_IMPORT_READ_INCOMING_H
#define BS_SYNDICATE_IMPORT_READ_INCOMING_H

#include "lang/date.h"
#include "newsroom/draft.h"
#include "syndicate/import/read/document.h"
#include "syndicate/import/read/shortcode.h"
#include "text/json.h"

/* What a document said itself, so that a translation can take the rest from its original. */
enum bs_given {
	BS_GIVEN_PUBLISHED = 1 << 0,
	BS_GIVEN_KIND = 1 << 1,
	BS_GIVEN_REGIONS = 1 << 2, /* the bits of the four vocabularies lie side by side */
	BS_GIVEN_THEMES = 1 << 3,
	BS_GIVEN_REPORTS = 1 << 4,
	BS_GIVEN_TAGS = 1 << 5,
	BS_GIVEN_IMAGE = 1 << 6,
	BS_GIVEN_SOURCE = 1 << 7,
	BS_GIVEN_NOTICES = 1 << 8,
	BS_GIVEN_LICENCE = 1 << 9,
	BS_GIVEN_FEATURED = 1 << 10,
	BS_GIVEN_LANGUAGE = 1 << 11,
	BS_GIVEN_SLUG = 1 << 12, /* else it was got from the file's name */
};

struct bs_incoming_notice { /* a statement of the page, to be stored as a notice and named by the story */
	const char *kind;   /* as the newsroom calls it: "disclaimer" … */
	struct bs_str title; /* plain; or empty */
	struct bs_str markdown;
};

struct bs_incoming_channel {
	struct bs_str name, url;
};

struct bs_incoming {
	struct bs_draft draft; /* image.media_id 0; public_id, translation_of and notices as the document names them */
	unsigned given;        /* enum bs_given */
	bool has_title;        /* false: nobody gave the story one */
	bool untitled;         /* and that is why it was refused */
	/* The story's place in the order in which its newsroom took its stories in, from 1; 0: the document does not say. One that
	 * does was written by an export and is all there is to say: nothing of it is got from elsewhere. */
	int64_t accession;
	struct bs_str image_file;     /* of the lead picture, as the document names it */
	struct bs_str translation_of; /* id, slug or address of the original, as the document names it; or empty */
	struct {
		int slug, translation_of, image;
	} lines; /* where these stand in the document, from 1; 0: nowhere */
	struct bs_str group;          /* equal for documents that are language versions of one story; or empty */
	struct bs_str own_url;        /* where the document says that it stands; or empty */
	struct bs_str old_path;       /* the same without scheme and host, "/2016/05/slug"; or empty */

	struct bs_str *aliases;       /* paths of the old site that led to it, too */
	size_t alias_count;

	/* What a page says of the site it was taken from. */
	struct bs_str publication;
	struct bs_incoming_notice notices[8];
	size_t notice_count;
	struct bs_str permission_contact;
	const struct bs_incoming_channel *channels;
	size_t channel_count;
};

struct bs_reading {
	struct bs_arena *arena;
	const struct bs_document *document;
	struct bs_str path;               /* of the file, with '/', for what its name says */
	const struct bs_lang *lang;       /* of a document that does not say otherwise */
	const struct bs_zone *zone;       /* of times without an offset; NULL: UTC */
	const struct bs_lang *home;       /* of the publication: its addresses have no language in front; NULL: lang */
	const struct bs_references *refs; /* or NULL: references lose their target */
	bool html_body;                   /* behind the front matter stands HTML, and none of it is a shortcode */
	struct bs_remarks *remarks;
};

/* Read a whole document of any format. Refused as the readers of document.h, fields.h, printed.h, text/html.h and
 * text/markdown.h refuse; BS_INVALID too when nothing gives the story a title. */
enum bs_rc bs_incoming_read(const struct bs_reading *reading, struct bs_incoming *out, struct bs_err *err) BS_CHECK;

/* As far as can be told from the front matter of Markdown: everything but title from a heading, body and its remarks. For
 * learning where the stories of an import will stand before any is read. */
enum bs_rc bs_incoming_front(const struct bs_reading *reading, struct bs_incoming *out, struct bs_err *err) BS_CHECK;

/* The line of the file in which a text stands first, as it is; 0 when it does not, or the document is no file. */
int bs_reading_line(const struct bs_reading *reading, struct bs_str text);

/* The readers by format; for bs_incoming_read. */
enum bs_rc bs_incoming_story_file(const struct bs_reading *reading, struct bs_incoming *out,
                                  struct bs_err *err) BS_CHECK;
enum bs_rc bs_incoming_web_page(const struct bs_reading *reading, struct bs_incoming *out, struct bs_err *err) BS_CHECK;
enum bs_rc bs_incoming_printed(const struct bs_reading *reading, struct bs_incoming *out, struct bs_err *err) BS_CHECK;

#endif
