/* png.h - a raster as a file: PNG (W3C, 8 bits RGB), and several as an ICO of PNGs. */
#ifndef BS_SITE_MACHINE_ICON_PNG_H
#define BS_SITE_MACHINE_ICON_PNG_H

#include "site/machine/icon/raster.h"

void bs_png_write(struct bs_buf *out, const struct bs_raster *raster);
/* At most 8 rasters of at most 256 pixels. */
void bs_ico_write(struct bs_buf *out, const struct bs_raster *rasters, size_t count);

#endif
