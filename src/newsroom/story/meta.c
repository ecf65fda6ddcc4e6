/* meta.c - what a revision says of its story besides the text: canonical JSON, absent things left out. Readers outside
 * rely on these names; adding one is fine, changing one is not. */
#include "newsroom/saving.h"

#include "base/limits.h"
#include "base/sys.h"
#include "text/json.h"

static void add(struct bs_json *parent, struct bs_str name, struct bs_str text)
{
	if (text.len > 0)
		bs_json_add_string(parent, name, text);
}

static void add_time(struct bs_arena *arena, struct bs_json *parent, struct bs_str name, int64_t time)
{
	char iso[BS_TIME_ISO_MAX];

	if (time != 0)
		bs_json_add_string(parent, name, bs_arena_copy(arena, bs_time_iso(time, iso)));
}

static void add_byline(const struct bs_saving *saving, struct bs_json *meta)
{
	const struct bs_draft *draft = saving->draft;
	struct bs_json *byline;

	if (draft->byline_count == 0)
		return;
	byline = bs_json_add_array(meta, BS_STR("byline"));
	for (size_t i = 0; i < draft->byline_count; i++) {
		struct bs_json *credit = bs_json_add_object(byline, BS_STR(""));
		bs_json_add_string(credit, BS_STR("name"), saving->names[i]);
		bs_json_add_string(credit, BS_STR("person"), saving->people[i]);
		bs_json_add_string(credit, BS_STR("role"), bs_role_name(draft->byline[i].role));
	}
}

static void add_terms(const struct bs_saving *saving, struct bs_json *meta)
{
	const struct bs_draft *draft = saving->draft;
	struct bs_json *terms = NULL;

	for (enum bs_vocabulary v = 0; v < BS_VOCABULARY_COUNT; v++) {
		struct bs_json *slugs = NULL;
		for (size_t i = 0; i < draft->term_count; i++) {
			if (draft->terms[i].vocabulary != v)
				continue;
			if (terms == NULL)
				terms = bs_json_add_object(meta, BS_STR("terms"));
			if (slugs == NULL)
				slugs = bs_json_add_array(terms, bs_vocabulary_name(v));
			bs_json_add_string(slugs, BS_STR(""), saving->term_slugs[i]);
		}
	}
}

static void add_image(const struct bs_saving *saving, struct bs_json *meta)
{
	const struct bs_draft_image *image = &saving->draft->image;
	struct bs_json *out;

	if (image->media_id == 0)
		return;
	out = bs_json_add_object(meta, BS_STR("image"));
	add(out, BS_STR("credit_url"), image->credit_url);
	add(out, BS_STR("licence"), image->licence);
	bs_json_add_bool(out, BS_STR("may_syndicate"), image->may_syndicate);
	bs_json_add_string(out, BS_STR("media"), saving->media_hash);
}

static void add_source(const struct bs_saving *saving, struct bs_json *meta)
{
	const struct bs_draft_source *source = &saving->draft->source;
	struct bs_json *out;

	if (source->name.len == 0 && source->url.len == 0)
		return;
	out = bs_json_add_object(meta, BS_STR("source"));
	add(out, BS_STR("name"), source->name);
	add(out, BS_STR("permission"), source->permission);
	add_time(saving->arena, out, BS_STR("published"), source->published_at);
	add(out, BS_STR("url"), source->url);
}

static void add_lists(const struct bs_saving *saving, struct bs_json *meta)
{
	const struct bs_draft *draft = saving->draft;
	struct bs_json *list;

	if (draft->notice_count > 0) {
		list = bs_json_add_array(meta, BS_STR("notices"));
		for (size_t i = 0; i < draft->notice_count; i++)
			bs_json_add_string(list, BS_STR(""), draft->notices[i]);
	}
	if (draft->correction_count == 0)
		return;
	/* Their notes are passages, in this order, under @correction. */
	list = bs_json_add_array(meta, BS_STR("corrections"));
	for (size_t i = 0; i < draft->correction_count; i++) {
		struct bs_json *correction = bs_json_add_object(list, BS_STR(""));
		bs_json_add_string(correction, BS_STR("kind"), bs_correction_kind_name(draft->corrections[i].kind));
		add_time(saving->arena, correction, BS_STR("made"), draft->corrections[i].made_at);
	}
}

static void add_extra(struct bs_json *meta, const struct bs_json *extra)
{
	struct bs_json *out;

	if (extra == NULL || extra->first == NULL)
		return;
	out = bs_json_add_object(meta, BS_STR("extra"));
	out->first = extra->first;
	out->last = extra->last;
	out->count = extra->count;
}

static void free_buf(void *ptr)
{
	bs_buf_free(ptr);
}

enum bs_rc bs_saving_meta(struct bs_saving *saving, struct bs_err *err)
{
	const struct bs_draft *draft = saving->draft;
	struct bs_json *meta = bs_json_new_object(saving->arena);
	struct bs_buf *out = BS_NEW(saving->arena, struct bs_buf);
	enum bs_rc rc;

	*out = BS_BUF(BS_MAX_DOCUMENT);
	bs_arena_defer(saving->arena, free_buf, out);
	add_byline(saving, meta);
	add(meta, BS_STR("canonical"), draft->canonical);
	add_extra(meta, draft->extra);
	if (draft->featured != 0)
		bs_json_add_int(meta, BS_STR("featured"), draft->featured);
	add_image(saving, meta);
	bs_json_add_string(meta, BS_STR("kind"), bs_kind_name(draft->kind));
	bs_json_add_string(meta, BS_STR("language"), draft->lang);
	add(meta, BS_STR("licence"), draft->licence);
	add_lists(saving, meta);
	add(meta, BS_STR("media_contact"), draft->media_contact);
	add(meta, BS_STR("original"), saving->original);
	add_time(saving->arena, meta, BS_STR("published"), saving->published_at);
	add(meta, BS_STR("reason"), draft->reason);
	bs_json_add_string(meta, BS_STR("slug"), saving->slug);
	add_source(saving, meta);
	bs_json_add_string(meta, BS_STR("status"), bs_status_name(draft->status));
	add_terms(saving, meta);
	add_time(saving->arena, meta, BS_STR("updated"), draft->updated_at);
	rc = bs_json_write(meta, out, err);
	saving->meta = bs_buf_str(out);
	return rc;
}
