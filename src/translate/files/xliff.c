/* xliff.c - see xliff.h. */
#include "translate/files/xliff.h"

#include "lang/lang.h"
#include "text/out.h"
#include "translate/files/coded.h"

/* --- reading ------------------------------------------------------------------------------------------------------------------ */

struct reading {
	struct bs_arena *arena;
	struct bs_units *out;
	size_t room;
};

/* A unit may be cut into sentences: they are one passage again. */
static enum bs_rc join_segments(struct bs_arena *arena, const struct bs_element *unit, const char *which, struct bs_str *out, struct bs_err *err)
{
	const struct bs_element *data = bs_element_child(unit, "originalData");
	struct bs_str parts[2] = { { "", 0 } };
	enum bs_rc rc = BS_OK;

	for (const struct bs_element *one = unit->first; one != NULL && rc == BS_OK; one = one->next) {
		const struct bs_element *text = bs_element_child(one, which);
		if (text == NULL && bs_element_is(one, "ignorable"))
			text = bs_element_child(one, "source");
		if (text == NULL || (!bs_element_is(one, "segment") && !bs_element_is(one, "ignorable")))
			continue;
		rc = bs_coded_read(arena, text, data, false, &parts[1], err);
		if (rc == BS_OK)
			parts[0] = bs_arena_join(arena, parts, 2, BS_STR(""));
	}
	*out = parts[0];
	return rc;
}

/* Something of it is not translated yet. */
static bool is_initial(const struct bs_element *unit)
{
	for (const struct bs_element *one = bs_element_child(unit, "segment"); one != NULL; one = one->next) {
		struct bs_str state = bs_element_attr(one, "state");
		if (bs_element_is(one, "segment") && (bs_element_child(one, "target") == NULL || bs_str_eq(state, BS_STR("initial"))))
			return true;
	}
	return false;
}

static enum bs_rc read_2(struct reading *r, const struct bs_element *root, struct bs_err *err)
{
	const struct bs_element *note = bs_element_next(root, NULL, "note");
	enum bs_rc rc = BS_OK;

	r->out->source_lang = bs_element_attr(root, "srcLang");
	r->out->lang = bs_element_attr(root, "trgLang");
	if (note != NULL && bs_str_eq(bs_element_attr(note, "category"), BS_STR("translator")))
		r->out->translator = bs_element_text(r->arena, note);
	for (const struct bs_element *unit = bs_element_next(root, NULL, "unit"); unit != NULL && rc == BS_OK;
	     unit = bs_element_next(root, unit, "unit")) {
		struct bs_unit one = { .line = unit->line, .context = bs_element_attr(unit, "name"), .fuzzy = is_initial(unit) };
		rc = join_segments(r->arena, unit, "source", &one.id, err);
		if (rc == BS_OK)
			rc = join_segments(r->arena, unit, "target", &one.str, err);
		if (rc == BS_OK)
			bs_units_add(r->arena, r->out, &r->room, one);
	}
	return rc;
}

static bool has_codes(const struct bs_element *unit)
{
	static const char *const codes[] = { "bpt", "ept", "ph", "it", "g", "x", "bx", "ex" };

	for (size_t i = 0; i < BS_COUNT(codes); i++) {
		if (bs_element_next(unit, NULL, codes[i]) != NULL)
			return true;
	}
	return false;
}

static enum bs_rc read_1_unit(struct reading *r, const struct bs_element *unit, struct bs_err *err)
{
	const struct bs_element *source = bs_element_child(unit, "source"), *target = bs_element_child(unit, "target");
	struct bs_str state = bs_element_attr(target, "state");
	struct bs_unit one = { .line = unit->line, .context = bs_element_attr(unit, "resname") };
	bool raw = !has_codes(unit);
	enum bs_rc rc;

