/* strain.c - HTML made fit for the parser; see strain.h.
 *
 * Two lists follow what the parser will have open: the stack of blocks and ordinary elements, and the formatting elements, which
 * outlive the block that they began in. An entry leaves only where the parser is sure to end the element too; so both may be
 * longer than the parser's own, never shorter. A start tag that finds its list full is left out, and so is the next end tag of
 * that name. */
#include "text/html/strain.h"

#include "base/limits.h"
#include "text/html/lexer.h"
#include "text/html/rules.h"

enum { FORMATS = 32, JSON_LD = 16 };

struct format {
	const struct rule *rule;
	size_t depth; /* of the stack where it began */
};

struct strainer {
	struct bs_arena *arena;
	struct bs_str html;
	struct strained *result;
	struct bs_buf out;
	const struct rule *stack[BS_MAX_HTML_DEPTH];
	size_t depth;
	struct format formats[FORMATS];
	size_t format_count;
	size_t first_format;  /* of those since the last cell or caption began: only they go on */
	size_t nodes;         /* upper bound of what the parser makes */
	bool ended;           /* a block has ended: open formats begin again before what comes next */
	size_t dropped[RULES]; /* start tags left out, whose end tags must go too */
	bool absent[RULES];    /* its end tag is not to be found any more */
	bool page[RULES];      /* of html, head and body the first is enough */
};

static void put(struct strainer *s, struct bs_str raw)
{
	bs_buf_put(&s->out, raw);
}

/* A trace of what was left out, which the parser ignores: what stands around it must not join. */
static void put_nothing(struct strainer *s)
{
	put(s, BS_STR("</>"));
}

static bool is_cell(const struct rule *rule)
{
	return rule->nesting == NEST_ROW && (rule->part == PART_TD || rule->part == PART_TH || rule->part == PART_CAPTION);
}

/* Ends what is open, as far as the search for an element in scope goes. */
static bool bounds_scope(const struct rule *rule)
{
	return rule->nesting == NEST_TABLE || is_cell(rule);
}

static bool is_special(const struct rule *rule)
{
	return rule->nesting != NEST_ORDINARY && rule->nesting != NEST_FORMAT;
}

/* The first of the formats that began in the innermost cell: only they go on from block to block there. */
static size_t formats_of_cell(const struct strainer *s)
{
	size_t cell = s->depth, first = 0;

	while (cell > 0 && !is_cell(s->stack[cell - 1]))
		cell--;
	while (cell > 0 && first < s->format_count && s->formats[first].depth < cell)
		first++;
	return first;
}

static void end_to(struct strainer *s, size_t depth)
{
	bool cell = false;

	while (s->depth > depth) {
		s->ended = true;
		if (!is_cell(s->stack[--s->depth]))
			continue;
		cell = true;
		while (s->format_count > 0 && s->formats[s->format_count - 1].depth > s->depth)
			s->format_count--;
	}
	if (cell)
		s->first_format = formats_of_cell(s);
}

/* The place in the stack, from 1, of the innermost element with that name that the parser finds in scope; 0 for none. */
static size_t find_in_scope(const struct strainer *s, struct bs_str name)
{
	bool item = bs_str_eq(name, BS_STR("li"));

	for (size_t i = s->depth; i > 0; i--) {
		const struct rule *at = s->stack[i - 1];
		if (bs_str_eq(at->name, name))
			return i;
		if (bounds_scope(at) || (item && (bs_str_eq(at->name, BS_STR("ul")) || bs_str_eq(at->name, BS_STR("ol")))))
			return 0;
	}
	return 0;
}

/* The same among the parts of the innermost table; with `part` NULL the table itself. */
static size_t find_in_table(const struct strainer *s, const struct rule *part)
{
	for (size_t i = s->depth; i > 0; i--) {
		if (part != NULL && s->stack[i - 1] == part)
			return i;
		if (s->stack[i - 1]->nesting == NEST_TABLE)
			return part == NULL ? i : 0;
	}
	return 0;
}

