/* stem.h - one word becomes the term it is indexed under; for the files of this room only. Stemmers and the break iterator
 * are the calling thread's own and go when it ends. */
#ifndef BS_LANG_STEM_H
#define BS_LANG_STEM_H

#include "lang/tokens.h"

/* Folded, stemmed, without accents; in `out`, empty when nothing is left. */
struct bs_str term_of_word(const struct bs_lang *lang, struct bs_str word, char out[BS_MAX_TERM]);
/* The same with its ending. */
struct bs_str term_of_whole(const struct bs_lang *lang, struct bs_str word, char out[BS_MAX_TERM]);
/* One or two characters of Han, Kana or Hangul in their usual width. */
struct bs_str term_of_pair(struct bs_str pair, char out[BS_MAX_TERM]);
/* Where the words of a run of Thai, Lao, Khmer or Burmese end, the end of the run last; how many. */
size_t dictionary_breaks(struct bs_str run, uint16_t *breaks, size_t max);

#endif
