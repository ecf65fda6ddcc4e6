/* catalog.h - what stories refer to: people, terms, notices, media, settings. Saving is "make it so": found by its
 * slug and brought to what is given, or made; true in *changed when anything was written, and then the tags of the
 * pages that show it are touched. All run inside the caller's write transaction. Text is borrowed. */
#ifndef BS_NEWSROOM_CATALOG_H
#define BS_NEWSROOM_CATALOG_H

#include "newsroom/draft.h"
#include "store/db.h"

struct bs_person_draft {
	struct bs_str slug; /* empty: made from the name */
	struct bs_str name; /* plain */
	struct bs_str lang; /* of the biography */
	struct bs_body bio;
	int64_t portrait_id; /* media, 0 none */
	struct bs_str portrait_alt; /* plain */
	struct bs_str job;
	struct bs_str url;
	struct bs_str email;
};
enum bs_rc bs_person_save(struct bs_arena *arena, struct bs_db *db, const struct bs_person_draft *person, int64_t *id,
                          bool *changed, struct bs_err *err) BS_CHECK;

/* The cards of a person's stories carry the name: bring it to them. */
enum bs_rc bs_person_on_cards(struct bs_arena *arena, struct bs_db *db, int64_t person_id, struct bs_err *err) BS_CHECK;

struct bs_term_name {
	struct bs_str lang;
	struct bs_str name; /* plain */
};
struct bs_term_draft {
	enum bs_vocabulary vocabulary;
	struct bs_str slug;
	struct bs_str code;
	struct bs_str parent; /* slug in the same vocabulary, which must exist; or empty */
	int section; /* of themes: the place among the home page's sections from 1; 0 leaves it as it is */
	struct bs_str colour; /* of the section's rule, "#rrggbb" or empty; BS_INVALID otherwise */
	struct bs_str colour_dark; /* the same on dark pages */
	const struct bs_term_name *names; /* at least one */
	size_t name_count;
	struct bs_str lang; /* of the description */
	struct bs_body description;
	int64_t image_id;
	struct bs_str image_alt;
	struct bs_str image_credit;
};
enum bs_rc bs_term_save(struct bs_arena *arena, struct bs_db *db, const struct bs_term_draft *term, int64_t *id,
                        bool *changed, struct bs_err *err) BS_CHECK;

/* Whether a term may have these. BS_INVALID, with the reason. */
enum bs_rc bs_term_check(struct bs_str slug, struct bs_str colour, struct bs_str colour_dark, struct bs_err *err) BS_CHECK;

struct bs_notice_draft {
	struct bs_str slug;
	struct bs_str lang; /* each language's text is saved on its own, under the same slug */
	struct bs_str kind;      /* note, disclaimer, permission, fair-use, copyright */
	struct bs_str placement; /* before, after, end, foot */
	/* The stories that carry it: "all", "listed" (those that name it), "elsewhere" (first published elsewhere), or a rule as
	 * canonical JSON, met by a story that has any of {"kinds":[…],"regions":[…],"reports":[…],"tags":[…],"themes":[…]}. */
	struct bs_str applies;
	struct bs_str title; /* plain; or empty */
	struct bs_body body;
};
enum bs_rc bs_notice_save(struct bs_arena *arena, struct bs_db *db, const struct bs_notice_draft *notice, int64_t *id,
                          bool *changed, struct bs_err *err) BS_CHECK;

/* The home page's sections are given anew: no theme is one until it is saved with its place. */
enum bs_rc bs_sections_clear(struct bs_db *db, struct bs_err *err) BS_CHECK;

