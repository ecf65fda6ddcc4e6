/* suspect.c - files that are a picture and something else besides, and drawings that do more than draw.
 *
 * None of it would survive, as a master is made of pixels; but whoever sends such a file sends what they do not know, and is told.
 * Markup is looked for in what a browser would take for a page; an archive by its end, which is where programs look for it. */
#include "image/image.h"

enum { ZIP_TAIL = 22, ZIP_COMMENT = 65535 };

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Whether the lower-case ASCII text stands anywhere, in any case. */
static bool stands_in(struct bs_str bytes, struct bs_str text)
{
	for (size_t at = 0; at + text.len <= bytes.len; at++) {
		size_t i = 0;
		while (i < text.len && lower(bytes.ptr[at + i]) == text.ptr[i])
			i++;
		if (i == text.len)
			return true;
	}
	return false;
}

/* The end of a ZIP's directory (APPNOTE 4.3.16): its mark, and a comment that reaches just to the end of the file. */
static bool ends_in_zip(struct bs_str bytes)
{
	size_t from = bytes.len > ZIP_TAIL + ZIP_COMMENT ? bytes.len - ZIP_TAIL - ZIP_COMMENT : 0;

	for (size_t at = bs_str_find(bytes, BS_STR("PK\x05\x06"), from); at != SIZE_MAX; at = bs_str_find(bytes, BS_STR("PK\x05\x06"), at + 1)) {
		if (at + ZIP_TAIL <= bytes.len &&
		    at + ZIP_TAIL + ((size_t)(uint8_t)bytes.ptr[at + 20] | (size_t)(uint8_t)bytes.ptr[at + 21] << 8) == bytes.len)
			return true;
	}
	return false;
}

enum bs_frame_status bs_image_suspect(struct bs_image_job *job)
{
	static const struct bs_str pages[] = { BS_STR_INIT("<script"), BS_STR_INIT("<!doctype html"), BS_STR_INIT("<html"), BS_STR_INIT("<?php"),
		                               BS_STR_INIT("<iframe") };

	if (ends_in_zip(job->bytes))
		return bs_image_refuse(job, "it is a picture and a ZIP archive in one file; open it in a picture program and save it anew");
	for (size_t i = 0; i < BS_COUNT(pages); i++) {
		if (stands_in(job->bytes, pages[i]))
			return bs_image_refuse(job, "it is a picture and a web page in one file; open it in a picture program and save it anew");
	}
	return BS_FRAME_WELL;
}

/* Where an attribute leads, "#…" within the drawing and data: aside. */
static bool leads_out(struct bs_str drawing, struct bs_str attribute)
{
	for (size_t at = bs_str_find(drawing, attribute, 0); at != SIZE_MAX; at = bs_str_find(drawing, attribute, at + 1)) {
		struct bs_str rest = bs_str_trim(bs_str_sub(drawing, at + attribute.len, 64));
		if (rest.len > 0 && (rest.ptr[0] == '"' || rest.ptr[0] == '\''))
			rest = bs_str_trim(bs_str_sub(rest, 1, SIZE_MAX));
		if (rest.len > 0 && rest.ptr[0] != '#' && !bs_str_starts(rest, BS_STR("data:")))
			return true;
	}
	return false;
}

enum bs_frame_status bs_image_suspect_drawing(struct bs_image_job *job)
{
	static const struct bs_str scripts[] = { BS_STR_INIT("<script"), BS_STR_INIT("javascript:"), BS_STR_INIT(" onload="),
		                                 BS_STR_INIT(" onclick="), BS_STR_INIT(" onerror="), BS_STR_INIT("<foreignobject") };

	for (size_t i = 0; i < BS_COUNT(scripts); i++) {
		if (stands_in(job->bytes, scripts[i]))
			return bs_image_refuse(job, "the drawing has a script or a part of a web page; export it without, or send it as PNG");
	}
	if (stands_in(job->bytes, BS_STR("<!entity")))
		return bs_image_refuse(job, "the drawing has entities of its own; export it as plain SVG, or send it as PNG");
	/* Links (<a>) lead out as well; but a drawing that is shown as pixels has no use for them either. */
	if (leads_out(job->bytes, BS_STR("href=")) || leads_out(job->bytes, BS_STR("url(")) || stands_in(job->bytes, BS_STR("@import")))
		return bs_image_refuse(job, "the drawing refers to other files; embed them in it, or send it as PNG");
	return BS_FRAME_WELL;
}
