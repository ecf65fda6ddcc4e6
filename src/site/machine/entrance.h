/* entrance.h - what programs ask a site for before anything else: robots.txt (RFC 9309), opensearch.xml (OpenSearch 1.1),
 * manifest.webmanifest (W3C). The last two in each language. */
#ifndef BS_SITE_MACHINE_ENTRANCE_H
#define BS_SITE_MACHINE_ENTRANCE_H

#include "page/page.h"

enum bs_rc bs_robots_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_opensearch_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_manifest_page(struct bs_page *page, struct bs_err *err) BS_CHECK;

enum bs_rc bs_robots_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;
enum bs_rc bs_opensearch_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;
enum bs_rc bs_manifest_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;

#endif
