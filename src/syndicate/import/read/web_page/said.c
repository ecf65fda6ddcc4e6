/* said.c - what a page of the web says of itself: its <meta> and its JSON-LD. See parts.h. */
#include "base/limits.h"
#include "syndicate/import/read/web_page/parts.h"
#include "text/markup.h"

/* --- the head --- */

struct bs_str bs_page_meta(const struct bs_web_page *p, const char *names)
{
	struct bs_str rest = bs_str_c(names), name;

	while (bs_str_split(&rest, ' ', &name)) {
		for (size_t i = 0; i < p->html.meta_count; i++) {
			struct bs_str content = bs_str_trim(p->html.metas[i].content);

			if (bs_str_eq(p->html.metas[i].name, name) && content.len > 0 && content.len <= BS_MAX_FIELD)
				return content;
		}
	}
	return (struct bs_str){ 0 };
}

bool bs_page_is_web(struct bs_str url)
{
	return url.len <= BS_MAX_URL &&
	       (bs_str_starts(url, BS_STR("https://")) || bs_str_starts(url, BS_STR("http://")));
}

/* --- JSON-LD --- */

static const char article_types[] = "newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle "
				    "reviewnewsarticle backgroundnewsarticle askpublicnewsarticle "
				    "advertisercontentarticle satiricalarticle article blogposting liveblogposting "
				    "scholarlyarticle techarticle socialmediaposting report webpage_article";

static bool word_in(struct bs_str word, const char *list)
{
	struct bs_str rest = bs_str_c(list), item;

	while (bs_str_split(&rest, ' ', &item)) {
		if (bs_str_eq_nocase(word, item))
			return true;
	}
	return false;
}

/* "NewsArticle" of "https://schema.org/NewsArticle" */
static struct bs_str type_word(struct bs_str type)
{
	size_t slash = type.len;

	while (slash > 0 && type.ptr[slash - 1] != '/' && type.ptr[slash - 1] != ':')
		slash--;
	return bs_str_sub(type, slash, SIZE_MAX);
}

bool bs_node_has_type(const struct bs_json *node, const char *types)
{
	const struct bs_json *type = bs_json_get(node, BS_STR("@type"));

	if (type == NULL)
		return false;
	if (type->kind == BS_JSON_STRING)
		return word_in(type_word(type->string), types);
	for (const struct bs_json *item = type->kind == BS_JSON_ARRAY ? type->first : NULL; item != NULL;
	     item = item->next) {
		if (word_in(type_word(bs_json_string(item)), types))
			return true;
	}
	return false;
}

const struct bs_json *bs_node_find(const struct bs_json *tree, const char *types, int depth)
{
	if (tree == NULL || depth > 6 || (tree->kind != BS_JSON_OBJECT && tree->kind != BS_JSON_ARRAY))
		return NULL;
	if (tree->kind == BS_JSON_OBJECT && bs_node_has_type(tree, types))
		return tree;
	for (const struct bs_json *item = tree->first; item != NULL; item = item->next) {
		const struct bs_json *found;

		if (tree->kind == BS_JSON_OBJECT &&
		    !word_in(item->name, "@graph mainentity mainentityofpage itemlistelement item"))
			continue;
		found = bs_node_find(item, types, depth + 1);
		if (found != NULL)
			return found;
	}
	return NULL;
}

static const struct bs_json *node_of_id(const struct bs_json *tree, struct bs_str id, int depth)
{
	if (tree == NULL || depth > 6 || (tree->kind != BS_JSON_OBJECT && tree->kind != BS_JSON_ARRAY))
		return NULL;
	if (tree->kind == BS_JSON_OBJECT && tree->count > 1 &&
	    bs_str_eq(bs_json_string(bs_json_get(tree, BS_STR("@id"))), id))
		return tree;
	for (const struct bs_json *item = tree->first; item != NULL; item = item->next) {
		const struct bs_json *found = node_of_id(item, id, depth + 1);

		if (found != NULL)
			return found;
	}
	return NULL;
}

const struct bs_json *bs_node_resolved(const struct bs_web_page *p, const struct bs_json *node)
{
	const struct bs_json *found = NULL;
	struct bs_str id;

	if (node == NULL || node->kind != BS_JSON_OBJECT || node->count != 1)
		return node;
	id = bs_json_string(bs_json_get(node, BS_STR("@id")));
	for (size_t i = 0; id.len > 0 && found == NULL && i < p->graph_count; i++)
		found = node_of_id(p->graph[i], id, 0);
	return found != NULL ? found : node;
}

const struct bs_json *bs_node_member(const struct bs_web_page *p, const struct bs_json *node, const char *name)
{
	return bs_node_resolved(p, bs_json_get(node, bs_str_c(name)));
}

const struct bs_json *bs_node_first(const struct bs_web_page *p, const struct bs_json *node)
{
	return node != NULL && node->kind == BS_JSON_ARRAY ? bs_node_resolved(p, node->first) : node;
}

