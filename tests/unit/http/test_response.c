#include "tests/unit/unit.h"

#include <brotli/decode.h>
#include <pthread.h>
#include <zlib.h>

#include "http/internal.h"

static struct bs_response *response_of(const char *text, size_t times, const char *type)
{
	struct bs_buf body = BS_BUF(1024 * 1024);
	struct bs_response_options options = { .type = bs_str_c(type), .body = &body, .modified = 1763112600 };
	struct bs_response *response;
	struct bs_err err;

	while (times-- > 0)
		bs_buf_put(&body, bs_str_c(text));
	assert_ok(bs_response_new(&options, &response, &err), &err);
	assert_null(body.data);
	return response;
}

static void a_body_moves_into_the_response(void **state)
{
	struct bs_response *response = response_of("hello ", 3, "text/plain");

	(void)state;
	assert_int_equal(bs_response_status(response), 200);
	assert_str(bs_response_body(response), "hello hello hello ");
	assert_str(bs_response_type(response), "text/plain");
	assert_int_equal(bs_response_etag(response).len, 18);
	assert_true(bs_response_size(response) > 18);
	bs_response_drop(&response);
	assert_null(response);
	bs_response_drop(&response);
}

static void a_tag_depends_on_the_bytes_alone_and_on_every_one(void **state)
{
	struct bs_response *one = response_of("0123456789abcdefghi", 3, "text/plain");
	struct bs_response *same = response_of("0123456789abcdefghi", 3, "text/html");

	(void)state;
	assert_true(bs_str_eq(bs_response_etag(one), bs_response_etag(same)));
	/* Written down, because another process, tomorrow, must come to the same. */
	assert_str(bs_response_etag(one), "\"646a74b03de04ba4\"");
	for (size_t i = 0; i < 57; i++) {
		char text[58] = "0123456789abcdefghi0123456789abcdefghi0123456789abcdefghi";
		struct bs_response *other;
		text[i] ^= 1;
		other = response_of(text, 1, "text/plain");
		assert_false(bs_str_eq(bs_response_etag(one), bs_response_etag(other)));
		bs_response_drop(&other);
	}
	bs_response_drop(&one);
	bs_response_drop(&same);
}

static void only_200_has_a_tag(void **state)
{
	struct bs_response_options options = { .status = 404 };
	struct bs_response *response;
	struct bs_err err;

	(void)state;
	assert_ok(bs_response_new(&options, &response, &err), &err);
	assert_int_equal(bs_response_status(response), 404);
	assert_int_equal(bs_response_etag(response).len, 0);
	assert_int_equal(bs_response_body(response).len, 0);
	bs_response_drop(&response);
}

static void variants_decode_to_the_body(void **state)
{
	struct bs_response *response = response_of("a page of news, ", 200, "text/html");
	const struct bs_variant *gzip = bs_response_variant(response, BS_CODING_GZIP);
	const struct bs_variant *brotli = bs_response_variant(response, BS_CODING_BROTLI);
	z_stream z = { .next_in = (Bytef *)(uintptr_t)gzip->body.ptr, .avail_in = (uInt)gzip->body.len };
	uint8_t out[4096];
	size_t len = sizeof(out);

	(void)state;
	z.next_out = out;
	z.avail_out = sizeof(out);
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
	assert_true(bs_str_eq(bs_str_n((char *)out, z.total_out), bs_response_body(response)));
	inflateEnd(&z);
	assert_int_equal(BrotliDecoderDecompress(brotli->body.len, (const uint8_t *)brotli->body.ptr, &len, out),
	                 BROTLI_DECODER_RESULT_SUCCESS);
	assert_true(bs_str_eq(bs_str_n((char *)out, len), bs_response_body(response)));
	assert_ptr_equal(bs_response_variant(response, BS_CODING_GZIP), gzip);
	bs_response_drop(&response);
}

