/* library.h - the pictures of the newsroom as the desk knows them: what is said of each, where it is used, how it is found.
 *
 * A picture is a master among the media (newsroom/catalog.h) and what people said of it. Stories take a copy of these words when they
 * take the picture; what is changed here later does not reach into them. Texts are plain. Everything lives in the arena. */
#ifndef BS_DESK_LIBRARY_H
#define BS_DESK_LIBRARY_H

#include "desk/visit.h"

struct bs_library_picture {
	int64_t id;
	struct bs_str hash; /* 64 hexadecimal digits */
	struct bs_str mime, name;
	int64_t bytes;
	int width, height;
	int focus_x, focus_y; /* percent of width and height, from the left and the top */
	struct bs_str alt, caption, credit, credit_url, licence;
	bool may_syndicate;
	bool confirmed;       /* somebody looked at these words */
	int64_t added_at;     /* 0: not known */
};

/* BS_NOT_FOUND: there is none. */
enum bs_rc bs_library_get(struct bs_arena *arena, struct bs_db *db, int64_t id, struct bs_library_picture *out, struct bs_err *err) BS_CHECK;

enum { BS_LIBRARY_PAGE = 48 };
struct bs_library_list {
	struct bs_library_picture rows[BS_LIBRARY_PAGE];
	size_t count;
	int64_t next; /* the list goes on below this id; 0: it does not */
};
/* The newest `most` of them (at most BS_LIBRARY_PAGE) below the id (0: from the newest) that have all these words, the last one of which
 * may be unfinished. */
enum bs_rc bs_library_find(struct bs_visit *visit, struct bs_str words, int64_t below, size_t most, struct bs_library_list *out,
                           struct bs_err *err) BS_CHECK;

/* Write what is said of it, with its focus, and the words by which it is found. In a write transaction. */
enum bs_rc bs_library_save(struct bs_visit *visit, struct bs_db *db, const struct bs_library_picture *picture, struct bs_err *err) BS_CHECK;
/* The same of one that has just come in: BS_OK and nothing changed when somebody described it before. */
enum bs_rc bs_library_add(struct bs_visit *visit, struct bs_db *db, const struct bs_library_picture *picture, struct bs_err *err) BS_CHECK;

enum bs_use_kind { BS_USE_LEAD, BS_USE_TEXT, BS_USE_PAST, BS_USE_PERSON, BS_USE_TERM, BS_USE_KINDS };
struct bs_library_use {
	enum bs_use_kind kind;
	int64_t id;          /* of the story, person or term */
	struct bs_str title; /* markup of a story; of others plain */
	struct bs_str status;
};
enum { BS_LIBRARY_USES = 200 };
/* At most BS_LIBRARY_USES places. */
enum bs_rc bs_library_uses(struct bs_arena *arena, struct bs_db *db, const struct bs_library_picture *picture, struct bs_library_use **out,
                           size_t *count, struct bs_err *err) BS_CHECK;

/* Whether who asks may see the story that is this use; bs_library_unseen stands in place of the title of one that they may not. */
enum bs_rc bs_library_use_is_seen(struct bs_visit *visit, const struct bs_library_use *use, bool *seen, struct bs_err *err) BS_CHECK;
extern const struct bs_str bs_library_unseen;

/* The address of a rendition that is good for a thumbnail, and of one to look at. */
struct bs_str bs_library_thumb(struct bs_arena *arena, const struct bs_library_picture *picture);
struct bs_str bs_library_url(struct bs_arena *arena, const struct bs_library_picture *picture);

/* {"id", "url", "thumb", "width", "height", "alt", "caption", "credit", "credit_url", "licence", "may_syndicate", "name"} put into `out`. */
struct bs_json;
void bs_library_json(struct bs_arena *arena, const struct bs_library_picture *picture, struct bs_json *out);

#endif
