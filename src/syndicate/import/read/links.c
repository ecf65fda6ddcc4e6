/* links.c - addresses in a body that were written for another place; see links.h. Markup is canonical, so that a link
 * begins with exactly `<a href="`. */
#include "syndicate/import/read/links.h"

#include "base/limits.h"
#include "text/html.h"

static const struct bs_str opening = BS_STR_INIT("<a href=\"");

/* "mailto:", "https:" … before the first of / ? # */
static bool has_scheme(struct bs_str address)
{
	for (size_t i = 0; i < address.len; i++) {
		if (address.ptr[i] == ':')
			return i > 0;
		if (strchr("/?#", address.ptr[i]) != NULL)
			return false;
	}
	return false;
}

bool bs_is_local_file(struct bs_str address)
{
	return address.len > 0 && !has_scheme(address) && !bs_str_starts(address, BS_STR("//")) &&
	       address.ptr[0] != '#';
}

struct bs_str bs_link_place(struct bs_str address)
{
	static const struct bs_str starts[] = { BS_STR_INIT("https://"), BS_STR_INIT("http://"), BS_STR_INIT("//") };

	for (size_t i = 0; i < BS_COUNT(starts); i++) {
		if (bs_str_eq_nocase(bs_str_sub(address, 0, starts[i].len), starts[i]))
			return bs_str_sub(address, starts[i].len, SIZE_MAX);
	}
	return (struct bs_str){ 0 };
}

bool bs_link_within(struct bs_str address, struct bs_str site, struct bs_str *rest)
{
	struct bs_str place = bs_link_place(address);
	size_t host = bs_str_find_byte(site, '/', 0);

	host = host == SIZE_MAX ? site.len : host;
	*rest = bs_str_sub(place, site.len, SIZE_MAX);
	return site.len > 0 && place.len >= site.len && bs_str_eq_nocase(bs_str_sub(place, 0, host), bs_str_sub(site, 0, host)) &&
	       bs_str_eq(bs_str_sub(place, host, site.len - host), bs_str_sub(site, host, SIZE_MAX)) &&
	       (rest->len == 0 || strchr("/?#", rest->ptr[0]) != NULL);
}

/* The value of an attribute without its references. */
static struct bs_str unescaped(struct bs_arena *arena, struct bs_str value)
{
	static const struct {
		struct bs_str ref;
		char c;
	} refs[] = {
		{ BS_STR_INIT("&amp;"), '&' },
		{ BS_STR_INIT("&lt;"), '<' },
		{ BS_STR_INIT("&gt;"), '>' },
		{ BS_STR_INIT("&quot;"), '"' },
	};
	char *out = bs_arena_alloc(arena, value.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < value.len;) {
		size_t r = 0;

		while (r < BS_COUNT(refs) && !bs_str_eq(bs_str_sub(value, i, refs[r].ref.len), refs[r].ref))
			r++;
		out[len++] = r < BS_COUNT(refs) ? refs[r].c : value.ptr[i];
		i += r < BS_COUNT(refs) ? refs[r].ref.len : 1;
	}
	return bs_str_n(out, len);
}

struct resolver {
	struct bs_arena *arena;
	const struct bs_references *refs;
	struct bs_remarks *remarks;
	bool changed;
};

/* Something beside the file, or a whole address of the documents' own site. */
static bool is_of_site(const struct resolver *r, struct bs_str href)
{
	return bs_is_local_file(href) || (r->refs != NULL && r->refs->own != NULL && r->refs->own(r->refs->ctx, href));
}

/* The address on this site; empty when the link loses its target. Ours are paths of small letters, which need no escapes. */
static struct bs_str resolved(struct resolver *r, struct bs_str href, bool *keep)
{
	struct bs_str found = r->refs != NULL ? r->refs->address(r->refs->ctx, href) : (struct bs_str){ 0 };

	*keep = found.len == 0 && (href.ptr[0] == '/' || !bs_is_local_file(href));
	if (found.len == 0 && !*keep)
		bs_remark(r->remarks, BS_REMARK_REFERENCE, 0, href,
		          BS_STR("not among the documents; the link lost its target"));
	return found;
}

static struct bs_str resolve_markup(struct resolver *r, struct bs_str markup)
{
	struct bs_buf out = BS_BUF(BS_MAX_PASSAGE * 2);
	size_t done = 0;

	for (size_t at = bs_str_find(markup, opening, 0); at != SIZE_MAX; at = bs_str_find(markup, opening, at + 1)) {
		size_t start = at + opening.len, end = bs_str_find_byte(markup, '"', start);
		struct bs_str href, found;
		bool keep;

		if (end == SIZE_MAX)
			break;
		href = unescaped(r->arena, bs_str_sub(markup, start, end - start));
		if (!is_of_site(r, href))
			continue;
		found = resolved(r, href, &keep);
		if (keep)
			continue;
		bs_buf_put(&out, bs_str_sub(markup, done, at - done));
		bs_buf_put(&out, found.len > 0 ? opening : BS_STR("<a"));
		bs_buf_put(&out, found);
		done = found.len > 0 ? end : end + 1;
	}
	if (done > 0) {
		bs_buf_put(&out, bs_str_sub(markup, done, SIZE_MAX));
		markup = bs_arena_copy(r->arena, bs_buf_str(&out));
		r->changed = true;
	}
	bs_buf_free(&out);
	return markup;
}

