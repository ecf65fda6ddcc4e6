/* The search index. Over texts of ten languages, what the database finds and in which order is compared with a search that
 * reads every text: as both databases must agree with it, they agree with each other. */
#include "base/limits.h"
#include "newsroom.h"
#include "newsroom/search.h"

static void find(struct newsroom *room, const char *lang, const char *typed, struct bs_search_result *out)
{
	struct bs_search search;
	struct bs_err err;

	bs_search_parse(room->arena, bs_lang_find(bs_str_c(lang)), bs_str_c(typed), false, &search);
	assert_ok(bs_search_find(room->arena, room->db, &search, bs_str_c(lang), (struct bs_search_range){ .count = 50 }, out, &err), &err);
}

static size_t count_of(struct newsroom *room, const char *lang, const char *typed)
{
	struct bs_search_result result;

	find(room, lang, typed, &result);
	assert_int_equal(result.found, result.count);
	return result.count;
}

/* --- against a search that reads everything -------------------------------------------------------------------------- */

enum { TEXTS = 24, QUERIES = 25, WORDS = 24, LONGEST = 60 };

static const struct {
	const char *code;
	const char *words[WORDS];
} languages[] = {
	{ "en", { "ships", "ice", "harbour", "strike", "ferry", "the", "council", "winter", "bridges", "Malmö", "vote", "energy", "wind",
	          "prices", "fishing", "quota", "minister", "school", "closed", "open", "night", "e-mail", "storm", "running" } },
	{ "de", { "Häfen", "Eis", "Straße", "Streik", "Fähre", "die", "Rat", "Winter", "Brücken", "wählen", "Wahl", "Energie", "Wind",
	          "Preise", "Fischerei", "Quote", "Minister", "Schule", "geschlossen", "offen", "Nacht", "Schiff", "Sturm", "laufen" } },
	{ "fr", { "ports", "glace", "grève", "ferry", "l’hiver", "la", "conseil", "ponts", "vote", "énergie", "vent", "prix", "pêche",
	          "quota", "ministre", "école", "fermée", "ouvert", "nuit", "d’État", "tempête", "navires", "mer", "été" } },
	{ "es", { "puertos", "hielo", "huelga", "transbordador", "invierno", "la", "consejo", "puentes", "voto", "energía", "viento",
	          "precios", "pesca", "cuota", "ministra", "escuela", "cerrada", "abierto", "noche", "año", "tormenta", "barcos", "mar", "de" } },
	{ "ru", { "корабли", "лёд", "гавань", "забастовка", "паром", "и", "совет", "зима", "мосты", "выборы", "энергия", "ветер", "цены",
	          "рыба", "квота", "министр", "школа", "закрыта", "ночь", "море", "шторм", "бегущий", "новый", "старый" } },
	{ "ar", { "السفن", "الجليد", "الميناء", "إضراب", "عبارة", "في", "مجلس", "الشتاء", "جسور", "انتخابات", "طاقة", "رياح", "أسعار",
	          "صيد", "حصة", "وزير", "مدرسة", "مغلقة", "ليل", "بحر", "عاصفة", "جديد", "قديم", "مدينة" } },
	{ "tr", { "gemiler", "buz", "liman", "grev", "vapur", "ve", "meclis", "kış", "köprüler", "İstanbul’da", "enerji", "rüzgâr", "fiyatlar",
	          "balık", "kota", "bakan", "okul", "kapalı", "gece", "deniz", "fırtına", "yeni", "eski", "ışık" } },
	{ "ja", { "船", "氷", "港", "ストライキ", "フェリー", "東京", "議会", "冬", "橋", "選挙", "エネルギー", "風", "価格", "漁業", "割当", "大臣",
	          "学校", "閉鎖", "夜", "海", "嵐", "新しい", "古い", "京都" } },
	{ "zh-Hans", { "船只", "冰", "港口", "罢工", "渡轮", "北京", "议会", "冬天", "桥梁", "选举", "能源", "风", "价格", "渔业", "配额", "部长",
	          "学校", "关闭", "夜晚", "大海", "风暴", "新的", "旧的", "京城" } },
	{ "th", { "เรือ", "น้ำแข็ง", "ท่าเรือ", "นัดหยุดงาน", "ฤดูหนาว", "สภา", "สะพาน", "เลือกตั้ง", "พลังงาน", "ลม", "ราคา", "ประมง", "โควตา",
	          "รัฐมนตรี", "โรงเรียน", "ปิด", "กลางคืน", "ทะเล", "พายุ", "ใหม่", "เก่า", "เมือง", "ประเทศไทย", "และ" } },
};

