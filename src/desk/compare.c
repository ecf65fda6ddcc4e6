/* compare.c - see compare.h. */
#include "desk/compare.h"

#include "text/diff.h"
#include "text/markup.h"

enum { FIELDS = 7 };

struct version { /* a draft as one list of passages */
	struct bs_str *paths, *markups, *keys;
	size_t count;
};

struct comparing {
	struct bs_visit *visit;
	struct version old_version, new_version;
	struct bs_value *rows;
	size_t count;
	size_t same; /* since the last row */
};

static void put_passage(struct version *version, struct bs_arena *arena, struct bs_str path, struct bs_str attrs, struct bs_str markup)
{
	struct bs_str parts[] = { path, attrs, markup };

	version->paths[version->count] = path;
	version->markups[version->count] = markup;
	version->keys[version->count++] = bs_arena_join(arena, parts, BS_COUNT(parts), BS_STR("\n"));
}

/* A notice is shown by its slug, which is all that a story says of it. */
static void put_block(struct version *version, struct bs_arena *arena, const struct bs_block *block)
{
	struct bs_str notice = bs_block_notice(block);

	put_passage(version, arena, block->path, block->attrs, notice.len > 0 ? notice : block->markup);
}

static struct version version_of(struct bs_arena *arena, const struct bs_draft *d)
{
	const struct {
		struct bs_str path, markup;
	} fields[FIELDS] = {
		{ BS_STR("@title"), d->title }, { BS_STR("@subtitle"), d->subtitle }, { BS_STR("@summary"), d->summary },
		{ BS_STR("@image-alt"), d->image.alt }, { BS_STR("@image-caption"), d->image.caption },
		{ BS_STR("@image-credit"), d->image.credit }, { BS_STR("@author-line"), d->author_line },
	};
	size_t room = FIELDS + d->body.count;
	struct version version = { BS_ARRAY(arena, room, struct bs_str), BS_ARRAY(arena, room, struct bs_str),
		                   BS_ARRAY(arena, room, struct bs_str), 0 };

	for (size_t i = 0; i < FIELDS; i++) {
		if (fields[i].markup.len > 0)
			put_passage(&version, arena, fields[i].path, BS_STR(""), fields[i].markup);
	}
	for (size_t i = 0; i < d->body.count; i++)
		put_block(&version, arena, &d->body.blocks[i]);
	return version;
}

static void put_same(struct comparing *c)
{
	struct bs_dict *dict = bs_dict_new(c->visit->arena, 1);

	if (c->same == 0)
		return;
	bs_put_text(dict, BS_D_none, bs_desk_say_compare_same(c->visit->arena, c->visit->lang, (int64_t)c->same));
	c->rows[c->count++] = bs_value_dict(dict);
	c->same = 0;
}

struct bs_str bs_passage_label(const struct bs_visit *visit, struct bs_str path)
{
	struct bs_str name = bs_str_starts(path, BS_STR("@")) ? bs_str_sub(path, 1, SIZE_MAX) : path;
	size_t slash = bs_str_find_byte(name, '/', 0);
	struct bs_str first = bs_str_sub(name, 0, slash == SIZE_MAX ? name.len : slash), word = bs_word_of(visit, "passage.", first);

	return bs_str_eq(word, first) ? BS_STR("") : word;
}

/* One passage in place of another; either may be missing (SIZE_MAX). */
static void put_row(struct comparing *c, size_t old_at, size_t new_at)
{
	struct bs_arena *arena = c->visit->arena;
	struct bs_dict *dict = bs_dict_new(arena, 4);
	struct bs_str left = BS_STR(""), right = BS_STR(""), path;

	if (old_at != SIZE_MAX)
		left = bs_markup_plain(arena, c->old_version.markups[old_at]);
	if (new_at != SIZE_MAX)
		right = bs_markup_plain(arena, c->new_version.markups[new_at]);
	path = new_at != SIZE_MAX ? c->new_version.paths[new_at] : c->old_version.paths[old_at];
	put_same(c);
	bs_diff_words(arena, left, right, &left, &right);
	bs_put_text(dict, BS_D_none, BS_STR(""));
	bs_put_text(dict, BS_D_label, bs_passage_label(c->visit, path));
	/* Escaped words between <del> and <ins>, by text/diff.h. */
	bs_put(dict, BS_D_left, bs_value_markup(left));
	bs_put(dict, BS_D_right, bs_value_markup(right));
	c->rows[c->count++] = bs_value_dict(dict);
}

/* A run of what is gone and what is new: the first beside the first, and so on. */
static size_t put_run(struct comparing *c, const struct bs_diff_step *steps, size_t at, size_t count)
{
	size_t gone = 0, fresh = 0;

	while (at + gone < count && steps[at + gone].kind == BS_DIFF_GONE)
		gone++;
	while (at + gone + fresh < count && steps[at + gone + fresh].kind == BS_DIFF_NEW)
		fresh++;
	for (size_t i = 0; i < gone || i < fresh; i++)
		put_row(c, i < gone ? steps[at + i].old_at : SIZE_MAX, i < fresh ? steps[at + gone + i].new_at : SIZE_MAX);
	return gone + fresh;
}

void bs_compare_put(struct bs_visit *visit, struct bs_dict *view, const struct bs_draft *old_draft, struct bs_str left,
                    const struct bs_draft *new_draft, struct bs_str right)
{
	struct comparing c = { .visit = visit, .old_version = version_of(visit->arena, old_draft),
		               .new_version = version_of(visit->arena, new_draft) };
	struct bs_dict *dict = bs_dict_new(visit->arena, 4);
	struct bs_diff_step *steps;
	size_t count;

	bs_diff(visit->arena, c.old_version.keys, c.old_version.count, c.new_version.keys, c.new_version.count, &steps, &count);
	c.rows = BS_ARRAY(visit->arena, 2 * count + 1, struct bs_value);
	for (size_t at = 0; at < count;) {
		if (steps[at].kind == BS_DIFF_SAME) {
			c.same++;
			at++;
		} else {
			at += put_run(&c, steps, at, count);
		}
	}
	put_same(&c);
	bs_put_text(dict, BS_D_left, left);
	bs_put_text(dict, BS_D_right, right);
	bs_put(dict, BS_D_rows, bs_value_list(c.rows, c.count));
	bs_put_text(dict, BS_D_lang, new_draft->lang);
	bs_put(view, BS_D_lists, bs_value_dict(dict));
}
