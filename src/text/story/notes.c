/* notes.c - ids and links within a text, settled once the whole of it is known; see notes_settle in build.h.
 *
 * An id belongs to a block, wherever in the block the document had it. A link to one gets the block's own id; a link to
 * a footnote becomes its number in <sup>, whatever mark the document used; a link from a note back to the text goes, for
 * bs_body_html writes it anew; a link to nowhere stays as one that lost its target. */
#include "base/map.h"
#include "text/story/build.h"
#include "text/story/chars.h"
#include "text/story/tokens.h"
#include "text/story/url.h"

#include <stdio.h>

enum { MARK_LEN = 16 /* bytes of a reference's mark; longer ones are words */, NAME_LEN = 80 };

struct notes {
	struct bs_arena *arena;
	struct block_list *body, *notes;
	struct bs_map ids;     /* id of the document → struct place_id */
	size_t *note_of;       /* per block of notes: which note it belongs to, from 0 */
	size_t *number;        /* per note: its number, 0 none yet */
	bool *shown;           /* per note: something of it is left when the ways back to the text are gone */
	size_t note_count, numbered;
	struct bs_str *names;  /* per block of the body: the id it gets, or ptr NULL */
	struct bs_map taken;   /* names given */
};

/* A run of tokens that is a link within the text, with the <sup> and brackets around it when it refers to a note. */
struct reference {
	const struct place_id *target; /* NULL: leads nowhere */
	struct bs_str inside;          /* markup between the tags of the link */
	size_t end;                    /* offset behind it */
};

static struct bs_str percent_decode(struct bs_arena *arena, struct bs_str s)
{
	char *copy = bs_arena_alloc(arena, s.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < s.len; i++) {
		uint8_t byte;
		bool encoded = s.ptr[i] == '%' && bs_hex_decode(bs_str_sub(s, i + 1, 2), &byte, 1) == BS_OK;
		copy[len++] = encoded ? (char)byte : s.ptr[i];
		i += encoded ? 2 : 0;
	}
	return bs_str_n(copy, len);
}

static const struct place_id *target_of(const struct notes *n, const struct token *link)
{
	struct bs_str href = markup_unescape(n->arena, token_attr(link, BS_STR("href")));
	const struct place_id *id = bs_map_get(&n->ids, bs_str_sub(href, 1, SIZE_MAX));

	if (id == NULL)
		id = bs_map_get(&n->ids, percent_decode(n->arena, bs_str_sub(href, 1, SIZE_MAX)));
	if (id == NULL || id->block >= (id->in_notes ? n->notes->count : n->body->count))
		return NULL;
	return id->in_notes && !n->shown[n->note_of[id->block]] ? NULL : id;
}

/* The link that the token at *at opens, up to behind </a>. */
static void read_link(const struct notes *n, struct bs_str markup, const struct token *open, size_t at, struct reference *out)
{
	struct token token;
	size_t start = at, end = at;

	while (token_next(markup, &at, &token) && !(token.kind == TOKEN_CLOSE && token.tag == TAG_A))
		end = at;
	*out = (struct reference){ .target = target_of(n, open), .inside = bs_str_sub(markup, start, end - start), .end = at };
}

static struct token peek(struct bs_str markup, size_t at)
{
	struct token token = { .tag = TAG_NONE };

	if (!token_next(markup, &at, &token))
		token.kind = TOKEN_BREAK;
	return token;
}

static size_t skip_text(struct bs_str markup, size_t at, const char *text)
{
	struct token token = peek(markup, at);

	return token.kind == TOKEN_TEXT && bs_str_eq(bs_str_trim(token.raw), bs_str_c(text)) ? at + token.raw.len : at;
}

/* Is this the mark of a note ("1", "[b]", "*") rather than words? */
static bool is_mark(const struct reference *ref)
{
	struct token token;
	size_t len = 0;

	for (size_t at = 0; token_next(ref->inside, &at, &token);) {
		if (token.kind == TOKEN_TEXT)
			len += token.raw.len;
		if (token.kind == TOKEN_BREAK || bs_str_find_byte(token.raw, ' ', 0) < token.raw.len)
			return false;
	}
	return len > 0 && len <= MARK_LEN / 2;
}