struct text {
	int64_t story_id;
	int64_t published_at;
	struct bs_str columns[3];     /* as typed */
	struct bs_str terms[3];       /* between single spaces, one before the first and one behind the last */
};

struct world {
	struct newsroom *room;
	const char *const *words;
	const struct bs_lang *lang;
	uint32_t seed;
	struct text texts[TEXTS];
};

static uint32_t any(struct world *world, uint32_t below)
{
	world->seed = world->seed * 1664525u + 1013904223u;
	return (world->seed >> 8) % below;
}

/* Words of the language at random, the first ones oftener; between spaces, or without in scripts that use none. */
static struct bs_str any_words(struct world *world, size_t count)
{
	bool spaces = strcmp(world->lang->code.ptr, "ja") != 0 && strcmp(world->lang->code.ptr, "zh-Hans") != 0 &&
	              strcmp(world->lang->code.ptr, "th") != 0;
	struct bs_str words[LONGEST];

	for (size_t i = 0; i < count; i++) {
		uint32_t a = any(world, WORDS), b = any(world, WORDS);
		words[i] = bs_str_c(world->words[a < b ? a : b]);
	}
	return bs_arena_join(world->room->arena, words, count, spaces ? BS_STR(" ") : BS_STR(""));
}

static struct bs_str terms_of(struct world *world, struct bs_str text)
{
	struct bs_buf buf = BS_BUF(64 * 1024);
	struct bs_str terms;

	bs_buf_lit(&buf, " ");
	bs_tokens_of(world->lang, text, &buf);
	bs_buf_lit(&buf, " ");
	terms = bs_arena_copy(world->room->arena, bs_buf_str(&buf));
	bs_buf_free(&buf);
	return terms;
}

static void make_texts(struct world *world)
{
	for (size_t i = 0; i < TEXTS; i++) {
		struct text *text = &world->texts[i];
		struct bs_draft draft;
		text->columns[0] = any_words(world, 3 + any(world, 3));
		text->columns[1] = any_words(world, 4 + any(world, 6));
		text->columns[2] = any_words(world, 10 + any(world, LONGEST - 10));
		for (size_t c = 0; c < 3; c++)
			text->terms[c] = terms_of(world, text->columns[c]);
		draft = newsroom_draft(world->room, text->columns[0].ptr, text->columns[2].ptr);
		draft.lang = world->lang->code;
		draft.summary = bs_markup_of_text(world->room->arena, text->columns[1]);
		/* Some of one second, some before there were computers. */
		text->published_at = NEWSROOM_NOW - (int64_t)any(world, 8) * 400000000;
		draft.published_at = text->published_at;
		text->story_id = newsroom_save(world->room, &draft, NEWSROOM_NOW);
	}
}

/* Whether a column has the terms of a part one behind the other. */
static bool has(struct world *world, struct bs_str terms, const struct bs_search_part *part)
{
	struct bs_str joined = bs_arena_join(world->room->arena, part->terms, part->count, BS_STR(" "));
	struct bs_str parts[] = { BS_STR(" "), joined, part->prefix ? BS_STR("") : BS_STR(" ") };

	return bs_str_find(terms, bs_arena_join(world->room->arena, parts, 3, BS_STR("")), 0) != SIZE_MAX;
}

/* The rank of a text, or 0 when it does not match. */
static int rank_of(struct world *world, const struct text *text, const struct bs_search *search)
{
	static const int weights[] = { 4, 2, 1 };
	int rank = 0;

	for (size_t i = 0; i < search->count; i++) {
		int best = 0;
		for (size_t c = 0; c < 3 && best == 0; c++)
			best = has(world, text->terms[c], &search->parts[i]) ? weights[c] : 0;
		if ((best > 0) == search->parts[i].excluded)
			return 0;
		rank += search->parts[i].excluded ? 0 : best;
	}
	return rank;
}

static bool before(const struct text *a, int rank_a, const struct text *b, int rank_b)
{
	if (rank_a != rank_b)
		return rank_a > rank_b;
	return a->published_at != b->published_at ? a->published_at > b->published_at : a->story_id > b->story_id;
}

