/* shortcode_say.c - what a shortcode or template tag means; see shortcode_parts.h.
 *
 * Names are told by their parts (img-right, legacy-img and image-card are pictures all), parameters by what most
 * themes call them, so that one nobody has seen before is mostly understood. What is still unknown keeps its text. */
#include "base/limits.h"
#include "syndicate/import/read/shortcode_parts.h"

struct bs_str bs_mark_param(const struct bs_mark *mark, const char *names)
{
	struct bs_str rest = bs_str_c(names), name;

	while (bs_str_split(&rest, ' ', &name)) {
		for (size_t i = 0; i < mark->param_count; i++) {
			if (bs_str_eq_nocase(mark->params[i].name, name) && bs_str_trim(mark->params[i].value).len > 0)
				return bs_str_trim(mark->params[i].value);
		}
	}
	return (struct bs_str){ 0 };
}

struct bs_str bs_mark_place(const struct bs_mark *mark, size_t n)
{
	for (size_t i = 0; i < mark->param_count; i++) {
		if (mark->params[i].name.len == 0 && n-- == 0)
			return mark->params[i].value;
	}
	return (struct bs_str){ 0 };
}

static void begin_block(struct bs_saying *s)
{
	if (s->out->len > 0)
		bs_buf_lit(s->out, "\n\n");
}

static void end_block(struct bs_saying *s)
{
	bs_buf_lit(s->out, "\n\n");
}

/* --- pieces of Markdown --- */

static void put_escaped(struct bs_buf *out, struct bs_str text, const char *special)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i] == '\n' ? ' ' : text.ptr[i];

		if (strchr(special, c) != NULL)
			bs_buf_putc(out, '\\');
		bs_buf_putc(out, c);
	}
}

/* The value of an attribute in double quotes. */
static void put_value(struct bs_buf *out, struct bs_str value)
{
	for (size_t i = 0; i < value.len; i++) {
		if (value.ptr[i] == '"')
			bs_buf_lit(out, "&quot;");
		else if (value.ptr[i] == '<')
			bs_buf_lit(out, "&lt;");
		else
			bs_buf_putc(out, value.ptr[i] == '\n' ? ' ' : value.ptr[i]);
	}
}

static void put_target(struct bs_buf *out, struct bs_str url)
{
	bs_buf_putc(out, '<');
	for (size_t i = 0; i < url.len; i++) {
		if (strchr("<>\n\r", url.ptr[i]) == NULL)
			bs_buf_putc(out, url.ptr[i]);
	}
	bs_buf_putc(out, '>');
}

/* words is Markdown, as captions are */
static void put_link(struct bs_buf *out, struct bs_str words, struct bs_str url)
{
	bs_buf_putc(out, '[');
	bs_buf_put(out, words.len > 0 ? words : url);
	bs_buf_lit(out, "](");
	if (url.len > 0)
		put_target(out, url);
	else
		bs_buf_putc(out, '#');
	bs_buf_putc(out, ')');
}

static bool is_web(struct bs_str url)
{
	return bs_str_starts(url, BS_STR("https://")) || bs_str_starts(url, BS_STR("http://"));
}

static void put_html_link(struct bs_buf *out, struct bs_str words, struct bs_str url)
{
	bs_buf_lit(out, "<a href=\"");
	put_value(out, url);
	bs_buf_lit(out, "\">");
	bs_buf_put(out, words.len > 0 ? words : url);
	bs_buf_lit(out, "</a>");
}

/* A paragraph with a link, or the link alone where no paragraph can be. */
static void say_link(struct bs_saying *s, struct bs_str words, struct bs_str url)
{
	enum bs_standing standing = bs_mark_standing(s->out);

	if (standing == BS_STANDS_IN_HTML) {
		put_html_link(s->out, words, url);
		return;
	}
	if (standing == BS_STANDS_FREE)
		begin_block(s);
	put_link(s->out, words, url);
	if (standing == BS_STANDS_FREE)
		end_block(s);
}

/* --- addresses --- */

static struct bs_str address_of(struct bs_saying *s, struct bs_str target)
{
	struct bs_str found = { 0 };

