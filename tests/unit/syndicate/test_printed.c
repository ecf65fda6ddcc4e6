/* test_printed.c - printed pages are taken apart: each page of tests/golden/import/printed against what it must give,
 * field by field, and the rules behind them one by one. BROADSHEET_GOLDEN=write writes the expectations anew, to be
 * read before they are kept. */
#include "tests/unit/unit.h"

#include <dirent.h>

#include "base/limits.h"
#include "base/sys.h"
#include "syndicate/import/printed/printed.h"
#include "syndicate/import/printed/parts.h"
#include "text/json.h"

static const char folder[] = BS_GOLDEN "/import/printed";

static int setup(void **state)
{
	*state = bs_arena_new();
	return 0;
}

static int teardown(void **state)
{
	struct bs_arena *arena = *state;

	bs_arena_free(&arena);
	return 0;
}

static struct bs_str read_file(struct bs_arena *arena, struct bs_str path)
{
	FILE *file = fopen(path.ptr, "rb");
	struct bs_str out = { 0 };
	long size;

	if (file == NULL)
		return out;
	fseek(file, 0, SEEK_END);
	size = ftell(file);
	rewind(file);
	out = bs_str_n(bs_arena_alloc(arena, (size_t)size + 1), (size_t)size);
	assert_int_equal(fread((char *)(uintptr_t)out.ptr, 1, out.len, file), out.len);
	fclose(file);
	return out;
}

/* --- a page as JSON, a field on each line --- */

static void put_text(struct bs_json *to, const char *name, struct bs_str text)
{
	if (text.len > 0)
		bs_json_add_string(to, bs_str_c(name), text);
}

static void put_day(struct bs_json *to, struct bs_arena *arena, const char *name, int64_t time)
{
	char iso[BS_TIME_ISO_MAX];

	if (time != 0)
		put_text(to, name, bs_str_sub(bs_arena_copy(arena, bs_time_iso(time, iso)), 0, 10));
}

static struct bs_json *page_as_json(struct bs_arena *arena, const struct bs_printed *page)
{
	static const char *const roles[] = { "author", "translator", "photographer", "editor" };
	static const char *const vocabularies[] = { "regions", "themes", "reports", "tags" };
	static const char *const notices[] = { "note", "disclaimer", "permission", "fair-use", "copyright" };
	struct bs_json *root = bs_json_new_object(arena), *list;
	struct bs_str rest = page->body, part;
	size_t at;

	put_text(root, "title", page->title);
	put_text(root, "subtitle", page->subtitle);
	if (page->has_kind)
		put_text(root, "kind", bs_kind_name(page->kind));
	list = bs_json_add_array(root, BS_STR("people"));
	for (size_t i = 0; i < page->person_count; i++) {
		struct bs_json *person = bs_json_add_object(list, BS_STR(""));

		put_text(person, roles[page->people[i].role], page->people[i].name);
		put_text(person, "url", page->people[i].url);
	}
	put_text(root, "publication", page->publication);
	put_day(root, arena, "published", page->published_at);
	put_day(root, arena, "updated", page->updated_at);
	put_text(root, "source", page->source_name);
	put_text(root, "source-url", page->source_url);
	put_day(root, arena, "source-date", page->source_at);
	put_text(root, "source-permission", page->source_permission);
	for (int v = 0; v < BS_VOCABULARY_COUNT; v++) {
		list = bs_json_add_array(root, bs_str_c(vocabularies[v]));
		for (size_t i = 0; i < page->term_count; i++) {
			if ((int)page->terms[i].vocabulary == v)
				bs_json_add_string(list, BS_STR(""), page->terms[i].name);
		}
	}
	list = bs_json_add_array(root, BS_STR("body"));
	for (; rest.len > 0; rest = bs_str_sub(rest, part.len + 2, SIZE_MAX)) {
		at = bs_str_find(rest, BS_STR("\n\n"), 0);
		part = bs_str_sub(rest, 0, at == SIZE_MAX ? rest.len : at);
		bs_json_add_string(list, BS_STR(""), part);
	}
	put_text(root, "author-line", page->author_line);
	put_text(root, "image-credit", page->image_credit);
	put_text(root, "image-credit-url", page->image_credit_url);
	for (int n = 0; n < BS_PRINTED_NOTICE_COUNT; n++) {
		if (page->notice_titles[n].len > 0)
			put_text(root, bs_arena_printf(arena, "%s-title", notices[n]).ptr, page->notice_titles[n]);
		put_text(root, notices[n], page->notices[n]);
	}
	put_text(root, "media-contact", page->media_contact);
	put_text(root, "permission-contact", page->permission_contact);
	list = bs_json_add_array(root, BS_STR("corrections"));
	for (size_t i = 0; i < page->correction_count; i++) {
		struct bs_json *correction = bs_json_add_object(list, BS_STR(""));

		put_text(correction, "kind", bs_correction_kind_name(page->corrections[i].kind));
		put_day(correction, arena, "made", page->corrections[i].made_at);
		put_text(correction, "note", page->corrections[i].note);
	}
	list = bs_json_add_array(root, BS_STR("left-out"));
	for (size_t i = 0; i < page->left_out_count; i++)
		bs_json_add_string(list, BS_STR(""), page->left_out[i].words);
	list = bs_json_add_array(root, BS_STR("channels"));
	for (size_t i = 0; i < page->channel_count; i++) {
		struct bs_json *channel = bs_json_add_object(list, BS_STR(""));

		put_text(channel, "name", page->channels[i].name);
		put_text(channel, "url", page->channels[i].url);
	}
	return root;
}