static size_t find_by_reading(struct world *world, const struct bs_search *search, int64_t found[TEXTS])
{
	const struct text *list[TEXTS];
	int ranks[TEXTS];
	size_t count = 0;

	for (size_t i = 0; i < TEXTS; i++) {
		int rank = rank_of(world, &world->texts[i], search);
		size_t at = count;
		if (rank == 0)
			continue;
		for (; at > 0 && before(&world->texts[i], rank, list[at - 1], ranks[at - 1]); at--) {
			list[at] = list[at - 1];
			ranks[at] = ranks[at - 1];
		}
		list[at] = &world->texts[i];
		ranks[at] = rank;
		count++;
	}
	for (size_t i = 0; i < count; i++)
		found[i] = list[i]->story_id;
	return count;
}

/* One to three words, now and then a phrase out of a text, an exclusion, an unfinished word. */
static struct bs_str any_query(struct world *world, bool *typing)
{
	struct bs_arena *arena = world->room->arena;
	struct bs_str words = any_words(world, 1 + any(world, 2)), more = any_words(world, 1), text;
	size_t from, to;

	*typing = false;
	switch (any(world, 5)) {
	case 0:
		text = world->texts[any(world, TEXTS)].columns[any(world, 3)];
		for (from = text.len / 3; from > 0 && ((unsigned char)text.ptr[from] & 0xC0) == 0x80; from--)
			continue;
		for (to = 2 * text.len / 3; to < text.len && ((unsigned char)text.ptr[to] & 0xC0) == 0x80; to++)
			continue;
		return bs_arena_printf(arena, "\"%.*s\"", (int)(to - from), text.ptr + from);
	case 1:
		return bs_arena_printf(arena, "%s -%s", words.ptr, more.ptr);
	case 2:
		*typing = true;
		return bs_str_utf8_prefix(words, words.len > 4 ? words.len - 1 : words.len);
	case 3:
		return bs_arena_printf(arena, "%s %s", words.ptr, more.ptr);
	default:
		return words;
	}
}

static void what_is_found_is_what_reading_finds(void **state)
{
	static struct world world;
	size_t asked = 0, answered = 0;

	for (size_t l = 0; l < BS_COUNT(languages); l++) {
		world = (struct world){ .room = *state, .words = languages[l].words, .seed = 7 + (uint32_t)l,
			                .lang = bs_lang_find(bs_str_c(languages[l].code)) };
		make_texts(&world);
		for (size_t q = 0; q < QUERIES; q++) {
			struct bs_search search;
			struct bs_search_result result;
			struct bs_search_range range = { .count = TEXTS };
			struct bs_err err;
			int64_t expected[TEXTS];
			bool typing;
			struct bs_str typed = any_query(&world, &typing);
			size_t count;
			bs_search_parse(world.room->arena, world.lang, typed, typing, &search);
			count = search.count > 0 ? find_by_reading(&world, &search, expected) : 0;
			assert_ok(bs_search_find(world.room->arena, world.room->db, &search, world.lang->code, range, &result, &err),
			          &err);
			if (result.count != count || (count > 0 && memcmp(expected, result.stories, count * sizeof(*expected)) != 0))
				fail_msg("%s: %s: %zu found, %zu expected, or in another order", world.lang->code.ptr, typed.ptr,
				         result.count, count);
			assert_int_equal(result.found, count);
			asked += search.count > 0;
			answered += count > 0;
		}
	}
	/* A test of nothing would be none. */
	assert_true(asked > 200);
	assert_true(answered > 150);
}

/* --- single properties ------------------------------------------------------------------------------------------------- */

static void a_title_stands_before_a_summary_and_that_before_a_body(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft body = newsroom_draft(room, "One", "The ice came early.");
	struct bs_draft summary = newsroom_draft(room, "Two", "Nothing.");
	struct bs_draft title = newsroom_draft(room, "Ice", "Nothing.");
	struct bs_search_result result;
	int64_t ids[3];

	/* The better the place, the older the story. */
	summary.summary = BS_STR("Of ice");
	summary.published_at -= 1000;
	title.published_at -= 2000;
	ids[2] = newsroom_save(room, &body, NEWSROOM_NOW);
	ids[1] = newsroom_save(room, &summary, NEWSROOM_NOW);
	ids[0] = newsroom_save(room, &title, NEWSROOM_NOW);
	find(room, "en", "ice", &result);
	assert_int_equal(result.count, 3);
	assert_memory_equal(result.stories, ids, sizeof(ids));
}

