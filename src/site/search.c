/* search.c - the page of a search: /search?q=WORDS, in the page's language; &order=date for the newest first.
 *
 * Never cached: what readers look for is nobody's to keep, and the cache knows pages by their path alone. A result shows the
 * passage in which the words stand, not the summary, so that readers see why it was found. When nothing is found, the page
 * says what to do next: a better spelling, the same words in other languages, the newest stories. */
#include "lang/message.h"
#include "base/limits.h"
#include "newsroom/search.h"
#include "site/frame.h"
#include "site/front.h"
#include "site/read/rows.h"
#include "text/markup.h"
#include "text/out.h"

enum {
	STRETCH = 200,          /* characters of a result's text */
	READ_MAX = 128 * 1024,  /* bytes of one story in which the words are looked for */
	LATEST = 5,
	ELSEWHERE = 8,          /* languages offered */
};

struct asked {
	struct bs_str words; /* as typed; empty: nothing is asked */
	bool by_date;
	struct bs_search search; /* without parts: there is no word in it */
	int64_t at;
	struct bs_search_result result;
	struct bs_str known; /* names; on the first page */
	struct bs_search_name names[BS_SEARCH_NAMES];
	size_t name_count;
};

/* --- addresses ----------------------------------------------------------------------------------------------------------- */

/* "?q=first+ice" as an address has it. */
static struct bs_str query_of(struct bs_page *page, struct bs_str words, bool by_date)
{
	struct bs_buf buf = BS_BUF(sizeof("?q=&order=date") + 3 * BS_MAX_QUERY);
	struct bs_str made;

