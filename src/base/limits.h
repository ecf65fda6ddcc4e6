/* limits.h - every cap on what comes from outside, in one place. Sizes in bytes unless the name says otherwise.
 * Passing one is BS_LIMIT with a message that names the limit; nothing is allocated for what is over. */
#ifndef BS_BASE_LIMITS_H
#define BS_BASE_LIMITS_H

enum {
	/* Documents read by import */
	BS_MAX_DOCUMENT = 8 * 1024 * 1024, /* one file of text */
	BS_MAX_ARCHIVE = 512 * 1024 * 1024, /* the whole of another system, in one file */
	BS_MAX_PASSAGES = 5000,            /* blocks of one story */
	BS_MAX_PASSAGE = 256 * 1024,       /* canonical markup of one passage */
	BS_MAX_STORY_HTML = 8 * 1024 * 1024,
	BS_MAX_HTML_DEPTH = 256,           /* nesting that the sanitiser follows; deeper elements are flattened */
	BS_MAX_HTML_NODES = 1000000,       /* elements and texts of one document, those that the parser makes itself included */
	BS_MAX_SLUG = 120,
	BS_MAX_PUBLIC_ID = 100,
	BS_MAX_BYLINE = 64,                /* people of one story */
	BS_MAX_TERMS = 128,                /* terms of one story */
	BS_MAX_CITATIONS = 2000,           /* links of one story */
	BS_MAX_MEDIA_FILE = 50 * 1024 * 1024,
	BS_MAX_PIXELS = 200 * 1000 * 1000, /* of one picture: what a file of few bytes may swell to */
	BS_MAX_PICTURE_NAME = 200,         /* of the file that it came in */
	BS_MAX_URL = 2048,
	BS_MAX_FIELD = 16 * 1024,          /* one plain-text metadata field */
	BS_MAX_MESSAGE = 64 * 1024,        /* one of the site's own messages, filled in */

	/* Translation */
	BS_MAX_EXCHANGE = 64 * 1024 * 1024, /* a file of translations or terms */
	BS_MAX_TERM_TEXT = 500,             /* one term of a glossary */
	BS_MAX_GLOSSARY = 100000,           /* terms of a file */

	/* Jobs */
	BS_MAX_JOB_KEY = 200,
	BS_MAX_JOB_PAYLOAD = 64 * 1024,

	/* Accounts */
	BS_MAX_EMAIL = 254,                /* RFC 5321 */
	BS_MAX_PERSON_NAME = 200,
	BS_MAX_PASSWORD = 256,
	BS_MAX_AGENT = 160,                /* what is kept of a browser's name for itself */
	BS_MAX_AUDIT_TEXT = 2048,          /* subject or detail of an entry; longer ones are cut */

	/* Templates */
	BS_MAX_TEMPLATE = 1024 * 1024,
	BS_MAX_TEMPLATE_DEPTH = 64,        /* partials and sections within each other while rendering */
	BS_MAX_TEMPLATE_STEPS = 10 * 1000 * 1000, /* instructions of one page */
	BS_MAX_PAGE = 16 * 1024 * 1024,    /* one rendered page */
	BS_SHELF_BYTES = 6 * 1024 * 1024,  /* what pages show alike, kept between them */

	/* HTTP */
	BS_MAX_REQUEST_TARGET = 4096,
	BS_MAX_REQUEST_HEAD = 8 * 1024,    /* request line and header fields; cookies count twice */
	BS_MAX_RESPONSE_HEAD = 4 * 1024,   /* header fields that a response is given, values and all */
	BS_MAX_REQUEST_BODY = 1024 * 1024,
	BS_MAX_FORM_FIELDS = 1000,
	BS_MAX_REMARK = 8 * 1024,          /* what a colleague says about a passage */
	BS_MAX_DESK_BODY = 12 * 1024 * 1024, /* what the desk takes of somebody who is signed in, or was */
	BS_MAX_UPLOAD = 2 * BS_MAX_MEDIA_FILE + 1024 * 1024, /* a form with pictures: two of the largest, or many */
	BS_MAX_DESK_PAGE = 64 * 1024 * 1024, /* with all that a form of that size brought, escaped, and once more sealed */
	BS_MAX_QUERY = 512,                /* a search */
	BS_MAX_SEARCH_NAMES = 20000,       /* people and terms whose names a search looks at */
};

#endif
