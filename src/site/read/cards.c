/* cards.c - stories as lists show them; see read.h. */
#include "page/shelf.h"
#include "page/version.h"
#include "site/read/rows.h"

/* What is translated, in the language that the card is shown in; the rest says which language it is in. */
static void card_words(struct bs_page *page, const struct bs_stmt *s, struct bs_card *card, const struct bs_lang *shown)
{
	struct bs_str *const fields[] = { &card->title, &card->summary, &card->image_alt };

	if (card->address.lang == shown)
		return;
	for (int i = 0; i < (int)BS_COUNT(fields); i++) {
		if (!bs_stmt_is_null(s, BS_C_card_listing_title_in + i))
			*fields[i] = bs_row_text(page, s, BS_C_card_listing_title_in + i);
		else
			*fields[i] = bs_in_its_language(page, *fields[i], card->address.lang, shown);
	}
	card->address.lang = shown;
}

/* Rows of any query of cards are read by the columns of one. */
_Static_assert((int)BS_C_card_one_image_alt_in == (int)BS_C_card_listing_image_alt_in &&
               (int)BS_C_card_one_image_hash == (int)BS_C_card_listing_image_hash &&
               (int)BS_C_card_pinned_image_alt_in == (int)BS_C_card_listing_image_alt_in &&
               (int)BS_C_card_pinned_image_hash == (int)BS_C_card_listing_image_hash, "a query of cards has other columns");

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
	card_words(page, s, &card, bs_row_lang(page, bs_stmt_str(s, BS_C_card_listing_shown)));
	return card;
}

enum bs_rc bs_cards_read(struct bs_page *page, struct bs_stmt **stmt, struct bs_cards *out, struct bs_err *err)
{
	struct bs_card *list = NULL;
	size_t count = 0;
	enum bs_rc rc;

