/* dateless.c - about, contact and other pages without a date: stories of kind page. */
#include "lang/message.h"
#include "site/frame.h"
#include "site/front.h"
#include "site/story.h"
#include "text/markup.h"

static struct bs_value contact(struct bs_page *page, enum bs_msg label, struct bs_str address)
{
	struct bs_dict *dict = bs_dict_new(page->arena, 2);
	struct bs_str parts[] = { BS_STR("mailto:"), address };

	bs_set_text(dict, BS_N_label, bs_message(page->lang, label));
	bs_set(dict, BS_N_link, bs_shape_link(page, bs_arena_join(page->arena, parts, 2, BS_STR("")), address, BS_STR("email")));
	return bs_value_dict(dict);
}

static struct bs_value contacts(struct bs_page *page)
{
	const struct bs_publication *p = page->publication;
	const struct {
		enum bs_msg label;
		struct bs_str address;
	} all[] = {
		{ BS_MSG_contact_newsroom, p->email },
		{ BS_MSG_contact_media, p->email_media },
		{ BS_MSG_contact_permissions, p->email_permissions },
		{ BS_MSG_contact_corrections, p->email_corrections },
	};
	struct bs_value *list = BS_ARRAY(page->arena, BS_COUNT(all), struct bs_value);
	size_t count = 0;

	for (size_t i = 0; i < BS_COUNT(all); i++) {
		if (all[i].address.len > 0)
			list[count++] = contact(page, all[i].label, all[i].address);
	}
	return bs_value_list(list, count);
}

/* Those with a part in the publication who have written something. */
static enum bs_rc people(struct bs_page *page, struct bs_value *out, struct bs_err *err)
{
	enum { PEOPLE_MAX = 60 };
	struct bs_value *list = BS_ARRAY(page->arena, PEOPLE_MAX, struct bs_value);
	struct bs_stmt *stmt = NULL;
	size_t count = 0;
	enum bs_rc rc = bs_db_query(page->db, BS_Q_people_list, BS_VALUES(bs_text(page->lang->code)), &stmt, err);

	bs_page_tag(page, BS_TAG_LATEST, 0);
	while (rc == BS_OK && count < PEOPLE_MAX && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_person_row person = bs_person_read(page, stmt);
		list[count++] = bs_shape_person(page, &person);
	}
	bs_stmt_free(&stmt);
	*out = bs_value_list(list, count);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc page_shape(struct bs_page *page, const struct bs_story *story, struct bs_dict *dict, struct bs_err *err)
{
	bool about = bs_str_eq(story->address.slug, BS_STR("about"));
	bool contact_page = bs_str_eq(story->address.slug, BS_STR("contact")) || about;
	struct bs_value staff = bs_value_list(NULL, 0);
	enum bs_rc rc = about ? people(page, &staff, err) : BS_OK;

	bs_set_markup(dict, BS_N_title, bs_markup_phrase(page, story->title));
	bs_set_markup(dict, BS_N_standfirst, story->subtitle);
	bs_set(dict, BS_N_body, bs_shape_body(page, &story->body));
	bs_set_list(dict, BS_N_contacts, BS_N_has_contacts, contact_page ? contacts(page) : bs_value_list(NULL, 0));
	bs_set_markup(dict, BS_N_address, contact_page ? bs_address_markup(page) : BS_STR(""));
	bs_set_list(dict, BS_N_people, BS_N_has_people, staff);
	bs_set_markup(dict, BS_N_updated_line, BS_STR(""));
	return rc;
}

enum bs_rc bs_dateless_print(struct bs_page *page, struct bs_story *story, struct bs_err *err)
{
	struct bs_dict *dict = bs_dict_new(page->arena, 9), *view;
	struct bs_frame frame = { 0 };
	enum bs_rc rc;

	bs_graph_of_story(page, story, &frame.graph);
	rc = page_shape(page, story, dict, err);
	if (rc != BS_OK)
		return rc;
	view = bs_frame_view(page, &frame);
	bs_set(view, BS_N_page, bs_value_dict(dict));
	return bs_page_render(page, "page", view, err);
}

/* "/ar", which is no page, is the home page of a language without its slash. */
static bool leads_home(struct bs_page *page)
{
	const struct bs_publication *p = page->publication;
	struct bs_str slug = page->captures->text[BS_CAPTURE_SLUG];

	for (size_t i = 0; i < p->lang_count && page->captures->text[BS_CAPTURE_LANG].ptr == NULL; i++) {
		if (!bs_str_eq(p->langs[i]->code, slug))
			continue;
		page->status = 308;
		page->location = bs_url_path_in(page, p->langs[i], "/");
		return true;
	}
	return false;
}

enum bs_rc bs_dateless_page(struct bs_page *page, struct bs_err *err)
{
	struct bs_story *story = BS_NEW(page->arena, struct bs_story);
	bool moved;
	enum bs_rc rc = bs_story_of(page, "", false, story, &moved, err);

	if (rc == BS_NOT_FOUND && page->status == 0 && leads_home(page))
		return BS_OK;
	return rc == BS_OK && !moved ? bs_dateless_print(page, story, err) : rc;
}
