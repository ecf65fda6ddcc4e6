/* develop.c - pictures decoded and made anew with libvips.
 *
 * Nothing of a file that came in survives but its pixels: the master is written afresh, so no place where it was taken, no
 * second file behind its end and no script can be in it. Everything is upright and sRGB. Reading fails at the first error,
 * as half a picture is none. */
#include <math.h>
#include <stdio.h>

#include <vips/vips.h>

#include "base/limits.h"
#include "image/image.h"

enum { MASTER_QUALITY = 92, WEBP_QUALITY = 70, JPEG_QUALITY = 80, SVG_WIDTH = 2400, WEBP_EFFORT = 4 };

enum bs_frame_status bs_image_refuse(struct bs_image_job *job, const char *reason, ...)
{
	va_list args;

	bs_buf_reset(job->text_out);
	va_start(args, reason);
	bs_buf_vprintf(job->text_out, reason, args);
	va_end(args);
	return BS_FRAME_REFUSED;
}

/* vips says it in several lines; the first is the nearest to the fault. */
static enum bs_frame_status refuse_by_vips(struct bs_image_job *job, const char *what)
{
	struct bs_str reason = bs_str_c(vips_error_buffer()), first = reason;

	bs_str_split(&reason, '\n', &first);
	return bs_image_refuse(job, "%s (%.*s)", what, (int)bs_str_utf8_prefix(first, 120).len, first.ptr);
}

/* --- what came in ----------------------------------------------------------------------------------------------------------- */

enum kind { JPEG, PNG, WEBP, GIF, HEIF, SVG, KINDS };

struct format {
	const char *loader; /* how the class of vips begins */
	const char *name;
	bool frames;        /* may move */
};

static const struct format formats[KINDS] = {
	[JPEG] = { "VipsForeignLoadJpeg", "JPEG", false }, [PNG] = { "VipsForeignLoadPng", "PNG", false },
	[WEBP] = { "VipsForeignLoadWebp", "WebP", true },  [GIF] = { "VipsForeignLoadNsgif", "GIF", true },
	[HEIF] = { "VipsForeignLoadHeif", "HEIF or AVIF", false }, [SVG] = { "VipsForeignLoadSvg", "SVG", false },
};

static bool kind_of(struct bs_str bytes, enum kind *out)
{
	const char *loader = vips_foreign_find_load_buffer(bytes.ptr, bytes.len);

	for (size_t i = 0; loader != NULL && i < KINDS; i++)
		if (strncmp(loader, formats[i].loader, strlen(formats[i].loader)) == 0) {
			*out = (enum kind)i;
			return true;
		}
	return false;
}

/* Letters need fonts, and this program opens no files; a drawing that came compressed could be anything. */
static enum bs_frame_status check_drawing(struct bs_image_job *job)
{
	if (bs_str_starts(job->bytes, BS_STR("\x1f\x8b")))
		return bs_image_refuse(job, "it is a compressed SVG; send it as plain SVG, or as PNG");
	if (bs_image_suspect_drawing(job) != BS_FRAME_WELL)
		return BS_FRAME_REFUSED;
	if (bs_str_find(job->bytes, BS_STR("<text"), 0) != SIZE_MAX)
		return bs_image_refuse(job, "the drawing has text that needs fonts; convert its text to paths, or send it as PNG");
	return BS_FRAME_WELL;
}

/* The size is known from the head alone: nothing is decoded for a picture that is too large. */
static enum bs_frame_status check_size(struct bs_image_job *job, VipsImage *image)
{
	int frames = vips_image_get_n_pages(image);
	uint64_t pixels = (uint64_t)vips_image_get_width(image) * (uint64_t)vips_image_get_page_height(image);

