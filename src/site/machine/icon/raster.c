/* raster.c - see raster.h. Curves become short lines; each row of pixels is crossed by several scan lines, on which the parts inside
 * are measured to a fraction of a pixel. */
#include "site/machine/icon/raster.h"

#include <stdlib.h>

enum { UNITS = 64, STEPS = 12 /* lines of a curve */, SCANS = 8 /* of a row of pixels */ };

/* --- reading outlines -------------------------------------------------------------------------------------------------------- */

struct point {
	double x, y;
};

static double number(struct bs_str outline, size_t *at)
{
	double value = 0;
	bool minus = false;

	while (*at < outline.len && (outline.ptr[*at] == ' ' || outline.ptr[*at] == '-'))
		minus = outline.ptr[(*at)++] == '-';
	while (*at < outline.len && outline.ptr[*at] >= '0' && outline.ptr[*at] <= '9')
		value = value * 10 + (outline.ptr[(*at)++] - '0');
	return minus ? -value : value;
}

/* The next command of an outline and its points, at most two; '\0' at the end. */
static char next_command(struct bs_str outline, size_t *at, struct point points[2])
{
	char command = *at < outline.len ? outline.ptr[(*at)++] : '\0';
	int count = command == 'Q' ? 2 : command == 'M' || command == 'L' ? 1 : 0;

	for (int i = 0; i < count; i++) {
		points[i].x = number(outline, at);
		points[i].y = number(outline, at);
	}
	return command;
}

struct bs_extent bs_outline_extent(struct bs_str outline)
{
	struct bs_extent box = { 1e9, 1e9, -1e9, -1e9 };
	struct point points[2];
	size_t at = 0;
	char command;

	while ((command = next_command(outline, &at, points)) != '\0') {
		for (int i = 0; i < (command == 'Q' ? 2 : command == 'Z' ? 0 : 1); i++) {
			box.left = points[i].x < box.left ? points[i].x : box.left;
			box.right = points[i].x > box.right ? points[i].x : box.right;
			box.top = points[i].y < box.top ? points[i].y : box.top;
			box.bottom = points[i].y > box.bottom ? points[i].y : box.bottom;
		}
	}
	return box;
}

/* --- lines ------------------------------------------------------------------------------------------------------------------- */

struct line {
	struct point from, to;
};

struct lines {
	struct line *list;
	size_t count;
};

static void add_line(struct lines *lines, struct point from, struct point to)
{
	if (from.y != to.y) /* level ones are never crossed */
		lines->list[lines->count++] = (struct line){ from, to };
}

static void add_curve(struct lines *lines, struct point from, struct point handle, struct point to)
{
	struct point last = from;

	for (int i = 1; i <= STEPS; i++) {
		double t = (double)i / STEPS, a = (1 - t) * (1 - t), b = 2 * t * (1 - t), c = t * t;
		struct point next = { a * from.x + b * handle.x + c * to.x, a * from.y + b * handle.y + c * to.y };
		add_line(lines, last, next);
		last = next;
	}
}

static struct point placed(struct point p, struct bs_placing placing, double scale)
{
	return (struct point){ (p.x * placing.scale + placing.x) * scale, (p.y * placing.scale + placing.y) * scale };
}

static struct lines lines_of(struct bs_arena *arena, struct bs_str outline, struct bs_placing placing, double scale)
{
	/* No command is shorter than two bytes, none makes more than STEPS lines. */
	struct lines lines = { .list = BS_ARRAY(arena, outline.len * STEPS / 2 + 1, struct line) };
	struct point points[2], start = { 0, 0 }, last = { 0, 0 };
	size_t at = 0;
	char command;

	while ((command = next_command(outline, &at, points)) != '\0') {
		points[0] = placed(points[0], placing, scale);
		points[1] = placed(points[1], placing, scale);
		if (command == 'L') {
			add_line(&lines, last, points[0]);
			last = points[0];
		} else if (command == 'Q') {
			add_curve(&lines, last, points[0], points[1]);
			last = points[1];
		} else {
			add_line(&lines, last, start);
			start = last = points[0];
		}
	}
	return lines;
}

/* --- filling ----------------------------------------------------------------------------------------------------------------- */

struct crossing {
	double x;
	int turn; /* +1 downwards, -1 upwards */
};

static int by_place(const void *a, const void *b)
{
	double x = ((const struct crossing *)a)->x, y = ((const struct crossing *)b)->x;

	return x < y ? -1 : x > y;
}

static size_t cross(const struct lines *lines, double y, struct crossing *out)
{
	size_t count = 0;

	for (size_t i = 0; i < lines->count; i++) {
		const struct line *l = &lines->list[i];
		if ((l->from.y <= y) == (l->to.y <= y))
			continue;
		out[count++] = (struct crossing){ l->from.x + (y - l->from.y) * (l->to.x - l->from.x) / (l->to.y - l->from.y),
			                          l->to.y > l->from.y ? 1 : -1 };
	}
	qsort(out, count, sizeof(*out), by_place);
	return count;
}

/* Add `share` to each pixel of the row for the part of it between the two. */
static void cover(double *row, int size, double left, double right, double share)
{
	left = left < 0 ? 0 : left;
	right = right > size ? size : right;
	for (int x = (int)left; x < size && x < right; x++) {
		double from = left > x ? left : x, to = right < x + 1 ? right : x + 1;
		row[x] += (to - from) * share;
	}
}

static void blend(uint8_t *pixel, uint32_t colour, double share)
{
	for (int i = 0; i < 3; i++) {
		double wanted = (double)(colour >> (16 - 8 * i) & 0xFF);
		pixel[i] = (uint8_t)(pixel[i] + (wanted - pixel[i]) * (share > 1 ? 1 : share) + 0.5);
	}
}

struct bs_raster bs_raster_new(struct bs_arena *arena, int size, uint32_t colour)
{
	struct bs_raster raster = { size, bs_arena_alloc(arena, (size_t)size * (size_t)size * 3) };

	for (int i = 0; i < size * size; i++)
		blend(&raster.pixels[3 * i], colour, 1);
	return raster;
}

void bs_raster_fill(struct bs_arena *arena, struct bs_raster *raster, struct bs_str outline, struct bs_placing placing,
                    uint32_t colour)
{
	struct lines lines = lines_of(arena, outline, placing, (double)raster->size / UNITS);
	struct crossing *crossings = BS_ARRAY(arena, lines.count, struct crossing);
	double *row = BS_ARRAY(arena, (size_t)raster->size, double);

	for (int y = 0; y < raster->size; y++) {
		for (int x = 0; x < raster->size; x++)
			row[x] = 0;
		for (int scan = 0; scan < SCANS; scan++) {
			size_t count = cross(&lines, y + (scan + 0.5) / SCANS, crossings);
			int winding = 0;
			for (size_t i = 0; i + 1 < count; i++) {
				winding += crossings[i].turn;
				if (winding != 0)
					cover(row, raster->size, crossings[i].x, crossings[i + 1].x, 1.0 / SCANS);
			}
		}
		for (int x = 0; x < raster->size; x++)
			blend(&raster->pixels[3 * (y * raster->size + x)], colour, row[x]);
	}
}