	if (source == NULL)
		return bs_fail(err, BS_INVALID, "line %d: a <trans-unit> without a <source>", unit->line);
	one.fuzzy = bs_str_eq(state, BS_STR("new")) || bs_str_starts(state, BS_STR("needs-")) ||
	            bs_str_eq(bs_element_attr(unit, "approved"), BS_STR("no"));
	rc = bs_coded_read(r->arena, source, NULL, raw, &one.id, err);
	if (rc == BS_OK && target != NULL)
		rc = bs_coded_read(r->arena, target, NULL, raw, &one.str, err);
	/* The header of a PO file, which Translate Toolkit keeps as a unit of its own. */
	if (rc == BS_OK && one.id.len > 0 && !bs_str_starts(bs_element_attr(unit, "restype"), BS_STR("x-gettext-domain-header")))
		bs_units_add(r->arena, r->out, &r->room, one);
	return rc;
}

static enum bs_rc read_1(struct reading *r, const struct bs_element *root, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (const struct bs_element *file = bs_element_next(root, NULL, "file"); file != NULL && rc == BS_OK;
	     file = bs_element_next(root, file, "file")) {
		r->out->source_lang = bs_element_attr(file, "source-language");
		r->out->lang = bs_element_attr(file, "target-language");
		for (const struct bs_element *unit = bs_element_next(file, NULL, "trans-unit"); unit != NULL && rc == BS_OK;
		     unit = bs_element_next(file, unit, "trans-unit"))
			rc = read_1_unit(r, unit, err);
	}
	return rc;
}

enum bs_rc bs_xliff_read(struct bs_arena *arena, const struct bs_element *root, struct bs_units *out, struct bs_err *err)
{
	struct reading r = { .arena = arena, .out = out };
	struct bs_str version = bs_element_attr(root, "version");

	*out = (struct bs_units){ 0 };
	if (bs_str_starts(version, BS_STR("2.")))
		return read_2(&r, root, err);
	if (bs_str_starts(version, BS_STR("1.")))
		return read_1(&r, root, err);
	return bs_fail(err, BS_INVALID, "line %d: XLIFF of version '" BS_FMT "'; 2.1, 2.0 and 1.2 are read", root->line, BS_ARG(version));
}

/* --- writing ------------------------------------------------------------------------------------------------------------------ */

static void write_unit(struct bs_arena *arena, struct bs_buf *out, size_t number, const struct bs_units *units, const struct bs_unit *unit)
{
	const struct bs_lang *lang = bs_lang_find(units->source_lang);
	struct bs_inlines source, target;

	bs_inlines_of(arena, lang, unit->id, NULL, 0, &source);
	bs_inlines_of(arena, lang, unit->str, NULL, 0, &target);
	bs_coded_align(&source, &target);
	bs_buf_printf(out, "<unit id=\"u%zu\"", number);
	if (unit->context.len > 0) {
		bs_buf_lit(out, " name=\"");
		bs_out_xml(out, unit->context);
		bs_buf_lit(out, "\"");
	}
	bs_buf_lit(out, ">\n");
	bs_coded_write_data(out, &source, &target);
	bs_buf_printf(out, "<segment state=\"%s\">\n<source>", unit->str.len == 0 || unit->fuzzy ? "initial" : "final");
	bs_coded_write(out, BS_CODING_XLIFF, &source);
	bs_buf_lit(out, "</source>\n");
	if (unit->str.len > 0) {
		bs_buf_lit(out, "<target>");
		bs_coded_write(out, BS_CODING_XLIFF, &target);
		bs_buf_lit(out, "</target>\n");
	}
	bs_buf_lit(out, "</segment>\n</unit>\n");
}

void bs_xliff_write(struct bs_arena *arena, struct bs_buf *out, struct bs_str id, const struct bs_units *units)
{
	bs_buf_lit(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	                "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.1\" srcLang=\"");
	bs_out_xml(out, units->source_lang);
	bs_buf_lit(out, "\" trgLang=\"");
	bs_out_xml(out, units->lang);
	bs_buf_lit(out, "\">\n<file id=\"");
	bs_out_xml(out, id);
	bs_buf_lit(out, "\">\n");
	if (units->translator.len > 0) {
		bs_buf_lit(out, "<notes><note category=\"translator\">");
		bs_out_xml(out, units->translator);
		bs_buf_lit(out, "</note></notes>\n");
	}
	for (size_t i = 0; i < units->count; i++)
		write_unit(arena, out, i + 1, units, &units->entries[i]);
	bs_buf_lit(out, "</file>\n</xliff>\n");
}