	while ((rc = bs_stmt_next(*stmt, err)) == BS_OK) {
		list = bs_rows_grow(page, list, count, sizeof(*list));
		list[count] = card_row(page, *stmt);
		bs_page_tag(page, BS_TAG_STORY, list[count++].id);
	}
	bs_stmt_free(stmt);
	*out = (struct bs_cards){ list, count };
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* --- the newest of a list, which many pages show -------------------------------------------------------------------------- */

enum { CARD_TEXTS = 8 };

static const struct bs_list_place newest = { INT64_MAX, INT64_MAX };

/* What lies on the shelf of a list. */
enum kept { KEPT_CARDS, KEPT_STORIES, KEPT_LENGTH };

struct list_key {
	int64_t what, kind, of, count;
	const struct bs_lang *lang;
};

static struct bs_str list_key(const struct bs_page *page, enum kept what, struct bs_list list, int64_t count, struct list_key *key)
{
	*key = (struct list_key){ what, list.kind, list.of, count, page->lang };
	return bs_str_n((const char *)key, sizeof(*key));
}

static uint32_t slot_of(enum bs_tag_kind kind, int64_t id)
{
	char tag[BS_TAG_MAX];

	return bs_versions_slot(bs_tag(kind, id, tag));
}

static void texts_of(struct bs_card *card, struct bs_str *out[CARD_TEXTS])
{
	struct bs_str *const texts[CARD_TEXTS] = { &card->address.slug, &card->source_name, &card->authors, &card->title, &card->summary,
		                                   &card->image.hash, &card->image.mime, &card->image_alt };

	memcpy(out, texts, sizeof(texts));
}

/* Cards and all their text as one box. */
static const struct bs_cards *box_of(const struct bs_cards *cards, void **box)
{
	struct bs_str *texts[CARD_TEXTS];
	size_t size = sizeof(struct bs_cards) + cards->count * sizeof(struct bs_card);
	struct bs_cards *boxed;
	struct bs_card *list;
	char *at;

	for (size_t i = 0; i < cards->count; i++) {
		struct bs_card card = cards->list[i];
		texts_of(&card, texts);
		for (size_t j = 0; j < CARD_TEXTS; j++)
			size += texts[j]->len + 1;
	}
	*box = boxed = bs_shelf_box(size);
	list = (struct bs_card *)(boxed + 1);
	at = (char *)(list + cards->count);
	*boxed = (struct bs_cards){ list, cards->count };
	for (size_t i = 0; i < cards->count; i++) {
		list[i] = cards->list[i];
		texts_of(&list[i], texts);
		for (size_t j = 0; j < CARD_TEXTS; j++) {
			if (texts[j]->len > 0)
				memcpy(at, texts[j]->ptr, texts[j]->len);
			at[texts[j]->len] = '\0';
			texts[j]->ptr = at;
			at += texts[j]->len + 1;
		}
	}
	return boxed;
}

/* The tags of the list and of each story in it. */
static void shelve(struct bs_page *page, const struct bs_cards_wait *wait, const struct bs_cards *cards)
{
	struct list_key key;
	uint32_t slots[1 + BS_NEWEST_MOST];
	void *box;

	slots[0] = slot_of(bs_list_tag(wait->list), wait->list.of);
	for (size_t i = 0; i < cards->count; i++)
		slots[1 + i] = slot_of(BS_TAG_STORY, cards->list[i].id);
	(void)box_of(cards, &box);
	bs_shelf_put(page, list_key(page, KEPT_CARDS, wait->list, wait->count, &key), box, slots, 1 + cards->count);
}

/* --- the cards of a series, which shows each story in many lists ---------------------------------------------------------- */

struct card_key {
	int64_t story_id;
	const struct bs_lang *lang;
	char is[8];
};

static struct bs_str card_key(const struct bs_page *page, int64_t story_id, struct card_key *key)
{
	*key = (struct card_key){ story_id, page->lang, "card" };
	return bs_str_n((const char *)key, sizeof(*key));
}

/* A list of one, or NULL. */
static const struct bs_cards *card_kept(struct bs_page *page, int64_t story_id)
{
	struct card_key key;

	return bs_shelf_take(page, card_key(page, story_id, &key));
}

static void cards_keep(struct bs_page *page, const struct bs_cards *cards)
{
	for (size_t i = 0; i < cards->count; i++) {
		struct bs_cards one = { &cards->list[i], 1 };
		uint32_t slot = slot_of(BS_TAG_STORY, one.list->id);
		struct card_key key;
		void *box;
		if (card_kept(page, one.list->id) != NULL)
			continue;
		(void)box_of(&one, &box);
		bs_shelf_put(page, card_key(page, one.list->id, &key), box, &slot, 1);
	}
}

/* The cards of the stories that `stmt` says; false when one of them is not known. */
static bool cards_kept(struct bs_page *page, struct bs_stmt *stmt, struct bs_cards *out, enum bs_rc *rc, struct bs_err *err)
{
	struct bs_card *list = NULL;
	size_t count = 0;

	while ((*rc = bs_stmt_next(stmt, err)) == BS_OK) {
		const struct bs_cards *one = card_kept(page, bs_stmt_int(stmt, BS_C_card_listing_stories_story_id));
		if (one == NULL)
			return false;
		list = bs_rows_grow(page, list, count, sizeof(*list));
		list[count] = one->list[0];
		bs_page_tag(page, BS_TAG_STORY, list[count++].id);
	}
	*out = (struct bs_cards){ list, count };
	*rc = *rc == BS_NOT_FOUND ? BS_OK : *rc;
	return true;
}

/* --- a list --------------------------------------------------------------------------------------------------------------- */

static enum bs_rc ask(struct bs_page *page, struct bs_cards_wait *wait, const struct bs_query *query, struct bs_err *err)
{
	return bs_db_query(page->db, query, BS_VALUES(bs_int(wait->list.kind), bs_int(wait->list.of), bs_text(page->lang->code),
	                   bs_int(wait->place.published_at), bs_int(wait->place.story_id), bs_int(wait->count)), &wait->stmt, err);
}

static enum bs_rc read_in_series(struct bs_page *page, struct bs_cards_wait *wait, struct bs_cards *out, struct bs_err *err)
{
	enum bs_rc rc;
	bool kept = cards_kept(page, wait->stmt, out, &rc, err);

	bs_stmt_free(&wait->stmt);
	if (kept)
		return rc;
	rc = ask(page, wait, BS_Q_card_listing, err);
	if (rc == BS_OK)
		rc = bs_cards_read(page, &wait->stmt, out, err);
	if (rc == BS_OK)
		cards_keep(page, out);
	return rc;
}

enum bs_rc bs_cards_begin(struct bs_page *page, struct bs_list list, int64_t from, int64_t count, struct bs_cards_wait *out,
                          struct bs_err *err)
{
	struct list_key key;
	enum bs_rc rc = BS_OK;