	if (is_web(target) || bs_str_starts(target, BS_STR("mailto:")))
		return target;
	if (s->refs != NULL && target.len > 0)
		found = s->refs->address(s->refs->ctx, target);
	if (found.len == 0)
		bs_remark(s->remarks, BS_REMARK_REFERENCE, s->line, target,
		          BS_STR("not among the documents; the link lost its target"));
	return found;
}

static void say_address(struct bs_saying *s, struct bs_str target)
{
	struct bs_str address = address_of(s, target);

	bs_buf_put(s->out, address.len > 0 ? address : BS_STR("#"));
}

/* --- pictures --- */

static bool has_part(struct bs_str name, const char *parts)
{
	struct bs_str rest = bs_str_c(parts), part;

	while (bs_str_split(&rest, ' ', &part)) {
		for (size_t at = bs_str_find(name, part, 0); at != SIZE_MAX; at = bs_str_find(name, part, at + 1)) {
			size_t end = at + part.len;

			if ((at == 0 || strchr("-_./", name.ptr[at - 1]) != NULL) &&
			    (end == name.len || strchr("-_./", name.ptr[end]) != NULL))
				return true;
		}
	}
	return false;
}

static void put_picture(struct bs_buf *out, struct bs_str src, struct bs_str alt, struct bs_str caption,
                        struct bs_str credit)
{
	bs_buf_lit(out, "![");
	put_escaped(out, alt, "[]\\");
	bs_buf_lit(out, "](");
	put_target(out, src);
	if (caption.len + credit.len > 0) {
		bs_buf_lit(out, " \"");
		put_escaped(out, caption, "\"\\");
		if (credit.len > 0) {
			bs_buf_lit(out, " \xE2\x80\x94 credit: ");
			put_escaped(out, credit, "\"\\");
		}
		bs_buf_putc(out, '"');
	}
	bs_buf_putc(out, ')');
}

static void put_html_picture(struct bs_buf *out, struct bs_str src, struct bs_str alt, struct bs_str caption,
                             struct bs_str credit)
{
	bool figure = caption.len + credit.len > 0;

	bs_buf_put(out, figure ? BS_STR("<figure>") : BS_STR(""));
	bs_buf_lit(out, "<img src=\"");
	put_value(out, src);
	bs_buf_lit(out, "\" alt=\"");
	put_value(out, alt);
	bs_buf_lit(out, "\">");
	if (!figure)
		return;
	bs_buf_lit(out, "<figcaption>");
	bs_buf_put(out, caption);
	if (credit.len > 0) {
		bs_buf_lit(out, " <span class=\"credit\">");
		bs_buf_put(out, credit);
		bs_buf_lit(out, "</span>");
	}
	bs_buf_lit(out, "</figcaption></figure>");
}

static void say_picture(struct bs_saying *s, const struct bs_mark *mark, struct bs_str src)
{
	struct bs_str alt = bs_mark_param(mark, "alt alttext description"),
		      caption = bs_mark_param(mark, "caption title text");
	struct bs_str credit = bs_mark_param(mark, "credit attr attribution author source photographer");
	enum bs_standing standing = bs_mark_standing(s->out);

	if (standing == BS_STANDS_IN_HTML) {
		put_html_picture(s->out, src, alt, caption, credit);
		return;
	}
	if (standing == BS_STANDS_FREE)
		begin_block(s);
	put_picture(s->out, src, alt, caption, credit);
	if (standing == BS_STANDS_FREE)
		end_block(s);
}

static const char picture_names[] = "figure img image picture photo pic imgc imgproc lightbox responsive-image";
static const char picture_params[] = "src file path image_path image url source-image filename name";

static bool has_extension(struct bs_str src)
{
	size_t dot = src.len;

	while (dot > 0 && src.ptr[dot - 1] != '.' && src.ptr[dot - 1] != '/')
		dot--;
	return dot > 1 && src.ptr[dot - 1] == '.' && src.len - dot >= 3 && src.len - dot <= 5;
}

static bool try_picture(struct bs_saying *s, const struct bs_mark *mark)
{
	struct bs_str src = bs_mark_param(mark, picture_params);

	if (!has_part(mark->name, picture_names))
		return false;
	src = src.len > 0 ? src : bs_mark_place(mark, mark->kind == BS_MARK_TAG ? 1 : 0);
	if (src.len > 0 && has_extension(src))
		say_picture(s, mark, src);
	else
		bs_remark(s->remarks, BS_REMARK_PICTURE, s->line, src.len > 0 ? src : mark->name,
		          BS_STR("no file's name; the picture was left out"));
	return true;
}

