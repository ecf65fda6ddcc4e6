/* lexer.c - HTML taken apart into text and tags; see lexer.h. */
#include "text/html/lexer.h"

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static size_t find(struct bs_str s, struct bs_str what, size_t from)
{
	size_t at = bs_str_find(s, what, from);

	return at == SIZE_MAX ? s.len : at + what.len;
}

/* Behind a comment whose "<!--" ends at `at`. "<!-->" and "<!--->" are whole; "--!>" ends one too. */
static size_t comment_end(struct bs_str html, size_t at)
{
	if (at < html.len && html.ptr[at] == '>')
		return at + 1;
	if (bs_str_starts(bs_str_sub(html, at, SIZE_MAX), BS_STR("->")))
		return at + 2;
	while ((at = bs_str_find(html, BS_STR("--"), at)) != SIZE_MAX) {
		struct bs_str rest = bs_str_sub(html, at + 2, SIZE_MAX);
		if (bs_str_starts(rest, BS_STR(">")))
			return at + 3;
		if (bs_str_starts(rest, BS_STR("!>")))
			return at + 4;
		at++;
	}
	return html.len;
}

/* Behind an attribute's value that begins at `at`, behind the '='. */
static size_t value_end(struct bs_str html, size_t at)
{
	while (at < html.len && is_space(html.ptr[at]))
		at++;
	if (at < html.len && (html.ptr[at] == '"' || html.ptr[at] == '\''))
		return find(html, bs_str_n(html.ptr + at, 1), at + 1);
	while (at < html.len && !is_space(html.ptr[at]) && html.ptr[at] != '>')
		at++;
	return at;
}

/* Behind the attribute that begins at `at`. Its name may begin with '='. */
static size_t attribute_end(struct bs_str html, size_t at)
{
	size_t next;

	for (at++; at < html.len && !is_space(html.ptr[at]) && !strchr("/>=", html.ptr[at]); at++)
		;
	for (next = at; next < html.len && is_space(html.ptr[next]); next++)
		;
	return next < html.len && html.ptr[next] == '=' ? value_end(html, next + 1) : at;
}

/* A tag whose name begins at `at`; false when the document ends within it. */
static bool read_tag(struct bs_str html, size_t start, size_t at, struct lexeme *out)
{
	size_t name = at, attrs = 0;

	while (at < html.len && !is_space(html.ptr[at]) && html.ptr[at] != '/' && html.ptr[at] != '>')
		at++;
	out->name = bs_str_sub(html, name, at - name);
	out->keep = at - start;
	for (;;) {
		while (at < html.len && (is_space(html.ptr[at]) || html.ptr[at] == '/'))
			at++;
		if (at >= html.len)
			return false;
		if (html.ptr[at] == '>')
			break;
		at = attribute_end(html, at);
		if (++attrs <= LEX_ATTRS)
			out->keep = at - start;
	}
	out->raw = bs_str_sub(html, start, at + 1 - start);
	return true;
}

bool lex_next(struct bs_str html, size_t *at, struct lexeme *out)
{
	struct bs_str rest = bs_str_sub(html, *at, SIZE_MAX);
	char second = rest.len > 1 ? rest.ptr[1] : '\0', third = rest.len > 2 ? rest.ptr[2] : '\0';
	size_t start = *at, end;

	if (rest.len == 0)
		return false;
	*out = (struct lexeme){ .kind = LEX_NOTHING };
	if (rest.ptr[0] != '<') {
		out->kind = LEX_TEXT;
		end = bs_str_find_byte(html, '<', start);
		end = end == SIZE_MAX ? html.len : end;
	} else if (is_letter(second) || (second == '/' && is_letter(third))) {
		bool whole = read_tag(html, start, start + (second == '/' ? 2 : 1), out);
		if (whole)
			out->kind = second == '/' ? LEX_END : LEX_START;
		end = whole ? start + out->raw.len : html.len;
	} else if (bs_str_starts(rest, BS_STR("<!--"))) {
		end = comment_end(html, start + 4);
	} else if (second == '!' || second == '?' || (second == '/' && third != '\0')) {
		end = find(html, BS_STR(">"), start + 2);
	} else {
		out->kind = LEX_ANGLE;
		end = start + 1;
	}
	out->raw = bs_str_sub(html, start, end - start);
	*at = end;
	return true;
}

size_t lex_find_end(struct bs_str html, size_t at, struct bs_str name)
{
	while ((at = bs_str_find(html, BS_STR("</"), at)) != SIZE_MAX) {
		struct bs_str rest = bs_str_sub(html, at + 2, SIZE_MAX);
		char behind = rest.len > name.len ? rest.ptr[name.len] : '\0';
		if (bs_str_eq_nocase(bs_str_sub(rest, 0, name.len), name) && (is_space(behind) || behind == '/' || behind == '>'))
			return at;
		at += 2;
	}
	return SIZE_MAX;
}
