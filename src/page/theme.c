/* theme.c - see theme.h. */
#include "page/theme.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "page/css.h"

static bool name_stays_inside(struct bs_str name)
{
	struct bs_str rest = name, part;

	while (bs_str_split(&rest, '/', &part)) {
		if (part.len == 0 || part.ptr[0] == '.')
			return false;
	}
	return bs_str_find_byte(name, '\0', 0) == SIZE_MAX;
}

/* The whole of an open file into the arena. */
static enum bs_rc file_read(struct bs_arena *arena, int fd, struct bs_str file, struct bs_str *bytes, struct bs_err *err)
{
	struct stat st;
	char *text;
	size_t len = 0;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return bs_fail(err, BS_IO, BS_FMT " is not a file", BS_ARG(file));
	if (st.st_size > BS_MAX_TEMPLATE)
		return bs_fail(err, BS_LIMIT, BS_FMT " has more than %d bytes", BS_ARG(file), BS_MAX_TEMPLATE);
	text = bs_arena_alloc(arena, (size_t)st.st_size + 1);
	while (len < (size_t)st.st_size) {
		ssize_t got = read(fd, text + len, (size_t)st.st_size - len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return bs_fail(err, BS_IO, "cannot read " BS_FMT ": %s", BS_ARG(file), strerror(errno));
		if (got == 0)
			break;
		len += (size_t)got;
	}
	*bytes = bs_str_n(text, len);
	return BS_OK;
}

static enum bs_rc embedded_file(struct bs_str name, struct bs_str *bytes)
{
	for (const struct bs_embedded *e = bs_theme_default; e->name.ptr != NULL; e++) {
		if (bs_str_eq(e->name, name)) {
			*bytes = e->bytes;
			return BS_OK;
		}
	}
	return BS_NOT_FOUND;
}

enum bs_rc bs_theme_file(struct bs_arena *arena, const char *dir, struct bs_str name, struct bs_str *bytes,
                         struct bs_str *file, struct bs_err *err)
{
	enum bs_rc rc;
	int fd;

	if (!name_stays_inside(name))
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no name of a file in a theme", BS_ARG(name));
	*file = bs_arena_printf(arena, "%s/%.*s", dir != NULL ? dir : "built-in theme", (int)name.len, name.ptr);
	fd = dir != NULL ? open(file->ptr, O_RDONLY | O_CLOEXEC) : -1;
	if (fd >= 0) {
		rc = file_read(arena, fd, *file, bytes, err);
		close(fd);
		return rc;
	}
	if (dir != NULL && errno != ENOENT && errno != ENOTDIR)
		return bs_fail(err, BS_IO, "cannot open " BS_FMT ": %s", BS_ARG(*file), strerror(errno));
	*file = bs_arena_printf(arena, "built-in theme/%.*s", (int)name.len, name.ptr);
	rc = embedded_file(name, bytes);
	return rc == BS_OK ? rc : bs_fail(err, rc, "the theme has no file '" BS_FMT "'", BS_ARG(name));
}

enum bs_rc bs_theme_check(const char *dir, struct bs_err *err)
{
	struct stat st;

	if (stat(dir, &st) != 0)
		return bs_fail(err, BS_IO, "cannot open the theme's folder %.120s: %s; mend [theme] folder in broadsheet.conf", dir,
		               strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return bs_fail(err, BS_INVALID, "the theme %.120s is no folder; mend [theme] folder in broadsheet.conf", dir);
	if (access(dir, X_OK) != 0)
		return bs_fail(err, BS_DENIED, "cannot read the theme's folder %.120s: %s", dir, strerror(errno));
	return BS_OK;
}

enum bs_rc bs_theme_load(void *dir, struct bs_arena *arena, struct bs_str name, struct bs_template_source *out,
                         struct bs_err *err)
{
	struct bs_str parts[] = { name, BS_STR(".mustache") };

