/* icon.h - the site's icon: the initial of the publication's name over a rule in the colour of its first section; for a name in a
 * script without capital letters here, a page of a newspaper. In all forms that browsers and telephones ask for; a file of the same
 * name in the theme's folder takes its place. */
#ifndef BS_SITE_MACHINE_ICON_ICON_H
#define BS_SITE_MACHINE_ICON_ICON_H

#include "page/page.h"

/* The number of a route. */
enum bs_icon_file { BS_ICON_SVG, BS_ICON_ICO, BS_ICON_TOUCH, BS_ICON_192, BS_ICON_512, BS_ICON_FILES };

enum bs_rc bs_icon_page(struct bs_page *page, struct bs_err *err) BS_CHECK;
enum bs_rc bs_icon_walk(struct bs_page_walk *walk, struct bs_err *err) BS_CHECK;

#endif
