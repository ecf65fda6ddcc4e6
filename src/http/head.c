/* head.c - whether a request's head is taken; see internal.h.
 *
 * It is, only if it can be read in one way. What the library forgives (repeated Content-Length, a length together with chunks,
 * folded lines, bare line feeds, spaces in names) is how requests are smuggled past a proxy, so it is refused. */
#include "http/internal.h"

#include <microhttpd.h>

#include "http/target.h"

/* Bytes that the library notes of each field, and how many fields there may be. */
enum { FIELD_COST = 80, MAX_FIELDS = 64 };

struct head_check {
	struct bs_connection *connection;
	const char *expected;   /* where the next field must begin if nothing was folded, cut or hidden before it */
	unsigned fields, hosts, lengths, codings;
	size_t noted;           /* bytes that the library keeps beside the head: a note per field, cookies once more */
	uint64_t length;
	bool bad;
	bool chunked;
};

static bool is_token(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)name[i];
		bool alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!alnum && (c <= ' ' || c >= 0x7F || strchr("!#$%&'*+-.^_`|~", c) == NULL))
			return false;
	}
	return len > 0;
}

static bool is_field_value(const char *value, size_t len)
{
	bool bad = false;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)value[i];
		bad |= (c < ' ' && c != '\t') || c == 0x7F;
	}
	return !bad;
}

/* The fields that decide how the request is read and answered; told apart by length first. */
static void note_field(struct head_check *check, struct bs_str name, struct bs_str value)
{
	struct bs_connection *connection = check->connection;

	switch (name.len) {
	case 4:
		if (bs_str_eq_nocase(name, BS_STR("Host"))) {
			check->hosts++;
			check->bad |= value.len > 0 && !bs_authority_is_good(bs_str_trim(value));
		}
		break;
	case 6:
		check->noted += bs_str_eq_nocase(name, BS_STR("Cookie")) ? value.len : 0;
		break;
	case 8:
		if (bs_str_eq_nocase(name, BS_STR("If-Match")))
			connection->has.if_match = value;
		break;
	case 13:
		if (bs_str_eq_nocase(name, BS_STR("If-None-Match")))
			connection->has.if_none_match = value;
		break;
	case 14:
		if (bs_str_eq_nocase(name, BS_STR("Content-Length"))) {
			int64_t length = -1;
			check->lengths++;
			check->bad |= value.len == 0 || value.ptr[0] < '0' || value.ptr[0] > '9' ||
			              bs_str_int(bs_str_trim(value), &length) != BS_OK;
			check->length = (uint64_t)length;
		}
		break;
	case 15:
		if (bs_str_eq_nocase(name, BS_STR("Accept-Encoding")))
			connection->accept_encoding = value;
		break;
	case 17:
		if (bs_str_eq_nocase(name, BS_STR("If-Modified-Since")))
			connection->has.if_modified_since = value;
		if (bs_str_eq_nocase(name, BS_STR("Transfer-Encoding"))) {
			check->codings++;
			check->chunked = bs_str_eq_nocase(bs_str_trim(value), BS_STR("chunked"));
		}
		break;
	case 19:
		if (bs_str_eq_nocase(name, BS_STR("If-Unmodified-Since")))
			connection->has.if_unmodified_since = value;
		break;
	default:
		break;
	}
}

static enum MHD_Result see_field(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_len, const char *value,
                                 size_t value_len)
{
	struct head_check *check = cls;

	(void)kind;
	check->fields++;
	check->noted += FIELD_COST;
	/* The library leaves each line where it came in, ends name and value with a NUL and forgets the line's CRLF: so the next
	 * name stands two bytes behind. It stands elsewhere after a folded line, a bare LF or a NUL in the line. */
	if (value == NULL || (check->expected != NULL && name != check->expected) || !is_token(name, name_len) ||
	    !is_field_value(value, value_len)) {
		check->bad = true;
		return MHD_NO;
	}
	check->expected = value + value_len + 2;
	note_field(check, bs_str_n(name, name_len), bs_str_n(value, value_len));
	return MHD_YES;
}

static bool parse_method(const char *text, enum bs_method *out)
{
	static const struct {
		const char *text;
		enum bs_method method;
	} known[] = { { "GET", BS_GET },       { "HEAD", BS_HEAD },       { "POST", BS_POST },
		      { "PUT", BS_PUT },       { "DELETE", BS_DELETE },   { "OPTIONS", BS_OPTIONS } };

	for (size_t i = 0; i < BS_COUNT(known); i++) {
		if (strcmp(text, known[i].text) == 0) {
			*out = known[i].method;
			return true;
		}
	}
	return false;
}

/* Whether the bytes of the head are where a head that hides nothing has them. */
static bool head_is_plain(struct bs_connection *connection, const struct head_check *check)
{
	const union MHD_ConnectionInfo *size =
	        MHD_get_connection_info(connection->wire, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

	return connection->path == connection->method_text + strlen(connection->method_text) + 1 &&
	       connection->version == connection->path + connection->target_len + 1 && size != NULL &&
	       check->expected + 2 == connection->method_text + size->header_size;
}

int bs_head_check(struct bs_connection *connection, uint64_t *length)
{
	struct head_check check = { .connection = connection };
	const union MHD_ConnectionInfo *size;

	if (strcmp(connection->version, "HTTP/1.1") != 0 && strcmp(connection->version, "HTTP/1.0") != 0)
		return 505;
	check.expected = connection->version + strlen(connection->version) + 2;
	MHD_get_connection_values_n(connection->wire, MHD_HEADER_KIND, see_field, &check);
	if (check.bad || !head_is_plain(connection, &check) || check.lengths > 1 || check.codings > 1 || check.hosts > 1 ||
	    (check.lengths > 0 && check.codings > 0) || (check.hosts == 0 && connection->version[7] == '1'))
		return 400;
	if (check.codings > 0 && (!check.chunked || connection->version[7] == '0'))
		return check.chunked ? 400 : 501;
	size = MHD_get_connection_info(connection->wire, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	if (check.fields > MAX_FIELDS || size->header_size + check.noted > BS_MAX_REQUEST_HEAD)
		return 431;
	if (connection->target_len > BS_MAX_REQUEST_TARGET)
		return 414;
	if (!parse_method(connection->method_text, &connection->method))
		return 501;
	if ((check.length > 0 || check.chunked) && (connection->method & (BS_POST | BS_PUT)) == 0)
		return 400;
	*length = check.length;
	return 0;
}