static void what_would_not_get_smaller_stays_as_it_is(void **state)
{
	struct bs_response *small = response_of("x", 100, "text/html");
	struct bs_response *picture = response_of("x", 10000, "image/png");
	struct bs_response *noise;
	struct bs_buf body = BS_BUF(4096);
	struct bs_response_options options = { .type = BS_STR("text/plain"), .body = &body };
	struct bs_err err;

	(void)state;
	assert_true(bs_buf_reserve(&body, 4096));
	bs_random_bytes(body.data, 4096);
	body.len = 4096;
	assert_ok(bs_response_new(&options, &noise, &err), &err);
	assert_ptr_equal(bs_response_variant(small, BS_CODING_GZIP), bs_response_variant(small, BS_CODING_PLAIN));
	assert_ptr_equal(bs_response_variant(picture, BS_CODING_BROTLI), bs_response_variant(picture, BS_CODING_PLAIN));
	assert_ptr_equal(bs_response_variant(noise, BS_CODING_GZIP), bs_response_variant(noise, BS_CODING_PLAIN));
	assert_ptr_equal(bs_response_variant(noise, BS_CODING_BROTLI), bs_response_variant(noise, BS_CODING_PLAIN));
	bs_response_drop(&small);
	bs_response_drop(&picture);
	bs_response_drop(&noise);
}

static void *ask_for_all(void *cls)
{
	struct bs_response *response = cls;

	for (int i = 0; i < 300; i++) {
		struct bs_response *mine = bs_response_hold(response);
		const struct bs_variant *variant = bs_response_variant(mine, (enum bs_coding)(i % BS_CODINGS));
		assert_non_null(bs_response_unchanged(mine, variant));
		assert_true(bs_response_size(mine) > 0);
		bs_response_drop(&mine);
	}
	bs_response_drop(&response);
	return NULL;
}

static void threads_share_one_response(void **state)
{
	struct bs_response *response = response_of("a page of news, ", 2000, "text/html");
	pthread_t threads[4];

	(void)state;
	for (size_t i = 0; i < BS_COUNT(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, ask_for_all, bs_response_hold(response)), 0);
	bs_response_drop(&response);
	for (size_t i = 0; i < BS_COUNT(threads); i++)
		pthread_join(threads[i], NULL);
}

static enum bs_rc with_header(struct bs_str name, struct bs_str value)
{
	struct bs_header header = { name, value };
	struct bs_buf body = BS_BUF(16);
	struct bs_response_options options = { .type = BS_STR("text/plain"), .body = &body, .headers = &header, .header_count = 1 };
	struct bs_response *response;
	struct bs_err err;
	enum bs_rc rc;

	bs_buf_lit(&body, "x");
	rc = bs_response_new(&options, &response, &err);
	if (rc != BS_OK) {
		assert_null(response);
		assert_int_equal(body.len, 1); /* still the caller's */
	}
	bs_response_drop(&response);
	bs_buf_free(&body);
	return rc;
}

static void no_header_can_begin_another(void **state)
{
	char large[BS_MAX_RESPONSE_HEAD];

	(void)state;
	memset(large, 'x', sizeof(large));
	assert_int_equal(with_header(BS_STR("Link"), BS_STR("</a>; rel=x")), BS_OK);
	assert_int_equal(with_header(BS_STR("Link"), BS_STR("caf\xC3\xA9")), BS_OK);
	assert_int_equal(with_header(BS_STR("Link"), BS_STR("x\r\nSet-Cookie: y")), BS_INVALID);
	assert_int_equal(with_header(BS_STR("Link"), BS_STR("x\ny")), BS_INVALID);
	assert_int_equal(with_header(BS_STR("Link"), BS_STR("x\0y")), BS_INVALID);
	assert_int_equal(with_header(BS_STR("Li nk"), BS_STR("x")), BS_INVALID);
	assert_int_equal(with_header(BS_STR("Link:"), BS_STR("x")), BS_INVALID);
	assert_int_equal(with_header(BS_STR(""), BS_STR("x")), BS_INVALID);
	assert_int_equal(with_header(BS_STR("Cache-Tag"), bs_str_n(large, sizeof(large))), BS_LIMIT);
	assert_int_equal(with_header(BS_STR("Cache-Tag"), bs_str_n(large, sizeof(large) - 512)), BS_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_body_moves_into_the_response),
		cmocka_unit_test(a_tag_depends_on_the_bytes_alone_and_on_every_one),
		cmocka_unit_test(only_200_has_a_tag),
		cmocka_unit_test(variants_decode_to_the_body),
		cmocka_unit_test(what_would_not_get_smaller_stays_as_it_is),
		cmocka_unit_test(threads_share_one_response),
		cmocka_unit_test(no_header_can_begin_another),
	};

	return cmocka_run_group_tests_name("response", tests, NULL, NULL);
}
