/* document.c - which kind of document a file is; see document.h.
 *
 * The order matters: size, then the marks of binary formats, then UTF-8, because a zip is also "not UTF-8" and its
 * owner is helped by the former, not the latter. Among texts, front matter decides first (nothing else begins so),
 * then HTML's own first tag, then the shapes of a printed page; what remains is Markdown. */
#include "syndicate/import/read/document.h"

#include "base/limits.h"
#include "syndicate/import/read/charset.h"
#include "syndicate/import/printed/printed.h"

static const char *const format_names[] = {
	[BS_FORMAT_AUTO] = "auto",
	[BS_FORMAT_MARKDOWN] = "markdown",
	[BS_FORMAT_HTML] = "html",
	[BS_FORMAT_PRINTED] = "printed",
};

enum bs_rc bs_format_of(struct bs_str word, enum bs_format *out)
{
	for (size_t i = 0; i < BS_COUNT(format_names); i++) {
		if (bs_str_eq(word, bs_str_c(format_names[i]))) {
			*out = (enum bs_format)i;
			return BS_OK;
		}
	}
	return BS_NOT_FOUND;
}

const char *bs_format_name(enum bs_format format)
{
	return format_names[format];
}

/* What stands at an offset of a file that is not a document. Most of these are letters too, and a story may begin with
 * them: they count only in a file that is not text. */
static const struct magic {
	size_t at;
	struct bs_str bytes;
	const char *what;
} magics[] = {
	{ 0, BS_STR_INIT("PK\x03\x04"),
	  "a zip archive (or an office document, which is one), not a story; unpack it, or save it as text, first" },
	{ 0, BS_STR_INIT("PK\x05\x06"), "an empty zip archive, not a story" },
	{ 0, BS_STR_INIT("\x1f\x8b"), "a gzip file, not a story; unpack it first" },
	{ 0, BS_STR_INIT("BZh"), "a bzip2 file, not a story; unpack it first" },
	{ 0,
	  BS_STR_INIT("\xfd"
	              "7zXZ"),
	  "an xz file, not a story; unpack it first" },
	{ 0, BS_STR_INIT("\x28\xb5\x2f\xfd"), "a zstd file, not a story; unpack it first" },
	{ 0, BS_STR_INIT("7z\xbc\xaf\x27\x1c"), "a 7z archive, not a story; unpack it first" },
	{ 0, BS_STR_INIT("Rar!\x1a"), "a RAR archive, not a story; unpack it first" },
	{ 257, BS_STR_INIT("ustar"), "a tar archive, not a story; unpack it first" },
	{ 0, BS_STR_INIT("\xd0\xcf\x11\xe0"), "an office document, not text; save it as HTML or plain text first" },
	{ 0, BS_STR_INIT("\x89PNG"), "a PNG picture, not a story" },
	{ 0, BS_STR_INIT("\xff\xd8\xff"), "a JPEG picture, not a story" },
	{ 0, BS_STR_INIT("GIF8"), "a GIF picture, not a story" },
	{ 0, BS_STR_INIT("RIFF"), "a picture or a recording (RIFF), not a story" },
	{ 4, BS_STR_INIT("ftyp"), "a picture or a film, not a story" },
	{ 0, BS_STR_INIT("SQLite format 3"), "an SQLite database, not a story" },
	{ 0,
	  BS_STR_INIT("\x7f"
	              "ELF"),
	  "a program, not a story" },
	{ 0, BS_STR_INIT("\xff\xfe"), "UTF-16 text; save it as UTF-8" },
	{ 0, BS_STR_INIT("\xfe\xff"), "UTF-16 text; save it as UTF-8" },
};
static const struct magic text_magics[] = {
	{ 0, BS_STR_INIT("%PDF-"), "a PDF, not a story; take its text out first (pdftotext FILE), then import that" },
	{ 0, BS_STR_INIT("{\\rtf"), "an RTF document; save it as HTML or plain text first" },
};

static const char *find_magic(const struct magic *marks, size_t count, struct bs_str head)
{
	for (size_t i = 0; i < count; i++) {
		if (bs_str_eq(bs_str_sub(head, marks[i].at, marks[i].bytes.len), marks[i].bytes))
			return marks[i].what;
	}
	return NULL;
}

/* Line and byte of an offset, both from 1. */
static void place(struct bs_str text, size_t at, struct bs_remarks *remarks)
{
	size_t start = 0;

	remarks->line = 1;
	for (size_t i = 0; i < at; i++) {
		if (text.ptr[i] == '\n') {
			remarks->line++;
			start = i + 1;
		}
	}
	remarks->byte = (int)(at - start) + 1;
}

