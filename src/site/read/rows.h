/* rows.h - rows of queries become plain data in the page's arena; for those who read stories and cards. */
#ifndef BS_SITE_READ_ROWS_H
#define BS_SITE_READ_ROWS_H

#include "site/read.h"

struct bs_str bs_row_text(struct bs_page *page, const struct bs_stmt *stmt, int column);
/* A hash in hexadecimal digits. */
struct bs_str bs_row_hex(struct bs_page *page, const struct bs_stmt *stmt, int column);
/* The four columns of a picture: hash, mime, width, height. */
struct bs_media_ref bs_row_media(struct bs_page *page, const struct bs_stmt *stmt, int column);
/* The language of a code. */
const struct bs_lang *bs_row_lang(struct bs_page *page, struct bs_str code);
/* The person's job, translated where it is: plain. `stmt` is story-people or one whose first columns are the same. */
void bs_row_job(struct bs_page *page, const struct bs_stmt *stmt, struct bs_person_row *person);
/* A list that grows: room for one more item of `size`. */
void *bs_rows_grow(struct bs_page *page, void *list, size_t count, size_t size);

/* A passage that is not translated is shown as it was written, and says so: readers see the mark, screen readers change their
 * voice. `markup` in `lang` within a page that is in `shown`. */
struct bs_str bs_in_its_language(struct bs_page *page, struct bs_str markup, const struct bs_lang *lang, const struct bs_lang *shown);

#endif
