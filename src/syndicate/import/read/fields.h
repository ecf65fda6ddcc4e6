/* fields.h - typed values out of a tree of data (data.h), with the field's name and line in every refusal.
 *
 * A reader walks over one map. bs_field finds an entry under any of its spellings and marks it as read; the functions
 * behind it turn what it holds into what the handbook says it is, and take NULL (no such entry, or an empty one) for
 * absent. The first fault sticks in `*rc`: read everything, check once. Text lives in the arena. */
#ifndef BS_SYNDICATE_IMPORT_READ_FIELDS_H
#define BS_SYNDICATE_IMPORT_READ_FIELDS_H

#include "lang/date.h"
#include "syndicate/import/read/data.h"

struct bs_json;

struct bs_fields {
	struct bs_arena *arena;
	struct bs_remarks *remarks;
	struct bs_err *err;
	const struct bs_data *map;
	const struct bs_zone *zone; /* of times without an offset; NULL: UTC */
	struct bs_str under; /* the field that holds this map, "source"; empty for the whole file */
	enum bs_rc *rc;      /* of the whole file: the same for the readers of inner maps */
	bool exact;          /* only the first spelling of each name, in small letters */
};

/* A reader of the map in an entry; of nothing when it is NULL. Anything but a map is a fault. */
struct bs_fields bs_fields_in(struct bs_fields *outer, const struct bs_entry *entry);

/* The first entry that holds something under one of the names, which are parted by spaces and compared without regard
 * to ASCII case. NULL when there is none. */
const struct bs_entry *bs_field(struct bs_fields *f, const char *names);

/* Text as one line: line breaks become spaces, the ends are trimmed. */
struct bs_str bs_one_line(struct bs_arena *arena, struct bs_str text);
/* One line of text: line breaks become spaces, the ends are trimmed. At most BS_MAX_FIELD bytes. */
struct bs_str bs_field_text(struct bs_fields *f, const struct bs_entry *entry);
/* The same of one that becomes a passage; at most BS_MAX_PASSAGE bytes four times, which is what marks can make of it. */
struct bs_str bs_field_passage(struct bs_fields *f, const struct bs_entry *entry);
/* Several lines, as they stand. */
struct bs_str bs_field_lines(struct bs_fields *f, const struct bs_entry *entry);
/* Small letters, digits and single hyphens between them, at most BS_MAX_SLUG bytes. */
struct bs_str bs_field_slug(struct bs_fields *f, const struct bs_entry *entry);
/* http: or https: with a host, at most BS_MAX_URL bytes; mailto: too where `mail` is true. */
struct bs_str bs_field_url(struct bs_fields *f, const struct bs_entry *entry, bool mail);
struct bs_str bs_field_email(struct bs_fields *f, const struct bs_entry *entry);
/* Seconds UTC; 0 for absent. As moment.h says. */
int64_t bs_field_time(struct bs_fields *f, const struct bs_entry *entry);
bool bs_field_bool(struct bs_fields *f, const struct bs_entry *entry, bool absent);
/* The items: of a list its own, of anything else that one. Items that hold nothing are left out. At most `max`. */
size_t bs_field_list(struct bs_fields *f, const struct bs_entry *entry, size_t max, struct bs_entry **out);

/* Is this text the one that stands for true, or for false, unquoted? */
bool bs_data_is_bool(const struct bs_data *value, bool *out);

/* Word a fault of an entry: "published: …" with its line. */
void bs_field_refuse(struct bs_fields *f, const struct bs_entry *entry, enum bs_rc rc, const char *fmt, ...)
	BS_PRINTF(4, 5);
/* Remark each entry of the map that nobody has read, BS_REMARK_KEY; behind bs_fields_rest where that is asked for. */
void bs_fields_unread(const struct bs_fields *f);
/* These entries as an object, to be kept as they are; NULL when there are none. One with more values than can be kept is left out
 * and remarked, BS_REMARK_LOST_KEY, and counts as read. Unquoted true, false and whole numbers are
 * what they say, everything else is text. */
struct bs_json *bs_fields_rest(const struct bs_fields *f);

#endif
