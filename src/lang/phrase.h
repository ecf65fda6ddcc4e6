/* phrase.h - finding words in a text as they are written: whole words, with the case that was asked for or any.
 *
 * A phrase is plain words. Where one begins or ends with a letter or digit, so must a word of the text: "art" is not in "start". Scripts that
 * put no spaces between words (Han, Kana, Thai …) have no such bounds. A phrase without capital letters finds any case, one with
 * capitals that alone; '*' at its end stands for any ending of its last word. White space is any white space, no-break spaces
 * included; a straight apostrophe is a typographic one, too.
 *
 * Time is at most bytes of the text times bytes of the phrase, whatever they are. Pure; safe from any thread. */
#ifndef BS_LANG_PHRASE_H
#define BS_LANG_PHRASE_H

#include "base/core.h"

/* The first place at or behind byte `from` of the text where the phrase stands: *at and *len, in bytes. False: nowhere. An empty phrase,
 * or a lone '*', stands nowhere. */
bool bs_phrase_find(struct bs_str text, struct bs_str phrase, size_t from, size_t *at, size_t *len);

#endif
