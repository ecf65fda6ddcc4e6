/* tmx.c - see tmx.h. */
#include "translate/files/tmx.h"

#include "lang/lang.h"
#include "text/out.h"
#include "translate/files/coded.h"

static struct bs_str code_of(const struct bs_element *tuv)
{
	const struct bs_lang *lang = bs_lang_find(bs_element_attr(tuv, "lang"));

	return lang != NULL ? lang->code : bs_element_attr(tuv, "lang");
}

/* The variant in the language, or, without one, the first that is not `but`. */
static const struct bs_element *variant(const struct bs_element *tu, struct bs_str lang, struct bs_str but)
{
	for (const struct bs_element *one = tu->first; one != NULL; one = one->next) {
		if (bs_element_is(one, "tuv") && (lang.len > 0 ? bs_str_eq(code_of(one), lang) : !bs_str_eq(code_of(one), but)))
			return one;
	}
	return NULL;
}

static enum bs_rc read_segment(struct bs_arena *arena, const struct bs_element *tuv, bool raw, struct bs_str *out, struct bs_err *err)
{
	const struct bs_element *seg = bs_element_child(tuv, "seg");

	if (seg == NULL)
		return bs_fail(err, BS_INVALID, "line %d: a <tuv> without a <seg>", tuv->line);
	return bs_coded_read(arena, seg, NULL, raw, out, err);
}

/* Whether texts are text and tags are codes, or all is markup as it stands, as Translate Toolkit makes it of PO. */
static bool is_coded(const struct bs_element *root, const struct bs_element *header)
{
	return bs_str_eq(bs_element_attr(header, "creationtool"), BS_STR("Broadsheet")) || bs_element_next(root, NULL, "bpt") != NULL ||
	       bs_element_next(root, NULL, "ph") != NULL;
}

enum bs_rc bs_tmx_read(struct bs_arena *arena, const struct bs_element *root, struct bs_str lang, struct bs_units *out, struct bs_err *err)
{
	const struct bs_element *header = bs_element_child(root, "header");
	const struct bs_lang *source = bs_lang_find(bs_element_attr(header, "srclang"));
	bool raw = !is_coded(root, header);
	size_t room = 0;
	enum bs_rc rc = BS_OK;

	*out = (struct bs_units){ .lang = lang };
	if (header == NULL)
		return bs_fail(err, BS_INVALID, "line %d: a <tmx> without a <header>", root->line);
	if (source == NULL)
		return bs_fail(err, BS_INVALID, "line %d: the header's srclang '" BS_FMT "' is no language that Broadsheet knows", header->line,
		               BS_ARG(bs_element_attr(header, "srclang")));
	out->source_lang = source->code;
	for (const struct bs_element *tu = bs_element_next(root, NULL, "tu"); tu != NULL && rc == BS_OK; tu = bs_element_next(root, tu, "tu")) {
		const struct bs_element *from = variant(tu, source->code, BS_STR("")), *to = variant(tu, out->lang, source->code);
		const struct bs_element *prop = bs_element_child(tu, "prop");
		struct bs_unit one = { .line = tu->line };
		if (from == NULL || to == NULL)
			continue;
		if (prop != NULL && bs_str_eq(bs_element_attr(prop, "type"), BS_STR("x-engine")))
			one.engine = bs_element_text(arena, prop);
		if (out->lang.len == 0)
			out->lang = code_of(to);
		rc = read_segment(arena, from, raw, &one.id, err);
		if (rc == BS_OK)
			rc = read_segment(arena, to, raw, &one.str, err);
		if (rc == BS_OK)
			bs_units_add(arena, out, &room, one);
	}
	return rc;
}

void bs_tmx_begin(struct bs_buf *out, struct bs_str source_lang)
{
	bs_buf_lit(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n"
	                "<header creationtool=\"Broadsheet\" creationtoolversion=\"1\" segtype=\"paragraph\" o-tmf=\"Broadsheet\" adminlang=\"en\" "
	                "datatype=\"html\" srclang=\"");
	bs_out_xml(out, source_lang);
	bs_buf_lit(out, "\"/>\n<body>\n");
}

static void write_variant(struct bs_buf *out, struct bs_str lang, const struct bs_inlines *pieces)
{
	bs_buf_lit(out, "<tuv xml:lang=\"");
	bs_out_xml(out, lang);
	bs_buf_lit(out, "\"><seg>");
	bs_coded_write(out, BS_CODING_TMX, pieces);
	bs_buf_lit(out, "</seg></tuv>\n");
}

void bs_tmx_write(struct bs_arena *arena, struct bs_buf *out, struct bs_str source_lang, struct bs_str lang, const struct bs_unit *unit)
{
	const struct bs_lang *of = bs_lang_find(source_lang);
	struct bs_inlines source, target;

	bs_inlines_of(arena, of, unit->id, NULL, 0, &source);
	bs_inlines_of(arena, of, unit->str, NULL, 0, &target);
	bs_coded_align(&source, &target);
	bs_buf_lit(out, "<tu>\n");
	if (unit->engine.len > 0) {
		bs_buf_lit(out, "<prop type=\"x-engine\">");
		bs_out_xml(out, unit->engine);
		bs_buf_lit(out, "</prop>\n");
	}
	write_variant(out, source_lang, &source);
	write_variant(out, lang, &target);
	bs_buf_lit(out, "</tu>\n");
}

void bs_tmx_end(struct bs_buf *out)
{
	bs_buf_lit(out, "</body>\n</tmx>\n");
}
