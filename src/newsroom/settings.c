/* settings.c - the newsroom's settings: every name, its default and what it may hold; see catalog.h. */
#include "newsroom/catalog.h"

#include "base/limits.h"
#include "lang/date.h"
#include "lang/lang.h"
#include "newsroom/tags.h"
#include "text/address.h"
#include "text/json.h"

enum { MENU_MAX = 30, HOME_MAX = 60 };

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

/* [{"name":"…","url":"…"}], each with both. */
static enum bs_rc check_channels(struct bs_str value, struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	const struct bs_json *json = NULL;
	bool good = bs_json_parse(arena, value, &json, NULL) == BS_OK && json->kind == BS_JSON_ARRAY;

	for (const struct bs_json *item = good ? json->first : NULL; item != NULL && good; item = item->next) {
		struct bs_str url = bs_json_string(bs_json_get(item, BS_STR("url")));

		good = bs_json_string(bs_json_get(item, BS_STR("name"))).len > 0 && (bs_url_is_web(url) || bs_url_is_mail(url));
	}
	bs_arena_free(&arena);
	return good ? BS_OK : bs_fail(err, BS_INVALID, "channels are JSON, each with a name and an https:// or mailto: address: "
	                              "[{\"name\":\"Mastodon\",\"url\":\"https://example.social/@us\"}]");
}

/* [{"labels":{"en":"…"},"to":"/about"}]: paths of the site, web addresses, mailto. */
static enum bs_rc check_menu(struct bs_str value, struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	const struct bs_json *json = NULL;
	bool good = bs_json_parse(arena, value, &json, NULL) == BS_OK && json->kind == BS_JSON_ARRAY && json->count <= MENU_MAX;

	for (const struct bs_json *item = good ? json->first : NULL; item != NULL && good; item = item->next) {
		struct bs_str to = bs_json_string(bs_json_get(item, BS_STR("to")));
		const struct bs_json *labels = bs_json_get(item, BS_STR("labels"));
		good = bs_menu_target_valid(to) && (labels == NULL || labels->kind == BS_JSON_OBJECT);
		for (const struct bs_json *label = good && labels != NULL ? labels->first : NULL; label != NULL; label = label->next)
			good &= bs_lang_find(label->name) != NULL && bs_json_string(label).len > 0;
	}
	bs_arena_free(&arena);
	return good ? BS_OK : bs_fail(err, BS_INVALID, "a menu is JSON of at most %d entries, each with where it leads and perhaps labels: "
	                              "[{\"labels\":{\"en\":\"About us\"},\"to\":\"/about\"}]", MENU_MAX);
}

bool bs_menu_target_valid(struct bs_str to)
{
	for (size_t i = 0; i < to.len; i++) {
		if ((unsigned char)to.ptr[i] <= ' ' || to.ptr[i] == '\\' || to.ptr[i] == '"')
			return false;
	}
	return (bs_str_starts(to, BS_STR("/")) && !bs_str_starts(to, BS_STR("//"))) || bs_url_is_web(to) || bs_url_is_mail(to);
}

/* {"sections":["energy"],"stories":["0123456789abcdef"]}: either may be left out. */
static enum bs_rc check_home(struct bs_str value, struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	const struct bs_json *json = NULL;
	bool good = value.len == 0 || (bs_json_parse(arena, value, &json, NULL) == BS_OK && json->kind == BS_JSON_OBJECT);

	for (const struct bs_json *list = good && json != NULL ? json->first : NULL; list != NULL && good; list = list->next) {
		good = list->kind == BS_JSON_ARRAY && list->count <= HOME_MAX &&
		       (bs_str_eq(list->name, BS_STR("sections")) || bs_str_eq(list->name, BS_STR("stories")));
		for (const struct bs_json *item = good ? list->first : NULL; item != NULL; item = item->next)
			good &= bs_json_string(item).len > 0;
	}
	bs_arena_free(&arena);
	return good ? BS_OK : bs_fail(err, BS_INVALID, "the home page is JSON of public ids and slugs: "
	                              "{\"sections\":[\"energy\"],\"stories\":[\"0123456789abcdef\"]}");
}

static enum bs_rc check_value(const struct bs_setting *s, struct bs_str value, struct bs_err *err)
{
	const struct bs_zone *zone;
	int64_t percent;

	if (value.len > BS_MAX_FIELD)
		return bs_fail(err, BS_LIMIT, "the setting '" BS_FMT "' may have %d bytes", BS_ARG(s->name), BS_MAX_FIELD);
	if (bs_str_utf8_fault(value) != SIZE_MAX)
		return bs_fail(err, BS_INVALID, "the setting '" BS_FMT "' is not valid UTF-8", BS_ARG(s->name));
	if (s->shape == BS_SETTING_ZONE)
		return bs_zone_find(value, &zone, err);
	if (s->shape == BS_SETTING_LANGUAGE && bs_lang_find(value) == NULL)
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no language that is known; write a BCP 47 tag such as en", BS_ARG(value));
	if (s->shape == BS_SETTING_URL && (!bs_url_is_web(value) || bs_str_ends(value, BS_STR("/"))))
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no address of a site; write it as https://example.org, without a slash "
		               "at the end", BS_ARG(value));
	if (s->shape == BS_SETTING_MAIL && value.len > 0 && !bs_email_is_valid(value))
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no e-mail address; write it as name@host", BS_ARG(value));
	if (s->shape == BS_SETTING_PERCENT && (bs_str_int(value, &percent) != BS_OK || percent < 1 || percent > 100))
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is no share; write a number from 1 to 100", BS_ARG(value));
	if (s->shape == BS_SETTING_APPROVAL && !bs_str_eq(value, BS_STR("off")) && !bs_str_eq(value, BS_STR("shown")) &&
	    !bs_str_eq(value, BS_STR("hidden")))
		return bs_fail(err, BS_INVALID, "'" BS_FMT "' is none of off, shown and hidden: whether a second person approves translations, and "
		               "whether readers see them meanwhile", BS_ARG(value));
	if (s->shape == BS_SETTING_MENU)
		return check_menu(value, err);
	if (s->shape == BS_SETTING_HOME)
		return check_home(value, err);
	return s->shape == BS_SETTING_CHANNELS ? check_channels(value, err) : BS_OK;
}

const struct bs_setting *bs_settings(size_t *count)
{
	*count = BS_COUNT(settings);
	return settings;
}

enum bs_rc bs_setting_check(struct bs_str name, struct bs_str value, struct bs_err *err)
{
	const struct bs_setting *s = setting_of(name);
	enum bs_rc rc;

	if (s == NULL)
		return bs_fail(err, BS_NOT_FOUND, "there is no setting '" BS_FMT "'; did you mean '" BS_FMT "'?", BS_ARG(name),
		               BS_ARG(nearest(name)));
	rc = check_value(s, value, err);
	if (rc == BS_OK && s->needed && bs_str_eq(name, s->name) && bs_str_trim(value).len == 0)
		rc = bs_fail(err, BS_INVALID, "the setting '" BS_FMT "' may not be empty", BS_ARG(name));
	return rc;
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
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_setting_check(name, value, err);

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
		*out = bs_str_eq(name, s->name) ? s->usual : BS_STR("");
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}