enum bs_setting_shape {
	BS_SETTING_TEXT, BS_SETTING_LANGUAGE, BS_SETTING_ZONE, BS_SETTING_URL, BS_SETTING_MAIL, BS_SETTING_CHANNELS, BS_SETTING_PERCENT,
	BS_SETTING_APPROVAL, BS_SETTING_MENU, BS_SETTING_HOME,
};
struct bs_setting {
	struct bs_str name;
	struct bs_str usual; /* where none is stored */
	enum bs_setting_shape shape;
	bool by_language; /* NAME.CODE is a setting too */
	bool needed;      /* by every page: never empty */
};
/* All there are. */
const struct bs_setting *bs_settings(size_t *count);
/* What a setting is where none is stored; empty for a name that there is not. */
struct bs_str bs_setting_usual(struct bs_str name);
/* What is wrong with a value. */
enum bs_setting_wrong {
	BS_SETTING_RIGHT, BS_SETTING_TOO_LONG, BS_SETTING_NOT_TEXT, BS_SETTING_EMPTY, BS_SETTING_NO_ZONE, BS_SETTING_NO_LANGUAGE, BS_SETTING_NO_URL,
	BS_SETTING_SLASH, /* an address that ends with one */
	BS_SETTING_NO_MAIL, BS_SETTING_NO_PERCENT, BS_SETTING_NO_APPROVAL, BS_SETTING_NO_CHANNELS, BS_SETTING_NO_CHANNEL, BS_SETTING_NO_MENU,
	BS_SETTING_NO_MENU_ENTRY, BS_SETTING_NO_HOME, BS_SETTING_WRONG_COUNT
};
struct bs_setting_fault {
	enum bs_setting_wrong wrong;
	size_t number; /* of the entry of a list that it is, from 1; 0: all of it */
};
enum { BS_SETTING_SHOWN = 120 }; /* bytes of a wrong value that a message repeats */
/* Whether a setting may have this value; results as of bs_setting_set. *fault tells BS_INVALID and BS_LIMIT for words of one's own. */
enum bs_rc bs_setting_check(struct bs_str name, struct bs_str value, struct bs_setting_fault *fault, struct bs_err *err) BS_CHECK;
/* Whether an entry of a menu may lead there: a path of the site, a web address, mailto. */
bool bs_menu_target_valid(struct bs_str to);

/* Settings are named text (docs/handbook/configuration.md has them all): "name", "tagline", "language", "url", "timezone",
 * "licence", "contact.email" … ; "name" and "tagline" also per language, "name.de". "channels" is canonical JSON:
 * [{"name":…,"url":…}]. BS_NOT_FOUND for a name that no setting has, with the nearest one in the message; BS_INVALID for
 * a value it cannot have. */
enum bs_rc bs_setting_set(struct bs_db *db, struct bs_str name, struct bs_str value, bool *changed,
                          struct bs_err *err) BS_CHECK;
/* The value, or the default of that setting when none is stored; lives in the arena. */
enum bs_rc bs_setting_get(struct bs_arena *arena, struct bs_db *db, struct bs_str name, struct bs_str *out,
                          struct bs_err *err) BS_CHECK;

struct bs_media_file {
	struct bs_str name;  /* of the file as it came, for people */
	struct bs_str bytes; /* the whole file, at most BS_MAX_MEDIA_FILE */
};
/* Keep a picture: told by its content (JPEG, PNG, WebP, GIF, AVIF), measured from its header without decoding, written
 * to DIR/ab/abcdef….ext under its hash (temporary file, fsync, rename) and recorded. The same bytes again give the same
 * id. BS_INVALID for anything else than these, BS_LIMIT over the cap. */
enum bs_rc bs_media_save(struct bs_arena *arena, struct bs_db *db, const char *media_dir,
                         const struct bs_media_file *file, int64_t *id, struct bs_err *err) BS_CHECK;

/* Every picture's hash, 64 hexadecimal digits, in order of their coming; in the arena. */
enum bs_rc bs_media_hashes(struct bs_arena *arena, struct bs_db *db, struct bs_str **out, size_t *count,
                           struct bs_err *err) BS_CHECK;

struct bs_media_result {
	int64_t files; /* that are what they should be */
	char text[256]; /* the first that is not; "" when all are */
};
/* Hash the file of every picture that is recorded. BS_CORRUPT with out->text: one is missing or changed; BS_DENIED, BS_IO: it could not
 * be read. */
enum bs_rc bs_media_verify(struct bs_db *db, const char *media_dir, struct bs_media_result *out, struct bs_err *err) BS_CHECK;

/* What a picture's file ends with: "webp"; of "image/jpeg" it is "jpg". */
struct bs_str bs_media_ending(struct bs_str mime);
/* Where bs_media_save keeps it, NUL-terminated. `hash` has BS_HASH_SIZE bytes. */
struct bs_str bs_media_path(struct bs_arena *arena, const char *media_dir, struct bs_str hash, struct bs_str mime);

#endif
