/* yaml.h - writing YAML that every reader of YAML takes for the same: data.h, and others' of 1.1 and 1.2.
 *
 * Text stands plain where nobody could take it for anything else, otherwise in double quotes with everything escaped that is not a
 * letter, mark, number or sign; several lines stand as a block where that says them exactly. Nothing depends on what was
 * written before, so that the same values are always the same bytes. `indent` is in spaces. Empty text writes nothing where
 * a function says so. */
#ifndef BS_SYNDICATE_EXPORT_YAML_H
#define BS_SYNDICATE_EXPORT_YAML_H

#include "base/mem.h"

struct bs_json;

/* A scalar; `flow`: between brackets or braces. Text is always read back as text, never as a number, a day, yes or no. */
void bs_yaml_scalar(struct bs_buf *out, struct bs_str text, bool flow);
/* "key:" with its indent, nothing behind. A key too long for its line is written as "? key" and a line ":". */
void bs_yaml_key(struct bs_buf *out, int indent, struct bs_str key);
/* "key: text" on a line; nothing when it is empty. */
void bs_yaml_text(struct bs_buf *out, int indent, const char *key, struct bs_str text);
/* The same for several lines, as a block where possible. */
void bs_yaml_lines(struct bs_buf *out, int indent, const char *key, struct bs_str text);
/* "key: 17" and the like: a word that is no text. */
void bs_yaml_word(struct bs_buf *out, int indent, const char *key, const char *word);
/* "key: [a, b]" on a line; nothing when there are none. */
void bs_yaml_list(struct bs_buf *out, int indent, const char *key, const struct bs_str *items, size_t count);
/* "key: 2025-11-14T09:30:00+02:00", at an offset from UTC in minutes; only the day of it when `day`; nothing for 0. */
void bs_yaml_time(struct bs_buf *out, int indent, const char *key, int64_t time, int offset, bool day);
/* Members of an object, each on lines of its own. */
void bs_yaml_members(struct bs_buf *out, int indent, const struct bs_json *object);

#endif
