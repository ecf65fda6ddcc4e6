/* press.c - see press.h. */
#include "page/press.h"

#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "lang/message.h"
#include "page/asset.h"
#include "page/page.h"
#include "page/theme.h"

static const struct bs_str templates[] = {
	BS_STR_INIT("home"),   BS_STR_INIT("story"),       BS_STR_INIT("listing"), BS_STR_INIT("archive"), BS_STR_INIT("month"),
	BS_STR_INIT("search"), BS_STR_INIT("corrections"), BS_STR_INIT("page"),    BS_STR_INIT("share"), BS_STR_INIT("error"),
};
enum { TEMPLATE_COUNT = BS_COUNT(templates) };

/* What a theme may bring besides templates and style sheets. */
static const struct bs_str own_files[] = {
	BS_STR_INIT("icon.svg"),     BS_STR_INIT("favicon.ico"),  BS_STR_INIT("apple-touch-icon.png"),
	BS_STR_INIT("icon-192.png"), BS_STR_INIT("icon-512.png"), BS_STR_INIT("robots.txt"),
};
enum { OWN_FILE_COUNT = BS_COUNT(own_files) };

struct bs_press {
	atomic_uint refs;
	struct bs_arena *arena;
	struct bs_publication *publication;
	struct bs_templates *set;
	struct bs_sheet sheets[TEMPLATE_COUNT];
	struct bs_str own[OWN_FILE_COUNT]; /* ptr NULL: not there */
	struct bs_assets assets;
	struct bs_policy data;
	pthread_mutex_t lock; /* of the arena, while what is common is filled */
	_Atomic(struct bs_common *) common[BS_LANG_COUNT];
};

static void free_buf(void *ptr)
{
	bs_buf_free(ptr);
}

static void put_colour(struct bs_buf *out, struct bs_str slug, struct bs_str colour)
{
	/* Both are checked when they are saved: a slug, and '#' with six digits. */
	bs_buf_lit(out, "[data-section=\"");
	bs_buf_put(out, slug);
	bs_buf_lit(out, "\"]{--section:");
	bs_buf_put(out, colour);
	bs_buf_putc(out, '}');
}

/* The section's own colours, or those which the theme has for its place. */
static void put_section(struct bs_buf *out, const struct bs_section *section, size_t place)
{
	char usual[32];
	int len = snprintf(usual, sizeof(usual), "var(--section-%zu)", place % 8 + 1);

	put_colour(out, section->slug, section->colour.len > 0 ? section->colour : bs_str_n(usual, (size_t)len));
	if (section->colour_dark.len > 0) {
		bs_buf_lit(out, "@media(prefers-color-scheme:dark){");
		put_colour(out, section->slug, section->colour_dark);
		bs_buf_putc(out, '}');
	}
}

/* Content-Security-Policy that allows this style sheet, pictures, faces and forms of the site, and nothing else. */
static struct bs_str policy_of(struct bs_arena *arena, struct bs_str css)
{
	uint8_t hash[crypto_hash_sha256_BYTES];
	char base64[sodium_base64_ENCODED_LEN(sizeof(hash), sodium_base64_VARIANT_ORIGINAL)];

	crypto_hash_sha256(hash, (const uint8_t *)css.ptr, css.len);
	sodium_bin2base64(base64, sizeof(base64), hash, sizeof(hash), sodium_base64_VARIANT_ORIGINAL);
	return bs_arena_printf(arena, "default-src 'none'; style-src 'sha256-%s'; img-src 'self' data:; font-src 'self'; manifest-src 'self'; "
	                       "connect-src 'self'; "
	                       "form-action 'self'; base-uri 'none'; frame-ancestors 'none'", base64);
}

static enum bs_rc sheet_make(struct bs_press *press, const char *theme_dir, size_t i, struct bs_err *err)
{
	const struct bs_publication *p = press->publication;
	struct bs_buf *out = BS_NEW(press->arena, struct bs_buf), sheet = BS_BUF(BS_MAX_TEMPLATE);
	enum bs_rc rc;

