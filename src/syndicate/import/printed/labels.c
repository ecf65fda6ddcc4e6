/* labels.c - lines that begin with a label: "Region: [A](#), [B](#)"; several may stand in one line. See
 * parts.h. */
#include "base/limits.h"
#include "syndicate/import/printed/parts.h"

enum { LABEL_DATE = BS_VOCABULARY_COUNT, LABEL_UPDATED, LABEL_SOURCE, LABEL_PUBLICATION, LABEL_ARTICLES_BY };

static const struct label {
	int what; /* enum bs_vocabulary, or one of the above */
	const char *words;
} labels[] = {
	{ BS_REGION, "region|regions|region(s)|area|areas|country|countries|country/region|location|locations|place|"
	             "places|world region|land|länder|regionen|pays|région|régions|país|países|región|regiones"
	             "|região|regiões|paese|paesi|regione|regioni|регион|регионы|страна|страны|regio|地区|المنطقة" },
	{ BS_THEME,
	  "theme|themes|theme(s)|topic|topics|topic(s)|subject|subjects|section|sections|category|"
	  "categories|filed under|posted in|issue|issues|thema|themen|rubrik|ressort|kategorie|kategorien"
	  "|thème|thèmes|sujet|sujets|rubrique|rubriques|catégorie|catégories|tema|temas|sección|categoría|"
	  "categorías|seção|categoria|categorias|temi|argomento|argomenti|sezione|categorie|тема|темы|рубрика|"
	  "主题|الموضوع" },
	{ BS_REPORT,
	  "in-depth report|in-depth reports|in-depth report(s)|in depth report|in depth|in-depth|"
	  "indepth report|special report|special reports|report|reports|dossier|dossiers|series|special series"
	  "|special|investigation|investigations|serie|schwerpunkt|schwerpunkte|série|séries|enquête|"
	  "dossiê|informe|informes|informe especial|reportaje|reportajes|especial|inchiesta|speciale|reportage|"
	  "reportagen|доклад|досье" },
	{ BS_TAG, "tag|tags|keyword|keywords|tagged|tagged with|schlagwort|schlagwörter|stichwörter|mot-clé|"
	          "mots-clés|mots clés|etiqueta|etiquetas|palabras clave|parole chiave|теги|метки|标签" },
	{ LABEL_DATE, "date|published|published on|posted|posted on|datum|veröffentlicht|fecha|data|publié le" },
	{ LABEL_UPDATED, "updated|updated on|last updated|last modified|aktualisiert|actualizado|mis à jour" },
	{ LABEL_SOURCE, "source|original source|original|quelle|fuente|fonte|bron|первоисточник|источник|"
	                "first published in|first published by|originally published by|originally published in|来源" },
	{ LABEL_PUBLICATION, "published by|publisher|publication|newspaper|magazine|zeitung|zeitschrift|journal|periódico|revista|giornale|издание" },
	{ LABEL_ARTICLES_BY, "articles by|more by|stories by|other stories by|more stories by|by the same author|mehr von|plus de|"
	                     "du même auteur|más de|del mismo autor|more articles by|other articles by|all articles by|artikel von|articles de|"
	                     "artículos de|artigos de|articoli di|статьи|статьи автора|другие статьи автора|文章作者|作者文章|该作者的更多文章|"
	                     "مقالات بقلم|مقالات الكاتب|مقالات أخرى بقلم" },
};

static const struct label *label_named(struct bs_str low)
{
	while (low.len > 0 && strchr("*_ ", low.ptr[0]) != NULL) /* "**Region:** A" */
		low = bs_str_sub(low, 1, SIZE_MAX);
	while (low.len > 0 && strchr("*_ ", low.ptr[low.len - 1]) != NULL)
		low.len--;
	for (size_t i = 0; i < BS_COUNT(labels); i++) {
		struct bs_str rest = bs_str_c(labels[i].words), word;

		while (bs_str_split(&rest, '|', &word)) {
			if (bs_str_eq(word, low))
				return &labels[i];
		}
	}
	return NULL;
}

