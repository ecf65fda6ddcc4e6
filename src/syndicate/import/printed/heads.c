/* heads.c - the lines over a printed story: who wrote it, whose page it was and when, where it came from. See
 * parts.h.
 *
 * A line is taken only when all of it is understood, so that a title or a first sentence that begins like one ("By
 * Monday the port was closed.") stays what it is. */
#include "base/limits.h"
#include "syndicate/import/printed/parts.h"

struct bs_str bs_printed_slice(struct bs_str s, size_t start, size_t end)
{
	return bs_str_sub(s, start, end > start ? end - start : 0);
}

struct bs_str bs_printed_strip(struct bs_str s)
{
	static const struct bs_str joints[] = { BS_STR_INIT("|"),
		                                BS_STR_INIT(","),
		                                BS_STR_INIT(";"),
		                                BS_STR_INIT(":"),
		                                BS_STR_INIT("-"),
		                                BS_STR_INIT("/"),
		                                BS_STR_INIT("\xE2\x80\x93"),
		                                BS_STR_INIT("\xE2\x80\x94"),
		                                BS_STR_INIT("\xC2\xB7"),
		                                BS_STR_INIT("\xE2\x80\xA2"),
		                                BS_STR_INIT("、"),
		                                BS_STR_INIT("，"),
		                                BS_STR_INIT("："),
		                                BS_STR_INIT("،"),
		                                BS_STR_INIT("؛") };

	for (bool again = true; again;) {
		again = false;
		s = bs_str_trim(s);
		for (size_t i = 0; i < BS_COUNT(joints); i++) {
			if (s.len > 0 && bs_str_starts(s, joints[i])) {
				s = bs_str_sub(s, joints[i].len, SIZE_MAX);
				again = true;
			} else if (s.len > 0 && bs_str_ends(s, joints[i])) {
				s.len -= joints[i].len;
				again = true;
			}
		}
	}
	return s;
}

/* --- names --- */

static const char particles[] = "de |da |di |do |du |des |del |della |der |den |dem |dos |das |van |von |zu |zur |"
				"zum |la |le |el |al |bin |bint |ibn |abu |ben |bar "
				"|af |av |ter |ten |und |y |e |i |o |st. |the ";
static const char degrees[] = "phd |ph.d|md |m.d|jr |jr.|sr |sr.|ii |iii |iv |esq|ma |m.a|mba |llm |ll.m|dds |rn |cpa "
			      "|obe |mbe |cbe |mp |mep |ret";
static const char jobs[] =
	"correspondent|reporter|editor|writer|staff |columnist|professor|analyst|director|fellow |"
	"special |chief |bureau|contributor|agency |journalist"
	"|photographer|researcher|senior |independent |freelance|for |in |at |desk |team |associate|guest |producer|"
	"korrespondent|redakteur|reporterin"
	"|korrespondentin|correspondant|corresponsal|periodista|giornalista|jornalista|journaliste";

const char bs_printed_conjunctions[] =
	"and |und |et |y |e |en |och |og |ja |i |и |و |with |mit |avec |con |on |am |le |il |el |و|& |和|与";

static bool word_is_named(struct bs_str word, struct bs_str low)
{
	bool uncased;

	/* "tSaoi" has its capital where Irish puts it */
	return !bs_printed_starts_small(word, &uncased) || !bs_str_eq(word, low) || bs_words_start(low, particles) == low.len ||
	       bs_str_find(word, BS_STR("'"), 0) == 1 || bs_str_find(word, BS_STR("\xE2\x80\x99"), 0) == 1;
}