/* --- films and posts of other sites --- */

static const struct host {
	const char *names;
	const char *before, *user_before; /* of the address, without and with a user */
	const char *between;
} hosts[] = {
	{ "youtube youtube-lite yt youtubelite", "https://www.youtube.com/watch?v=", NULL, NULL },
	{ "vimeo", "https://vimeo.com/", NULL, NULL },
	{ "dailymotion", "https://www.dailymotion.com/video/", NULL, NULL },
	{ "tweet twitter x", "https://twitter.com/i/status/", "https://twitter.com/", "/status/" },
	{ "instagram", "https://www.instagram.com/p/", NULL, NULL },
	{ "gist", NULL, "https://gist.github.com/", "/" },
	{ "soundcloud", "https://soundcloud.com/", NULL, NULL },
	{ "mastodon", NULL, NULL, NULL },
};

static struct bs_str host_address(struct bs_saying *s, const struct bs_mark *mark, const struct host *host)
{
	bool tag = mark->kind == BS_MARK_TAG; /* {% include youtube.html id=… %}: the first place is the file */
	struct bs_str user = bs_mark_param(mark, "user username account");
	struct bs_str id = bs_mark_param(mark, "id video video_id videoid v code");

	if (user.len == 0 && id.len == 0 && !tag && bs_mark_place(mark, 1).len > 0)
		user = bs_mark_place(mark, 0);
	if (id.len == 0)
		id = bs_mark_place(mark, user.len > 0 || tag ? 1 : 0);
	if (is_web(id) || id.len == 0)
		return id;
	if (user.len > 0 && host->user_before != NULL)
		return bs_arena_printf(s->arena, "%s%.*s%s%.*s", host->user_before, (int)user.len, user.ptr,
		                       host->between, (int)id.len, id.ptr);
	return host->before != NULL ? bs_arena_printf(s->arena, "%s%.*s", host->before, (int)id.len, id.ptr)
	                            : (struct bs_str){ 0 };
}

static bool try_host(struct bs_saying *s, const struct bs_mark *mark)
{
	for (size_t i = 0; i < BS_COUNT(hosts); i++) {
		struct bs_str url;

		if (!has_part(mark->name, hosts[i].names))
			continue;
		url = host_address(s, mark, &hosts[i]);
		if (url.len == 0)
			continue;
		say_link(s, bs_mark_param(mark, "title caption label text"), url);
		return true;
	}
	return false;
}

/* --- what has an inside --- */

static void put_quoted(struct bs_buf *out, struct bs_str text)
{
	struct bs_str rest = bs_str_trim(text), line;

	while (rest.len > 0 && bs_str_split(&rest, '\n', &line)) {
		bs_buf_lit(out, "> ");
		bs_buf_put(out, line);
		bs_buf_putc(out, '\n');
	}
}

static void say_quotation(struct bs_saying *s, const struct bs_mark *mark, struct bs_str text)
{
	struct bs_str cite = bs_mark_param(mark, "cite author source by attribution");

	begin_block(s);
	put_quoted(s->out, text);
	if (cite.len > 0) {
		bs_buf_lit(s->out, ">\n> \xE2\x80\x94 ");
		bs_buf_put(s->out, cite);
	}
	end_block(s);
}

static void say_code(struct bs_saying *s, struct bs_str lang, struct bs_str text)
{
	begin_block(s);
	bs_buf_lit(s->out, "~~~~");
	bs_buf_put(s->out, lang);
	bs_buf_putc(s->out, '\n');
	bs_buf_put(s->out, text);
	bs_buf_lit(s->out, "\n~~~~");
	end_block(s);
}