	bs_buf_lit(&buf, "?q=");
	bs_out_url(&buf, words);
	if (by_date)
		bs_buf_lit(&buf, "&order=date");
	made = bs_arena_copy(page->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

static struct bs_paging paging_of(struct bs_page *page, const struct asked *asked, bool by_date)
{
	return (struct bs_paging){ .kind = BS_STR("search"), .query = query_of(page, asked->words, by_date), .at = asked->at,
		                   .pages = (asked->result.found + BS_SEARCH_PAGE - 1) / BS_SEARCH_PAGE };
}

/* The same search in another language. */
static struct bs_str path_in(struct bs_page *page, const struct bs_lang *lang, const struct asked *asked)
{
	struct bs_str parts[] = { bs_url_path_in(page, lang, "/search"),
		                  asked->words.len > 0 ? query_of(page, asked->words, asked->by_date) : BS_STR("") };

	return bs_arena_join(page->arena, parts, 2, BS_STR(""));
}

/* In every language, for the menu; an index shall keep none. */
static struct bs_alternates alternates(struct bs_page *page, const struct asked *asked)
{
	struct bs_alternates all = bs_alternates_of_path(page, "/search");

	for (size_t i = 0; i < all.count; i++)
		all.list[i] = (struct bs_alternate){ .lang = all.list[i].lang, .path = path_in(page, all.list[i].lang, asked) };
	return all;
}

/* --- what was found ------------------------------------------------------------------------------------------------------ */

static struct bs_str marked(struct bs_page *page, const struct bs_snippet *snippet, size_t max)
{
	struct bs_buf buf = BS_BUF(16 * max + 1024);
	struct bs_str made;

	for (size_t i = 0; i < snippet->count; i++) {
		if (snippet->parts[i].marked)
			bs_buf_lit(&buf, "<mark>");
		bs_out_text(&buf, snippet->parts[i].text);
		if (snippet->parts[i].marked)
			bs_buf_lit(&buf, "</mark>");
	}
	made = bs_arena_copy(page->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return made;
}

static size_t stretch_bytes(struct bs_str text)
{
	size_t at = 0;

	for (size_t i = 0; i < STRETCH && at < text.len; i++)
		(void)bs_str_utf8_next(text, &at);
	return at;
}

/* How many terms a story must have. */
static size_t wanted_terms(const struct bs_search *search)
{
	size_t count = 0;

	for (size_t i = 0; i < search->count; i++)
		count += search->parts[i].excluded ? 0 : search->parts[i].count;
	return count;
}

/* The stretch of the passage that shows most of the search, the summary's before the body's; empty when none shows any.
 * `stmt` is search-passages, begun. */
static enum bs_rc best_stretch(struct bs_page *page, const struct bs_search *search, struct bs_stmt *stmt, struct bs_str *out,
                               struct bs_err *err)
{
	size_t best = 0, read = 0, wanted = wanted_terms(search);
	enum bs_rc rc = BS_OK;

	*out = BS_STR("");
	while (best < wanted && read < READ_MAX && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_str text = bs_markup_plain(page->arena, bs_stmt_str(stmt, BS_C_search_passages_markup));
		const struct bs_lang *lang = bs_row_lang(page, bs_stmt_str(stmt, BS_C_search_passages_lang));
		size_t max = stretch_bytes(text);
		struct bs_snippet snippet;
		read += text.len;
		bs_search_snippet(page->arena, page->lang, search, text, max, &snippet);
		if (snippet.found <= best)
			continue;
		best = snippet.found;
		*out = bs_in_its_language(page, marked(page, &snippet, max), lang, page->lang);
	}
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* A title with what was found marked. One with markup of its own stays as it is: a mark might cross its tags. */
static struct bs_str marked_title(struct bs_page *page, const struct bs_search *search, struct bs_str title)
{
	struct bs_str text = bs_markup_plain(page->arena, title);
	struct bs_snippet snippet;

	if (bs_str_find_byte(title, '<', 0) != SIZE_MAX)
		return title;
	bs_search_snippet(page->arena, page->lang, search, text, text.len, &snippet);
	return snippet.found > 0 ? marked(page, &snippet, text.len) : title;
}

static enum bs_rc result_shape(struct bs_page *page, const struct bs_search *search, struct bs_stmt **card, struct bs_stmt *passages,
                               struct bs_value *out, struct bs_err *err)
{
	struct bs_str stretch = BS_STR("");
	struct bs_cards cards;
	struct bs_dict *dict;
	enum bs_rc rc = bs_cards_read(page, card, &cards, err);

	if (rc == BS_OK && cards.count == 0)
		return BS_NOT_FOUND;
	if (rc == BS_OK)
		rc = best_stretch(page, search, passages, &stretch, err);
	if (rc != BS_OK)
		return rc;
	*out = bs_shape_card(page, &cards.list[0]);
	dict = (struct bs_dict *)(uintptr_t)out->dict;
	/* Canonical markup without links, or text escaped around <mark>. */
	bs_set_markup(dict, BS_N_title, marked_title(page, search, bs_markup_phrase(page, cards.list[0].title)));
	if (stretch.len > 0)
		bs_set_markup(dict, BS_N_standfirst, stretch);
	return BS_OK;
}

/* All queries are begun before the first is read: one round trip where the database is far. */
static enum bs_rc results(struct bs_page *page, const struct asked *asked, struct bs_value *out, struct bs_err *err)
{
	struct bs_value *list = BS_ARRAY(page->arena, BS_SEARCH_PAGE, struct bs_value);
	struct bs_stmt *cards[BS_SEARCH_PAGE] = { NULL }, *passages[BS_SEARCH_PAGE] = { NULL };
	size_t count = 0;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < asked->result.count && rc == BS_OK; i++) {
		struct bs_param id = bs_int(asked->result.stories[i]);
		rc = bs_db_query(page->db, BS_Q_card_one, BS_VALUES(id, bs_text(page->lang->code)), &cards[i], err);
		if (rc == BS_OK)
			rc = bs_db_query(page->db, BS_Q_search_passages, BS_VALUES(id, bs_text(page->lang->code)), &passages[i], err);
	}
	for (size_t i = 0; i < asked->result.count && rc == BS_OK; i++) {
		rc = result_shape(page, &asked->search, &cards[i], passages[i], &list[count], err);
		count += rc == BS_OK;
		rc = rc == BS_NOT_FOUND ? BS_OK : rc;
	}
	for (size_t i = 0; i < BS_SEARCH_PAGE; i++) {
		bs_stmt_free(&cards[i]);
		bs_stmt_free(&passages[i]);
	}
	*out = bs_value_list(list, count);
	return rc;
}

/* --- people and terms ---------------------------------------------------------------------------------------------------- */

static struct bs_str kind_label(struct bs_page *page, struct bs_str kind)
{
	enum bs_vocabulary vocabulary;

	return bs_vocabulary_of(kind, &vocabulary) == BS_OK ? bs_vocabulary_label(page, vocabulary) : bs_message(page->lang, BS_MSG_role_author);
}

static struct bs_value named(struct bs_page *page, const struct asked *asked)
{
	struct bs_value *list = BS_ARRAY(page->arena, BS_SEARCH_NAMES, struct bs_value);

	for (size_t i = 0; i < asked->name_count; i++) {
		const struct bs_search_name *name = &asked->names[i];
		struct bs_dict *dict = bs_dict_new(page->arena, 4);
		bs_set_text(dict, BS_N_kind, name->kind);
		bs_set_text(dict, BS_N_label, kind_label(page, name->kind));
		bs_set_text(dict, BS_N_name, name->name);
		bs_set_text(dict, BS_N_url, bs_url_list(page, name->kind, name->slug, 1));
		list[i] = bs_value_dict(dict);
	}
	return bs_value_list(list, asked->name_count);
}

/* --- what to do next when nothing was -------------------------------------------------------------------------------------- */

static enum bs_rc near(struct bs_page *page, const struct asked *asked, struct bs_value *out, struct bs_err *err)
{
	struct asked better = { .at = 1 };
	struct bs_paging paging;
	enum bs_rc rc = bs_search_near(page->arena, page->db, page->lang, asked->known, asked->words, page->now, &better.words, err);

	if (rc != BS_OK)
		return rc == BS_NOT_FOUND ? BS_OK : rc;
	paging = paging_of(page, &better, false);
	*out = bs_shape_link(page, bs_url_paging(page, &paging, 1),
	                     bs_say_search_did_you_mean(page->arena, page->lang, better.words), BS_STR("near"));
	return BS_OK;
}

/* What the same words find in the publication's other languages, each told in its own. */
static enum bs_rc elsewhere(struct bs_page *page, const struct asked *asked, struct bs_value *out, struct bs_err *err)
{
	const struct bs_publication *p = page->publication;
	struct bs_value *list = BS_ARRAY(page->arena, ELSEWHERE, struct bs_value);
	size_t count = 0;

	for (size_t i = 0; i < p->lang_count && count < ELSEWHERE; i++) {
		const struct bs_lang *lang = p->langs[i];
		struct bs_search search;
		struct bs_search_result result;
		enum bs_rc rc;
		if (lang == page->lang)
			continue;
		bs_search_parse(page->arena, lang, asked->words, false, &search);
		rc = bs_search_find(page->arena, page->db, &search, lang->code, (struct bs_search_range){ .count = 1 }, &result, err);
		if (rc != BS_OK)
			return rc;
		if (result.count == 0)
			continue;
		list[count] = bs_shape_link(page, path_in(page, lang, asked),
		                            bs_say_search_found(page->arena, lang, result.found, asked->words), lang->code);
		bs_set((struct bs_dict *)(uintptr_t)list[count++].dict, BS_N_foreign, bs_shape_foreign(page, lang));
	}
	*out = bs_value_list(list, count);
	return BS_OK;
}

static enum bs_rc latest(struct bs_page *page, struct bs_value *out, struct bs_err *err)
{
	struct bs_cards cards;
	enum bs_rc rc = bs_cards_list(page, (struct bs_list){ BS_LIST_ALL, 0 }, 0, LATEST, &cards, err);

	if (rc == BS_OK)
		*out = bs_shape_cards(page, &cards);
	return rc;
}

/* --- the page -------------------------------------------------------------------------------------------------------------- */

/* What the address asks for. BS_INVALID: its words are no UTF-8. */
static enum bs_rc read_query(struct bs_page *page, struct asked *asked)
{
	struct bs_str words, order;
	enum bs_rc rc = bs_form_get(page->arena, page->query, BS_STR("q"), &words);

	if (rc == BS_INVALID)
		return rc;
	asked->words = bs_str_trim(bs_str_utf8_prefix(bs_str_trim(words), BS_MAX_QUERY));
	asked->by_date = bs_form_get(page->arena, page->query, BS_STR("order"), &order) == BS_OK && bs_str_eq(order, BS_STR("date"));
	asked->at = page->captures->text[BS_CAPTURE_PAGE].ptr != NULL ? page->captures->number[BS_CAPTURE_PAGE] : 1;
	bs_search_parse(page->arena, page->lang, asked->words, false, &asked->search);
	return BS_OK;
}

static struct bs_str line_of(struct bs_page *page, const struct asked *asked)
{
	if (asked->words.len == 0)
		return BS_STR("");
	if (asked->search.count == 0)
		return bs_message(page->lang, BS_MSG_search_no_words);
	if (asked->result.found == 0 && asked->name_count > 0)
		return BS_STR(""); /* a name was: to say that nothing was found would be wrong */
	if (asked->result.found == BS_SEARCH_DEPTH)
		return bs_say_search_many(page->arena, page->lang, asked->result.found, asked->words);
	return bs_say_search_found(page->arena, page->lang, asked->result.found, asked->words);
}

/* By relevance or by date; nothing to choose with fewer than two stories. */
static struct bs_value orders(struct bs_page *page, const struct asked *asked)
{
	static const enum bs_msg labels[] = { BS_MSG_search_by_relevance, BS_MSG_search_by_date };
	struct bs_value *list = BS_ARRAY(page->arena, BS_COUNT(labels), struct bs_value);

	if (asked->result.found < 2)
		return bs_value_list(NULL, 0);
	for (size_t i = 0; i < BS_COUNT(labels); i++) {
		struct bs_paging paging = paging_of(page, asked, i == 1);
		list[i] = bs_shape_link(page, bs_url_paging(page, &paging, 1), bs_message(page->lang, labels[i]), BS_STR("order"));
		bs_set_flag((struct bs_dict *)(uintptr_t)list[i].dict, BS_N_current, asked->by_date == (i == 1));
	}
	return bs_value_list(list, BS_COUNT(labels));
}

static enum bs_rc print(struct bs_page *page, const struct asked *asked, struct bs_dict *dict, struct bs_err *err)
{
	struct bs_str line = line_of(page, asked);
	struct bs_frame frame = { .graph.title = line.len > 0 ? line : asked->name_count > 0 ? asked->words :
		                                  bs_message(page->lang, BS_MSG_search_title),
		                  .graph.alternates = alternates(page, asked), .noindex = true };
	struct bs_paging paging = paging_of(page, asked, asked->by_date);
	struct bs_dict *view;

	bs_set_text(dict, BS_N_query, asked->words);
	bs_set_flag(dict, BS_N_asked, asked->words.len > 0);
	bs_set_text(dict, BS_N_line, line);
	bs_set_flag(dict, BS_N_none, asked->search.count > 0 && asked->result.found == 0 && asked->name_count == 0);
	bs_set_list(dict, BS_N_orders, BS_N_has_orders, orders(page, asked));
	bs_set(dict, BS_N_pagination, bs_shape_pagination(page, &paging));
	bs_set(dict, BS_N_archive, asked->result.found > 0 ? bs_value_null() : bs_shape_link(page, bs_url_path(page, "/archive"),
	       bs_message(page->lang, BS_MSG_home_all_stories), BS_STR("archive")));
	view = bs_frame_view(page, &frame);
	bs_set(view, BS_N_search, bs_value_dict(dict));
	return bs_page_render(page, "search", view, err);
}

static enum bs_rc search_lists(struct bs_page *page, const struct asked *asked, struct bs_dict *dict, struct bs_err *err)
{
	struct bs_value cards = bs_value_list(NULL, 0), other = cards, newest = cards, better = bs_value_null();
	enum bs_rc rc = results(page, asked, &cards, err);

	if (rc == BS_OK && asked->search.count > 0 && asked->result.found == 0) {
		if (asked->name_count == 0)
			rc = near(page, asked, &better, err);
		if (rc == BS_OK)
			rc = elsewhere(page, asked, &other, err);
	}
	if (rc == BS_OK && asked->result.found == 0)
		rc = latest(page, &newest, err);
	bs_set_list(dict, BS_N_cards, BS_N_has_cards, cards);
	bs_set_list(dict, BS_N_named, BS_N_has_named, named(page, asked));
	bs_set(dict, BS_N_near, better);
	bs_set_list(dict, BS_N_elsewhere, BS_N_has_elsewhere, other);
	bs_set_list(dict, BS_N_latest, BS_N_has_latest, newest);
	return rc;
}

enum bs_rc bs_search_page(struct bs_page *page, struct bs_err *err)
{
	struct bs_dict *dict = bs_dict_new(page->arena, 16);
	struct asked asked = { 0 };
	struct bs_paging paging;
	enum bs_rc rc = read_query(page, &asked);

	page->uncached = true;
	if (rc != BS_OK)
		return bs_fail(err, rc, "a search that is no UTF-8");
	if (page->captures->text[BS_CAPTURE_PAGE].ptr != NULL && asked.at == 1) {
		paging = paging_of(page, &asked, asked.by_date);
		page->status = 301; /* page 1 has one address */
		page->location = bs_url_paging(page, &paging, 1);
		return BS_OK;
	}
	rc = bs_search_find(page->arena, page->db, &asked.search, page->lang->code,
	                    (struct bs_search_range){ (asked.at - 1) * BS_SEARCH_PAGE, BS_SEARCH_PAGE, asked.by_date }, &asked.result, err);
	if (rc == BS_OK && asked.at > 1 && asked.result.count == 0)
		return BS_NOT_FOUND;
	if (rc == BS_OK && asked.at == 1 && asked.search.count > 0)
		rc = bs_names_known(page, &asked.known, err);
	if (rc == BS_OK)
		asked.name_count = bs_search_names_find(page->arena, page->lang, asked.known, asked.words, asked.names);
	if (rc == BS_OK)
		rc = search_lists(page, &asked, dict, err);
	return rc == BS_OK ? print(page, &asked, dict, err) : rc;
}