/* One to seven words, capitals or a script without them at their beginning, no figures, no sentence's end. */
static bool is_name(struct bs_str plain, struct bs_str low, bool linked)
{
	size_t words = 0, at = 0;

	if (plain.len < 2 || plain.len > 90 || strchr("\"(@#", plain.ptr[0]) != NULL)
		return false;
	for (size_t i = 0; i < plain.len; i++) {
		if ((plain.ptr[i] >= '0' && plain.ptr[i] <= '9') || strchr("@?!:;/\"=[]", plain.ptr[i]) != NULL)
			return false;
	}
	while (at < plain.len) {
		size_t end = bs_str_find_byte(plain, ' ', at);

		end = end == SIZE_MAX ? plain.len : end;
		if (end > at && !(linked && at > 0 && end < plain.len) &&
		    !word_is_named(bs_printed_slice(plain, at, end), bs_printed_slice(low, at, end)))
			return false;
		words += end > at;
		at = end + 1;
	}
	/* The full stop of a sentence, not of an initial. */
	return words <= 7 && (plain.ptr[plain.len - 1] != '.' || plain.len < 4 || plain.ptr[plain.len - 3] == ' ' ||
	                      plain.ptr[plain.len - 3] == '.' || bs_words_any(low, degrees));
}

/* MARA LINDQVIST: capitals throughout are a way of printing, not of writing a name. */
static struct bs_str recase(struct bs_arena *arena, struct bs_str name)
{
	struct bs_str low = bs_printed_low(arena, name);
	char *out = (char *)(uintptr_t)low.ptr; /* the copy is ours to write */
	size_t letters = 0;
	bool first = true;

	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] >= 'a' && name.ptr[i] <= 'z')
			return name;
		letters += name.ptr[i] >= 'A' && name.ptr[i] <= 'Z';
	}
	if (letters < 6 || bs_str_find_byte(name, ' ', 0) == SIZE_MAX)
		return name;
	for (size_t i = 0; i < name.len;) {
		size_t start = i;

		(void)bs_str_utf8_next(name, &i);
		if (first)
			memcpy(out + start, name.ptr + start, i - start);
		first = strchr(" -.'", name.ptr[start]) != NULL;
	}
	return low;
}

void bs_head_add_person(struct bs_arena *arena, struct bs_printed *out, struct bs_str name, struct bs_str url,
                        enum bs_role role)
{
	name = recase(arena, name);
	for (size_t i = 0; i < out->person_count; i++) {
		if (out->people[i].role == role &&
		    bs_str_eq(bs_printed_low(arena, out->people[i].name), bs_printed_low(arena, name)))
			return;
	}
	if (out->people == NULL)
		out->people = BS_ARRAY(arena, BS_MAX_BYLINE + 1, struct bs_printed_person);
	if (out->person_count <=
	    BS_MAX_BYLINE) /* one more than allowed, so that the reader sees that there are too many */
		out->people[out->person_count++] = (struct bs_printed_person){ .name = name, .role = role, .url = url };
}

/* --- the byline --- */

static const struct role_words {
	enum bs_role role;
	const char *words;
} role_words[] = {
	{ BS_ROLE_TRANSLATOR, "translated by |translated from |translation by |translation: |translator: |"
	                      "übersetzt von |übersetzung: |aus dem |traduit par |traduction : "
	                      "|traduction: |traduit de |traducido por |traducción: |traducción de |traduzido por |"
	                      "tradução: |tradotto da |traduzione: |vertaald door |vertaling: |перевод: "
	                      "|översättning: |oversat af |译者：|翻译：" },
	{ BS_ROLE_PHOTOGRAPHER,
	  "photos by |photographs by |photo by |photography by |pictures by |images by |"
	  "photos: |photographs: |photography: |pictures: |fotos von |fotos: |foto: "
	  "|photos de |fotos de |fotografías de |fotografie di |foto di |foto's: |bilder: |фото: |摄影：" },
	{ BS_ROLE_EDITOR,
	  "edited by |editor: |redigiert von |redaktion: |edité par |édité par |editado por |a cura di |编辑：" },
	{ BS_ROLE_AUTHOR,
	  "by: |by |written by |story by |text by |text: |texte : |texte: |texto: |testo: |words by |"
	  "words: |reported by |report by |posted by |published by |interview by "
	  "|an interview by |an essay by |author: |authors: |author |von |autor: |autorin: |"
	  "autoren: |autores: |autore: |autori: |auteur: |auteur : |auteurs: |par |por |di |door |av |af |od |"
	  "tekst: "
	  "|автор: |авторы: |oleh |yazan: |بقلم |نویسنده: |מאת |作者：|作者:|文：|文/|글 " },
};

