/* media.c - pictures, frames and figures as other tools write them; see walk.h. */
#include "text/html/walk.h"
#include "text/markdown/title.h"
#include "text/story/url.h"

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* Is the text at `s`, in either case? */
static bool starts_nocase(struct bs_str s, const char *prefix)
{
	for (size_t i = 0; prefix[i] != '\0'; i++) {
		if (i >= s.len || lower(s.ptr[i]) != prefix[i])
			return false;
	}
	return true;
}

bool has_style(const struct node *node, const char *property, const char *value)
{
	struct bs_str style = node_attr(node, "style"), declaration;

	while (style.len > 0 && bs_str_split(&style, ';', &declaration)) {
		struct bs_str rest = bs_str_trim(declaration);
		if (!starts_nocase(rest, property))
			continue;
		rest = bs_str_trim(bs_str_sub(rest, strlen(property), SIZE_MAX));
		if (rest.len > 0 && rest.ptr[0] == ':' && starts_nocase(bs_str_trim(bs_str_sub(rest, 1, SIZE_MAX)), value))
			return true;
	}
	return false;
}

bool is_hidden(const struct node *node)
{
	return node->attribute_count > 0 && (node_attr(node, "hidden").ptr != NULL || has_style(node, "display", "none") ||
	                                     has_style(node, "visibility", "hidden"));
}

/* The widest candidate of a srcset: "url 640w, url 2x". A comma only ends a candidate behind its white space or descriptor. */
static struct bs_str widest(struct bs_str srcset)
{
	struct bs_str best = { 0 };
	int64_t best_size = 0;
	size_t at = 0;

	while (at < srcset.len) {
		size_t start, end;
		int64_t size = 1;
		struct bs_str url, descriptor;
		while (at < srcset.len && strchr(" \t\n\f\r,", srcset.ptr[at]))
			at++;
		for (start = at; at < srcset.len && !strchr(" \t\n\f\r", srcset.ptr[at]); at++)
			;
		url = bs_str_sub(srcset, start, at - start);
		end = bs_str_find_byte(srcset, ',', at);
		if (bs_str_ends(url, BS_STR(",")))
			end = at;
		descriptor = bs_str_trim(bs_str_sub(srcset, at, (end == SIZE_MAX ? srcset.len : end) - at));
		if (descriptor.len > 1 && bs_str_int(bs_str_sub(descriptor, 0, descriptor.len - 1), &size) != BS_OK)
			size = 1;
		while (bs_str_ends(url, BS_STR(",")))
			url.len--;
		if (url.len > 0 && size > best_size) {
			best = url;
			best_size = size;
		}
		at = end == SIZE_MAX ? srcset.len : end;
	}
	return best;
}

/* One of the addresses that a picture has, the best first. True when no other need be looked at. */
static bool offer(struct walk *w, struct bs_str src, struct bs_str *best)
{
	struct bs_str url = src.len > 0 ? url_clean(w->arena, src, w->base, URL_IMAGE) : (struct bs_str){ 0 };
	bool there = url.len > 0 && (w->is_there == NULL || w->is_there(w->ctx, url));

	if (there || best->len == 0)
		*best = url;
	return there;
}

/* The address of the picture itself: pages that load late keep it in other attributes, with a placeholder in src. */
static struct bs_str source_of(struct walk *w, const struct node *img)
{
	static const char *const plain[] = { "data-src", "data-lazy-src", "data-original", "data-orig-file", "src" };
	static const char *const sets[] = { "srcset", "data-srcset", "data-lazy-srcset" };
	struct bs_str src = { 0 };
	bool found = false;

	for (size_t i = 0; i < BS_COUNT(sets) && !found; i++)
		found = offer(w, widest(node_attr(img, sets[i])), &src);
	for (size_t i = 0; i < BS_COUNT(plain) && !found; i++)
		found = offer(w, node_attr(img, plain[i]), &src);
	for (const struct node *n = img->parent != NULL ? img->parent->first : NULL; n != NULL && !found; n = n->next) {
		if (node_is(n, "source") && node_is(img->parent, "picture"))
			found = offer(w, widest(node_attr(n, "srcset")), &src);
	}
	return src;
}

