/* index_references.c - what documents call each other by, and where that stands on this site. See index_parts.h. */
#include "syndicate/import/index_parts.h"

#include "base/limits.h"
#include "syndicate/import/files.h"
#include "syndicate/import/read/data.h"

/* --- the sites that documents are from --- */

/* "https://a.example/blog" as the settings of Hugo, Zola or Jekyll say it. */
static struct bs_str base_in(struct bs_arena *arena, const struct bs_data *settings)
{
	static const struct bs_str names[] = { BS_STR_INIT("baseURL"), BS_STR_INIT("baseurl"), BS_STR_INIT("BaseURL"), BS_STR_INIT("base_url") };
	const struct bs_data *value = NULL, *url = bs_data_get(settings, BS_STR("url"));
	struct bs_str base = { 0 };

	for (size_t i = 0; value == NULL && i < BS_COUNT(names); i++)
		value = bs_data_get(settings, names[i]);
	if (value != NULL && value->kind == BS_DATA_TEXT)
		base = value->text;
	if (url != NULL && url->kind == BS_DATA_TEXT && !bs_str_starts(base, BS_STR("http")))
		base = bs_arena_join(arena, (struct bs_str[]){ url->text, base }, 2, BS_STR(""));
	while (base.len > 0 && base.ptr[base.len - 1] == '/')
		base.len--;
	return bs_str_starts(base, BS_STR("http://")) || bs_str_starts(base, BS_STR("https://")) ? base : (struct bs_str){ 0 };
}

void bs_import_index_site(struct bs_import_index *index, const struct bs_import_file *file)
{
	struct bs_remarks remarks = BS_REMARKS(index->arena);
	struct bs_import_site site = { 0 };
	struct bs_data *settings = NULL;
	struct bs_err why;
	struct bs_str bytes;
	enum bs_rc rc = bs_import_read_file(index->arena, file->path, BS_MAX_DOCUMENT, &bytes, &why);

	/* Not ours to judge: one that cannot be read says nothing. */
	if (rc == BS_OK && bs_str_ends(file->path, BS_STR(".toml")))
		rc = bs_toml_read(index->arena, bytes, 1, &settings, &remarks, &why);
	else if (rc == BS_OK)
		rc = bs_yaml_read(index->arena, bytes, 1, &settings, &remarks, &why);
	if (rc == BS_OK)
		site.base = base_in(index->arena, settings);
	if (site.base.len == 0)
		return;
	(void)bs_import_last_part(file->path, &site.folder);
	if (bs_str_ends(site.folder, BS_STR("/config/_default")))
		site.folder.len -= sizeof("/config/_default") - 1;
	BS_GROW(index->arena, index->sites, index->site_count, index->site_room, 4);
	index->sites[index->site_count++] = site;
}

/* The part behind the site's own address; empty when it is another's. */
static struct bs_str behind(struct bs_str address, struct bs_str base)
{
	struct bs_str rest = bs_str_sub(address, base.len, SIZE_MAX);

	if (base.len == 0 || !bs_str_starts(address, base))
		return (struct bs_str){ 0 };
	return rest.len == 0 ? BS_STR("/") : rest.ptr[0] == '/' ? rest : (struct bs_str){ 0 };
}

struct bs_str bs_import_index_own(const struct bs_import_index *index, const struct bs_import_story *from, struct bs_str address)
{
	struct bs_str path = { 0 };

	for (size_t i = 0; path.len == 0 && i < index->site_count; i++) {
		const struct bs_import_site *site = &index->sites[i];

		if (site->folder.len == 0 || (bs_str_starts(from->file->path, site->folder) && from->file->path.ptr[site->folder.len] == '/'))
			path = behind(address, site->base);
	}
	return path;
}

/* --- documents by what others call them --- */

/* "../b/./c" seen from a folder. */
static struct bs_str joined(struct bs_arena *arena, struct bs_str folder, struct bs_str target)
{
	struct bs_str rest = target, part;

	while (bs_str_split(&rest, '/', &part)) {
		if (part.len == 0 || bs_str_eq(part, BS_STR(".")))
			continue;
		if (bs_str_eq(part, BS_STR("..")))
			(void)bs_import_last_part(folder, &folder);
		else
			folder = bs_arena_printf(arena, "%.*s%s%.*s", (int)folder.len, folder.len > 0 ? folder.ptr : "",
			                         folder.len > 0 ? "/" : "", (int)part.len, part.ptr);
	}
	return folder;
}

/* A term's page: "/topics/open-data", "topics/open-data/_index.md". */
static struct bs_str term_address(const struct bs_import_index *index, struct bs_arena *arena, struct bs_str target)
{
	struct bs_str path = bs_import_without_ending(target), folder, name = bs_import_last_part(path, &folder), vocabulary;

