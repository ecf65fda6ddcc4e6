/* data.h - data that people write: front matter, terms.yml, settings.yml, as one tree whatever it was written in.
 *
 * A scalar is text; what it means (a number, a day, yes or no) is the reader's to say, as the page of the handbook does,
 * and not the notation's: `title: 1984` is a title. Every node knows its line in the file, so that a fault is told
 * where it is. Aliases share their node; a tree has at most BS_MAX_DATA_NODES nodes (BS_MAX_FILE_NODES where a file is data
 * alone), BS_MAX_DATA_DEPTH deep.
 * Lives in the arena. */
#ifndef BS_SYNDICATE_IMPORT_READ_DATA_H
#define BS_SYNDICATE_IMPORT_READ_DATA_H

#include "syndicate/import/read/remarks.h"

enum bs_data_kind {
	BS_DATA_NONE, /* nothing after the colon, `~`, `null` */
	BS_DATA_TEXT,
	BS_DATA_LIST,
	BS_DATA_MAP,
};

struct bs_data;

struct bs_entry {
	struct bs_str key; /* of a map; empty in a list */
	int line;
	struct bs_data *value;
	bool read; /* somebody asked for it: what nobody did is told at the end */
};

struct bs_data {
	enum bs_data_kind kind;
	bool quoted; /* text in quotes or a block: never yes, no, a number */
	int line;    /* of the file, from 1 */
	struct bs_str text;
	struct bs_entry *entries; /* in the order of the file */
	size_t count, room;
};

enum { BS_MAX_DATA_NODES = 50000, BS_MAX_FILE_NODES = 1000000, BS_MAX_DATA_KEYS = 1000, BS_MAX_DATA_DEPTH = 32 };

/* YAML (1.1 and 1.2 where they agree) and JSON. Keys are text; of two that are alike the last counts, with a remark. An
 * empty text is BS_DATA_NONE. `first_line` is the line of the file in which `text` starts.
 *   BS_INVALID  not YAML; remarks->line says where
 *   BS_LIMIT    over the caps above */
enum bs_rc bs_yaml_read(struct bs_arena *arena, struct bs_str text, int first_line, struct bs_data **out,
                        struct bs_remarks *remarks, struct bs_err *err) BS_CHECK;
/* The same of a file that is nothing but data, such as terms.yml. */
enum bs_rc bs_yaml_read_file(struct bs_arena *arena, struct bs_str text, int first_line, struct bs_data **out,
                             struct bs_remarks *remarks, struct bs_err *err) BS_CHECK;
/* TOML 1.0; numbers, times and truth values as they are written. Always a map. */
enum bs_rc bs_toml_read(struct bs_arena *arena, struct bs_str text, int first_line, struct bs_data **out,
                        struct bs_remarks *remarks, struct bs_err *err) BS_CHECK;

/* The value of a map's key, or NULL when there is none or it holds nothing. */
struct bs_data *bs_data_get(const struct bs_data *map, struct bs_str key);
/* The entry itself, or NULL. */
struct bs_entry *bs_data_entry(const struct bs_data *map, struct bs_str key);
/* Put an entry behind the others and return it. */
struct bs_entry *bs_data_add(struct bs_arena *arena, struct bs_data *to, struct bs_str key, int line,
                             struct bs_data *value);

#endif