/* A page that is not UTF-8 and says in what it is. */
static enum bs_rc convert(struct bs_str *text, struct bs_remarks *remarks, struct bs_err *err)
{
	struct bs_str charset = bs_charset_declared(*text);
	size_t fault;
	enum bs_rc rc = bs_charset_convert(remarks->arena, *text, charset, text, &fault);

	if (rc == BS_LIMIT)
		return bs_fail(err, rc, "as UTF-8 it has more than %d bytes; a document may have so many", BS_MAX_DOCUMENT);
	if (rc == BS_NOT_FOUND)
		return bs_fail(err, BS_INVALID, "it declares the encoding '" BS_FMT "', which is not known here; save the file as UTF-8",
		               BS_ARG(charset));
	if (rc == BS_OK)
		return bs_str_find_byte(*text, '\0', 0) == SIZE_MAX ? rc : bs_fail(err, BS_INVALID, "a NUL byte: this is not a text file");
	place(*text, fault, remarks);
	return bs_fail(err, rc, "byte 0x%02X is not '" BS_FMT "', which the page declares; save the file as UTF-8",
	               (unsigned char)text->ptr[fault], BS_ARG(charset));
}

/* Refuse what is no text; bring a page that says so into UTF-8. */
static enum bs_rc check_bytes(struct bs_str *text, struct bs_remarks *remarks, struct bs_err *err)
{
	struct bs_str bytes = *text;
	const char *what;
	size_t fault;

	if (bytes.len > BS_MAX_DOCUMENT)
		return bs_fail(err, BS_LIMIT, "%zu bytes; a document may have %d", bytes.len, BS_MAX_DOCUMENT);
	fault = bs_str_utf8_fault(bytes);
	what = find_magic(text_magics, BS_COUNT(text_magics), bytes);
	if (what == NULL && fault != SIZE_MAX)
		what = find_magic(magics, BS_COUNT(magics), bytes);
	if (what != NULL)
		return bs_fail(err, BS_INVALID, "this is %s", what);
	if (fault == SIZE_MAX)
		return BS_OK;
	if (bs_charset_declared(bytes).len > 0)
		return convert(text, remarks, err);
	place(bytes, fault, remarks);
	if (bytes.ptr[fault] == '\0')
		return bs_fail(err, BS_INVALID, "a NUL byte: this is not a text file");
	return bs_fail(err, BS_INVALID, "byte 0x%02X is not UTF-8; save the file as UTF-8",
	               (unsigned char)bytes.ptr[fault]);
}

/* Take one line, without its end; false at the end of the text. */
static bool take_line(struct bs_str *rest, struct bs_str *line)
{
	if (rest->len == 0)
		return false;
	if (!bs_str_split(rest, '\n', line))
		return false;
	if (line->len > 0 && line->ptr[line->len - 1] == '\r')
		line->len--;
	return true;
}

static struct bs_str right_trim(struct bs_str s)
{
	while (s.len > 0 && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t'))
		s.len--;
	return s;
}

struct fence {
	enum bs_front kind;
	struct bs_str open, close, close_also;
};

static const struct fence fences[] = {
	{ BS_FRONT_YAML, BS_STR_INIT("---"), BS_STR_INIT("---"), BS_STR_INIT("...") },
	{ BS_FRONT_TOML, BS_STR_INIT("+++"), BS_STR_INIT("+++"), BS_STR_INIT("+++") },
	{ BS_FRONT_JSON, BS_STR_INIT("{"), BS_STR_INIT("}"), BS_STR_INIT("}") },
};

/* Does this line look like the beginning of front matter's content: a key, a comment, nothing? A rule of dashes over
 * a paragraph is no fence. */
static bool looks_like_front(struct bs_str line)
{
	struct bs_str s = bs_str_trim(line);
	size_t at = 0;

	if (s.len == 0 || s.ptr[0] == '#' || s.ptr[0] == '"' || s.ptr[0] == '\'' || s.ptr[0] == '[' || s.ptr[0] == '-')
		return true;
	while (at < s.len &&
	       (s.ptr[at] == '_' || s.ptr[at] == '-' || s.ptr[at] == '.' || (s.ptr[at] >= '0' && s.ptr[at] <= '9') ||
	        (s.ptr[at] >= 'A' && s.ptr[at] <= 'Z') || (s.ptr[at] >= 'a' && s.ptr[at] <= 'z')))
		at++;
	while (at > 0 && at < s.len && s.ptr[at] == ' ')
		at++;
	return at > 0 && at < s.len && (s.ptr[at] == ':' || s.ptr[at] == '=');
}

static const struct fence *fence_at(struct bs_str line)
{
	for (size_t i = 0; i < BS_COUNT(fences); i++) {
		if (bs_str_eq(right_trim(line), fences[i].open))
			return &fences[i];
	}
	return NULL;
}

/* Find the fence's end in `rest`, which starts behind line `line_no`. */
static bool close_front(const struct fence *fence, struct bs_str rest, int line_no, struct bs_document *out)
{
	const char *start = rest.ptr;
	struct bs_str line;

	while (take_line(&rest, &line)) {
		struct bs_str s = right_trim(line);

		line_no++;
		if (!bs_str_eq(s, fence->close) && !bs_str_eq(s, fence->close_also))
			continue;
		out->front = bs_str_n(start, (size_t)(line.ptr - start));
		if (fence->kind == BS_FRONT_JSON)
			out->front.len += 1;
		out->body = rest.ptr != NULL ? rest : bs_str_n("", 0);
		out->body_line = line_no + 1;
		return true;
	}
	return false;
}

/* The offset behind the brace that ends the object with which the text begins; SIZE_MAX: it never ends. */
static size_t object_end(struct bs_str text)
{
	bool quoted = false;
	int depth = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '{' || c == '}'))
			depth += c == '{' ? 1 : -1;
		if (depth == 0)
			return i + 1;
	}
	return SIZE_MAX;
}

