/* response.c - finished answers; see response.h.
 *
 * Behind each variant stands one object of libmicrohttpd, made when it is first sent (an export sends none) and queued again
 * and again; it counts the connections that are sending it. So a response dies in two steps. When the last holder drops it,
 * it gives up its own share of those objects; when the last connection is done with an object, that calls back. The bytes go
 * when both have happened, which `parts` counts.
 *
 * Readers find a variant and its objects by one atomic load each. Making one takes the lock, so that it is made once. */
#include "http/internal.h"

#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <xxhash.h>

#include "base/sys.h"

enum { MAX_HEAD = BS_MAX_RESPONSE_HEAD, MAX_HEADERS = 48 };

struct bs_response {
	atomic_uint holders;
	atomic_uint parts; /* objects of libmicrohttpd that are alive, and one for the holders */
	int status;
	int64_t modified;
	bool compresses;
	char modified_text[BS_TIME_HTTP_MAX];
	struct bs_str type, cache_control, csp, hsts;
	bool embeddable;
	const struct bs_header *headers; /* those of the caller */
	size_t header_count;
	size_t block; /* bytes of this struct and all the text behind it */
	pthread_mutex_t making;
	_Atomic(struct bs_variant *) variants[BS_CODINGS]; /* one may stand in several places */
	struct bs_variant made[BS_CODINGS];
};

/* ---- what goes into a head ---- */

struct head {
	struct bs_header lines[MAX_HEADERS];
	size_t count;
};

static void head_put(struct head *head, struct bs_str name, struct bs_str value)
{
	if (value.len > 0)
		head->lines[head->count++] = (struct bs_header){ name, value };
}

/* The same for every answer; what they stand for is in docs/rooms/http.md. */
static const struct bs_header always[] = {
	{ BS_STR_INIT("X-Content-Type-Options"), BS_STR_INIT("nosniff") },
	{ BS_STR_INIT("X-Frame-Options"), BS_STR_INIT("DENY") },
	{ BS_STR_INIT("Referrer-Policy"), BS_STR_INIT("strict-origin-when-cross-origin") },
	{ BS_STR_INIT("Permissions-Policy"), BS_STR_INIT("camera=(), microphone=(), geolocation=(), payment=(), usb=()") },
	{ BS_STR_INIT("Cross-Origin-Opener-Policy"), BS_STR_INIT("same-origin") },
};

static void head_freshness(struct head *head, const struct bs_response *response, const char *etag)
{
	head_put(head, BS_STR("ETag"), bs_str_c(etag));
	head_put(head, BS_STR("Last-Modified"), bs_str_c(response->modified_text));
	head_put(head, BS_STR("Cache-Control"), response->cache_control);
	if (response->compresses)
		head_put(head, BS_STR("Vary"), BS_STR("Accept-Encoding"));
}

static void head_whole(struct head *head, const struct bs_response *response, const char *etag, enum bs_coding coding)
{
	static const struct bs_str codings[BS_CODINGS] = { [BS_CODING_GZIP] = BS_STR_INIT("gzip"),
		                                           [BS_CODING_BROTLI] = BS_STR_INIT("br") };

	head_put(head, BS_STR("Content-Type"), response->type);
	head_put(head, BS_STR("Content-Encoding"), codings[coding]);
	head_freshness(head, response, etag);
	for (size_t i = 0; i < response->header_count; i++)
		head_put(head, response->headers[i].name, response->headers[i].value);
	head_put(head, BS_STR("Content-Security-Policy"), response->csp);
	head_put(head, BS_STR("Strict-Transport-Security"), response->hsts);
	head_put(head, BS_STR("Cross-Origin-Resource-Policy"),
	         response->embeddable ? BS_STR("cross-origin") : BS_STR("same-origin"));
	for (size_t i = 0; i < BS_COUNT(always); i++)
		head_put(head, always[i].name, always[i].value);
}

/* The values are NUL-terminated: literals, or copied by text_keep. */
static void head_send(const struct head *head, struct MHD_Response *to)
{
	for (size_t i = 0; i < head->count; i++)
		(void)MHD_add_response_header(to, head->lines[i].name.ptr, head->lines[i].value.ptr);
}

/* ---- life and death ---- */