static struct bs_str show(struct bs_arena *arena, const struct bs_printed *page)
{
	struct bs_buf out = BS_BUF(1 << 20);
	struct bs_str text;

	for (const struct bs_json *m = page_as_json(arena, page)->first; m != NULL; m = m->next) {
		if (m->kind == BS_JSON_ARRAY && m->count == 0)
			continue;
		bs_buf_printf(&out, "%s \"%.*s\": ", out.len == 0 ? "{" : ",\n ", (int)m->name.len, m->name.ptr);
		if (m->kind != BS_JSON_ARRAY) {
			assert_int_equal(bs_json_write(m, &out, NULL), BS_OK);
			continue;
		}
		bs_buf_putc(&out, '[');
		for (const struct bs_json *item = m->first; item != NULL; item = item->next) {
			bs_buf_printf(&out, item == m->first ? "\n\t" : ",\n\t");
			assert_int_equal(bs_json_write(item, &out, NULL), BS_OK);
		}
		bs_buf_putc(&out, ']');
	}
	bs_buf_printf(&out, " }\n");
	text = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return text;
}

static void check_page(struct bs_arena *arena, struct bs_str path, struct bs_str expected)
{
	struct bs_remarks remarks = BS_REMARKS(arena);
	struct bs_printed page;
	struct bs_err err = { 0 };
	struct bs_str text = read_file(arena, path), got;
	const char *mode = getenv("BROADSHEET_GOLDEN");

	if (bs_str_starts(text, BS_STR("\xEF\xBB\xBF")))
		text = bs_str_sub(text, 3, SIZE_MAX);
	if (!bs_printed_recognise(text))
		fail_msg("%s is not recognised", path.ptr);
	if (bs_printed_read(arena, text, 1, &page, &remarks, &err) != BS_OK)
		fail_msg("%s: %s", path.ptr, err.text);
	got = show(arena, &page);
	if (mode != NULL && strcmp(mode, "write") == 0) {
		FILE *file = fopen(expected.ptr, "wb");

		assert_non_null(file);
		fwrite(got.ptr, 1, got.len, file);
		fclose(file);
	}
	if (!bs_str_eq(got, read_file(arena, expected)))
		fail_msg("%s: got\n%.*s", path.ptr, (int)got.len, got.ptr);
}

static void every_page_gives_each_item_in_its_own_field(void **state)
{
	struct bs_arena *arena = *state;
	DIR *dir = opendir(folder);
	size_t pages = 0;

	assert_non_null(dir);
	for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
		struct bs_str name = bs_str_c(entry->d_name);

		if (!bs_str_ends(name, BS_STR(".txt")))
			continue;
		check_page(arena, bs_arena_printf(arena, "%s/%s", folder, entry->d_name),
		           bs_arena_printf(arena, "%s/%.*s.json", folder, (int)name.len - 4, name.ptr));
		pages++;
	}
	closedir(dir);
	assert_true(pages >= 12);
}