	*out = BS_BUF(BS_MAX_TEMPLATE);
	bs_arena_defer(press->arena, free_buf, out);
	rc = bs_theme_style(press->arena, theme_dir, templates[i], &sheet, err);
	if (rc == BS_OK)
		rc = bs_assets_link(press->arena, theme_dir, bs_buf_str(&sheet), &press->assets, out, err);
	bs_buf_free(&sheet);
	if (rc != BS_OK)
		return rc;
	for (size_t k = 0; k < p->section_count; k++) {
		if (p->sections[k].vocabulary == BS_THEME)
			put_section(out, &p->sections[k], k);
	}
	press->sheets[i].css = bs_buf_str(out);
	press->sheets[i].policy = (struct bs_policy){ .csp = policy_of(press->arena, bs_buf_str(out)), .hsts = press->data.hsts };
	return bs_buf_check(out, "the style sheet", err);
}

static enum bs_rc own_files_load(struct bs_press *press, const char *theme_dir, struct bs_err *err)
{
	struct bs_str file;
	enum bs_rc rc = BS_OK;

	for (size_t i = 0; i < OWN_FILE_COUNT && rc == BS_OK; i++) {
		rc = bs_theme_file(press->arena, theme_dir, own_files[i], &press->own[i], &file, err);
		if (rc == BS_NOT_FOUND)
			rc = BS_OK;
	}
	return rc;
}

/* Every template of the built-in theme: which of them a page needs may be known only when it is printed ({{>*layout}}). */
static size_t template_names(struct bs_arena *arena, struct bs_str **names)
{
	struct bs_str ending = BS_STR(".mustache");
	size_t count = 0;

	while (bs_theme_default[count].name.ptr != NULL)
		count++;
	*names = BS_ARRAY(arena, count, struct bs_str);
	count = 0;
	for (const struct bs_embedded *e = bs_theme_default; e->name.ptr != NULL; e++) {
		if (bs_str_ends(e->name, ending))
			(*names)[count++] = bs_str_sub(e->name, 0, e->name.len - ending.len);
	}
	return count;
}

enum bs_rc bs_press_new(struct bs_db *db, const char *theme_dir, const char *hsts, struct bs_press **out,
                        struct bs_err *err)
{
	struct bs_template_loader loader = { .load = bs_theme_load, .ctx = (void *)(uintptr_t)theme_dir };
	struct bs_press *press = bs_alloc(sizeof(*press));
	struct bs_symbols *symbols = bs_view_symbols();
	struct bs_str *names;
	size_t count;
	enum bs_rc rc;

	atomic_store(&press->refs, 1);
	press->arena = bs_arena_new();
	press->data = (struct bs_policy){ .hsts = bs_arena_copy(press->arena, bs_str_c(hsts)), .embeddable = true };
	pthread_mutex_init(&press->lock, NULL);
	count = template_names(press->arena, &names);
	rc = theme_dir != NULL ? bs_theme_check(theme_dir, err) : BS_OK;
	if (rc == BS_OK)
		rc = bs_publication_load(db, &press->publication, err);
	if (rc == BS_OK)
		rc = bs_templates_load(symbols, &loader, names, count, &press->set, err);
	for (size_t i = 0; i < TEMPLATE_COUNT && rc == BS_OK; i++)
		rc = sheet_make(press, theme_dir, i, err);
	if (rc == BS_OK)
		rc = own_files_load(press, theme_dir, err);
	bs_symbols_free(&symbols);
	if (rc == BS_OK)
		*out = press;
	else
		bs_press_drop(&press);
	return rc;
}

struct bs_press *bs_press_hold(struct bs_press *press)
{
	atomic_fetch_add_explicit(&press->refs, 1, memory_order_relaxed);
	return press;
}

