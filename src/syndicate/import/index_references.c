/* index_references.c - what documents call each other by, and where that stands on this site. See index_parts.h. */
#include "syndicate/import/index_parts.h"

#include <stdio.h>

#include "base/limits.h"
#include "syndicate/import/files.h"
#include "syndicate/import/read/data.h"
#include "syndicate/import/read/links.h"

/* --- the sites that documents are from --- */

/* "a.example/blog" of the address that the settings of Hugo, Zola or Jekyll say. */
static struct bs_str base_in(struct bs_arena *arena, const struct bs_data *settings)
{
	static const struct bs_str names[] = { BS_STR_INIT("baseURL"), BS_STR_INIT("baseurl"), BS_STR_INIT("BaseURL"), BS_STR_INIT("base_url") };
	const struct bs_data *value = NULL, *url = bs_data_get(settings, BS_STR("url"));
	struct bs_str base = { 0 };

	for (size_t i = 0; value == NULL && i < BS_COUNT(names); i++)
		value = bs_data_get(settings, names[i]);
	if (value != NULL && value->kind == BS_DATA_TEXT)
		base = value->text;
	if (url != NULL && url->kind == BS_DATA_TEXT && bs_link_place(base).len == 0)
		base = bs_arena_join(arena, (struct bs_str[]){ url->text, base }, 2, BS_STR(""));
	while (base.len > 0 && base.ptr[base.len - 1] == '/')
		base.len--;
	return bs_link_place(base);
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

struct bs_str bs_import_index_own(const struct bs_import_index *index, const struct bs_import_story *from, struct bs_str address)
{
	struct bs_str rest;

	for (size_t i = 0; i < index->site_count; i++) {
		const struct bs_import_site *site = &index->sites[i];

		if ((site->folder.len == 0 || (bs_str_starts(from->file->path, site->folder) && from->file->path.ptr[site->folder.len] == '/')) &&
		    bs_link_within(address, site->base, &rest))
			return rest.len > 0 ? rest : BS_STR("/");
	}
	return (struct bs_str){ 0 };
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

/* WordPress's "/?p=12" and "?page_id=12", with whatever behind it. */
static const struct bs_import_story *by_number(const struct bs_import_index *index, struct bs_arena *arena,
                                               const struct bs_import_story *from, struct bs_str target)
{
	static const struct bs_str queries[] = { BS_STR_INIT("?p="), BS_STR_INIT("?page_id=") };
	size_t dash = from->id.len;

	target = bs_str_sub(target, bs_str_starts(target, BS_STR("/")), SIZE_MAX);
	while (dash > 0 && from->id.ptr[dash - 1] != '-')
		dash--;
	for (size_t i = 0; from->file->archive.len > 0 && i < BS_COUNT(queries); i++) {
		struct bs_str number = bs_str_sub(target, queries[i].len, SIZE_MAX);
		size_t digits = 0;

		while (digits < number.len && digits < 20 && number.ptr[digits] >= '0' && number.ptr[digits] <= '9')
			digits++;
		if (bs_str_starts(target, queries[i]))
			return bs_import_name_get(&index->by_id, bs_arena_printf(arena, "%.*s%.*s", (int)dash, dash > 0 ? from->id.ptr : "",
			                                                         (int)digits, number.ptr));
	}
	return NULL;
}

/* Jekyll shows "_posts/2024-05-07-next.md" at "/2024/05/07/next.html", behind its categories. */
static const struct bs_import_story *by_day(const struct bs_import_index *index, struct bs_arena *arena, struct bs_str target)
{
	static const size_t lengths[] = { 4, 2, 2 };
	struct bs_str parts[4], path = bs_import_without_ending(target);
	int64_t number;

	for (size_t i = BS_COUNT(parts); i-- > 0;)
		parts[i] = bs_import_last_part(path, &path);
	for (size_t i = 0; i < BS_COUNT(lengths); i++) {
		if (parts[i].len != lengths[i] || bs_str_int(parts[i], &number) != BS_OK)
			return NULL;
	}
	return bs_import_name_get(&index->by_name, bs_arena_printf(arena, BS_FMT "-" BS_FMT "-" BS_FMT "-" BS_FMT, BS_ALL(parts[0]),
	                                                           BS_ALL(parts[1]), BS_ALL(parts[2]), BS_ALL(parts[3])));
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
	if (found == NULL)
		found = by_day(index, arena, target);
	return found != NULL ? found : bs_map_get(&index->addresses, target); /* which may be what it was on the old site */
}

/* "#part" so that it needs no escapes in any markup. */
static struct bs_str escaped_fragment(struct bs_arena *arena, struct bs_str fragment)
{
	char *out = bs_arena_alloc(arena, 3 * fragment.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < fragment.len; i++) {
		unsigned char c = (unsigned char)fragment.ptr[i];

		if (c > ' ' && c != 0x7F && strchr("\"&'()<>[\\]^`{|}*", c) == NULL)
			out[len++] = (char)c;
		else
			len += (size_t)snprintf(out + len, 4, "%%%02X", c);
	}
	return bs_str_n(out, len);
}

struct bs_str bs_import_index_address(const struct bs_import_index *index, struct bs_arena *arena,
                                      const struct bs_import_story *from, struct bs_str target)
{
	struct bs_str own = bs_import_index_own(index, from, target), fragment, address;
	const struct bs_import_story *found;

	target = own.len > 0 ? own : target;
	fragment = bs_str_sub(target, bs_str_find_byte(target, '#', 0), SIZE_MAX);
	found = by_number(index, arena, from, target);
	target = bs_str_sub(target, 0, bs_str_find_byte(target, '#', 0));
	target = bs_str_sub(target, 0, bs_str_find_byte(target, '?', 0));
	while (target.len > 1 && target.ptr[target.len - 1] == '/')
		target.len--;
	if (found == NULL && (target.len == 0 || target.len > 1024))
		return (struct bs_str){ 0 };
	if (found == NULL)
		found = find_story(index, arena, from, target);
	address = found != NULL && found->rival == NULL ? found->address : term_address(index, arena, target);
	return address.len == 0 || fragment.len == 0 ? address
	       : bs_arena_join(arena, (struct bs_str[]){ address, escaped_fragment(arena, fragment) }, 2, BS_STR(""));
}
