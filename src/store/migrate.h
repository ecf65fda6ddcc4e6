/* migrate.h - bringing a database to the schema of this program. Migrations only go forward, each in a transaction
 * of its own, recorded in schema_version with its checksum. */
#ifndef BS_STORE_MIGRATE_H
#define BS_STORE_MIGRATE_H

#include "store/db.h"

/* Apply what is missing. `db` is a writer outside a transaction. Two processes at once are safe: one waits.
 *   BS_OK       the database is at this program's schema; *applied migrations were run now (may be NULL)
 *   BS_INVALID  the database was made by a newer Broadsheet, or a migration was changed after it had been applied
 *   BS_CONFLICT a copy into it was begun and not finished (copy.h), or it holds tables of something else */
enum bs_rc bs_store_migrate(struct bs_db *db, int *applied, struct bs_err *err) BS_CHECK;

/* Only look. BS_OK when the database is at this program's schema; BS_NOT_FOUND when it is empty or behind;
 * BS_INVALID and BS_CONFLICT as above. */
enum bs_rc bs_store_check(struct bs_db *db, struct bs_err *err) BS_CHECK;

/* Look whether a SQLite file is whole, page for page and index for index, and whether every table of the schema is there. It reads all of
 * the file; a PostgreSQL server sees to its own. BS_CORRUPT when something is not whole. After bs_store_check. */
enum bs_rc bs_store_check_file(struct bs_db *db, struct bs_err *err) BS_CHECK;
/* Look whether any row of a SQLite file refers to one that is not there, which other programs do not refuse. BS_CORRUPT when one does. */
enum bs_rc bs_store_check_rows(struct bs_db *db, struct bs_err *err) BS_CHECK;

#endif
