/* random.h - random values for properties: the same for the same seed. Text is made of what writers of files get wrong. */
#ifndef BS_TESTS_RANDOM_H
#define BS_TESTS_RANDOM_H

#include "text/json.h"

struct random {
	struct bs_arena *arena;
	uint64_t state; /* never 0 */
};

/* xorshift64*; below `end` */
static inline size_t random_below(struct random *r, size_t end)
{
	r->state ^= r->state >> 12;
	r->state ^= r->state << 25;
	r->state ^= r->state >> 27;
	return (size_t)((r->state * 0x2545F4914F6CDD1DULL) >> 33) % end;
}

static inline bool random_chance(struct random *r, size_t one_in)
{
	return random_below(r, one_in) == 0;
}

/* Pieces that mean something to YAML, Markdown, HTML or other tools, and letters of several scripts. */
static inline struct bs_str random_piece(struct random *r)
{
	static const struct bs_str pieces[] = {
		BS_STR_INIT("a"), BS_STR_INIT("Word"), BS_STR_INIT(" "), BS_STR_INIT(" "), BS_STR_INIT(": "), BS_STR_INIT(":"),
		BS_STR_INIT(" #"), BS_STR_INIT("#"), BS_STR_INIT("- "), BS_STR_INIT("-"),
		BS_STR_INIT("---"), BS_STR_INIT("..."), BS_STR_INIT("? "), BS_STR_INIT("|"),
		BS_STR_INIT(">"), BS_STR_INIT("["), BS_STR_INIT("]"),
		BS_STR_INIT("{"), BS_STR_INIT("}"), BS_STR_INIT(","), BS_STR_INIT("&"),
		BS_STR_INIT("*"), BS_STR_INIT("**"), BS_STR_INIT("_"),
		BS_STR_INIT("!"), BS_STR_INIT("%"), BS_STR_INIT("@"), BS_STR_INIT("`"),
		BS_STR_INIT("\""), BS_STR_INIT("'"), BS_STR_INIT("\\"),
		BS_STR_INIT("\\n"), BS_STR_INIT("<b>"), BS_STR_INIT("<"), BS_STR_INIT("&amp;"),
		BS_STR_INIT("&#39;"), BS_STR_INIT(";"), BS_STR_INIT("true"), BS_STR_INIT("No"), BS_STR_INIT("null"), BS_STR_INIT("~"),
		BS_STR_INIT("0"),
		BS_STR_INIT("17"), BS_STR_INIT("1.5"), BS_STR_INIT("2025-11-14"),
		BS_STR_INIT("=="), BS_STR_INIT("<<"), BS_STR_INIT("{{< x >}}"),
		BS_STR_INIT("{% y %}"), BS_STR_INIT("$"),
		BS_STR_INIT("(x)"), BS_STR_INIT("https://a.example/?b=c"), BS_STR_INIT("\xC3\xA9"),
		BS_STR_INIT("\xD7\xA9\xD7\x9C"), BS_STR_INIT("\xD8\xB9\xD8\xB1"),
		BS_STR_INIT("\xE4\xB8\xAD"), BS_STR_INIT("\xF0\x9F\xA7\x8A"),
		BS_STR_INIT("\xE2\x80\x9C"), BS_STR_INIT("\xC2\xA0"),
		BS_STR_INIT("\xE2\x80\xA8"), BS_STR_INIT("\xC2\x85"), BS_STR_INIT("\xEF\xBB\xBF"),
		BS_STR_INIT("\xEF\xBF\xBD"), BS_STR_INIT("\xE2\x80\x8F"), BS_STR_INIT("\x01"), BS_STR_INIT("\x7F"), BS_STR_INIT("\t"),
	};

	return pieces[random_below(r, BS_COUNT(pieces))];
}

/* Up to `pieces`; line breaks among them when `lines`. */
static inline struct bs_str random_text(struct random *r, size_t pieces, bool lines)
{
	struct bs_str parts[64];
	size_t count = random_below(r, pieces + 1);

	for (size_t i = 0; i < count && i < BS_COUNT(parts); i++)
		parts[i] = lines && random_chance(r, 8) ? BS_STR("\n") : random_piece(r);
	return bs_arena_join(r->arena, parts, count < BS_COUNT(parts) ? count : BS_COUNT(parts), BS_STR(""));
}

static inline void random_json(struct random *r, struct bs_json *to, struct bs_str name, int depth)
{
	size_t kind = random_below(r, depth > 0 ? 7 : 5);
	struct bs_json *inner;

	if (kind == 0) {
		bs_json_add_null(to, name);
	} else if (kind == 1) {
		bs_json_add_bool(to, name, random_chance(r, 2));
	} else if (kind == 2) {
		bs_json_add_int(to, name, (int64_t)random_below(r, 2000) - 1000);
	} else if (kind < 5) {
		bs_json_add_string(to, name, random_text(r, 8, true));
	} else {
		inner = kind == 5 ? bs_json_add_array(to, name) : bs_json_add_object(to, name);
		for (size_t i = random_below(r, 5); i > 0; i--) /* no name twice */
			random_json(r, inner, bs_arena_printf(r->arena, "%s%zu", random_text(r, 3, true).ptr, i), depth - 1);
	}
}

#endif
