/* story_file.c - see story_file.h. The order of the fields is that of docs/handbook/story-files.md. */
#include "syndicate/export/story_file.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/limits.h"
#include "syndicate/export/yaml.h"
#include "syndicate/import/read/fields.h"
#include "syndicate/import/read/moment.h"
#include "text/json.h"
#include "text/markdown.h"
#include "text/markup.h"

struct writer {
	struct bs_arena *arena;
	struct bs_buf *out;
	const struct bs_story_file *file;
	const struct bs_draft *draft;
};

/* --- fields of text ------------------------------------------------------------------------------------------------------- */

void bs_front_put_line(struct bs_arena *arena, struct bs_buf *out, int indent, const char *key, struct bs_str text)
{
	bs_yaml_text(out, indent, key, bs_one_line(arena, text));
}

static struct bs_str markdown_of(struct bs_arena *arena, struct bs_str markup)
{
	struct bs_buf buf = BS_BUF(BS_MAX_DOCUMENT);
	struct bs_str markdown;

	bs_markup_markdown(arena, &buf, markup);
	markdown = bs_arena_copy(arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return markdown;
}

void bs_front_put_inline(struct bs_arena *arena, struct bs_buf *out, int indent, const char *key, struct bs_str markup)
{
	if (markup.len > 0)
		bs_front_put_line(arena, out, indent, key, markdown_of(arena, markup));
}

/* Read as plain text, is it this markup? "&amp;" and the like in plain text are read as what they stand for. */
static bool reads_plain(struct bs_arena *arena, struct bs_str plain, struct bs_str markup)
{
	size_t amp = bs_str_find_byte(plain, '&', 0);

	return plain.len > 0 && plain.len <= BS_MAX_FIELD && bs_str_eq(bs_one_line(arena, plain), plain) &&
	       (amp == SIZE_MAX || bs_str_find_byte(plain, ';', amp) == SIZE_MAX) &&
	       bs_str_eq(bs_markup_of_text(arena, plain), markup);
}

void bs_front_put_phrase(struct bs_arena *arena, struct bs_buf *out, int indent, const char *key, struct bs_str markup)
{
	struct bs_str plain;

	if (markup.len == 0)
		return;
	plain = bs_markup_plain(arena, markup);
	if (reads_plain(arena, plain, markup)) {
		bs_yaml_text(out, indent, key, plain);
		return;
	}
	bs_yaml_key(out, indent, bs_str_c(key));
	bs_buf_lit(out, " {inline: ");
	bs_yaml_scalar(out, bs_one_line(arena, markdown_of(arena, markup)), true);
	bs_buf_lit(out, "}\n");
}

void bs_front_put_plain(struct bs_arena *arena, struct bs_buf *out, int indent, const char *key, struct bs_str text)
{
	if (text.len > 0)
		bs_front_put_phrase(arena, out, indent, key, bs_markup_of_text(arena, text));
}

static void put_line(struct writer *w, int indent, const char *key, struct bs_str text)
{
	bs_front_put_line(w->arena, w->out, indent, key, text);
}

static void put_time(struct writer *w, int indent, const char *key, int64_t time)
{
	int offset = bs_zone_offset(w->file->zone, time);
	int64_t civil = time + (int64_t)offset * 60;

	/* What a day alone is read as is written as one. */
	bs_yaml_time(w->out, indent, key, time, offset, civil % (24 * 3600) == 0 && bs_moment_in(w->file->zone, civil) == time);
}

/* --- the parts ------------------------------------------------------------------------------------------------------------ */

static void put_head(struct writer *w)
{
	const struct bs_draft *draft = w->draft;
	char number[24];

	bs_front_put_phrase(w->arena, w->out, 0, "title", draft->title);
	bs_front_put_inline(w->arena, w->out, 0, "subtitle", draft->subtitle);
	bs_front_put_inline(w->arena, w->out, 0, "summary", draft->summary);
	bs_yaml_text(w->out, 0, "slug", draft->slug);
	put_line(w, 0, "id", draft->public_id);
	snprintf(number, sizeof(number), "%" PRId64, w->file->story->accession);
	bs_yaml_word(w->out, 0, "accession", number);
	bs_yaml_text(w->out, 0, "language", draft->lang);
	if (draft->kind != BS_KIND_NEWS)
		bs_yaml_text(w->out, 0, "kind", bs_kind_name(draft->kind));
	if (draft->status != BS_STATUS_PUBLISHED)
		bs_yaml_text(w->out, 0, "status", bs_status_name(draft->status));
	put_line(w, 0, "reason", draft->reason);
	put_time(w, 0, "published", draft->published_at);
	put_time(w, 0, "updated", draft->updated_at);
}

static void put_byline(struct writer *w)
{
	if (w->draft->byline_count > 0)
		bs_buf_lit(w->out, "byline:\n");
	for (size_t i = 0; i < w->draft->byline_count; i++) {
		const struct bs_draft_credit *credit = &w->draft->byline[i];
		bool known = credit->slug.len > 0;
		bs_buf_put(w->out, known ? BS_STR("  - {person: ") : BS_STR("  - {name: "));
		bs_yaml_scalar(w->out, known ? credit->slug : bs_one_line(w->arena, credit->name), true);
		bs_buf_lit(w->out, ", role: ");
		bs_buf_put(w->out, bs_role_name(credit->role));
		bs_buf_lit(w->out, "}\n");
	}
}

static void put_source(struct writer *w)
{
	const struct bs_draft_source *source = &w->draft->source;

	if (source->name.len == 0 && source->url.len == 0)
		return;
	bs_buf_lit(w->out, "source:\n");
	put_line(w, 2, "name", source->name);
	put_line(w, 2, "url", source->url);
	put_time(w, 2, "date", source->published_at);
	put_line(w, 2, "permission", source->permission);
}

static void put_terms(struct writer *w)
{
	static const char *const keys[BS_VOCABULARY_COUNT] = { "regions", "themes", "reports", "tags" };
	struct bs_str *words = BS_ARRAY(w->arena, w->draft->term_count, struct bs_str);

	for (enum bs_vocabulary v = 0; v < BS_VOCABULARY_COUNT; v++) {
		size_t count = 0;
		for (size_t i = 0; i < w->draft->term_count; i++) {
			const struct bs_draft_term *term = &w->draft->terms[i];
			if (term->vocabulary == v)
				words[count++] = term->slug.len > 0 ? term->slug : bs_one_line(w->arena, term->name);
		}
		bs_yaml_list(w->out, 0, keys[v], words, count);
	}
}

static void put_image(struct writer *w)
{
	const struct bs_draft_image *image = &w->draft->image;
	struct bs_str file = w->file->story->image_file;
	size_t start = w->out->len, head;

	bs_buf_lit(w->out, "image:\n");
	head = w->out->len;
	put_line(w, 2, "file", file);
	bs_front_put_phrase(w->arena, w->out, 2, "alt", image->alt);
	bs_front_put_inline(w->arena, w->out, 2, "caption", image->caption);
	bs_front_put_phrase(w->arena, w->out, 2, "credit", image->credit);
	put_line(w, 2, "credit_url", image->credit_url);
	put_line(w, 2, "licence", image->licence);
	if (image->may_syndicate)
		bs_yaml_word(w->out, 2, "may_syndicate", "true");
	if (w->out->len == head)
		w->out->len = start; /* there is nothing to say */
}

static void put_corrections(struct writer *w)
{
	if (w->draft->correction_count > 0)
		bs_buf_lit(w->out, "corrections:\n");
	for (size_t i = 0; i < w->draft->correction_count; i++) {
		const struct bs_draft_correction *correction = &w->draft->corrections[i];
		bs_buf_lit(w->out, "  - kind: ");
		bs_buf_put(w->out, bs_correction_kind_name(correction->kind));
		bs_buf_putc(w->out, '\n');
		if (correction->made_at == 0)
			bs_yaml_word(w->out, 4, "date", "1970-01-01");
		put_time(w, 4, "date", correction->made_at);
		bs_front_put_inline(w->arena, w->out, 4, "note", correction->note);
	}
}

static void put_addresses(struct writer *w)
{
	struct bs_str *paths = BS_ARRAY(w->arena, w->draft->address_count, struct bs_str);

	for (size_t i = 0; i < w->draft->address_count; i++) {
		const struct bs_draft_address *a = &w->draft->addresses[i];
		bool home = bs_str_eq(a->lang, w->file->home->code);
		struct bs_str before = bs_arena_printf(w->arena, "%s%.*s", home ? "" : "/", home ? 0 : (int)a->lang.len, a->lang.ptr);
		paths[i] = a->year > 0 ? bs_arena_printf(w->arena, "%s/%04d/%02d/%.*s", before.ptr, a->year, a->month, (int)a->slug.len, a->slug.ptr)
		                       : bs_arena_printf(w->arena, "%s/%.*s", before.ptr, (int)a->slug.len, a->slug.ptr);
	}
	bs_yaml_list(w->out, 0, "former_addresses", paths, w->draft->address_count);
}

static void put_citations(struct writer *w)
{
	if (w->draft->citation_count > 0)
		bs_buf_lit(w->out, "citations:\n");
	for (size_t i = 0; i < w->draft->citation_count; i++) {
		const struct bs_draft_citation *citation = &w->draft->citations[i];
		bs_buf_lit(w->out, "  - url: ");
		bs_yaml_scalar(w->out, citation->url, false);
		bs_buf_putc(w->out, '\n');
		put_line(w, 4, "title", citation->title);
		put_line(w, 4, "publisher", citation->publisher);
		bs_yaml_text(w->out, 4, "health", citation->health);
		put_line(w, 4, "archived", citation->archived_url);
		put_time(w, 4, "seen", citation->seen_at);
	}
}

static void put_front(struct writer *w)
{
	static const char *const ranks[] = { "", "second", "lead" };
	const struct bs_draft *draft = w->draft;

	bs_buf_lit(w->out, "---\n");
	put_head(w);
	put_byline(w);
	put_source(w);
	put_terms(w);
	put_image(w);
	bs_yaml_list(w->out, 0, "notices", draft->notices, draft->notice_count);
	put_line(w, 0, "licence", draft->licence);
	put_line(w, 0, "canonical", draft->canonical);
	put_corrections(w);
	put_line(w, 0, "translation_of", w->file->story->translation_of);
	bs_front_put_inline(w->arena, w->out, 0, "author_line", draft->author_line);
	put_line(w, 0, "media_contact", draft->media_contact);
	bs_yaml_text(w->out, 0, "featured", bs_str_c(ranks[draft->featured >= 0 && draft->featured < 3 ? draft->featured : 0]));
	put_addresses(w);
	put_citations(w);
	if (draft->extra != NULL)
		bs_yaml_members(w->out, 0, draft->extra);
	bs_buf_lit(w->out, "---\n");
}

/* --- reading again -------------------------------------------------------------------------------------------------------- */

static enum bs_rc check(struct writer *w, struct bs_str bytes, struct bs_err *err)
{
	struct bs_remarks remarks = BS_REMARKS(w->arena);
	struct bs_document document;
	struct bs_reading reading = { .arena = w->arena, .document = &document, .path = BS_STR("story.md"), .lang = w->file->home,
		                      .home = w->file->home, .zone = w->file->zone, .remarks = &remarks };
	struct bs_incoming again;
	const char *field;
	enum bs_rc rc = bs_document_read(bytes, BS_FORMAT_MARKDOWN, &document, &remarks, err);

	if (rc == BS_OK)
		rc = bs_incoming_front(&reading, &again, err);
	if (rc != BS_OK)
		return rc == BS_LIMIT ? bs_fail(err, BS_INVALID, "%s", bs_arena_copy(w->arena, bs_str_c(err->text)).ptr) : rc;
	field = bs_story_file_differs(w->arena, w->file->story, &again);
	return field == NULL ? BS_OK : bs_fail(err, BS_INVALID, "%s: an import would not read it as it is", field);
}

enum bs_rc bs_story_file_write(struct bs_arena *arena, const struct bs_story_file *file, struct bs_buf *out, struct bs_err *err)
{
	struct writer w = { .arena = arena, .out = out, .file = file, .draft = &file->story->draft };
	size_t start = out->len, front;
	enum bs_rc rc;

	put_front(&w);
	front = out->len;
	if (w.draft->body.count > 0) {
		bs_buf_putc(out, '\n');
		bs_body_markdown(arena, out, &w.draft->body);
	}
	rc = bs_buf_check(out, "the story as a file", err);
	return rc == BS_OK ? check(&w, bs_str_sub(bs_buf_str(out), start, front - start), err) : rc;
}