	if (vips_image_get_width(image) > BS_IMAGE_SIDE || vips_image_get_page_height(image) > BS_IMAGE_SIDE)
		return bs_image_refuse(job, "it is %d x %d pixels; a side may have %d", vips_image_get_width(image),
		                       vips_image_get_page_height(image), BS_IMAGE_SIDE);
	if (frames > BS_IMAGE_FRAMES || pixels > BS_IMAGE_PIXELS || pixels * (uint64_t)(frames > 1 ? frames : 1) > BS_IMAGE_PIXELS)
		return bs_image_refuse(job, "it has %.1f megapixels%s; %d are allowed",
		                       (double)pixels * (frames > 1 ? frames : 1) / 1e6, frames > 1 ? " in all its frames" : "",
		                       BS_IMAGE_PIXELS / 1000000);
	return BS_FRAME_WELL;
}

static enum bs_frame_status open_drawing(struct bs_image_job *job, VipsImage **out)
{
	VipsImage *head = NULL;
	double scale;

	if (check_drawing(job) != BS_FRAME_WELL)
		return BS_FRAME_REFUSED;
	head = vips_image_new_from_buffer(job->bytes.ptr, job->bytes.len, "", NULL);
	if (head == NULL)
		return refuse_by_vips(job, "the drawing cannot be read");
	scale = (double)SVG_WIDTH / fmax(vips_image_get_width(head), vips_image_get_height(head));
	g_object_unref(head);
	*out = vips_image_new_from_buffer(job->bytes.ptr, job->bytes.len, "", "scale", scale, NULL);
	return *out != NULL ? BS_FRAME_WELL : refuse_by_vips(job, "the drawing cannot be read");
}

static enum bs_frame_status open_picture(struct bs_image_job *job, enum kind *kind, VipsImage **out)
{
	enum bs_frame_status status;

	if (!kind_of(job->bytes, kind))
		return bs_image_refuse(job, "it is none of JPEG, PNG, WebP, AVIF, HEIC, GIF and SVG");
	if (*kind == SVG)
		return open_drawing(job, out);
	if (bs_image_suspect(job) != BS_FRAME_WELL)
		return BS_FRAME_REFUSED;
	*out = vips_image_new_from_buffer(job->bytes.ptr, job->bytes.len, "", "fail_on", VIPS_FAIL_ON_ERROR, NULL);
	if (*out == NULL)
		return refuse_by_vips(job, "it is broken, or only half of it arrived");
	status = check_size(job, *out);
	if (status != BS_FRAME_WELL || !formats[*kind].frames || vips_image_get_n_pages(*out) <= 1)
		return status;
	g_object_unref(*out);
	*out = vips_image_new_from_buffer(job->bytes.ptr, job->bytes.len, "", "fail_on", VIPS_FAIL_ON_ERROR, "n", -1, NULL);
	return *out != NULL ? BS_FRAME_WELL : refuse_by_vips(job, "it is broken, or only half of it arrived");
}

/* --- the master ------------------------------------------------------------------------------------------------------------- */

/* Replace *image by what an operation made of it. */
static bool become(VipsImage **image, VipsImage *made, int failed)
{
	if (failed != 0)
		return false;
	g_object_unref(*image);
	*image = made;
	return true;
}

static bool upright_srgb(VipsImage **image)
{
	VipsImage *made = NULL;
	bool moving = vips_image_get_n_pages(*image) > 1;

	if (!moving && !become(image, made, vips_autorot(*image, &made, NULL)))
		return false;
	if (vips_image_get_typeof(*image, VIPS_META_ICC_NAME) != 0) {
		made = NULL;
		/* A profile that cannot be used is as good as none. */
		if (vips_icc_transform(*image, &made, "srgb", "embedded", TRUE, NULL) == 0)
			become(image, made, 0);
		else
			vips_error_clear();
	}
	made = NULL;
	return become(image, made, vips_colourspace(*image, &made, VIPS_INTERPRETATION_sRGB, NULL));
}

