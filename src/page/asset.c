/* asset.c - see asset.h. */
#include "page/asset.h"

#include <sodium.h>

#include "http/static.h"
#include "page/theme.h"

static struct bs_str path_of(struct bs_arena *arena, struct bs_str name, struct bs_str bytes)
{
	uint8_t hash[crypto_hash_sha256_BYTES];
	char hex[16];
	size_t slash = 0, next;
	struct bs_str parts[] = { BS_STR("/assets/"), { hex, sizeof(hex) }, BS_STR("/"), name };

	while ((next = bs_str_find_byte(name, '/', slash)) != SIZE_MAX)
		slash = next + 1;
	parts[3] = bs_str_sub(name, slash, SIZE_MAX);
	crypto_hash_sha256(hash, (const uint8_t *)bytes.ptr, bytes.len);
	bs_hex_encode(hash, sizeof(hex) / 2, hex);
	return bs_arena_join(arena, parts, BS_COUNT(parts), BS_STR(""));
}

static const struct bs_asset *find_named(const struct bs_assets *assets, struct bs_str name)
{
	for (size_t i = 0; i < assets->count; i++) {
		if (bs_str_eq(assets->list[i].name, name))
			return &assets->list[i];
	}
	return NULL;
}

static enum bs_rc asset_add(struct bs_arena *arena, const char *dir, struct bs_str name, struct bs_assets *assets, struct bs_err *err)
{
	struct bs_asset asset = { .name = bs_arena_copy(arena, name), .type = bs_static_type(name) };
	struct bs_str file;
	enum bs_rc rc = bs_theme_file(arena, dir, name, &asset.bytes, &file, err);

	if (rc != BS_OK)
		return rc;
	if (assets->count == BS_ASSETS_MAX)
		return bs_fail(err, BS_LIMIT, "the style sheets of a theme may name %d files", BS_ASSETS_MAX);
	if (asset.type.len == 0)
		return bs_fail(err, BS_INVALID, BS_FMT ": of no kind that a style sheet can use, by its ending", BS_ARG(file));
	asset.path = path_of(arena, name, asset.bytes);
	assets->list[assets->count++] = asset;
	return BS_OK;
}

enum bs_rc bs_assets_link(struct bs_arena *arena, const char *dir, struct bs_str css, struct bs_assets *assets,
                          struct bs_buf *out, struct bs_err *err)
{
	const struct bs_str opening = BS_STR("url(\"../");
	size_t at = 0, found;

	while ((found = bs_str_find(css, opening, at)) != SIZE_MAX) {
		size_t begin = found + opening.len, end = bs_str_find_byte(css, '"', begin);
		struct bs_str name = bs_str_sub(css, begin, end == SIZE_MAX ? 0 : end - begin);
		enum bs_rc rc = BS_OK;
		if (end == SIZE_MAX)
			break;
		if (find_named(assets, name) == NULL) /* most are named by each of the sheets */
			rc = asset_add(arena, dir, name, assets, err);
		if (rc != BS_OK)
			return rc;
		bs_buf_put(out, bs_str_sub(css, at, found - at));
		bs_buf_lit(out, "url(\"");
		bs_buf_put(out, find_named(assets, name)->path);
		at = end;
	}
	bs_buf_put(out, bs_str_sub(css, at, SIZE_MAX));
	return BS_OK;
}

enum bs_rc bs_asset_page(struct bs_page *page, struct bs_err *err)
{
	const struct bs_assets *assets = bs_press_assets(page->press);

	(void)err;
	for (size_t i = 0; i < assets->count; i++) {
		if (!bs_str_eq(assets->list[i].path, page->path))
			continue;
		bs_buf_put(page->out, assets->list[i].bytes);
		page->type = assets->list[i].type;
		page->immutable = true;
		return BS_OK;
	}
	return BS_NOT_FOUND;
}

enum bs_rc bs_asset_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	const struct bs_assets *assets = bs_press_assets(walk->press);
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < assets->count && rc == BS_OK; i++)
		rc = walk->found(walk->ctx, assets->list[i].path, err);
	return rc;
}