/* --- single rules --- */

static struct bs_piece piece_of(struct bs_arena *arena, const char *text)
{
	struct bs_piece piece = { .raw = bs_str_c(text) };

	piece.plain = bs_printed_plain(arena, piece.raw);
	piece.low = bs_printed_low(arena, piece.plain);
	return piece;
}

static void days_are_found_as_people_write_them(void **state)
{
	static const char *const days[] = { "november 14, 2025",
		                            "14 november 2025",
		                            "fri, nov. 14th, 2025",
		                            "14. november 2025",
		                            "14 de noviembre de 2025",
		                            "14 nov 2025",
		                            "2025-11-14",
		                            "2025-11-14t09:30:00z",
		                            "14.11.2025",
		                            "11/14/2025",
		                            "14/11/2025",
		                            "2025年11月14日",
		                            "14 ноября 2025 г.",
		                            "14 novembre 2025 à 9h30" };
	struct bs_printed_date date;
	(void)state;
	for (size_t i = 0; i < BS_COUNT(days); i++) {
		struct bs_str text = bs_str_c(days[i]);

		if (!bs_printed_find_date(text, &date) || date.time != 1763078400 || date.start != 0 ||
		    date.end != text.len)
			fail_msg("%s: %lld, %zu to %zu", days[i], (long long)date.time, date.start, date.end);
	}
	assert_true(bs_printed_find_date(BS_STR("february 30, 2025"), &date));
	assert_false(date.exists);
	assert_false(bs_printed_find_date(BS_STR("in november 2025"), &date));
	assert_false(bs_printed_find_date(BS_STR("room 14, block 2025"), &date));
}

static void a_sentence_that_begins_like_a_byline_is_none(void **state)
{
	static const char *const sentences[] = { "By Monday the port was closed.",
		                                 "By the time the ships came back, the harbour had frozen.",
		                                 "By 2005 the ferry was gone.", "By and large, Nobody Knows.",
		                                 "By X@Y", "**By [Selin" };
	static const char *const bylines[] = { "By Mara Lindqvist",
		                               "by [Mara Lindqvist](#), [Jonas Thew](#) and Anna de la Cruz",
		                               "By MARA LINDQVIST in Port Elden",
		                               "**By J. R. Moe Jr.**",
		                               "Von Greta Immendorf und Jan Kühl",
		                               "Written by Mara Lindqvist for The Courier",
		                               "作者：王小明" };
	struct bs_arena *arena = *state;

	for (size_t i = 0; i < BS_COUNT(sentences); i++) {
		struct bs_piece piece = piece_of(arena, sentences[i]);

		if (bs_head_byline(arena, &piece, NULL))
			fail_msg("%s", sentences[i]);
	}
	for (size_t i = 0; i < BS_COUNT(bylines); i++) {
		struct bs_piece piece = piece_of(arena, bylines[i]);

		if (!bs_head_byline(arena, &piece, NULL))
			fail_msg("%s", bylines[i]);
	}
}

static void text_about_newsletters_and_languages_stays_text(void **state)
{
	static const char *const texts[] = {
		"The union asked its members to share the newsletter with friends and colleagues on Facebook and "
		"Telegram.",
		"All our friends share the view that the language of the treaty is weak.",
		"Her novels have been translated into 30 languages.",
		"“Follow us on Instagram and subscribe to our newsletter,” the poster says, and nobody does.",
		"Our newsletter costs us nothing, the mayor said.",
		"You can hear the button being pressed three floors below.",
		"Support for the ferry fell among its members, and donations with it.",
		"Subscribe to that view and you will be lonely, the mayor said, but she was not unhappy about it.",
		"Share this article of faith with me, said the priest.",
	};
	struct bs_arena *arena = *state;

	for (size_t i = 0; i < BS_COUNT(texts); i++) {
		struct bs_piece piece = piece_of(arena, texts[i]);

		if (bs_printed_shape_of(&piece, true) != BS_PRINTED_SHAPE_TEXT)
			fail_msg("%s: %d", texts[i], (int)bs_printed_shape_of(&piece, true));
		if (strstr(texts[i], " said") != NULL && bs_printed_shape_of(&piece, false) != BS_PRINTED_SHAPE_TEXT)
			fail_msg("%s, at an end: %d", texts[i], (int)bs_printed_shape_of(&piece, false));
	}
}

