/* ghost.c - Ghost's export: {"db":[{"meta":…,"data":{"posts":…,"tags":…,"posts_tags":…,"users":…}}]}, tables as it keeps them.
 * See archive.h. */
#include "base/limits.h"
#include "base/map.h"
#include "base/sys.h"
#include "syndicate/import/archive/archive.h"

#define GHOST_URL BS_STR("__GHOST_URL__")

struct ghost {
	struct bs_arena *arena;
	const struct bs_json *data;
	struct bs_map tags, users, metas;    /* id → row */
	struct bs_map tagged, written;       /* id of a post → struct pairs */
};

/* The rows of a table of pairs that belong to one post, in their order. */
struct pair {
	const struct bs_json *row;
	struct pair *next;
};
struct pairs {
	struct pair *first, **end;
};

/* Ids are text of 24 figures, in old exports numbers. */
static struct bs_str id_of(struct ghost *g, const struct bs_json *row, const char *name)
{
	const struct bs_json *id = bs_json_get(row, bs_str_c(name));

	if (id != NULL && id->kind == BS_JSON_INT)
		return bs_arena_printf(g->arena, "%lld", (long long)id->integer);
	return bs_json_string(id);
}

static const struct bs_json *first_row(const struct ghost *g, const char *table)
{
	const struct bs_json *rows = bs_json_get(g->data, bs_str_c(table));

	return rows != NULL && rows->kind == BS_JSON_ARRAY ? rows->first : NULL;
}

static struct bs_map rows_by(struct ghost *g, const char *table, const char *key)
{
	struct bs_map map = BS_MAP(g->arena);

	for (const struct bs_json *row = first_row(g, table); row != NULL; row = row->next) {
		struct bs_str id = id_of(g, row, key);

		if (id.len > 0)
			*bs_map_put(&map, id) = (void *)(uintptr_t)row;
	}
	return map;
}

static struct bs_map pairs_by_post(struct ghost *g, const char *table)
{
	struct bs_map map = BS_MAP(g->arena);

	for (const struct bs_json *row = first_row(g, table); row != NULL; row = row->next) {
		struct pair *pair = BS_NEW(g->arena, struct pair);
		struct pairs *pairs;
		void **place = bs_map_put(&map, id_of(g, row, "post_id"));

		if (*place == NULL) {
			*place = pairs = BS_NEW(g->arena, struct pairs);
			pairs->end = &pairs->first;
		}
		pairs = *place;
		pair->row = row;
		*pairs->end = pair;
		pairs->end = &pair->next;
	}
	return map;
}

static void copy(struct bs_json *to, const char *name, const struct bs_json *row, const char *from)
{
	struct bs_str text = bs_json_string(bs_json_get(row, bs_str_c(from)));

	if (text.len > 0)
		bs_json_add_string(to, bs_str_c(name), text);
}

/* Times are text, in old exports milliseconds. */
static void copy_time(struct ghost *g, struct bs_json *to, const char *name, const struct bs_json *row, const char *from)
{
	const struct bs_json *time = bs_json_get(row, bs_str_c(from));
	char iso[BS_TIME_ISO_MAX];

	if (time != NULL && time->kind == BS_JSON_INT)
		bs_json_add_string(to, bs_str_c(name), bs_arena_copy(g->arena, bs_time_iso(time->integer / 1000, iso)));
	else
		copy(to, name, row, from);
}

/* What a table of pairs joins to the post: the names of these rows. Tags that begin with # are Ghost's own. */
static void add_names(struct ghost *g, struct bs_json *fields, const char *name, const struct pairs *pairs, const char *key,
                      const struct bs_map *rows)
{
	struct bs_json *list = NULL;

	for (const struct pair *pair = pairs != NULL ? pairs->first : NULL; pair != NULL; pair = pair->next) {
		struct bs_str id = id_of(g, pair->row, key);
		struct bs_str text = id.len > 0 ? bs_json_string(bs_json_get(bs_map_get(rows, id), BS_STR("name"))) : id;

		if (text.len == 0 || text.ptr[0] == '#')
			continue;
		list = list != NULL ? list : bs_json_add_array(fields, bs_str_c(name));
		bs_json_add_string(list, BS_STR(""), text);
	}
}

static bool is_yes(const struct bs_json *value)
{
	return value != NULL && ((value->kind == BS_JSON_BOOL && value->boolean) || (value->kind == BS_JSON_INT && value->integer != 0));
}

/* Why not every reader of the old site may see all of a post; NULL: everyone may. What these words do not know stays closed. */
static const char *held_back(const struct bs_json *post, const struct bs_json *meta)
{
	struct bs_str visibility = bs_json_string(bs_json_get(post, BS_STR("visibility"))),
		      status = bs_json_string(bs_json_get(post, BS_STR("status"))), html = bs_json_string(bs_json_get(post, BS_STR("html")));

	if (bs_str_eq(status, BS_STR("draft")))
		return NULL;
	if (bs_str_eq(status, BS_STR("sent")) || is_yes(bs_json_get(meta, BS_STR("email_only"))))
		return "only sent by mail, never published; comes in as a draft";
	if (!bs_str_eq(status, BS_STR("published")) && !bs_str_eq(status, BS_STR("scheduled")))
		return "neither published nor scheduled on the old site; comes in as a draft";
	if (visibility.len > 0 && !bs_str_eq(visibility, BS_STR("public")))
		return "for members alone on the old site; comes in as a draft";
	if (bs_str_find(html, BS_STR("kg-gated-block:begin nonMember:false"), 0) != SIZE_MAX)
		return "in part for members alone on the old site; comes in as a draft";
	return NULL;
}

