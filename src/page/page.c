/* page.c - see page.h. */
#include "page/page.h"

#include "page/version.h"

enum { TAGS_ROOM = 512 };

/* Few pages name more tags than the first room holds. */
static void make_room(struct bs_page *page, size_t more)
{
	char *before = page->tags;

	if (page->tags_len + more <= page->tags_room)
		return;
	page->tags_room = page->tags_room > 0 ? 2 * page->tags_room : TAGS_ROOM;
	page->tags = bs_arena_alloc(page->arena, page->tags_room);
	if (page->tags_len > 0)
		memcpy(page->tags, before, page->tags_len);
}

static void add_tag(struct bs_page *page, struct bs_str tag)
{
	uint32_t slot = bs_versions_slot(tag);

	for (size_t i = 0; i < page->slot_count; i++) {
		if (page->slots[i] == slot)
			return;
	}
	if (page->slot_count == BS_PAGE_TAGS_MAX) {
		page->uncached = true;
		return;
	}
	make_room(page, 1 + BS_TAG_MAX);
	if (page->tags_len > 0)
		page->tags[page->tags_len++] = ',';
	memcpy(page->tags + page->tags_len, tag.ptr, tag.len);
	page->tags_len += tag.len;
	page->slots[page->slot_count++] = slot;
}

void bs_page_tag(struct bs_page *page, enum bs_tag_kind kind, int64_t id)
{
	char text[BS_TAG_MAX];

	add_tag(page, bs_tag(kind, id, text));
}

void bs_page_tag_all(struct bs_page *page, struct bs_str tags)
{
	struct bs_str tag;

	while (tags.len > 0 && bs_str_split(&tags, ',', &tag))
		add_tag(page, tag);
}

const void *bs_page_recall(const struct bs_page *page, struct bs_str subject)
{
	return page->memo != NULL && bs_str_eq(page->memo->subject, subject) ? page->memo->value : NULL;
}

struct bs_arena *bs_page_keep_begin(struct bs_page *page)
{
	struct bs_arena *own = page->arena;

	if (page->memo == NULL)
		return own;
	bs_arena_reset(page->memo->arena);
	page->memo->subject = (struct bs_str){ 0 };
	page->memo->value = NULL;
	page->arena = page->memo->arena;
	return own;
}

void bs_page_keep_end(struct bs_page *page, struct bs_arena *own, struct bs_str subject, const void *value)
{
	if (page->memo != NULL && value != NULL) {
		page->memo->subject = bs_arena_copy(page->memo->arena, subject);
		page->memo->value = value;
	}
	page->arena = own;
}

enum bs_rc bs_page_render(struct bs_page *page, const char *template, struct bs_dict *view, struct bs_err *err)
{
	struct bs_str name = bs_str_c(template);
	const struct bs_template *compiled = bs_press_template(page->press, name);
	const struct bs_sheet *sheet = bs_press_sheet(page->press, name);

	bs_dict_set(view, BS_N_template, bs_value_text(name));
	/* Made by bs_theme_style from the theme's files, which the owner of the site put there. */
	bs_dict_set(view, BS_N_css, bs_value_markup(sheet->css));
	page->policy = &sheet->policy;
	return bs_template_render_common(compiled, page->common, view, page->out, err);
}
