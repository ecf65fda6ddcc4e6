/* notices.c - blocks of text that many stories carry: the list; one notice in one language, and where it stands. Where it stands, and in
 * which stories, is the same in every language. */
#include <inttypes.h>

#include "desk/pages.h"
#include "desk/paper/whole.h"
#include "newsroom/catalog.h"
#include "newsroom/ledger.h"
#include "newsroom/vocabulary.h"
#include "text/json.h"
#include "text/markup.h"
#include "text/slug.h"

enum { NOTICES = 1000, BEGINS = 100 /* bytes */, USES = 20 };

static struct bs_str address_of(struct bs_visit *visit, struct bs_str slug, struct bs_str lang)
{
	return bs_arena_printf(visit->arena, "/desk/paper/notices/" BS_FMT "?lang=" BS_FMT, BS_ALL(slug), BS_ALL(lang));
}

static struct bs_value row_of(struct bs_visit *visit, const struct bs_stmt *stmt)
{
	struct bs_dict *dict = bs_dict_new(visit->arena, 9);
	struct bs_str slug = bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_notices_slug));
	const struct bs_lang *lang = bs_lang_find(bs_stmt_str(stmt, BS_C_paper_notices_lang));
	struct bs_str title = bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_notices_title));
	struct bs_str applies = bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_notices_applies));

	if (title.len == 0)
		title = bs_markup_beginning(visit->arena, bs_stmt_str(stmt, BS_C_paper_notices_markup), BEGINS);
	if (applies.len > 0 && applies.ptr[0] == '{')
		applies = BS_STR("rule");
	bs_put_text(dict, BS_D_href, address_of(visit, slug, lang != NULL ? lang->code : BS_STR("")));
	bs_put_text(dict, BS_D_title, title);
	bs_put_text(dict, BS_D_slug, slug);
	bs_put_text(dict, BS_D_lang, lang != NULL ? lang->code : BS_STR(""));
	bs_put_text(dict, BS_D_label, lang != NULL ? lang->own_name : BS_STR(""));
	bs_put_text(dict, BS_D_kind, bs_word_of(visit, "notice-kind.", bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_notices_kind))));
	bs_put_text(dict, BS_D_text, bs_word_of(visit, "notice-place.", bs_arena_copy(visit->arena, bs_stmt_str(stmt,
		BS_C_paper_notices_placement))));
	bs_put_text(dict, BS_D_detail, bs_word_of(visit, "notice-applies.", applies));
	return bs_value_dict(dict);
}

BS_DESK_SHOW(notices)
{
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_paper_notices));
	struct bs_value *rows = BS_ARRAY(visit->arena, NOTICES, struct bs_value);
	struct bs_stmt *stmt = NULL;
	size_t count = 0;
	enum bs_rc rc = bs_db_query(visit->db, BS_Q_paper_notices, BS_VALUES(bs_int(NOTICES)), &stmt, err);

	while (rc == BS_OK && count < NOTICES && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		rows[count++] = row_of(visit, stmt);
	bs_stmt_free(&stmt);
	if (rc != BS_OK && rc != BS_NOT_FOUND)
		return rc;
	bs_paper_tabs(visit, view);
	bs_put(view, BS_D_rows, bs_value_list(rows, count));
	bs_put_flag(view, BS_D_has_rows, count > 0);
	return bs_desk_print(visit, "paper-notices", view, err);
}

/* --- one notice ------------------------------------------------------------------------------------------------------------------ */

struct editing {
	struct bs_visit *visit;
	const struct bs_lang *lang;
	struct bs_str slug, kind, placement, applies, title;
	int64_t body_id;      /* 0: it says nothing in this language yet */
	struct bs_body body;
	bool known;           /* in any language */
	struct bs_whole *whole;
	struct bs_str fault;  /* above the form */
};

/* A rule as one line for each thing: "kind:opinion", "theme:energy". */
static struct bs_str rule_text(struct bs_visit *visit, struct bs_str applies)
{
	struct bs_buf out = BS_BUF(BS_MAX_FIELD);
	const struct bs_json *json = NULL;
	struct bs_str made;