/* JSON whose first brace does not stand alone: {"title": "x"}. Nothing else begins so. */
static enum bs_rc split_object(struct bs_str text, int line_no, struct bs_document *out, struct bs_remarks *remarks, struct bs_err *err)
{
	size_t end = object_end(text);

	if (end == SIZE_MAX)
		return bs_refuse(remarks, line_no, err, BS_INVALID, "front matter in JSON begins here and never ends: a } or a \" is missing");
	out->front_kind = BS_FRONT_JSON;
	out->front = bs_str_sub(text, 0, end);
	out->front_line = out->body_line = line_no;
	out->body = bs_str_sub(text, end, SIZE_MAX);
	for (size_t i = 0; i < end; i++)
		out->body_line += text.ptr[i] == '\n';
	return BS_OK;
}

static bool begins_object(struct bs_str line)
{
	return bs_str_starts(line, BS_STR("{")) && bs_str_starts(bs_str_trim(bs_str_sub(line, 1, SIZE_MAX)), BS_STR("\""));
}

/* MultiMarkdown and Pelican have no fences: lines KEY: VALUE from the first to the first empty one, a title among them. */
static void split_header(struct bs_str text, struct bs_document *out)
{
	struct bs_str rest = text, line;
	bool titled = false;
	int lines = 0;

	while (take_line(&rest, &line) && bs_str_trim(line).len > 0) {
		bool key = ((line.ptr[0] | 0x20) >= 'a' && (line.ptr[0] | 0x20) <= 'z') && looks_like_front(line);

		if (bs_str_find_byte(line, ':', 0) == SIZE_MAX || !key)
			return;
		titled = titled || bs_str_eq_nocase(bs_str_sub(line, 0, 6), BS_STR("title:"));
		lines++;
	}
	if (!titled || bs_str_trim(line).len > 0)
		return;
	out->front_kind = BS_FRONT_YAML;
	out->front = bs_str_n(text.ptr, (size_t)(line.ptr - text.ptr));
	out->front_line = 1;
	out->body = rest.ptr != NULL ? rest : bs_str_n("", 0);
	out->body_line = lines + 2;
}

/* Part front matter from the body. Blank lines before it are borne with: other tools do. */
static enum bs_rc split_front(struct bs_str text, struct bs_document *out, struct bs_remarks *remarks,
                              struct bs_err *err)
{
	struct bs_str rest = text, line, next, peek;
	const struct fence *fence;
	int line_no = 0;

	*out = (struct bs_document){ .body = text, .body_line = 1 };
	do {
		line_no++;
		if (!take_line(&rest, &line))
			return BS_OK;
	} while (bs_str_trim(line).len == 0);
	fence = fence_at(line);
	peek = rest;
	if (begins_object(line))
		return split_object(bs_str_n(line.ptr, (size_t)(text.ptr + text.len - line.ptr)), line_no, out, remarks, err);
	if (fence == NULL && line_no == 1)
		split_header(text, out);
	if (fence == NULL || !take_line(&peek, &next))
		return BS_OK;
	if (fence->kind == BS_FRONT_JSON) {
		rest = bs_str_n(line.ptr, (size_t)(text.ptr + text.len - line.ptr));
		line_no--;
	} else if (!looks_like_front(next)) {
		return BS_OK;
	}
	if (close_front(fence, rest, line_no, out)) {
		out->front_kind = fence->kind;
		out->front_line = line_no + 1;
		return BS_OK;
	}
	if (bs_str_trim(next).len == 0 || (fence->kind == BS_FRONT_JSON && !bs_str_starts(bs_str_trim(next), BS_STR("\""))))
		return BS_OK;
	return bs_refuse(remarks, line_no + (fence->kind == BS_FRONT_JSON), err, BS_INVALID,
	                 "front matter begins here and never ends; close it with a line " BS_FMT, BS_ARG(fence->close));
}