/* Is the token the beginning of a link within the text, or of a <sup> that holds just a reference to a note? `at` is
 * behind the token. */
static bool read_reference(const struct notes *n, struct bs_str markup, const struct token *token, size_t at,
                           struct reference *out)
{
	struct token next;
	size_t inner;

	if (token_is_fragment(token)) {
		read_link(n, markup, token, at, out);
		return true;
	}
	if (token->kind != TOKEN_OPEN || token->tag != TAG_SUP)
		return false;
	inner = skip_text(markup, at, "[");
	next = peek(markup, inner);
	if (!token_is_fragment(&next))
		return false;
	read_link(n, markup, &next, inner + next.raw.len, out);
	inner = skip_text(markup, out->end, "]");
	next = peek(markup, inner);
	if (next.kind != TOKEN_CLOSE || next.tag != TAG_SUP || out->target == NULL || !out->target->in_notes || !is_mark(out))
		return false;
	out->end = inner + next.raw.len;
	return true;
}

/* Nothing but arrows, carets and digits: a way back. */
static bool is_way_back(const struct reference *ref)
{
	struct token token;
	bool arrow = false;

	for (size_t at = 0; token_next(ref->inside, &at, &token);) {
		for (size_t i = 0; token.kind == TOKEN_TEXT && i < token.raw.len;) {
			uint32_t c = bs_str_utf8_next(token.raw, &i);
			bool pointing = c == '^' || (c >= 0x2190 && c <= 0x21FF) || (c >= 0x2900 && c <= 0x297F) || c == 0x23CE;
			if (!pointing && !(c >= '0' && c <= '9') && (c & 0xFFFE) != 0xFE0E)
				return false;
			arrow |= pointing;
		}
	}
	return arrow;
}

static size_t note_of(const struct notes *n, const struct place_id *target)
{
	return n->note_of[target->block];
}

/* The id that the block gets: "s-" and what is plain in the document's, with a number where another has it already. */
static struct bs_str new_name(struct notes *n, struct bs_str id)
{
	struct bs_buf name = BS_BUF(2 * NAME_LEN), composed = BS_BUF(4 * NAME_LEN);
	struct bs_str plain;
	size_t *used;

	bs_buf_lit(&name, "s-");
	if (bs_str_starts(id, BS_STR("s-")))
		id = bs_str_sub(id, 2, SIZE_MAX);
	for (size_t at = 0; at < id.len && name.len < NAME_LEN;) {
		size_t start = at;
		uint32_t c = bs_str_utf8_next(id, &at);
		bool keep = c >= 0x80 ? char_class_of(c) == CHAR_TEXT : strchr("-_0123456789", (int)c) != NULL || (c | 32) - 'a' < 26;
		bs_buf_put(&name, keep ? bs_str_n(id.ptr + start, at - start) : BS_STR("-"));
	}
	chars_compose(&composed, bs_buf_str(&name));
	plain = bs_arena_copy(n->arena, bs_buf_str(&composed));
	bs_buf_free(&name);
	bs_buf_free(&composed);
	while ((used = bs_map_get(&n->taken, plain)) != NULL)
		plain = bs_arena_printf(n->arena, "%.*s-%zu", (int)plain.len, plain.ptr, ++*used);
	used = BS_NEW(n->arena, size_t);
	*used = 1;
	*bs_map_put(&n->taken, plain) = used;
	return plain;
}

static void name_block(struct notes *n, const struct place_id *target)
{
	if (n->names[target->block].ptr == NULL)
		n->names[target->block] = new_name(n, target->id);
}

/* First pass: number the notes as the text refers to them, and name the blocks that links lead to. */
static void survey(struct notes *n, struct bs_str markup, bool in_notes)
{
	struct reference ref;
	struct token token;

	for (size_t at = 0; token_next(markup, &at, &token);) {
		if (!read_reference(n, markup, &token, at, &ref))
			continue;
		at = ref.end;
		if (ref.target == NULL || (in_notes && is_way_back(&ref)))
			continue;
		if (!ref.target->in_notes)
			name_block(n, ref.target);
		else if (n->number[note_of(n, ref.target)] == 0)
			n->number[note_of(n, ref.target)] = ++n->numbered;
	}
}

