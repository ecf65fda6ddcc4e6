/* desk.h - the editors' pages, under /desk/: opened once by `serve`, then a table of routes for the server's router.
 *
 * Every page is made for whoever asks, from one snapshot, and kept nowhere. docs/rooms/desk.md says how a page is added. */
#ifndef BS_DESK_DESK_H
#define BS_DESK_DESK_H

#include "account/vault.h"
#include "darkroom/darkroom.h"
#include "http/router.h"
#include "newsroom/ledger.h"
#include "page/pages.h"
#include "translate/translator.h"

struct bs_desk;

struct bs_desk_options {
	struct bs_pool *pool;
	struct bs_ledger *ledger; /* signs what is saved */
	struct bs_vault *vault;
	struct bs_pages *pages;   /* for the publication, and for previews */
	/* Prints the story of the capture {id} as readers would see it, whatever its status (site/site.h). */
	enum bs_rc (*preview)(struct bs_page *page, struct bs_err *err);
	/* What a search engine and a network will show of it. */
	enum bs_rc (*preview_share)(struct bs_page *page, struct bs_err *err);
	struct bs_translator *translator; /* engines, for the translation desk */
	struct bs_darkroom *darkroom;                /* develops what is uploaded */
	const char *media_dir, *renditions_dir;      /* where it is kept */
	/* The home page as it is prepared (site/site.h). */
	enum bs_rc (*preview_home)(struct bs_page *page, struct bs_err *err);
	const char *hsts;         /* Strict-Transport-Security; NULL: not sent */
};

/* Compiles templates and styles. *out is freed with bs_desk_close, after the server has stopped. */
enum bs_rc bs_desk_open(const struct bs_desk_options *options, struct bs_desk **out, struct bs_err *err) BS_CHECK;
void bs_desk_close(struct bs_desk **desk);

/* The routes, whose ctx must be the desk; live as long as it does. */
const struct bs_route *bs_desk_routes(const struct bs_desk *desk, size_t *count);

#endif
