/* coded.c - see coded.h. */
#include "translate/files/coded.h"

#include "base/limits.h"
#include "text/out.h"

/* --- writing ------------------------------------------------------------------------------------------------------------------ */

static bool is_used(const struct bs_inlines *target, size_t before, const struct bs_inline *piece)
{
	for (size_t i = 0; i < before; i++) {
		if (target->list[i].id == piece->id && target->list[i].kind == piece->kind)
			return true;
	}
	return false;
}

/* Closing tags follow their opening ones: negative numbers are those that were given already. */
static void renumber_close(struct bs_inlines *target, size_t from, int old, int id)
{
	for (size_t i = from; i < target->count; i++) {
		if (target->list[i].kind == BS_INLINE_CLOSE && target->list[i].id == old) {
			target->list[i].id = id;
			return;
		}
	}
}

void bs_coded_align(const struct bs_inlines *source, struct bs_inlines *target)
{
	int next = source->ids;

	/* Out of the way of the numbers to come. */
	for (size_t i = 0; i < target->count; i++)
		target->list[i].id = -target->list[i].id;
	for (size_t i = 0; i < target->count; i++) {
		struct bs_inline *piece = &target->list[i];
		const struct bs_inline *same = NULL;
		int old = piece->id;
		if (piece->kind != BS_INLINE_OPEN && piece->kind != BS_INLINE_WHOLE)
			continue;
		for (size_t s = 0; s < source->count && same == NULL; s++) {
			const struct bs_inline *one = &source->list[s];
			if (one->kind == piece->kind && bs_str_eq(one->text, piece->text) && !is_used(target, i, one))
				same = one;
		}
		piece->id = same != NULL ? same->id : ++next;
		if (piece->kind == BS_INLINE_OPEN)
			renumber_close(target, i, old, piece->id);
	}
	target->ids = next;
}

static void write_data(struct bs_buf *out, const struct bs_inline *piece)
{
	if (piece->kind == BS_INLINE_TEXT)
		return;
	bs_buf_printf(out, "<data id=\"%c%d\">", piece->kind == BS_INLINE_CLOSE ? 'e' : 'd', piece->id);
	bs_out_xml(out, piece->text);
	bs_buf_lit(out, "</data>");
}

void bs_coded_write_data(struct bs_buf *out, const struct bs_inlines *source, const struct bs_inlines *target)
{
	if (source->ids == 0 && target->ids == 0)
		return;
	bs_buf_lit(out, "<originalData>");
	for (size_t i = 0; i < source->count; i++)
		write_data(out, &source->list[i]);
	for (size_t i = 0; i < target->count; i++) {
		if (target->list[i].id > source->ids)
			write_data(out, &target->list[i]);
	}
	bs_buf_lit(out, "</originalData>\n");
}

static void write_xliff(struct bs_buf *out, const struct bs_inline *piece)
{
	if (piece->kind == BS_INLINE_OPEN)
		bs_buf_printf(out, "<pc id=\"%d\" dataRefStart=\"d%d\" dataRefEnd=\"e%d\">", piece->id, piece->id, piece->id);
	else if (piece->kind == BS_INLINE_CLOSE)
		bs_buf_lit(out, "</pc>");
	else
		bs_buf_printf(out, "<ph id=\"%d\" dataRef=\"d%d\"/>", piece->id, piece->id);
}

static void write_tmx(struct bs_buf *out, const struct bs_inline *piece)
{
	const char *name = piece->kind == BS_INLINE_OPEN ? "bpt" : piece->kind == BS_INLINE_CLOSE ? "ept" : "ph";

	bs_buf_printf(out, "<%s %s=\"%d\">", name, piece->kind == BS_INLINE_WHOLE ? "x" : "i", piece->id);
	bs_out_xml(out, piece->text);
	bs_buf_printf(out, "</%s>", name);
}

void bs_coded_write(struct bs_buf *out, enum bs_coding coding, const struct bs_inlines *pieces)
{
	for (size_t i = 0; i < pieces->count; i++) {
		if (pieces->list[i].kind == BS_INLINE_TEXT)
			bs_out_xml(out, pieces->list[i].text);
		else if (coding == BS_CODING_XLIFF)
			write_xliff(out, &pieces->list[i]);
		else
			write_tmx(out, &pieces->list[i]);
	}
}

/* --- reading ------------------------------------------------------------------------------------------------------------------ */

struct reading {
	struct bs_arena *arena;
	const struct bs_element *data;
	bool raw;
	struct bs_buf out;
};

/* The tag that a code stands for. */
static enum bs_rc put_data(struct reading *r, const struct bs_element *code, const char *attr, struct bs_err *err)
{
	struct bs_str ref = bs_element_attr(code, attr);

	for (const struct bs_element *one = r->data != NULL ? r->data->first : NULL; one != NULL && ref.len > 0; one = one->next) {
		if (bs_element_is(one, "data") && bs_str_eq(bs_element_attr(one, "id"), ref)) {
			bs_out_raw(&r->out, bs_element_text(r->arena, one)); /* becomes canonical before it is kept */
			return BS_OK;
		}
	}
	return bs_fail(err, BS_INVALID, "line %d: <" BS_FMT "> does not say which tag it stands for (%s)", code->line, BS_ARG(code->name), attr);
}

static bool is_one_of(const struct bs_element *element, const char *const *names)
{
	for (; *names != NULL; names++) {
		if (bs_element_is(element, *names))
			return true;
	}
	return false;
}

static enum bs_rc put_content(struct reading *r, const struct bs_element *element, struct bs_err *err);

static enum bs_rc put_code(struct reading *r, const struct bs_element *code, struct bs_err *err)
{
	static const char *const native[] = { "bpt", "ept", "ph", "it", NULL }, *const around[] = { "mrk", "hi", "sub", NULL };
	enum bs_rc rc;

	if (bs_element_is(code, "pc")) {
		rc = put_data(r, code, "dataRefStart", err);
		if (rc == BS_OK)
			rc = put_content(r, code, err);
		return rc == BS_OK ? put_data(r, code, "dataRefEnd", err) : rc;
	}
	if (bs_element_attr(code, "dataRef").len > 0)
		return put_data(r, code, "dataRef", err);
	if (is_one_of(code, native)) {
		bs_out_raw(&r->out, bs_element_text(r->arena, code)); /* becomes canonical before it is kept */
		return BS_OK;
	}
	if (is_one_of(code, around))
		return put_content(r, code, err);
	return bs_fail(err, BS_INVALID, "line %d: <" BS_FMT "> does not say which tag it stands for", code->line, BS_ARG(code->name));
}

static enum bs_rc put_content(struct reading *r, const struct bs_element *element, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	for (const struct bs_element *one = element->first; one != NULL && rc == BS_OK; one = one->next) {
		if (one->name.len > 0)
			rc = put_code(r, one, err);
		else if (r->raw)
			bs_out_raw(&r->out, one->text); /* becomes canonical before it is kept */
		else
			bs_out_text(&r->out, one->text);
	}
	return rc;
}

enum bs_rc bs_coded_read(struct bs_arena *arena, const struct bs_element *element, const struct bs_element *data, bool raw,
                         struct bs_str *out, struct bs_err *err)
{
	struct reading r = { arena, data, raw, BS_BUF(BS_MAX_DOCUMENT) };
	enum bs_rc rc = put_content(&r, element, err);

	if (rc == BS_OK)
		rc = bs_buf_check(&r.out, "a passage", err);
	if (rc == BS_OK)
		*out = bs_arena_copy(arena, bs_buf_str(&r.out));
	bs_buf_free(&r.out);
	return rc;
}
