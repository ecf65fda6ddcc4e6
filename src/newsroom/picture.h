/* picture.h - what a picture file is, read from its first bytes without decoding it. Pure; safe from any thread. */
#ifndef BS_NEWSROOM_PICTURE_H
#define BS_NEWSROOM_PICTURE_H

#include "base/core.h"

struct bs_picture {
	const char *mime;      /* "image/jpeg" … */
	const char *extension; /* "jpg" … */
	int width, height;     /* pixels as shown: a JPEG that Exif turns by a quarter has them swapped */
};

/* Is the file there to its end, as far as its format says where that is? BS_INVALID with the reason. For pictures that come from
 * outside; those that are kept have been looked at. */
enum bs_rc bs_picture_check_whole(struct bs_str bytes, struct bs_err *err) BS_CHECK;

/* Tell JPEG (ITU T.81, Exif orientation), PNG (W3C PNG), GIF89a, WebP (RFC 9649) and AVIF (ISO 14496-12 boxes) by
 * content and measure it. BS_INVALID with the reason for anything else, a cut file or one without a size; BS_LIMIT over
 * BS_MAX_PIXELS. */
enum bs_rc bs_picture_measure(struct bs_str bytes, struct bs_picture *out, struct bs_err *err) BS_CHECK;

/* The widths, in pixels and growing, that a picture of this width is offered in: never more than it has. The same everywhere, so
 * that a page can name them, and a server or an export make them, without asking each other. */
enum { BS_PICTURE_WIDTHS = 7, BS_PICTURE_WIDEST = 1920 };
size_t bs_picture_widths(int width, int out[BS_PICTURE_WIDTHS]);
/* What stands in for the picture where a browser does not choose: the first that is good enough for a column. */
int bs_picture_usual_width(int width);

#endif