static int64_t pixels(const struct node *img, const char *name)
{
	int64_t n;

	return bs_str_int(bs_str_trim(node_attr(img, name)), &n) == BS_OK && n >= 0 && n < 100000 ? n : -1;
}

static bool is_pixel(const struct node *img)
{
	int64_t width = pixels(img, "width"), height = pixels(img, "height");

	return (width >= 0 && width <= 2 && height <= 2) || (height >= 0 && height <= 2 && width <= 2);
}

static bool is_emoji(const struct node *img)
{
	return node_has_class(img, "emoji") || node_has_class(img, "wp-smiley");
}

static bool is_picture_file(struct bs_str url)
{
	static const char *const endings[] = { ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif" };
	struct bs_str path = bs_str_sub(url, 0, bs_str_find_byte(url, '?', 0));

	for (size_t i = 0; i < BS_COUNT(endings); i++) {
		size_t len = strlen(endings[i]);
		if (path.len > len && starts_nocase(bs_str_sub(path, path.len - len, SIZE_MAX), endings[i]))
			return true;
	}
	return false;
}

bool leads_elsewhere(struct bs_str href)
{
	return href.len > 0 && href.ptr[0] != '#' && !is_picture_file(href);
}

/* Where the picture leads; or empty. */
static struct bs_str link_around(struct walk *w, const struct node *img)
{
	for (const struct node *node = img->parent; node != NULL; node = node->parent) {
		struct bs_str href;
		if (!node_is(node, "a"))
			continue;
		href = url_clean(w->arena, node_attr(node, "href"), w->base, URL_LINK);
		return leads_elsewhere(href) ? href : (struct bs_str){ 0 };
	}
	return (struct bs_str){ 0 };
}

static bool is_only_child(const struct node *node)
{
	for (const struct node *n = node->parent->first; n != NULL; n = n->next) {
		if (n != node && (n->rule != NULL || bs_str_trim(n->text).len > 0))
			return false;
	}
	return true;
}

static bool is_alone(const struct node *img)
{
	const struct node *outer = node_is(img->parent, "a") ? img->parent : img;

	return is_only_child(img) && node_is(outer->parent, "p") && is_only_child(outer);
}

static void put_image(struct walk *w, const struct node *img, struct bs_str attrs)
{
	struct element image = { .part = PART_FIGURE, .attrs = attrs, .lang = lang_of(w->arena, img), .dir = dir_of(img) };
	struct bs_str title = node_attr(img, "title");

	if (!w->titles || title.len == 0 || w->figures > 0 || !is_alone(img)) {
		build_image(w->build, &image, node_attr(img, "alt"));
		return;
	}
	build_open(w->build, &(struct element){ .part = PART_FIGURE });
	build_image(w->build, &image, node_attr(img, "alt"));
	title_to_figure(w->build, title);
	build_close(w->build);
}

void walk_image(struct walk *w, const struct node *img)
{
	struct bs_str src, attrs = BS_STR(""), href;
	int64_t width = pixels(img, "width"), height = pixels(img, "height");

	if (is_emoji(img)) {
		build_text(w->build, node_attr(img, "alt"));
		return;
	}
	src = is_pixel(img) ? (struct bs_str){ 0 } : source_of(w, img);
	if (src.len == 0) {
		if (!is_pixel(img))
			build_lost_image(w->build, node_attr(img, "src"), node_attr(img, "alt"));
		return;
	}
	href = link_around(w, img);
	if (height > 0)
		attrs = bs_attrs_set(w->arena, attrs, BS_STR("height"), bs_arena_printf(w->arena, "%d", (int)height));
	if (href.len > 0)
		attrs = bs_attrs_set(w->arena, attrs, BS_STR("href"), href);
	attrs = bs_attrs_set(w->arena, attrs, BS_STR("src"), src);
	if (width > 0)
		attrs = bs_attrs_set(w->arena, attrs, BS_STR("width"), bs_arena_printf(w->arena, "%d", (int)width));
	put_image(w, img, attrs);
}

bool is_figure(const struct node *node)
{
	static const char *const barred[] = { "figure", "table", "blockquote", "pre", "iframe", "video", "audio", "ul", "ol", "dl" };
	bool picture = false;

	for (const struct node *n = node_after(node, node); n != NULL; n = node_after(n, node)) {
		picture |= n->rule != NULL && n->rule->action == ACT_IMAGE && !is_pixel(n);
		for (size_t i = 0; i < BS_COUNT(barred) && n->rule != NULL; i++) {
			if (node_is(n, barred[i]))
				return false;
		}
	}
	return picture;
}

/* The page that shows what a frame shows. */
static struct bs_str page_of_frame(struct bs_arena *arena, struct bs_str url)
{
	static const struct { struct bs_str host, path, page; } known[] = {
		{ BS_STR_INIT("youtube.com"), BS_STR_INIT("/embed/"), BS_STR_INIT("https://www.youtube.com/watch?v=") },
		{ BS_STR_INIT("youtube-nocookie.com"), BS_STR_INIT("/embed/"), BS_STR_INIT("https://www.youtube.com/watch?v=") },
		{ BS_STR_INIT("player.vimeo.com"), BS_STR_INIT("/video/"), BS_STR_INIT("https://vimeo.com/") },
	};
	struct bs_str host = url_host(url), path;

	for (size_t i = 0; i < BS_COUNT(known); i++) {
		if (!bs_str_eq(host, known[i].host))
			continue;
		path = bs_str_sub(url, (size_t)(host.ptr + host.len - url.ptr), SIZE_MAX);
		if (!bs_str_starts(path, known[i].path))
			continue;
		path = bs_str_sub(path, known[i].path.len, SIZE_MAX);
		for (size_t k = 0; k < path.len; k++)
			path.len = strchr("?&#/", path.ptr[k]) ? k : path.len;
		return path.len > 0 ? bs_arena_join(arena, (struct bs_str[]){ known[i].page, path }, 2, BS_STR("")) : url;
	}
	return url;
}

static struct bs_str frame_address(struct walk *w, const struct node *frame)
{
	static const char *const names[] = { "src", "data-src", "data-lazy-src", "data" };
	struct bs_str url = { 0 };

	for (size_t i = 0; i < BS_COUNT(names) && url.len == 0; i++)
		url = url_clean(w->arena, node_attr(frame, names[i]), w->base, URL_PLACE);
	for (const struct node *n = frame->first; n != NULL && url.len == 0; n = n->next) {
		if (node_is(n, "source"))
			url = url_clean(w->arena, node_attr(n, "src"), w->base, URL_PLACE);
	}
	return url.len > 0 ? page_of_frame(w->arena, url) : url;
}

void walk_frame(struct walk *w, const struct node *frame)
{
	const struct element paragraph = { .part = PART_P };
	struct bs_str url = frame_address(w, frame), words = bs_str_trim(node_attr(frame, "title"));
	struct bs_buf attrs = BS_BUF(SIZE_MAX);

	if (url.len == 0 || is_pixel(frame))
		return;
	if (words.len == 0)
		words = bs_str_trim(node_attr(frame, "aria-label"));
	if (words.len == 0)
		words = url_host(url).len > 0 ? url_host(url) : url;
	bs_buf_lit(&attrs, " href=\"");
	markup_put_value(&attrs, url);
	bs_buf_putc(&attrs, '"');
	build_open(w->build, &paragraph);
	build_tag(w->build, TAG_A, bs_arena_copy(w->arena, bs_buf_str(&attrs)));
	build_text(w->build, words);
	build_untag(w->build);
	build_close(w->build);
	bs_buf_free(&attrs);
}