static void part_gone(void *cls)
{
	struct bs_response *response = cls;

	if (atomic_fetch_sub(&response->parts, 1) > 1)
		return;
	for (size_t i = 0; i < BS_CODINGS; i++)
		free((void *)(uintptr_t)response->made[i].body.ptr);
	pthread_mutex_destroy(&response->making);
	free(response);
}

struct bs_response *bs_response_hold(struct bs_response *response)
{
	atomic_fetch_add_explicit(&response->holders, 1, memory_order_relaxed);
	return response;
}

void bs_response_drop(struct bs_response **held)
{
	struct bs_response *response = *held;

	*held = NULL;
	if (response == NULL || atomic_fetch_sub(&response->holders, 1) > 1)
		return;
	for (size_t i = 0; i < BS_CODINGS; i++) {
		MHD_destroy_response(atomic_load(&response->made[i].whole));
		MHD_destroy_response(atomic_load(&response->made[i].unchanged));
	}
	part_gone(response);
}

static struct MHD_Response *object_made(struct bs_response *response, struct MHD_Response *object)
{
	if (object == NULL)
		bs_out_of_memory(response->block);
	atomic_fetch_add_explicit(&response->parts, 1, memory_order_relaxed);
	return object;
}

/* ---- variants ---- */

/* It has to tell one version of a page from the next, not to resist an attacker. */
static void tag_variant(struct bs_variant *variant, struct bs_str body, enum bs_coding coding)
{
	static const char *const endings[BS_CODINGS] = { "", "-g", "-b" };
	unsigned long long fingerprint = XXH3_64bits(body.ptr, body.len);

	(void)snprintf(variant->etag, sizeof(variant->etag), "\"%016llx%s\"", fingerprint, endings[coding]);
}

static void make_variant(struct bs_response *response, enum bs_coding coding, struct bs_str body)
{
	struct bs_variant *variant = &response->made[coding];

	variant->coding = coding;
	variant->body = body;
	variant->length = body.len;
	if (response->status == 200)
		tag_variant(variant, body, coding);
	atomic_store_explicit(&response->variants[coding], variant, memory_order_release);
}

/* The variant in this coding, for the first client that asks for it. */
static struct bs_variant *make_compressed(struct bs_response *response, enum bs_coding coding)
{
	struct bs_variant *variant;

	pthread_mutex_lock(&response->making);
	variant = atomic_load(&response->variants[coding]);
	if (variant == NULL) {
		struct bs_str body = bs_compress(response->made[BS_CODING_PLAIN].body, coding);
		if (body.len > 0)
			make_variant(response, coding, body);
		else
			atomic_store(&response->variants[coding], &response->made[BS_CODING_PLAIN]);
		variant = atomic_load(&response->variants[coding]);
	}
	pthread_mutex_unlock(&response->making);
	return variant;
}

const struct bs_variant *bs_response_variant(struct bs_response *response, enum bs_coding wanted)
{
	struct bs_variant *variant;

	if (!response->compresses)
		return &response->made[BS_CODING_PLAIN];
	variant = atomic_load_explicit(&response->variants[wanted], memory_order_acquire);
	return variant != NULL ? variant : make_compressed(response, wanted);
}

/* ---- what the library sends ---- */

static struct MHD_Response *make_whole(struct bs_response *response, const struct bs_variant *variant)
{
	struct head head = { .count = 0 };
	struct MHD_Response *object = object_made(response, MHD_create_response_from_buffer_with_free_callback_cls(
	        variant->body.len, (void *)(uintptr_t)variant->body.ptr, part_gone, response));

	head_whole(&head, response, variant->etag, variant->coding);
	head_send(&head, object);
	return object;
}

static ssize_t no_body(void *cls, uint64_t at, char *to, size_t room)
{
	(void)cls, (void)at, (void)to, (void)room;
	return MHD_CONTENT_READER_END_WITH_ERROR;
}

/* It has the length of the body, though none is sent and nobody asks for it, so that Content-Length says what 200 would
 * (RFC 9110 section 8.6). */
static struct MHD_Response *make_unchanged(struct bs_response *response, const struct bs_variant *variant)
{
	struct head head = { .count = 0 };
	struct MHD_Response *object =
	        object_made(response, MHD_create_response_from_callback(variant->length, 1, no_body, response, part_gone));