static void add_fields(struct ghost *g, const struct bs_json *post, struct bs_str id, bool held, struct bs_json *fields)
{
	struct bs_str slug = bs_json_string(bs_json_get(post, BS_STR("slug")));


	bs_json_add_string(fields, BS_STR("id"), bs_arena_printf(g->arena, "ghost-" BS_FMT, BS_ALL(id)));
	copy(fields, "title", post, "title");
	copy(fields, "slug", post, "slug");
	if (slug.len > 0) /* where links look for it; a site that has other addresses does not say so in its export */
		bs_json_add_string(fields, BS_STR("url"), bs_arena_printf(g->arena, "/" BS_FMT "/", BS_ALL(slug)));
	copy_time(g, fields, "published", post, "published_at");
	copy_time(g, fields, "updated", post, "updated_at");
	copy(fields, "summary", post, "custom_excerpt");
	copy(fields, "canonical", post, "canonical_url");
	copy(fields, "language", post, "locale");
	if (held)
		bs_json_add_string(fields, BS_STR("status"), BS_STR("draft"));
	else
		copy(fields, "status", post, "status"); /* draft, scheduled, published: as ours */
	if (bs_str_eq(bs_json_string(bs_json_get(post, BS_STR("type"))), BS_STR("page")) ||
	    is_yes(bs_json_get(post, BS_STR("page")))) /* of old exports */
		bs_json_add_string(fields, BS_STR("kind"), BS_STR("page"));
	add_names(g, fields, "byline", bs_map_get(&g->written, id), "author_id", &g->users);
	add_names(g, fields, "tags", bs_map_get(&g->tagged, id), "tag_id", &g->tags);
}

static enum bs_rc add_post(struct ghost *g, const struct bs_json *post, struct bs_archive *out, struct bs_remarks *remarks,
                           struct bs_err *err)
{
	struct bs_str id = id_of(g, post, "id"), slug = bs_json_string(bs_json_get(post, BS_STR("slug")));
	struct bs_str html = bs_json_string(bs_json_get(post, BS_STR("html")));
	struct bs_str picture = bs_json_string(bs_json_get(post, BS_STR("feature_image")));
	const struct bs_json *meta = id.len > 0 ? bs_map_get(&g->metas, id) : NULL;
	const char *held = held_back(post, meta);
	struct bs_json *fields = bs_json_new_object(g->arena), *image;

	if (id.len == 0)
		return BS_OK;
	if (html.len == 0)
		bs_remark(remarks, BS_REMARK_TEXT, 0, slug, BS_STR("the export has no HTML of it; its text is left out"));
	add_fields(g, post, id, held != NULL, fields);
	if (picture.len > 0) {
		image = bs_json_add_object(fields, BS_STR("image"));
		bs_json_add_string(image, BS_STR("file"), bs_archive_own(g->arena, picture, GHOST_URL));
		copy(image, "alt", meta, "feature_image_alt");
		copy(image, "caption", meta, "feature_image_caption"); /* a line of HTML, which Markdown may have in it */
	}
	return bs_archive_add(g->arena, out, (struct bs_archive_story){ .name = slug.len > 0 ? slug : id, .held = held }, fields,
	                      bs_archive_own(g->arena, html, GHOST_URL), err);
}

static void tell_biographies(struct ghost *g, struct bs_remarks *remarks)
{
	size_t count = 0;

	for (const struct bs_json *user = first_row(g, "users"); user != NULL; user = user->next)
		count += bs_json_string(bs_json_get(user, BS_STR("bio"))).len > 0;
	if (count > 0)
		bs_remark(remarks, BS_REMARK_TEXT, 0, bs_arena_printf(g->arena, "%zu × biography of an author", count),
		          BS_STR("left out of the export"));
}

enum bs_rc bs_archive_ghost(struct bs_arena *arena, struct bs_str bytes, struct bs_archive *out, struct bs_remarks *remarks,
                            struct bs_err *err)
{
	struct ghost g = { .arena = arena };
	const struct bs_json *json = NULL, *db;
	enum bs_rc rc = bs_json_parse_large(arena, bytes, BS_MAX_ARCHIVE, &json, err);

	if (rc != BS_OK)
		return rc;
	db = bs_json_get(json, BS_STR("db"));
	db = db != NULL && db->kind == BS_JSON_ARRAY ? db->first : json;
	g.data = bs_json_get(db, BS_STR("data"));
	if (first_row(&g, "posts") == NULL)
		return bs_fail(err, BS_INVALID, "this looks like an export of Ghost, but there are no posts in it");
	g.tags = rows_by(&g, "tags", "id");
	g.users = rows_by(&g, "users", "id");
	g.tagged = pairs_by_post(&g, "posts_tags");
	g.written = pairs_by_post(&g, "posts_authors");
	g.metas = rows_by(&g, "posts_meta", "post_id");
	tell_biographies(&g, remarks);
	for (const struct bs_json *post = first_row(&g, "posts"); post != NULL && rc == BS_OK; post = post->next)
		rc = add_post(&g, post, out, remarks, err);
	return rc;
}