	vocabulary = bs_import_vocabulary_of(
		bs_arena_printf(arena, BS_FMT "/" BS_FMT "/_index.md", BS_ALL(folder), BS_ALL(name)));
	if (vocabulary.len == 0 || bs_map_get(&index->terms, bs_arena_printf(arena, BS_FMT "/" BS_FMT,
	                                                                     BS_ALL(vocabulary), BS_ALL(name))) == NULL)
		return (struct bs_str){ 0 };
	return bs_arena_printf(arena, "/" BS_FMT "/" BS_FMT, BS_ALL(vocabulary), BS_ALL(name));
}

static const struct bs_import_story *at_path(const struct bs_import_index *index, struct bs_str path)
{
	const struct bs_import_story *found = bs_import_name_get(&index->by_path, bs_import_without_ending(path));

	return found != NULL ? found : bs_import_name_get(&index->by_page, bs_import_without_ending(path));
}

/* A path of the site: below the folder that is imported, else below one between that and the document, as the content of Hugo and Zola
 * is. The outermost counts. */
static const struct bs_import_story *within_site(const struct bs_import_index *index, struct bs_arena *arena,
                                                 const struct bs_import_story *from, struct bs_str target)
{
	struct bs_str path = from->file->path, folder;
	const struct bs_import_story *found = NULL;
	size_t end = from->file->root;

	(void)bs_import_last_part(path, &folder);
	while (found == NULL && end <= folder.len) {
		found = at_path(index, joined(arena, bs_str_sub(path, 0, end), target));
		end = bs_str_find_byte(path, '/', end + 1);
	}
	return found;
}

/* WordPress's "/?p=12" and "/?page_id=12". */
static const struct bs_import_story *by_number(const struct bs_import_index *index, struct bs_arena *arena,
                                               const struct bs_import_story *from, struct bs_str target)
{
	static const struct bs_str queries[] = { BS_STR_INIT("/?p="), BS_STR_INIT("/?page_id=") };
	size_t dash = from->id.len;

	while (dash > 0 && from->id.ptr[dash - 1] != '-')
		dash--;
	for (size_t i = 0; from->file->archive.len > 0 && i < BS_COUNT(queries); i++) {
		struct bs_str number = bs_str_sub(target, queries[i].len, SIZE_MAX);

		if (bs_str_starts(target, queries[i]))
			return bs_import_name_get(&index->by_id, bs_arena_printf(arena, "%.*s%.*s", (int)dash, dash > 0 ? from->id.ptr : "",
			                                                         (int)(number.len > 20 ? 20 : number.len), number.ptr));
	}
	return NULL;
}

static const struct bs_import_story *find_story(const struct bs_import_index *index, struct bs_arena *arena,
                                                const struct bs_import_story *from, struct bs_str target)
{
	const struct bs_import_story *found = bs_import_name_get(&index->by_address, target);
	struct bs_str folder, before;

	(void)bs_import_last_part(from->file->path, &folder);
	if (found == NULL && target.ptr[0] != '/')
		found = at_path(index, joined(arena, folder, target));
	/* A page of its own folder, as tools show it: ../other/ seen from /this/. */
	if (found == NULL && bs_str_starts(target, BS_STR("../")))
		found = at_path(index, joined(arena, folder, bs_str_sub(target, 3, SIZE_MAX)));
	if (found == NULL) /* Zola writes "@/blog/a.md" */
		found = within_site(index, arena, from, bs_str_starts(target, BS_STR("@/")) ? bs_str_sub(target, 2, SIZE_MAX) : target);
	if (found == NULL && bs_str_find_byte(target, '/', 0) == SIZE_MAX && term_address(index, arena, target).len == 0)
		found = bs_import_name_get(&index->by_name, bs_import_last_part(bs_import_without_ending(target), &before));
	return found;
}

struct bs_str bs_import_index_address(const struct bs_import_index *index, struct bs_arena *arena,
                                      const struct bs_import_story *from, struct bs_str target)
{
	struct bs_str own = bs_import_index_own(index, from, target);
	const struct bs_import_story *found;

	target = own.len > 0 ? own : target;
	found = by_number(index, arena, from, target);
	target = bs_str_sub(target, 0, bs_str_find_byte(target, '#', 0));
	target = bs_str_sub(target, 0, bs_str_find_byte(target, '?', 0));
	while (target.len > 1 && target.ptr[target.len - 1] == '/')
		target.len--;
	if (target.len == 0 || target.len > 1024)
		return (struct bs_str){ 0 };
	if (found == NULL)
		found = find_story(index, arena, from, target);
	return found != NULL && found->rival == NULL ? found->address : term_address(index, arena, target);
}