static void furniture_is_known_whatever_it_says(void **state)
{
	static const char *const texts[] = {
		"All Dawn Post articles can be read in 51 languages by activating the Translate Website button below "
		"the author’s name (only available in desktop version).",
		"To receive Dawn Post’s Daily Newsletter (selected articles), [click here](#).",
		"Read this article in 27 languages.",
		"Want the best of Dawn Post in your inbox? Subscribe to our weekly newsletter [here](#).",
		"Follow us on [Instagram](#), [X](#) and subscribe to our [Telegram Channel](#).",
		"Click the share button above to email/forward this article to your friends and colleagues.",
		"[**Become a Member of Dawn Post**](#)",
		"[Comment on Dawn Post Articles on our Facebook page](#)",
		"Print PDF Email",
		"Facebook | Twitter | LinkedIn | 14 Shares",
		"Please share this article with your friends on WhatsApp and Telegram!",
	};
	struct bs_arena *arena = *state;

	for (size_t i = 0; i < BS_COUNT(texts); i++) {
		struct bs_piece piece = piece_of(arena, texts[i]);

		if (bs_printed_shape_of(&piece, false) != BS_PRINTED_SHAPE_FURNITURE)
			fail_msg("%s: %d", texts[i], (int)bs_printed_shape_of(&piece, false));
	}
}

static void a_paragraph_cut_by_a_page_goes_on(void **state)
{
	static const struct {
		const char *a, *b;
		bool goes_on;
	} pairs[] = {
		{ "“I came to listen,” the minister said: “The chart is at the top of it. Between",
		  "our two services there is no reason for two charts.”", true },
		{ "The visit ended on the quay, and all of the crew of the ship went home.", "it was late", false },
		{ "The Chandlers", "iPhones are not sold here.", false },
		{ "A view of the harbour of Altwyk in 1931, taken from the northern mole by an unknown photographer",
		  "The harbour was closed.", false },
		{ "They met on the quay below the office of the", "Finnish harbour board, which was closed.", true },
		{ "Read the [report that the", "board published](https://a.example/).", true },
		{ "He said he was here. “Between", "our two services there is none.”", true },
		{ "«He venido a escuchar», dijo. «Entre", "nuestros dos servicios no hay razón.»", true },
		{ "„Wir haben gelernt“, sagte er", "Das war alles.", false },
		{ "The bridge opened in May and nobody knew what it cost", "40 million euros, said the mayor.", true },
		{ "A view of the bridge", "40 people were there.", false },
		{ "The council met in", "1999. It voted.", true },
		{ "The board lists three things in", "1. a chart", false },
		{ "```\nlet it = be;\n```", "or so", false },
		{ "The map is there. The board has its own, which is at https://board.example/map", "The harbour was closed.", false },
		{ "“我来听，”他说。“两个部门之间没有理由", "使用两张图。”", true },
		{ "The board lists what it wants to have by the end of next year", "- a chart", false },
	};
	struct bs_arena *arena = *state;

	for (size_t i = 0; i < BS_COUNT(pairs); i++) {
		struct bs_piece a = piece_of(arena, pairs[i].a), b = piece_of(arena, pairs[i].b);

		if (bs_printed_goes_on(&a, &b) != pairs[i].goes_on)
			fail_msg("%s / %s", pairs[i].a, pairs[i].b);
	}
}

/* The text of a small page with this in its middle. */
static struct bs_str text_of_page(struct bs_arena *arena, const char *middle)
{
	struct bs_remarks remarks = BS_REMARKS(arena);
	struct bs_printed page;
	struct bs_err err = { 0 };
	struct bs_str text = bs_arena_printf(arena, "River Towns Sign a Pact\n\nBy [Ada Ray](#)\n\nRiver Post, May 5, 2024\n\n"
	                                            "Theme: [Law](#)\n\nFirst paragraph.\n\n%s\n\nLast paragraph.\n", middle);

	if (bs_printed_read(arena, text, 1, &page, &remarks, &err) != BS_OK)
		fail_msg("%s: %s", middle, err.text);
	return bs_printed_slice(page.body, strlen("First paragraph.\n\n"), page.body.len - strlen("\n\nLast paragraph."));
}