/* Those who helped, named behind those who wrote: a newsroom's byline has no role of its own for them. */
static const char helper_words[] =
	"reporting by |additional reporting by |with reporting by |with additional reporting by |with reporting from |contributions by |"
	"with contributions by |with contributions from |contributors: |contributor: |research by |additional research by |"
	"with research by |unter mitarbeit von |mitarbeit: |avec la collaboration de |avec la contribution de |avec l'aide de |"
	"con la colaboración de |con información de |com colaboração de |com a colaboração de |con la collaborazione di |"
	"con il contributo di |met medewerking van |при участии ";

/* The words of a role at the start of low: their length and the role. "translated from the German by" is one. */
static size_t role_at(struct bs_str low, enum bs_role *role)
{
	size_t best = bs_words_start(low, helper_words);

	if (best > 0)
		*role = BS_ROLE_AUTHOR;
	for (size_t i = 0; i < BS_COUNT(role_words); i++) {
		size_t len = bs_words_start(low, role_words[i].words);

		if (len > best) {
			best = len;
			*role = role_words[i].role;
		}
	}
	if (best > 0 && *role == BS_ROLE_TRANSLATOR) {
		size_t by = bs_str_find(bs_str_sub(low, 0, 60), BS_STR(" by "), 0);

		if (bs_str_starts(low, BS_STR("translated from ")))
			best = by == SIZE_MAX ? 0 : by + 3;
	}
	return best;
}

struct names {
	struct bs_arena *arena;
	struct bs_printed *out; /* NULL: only look */
	enum bs_role role;
	bool linked; /* within a link: small words may stand between the first and the last */
	size_t count;
	struct bs_str last; /* the name added last: a degree behind a comma belongs to it */
};

static void add_name(struct names *n, struct bs_str name, struct bs_str url)
{
	n->count++;
	n->last = name;
	if (n->out != NULL)
		bs_head_add_person(n->arena, n->out, name, url, n->role);
}

static void add_degree(struct names *n, struct bs_str degree)
{
	struct bs_printed *out = n->out;

	if (out == NULL || out->person_count == 0)
		return;
	out->people[out->person_count - 1].name =
		bs_arena_printf(n->arena, "%.*s, %.*s", (int)out->people[out->person_count - 1].name.len,
	                        out->people[out->person_count - 1].name.ptr, (int)degree.len, degree.ptr);
}

/* The nearest joint of a list of names: its place and length. */
static size_t next_joint(struct bs_str low, size_t *len)
{
	static const struct bs_str joints[] = { BS_STR_INIT(","),
		                                BS_STR_INIT(";"),
		                                BS_STR_INIT("&"),
		                                BS_STR_INIT(" / "),
		                                BS_STR_INIT("|"),
		                                BS_STR_INIT(" and "),
		                                BS_STR_INIT(" und "),
		                                BS_STR_INIT(" et "),
		                                BS_STR_INIT(" y "),
		                                BS_STR_INIT(" e "),
		                                BS_STR_INIT(" en "),
		                                BS_STR_INIT(" och "),
		                                BS_STR_INIT(" og "),
		                                BS_STR_INIT(" ja "),
		                                BS_STR_INIT(" и "),
		                                BS_STR_INIT(" و "),
		                                BS_STR_INIT("、"),
		                                BS_STR_INIT("，"),
		                                BS_STR_INIT("،"),
		                                BS_STR_INIT(" with "),
		                                BS_STR_INIT(" mit "),
		                                BS_STR_INIT(" avec "),
		                                BS_STR_INIT(" con "),
		                                BS_STR_INIT(" for "),
		                                BS_STR_INIT(" in "),
		                                BS_STR_INIT(" \xE2\x80\x93 "),
		                                BS_STR_INIT(" \xE2\x80\x94 "),
		                                BS_STR_INIT(" - "),
		                                BS_STR_INIT("\xC2\xB7"),
		                                BS_STR_INIT("\xE2\x80\xA2") };
	size_t best = SIZE_MAX;

	for (size_t i = 0; i < BS_COUNT(joints); i++) {
		size_t at = bs_str_find(low, joints[i], 0);

		/* " in " and " for " stay with what follows them: it is no name. */
		if (at < best) {
			best = at;
			*len = bs_str_eq(joints[i], BS_STR(" in ")) || bs_str_eq(joints[i], BS_STR(" for "))
			               ? 1
			               : joints[i].len;
		}
	}
	return best;
}

