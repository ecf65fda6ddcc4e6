/* style.c - see style.h. */
#include "desk/flow/style.h"

#include <inttypes.h>

#include "desk/pages.h"
#include "lang/phrase.h"
#include "text/json.h"
#include "text/markup.h"

enum { FIELDS = 3, AROUND = 40 };

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

enum bs_rc bs_style_open(struct bs_arena *arena, struct bs_db *db, struct bs_str lang, struct bs_style *out, struct bs_err *err)
{
	struct bs_style_rule *rules;
	enum bs_rc rc;

	*out = (struct bs_style){ .arena = arena };
	rc = bs_style_rules(arena, db, lang, &rules, &out->rule_count, err);
	out->rules = rules;
	return rc;
}

/* The suggestion with a capital where the words in its place begin with one, which the rule does not ask for, and go on small. */
static struct bs_str suited(struct bs_arena *arena, const struct bs_style_rule *rule, struct bs_str written)
{
	struct bs_str suggestion = rule->suggestion;
	bool exact = rule->pattern.ptr[0] >= 'A' && rule->pattern.ptr[0] <= 'Z';
	bool capital = written.len > 1 && written.ptr[0] >= 'A' && written.ptr[0] <= 'Z' && written.ptr[1] >= 'a' && written.ptr[1] <= 'z';

	if (!capital || exact || suggestion.len == 0 || suggestion.ptr[0] < 'a' || suggestion.ptr[0] > 'z')
		return suggestion;
	return bs_arena_printf(arena, "%c%.*s", suggestion.ptr[0] - 'a' + 'A', (int)suggestion.len - 1, suggestion.ptr + 1);
}

void bs_style_look(struct bs_style *style, struct bs_str text,
                   void (*found)(void *ctx, struct bs_str text, const struct bs_style_found *found), void *ctx)
{
	for (size_t i = 0; i < style->rule_count; i++) {
		const struct bs_style_rule *rule = &style->rules[i];
		struct bs_style_found place = { .rule = rule };
		style->steps += (int64_t)text.len;
		for (size_t from = 0; style->found < BS_STYLE_HINTS && style->steps < BS_STYLE_STEPS &&
		     bs_phrase_find(text, rule->pattern, from, &place.at, &place.len); from = place.at + place.len) {
			style->found++;
			style->steps += (int64_t)text.len;
			place.suggestion = suited(style->arena, rule, bs_str_sub(text, place.at, place.len));
			found(ctx, text, &place);
		}
	}
}

/* --- the list in the form -------------------------------------------------------------------------------------------------------- */

struct listing {
	struct bs_arena *arena;
	struct bs_value *hints;
	size_t count;
	struct bs_str place; /* a link to the passage */
};

static void list_hint(void *ctx, struct bs_str text, const struct bs_style_found *found)
{
	struct listing *list = ctx;
	struct bs_arena *arena = list->arena;
	struct bs_dict *dict = bs_dict_new(arena, 7);
	size_t at = found->at, len = found->len, from = at > AROUND ? at - AROUND : 0;
	struct bs_str written = bs_arena_copy(arena, bs_str_sub(text, at, len)), before, after;

	while (from > 0 && ((unsigned char)text.ptr[from] & 0xC0) == 0x80)
		from--;
	bs_put_text(dict, BS_D_name, written);
	before = bs_str_sub(text, from, at - from);
	after = bs_str_utf8_prefix(bs_str_sub(text, at + len, SIZE_MAX), AROUND);
	bs_put_text(dict, BS_D_before, bs_arena_printf(arena, "%s%.*s", from > 0 ? "…" : "", (int)before.len, before.ptr));
	bs_put_text(dict, BS_D_text, bs_arena_printf(arena, "%.*s%s", (int)after.len, after.ptr, at + len + after.len < text.len ? "…" : ""));
	bs_put_text(dict, BS_D_value, found->suggestion);
	bs_put_text(dict, BS_D_reason, found->rule->reason);
	bs_put_text(dict, BS_D_href, list->place);
	list->hints[list->count++] = bs_value_dict(dict);
}

