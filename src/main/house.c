/* house.c - see house.h. */
#include "main/house.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/sys.h"
#include "main/config.h"
#include "newsroom/catalog.h"
#include "store/migrate.h"

enum { WRITER_CACHE_KB = 64 * 1024 }; /* of commands that may write much; taken as it fills */

static const char config_text[] =
	"; Broadsheet's configuration. Lines that begin with a semicolon are not read; the handbook explains each key.\n"
	"\n"
	"[server]\n"
	"; listen = 127.0.0.1:8080\n"
	"; cache_mb = 64\n"
	"; access_log = -\n"
	"\n"
	"[theme]\n"
	"; folder = /path/to/a/theme\n"
	"\n"
	"[store]\n";

static enum bs_rc folder_make(const char *path, mode_t mode, struct bs_err *err)
{
	if (mkdir(path, mode) == 0 || errno == EEXIST)
		return BS_OK;
	return bs_fail(err, errno == EACCES ? BS_DENIED : BS_IO, "cannot make the folder %.160s: %s", path, strerror(errno));
}

/* The configuration is written last: a folder that has it is a newsroom. A DSN may hold a password, so nobody else reads it. */
static enum bs_rc config_write(const char *path, const char *dsn, struct bs_err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, dsn != NULL ? 0600 : 0644);
	FILE *file = fd >= 0 ? fdopen(fd, "w") : NULL;
	bool failed;

	if (file == NULL)
		return bs_fail(err, BS_IO, "cannot write %.160s: %s", path, strerror(errno));
	fputs(config_text, file);
	fprintf(file, "%sdsn = %s\n", dsn != NULL ? "" : "; ", dsn != NULL ? dsn : "postgresql://user@host/name");
	failed = fflush(file) != 0 || fsync(fileno(file)) != 0;
	failed |= fclose(file) != 0;
	return failed ? bs_fail(err, BS_IO, "cannot write %.160s: %s", path, strerror(errno)) : BS_OK;
}

/* *dsn becomes what the configuration says of it: a file by its whole path, from wherever the program is started. */
static enum bs_rc database_make(struct bs_arena *arena, const char **dsn, struct bs_err *err)
{
	struct bs_db_options options = { .dsn = *dsn, .role = BS_DB_WRITER };
	char *whole;
	struct bs_db *db = NULL;
	enum bs_rc rc = bs_db_open(&options, &db, err);

	if (rc == BS_OK)
		rc = bs_store_migrate(db, NULL, err);
	bs_db_close(&db);
	if (rc != BS_OK || !bs_dsn_is_file(*dsn))
		return rc;
	whole = realpath(*dsn, NULL);
	if (whole == NULL)
		return bs_fail(err, BS_IO, "cannot find %.160s: %s", *dsn, strerror(errno));
	*dsn = bs_arena_printf(arena, "%s", whole).ptr;
	free(whole);
	return BS_OK;
}

enum bs_rc bs_house_init(const char *dir, const char *dsn, struct bs_err *err)
{
	struct bs_arena *arena = bs_arena_new();
	const char *config = bs_arena_printf(arena, "%s/broadsheet.conf", dir).ptr;
	const char *keys = bs_arena_printf(arena, "%s/keys", dir).ptr;
	const char *file = bs_arena_printf(arena, "%s/broadsheet.db", dir).ptr;
	enum bs_rc rc = BS_OK;

	if (access(config, F_OK) == 0)
		rc = bs_fail(err, BS_CONFLICT, "%.160s is a newsroom already; nothing was changed", dir);
	if (rc == BS_OK)
		rc = folder_make(dir, 0755, err);
	if (rc == BS_OK)
		rc = folder_make(keys, 0700, err);
	if (rc == BS_OK)
		rc = folder_make(bs_arena_printf(arena, "%s/media", dir).ptr, 0755, err);
	/* A key that is there from an attempt which did not come to its end is as good. */
	if (rc == BS_OK && access(bs_arena_printf(arena, "%s/ledger.key", keys).ptr, F_OK) != 0)
		rc = bs_ledger_init(keys, err);
	if (rc == BS_OK)
		rc = database_make(arena, dsn != NULL ? &dsn : &file, err);
	if (rc == BS_OK)
		rc = config_write(config, dsn, err);
	bs_arena_free(&arena);
	return rc;
}

static enum bs_rc config_open(struct bs_arena *arena, const char *dir, struct bs_config *out, struct bs_err *err)
{
	enum bs_rc rc = bs_config_read(bs_arena_printf(arena, "%s/broadsheet.conf", dir).ptr, out, err);

	if (rc == BS_NOT_FOUND)
		return bs_fail(err, BS_NOT_FOUND, "there is no newsroom in %.160s; 'broadsheet init --data %.60s' makes one", dir, dir);
	return rc;
}

/* A file is named from the data directory, wherever the program was started. */
static const char *dsn_of(struct bs_arena *arena, const char *dir, const struct bs_config *config)
{
	const char *dsn = config->dsn[0] != '\0' ? config->dsn : "broadsheet.db";

	return bs_dsn_is_file(dsn) && dsn[0] != '/' ? bs_arena_printf(arena, "%s/%s", dir, dsn).ptr : bs_arena_printf(arena, "%s", dsn).ptr;
}

