/* front.h - what the front matter readers of stories, people, terms and notices share; for the files of this folder. */
#ifndef BS_SYNDICATE_IMPORT_READ_FRONT_H
#define BS_SYNDICATE_IMPORT_READ_FRONT_H

#include "syndicate/import/read/fields.h"
#include "syndicate/import/read/incoming.h"

struct bs_front_image {                     /* a picture as front matter names it */
	struct bs_str file;                 /* empty: none */
	struct bs_str alt, caption, credit; /* markup */
	struct bs_str credit_url, licence;
	bool may_syndicate;
	int line; /* of the document; 0: there is none */
};

/* The front matter of a document as a map; an empty map when it has none. */
enum bs_rc bs_front_parse(const struct bs_reading *reading, struct bs_data **out, struct bs_err *err) BS_CHECK;

/* Plain text as markup; "&#8217;" and "&amp;" in it are what they stand for, as other tools take them. {inline: "A *word*"} is one line
 * of Markdown. */
struct bs_str bs_front_plain(struct bs_fields *f, const struct bs_entry *entry);
/* One line of Markdown as markup. */
struct bs_str bs_front_inline(struct bs_fields *f, const struct bs_entry *entry);
/* "pictures/x.jpg", or a mapping of file, alt, caption … */
void bs_front_image(struct bs_fields *f, const struct bs_entry *entry, struct bs_front_image *out);

/* "ice-season" as words: "Ice season", or with a capital each, "Ingrid Sorley". */
struct bs_str bs_front_words_of_slug(struct bs_arena *arena, struct bs_str slug, bool each);
/* A slug from a name, in the letters that the language writes itself with in ASCII. */
struct bs_str bs_front_slug_of(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str name);
/* harbour-review.example of https://www.harbour-review.example/a: the name of a source that has none. */
struct bs_str bs_front_host_of(struct bs_str url);
/* "/2016/05/slug" of "https://example.org/2016/05/slug/"; empty when it is no path that could be linked to. */
struct bs_str bs_front_old_path(struct bs_str address);
/* The last part of an address or path, where it can be a slug; else empty. */
struct bs_str bs_front_slug_of_address(struct bs_str path);
/* What stands at the front of a file's name like a day and is none: "2024-02-30". Else empty. */
struct bs_str bs_front_false_day(struct bs_str path);
/* The slug that a file's name gives: without folders, ending, language and date; of its folder when it is called index.
 * Empty when nothing but figures is left. *day is the date in the name, 0 when it has none. */
struct bs_str bs_front_slug_of_path(struct bs_arena *arena, struct bs_str path, const struct bs_lang *lang,
                                    int64_t *day);

#endif
