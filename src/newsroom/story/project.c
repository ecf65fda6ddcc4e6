/* project.c - the last step of a save: byline, terms, notices, citations, corrections and address follow the new revision;
 * then what readers are shown elsewhere does (show.c). */
#include "newsroom/saving.h"

#include "base/limits.h"

static struct bs_param id_of(const struct bs_saving *saving)
{
	return bs_int(saving->story_id);
}

/* Forget what the revision before had; a new story has nothing. */
static enum bs_rc clear(struct bs_saving *saving, const struct bs_query *query, struct bs_err *err)
{
	return saving->number > 1 ? bs_db_post(saving->db, query, BS_VALUES(id_of(saving)), err) : BS_OK;
}

static enum bs_rc project_people(struct bs_saving *saving, struct bs_err *err)
{
	const struct bs_draft *draft = saving->draft;
	enum bs_rc rc = clear(saving, BS_Q_story_person_clear, err);

	for (size_t i = 0; i < draft->byline_count && rc == BS_OK; i++)
		rc = bs_db_post(saving->db, BS_Q_story_person_add, BS_VALUES(id_of(saving), bs_int((int64_t)i),
		                bs_int(saving->person_ids[i]), bs_text(bs_role_name(draft->byline[i].role))), err);
	return rc;
}

static enum bs_rc project_terms(struct bs_saving *saving, struct bs_err *err)
{
	enum bs_rc rc = clear(saving, BS_Q_story_term_clear, err);

	for (size_t i = 0; i < saving->draft->term_count && rc == BS_OK; i++)
		rc = bs_db_post(saving->db, BS_Q_story_term_add,
		                BS_VALUES(id_of(saving), bs_int((int64_t)i), bs_int(saving->term_ids[i])), err);
	return rc;
}

static enum bs_rc add_notice(struct bs_saving *saving, int64_t *pos, struct bs_str slug, bool placed, struct bs_err *err)
{
	return bs_db_post(saving->db, BS_Q_story_notice_add, BS_VALUES(id_of(saving), bs_int((*pos)++), bs_text(slug), bs_int(placed)), err);
}

/* Those that it lists, and those that stand in its text, known or not. */
static enum bs_rc project_notices(struct bs_saving *saving, struct bs_err *err)
{
	const struct bs_draft *draft = saving->draft;
	enum bs_rc rc = clear(saving, BS_Q_story_notice_clear, err);
	int64_t pos = 0;

	for (size_t i = 0; i < draft->notice_count && rc == BS_OK; i++)
		rc = add_notice(saving, &pos, draft->notices[i], false, err);
	for (size_t i = 0; i < draft->body.count && rc == BS_OK; i++) {
		struct bs_str slug = bs_block_notice(&draft->body.blocks[i]);
		if (slug.len > 0)
			rc = add_notice(saving, &pos, slug, true, err);
	}
	return rc;
}

static const struct bs_draft_citation *citation_of(const struct bs_draft *draft, struct bs_str url)
{
	for (size_t i = 0; i < draft->citation_count; i++) {
		if (bs_str_eq(draft->citations[i].url, url))
			return &draft->citations[i];
	}
	return NULL;
}

static enum bs_rc project_citation(struct bs_saving *saving, size_t i, struct bs_err *err)
{
	static const struct bs_draft_citation nothing = { 0 };
	const struct bs_link *link = &saving->draft->body.links[i];
	const struct bs_draft_citation *known = link->href.len > 0 ? citation_of(saving->draft, link->href) : NULL;
	struct bs_str health = link->href.len == 0 ? BS_STR("unknown-target") : BS_STR("");

	if (known == NULL)
		known = &nothing;
	return bs_db_post(saving->db, BS_Q_citation_add, BS_VALUES(id_of(saving), bs_int((int64_t)i),
	                  bs_int((int64_t)(saving->first_block + link->block)), bs_text(link->href),
	                  bs_text(known->title.len > 0 ? known->title : link->text), bs_text(known->publisher),
	                  bs_int(known->seen_at != 0 ? known->seen_at : saving->now),
	                  bs_text(known->health.len > 0 ? known->health : health), bs_text(known->archived_url)), err);
}

static enum bs_rc project_citations(struct bs_saving *saving, struct bs_err *err)
{
	enum bs_rc rc = clear(saving, BS_Q_citation_clear, err);

	for (size_t i = 0; i < saving->draft->body.link_count && rc == BS_OK; i++)
		rc = project_citation(saving, i, err);
	return rc;
}

/* The log is append-only: what stands there must lead the draft's list, unchanged. *known is how many do. */
static enum bs_rc corrections_known(struct bs_saving *saving, size_t *known, struct bs_err *err)
{
	const struct bs_draft *draft = saving->draft;
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(saving->db, BS_Q_correction_list, BS_VALUES(id_of(saving)), &stmt, err);