	return bs_theme_file(arena, dir, bs_arena_join(arena, parts, 2, BS_STR("")), &out->text, &out->file, err);
}

/* --- style sheets --------------------------------------------------------------------------------------------------- */

enum { STYLES_MAX = 32 };

struct style {
	struct bs_arena *arena;
	const char *dir;
	struct bs_buf *out;
	struct bs_str seen[STYLES_MAX]; /* files taken in already */
	size_t count;
};

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* White space may go beside these: it separates nothing there. (Not '(' and '+': "and (", "1em + 2px" need theirs.) */
static bool needs_no_space(char c)
{
	return c == '{' || c == '}' || c == ';' || c == ',' || c == '\0';
}

/* Skip a quoted string, a comment or nothing at `at`; strings are copied as they are. */
static size_t copy_string(struct bs_str css, size_t at, struct bs_buf *out)
{
	char quote = css.ptr[at];
	size_t end = at + 1;

	while (end < css.len && css.ptr[end] != quote)
		end += css.ptr[end] == '\\' ? 2 : 1;
	end = end < css.len ? end + 1 : css.len;
	bs_buf_put(out, bs_str_sub(css, at, end - at));
	return end;
}

static size_t skip_blank(struct bs_str css, size_t at)
{
	for (;;) {
		while (at < css.len && is_space(css.ptr[at]))
			at++;
		if (at + 1 >= css.len || css.ptr[at] != '/' || css.ptr[at + 1] != '*')
			return at;
		at = bs_str_find(css, BS_STR("*/"), at + 2);
		at = at == SIZE_MAX ? css.len : at + 2;
	}
}

/* Whether there is white space between the comments of what skip_blank skipped. */
static bool has_space(struct bs_str css, size_t at, size_t end)
{
	while (at < end && !is_space(css.ptr[at]))
		at = bs_str_find(css, BS_STR("*/"), at + 2) + 2;
	return at < end;
}

static void strip(struct bs_str css, struct bs_buf *out)
{
	char last = '\0'; /* what was written last */
	size_t at = 0;

	while (at < css.len) {
		size_t next = skip_blank(css, at);
		if (next > at) {
			char follows = next < css.len ? css.ptr[next] : '\0';
			if (!needs_no_space(last) && !needs_no_space(follows) && last != ':')
				/* A comment is no space, but parts what stands beside it. */
				bs_buf_put(out, has_space(css, at, next) ? BS_STR(" ") : BS_STR("/**/"));
			last = ' ';
			at = next;
			continue;
		}
		last = css.ptr[at];
		if (last == '"' || last == '\'') {
			at = copy_string(css, at, out);
			continue;
		}
		/* The last declaration of a rule needs no semicolon. */
		if (last != ';' || css.ptr[skip_blank(css, at + 1) < css.len ? skip_blank(css, at + 1) : at] != '}')
			bs_buf_putc(out, last);
		at++;
	}
}

struct from { /* where a file is asked for; file.ptr NULL: nowhere */
	struct bs_str file;
	struct bs_css_place place;
};

static enum bs_rc style_add(struct style *style, struct bs_str name, const struct from *from, struct bs_err *err);

/* Put the files of the @import lines that it begins with in their place; *at is behind them. One that is written in another way is
 * left to bs_css_check. */
static enum bs_rc imports_add(struct style *style, struct bs_str css, struct bs_str file, size_t *at, struct bs_err *err)
{
	struct bs_str opening = BS_STR("@import \"");
	enum bs_rc rc = BS_OK;

	for (*at = 0; rc == BS_OK;) {
		size_t begin = skip_blank(css, *at), name = begin + opening.len, end;
		struct from from = { file, bs_css_place(css, begin) };
		if (!bs_str_starts(bs_str_sub(css, begin, SIZE_MAX), opening))
			return BS_OK;
		end = bs_str_find_byte(css, '"', name);
		if (end == SIZE_MAX || end + 1 >= css.len || css.ptr[end + 1] != ';')
			return BS_OK;
		rc = style_add(style, bs_str_sub(css, name, end - name), &from, err);
		*at = end + 2;
	}
	return rc;
}

/* A fault is told where the file was asked for. */
static enum bs_rc style_file(struct style *style, struct bs_str name, const struct from *from, struct bs_str *css, struct bs_str *file,
                             struct bs_err *err)
{
	struct bs_str parts[] = { BS_STR("css/"), name };
	struct bs_err why = { 0 };
	enum bs_rc rc = bs_theme_file(style->arena, style->dir, bs_arena_join(style->arena, parts, 2, BS_STR("")), css, file, &why);

	if (rc == BS_OK && bs_str_starts(*css, BS_STR("\xEF\xBB\xBF"))) /* says that it is UTF-8, and is none of its text */
		*css = bs_str_sub(*css, 3, SIZE_MAX);
	if (rc != BS_OK && from->file.ptr != NULL)
		return bs_fail(err, rc, BS_FMT ":%u:%u: %s", BS_ARG(from->file), from->place.line, from->place.column, why.text);
	return rc != BS_OK ? bs_fail(err, rc, "%s", why.text) : BS_OK;
}

static enum bs_rc style_add(struct style *style, struct bs_str name, const struct from *from, struct bs_err *err)
{
	struct bs_str css, file;
	size_t at = 0;
	enum bs_rc rc;

	for (size_t i = 0; i < style->count; i++) {
		if (bs_str_eq(style->seen[i], name))
			return BS_OK;
	}
	if (style->count == STYLES_MAX)
		return bs_fail(err, BS_LIMIT, "a style sheet may be made of %d files", STYLES_MAX);
	style->seen[style->count++] = name;
	rc = style_file(style, name, from, &css, &file, err);
	if (rc == BS_OK)
		rc = imports_add(style, css, file, &at, err);
	if (rc == BS_OK)
		rc = bs_css_check(css, at, file, err);
	if (rc == BS_OK)
		strip(bs_str_sub(css, at, SIZE_MAX), style->out);
	return rc;
}

enum bs_rc bs_theme_style(struct bs_arena *arena, const char *dir, struct bs_str name, struct bs_buf *out,
                          struct bs_err *err)
{
	struct style style = { .arena = arena, .dir = dir, .out = out };
	struct bs_str parts[] = { name, BS_STR(".css") };
	struct from nobody = { 0 };
	enum bs_rc rc = style_add(&style, bs_arena_join(arena, parts, 2, BS_STR("")), &nobody, err);

	return rc == BS_OK ? bs_buf_check(out, "the style sheet", err) : rc;
}
