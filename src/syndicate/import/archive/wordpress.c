/* wordpress.c - WordPress's export, WXR: RSS 2.0 whose items are whatever its database calls a post. See archive.h.
 * https://wordpress.org/documentation/article/tools-export-screen/
 *
 * Names are compared with their prefixes, as WordPress has written them since 2005. A document type is refused: no export has one,
 * and entities of its own are what bombs are made of. libexpat comes in here and nowhere else. */
#include <expat.h>

#include "base/limits.h"
#include "base/map.h"
#include "base/sys.h"
#include "lang/lang.h"
#include "syndicate/import/archive/archive.h"

enum { DEPTH_MAX = 32, POST_TYPES = 64 };

/* What is kept of an item until it ends. */
enum field { TITLE, LINK, CREATOR, CONTENT, EXCERPT, ID, DATE, MODIFIED, NAME, STATUS, TYPE, FILE_URL, PASSWORD, LOCAL_DATE, FIELD_COUNT };

static const char *const field_names[FIELD_COUNT] = {
	[TITLE] = "title",
	[LINK] = "link",
	[CREATOR] = "dc:creator",
	[CONTENT] = "content:encoded",
	[EXCERPT] = "excerpt:encoded",
	[ID] = "wp:post_id",
	[DATE] = "wp:post_date_gmt",
	[MODIFIED] = "wp:post_modified_gmt",
	[NAME] = "wp:post_name",
	[STATUS] = "wp:status",
	[TYPE] = "wp:post_type",
	[FILE_URL] = "wp:attachment_url",
	[PASSWORD] = "wp:post_password",
	[LOCAL_DATE] = "wp:post_date",
};

struct item {
	struct bs_str fields[FIELD_COUNT];
	struct bs_json *themes, *tags; /* lists, or NULL */
	struct bs_str meta_key, picture; /* the id of the lead picture */
	int line;
	struct item *next;
};

struct left {
	struct bs_str what;
	int64_t count;
};

struct export {
	struct bs_arena *arena;
	XML_Parser parser;
	struct bs_archive *out;
	struct bs_remarks *remarks;
	struct bs_buf text;
	int depth, item_depth, comment_depth;
	struct item *item; /* that is being read */
	struct item *first, **end;
	struct bs_str site, link, lang, domain;
	struct bs_str login;
	struct bs_map people;   /* login → struct bs_str, the name that is shown */
	struct bs_map pictures; /* id → struct bs_str, the address */
	struct left left[POST_TYPES];
	size_t left_count;
	bool has_doctype;
};

static void leave_out(struct export *x, struct bs_str what)
{
	size_t at = 0;

	while (at < x->left_count && !bs_str_eq(x->left[at].what, what))
		at++;
	if (at == POST_TYPES)
		return;
	if (at == x->left_count)
		x->left[x->left_count++].what = bs_arena_copy(x->arena, what);
	x->left[at].count++;
}

static struct bs_str *kept(struct bs_arena *arena, struct bs_str text)
{
	struct bs_str *copy = BS_NEW(arena, struct bs_str);

	*copy = bs_arena_copy(arena, text);
	return copy;
}

/* --- while reading --- */

static const char *attribute(const char **attributes, const char *name)
{
	for (; attributes != NULL && *attributes != NULL; attributes += 2) {
		if (strcmp(attributes[0], name) == 0)
			return attributes[1];
	}
	return "";
}

static void begin_category(struct item *item, struct bs_arena *arena, const char *domain)
{
	if (strcmp(domain, "category") == 0 && item->themes == NULL)
		item->themes = bs_json_new_array(arena);
	if (strcmp(domain, "post_tag") == 0 && item->tags == NULL)
		item->tags = bs_json_new_array(arena);
}

static void on_start(void *ctx, const char *name, const char **attributes)
{
	struct export *x = ctx;

	bs_buf_reset(&x->text);
	if (++x->depth > DEPTH_MAX)
		XML_StopParser(x->parser, XML_FALSE);
	if (strcmp(name, "item") == 0 && x->item == NULL) {
		x->item = BS_NEW(x->arena, struct item);
		x->item->line = (int)XML_GetCurrentLineNumber(x->parser);
		x->item_depth = x->depth;
	} else if (strcmp(name, "wp:comment") == 0 && x->item != NULL && x->comment_depth == 0) {
		x->comment_depth = x->depth;
		leave_out(x, BS_STR("comment"));
	} else if (strcmp(name, "category") == 0 && x->item != NULL) {
		x->domain = bs_arena_copy(x->arena, bs_str_c(attribute(attributes, "domain")));
		begin_category(x->item, x->arena, x->domain.ptr);
	}
}