enum bs_rc bs_house_dsn(struct bs_arena *arena, const char *dir, const char **out, struct bs_err *err)
{
	struct bs_config *config = BS_NEW(arena, struct bs_config);
	enum bs_rc rc = config_open(arena, dir, config, err);

	if (rc == BS_OK)
		*out = dsn_of(arena, dir, config);
	return rc;
}

/* Bring the database to this program's schema, and let the ledger know its key. */
static enum bs_rc prepare(struct bs_house *house, enum bs_house_mode mode, struct bs_err *err)
{
	struct bs_db *db = NULL;
	int applied = 0;
	enum bs_rc rc = bs_pool_write(house->pool, &db, err);

	if (rc == BS_OK)
		rc = bs_store_migrate(db, &applied, err);
	if (rc == BS_OK && applied > 0)
		bs_log(BS_LOG_INFO, "the database was brought up to date (%d steps)", applied);
	if (rc == BS_OK && mode == BS_HOUSE_WRITE)
		rc = bs_ledger_open(house->keys_dir, db, bs_now(), &house->ledger, err);
	bs_pool_return(&db);
	return rc;
}

/* What stands where, by the folder and its configuration. */
static enum bs_rc find(const char *dir, struct bs_house *out, struct bs_err *err)
{
	enum bs_rc rc;

	*out = (struct bs_house){ .arena = bs_arena_new() };
	if (strlen(dir) >= sizeof(out->dir))
		return bs_fail(err, BS_INVALID, "the path of the data directory is too long");
	memcpy(out->dir, dir, strlen(dir) + 1);
	rc = config_open(out->arena, dir, &out->config, err);
	if (rc != BS_OK)
		return rc;
	out->media_dir = bs_arena_printf(out->arena, "%s/media", dir).ptr;
	out->renditions_dir = bs_arena_printf(out->arena, "%s/renditions", dir).ptr;
	out->keys_dir = bs_arena_printf(out->arena, "%s/keys", dir).ptr;
	out->dsn = dsn_of(out->arena, dir, &out->config);
	return BS_OK;
}

enum bs_rc bs_house_open(const char *dir, enum bs_house_mode mode, int readers, struct bs_house *out, struct bs_err *err)
{
	struct bs_pool_options pool = { .readers = readers, .writer_cache_kb = mode == BS_HOUSE_WRITE ? WRITER_CACHE_KB : 0 };
	enum bs_rc rc = find(dir, out, err);

	if (rc != BS_OK)
		return rc;
	pool.dsn = out->dsn;
	rc = bs_pool_open(&pool, &out->pool, err);
	return rc == BS_OK ? prepare(out, mode, err) : rc;
}

enum bs_rc bs_house_look(const char *dir, struct bs_house *out, struct bs_db **db, struct bs_err *err)
{
	struct bs_db_options options = { .role = BS_DB_READER };
	enum bs_rc rc = find(dir, out, err);

	if (rc != BS_OK)
		return rc;
	options.dsn = out->dsn;
	rc = bs_db_open(&options, db, err);
	return rc == BS_OK ? bs_store_check(*db, err) : rc;
}

enum bs_rc bs_house_translator(struct bs_house *house, struct bs_err *err)
{
	if (house->translator != NULL)
		return BS_OK;
	return bs_translator_open(&house->config.translate, house->pool, house->dir, &house->translator, err);
}

void bs_house_check_url(const struct bs_house *house, struct bs_str address)
{
	struct bs_str name = BS_STR("url"), usual = bs_setting_usual(name), scheme = BS_STR("http://"), url;
	struct bs_arena *arena = bs_arena_new();
	struct bs_db *db = NULL;
	struct bs_err err;

	if (bs_pool_read(house->pool, &db, &err) == BS_OK && bs_setting_get(arena, db, name, &url, &err) == BS_OK && bs_str_eq(url, usual) &&
	    !bs_str_eq(bs_str_sub(url, scheme.len, SIZE_MAX), address))
		bs_log(BS_LOG_WARN, "pages, feeds and sitemaps say that the site is at " BS_FMT ", which no reader reaches; say where it is: "
		       "broadsheet set --data %s url https://news.example", BS_ARG(url), house->dir);
	bs_pool_return(&db);
	bs_arena_free(&arena);
}

void bs_house_close(struct bs_house *house)
{
	bs_translator_free(&house->translator);
	bs_ledger_close(&house->ledger);
	bs_pool_close(&house->pool);
	bs_arena_free(&house->arena);
}

bool bs_house_for(const char *data_option, enum bs_house_mode mode, int readers, struct bs_house *out)
{
	struct bs_err err = { 0 };

	if (data_option == NULL) {
		bs_complain(BS_EXIT_USAGE, "say where the newsroom is: --data DIR");
		return false;
	}
	if (bs_house_open(data_option, mode, readers, out, &err) == BS_OK)
		return true;
	bs_complain(BS_EXIT_FAILED, "%s", err.text);
	bs_house_close(out);
	return false;
}

enum bs_rc bs_house_darkroom(const struct bs_house *house, struct bs_darkroom **out, struct bs_err *err)
{
	const char *program = house->config.image_program;

	return bs_darkroom_open(&(struct bs_darkroom_options){ .media_dir = house->media_dir, .renditions_dir = house->renditions_dir,
	                        .hsts = bs_str_c(house->config.hsts),
	                        .program = program[0] != '\0' ? program : NULL }, out, err);
}
