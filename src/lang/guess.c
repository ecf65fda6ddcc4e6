/* guess.c - which language a text is in; see lang.h. By its script where that says enough, else by the small words that every
 * sentence has; what two languages share speaks for neither. A guess is worth something only when it is rarely wrong: near
 * ties and short texts have none. */
#include "lang/lang.h"

enum { WORDS_MAX = 1500, WORDS_MIN = 30, WORD_MAX = 24, LETTERS_MIN = 40 };

static const struct words {
	int lang;
	const char *list; /* parted by single blanks */
} table[] = {
	{ BS_LANG_en, "the of and to in is that was for with on are this by they from not have be at it as has his" },
	{ BS_LANG_de, "der die und das nicht ist den mit von sich des auf eine ein dem zu im auch als wird sind bei" },
	{ BS_LANG_fr, "le la les des et est dans que une un du pour qui pas sur au en par plus ce il ne" },
	{ BS_LANG_es, "el la los las que del una un por con para es se en no de y al lo su como más" },
	{ BS_LANG_pt, "o os uma um não do da em para com as dos que de e é no na se por mais ao" },
	{ BS_LANG_it, "il che di della gli non per una un è sono con del la le i in si da al dei ha" },
	{ BS_LANG_nl, "de het een van en dat niet zijn op met voor is te in er aan die ook door wordt bij" },
	{ BS_LANG_sv, "och att det som är på den för inte av med en ett till har i de om var från" },
	{ BS_LANG_nb, "og det er på som en til av for ikke med å i den at har de et om fra" },
	{ BS_LANG_da, "og det er på som en til af for ikke med at i den har de et om fra også" },
	{ BS_LANG_fi, "ja on ei että se oli mutta joka ovat hän myös kun niin ole tai kuin" },
	{ BS_LANG_et, "ja on ei et see oli kui ka mis ning aga nad oma seda" },
	{ BS_LANG_pl, "się nie na jest że do i w z to jak po od dla są przez ale o" },
	{ BS_LANG_cs, "se na je že v a to do jako při který ale jsou za pro od byl i" },
	{ BS_LANG_sk, "sa na je že v a to do ako pri ktorý ale sú za pre od bol i" },
	{ BS_LANG_sl, "je in na se da za so ki v pa tudi ne z bi pri od" },
	{ BS_LANG_hr, "je i u na se da za su od koji ne s iz to kao bi" },
	{ BS_LANG_hu, "a az és hogy nem is egy volt meg de ez van mint csak már" },
	{ BS_LANG_ro, "și de în la pe nu este care cu din o un sunt pentru mai a au" },
	{ BS_LANG_tr, "ve bir bu için ile da de olarak olan gibi daha çok ne kadar sonra" },
	{ BS_LANG_az, "və bir bu üçün ilə də olan kimi daha çox edir olaraq" },
	{ BS_LANG_id, "yang dan di dengan untuk dari ini tidak pada dalam itu akan juga bisa karena anda" },
	{ BS_LANG_ms, "yang dan di dengan untuk dari ini tidak pada dalam itu akan juga boleh kerana ialah" },
	{ BS_LANG_vi, "và của là các được trong cho không một những có đã với người" },
	{ BS_LANG_ca, "els amb per que una del és les i la el de un al més no" },
	{ BS_LANG_lt, "ir yra kad tai su iš bet kaip buvo jis apie nuo" },
	{ BS_LANG_lv, "un ir kas ar no uz par bet arī kā tika pēc" },
	{ BS_LANG_eu, "eta da ez bat du dira zen ere baina hau den" },
	{ BS_LANG_eo, "la kaj de estas en ne ke por al kun oni estis" },
	{ BS_LANG_sw, "ya na wa kwa katika ni la za kuwa hii cha watu" },
	{ BS_LANG_fil, "ang ng sa mga na ay si at hindi para ito may" },
	{ BS_LANG_af, "die en van is nie het dat in om te vir met sy was" },
	{ BS_LANG_is, "og að í á er sem ekki það um við en var til" },
	{ BS_LANG_ru, "и в не на что он с как это по но к из у за от то его" },
	{ BS_LANG_uk, "і в не на що він з як це та до у за від є її про" },
	{ BS_LANG_be, "і ў не на што ён з як гэта да у за ад яго але" },
	{ BS_LANG_bg, "и в на не е да се за от с по са че това като ще" },
	{ BS_LANG_mk, "и во на не е да се за од со што ќе го тоа како" },
	{ BS_LANG_sr, "и у на не је да се за од са што ће су као то" },
	{ BS_LANG_hi, "के में की है से का और को ने पर हैं यह" },
	{ BS_LANG_mr, "आणि आहे या हे ते होते नाही तर की आहेत" },
	{ BS_LANG_ne, "छ र को मा ले भएको यो पनि गर्न हुन्छ" },
};

enum { JAPANESE, CHINESE, ARABIC }; /* places in the next */

