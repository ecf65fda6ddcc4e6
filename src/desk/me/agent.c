/* agent.c - a browser by the name that its user knows it by.
 *
 * Browsers give the names of others in whose place they want to be served before their own (RFC 9110, 10.1.5, and what became of it): so the more
 * particular names are looked for first. */
#include "desk/me/me.h"

struct known {
	struct bs_str mark, name;
};

static struct bs_str name_in(struct bs_str agent, const struct known *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (bs_str_find(agent, list[i].mark, 0) != SIZE_MAX)
			return list[i].name;
	}
	return BS_STR("");
}

struct bs_str bs_agent_name(struct bs_visit *visit, struct bs_str agent)
{
	static const struct known browsers[] = {
		{ BS_STR_INIT("Edg"), BS_STR_INIT("Edge") }, { BS_STR_INIT("OPR/"), BS_STR_INIT("Opera") },
		{ BS_STR_INIT("Vivaldi/"), BS_STR_INIT("Vivaldi") }, { BS_STR_INIT("SamsungBrowser/"), BS_STR_INIT("Samsung Internet") },
		{ BS_STR_INIT("YaBrowser/"), BS_STR_INIT("Yandex Browser") }, { BS_STR_INIT("Firefox/"), BS_STR_INIT("Firefox") },
		{ BS_STR_INIT("FxiOS/"), BS_STR_INIT("Firefox") }, { BS_STR_INIT("CriOS/"), BS_STR_INIT("Chrome") },
		{ BS_STR_INIT("Chromium/"), BS_STR_INIT("Chromium") }, { BS_STR_INIT("Chrome/"), BS_STR_INIT("Chrome") },
		{ BS_STR_INIT("Safari/"), BS_STR_INIT("Safari") },
	};
	static const struct known systems[] = {
		{ BS_STR_INIT("iPhone"), BS_STR_INIT("iPhone") }, { BS_STR_INIT("iPad"), BS_STR_INIT("iPad") },
		{ BS_STR_INIT("Android"), BS_STR_INIT("Android") }, { BS_STR_INIT("CrOS"), BS_STR_INIT("ChromeOS") },
		{ BS_STR_INIT("Windows"), BS_STR_INIT("Windows") }, { BS_STR_INIT("Macintosh"), BS_STR_INIT("macOS") },
		{ BS_STR_INIT("Linux"), BS_STR_INIT("Linux") },
	};
	struct bs_str browser = name_in(agent, browsers, BS_COUNT(browsers)), system = name_in(agent, systems, BS_COUNT(systems));

	if (agent.len == 0)
		return bs_word(visit, BS_DESK_MSG_me_agent_unsaid);
	if (browser.len == 0)
		return agent;
	return system.len > 0 ? bs_desk_say_me_agent_on(visit->arena, visit->lang, browser, system) : browser;
}