/* The title, linked where it leads somewhere; the introduction; the text; the button. */
static void say_parts(struct bs_saying *s, const struct bs_mark *mark, const struct bs_str *inside)
{
	struct bs_str title = bs_mark_param(mark, "title heading header summary label"),
		      url = bs_mark_param(mark, "src href url link");
	struct bs_str intro = bs_mark_param(mark, "intro text description body"),
		      button = bs_mark_param(mark, "button-url button_url buttonurl");

	if (title.len > 0) {
		bool plain =
			bs_str_find_byte(title, '*', 0) == SIZE_MAX; /* strong already, where it has marks of its own */

		bs_buf_put(s->out, plain ? BS_STR("**") : BS_STR(""));
		if (is_web(url))
			put_link(s->out, title, url);
		else
			bs_buf_put(s->out, title);
		bs_buf_put(s->out, plain ? BS_STR("**\n\n") : BS_STR("\n\n"));
	}
	if (intro.len > 0) {
		bs_buf_put(s->out, intro);
		bs_buf_lit(s->out, "\n\n");
	}
	if (inside != NULL)
		bs_buf_put(s->out, bs_str_trim(*inside));
	if (is_web(button)) {
		bs_buf_lit(s->out, "\n\n");
		put_link(s->out, bs_mark_param(mark, "button-text button_text buttontext"), button);
	}
}

static void say_aside(struct bs_saying *s, const struct bs_mark *mark, const struct bs_str *inside)
{
	begin_block(s);
	bs_buf_lit(s->out, "<aside>\n\n");
	say_parts(s, mark, inside);
	bs_buf_lit(s->out, "\n\n</aside>");
	end_block(s);
}

static bool is_short_line(struct bs_str text)
{
	return text.len < 400 && bs_str_find(text, BS_STR("\n\n"), 0) == SIZE_MAX;
}

static const char aside_names[] = "note notice box alert callout admonition tip warning info hint caution danger "
				  "important highlight-box aside sidebar ring "
				  "infobox message banner disclaimer toast card panel well";
static const char quote_names[] = "quote quote-block blockquote pullquote pull-quote epigraph testimonial";

static void say_pair(struct bs_saying *s, const struct bs_mark *mark, struct bs_str inside)
{
	struct bs_str place = bs_mark_place(mark, 0);

	if (has_part(mark->name, quote_names)) {
		say_quotation(s, mark, inside);
	} else if (bs_str_eq(mark->name, BS_STR("comment"))) {
		return;
	} else if (bs_str_eq(mark->name, BS_STR("raw")) || bs_str_eq(mark->name, BS_STR("rawhtml"))) {
		bs_buf_put(s->out, inside);
	} else if (has_part(mark->name, "highlight code") && place.len > 0) {
		say_code(s, place, inside);
	} else if (has_part(mark->name, "highlight mark underline small nobr abbr") && is_short_line(inside)) {
		bs_buf_put(s->out, inside);
	} else if (has_part(mark->name, "math katex mermaid chart graph")) {
		say_code(s, (struct bs_str){ 0 }, inside);
	} else if (has_part(mark->name, "button link a")) {
		struct bs_str url = bs_mark_param(mark, "href url link relref"), words = bs_str_trim(inside);

		url = url.len > 0 ? address_of(s, url) : url;
		if (bs_mark_standing(s->out) == BS_STANDS_IN_HTML && url.len > 0)
			put_html_link(s->out, words, url);
		else
			put_link(s->out, words, url);
	} else if (has_part(mark->name, picture_names) && bs_mark_param(mark, picture_params).len > 0) {
		(void)try_picture(s, mark);
		bs_buf_put(s->out, bs_str_trim(inside));
	} else if (has_part(mark->name, aside_names)) {
		say_aside(s, mark, &inside);
	} else {
		/* Accordions, tabs, columns, conditions: their text is what counts. */
		if (!has_part(mark->name, "accordion accordions details expand collapse tab tabs column columns col "
		                          "row grid section center div span if unless for steps step"))
			bs_remark(s->remarks, BS_REMARK_SHORTCODE, s->line, mark->name,
			          BS_STR("unknown; its text was kept"));
		begin_block(s);
		say_parts(s, mark, &inside);
		end_block(s);
	}
}

/* --- what has none --- */

/* A file of the old site: its words stay. */
static bool try_file(struct bs_saying *s, const struct bs_mark *mark)
{
	struct bs_str label = bs_mark_param(mark, "label title text"), file = bs_mark_param(mark, "file src path href");

	if (!has_part(mark->name, "asset asset-static file download attachment pdf document"))
		return false;
	say_link(s, label.len > 0 ? label : file, address_of(s, file.len > 0 ? file : bs_mark_place(mark, 0)));
	return true;
}