	if (applies.len == 0 || applies.ptr[0] != '{' || bs_json_parse(visit->arena, applies, &json, NULL) != BS_OK)
		return BS_STR("");
	for (const struct bs_json *set = json->first; set != NULL; set = set->next) {
		for (const struct bs_json *word = set->kind == BS_JSON_ARRAY ? set->first : NULL; word != NULL; word = word->next)
			bs_buf_printf(&out, BS_FMT ":" BS_FMT "\n", BS_ALL(bs_str_sub(set->name, 0, set->name.len - 1)),
				BS_ALL(bs_json_string(word)));
	}
	made = bs_arena_copy(visit->arena, bs_str_trim(bs_buf_str(&out)));
	bs_buf_free(&out);
	return made;
}

static enum bs_rc rule_json(struct bs_visit *visit, struct bs_str text, struct bs_str *out, struct bs_err *err)
{
	static const struct bs_str sets[] = { BS_STR_INIT("kind"), BS_STR_INIT("region"), BS_STR_INIT("theme"),
		BS_STR_INIT("report"), BS_STR_INIT("tag") };
	struct bs_json *lists[BS_COUNT(sets)] = { NULL }, *json = bs_json_new_object(visit->arena);
	struct bs_buf buf = BS_BUF(BS_MAX_FIELD);
	struct bs_str line, name;
	enum bs_rc rc = BS_OK;

	while (text.len > 0 && rc == BS_OK && bs_str_split(&text, '\n', &line)) {
		size_t set = 0;
		enum bs_kind kind;
		line = bs_str_trim(line);
		if (line.len == 0)
			continue;
		bs_str_split(&line, ':', &name);
		while (set < BS_COUNT(sets) && !bs_str_eq(sets[set], bs_str_trim(name)))
			set++;
		line = bs_str_trim(line);
		if (set == BS_COUNT(sets) || !bs_slug_valid(line) || (set == 0 && bs_kind_of(line, &kind) != BS_OK)) {
			rc = bs_fail(err, BS_INVALID, "no rule");
			continue;
		}
		if (lists[set] == NULL)
			lists[set] = bs_json_add_array(json, bs_arena_printf(visit->arena, BS_FMT "s", BS_ALL(sets[set])));
		bs_json_add_string(lists[set], BS_STR(""), line);
	}
	if (rc == BS_OK && json->count == 0)
		rc = bs_fail(err, BS_INVALID, "an empty rule");
	if (rc == BS_OK)
		rc = bs_json_write(json, &buf, err);
	*out = bs_arena_copy(visit->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return rc;
}

/* Another language of it says where it stands; its own row, what it says. */
static void read_row(struct editing *e, const struct bs_stmt *stmt)
{
	struct bs_arena *arena = e->visit->arena;

	e->known = true;
	e->kind = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_paper_notice_kind));
	e->placement = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_paper_notice_placement));
	e->applies = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_paper_notice_applies));
	if (!bs_str_eq(bs_stmt_str(stmt, BS_C_paper_notice_lang), e->lang->code))
		return;
	e->title = bs_arena_copy(arena, bs_stmt_str(stmt, BS_C_paper_notice_title));
	e->body_id = bs_stmt_int(stmt, BS_C_paper_notice_body_id);
}

static enum bs_rc load(struct editing *e, struct bs_db *db, struct bs_err *err)
{
	struct bs_visit *visit = e->visit;
	struct bs_stmt *stmt = NULL;
	const struct bs_lang *lang = bs_lang_find(bs_visit_asked(visit, "lang"));
	enum bs_rc rc;

	*e = (struct editing){ .visit = visit, .lang = lang != NULL ? lang : visit->publication->lang, .kind = BS_STR("note"),
		               .placement = BS_STR("end"), .applies = BS_STR("listed") };
	if (visit->route->which != 0)
		return BS_OK;
	e->slug = visit->request->captures.text[BS_CAPTURE_SLUG];
	rc = bs_db_query(db, BS_Q_paper_notice, BS_VALUES(bs_text(e->slug)), &stmt, err);
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK)
		read_row(e, stmt);
	bs_stmt_free(&stmt);
	if (rc == BS_NOT_FOUND && e->known)
		rc = e->body_id != 0 ? bs_body_load(visit->arena, db, e->body_id, &e->body, err) : BS_OK;
	return rc;
}

static struct bs_field select_of(struct bs_visit *visit, const char *name, struct bs_str label, const char *prefix, const char *const *words,
                                 size_t count, struct bs_str value)
{
	struct bs_choice *choices = BS_ARRAY(visit->arena, count, struct bs_choice);

	for (size_t i = 0; i < count; i++)
		choices[i] = (struct bs_choice){ bs_str_c(words[i]), bs_word_of(visit, prefix, bs_str_c(words[i])) };
	return (struct bs_field){ .name = name, .label = label, .type = "select", .value = value, .choices = choices, .choice_count = count };
}