/* Scripts that one language is nearly always meant by. */
static const struct script {
	uint32_t from, to;
	int lang;
} scripts[] = {
	[JAPANESE] = { 0x3040, 0x30FF, BS_LANG_ja }, [CHINESE] = { 0x4E00, 0x9FFF, BS_LANG_zh_Hans },
	[ARABIC] = { 0x600, 0x6FF, BS_LANG_ar },
	{ 0x370, 0x3FF, BS_LANG_el },   { 0x530, 0x58F, BS_LANG_hy },     { 0x590, 0x5FF, BS_LANG_he },
	{ 0x980, 0x9FF, BS_LANG_bn },   { 0xA00, 0xA7F, BS_LANG_pa },     { 0xA80, 0xAFF, BS_LANG_gu },
	{ 0xB80, 0xBFF, BS_LANG_ta },   { 0xC00, 0xC7F, BS_LANG_te },     { 0xC80, 0xCFF, BS_LANG_kn },
	{ 0xD00, 0xD7F, BS_LANG_ml },   { 0xD80, 0xDFF, BS_LANG_si },     { 0xE00, 0xE7F, BS_LANG_th },
	{ 0xE80, 0xEFF, BS_LANG_lo },   { 0x1000, 0x109F, BS_LANG_my },   { 0x10A0, 0x10FF, BS_LANG_ka },
	{ 0x1200, 0x137F, BS_LANG_am }, { 0x1780, 0x17FF, BS_LANG_km },   { 0xAC00, 0xD7A3, BS_LANG_ko },
};

/* Letters that Urdu has besides those of Persian, and Persian besides those of Arabic. */
static const char urdu[] = "ٹڈڑںےھ";
static const char persian[] = "پچژگکی";
/* Characters that are written otherwise in the other of the two Chinese scripts. */
static const char traditional[] = "們這為國說時會學對發個來過還開關問題無書車見長門東業樂點電話";
static const char simplified[] = "们这为国说时会学对发个来过还开关问题无书车见长门东业乐点电话";

static size_t shared_characters(struct bs_str text, const char *set)
{
	struct bs_str characters = bs_str_c(set);
	size_t count = 0;

	for (size_t at = 0; at < text.len;) {
		size_t start = at;
		(void)bs_str_utf8_next(text, &at);
		count += at - start > 1 && bs_str_find(characters, bs_str_sub(text, start, at - start), 0) != SIZE_MAX;
	}
	return count;
}

/* The language of the script that most letters are of; NULL when that is one which several languages share. */
static const struct bs_lang *by_script(struct bs_str text)
{
	size_t counts[BS_COUNT(scripts)] = { 0 }, letters = 0, best = 0;

	for (size_t at = 0; at < text.len;) {
		uint32_t c = bs_str_utf8_next(text, &at);
		letters += (c | 32) >= 'a' && (c | 32) <= 'z';
		letters += c >= 0xC0;
		for (size_t i = 0; c >= 0x370 && i < BS_COUNT(scripts); i++)
			counts[i] += c >= scripts[i].from && c <= scripts[i].to;
	}
	if (counts[JAPANESE] * 20 > counts[CHINESE])
		counts[JAPANESE] += counts[CHINESE]; /* Japanese has them besides its own */
	for (size_t i = 1; i < BS_COUNT(scripts); i++)
		best = counts[i] > counts[best] ? i : best;
	if (letters < LETTERS_MIN || counts[best] * 2 < letters)
		return NULL;
	if (best == ARABIC)
		return &bs_langs[shared_characters(text, urdu) * 50 > letters      ? BS_LANG_ur
		                 : shared_characters(text, persian) * 50 > letters ? BS_LANG_fa
		                                                                   : BS_LANG_ar];
	if (best == CHINESE && shared_characters(text, traditional) > shared_characters(text, simplified))
		return &bs_langs[BS_LANG_zh_Hant];
	return &bs_langs[scripts[best].lang];
}

static bool lists(const char *list, struct bs_str word)
{
	struct bs_str rest = bs_str_c(list), one;

	while (bs_str_split(&rest, ' ', &one)) {
		if (bs_str_eq(one, word))
			return true;
	}
	return false;
}

/* The next word in small letters (those of ASCII; the small words seldom begin with others). False at the end of the text. */
static bool next_word(struct bs_str text, size_t *at, char out[WORD_MAX], struct bs_str *word)
{
	size_t len = 0, n = 0;

	while (*at < text.len && strchr(" \n\r\t.,;:!?\"'()[]*_-/", text.ptr[*at]) != NULL)
		++*at;
	for (; *at < text.len && strchr(" \n\r\t.,;:!?\"'()[]*_-/", text.ptr[*at]) == NULL; ++*at, n++) {
		char c = text.ptr[*at];
		if (len < WORD_MAX)
			out[len++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	*word = bs_str_n(out, n <= WORD_MAX ? len : 0);
	return n > 0;
}

const struct bs_lang *bs_lang_guess(struct bs_str text)
{
	const struct bs_lang *found = by_script(text);
	size_t hits[BS_COUNT(table)] = { 0 }, words = 0, best = 0, second = SIZE_MAX, at = 0;
	char buffer[WORD_MAX];
	struct bs_str word;

	if (found != NULL)
		return found;
	while (words < WORDS_MAX && next_word(text, &at, buffer, &word)) {
		words++;
		for (size_t i = 0; word.len > 0 && i < BS_COUNT(table); i++)
			hits[i] += lists(table[i].list, word);
	}
	for (size_t i = 1; i < BS_COUNT(table); i++) {
		if (hits[i] > hits[best]) {
			second = best;
			best = i;
		} else if (second == SIZE_MAX || hits[i] > hits[second]) {
			second = i;
		}
	}
	if (words < WORDS_MIN || hits[best] * 10 < words || (hits[best] - hits[second]) * 20 < hits[best] || hits[best] - hits[second] < 2)
		return NULL;
	return &bs_langs[table[best].lang];
}