static void lines_of_the_paper_leave_a_paragraph_whole(void **state)
{
	static const char *const lines[] = { "2",
		                             "[2]",
		                             "— 2 —",
		                             "- 2 -",
		                             "p. 2",
		                             "Seite 2",
		                             "River Post | Page 2 of 5",
		                             "River Post — 2",
		                             "2 | River Post",
		                             "The River Post 2",
		                             "11/15/2025 River Towns Sign a Pact 2/3",
		                             "RIVER TOWNS SIGN A PACT 2/3",
		                             "River Towns Sign a Pact | River Post   2/4",
		                             "River Post",
		                             "Printed from River Post on May 6, 2024",
		                             "Some other words | Page 2 of 5",
		                             "2/5",
		                             "2 / 5" };
	static const char whole[] = "The mayor looked at the water for a long time. Then she went home.";
	struct bs_arena *arena = *state;

	for (size_t i = 0; i < BS_COUNT(lines); i++) {
		struct bs_str middle = bs_arena_printf(arena, "The mayor looked at the\n\n%s\n\nwater for a long time. "
		                                              "Then she went home.", lines[i]), got = text_of_page(arena, middle.ptr);

		if (!bs_str_eq(got, bs_str_c(whole)))
			fail_msg("%s: %.*s", lines[i], (int)got.len, got.ptr);
	}
}

static void numbers_that_are_text_stay(void **state)
{
	static const char *const texts[] = {
		"The mayor was here.\n\n40 million euros, said the mayor.",
		"The mayor came.\n\n1\n\nThe first part.\n\n2\n\nThe second part.",
		"Chapter 1\n\nIt was night.\n\nChapter 2\n\nIt was day.",
		"The sum was\n\n40\n\nmillion euros, and the mayor said nothing.",
		"They counted up to\n\n7\n\nSeven is a number.",
		"Home / away\n\nThe home side won.",
		"Notes\n\n[1] See here.\n\n[2] See there.",
		"Printed on the press of 1840, the book has no end.",
		"Ships in each year:\n\n2021 412\n2022 398",
		"The numbers drawn:\n\n7 12 19 23 42",
		"They won both.\n\n2:1, 3:0",
		"For, against, abstained:\n\n12 5 3",
		"The score of the test:\n\n12 / 15",
		"Call this number:\n\n555 0142",
		"The boards measure\n\n2 x 4",
		"The scores:\n\n12 / 15\n\nShe was glad.\n\n9/15\n\nHe was not.",
	};
	struct bs_arena *arena = *state;

	for (size_t i = 0; i < BS_COUNT(texts); i++) {
		struct bs_str got = text_of_page(arena, texts[i]);

		if (!bs_str_eq(got, bs_str_c(texts[i])))
			fail_msg("%s\ngot %.*s", texts[i], (int)got.len, got.ptr);
	}
}

static void fractions_that_count_pages_leave(void **state)
{
	struct bs_str got = text_of_page(*state, "The mayor was here.\n\n1/3\n\nShe went home.\n\n2/3\n\nIt was cold.\n\n3/3");

	assert_true(bs_str_eq(got, BS_STR("The mayor was here.\n\nShe went home.\n\nIt was cold.")));
}

static void prose_that_begins_like_furniture_or_a_label_stays(void **state)
{
	static const char *const texts[] = {
		"Related: that is the word in the register, and it means that he was her cousin, twice removed.",
		"Related: my cousin and I were, by marriage.",
		"Advertisement is the soul of trade, said the merchant, and put up another sign over his door.",
		"Advertisement, he said, is the soul of trade.",
		"Subscribe to that view and you will be lonely, the mayor said, but she was not unhappy about it.",
		"Share this article of faith with me, said the priest.",
		"Follow us to the sea, they sang.",
		"Theme: loneliness runs through all of her books, she says, and the sea.",
		"Region: the north was never hers. She said so in 1997.",
		"Tags: the dogs wear them.",
		"Source: the river comes from under the ice at Varg, and it is warm.",
		"Thema: Die Hunde tragen sie.",
	};
	struct bs_arena *arena = *state;

	for (size_t i = 0; i < BS_COUNT(texts); i++) {
		struct bs_str middle = bs_arena_printf(arena, "The mayor was here.\n\n%s\n\nShe went home.\n\nIt was cold.\n\n"
		                                              "It was dark.", texts[i]),
			      got = text_of_page(arena, middle.ptr);

		if (!bs_str_eq(got, middle))
			fail_msg("%s\ngot %.*s", texts[i], (int)got.len, got.ptr);
	}
}

