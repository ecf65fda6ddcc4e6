/* css.h - whether a style sheet is whole, before it goes into pages.
 *
 * All sheets of a page are one <style>, in which what one file leaves open swallows what stands behind it. So strings, comments,
 * url() and brackets must end where they began (CSS Syntax Level 3, sections 4 and 5), and nothing may end the <style>. Which properties
 * and selectors there are is the browser's business. */
#ifndef BS_PAGE_CSS_H
#define BS_PAGE_CSS_H

#include "base/core.h"

/* Where something stands, as people count: from 1, columns in characters. */
struct bs_css_place {
	unsigned line, column;
};
struct bs_css_place bs_css_place(struct bs_str css, size_t at);

/* `css` of `file` from byte `from` on, behind its @imports. BS_INVALID: err begins with "FILE:LINE:COLUMN: ". */
enum bs_rc bs_css_check(struct bs_str css, size_t from, struct bs_str file, struct bs_err *err) BS_CHECK;

#endif
