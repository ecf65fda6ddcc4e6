/* feed.c - gathering a feed; see feed.h. Nothing here is of the moment: the same stories give the same bytes. */
#include "site/machine/feed.h"

#include "base/limits.h"
#include "lang/message.h"
#include "page/shelf.h"
#include "site/front.h"
#include "text/out.h"

const char *bs_feed_ending(enum bs_feed_form form)
{
	static const char *const endings[BS_FEED_FORMS] = { "/feed.xml", "/feed.atom", "/feed.json" };

	return endings[form];
}

struct bs_str bs_feed_type(enum bs_feed_form form)
{
	static const struct bs_str types[BS_FEED_FORMS] = { BS_STR_INIT("application/rss+xml"), BS_STR_INIT("application/atom+xml"),
		                                            BS_STR_INIT("application/feed+json") };

	return types[form];
}

enum { FEED_HEAD = 8 * 1024, ENTRY_ENDS = 64 }; /* bytes of a feed around its entries and of each around its text, usually less */

/* What the route is of: the list, and how it is called. */
struct source {
	struct bs_list list;
	struct bs_str kind, slug; /* as in bs_url_list; empty for all stories */
	struct bs_str name;
};

static enum bs_rc find_person(struct bs_page *page, struct source *source, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(page->db, BS_Q_person_page, BS_VALUES(bs_text(source->slug), bs_text(page->lang->code)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		struct bs_person_row person = bs_person_read(page, stmt);
		source->list = (struct bs_list){ BS_LIST_PERSON, person.id };
		source->name = person.name;
	}
	bs_stmt_free(&stmt);
	return rc;
}

static enum bs_rc find_term(struct bs_page *page, struct source *source, enum bs_vocabulary vocabulary, struct bs_err *err)
{
	struct bs_term_page term;
	enum bs_rc rc = bs_term_page_load(page, vocabulary, source->slug, &term, err);

	if (rc == BS_OK) {
		source->list = (struct bs_list){ BS_LIST_TERM, term.id };
		source->name = term.name;
	}
	return rc;
}

static enum bs_rc find_source(struct bs_page *page, int of, struct source *out, struct bs_err *err)
{
	*out = (struct source){ .list = { BS_LIST_ALL, 0 }, .slug = page->captures->text[BS_CAPTURE_SLUG] };
	if (of == BS_FEED_OF_ALL)
		return BS_OK;
	if (of == BS_FEED_OF_PERSON) {
		out->kind = BS_STR("author");
		return find_person(page, out, err);
	}
	out->kind = bs_vocabulary_name((enum bs_vocabulary)(of - BS_FEED_OF_TERM));
	return find_term(page, out, (enum bs_vocabulary)(of - BS_FEED_OF_TERM), err);
}

/* --- entries ---------------------------------------------------------------------------------------------------------------- */

/* What is written of a story: its entry in each form, and its text for the two that are XML. */
enum { TEXT = BS_FEED_FORMS, PIECES };

/* A story as it stands in every feed of its language: it is in the feeds of its authors, its terms and the whole site. In all forms at
 * once, as loading it costs about what writing it down three times does. A box on the shelf. */
struct entry {
	int64_t modified;
	struct bs_str tags; /* what it depends on, for bs_page_tag_all */
	struct bs_str pieces[PIECES];
};

struct entry_key {
	int64_t story_id;
	const struct bs_lang *lang;
	char is[8];
};

static struct bs_str entry_key(const struct bs_page *page, int64_t story_id, struct entry_key *key)
{
	*key = (struct entry_key){ story_id, page->lang, "entry" };
	return bs_str_n((const char *)key, sizeof(*key));
}

/* All pieces, one behind the other; ends[] is where each ends. */
static enum bs_rc entry_write(struct bs_page *page, const struct bs_story *story, size_t ends[PIECES], struct bs_err *err)
{
	struct bs_str content = bs_story_content(page, story);
	enum bs_rc rc;

	bs_feed_rss_item(page, story);
	ends[BS_FEED_RSS] = page->out->len;
	bs_feed_atom_entry(page, story);
	ends[BS_FEED_ATOM] = page->out->len;
	rc = bs_feed_json_item(page, story, content, err);
	ends[BS_FEED_JSON] = page->out->len;
	bs_out_xml(page->out, content);
	ends[TEXT] = page->out->len;
	return rc == BS_OK ? bs_buf_check(page->out, "an entry of a feed", err) : rc;
}

static struct entry *entry_box(const struct bs_page *page, const size_t ends[PIECES])
{
	struct entry *entry = bs_shelf_box(sizeof(*entry) + page->out->len + page->tags_len);
	char *at = (char *)(entry + 1);
	size_t from = 0;

	memcpy(at, bs_buf_str(page->out).ptr, page->out->len);
	memcpy(at + page->out->len, page->tags, page->tags_len);
	entry->tags = bs_str_n(at + page->out->len, page->tags_len);
	for (int i = 0; i < PIECES; i++) {
		entry->pieces[i] = bs_str_n(at + from, ends[i] - from);
		from = ends[i];
	}
	return entry;
}

/* The page of an entry: like the page, but for what it names and where it writes. */
static struct bs_page *entry_page(const struct bs_page *page, struct bs_buf *out)
{
	struct bs_page *own = BS_NEW(page->arena, struct bs_page);

	*own = *page;
	own->out = out;
	own->tags = NULL;
	own->tags_len = own->tags_room = own->slot_count = 0;
	bs_page_tag(own, BS_TAG_SITE, 0); /* addresses, notices */
	return own;
}

static enum bs_rc entry_make(struct bs_page *own, const struct bs_story *story, const struct entry **out, struct bs_err *err)
{
	struct entry_key key;
	struct entry *entry;
	size_t ends[PIECES];
	enum bs_rc rc = entry_write(own, story, ends, err);

	if (rc != BS_OK)
		return rc;
	*out = entry = entry_box(own, ends);
	entry->modified = bs_story_modified(story);
	if (own->uncached) /* it depends on more than can be named */
		own->shelf = NULL;
	bs_shelf_put(own, entry_key(own, story->id, &key), entry, own->slots, own->slot_count);
	return BS_OK;
}

static enum bs_rc entry_load(struct bs_page *own, int64_t story_id, const struct entry **out, struct bs_err *err)
{
	struct bs_story *story = BS_NEW(own->arena, struct bs_story);
	enum bs_rc rc = bs_story_load(own, story_id, story, err);

	if (rc == BS_OK)
		rc = bs_story_fill(own, story, false, err);
	return rc == BS_OK ? entry_make(own, story, out, err) : rc;
}

static enum bs_rc entry_of(struct bs_page *page, int64_t story_id, const struct entry **out, struct bs_err *err)
{
	struct bs_buf buf = BS_BUF(BS_MAX_PAGE);
	struct entry_key key;
	struct bs_page *own;
	enum bs_rc rc = BS_OK;

	*out = bs_shelf_take(page, entry_key(page, story_id, &key));
	if (*out == NULL) {
		own = entry_page(page, &buf);
		rc = entry_load(own, story_id, out, err);
		page->uncached = own->uncached;
		bs_buf_free(&buf);
	}
	if (rc == BS_OK)
		bs_page_tag_all(page, (*out)->tags);
	return rc;
}

static enum bs_rc is_newest(struct bs_page *page, struct bs_list list, int64_t story_id, bool *out, struct bs_err *err)
{
	struct bs_newest newest = { 0 };
	enum bs_rc rc = bs_list_newest(page, list, BS_FEED_STORIES, &newest, err);

	*out = false;
	for (size_t i = 0; i < newest.count && !*out; i++)
		*out = newest.ids[i] == story_id;
	return rc;
}

/* Whether a feed of its language shows the story. */
static enum bs_rc is_in_feed(struct bs_page *page, const struct bs_story *story, bool *out, struct bs_err *err)
{
	enum bs_rc rc = is_newest(page, (struct bs_list){ BS_LIST_ALL, 0 }, story->id, out, err);

	for (size_t i = 0; i < story->person_count && rc == BS_OK && !*out; i++)
		rc = is_newest(page, (struct bs_list){ BS_LIST_PERSON, story->people[i].id }, story->id, out, err);
	for (size_t i = 0; i < story->term_count && rc == BS_OK && !*out; i++)
		rc = is_newest(page, (struct bs_list){ BS_LIST_TERM, story->terms[i].id }, story->id, out, err);
	return rc;
}

enum bs_rc bs_feed_prepare(struct bs_page *page, const struct bs_story *story, struct bs_err *err)
{
	struct bs_buf buf = BS_BUF(BS_MAX_PAGE);
	const struct entry *entry;
	struct entry_key key;
	bool shown;
	enum bs_rc rc = is_in_feed(page, story, &shown, err);

	if (rc == BS_OK && shown && bs_shelf_take(page, entry_key(page, story->id, &key)) == NULL)
		rc = entry_make(entry_page(page, &buf), story, &entry, err);
	bs_buf_free(&buf);
	return rc;
}

static enum bs_rc load(struct bs_page *page, enum bs_feed_form form, struct source *source, struct bs_feed *feed, struct bs_err *err)
{
	struct bs_feed_entry *entries = BS_ARRAY(page->arena, BS_FEED_STORIES, struct bs_feed_entry);
	struct bs_newest newest = { 0 };
	const struct entry *entry;
	size_t length = 0;
	enum bs_rc rc = find_source(page, page->which / BS_FEED_FORMS, source, err);

	if (rc == BS_OK)
		rc = bs_list_newest(page, source->list, BS_FEED_STORIES, &newest, err);
	if (rc == BS_OK)
		bs_page_tag(page, bs_list_tag(source->list), source->list.of);
	for (size_t i = 0; i < newest.count && rc == BS_OK; i++) {
		rc = entry_of(page, newest.ids[i], &entry, err);
		if (rc != BS_OK)
			break;
		entries[feed->count] = (struct bs_feed_entry){ entry->pieces[form], form == BS_FEED_JSON ? BS_STR("") : entry->pieces[TEXT] };
		length += entries[feed->count].written.len + entries[feed->count].text.len + ENTRY_ENDS;
		feed->count++;
		if (entry->modified > feed->modified)
			feed->modified = entry->modified;
	}
	feed->entries = entries;
	(void)bs_buf_reserve(page->out, length + FEED_HEAD);
	return rc;
}

/* --- the page --------------------------------------------------------------------------------------------------------------- */

static void set_addresses(struct bs_page *page, const struct source *source, enum bs_feed_form form, struct bs_feed *feed)
{
	struct bs_str base = source->kind.len > 0 ? bs_url_list(page, source->kind, source->slug, 1) : BS_STR("");
	struct bs_str parts[] = { base, bs_str_c(bs_feed_ending(form)) };

	feed->home = bs_url_absolute(page, base.len > 0 ? base : bs_url_path(page, "/"));
	feed->self = bs_url_absolute(page, base.len > 0 ? bs_arena_join(page->arena, parts, 2, BS_STR(""))
	                                                : bs_url_path(page, bs_feed_ending(form)));
}

/* The feed of a former address leads to that of what it became. */
static enum bs_rc moved(struct bs_page *page, int of, enum bs_feed_form form, struct bs_err *err)
{
	struct bs_str slug = page->captures->text[BS_CAPTURE_SLUG], now, kind = BS_STR("author");
	enum bs_rc rc = BS_NOT_FOUND;

	if (of == BS_FEED_OF_PERSON) {
		rc = bs_person_moved(page, slug, &now, err);
	} else if (of != BS_FEED_OF_ALL) {
		kind = bs_vocabulary_name((enum bs_vocabulary)(of - BS_FEED_OF_TERM));
		rc = bs_term_moved(page, (enum bs_vocabulary)(of - BS_FEED_OF_TERM), slug, &now, err);
	}
	if (rc == BS_OK) {
		struct bs_str parts[] = { bs_url_list(page, kind, now, 1), bs_str_c(bs_feed_ending(form)) };
		page->status = 301;
		page->location = bs_arena_join(page->arena, parts, 2, BS_STR(""));
	}
	return rc;
}

enum bs_rc bs_feed_page(struct bs_page *page, struct bs_err *err)
{
	const struct bs_publication *p = page->publication;
	enum bs_feed_form form = (enum bs_feed_form)(page->which % BS_FEED_FORMS);
	struct bs_feed feed = { 0 };
	struct source source;
	enum bs_rc rc = load(page, form, &source, &feed, err);

	if (rc == BS_NOT_FOUND)
		return moved(page, page->which / BS_FEED_FORMS, form, err);
	if (rc != BS_OK)
		return rc;
	set_addresses(page, &source, form, &feed);
	feed.title = source.name.len > 0 ? bs_say_feeds_name(page->arena, page->lang, bs_site_name(page), source.name) : bs_site_name(page);
	feed.description = bs_publication_text(p, p->taglines, p->tagline_count, page->lang);
	/* JSON is UTF-8 by definition (RFC 8259); XML says so in its first line. */
	page->type = bs_feed_type(form);
	page->policy = bs_press_data_policy(page->press);
	if (form == BS_FEED_JSON)
		return bs_feed_json(page, &feed, err);
	if (form == BS_FEED_ATOM)
		bs_feed_atom(page, &feed);
	else
		bs_feed_rss(page, &feed);
	return BS_OK;
}
