/* markup.h - canonical inline markup: the form in which one passage of text is stored, hashed and translated.
 *
 * UTF-8 text in NFC with these tags: a abbr bdi bdo br cite code del dfn em ins kbd mark q rp rt ruby s samp small span strong sub
 * sup time u var. Attributes, sorted by name, in double quotes: href hreflang (a), title (abbr dfn), datetime (time), lang
 * dir (any; span has at least one of them). A link that lost its target is <a> without href. In text &amp; &lt; &gt; stand for
 * themselves, in attribute values &quot; too; nothing else is written as a reference (but U+0338 behind a tag, which would
 * otherwise compose with its '>').
 *
 * White space is one U+0020 between words and none at either end, beside a <br>, or just inside a tag (except in the
 * text of a pre). No-break spaces, soft hyphens and joiners stay; byte order marks, controls and unbalanced bidirectional
 * controls do not. No element is empty, no em stands in an em, neighbouring equal em, strong … are one.
 *
 * The same text in the same form is the same bytes, so it may be compared and hashed as it is. Only html.h, markdown.h
 * and bs_markup_of_text make it. */
#ifndef BS_TEXT_MARKUP_H
#define BS_TEXT_MARKUP_H

#include "base/mem.h"

/* Plain text as markup: normalised, escaped, line breaks folded as white space. Ill-formed UTF-8 becomes U+FFFD. */
struct bs_str bs_markup_of_text(struct bs_arena *arena, struct bs_str text);

/* The text of markup without tags: references resolved, <br> as a line feed, references to footnotes left out,
 * ruby readings in parentheses. Not escaped for anything. */
void bs_markup_text(struct bs_buf *buf, struct bs_str markup);
/* The same in an arena, with a NUL behind it; <br> as a space: for titles, mail subjects, attributes. */
struct bs_str bs_markup_plain(struct bs_arena *arena, struct bs_str markup);
/* How that begins: all of it, or what fits into `max` bytes up to the end of a word (of the last character where no word ends) and "…". */
struct bs_str bs_markup_beginning(struct bs_arena *arena, struct bs_str markup, size_t max);

/* How many words: runs without white space; in scripts that write without spaces two Han or Kana, or five Thai,
 * Lao, Khmer or Myanmar letters count as one. */
size_t bs_markup_words(struct bs_str markup);

/* Whether both have the same elements as often, and the same links: what a translation of a passage must have. Where they
 * stand and how they nest may differ, as grammar does. */
bool bs_markup_same_tags(struct bs_str a, struct bs_str b);

/* Whether there is a letter in it: what has none reads the same in every language. */
bool bs_markup_has_letters(struct bs_str markup);

#endif
