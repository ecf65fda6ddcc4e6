/* css.c - see css.h. */
#include "page/css.h"

enum { DEPTH = 64 /* of brackets within brackets */ };

struct open { /* a bracket */
	char closes;
	size_t at;
};

struct checking {
	struct bs_str css, file;
	size_t at;
	struct open open[DEPTH];
	size_t depth;
	struct bs_err *err;
};

struct bs_css_place bs_css_place(struct bs_str css, size_t at)
{
	struct bs_css_place place = { 1, 1 };

	for (size_t i = 0; i < at && i < css.len; i++) {
		if (css.ptr[i] == '\n')
			place = (struct bs_css_place){ place.line + 1, 1 };
		else
			place.column += ((unsigned char)css.ptr[i] & 0xC0) != 0x80;
	}
	return place;
}

static enum bs_rc fault(const struct checking *c, size_t at, const char *text)
{
	struct bs_css_place place = bs_css_place(c->css, at);

	return bs_fail(c->err, BS_INVALID, BS_FMT ":%u:%u: %s", BS_ARG(c->file), place.line, place.column, text);
}

/* The byte so far behind where it is, or NUL. */
static char ahead(const struct checking *c, size_t by)
{
	return c->at + by < c->css.len ? c->css.ptr[c->at + by] : '\0';
}

static bool is_newline(char c)
{
	return c == '\n' || c == '\r' || c == '\f';
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || (unsigned char)c >= 0x80;
}

/* Whether this word (small letters) stands at `at`, in whatever case. */
static bool stands(const struct checking *c, size_t at, const char *word)
{
	struct bs_str wanted = bs_str_c(word), found = bs_str_sub(c->css, at, wanted.len);

	for (size_t i = 0; i < found.len; i++) {
		char letter = found.ptr[i];
		if ((letter >= 'A' && letter <= 'Z' ? letter + ('a' - 'A') : letter) != wanted.ptr[i])
			return false;
	}
	return found.len == wanted.len;
}

static enum bs_rc take_comment(struct checking *c)
{
	size_t end = bs_str_find(c->css, BS_STR("*/"), c->at + 2);

	if (end == SIZE_MAX)
		return fault(c, c->at, "this comment is never ended");
	c->at = end + 2;
	return BS_OK;
}

/* A backslash and what it escapes, which may be a line's end of two bytes; else one byte. */
static size_t string_step(const struct checking *c)
{
	if (ahead(c, 0) != '\\')
		return 1;
	return ahead(c, 1) == '\r' && ahead(c, 2) == '\n' ? 3 : 2;
}

static enum bs_rc take_string(struct checking *c)
{
	char quote = c->css.ptr[c->at];
	size_t begin = c->at++;

	while (c->at < c->css.len && c->css.ptr[c->at] != quote) {
		if (is_newline(c->css.ptr[c->at]))
			return fault(c, begin, "this string is not ended in its line");
		c->at += string_step(c);
	}
	if (c->at >= c->css.len)
		return fault(c, begin, "this string is never ended");
	c->at++;
	return BS_OK;
}

static bool at_bare_url(const struct checking *c)
{
	size_t next = c->at + 1;

	if (c->at < 3 || !stands(c, c->at - 3, "url") || (c->at > 3 && is_name(c->css.ptr[c->at - 4])))
		return false;
	while (next < c->css.len && (is_newline(c->css.ptr[next]) || c->css.ptr[next] == ' ' || c->css.ptr[next] == '\t'))
		next++;
	return next < c->css.len && c->css.ptr[next] != '"' && c->css.ptr[next] != '\'';
}

/* An address without quotation marks, in which brackets, quotation marks and comments mean nothing. */
static enum bs_rc take_bare_url(struct checking *c)
{
	size_t begin = c->at++;

	for (; c->at < c->css.len; c->at += c->css.ptr[c->at] == '\\' ? 2 : 1) {
		char here = c->css.ptr[c->at];
		if (here == ')') {
			c->at++;
			return BS_OK;
		}
		if (here == '"' || here == '\'' || here == '(')
			return fault(c, c->at, "an address with such a character stands between quotation marks: url(\"…\")");
	}
	return fault(c, begin, "this url( is never closed");
}

static enum bs_rc take_opening(struct checking *c, char closes)
{
	if (closes == ')' && at_bare_url(c))
		return take_bare_url(c);
	if (c->depth == DEPTH)
		return fault(c, c->at, "too many brackets within brackets");
	c->open[c->depth++] = (struct open){ closes, c->at++ };
	return BS_OK;
}

static enum bs_rc never_closed(const struct checking *c)
{
	const struct open *open = &c->open[c->depth - 1];
	char text[] = "this '?' is never closed";

	text[6] = c->css.ptr[open->at];
	return fault(c, open->at, text);
}

static enum bs_rc take_closing(struct checking *c, char closes)
{
	char text[] = "this '?' closes nothing";

	if (c->depth > 0 && c->open[c->depth - 1].closes == closes) {
		c->depth--;
		c->at++;
		return BS_OK;
	}
	/* "{ a: b( }": what was not closed is the fault, not what closes around it. */
	if (c->depth > 0)
		return never_closed(c);
	text[6] = closes;
	return fault(c, c->at, text);
}

static enum bs_rc take_other(struct checking *c)
{
	if (ahead(c, 0) == '@' && stands(c, c->at, "@import") && !is_name(ahead(c, 7)))
		return fault(c, c->at, "an @import is written as @import \"name.css\"; and stands before everything else");
	c->at += ahead(c, 0) == '\\' ? 2 : 1;
	return BS_OK;
}

static enum bs_rc take_token(struct checking *c)
{
	switch (ahead(c, 0)) {
	case '"':
	case '\'':
		return take_string(c);
	case '{':
		return take_opening(c, '}');
	case '(':
		return take_opening(c, ')');
	case '[':
		return take_opening(c, ']');
	case '}':
	case ')':
	case ']':
		return take_closing(c, ahead(c, 0));
	case '/':
		return ahead(c, 1) == '*' ? take_comment(c) : take_other(c);
	default:
		return take_other(c);
	}
}

/* Nothing before where it is may end the <style>: in a string, too, it may be written as "\3C/style". Comments are left out of pages. */
static enum bs_rc ends_no_style(const struct checking *c, size_t begin)
{
	if (bs_str_starts(bs_str_sub(c->css, begin, 2), BS_STR("/*")))
		return BS_OK;
	for (size_t i = begin; (i = bs_str_find_byte(c->css, '<', i)) < c->at; i++) {
		if (stands(c, i, "</style"))
			return fault(c, i, "this would end the style sheet of the page");
	}
	return BS_OK;
}

enum bs_rc bs_css_check(struct bs_str css, size_t from, struct bs_str file, struct bs_err *err)
{
	struct checking c = { .css = css, .file = file, .at = from, .err = err };
	enum bs_rc rc = BS_OK;

	while (rc == BS_OK && c.at < css.len) {
		size_t begin = c.at;
		rc = take_token(&c);
		if (rc == BS_OK)
			rc = ends_no_style(&c, begin);
	}
	return rc == BS_OK && c.depth > 0 ? never_closed(&c) : rc;
}
