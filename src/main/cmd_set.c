/* cmd_set.c - look at a setting or change it. */
#include <stdio.h>

#include "main/house.h"
#include "main/options.h"
#include "newsroom/catalog.h"

struct setting {
	struct bs_str name, value;
	bool changed;
};

static enum bs_rc set(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct setting *setting = ctx;

	return bs_setting_set(db, setting->name, setting->value, &setting->changed, err);
}

static enum bs_rc show(struct bs_house *house, struct bs_str name, struct bs_err *err)
{
	struct bs_str value;
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_pool_read(house->pool, &db, err);

	if (rc == BS_OK)
		rc = bs_setting_get(house->arena, db, name, &value, err);
	if (rc == BS_OK)
		printf("%.*s\n", (int)value.len, value.ptr);
	bs_pool_return(&db);
	return rc;
}

enum bs_exit bs_cmd_set(int argc, char **argv)
{
	const char *data = NULL;
	const struct bs_option options[] = { { "--data", BS_OPTION_TEXT, &data } };
	struct setting setting = { 0 };
	struct bs_house house;
	struct bs_err err = { 0 };
	enum bs_rc rc;
	int rest;

	if (bs_options_take(argc, argv, options, BS_COUNT(options), &rest) != BS_EXIT_DONE)
		return BS_EXIT_USAGE;
	if (rest < 1 || rest > 2)
		return bs_usage(argv[0]);
	if (!bs_house_for(data, BS_HOUSE_READ, 1, &house))
		return data == NULL ? BS_EXIT_USAGE : BS_EXIT_FAILED;
	setting.name = bs_str_c(argv[1]);
	if (rest == 1) {
		rc = show(&house, setting.name, &err);
	} else {
		setting.value = bs_str_c(argv[2]);
		rc = bs_pool_transact(house.pool, set, &setting, &err);
	}
	bs_house_close(&house);
	if (rc == BS_OK)
		return BS_EXIT_DONE;
	return bs_complain(rc == BS_NOT_FOUND || rc == BS_INVALID || rc == BS_LIMIT ? BS_EXIT_USAGE : BS_EXIT_FAILED, "%s", err.text);
}
