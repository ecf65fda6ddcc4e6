/* passage.c - the identities of a passage; see passage.h. */
#include "text/passage.h"

#include <sodium.h>

#include "text/markup.h"
#include "text/story/chars.h"

_Static_assert(BS_PASSAGE_HASH_SIZE == crypto_hash_sha256_BYTES, "SHA-256");

static void update(crypto_hash_sha256_state *state, struct bs_str s)
{
	crypto_hash_sha256_update(state, (const unsigned char *)s.ptr, s.len);
}

void bs_passage_hash(struct bs_str lang, struct bs_str markup, uint8_t out[BS_PASSAGE_HASH_SIZE])
{
	crypto_hash_sha256_state state;

	crypto_hash_sha256_init(&state);
	update(&state, BS_STR("broadsheet-passage-1\n"));
	update(&state, lang);
	update(&state, BS_STR("\n"));
	update(&state, markup);
	crypto_hash_sha256_final(&state, out);
}

struct bs_str bs_plain_text_fold(struct bs_arena *arena, struct bs_str text)
{
	struct bs_buf folded = BS_BUF(SIZE_MAX);
	struct bs_str result;

	chars_fold(&folded, text);
	result = bs_arena_copy(arena, bs_buf_str(&folded));
	bs_buf_free(&folded);
	return result;
}

bool bs_plain_text_hash(struct bs_str text, uint8_t out[BS_PASSAGE_HASH_SIZE])
{
	struct bs_buf folded = BS_BUF(SIZE_MAX);
	bool any;

	chars_fold(&folded, text);
	any = folded.len > 0;
	if (any)
		crypto_hash_sha256(out, (const unsigned char *)folded.data, folded.len);
	else
		memset(out, 0, BS_PASSAGE_HASH_SIZE);
	bs_buf_free(&folded);
	return any;
}

bool bs_passage_text_hash(struct bs_str markup, uint8_t out[BS_PASSAGE_HASH_SIZE])
{
	struct bs_buf plain = BS_BUF(SIZE_MAX);
	bool any;

	bs_markup_text(&plain, markup);
	any = bs_plain_text_hash(bs_buf_str(&plain), out);
	bs_buf_free(&plain);
	return any;
}
