/* story_differs.c - whether two stories say the same, as far as a story file can; see story_file.h. */
#include "syndicate/export/story_file.h"

#include "base/limits.h"
#include "syndicate/import/read/fields.h"
#include "text/json.h"

struct pair {
	struct bs_arena *arena;
	const struct bs_incoming *a, *b;
};

/* Fields of one line are folded when they are read. */
static bool same_line(const struct pair *p, struct bs_str a, struct bs_str b)
{
	return bs_str_eq(a, b) || bs_str_eq(bs_one_line(p->arena, a), bs_one_line(p->arena, b));
}

static const char *texts_differ(const struct pair *p)
{
	const struct bs_draft *a = &p->a->draft, *b = &p->b->draft;
	const struct {
		const char *name;
		struct bs_str a, b;
	} fields[] = {
		{ "title", a->title, b->title },
		{ "subtitle", a->subtitle, b->subtitle },
		{ "summary", a->summary, b->summary },
		{ "slug", a->slug, b->slug },
		{ "id", a->public_id, b->public_id },
		{ "language", a->lang, b->lang },
		{ "reason", a->reason, b->reason },
		{ "source.name", a->source.name, b->source.name },
		{ "source.url", a->source.url, b->source.url },
		{ "source.permission", a->source.permission, b->source.permission },
		{ "image.file", p->a->image_file, p->b->image_file },
		{ "image.alt", a->image.alt, b->image.alt },
		{ "image.caption", a->image.caption, b->image.caption },
		{ "image.credit", a->image.credit, b->image.credit },
		{ "image.credit_url", a->image.credit_url, b->image.credit_url },
		{ "image.licence", a->image.licence, b->image.licence },
		{ "licence", a->licence, b->licence },
		{ "canonical", a->canonical, b->canonical },
		{ "translation_of", p->a->translation_of, p->b->translation_of },
		{ "author_line", a->author_line, b->author_line },
		{ "media_contact", a->media_contact, b->media_contact },
	};

	for (size_t i = 0; i < BS_COUNT(fields); i++) {
		if (!same_line(p, fields[i].a, fields[i].b))
			return fields[i].name;
	}
	return NULL;
}

static const char *numbers_differ(const struct pair *p)
{
	const struct bs_draft *a = &p->a->draft, *b = &p->b->draft;
	const struct {
		const char *name;
		int64_t a, b;
	} fields[] = {
		{ "accession", p->a->accession, p->b->accession },
		{ "kind", a->kind, b->kind },
		{ "status", a->status, b->status },
		{ "published", a->published_at, b->published_at },
		{ "updated", a->updated_at, b->updated_at },
		{ "source.date", a->source.published_at, b->source.published_at },
		{ "image.may_syndicate", a->image.may_syndicate, b->image.may_syndicate },
		{ "featured", a->featured, b->featured },
		{ "byline", (int64_t)a->byline_count, (int64_t)b->byline_count },
		{ "notices", (int64_t)a->notice_count, (int64_t)b->notice_count },
		{ "corrections", (int64_t)a->correction_count, (int64_t)b->correction_count },
		{ "former_addresses", (int64_t)a->address_count, (int64_t)b->address_count },
		{ "citations", (int64_t)a->citation_count, (int64_t)b->citation_count },
	};

	for (size_t i = 0; i < BS_COUNT(fields); i++) {
		if (fields[i].a != fields[i].b)
			return fields[i].name;
	}
	return NULL;
}

static const char *lists_differ(const struct pair *p)
{
	const struct bs_draft *a = &p->a->draft, *b = &p->b->draft;

	for (size_t i = 0; i < a->byline_count; i++) {
		if (a->byline[i].role != b->byline[i].role || !bs_str_eq(a->byline[i].slug, b->byline[i].slug) ||
		    (a->byline[i].slug.len == 0 && !same_line(p, a->byline[i].name, b->byline[i].name)))
			return "byline";
	}
	for (size_t i = 0; i < a->notice_count; i++) {
		if (!bs_str_eq(a->notices[i], b->notices[i]))
			return "notices";
	}
	for (size_t i = 0; i < a->correction_count; i++) {
		if (a->corrections[i].kind != b->corrections[i].kind || a->corrections[i].made_at != b->corrections[i].made_at ||
		    !bs_str_eq(a->corrections[i].note, b->corrections[i].note))
			return "corrections";
	}
	for (size_t i = 0; i < a->address_count; i++) {
		const struct bs_draft_address *x = &a->addresses[i], *y = &b->addresses[i];
		if (!bs_str_eq(x->lang, y->lang) || x->year != y->year || x->month != y->month || !bs_str_eq(x->slug, y->slug))
			return "former_addresses";
	}
	return NULL;
}

/* Of each vocabulary in its order; how the four stand to each other says nothing. */
static const char *terms_differ(const struct pair *p)
{
	const struct bs_draft *a = &p->a->draft, *b = &p->b->draft;

	for (enum bs_vocabulary v = 0; v < BS_VOCABULARY_COUNT; v++) {
		size_t k = 0;
		for (size_t i = 0; i < a->term_count; i++) {
			if (a->terms[i].vocabulary != v)
				continue;
			while (k < b->term_count && b->terms[k].vocabulary != v)
				k++;
			if (k == b->term_count || !bs_str_eq(a->terms[i].slug, b->terms[k].slug) ||
			    (a->terms[i].slug.len == 0 && !same_line(p, a->terms[i].name, b->terms[k].name)))
				return bs_vocabulary_name(v).ptr;
			k++;
		}
	}
	return a->term_count != b->term_count ? "terms" : NULL;
}

static const char *citations_differ(const struct pair *p)
{
	for (size_t i = 0; i < p->a->draft.citation_count; i++) {
		const struct bs_draft_citation *a = &p->a->draft.citations[i], *b = &p->b->draft.citations[i];
		if (!bs_str_eq(a->url, b->url) || !same_line(p, a->title, b->title) || !same_line(p, a->publisher, b->publisher) ||
		    !bs_str_eq(a->health, b->health) || !same_line(p, a->archived_url, b->archived_url) || a->seen_at != b->seen_at)
			return "citations";
	}
	return NULL;
}

static struct bs_str canonical(struct bs_arena *arena, const struct bs_json *json)
{
	struct bs_buf buf = BS_BUF(BS_MAX_DOCUMENT);
	struct bs_str text = { 0 };

	if (json != NULL && json->count > 0 && bs_json_write(json, &buf, NULL) == BS_OK)
		text = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return text;
}

static const char *extra_differs(const struct pair *p)
{
	return bs_str_eq(canonical(p->arena, p->a->draft.extra), canonical(p->arena, p->b->draft.extra)) ? NULL : "keys that are kept";
}

const char *bs_story_file_differs(struct bs_arena *arena, const struct bs_incoming *a, const struct bs_incoming *b)
{
	static const char *(*const looks[])(const struct pair *) = { texts_differ, numbers_differ, lists_differ,
		                                                     terms_differ, citations_differ, extra_differs };
	const struct pair pair = { arena, a, b };
	const char *field = NULL;

	for (size_t i = 0; i < BS_COUNT(looks) && field == NULL; i++)
		field = looks[i](&pair);
	return field;
}