/* ` href="#…"` to a block that has a name. */
static struct bs_str href_attr(const struct notes *n, struct bs_str name)
{
	struct bs_str href = url_clean(n->arena, bs_arena_printf(n->arena, "#%.*s", (int)name.len, name.ptr), BS_STR(""), URL_LINK);

	return bs_arena_printf(n->arena, " href=\"%.*s\"", (int)href.len, href.ptr);
}

static bool is_open(const struct open_tags *tags, enum tag tag)
{
	for (size_t i = 0; i < tags->count && i < TAG_DEPTH; i++) {
		if (tags->items[i].tag == tag)
			return true;
	}
	return false;
}

/* A reference to a note is its number. */
static void put_number(const struct notes *n, struct phrasing *out, struct open_tags *tags, size_t number)
{
	bool in_sup = is_open(tags, TAG_SUP);

	if (!in_sup)
		open_tags_push(tags, TAG_SUP, BS_STR(""));
	open_tags_push(tags, TAG_A, bs_arena_printf(n->arena, " href=\"#fn-%zu\"", number));
	phrasing_text(out, tags, bs_arena_printf(n->arena, "%zu", number));
	open_tags_pop(tags);
	if (!in_sup)
		open_tags_pop(tags);
}

static void put_link(const struct notes *n, struct phrasing *out, struct open_tags *tags, const struct reference *ref)
{
	struct bs_str attrs = BS_STR("");

	if (ref->target != NULL && ref->target->in_notes) {
		size_t number = n->number[note_of(n, ref->target)];
		if (is_mark(ref)) {
			put_number(n, out, tags, number);
			return;
		}
		attrs = bs_arena_printf(n->arena, " href=\"#fn-%zu\"", number);
	} else if (ref->target != NULL) {
		attrs = href_attr(n, n->names[ref->target->block]);
	}
	open_tags_push(tags, TAG_A, attrs);
	phrasing_markup(n->arena, out, tags, ref->inside);
	open_tags_pop(tags);
}

/* Second pass: the markup with its links settled. It cannot outgrow its limit by much, and keeps its old form if it does. */
static struct bs_str settle(const struct notes *n, struct phrasing *out, const struct bs_block *block, bool in_notes)
{
	struct open_tags tags = { 0 };
	struct bs_str markup = block->markup, settled;
	struct reference ref;
	struct token token;

	out->pre = bs_str_ends(block->path, BS_STR("pre"));
	for (size_t at = 0; token_next(markup, &at, &token);) {
		if (!read_reference(n, markup, &token, at, &ref)) {
			phrasing_markup(n->arena, out, &tags, token.raw);
			continue;
		}
		at = ref.end;
		if (!in_notes || !is_way_back(&ref))
			put_link(n, out, &tags, &ref);
	}
	return phrasing_finish(n->arena, out, &settled, NULL) == BS_OK ? settled : markup;
}

static bool begins_note(struct bs_str path)
{
	return bs_str_eq(path, BS_STR("footnotes/ol/li")) || bs_str_starts(path, BS_STR("footnotes/ol/li+"));
}

static bool has_letters(struct bs_str text)
{
	for (size_t at = 0; at < text.len;) {
		if (char_class_of(bs_str_utf8_next(text, &at)) == CHAR_TEXT)
			return true;
	}
	return false;
}

/* Is it more than ways back to the text? */
static bool says_something(const struct notes *n, const struct bs_block *block)
{
	struct reference ref;
	struct token token;

	for (size_t at = 0; token_next(block->markup, &at, &token);) {
		if (read_reference(n, block->markup, &token, at, &ref) && is_way_back(&ref))
			at = ref.end;
		else if (token.kind == TOKEN_TEXT && has_letters(markup_unescape(n->arena, token.raw)))
			return true;
	}
	return bs_block_is_picture(block);
}

