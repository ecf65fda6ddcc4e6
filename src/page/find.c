/* find.c - see find.h. */
#include "page/find.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/sys.h"
#include "page/press.h"

struct search {
	struct bs_pages *pages;
	struct bs_pool *pool;
	int64_t now;
	size_t routes;
	atomic_size_t next; /* route */
};

struct finder { /* one thread's */
	struct search *search;
	struct bs_arena *arena;
	struct bs_found *items;
	size_t count, room;
	struct bs_str url;
	const struct bs_lang *lang;
	enum bs_rc rc;
	struct bs_err err;
};

/* --- one address ---------------------------------------------------------------------------------------------------------- */

static struct bs_str file_of(struct bs_arena *arena, struct bs_str path)
{
	struct bs_str below = bs_str_sub(path, 1, SIZE_MAX);
	size_t slash = below.len;
	struct bs_str parts[] = { below, BS_STR("/index.html") };

	while (slash > 0 && below.ptr[slash - 1] != '/')
		slash--;
	if (bs_str_find_byte(below, '.', slash) != SIZE_MAX)
		return bs_arena_copy(arena, below);
	if (slash == below.len) /* "/" and "/de/" */
		parts[1] = BS_STR("index.html");
	return bs_arena_join(arena, parts, BS_COUNT(parts), BS_STR(""));
}

static void add(struct finder *finder, struct bs_str path, bool moved)
{
	if (finder->count == finder->room) {
		finder->room = finder->room > 0 ? 2 * finder->room : 1024;
		finder->items = bs_realloc(finder->items, finder->room * sizeof(*finder->items));
	}
	finder->items[finder->count++] = (struct bs_found){ bs_arena_copy(finder->arena, path), file_of(finder->arena, path), moved };
}

static enum bs_rc found(void *ctx, struct bs_str path, struct bs_err *err)
{
	(void)err;
	add(ctx, path, false);
	return BS_OK;
}

static enum bs_rc found_moved(void *ctx, struct bs_str path, struct bs_err *err)
{
	(void)err;
	add(ctx, path, true);
	return BS_OK;
}

/* --- walking ---------------------------------------------------------------------------------------------------------------- */

static enum bs_rc walk_routes(struct finder *finder, struct bs_page_walk *walk, struct bs_err *err)
{
	struct search *search = finder->search;
	enum bs_rc rc = BS_OK;
	size_t at;

	while (rc == BS_OK && (at = atomic_fetch_add(&search->next, 1)) < search->routes) {
		const struct bs_page_route *route = bs_pages_route(search->pages, at);
		walk->which = route->which;
		if (route->walk != NULL)
			rc = route->walk(walk, err);
		bs_arena_reset(walk->arena);
	}
	return rc;
}

static void find(void *ctx)
{
	struct finder *finder = ctx;
	struct bs_err *err = &finder->err;
	struct bs_page_walk walk = { .now = finder->search->now, .found = found, .moved = found_moved, .ctx = finder };
	struct bs_press *press = NULL;
	enum bs_rc rc = bs_pool_read(finder->search->pool, &walk.db, err);

	walk.arena = bs_arena_new();
	if (rc == BS_OK)
		rc = bs_db_begin(walk.db, BS_TX_READ, err);
	if (rc == BS_OK)
		rc = bs_pages_press(finder->search->pages, walk.db, &press, err);
	if (rc == BS_OK) {
		walk.press = press;
		walk.publication = bs_press_publication(press);
		finder->url = bs_arena_copy(finder->arena, walk.publication->url);
		finder->lang = walk.publication->lang;
		rc = walk_routes(finder, &walk, err);
	}
	if (walk.db != NULL)
		bs_db_rollback(walk.db);
	bs_press_drop(&press);
	bs_pool_return(&walk.db);
	bs_arena_free(&walk.arena);
	finder->rc = rc;
}

/* --- all of them ------------------------------------------------------------------------------------------------------------ */

/* "/tag/ice/feed" of "/tag/ice/feed.xml": what the forms of one subject share. */
static struct bs_str subject_of(const struct bs_found *item)
{
	struct bs_str path = item->path;
	size_t at = path.len;

	while (at > 0 && path.ptr[at - 1] != '/' && path.ptr[at - 1] != '.')
		at--;
	return at > 0 && path.ptr[at - 1] == '.' ? bs_str_sub(path, 0, at - 1) : path;
}

/* By subject; then the page before its other forms, which load no more than it does; what is there before what has moved. */
static int by_subject(const void *a, const void *b)
{
	const struct bs_found *x = a, *y = b;
	int order = bs_str_cmp(subject_of(x), subject_of(y));

	if (order == 0)
		order = bs_str_cmp(x->path, y->path);
	return order != 0 ? order : (int)x->moved - (int)y->moved;
}

static void take_over(struct bs_found_list *list, struct finder *finder)
{
	list->items = bs_realloc(list->items, (list->count + finder->count + 1) * sizeof(*list->items));
	if (finder->count > 0)
		memcpy(list->items + list->count, finder->items, finder->count * sizeof(*list->items));
	list->count += finder->count;
	free(finder->items);
	if (list->lang == NULL) {
		list->url = finder->url;
		list->lang = finder->lang;
	}
}

static void put_in_order(struct bs_found_list *list)
{
	size_t count = 0;

	if (list->count > 0)
		qsort(list->items, list->count, sizeof(*list->items), by_subject);
	list->groups = bs_alloc((list->count + 1) * sizeof(*list->groups));
	for (size_t i = 0; i < list->count; i++) {
		const struct bs_found *item = &list->items[i], *last = count > 0 ? &list->items[count - 1] : NULL;
		if (last != NULL && bs_str_eq(last->file, item->file))
			continue;
		if (last == NULL || !bs_str_eq(subject_of(last), subject_of(item)))
			list->groups[list->group_count++] = count;
		list->items[count++] = *item;
	}
	list->count = list->groups[list->group_count] = count;
}

enum bs_rc bs_find_all(struct bs_pages *pages, struct bs_pool *pool, int64_t now, unsigned threads, struct bs_found_list *out,
                       struct bs_err *err)
{
	struct search search = { .pages = pages, .pool = pool, .now = now };
	struct finder finders[BS_FINDERS_MAX] = { 0 };
	enum bs_rc rc = BS_OK;

	*out = (struct bs_found_list){ 0 };
	(void)bs_pages_routes(pages, &search.routes);
	if (threads > BS_FINDERS_MAX)
		threads = BS_FINDERS_MAX;
	for (unsigned i = 0; i < threads; i++) {
		finders[i].search = &search;
		finders[i].arena = out->arenas[i] = bs_arena_new();
	}
	bs_at_once(find, finders, sizeof(finders[0]), threads);
	for (unsigned i = 0; i < threads; i++) {
		take_over(out, &finders[i]);
		if (finders[i].rc != BS_OK && rc == BS_OK) {
			rc = finders[i].rc;
			*err = finders[i].err;
		}
	}
	put_in_order(out);
	return rc;
}

void bs_found_free(struct bs_found_list *list)
{
	for (size_t i = 0; i < BS_FINDERS_MAX; i++)
		bs_arena_free(&list->arenas[i]);
	free(list->items);
	free(list->groups);
	*list = (struct bs_found_list){ 0 };
}