/* A WebP file (RFC 9649) without the chunks that say more than pixels, in place: libvips 8.14 writes Exif although it is told to strip. */
static void bare_webp(void *file, size_t *len)
{
	enum { HEAD = 12, CHUNK = 8, EXIF_AND_XMP = 0x0c };
	uint8_t *bytes = file;
	size_t to = HEAD, at = HEAD;

	while (at + CHUNK <= *len) {
		size_t size = (size_t)bytes[at + 4] | (size_t)bytes[at + 5] << 8 | (size_t)bytes[at + 6] << 16 | (size_t)bytes[at + 7] << 24;
		size_t whole = CHUNK + size + (size & 1);
		if (whole > *len - at)
			whole = *len - at;
		if (memcmp(bytes + at, "VP8X", 4) == 0 && whole > CHUNK)
			bytes[at + CHUNK] &= (uint8_t)~EXIF_AND_XMP;
		if (memcmp(bytes + at, "EXIF", 4) != 0 && memcmp(bytes + at, "XMP ", 4) != 0) {
			memmove(bytes + to, bytes + at, whole);
			to += whole;
		}
		at += whole;
	}
	*len = to;
	for (size_t i = 0; i < 4; i++)
		bytes[4 + i] = (uint8_t)((to - CHUNK) >> (8 * i));
}

static int save_webp(VipsImage *image, int quality, void **bytes, size_t *len)
{
	int failed = vips_webpsave_buffer(image, bytes, len, "strip", TRUE, "Q", quality, "effort", WEBP_EFFORT, NULL);

	if (failed == 0)
		bare_webp(*bytes, len);
	return failed;
}

static int write_master(VipsImage *image, enum kind kind, void **bytes, size_t *len, const char **mime)
{
	if (vips_image_get_n_pages(image) > 1) { /* what moves has no renditions, and GIF says so to everybody */
		*mime = "image/gif";
		return vips_gifsave_buffer(image, bytes, len, "strip", TRUE, NULL);
	}
	if (kind == WEBP) {
		*mime = "image/webp";
		return save_webp(image, MASTER_QUALITY, bytes, len);
	}
	if (kind == JPEG || (kind == HEIF && !vips_image_hasalpha(image))) {
		*mime = "image/jpeg";
		return vips_jpegsave_buffer(image, bytes, len, "strip", TRUE, "Q", MASTER_QUALITY, "optimize_coding", TRUE, NULL);
	}
	*mime = "image/png";
	return vips_pngsave_buffer(image, bytes, len, "strip", TRUE, "compression", 9, NULL);
}

static struct bs_str blob(VipsImage *image, const char *name)
{
	const void *data = NULL;
	size_t len = 0;

	if (vips_image_get_typeof(image, name) == 0 || vips_image_get_blob(image, name, &data, &len) != 0)
		return (struct bs_str){ 0 };
	return bs_str_n(data, len);
}

/* Exif's artist and copyright come as "text (text, ASCII, 5 components, 5 bytes)": the first of the two. */
static void credit_exif(VipsImage *image, const char *field, const char *name, struct bs_buf *out)
{
	const char *text = NULL;
	struct bs_str value;
	size_t end;

	if (vips_image_get_typeof(image, field) == 0 || vips_image_get_string(image, field, &text) != 0)
		return;
	value = bs_str_c(text);
	end = bs_str_find(value, BS_STR(" ("), 0);
	bs_credit_line(out, name, bs_str_trim(bs_str_sub(value, 0, end)));
}

static void write_credit(VipsImage *image, struct bs_buf *out)
{
	bs_credit_iptc(blob(image, VIPS_META_IPTC_NAME), out);
	bs_credit_xmp(blob(image, VIPS_META_XMP_NAME), out);
	credit_exif(image, "exif-ifd0-Artist", "creator", out);
	credit_exif(image, "exif-ifd0-Copyright", "copyright", out);
	credit_exif(image, "exif-ifd0-ImageDescription", "caption", out);
}

enum bs_frame_status bs_image_take(struct bs_image_job *job)
{
	VipsImage *image = NULL;
	const char *mime = NULL;
	void *bytes = NULL;
	size_t len = 0;
	enum kind kind = KINDS;
	enum bs_frame_status status = open_picture(job, &kind, &image);

