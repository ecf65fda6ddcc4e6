/* site.h - the public site: every page, feed and list that a reader or a machine may ask for, as tables of routes; and the job
 * that makes a scheduled story a part of it when its time comes. */
#ifndef BS_SITE_SITE_H
#define BS_SITE_SITE_H

#include "page/pages.h"
#include "queue/queue.h"

/* Every route of the site. */
extern const struct bs_page_route bs_site_routes[];
extern const size_t bs_site_route_count;

/* "publish": key is the story's id. */
extern const struct bs_job_kind bs_site_jobs[];
extern const size_t bs_site_job_count;

/* Prints the page of an error status; struct bs_pages_options.error. */
enum bs_rc bs_site_error(struct bs_page *page, int status, struct bs_err *err) BS_CHECK;

/* Prints the story of the capture {id} as readers would see it, whatever its status; for the desk. */
enum bs_rc bs_site_preview(struct bs_page *page, struct bs_err *err) BS_CHECK;
/* Prints what a search engine and a network will show of it. */
enum bs_rc bs_site_preview_share(struct bs_page *page, struct bs_err *err) BS_CHECK;
/* The home page as it is prepared at the desk (setting "home.draft"), before readers see it so. */
enum bs_rc bs_site_preview_home(struct bs_page *page, struct bs_err *err) BS_CHECK;

#endif
