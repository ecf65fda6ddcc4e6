/* export.h - the site as a tree of files that any web server or bucket can serve.
 *
 * The same routes through the same renderer as the server's: every address that the routes' walks find is made and written,
 * "/" as index.html, "/region/baltic" as region/baltic/index.html, "/feed.xml" as feed.xml; and 404.html. An address
 * that has moved is a small page that leads on, and a line of _redirects for hosts that read it. The new tree grows beside the old one
 * (FOLDER.new), files that are as they were being links to the old ones, and takes its place in one step at the end (tree.h): a stop
 * half-way leaves the old tree whole, and an unchanged file keeps its inode and time. */
#ifndef BS_PAGE_EXPORT_H
#define BS_PAGE_EXPORT_H

#include "page/pages.h"

struct bs_export_options {
	const char *folder;    /* made when it is not there; must be empty or an export otherwise */
	const char *media_dir; /* pictures are linked from here, or copied where it is another file system */
	/* Their renditions, RENDITIONS/ab/HASH.WIDTH.EXT, likewise; where one is not there the picture itself goes under its name. */
	const char *renditions_dir;
	const struct bs_router *router; /* with the pages' routes */
	unsigned threads;      /* 0: one per core */
	int64_t now;
	/* Called now and then from one thread at a time; may be NULL. */
	void (*progress)(void *ctx, size_t done, size_t all);
	void *ctx;
};

struct bs_export_result {
	size_t pages;     /* files of pages */
	size_t written;   /* that were new or had changed */
	size_t pictures;
	uint64_t bytes;   /* of all pages */
};

/*   BS_CONFLICT  the folder has something in it that no export put there; nothing was touched
 *   BS_BUSY      another export is writing there
 *   BS_IO        a file could not be written; the old tree is untouched
 *   others       a page could not be made; the old tree is untouched */
enum bs_rc bs_export_tree(struct bs_pages *pages, struct bs_pool *pool, const struct bs_export_options *options,
                          struct bs_export_result *out, struct bs_err *err) BS_CHECK;

#endif
