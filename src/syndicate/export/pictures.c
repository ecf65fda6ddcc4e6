/* pictures.c - pictures that exported files show; see run.h.
 *
 * A picture stands in a folder named by its hash, under the name it came with: no two can meet, the name says what it is, and an
 * import keeps just that name. */
#include "base/limits.h"
#include "newsroom/catalog.h"
#include "newsroom/ledger.h"
#include "syndicate/export/run.h"
#include "text/slug.h"

enum { FOLDER_LEN = 32, NAME_MAX_BYTES = 100 }; /* hexadecimal digits: 128 bits, which nobody makes two pictures share */

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* A name that every file system takes, and every tool that reads addresses. */
static bool is_safe(struct bs_str name)
{
	if (name.len == 0 || name.len > NAME_MAX_BYTES || !is_letter_or_digit(name.ptr[0]) || name.ptr[name.len - 1] == '.')
		return false;
	for (size_t i = 0; i < name.len; i++) {
		if (!is_letter_or_digit(name.ptr[i]) && strchr("-_.", name.ptr[i]) == NULL)
			return false;
	}
	return true;
}

static struct bs_str name_of(struct bs_arena *arena, struct bs_str name, struct bs_str ending)
{
	struct bs_str stem = name;
	size_t dot = name.len;

	while (dot > 0 && name.ptr[dot - 1] != '.')
		dot--;
	if (dot > 1)
		stem = bs_str_sub(name, 0, dot - 1);
	if (is_safe(name) && !bs_export_is_device(bs_str_sub(name, 0, bs_str_find_byte(name, '.', 0))))
		return name;
	stem = bs_slug_make(arena, bs_lang_ascii(arena, &bs_langs[BS_LANG_en], stem), BS_STR("picture"));
	return bs_arena_printf(arena, "%.*s%s.%.*s", (int)stem.len, stem.ptr, bs_export_is_device(stem) ? "_" : "", (int)ending.len,
	                       ending.ptr);
}

/* "../../" for each folder that `file` is in. */
static struct bs_str seen_from(struct bs_arena *arena, struct bs_str file, struct bs_str target)
{
	struct bs_buf path = BS_BUF(4096);
	struct bs_str seen;

	for (size_t i = 0; i < file.len; i++) {
		if (file.ptr[i] == '/')
			bs_buf_lit(&path, "../");
	}
	bs_buf_put(&path, target);
	seen = bs_arena_copy(arena, bs_buf_str(&path));
	bs_buf_free(&path);
	return seen;
}

static enum bs_rc put(struct bs_export_run *run, struct bs_arena *arena, struct bs_str file, struct bs_str target,
                      const char *from, struct bs_err *err)
{
	bool written = false;
	enum bs_rc rc;

	if (bs_tree_has(&run->tree, target))
		return BS_OK;
	rc = bs_tree_copy(&run->tree, arena, target, from, &written, err);
	if (rc == BS_NOT_FOUND) {
		bs_export_remark(run, file, bs_arena_printf(arena, "its picture %s is lost; bring it back from a backup", from).ptr);
		return BS_OK;
	}
	run->result->pictures += rc == BS_OK;
	run->result->written += written;
	return rc;
}

enum bs_rc bs_export_picture(struct bs_export_run *run, struct bs_arena *arena, struct bs_str file, int64_t media_id,
                             struct bs_str *path, struct bs_err *err)
{
	struct bs_stmt *row = NULL;
	struct bs_str name, mime, hash, from, target;
	char hex[2 * BS_HASH_SIZE];
	enum bs_rc rc;

	*path = (struct bs_str){ 0 };
	if (media_id == 0)
		return BS_OK;
	rc = bs_db_query(run->db, BS_Q_export_media, BS_VALUES(bs_int(media_id)), &row, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(row, err);
	if (rc == BS_OK && bs_stmt_blob(row, BS_C_export_media_hash).len != BS_HASH_SIZE)
		rc = bs_fail(err, BS_CORRUPT, "a picture without its hash");
	if (rc == BS_OK) {
		hash = bs_stmt_blob(row, BS_C_export_media_hash);
		mime = bs_stmt_str(row, BS_C_export_media_mime);
		bs_hex_encode((const uint8_t *)hash.ptr, BS_HASH_SIZE, hex);
		name = name_of(arena, bs_arena_copy(arena, bs_stmt_str(row, BS_C_export_media_name)), bs_media_ending(mime));
		from = bs_media_path(arena, run->options->media_dir, hash, mime);
		target = bs_arena_printf(arena, "pictures/%.*s/%.*s", FOLDER_LEN, hex, (int)name.len, name.ptr);
		*path = seen_from(arena, file, target);
	}
	bs_stmt_free(&row);
	return rc == BS_OK ? put(run, arena, file, target, from.ptr, err) : rc;
}