/* The label that stands at the start of low, its colon included: the length of both; 0 for none. */
static size_t label_at(struct bs_str low, const struct label **out)
{
	static const struct bs_str wide = BS_STR_INIT("：");
	struct bs_str near_by = bs_str_sub(low, 0, 40);
	size_t colon = bs_str_find_byte(near_by, ':', 0), len = 1;

	if (colon == SIZE_MAX) {
		colon = bs_str_find(near_by, wide, 0);
		len = wide.len;
	}
	if (colon == SIZE_MAX)
		return 0;
	*out = label_named(bs_str_sub(low, 0, colon));
	return *out != NULL ? colon + len : 0;
}

/* Where the next label begins, behind `from`: several may stand in one line. */
static size_t next_label(struct bs_str low, size_t from, size_t *len, const struct label **label)
{
	for (size_t i = from; i < low.len; i++) {
		if (i > 0 && strchr(" |;\n.", low.ptr[i - 1]) == NULL)
			continue;
		*len = label_at(bs_str_sub(low, i, SIZE_MAX), label);
		if (*len > 0)
			return i;
	}
	return low.len;
}

struct terms {
	struct bs_arena *arena;
	struct bs_printed *out;
	enum bs_vocabulary vocabulary;
	size_t count;
	bool good;
};

static void add_term(struct terms *t, struct bs_str name)
{
	struct bs_printed *out = t->out;

	name = bs_printed_strip(name);
	if (bs_str_starts(name, BS_STR("and ")))
		name = bs_str_sub(name, 4, SIZE_MAX);
	if (name.len == 0)
		return;
	t->count++;
	t->good = t->good && name.len <= 80;
	for (size_t i = 0; out != NULL && i < out->term_count; i++) {
		if (out->terms[i].vocabulary == t->vocabulary && bs_str_eq_nocase(out->terms[i].name, name))
			return;
	}
	if (out == NULL)
		return;
	if (out->terms == NULL)
		out->terms = BS_ARRAY(t->arena, BS_MAX_TERMS + 1, struct bs_printed_term);
	if (out->term_count <= BS_MAX_TERMS)
		out->terms[out->term_count++] = (struct bs_printed_term){ .vocabulary = t->vocabulary, .name = name };
}

/* How many bytes part two terms here; 0 when none do. */
static size_t term_joint(struct bs_str s, size_t at)
{
	static const struct bs_str wide[] = { BS_STR_INIT("、"), BS_STR_INIT("，"), BS_STR_INIT("،") };

	if (strchr(",;|/\n", s.ptr[at]) != NULL)
		return 1;
	for (size_t i = 0; i < BS_COUNT(wide); i++) {
		if (bs_str_eq(bs_str_sub(s, at, wide[i].len), wide[i]))
			return wide[i].len;
	}
	return 0;
}

static void add_plain_terms(struct terms *t, struct bs_str plain)
{
	size_t start = 0, i = 0;

	while (i < plain.len) {
		size_t len = term_joint(plain, i);

		if (len > 0)
			add_term(t, bs_printed_slice(plain, start, i));
		i += len > 0 ? len : 1;
		start = len > 0 ? i : start;
	}
	add_term(t, bs_printed_slice(plain, start, i));
}

static bool read_terms(struct terms *t, struct bs_str raw)
{
	struct bs_printed_link link;
	size_t done = 0;

	t->good = true;
	for (size_t at = 0; bs_printed_next_link(raw, &at, &link); done = at) {
		add_plain_terms(t, bs_printed_plain(t->arena, bs_printed_slice(raw, done, link.start)));
		add_term(t, bs_printed_plain(t->arena, link.text));
	}
	add_plain_terms(t, bs_printed_plain(t->arena, bs_str_sub(raw, done, SIZE_MAX)));
	return t->good && t->count > 0;
}