static bool is_item_kin(const struct rule *a, const struct rule *b)
{
	return a->nesting == NEST_ITEM && (a->part == PART_LI) == (b->part == PART_LI);
}

/* The item that a new one ends: found unless another block than a paragraph, div or address is between. */
static size_t find_item(const struct strainer *s, const struct rule *rule)
{
	for (size_t i = s->depth; i > 0; i--) {
		const struct rule *at = s->stack[i - 1];
		if (is_item_kin(at, rule))
			return i;
		if (is_special(at) && at->part != PART_P && !bs_str_eq(at->name, BS_STR("div")) && !bs_str_eq(at->name, BS_STR("address")))
			return 0;
	}
	return 0;
}

static size_t find_ordinary(const struct strainer *s, struct bs_str name)
{
	for (size_t i = s->depth; i > 0 && !is_special(s->stack[i - 1]); i--) {
		if (bs_str_eq(s->stack[i - 1]->name, name))
			return i;
	}
	return 0;
}

/* End the formatting element, if the parser is sure to. */
static void end_format(struct strainer *s, const struct rule *rule, bool always)
{
	enum { ROUNDS = 7 }; /* the parser's own limit is 8 */
	size_t at = s->format_count, specials = 0;

	while (at > s->first_format && s->formats[at - 1].rule != rule)
		at--;
	if (at <= s->first_format)
		return;
	for (size_t i = s->formats[at - 1].depth; i < s->depth; i++) {
		specials += is_special(s->stack[i]);
		if (bounds_scope(s->stack[i]) && !always)
			return;
	}
	if (specials > 0)
		s->nodes += 4 * ROUNDS;
	if (specials > ROUNDS && !always)
		return;
	s->format_count--;
	memmove(&s->formats[at - 1], &s->formats[at], (s->format_count - (at - 1)) * sizeof(s->formats[0]));
}

/* Note that the element begins; false when there is no room for it. */
static bool begin(struct strainer *s, const struct rule *rule)
{
	if (rule->nesting == NEST_FORMAT) {
		if (s->format_count == FORMATS)
			return false;
		s->formats[s->format_count++] = (struct format){ rule, s->depth };
		return true;
	}
	if (s->depth == BS_MAX_HTML_DEPTH)
		return false;
	s->stack[s->depth++] = rule;
	if (is_cell(rule))
		s->first_format = s->format_count;
	return true;
}

static bool is_section(const struct rule *rule)
{
	return rule->nesting == NEST_ROW && rule->part == PART_NONE;
}

/* A part of a table ends whatever is open in the table up to where it belongs; rows and sections that are not said are
 * implied. False when there is no room. */
static bool begin_row(struct strainer *s, const struct rule *rule)
{
	size_t table = find_in_table(s, NULL);
	bool section = table < s->depth && is_section(s->stack[table]);
	bool row = section && table + 1 < s->depth && s->stack[table + 1]->part == PART_TR;

	if (table + 3 > BS_MAX_HTML_DEPTH)
		return false;
	if (rule->part == PART_CAPTION || is_section(rule)) {
		end_to(s, table);
		return begin(s, rule);
	}
	end_to(s, table + section + (row && rule->part != PART_TR));
	if (!section && !begin(s, rule_of(BS_STR("tbody"))))
		return false;
	if (rule->part != PART_TR && !row && !begin(s, rule_of(BS_STR("tr"))))
		return false;
	return begin(s, rule);
}

/* A table straight in a table ends the one before. */
static void end_table(struct strainer *s)
{
	for (size_t i = s->depth; i > 0 && !is_cell(s->stack[i - 1]); i--) {
		if (s->stack[i - 1]->nesting == NEST_TABLE) {
			end_to(s, i - 1);
			return;
		}
	}
}