/* What stands in a byline behind the names and is none: a job, a house, "for The Courier", "in Port Elden". */
static bool is_tail(struct bs_str low)
{
	return low.len <= 100 && (bs_words_any(low, jobs) || bs_str_starts(low, BS_STR("the "))) &&
	       low.ptr[low.len - 1] != '.';
}

/* Names in text without links. False: something in it is no name. */
static bool take_names(struct names *n, struct bs_str plain)
{
	bool tail = false;

	while (plain.len > 0) {
		struct bs_str low = bs_printed_low(n->arena, plain), part;
		size_t len = 0, at = next_joint(low, &len);

		part = bs_printed_strip(at == SIZE_MAX ? plain : bs_str_sub(plain, 0, at));
		part = bs_printed_strip(
			bs_str_sub(part, bs_words_start(bs_printed_low(n->arena, part), bs_printed_conjunctions), SIZE_MAX));
		plain = at == SIZE_MAX ? (struct bs_str){ 0 } : bs_str_sub(plain, at + len, SIZE_MAX);
		if (part.len == 0)
			continue;
		low = bs_printed_low(n->arena, part);
		if (n->count > 0 && bs_words_start(low, degrees) > 0 && part.len <= 6)
			add_degree(n, part);
		else if (!tail && is_name(part, low, n->linked) && !(n->count > 0 && is_tail(low)))
			add_name(n, part, (struct bs_str){ 0 });
		else if (n->count == 0 || !is_tail(low))
			return false;
		else
			tail = true;
	}
	return true;
}

/* What stands between links: ", PhD and " has its joints at its ends. */
static bool take_names_between(struct names *n, struct bs_str raw)
{
	struct bs_str plain = bs_printed_strip(bs_printed_plain(n->arena, raw));

	return plain.len == 0 || take_names(n, bs_arena_printf(n->arena, " %.*s ", (int)plain.len, plain.ptr));
}

/* Names in text with links: each link is a name, or several. */
static bool take_linked_names(struct names *n, struct bs_str raw)
{
	struct bs_printed_link link;
	size_t done = 0;

	for (size_t at = 0; bs_printed_next_link(raw, &at, &link); done = at) {
		struct bs_str name = bs_printed_plain(n->arena, link.text);
		size_t before = n->count;

		if (!take_names_between(n, bs_printed_slice(raw, done, link.start)))
			return false;
		n->linked = true;
		if (!take_names(n, name))
			return false;
		n->linked = false;
		if (n->out != NULL && n->count == before + 1 && n->out->person_count > 0)
			n->out->people[n->out->person_count - 1].url = link.url;
	}
	return take_names_between(n, bs_str_sub(raw, done, SIZE_MAX));
}

/* Is this place within a link? Addresses have days in them too. */
static bool in_target(struct bs_str raw, size_t place)
{
	struct bs_printed_link link;

	for (size_t at = 0; bs_printed_next_link(raw, &at, &link);) {
		if (place >= link.start && place < link.end)
			return true;
	}
	return false;
}

