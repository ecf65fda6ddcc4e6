/* files.c - see files.h. */
#include "desk/files.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>

#include "base/limits.h"
#include "page/theme.h"

extern const struct bs_embedded bs_desk_embedded[];

enum { FILES_MAX = 64, SHEET_MAX = 1024 * 1024 };

struct bs_desk_files {
	struct bs_arena *arena;
	struct bs_templates *set;
	struct bs_desk_file files[FILES_MAX];
	size_t count;
	const struct bs_dict *words[BS_LANG_COUNT];
};

struct bs_symbols *bs_desk_symbols(void)
{
	static const struct bs_str names[] = {
#define BS_DESK_NAME(name) BS_STR_INIT(#name),
		BS_DESK_NAMES(BS_DESK_NAME)
#undef BS_DESK_NAME
	};

	return bs_symbols_of(names, BS_COUNT(names));
}

/* --- templates ----------------------------------------------------------------------------------------------------------- */

static enum bs_rc load(void *ctx, struct bs_arena *arena, struct bs_str name, struct bs_template_source *out, struct bs_err *err)
{
	struct bs_str parts[] = { name, BS_STR(".mustache") }, file = bs_arena_join(arena, parts, 2, BS_STR(""));

	(void)ctx;
	for (const struct bs_embedded *e = bs_desk_embedded; e->name.ptr != NULL; e++) {
		if (bs_str_eq(e->name, file)) {
			*out = (struct bs_template_source){ .text = e->bytes, .file = e->name };
			return BS_OK;
		}
	}
	return bs_fail(err, BS_NOT_FOUND, "the desk has no template '" BS_FMT "'", BS_ARG(name));
}

static enum bs_rc compile(struct bs_desk_files *files, struct bs_err *err)
{
	struct bs_template_loader loader = { .load = load };
	struct bs_symbols *symbols = bs_desk_symbols();
	struct bs_str *names, ending = BS_STR(".mustache");
	size_t count = 0;
	enum bs_rc rc;

	for (const struct bs_embedded *e = bs_desk_embedded; e->name.ptr != NULL; e++)
		count++;
	names = BS_ARRAY(files->arena, count, struct bs_str);
	count = 0;
	for (const struct bs_embedded *e = bs_desk_embedded; e->name.ptr != NULL; e++) {
		if (bs_str_ends(e->name, ending))
			names[count++] = bs_str_sub(e->name, 0, e->name.len - ending.len);
	}
	rc = bs_templates_load(symbols, &loader, names, count, &files->set, err);
	bs_symbols_free(&symbols);
	return rc;
}

/* --- styles and scripts --------------------------------------------------------------------------------------------------- */

static void file_add(struct bs_desk_files *files, struct bs_str name, struct bs_str bytes, struct bs_str type)
{
	uint8_t hash[crypto_hash_sha256_BYTES];
	char hex[16];

	assert(files->count < FILES_MAX);
	crypto_hash_sha256(hash, (const uint8_t *)bytes.ptr, bytes.len);
	bs_hex_encode(hash, sizeof(hex) / 2, hex);
	files->files[files->count++] = (struct bs_desk_file){
		.name = name, .bytes = bytes, .type = type,
		.address = bs_arena_printf(files->arena, "/desk/assets/%.16s/%.*s", hex, (int)name.len, name.ptr),
	};
}

static void free_buf(void *ptr)
{
	bs_buf_free(ptr);
}

/* All of css/ one behind the other, by name, is one sheet; each script is a file of its own. */
static void files_make(struct bs_desk_files *files)
{
	struct bs_buf *sheet = BS_NEW(files->arena, struct bs_buf);

	*sheet = BS_BUF(SHEET_MAX);
	bs_arena_defer(files->arena, free_buf, sheet);
	for (const struct bs_embedded *e = bs_desk_embedded; e->name.ptr != NULL; e++) {
		if (bs_str_ends(e->name, BS_STR(".css")))
			bs_buf_put(sheet, e->bytes);
		else if (bs_str_ends(e->name, BS_STR(".js")))
			file_add(files, bs_str_starts(e->name, BS_STR("js/")) ? bs_str_sub(e->name, 3, SIZE_MAX) : e->name, e->bytes,
			         BS_STR("text/javascript; charset=utf-8"));
	}
	file_add(files, BS_STR("desk.css"), bs_buf_str(sheet), BS_STR("text/css; charset=utf-8"));
}

const struct bs_desk_file *bs_desk_file(const struct bs_desk_files *files, struct bs_str name)
{
	for (size_t i = 0; i < files->count; i++) {
		if (bs_str_eq(files->files[i].name, name))
			return &files->files[i];
	}
	return NULL;
}

/* --- words --------------------------------------------------------------------------------------------------------------- */

const struct bs_lang *bs_desk_lang(const struct bs_lang *lang)
{
	return lang != NULL && bs_words_coverage(&bs_desk_msg_words, lang) > 0 ? lang : &bs_langs[BS_LANG_en];
}

/* story.title is story_title in templates: a dot would be a step into an object. */
static uint16_t symbol_of(const struct bs_desk_files *files, struct bs_str name)
{
	char text[128];

	if (name.len > sizeof(text))
		return 0;
	for (size_t i = 0; i < name.len; i++)
		text[i] = name.ptr[i] == '.' || name.ptr[i] == '-' ? '_' : name.ptr[i];
	return bs_symbols_find(bs_templates_symbols(files->set), bs_str_n(text, name.len));
}

static void words_make(struct bs_desk_files *files, const struct bs_lang *lang)
{
	struct bs_dict *dict = bs_dict_new(files->arena, BS_DESK_MSG_COUNT);

	for (int id = 0; id < BS_DESK_MSG_COUNT; id++) {
		uint16_t symbol = symbol_of(files, bs_words_name(&bs_desk_msg_words, id));
		/* Messages hold nothing that HTML would take for more than text: see lang/message.h. */
		if (symbol != 0 && !bs_words_has_parameters(&bs_desk_msg_words, id))
			bs_dict_set(dict, symbol, bs_value_markup(bs_words_message(&bs_desk_msg_words, lang, id)));
	}
	files->words[lang->id] = dict;
}

struct bs_value bs_desk_words(const struct bs_desk_files *files, const struct bs_lang *lang)
{
	return bs_value_dict(files->words[bs_desk_lang(lang)->id]);
}

/* --- all of it ------------------------------------------------------------------------------------------------------------ */

enum bs_rc bs_desk_files_new(struct bs_desk_files **out, struct bs_err *err)
{
	struct bs_desk_files *files = bs_alloc(sizeof(*files));
	enum bs_rc rc;

	files->arena = bs_arena_new();
	rc = compile(files, err);
	if (rc != BS_OK) {
		bs_desk_files_free(&files);
		return rc;
	}
	files_make(files);
	for (size_t i = 0; i < BS_LANG_COUNT; i++) {
		if (bs_desk_lang(&bs_langs[i]) == &bs_langs[i])
			words_make(files, &bs_langs[i]);
	}
	*out = files;
	return BS_OK;
}

void bs_desk_files_free(struct bs_desk_files **files)
{
	if (*files == NULL)
		return;
	bs_templates_unref(&(*files)->set);
	bs_arena_free(&(*files)->arena);
	free(*files);
	*files = NULL;
}

const struct bs_template *bs_desk_template(const struct bs_desk_files *files, struct bs_str name)
{
	return bs_templates_find(files->set, name);
}