/* {{ site.baseurl }} is nothing, {{ "/a.png" | relative_url }} its text; the rest has no value here. */
static void say_output(struct bs_saying *s, const struct bs_mark *mark)
{
	static const char silent[] =
		"site.baseurl site.url site.github.url base.url baseurl page.baseurl .site.baseurl";
	struct bs_str first = mark->param_count > 0 ? mark->params[0].value : (struct bs_str){ 0 };
	struct bs_str rest = bs_str_c(silent), name;

	while (bs_str_split(&rest, ' ', &name)) {
		if (bs_str_eq_nocase(first, name))
			return;
	}
	if (bs_str_find(first, BS_STR("/"), 0) != SIZE_MAX)
		bs_buf_put(s->out, first);
	else
		bs_remark(s->remarks, BS_REMARK_SHORTCODE, s->line,
		          bs_arena_printf(s->arena, "{{ " BS_FMT " }}", BS_ALL(first)), BS_STR("left out"));
}

static bool is_reference(struct bs_str name)
{
	return has_part(name, "ref relref link post_url absref absurl relurl permalink");
}

static void say_single(struct bs_saying *s, const struct bs_mark *mark)
{
	struct bs_str url = bs_mark_param(mark, "src href url link"), text = bs_mark_param(mark, "text quote content");

	if (url.len == 0 && is_web(bs_mark_place(mark, 0)))
		url = bs_mark_place(mark, 0);
	if (try_picture(s, mark) || try_host(s, mark) || try_file(s, mark))
		return;
	if (has_part(mark->name, quote_names) && text.len > 0)
		say_quotation(s, mark, text);
	else if (is_reference(mark->name))
		put_link(s->out, bs_mark_place(mark, 0), address_of(s, bs_mark_place(mark, 0)));
	else if (is_web(url))
		say_link(s, bs_mark_param(mark, "title text label caption kicker"), url);
	else if (has_part(mark->name, aside_names) && text.len > 0)
		say_aside(s, mark, NULL);
	else
		bs_remark(s->remarks, BS_REMARK_SHORTCODE, s->line, mark->name, BS_STR("left out"));
}

/* {% include figure.html src="…" %} is called by its file, {% link a.md %} is an address. */
static struct bs_mark called(const struct bs_mark *mark)
{
	struct bs_mark inner = *mark;
	struct bs_str file = bs_mark_place(mark, 0);

	if (mark->kind != BS_MARK_TAG ||
	    !(bs_str_eq(mark->name, BS_STR("include")) || bs_str_eq(mark->name, BS_STR("include_relative"))) ||
	    file.len == 0)
		return inner;
	inner.name = file;
	return inner;
}

void bs_mark_say(struct bs_saying *saying, const struct bs_mark *mark, const struct bs_str *inside)
{
	static const char silent_tags[] =
		"assign capture increment decrement break continue cycle case toc";
	static const char branches[] = "else elsif when";
	struct bs_mark inner = called(mark);
	struct bs_str target = bs_mark_place(mark, 0);

	if (mark->literal.len > 0) {
		bs_buf_put(saying->out, mark->literal);
	} else if (mark->kind == BS_MARK_OUTPUT) {
		say_output(saying, mark);
	} else if (mark->closing) {
		return; /* the end of what never began */
	} else if (bs_mark_standing(saying->out) == BS_STANDS_FOR_ADDRESS) {
		if (target.len == 0)
			target = bs_mark_param(mark, "path href url src file link");
		say_address(saying, target.len > 0 ? target : mark->name);
	} else if (inside != NULL) {
		say_pair(saying, &inner, *inside);
	} else if (bs_str_starts(mark->name, BS_STR("/*")) || has_part(mark->name, silent_tags)) {
		return;
	} else if (has_part(mark->name, branches)) {
		bs_remark(saying->remarks, BS_REMARK_SHORTCODE, saying->line, mark->name, BS_STR("the text of each branch is kept"));
	} else {
		say_single(saying, &inner);
	}
}