/* What the start tag ends, all of it certain. */
static void end_before(struct strainer *s, const struct rule *rule)
{
	size_t at = 0;

	if (rule->nesting == NEST_ITEM && (at = find_item(s, rule)) > 0)
		end_to(s, at - 1);
	if ((rule->nesting == NEST_BLOCK || rule->nesting == NEST_ITEM) && (at = find_in_scope(s, BS_STR("p"))) > 0)
		end_to(s, at - 1);
	if (rule->nesting == NEST_TABLE)
		end_table(s);
	if (rule->tag == TAG_RT && s->depth > 0 && s->stack[s->depth - 1] == rule)
		end_to(s, s->depth - 1);
	if (rule->tag == TAG_A && rule->nesting == NEST_FORMAT)
		end_format(s, rule, true);
}

static void put_tag(struct strainer *s, const struct lexeme *tag)
{
	if (tag->keep == tag->raw.len - 1) {
		put(s, tag->raw);
		return;
	}
	put(s, bs_str_sub(tag->raw, 0, tag->keep));
	put(s, BS_STR(">"));
}

/* Follow the start tag; false when it must be left out. */
static bool follow(struct strainer *s, const struct rule *rule)
{
	bool first = !s->page[rule_number(rule)];

	switch (rule->nesting) {
	case NEST_VOID: return true;
	case NEST_PAGE: s->page[rule_number(rule)] = true; return first;
	case NEST_ROW: return begin_row(s, rule);
	default: end_before(s, rule); return begin(s, rule);
	}
}

static void start_tag(struct strainer *s, const struct rule *rule, const struct lexeme *tag)
{
	if (rule->nesting == NEST_ROW && find_in_table(s, NULL) == 0) {
		put_nothing(s); /* a cell outside of a table is none */
	} else if (follow(s, rule)) {
		s->nodes += rule->nesting == NEST_ROW ? 3 : 1;
		put_tag(s, tag);
	} else {
		s->dropped[rule_number(rule)]++;
		put_nothing(s);
	}
}

static size_t find_to_end(const struct strainer *s, const struct rule *rule)
{
	switch (rule->nesting) {
	case NEST_TABLE: return find_in_table(s, NULL);
	case NEST_ROW: return find_in_table(s, rule);
	case NEST_ORDINARY: return find_ordinary(s, rule->name);
	default: return find_in_scope(s, rule->name);
	}
}

static void end_tag(struct strainer *s, const struct rule *rule, const struct lexeme *tag)
{
	size_t *dropped = &s->dropped[rule_number(rule)], at;

	if (*dropped > 0) {
		--*dropped;
		put_nothing(s);
		return;
	}
	if (rule->nesting == NEST_FORMAT)
		end_format(s, rule, false);
	else if ((at = find_to_end(s, rule)) > 0)
		end_to(s, at - 1);
	else if (rule->part == PART_P)
		s->nodes++; /* </p> alone makes one */
	put_tag(s, tag);
}

static bool is_json_ld(const struct lexeme *tag)
{
	return bs_str_find(tag->raw, BS_STR("application/ld+json"), 0) != SIZE_MAX;
}

/* An element whose content is text. Kept of it: the title, structured data, a frame's own tag, preformatted text. */
static size_t raw_element(struct strainer *s, const struct rule *rule, const struct lexeme *tag, size_t at)
{
	size_t end = lex_find_end(s->html, at, rule->name), behind;
	struct bs_str content = bs_str_sub(s->html, at, end == SIZE_MAX ? SIZE_MAX : end - at);
	struct lexeme close;

	if (bs_str_eq(rule->name, BS_STR("title")) && s->result->title.len == 0)
		s->result->title = content;
	if (bs_str_eq(rule->name, BS_STR("script")) && is_json_ld(tag) && s->result->json_ld_count < JSON_LD)
		s->result->json_ld[s->result->json_ld_count++] = content;
	if (rule->action == ACT_FRAME) {
		s->nodes++;
		put_tag(s, tag);
		put(s, BS_STR("</iframe>"));
	} else {
		put_nothing(s);
	}
	behind = end == SIZE_MAX ? s->html.len : end;
	if (end != SIZE_MAX)
		(void)lex_next(s->html, &behind, &close);
	return behind;
}

