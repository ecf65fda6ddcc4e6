/* core.h - results, errors and string slices: the words every room speaks.
 *
 * A function that can fail returns enum bs_rc and takes the caller's struct bs_err as its last argument. The lower
 * error passes up unchanged; whoever first notices a fault words it, with the place and what to do. err->text is for
 * the person who runs the machine (log, terminal), never for a reader of the site.
 *
 * struct bs_str is a view: it owns nothing, is not NUL-terminated, and lives as long as what it points into.
 * Everything here is safe from any thread. */
#ifndef BS_BASE_CORE_H
#define BS_BASE_CORE_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define BS_CHECK __attribute__((warn_unused_result))
#define BS_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define BS_COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum bs_rc {
	BS_OK = 0,
	BS_NOT_FOUND, /* nothing there, or nothing the caller may know of */
	BS_INVALID,   /* the input could never be right */
	BS_CONFLICT,  /* right in itself, but it collides with what is stored */
	BS_LIMIT,     /* over a cap of limits.h or of the configuration */
	BS_DENIED,    /* no permission, of the file system or of the newsroom */
	BS_BUSY,      /* try again later: a lock, a lost connection, a full pool */
	BS_IO,        /* the system or a peer failed; err->text says which */
	BS_CORRUPT,   /* stored data contradicts itself */
};

struct bs_err {
	enum bs_rc rc;
	char text[256]; /* NUL-terminated, UTF-8, one line, no trailing full stop */
};

/* A short stable name of a result, such as "not-found", for logs and JSON. */
const char *bs_rc_name(enum bs_rc rc);

/* Word the error and return rc, so that a function can `return bs_fail(err, BS_INVALID, …)`. err may be NULL. */
enum bs_rc bs_fail(struct bs_err *err, enum bs_rc rc, const char *fmt, ...) BS_PRINTF(3, 4);

/* Put "what: " before the text of an error that is passed up, where the place adds to it; returns err->rc. */
enum bs_rc bs_fail_at(struct bs_err *err, const char *fmt, ...) BS_PRINTF(2, 3);

struct bs_str {
	const char *ptr;
	size_t len;
};

/* The slice of a string literal, usable in static initialisers. */
#define BS_STR(literal) ((struct bs_str){ "" literal, sizeof(literal) - 1 })
#define BS_STR_INIT(literal) { "" literal, sizeof(literal) - 1 }
/* For "%.*s": bs_fail(err, rc, "slug '" BS_FMT "'", BS_ARG(slug)), cut to 80 bytes so that a message stays readable; and
 * bs_arena_printf(arena, "/author/" BS_FMT, BS_ALL(slug)), whole, for everything that is more than a message. */
#define BS_FMT "%.*s"
#define BS_ARG(s) ((int)((s).len > 80 ? 80 : (s).len)), ((s).len > 0 ? (s).ptr : "")
#define BS_ALL(s) ((int)((s).len > INT_MAX ? INT_MAX : (s).len)), ((s).len > 0 ? (s).ptr : "")

static inline struct bs_str bs_str_n(const char *ptr, size_t len)
{
	return (struct bs_str){ ptr, len };
}

static inline struct bs_str bs_str_c(const char *nul_terminated)
{
	return (struct bs_str){ nul_terminated, nul_terminated != NULL ? strlen(nul_terminated) : 0 };
}

static inline bool bs_str_eq(struct bs_str a, struct bs_str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool bs_str_starts(struct bs_str s, struct bs_str prefix)
{
	return s.len >= prefix.len && bs_str_eq(bs_str_n(s.ptr, prefix.len), prefix);
}

static inline bool bs_str_ends(struct bs_str s, struct bs_str suffix)
{
	return s.len >= suffix.len && bs_str_eq(bs_str_n(s.ptr + (s.len - suffix.len), suffix.len), suffix);
}

/* The part from `start` (clamped), at most `len` bytes. */
struct bs_str bs_str_sub(struct bs_str s, size_t start, size_t len);
/* Byte order, shorter first when one begins the other: <0, 0, >0. */
int bs_str_cmp(struct bs_str a, struct bs_str b);
/* ASCII letters compare alike in both cases; other bytes as they are. */
bool bs_str_eq_nocase(struct bs_str a, struct bs_str b);
/* Offset of the first `needle` at or after `from`, or SIZE_MAX. */
size_t bs_str_find(struct bs_str s, struct bs_str needle, size_t from);
size_t bs_str_find_byte(struct bs_str s, char byte, size_t from);
/* Without ASCII white space (space, tab, CR, LF, FF, VT) at both ends. */
struct bs_str bs_str_trim(struct bs_str s);
/* Take the part before the first `sep` out of *rest and move *rest behind it; the whole of it when there is no `sep`.
 * False when *rest had no pointer left: `while (bs_str_split(&rest, ',', &part))` sees "a,,b" as three parts. */
bool bs_str_split(struct bs_str *rest, char sep, struct bs_str *part);
/* A whole decimal number, sign allowed, nothing else around it. BS_INVALID when it is none or does not fit. */
enum bs_rc bs_str_int(struct bs_str s, int64_t *out) BS_CHECK;
/* Well-formed UTF-8 (Unicode 15, table 3-7) without NUL. Returns SIZE_MAX when all is well, else the offset of the
 * first bad byte. */
size_t bs_str_utf8_fault(struct bs_str s);
/* The code point at *at (well-formed input), moving *at behind it. */
uint32_t bs_str_utf8_next(struct bs_str s, size_t *at);
/* The longest prefix of at most `max` bytes that does not cut a code point. */
struct bs_str bs_str_utf8_prefix(struct bs_str s, size_t max);

/* The last `width` decimal digits of the number, with zeros in front, no NUL; returns where they end. */
char *bs_digits_write(char *to, uint64_t number, unsigned width);
/* Lower-case hexadecimal of `len` bytes into out[2 * len]; no NUL is written. */
void bs_hex_encode(const uint8_t *bytes, size_t len, char *out);
/* Exactly 2 * len hexadecimal digits of either case into `len` bytes. BS_INVALID otherwise. */
enum bs_rc bs_hex_decode(struct bs_str hex, uint8_t *out, size_t len) BS_CHECK;

#endif