	head_freshness(&head, response, variant->etag);
	head_send(&head, object);
	return object;
}

/* The object of this place, made by the first who asks. */
static void *object_of(struct bs_response *response, const struct bs_variant *variant, _Atomic(void *) *place,
                       struct MHD_Response *(*make)(struct bs_response *response, const struct bs_variant *variant))
{
	void *object = atomic_load_explicit(place, memory_order_acquire);

	if (object != NULL)
		return object;
	pthread_mutex_lock(&response->making);
	object = atomic_load(place);
	if (object == NULL) {
		object = make(response, variant);
		atomic_store_explicit(place, object, memory_order_release);
	}
	pthread_mutex_unlock(&response->making);
	return object;
}

void *bs_response_whole(struct bs_response *response, const struct bs_variant *variant)
{
	return object_of(response, variant, &response->made[variant - response->made].whole, make_whole);
}

void *bs_response_unchanged(struct bs_response *response, const struct bs_variant *variant)
{
	return object_of(response, variant, &response->made[variant - response->made].unchanged, make_unchanged);
}

/* ---- making one ---- */

static bool name_is_good(struct bs_str name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];
		bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
		if (!good)
			return false;
	}
	return name.len > 0;
}

static bool value_is_good(struct bs_str value)
{
	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.ptr[i];
		if (c < ' ' || c == 0x7F)
			return false;
	}
	return true;
}

/* What of the options is text that the response keeps; walked twice, for the size and for the copy. */
struct kept_text {
	struct bs_str type, cache_control, csp, hsts;
};

static struct kept_text text_of(const struct bs_response_options *options)
{
	static const struct bs_str nothing = BS_STR_INIT("default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
	struct kept_text text = { options->type, options->cache_control, nothing, { 0 } };

	if (text.cache_control.len == 0)
		text.cache_control = BS_STR("no-cache");
	if (options->policy != NULL && options->policy->csp.len > 0)
		text.csp = options->policy->csp;
	if (options->policy != NULL)
		text.hsts = options->policy->hsts;
	return text;
}

/* Bytes that the text takes, each with a NUL behind it. */
static enum bs_rc measure(const struct bs_response_options *options, const struct kept_text *text, size_t *size,
                          struct bs_err *err)
{
	const struct bs_str parts[] = { text->type, text->cache_control, text->csp, text->hsts };

	*size = 0;
	for (size_t i = 0; i < BS_COUNT(parts); i++) {
		if (!value_is_good(parts[i]))
			return bs_fail(err, BS_INVALID, "a header of the response has a control character: '" BS_FMT "'", BS_ARG(parts[i]));
		*size += parts[i].len + 1;
	}
	for (size_t i = 0; i < options->header_count; i++) {
		const struct bs_header *header = &options->headers[i];
		if (!name_is_good(header->name) || !value_is_good(header->value))
			return bs_fail(err, BS_INVALID, "the header '" BS_FMT "' is none, or has a control character", BS_ARG(header->name));
		*size += header->name.len + header->value.len + 4;
	}
	if (*size > MAX_HEAD || options->header_count > MAX_HEADERS / 2)
		return bs_fail(err, BS_LIMIT, "the headers of a response are over their limit of %d bytes or %d lines", MAX_HEAD,
		               MAX_HEADERS / 2);
	return BS_OK;
}

static struct bs_str text_keep(char **at, struct bs_str s)
{
	struct bs_str copy = bs_str_n(*at, s.len);

	if (s.len > 0)
		memcpy(*at, s.ptr, s.len);
	(*at)[s.len] = '\0';
	*at += s.len + 1;
	return copy;
}

/* A response without a variant yet: one block holds it and its text. */
static enum bs_rc response_new(const struct bs_response_options *options, struct bs_response **out, struct bs_err *err)
{
	struct kept_text text = text_of(options);
	struct bs_response *response;
	struct bs_header *headers;
	size_t size;
	char *at;
	enum bs_rc rc = measure(options, &text, &size, err);