static void end_in_item(struct export *x, const char *name, struct bs_str text)
{
	struct item *item = x->item;

	for (size_t i = 0; i < FIELD_COUNT && x->depth == x->item_depth + 1; i++) {
		if (strcmp(name, field_names[i]) == 0)
			item->fields[i] = bs_arena_copy(x->arena, i == CONTENT ? text : bs_str_trim(text));
	}
	if (strcmp(name, "category") == 0 && text.len > 0) {
		struct bs_json *list = bs_str_eq(x->domain, BS_STR("category")) ? item->themes
		                       : bs_str_eq(x->domain, BS_STR("post_tag")) ? item->tags : NULL;

		if (list != NULL && !bs_str_eq(text, BS_STR("Uncategorized")))
			bs_json_add_string(list, BS_STR(""), bs_arena_copy(x->arena, text));
	}
	if (strcmp(name, "wp:meta_key") == 0)
		item->meta_key = bs_arena_copy(x->arena, text);
	if (strcmp(name, "wp:meta_value") == 0 && bs_str_eq(item->meta_key, BS_STR("_thumbnail_id")))
		item->picture = bs_arena_copy(x->arena, text);
}

/* WordPress keeps letters beyond ASCII as "%d0%bf". Escapes that make no text stay as they are. */
static struct bs_str unescaped(struct bs_arena *arena, struct bs_str slug)
{
	char *out = bs_arena_alloc(arena, slug.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < slug.len; i++) {
		uint8_t byte;

		if (slug.ptr[i] == '%' && i + 2 < slug.len && bs_hex_decode(bs_str_sub(slug, i + 1, 2), &byte, 1) == BS_OK) {
			out[len++] = (char)byte;
			i += 2;
		} else {
			out[len++] = slug.ptr[i];
		}
	}
	return bs_str_utf8_fault(bs_str_n(out, len)) == SIZE_MAX ? bs_str_n(out, len) : slug;
}

static void end_item(struct export *x)
{
	struct item *item = x->item;

	x->item = NULL;
	item->fields[NAME] = unescaped(x->arena, item->fields[NAME]);
	if (bs_str_eq(item->fields[TYPE], BS_STR("attachment"))) {
		if (item->fields[ID].len > 0)
			*bs_map_put(&x->pictures, item->fields[ID]) = kept(x->arena, item->fields[FILE_URL]);
		return;
	}
	*x->end = item;
	x->end = &item->next;
}

static void end_in_channel(struct export *x, const char *name, struct bs_str text)
{
	if (strcmp(name, "wp:base_blog_url") == 0 || (strcmp(name, "wp:base_site_url") == 0 && x->site.len == 0))
		x->site = bs_arena_copy(x->arena, text);
	else if (strcmp(name, "link") == 0 && x->link.len == 0)
		x->link = bs_arena_copy(x->arena, text);
	else if (strcmp(name, "language") == 0 && bs_lang_find(text) != NULL)
		x->lang = bs_lang_find(text)->code;
	else if (strcmp(name, "wp:author_login") == 0)
		x->login = bs_arena_copy(x->arena, text);
	else if (strcmp(name, "wp:author_display_name") == 0 && x->login.len > 0 && text.len > 0)
		*bs_map_put(&x->people, x->login) = kept(x->arena, text);
}

static void on_end(void *ctx, const char *name)
{
	struct export *x = ctx;
	struct bs_str text = bs_buf_str(&x->text);

	if (x->item == NULL)
		end_in_channel(x, name, bs_str_trim(text));
	else if (x->depth == x->item_depth)
		end_item(x);
	else if (x->comment_depth == 0)
		end_in_item(x, name, strcmp(name, "content:encoded") == 0 ? text : bs_str_trim(text));
	if (x->depth == x->comment_depth)
		x->comment_depth = 0;
	x->depth--;
	bs_buf_reset(&x->text);
}

