/* value.c - symbols and dictionaries; see value.h, and dict.h for how a dictionary lies. */
#include "text/dict.h"

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

enum { LEAST_BITS = 7, MOST_BITS = 17 };

/* Names and values live in these bytes, which are zero. */
static void dict_place(struct bs_dict *dict, void *bytes, unsigned room)
{
	dict->room = room;
	dict->values = bytes;
	dict->names = (uint16_t *)(void *)(dict->values + room);
}

static unsigned room_for(size_t expected, unsigned *bits)
{
	*bits = 0;
	if (expected <= BS_DICT_ORDERED)
		return expected == 0 ? BS_DICT_STEP : ((unsigned)expected + BS_DICT_STEP - 1) / BS_DICT_STEP * BS_DICT_STEP;
	*bits = LEAST_BITS;
	while (*bits < MOST_BITS && expected > ((size_t)3 << *bits) / 4)
		(*bits)++;
	return 1u << *bits;
}

enum { SLOT = sizeof(struct bs_value) + sizeof(uint16_t) };

struct bs_dict *bs_dict_new(struct bs_arena *arena, size_t expected)
{
	unsigned bits, room = room_for(expected, &bits);
	struct {
		struct bs_dict dict;
		struct bs_value values[];
	} *made = bs_arena_alloc(arena, sizeof(*made) + (size_t)room * SLOT);

	made->dict.arena = arena;
	made->dict.bits = bits;
	dict_place(&made->dict, made->values, room);
	return &made->dict;
}

static bool dict_full(const struct bs_dict *dict)
{
	return dict->bits == 0 ? dict->count == dict->room : 4 * (dict->count + 1) > 3 * dict->room;
}

static void dict_grow(struct bs_dict *dict)
{
	struct bs_dict old = *dict;
	unsigned room = room_for((size_t)old.count + 1, &dict->bits);

	dict_place(dict, bs_arena_alloc(dict->arena, (size_t)room * SLOT), room);
	dict->count = 0;
	for (unsigned from = 0; from < old.room; from++) {
		if (old.names[from] != 0)
			bs_dict_set(dict, old.names[from], old.values[from]);
	}
}

/* Into a table, or where there is no room: apart, so that setting a name saves no registers for it. */
static __attribute__((noinline)) void set_rarely(struct bs_dict *dict, uint16_t name, struct bs_value value)
{
	unsigned at = bs_dict_place(dict, name);

	if (name == 0)
		return;
	if (at == dict->room || dict->names[at] == 0) {
		if (dict_full(dict)) {
			dict_grow(dict);
			at = bs_dict_place(dict, name);
		}
		dict->names[at] = name;
		dict->count++;
	}
	dict->values[at] = value;
}

void bs_dict_set(struct bs_dict *dict, uint16_t name, struct bs_value value)
{
	unsigned at = dict->bits == 0 ? bs_dict_place_ordered(dict, name) : dict->room;

	if (at == dict->room || name == 0) {
		set_rarely(dict, name, value);
		return;
	}
	dict->names[at] = name;
	dict->values[at] = value;
	dict->count += at == dict->count;
}

const struct bs_value *bs_dict_get(const struct bs_dict *dict, uint16_t name)
{
	return bs_dict_look(dict, name);
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