	*out = NULL;
	if (rc != BS_OK)
		return rc;
	size += sizeof(*response) + options->header_count * sizeof(*headers);
	response = bs_alloc(size);
	headers = (struct bs_header *)(response + 1);
	at = (char *)(headers + options->header_count);
	for (size_t i = 0; i < options->header_count; i++) {
		headers[i].name = text_keep(&at, options->headers[i].name);
		headers[i].value = text_keep(&at, options->headers[i].value);
	}
	response->headers = headers;
	response->header_count = options->header_count;
	response->type = text_keep(&at, text.type);
	response->cache_control = text_keep(&at, text.cache_control);
	response->csp = text_keep(&at, text.csp);
	response->hsts = text_keep(&at, text.hsts);
	response->embeddable = options->policy != NULL && options->policy->embeddable;
	response->block = size;
	response->status = options->status != 0 ? options->status : 200;
	response->modified = options->modified;
	if (options->modified != 0)
		bs_time_http(options->modified, response->modified_text);
	pthread_mutex_init(&response->making, NULL);
	atomic_init(&response->holders, 1);
	atomic_init(&response->parts, 1);
	*out = response;
	return BS_OK;
}

enum bs_rc bs_response_new(const struct bs_response_options *options, struct bs_response **out, struct bs_err *err)
{
	struct bs_str body = { 0 };
	enum bs_rc rc = response_new(options, out, err);

	if (rc != BS_OK)
		return rc;
	if (options->body != NULL && options->body->len > 0) {
		body = bs_str_n(bs_realloc(options->body->data, options->body->len), options->body->len);
		*options->body = BS_BUF(options->body->cap);
	}
	(*out)->compresses = bs_worth_compressing(body, (*out)->type);
	make_variant(*out, BS_CODING_PLAIN, body);
	return BS_OK;
}

enum bs_rc bs_response_from_file(const struct bs_response_options *options, int file, struct bs_range range, struct bs_str etag,
                                 struct bs_response **out, struct bs_err *err)
{
	struct bs_variant *variant;
	struct MHD_Response *whole;
	struct head head = { .count = 0 };
	enum bs_rc rc = response_new(options, out, err);

	if (rc != BS_OK) {
		close(file);
		return rc;
	}
	variant = &(*out)->made[BS_CODING_PLAIN];
	variant->length = range.len;
	(void)snprintf(variant->etag, sizeof(variant->etag), "%.*s", (int)etag.len, etag.ptr);
	whole = MHD_create_response_from_fd_at_offset64(range.len, file, range.from);
	if (whole == NULL)
		bs_out_of_memory((*out)->block); /* closes no file, but nothing outlives this */
	head_whole(&head, *out, variant->etag, BS_CODING_PLAIN);
	head_send(&head, whole);
	atomic_store(&variant->whole, whole);
	return BS_OK;
}

enum bs_rc bs_response_from_callback(const struct bs_response_options *options, void *whole, struct bs_response **out, struct bs_err *err)
{
	struct head head = { .count = 0 };
	enum bs_rc rc = response_new(options, out, err);

	if (rc != BS_OK) {
		MHD_destroy_response(whole);
		return rc;
	}
	if (whole == NULL)
		bs_out_of_memory((*out)->block);
	head_whole(&head, *out, "", BS_CODING_PLAIN);
	head_send(&head, whole);
	atomic_store(&(*out)->made[BS_CODING_PLAIN].whole, whole);
	return BS_OK;
}

int bs_response_status(const struct bs_response *response)
{
	return response->status;
}

int64_t bs_response_modified(const struct bs_response *response)
{
	return response->modified;
}

struct bs_str bs_response_body(const struct bs_response *response)
{
	return response->made[BS_CODING_PLAIN].body;
}

struct bs_str bs_response_type(const struct bs_response *response)
{
	return response->type;
}

struct bs_str bs_response_header(const struct bs_response *response, struct bs_str name)
{
	for (size_t i = 0; i < response->header_count; i++) {
		if (bs_str_eq(response->headers[i].name, name))
			return response->headers[i].value;
	}
	return BS_STR("");
}

struct bs_str bs_response_etag(const struct bs_response *response)
{
	return bs_str_c(response->made[BS_CODING_PLAIN].etag);
}

size_t bs_response_size(const struct bs_response *response)
{
	size_t size = response->block;

	for (size_t i = 0; i < BS_CODINGS; i++) {
		const struct bs_variant *variant = atomic_load(&response->variants[i]);
		if (variant == &response->made[i])
			size += variant->body.len + MAX_HEAD / 2; /* and what libmicrohttpd keeps of the head */
	}
	return size;
}
