/* style.c - see style.h. */
#include "desk/flow/style.h"

#include <inttypes.h>

#include "lang/phrase.h"
#include "text/markup.h"

enum { FIELDS = 3, AROUND = 40 };

struct styling {
	struct bs_visit *visit;
	const struct bs_style_rule *rules;
	size_t rule_count;
	struct bs_value *hints;
	size_t count;
	int64_t story_id;
	int64_t steps;
};

enum bs_rc bs_style_rules(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, struct bs_style_rule **out, size_t *count,
                          struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	size_t room = 0;
	enum bs_rc rc = bs_db_query(db, BS_Q_house_rules, BS_VALUES(bs_text(lang), bs_int(BS_STYLE_RULES)), &stmt, err);

	*out = NULL;
	*count = 0;
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		BS_GROW(arena, *out, *count, room, 32);
		(*out)[(*count)++] = (struct bs_style_rule){
			.id = bs_stmt_int(stmt, BS_C_house_rules_id),
			.lang = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_house_rules_lang)),
			.pattern = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_house_rules_pattern)),
			.reason = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_house_rules_reason)),
			.suggestion = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_house_rules_suggestion)),
		};
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* The suggestion with a capital where the words in its place begin with one, which the rule does not ask for, and go on small. */
static struct bs_str suited(struct styling *s, const struct bs_style_rule *rule, struct bs_str written)
{
	struct bs_str suggestion = rule->suggestion;
	bool exact = rule->pattern.ptr[0] >= 'A' && rule->pattern.ptr[0] <= 'Z';
	bool capital = written.len > 1 && written.ptr[0] >= 'A' && written.ptr[0] <= 'Z' && written.ptr[1] >= 'a' && written.ptr[1] <= 'z';

	if (!capital || exact || suggestion.len == 0 || suggestion.ptr[0] < 'a' || suggestion.ptr[0] > 'z')
		return suggestion;
	return bs_arena_printf(s->visit->arena, "%c%.*s", suggestion.ptr[0] - 'a' + 'A', (int)suggestion.len - 1, suggestion.ptr + 1);
}

static void put_hint(struct styling *s, const struct bs_style_rule *rule, struct bs_str text, size_t at, size_t len, struct bs_str place)
{
	struct bs_arena *arena = s->visit->arena;
	struct bs_dict *dict = bs_dict_new(arena, 7);
	struct bs_str written = bs_arena_copy(arena, bs_str_sub(text, at, len)), before, after;
	size_t from = at > AROUND ? at - AROUND : 0;

	while (from > 0 && ((unsigned char)text.ptr[from] & 0xC0) == 0x80)
		from--;
	bs_put_text(dict, BS_D_name, written);
	before = bs_str_sub(text, from, at - from);
	after = bs_str_utf8_prefix(bs_str_sub(text, at + len, SIZE_MAX), AROUND);
	bs_put_text(dict, BS_D_before, bs_arena_printf(arena, "%s%.*s", from > 0 ? "…" : "", (int)before.len, before.ptr));
	bs_put_text(dict, BS_D_text, bs_arena_printf(arena, "%.*s%s", (int)after.len, after.ptr, at + len + after.len < text.len ? "…" : ""));
	bs_put_text(dict, BS_D_value, suited(s, rule, written));
	bs_put_text(dict, BS_D_reason, rule->reason);
	bs_put_text(dict, BS_D_href, place);
	s->hints[s->count++] = bs_value_dict(dict);
}

/* `place`: a link to the passage. */
static void look(struct styling *s, struct bs_str markup, struct bs_str place)
{
	struct bs_str text = bs_markup_plain(s->visit->arena, markup);

	for (size_t i = 0; i < s->rule_count; i++) {
		size_t from = 0, at, len;
		s->steps += (int64_t)text.len;
		while (s->count < BS_STYLE_HINTS && s->steps < BS_STYLE_STEPS && bs_phrase_find(text, s->rules[i].pattern, from, &at, &len)) {
			put_hint(s, &s->rules[i], text, at, len, place);
			s->steps += (int64_t)text.len;
			from = at + len;
		}
	}
}

enum bs_rc bs_style_put(struct bs_visit *visit, struct bs_dict *view, int64_t story_id, const struct bs_draft *draft, struct bs_err *err)
{
	const struct bs_str fields[FIELDS] = { draft->title, draft->subtitle, draft->summary };
	static const char *const anchors[FIELDS] = { "#f-title", "#f-subtitle", "#f-summary" };
	struct styling s = { .visit = visit, .story_id = story_id };
	struct bs_dict *dict = bs_dict_new(visit->arena, 3);
	struct bs_style_rule *rules;
	enum bs_rc rc = bs_style_rules(visit->arena, visit->db, draft->lang, &rules, &s.rule_count, err);

	if (rc != BS_OK || s.rule_count == 0)
		return rc;
	s.rules = rules;
	s.hints = BS_ARRAY(visit->arena, BS_STYLE_HINTS, struct bs_value);
	for (size_t i = 0; i < FIELDS; i++)
		look(&s, fields[i], bs_str_c(anchors[i]));
	for (size_t i = 0; i < draft->body.count; i++)
		look(&s, draft->body.blocks[i].markup, bs_arena_printf(visit->arena, "/desk/story/%" PRId64 "/preview#p-%zu", story_id, i + 1));
	bs_put(dict, BS_D_items, bs_value_list(s.hints, s.count));
	bs_put_text(dict, BS_D_label, bs_desk_say_style_hints(visit->arena, visit->lang, (int64_t)s.count));
	if (s.count > 0)
		bs_put(view, BS_D_hints, bs_value_dict(dict));
	return BS_OK;
}
