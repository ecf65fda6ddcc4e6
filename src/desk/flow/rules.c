/* rules.c - the page on which the rules of the house style are kept. */
#include <inttypes.h>

#include "base/limits.h"
#include "desk/flow/style.h"
#include "desk/pages.h"

enum { REASON_MAX = 500 };

struct ruling {
	struct bs_visit *visit;
	struct bs_style_rule rule; /* as it was sent; id 0: a new one */
	bool remove, gone, taken;
	struct bs_str fault;
};

static void put_form(struct ruling *r, struct bs_dict *view)
{
	struct bs_visit *visit = r->visit;
	const struct bs_publication *p = visit->publication;
	struct bs_choice *langs = BS_ARRAY(visit->arena, p->lang_count + 1, struct bs_choice);
	struct bs_value *fields = BS_ARRAY(visit->arena, 4, struct bs_value);

	langs[0] = (struct bs_choice){ BS_STR(""), bs_word(visit, BS_DESK_MSG_style_all) };
	for (size_t i = 0; i < p->lang_count; i++)
		langs[i + 1] = (struct bs_choice){ p->langs[i]->code, p->langs[i]->own_name };
	fields[0] = bs_field_value(visit, &(struct bs_field){ .name = "pattern", .label = bs_word(visit, BS_DESK_MSG_style_pattern), .required = true,
		.hint = bs_word(visit, BS_DESK_MSG_style_pattern_hint), .value = r->rule.pattern, .error = r->fault, .max = BS_STYLE_PATTERN });
	fields[1] = bs_field_value(visit, &(struct bs_field){ .name = "suggestion", .label = bs_word(visit, BS_DESK_MSG_style_suggestion),
		.value = r->rule.suggestion, .max = BS_STYLE_PATTERN });
	fields[2] = bs_field_value(visit, &(struct bs_field){ .name = "reason", .label = bs_word(visit, BS_DESK_MSG_style_reason),
		.value = r->rule.reason, .max = REASON_MAX });
	fields[3] = bs_field_value(visit, &(struct bs_field){ .name = "lang", .label = bs_word(visit, BS_DESK_MSG_style_lang), .type = "select",
		.value = r->rule.lang, .choices = langs, .choice_count = p->lang_count + 1 });
	bs_put(view, BS_D_fields, bs_value_list(fields, 4));
	bs_put(view, BS_D_id, bs_value_int(r->rule.id));
	bs_put_text(view, BS_D_label, bs_word(visit, r->rule.id != 0 ? BS_DESK_MSG_style_change : BS_DESK_MSG_style_add));
}

static enum bs_rc print(struct ruling *r, struct bs_err *err)
{
	struct bs_visit *visit = r->visit;
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_style_title));
	struct bs_style_rule *rules;
	struct bs_value *rows;
	size_t count;
	int64_t asked = 0;
	enum bs_rc rc = bs_style_rules(visit->arena, visit->db, BS_STR(""), &rules, &count, err);

	if (rc != BS_OK)
		return rc;
	rows = BS_ARRAY(visit->arena, count, struct bs_value);
	if (bs_str_int(bs_visit_asked(visit, "rule"), &asked) != BS_OK)
		asked = 0;
	for (size_t i = 0; i < count; i++) {
		const struct bs_lang *lang = bs_lang_find(rules[i].lang);
		struct bs_dict *dict = bs_dict_new(visit->arena, 6);
		if (rules[i].id == asked && r->fault.len == 0)
			r->rule = rules[i];
		bs_put(dict, BS_D_id, bs_value_int(rules[i].id));
		bs_put_text(dict, BS_D_name, rules[i].pattern);
		bs_put_text(dict, BS_D_value, rules[i].suggestion);
		bs_put_text(dict, BS_D_reason, rules[i].reason);
		bs_put_text(dict, BS_D_lang, lang != NULL ? lang->code : BS_STR(""));
		bs_put_text(dict, BS_D_text, lang != NULL ? lang->own_name : bs_word(visit, BS_DESK_MSG_style_all));
		rows[i] = bs_value_dict(dict);
	}
	bs_put(view, BS_D_rows, bs_value_list(rows, count));
	bs_put_flag(view, BS_D_has_rows, count > 0);
	put_form(r, view);
	return bs_desk_print(visit, "rules", view, err);
}

