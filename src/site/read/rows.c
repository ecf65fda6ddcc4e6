/* rows.c - see rows.h. */
#include "site/read/rows.h"

#include "text/markup.h"

struct bs_str bs_row_text(struct bs_page *page, const struct bs_stmt *stmt, int column)
{
	return bs_arena_copy(page->arena, bs_stmt_str(stmt, column));
}

struct bs_str bs_row_hex(struct bs_page *page, const struct bs_stmt *stmt, int column)
{
	struct bs_str hash = bs_stmt_blob(stmt, column);
	char *hex = bs_arena_alloc(page->arena, 2 * hash.len + 1);

	bs_hex_encode((const uint8_t *)hash.ptr, hash.len, hex);
	return bs_str_n(hex, 2 * hash.len);
}

struct bs_media_ref bs_row_media(struct bs_page *page, const struct bs_stmt *stmt, int column)
{
	if (bs_stmt_is_null(stmt, column))
		return (struct bs_media_ref){ 0 };
	return (struct bs_media_ref){ .hash = bs_row_hex(page, stmt, column), .mime = bs_row_text(page, stmt, column + 1),
	                              .width = (int)bs_stmt_int(stmt, column + 2), .height = (int)bs_stmt_int(stmt, column + 3) };
}

/* Languages are checked when a story is saved. */
const struct bs_lang *bs_row_lang(struct bs_page *page, struct bs_str code)
{
	const struct bs_lang *lang = bs_lang_find(code);

	return lang != NULL ? lang : page->publication->lang;
}

void bs_row_job(struct bs_page *page, const struct bs_stmt *stmt, struct bs_person_row *person)
{
	struct bs_str said = bs_stmt_str(stmt, BS_C_story_people_job_in);

	if (said.len == 0) {
		person->job = bs_row_text(page, stmt, BS_C_story_people_job);
		return;
	}
	person->job = bs_markup_plain(page->arena, said);
	person->job_lang = bs_row_lang(page, bs_stmt_str(stmt, BS_C_story_people_job_lang));
}

void *bs_rows_grow(struct bs_page *page, void *list, size_t count, size_t size)
{
	void *more;

	if (count > 0 && (count < 8 || (count & (count - 1)) != 0))
		return list;
	more = bs_arena_array(page->arena, count == 0 ? 8 : 2 * count, size);
	if (count > 0)
		memcpy(more, list, count * size);
	return more;
}

struct bs_str bs_in_its_language(struct bs_page *page, struct bs_str markup, const struct bs_lang *lang, const struct bs_lang *shown)
{
	if (lang == shown || markup.len == 0)
		return markup;
	return bs_arena_printf(page->arena, "<span lang=\"%.*s\" dir=\"%s\">%.*s</span>", BS_ALL(lang->code), lang->rtl ? "rtl" : "ltr",
	                       BS_ALL(markup));
}