static void a_changed_story_is_found_by_its_new_words_alone(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "Ferries", "They run.");

	draft.public_id = BS_STR("ferries");
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_int_equal(count_of(room, "en", "ferry"), 1);
	draft.title = BS_STR("Trams");
	draft.published_at -= 5000;
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_int_equal(count_of(room, "en", "ferry"), 0);
	assert_int_equal(count_of(room, "en", "tram"), 1);
	draft.status = BS_STATUS_WITHDRAWN;
	draft.reason = BS_STR("It was wrong.");
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_int_equal(count_of(room, "en", "tram"), 0);
}

/* The index gets what a transaction saved when it commits: each story once, as it was saved last. */
static void what_one_transaction_saves_is_indexed_as_it_ended(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft first = newsroom_draft(room, "Ice", "Alpha."), second = newsroom_draft(room, "Ice", "Beta.");
	struct bs_draft undone = newsroom_draft(room, "Ice", "Gamma.");
	struct bs_saved saved;
	struct bs_err err;

	first.public_id = second.public_id = BS_STR("one");
	assert_ok(bs_db_begin(room->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_story_save(room->arena, room->ledger, room->db, &first, NEWSROOM_NOW, &saved, &err), &err);
	assert_ok(bs_story_save(room->arena, room->ledger, room->db, &second, NEWSROOM_NOW, &saved, &err), &err);
	assert_ok(bs_db_begin(room->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_story_save(room->arena, room->ledger, room->db, &undone, NEWSROOM_NOW, &saved, &err), &err);
	bs_db_rollback(room->db);
	assert_ok(bs_db_commit(room->db, &err), &err);
	assert_int_equal(count_of(room, "en", "alpha"), 0);
	assert_int_equal(count_of(room, "en", "beta"), 1);
	assert_int_equal(count_of(room, "en", "gamma"), 0);
	assert_int_equal(count_of(room, "en", "ice"), 1);
	/* Taken out whole later: nothing of the first saving was left behind. */
	(void)newsroom_save(room, &first, NEWSROOM_NOW);
	assert_int_equal(count_of(room, "en", "alpha"), 1);
	assert_int_equal(count_of(room, "en", "beta"), 0);
}

static void an_index_made_again_is_the_same(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "Ice", "Cold and dark.");
	struct bs_err err;

	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_ok(bs_db_begin(room->db, BS_TX_WRITE, &err), &err);
	assert_ok(bs_search_rebuild(room->db, &err), &err);
	assert_ok(bs_db_commit(room->db, &err), &err);
	assert_int_equal(count_of(room, "en", "\"cold and\" ice"), 1);
}

static void what_is_not_public_is_not_found(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "Secret", "Not yet.");

	draft.status = BS_STATUS_DRAFT;
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	draft.status = BS_STATUS_PUBLISHED;
	draft.published_at = NEWSROOM_NOW + 60;
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_int_equal(count_of(room, "en", "secret"), 0);
}

/* Spanish "de" is the code of German as well, and "es" that of Spanish. */
static void a_language_is_searched_by_itself_and_its_code_is_no_word(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "Casa", "Barcos.");

	draft.lang = BS_STR("es");
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_int_equal(count_of(room, "es", "casa"), 1);
	assert_int_equal(count_of(room, "es", "es"), 0);
	assert_int_equal(count_of(room, "en", "casa"), 0);
}

static void a_phrase_does_not_reach_from_the_title_into_the_text(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "The long winter", "Night came.");

	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_int_equal(count_of(room, "en", "\"long winter\""), 1);
	assert_int_equal(count_of(room, "en", "\"winter night\""), 0);
	assert_int_equal(count_of(room, "en", "winter night"), 1);
}

static void a_phrase_has_its_words_side_by_side_in_their_order(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "Winter", "The ice came late. Boats came early with ice.");

	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_int_equal(count_of(room, "en", "\"ice came late\""), 1);
	assert_int_equal(count_of(room, "en", "\"ice came early\""), 0); /* both of its pairs are there */
	assert_int_equal(count_of(room, "en", "\"came ice\""), 0);
	assert_int_equal(count_of(room, "en", "winter -\"ice came early\""), 1);
	assert_int_equal(count_of(room, "en", "winter -\"ice came late\""), 0);
}

/* `count` different words of 50 letters, with "ice" between them. */
static struct bs_str long_words(struct newsroom *room, size_t from, size_t count)
{
	struct bs_buf words = BS_BUF(count * 60);
	struct bs_str made;

	for (size_t i = from; i < from + count; i++) {
		for (size_t bit = 0; bit < 50; bit++)
			bs_buf_putc(&words, bit < 16 && (i >> bit & 1) != 0 ? 'x' : 'k');
		bs_buf_lit(&words, " ice ");
	}
	made = bs_arena_copy(room->arena, bs_buf_str(&words));
	bs_buf_free(&words);
	return made;
}

