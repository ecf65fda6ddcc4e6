/* raster.h - pictures of shapes: outlines filled with a colour, smooth at their edges. Single-threaded data in an arena. */
#ifndef BS_SITE_MACHINE_ICON_RASTER_H
#define BS_SITE_MACHINE_ICON_RASTER_H

#include "base/mem.h"

struct bs_raster {
	int size;        /* pixels of each side */
	uint8_t *pixels; /* red, green, blue, row by row from the top */
};

/* How an outline's numbers become units of the picture, which has 64 on each side. */
struct bs_placing {
	double scale, x, y; /* x' = scale * x + placing.x */
};

struct bs_extent {
	double left, top, right, bottom;
};

/* `colour` is 0xRRGGBB throughout. */
struct bs_raster bs_raster_new(struct bs_arena *arena, int size, uint32_t colour);
/* Fill an outline (letters.h; non-zero winding). */
void bs_raster_fill(struct bs_arena *arena, struct bs_raster *raster, struct bs_str outline, struct bs_placing placing,
                    uint32_t colour);
/* The box around an outline's points, those of its curves' handles included. */
struct bs_extent bs_outline_extent(struct bs_str outline);

#endif
