/* place.h - the parts of a picture's page that have files of their own. */
#ifndef BS_DESK_PLACE_H
#define BS_DESK_PLACE_H

#include "desk/frame.h"
#include "desk/paper/whole.h"
#include "desk/picture/library.h"

/* The form that says what is said of it and where the eye goes. */
struct bs_whole *bs_picture_form(struct bs_visit *visit, const struct bs_library_picture *picture);

/* Where the eye goes: two numbers, percent from the left and from the top, and a choice of nine places. The choice counts where it is not
 * "as in the numbers". Of the fields, value and error count. */
struct bs_value bs_place_value(struct bs_visit *visit, const struct bs_field *x, const struct bs_field *y);
/* From the form; false when the numbers are none between 0 and 100. */
bool bs_place_read(struct bs_visit *visit, int *x, int *y);

/* Another file takes its place, with its words, wherever it is used now. *fault says why not; or the answer is made. */
enum bs_rc bs_picture_replace(struct bs_visit *visit, const struct bs_library_picture *picture, struct bs_str *fault, struct bs_err *err) BS_CHECK;
/* Take it out, with its file. *fault says why not, such as that it is used; or the answer is made. */
enum bs_rc bs_picture_delete(struct bs_visit *visit, const struct bs_library_picture *picture, struct bs_str *fault, struct bs_err *err) BS_CHECK;

#endif