static void the_longest_text_is_found_by_its_words_and_phrases(void **state)
{
	enum { BLOCKS = 3, WORDS_OF_BLOCK = 2200 };
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, long_words(room, 60000, 1000).ptr, "Nothing.");
	struct bs_block blocks[BLOCKS];

	draft.summary = long_words(room, 50000, 1000);
	for (size_t i = 0; i < BLOCKS; i++)
		blocks[i] = (struct bs_block){ BS_STR("p"), BS_STR(""), long_words(room, i * WORDS_OF_BLOCK, WORDS_OF_BLOCK) };
	draft.body = (struct bs_body){ .blocks = blocks, .count = BLOCKS };
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	/* Late in the text, where "ice" has been thousands of times: the 4,000th. */
	assert_int_equal(count_of(room, "en", long_words(room, 4000, 1).ptr), 1);
	assert_int_equal(count_of(room, "en", bs_arena_printf(room->arena, "\"ice %.50s\"", long_words(room, 4000, 1).ptr).ptr), 1);
	assert_int_equal(count_of(room, "en", bs_arena_printf(room->arena, "\"%.50s ice\"", long_words(room, 4000, 1).ptr).ptr), 1);
	assert_int_equal(count_of(room, "en", long_words(room, 40000, 1).ptr), 0);
}

static void pages_of_results_follow_each_other(void **state)
{
	struct newsroom *room = *state;
	struct bs_search search;
	struct bs_search_result result;
	struct bs_err err;
	int64_t ids[7];

	for (size_t i = 0; i < BS_COUNT(ids); i++) {
		struct bs_draft draft = newsroom_draft(room, "Ice", "Again.");
		draft.published_at -= (int64_t)i;
		ids[i] = newsroom_save(room, &draft, NEWSROOM_NOW);
	}
	bs_search_parse(room->arena, &bs_langs[BS_LANG_en], BS_STR("ice"), false, &search);
	assert_ok(bs_search_find(room->arena, room->db, &search, BS_STR("en"), (struct bs_search_range){ 3, 3, false }, &result, &err), &err);
	assert_int_equal(result.count, 3);
	assert_int_equal(result.found, 7);
	assert_memory_equal(result.stories, ids + 3, 3 * sizeof(*ids));
	assert_ok(bs_search_find(room->arena, room->db, &search, BS_STR("en"), (struct bs_search_range){ 9, 3, false }, &result, &err), &err);
	assert_int_equal(result.count, 0);
}

static void by_date_the_newest_stands_first_whatever_matches_best(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "Fog", "Some ice."), older = newsroom_draft(room, "Ice", "And ice.");
	int64_t newest = newsroom_save(room, &draft, NEWSROOM_NOW), best;
	struct bs_search search;
	struct bs_search_result result;
	struct bs_err err;

	older.published_at -= 86400;
	best = newsroom_save(room, &older, NEWSROOM_NOW);
	bs_search_parse(room->arena, &bs_langs[BS_LANG_en], BS_STR("ice"), false, &search);
	assert_ok(bs_search_find(room->arena, room->db, &search, BS_STR("en"), (struct bs_search_range){ .count = 2 }, &result, &err), &err);
	assert_int_equal(result.stories[0], best);
	assert_ok(bs_search_find(room->arena, room->db, &search, BS_STR("en"), (struct bs_search_range){ 0, 2, true }, &result, &err), &err);
	assert_int_equal(result.stories[0], newest);
	assert_int_equal(result.stories[1], best);
}

/* --- did you mean …? --------------------------------------------------------------------------------------------------- */

static struct bs_str meant(struct newsroom *room, const char *lang, const char *typed)
{
	const struct bs_lang *in = bs_lang_find(bs_str_c(lang));
	struct bs_str out = BS_STR(""), names;
	struct bs_err err;
	enum bs_rc rc;

	assert_ok(bs_search_names_load(room->arena, room->db, in, &bs_langs[BS_LANG_en], &names, &err), &err);
	rc = bs_search_near(room->arena, room->db, in, names, bs_str_c(typed), NEWSROOM_NOW, &out, &err);

	if (rc != BS_NOT_FOUND)
		assert_ok(rc, &err);
	return out;
}