static void make_whole(struct editing *e)
{
	static const char *const kinds[] = { "note", "disclaimer", "permission", "fair-use", "copyright" };
	static const char *const places[] = { "before", "after", "end", "foot" };
	static const char *const stories[] = { "listed", "all", "elsewhere", "rule" };
	struct bs_visit *visit = e->visit;
	struct bs_str rule = rule_text(visit, e->applies);

	e->whole = bs_whole_new(visit);
	if (!e->known)
		bs_whole_add(e->whole, (struct bs_field){ .name = "slug", .label = bs_word(visit, BS_DESK_MSG_notices_slug),
			.hint = bs_word(visit, BS_DESK_MSG_notices_slug_hint), .required = true });
	bs_whole_add(e->whole, (struct bs_field){ .name = "title", .label = bs_word(visit, BS_DESK_MSG_notices_title), .value = e->title,
		.hint = bs_word(visit, BS_DESK_MSG_notices_title_hint), .max = BS_MAX_PERSON_NAME, .lang = e->lang->code, .rtl = e->lang->rtl });
	bs_whole_add(e->whole, (struct bs_field){ .name = "body", .label = bs_word(visit, BS_DESK_MSG_notices_text), .type = "area", .rows = 5,
		.value = bs_paper_markdown(visit, &e->body), .hint = bs_word(visit, BS_DESK_MSG_paper_markdown), .required = true,
		.lang = e->lang->code, .rtl = e->lang->rtl });
	bs_whole_add(e->whole, select_of(visit, "kind", bs_word(visit, BS_DESK_MSG_notices_kind), "notice-kind.", kinds, BS_COUNT(kinds), e->kind));
	bs_whole_add(e->whole, select_of(visit, "placement", bs_word(visit, BS_DESK_MSG_notices_place), "notice-place.",
		places, BS_COUNT(places), e->placement));
	bs_whole_add(e->whole, select_of(visit, "applies", bs_word(visit, BS_DESK_MSG_notices_applies), "notice-applies.", stories, BS_COUNT(stories),
		rule.len > 0 ? BS_STR("rule") : e->applies));
	bs_whole_add(e->whole, (struct bs_field){ .name = "rule", .label = bs_word(visit, BS_DESK_MSG_notices_rule), .type = "area", .value = rule,
		.hint = bs_word(visit, BS_DESK_MSG_notices_rule_hint) });
}

static void put_languages(struct editing *e, struct bs_dict *view)
{
	const struct bs_publication *p = e->visit->publication;
	struct bs_value *items = BS_ARRAY(e->visit->arena, p->lang_count, struct bs_value);

	for (size_t i = 0; i < p->lang_count; i++) {
		struct bs_dict *dict = bs_dict_new(e->visit->arena, 5);
		bs_put_text(dict, BS_D_href, address_of(e->visit, e->slug, p->langs[i]->code));
		bs_put_text(dict, BS_D_label, p->langs[i]->own_name);
		bs_put_text(dict, BS_D_lang, p->langs[i]->code);
		bs_put_flag(dict, BS_D_current, p->langs[i] == e->lang);
		items[i] = bs_value_dict(dict);
	}
	bs_put(view, BS_D_groups, bs_value_list(items, e->known ? p->lang_count : 0));
}

/* What was typed, as readers would see it; else what is stored. */
static struct bs_str wording(struct editing *e, const struct bs_body *body)
{
	struct bs_buf out = BS_BUF(BS_MAX_DESK_BODY);
	struct bs_str made;

	bs_body_html(&out, body, &(struct bs_body_html_options){ .heading_offset = 1 });
	made = bs_arena_copy(e->visit->arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return made;
}

/* What would lose it: those that name it, and those that its place in the paper gives it to. */
static enum bs_rc put_uses(struct editing *e, struct bs_dict *view, struct bs_err *err)
{
	struct bs_visit *visit = e->visit;
	struct bs_value *rows = BS_ARRAY(visit->arena, USES, struct bs_value);
	struct bs_dict *removal = bs_dict_new(visit->arena, 3);
	struct bs_stmt *stmt = NULL;
	int64_t named = 0;
	size_t count = 0;
	bool placed = !bs_str_eq(e->applies, BS_STR("listed")), rule = e->applies.len > 0 && e->applies.ptr[0] == '{';
	enum bs_rc rc = bs_db_int(visit->db, BS_Q_paper_notice_count, BS_VALUES(bs_text(e->slug)), &named, err);

