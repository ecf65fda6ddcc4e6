/* settings.c - the newsroom's settings: every name and its default; see catalog.h. What each may hold is in setting_check.c. */
#include "newsroom/setting_check.h"

#include "lang/lang.h"
#include "newsroom/tags.h"

static const struct bs_setting settings[] = {
	{ BS_STR_INIT("name"), BS_STR_INIT("Broadsheet"), BS_SETTING_TEXT, true, true },
	{ BS_STR_INIT("tagline"), BS_STR_INIT(""), BS_SETTING_TEXT, true, false },
	{ BS_STR_INIT("language"), BS_STR_INIT("en"), BS_SETTING_LANGUAGE, false, false },
	{ BS_STR_INIT("url"), BS_STR_INIT("http://127.0.0.1:8080"), BS_SETTING_URL, false, false },
	{ BS_STR_INIT("timezone"), BS_STR_INIT("UTC"), BS_SETTING_ZONE, false, false },
	{ BS_STR_INIT("licence"), BS_STR_INIT("all-rights-reserved"), BS_SETTING_TEXT, false, false },
	{ BS_STR_INIT("contact.email"), BS_STR_INIT(""), BS_SETTING_MAIL, false, false },
	{ BS_STR_INIT("contact.media"), BS_STR_INIT(""), BS_SETTING_MAIL, false, false },
	{ BS_STR_INIT("contact.permissions"), BS_STR_INIT(""), BS_SETTING_MAIL, false, false },
	{ BS_STR_INIT("contact.corrections"), BS_STR_INIT(""), BS_SETTING_MAIL, false, false },
	{ BS_STR_INIT("contact.phone"), BS_STR_INIT(""), BS_SETTING_TEXT, false, false },
	{ BS_STR_INIT("contact.address"), BS_STR_INIT(""), BS_SETTING_TEXT, false, false },
	{ BS_STR_INIT("channels"), BS_STR_INIT("[]"), BS_SETTING_CHANNELS, false, false },
	{ BS_STR_INIT("translation.share"), BS_STR_INIT("80"), BS_SETTING_PERCENT, false, false },
	{ BS_STR_INIT("translation.approval"), BS_STR_INIT("off"), BS_SETTING_APPROVAL, false, false },
	{ BS_STR_INIT("menu.header"), BS_STR_INIT("[]"), BS_SETTING_MENU, false, false },
	{ BS_STR_INIT("menu.footer"), BS_STR_INIT("[]"), BS_SETTING_MENU, false, false },
	{ BS_STR_INIT("home"), BS_STR_INIT("{}"), BS_SETTING_HOME, false, false },
	{ BS_STR_INIT("home.draft"), BS_STR_INIT(""), BS_SETTING_HOME, false, false },
};

/* The setting of this name; for "name.de" the one of "name". NULL when there is none. */
static const struct bs_setting *setting_of(struct bs_str name)
{
	for (size_t i = 0; i < BS_COUNT(settings); i++) {
		const struct bs_setting *s = &settings[i];
		struct bs_str code = bs_str_sub(name, s->name.len + 1, SIZE_MAX);
		if (bs_str_eq(name, s->name))
			return s;
		if (s->by_language && bs_str_starts(name, s->name) && name.len > s->name.len + 1 &&
		    name.ptr[s->name.len] == '.' && bs_lang_find(code) != NULL)
			return s;
	}
	return NULL;
}

/* The setting whose name shares most of its beginning with this one. */
static struct bs_str nearest(struct bs_str name)
{
	size_t best = 0, best_len = 0;

	for (size_t i = 0; i < BS_COUNT(settings); i++) {
		size_t len = 0;
		while (len < name.len && len < settings[i].name.len && name.ptr[len] == settings[i].name.ptr[len])
			len++;
		if (len > best_len) {
			best = i;
			best_len = len;
		}
	}
	return settings[best].name;
}

const struct bs_setting *bs_settings(size_t *count)
{
	*count = BS_COUNT(settings);
	return settings;
}

enum bs_rc bs_setting_check(struct bs_str name, struct bs_str value, struct bs_setting_fault *fault, struct bs_err *err)
{
	const struct bs_setting *s = setting_of(name);

	*fault = (struct bs_setting_fault){ 0 };
	if (s == NULL)
		return bs_fail(err, BS_NOT_FOUND, "there is no setting '" BS_FMT "'; did you mean '" BS_FMT "'?", BS_ARG(name),
		               BS_ARG(nearest(name)));
	return bs_setting_check_value(s, name, value, fault, err);
}

/* What stands on the home page alone makes no other page stale, what is prepared for it none at all. */
static enum bs_rc touch(struct bs_db *db, const struct bs_setting *s, struct bs_err *err)
{
	char tag[BS_TAG_MAX];

	if (bs_str_eq(s->name, BS_STR("home.draft")))
		return BS_OK;
	return bs_change_touch(db, bs_tag(s->shape == BS_SETTING_HOME ? BS_TAG_HOME : BS_TAG_SITE, 0, tag), err);
}

enum bs_rc bs_setting_set(struct bs_db *db, struct bs_str name, struct bs_str value, bool *changed, struct bs_err *err)
{
	struct bs_setting_fault fault;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_setting_check(name, value, &fault, err);

	*changed = false;
	if (rc != BS_OK)
		return rc;
	rc = bs_db_query(db, BS_Q_setting_get, BS_VALUES(bs_text(name)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	*changed = rc == BS_NOT_FOUND || (rc == BS_OK && !bs_str_eq(bs_stmt_str(stmt, 0), value));
	bs_stmt_free(&stmt);
	if (!*changed)
		return rc;
	rc = bs_db_exec(db, BS_Q_setting_put, BS_VALUES(bs_text(name), bs_text(value)), err);
	return rc == BS_OK ? touch(db, setting_of(name), err) : rc;
}

struct bs_str bs_setting_usual(struct bs_str name)
{
	const struct bs_setting *s = setting_of(name);

	return s != NULL && bs_str_eq(name, s->name) ? s->usual : BS_STR("");
}

enum bs_rc bs_setting_get(struct bs_arena *arena, struct bs_db *db, struct bs_str name, struct bs_str *out,
                          struct bs_err *err)
{
	const struct bs_setting *s = setting_of(name);
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc;

	if (s == NULL)
		return bs_fail(err, BS_NOT_FOUND, "there is no setting '" BS_FMT "'", BS_ARG(name));
	rc = bs_db_query(db, BS_Q_setting_get, BS_VALUES(bs_text(name)), &stmt, err);
	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK)
		*out = bs_arena_copy(arena, bs_stmt_str(stmt, 0));
	else if (rc == BS_NOT_FOUND)
		*out = bs_setting_usual(name);
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}