BS_DESK_SHOW(rules)
{
	struct ruling r = { .visit = visit };

	return print(&r, err);
}

static enum bs_rc write_rule(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct ruling *r = ctx;
	const struct bs_style_rule *rule = &r->rule;
	struct bs_audit_entry entry = { .action = BS_STR("style.change"), .subject = rule->pattern, .detail = rule->suggestion };
	int64_t other = 0, count = 0;
	enum bs_rc rc = bs_visit_may(r->visit, BS_ACT_STYLE, 0, err);

	r->taken = r->gone = false;
	if (rc == BS_OK)
		rc = bs_db_int(db, BS_Q_house_rule_find, BS_VALUES(bs_text(rule->lang), bs_text(rule->pattern)), &other, err);
	rc = rc == BS_NOT_FOUND ? BS_OK : rc;
	if (rc == BS_OK)
		rc = bs_db_int(db, BS_Q_house_rule_count, BS_NO_VALUES, &count, err);
	r->taken = !r->remove && ((rule->id != 0 && other != 0 && other != rule->id) || (rule->id == 0 && other == 0 && count >= BS_STYLE_RULES));
	if (rc != BS_OK || r->taken)
		return rc;
	if (r->remove)
		rc = bs_db_exec(db, BS_Q_house_rule_remove, BS_VALUES(bs_int(rule->id)), err);
	else if (rule->id != 0)
		rc = bs_db_exec(db, BS_Q_house_rule_set, BS_VALUES(bs_int(rule->id), bs_text(rule->lang), bs_text(rule->pattern),
		                bs_text(rule->reason), bs_text(rule->suggestion), bs_int(r->visit->now)), err);
	else /* the same form once more, or the same words again: the rule there is takes what was said last */
		rc = bs_db_exec(db, BS_Q_house_rule_put, BS_VALUES(bs_text(rule->lang), bs_text(rule->pattern), bs_text(rule->reason),
		                bs_text(rule->suggestion), bs_int(r->visit->now)), err);
	if (r->remove)
		entry.action = BS_STR("style.remove");
	r->gone = rc == BS_OK && (r->remove || rule->id != 0) && bs_db_changed(db) == 0;
	return rc == BS_OK && !r->gone ? bs_visit_tell(r->visit, db, entry, err) : rc;
}

/* What is wrong with it, or empty. */
static struct bs_str fault_of(const struct ruling *r)
{
	const struct bs_style_rule *rule = &r->rule;

	if (rule->pattern.len == 0 || bs_str_eq(rule->pattern, BS_STR("*")))
		return bs_word(r->visit, BS_DESK_MSG_fault_pattern);
	if (rule->pattern.len > BS_STYLE_PATTERN || rule->suggestion.len > BS_STYLE_PATTERN || rule->reason.len > REASON_MAX)
		return bs_word(r->visit, BS_DESK_MSG_fault_long);
	return BS_STR("");
}

BS_DESK_ACT(rules)
{
	struct ruling r = { .visit = visit, .remove = bs_str_eq(bs_visit_field(visit, "do"), BS_STR("remove")) };
	const struct bs_lang *lang = bs_lang_find(bs_visit_field(visit, "lang"));
	enum bs_rc rc = BS_OK;

	r.rule = (struct bs_style_rule){ .pattern = bs_str_trim(bs_visit_field(visit, "pattern")), .lang = lang != NULL ? lang->code : BS_STR(""),
		.reason = bs_str_trim(bs_visit_field(visit, "reason")), .suggestion = bs_str_trim(bs_visit_field(visit, "suggestion")) };
	if (bs_str_int(bs_visit_field(visit, "rule"), &r.rule.id) != BS_OK)
		r.rule.id = 0;
	r.fault = r.remove ? BS_STR("") : fault_of(&r);
	if (r.fault.len == 0)
		rc = bs_visit_write(visit, write_rule, &r, err);
	if (rc != BS_OK)
		return rc;
	if (r.taken)
		r.fault = bs_word(visit, BS_DESK_MSG_fault_pattern_taken);
	if (r.fault.len > 0) {
		visit->status = 422;
		return print(&r, err);
	}
	bs_visit_redirect(visit, BS_STR("/desk/style"), r.remove || r.gone ? "rule-removed" : "rule-saved");
	return BS_OK;
}