/* Behind the end tag of an element that is left out whole; SIZE_MAX when it has none. */
static size_t skip_element(const struct strainer *s, const struct rule *rule, size_t at)
{
	struct lexeme token;
	size_t open = 1, start = at;

	while (lex_next(s->html, &at, &token)) {
		const struct rule *other = token.kind == LEX_START || token.kind == LEX_END ? rule_of(token.name) : NULL;
		if (other == NULL) {
			start = at;
			continue;
		}
		if (rule->nesting == NEST_FOREIGN && token.kind == LEX_START && other->breaks_out)
			return start;
		if (other == rule)
			open += token.kind == LEX_START ? 1 : SIZE_MAX;
		if (open == 0)
			return at;
		if (other->nesting == NEST_RAW && token.kind == LEX_START) {
			size_t end = lex_find_end(s->html, at, other->name);
			at = end == SIZE_MAX ? at : end;
		}
		start = at;
	}
	return SIZE_MAX;
}

/* Left out with its content; without an end tag, the tag alone. An end that could not be found is not looked for again. */
static size_t skipped_element(struct strainer *s, const struct rule *rule, size_t at)
{
	bool *absent = &s->absent[rule_number(rule)];
	size_t behind = *absent ? SIZE_MAX : skip_element(s, rule, at);

	put_nothing(s);
	*absent = behind == SIZE_MAX;
	return behind == SIZE_MAX ? at : behind;
}

/* Formats that are open begin again when a block has ended and something else comes. */
static void count_again(struct strainer *s)
{
	s->nodes++;
	if (s->ended)
		s->nodes += s->format_count - s->first_format;
	s->ended = false;
}

static size_t strain_token(struct strainer *s, const struct lexeme *token, size_t at)
{
	const struct rule *rule = NULL;

	if (token->kind == LEX_START || token->kind == LEX_END)
		rule = rule_of(token->name);
	if (token->kind == LEX_TEXT) {
		count_again(s);
		put(s, token->raw);
	} else if (token->kind == LEX_ANGLE) {
		put(s, BS_STR("&lt;"));
	} else if (rule == NULL || rule->nesting == NEST_NONE) {
		put_nothing(s);
	} else if (token->kind == LEX_END) {
		if (rule->nesting < NEST_PAGE && rule->nesting != NEST_VOID)
			end_tag(s, rule, token);
		else
			put_nothing(s);
	} else if (rule->nesting == NEST_RAW) {
		return raw_element(s, rule, token, at);
	} else if (rule->nesting == NEST_SKIP || rule->nesting == NEST_FOREIGN) {
		return skipped_element(s, rule, at);
	} else {
		count_again(s);
		start_tag(s, rule, token);
	}
	return at;
}

enum bs_rc strain(struct bs_arena *arena, struct bs_str html, struct strained *out, struct bs_err *err)
{
	struct strainer *s = BS_NEW(arena, struct strainer);
	struct lexeme token;
	enum bs_rc rc = BS_OK;

	*out = (struct strained){ .json_ld = BS_ARRAY(arena, JSON_LD, struct bs_str) };
	*s = (struct strainer){ .arena = arena, .html = html, .result = out, .out = BS_BUF(SIZE_MAX) };
	for (size_t at = 0; lex_next(html, &at, &token) && rc == BS_OK;) {
		at = strain_token(s, &token, at);
		if (s->nodes > BS_MAX_HTML_NODES)
			rc = bs_fail(err, BS_LIMIT, "the HTML has more than %d elements, or overlapping tags that make it so; split it or "
			                            "clean it up", BS_MAX_HTML_NODES);
	}
	if (rc == BS_OK)
		out->html = bs_arena_copy(arena, bs_buf_str(&s->out));
	bs_buf_free(&s->out);
	return rc;
}