	*out = (struct bs_cards_wait){ .list = list, .count = count, .newest = from == 0 && count <= BS_NEWEST_MOST, .place = newest };
	bs_page_tag(page, bs_list_tag(list), list.of);
	if (out->newest)
		out->known = bs_shelf_take(page, list_key(page, KEPT_CARDS, list, count, &key));
	if (out->known != NULL)
		return BS_OK;
	if (from > 0)
		rc = bs_list_place_of(page->db, list, page->lang->code, from, &out->place, err);
	if (rc != BS_OK)
		return rc == BS_NOT_FOUND ? BS_OK : rc;
	return ask(page, out, page->memo != NULL ? BS_Q_card_listing_stories : BS_Q_card_listing, err);
}

enum bs_rc bs_cards_end(struct bs_page *page, struct bs_cards_wait *wait, struct bs_cards *out, struct bs_err *err)
{
	enum bs_rc rc;

	*out = (struct bs_cards){ 0 };
	if (wait->known != NULL) {
		*out = *wait->known;
		for (size_t i = 0; i < out->count; i++)
			bs_page_tag(page, BS_TAG_STORY, out->list[i].id);
		return BS_OK;
	}
	if (wait->stmt == NULL) /* the list is shorter */
		return BS_OK;
	rc = page->memo != NULL ? read_in_series(page, wait, out, err) : bs_cards_read(page, &wait->stmt, out, err);
	if (rc == BS_OK && wait->newest)
		shelve(page, wait, out);
	return rc;
}

enum bs_rc bs_cards_list(struct bs_page *page, struct bs_list list, int64_t from, int64_t count, struct bs_cards *out,
                         struct bs_err *err)
{
	struct bs_cards_wait wait;
	enum bs_rc rc = bs_cards_begin(page, list, from, count, &wait, err);

	if (rc == BS_OK)
		return bs_cards_end(page, &wait, out, err);
	*out = (struct bs_cards){ 0 };
	return rc;
}

/* --- which stories, and how many ------------------------------------------------------------------------------------------ */

static void put_down(struct bs_page *page, struct bs_str key, struct bs_list list, const void *bytes, size_t size)
{
	uint32_t slot = slot_of(bs_list_tag(list), list.of);
	void *box = bs_shelf_box(size);

	memcpy(box, bytes, size);
	bs_shelf_put(page, key, box, &slot, 1);
}

static enum bs_rc stories_read(struct bs_page *page, struct bs_list list, int64_t count, struct bs_newest *out, struct bs_err *err)
{
	struct bs_cards_wait wait = { .list = list, .count = count, .place = newest };
	enum bs_rc rc = ask(page, &wait, BS_Q_card_listing_stories, err);

	*out = (struct bs_newest){ 0 };
	while (rc == BS_OK && out->count < BS_NEWEST_MOST && (rc = bs_stmt_next(wait.stmt, err)) == BS_OK)
		out->ids[out->count++] = bs_stmt_int(wait.stmt, BS_C_card_listing_stories_story_id);
	bs_stmt_free(&wait.stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_list_newest(struct bs_page *page, struct bs_list list, int64_t count, struct bs_newest *out, struct bs_err *err)
{
	struct list_key key;
	const struct bs_newest *known = bs_shelf_take(page, list_key(page, KEPT_STORIES, list, count, &key));
	enum bs_rc rc;

	if (known != NULL) {
		*out = *known;
		return BS_OK;
	}
	rc = stories_read(page, list, count, out, err);
	if (rc == BS_OK)
		put_down(page, list_key(page, KEPT_STORIES, list, count, &key), list, out, sizeof(*out));
	return rc;
}

enum bs_rc bs_list_count(struct bs_page *page, struct bs_list list, int64_t *out, struct bs_err *err)
{
	struct list_key key;
	const int64_t *known = bs_shelf_take(page, list_key(page, KEPT_LENGTH, list, 0, &key));
	enum bs_rc rc;

	bs_page_tag(page, bs_list_tag(list), list.of);
	if (known != NULL) {
		*out = *known;
		return BS_OK;
	}
	rc = bs_list_length(page->db, list, page->lang->code, out, err);
	if (rc == BS_OK)
		put_down(page, list_key(page, KEPT_LENGTH, list, 0, &key), list, out, sizeof(*out));
	return rc;
}
