/* cards.c - stories as lists show them; see read.h. */
#include "site/read/rows.h"

/* NULL where there is no picture. */
static int focus_of(const struct bs_stmt *s, int column)
{
	return bs_stmt_is_null(s, column) ? 50 : (int)bs_stmt_int(s, column);
}

static struct bs_card card_row(struct bs_page *page, const struct bs_stmt *s)
{
	struct bs_card card = {
		.id = bs_stmt_int(s, BS_C_card_listing_id),
		.address = { .lang = bs_row_lang(page, bs_stmt_str(s, BS_C_card_listing_lang)),
		             .year = (int)bs_stmt_int(s, BS_C_card_listing_year), .month = (int)bs_stmt_int(s, BS_C_card_listing_month),
		             .slug = bs_row_text(page, s, BS_C_card_listing_slug) },
		.published_at = bs_stmt_int(s, BS_C_card_listing_published_at),
		.updated_at = bs_stmt_int(s, BS_C_card_listing_updated_at),
		.source_name = bs_row_text(page, s, BS_C_card_listing_source_name),
		.section_id = bs_stmt_int(s, BS_C_card_listing_section_id),
		.authors = bs_row_text(page, s, BS_C_card_listing_authors),
		.featured = (int)bs_stmt_int(s, BS_C_card_listing_featured),
		.title = bs_row_text(page, s, BS_C_card_listing_title),
		.summary = bs_row_text(page, s, BS_C_card_listing_summary),
		.image = bs_row_media(page, s, BS_C_card_listing_image_hash),
		.focus_x = focus_of(s, BS_C_card_listing_focus_x),
		.focus_y = focus_of(s, BS_C_card_listing_focus_y),
		.image_alt = bs_row_text(page, s, BS_C_card_listing_image_alt),
	};

	if (bs_kind_of(bs_stmt_str(s, BS_C_card_listing_kind), &card.kind) != BS_OK)
		card.kind = BS_KIND_NEWS;
	return card;
}

/* Cards of stories that were written in another language and can be read in the page's. */
enum { WORDS_AT_ONCE = 12 };

static void card_words(struct bs_page *page, const struct bs_stmt *s, struct bs_card *cards, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct bs_card *card = &cards[i];
		struct bs_str *const fields[] = { &card->title, &card->summary, &card->image_alt };
		if (card->id != bs_stmt_int(s, BS_C_card_words_id) || card->address.lang == page->lang)
			continue;
		for (int field = 0; field < (int)BS_COUNT(fields); field++) {
			if (!bs_stmt_is_null(s, BS_C_card_words_title + field))
				*fields[field] = bs_row_text(page, s, BS_C_card_words_title + field);
			else
				*fields[field] = bs_in_its_language(page, *fields[field], card->address.lang, page->lang);
		}
		card->address.lang = page->lang;
		return;
	}
}

static enum bs_rc words_of_some(struct bs_page *page, struct bs_card *cards, size_t count, struct bs_err *err)
{
	struct bs_param values[1 + WORDS_AT_ONCE] = { bs_text(page->lang->code) };
	struct bs_stmt *stmt = NULL;
	bool any = false;
	enum bs_rc rc;

	for (size_t i = 0; i < WORDS_AT_ONCE; i++) {
		bool foreign = i < count && cards[i].address.lang != page->lang;
		values[1 + i] = bs_int(foreign ? cards[i].id : 0);
		any = any || foreign;
	}
	if (!any)
		return BS_OK;
	rc = bs_db_query(page->db, BS_Q_card_words, (struct bs_values){ values, BS_COUNT(values) }, &stmt, err);
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		card_words(page, stmt, cards, count);
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_cards_read(struct bs_page *page, struct bs_stmt **stmt, struct bs_cards *out, struct bs_err *err)
{
	enum bs_rc rc;

	*out = (struct bs_cards){ 0 };
	while ((rc = bs_stmt_next(*stmt, err)) == BS_OK) {
		out->list = bs_rows_grow(page, out->list, out->count, sizeof(*out->list));
		out->list[out->count] = card_row(page, *stmt);
		bs_page_tag(page, BS_TAG_STORY, out->list[out->count++].id);
	}
	bs_stmt_free(stmt);
	for (size_t i = 0; i < out->count && rc == BS_NOT_FOUND; i += WORDS_AT_ONCE) {
		enum bs_rc words = words_of_some(page, out->list + i, out->count - i < WORDS_AT_ONCE ? out->count - i : WORDS_AT_ONCE, err);
		rc = words == BS_OK ? rc : words;
	}
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_cards_list(struct bs_page *page, struct bs_list list, int64_t from, int64_t count, struct bs_cards *out,
                         struct bs_err *err)
{
	struct bs_list_place place;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_list_place_of(page->db, list, page->lang->code, from, &place, err);

	*out = (struct bs_cards){ 0 };
	bs_page_tag(page, bs_list_tag(list), list.of);
	if (rc == BS_OK)
		rc = bs_db_query(page->db, BS_Q_card_listing, BS_VALUES(bs_int(list.kind), bs_int(list.of), bs_text(page->lang->code),
		                 bs_int(place.published_at), bs_int(place.story_id), bs_int(count)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_cards_read(page, &stmt, out, err);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_list_count(struct bs_page *page, struct bs_list list, int64_t *out, struct bs_err *err)
{
	bs_page_tag(page, bs_list_tag(list), list.of);
	return bs_list_length(page->db, list, page->lang->code, out, err);
}
