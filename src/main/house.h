/* house.h - an opened newsroom: its data directory, configuration, database and signing key.
 *
 * The data directory holds broadsheet.db (or the configuration names another database), media/, keys/ and
 * broadsheet.conf (INI; docs/handbook/configuration.md). Everything is read once, when a command opens it. */
#ifndef BS_MAIN_HOUSE_H
#define BS_MAIN_HOUSE_H

#include "darkroom/darkroom.h"
#include "desk/flow/links.h"
#include "main/command.h"
#include "newsroom/ledger.h"
#include "store/pool.h"
#include "translate/translator.h"

enum { BS_HOUSE_PATH = 4096 };

struct bs_config {
	/* [server] */
	char listen[128];       /* "127.0.0.1:8080" */
	int64_t threads;        /* 0: one per core */
	int64_t cache_mb;       /* of finished pages */
	char access_log[BS_HOUSE_PATH]; /* "": none; "-": stdout */
	bool log_addresses;
	char hsts[128];         /* Strict-Transport-Security; "": not sent */
	bool metrics_public;    /* /metrics for everyone, not only for this machine */
	int64_t max_connections, max_per_address; /* 0: the server's own; per address -1: no limit (behind a proxy) */
	/* [queue] */
	int64_t workers; /* threads that do jobs while it serves */
	/* [store] */
	char dsn[BS_HOUSE_PATH]; /* "": broadsheet.db in the data directory */
	/* [pictures] */
	char image_program[BS_HOUSE_PATH]; /* broadsheet-image; "": beside this program */
	/* [links] */
	struct bs_links_options links;
	/* [theme] */
	char theme[BS_HOUSE_PATH]; /* folder; "": the built-in theme */
	/* [translate] and [engine …] */
	struct bs_translate_config translate;
};

struct bs_house {
	struct bs_arena *arena;
	struct bs_config config;
	char dir[BS_HOUSE_PATH - 64];
	const char *media_dir, *renditions_dir, *keys_dir, *dsn; /* in the arena */
	struct bs_pool *pool;
	struct bs_ledger *ledger; /* NULL unless it was opened for writing */
	struct bs_translator *translator; /* NULL until bs_house_translator */
};

enum bs_house_mode { BS_HOUSE_READ, BS_HOUSE_WRITE };

/* Make a new newsroom in `dir` (made when it is not there): folders, key, configuration, database. BS_CONFLICT when there is
 * one already. `dsn` NULL: SQLite in the folder. */
enum bs_rc bs_house_init(const char *dir, const char *dsn, struct bs_err *err) BS_CHECK;
/* Open it; a database that is behind this program is brought up to date first. For writing, the signing key is read.
 * BS_NOT_FOUND: no newsroom there. Close with bs_house_close, after any failure too. */
enum bs_rc bs_house_open(const char *dir, enum bs_house_mode mode, int readers, struct bs_house *out, struct bs_err *err) BS_CHECK;
void bs_house_close(struct bs_house *house);
/* Only look at it: nothing is made, brought up to date or written, so it may stand on a disk that cannot be. There is no pool; *db is a
 * reader of the database, which the caller closes before the house. BS_NOT_FOUND too: no database, or one that is empty or behind. */
enum bs_rc bs_house_look(const char *dir, struct bs_house *out, struct bs_db **db, struct bs_err *err) BS_CHECK;
/* Make house->translator, unless it is there. */
enum bs_rc bs_house_translator(struct bs_house *house, struct bs_err *err) BS_CHECK;

/* Warn when the publication's url is still that of a new newsroom, unless it is served there: at `address`, "127.0.0.1:8080"; empty: nowhere. */
void bs_house_check_url(const struct bs_house *house, struct bs_str address);

/* The DSN of the newsroom in `dir`, in the arena. BS_NOT_FOUND: no newsroom there. */
enum bs_rc bs_house_dsn(struct bs_arena *arena, const char *dir, const char **out, struct bs_err *err) BS_CHECK;

/* The place where its pictures are worked on. Close it before the house. */
enum bs_rc bs_house_darkroom(const struct bs_house *house, struct bs_darkroom **out, struct bs_err *err) BS_CHECK;

/* Open as the --data option says, or complain and return false. */
bool bs_house_for(const char *data_option, enum bs_house_mode mode, int readers, struct bs_house *out);

#endif