/* Cut a day out of the line, with "on" before it. */
static struct bs_str cut_date(struct bs_arena *arena, struct bs_str raw, struct bs_printed *out)
{
	struct bs_printed_date date;
	struct bs_str low = bs_printed_low(arena, raw), head;

	if (!bs_printed_find_date(low, &date) || in_target(raw, date.start))
		return raw;
	if (out != NULL && out->published_at == 0)
		out->published_at = date.time;
	head = bs_printed_strip(bs_str_sub(raw, 0, date.start));
	if (bs_str_ends(head, BS_STR(" on")))
		head.len -= 3;
	return bs_arena_printf(arena, "%.*s %.*s", (int)head.len, head.len > 0 ? head.ptr : "",
	                       (int)(raw.len - date.end), raw.ptr + date.end);
}

bool bs_head_begins_other_role(struct bs_str low)
{
	enum bs_role role = BS_ROLE_AUTHOR;

	return bs_words_start(low, helper_words) > 0 || (role_at(low, &role) > 3 && role != BS_ROLE_AUTHOR);
}

/* The offset in raw where the next role begins, behind the first: "By A. Photographs by B". */
static size_t next_role(struct bs_str low, size_t from)
{
	for (size_t i = from; i < low.len; i++) {
		if (low.ptr[i] == ' ' && bs_words_start(bs_str_sub(low, i + 1, SIZE_MAX), helper_words) > 0)
			return i + 1;
		if (strchr(".;|,\n(/", low.ptr[i]) == NULL && !(low.ptr[i] == ' ' && i > 1 && low.ptr[i - 1] == ' '))
			continue;
		while (i < low.len && strchr(" .;|,\n(/", low.ptr[i]) != NULL)
			i++;
		if (bs_head_begins_other_role(bs_str_sub(low, i, SIZE_MAX)))
			return i;
	}
	return low.len;
}

/* "By X | November 14, 2025 | The Courier": behind the first stroke stand the day, cut already, and the publication. */
static struct bs_str cut_publication(struct bs_arena *arena, struct bs_str raw, struct bs_printed *out)
{
	size_t stroke = bs_str_find_byte(raw, '|', 0);
	struct bs_str rest, low;
	enum bs_role role;

	if (stroke == SIZE_MAX)
		return raw;
	rest = bs_printed_strip(bs_str_sub(raw, stroke, SIZE_MAX));
	low = bs_printed_low(arena, rest);
	if (rest.len > 80 || bs_str_find_byte(rest, '|', 0) != SIZE_MAX || role_at(low, &role) > 0)
		return raw;
	if (out != NULL && out->publication.len == 0)
		out->publication = bs_printed_plain(arena, rest);
	return bs_str_sub(raw, 0, stroke);
}

static struct bs_str without_stars(struct bs_str raw)
{
	raw = bs_str_trim(raw);
	while (raw.len > 0 && strchr("*_", raw.ptr[0]) != NULL)
		raw = bs_str_trim(bs_str_sub(raw, 1, SIZE_MAX));
	return raw;
}

static bool read_byline(struct names *n, struct bs_str raw)
{
	while (raw.len > 0) {
		struct bs_str low = bs_printed_low(n->arena, raw = without_stars(raw)), part;
		size_t len = role_at(low, &n->role), end;
		size_t before = n->count;

		if (len == 0)
			return false;
		end = next_role(low, len);
		part = without_stars(bs_printed_slice(raw, len, end)); /* "**By** A" */
		/* "By Monday." is a sentence, "Edited by Jo Falk." none. */
		while (part.len > 0 && part.ptr[part.len - 1] == '.' && (end < raw.len || bs_head_begins_other_role(low)))
			part.len--;
		if (!take_linked_names(n, bs_printed_strip(part)) || n->count == before)
			return false;
		raw = bs_str_sub(raw, end, SIZE_MAX);
	}
	return n->count > 0;
}

