/* listing.c - the page of a region, theme, report, tag or author; and terms and bodies as they are read. */
#include "lang/message.h"
#include "newsroom/ledger.h"
#include "newsroom/vocabulary.h"
#include "site/frame.h"
#include "site/front.h"
#include "site/read/rows.h"
#include "text/markup.h"

enum bs_rc bs_body_of(struct bs_page *page, int64_t body_id, struct bs_body *out, const struct bs_lang **lang,
                      struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	size_t room = 0;
	enum bs_rc rc;

	*out = (struct bs_body){ 0 };
	*lang = NULL;
	if (body_id == 0)
		return BS_OK;
	rc = bs_db_query(page->db, BS_Q_body_load_in, BS_VALUES(bs_int(body_id), bs_text(page->lang->code)), &stmt, err);
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		const struct bs_lang *here = bs_row_lang(page, bs_stmt_str(stmt, BS_C_body_load_in_lang));
		struct bs_str attrs = bs_row_text(page, stmt, BS_C_body_load_in_attrs);
		if (out->count == 0)
			*lang = here;
		BS_GROW(page->arena, out->blocks, out->count, room, 8);
		out->blocks[out->count++] = (struct bs_block){ bs_row_text(page, stmt, BS_C_body_load_in_path),
		                                               here == *lang ? attrs : bs_attrs_in(page->arena, attrs, here),
		                                               bs_row_text(page, stmt, BS_C_body_load_in_markup) };
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static struct bs_media_ref media_of(struct bs_page *page, const struct bs_stmt *stmt, int column)
{
	struct bs_str hash = bs_stmt_blob(stmt, column);
	char *hex = bs_arena_alloc(page->arena, 2 * hash.len + 1);

	bs_hex_encode((const uint8_t *)hash.ptr, hash.len, hex);
	return (struct bs_media_ref){ .hash = bs_str_n(hex, 2 * hash.len),
	                              .mime = bs_arena_copy(page->arena, bs_stmt_str(stmt, column + 1)),
	                              .width = (int)bs_stmt_int(stmt, column + 2), .height = (int)bs_stmt_int(stmt, column + 3) };
}

/* --- terms --------------------------------------------------------------------------------------------------------------- */

enum bs_rc bs_term_page_load(struct bs_page *page, enum bs_vocabulary vocabulary, struct bs_str slug,
                             struct bs_term_page *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	int64_t body_id = 0;
	enum bs_rc rc = bs_db_query(page->db, BS_Q_term_page, BS_VALUES(bs_text(bs_vocabulary_name(vocabulary)), bs_text(slug),
	                            bs_text(page->lang->code), bs_text(page->publication->lang->code)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*out = (struct bs_term_page){
			.id = bs_stmt_int(stmt, BS_C_term_page_id), .parent_id = bs_stmt_int(stmt, BS_C_term_page_parent_id),
			.vocabulary = vocabulary, .slug = slug,
			.name = bs_arena_copy(page->arena, bs_stmt_str(stmt, BS_C_term_page_name)),
			.image = media_of(page, stmt, BS_C_term_page_image_hash),
			.image_alt = bs_arena_copy(page->arena, bs_stmt_str(stmt, BS_C_term_page_image_alt)),
			.image_credit = bs_arena_copy(page->arena, bs_stmt_str(stmt, BS_C_term_page_image_credit)),
		};
		body_id = bs_stmt_int(stmt, BS_C_term_page_description_id);
		bs_page_tag(page, BS_TAG_TERM, out->id);
	}
	bs_stmt_free(&stmt);
	return rc == BS_OK ? bs_body_of(page, body_id, &out->description, &out->description_lang, err) : rc;
}

static struct bs_value term_image(struct bs_page *page, const struct bs_term_page *term)
{
	struct bs_shape_image image = { .media = &term->image, .alt = term->image_alt,
		                        .credit = bs_markup_of_text(page->arena, term->image_credit) };

	return bs_shape_image(page, &image);
}

struct bs_value bs_shape_term_page(struct bs_page *page, const struct bs_term_page *term)
{
	struct bs_value shape = bs_shape_term(page, term->vocabulary, term->slug, term->name);
	struct bs_dict *dict = (struct bs_dict *)(uintptr_t)shape.dict;

	bs_set(dict, BS_N_description, bs_shape_body(page, &term->description));
	bs_set(dict, BS_N_image, term_image(page, term));
	bs_set(dict, BS_N_foreign, bs_shape_foreign(page, term->description_lang));
	return shape;
}

static enum bs_rc children(struct bs_page *page, const struct bs_term_page *term, struct bs_value *out, struct bs_err *err)
{
	enum { CHILDREN_MAX = 100 };
	struct bs_value *list = BS_ARRAY(page->arena, CHILDREN_MAX, struct bs_value);
	struct bs_stmt *stmt = NULL;
	size_t count = 0;
	enum bs_rc rc = bs_db_query(page->db, BS_Q_term_children, BS_VALUES(bs_int(term->id), bs_text(page->lang->code),
	                            bs_text(page->publication->lang->code)), &stmt, err);

	while (rc == BS_OK && count < CHILDREN_MAX && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		list[count++] = bs_shape_term(page, term->vocabulary,
		                              bs_arena_copy(page->arena, bs_stmt_str(stmt, BS_C_term_children_slug)),
		                              bs_arena_copy(page->arena, bs_stmt_str(stmt, BS_C_term_children_name)));
	bs_stmt_free(&stmt);
	*out = bs_value_list(list, count);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* From the widest down; a circle of parents ends at the depth limit. */
static enum bs_rc parents(struct bs_page *page, const struct bs_term_page *term, struct bs_value *out, struct bs_err *err)
{
	enum { DEPTH_MAX = 8 };
	struct bs_value *list = BS_ARRAY(page->arena, DEPTH_MAX, struct bs_value);
	int64_t id = term->parent_id;
	size_t count = 0;
	enum bs_rc rc = BS_OK;

	while (id != 0 && count < DEPTH_MAX && rc == BS_OK) {
		struct bs_stmt *stmt = NULL;
		rc = bs_db_query(page->db, BS_Q_term_parent, BS_VALUES(bs_int(id), bs_text(page->lang->code),
		                 bs_text(page->publication->lang->code)), &stmt, err);
		if (rc == BS_OK)
			rc = bs_stmt_next(stmt, err);
		if (rc == BS_OK) {
			memmove(list + 1, list, count++ * sizeof(*list));
			list[0] = bs_shape_term(page, term->vocabulary,
			                        bs_arena_copy(page->arena, bs_stmt_str(stmt, BS_C_term_parent_slug)),
			                        bs_arena_copy(page->arena, bs_stmt_str(stmt, BS_C_term_parent_name)));
			id = bs_stmt_int(stmt, BS_C_term_parent_parent_id);
		}
		bs_stmt_free(&stmt);
	}
	*out = bs_value_list(list, count);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* --- the page -------------------------------------------------------------------------------------------------------------- */

/* What a listing page is of. */
struct listing {
	struct bs_list list;
	struct bs_str kind, slug, name, label;
	struct bs_value description, image, person, parents, children;
	struct bs_media_ref picture; /* of `image`, or the person's */
	struct bs_str picture_alt;
	const struct bs_person_row *author; /* of a person's page; else NULL */
	struct bs_alternates alternates;
	struct bs_str about; /* markup: how its description begins */
	const struct bs_lang *foreign;
	int64_t stories, at, pages;
	struct bs_cards cards;
};

/* The first words of a description, where it is in the page's language. */
static struct bs_str about_of(const struct bs_page *page, const struct bs_body *description, const struct bs_lang *lang)
{
	return description->count > 0 && lang == page->lang ? description->blocks[0].markup : BS_STR("");
}

/* Which page is asked for, and its cards. BS_NOT_FOUND beyond the last. Page 1 exists even when it is empty. */
static enum bs_rc listing_cards(struct bs_page *page, struct listing *listing, struct bs_err *err)
{
	enum bs_rc rc = bs_list_count(page, listing->list, &listing->stories, err);

	if (rc != BS_OK)
		return rc;
	listing->at = page->captures->text[BS_CAPTURE_PAGE].ptr != NULL ? page->captures->number[BS_CAPTURE_PAGE] : 1;
	listing->pages = (listing->stories + BS_LIST_PAGE - 1) / BS_LIST_PAGE;
	if (listing->pages == 0)
		listing->pages = 1;
	if (listing->at > listing->pages)
		return BS_NOT_FOUND;
	if (listing->at == 1) /* page 2 of one language is not page 2 of another */
		rc = bs_alternates_of_list(page, listing->list, listing->kind, listing->slug, &listing->alternates, err);
	if (rc != BS_OK)
		return rc;
	return bs_cards_list(page, listing->list, (listing->at - 1) * BS_LIST_PAGE, BS_LIST_PAGE, &listing->cards, err);
}

static struct bs_graph listing_graph(struct bs_page *page, const struct listing *l)
{
	struct bs_graph graph = bs_graph_of_path(page, l->author != NULL ? BS_GRAPH_PERSON : BS_GRAPH_LIST,
	                                         bs_url_list(page, l->kind, l->slug, l->at));

	graph.title = l->at == 1 ? l->name : bs_arena_printf(page->arena, "%.*s, %s", (int)l->name.len, l->name.ptr,
	                                                     bs_say_list_page(page->arena, page->lang, l->at).ptr);
	graph.description = l->about.len > 0 && l->at == 1 ? bs_markup_plain(page->arena, l->about)
	                                                   : bs_say_list_stories(page->arena, page->lang, l->stories);
	graph.image = l->picture;
	graph.image_alt = l->picture_alt;
	graph.person = l->author;
	graph.alternates = l->alternates;
	return graph;
}

/* The first picture that a reader sees is asked for before the page is laid out. */
static struct bs_value cards_of(const struct listing *l, struct bs_page *page)
{
	struct bs_value cards = bs_shape_cards(page, &l->cards);
	bool pictured = l->at == 1 && l->image.kind != BS_VALUE_NULL;

	if (cards.len > 0)
		bs_set_flag((struct bs_dict *)(uintptr_t)cards.items[0].dict, BS_N_first, !pictured);
	return cards;
}

static enum bs_rc listing_print(struct bs_page *page, const struct listing *l, struct bs_err *err)
{
	struct bs_dict *dict = bs_dict_new(page->arena, 20);
	struct bs_frame frame = { .graph = listing_graph(page, l), .noindex = l->stories == 0,
		                  .feed = { bs_url_list(page, l->kind, l->slug, 1), l->name } };
	struct bs_dict *view;
	bool first = l->at == 1;

	frame.previous = first ? BS_STR("") : bs_url_list(page, l->kind, l->slug, l->at - 1);
	frame.next = l->at < l->pages ? bs_url_list(page, l->kind, l->slug, l->at + 1) : BS_STR("");
	bs_set_text(dict, BS_N_kind, l->kind);
	bs_set_text(dict, BS_N_label, l->label);
	bs_set_text(dict, BS_N_slug, l->slug);
	bs_set_text(dict, BS_N_name, l->name);
	bs_set_text(dict, BS_N_line, bs_say_list_stories(page->arena, page->lang, l->stories));
	bs_set(dict, BS_N_foreign, bs_shape_foreign(page, l->foreign));
	bs_set(dict, BS_N_description, first ? l->description : bs_value_null());
	bs_set(dict, BS_N_image, first ? l->image : bs_value_null());
	bs_set(dict, BS_N_person, l->person);
	bs_set_list(dict, BS_N_parents, BS_N_has_parents, l->parents);
	bs_set_list(dict, BS_N_children, BS_N_has_children, l->children);
	bs_set_text(dict, BS_N_within, bs_say_list_within(page->arena, page->lang, l->name));
	bs_set_list(dict, BS_N_cards, BS_N_has_cards, cards_of(l, page));
	bs_set(dict, BS_N_pagination, bs_shape_pagination(page, &(struct bs_paging){ l->kind, l->slug, .at = l->at, .pages = l->pages }));
	view = bs_frame_view(page, &frame);
	bs_set(view, BS_N_listing, bs_value_dict(dict));
	return bs_page_render(page, "listing", view, err);
}

/* A former address leads to the same page of what it became. */
static enum bs_rc redirect(struct bs_page *page, struct bs_str kind, struct bs_str slug)
{
	bool first = page->captures->text[BS_CAPTURE_PAGE].ptr == NULL;

	page->status = 301;
	page->location = bs_url_list(page, kind, slug, first ? 1 : page->captures->number[BS_CAPTURE_PAGE]);
	return BS_OK;
}

enum bs_rc bs_term_moved(struct bs_page *page, enum bs_vocabulary vocabulary, struct bs_str slug, struct bs_str *out,
                         struct bs_err *err)
{
	struct bs_term_page term;
	enum bs_rc rc = bs_term_slug_now(page->arena, page->db, vocabulary, slug, out, err);

	if (rc != BS_OK || bs_str_eq(*out, slug))
		return rc != BS_OK ? rc : BS_NOT_FOUND;
	/* One that has no page yet is not named. */
	return bs_term_page_load(page, vocabulary, *out, &term, err);
}

enum bs_rc bs_term_list_page(struct bs_page *page, struct bs_err *err)
{
	enum bs_vocabulary vocabulary = (enum bs_vocabulary)page->which;
	struct listing *l = BS_NEW(page->arena, struct listing);
	struct bs_term_page *term = BS_NEW(page->arena, struct bs_term_page);
	enum bs_rc rc = bs_term_page_load(page, vocabulary, page->captures->text[BS_CAPTURE_SLUG], term, err);

	if (rc == BS_NOT_FOUND) {
		struct bs_str slug;
		rc = bs_term_moved(page, vocabulary, page->captures->text[BS_CAPTURE_SLUG], &slug, err);
		return rc == BS_OK ? redirect(page, bs_vocabulary_name(vocabulary), slug) : rc;
	}
	if (rc != BS_OK)
		return rc;
	*l = (struct listing){ .list = { BS_LIST_TERM, term->id }, .kind = bs_vocabulary_name(vocabulary), .slug = term->slug,
		               .name = term->name, .label = bs_vocabulary_label(page, vocabulary),
		               .description = bs_shape_body(page, &term->description), .image = term_image(page, term),
		               .picture = term->image, .picture_alt = term->image_alt,
		               .about = about_of(page, &term->description, term->description_lang),
		               .person = bs_value_null(), .foreign = term->description_lang };
	rc = listing_cards(page, l, err);
	if (rc != BS_OK || page->location.len > 0)
		return rc;
	rc = children(page, term, &l->children, err);
	if (rc == BS_OK)
		rc = parents(page, term, &l->parents, err);
	return rc == BS_OK ? listing_print(page, l, err) : rc;
}

/* --- people ---------------------------------------------------------------------------------------------------------------- */

struct bs_person_row bs_person_read(struct bs_page *page, const struct bs_stmt *s)
{
	struct bs_person_row person = {
		.id = bs_stmt_int(s, BS_C_person_page_id),
		.slug = bs_arena_copy(page->arena, bs_stmt_str(s, BS_C_person_page_slug)),
		.name = bs_arena_copy(page->arena, bs_stmt_str(s, BS_C_person_page_name)),
		.url = bs_arena_copy(page->arena, bs_stmt_str(s, BS_C_person_page_url)),
		.email = bs_arena_copy(page->arena, bs_stmt_str(s, BS_C_person_page_email)),
		.portrait = media_of(page, s, BS_C_person_page_portrait_hash),
		.portrait_alt = bs_arena_copy(page->arena, bs_stmt_str(s, BS_C_person_page_portrait_alt)),
	};

	bs_row_job(page, s, &person); /* the first columns of all these queries are the same */
	bs_page_tag(page, BS_TAG_PERSON, person.id);
	return person;
}

struct bs_value bs_people_of(struct bs_page *page, int64_t story_id)
{
	struct bs_value *list = BS_ARRAY(page->arena, 4, struct bs_value);
	struct bs_stmt *stmt = NULL;
	struct bs_err ignored;
	size_t count = 0;

	/* The first columns of story-people are those of person-page. */
	if (bs_db_query(page->db, BS_Q_story_people, BS_VALUES(bs_int(story_id), bs_text(page->lang->code)), &stmt, &ignored) != BS_OK)
		return bs_value_list(NULL, 0);
	while (count < 4 && bs_stmt_next(stmt, &ignored) == BS_OK) {
		struct bs_person_row person = bs_person_read(page, stmt);
		if (bs_str_eq(bs_stmt_str(stmt, BS_C_story_people_role), BS_STR("author")))
			list[count++] = bs_shape_person(page, &person);
	}
	bs_stmt_free(&stmt);
	return bs_value_list(list, count);
}

enum bs_rc bs_person_moved(struct bs_page *page, struct bs_str slug, struct bs_str *out, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_person_slug_now(page->arena, page->db, slug, out, err);

	if (rc != BS_OK || bs_str_eq(*out, slug))
		return rc != BS_OK ? rc : BS_NOT_FOUND;
	rc = bs_db_query(page->db, BS_Q_person_page, BS_VALUES(bs_text(*out), bs_text(page->lang->code)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		bs_person_read(page, stmt);
	bs_stmt_free(&stmt);
	return rc;
}

enum bs_rc bs_author_page(struct bs_page *page, struct bs_err *err)
{
	struct listing *l = BS_NEW(page->arena, struct listing);
	struct bs_person_row *person = BS_NEW(page->arena, struct bs_person_row);
	struct bs_body *bio = BS_NEW(page->arena, struct bs_body);
	struct bs_stmt *stmt = NULL;
	int64_t bio_id = 0;
	enum bs_rc rc = bs_db_query(page->db, BS_Q_person_page, BS_VALUES(bs_text(page->captures->text[BS_CAPTURE_SLUG]),
	                            bs_text(page->lang->code)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		*person = bs_person_read(page, stmt);
		bio_id = bs_stmt_int(stmt, BS_C_person_page_bio_id);
	}
	bs_stmt_free(&stmt);
	if (rc == BS_NOT_FOUND) {
		struct bs_str slug;
		rc = bs_person_moved(page, page->captures->text[BS_CAPTURE_SLUG], &slug, err);
		return rc == BS_OK ? redirect(page, BS_STR("author"), slug) : rc;
	}
	if (rc == BS_OK)
		rc = bs_body_of(page, bio_id, bio, &l->foreign, err);
	if (rc != BS_OK)
		return rc;
	l->list = (struct bs_list){ BS_LIST_PERSON, person->id };
	l->kind = BS_STR("author");
	l->slug = person->slug;
	l->name = person->name;
	l->label = bs_message(page->lang, BS_MSG_role_author);
	l->description = bs_shape_body(page, bio);
	l->about = about_of(page, bio, l->foreign);
	l->image = l->parents = l->children = bs_value_null();
	l->person = bs_shape_person(page, person);
	l->author = person;
	l->picture = person->portrait;
	l->picture_alt = person->portrait_alt;
	rc = listing_cards(page, l, err);
	return rc != BS_OK || page->location.len > 0 ? rc : listing_print(page, l, err);
}
