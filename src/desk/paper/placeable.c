/* placeable.c - the newsroom's notices for the writing surface: what may be placed in a text, and what it says there. See desk/story.h. */
#include "desk/story.h"
#include "text/markup.h"

enum { WORDS = 300, NAME = 100 /* bytes */ };

/* The beginning of what it says, blocks joined by spaces: plain. */
static struct bs_str words_of(struct bs_arena *arena, const struct bs_notice *notice)
{
	struct bs_buf out = BS_BUF(BS_MAX_DESK_BODY);
	struct bs_str all, made;

	bs_body_text(&out, &notice->body, NULL);
	all = bs_str_trim(bs_buf_str(&out));
	made = bs_str_utf8_prefix(all, WORDS);
	made = bs_arena_join(arena, (struct bs_str[]){ made, made.len < all.len ? BS_STR("…") : BS_STR("") }, 2, BS_STR(""));
	bs_buf_free(&out);
	return made;
}

static struct bs_value value_of(struct bs_arena *arena, const struct bs_notice *notice)
{
	const struct bs_lang *lang = bs_lang_find(notice->lang);
	struct bs_dict *dict = bs_dict_new(arena, 5);
	struct bs_str words = words_of(arena, notice), first = notice->body.count > 0 ? notice->body.blocks[0].markup : BS_STR("");

	bs_put_text(dict, BS_D_value, notice->slug);
	bs_put_text(dict, BS_D_label, notice->title.len > 0 ? notice->title : bs_markup_beginning(arena, first, NAME));
	bs_put_text(dict, BS_D_text, words);
	bs_put_text(dict, BS_D_lang, notice->lang);
	bs_put_text(dict, BS_D_dir, lang != NULL && lang->rtl ? BS_STR("rtl") : BS_STR("ltr"));
	return bs_value_dict(dict);
}

void bs_placeable_put(struct bs_visit *visit, struct bs_dict *view, struct bs_str lang)
{
	const struct bs_publication *p = visit->publication;
	struct bs_value *items = BS_ARRAY(visit->arena, p->notice_count, struct bs_value);
	size_t count = 0;

	for (size_t i = 0; i < p->notice_count; i++) {
		/* One for all its languages: the one that readers of the story would get. */
		if (bs_publication_notice(p, p->notices[i].slug, lang) == &p->notices[i])
			items[count++] = value_of(visit->arena, &p->notices[i]);
	}
	bs_put(view, BS_D_placeable, bs_value_list(items, count));
	bs_put_flag(view, BS_D_has_placeable, count > 0);
}