static void furniture_and_labels_leave_the_middle_of_a_text(void **state)
{
	static const char *const lines[] = { "Related: Seven Winters Without a Ferry", "Related: [Seven Winters.](https://post.example/seven)",
		                             "Advertisement", "Subscribe to our newsletter", "Subscribe to our newsletter.", "Share this article",
		                             "Follow us on [Mastodon](https://m.example/@post).", "Follow us at https://m.example/post.",
		                             "Print PDF Email", "14 Shares", "Facebook | Twitter | 3" };
	static const char whole[] = "The mayor was here.\n\nShe went home.";
	struct bs_arena *arena = *state;

	for (size_t i = 0; i < BS_COUNT(lines); i++) {
		struct bs_str middle = bs_arena_printf(arena, "The mayor was here.\n\n%s\n\nShe went home.", lines[i]),
			      got = text_of_page(arena, middle.ptr);

		if (!bs_str_eq(got, bs_str_c(whole)))
			fail_msg("%s\ngot %.*s", lines[i], (int)got.len, got.ptr);
	}
}

static void a_parted_word_is_mended_and_a_compound_kept(void **state)
{
	static const char *const pairs[][2] = {
		{ "It is so. Be-\n\ntween them is nothing.", "It is so. Between them is nothing." },
		{ "It is so, be-\ntween them is nothing.", "It is so, between them is nothing." },
		{ "The govern-\n\nment fell.", "The government fell." },
		{ "IT WAS A CON-\nNECTION, a connection.", "IT WAS A CONNECTION, a connection." },
		{ "Na\xC2\xAD\n\nture is near.", "Nature is near." },
		{ "It is har-\n\nbour time in the harbour.", "It is harbour time in the harbour." },
		{ "A well-\n\nknown man came.", "A well-known man came." },
		{ "The ice-\n\nbreaker came.", "The ice-breaker came." },
		{ "After seven long winters the whole of the North-\n\nSouth line is open.",
		  "After seven long winters the whole of the North-South line is open." },
		{ "A be-\n\nall it was, the be-all of boats.", "A be-all it was, the be-all of boats." },
	};
	struct bs_arena *arena = *state;

	for (size_t i = 0; i < BS_COUNT(pairs); i++) {
		struct bs_str got = text_of_page(arena, pairs[i][0]);

		if (!bs_str_eq(got, bs_str_c(pairs[i][1])))
			fail_msg("%s: %.*s", pairs[i][0], (int)got.len, got.ptr);
	}
}

static void a_text_without_a_title_is_refused_with_its_line(void **state)
{
	struct bs_arena *arena = *state;
	struct bs_remarks remarks = BS_REMARKS(arena);
	struct bs_printed page;
	struct bs_err err = { 0 };

	assert_int_equal(bs_printed_read(arena, BS_STR("Only a title"), 7, &page, &remarks, &err), BS_INVALID);
	assert_int_equal(remarks.line, 7);
	assert_non_null(strstr(err.text, "no text"));
	assert_int_equal(bs_printed_read(arena, BS_STR("* * *\n\n---"), 1, &page, &remarks, &err), BS_INVALID);
	assert_non_null(strstr(err.text, "title"));
}

static void a_day_that_does_not_exist_is_refused_with_its_line(void **state)
{
	static const char *const lines[] = {
		"River Post, November 31, 2025",      "[Elsewhere](https://e.example/2025/02/28/x) 31 November 2025",
		"River Post, 2025-02-30",             "River Post, November 32, 2025",
		"Published: 31.11.2025",              "River Post, May 4, 2025. Updated June 31, 2025",
		"Correction, June 31, 2025: The ferry was a raft.",
		"By Ada Ray, February 29, 2025",      "The original source of this article is Elsewhere, 31 November 2025",
	};
	struct bs_arena *arena = *state;

	for (size_t i = 0; i < BS_COUNT(lines); i++) {
		struct bs_remarks remarks = BS_REMARKS(arena);
		struct bs_str text = bs_arena_printf(arena, "Seven Winters Without a Ferry\n\nRegion: Delta\n\n%s\n\n"
		                                            "The last ferry left on February 30, 1999, they say.\n", lines[i]);
		struct bs_printed page;
		struct bs_err err = { 0 };

		if (bs_printed_read(arena, text, 1, &page, &remarks, &err) != BS_INVALID || remarks.line != 5 ||
		    strstr(err.text, "no such day") == NULL)
			fail_msg("%s: line %d, %s", lines[i], remarks.line, err.text);
	}
}

