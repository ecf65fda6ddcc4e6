/* tags.c - the vocabulary of a story; see tags.h. */
#include "text/story/tags.h"

static const struct { struct bs_str name; bool merges, flat; } tags[TAG_COUNT] = {
	[TAG_A] = { BS_STR_INIT("a"), true, true },
	[TAG_ABBR] = { BS_STR_INIT("abbr"), false, true },
	[TAG_BDI] = { BS_STR_INIT("bdi"), false, false },
	[TAG_BDO] = { BS_STR_INIT("bdo"), false, false },
	[TAG_BR] = { BS_STR_INIT("br"), false, false },
	[TAG_CITE] = { BS_STR_INIT("cite"), true, true },
	[TAG_CODE] = { BS_STR_INIT("code"), false, true },
	[TAG_DEL] = { BS_STR_INIT("del"), false, true },
	[TAG_DFN] = { BS_STR_INIT("dfn"), false, true },
	[TAG_EM] = { BS_STR_INIT("em"), true, true },
	[TAG_INS] = { BS_STR_INIT("ins"), false, true },
	[TAG_KBD] = { BS_STR_INIT("kbd"), false, false },
	[TAG_MARK] = { BS_STR_INIT("mark"), true, true },
	[TAG_Q] = { BS_STR_INIT("q"), false, false },
	[TAG_RT] = { BS_STR_INIT("rt"), false, true },
	[TAG_RUBY] = { BS_STR_INIT("ruby"), false, true },
	[TAG_S] = { BS_STR_INIT("s"), true, true },
	[TAG_SAMP] = { BS_STR_INIT("samp"), false, true },
	[TAG_SMALL] = { BS_STR_INIT("small"), true, false },
	[TAG_SPAN] = { BS_STR_INIT("span"), true, false },
	[TAG_STRONG] = { BS_STR_INIT("strong"), true, true },
	[TAG_SUB] = { BS_STR_INIT("sub"), false, false },
	[TAG_SUP] = { BS_STR_INIT("sup"), false, false },
	[TAG_TIME] = { BS_STR_INIT("time"), false, true },
	[TAG_U] = { BS_STR_INIT("u"), true, true },
	[TAG_VAR] = { BS_STR_INIT("var"), false, true },
};

struct bs_str tag_name(enum tag tag)
{
	return tags[tag].name;
}

enum tag tag_of(struct bs_str name)
{
	size_t low = 0, high = TAG_COUNT;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = bs_str_cmp(name, tags[middle].name);
		if (order == 0)
			return (enum tag)middle;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return TAG_NONE;
}

bool tag_merges(enum tag tag)
{
	return tags[tag].merges;
}

bool tag_is_flat(enum tag tag)
{
	return tags[tag].flat;
}

enum trait { CONTAINER = 1, ITEM = 2, SINGLE = 4, FRAME = 8 };

static const struct { struct bs_str name; unsigned traits; } parts[PART_COUNT] = {
	[PART_P] = { BS_STR_INIT("p"), 0 },
	[PART_H2] = { BS_STR_INIT("h2"), 0 },
	[PART_H3] = { BS_STR_INIT("h3"), 0 },
	[PART_H4] = { BS_STR_INIT("h4"), 0 },
	[PART_H5] = { BS_STR_INIT("h5"), 0 },
	[PART_H6] = { BS_STR_INIT("h6"), 0 },
	[PART_PRE] = { BS_STR_INIT("pre"), 0 },
	[PART_HR] = { BS_STR_INIT("hr"), 0 },
	[PART_BLOCKQUOTE] = { BS_STR_INIT("blockquote"), CONTAINER },
	[PART_ASIDE] = { BS_STR_INIT("aside"), CONTAINER },
	[PART_DETAILS] = { BS_STR_INIT("details"), CONTAINER },
	[PART_SUMMARY] = { BS_STR_INIT("summary"), SINGLE },
	[PART_UL] = { BS_STR_INIT("ul"), CONTAINER | FRAME },
	[PART_OL] = { BS_STR_INIT("ol"), CONTAINER | FRAME },
	[PART_LI] = { BS_STR_INIT("li"), CONTAINER | ITEM },
	[PART_DL] = { BS_STR_INIT("dl"), CONTAINER | FRAME },
	[PART_DT] = { BS_STR_INIT("dt"), SINGLE },
	[PART_DD] = { BS_STR_INIT("dd"), CONTAINER | ITEM },
	[PART_TABLE] = { BS_STR_INIT("table"), CONTAINER | FRAME },
	[PART_CAPTION] = { BS_STR_INIT("caption"), SINGLE },
	[PART_TR] = { BS_STR_INIT("tr"), CONTAINER | FRAME },
	[PART_TH] = { BS_STR_INIT("th"), CONTAINER | ITEM },
	[PART_TD] = { BS_STR_INIT("td"), CONTAINER | ITEM },
	[PART_FIGURE] = { BS_STR_INIT("figure"), CONTAINER },
	[PART_IMG] = { BS_STR_INIT("img"), 0 },
	[PART_FIGCAPTION] = { BS_STR_INIT("figcaption"), SINGLE },
	[PART_CREDIT] = { BS_STR_INIT("credit"), SINGLE },
	[PART_FOOTNOTES] = { BS_STR_INIT("footnotes"), CONTAINER },
	[PART_NOTICE] = { BS_STR_INIT("notice"), 0 },
	[PART_DIV] = { BS_STR_INIT("div"), 0 },
};

struct bs_str part_name(enum part part)
{
	return parts[part].name;
}

enum part part_of(struct bs_str name)
{
	for (size_t i = 0; i < PART_DIV; i++) {
		if (bs_str_eq(parts[i].name, name))
			return (enum part)i;
	}
	return PART_NONE;
}

bool part_is_container(enum part part)
{
	return parts[part].traits & CONTAINER;
}

bool part_is_item(enum part part)
{
	return parts[part].traits & ITEM;
}

bool part_is_single(enum part part)
{
	return parts[part].traits & SINGLE;
}

bool part_is_frame(enum part part)
{
	return parts[part].traits & FRAME;
}

bool path_next(struct bs_str *path, enum part *part, bool *fresh)
{
	struct bs_str name;

	if (!bs_str_split(path, '/', &name))
		return false;
	*fresh = name.len > 0 && name.ptr[name.len - 1] == '+';
	name.len -= *fresh;
	*part = part_of(name);
	return true;
}
