/* A page, a partial and JSON, with NUL between them: whatever compiles renders, twice the same, and the same again when
 * it is included as a whole. */
#include <stdlib.h>

#include "text/json.h"
#include "text/template.h"

enum { PAGE_CAP = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	struct bs_str page, partial, json;
};

static enum bs_rc load(void *ctx, struct bs_arena *arena, struct bs_str name, struct bs_template_source *out,
                       struct bs_err *err)
{
	const struct input *input = ctx;

	(void)arena;
	out->file = name;
	if (bs_str_eq(name, BS_STR("page")))
		out->text = input->page;
	else if (bs_str_eq(name, BS_STR("p")))
		out->text = input->partial;
	else if (bs_str_eq(name, BS_STR("whole")))
		out->text = BS_STR("{{>page}}");
	else
		return bs_fail(err, BS_NOT_FOUND, "no such template");
	return BS_OK;
}

static void render_all(const struct bs_templates *set, const struct bs_value *view)
{
	static const char *const names[] = { "page", "page", "whole" };
	struct bs_buf pages[3] = { BS_BUF(PAGE_CAP), BS_BUF(PAGE_CAP), BS_BUF(PAGE_CAP) };
	struct bs_err err;
	enum bs_rc rc = BS_OK;

	for (size_t at = 0; at < 3 && rc == BS_OK; at++)
		rc = bs_template_render(bs_templates_find(set, bs_str_c(names[at])), view, 1, &pages[at], &err);
	if (rc != BS_OK && rc != BS_LIMIT)
		abort();
	for (size_t at = 1; at < 3 && rc == BS_OK; at++) {
		if (!bs_str_eq(bs_buf_str(&pages[0]), bs_buf_str(&pages[at])))
			abort();
	}
	for (size_t at = 0; at < 3; at++)
		bs_buf_free(&pages[at]);
}

static void try_templates(struct bs_arena *arena, struct input *input, const struct bs_json *json)
{
	struct bs_str names[] = { BS_STR("page"), BS_STR("p"), BS_STR("whole") };
	struct bs_symbols *none = bs_symbols_new();
	struct bs_template_loader loader = { load, input };
	struct bs_template_finding *findings;
	struct bs_templates *set = NULL;
	struct bs_err err;
	size_t count;

	if (bs_templates_load(none, &loader, names, BS_COUNT(names), &set, &err) == BS_OK) {
		struct bs_value view = bs_value_of_json(arena, bs_templates_symbols(set), json);
		render_all(set, &view);
		bs_templates_check(arena, set, none, &findings, &count);
	}
	bs_templates_unref(&set);
	bs_symbols_free(&none);
}

/* What was read is written so that it reads back as the same bytes. */
static void write_again(struct bs_arena *arena, const struct bs_json *json)
{
	struct bs_buf once = BS_BUF(1 << 20), twice = BS_BUF(1 << 20);
	const struct bs_json *back;
	struct bs_err err;

	if (bs_json_write(json, &once, &err) == BS_OK) {
		if (bs_json_parse(arena, bs_buf_str(&once), &back, &err) != BS_OK || bs_json_write(back, &twice, &err) != BS_OK ||
		    !bs_str_eq(bs_buf_str(&once), bs_buf_str(&twice)))
			abort();
	}
	bs_buf_free(&once);
	bs_buf_free(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bs_arena *arena = bs_arena_new();
	struct bs_str rest = bs_str_n((const char *)data, size);
	struct input input = { { 0 }, { 0 }, { 0 } };
	const struct bs_json *json = bs_json_new_object(arena);
	struct bs_err err;

	(void)bs_str_split(&rest, '\0', &input.page);
	(void)bs_str_split(&rest, '\0', &input.partial);
	if (bs_str_split(&rest, '\0', &input.json) && bs_json_parse(arena, input.json, &json, &err) == BS_OK)
		write_again(arena, json);
	try_templates(arena, &input, json);
	bs_arena_free(&arena);
	return 0;
}
