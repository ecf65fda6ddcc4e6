/* rules.c - the allow-list; see rules.h. */
#include "text/html/rules.h"

#define RULE(n, nest, act, t, p, out) \
	{ .name = BS_STR_INIT(n), .nesting = NEST_##nest, .action = ACT_##act, .tag = TAG_##t, .part = PART_##p, .breaks_out = out }
#define INLINE(name, nesting, tag, out) RULE(name, nesting, TAG, tag, NONE, out)
#define BLOCK(name, nesting, part, out) RULE(name, nesting, PART, NONE, part, out)
#define OTHER(name, nesting, action, out) RULE(name, nesting, action, NONE, NONE, out)

/* Name, nesting, what becomes of it, and whether it cannot be within svg and math. In the order of their names, for the search. */
static const struct rule rules[] = {
	INLINE("a", FORMAT, A, 0),
	INLINE("abbr", ORDINARY, ABBR, 0),
	INLINE("acronym", ORDINARY, ABBR, 0),
	BLOCK("address", BLOCK, DIV, 0),
	BLOCK("article", BLOCK, DIV, 0),
	BLOCK("aside", BLOCK, ASIDE, 0),
	OTHER("audio", ORDINARY, FRAME, 0),
	INLINE("b", FORMAT, STRONG, 1),
	OTHER("base", VOID, DROP, 0),
	INLINE("bdi", ORDINARY, BDI, 0),
	INLINE("bdo", ORDINARY, BDO, 0),
	OTHER("big", FORMAT, UNWRAP, 1),
	BLOCK("blockquote", BLOCK, BLOCKQUOTE, 1),
	OTHER("body", PAGE, UNWRAP, 1),
	OTHER("br", VOID, BREAK, 1),
	OTHER("button", SKIP, DROP, 0),
	OTHER("canvas", SKIP, DROP, 0),
	BLOCK("caption", ROW, CAPTION, 0),
	BLOCK("center", BLOCK, DIV, 1),
	INLINE("cite", ORDINARY, CITE, 0),
	INLINE("code", FORMAT, CODE, 1),
	OTHER("datalist", SKIP, DROP, 0),
	BLOCK("dd", ITEM, DD, 1),
	INLINE("del", ORDINARY, DEL, 0),
	BLOCK("details", BLOCK, DETAILS, 0),
	INLINE("dfn", ORDINARY, DFN, 0),
	BLOCK("dir", BLOCK, UL, 0),
	BLOCK("div", BLOCK, DIV, 1),
	BLOCK("dl", BLOCK, DL, 1),
	BLOCK("dt", ITEM, DT, 1),
	INLINE("em", FORMAT, EM, 1),
	OTHER("embed", VOID, FRAME, 1),
	BLOCK("fieldset", BLOCK, DIV, 0),
	BLOCK("figcaption", BLOCK, FIGCAPTION, 0),
	BLOCK("figure", BLOCK, FIGURE, 0),
	OTHER("font", FORMAT, UNWRAP, 0),
	BLOCK("footer", BLOCK, DIV, 0),
	OTHER("form", NONE, UNWRAP, 0),
	BLOCK("h1", BLOCK, H2, 1),
	BLOCK("h2", BLOCK, H2, 1),
	BLOCK("h3", BLOCK, H3, 1),
	BLOCK("h4", BLOCK, H4, 1),
	BLOCK("h5", BLOCK, H5, 1),
	BLOCK("h6", BLOCK, H6, 1),
	OTHER("head", PAGE, UNWRAP, 1),
	BLOCK("header", BLOCK, DIV, 0),
	BLOCK("hgroup", BLOCK, DIV, 0),
	OTHER("hr", VOID, RULE, 1),
	OTHER("html", PAGE, UNWRAP, 0),
	INLINE("i", FORMAT, EM, 1),
	OTHER("iframe", RAW, FRAME, 0),
	OTHER("image", VOID, IMAGE, 0),
	OTHER("img", VOID, IMAGE, 1),
	INLINE("ins", ORDINARY, INS, 0),
	INLINE("kbd", ORDINARY, KBD, 0),
	BLOCK("legend", ORDINARY, DIV, 0),
	BLOCK("li", ITEM, LI, 1),
	OTHER("link", VOID, DROP, 0),
	BLOCK("listing", BLOCK, PRE, 1),
	BLOCK("main", BLOCK, DIV, 0),
	INLINE("mark", ORDINARY, MARK, 0),
	OTHER("math", FOREIGN, DROP, 0),
	BLOCK("menu", BLOCK, UL, 1),
	OTHER("meta", VOID, DROP, 1),
	OTHER("meter", SKIP, DROP, 0),
	BLOCK("nav", BLOCK, DIV, 0),
	OTHER("noembed", RAW, DROP, 0),
	OTHER("noframes", RAW, DROP, 0),
	OTHER("noscript", RAW, DROP, 0),
	BLOCK("ol", BLOCK, OL, 1),
	OTHER("optgroup", SKIP, DROP, 0),
	OTHER("option", SKIP, DROP, 0),
	BLOCK("p", BLOCK, P, 1),
	OTHER("picture", ORDINARY, UNWRAP, 0),
	OTHER("plaintext", RAW, DROP, 0),
	BLOCK("pre", BLOCK, PRE, 1),
	OTHER("progress", SKIP, DROP, 0),
	INLINE("q", ORDINARY, Q, 0),
	OTHER("rp", ORDINARY, DROP, 0),
	INLINE("rt", ORDINARY, RT, 0),
	INLINE("ruby", ORDINARY, RUBY, 1),
	INLINE("s", FORMAT, S, 1),
	INLINE("samp", ORDINARY, SAMP, 0),
	OTHER("script", RAW, DROP, 0),
	BLOCK("section", BLOCK, DIV, 0),
	OTHER("select", SKIP, DROP, 0),
	INLINE("small", FORMAT, SMALL, 1),
	OTHER("source", VOID, DROP, 0),
	INLINE("span", ORDINARY, SPAN, 1),
	INLINE("strike", FORMAT, S, 1),
	INLINE("strong", FORMAT, STRONG, 1),
	OTHER("style", RAW, DROP, 0),
	INLINE("sub", ORDINARY, SUB, 1),
	BLOCK("summary", BLOCK, SUMMARY, 0),
	INLINE("sup", ORDINARY, SUP, 1),
	OTHER("svg", FOREIGN, DROP, 0),
	BLOCK("table", TABLE, TABLE, 1),
	OTHER("tbody", ROW, UNWRAP, 0),
	BLOCK("td", ROW, TD, 0),
	OTHER("template", SKIP, DROP, 0),
	OTHER("textarea", RAW, DROP, 0),
	OTHER("tfoot", ROW, UNWRAP, 0),
	BLOCK("th", ROW, TH, 0),
	OTHER("thead", ROW, UNWRAP, 0),
	INLINE("time", ORDINARY, TIME, 0),
	OTHER("title", RAW, DROP, 0),
	BLOCK("tr", ROW, TR, 0),
	INLINE("tt", FORMAT, CODE, 1),
	INLINE("u", FORMAT, U, 1),
	BLOCK("ul", BLOCK, UL, 1),
	INLINE("var", ORDINARY, VAR, 1),
	OTHER("video", ORDINARY, FRAME, 0),
	OTHER("xmp", RAW, DROP, 0),
};

enum { LONGEST = 10 };

_Static_assert(BS_COUNT(rules) <= RULES, "more rules than rules.h says");

size_t rule_number(const struct rule *rule)
{
	return (size_t)(rule - rules);
}

const struct rule *rule_of(struct bs_str name)
{
	char lower[LONGEST];
	size_t low = 0, high = BS_COUNT(rules);

	if (name.len == 0 || name.len > LONGEST)
		return NULL;
	for (size_t i = 0; i < name.len; i++)
		lower[i] = (char)(name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? name.ptr[i] + ('a' - 'A') : name.ptr[i]);
	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = bs_str_cmp(bs_str_n(lower, name.len), rules[middle].name);
		if (order == 0)
			return &rules[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
