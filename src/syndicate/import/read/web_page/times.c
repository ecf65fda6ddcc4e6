/* times.c - when a page of the web says that its story was published and changed; see parts.h. */
#include "base/sys.h"
#include "syndicate/import/printed/printed.h"
#include "syndicate/import/read/moment.h"
#include "syndicate/import/read/web_page/parts.h"

/* --- one time --- */

/* "2024-02-30…", "2024-02-20T25:00…": the beginning of a moment as ISO 8601 writes it, which must be one. */
static bool begins_badly(struct bs_str text, struct bs_err *err)
{
	struct bs_str rest = text;
	int64_t part, time;

	for (int i = 0; i < 2; i++) {
		size_t dash = bs_str_find_byte(rest, '-', 0);

		if (dash != (i == 0 ? 4 : 2) || bs_str_int(bs_str_sub(rest, 0, dash), &part) != BS_OK)
			return false;
		rest = bs_str_sub(rest, dash + 1, SIZE_MAX);
	}
	if (bs_time_parse(bs_str_sub(text, 0, 10), &time, err) != BS_OK)
		return true;
	return bs_str_find_byte(text, ':', 0) == 13 && bs_time_parse(bs_str_sub(text, 0, 16), &time, err) != BS_OK;
}

static enum bs_rc read_moment(const struct bs_web_page *p, struct bs_str text, int64_t *out, struct bs_err *err)
{
	int64_t day;

	if (bs_moment_parse(text, p->reading->zone, out, err) == BS_OK)
		return BS_OK;
	if (begins_badly(text, err) || !bs_printed_day(p->arena, text, &day))
		return BS_INVALID;
	*out = bs_moment_in(p->reading->zone, day);
	return BS_OK;
}

int64_t bs_page_time(const struct bs_web_page *p, const char *name, struct bs_str text)
{
	struct bs_err why = { 0 };
	int64_t time = 0;

	if (text.len == 0 || read_moment(p, text, &time, &why) == BS_OK)
		return time;
	bs_remark(p->reading->remarks, BS_REMARK_TEXT, bs_reading_line(p->reading, text), bs_str_c(name),
	          bs_arena_printf(p->arena, "%s; left out", why.text));
	return 0;
}

/* --- those of a page --- */

static struct bs_str told(const struct bs_web_page *p, const char *name)
{
	return bs_node_text(p, bs_node_member(p, p->article, name));
}

/* When the story was published: the first of what the page says that is a time. */
struct dating {
	struct bs_web_page *p;
	int64_t time;
	struct bs_str name, text; /* the first that is none; or empty */
	struct bs_err why;
};

static void try_date(struct dating *d, struct bs_str name, struct bs_str text)
{
	struct bs_err why = { 0 };

	if (d->time != 0 || text.len == 0 || read_moment(d->p, text, &d->time, &why) == BS_OK || d->name.len > 0)
		return;
	d->name = name;
	d->text = text;
	d->why = why;
}

/* Of all the elements <time> the first that is a time of day: others are how long something takes. */
static int64_t first_time_shown(const struct bs_web_page *p)
{
	int64_t time = 0;

	for (size_t i = 0; i < p->html.meta_count && time == 0; i++) {
		if (bs_str_eq(p->html.metas[i].name, BS_STR("time")) &&
		    read_moment(p, bs_str_trim(p->html.metas[i].content), &time, NULL) != BS_OK)
			time = 0;
	}
	return time;
}

/* A time that does not exist is no reason to take today's for it. */
static enum bs_rc read_published(struct bs_web_page *p, struct bs_err *err)
{
	struct bs_str names = BS_STR("article:published_time og:published_time itemprop:datepublished date dc.date dc.date.issued "
	                             "citation_publication_date parsely-pub-date sailthru.date pubdate publishdate"), name;
	struct dating d = { .p = p };
	int line;

	try_date(&d, BS_STR("datePublished"), told(p, "datePublished"));
	while (bs_str_split(&names, ' ', &name))
		try_date(&d, name, bs_page_meta(p, bs_arena_copy(p->arena, name).ptr));
	if (d.time == 0)
		d.time = first_time_shown(p);
	try_date(&d, BS_STR("dateCreated"), told(p, "dateCreated"));
	try_date(&d, BS_STR("uploadDate"), told(p, "uploadDate"));
	line = bs_reading_line(p->reading, d.text);
	if (d.time == 0 && d.name.len > 0)
		return bs_refuse(p->reading->remarks, line, err, BS_INVALID, BS_FMT ": %s", BS_ARG(d.name), d.why.text);
	if (d.name.len > 0)
		bs_remark(p->reading->remarks, BS_REMARK_TEXT, line, d.name,
		          bs_arena_printf(p->arena, "%s; another time of the page was taken", d.why.text));
	else if (d.time == 0)
		bs_remark(p->reading->remarks, BS_REMARK_TEXT, 0, BS_STR("datePublished"),
		          BS_STR("the page does not say when it was published; its original's time was taken, or this import's"));
	p->out->draft.published_at = d.time;
	return BS_OK;
}

enum bs_rc bs_page_times(struct bs_web_page *p, struct bs_err *err)
{
	struct bs_draft *draft = &p->out->draft;
	struct bs_str modified = told(p, "dateModified");
	enum bs_rc rc = read_published(p, err);

	draft->status = BS_STATUS_PUBLISHED;
	if (modified.len == 0)
		modified = bs_page_meta(p, "article:modified_time og:updated_time itemprop:datemodified last-modified");
	draft->updated_at = bs_page_time(p, "dateModified", modified);
	if (draft->updated_at <= draft->published_at)
		draft->updated_at = 0;
	if (draft->published_at != 0)
		p->out->given |= BS_GIVEN_PUBLISHED;
	return rc;
}
