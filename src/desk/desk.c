/* desk.c - the table of the desk's pages, opening and closing. */
#include <stdlib.h>

#include "desk/copy/events.h"
#include "desk/copy/here.h"
#include "desk/pages.h"

const struct bs_desk_route bs_desk_pages[] = {
	{ "/desk/assets/{word}/{file}", BS_DOOR_OPEN, 0, bs_desk_asset_show, NULL, 0 },
	{ "/desk/sign-in", BS_DOOR_OPEN, 0, bs_desk_sign_in_show, bs_desk_sign_in_act, 0 },
	{ "/desk/sign-in/code", BS_DOOR_OPEN, 0, bs_desk_sign_in_show, bs_desk_sign_in_code_act, 0 },
	{ "/desk/sign-out", BS_DOOR_STAFF, 0, NULL, bs_desk_sign_out_act, 0 },
	{ "/desk/join/{slug}", BS_DOOR_OPEN, 0, bs_desk_join_show, bs_desk_join_act, 0 },
	{ "/desk/me", BS_DOOR_STAFF, 0, bs_desk_me_show, bs_desk_me_act, 0 },
	{ "/desk/me/password", BS_DOOR_STAFF, 0, bs_desk_me_show, bs_desk_me_password_act, 0 },
	{ "/desk/me/sessions", BS_DOOR_STAFF, 0, bs_desk_me_show, bs_desk_me_sessions_act, 0 },
	{ "/desk/me/factor", BS_DOOR_STAFF, 0, bs_desk_factor_show, bs_desk_factor_act, 0 },
	{ "/desk/accounts", BS_DOOR_ROLE, BS_ACT_ACCOUNTS, bs_desk_accounts_show, bs_desk_accounts_act, 0 },
	{ "/desk/accounts/{word}", BS_DOOR_ROLE, BS_ACT_ACCOUNTS, bs_desk_account_show, bs_desk_account_act, 0 },
	{ "/desk/paper/home", BS_DOOR_ROLE, BS_ACT_HOME, bs_desk_home_show, bs_desk_home_act, 0 },
	{ "/desk/paper/home/preview", BS_DOOR_ROLE, BS_ACT_HOME, bs_desk_home_preview_show, NULL, 0 },
	{ "/desk/paper/menus", BS_DOOR_ROLE, BS_ACT_MENUS, bs_desk_menus_show, bs_desk_menus_act, 0 },
	{ "/desk/paper/notices", BS_DOOR_ROLE, BS_ACT_NOTICES, bs_desk_notices_show, NULL, 0 },
	{ "/desk/paper/notices/new", BS_DOOR_ROLE, BS_ACT_NOTICES, bs_desk_notice_show, bs_desk_notice_act, 1 },
	{ "/desk/paper/notices/{slug}", BS_DOOR_ROLE, BS_ACT_NOTICES, bs_desk_notice_show, bs_desk_notice_act, 0 },
	{ "/desk/paper/settings", BS_DOOR_ROLE, BS_ACT_SETTINGS, bs_desk_settings_show, bs_desk_settings_act, 0 },
	{ "/desk/paper/terms", BS_DOOR_ROLE, BS_ACT_TERMS, bs_desk_terms_show, NULL, 0 },
	{ "/desk/paper/terms/new", BS_DOOR_ROLE, BS_ACT_TERMS, bs_desk_term_show, bs_desk_term_act, 1 },
	{ "/desk/paper/terms/{id}", BS_DOOR_ROLE, BS_ACT_TERMS, bs_desk_term_show, bs_desk_term_act, 0 },
	{ "/desk/paper/people", BS_DOOR_ROLE, BS_ACT_PEOPLE, bs_desk_people_show, NULL, 0 },
	{ "/desk/paper/people/new", BS_DOOR_ROLE, BS_ACT_PEOPLE, bs_desk_person_show, bs_desk_person_act, 1 },
	{ "/desk/paper/people/{id}", BS_DOOR_ROLE, BS_ACT_PEOPLE, bs_desk_person_show, bs_desk_person_act, 0 },
	{ "/desk/audit", BS_DOOR_ROLE, BS_ACT_AUDIT, bs_desk_audit_show, NULL, 0 },
	{ "/desk/pictures", BS_DOOR_FILES, BS_ACT_MEDIA, bs_desk_pictures_show, bs_desk_pictures_act, 0 },
	{ "/desk/pictures/{id}", BS_DOOR_FILES, BS_ACT_MEDIA, bs_desk_picture_show, bs_desk_picture_act, 0 },
	{ "/desk", BS_DOOR_OPEN, 0, bs_desk_bare_show, NULL, 0 },
	{ "/desk/", BS_DOOR_ROLE, BS_ACT_SEE, bs_desk_stories_show, NULL, 0 },
	{ "/desk/names", BS_DOOR_ROLE, BS_ACT_WRITE, bs_desk_suggest_show, NULL, 0 },
	{ "/desk/style", BS_DOOR_ROLE, BS_ACT_STYLE, bs_desk_rules_show, bs_desk_rules_act, 0 },
	{ "/desk/story/new", BS_DOOR_ROLE, BS_ACT_WRITE, bs_desk_story_show, bs_desk_story_act, 0 },
	{ "/desk/story/{id}", BS_DOOR_ROLE, BS_ACT_SEE, bs_desk_story_show, bs_desk_story_act, 1 },
	{ "/desk/copy", BS_DOOR_ROLE, BS_ACT_SEE, NULL, bs_desk_copy_act, 0 },
	{ "/desk/copy/discard", BS_DOOR_ROLE, BS_ACT_SEE, NULL, bs_desk_copy_discard_act, 0 },
	{ "/desk/copy/events", BS_DOOR_ROLE, BS_ACT_SEE, bs_desk_copy_events_show, NULL, 0 },
	{ "/desk/copy/here", BS_DOOR_ROLE, BS_ACT_SEE, NULL, bs_desk_copy_here_act, 0 },
	{ "/desk/copy/hints", BS_DOOR_ROLE, BS_ACT_SEE, NULL, bs_desk_copy_hints_act, 0 },
	{ "/desk/copy/preview", BS_DOOR_ROLE, BS_ACT_SEE, bs_desk_copy_preview_show, NULL, 0 },
	{ "/desk/copy/share", BS_DOOR_ROLE, BS_ACT_SEE, bs_desk_copy_share_show, NULL, 0 },
	{ "/desk/copy/text", BS_DOOR_ROLE, BS_ACT_SEE, NULL, bs_desk_copy_text_act, 0 },
	{ "/desk/picture/{id}", BS_DOOR_ROLE, BS_ACT_SEE, bs_desk_copy_picture_show, NULL, 0 },
	{ "/desk/story/{id}/correct", BS_DOOR_ROLE, BS_ACT_CORRECT, bs_desk_correct_show, bs_desk_correct_act, 0 },
	{ "/desk/story/{id}/revisions", BS_DOOR_ROLE, BS_ACT_SEE, bs_desk_revisions_show, bs_desk_revisions_act, 0 },
	{ "/desk/story/{id}/compare", BS_DOOR_ROLE, BS_ACT_SEE, bs_desk_compare_show, NULL, 0 },
	{ "/desk/story/{id}/remarks", BS_DOOR_ROLE, BS_ACT_SEE, bs_desk_remarks_show, bs_desk_remarks_act, 0 },
	{ "/desk/story/{id}/preview", BS_DOOR_ROLE, BS_ACT_SEE, bs_desk_preview_show, NULL, 0 },
	{ "/desk/story/{id}/share", BS_DOOR_ROLE, BS_ACT_SEE, bs_desk_share_show, NULL, 0 },
	{ "/desk/story/{id}/translate/{lang}", BS_DOOR_ROLE, BS_ACT_TRANSLATE, bs_desk_sheet_show, bs_desk_sheet_act, 0 },
	{ "/desk/translations", BS_DOOR_ROLE, BS_ACT_TRANSLATE, bs_desk_grid_show, NULL, 0 },
	{ "/desk/translations/back", BS_DOOR_ROLE, BS_ACT_TRANSLATE, bs_desk_back_show, NULL, 0 },
};
const size_t bs_desk_page_count = BS_COUNT(bs_desk_pages);