static bool read_day(struct bs_str low, int64_t *out)
{
	struct bs_printed_date date;

	if (!bs_printed_find_date(low, &date) || low.len > 80)
		return false;
	if (out != NULL && *out == 0)
		*out = date.time;
	return true;
}

static bool read_source(struct bs_arena *arena, struct bs_str raw, struct bs_printed *out)
{
	struct bs_str plain = bs_printed_plain(arena, raw), name;
	struct bs_printed_link link = { 0 };
	struct bs_printed_date date = { .start = plain.len };
	size_t at = 0;

	link.url = bs_printed_bare_url(plain, &plain);
	(void)bs_printed_find_date(bs_printed_low(arena, plain), &date);
	name = bs_printed_strip(bs_str_sub(plain, 0, date.start));
	if (name.len == 0 || name.len > 100)
		return false;
	(void)bs_printed_next_link(raw, &at, &link);
	if (out != NULL && out->source_name.len == 0) {
		out->source_name = name;
		out->source_url = link.url;
		out->source_at = date.time;
	}
	return true;
}

static bool read_publication(struct bs_arena *arena, struct bs_str raw, struct bs_printed *out)
{
	struct bs_str name = bs_printed_strip(bs_printed_plain(arena, raw));

	if (name.len == 0 || name.len > 100)
		return false;
	if (out != NULL && out->publication.len == 0)
		out->publication = name;
	return true;
}

/* Words of the value up to where one name may end, and how many of them begin small. */
struct stretch {
	size_t words, small;
};

bool bs_printed_is_sentence(struct bs_str plain)
{
	struct stretch run = { 0 };
	struct bs_str word;
	bool uncased;

	plain = bs_str_trim(plain);
	if (!bs_str_ends(plain, BS_STR(".")))
		return false;
	while (bs_str_split(&plain, ' ', &word)) {
		run.words += word.len > 0;
		run.small += word.len > 0 && bs_printed_starts_small(word, &uncased);
		if (run.words > 3 && run.small * 2 >= run.words)
			return true;
		if (word.len > 0 && term_joint(word, word.len - 1) > 0)
			run = (struct stretch){ 0 };
	}
	return false;
}

static bool read_label(struct bs_arena *arena, int what, struct bs_str raw, struct bs_printed *out)
{
	struct terms terms = { .arena = arena, .out = out, .vocabulary = (enum bs_vocabulary)what };
	struct bs_piece names = { .raw = raw };
	struct bs_str plain = bs_printed_plain(arena, raw), low = bs_printed_low(arena, plain);

	if (bs_printed_is_sentence(plain))
		return false;
	switch (what) {
	case LABEL_DATE:
		return read_day(low, out != NULL ? &out->published_at : NULL);
	case LABEL_UPDATED:
		return read_day(low, out != NULL ? &out->updated_at : NULL);
	case LABEL_SOURCE:
		return read_source(arena, raw, out);
	case LABEL_PUBLICATION:
		return read_publication(arena, raw, out);
	case LABEL_ARTICLES_BY:
		/* Says again who wrote it: of use only where there is no byline. */
		names.plain = plain;
		names.low = low;
		return bs_head_names(arena, &names, out != NULL && out->person_count == 0 ? out : NULL);
	default:
		return read_terms(&terms, raw);
	}
}

bool bs_head_labels(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out)
{
	const struct label *label = NULL, *next = NULL;
	struct bs_str raw = bs_printed_unwrapped(piece->raw), low;
	size_t len = 0, next_len = 0, at, end;

	if (raw.len > 2000)
		return false;
	low = bs_printed_low(arena, raw);
	at = next_label(low, 0, &len, &label);
	if (at > 2 || len == 0)
		return false;
	while (at < low.len) {
		end = next_label(low, at + len, &next_len, &next);
		if (!read_label(arena, label->what, bs_printed_strip(bs_printed_slice(raw, at + len, end)), out))
			return false;
		at = end;
		len = next_len;
		label = next;
	}
	return true;
}
