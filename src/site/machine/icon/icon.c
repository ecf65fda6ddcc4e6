/* icon.c - see icon.h. One drawing, as SVG and in pixels; the forms for telephones keep to the middle, since these cut icons to circles. */
#include "site/machine/icon/icon.h"

#include "site/frame.h"
#include "site/machine/icon/letters.h"
#include "site/machine/icon/png.h"
#include "site/machine/xml.h"

#define INK   0x16181du
#define PAPER 0xfcfbf8u
#define RULE  "#e08a6f" /* of a publication without sections */

/* The front page of a newspaper: title, picture, columns. */
#define NEWSPAPER "M0 0L700 0L700 120L0 120ZM0 200L330 200L330 520L0 520ZM410 200L700 200L700 280L410 280ZM410 320L700 320L700 400L410 400Z" \
	"M410 440L700 440L700 520L410 520ZM0 600L330 600L330 680L0 680ZM410 600L700 600L700 680L410 680Z"

struct layout { /* in units of 64 a side */
	double height, width; /* that the letter may take */
	double middle;        /* of the letter */
	double rule_left, rule_top, rule_right, rule_bottom;
};

static const struct layout whole = { 40, 48, 28, 8, 52, 56, 56 }; /* multiples of 4: whole pixels at 16 */
static const struct layout within = { 26, 34, 28, 19, 46, 45, 49 }; /* a circle of 80 % */

struct drawing {
	struct bs_str outline, rule; /* path data */
	struct bs_placing placing;   /* of the outline; the rule has units */
	struct bs_str rule_colour;   /* "#rrggbb" */
};

/* The letter that stands for the name; ptr NULL when there is no outline of it. */
static struct bs_str initial(struct bs_page *page)
{
	const struct bs_publication *p = page->publication;
	struct bs_str name = bs_publication_text(p, p->names, p->name_count, p->lang), ascii;
	uint32_t letter = 0;
	size_t at = 0;

	while (at < name.len && letter < '0')
		letter = bs_str_utf8_next(name, &at);
	/* Latin, Greek and Cyrillic small letters stand 32 behind the great ones. */
	if ((letter >= 'a' && letter <= 'z') || (letter >= 0x3B1 && letter <= 0x3C9) || (letter >= 0x430 && letter <= 0x44F))
		letter -= 0x20;
	if (letter < 0x80 || letter >= 0x250 || bs_letter_outline(letter).ptr != NULL)
		return bs_letter_outline(letter);
	/* Of a Latin letter with a mark, the letter. */
	ascii = bs_lang_ascii(page->arena, p->lang, bs_str_sub(name, 0, at));
	return ascii.len > 0 ? bs_letter_outline((unsigned char)ascii.ptr[0] & ~0x20u) : ascii;
}

static struct bs_str first_colour(const struct bs_publication *p)
{
	for (size_t i = 0; i < p->section_count; i++) {
		const struct bs_section *s = &p->sections[i];
		if (s->vocabulary != BS_THEME || s->place == 0)
			continue;
		if (s->colour_dark.len > 0 || s->colour.len > 0)
			return s->colour_dark.len > 0 ? s->colour_dark : s->colour;
	}
	return BS_STR(RULE);
}

static struct drawing draw(struct bs_page *page, const struct layout *layout)
{
	struct drawing drawing = { .outline = initial(page), .rule_colour = first_colour(page->publication) };
	struct bs_extent box;
	double by_height, by_width;

	if (drawing.outline.ptr == NULL)
		drawing.outline = BS_STR(NEWSPAPER);
	box = bs_outline_extent(drawing.outline);
	by_height = layout->height / (box.bottom - box.top);
	by_width = layout->width / (box.right - box.left);
	drawing.placing.scale = by_height < by_width ? by_height : by_width;
	drawing.placing.x = 32 - drawing.placing.scale * (box.left + box.right) / 2;
	drawing.placing.y = layout->middle - drawing.placing.scale * (box.top + box.bottom) / 2;
	drawing.rule = bs_arena_printf(page->arena, "M%.0f %.0fL%.0f %.0fL%.0f %.0fL%.0f %.0fZ", layout->rule_left, layout->rule_top,
	                               layout->rule_right, layout->rule_top, layout->rule_right, layout->rule_bottom, layout->rule_left,
	                               layout->rule_bottom);
	return drawing;
}

