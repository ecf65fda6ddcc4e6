/* setting_check.c - what a setting may hold, and what is wrong with what it may not.
 *
 * One function for each shape finds the fault; it is told by a kind and the part that is wrong, so that the desk has words of its own for it, in
 * the language of who reads, and the command line those of the table below. */
#include "newsroom/setting_check.h"

#include "base/limits.h"
#include "lang/date.h"
#include "lang/lang.h"
#include "text/address.h"
#include "text/json.h"

enum { MENU_MAX = 30, HOME_MAX = 60 };

static struct bs_setting_fault fault_at(enum bs_setting_wrong wrong, size_t number)
{
	return (struct bs_setting_fault){ .wrong = wrong, .number = number };
}

static struct bs_setting_fault right(void)
{
	return (struct bs_setting_fault){ .wrong = BS_SETTING_RIGHT };
}

/* Of a list: which of its entries is wrong, from 1; 0: none. `arena` has the parsed list. */
typedef bool entry_fn(const struct bs_json *entry);

static struct bs_setting_fault list_fault(struct bs_str value, size_t most, entry_fn *good, enum bs_setting_wrong list, enum bs_setting_wrong entry)
{
	struct bs_arena *arena = bs_arena_new();
	const struct bs_json *json = NULL;
	struct bs_setting_fault fault = right();
	size_t number = 0;

	if (bs_json_parse(arena, value, &json, NULL) != BS_OK || json->kind != BS_JSON_ARRAY || json->count > most)
		fault = fault_at(list, 0);
	for (const struct bs_json *item = fault.wrong == BS_SETTING_RIGHT ? json->first : NULL; item != NULL; item = item->next) {
		number++;
		if (fault.wrong == BS_SETTING_RIGHT && !good(item))
			fault = fault_at(entry, number);
	}
	bs_arena_free(&arena);
	return fault;
}

/* {"name":"…","url":"…"}, both. */
static bool channel_is_good(const struct bs_json *entry)
{
	struct bs_str url = bs_json_string(bs_json_get(entry, BS_STR("url")));

	return bs_json_string(bs_json_get(entry, BS_STR("name"))).len > 0 && (bs_url_is_web(url) || bs_url_is_mail(url));
}

bool bs_menu_target_valid(struct bs_str to)
{
	for (size_t i = 0; i < to.len; i++) {
		if ((unsigned char)to.ptr[i] <= ' ' || to.ptr[i] == '\\' || to.ptr[i] == '"')
			return false;
	}
	return (bs_str_starts(to, BS_STR("/")) && !bs_str_starts(to, BS_STR("//"))) || bs_url_is_web(to) || bs_url_is_mail(to);
}

/* {"labels":{"en":"…"},"to":"/about"}: paths of the site, web addresses, mailto. */
static bool menu_entry_is_good(const struct bs_json *entry)
{
	const struct bs_json *labels = bs_json_get(entry, BS_STR("labels"));
	bool good = bs_menu_target_valid(bs_json_string(bs_json_get(entry, BS_STR("to")))) && (labels == NULL || labels->kind == BS_JSON_OBJECT);

	for (const struct bs_json *label = good && labels != NULL ? labels->first : NULL; label != NULL; label = label->next)
		good &= bs_lang_find(label->name) != NULL && bs_json_string(label).len > 0;
	return good;
}

/* {"sections":["energy"],"stories":["0123456789abcdef"]}: either may be left out. */
static bool home_is_good(struct bs_str value)
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
	return good;
}

static bool is_percent(struct bs_str value)
{
	int64_t percent;

	return bs_str_int(value, &percent) == BS_OK && percent >= 1 && percent <= 100;
}

static bool is_zone(struct bs_str value)
{
	const struct bs_zone *zone;
	struct bs_err ignored;

	return bs_zone_find(value, &zone, &ignored) == BS_OK;
}

static struct bs_setting_fault shape_fault(enum bs_setting_shape shape, struct bs_str value)
{
	switch (shape) {
	case BS_SETTING_ZONE:
		return fault_at(is_zone(value) ? BS_SETTING_RIGHT : BS_SETTING_NO_ZONE, 0);
	case BS_SETTING_LANGUAGE:
		return fault_at(bs_lang_find(value) != NULL ? BS_SETTING_RIGHT : BS_SETTING_NO_LANGUAGE, 0);
	case BS_SETTING_URL:
		return fault_at(!bs_url_is_web(value) ? BS_SETTING_NO_URL : bs_str_ends(value, BS_STR("/")) ? BS_SETTING_SLASH : BS_SETTING_RIGHT, 0);
	case BS_SETTING_MAIL:
		return fault_at(value.len == 0 || bs_email_is_valid(value) ? BS_SETTING_RIGHT : BS_SETTING_NO_MAIL, 0);
	case BS_SETTING_PERCENT:
		return fault_at(is_percent(value) ? BS_SETTING_RIGHT : BS_SETTING_NO_PERCENT, 0);
	case BS_SETTING_APPROVAL:
		return fault_at(bs_str_eq(value, BS_STR("off")) || bs_str_eq(value, BS_STR("shown")) || bs_str_eq(value, BS_STR("hidden"))
		                ? BS_SETTING_RIGHT : BS_SETTING_NO_APPROVAL, 0);
	case BS_SETTING_CHANNELS:
		return list_fault(value, SIZE_MAX, channel_is_good, BS_SETTING_NO_CHANNELS, BS_SETTING_NO_CHANNEL);
	case BS_SETTING_MENU:
		return list_fault(value, MENU_MAX, menu_entry_is_good, BS_SETTING_NO_MENU, BS_SETTING_NO_MENU_ENTRY);
	case BS_SETTING_HOME:
		return fault_at(home_is_good(value) ? BS_SETTING_RIGHT : BS_SETTING_NO_HOME, 0);
	default:
		return right();
	}
}