/* Nothing but our own: no inline script or style, nobody else's picture, in nobody's frame but our own (the preview). */
static const struct bs_str csp = BS_STR_INIT("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
	"connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");

enum bs_rc bs_desk_open(const struct bs_desk_options *options, struct bs_desk **out, struct bs_err *err)
{
	struct bs_desk *desk = bs_alloc(sizeof(*desk));
	enum bs_rc rc;

	desk->options = *options;
	desk->policy = (struct bs_policy){ .csp = csp, .hsts = bs_str_c(options->hsts) };
	desk->here = bs_here_new();
	desk->events = bs_events_new();
	desk->route_count = bs_desk_page_count;
	desk->routes = bs_alloc(bs_desk_page_count * sizeof(*desk->routes));
	for (size_t i = 0; i < bs_desk_page_count; i++) {
		const struct bs_desk_route *page = &bs_desk_pages[i];
		desk->routes[i] = (struct bs_route){ .methods = (page->show != NULL ? BS_GET : 0u) | (page->act != NULL ? BS_POST : 0u),
		                                     .pattern = page->pattern, .handle = bs_desk_handle, .which = (int)i };
	}
	rc = bs_desk_files_new(&desk->files, err);
	if (rc == BS_OK)
		*out = desk;
	else
		bs_desk_close(&desk);
	return rc;
}

void bs_desk_close(struct bs_desk **desk)
{
	if (*desk == NULL)
		return;
	bs_desk_files_free(&(*desk)->files);
	bs_here_free(&(*desk)->here);
	bs_events_free(&(*desk)->events);
	free((*desk)->routes);
	free(*desk);
	*desk = NULL;
}

const struct bs_route *bs_desk_routes(const struct bs_desk *desk, size_t *count)
{
	*count = desk->route_count;
	return desk->routes;
}