struct bs_str bs_printed_unwrapped(struct bs_str raw)
{
	while (raw.len > 2 && (raw.ptr[0] == '*' || raw.ptr[0] == '_') && raw.ptr[raw.len - 1] == raw.ptr[0])
		raw = bs_str_sub(raw, 1, raw.len - 2);
	return raw;
}

bool bs_head_byline(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out)
{
	struct names look = { .arena = arena }, take = { .arena = arena, .out = out };
	enum bs_role role;
	struct bs_str raw;

	if (piece->raw.len > 1000 || piece->plain.len > 400 || role_at(piece->low, &role) == 0)
		return false;
	raw = cut_date(arena, bs_printed_unwrapped(piece->raw), NULL);
	if (!read_byline(&look, cut_publication(arena, raw, NULL)))
		return false;
	if (out != NULL)
		(void)read_byline(&take,
		                  cut_publication(arena, cut_date(arena, bs_printed_unwrapped(piece->raw), out), out));
	return true;
}

bool bs_head_names(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out)
{
	struct names look = { .arena = arena, .role = BS_ROLE_AUTHOR },
		     take = { .arena = arena, .out = out, .role = BS_ROLE_AUTHOR };

	if (piece->plain.len > 200 || !take_linked_names(&look, bs_printed_unwrapped(piece->raw)))
		return false;
	if (out != NULL)
		(void)take_linked_names(&take, bs_printed_unwrapped(piece->raw));
	return look.count > 0;
}

size_t bs_printed_names(struct bs_arena *arena, struct bs_str text, struct bs_str *out, size_t max)
{
	struct bs_printed page = { 0 };
	struct names names = { .arena = arena, .out = &page, .role = BS_ROLE_AUTHOR };

	if (text.len > 400 || !take_names(&names, text))
		return 0;
	for (size_t i = 0; i < page.person_count && i < max; i++)
		out[i] = page.people[i].name;
	return page.person_count < max ? page.person_count : max;
}

/* --- publication and day, source and day --- */

static const char updated_words[] =
	"updated |last updated |last modified |modified |aktualisiert |"
	"zuletzt aktualisiert |mis à jour |actualizado |atualizado |aggiornato |oppdatert |uppdaterad ";
static const char published_words[] =
	"published |posted |date |first published |originally published |"
	"veröffentlicht |publié |publicado |pubblicato |publicerad |publisert |erschienen "
	"|datum |fecha |data ";
static const char preposition_words[] = "on |in |at |by |am |le |el |il |i |w |в ";

/* Without the words that lead to a name or a day, "Published in", and without those that lead from a name to a day. */
static struct bs_str strip_words(struct bs_arena *arena, struct bs_str s, const char *words)
{
	struct bs_str low;
	size_t len;

	s = bs_printed_strip(s);
	low = bs_printed_low(arena, s);
	len = bs_words_start(low, words);
	if (len > 0) {
		s = bs_printed_strip(bs_str_sub(s, len, SIZE_MAX));
		s = bs_printed_strip(
			bs_str_sub(s, bs_words_start(bs_printed_low(arena, s), preposition_words), SIZE_MAX));
	}
	low = bs_printed_low(arena, s);
	if (bs_str_ends(low, BS_STR(" on")) || bs_str_ends(low, BS_STR(" am")))
		s.len -= 3;
	return bs_printed_strip(s);
}

static bool ends_with_word(struct bs_str low, const char *words)
{
	struct bs_str rest = bs_str_c(words), word;

	low = bs_printed_strip(low);
	while (bs_str_split(&rest, '|', &word)) {
		struct bs_str bare = bs_str_trim(word);

		if (bs_str_ends(low, bare) &&
		    (low.len == bare.len || !bs_is_word_byte(low.ptr[low.len - bare.len - 1])))
			return true;
	}
	return false;
}