	*known = 0;
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		const struct bs_draft_correction *same = *known < draft->correction_count ? &draft->corrections[*known] : NULL;
		if (same == NULL || same->made_at != bs_stmt_int(stmt, BS_C_correction_list_made_at) ||
		    !bs_str_eq(bs_correction_kind_name(same->kind), bs_stmt_str(stmt, BS_C_correction_list_kind)) ||
		    !bs_str_eq(same->note, bs_stmt_str(stmt, BS_C_correction_list_markup)))
			rc = bs_fail(err, BS_INVALID, "a published correction cannot be changed or taken back, only followed by another");
		else
			++*known;
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* Ids of the passages of the body before that stand at places of text. */
static enum bs_rc old_passages(struct bs_saving *saving, int64_t **ids, size_t *count, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	size_t room = BS_MAX_PASSAGES + BS_MAX_BYLINE;
	enum bs_rc rc = bs_db_query(saving->db, BS_Q_body_load, BS_VALUES(bs_int(saving->last_body_id)), &stmt, err);

	*ids = BS_ARRAY(saving->arena, room, int64_t);
	*count = 0;
	while (rc == BS_OK && (rc = bs_stmt_next(stmt, err)) == BS_OK) {
		if (*count < room && !bs_str_eq(bs_stmt_str(stmt, BS_C_body_load_path), BS_STR("@correction")))
			(*ids)[(*count)++] = bs_stmt_int(stmt, BS_C_body_load_passage_id);
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

/* What a correction replaced: passages that were there and are no more, beside those that are new, in order. */
static enum bs_rc name_passages(struct bs_saving *saving, int64_t correction_id, struct bs_err *err)
{
	size_t old_count, pos = 0, at = 0;
	int64_t *old;
	enum bs_rc rc;

	if (saving->last_body_id == 0)
		return BS_OK;
	rc = old_passages(saving, &old, &old_count, err);
	for (size_t i = 0; i < old_count && rc == BS_OK; i++) {
		int64_t fresh = 0;
		bool stays = false;
		for (size_t k = 0; k < saving->first_note && !stays; k++)
			stays = saving->entries[k].passage_id == old[i];
		if (stays)
			continue;
		for (; fresh == 0 && at < saving->first_note; at++) {
			bool was = false;
			for (size_t k = 0; k < old_count && !was; k++)
				was = old[k] == saving->entries[at].passage_id;
			fresh = was ? 0 : saving->entries[at].passage_id;
		}
		rc = bs_db_post(saving->db, BS_Q_correction_passage_add, BS_VALUES(bs_int(correction_id), bs_int((int64_t)pos++),
		                bs_int(old[i]), bs_ref(fresh)), err);
	}
	return rc;
}

static enum bs_rc project_corrections(struct bs_saving *saving, struct bs_err *err)
{
	const struct bs_draft *draft = saving->draft;
	size_t known = 0;
	enum bs_rc rc = saving->number > 1 ? corrections_known(saving, &known, err) : BS_OK;

	if (rc != BS_OK || known == draft->correction_count)
		return rc;
	for (size_t i = known; i < draft->correction_count && rc == BS_OK; i++) {
		const struct bs_draft_correction *correction = &draft->corrections[i];
		int64_t id = 0;
		rc = bs_db_int(saving->db, BS_Q_correction_add, BS_VALUES(id_of(saving), bs_int((int64_t)i),
		               bs_int(saving->revision_id), bs_text(bs_correction_kind_name(correction->kind)),
		               bs_int(correction->made_at), bs_int(saving->entries[saving->first_note + i].passage_id)), &id, err);
		if (rc == BS_OK && i + 1 == draft->correction_count)
			rc = name_passages(saving, id, err);
	}
	return rc == BS_OK ? bs_change_touch(saving->db, BS_STR("corrections"), err) : rc;
}

static enum bs_rc add_address(struct bs_saving *saving, const struct bs_draft_address *address, struct bs_err *err)
{
	return bs_db_post(saving->db, BS_Q_address_add, BS_VALUES(bs_text(address->lang), bs_int(address->year),
	                  bs_int(address->month), bs_text(address->slug), id_of(saving)), err);
}

static enum bs_rc lead_here(struct bs_saving *saving, const struct bs_draft_address *address, struct bs_err *err)
{
	int64_t holder;
	enum bs_rc rc = bs_db_int(saving->db, BS_Q_address_find, BS_VALUES(bs_text(address->lang), bs_int(address->year),
	                          bs_int(address->month), bs_text(address->slug)), &holder, err);

	if (rc == BS_OK && holder != saving->story_id)
		return bs_fail(err, BS_CONFLICT, "its former address '" BS_FMT "' of %04d/%02d is that of another story",
		               BS_ARG(address->slug), address->year, address->month);
	return rc == BS_NOT_FOUND ? add_address(saving, address, err) : rc;
}

enum bs_rc bs_saving_addresses(struct bs_saving *saving, struct bs_err *err)
{
	const struct bs_draft *draft = saving->draft;
	struct bs_draft_address own = { draft->lang, saving->year, saving->month, saving->slug };
	/* That of a new story, which has no body before this one, was found free when it was settled. */
	enum bs_rc rc = saving->last_body_id != 0 ? lead_here(saving, &own, err) : add_address(saving, &own, err);

	for (size_t i = 0; i < draft->address_count && rc == BS_OK; i++)
		rc = lead_here(saving, &draft->addresses[i], err);
	return rc;
}

enum bs_rc bs_saving_project(struct bs_saving *saving, struct bs_err *err)
{
	static enum bs_rc (*const steps[])(struct bs_saving *, struct bs_err *) = {
		project_people,  project_terms,    project_notices, project_citations, project_corrections,
		bs_saving_addresses, bs_saving_show,
	};
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < BS_COUNT(steps) && rc == BS_OK; i++)
		rc = steps[i](saving, err);
	return rc;
}