/* Is `name` the tag that begins at s? */
static bool tag_is(struct bs_str s, struct bs_str name)
{
	struct bs_str after = bs_str_sub(s, name.len, 1);

	return bs_str_eq_nocase(bs_str_sub(s, 0, name.len), name) &&
	       (after.len == 0 || after.ptr[0] == '>' || after.ptr[0] == '/' || bs_str_trim(after).len == 0);
}

/* Does the text begin as pages of the web do? Comments and an XML declaration may come first. */
static bool looks_like_html(struct bs_str text)
{
	static const struct bs_str pages[] = { BS_STR_INIT("<!doctype"), BS_STR_INIT("<html"), BS_STR_INIT("<head"),
		                               BS_STR_INIT("<body"),     BS_STR_INIT("<meta"), BS_STR_INIT("<title"),
		                               BS_STR_INIT("<article"),  BS_STR_INIT("<main") };
	struct bs_str s = bs_str_trim(text);

	for (int skipped = 0; skipped < 16; skipped++) {
		struct bs_str end = bs_str_starts(s, BS_STR("<!--")) ? BS_STR("-->") : BS_STR("?>");
		size_t at;

		if (!bs_str_starts(s, BS_STR("<!--")) && !bs_str_starts(s, BS_STR("<?xml")))
			break;
		at = bs_str_find(s, end, 0);
		if (at == SIZE_MAX)
			return false;
		s = bs_str_trim(bs_str_sub(s, at + end.len, SIZE_MAX));
	}
	for (size_t i = 0; i < BS_COUNT(pages); i++) {
		if (tag_is(s, pages[i]))
			return true;
	}
	return false;
}

/* HTML without a page around it: begins with a tag, and half of its blocks of text do. */
static bool looks_like_fragment(struct bs_str text)
{
	struct bs_str s = bs_str_trim(text), rest = s, line;
	size_t tagged = 0, plain = 0;
	bool after_blank = true;

	if (s.len < 3 || s.ptr[0] != '<' || !((s.ptr[1] | 0x20) >= 'a' && (s.ptr[1] | 0x20) <= 'z'))
		return false;
	while (take_line(&rest, &line)) {
		struct bs_str t = bs_str_trim(line);

		if (t.len > 0 && t.ptr[0] == '<')
			tagged++;
		else if (t.len > 0 && after_blank)
			plain++;
		after_blank = t.len == 0;
	}
	return tagged > plain;
}

static enum bs_format tell_format(const struct bs_document *doc)
{
	if (doc->front_kind != BS_FRONT_NONE)
		return BS_FORMAT_MARKDOWN;
	if (looks_like_html(doc->body))
		return BS_FORMAT_HTML;
	if (bs_printed_recognise(doc->body))
		return BS_FORMAT_PRINTED;
	return looks_like_fragment(doc->body) ? BS_FORMAT_HTML : BS_FORMAT_MARKDOWN;
}

/* Old editors end lines with CR alone. */
static struct bs_str with_line_feeds(struct bs_arena *arena, struct bs_str text)
{
	char *out;

	if (bs_str_find_byte(text, '\r', 0) == SIZE_MAX || bs_str_find_byte(text, '\n', 0) != SIZE_MAX)
		return text;
	out = bs_arena_alloc(arena, text.len + 1);
	for (size_t i = 0; i < text.len; i++)
		out[i] = text.ptr[i] == '\r' ? '\n' : text.ptr[i];
	return bs_str_n(out, text.len);
}

enum bs_rc bs_document_read(struct bs_str bytes, enum bs_format wanted, struct bs_document *out,
                            struct bs_remarks *remarks, struct bs_err *err)
{
	struct bs_str text = bytes;
	enum bs_rc rc = check_bytes(&text, remarks, err);

	if (rc != BS_OK)
		return rc;
	if (bs_str_starts(text, BS_STR("\xEF\xBB\xBF")))
		text = bs_str_sub(text, 3, SIZE_MAX);
	if (bs_str_trim(text).len == 0)
		return bs_fail(err, BS_INVALID, "the file is empty");
	text = with_line_feeds(remarks->arena, text);
	*out = (struct bs_document){ .format = wanted, .body = text, .body_line = 1 };
	if (wanted == BS_FORMAT_HTML || wanted == BS_FORMAT_PRINTED)
		return BS_OK;
	rc = split_front(text, out, remarks, err);
	if (rc != BS_OK)
		return rc;
	out->format = wanted == BS_FORMAT_AUTO ? tell_format(out) : wanted;
	return BS_OK;
}
