/* kept.c - see kept.h. */
#include "desk/kept.h"

#include "desk/frame.h"

enum { LONG_TEXT = 80 };

static const struct bs_str purpose = BS_STR_INIT("kept form");

struct bs_str bs_kept_seal(struct bs_visit *visit)
{
	struct bs_str path = bs_target_write(visit->arena, visit->request->target.path, visit->request->target.query);
	struct bs_str parts[] = { path, bs_request_header(visit->request, "Content-Type"), visit->request->body };

	if (visit->request->body.len > BS_MAX_DESK_BODY)
		return BS_STR("");
	return bs_token_text(visit->arena, bs_vault_seal(visit->arena, visit->options->vault, purpose,
	                     bs_arena_join(visit->arena, parts, BS_COUNT(parts), BS_STR("\n"))));
}

static bool is_own(struct bs_str name)
{
	return bs_str_eq(name, BS_STR("csrf")) || bs_str_eq(name, BS_STR("kept"));
}

enum bs_rc bs_kept_page(struct bs_visit *visit, struct bs_str path, const struct bs_form *form, struct bs_err *err)
{
	struct bs_dict *view = bs_desk_view(visit, bs_word(visit, BS_DESK_MSG_kept_title));
	struct bs_value *hidden = BS_ARRAY(visit->arena, form->count, struct bs_value), *rows = BS_ARRAY(visit->arena, form->count, struct bs_value);
	size_t count = 0, shown = 0;

	for (size_t i = 0; i < form->count; i++) {
		const struct bs_form_field *field = &form->fields[i];
		struct bs_dict *dict = bs_dict_new(visit->arena, 2);
		if (is_own(field->name) || field->file.ptr != NULL)
			continue;
		bs_put_text(dict, BS_D_name, field->name);
		bs_put_text(dict, BS_D_value, field->value);
		if (field->value.len > LONG_TEXT)
			rows[shown++] = bs_value_dict(dict);
		hidden[count++] = bs_value_dict(dict);
	}
	bs_put_text(view, BS_D_path, path);
	bs_put(view, BS_D_hidden, bs_value_list(hidden, count));
	bs_put(view, BS_D_rows, bs_value_list(rows, shown));
	return bs_desk_print(visit, "kept", view, err);
}

enum bs_rc bs_kept_page_sealed(struct bs_visit *visit, struct bs_str kept, struct bs_err *err)
{
	struct bs_str sealed, text, path, type;
	struct bs_form form;

	if (bs_token_bytes(visit->arena, kept, &sealed) != BS_OK ||
	    bs_vault_open_sealed(visit->arena, visit->options->vault, purpose, sealed, &text) != BS_OK)
		return BS_NOT_FOUND;
	if (!bs_str_split(&text, '\n', &path) || !bs_str_split(&text, '\n', &type) ||
	    bs_form_parse(visit->arena, type, text, &form, err) != BS_OK)
		return BS_NOT_FOUND;
	return bs_kept_page(visit, path, &form, err);
}
