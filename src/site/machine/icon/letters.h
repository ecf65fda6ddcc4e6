/* letters.h - outlines of capital letters, for icons: Latin, Greek, Cyrillic, Armenian, Georgian, digits. */
#ifndef BS_SITE_MACHINE_ICON_LETTERS_H
#define BS_SITE_MACHINE_ICON_LETTERS_H

#include "base/core.h"

/* The outline of a letter as path data of SVG: M, L, Q and Z, absolute whole numbers, in thousandths of an em from the baseline, y
 * downwards. ptr NULL: it is not among them. Constant. */
struct bs_str bs_letter_outline(uint32_t letter);

#endif
