/* set.c - the templates of a theme as one immutable, counted set; see template.h. Loading is a list that grows at its
 * end while it is walked: each template's partials are put behind it unless they are there already. */
#include <stdatomic.h>
#include <stdlib.h>

#include "base/map.h"
#include "text/template/parts.h"

enum { LONGEST_NAME = 200 };

struct bs_templates {
	atomic_uint references;
	struct bs_arena *arena;
	struct bs_symbols *symbols;
	struct bs_map by_name; /* name → struct bs_template */
	struct bs_template *first, *last;
	uint32_t count;
};

bool bs_template_name_valid(struct bs_str name)
{
	bool starts = true; /* a segment */

	if (name.len == 0 || name.len > LONGEST_NAME || name.ptr[name.len - 1] == '/')
		return false;
	for (size_t at = 0; at < name.len; at++) {
		char c = name.ptr[at];
		bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
		if (!word && (starts || (c != '.' && c != '/')))
			return false;
		starts = c == '/';
	}
	return true;
}

struct bs_template *bs_templates_first(const struct bs_templates *set)
{
	return set->first;
}

uint32_t bs_templates_size(const struct bs_templates *set)
{
	return set->count;
}

/* Load and compile one template unless the set has it. BS_NOT_FOUND when the loader has none. */
static enum bs_rc load_one(struct bs_templates *set, const struct bs_template_loader *loader, struct bs_str name,
                           struct bs_err *err)
{
	struct bs_arena *arena = NULL;
	struct bs_template_source source = { 0 };
	struct bs_template *template;
	enum bs_rc rc;

	if (bs_map_get(&set->by_name, name) != NULL)
		return BS_OK;
	if (!bs_template_name_valid(name))
		return bs_fail(err, BS_INVALID, "no template can be called '" BS_FMT "'", BS_ARG(name));
	arena = bs_arena_new();
	rc = loader->load(loader->ctx, arena, name, &source, err);
	if (rc != BS_OK)
		goto done;
	template = BS_NEW(set->arena, struct bs_template);
	rc = bs_template_compile(set->arena, set->symbols, &source, template, err);
	if (rc != BS_OK)
		goto done;
	template->set = set;
	template->name = bs_arena_copy(set->arena, name);
	template->number = set->count++;
	*bs_map_put(&set->by_name, template->name) = template;
	if (set->last != NULL)
		set->last->next = template;
	else
		set->first = template;
	set->last = template;
done:
	bs_arena_free(&arena);
	return rc;
}

static enum bs_rc load_includes(struct bs_templates *set, const struct bs_template_loader *loader,
                                struct bs_template *template, struct bs_err *err)
{
	for (uint32_t at = 0; at < template->include_count; at++) {
		struct bs_include *include = &template->includes[at];
		enum bs_rc rc;
		if (include->name.len == 0)
			continue;
		rc = load_one(set, loader, include->name, err);
		if (rc != BS_OK && rc != BS_NOT_FOUND)
			return rc;
		include->target = bs_map_get(&set->by_name, include->name);
	}
	return BS_OK;
}

enum bs_rc bs_templates_load(const struct bs_symbols *symbols, const struct bs_template_loader *loader,
                             const struct bs_str *names, size_t count, struct bs_templates **out, struct bs_err *err)
{
	struct bs_templates *set = bs_alloc(sizeof(*set));
	enum bs_rc rc = BS_OK;

	atomic_init(&set->references, 1);
	set->arena = bs_arena_new();
	set->symbols = bs_symbols_copy(symbols);
	set->by_name = BS_MAP(set->arena);
	for (size_t at = 0; at < count && rc == BS_OK; at++)
		rc = load_one(set, loader, names[at], err);
	for (struct bs_template *template = set->first; template != NULL && rc == BS_OK; template = template->next)
		rc = load_includes(set, loader, template, err);
	if (rc == BS_OK)
		*out = set;
	else
		bs_templates_unref(&set);
	return rc;
}

struct bs_templates *bs_templates_ref(struct bs_templates *set)
{
	atomic_fetch_add_explicit(&set->references, 1, memory_order_relaxed);
	return set;
}

void bs_templates_unref(struct bs_templates **set)
{
	struct bs_templates *last = *set;

	*set = NULL;
	if (last == NULL || atomic_fetch_sub_explicit(&last->references, 1, memory_order_acq_rel) > 1)
		return;
	bs_symbols_free(&last->symbols);
	bs_arena_free(&last->arena);
	free(last);
}

const struct bs_template *bs_templates_find(const struct bs_templates *set, struct bs_str name)
{
	return bs_map_get(&set->by_name, name);
}

const struct bs_symbols *bs_templates_symbols(const struct bs_templates *set)
{
	return set->symbols;
}

struct bs_templates *bs_theme_slot_get(struct bs_theme_slot *slot)
{
	struct bs_templates *set;

	pthread_mutex_lock(&slot->lock);
	set = slot->set != NULL ? bs_templates_ref(slot->set) : NULL;
	pthread_mutex_unlock(&slot->lock);
	return set;
}

void bs_theme_slot_put(struct bs_theme_slot *slot, struct bs_templates *set)
{
	struct bs_templates *before;

	pthread_mutex_lock(&slot->lock);
	before = slot->set;
	slot->set = set;
	pthread_mutex_unlock(&slot->lock);
	bs_templates_unref(&before); /* outside the lock: the last reference frees a whole theme */
}