static void tell_notes_apart(struct notes *n)
{
	bool *shown = BS_ARRAY(n->arena, n->notes->count + 1, bool);

	n->note_of = BS_ARRAY(n->arena, n->notes->count + 1, size_t);
	n->number = BS_ARRAY(n->arena, n->notes->count + 1, size_t);
	n->shown = BS_ARRAY(n->arena, n->notes->count + 1, bool);
	for (size_t i = 0; i < n->notes->count; i++) {
		if (i == 0 || begins_note(n->notes->items[i].path))
			n->note_count++;
		n->note_of[i] = n->note_count - 1;
		n->shown[n->note_of[i]] = true;
	}
	for (size_t i = 0; i < n->notes->count; i++)
		shown[n->note_of[i]] |= says_something(n, &n->notes->items[i]);
	n->shown = shown;
}

/* The path of a note's first block, for its place among the notes. */
static struct bs_str first_path(struct bs_arena *arena, struct bs_str path, bool first)
{
	const struct bs_str li = BS_STR("footnotes/ol/li");
	struct bs_str rest = bs_str_sub(path, li.len, SIZE_MAX);

	if (bs_str_starts(rest, BS_STR("+")))
		rest = bs_str_sub(rest, 1, SIZE_MAX);
	if (rest.len == 0 || bs_str_eq(rest, BS_STR("/p")))
		return li;
	return bs_arena_join(arena, (struct bs_str[]){ li, first ? BS_STR("") : BS_STR("+"), rest }, 3, BS_STR(""));
}

/* Put note number `number` behind the body. */
static void append_note(struct notes *n, size_t number)
{
	char id[32];
	bool first = true;

	snprintf(id, sizeof(id), "fn-%zu", number);
	for (size_t i = 0; i < n->notes->count; i++) {
		struct bs_block block = n->notes->items[i];
		if (n->number[n->note_of[i]] != number || (block.markup.len == 0 && !bs_block_is_picture(&block)))
			continue;
		if (first) {
			block.path = first_path(n->arena, block.path, number == 1);
			block.attrs = bs_attrs_set(n->arena, block.attrs, BS_STR("id"), bs_str_c(id));
		}
		first = false;
		block_list_add(n->arena, n->body, block);
	}
}

static void settle_list(struct notes *n, struct block_list *list, bool in_notes)
{
	struct phrasing out;

	phrasing_init(&out);
	for (size_t i = 0; i < list->count; i++) {
		struct bs_block *block = &list->items[i];
		if (bs_str_find(block->markup, BS_STR("<a href=\"#"), 0) != SIZE_MAX)
			block->markup = settle(n, &out, block, in_notes);
	}
	phrasing_free(&out);
}

void notes_settle(struct bs_arena *arena, struct block_list *body, struct block_list *notes, const struct place_id *ids,
                  size_t id_count)
{
	struct notes n = { .arena = arena, .body = body, .notes = notes, .ids = BS_MAP(arena), .taken = BS_MAP(arena) };
	size_t blocks = body->count;

	for (size_t i = 0; i < id_count; i++) {
		void **slot = bs_map_put(&n.ids, ids[i].id);
		if (*slot == NULL)
			*slot = (void *)&ids[i];
	}
	tell_notes_apart(&n);
	n.names = BS_ARRAY(arena, blocks + 1, struct bs_str);
	for (size_t i = 0; i < blocks; i++)
		survey(&n, body->items[i].markup, false);
	for (size_t i = 0; i < notes->count; i++)
		survey(&n, notes->items[i].markup, true);
	for (size_t i = 0; i < n.note_count; i++) {
		if (n.number[i] == 0 && n.shown[i])
			n.number[i] = ++n.numbered;
	}
	settle_list(&n, body, false);
	settle_list(&n, notes, true);
	for (size_t i = 0; i < blocks; i++) {
		if (n.names[i].ptr != NULL)
			body->items[i].attrs = bs_attrs_set(arena, body->items[i].attrs, BS_STR("id"), n.names[i]);
	}
	for (size_t number = 1; number <= n.numbered; number++)
		append_note(&n, number);
}