static void on_text(void *ctx, const char *text, int len)
{
	struct export *x = ctx;

	bs_buf_put(&x->text, bs_str_n(text, (size_t)len));
	if (x->text.failed)
		XML_StopParser(x->parser, XML_FALSE);
}

static void on_doctype(void *ctx, const char *name, const char *system_id, const char *public_id, int internal)
{
	struct export *x = ctx;

	(void)name;
	(void)system_id;
	(void)public_id;
	(void)internal;
	x->has_doctype = true;
	XML_StopParser(x->parser, XML_FALSE);
}

/* --- items as stories --- */

static void add(struct bs_json *fields, const char *name, struct bs_str text)
{
	if (text.len > 0)
		bs_json_add_string(fields, bs_str_c(name), text);
}

static bool is_moment(struct bs_str text)
{
	return text.len > 0 && !bs_str_starts(text, BS_STR("0000")); /* "0000-00-00 00:00:00" is none */
}

/* "2024-01-02 10:30:00" in UTC. What looks otherwise is passed on, for its reader to refuse. */
static struct bs_str moment(struct bs_arena *arena, struct bs_str text)
{
	if (!is_moment(text))
		return (struct bs_str){ 0 };
	return text.len == 19 ? bs_arena_printf(arena, "%.10sT%.8sZ", text.ptr, text.ptr + 11) : text;
}

/* Old exports know of some posts only the hour on the site's own clock. */
static struct bs_str published_at(struct bs_arena *arena, const struct item *item)
{
	if (is_moment(item->fields[DATE]) || !bs_str_eq(item->fields[STATUS], BS_STR("publish")) || !is_moment(item->fields[LOCAL_DATE]))
		return moment(arena, item->fields[DATE]);
	return item->fields[LOCAL_DATE];
}

/* Why not everybody may read on the old site what is published there; or NULL. */
static const char *held_back(const struct item *item)
{
	if (bs_str_eq(item->fields[STATUS], BS_STR("private")))
		return "private on the old site; comes in as a draft";
	return item->fields[PASSWORD].len > 0 ? "behind a password on the old site; comes in as a draft" : NULL;
}

static const char *status_of(struct bs_str status)
{
	static const struct {
		struct bs_str theirs;
		const char *ours;
	} table[] = {
		{ BS_STR_INIT("publish"), "published" }, { BS_STR_INIT("future"), "scheduled" }, { BS_STR_INIT("draft"), "draft" },
		{ BS_STR_INIT("pending"), "review" },    { BS_STR_INIT("private"), "draft" },
	};

	for (size_t i = 0; i < BS_COUNT(table); i++) {
		if (bs_str_eq(table[i].theirs, status))
			return table[i].ours;
	}
	return NULL;
}

static void add_list(struct bs_json *fields, const char *name, const struct bs_json *list)
{
	struct bs_json *copy;

	if (list == NULL || list->count == 0)
		return;
	copy = bs_json_add_array(fields, bs_str_c(name));
	for (const struct bs_json *item = list->first; item != NULL; item = item->next)
		bs_json_add_string(copy, BS_STR(""), item->string);
}

static struct bs_json *fields_of(struct export *x, const struct item *item, const char *status)
{
	struct bs_json *fields = bs_json_new_object(x->arena);
	const struct bs_str *person = bs_map_get(&x->people, item->fields[CREATOR]);
	const struct bs_str *picture = item->picture.len > 0 ? bs_map_get(&x->pictures, item->picture) : NULL;
	struct bs_str host = bs_str_sub(x->site, bs_str_find(x->site, BS_STR("://"), 0) + 3, SIZE_MAX);

