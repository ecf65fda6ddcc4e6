/* settings.c - what the newsroom has set already, and what pages of it say of it; see run.h. */
#include "base/limits.h"
#include "newsroom/catalog.h"
#include "syndicate/import/run.h"

static enum bs_rc stored(struct bs_import_run *run, struct bs_str name, bool *has, struct bs_str *value,
                         struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(run->db, BS_Q_setting_get, BS_VALUES(bs_text(name)), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	*has = rc == BS_OK && bs_stmt_str(stmt, 0).len > 0;
	if (*has && value != NULL)
		*value = bs_arena_copy(run->arena, bs_stmt_str(stmt, 0));
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

enum bs_rc bs_import_settings_read(struct bs_import_run *run, struct bs_err *err)
{
	struct bs_str lang, zone;
	enum bs_rc rc = bs_setting_get(run->arena, run->db, BS_STR("language"), &lang, err);

	if (rc == BS_OK)
		rc = bs_setting_get(run->arena, run->db, BS_STR("timezone"), &zone, err);
	if (rc == BS_OK)
		rc = bs_zone_find(zone, &run->index.zone, err);
	if (rc != BS_OK)
		return rc;
	run->index.lang = bs_lang_find(lang);
	if (run->index.lang == NULL)
		run->index.lang = &bs_langs[BS_LANG_en];
	return bs_import_settings_again(run, err);
}

enum bs_rc bs_import_settings_again(struct bs_import_run *run, struct bs_err *err)
{
	enum bs_rc rc = stored(run, BS_STR("name"), &run->has_name, &run->name, err);
	if (rc == BS_OK)
		rc = stored(run, BS_STR("contact.media"), &run->has_media, &run->media, err);
	if (rc == BS_OK)
		rc = stored(run, BS_STR("contact.permissions"), &run->has_permissions, NULL, err);
	if (rc == BS_OK)
		rc = stored(run, BS_STR("language"), &run->has_language, NULL, err);
	return rc == BS_OK ? stored(run, BS_STR("channels"), &run->has_channels, NULL, err) : rc;
}

static enum bs_rc adopt(struct bs_import_run *run, struct bs_str name, struct bs_str value, bool *has,
                        struct bs_err *err)
{
	bool changed = false;
	enum bs_rc rc;

	if (*has || value.len == 0)
		return BS_OK;
	rc = bs_setting_set(run->db, name, value, &changed, err);
	run->totals->settings += changed;
	return rc;
}

static struct bs_str channels_json(struct bs_arena *arena, const struct bs_incoming *in)
{
	struct bs_json *list = bs_json_new_array(arena);
	struct bs_buf out = BS_BUF(BS_MAX_FIELD);
	struct bs_str text = { 0 };

	for (size_t i = 0; i < in->channel_count; i++) {
		struct bs_json *channel = bs_json_add_object(list, BS_STR(""));

		bs_json_add_string(channel, BS_STR("name"), in->channels[i].name);
		bs_json_add_string(channel, BS_STR("url"), in->channels[i].url);
	}
	if (in->channel_count > 0 && bs_json_write(list, &out, NULL) == BS_OK)
		text = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}

enum bs_rc bs_import_settings_adopt(struct bs_import_run *run, struct bs_arena *arena, const struct bs_incoming *in,
                                    struct bs_err *err)
{
	bool mail = bs_str_find_byte(in->draft.media_contact, '@', 1) != SIZE_MAX;
	enum bs_rc rc;

	/* Only from pages of the publication itself. */
	if (in->publication.len == 0 || (run->has_name && !bs_str_eq_nocase(run->name, in->publication)))
		return BS_OK;
	/* Its language is that of the page that it took its name from. */
	rc = run->has_name ? BS_OK : adopt(run, BS_STR("language"), in->draft.lang, &run->has_language, err);
	if (rc == BS_OK)
		rc = adopt(run, BS_STR("name"), in->publication, &run->has_name, err);
	if (rc == BS_OK)
		rc = adopt(run, BS_STR("contact.media"), mail ? in->draft.media_contact : (struct bs_str){ 0 },
		           &run->has_media, err);
	if (rc == BS_OK)
		rc = adopt(run, BS_STR("contact.permissions"), in->permission_contact, &run->has_permissions, err);
	if (rc == BS_OK)
		rc = adopt(run, BS_STR("channels"), channels_json(arena, in), &run->has_channels, err);
	return rc;
}
