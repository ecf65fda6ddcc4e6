/* archive.c - which system wrote the file, and what the readers share; see archive.h. */
#include "syndicate/import/archive/archive.h"

#include "base/limits.h"
#include "syndicate/import/read/links.h"

enum bs_archive_kind bs_archive_kind_of(struct bs_str head)
{
	struct bs_str start = bs_str_trim(bs_str_starts(head, BS_STR("\xEF\xBB\xBF")) ? bs_str_sub(head, 3, SIZE_MAX) : head);

	if (bs_str_starts(start, BS_STR("<")) && bs_str_find(head, BS_STR("wordpress.org/export/"), 0) != SIZE_MAX)
		return BS_ARCHIVE_WORDPRESS;
	if (bs_str_starts(start, BS_STR("{")) && bs_str_find(head, BS_STR("\"exported_on\""), 0) != SIZE_MAX &&
	    bs_str_find(head, BS_STR("\"meta\""), 0) != SIZE_MAX)
		return BS_ARCHIVE_GHOST;
	return BS_ARCHIVE_NONE;
}

enum bs_rc bs_archive_read(struct bs_arena *arena, enum bs_archive_kind kind, struct bs_str bytes, struct bs_archive *out,
                           struct bs_remarks *remarks, struct bs_err *err)
{
	*out = (struct bs_archive){ 0 };
	if (kind == BS_ARCHIVE_WORDPRESS)
		return bs_archive_wordpress(arena, bytes, out, remarks, err);
	return bs_archive_ghost(arena, bytes, out, remarks, err);
}

enum bs_rc bs_archive_add(struct bs_arena *arena, struct bs_archive *out, struct bs_archive_story story, const struct bs_json *fields,
                          struct bs_str html, struct bs_err *err)
{
	struct bs_buf buf = BS_BUF(html.len + 4 * BS_MAX_DOCUMENT);
	size_t start = 1;
	enum bs_rc rc = bs_json_write(fields, &buf, err);

	BS_GROW(arena, out->stories, out->count, out->room, 64);
	/* Front matter is between braces that stand alone on their lines. */
	story.bytes = bs_arena_join(arena, (struct bs_str[]){ BS_STR("{\n"), bs_str_sub(bs_buf_str(&buf), start, buf.len - 2),
	                            BS_STR("\n}\n\n"), html, BS_STR("\n") }, 5, BS_STR(""));
	bs_buf_free(&buf);
	if (rc == BS_OK)
		out->stories[out->count++] = story;
	return rc;
}

/* Whether an address of the site begins at `at`, and goes on behind it with *rest. A site without a scheme is a sign that stands for one. */
static bool own_at(struct bs_str text, size_t at, struct bs_str site, struct bs_str *rest)
{
	struct bs_str place = bs_link_place(site), here = bs_str_sub(text, at, SIZE_MAX);

	*rest = bs_str_sub(here, site.len, SIZE_MAX);
	if (place.len == 0)
		return bs_str_starts(here, site);
	if (strchr("hH/", here.ptr[0]) == NULL || !bs_link_within(here, place, rest))
		return false;
	return at == 0 || strchr(" \t\r\n\"'(>,", text.ptr[at - 1]) != NULL;
}

struct bs_str bs_archive_own(struct bs_arena *arena, struct bs_str text, struct bs_str site)
{
	struct bs_buf out = BS_BUF(2 * text.len + 1);
	struct bs_str own, rest;
	size_t done = 0;

	for (size_t at = 0; site.len > 0 && at < text.len; at++) {
		if (!own_at(text, at, site, &rest) || rest.len == 0 || strchr("/?", rest.ptr[0]) == NULL)
			continue; /* another name that begins the same, or the front page */
		bs_buf_put(&out, bs_str_sub(text, done, at - done));
		if (rest.ptr[0] == '?')
			bs_buf_putc(&out, '/');
		at = done = text.len - rest.len;
	}
	bs_buf_put(&out, bs_str_sub(text, done, SIZE_MAX));
	own = done > 0 ? bs_arena_copy(arena, bs_buf_str(&out)) : text;
	bs_buf_free(&out);
	return own;
}