	add(fields, "id", bs_arena_printf(x->arena, "wordpress-%.*s-%.*s", (int)(host.len > 60 ? 60 : host.len),
	                                  host.len > 0 ? host.ptr : "", (int)(item->fields[ID].len > 20 ? 20 : item->fields[ID].len),
	                                  item->fields[ID].len > 0 ? item->fields[ID].ptr : ""));
	add(fields, "title", item->fields[TITLE]);
	add(fields, "slug", item->fields[NAME]);
	add(fields, "language", x->lang);
	add(fields, "status", bs_str_c(status));
	add(fields, "published", published_at(x->arena, item));
	add(fields, "updated", moment(x->arena, item->fields[MODIFIED]));
	add(fields, "summary", item->fields[EXCERPT]);
	add(fields, "url", item->fields[LINK]);
	add(fields, "kind", bs_str_eq(item->fields[TYPE], BS_STR("page")) ? BS_STR("page") : BS_STR(""));
	add_list(fields, "themes", item->themes);
	add_list(fields, "tags", item->tags);
	if (item->fields[CREATOR].len > 0)
		bs_json_add_string(bs_json_add_array(fields, BS_STR("byline")), BS_STR(""), person != NULL ? *person : item->fields[CREATOR]);
	if (picture != NULL)
		add(fields, "image", bs_archive_own(x->arena, *picture, x->site));
	return fields;
}

static enum bs_rc add_item(struct export *x, const struct item *item, struct bs_err *err)
{
	struct bs_str type = item->fields[TYPE], html;
	const char *status = status_of(item->fields[STATUS]), *held = held_back(item);
	bool page = bs_str_eq(type, BS_STR("page"));

	if (!page && !bs_str_eq(type, BS_STR("post"))) {
		leave_out(x, type.len > 0 ? type : BS_STR("item without a type"));
		return BS_OK;
	}
	if (status == NULL) {
		leave_out(x, bs_arena_printf(x->arena, BS_FMT " with the status '" BS_FMT "'", BS_ALL(type), BS_ALL(item->fields[STATUS])));
		return BS_OK;
	}
	html = bs_wordpress_html(x->arena, bs_archive_own(x->arena, item->fields[CONTENT], x->site), x->remarks);
	return bs_archive_add(x->arena, x->out,
	                      (struct bs_archive_story){ .name = item->fields[NAME].len > 0 ? item->fields[NAME] : item->fields[ID],
	                                                 .line = item->line, .held = held },
	                      fields_of(x, item, held != NULL ? "draft" : status), html, err);
}

static void tell_left(struct export *x)
{
	for (size_t i = 0; i < x->left_count; i++)
		bs_remark(x->remarks, BS_REMARK_TEXT, 0,
		          bs_arena_printf(x->arena, "%lld × " BS_FMT, (long long)x->left[i].count, BS_ALL(x->left[i].what)),
		          BS_STR("left out of the export"));
}

enum bs_rc bs_archive_wordpress(struct bs_arena *arena, struct bs_str bytes, struct bs_archive *out, struct bs_remarks *remarks,
                                struct bs_err *err)
{
	struct export x = { .arena = arena, .out = out, .remarks = remarks, .text = BS_BUF(BS_MAX_DOCUMENT), .people = BS_MAP(arena),
		            .pictures = BS_MAP(arena) };
	enum bs_rc rc = BS_OK, read = BS_OK;

	x.end = &x.first;
	x.parser = XML_ParserCreate("UTF-8");
	if (x.parser == NULL)
		return bs_fail(err, BS_IO, "libexpat could not start");
	XML_SetUserData(x.parser, &x);
	XML_SetElementHandler(x.parser, on_start, on_end);
	XML_SetCharacterDataHandler(x.parser, on_text);
	XML_SetStartDoctypeDeclHandler(x.parser, on_doctype);
	if (XML_Parse(x.parser, bytes.ptr, (int)bytes.len, 1) != XML_STATUS_OK)
		read = bs_refuse(remarks, (int)XML_GetCurrentLineNumber(x.parser), err, BS_INVALID, "the export is damaged here: %s; "
		                 "what stands before it is imported",
		                 x.has_doctype          ? "a document type, which no export of WordPress has"
		                 : x.text.failed       ? "one text is over the limit of a document"
		                 : x.depth > DEPTH_MAX ? "elements are nested too deep"
		                                        : XML_ErrorString(XML_GetErrorCode(x.parser)));
	XML_ParserFree(x.parser);
	x.site = x.site.len > 0 ? x.site : x.link;
	while (x.site.len > 0 && x.site.ptr[x.site.len - 1] == '/')
		x.site.len--;
	for (const struct item *item = x.first; item != NULL && rc == BS_OK; item = item->next)
		rc = add_item(&x, item, err);
	tell_left(&x);
	bs_buf_free(&x.text);
	return rc == BS_OK ? read : rc;
}