/* Said of the setting, unless it is said of the value. */
static const struct {
	bool of_value;
	const char *text;
} words[BS_SETTING_WRONG_COUNT] = {
	[BS_SETTING_TOO_LONG] = { false, "is longer than 16384 bytes; shorten it" },
	[BS_SETTING_NOT_TEXT] = { false, "is not valid UTF-8" },
	[BS_SETTING_EMPTY] = { false, "may not be empty: every page shows it" },
	[BS_SETTING_NO_ZONE] = { true, "is no time zone; write one such as Europe/Helsinki or UTC" },
	[BS_SETTING_NO_LANGUAGE] = { true, "is no language that is known; write a BCP 47 tag such as en" },
	[BS_SETTING_NO_URL] = { true, "is no address of a site; write it as https://example.org" },
	[BS_SETTING_SLASH] = { true, "ends with a slash; write it without, as https://example.org" },
	[BS_SETTING_NO_MAIL] = { true, "is no e-mail address; write it as name@example.org" },
	[BS_SETTING_NO_PERCENT] = { true, "is no share; write a number from 1 to 100, without a % sign" },
	[BS_SETTING_NO_APPROVAL] = { true, "is none of off, shown and hidden: whether a second person approves translations, and whether readers see "
	                                   "them meanwhile" },
	[BS_SETTING_NO_CHANNELS] = { false, "is JSON of channels, each with a name and an https:// or mailto: address: "
	                                    "[{\"name\":\"Mastodon\",\"url\":\"https://example.social/@us\"}]" },
	[BS_SETTING_NO_CHANNEL] = { false, "lacks its name, or an https:// or mailto: address: "
	                                   "{\"name\":\"Mastodon\",\"url\":\"https://example.social/@us\"}" },
	[BS_SETTING_NO_MENU] = { false, "is JSON of at most 30 entries, each with where it leads and perhaps labels: "
	                                "[{\"labels\":{\"en\":\"About us\"},\"to\":\"/about\"}]" },
	[BS_SETTING_NO_MENU_ENTRY] = { false, "leads to no path of the site, web address or mailto:, or has a label in no known language: "
	                                      "{\"labels\":{\"en\":\"About us\"},\"to\":\"/about\"}" },
	[BS_SETTING_NO_HOME] = { false, "is JSON of public ids and slugs: {\"sections\":[\"energy\"],\"stories\":[\"0123456789abcdef\"]}" },
};
_Static_assert(BS_MAX_FIELD == 16384 && MENU_MAX == 30, "the words above name them");

static enum bs_rc say(const struct bs_setting_fault *fault, struct bs_str name, struct bs_str value, struct bs_err *err)
{
	const char *text = words[fault->wrong].text;

	if (words[fault->wrong].of_value)
		return bs_fail(err, BS_INVALID, "'%.*s' %s", (int)bs_str_utf8_prefix(value, BS_SETTING_SHOWN).len, value.ptr, text);
	if (fault->number > 0)
		return bs_fail(err, BS_INVALID, "entry %zu of the setting '" BS_FMT "' %s", fault->number, BS_ARG(name), text);
	return bs_fail(err, fault->wrong == BS_SETTING_TOO_LONG ? BS_LIMIT : BS_INVALID, "the setting '" BS_FMT "' %s", BS_ARG(name), text);
}

enum bs_rc bs_setting_check_value(const struct bs_setting *setting, struct bs_str name, struct bs_str value, struct bs_setting_fault *fault,
                                  struct bs_err *err)
{
	if (value.len > BS_MAX_FIELD)
		*fault = fault_at(BS_SETTING_TOO_LONG, 0);
	else if (bs_str_utf8_fault(value) != SIZE_MAX)
		*fault = fault_at(BS_SETTING_NOT_TEXT, 0);
	else if (setting->needed && bs_str_eq(name, setting->name) && bs_str_trim(value).len == 0)
		*fault = fault_at(BS_SETTING_EMPTY, 0);
	else
		*fault = shape_fault(setting->shape, value);
	return fault->wrong == BS_SETTING_RIGHT ? BS_OK : say(fault, name, value, err);
}
