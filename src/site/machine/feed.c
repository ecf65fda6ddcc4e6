/* feed.c - gathering a feed; see feed.h. Nothing here is of the moment: the same stories give the same bytes. */
#include "site/machine/feed.h"

#include "lang/message.h"
#include "site/front.h"

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

/* What the three forms of a feed are made of. */
struct loaded {
	struct source source;
	struct bs_story *stories;
	size_t count;
	int64_t modified;
};

static enum bs_rc load_stories(struct bs_page *page, struct loaded *loaded, struct bs_err *err)
{
	struct bs_cards cards = { 0 };
	enum bs_rc rc = bs_cards_list(page, loaded->source.list, 0, BS_FEED_STORIES, &cards, err);

	loaded->stories = BS_ARRAY(page->arena, BS_FEED_STORIES, struct bs_story);
	for (size_t i = 0; i < cards.count && rc == BS_OK; i++) {
		struct bs_story *story = &loaded->stories[loaded->count++];
		rc = bs_story_load(page, cards.list[i].id, story, err);
		if (rc == BS_OK)
			rc = bs_story_fill(page, story, false, err);
		if (rc == BS_OK && bs_story_modified(story) > loaded->modified)
			loaded->modified = bs_story_modified(story);
	}
	return rc;
}

static enum bs_rc load(struct bs_page *page, enum bs_feed_form form, const struct loaded **out, struct bs_err *err)
{
	struct bs_str parts[] = { BS_STR("feed:"), bs_str_sub(page->path, 0, page->path.len - strlen(bs_feed_ending(form))) };
	struct bs_str subject = bs_arena_join(page->arena, parts, 2, BS_STR(""));
	struct bs_arena *own;
	struct loaded *fresh;
	enum bs_rc rc;

	*out = bs_page_recall(page, subject);
	if (*out != NULL)
		return BS_OK;
	own = bs_page_keep_begin(page);
	fresh = BS_NEW(page->arena, struct loaded);
	rc = find_source(page, page->which / BS_FEED_FORMS, &fresh->source, err);
	if (rc == BS_OK) {
		fresh->source.slug = bs_arena_copy(page->arena, fresh->source.slug); /* it was the request's */
		rc = load_stories(page, fresh, err);
	}
	*out = fresh;
	bs_page_keep_end(page, own, subject, rc == BS_OK ? fresh : NULL);
	return rc;
}

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
	const struct loaded *loaded;
	struct bs_feed feed;
	struct bs_str name;
	enum bs_rc rc = load(page, form, &loaded, err);

	if (rc == BS_NOT_FOUND)
		return moved(page, page->which / BS_FEED_FORMS, form, err);
	if (rc != BS_OK)
		return rc;
	feed = (struct bs_feed){ .stories = loaded->stories, .count = loaded->count, .modified = loaded->modified };
	name = loaded->source.name;
	set_addresses(page, &loaded->source, form, &feed);
	feed.title = name.len > 0 ? bs_say_feeds_name(page->arena, page->lang, bs_site_name(page), name) : bs_site_name(page);
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
