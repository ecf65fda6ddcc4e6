/* credit.c - who made a picture and what it shows, as its file says: IPTC-IIM and XMP, which newsrooms' cameras and agencies
 * fill in. A guess for the person who uploads it, who has the last word; so what is malformed is passed over. */
#include <expat.h>

#include "image/image.h"

/* Whether a line of that name is there already. */
static bool has(const struct bs_buf *out, const char *name)
{
	return bs_frame_field(bs_buf_str(out), bs_str_c(name)).ptr != NULL;
}

void bs_credit_line(struct bs_buf *out, const char *name, struct bs_str value)
{
	value = bs_str_utf8_prefix(bs_str_trim(value), BS_IMAGE_FIELD);
	if (value.len == 0 || bs_str_utf8_fault(value) != SIZE_MAX || has(out, name))
		return;
	bs_buf_printf(out, "%s=", name);
	for (size_t i = 0; i < value.len; i++)
		bs_buf_putc(out, (unsigned char)value.ptr[i] < ' ' || value.ptr[i] == 0x7f ? ' ' : value.ptr[i]);
	bs_buf_putc(out, '\n');
}

/* --- IPTC-IIM --------------------------------------------------------------------------------------------------------------- */

static const char *iptc_name(uint8_t dataset)
{
	switch (dataset) {
	case 80: return "creator";
	case 110: return "credit";
	case 116: return "copyright";
	case 120: return "caption";
	default: return NULL;
	}
}

static unsigned two_bytes(struct bs_str s, size_t at)
{
	return (unsigned)(uint8_t)s.ptr[at] << 8 | (uint8_t)s.ptr[at + 1];
}

/* Datasets: 1C, record, number, two bytes of length (the first bit of which would say "longer than 32 KB": then stop). */
static void iptc_record(struct bs_str record, struct bs_buf *out)
{
	for (size_t at = 0; at + 5 <= record.len && record.ptr[at] == 0x1c;) {
		unsigned len = two_bytes(record, at + 3);
		const char *name = record.ptr[at + 1] == 2 ? iptc_name((uint8_t)record.ptr[at + 2]) : NULL;

		if (len > record.len - at - 5)
			return;
		if (name != NULL)
			bs_credit_line(out, name, bs_str_sub(record, at + 5, len));
		at += 5 + len;
	}
}

/* Photoshop's image resources: "8BIM", number, a padded Pascal string, four bytes of length, padded content; number 0404 is IPTC. */
void bs_credit_iptc(struct bs_str block, struct bs_buf *out)
{
	size_t at = bs_str_starts(block, BS_STR("Photoshop 3.0")) ? 14 : 0;

	if (block.len > 0 && block.ptr[0] == 0x1c) {
		iptc_record(block, out);
		return;
	}
	while (at + 12 <= block.len && bs_str_starts(bs_str_sub(block, at, 4), BS_STR("8BIM"))) {
		unsigned number = two_bytes(block, at + 4);
		size_t name = (((size_t)(uint8_t)block.ptr[at + 6] + 1) + 1) & ~(size_t)1, len;

		at += 6 + name;
		if (at + 4 > block.len)
			return;
		len = (size_t)two_bytes(block, at) << 16 | two_bytes(block, at + 2);
		at += 4;
		if (len > block.len - at)
			return;
		if (number == 0x0404)
			iptc_record(bs_str_sub(block, at, len), out);
		at += (len + 1) & ~(size_t)1;
	}
}

/* --- XMP ------------------------------------------------------------------------------------------------------------------- */

enum { XMP_MAX = 256 * 1024, DEPTH_MAX = 64 };

static const struct {
	const char *element; /* namespace, space, name */
	const char *name;
} xmp_fields[] = {
	{ "http://purl.org/dc/elements/1.1/ creator", "creator" },
	{ "http://ns.adobe.com/photoshop/1.0/ Credit", "credit" },
	{ "http://purl.org/dc/elements/1.1/ rights", "copyright" },
	{ "http://purl.org/dc/elements/1.1/ description", "caption" },
};

struct xmp {
	XML_Parser parser;
	struct bs_buf *out;
	struct bs_buf text;
	const char *name; /* of the field that is being read, or NULL */
	int depth, field_depth;
};

static const char *xmp_name(const char *element)
{
	for (size_t i = 0; i < BS_COUNT(xmp_fields); i++)
		if (strcmp(element, xmp_fields[i].element) == 0)
			return xmp_fields[i].name;
	return NULL;
}

static void xmp_start(void *ctx, const char *element, const char **attributes)
{
	struct xmp *xmp = ctx;

	if (++xmp->depth > DEPTH_MAX)
		XML_StopParser(xmp->parser, XML_FALSE);
	for (size_t i = 0; attributes[i] != NULL; i += 2)
		if (xmp_name(attributes[i]) != NULL)
			bs_credit_line(xmp->out, xmp_name(attributes[i]), bs_str_c(attributes[i + 1]));
	if (xmp->name != NULL || xmp_name(element) == NULL)
		return;
	xmp->name = xmp_name(element);
	xmp->field_depth = xmp->depth;
	bs_buf_reset(&xmp->text);
}

/* One of several people, or one of several languages, of which the first is the default. */
static void xmp_item(struct xmp *xmp)
{
	struct bs_str item = bs_str_trim(bs_buf_str(&xmp->text));

	if (item.len > 0)
		bs_credit_line(xmp->out, xmp->name, item);
	bs_buf_reset(&xmp->text);
}

static void xmp_end(void *ctx, const char *element)
{
	struct xmp *xmp = ctx;

	if (xmp->name != NULL && (xmp->depth == xmp->field_depth || strcmp(element, "http://www.w3.org/1999/02/22-rdf-syntax-ns# li") == 0))
		xmp_item(xmp);
	if (xmp->depth-- == xmp->field_depth)
		xmp->name = NULL;
}

static void xmp_text(void *ctx, const char *text, int len)
{
	struct xmp *xmp = ctx;

	if (xmp->name != NULL)
		bs_buf_put(&xmp->text, bs_str_n(text, (size_t)len));
}

/* A packet with a document type is none, and could unfold without end. */
static void xmp_doctype(void *ctx, const char *name, const char *system, const char *public, int internal)
{
	struct xmp *xmp = ctx;

	(void)name, (void)system, (void)public, (void)internal;
	XML_StopParser(xmp->parser, XML_FALSE);
}

void bs_credit_xmp(struct bs_str packet, struct bs_buf *out)
{
	struct xmp xmp = { .out = out, .text = BS_BUF(BS_IMAGE_FIELD * 4) };

	if (packet.len == 0 || packet.len > XMP_MAX)
		return;
	xmp.parser = XML_ParserCreateNS(NULL, ' ');
	if (xmp.parser == NULL)
		bs_out_of_memory(0);
	XML_SetUserData(xmp.parser, &xmp);
	XML_SetElementHandler(xmp.parser, xmp_start, xmp_end);
	XML_SetCharacterDataHandler(xmp.parser, xmp_text);
	XML_SetStartDoctypeDeclHandler(xmp.parser, xmp_doctype);
	(void)XML_Parse(xmp.parser, packet.ptr, (int)packet.len, 1); /* what was read before a fault stays */
	XML_ParserFree(xmp.parser);
	bs_buf_free(&xmp.text);
}