enum bs_rc bs_links_resolve(struct bs_arena *arena, struct bs_body *body, const struct bs_references *refs,
                            struct bs_remarks *remarks, struct bs_err *err)
{
	struct resolver r = { .arena = arena, .refs = refs, .remarks = remarks };

	for (size_t i = 0; i < body->count; i++) {
		struct bs_str href = bs_attrs_get(body->blocks[i].attrs, BS_STR("href")), found;
		bool keep = true;

		body->blocks[i].markup = resolve_markup(&r, body->blocks[i].markup);
		if (!bs_block_is_picture(&body->blocks[i]) || !is_of_site(&r, href))
			continue;
		found = resolved(&r, href, &keep);
		if (!keep)
			body->blocks[i].attrs = bs_attrs_set(arena, body->blocks[i].attrs, BS_STR("href"), found);
		r.changed = r.changed || !keep;
	}
	return r.changed ? bs_body_mend(arena, body, err) : BS_OK;
}

enum bs_rc bs_body_mend(struct bs_arena *arena, struct bs_body *body, struct bs_err *err)
{
	struct bs_buf html = BS_BUF(BS_MAX_STORY_HTML);
	const struct bs_body was = *body;
	enum bs_rc rc;

	bs_body_html(&html, body, NULL);
	rc = bs_buf_check(&html, "the text as HTML", err);
	if (rc == BS_OK)
		rc = bs_html_blocks(arena, bs_buf_str(&html), NULL, body, err);
	body->lost = was.lost;
	body->lost_count = was.lost_count;
	bs_buf_free(&html);
	return rc;
}

static void remark_lost(const struct bs_reading *reading, struct bs_str src, int line)
{
	struct bs_str shown = bs_str_utf8_prefix(src, 40);
	bool within = bs_str_eq_nocase(bs_str_sub(src, 0, 5), BS_STR("data:"));

	bs_remark(reading->remarks, BS_REMARK_PICTURE, line,
	          shown.len < src.len ? bs_arena_printf(reading->arena, BS_FMT "…", BS_ALL(shown)) : src,
	          within ? BS_STR("within the text (data:); left out, save it as a file beside it")
	                 : BS_STR("no address that a page can have; left out"));
}

void bs_pictures_remark(const struct bs_reading *reading, const struct bs_incoming *in)
{
	const struct bs_body *body = &in->draft.body;

	for (size_t i = 0; i < body->lost_count; i++)
		remark_lost(reading, body->lost[i], bs_reading_line(reading, body->lost[i]));
	if (bs_str_eq_nocase(bs_str_sub(in->image_file, 0, 5), BS_STR("data:")))
		remark_lost(reading, in->image_file, in->lines.image);
	else if (in->image_file.len > 0 && !bs_is_local_file(in->image_file))
		bs_remark(reading->remarks, BS_REMARK_PICTURE, in->lines.image, in->image_file,
		          BS_STR("lead picture on another site; not fetched"));
	for (size_t i = 0; i < body->count; i++) {
		struct bs_str src = bs_block_is_picture(&body->blocks[i]) ? bs_attrs_get(body->blocks[i].attrs, BS_STR("src"))
		                                                          : (struct bs_str){ 0 };

		/* Behind a '?' the document may have it otherwise: "&amp;" for "&". */
		struct bs_str found = bs_str_sub(src, 0, bs_str_find_byte(src, '?', 0));

		if (src.len > 0 && !bs_is_local_file(src) && !bs_str_starts(src, BS_STR("media:")))
			bs_remark(reading->remarks, BS_REMARK_PICTURE, bs_reading_line(reading, found), src,
			          BS_STR("on another site; not fetched, pages have a link to it in its place"));
	}
}

size_t bs_picture_drop(struct bs_body *body, size_t i)
{
	size_t end = i + 1, folder = body->blocks[i].path.len - 3;

	/* "figure/img" takes "figure/figcaption" and "figure/credit" along, unless another picture is in the figure. */
	while (folder > 0 && end < body->count &&
	       bs_str_starts(body->blocks[end].path, bs_str_sub(body->blocks[i].path, 0, folder)) &&
	       (bs_str_ends(body->blocks[end].path, BS_STR("/figcaption")) ||
	        bs_str_ends(body->blocks[end].path, BS_STR("/credit"))))
		end++;
	memmove(&body->blocks[i], &body->blocks[end], (body->count - end) * sizeof(*body->blocks));
	body->count -= end - i;
	return i;
}