	if (rc == BS_OK)
		rc = bs_db_query(visit->db, BS_Q_paper_notice_stories, BS_VALUES(bs_text(e->slug), bs_int(USES)), &stmt, err);
	while (rc == BS_OK && count < USES && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		struct bs_dict *dict = bs_dict_new(visit->arena, 4);
		bs_put_text(dict, BS_D_href, bs_arena_printf(visit->arena, "/desk/story/%" PRId64, bs_stmt_int(stmt, BS_C_paper_notice_stories_id)));
		bs_put_text(dict, BS_D_title, bs_markup_plain(visit->arena, bs_stmt_str(stmt, BS_C_paper_notice_stories_title)));
		bs_put_text(dict, BS_D_lang, bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_notice_stories_lang)));
		bs_put(dict, BS_D_status, bs_status_badge(visit, bs_arena_copy(visit->arena, bs_stmt_str(stmt, BS_C_paper_notice_stories_status))));
		rows[count++] = bs_value_dict(dict);
	}
	bs_stmt_free(&stmt);
	bs_put_text(removal, BS_D_text, bs_desk_say_notices_named(visit->arena, visit->lang, named));
	bs_put(removal, BS_D_placed, placed ? bs_notice_value(visit, BS_TONE_WARN, bs_desk_say_notices_placed(visit->arena, visit->lang,
		bs_word_of(visit, "notice-applies.", rule ? BS_STR("rule") : e->applies))) : bs_value_null());
	bs_put(removal, BS_D_rows, bs_value_list(rows, count));
	bs_put(view, BS_D_removal, bs_value_dict(removal));
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static enum bs_rc print(struct editing *e, const struct bs_body *body, struct bs_err *err)
{
	struct bs_visit *visit = e->visit;
	struct bs_str title = e->title.len > 0 ? e->title : e->known ? bs_word_of(visit, "notice-kind.", e->kind)
		: bs_desk_say_paper_new(visit->arena, visit->lang, bs_word(visit, BS_DESK_MSG_notices_one));
	struct bs_dict *view = bs_desk_view(visit, title);
	enum bs_rc rc = BS_OK;

	bs_paper_tabs(visit, view);
	bs_whole_put(e->whole, view);
	bs_put(view, BS_D_removal, bs_value_null());
	if (e->known)
		rc = put_uses(e, view, err);
	if (e->fault.len > 0)
		bs_put(view, BS_D_error, bs_notice_value(visit, BS_TONE_BAD, e->fault));
	bs_put_text(view, BS_D_action, e->known ? address_of(visit, e->slug, e->lang->code) : BS_STR("/desk/paper/notices/new"));
	bs_put_text(view, BS_D_account, e->whole->fields[e->known ? 0 : 1].value);
	/* Written by the body writer from sanitised blocks. */
	bs_put(view, BS_D_body, bs_value_markup(wording(e, body)));
	bs_put_text(view, BS_D_kind, e->lang->code);
	bs_put_text(view, BS_D_detail, e->lang->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	put_languages(e, view);
	return rc == BS_OK ? bs_desk_print(visit, "paper-notice", view, err) : rc;
}

BS_DESK_SHOW(notice)
{
	struct editing e = { .visit = visit };
	enum bs_rc rc = load(&e, visit->db, err);

	if (rc != BS_OK)
		return rc;
	make_whole(&e);
	return print(&e, &e.body, err);
}

/* --- saving ---------------------------------------------------------------------------------------------------------------------- */

struct saving {
	struct editing e;
	struct bs_body body; /* as typed */
	bool preview;
};

static enum bs_rc take(struct saving *s, struct bs_db *db, struct bs_err *err)
{
	struct editing *e = &s->e;
	struct bs_err ignored;
	int64_t id;

	if (!e->known) {
		e->slug = bs_whole_value(e->whole, "slug");
		if (!bs_slug_valid(e->slug))
			bs_whole_complain(e->whole, "slug", bs_word(e->visit, BS_DESK_MSG_fault_slug));
		else if (bs_db_int(db, BS_Q_notice_known, BS_VALUES(bs_text(e->slug)), &id, err) == BS_OK)
			bs_whole_complain(e->whole, "slug", bs_word(e->visit, BS_DESK_MSG_notices_slug_taken));
	}
	e->kind = bs_whole_value(e->whole, "kind");
	e->placement = bs_whole_value(e->whole, "placement");
	e->applies = bs_whole_value(e->whole, "applies");
	if (bs_str_eq(e->applies, BS_STR("rule")) && rule_json(e->visit, bs_whole_value(e->whole, "rule"), &e->applies, &ignored) != BS_OK)
		bs_whole_complain(e->whole, "rule", bs_word(e->visit, BS_DESK_MSG_notices_rule_fault));
	if (bs_paper_body(e->whole, "body", e->lang->code, &s->body) && s->body.count == 0)
		bs_whole_complain(e->whole, "body", bs_word(e->visit, BS_DESK_MSG_notices_empty));
	return BS_OK;
}

static enum bs_rc write_notice(struct saving *s, struct bs_db *db, struct bs_err *err)
{
	struct editing *e = &s->e;
	struct bs_notice_draft notice = { .slug = e->slug, .lang = e->lang->code, .kind = e->kind, .placement = e->placement,
		.applies = e->applies, .title = bs_whole_value(e->whole, "title"), .body = s->body };
	bool changed;
	int64_t id;
	enum bs_rc rc = bs_notice_save(e->visit->arena, db, &notice, &id, &changed, err);

	/* A title can be taken away, and all languages stand in the same place: the site's tag is touched by either. */
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_paper_notice_retitle, BS_VALUES(bs_text(e->slug), bs_text(e->lang->code), bs_text(notice.title)), err);
	if (rc == BS_OK)
		rc = bs_db_exec(db, BS_Q_paper_notice_place, BS_VALUES(bs_text(e->slug), bs_text(e->kind),
			bs_text(e->placement), bs_text(e->applies)), err);
	if (rc == BS_OK) {
		char tag[BS_TAG_MAX];
		rc = bs_change_touch(db, bs_tag(BS_TAG_SITE, 0, tag), err);
	}
	return rc == BS_OK ? bs_visit_tell(e->visit, db, (struct bs_audit_entry){ .action = bs_str_c(e->known ? "notice.change" : "notice.create"),
		.subject = e->slug, .detail = e->lang->code }, err) : rc;
}