static void write_svg(struct bs_page *page)
{
	struct drawing d = draw(page, &whole);
	struct bs_buf *out = page->out;

	bs_buf_lit(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\">\n");
	bs_xml_element(out, "title", bs_site_name(page));
	bs_buf_printf(out, "<path fill=\"#%06x\" d=\"M0 0H64V64H0Z\"/>\n<path fill=\"#%06x\" transform=\"translate(%.3f %.3f) scale(%.5f)\"",
	              INK, PAPER, d.placing.x, d.placing.y, d.placing.scale);
	bs_xml_attr(out, "d", d.outline);
	bs_buf_lit(out, "/>\n<path");
	bs_xml_attr(out, "fill", d.rule_colour);
	bs_xml_attr(out, "d", d.rule);
	bs_buf_lit(out, "/>\n</svg>\n");
}

static uint32_t colour_of(struct bs_str hex)
{
	uint8_t rgb[3] = { 0 };

	if (bs_hex_decode(bs_str_sub(hex, 1, SIZE_MAX), rgb, 3) != BS_OK) /* checked when it was saved */
		return PAPER;
	return (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
}

static struct bs_raster raster_of(struct bs_page *page, const struct layout *layout, int size)
{
	struct drawing d = draw(page, layout);
	struct bs_raster raster = bs_raster_new(page->arena, size, INK);

	bs_raster_fill(page->arena, &raster, d.outline, d.placing, PAPER);
	bs_raster_fill(page->arena, &raster, d.rule, (struct bs_placing){ 1, 0, 0 }, colour_of(d.rule_colour));
	return raster;
}

static void write_ico(struct bs_page *page)
{
	struct bs_raster sizes[] = { raster_of(page, &whole, 16), raster_of(page, &whole, 32), raster_of(page, &whole, 48) };

	bs_ico_write(page->out, sizes, BS_COUNT(sizes));
}

static void write_png(struct bs_page *page, int size)
{
	struct bs_raster raster = raster_of(page, &within, size);

	bs_png_write(page->out, &raster);
}

/* --- the routes -------------------------------------------------------------------------------------------------------------- */

static const struct {
	struct bs_str name, type;
	int size; /* of a PNG */
} files[BS_ICON_FILES] = {
	[BS_ICON_SVG] = { BS_STR_INIT("icon.svg"), BS_STR_INIT("image/svg+xml"), 0 },
	[BS_ICON_ICO] = { BS_STR_INIT("favicon.ico"), BS_STR_INIT("image/x-icon"), 0 },
	[BS_ICON_TOUCH] = { BS_STR_INIT("apple-touch-icon.png"), BS_STR_INIT("image/png"), 180 },
	[BS_ICON_192] = { BS_STR_INIT("icon-192.png"), BS_STR_INIT("image/png"), 192 },
	[BS_ICON_512] = { BS_STR_INIT("icon-512.png"), BS_STR_INIT("image/png"), 512 },
};

enum bs_rc bs_icon_page(struct bs_page *page, struct bs_err *err)
{
	enum bs_icon_file file = (enum bs_icon_file)page->which;
	struct bs_str own = bs_press_file(page->press, files[file].name);

	(void)err;
	page->type = files[file].type;
	page->policy = bs_press_data_policy(page->press);
	if (own.ptr != NULL)
		bs_buf_put(page->out, own);
	else if (file == BS_ICON_SVG)
		write_svg(page);
	else if (file == BS_ICON_ICO)
		write_ico(page);
	else
		write_png(page, files[file].size);
	return BS_OK;
}

enum bs_rc bs_icon_walk(struct bs_page_walk *walk, struct bs_err *err)
{
	struct bs_str parts[] = { BS_STR("/"), files[walk->which].name };

	return walk->found(walk->ctx, bs_arena_join(walk->arena, parts, 2, BS_STR("")), err);
}