void bs_press_drop(struct bs_press **press)
{
	struct bs_press *p = *press;

	*press = NULL;
	if (p == NULL || atomic_fetch_sub_explicit(&p->refs, 1, memory_order_acq_rel) != 1)
		return;
	for (size_t i = 0; i < BS_LANG_COUNT; i++) {
		struct bs_common *common = atomic_load_explicit(&p->common[i], memory_order_relaxed);
		bs_common_free(&common);
	}
	bs_templates_unref(&p->set);
	bs_publication_free(&p->publication);
	bs_arena_free(&p->arena);
	pthread_mutex_destroy(&p->lock);
	free(p);
}

const struct bs_publication *bs_press_publication(const struct bs_press *press)
{
	return press->publication;
}

const struct bs_template *bs_press_template(const struct bs_press *press, struct bs_str name)
{
	return bs_templates_find(press->set, name);
}

const struct bs_sheet *bs_press_sheet(const struct bs_press *press, struct bs_str name)
{
	for (size_t i = 0; i < TEMPLATE_COUNT; i++) {
		if (bs_str_eq(templates[i], name))
			return &press->sheets[i];
	}
	return NULL;
}

struct bs_str bs_press_file(const struct bs_press *press, struct bs_str name)
{
	for (size_t i = 0; i < OWN_FILE_COUNT; i++) {
		if (bs_str_eq(own_files[i], name))
			return press->own[i];
	}
	return (struct bs_str){ 0 };
}

const struct bs_assets *bs_press_assets(const struct bs_press *press)
{
	return &press->assets;
}

const struct bs_policy *bs_press_data_policy(const struct bs_press *press)
{
	return &press->data;
}

/* story.published is story_published in templates: a dot would be a step into an object. */
static uint16_t message_symbol(const struct bs_press *press, enum bs_msg id)
{
	struct bs_str name = bs_message_name(id);
	char text[128];

	if (name.len > sizeof(text))
		return 0;
	for (size_t i = 0; i < name.len; i++)
		text[i] = name.ptr[i] == '.' || name.ptr[i] == '-' ? '_' : name.ptr[i];
	return bs_symbols_find(bs_templates_symbols(press->set), bs_str_n(text, name.len));
}

static const struct bs_dict *messages_make(struct bs_press *press, const struct bs_lang *lang)
{
	struct bs_dict *dict = bs_dict_new(press->arena, BS_MSG_COUNT);

	for (enum bs_msg id = 0; id < BS_MSG_COUNT; id++) {
		uint16_t symbol = message_symbol(press, id);
		/* Messages hold nothing that HTML would take for more than text: see lang/message.h. */
		if (symbol != 0 && !bs_message_has_parameters(id))
			bs_dict_set(dict, symbol, bs_value_markup(bs_message(lang, id)));
	}
	return dict;
}

static struct bs_common *common_make(struct bs_press *press, struct bs_page *page, void (*fill)(struct bs_page *page, struct bs_dict *values))
{
	struct bs_dict *values = bs_dict_new(press->arena, 16);
	struct bs_arena *own = page->arena;
	struct bs_str path = page->path;

	bs_dict_set(values, BS_N_lang, bs_value_text(page->lang->code));
	bs_dict_set(values, BS_N_dir, bs_value_text(page->lang->rtl ? BS_STR("rtl") : BS_STR("ltr")));
	bs_dict_set(values, BS_N_msg, bs_value_dict(messages_make(press, page->lang)));
	page->arena = press->arena;
	page->path = BS_STR("");
	fill(page, values);
	page->arena = own;
	page->path = path;
	return bs_common_new(press->set, values);
}

struct bs_common *bs_press_common(struct bs_press *press, struct bs_page *page, void (*fill)(struct bs_page *page, struct bs_dict *values))
{
	_Atomic(struct bs_common *) *place = &press->common[page->lang->id];
	struct bs_common *common = atomic_load_explicit(place, memory_order_acquire);

	if (common != NULL)
		return common;
	pthread_mutex_lock(&press->lock);
	common = atomic_load_explicit(place, memory_order_relaxed);
	if (common == NULL) {
		common = common_make(press, page, fill);
		atomic_store_explicit(place, common, memory_order_release);
	}
	pthread_mutex_unlock(&press->lock);
	return common;
}