static enum bs_rc save(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct saving *s = ctx;
	enum bs_rc rc = load(&s->e, db, err);

	if (rc != BS_OK)
		return rc;
	make_whole(&s->e);
	bs_whole_take(s->e.whole);
	if (s->e.whole->moved)
		return BS_OK;
	rc = take(s, db, err);
	return rc == BS_OK && s->e.whole->good && !s->preview ? write_notice(s, db, err) : rc;
}

static enum bs_rc remove_notice(struct bs_db *db, void *ctx, struct bs_err *err)
{
	struct editing *e = ctx;
	enum bs_rc rc = load(e, db, err);

	if (rc != BS_OK)
		return rc;
	make_whole(e);
	if (!bs_whole_is_as_shown(e->whole, &e->fault))
		return BS_OK;
	if (!bs_form_has(&e->visit->form, BS_STR("sure"))) {
		e->visit->status = 422;
		e->fault = bs_word(e->visit, BS_DESK_MSG_notices_remove_fault);
		return BS_OK;
	}
	rc = bs_notice_remove(db, e->slug, err);
	return rc == BS_OK ? bs_visit_tell(e->visit, db, (struct bs_audit_entry){ .action = BS_STR("notice.remove"), .subject = e->slug }, err) : rc;
}

static enum bs_rc act_remove(struct bs_visit *visit, struct bs_err *err)
{
	struct editing e = { .visit = visit };
	enum bs_rc rc = bs_visit_write(visit, remove_notice, &e, err);

	if (rc != BS_OK)
		return rc;
	if (e.fault.len > 0)
		return print(&e, &e.body, err);
	bs_visit_redirect(visit, BS_STR("/desk/paper/notices"), "removed");
	return BS_OK;
}

BS_DESK_ACT(notice)
{
	struct bs_str what = bs_visit_field(visit, "do");
	struct saving s = { .e = { .visit = visit }, .preview = bs_str_eq(what, BS_STR("preview")) };
	enum bs_rc rc;

	if (visit->route->which == 0 && bs_str_eq(what, BS_STR("remove")))
		return act_remove(visit, err);
	rc = bs_visit_write(visit, save, &s, err);

	if (rc != BS_OK)
		return rc;
	if (s.preview || s.e.whole->moved || !s.e.whole->good)
		return print(&s.e, &s.body, err);
	bs_visit_redirect(visit, address_of(visit, s.e.slug, s.e.lang->code), "saved");
	return BS_OK;
}
