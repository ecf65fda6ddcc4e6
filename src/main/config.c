/* config.c - reading broadsheet.conf; see house.h. Every key that is not known is refused with its line, so that a misspelt
 * one does not pass in silence. */
#include <errno.h>
#include <ini.h>
#include <stdio.h>

#include "main/config.h"

enum shape { TEXT, NUMBER, FLAG };

struct key {
	const char *section, *name;
	enum shape shape;
	size_t offset, size;
};

#define KEY(section, name, shape, field) \
	{ section, name, shape, offsetof(struct bs_config, field), sizeof(((struct bs_config *)0)->field) }

static const struct key keys[] = {
	KEY("server", "listen", TEXT, listen),
	KEY("server", "threads", NUMBER, threads),
	KEY("server", "cache_mb", NUMBER, cache_mb),
	KEY("server", "access_log", TEXT, access_log),
	KEY("server", "log_addresses", FLAG, log_addresses),
	KEY("server", "hsts", TEXT, hsts),
	KEY("server", "metrics_public", FLAG, metrics_public),
	KEY("server", "max_connections", NUMBER, max_connections),
	KEY("server", "max_per_address", NUMBER, max_per_address),
	KEY("queue", "workers", NUMBER, workers),
	KEY("store", "dsn", TEXT, dsn),
	KEY("pictures", "program", TEXT, image_program),
	KEY("links", "check", FLAG, links.check),
	KEY("links", "local", FLAG, links.local),
	KEY("theme", "folder", TEXT, theme),
};

struct reading {
	struct bs_config *config;
	struct bs_err *err;
	bool failed;
};

static bool set_flag(bool *to, struct bs_str value)
{
	*to = bs_str_eq(value, BS_STR("yes")) || bs_str_eq(value, BS_STR("true")) || bs_str_eq(value, BS_STR("on"));
	return *to || bs_str_eq(value, BS_STR("no")) || bs_str_eq(value, BS_STR("false")) || bs_str_eq(value, BS_STR("off"));
}

static bool set_value(struct bs_config *config, const struct key *key, struct bs_str value)
{
	char *to = (char *)config + key->offset;

	switch (key->shape) {
	case TEXT:
		if (value.len >= key->size)
			return false;
		memcpy(to, value.ptr, value.len);
		to[value.len] = '\0';
		return true;
	case NUMBER:
		return bs_str_int(value, (int64_t *)(void *)to) == BS_OK;
	default:
		return set_flag((bool *)to, value);
	}
}

/* What the table does not have may be of room translate, whose sections have names of their own. */
static bool set_for_room(struct reading *reading, const char *section, const char *name, const char *value)
{
	enum bs_rc rc = bs_translate_config_set(&reading->config->translate, bs_str_c(section), bs_str_c(name), bs_str_c(value), reading->err);

	if (rc == BS_NOT_FOUND)
		(void)bs_fail(reading->err, BS_INVALID, "there is no [%.40s] %.40s", section, name);
	return rc == BS_OK;
}

/* inih's callback: 1 goes on, 0 notes the line. */
static int line_read(void *ctx, const char *section, const char *name, const char *value)
{
	struct reading *reading = ctx;

	for (size_t i = 0; i < BS_COUNT(keys); i++) {
		if (strcmp(keys[i].section, section) != 0 || strcmp(keys[i].name, name) != 0)
			continue;
		if (set_value(reading->config, &keys[i], bs_str_c(value)))
			return 1;
		if (!reading->failed)
			(void)bs_fail(reading->err, BS_INVALID, "[%.40s] %.40s cannot be '%.80s'", section, name, value);
		reading->failed = true;
		return 0;
	}
	if (reading->failed || set_for_room(reading, section, name, value))
		return reading->failed ? 0 : 1;
	reading->failed = true;
	return 0;
}

enum bs_rc bs_config_read(const char *path, struct bs_config *out, struct bs_err *err)
{
	struct reading reading = { .config = out, .err = err };
	int line;

	*out = (struct bs_config){ .listen = "127.0.0.1:8080", .cache_mb = 64, .workers = 2, .links.check = true };
	errno = 0;
	line = ini_parse(path, line_read, &reading);
	if (line == -1)
		return bs_fail(err, errno == ENOENT ? BS_NOT_FOUND : BS_IO, "cannot read %.160s: %s", path, strerror(errno));
	if (reading.failed)
		return bs_fail_at(err, "%.120s, line %d", path, line);
	if (line > 0)
		return bs_fail(err, BS_INVALID, "%.120s, line %d: write 'key = value' below a [section]", path, line);
	return bs_translate_config_check(&out->translate, err) == BS_OK ? BS_OK : bs_fail_at(err, "%.120s", path);
}
