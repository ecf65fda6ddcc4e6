/* rest.c - what nothing reads of a file's front matter, kept as JSON; see bs_fields_rest in fields.h. */
#include <inttypes.h>
#include <stdio.h>

#include "syndicate/import/read/fields.h"
#include "text/json.h"

/* Values, which is all that a file may have; but aliases can make a small tree endless in print. */
enum { REST_MAX = BS_MAX_DATA_NODES };

static void put_data(struct bs_json *to, struct bs_str name, const struct bs_data *data);

/* Take the values of the tree from those that are left; false when it has more. */
static bool count_values(const struct bs_data *data, size_t *left)
{
	bool fits = *left > 0;

	*left -= fits;
	for (size_t i = 0; i < data->count && fits; i++)
		fits = count_values(data->entries[i].value, left);
	return fits;
}

/* A number is what is written as every program writes it; 007 and +5 are text. */
static bool is_number(const struct bs_data *data, int64_t *number)
{
	char again[24];

	if (data->quoted || bs_str_int(data->text, number) != BS_OK || *number <= -1000000000000 || *number >= 1000000000000)
		return false;
	snprintf(again, sizeof(again), "%" PRId64, *number);
	return bs_str_eq(bs_str_c(again), data->text);
}

static void put_scalar(struct bs_json *to, struct bs_str name, const struct bs_data *data)
{
	int64_t number;
	bool yes;

	if (bs_data_is_bool(data, &yes) && (data->text.ptr[0] | 0x20) == (yes ? 't' : 'f'))
		bs_json_add_bool(to, name, yes);
	else if (is_number(data, &number))
		bs_json_add_int(to, name, number);
	else
		bs_json_add_string(to, name, data->text);
}

static void put_entries(struct bs_json *to, const struct bs_data *data)
{
	for (size_t i = 0; i < data->count; i++)
		put_data(to, data->entries[i].key, data->entries[i].value);
}

static void put_data(struct bs_json *to, struct bs_str name, const struct bs_data *data)
{
	if (data->kind == BS_DATA_NONE)
		bs_json_add_null(to, name);
	else if (data->kind == BS_DATA_TEXT)
		put_scalar(to, name, data);
	else if (data->kind == BS_DATA_LIST)
		put_entries(bs_json_add_array(to, name), data);
	else
		put_entries(bs_json_add_object(to, name), data);
}

struct bs_json *bs_fields_rest(const struct bs_fields *f)
{
	struct bs_json *rest = bs_json_new_object(f->arena);
	size_t left = REST_MAX;

	for (size_t i = 0; f->map != NULL && i < f->map->count; i++) {
		struct bs_entry *entry = &f->map->entries[i];
		size_t behind = left;

		if (entry->read)
			continue;
		if (count_values(entry->value, &behind)) {
			put_data(rest, entry->key, entry->value);
			left = behind;
			continue;
		}
		entry->read = true; /* told here */
		bs_remark(f->remarks, BS_REMARK_LOST_KEY, entry->line, entry->key,
		          bs_arena_printf(f->arena, "more than %d values are not kept", REST_MAX));
	}
	return rest->count > 0 ? rest : NULL;
}
