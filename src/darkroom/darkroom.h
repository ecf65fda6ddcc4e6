/* darkroom.h - pictures in and out: what somebody uploads becomes a master, a master its renditions.
 *
 * A master is MEDIA/ab/HASH.EXT (newsroom/catalog.h), named by its bytes and never changed. A rendition is
 * RENDITIONS/ab/HASH.WIDTH.EXT, WebP or JPEG, in the widths of bs_picture_widths; all of them can be deleted at any time,
 * since they are made again when somebody asks. Nothing is decoded in this process: broadsheet-image does that
 * (workers/image), and a picture that kills it costs itself alone.
 *
 * Without that program a newsroom still serves: each address answers with the master then, and uploads are refused.
 * A darkroom is safe from any number of threads. */
#ifndef BS_DARKROOM_DARKROOM_H
#define BS_DARKROOM_DARKROOM_H

#include "http/router.h"
#include "newsroom/picture.h"

struct bs_darkroom;

struct bs_darkroom_options {
	const char *media_dir, *renditions_dir; /* copied; the second is made when it is first needed */
	const char *program;                    /* of broadsheet-image; NULL: beside this program, else as it was installed */
	unsigned workers;                       /* processes at most; 0: 2 */
	struct bs_str hsts;                     /* Strict-Transport-Security of what it serves; borrowed; empty: not sent */
};

/* Opens even where there is no such program. BS_IO: a folder cannot be read. */
enum bs_rc bs_darkroom_open(const struct bs_darkroom_options *options, struct bs_darkroom **out, struct bs_err *err) BS_CHECK;
/* Lets the picture in hand be finished. Accepts NULL, leaves NULL. */
void bs_darkroom_close(struct bs_darkroom **darkroom);
/* Whether pictures can be developed here. */
bool bs_darkroom_works(const struct bs_darkroom *darkroom);

/* What a picture's own file says of it: guesses, which a person has to look at. Plain text, empty where it says nothing. */
struct bs_picture_credit {
	struct bs_str creator, credit, copyright, caption;
};

/* A picture as it came (JPEG, PNG, WebP, AVIF, HEIC, GIF, SVG; at most BS_MAX_MEDIA_FILE bytes and 100 megapixels) becomes a
 * master: upright, sRGB, without anything but its pixels. It is put into *master, for bs_media_save; the credit into the arena.
 *   BS_INVALID  it is no such picture, or broken; err says what is wrong, for the person who sent it.
 *   BS_LIMIT    over a cap, or it took too long.
 *   BS_IO       the program died at it, or is not there. */
enum bs_rc bs_darkroom_take(struct bs_darkroom *darkroom, struct bs_arena *arena, struct bs_str bytes, struct bs_buf *master,
                            struct bs_picture_credit *credit, struct bs_err *err) BS_CHECK;

/* Make those renditions of a master that are not there yet. *made is how many there were to make.
 *   BS_NOT_FOUND there is no such master. Others as above. */
enum bs_rc bs_darkroom_develop(struct bs_darkroom *darkroom, struct bs_str hash_hex, size_t *made, struct bs_err *err) BS_CHECK;

/* "/media/{hash}/{file}", for bs_router_add with the darkroom as ctx: the rendition, or the master itself while it is not there;
 * then the rest is made behind the reader's back, one picture at a time, and the answer may be kept for a minute only. */
extern const struct bs_route bs_darkroom_routes[];
extern const size_t bs_darkroom_route_count;

#endif
