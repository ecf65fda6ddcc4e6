/* value.c - symbols and dictionaries; see value.h.
 *
 * A dictionary is an open-addressed table from symbol to value, at most 3/4 full, the names apart from the values so
 * that a search touches one line of memory. Symbols are small consecutive numbers: multiplied by the golden ratio they
 * spread evenly, so that a search ends at once, found or not, in a view of 30 names and a catalogue of 300 alike. */
#include "text/value.h"

#include <assert.h>

#include <stdlib.h>

#include "base/map.h"

struct bs_symbols {
	struct bs_arena *arena;
	struct bs_map ids;     /* name → id, as a pointer */
	struct bs_str *names;  /* by id */
	size_t room;           /* of names */
	uint16_t count;
};

enum { ROOM = 256 };

struct bs_symbols *bs_symbols_new(void)
{
	struct bs_symbols *symbols = bs_alloc(sizeof(*symbols));

	symbols->arena = bs_arena_new();
	symbols->ids = BS_MAP(symbols->arena);
	BS_GROW(symbols->arena, symbols->names, 0, symbols->room, ROOM); /* number 0 is no name */
	return symbols;
}

struct bs_symbols *bs_symbols_of(const struct bs_str *names, size_t count)
{
	struct bs_symbols *symbols = bs_symbols_new();

	for (size_t i = 0; i < count; i++) {
		uint16_t id = bs_symbols_intern(symbols, names[i]);
		assert(id == i + 1);
		(void)id;
	}
	return symbols;
}

struct bs_symbols *bs_symbols_copy(const struct bs_symbols *symbols)
{
	struct bs_symbols *copy = bs_symbols_new();

	for (uint16_t id = 1; id <= symbols->count && id != 0; id++)
		(void)bs_symbols_intern(copy, symbols->names[id]);
	return copy;
}

void bs_symbols_free(struct bs_symbols **symbols)
{
	if (*symbols == NULL)
		return;
	bs_arena_free(&(*symbols)->arena);
	free(*symbols);
	*symbols = NULL;
}

uint16_t bs_symbols_intern(struct bs_symbols *symbols, struct bs_str name)
{
	uint16_t id = bs_symbols_find(symbols, name);

	if (id != 0 || symbols->count == UINT16_MAX)
		return id;
	BS_GROW(symbols->arena, symbols->names, (size_t)symbols->count + 1, symbols->room, ROOM);
	id = ++symbols->count;
	symbols->names[id] = bs_arena_copy(symbols->arena, name);
	*bs_map_put(&symbols->ids, symbols->names[id]) = (void *)(uintptr_t)id;
	return id;
}

uint16_t bs_symbols_find(const struct bs_symbols *symbols, struct bs_str name)
{
	return (uint16_t)(uintptr_t)bs_map_get(&symbols->ids, name);
}

struct bs_str bs_symbols_name(const struct bs_symbols *symbols, uint16_t id)
{
	return id != 0 && id <= symbols->count ? symbols->names[id] : BS_STR("");
}

uint16_t bs_symbols_count(const struct bs_symbols *symbols)
{
	return symbols->count;
}

struct bs_dict {
	struct bs_arena *arena;
	uint16_t *names; /* 0: free */
	struct bs_value *values;
	unsigned bits; /* the table has 2^bits places */
	unsigned count;
};

enum { LEAST_BITS = 3, MOST_BITS = 17 };

/* Where a name is looked for first: the top bits of its product with 2^32 / phi. */
static inline unsigned place(uint16_t name, unsigned bits)
{
	return (uint32_t)(name * UINT32_C(2654435769)) >> (32 - bits);
}

static void dict_table(struct bs_dict *dict, unsigned bits)
{
	size_t room = (size_t)1 << bits;

	dict->bits = bits;
	dict->values = bs_arena_alloc(dict->arena, room * (sizeof(*dict->values) + sizeof(*dict->names)));
	dict->names = (uint16_t *)(void *)(dict->values + room);
}

struct bs_dict *bs_dict_new(struct bs_arena *arena, size_t expected)
{
	struct bs_dict *dict = BS_NEW(arena, struct bs_dict);
	unsigned bits = LEAST_BITS;

	while (bits < MOST_BITS && expected > ((size_t)3 << bits) / 4)
		bits++;
	dict->arena = arena;
	dict_table(dict, bits);
	return dict;
}

/* The name's place, or the free one where it would go. */
static inline unsigned dict_find(const struct bs_dict *dict, uint16_t name)
{
	unsigned mask = (1u << dict->bits) - 1;
	unsigned at = place(name, dict->bits);

	while (dict->names[at] != name && dict->names[at] != 0)
		at = (at + 1) & mask;
	return at;
}

static void dict_grow(struct bs_dict *dict)
{
	struct bs_dict old = *dict;

	dict_table(dict, old.bits + 1);
	for (unsigned from = 0; from < 1u << old.bits; from++) {
		if (old.names[from] == 0)
			continue;
		unsigned at = dict_find(dict, old.names[from]);
		dict->names[at] = old.names[from];
		dict->values[at] = old.values[from];
	}
}

void bs_dict_set(struct bs_dict *dict, uint16_t name, struct bs_value value)
{
	unsigned at = dict_find(dict, name);

	if (name == 0)
		return;
	if (dict->names[at] == 0) {
		if (4 * (dict->count + 1) > 3u << dict->bits) {
			dict_grow(dict);
			at = dict_find(dict, name);
		}
		dict->names[at] = name;
		dict->count++;
	}
	dict->values[at] = value;
}

const struct bs_value *bs_dict_get(const struct bs_dict *dict, uint16_t name)
{
	unsigned at = dict_find(dict, name);

	return dict->names[at] != 0 ? &dict->values[at] : NULL;
}

size_t bs_dict_count(const struct bs_dict *dict)
{
	return dict->count;
}

bool bs_value_true(const struct bs_value *value)
{
	switch ((enum bs_value_kind)value->kind) {
	case BS_VALUE_NULL:
		return false;
	case BS_VALUE_BOOL:
		return value->boolean;
	case BS_VALUE_INT:
		return value->integer != 0;
	case BS_VALUE_TEXT:
	case BS_VALUE_MARKUP:
	case BS_VALUE_LIST:
		return value->len > 0;
	case BS_VALUE_NUMBER:
	case BS_VALUE_DICT:
	case BS_VALUE_CALL:
		return true;
	}
	return false;
}