static void look(struct bs_style *style, struct listing *list, struct bs_str markup, struct bs_str place)
{
	list->place = place;
	bs_style_look(style, bs_markup_plain(style->arena, markup), list_hint, list);
}

enum bs_rc bs_style_put(struct bs_visit *visit, struct bs_dict *view, int64_t story_id, const struct bs_draft *draft, struct bs_err *err)
{
	const struct bs_str fields[FIELDS] = { draft->title, draft->subtitle, draft->summary };
	static const char *const anchors[FIELDS] = { "#f-title", "#f-subtitle", "#f-summary" };
	struct listing list = { .arena = visit->arena };
	struct bs_dict *dict = bs_dict_new(visit->arena, 3);
	struct bs_style style;
	enum bs_rc rc = bs_style_open(visit->arena, visit->db, draft->lang, &style, err);

	if (rc != BS_OK || style.rule_count == 0)
		return rc;
	list.hints = BS_ARRAY(visit->arena, BS_STYLE_HINTS, struct bs_value);
	for (size_t i = 0; i < FIELDS; i++)
		look(&style, &list, fields[i], bs_str_c(anchors[i]));
	for (size_t i = 0; i < draft->body.count; i++)
		look(&style, &list, draft->body.blocks[i].markup,
		     bs_arena_printf(visit->arena, "/desk/story/%" PRId64 "/preview#p-%zu", story_id, i + 1));
	bs_put(dict, BS_D_items, bs_value_list(list.hints, list.count));
	bs_put_text(dict, BS_D_label, bs_desk_say_style_hints(visit->arena, visit->lang, (int64_t)list.count));
	if (list.count > 0)
		bs_put(view, BS_D_hints, bs_value_dict(dict));
	return BS_OK;
}

/* --- for the writing surface ----------------------------------------------------------------------------------------------------- */

struct answering {
	struct bs_json *hints;
	int64_t line;
};

/* As scripts count: in units of UTF-16. */
static int64_t units_of(struct bs_str text)
{
	int64_t units = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		units += (c & 0xC0) != 0x80;
		units += c >= 0xF0;
	}
	return units;
}

static void answer_hint(void *ctx, struct bs_str text, const struct bs_style_found *found)
{
	struct answering *answer = ctx;
	struct bs_json *hint = bs_json_add_object(answer->hints, BS_STR(""));

	bs_json_add_int(hint, BS_STR("line"), answer->line);
	bs_json_add_int(hint, BS_STR("at"), units_of(bs_str_sub(text, 0, found->at)));
	bs_json_add_int(hint, BS_STR("length"), units_of(bs_str_sub(text, found->at, found->len)));
	bs_json_add_string(hint, BS_STR("with"), found->suggestion);
	bs_json_add_string(hint, BS_STR("reason"), found->rule->reason);
}

/* POST: `text`, one passage a line, of a story in `lang`; the answer says how many rules there are, and in which line and where in it each hint
 * is. Nothing is stored. */
BS_DESK_ACT(copy_hints)
{
	struct bs_json *json = bs_json_new_object(visit->arena);
	struct answering answer = { .hints = bs_json_add_array(json, BS_STR("hints")) };
	struct bs_str text = bs_visit_field(visit, "text"), line;
	struct bs_style style;
	enum bs_rc rc = bs_style_open(visit->arena, visit->db, bs_visit_field(visit, "lang"), &style, err);

	if (rc != BS_OK)
		return rc;
	for (; style.rule_count > 0 && text.len > 0 && bs_str_split(&text, '\n', &line); answer.line++)
		bs_style_look(&style, line, answer_hint, &answer);
	bs_json_add_int(json, BS_STR("rules"), (int64_t)style.rule_count);
	visit->type = BS_STR("application/json");
	return bs_json_write(json, visit->out, err);
}