struct bs_str bs_node_text(const struct bs_web_page *p, const struct bs_json *node)
{
	struct bs_str text, markup = { 0 };

	node = bs_node_first(p, node);
	if (node != NULL && node->kind == BS_JSON_OBJECT)
		node = bs_json_get(node, bs_json_get(node, BS_STR("name")) != NULL ? BS_STR("name") : BS_STR("@value"));
	text = bs_str_trim(bs_json_string(bs_node_first(p, node)));
	if (text.len > BS_MAX_FIELD)
		return (struct bs_str){ 0 };
	if (bs_str_find_byte(text, '&', 0) != SIZE_MAX || bs_str_find_byte(text, '<', 0) != SIZE_MAX) {
		if (bs_html_markup(p->arena, text, NULL, &markup, NULL) == BS_OK)
			text = bs_markup_plain(p->arena, markup);
	}
	return text;
}

struct bs_str bs_node_url(const struct bs_web_page *p, const struct bs_json *node)
{
	struct bs_str url;

	node = bs_node_first(p, node);
	if (node != NULL && node->kind == BS_JSON_OBJECT) {
		url = bs_json_string(bs_node_first(p, bs_json_get(node, BS_STR("url"))));
		url = url.len > 0 ? url : bs_json_string(bs_json_get(node, BS_STR("contentUrl")));
		return url.len > 0 ? url : bs_json_string(bs_json_get(node, BS_STR("@id")));
	}
	return bs_str_trim(bs_json_string(node));
}

/* What pages put round JSON so that ancient browsers and XML do not read it, and a semicolon as behind a statement. */
static struct bs_str unwrapped(struct bs_str text)
{
	static const struct bs_str before[] = { BS_STR_INIT("//"), BS_STR_INIT("/*"), BS_STR_INIT("*/"), BS_STR_INIT("<![CDATA["),
		                                BS_STR_INIT("<!--") };
	static const struct bs_str behind[] = { BS_STR_INIT("//"), BS_STR_INIT("/*"), BS_STR_INIT("*/"), BS_STR_INIT("]]>"),
		                                BS_STR_INIT("-->"), BS_STR_INIT(";") };
	size_t len;

	do {
		len = text.len;
		text = bs_str_trim(text);
		for (size_t i = 0; i < BS_COUNT(before); i++)
			text = bs_str_starts(text, before[i]) ? bs_str_sub(text, before[i].len, SIZE_MAX) : text;
		for (size_t i = 0; i < BS_COUNT(behind); i++)
			text.len -= bs_str_ends(text, behind[i]) ? behind[i].len : 0;
	} while (text.len < len);
	return text;
}

/* With line breaks and other controls within strings written as JSON wants them. */
static struct bs_str with_escapes(struct bs_arena *arena, struct bs_str json)
{
	struct bs_buf out = BS_BUF(6 * BS_MAX_DOCUMENT);
	struct bs_str fixed;
	bool string = false;

	for (size_t i = 0; i < json.len; i++) {
		char c = json.ptr[i];

		if (c == '"' || (c == '\\' && string && i + 1 < json.len)) {
			string = c == '"' ? !string : string;
			bs_buf_putc(&out, c);
			if (c == '\\' && (uint8_t)json.ptr[i + 1] >= ' ')
				bs_buf_putc(&out, json.ptr[++i]);
		} else if (string && (uint8_t)c < ' ') {
			bs_buf_printf(&out, "\\u%04x", (unsigned)c);
		} else {
			bs_buf_putc(&out, c);
		}
	}
	fixed = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return fixed;
}

/* What cannot be read is remarked: the page has other ways to say it. */
static bool read_graph(struct bs_web_page *p, struct bs_str text, const struct bs_json **out)
{
	struct bs_str json = unwrapped(text);
	struct bs_err why = { 0 };

	if (json.len == 0 || bs_json_parse(p->arena, json, out, &why) == BS_OK ||
	    bs_json_parse(p->arena, with_escapes(p->arena, json), out, NULL) == BS_OK)
		return json.len > 0;
	bs_remark(p->reading->remarks, BS_REMARK_TEXT, bs_reading_line(p->reading, text), BS_STR("JSON-LD"),
	          bs_arena_printf(p->arena, "cannot be read and says nothing: %s", why.text));
	return false;
}

void bs_page_graphs(struct bs_web_page *p)
{
	for (size_t i = 0; i < p->html.json_ld_count && p->graph_count < BS_COUNT(p->graph); i++) {
		if (read_graph(p, p->html.json_ld[i], &p->graph[p->graph_count]))
			p->graph_count++;
	}
	for (size_t i = 0; i < p->graph_count && p->article == NULL; i++)
		p->article = bs_node_find(p->graph[i], article_types, 0);
}