	if (status != BS_FRAME_WELL)
		goto done;
	write_credit(image, job->text_out);
	if (!upright_srgb(&image) || write_master(image, kind, &bytes, &len, &mime) != 0) {
		status = refuse_by_vips(job, "it is broken, or only half of it arrived");
		goto done;
	}
	bs_buf_printf(job->text_out, "mime=%s\nwidth=%d\nheight=%d\nformat=%s\n", mime, vips_image_get_width(image),
	              vips_image_get_page_height(image), formats[kind].name);
	bs_buf_put(job->bytes_out, bs_str_n(bytes, len));
	if (job->bytes_out->failed || len > BS_MAX_MEDIA_FILE)
		status = bs_image_refuse(job, "it would take %zu MB of disk; %d are allowed: make it smaller", len / 1024 / 1024,
		                         BS_MAX_MEDIA_FILE / 1024 / 1024);
done:
	g_free(bytes);
	if (image != NULL)
		g_object_unref(image);
	return status;
}

/* --- renditions ------------------------------------------------------------------------------------------------------------- */

static int write_rendition(VipsImage *image, bool webp, void **bytes, size_t *len)
{
	VipsImage *flat = NULL;
	double white[] = { 255, 255, 255 };
	VipsArrayDouble *paper;
	int failed;

	if (webp)
		return save_webp(image, WEBP_QUALITY, bytes, len);
	if (!vips_image_hasalpha(image))
		return vips_jpegsave_buffer(image, bytes, len, "strip", TRUE, "Q", JPEG_QUALITY, "optimize_coding", TRUE, "interlace",
		                            TRUE, NULL);
	paper = vips_array_double_new(white, 3);
	failed = vips_flatten(image, &flat, "background", paper, NULL);
	vips_area_unref(VIPS_AREA(paper));
	if (failed != 0)
		return failed;
	failed = vips_jpegsave_buffer(flat, bytes, len, "strip", TRUE, "Q", JPEG_QUALITY, "optimize_coding", TRUE, "interlace", TRUE,
	                              NULL);
	g_object_unref(flat);
	return failed;
}

enum bs_frame_status bs_image_render(struct bs_image_job *job)
{
	struct bs_str type = bs_frame_field(job->text, BS_STR("type"));
	bool webp = bs_str_eq(type, BS_STR("webp"));
	VipsImage *image = NULL;
	enum kind kind;
	void *bytes = NULL;
	size_t len = 0;
	int64_t width;

	if ((!webp && !bs_str_eq(type, BS_STR("jpeg"))) || bs_str_int(bs_frame_field(job->text, BS_STR("width")), &width) != BS_OK ||
	    width < 1 || width > BS_IMAGE_SIDE)
		return bs_image_refuse(job, "a rendition needs a type, webp or jpeg, and a width of at most %d pixels", BS_IMAGE_SIDE);
	if (!kind_of(job->bytes, &kind))
		return bs_image_refuse(job, "it is none of JPEG, PNG, WebP, AVIF, HEIC, GIF and SVG");
	if (vips_thumbnail_buffer((void *)(uintptr_t)job->bytes.ptr, job->bytes.len, &image, (int)width, "height", BS_IMAGE_SIDE,
	                          "size", VIPS_SIZE_DOWN, "export_profile", "srgb", NULL) != 0 ||
	    write_rendition(image, webp, &bytes, &len) != 0)
		refuse_by_vips(job, "it cannot be made smaller");
	else
		bs_buf_printf(job->text_out, "width=%d\nheight=%d\n", vips_image_get_width(image), vips_image_get_height(image));
	bs_buf_put(job->bytes_out, bs_str_n(bytes, len));
	g_free(bytes);
	if (image != NULL)
		g_object_unref(image);
	return bytes != NULL ? BS_FRAME_WELL : BS_FRAME_REFUSED;
}
