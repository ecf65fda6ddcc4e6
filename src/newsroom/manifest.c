/* manifest.c - the bytes that are hashed and signed; the form is in ledger.h. Written member by member in the order that
 * RFC 8785 asks for, since all names are known: the test holds it against the canonical writer. */
#include "newsroom/saving.h"

#include <sodium.h>

#include "base/sys.h"

/* A quoted string as RFC 8785 escapes it: the shortest form, nothing more. */
static void put_string(struct bs_buf *out, struct bs_str s)
{
	static const char short_form[] = "\"\"\\\\\bb\tt\nn\ff\rr";

	bs_buf_putc(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		uint8_t c = (uint8_t)s.ptr[i];
		const char *pair = short_form;
		while (*pair != '\0' && (uint8_t)*pair != c)
			pair += 2;
		if (*pair != '\0') {
			bs_buf_putc(out, '\\');
			bs_buf_putc(out, pair[1]);
		} else if (c < 0x20) {
			bs_buf_printf(out, "\\u%04x", c);
		} else {
			bs_buf_putc(out, (char)c);
		}
	}
	bs_buf_putc(out, '"');
}

static void put_hash(struct bs_buf *out, const uint8_t *hash)
{
	char hex[2 * BS_HASH_SIZE];

	if (hash == NULL) {
		bs_buf_lit(out, "null");
		return;
	}
	bs_hex_encode(hash, BS_HASH_SIZE, hex);
	bs_buf_putc(out, '"');
	bs_buf_put(out, bs_str_n(hex, sizeof(hex)));
	bs_buf_putc(out, '"');
}

static void put_passages(struct bs_buf *out, const struct bs_entry *entries, size_t count)
{
	bs_buf_putc(out, '[');
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			bs_buf_putc(out, ',');
		bs_buf_putc(out, '[');
		put_string(out, entries[i].path);
		bs_buf_putc(out, ',');
		put_string(out, entries[i].attrs);
		bs_buf_putc(out, ',');
		put_hash(out, entries[i].hash);
		bs_buf_putc(out, ']');
	}
	bs_buf_putc(out, ']');
}

static void write_members(struct bs_buf *out, const struct bs_manifest *m)
{
	char created[BS_TIME_ISO_MAX];

	bs_buf_lit(out, "{\"broadsheet\":1,\"chain\":");
	put_hash(out, m->chain);
	bs_buf_lit(out, ",\"created\":");
	put_string(out, bs_time_iso(m->created_at, created));
	bs_buf_lit(out, ",\"key\":");
	put_hash(out, m->key);
	bs_buf_lit(out, ",\"meta\":");
	bs_buf_put(out, m->meta);
	bs_buf_lit(out, ",\"passages\":");
	put_passages(out, m->entries, m->entry_count);
	bs_buf_lit(out, ",\"previous\":");
	put_hash(out, m->previous);
	bs_buf_printf(out, ",\"revision\":%d,\"story\":", m->number);
	put_string(out, m->public_id);
	bs_buf_putc(out, '}');
}

static void free_buf(void *ptr)
{
	bs_buf_free(ptr);
}

struct bs_str bs_manifest_write(struct bs_arena *arena, const struct bs_manifest *manifest)
{
	struct bs_buf *out = BS_NEW(arena, struct bs_buf);

	/* Its parts are capped where they come in; this is above their sum. */
	*out = BS_BUF(SIZE_MAX / 2);
	bs_arena_defer(arena, free_buf, out);
	bs_buf_reserve(out, 512 + manifest->meta.len + manifest->entry_count * 96);
	write_members(out, manifest);
	return bs_buf_str(out);
}

void bs_manifest_content_hash(struct bs_arena *arena, const struct bs_manifest *manifest, uint8_t out[BS_HASH_SIZE])
{
	struct bs_buf *passages = BS_NEW(arena, struct bs_buf);
	crypto_hash_sha256_state state;

	*passages = BS_BUF(SIZE_MAX / 2);
	bs_arena_defer(arena, free_buf, passages);
	put_passages(passages, manifest->entries, manifest->entry_count);
	crypto_hash_sha256_init(&state);
	crypto_hash_sha256_update(&state, (const uint8_t *)manifest->meta.ptr, manifest->meta.len);
	crypto_hash_sha256_update(&state, (const uint8_t *)passages->data, passages->len);
	crypto_hash_sha256_final(&state, out);
}