static void a_path_through_the_site_is_no_title(void **state)
{
	static const char *const paths[] = { "Home > News > Rivers", "Home / Rivers", "News » Rivers » Towns", "Accueil | Fleuves" };
	struct bs_arena *arena = *state;

	for (size_t i = 0; i < BS_COUNT(paths); i++) {
		struct bs_remarks remarks = BS_REMARKS(arena);
		struct bs_str text = bs_arena_printf(arena, "%s\n\nSeven Winters\n\nBy Ada Ray\n\nThe last ferry left.\n", paths[i]);
		struct bs_printed page;
		struct bs_err err = { 0 };

		assert_int_equal(bs_printed_read(arena, text, 1, &page, &remarks, &err), BS_OK);
		if (!bs_str_eq(page.title, BS_STR("Seven Winters")))
			fail_msg("%s: %.*s", paths[i], (int)page.title.len, page.title.ptr);
	}
}

static void a_page_of_two_short_paragraphs_has_text(void **state)
{
	struct bs_arena *arena = *state;
	struct bs_remarks remarks = BS_REMARKS(arena);
	struct bs_printed page;
	struct bs_err err = { 0 };

	assert_int_equal(bs_printed_read(arena, BS_STR("Seven Winters\n\nBy Ada Ray\n\nRiver Post, May 5, 2024\n\nThe ferry left.\n\n"
	                                               "It was cold.\n\nArticles by: [Ada Ray](#)\n"), 1, &page, &remarks, &err), BS_OK);
	assert_true(bs_str_eq(page.body, BS_STR("The ferry left.\n\nIt was cold.")));
}

static void the_paper_says_where_the_page_stood(void **state)
{
	struct bs_arena *arena = *state;
	struct bs_remarks remarks = BS_REMARKS(arena);
	struct bs_printed page;
	struct bs_err err = { 0 };

	assert_int_equal(bs_printed_read(arena, BS_STR("Page 1 of 2\nhttps://post.example/2024/05/winters\n\nSeven Winters\n\nBy Ada Ray\n\n"
	                                               "The ferry left. See:\n\nhttps://ferry.example/map\n\nIt was cold.\n"),
	                                 1, &page, &remarks, &err), BS_OK);
	assert_true(bs_str_eq(page.own_url, BS_STR("https://post.example/2024/05/winters")));
	assert_true(bs_str_find(page.body, BS_STR("https://ferry.example/map"), 0) != SIZE_MAX);
}

static void a_line_with_an_address_says_whom_to_ask(void **state)
{
	struct bs_arena *arena = *state;
	struct bs_remarks remarks = BS_REMARKS(arena);
	struct bs_printed page;
	struct bs_err err = { 0 };

	assert_int_equal(bs_printed_read(arena, BS_STR("Seven Winters\n\nBy Ada Ray\n\nThe ferry left.\n\nIt was cold.\n\n"
	                                               "Reprint rights: rights@post.example\n\nMédias : press@post.example\n\n"
	                                               "Letters: letters@post.example\n"), 1, &page, &remarks, &err), BS_OK);
	assert_true(bs_str_eq(page.permission_contact, BS_STR("rights@post.example")));
	assert_true(bs_str_eq(page.media_contact, BS_STR("press@post.example")));
	assert_int_equal(remarks.count, 1);
	assert_int_equal(remarks.items[0].line, 13);
}

