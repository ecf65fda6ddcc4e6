/* error.c - the page of an error: what happened, and what to do next. */
#include "lang/message.h"
#include "site/frame.h"
#include "site/site.h"

struct words {
	int status;
	enum bs_msg title, text;
	bool search; /* searching could help */
};

static const struct words *words_of(int status)
{
	static const struct words all[] = {
		{ 404, BS_MSG_error_not_found, BS_MSG_error_not_found_text, true },
		{ 410, BS_MSG_error_gone, BS_MSG_error_gone_text, true },
		{ 429, BS_MSG_error_too_many, BS_MSG_error_too_many_text, false },
		{ 503, BS_MSG_error_busy, BS_MSG_error_busy_text, false },
		{ 400, BS_MSG_error_bad_request, BS_MSG_error_bad_request_text, false },
		{ 500, BS_MSG_error_server, BS_MSG_error_server_text, false },
	};

	for (size_t i = 0; i < BS_COUNT(all); i++) {
		if (all[i].status == status)
			return &all[i];
	}
	return status >= 500 ? &all[BS_COUNT(all) - 1] : &all[BS_COUNT(all) - 2];
}

/* What is new, for whoever ended up here; nothing when the database cannot be asked. */
static struct bs_value latest(struct bs_page *page)
{
	struct bs_cards cards = { 0 };
	struct bs_err ignored;

	if (page->db == NULL || bs_cards_list(page, (struct bs_list){ BS_LIST_ALL, 0 }, 0, 5, &cards, &ignored) != BS_OK)
		return bs_value_list(NULL, 0);
	return bs_shape_cards(page, &cards);
}

enum bs_rc bs_site_error(struct bs_page *page, int status, struct bs_err *err)
{
	const struct words *words = words_of(status);
	struct bs_frame frame = { .graph.title = bs_message(page->lang, words->title), .noindex = true };
	struct bs_dict *dict = bs_dict_new(page->arena, 9);
	struct bs_dict *view;

	bs_set_text(dict, BS_N_code, bs_arena_printf(page->arena, "%d", status));
	bs_set_text(dict, BS_N_title, bs_message(page->lang, page->error_reason.len > 0 ? BS_MSG_story_withdrawn : words->title));
	bs_set_text(dict, BS_N_text, bs_message(page->lang, page->error_reason.len > 0 ? BS_MSG_story_withdrawn_text : words->text));
	bs_set_markup(dict, BS_N_reason, page->error_reason);
	bs_set(dict, BS_N_since, bs_shape_date(page, page->error_since));
	bs_set_flag(dict, BS_N_search, words->search);
	bs_set_list(dict, BS_N_latest, BS_N_has_latest, status < 500 ? latest(page) : bs_value_list(NULL, 0));
	view = bs_frame_view(page, &frame);
	bs_set(view, BS_N_error, bs_value_dict(dict));
	return bs_page_render(page, "error", view, err);
}
