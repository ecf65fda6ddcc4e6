/* image.h - the parts of broadsheet-image, the program that alone decodes pictures (docs/rooms/darkroom.md).
 *
 * One job at a time, one thread of our own. A refusal's reason is written for the person whose picture it is. */
#ifndef BS_IMAGE_IMAGE_H
#define BS_IMAGE_IMAGE_H

#include "base/frame.h"
#include "base/mem.h"

enum {
	BS_IMAGE_TAKE = 1,   /* a picture as it came -> the master: clean, upright, sRGB, nothing but pixels */
	BS_IMAGE_RENDER = 2, /* a master -> one rendition; "width", "type" (webp, jpeg) */
};

enum {
	BS_IMAGE_PIXELS = 100 * 1000 * 1000, /* of all frames together */
	BS_IMAGE_SIDE = 16383,               /* the longest that WebP has room for */
	BS_IMAGE_FRAMES = 1000,
	BS_IMAGE_FIELD = 2000,               /* bytes of a credit or caption that is passed on */
};

struct bs_image_job {
	uint32_t operation;
	struct bs_str text, bytes;
	struct bs_buf *text_out, *bytes_out;
	unsigned seconds; /* it is given; past them the process ends */
};

/* Both fill *_out and return a status; of BS_FRAME_REFUSED and BS_FRAME_FAILED text_out has the reason alone. */
enum bs_frame_status bs_image_take(struct bs_image_job *job);
enum bs_frame_status bs_image_render(struct bs_image_job *job);
/* Put `reason`, for a person, in place of what text_out holds. */
enum bs_frame_status bs_image_refuse(struct bs_image_job *job, const char *reason, ...) BS_PRINTF(2, 3);

/* Refuse a picture that is something else besides: a web page, an archive; and a drawing with a script, or that needs other files. */
enum bs_frame_status bs_image_suspect(struct bs_image_job *job);
enum bs_frame_status bs_image_suspect_drawing(struct bs_image_job *job);

/* What IPTC-IIM (blocks "8BIM", dataset 2) says of the picture, as lines of "name=value": creator, credit, copyright,
 * caption. Malformed parts are passed over. */
void bs_credit_iptc(struct bs_str block, struct bs_buf *out);
/* The same from an XMP packet (ISO 16684-1): dc:creator, photoshop:Credit, dc:rights, dc:description. What out has already stays. */
void bs_credit_xmp(struct bs_str packet, struct bs_buf *out);
/* One line, when there is no such one yet: control characters become spaces, cut to BS_IMAGE_FIELD. */
void bs_credit_line(struct bs_buf *out, const char *name, struct bs_str value);

/* Give up everything but memory, the two open descriptors and the clock: limits of size, and a seccomp filter under which any
 * other call of the system fails or ends the process. False, with the reason on stderr, where the kernel refuses. */
bool bs_image_confine(uint64_t memory_bytes);

#endif