static void what_has_no_field_is_told_with_its_line(void **state)
{
	struct bs_arena *arena = *state;
	struct bs_remarks remarks = BS_REMARKS(arena);
	struct bs_printed page;
	struct bs_err err = { 0 };

	assert_int_equal(bs_printed_read(arena, BS_STR("Seven Winters\n\nBy Ada Ray\n\nRiver Post, May 5, 2024\n\n"
	                                               "[Wire](https://wire.example/a) and [Fjord](https://fjord.example/b) 2 May 2024\n\n"
	                                               "First published on March 3, 2022\n\nThe ferry left.\n"), 1, &page, &remarks, &err), BS_OK);
	assert_true(bs_str_eq(page.source_name, BS_STR("Wire")));
	assert_true(bs_str_eq(page.source_url, BS_STR("https://wire.example/a")));
	assert_int_equal(remarks.count, 2);
	assert_int_equal(remarks.items[0].line, 7);
	assert_non_null(strstr(remarks.items[0].subject.ptr, "https://fjord.example/b"));
	assert_int_equal(remarks.items[1].line, 9);
}

static void hostile_pages_are_read_in_time(void **state)
{
	struct bs_arena *arena = *state;
	static const char *const parts[] = { "[",    "[a](", "*",     "By [", "1/", "Region: a, ",
		                             "\n\n", "\"",   "2025 ", "\f",   "- ", "2\n\n", "a-\n", "x 2/3\n\n", "www.a\n", "Related\n\n" };
	int64_t start = bs_monotonic_usec();

	for (size_t i = 0; i < BS_COUNT(parts); i++) {
		struct bs_buf text = BS_BUF(1 << 20);
		struct bs_remarks remarks = BS_REMARKS(arena);
		struct bs_printed page;
		struct bs_err err = { 0 };

		bs_buf_lit(&text, "Words\n\n");
		while (text.len < 100000)
			bs_buf_put(&text, bs_str_c(parts[i]));
		bs_buf_lit(&text, "\n\nMore words stand here.");
		(void)bs_printed_recognise(bs_buf_str(&text));
		if (bs_printed_read(arena, bs_buf_str(&text), 1, &page, &remarks, &err) == BS_OK)
			assert_true(page.title.len > 0);
		bs_buf_free(&text);
	}
	assert_true(bs_monotonic_usec() - start < 30 * 1000000LL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_found_as_people_write_them),
		cmocka_unit_test_setup_teardown(a_sentence_that_begins_like_a_byline_is_none, setup, teardown),
		cmocka_unit_test_setup_teardown(text_about_newsletters_and_languages_stays_text, setup, teardown),
		cmocka_unit_test_setup_teardown(furniture_is_known_whatever_it_says, setup, teardown),
		cmocka_unit_test_setup_teardown(a_paragraph_cut_by_a_page_goes_on, setup, teardown),
		cmocka_unit_test_setup_teardown(lines_of_the_paper_leave_a_paragraph_whole, setup, teardown),
		cmocka_unit_test_setup_teardown(numbers_that_are_text_stay, setup, teardown),
		cmocka_unit_test_setup_teardown(fractions_that_count_pages_leave, setup, teardown),
		cmocka_unit_test_setup_teardown(prose_that_begins_like_furniture_or_a_label_stays, setup, teardown),
		cmocka_unit_test_setup_teardown(furniture_and_labels_leave_the_middle_of_a_text, setup, teardown),
		cmocka_unit_test_setup_teardown(a_parted_word_is_mended_and_a_compound_kept, setup, teardown),
		cmocka_unit_test_setup_teardown(a_text_without_a_title_is_refused_with_its_line, setup, teardown),
		cmocka_unit_test_setup_teardown(a_day_that_does_not_exist_is_refused_with_its_line, setup, teardown),
		cmocka_unit_test_setup_teardown(a_path_through_the_site_is_no_title, setup, teardown),
		cmocka_unit_test_setup_teardown(a_page_of_two_short_paragraphs_has_text, setup, teardown),
		cmocka_unit_test_setup_teardown(the_paper_says_where_the_page_stood, setup, teardown),
		cmocka_unit_test_setup_teardown(a_line_with_an_address_says_whom_to_ask, setup, teardown),
		cmocka_unit_test_setup_teardown(what_has_no_field_is_told_with_its_line, setup, teardown),
		cmocka_unit_test_setup_teardown(hostile_pages_are_read_in_time, setup, teardown),
		cmocka_unit_test_setup_teardown(every_page_gives_each_item_in_its_own_field, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