#define assert_meant(room, lang, typed, expected) \
	do { \
		struct bs_str meant_ = meant((room), (lang), (typed)); \
		if (!bs_str_eq(meant_, bs_str_c(expected))) \
			fail_msg("'%s' meant '%.*s', not '%s'", (typed), (int)meant_.len, meant_.ptr, (expected)); \
	} while (0)

static void a_misspelt_word_is_that_of_a_headline(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "Two Lighthouses for Malmö", "Kelp grows.");

	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_meant(room, "en", "lihgthouses", "Lighthouses");
	assert_meant(room, "en", "\"lihgthouses for\" MALMX", "\"Lighthouses for\" Malmö");
	assert_meant(room, "en", "-kelp lighthuose", "");
	assert_meant(room, "en", "kelp lihgthouses", "kelp Lighthouses");
	assert_meant(room, "en", "xylophone", "");
	assert_meant(room, "en", "to", "");
	assert_meant(room, "en", "?!", "");
	assert_meant(room, "en", "", "");
	assert_meant(room, "de", "lihgthouses", "");
}

static void a_misspelt_name_is_one_of_those_who_write(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft_credit byline = { .role = BS_ROLE_AUTHOR, .name = BS_STR("Ingrid Sørley") };
	struct bs_draft draft = newsroom_draft(room, "Ice", "Said Ingrid Sørley herself.");

	draft.byline = &byline;
	draft.byline_count = 1;
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_meant(room, "en", "ingird", "Ingrid");
}

static void a_misspelt_word_of_another_script_is_found_too(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "المنارة تنطفئ", "ليلا");

	draft.lang = BS_STR("ar");
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_meant(room, "ar", "المنازة", "المنارة");
}

static void a_text_of_any_length_is_indexed_as_far_as_it_goes(void **state)
{
	struct newsroom *room = *state;
	struct bs_buf text = BS_BUF(BS_MAX_PASSAGE);
	struct bs_block blocks[4];
	struct bs_draft draft;

	/* Terms of many bytes, so that the cap on bytes is met, too. */
	bs_buf_lit(&text, "beginning ");
	for (int i = 0; i < 3900; i++)
		bs_buf_printf(&text, "w%d%s ", i, "öööööööööööööööööööööööööö");
	bs_buf_lit(&text, "ending");
	bs_buf_putc(&text, '\0');
	draft = newsroom_draft(room, "Long", text.data);
	for (size_t i = 0; i < BS_COUNT(blocks); i++)
		blocks[i] = draft.body.blocks[0];
	draft.body = (struct bs_body){ .blocks = blocks, .count = BS_COUNT(blocks) };
	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	assert_int_equal(count_of(room, "en", "beginning"), 1);
	bs_buf_free(&text);
}

static void nothing_typed_finds_nothing(void **state)
{
	struct newsroom *room = *state;
	struct bs_draft draft = newsroom_draft(room, "Ice", "Cold.");
	static const char *const typed[] = { "", "   ", "-ice", "\"\"", "*", "'", "AND", "!!!", "\"ice AND", "{title} : ice", "NEAR(ice)" };

	(void)newsroom_save(room, &draft, NEWSROOM_NOW);
	for (size_t i = 0; i < BS_COUNT(typed); i++)
		assert_true(count_of(room, "en", typed[i]) == 0 || strstr(typed[i], "\"ice") != NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		newsroom_test(what_is_found_is_what_reading_finds),
		newsroom_test(a_title_stands_before_a_summary_and_that_before_a_body),
		newsroom_test(a_changed_story_is_found_by_its_new_words_alone),
		newsroom_test(what_one_transaction_saves_is_indexed_as_it_ended),
		newsroom_test(an_index_made_again_is_the_same),
		newsroom_test(what_is_not_public_is_not_found),
		newsroom_test(a_language_is_searched_by_itself_and_its_code_is_no_word),
		newsroom_test(a_phrase_does_not_reach_from_the_title_into_the_text),
		newsroom_test(a_phrase_has_its_words_side_by_side_in_their_order),
		newsroom_test(the_longest_text_is_found_by_its_words_and_phrases),
		newsroom_test(pages_of_results_follow_each_other),
		newsroom_test(by_date_the_newest_stands_first_whatever_matches_best),
		newsroom_test(a_misspelt_word_is_that_of_a_headline),
		newsroom_test(a_misspelt_name_is_one_of_those_who_write),
		newsroom_test(a_misspelt_word_of_another_script_is_found_too),
		newsroom_test(a_text_of_any_length_is_indexed_as_far_as_it_goes),
		newsroom_test(nothing_typed_finds_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, newsroom_remove);
}
