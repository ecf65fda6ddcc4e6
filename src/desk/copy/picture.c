/* picture.c - where a picture that a text names by its number ("media:5") is to be seen, for the writing surface. */
#include "desk/pages.h"
#include "newsroom/catalog.h"
#include "newsroom/picture.h"

BS_DESK_SHOW(copy_picture)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(visit->db, BS_Q_media_get, BS_VALUES(bs_int(visit->request->captures.number[BS_CAPTURE_ID])), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK && bs_stmt_str(stmt, BS_C_media_get_hash).len != BS_HASH_SIZE)
		rc = bs_fail(err, BS_CORRUPT, "a picture whose hash is none");
	if (rc == BS_OK) {
		struct bs_str hash = bs_stmt_str(stmt, BS_C_media_get_hash); /* binary */
		char hex[2 * BS_HASH_SIZE];
		struct bs_str ending = bs_media_ending(bs_stmt_str(stmt, BS_C_media_get_mime));
		int width = (int)bs_stmt_int(stmt, BS_C_media_get_width);
		bs_hex_encode((const uint8_t *)hash.ptr, BS_HASH_SIZE, hex);
		/* There are renditions of all that stands still. */
		if (width > 0 && !bs_str_eq(ending, BS_STR("gif"))) {
			width = bs_picture_usual_width(width);
			ending = BS_STR("jpg");
		}
		visit->location = bs_arena_printf(visit->arena, "/media/%.*s/%d.%.*s", (int)sizeof(hex), hex, width, (int)ending.len,
		                                  ending.ptr);
	}
	bs_stmt_free(&stmt);
	return rc;
}
