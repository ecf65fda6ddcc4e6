/* body.h - the text of a story: blocks in reading order, each one passage of text at a place.
 *
 * A block's `path` names its containers from the body down to its own element:
 *
 *   p  h2 … h6  hr  pre                  blockquote/p   aside/p   details/summary   details/p
 *   ul/li  ol/li  ol/li/ul/li  ul/li/p   dl/dt  dl/dd   table/caption  table/tr/th  table/tr/td
 *   figure/img  figure/figcaption  figure/credit        footnotes/ol/li        notice
 *
 * The last name always begins anew: "ul/li" twice is one list of two items. The names before it go on with the
 * containers of the block before, as far as they are the same; a '+' says "a new one begins here although the one before
 * is of the same name": "ul+/li", "table/tr+/td", "figure+/img". The first text of an li, dd, td or th is that element's own
 * ("ul/li"); what follows inside is below it ("ul/li/p", "ul/li/ul/li").
 *
 * `attrs` is what the element and the containers it opens say besides text: "key=value key=value", keys sorted, no
 * white space or quotes in a value. Keys: `src` `width` `height` `href` of an img (src is a URL or "media:ID"; href is
 * where the picture leads), `start` `type` `reversed` of an ol, `value` of an li, `colspan` `rowspan` `align` of a cell, `cite` of a blockquote,
 * `code` of a pre that holds program text (its value the language, or nothing), `open` of details, `slug` of a notice, `id` `lang` `dir`
 * of any block.
 *
 * A notice of the newsroom stands in a text by its slug alone, <aside data-notice="SLUG"></aside>: what it says is the newsroom's, in each
 * language. On pages and in plain text nothing is written of it; who knows what it says puts that in its place (bs_body_place).
 *
 * `markup` is canonical inline markup (markup.h), white space kept in a pre only. It is never empty, but for hr, notice, td, th
 * and an img without alternative text: the alternative text is the markup of an img, so that it is translated like the
 * rest.
 *
 * Written by bs_body_html and read by bs_html_blocks, blocks come back the same; so they do through bs_body_markdown
 * and bs_markdown_blocks. Pure functions over borrowed data; safe from any thread. */
#ifndef BS_TEXT_BODY_H
#define BS_TEXT_BODY_H

#include "base/mem.h"

struct bs_block {
	struct bs_str path;
	struct bs_str attrs;
	struct bs_str markup;
};

bool bs_block_is_picture(const struct bs_block *block);
/* The slug of the notice that stands here; empty for another block. */
struct bs_str bs_block_notice(const struct bs_block *block);

/* A link out of the body. One that lost its target is <a> without href in the markup, and has an empty href here.
 * Links within the body (footnotes, "#…") are no citations and are not listed. */
struct bs_link {
	size_t block; /* index into blocks */
	struct bs_str href;
	struct bs_str text; /* plain: the words of the link, or the alternative text of a linked picture */
};

struct bs_body {
	struct bs_block *blocks; /* at most BS_MAX_PASSAGES */
	size_t count;
	struct bs_link *links; /* in reading order, at most BS_MAX_CITATIONS */
	size_t link_count;
	/* Addresses of pictures that no page can show (data:, file:), as they stood, at most BS_LOST_ADDRESS bytes of each: of such a picture
	 * only its words are in the blocks. For telling; whatever makes the blocks anew has none. */
	struct bs_str *lost;
	size_t lost_count; /* at most BS_LOST_MAX */
};
enum { BS_LOST_ADDRESS = 256, BS_LOST_MAX = 400 };

/* List the links of body->blocks in body->links. The readers (html.h, markdown.h) have done so already; call it after
 * changing blocks. BS_LIMIT when there are more than BS_MAX_CITATIONS. */
enum bs_rc bs_body_links(struct bs_arena *arena, struct bs_body *body, struct bs_err *err) BS_CHECK;

/* Put what notices say in their places: the blocks that `words` gives for a slug, in an aside of their own, without footnotes and ids,
 * which would meet those of the text. NULL: nobody knows what it says, and the block stays. The body's list is made anew, if any notice stands
 * in it; body->links is as it was. */
void bs_body_place(struct bs_arena *arena, struct bs_body *body, const struct bs_body *(*words)(void *ctx, struct bs_str slug),
                   void *ctx);

/* The value of a key in attrs; ptr NULL when the key is not there. */
struct bs_str bs_attrs_get(struct bs_str attrs, struct bs_str key);
/* attrs with the key set, or without it when value.ptr is NULL. White space and quotes in the value are percent-encoded. */
struct bs_str bs_attrs_set(struct bs_arena *arena, struct bs_str attrs, struct bs_str key, struct bs_str value);

/* What a picture becomes on a page. All of it is escaped by the writer. */
struct bs_body_image {
	struct bs_str src;    /* empty: the picture is left out, and its caption when no other picture has it */
	struct bs_str webp;   /* the same in WebP for browsers that choose, as srcset has it; or empty */
	struct bs_str sizes;  /* of those; or empty */
	int width, height;    /* pixels, 0 unknown */
	bool as_link;         /* a paragraph with a link to src stands in its place: no page asks another host for anything */
};
/* What a link becomes on a page. */
struct bs_body_href {
	struct bs_str href; /* empty: the words stay, the link goes */
	struct bs_str rel;  /* or empty */
	bool external;      /* class="external" */
};

struct bs_body_html_options {
	/* h2 is written as h(2 + heading_offset), nothing deeper than h6. */
	int heading_offset;
	/* Write id="p-1", "p-2" … on blocks that have no id of their own, so that a passage can be pointed at. */
	bool passage_ids;
	/* Both are called while writing, with `ctx`; what they return must live until they are called again. *out comes
	 * filled with what would be written without them. NULL: as the body has it. */
	void (*image)(void *ctx, struct bs_str src, struct bs_body_image *out);
	void (*link)(void *ctx, struct bs_str href, struct bs_body_href *out);
	void *ctx;
	/* Plain words for the link from a note back to the text, such as "Back to the text"; empty: "↩" alone. */
	struct bs_str back_label;
};

/* Write the body as HTML, one line a block. options NULL: the canonical form, which bs_html_blocks reads back to the
 * same blocks. The result is safe in any HTML context that takes flow content: no scripts, no styles, no event
 * attributes, no ids but "p-N", "fn…" and "s-…", every tag closed. */
void bs_body_html(struct bs_buf *buf, const struct bs_body *body, const struct bs_body_html_options *options);

struct bs_body_text_options {
	/* List the addresses of body->links at the end, numbered, with [n] behind the words (unless these are the address), and say
	 * with raised digits where a footnote belongs. */
	bool link_notes;
	/* For people to read as it is: paragraphs in lines of at most so many columns, headings underlined, what a picture shows in
	 * brackets. 0: none of these. */
	size_t columns;
};
/* Write the body as plain text (UTF-8, LF): a paragraph is one line, an empty line between blocks, "- " and "1. " before
 * list items, "> " before quotations, cells of a row with tabs between. options may be NULL. */
void bs_body_text(struct bs_buf *buf, const struct bs_body *body, const struct bs_body_text_options *options);

/* Words of the body, captions and notes included, pictures' alternative text not. See bs_markup_words. */
size_t bs_body_words(const struct bs_body *body);

#endif