/* A publication's name: short, begins with no small letter, is no sentence. */
static bool is_title_of_paper(struct bs_str plain, struct bs_str low)
{
	bool uncased;
	size_t words = 1;

	for (size_t i = 0; i < plain.len; i++)
		words += plain.ptr[i] == ' ';
	if (plain.len == 0)
		return true;
	return plain.len <= 100 && words <= 10 &&
	       (!bs_printed_starts_small(plain, &uncased) || bs_str_starts(low, BS_STR("www."))) &&
	       strchr(".?!:", plain.ptr[plain.len - 1]) == NULL;
}

static void set_dateline(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out, struct bs_str name, struct bs_str url,
                         bool comma, int64_t time)
{
	bool elsewhere = url.len > 0 && !comma;

	if (!elsewhere && out->publication.len == 0 && (out->published_at == 0 || name.len > 0)) {
		out->publication = name;
		out->published_at = time;
	} else if (out->source_name.len == 0 && name.len > 0 && !bs_str_eq_nocase(name, out->publication)) {
		out->source_name = name;
		out->source_url = url;
		out->source_at = time;
	} else if (out->source_at == 0 && name.len > 0 && bs_str_eq_nocase(name, out->source_name)) {
		out->source_at = time;
	} else if (time != out->published_at && time != out->source_at) {
		bs_printed_leave_out(arena, out, piece->plain, piece->line); /* "First published on March 3, 2022" */
	}
}

/* "[A](https://…) and [B](https://…) 26 February 2025": a story has one source, the first; the others are told. */
static struct bs_str first_of_sources(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed_link link, struct bs_str name,
                                      struct bs_printed *out)
{
	struct bs_printed_link next;
	bool several = false;

	for (size_t at = link.end; bs_printed_next_link(piece->raw, &at, &next);) {
		if (next.url.len == 0)
			continue;
		several = true;
		bs_printed_leave_out(arena, out, bs_printed_slice(piece->raw, next.start, next.end), piece->line);
	}
	return several ? bs_printed_plain(arena, link.text) : name;
}

bool bs_head_dateline(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out)
{
	struct bs_printed_date date, second;
	struct bs_printed_link link = { 0 };
	struct bs_str name, rest, url;
	size_t at = 0;
	enum bs_role role;
	bool updated;

	/* "By A, November 14, 2025" is a byline with a day. */
	if (piece->plain.len > 300 || role_at(piece->low, &role) > 0 || !bs_printed_find_date(piece->low, &date))
		return false;
	updated = ends_with_word(bs_str_sub(piece->low, 0, date.start), updated_words);
	rest = bs_str_sub(piece->low, date.end, SIZE_MAX);
	if (bs_words_any(rest, updated_words) && bs_printed_find_date(rest, &second)) {
		if (out != NULL)
			out->updated_at = second.time;
		rest = (struct bs_str){ 0 };
	}
	name = strip_words(arena, bs_str_sub(piece->plain, 0, date.start), updated ? updated_words : published_words);
	if (name.len == 0 && rest.len > 0)
		name = strip_words(arena, bs_str_sub(piece->plain, date.end, SIZE_MAX), published_words);
	else if (bs_printed_strip(rest).len > 0)
		return false;
	url = bs_printed_bare_url(name, &name);
	name = bs_printed_strip(name);
	if (!is_title_of_paper(name, bs_printed_low(arena, name)))
		return false;
	if (out == NULL)
		return true;
	if (!bs_printed_next_link(piece->raw, &at, &link) || link.url.len == 0)
		link.url = url;
	else
		name = first_of_sources(arena, piece, link, name, out);
	if (updated)
		out->updated_at = date.time;
	else
		set_dateline(arena, piece, out, name, link.url, date.start > 1 && piece->plain.ptr[date.start - 2] == ',', date.time);
	return true;
}
