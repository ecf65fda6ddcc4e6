/* languages.c - the table of languages and finding one in it; see lang.h. */
#include "lang/lang.h"

#define L(id_, offered_, rtl_, open_, code_, name_, own_name_, script_, locale_)                                      \
	[BS_LANG_##id_] = { .id = BS_LANG_##id_, .offered = (offered_), .rtl = (rtl_), .open = (open_),               \
		.code = BS_STR_INIT(code_), .name = BS_STR_INIT(name_), .own_name = BS_STR_INIT(own_name_),           \
		.script = BS_STR_INIT(script_), .locale = BS_STR_INIT(locale_) }

/* id, offered, right to left, open lines, code, English name, own name, script, locale */
const struct bs_lang bs_langs[BS_LANG_COUNT] = {
	L(en, true, false, false, "en", "English", "English", "Latn", "en_GB"),
	L(ar, true, true, true, "ar", "Arabic", "العربية", "Arab", "ar_EG"),
	L(az, true, false, false, "az", "Azerbaijani", "Azərbaycanca", "Latn", "az_AZ"),
	L(be, true, false, false, "be", "Belarusian", "Беларуская", "Cyrl", "be_BY"),
	L(bg, true, false, false, "bg", "Bulgarian", "Български", "Cyrl", "bg_BG"),
	L(bn, true, false, true, "bn", "Bengali", "বাংলা", "Beng", "bn_BD"),
	L(ca, true, false, false, "ca", "Catalan", "Català", "Latn", "ca_ES"),
	L(cs, true, false, false, "cs", "Czech", "Čeština", "Latn", "cs_CZ"),
	L(da, true, false, false, "da", "Danish", "Dansk", "Latn", "da_DK"),
	L(de, true, false, false, "de", "German", "Deutsch", "Latn", "de_DE"),
	L(el, true, false, false, "el", "Greek", "Ελληνικά", "Grek", "el_GR"),
	L(eo, true, false, false, "eo", "Esperanto", "Esperanto", "Latn", "eo"),
	L(es, true, false, false, "es", "Spanish", "Español", "Latn", "es_ES"),
	L(et, true, false, false, "et", "Estonian", "Eesti", "Latn", "et_EE"),
	L(eu, true, false, false, "eu", "Basque", "Euskara", "Latn", "eu_ES"),
	L(fa, true, true, true, "fa", "Persian", "فارسی", "Arab", "fa_IR"),
	L(fi, true, false, false, "fi", "Finnish", "Suomi", "Latn", "fi_FI"),
	L(fil, true, false, false, "fil", "Filipino", "Filipino", "Latn", "fil_PH"),
	L(fr, true, false, false, "fr", "French", "Français", "Latn", "fr_FR"),
	L(gl, true, false, false, "gl", "Galician", "Galego", "Latn", "gl_ES"),
	L(he, true, true, false, "he", "Hebrew", "עברית", "Hebr", "he_IL"),
	L(hi, true, false, true, "hi", "Hindi", "हिन्दी", "Deva", "hi_IN"),
	L(hr, true, false, false, "hr", "Croatian", "Hrvatski", "Latn", "hr_HR"),
	L(hu, true, false, false, "hu", "Hungarian", "Magyar", "Latn", "hu_HU"),
	L(hy, true, false, false, "hy", "Armenian", "Հայերեն", "Armn", "hy_AM"),
	L(id, true, false, false, "id", "Indonesian", "Bahasa Indonesia", "Latn", "id_ID"),
	L(it, true, false, false, "it", "Italian", "Italiano", "Latn", "it_IT"),
	L(ja, true, false, true, "ja", "Japanese", "日本語", "Jpan", "ja_JP"),
	L(ka, true, false, false, "ka", "Georgian", "ქართული", "Geor", "ka_GE"),
	L(ko, true, false, false, "ko", "Korean", "한국어", "Kore", "ko_KR"),
	L(lt, true, false, false, "lt", "Lithuanian", "Lietuvių", "Latn", "lt_LT"),
	L(lv, true, false, false, "lv", "Latvian", "Latviešu", "Latn", "lv_LV"),
	L(mk, true, false, false, "mk", "Macedonian", "Македонски", "Cyrl", "mk_MK"),
	L(ms, true, false, false, "ms", "Malay", "Bahasa Melayu", "Latn", "ms_MY"),
	L(nb, true, false, false, "nb", "Norwegian Bokmål", "Norsk bokmål", "Latn", "nb_NO"),
	L(nl, true, false, false, "nl", "Dutch", "Nederlands", "Latn", "nl_NL"),
	L(pl, true, false, false, "pl", "Polish", "Polski", "Latn", "pl_PL"),
	L(pt, true, false, false, "pt", "Portuguese", "Português", "Latn", "pt_BR"),
	L(ro, true, false, false, "ro", "Romanian", "Română", "Latn", "ro_RO"),
	L(ru, true, false, false, "ru", "Russian", "Русский", "Cyrl", "ru_RU"),
	L(sk, true, false, false, "sk", "Slovak", "Slovenčina", "Latn", "sk_SK"),
	L(sl, true, false, false, "sl", "Slovenian", "Slovenščina", "Latn", "sl_SI"),
	L(sr, true, false, false, "sr", "Serbian", "Српски", "Cyrl", "sr_RS"),
	L(sv, true, false, false, "sv", "Swedish", "Svenska", "Latn", "sv_SE"),
	L(sw, true, false, false, "sw", "Swahili", "Kiswahili", "Latn", "sw_TZ"),
	L(th, true, false, true, "th", "Thai", "ไทย", "Thai", "th_TH"),
	L(tr, true, false, false, "tr", "Turkish", "Türkçe", "Latn", "tr_TR"),
	L(uk, true, false, false, "uk", "Ukrainian", "Українська", "Cyrl", "uk_UA"),
	L(ur, true, true, true, "ur", "Urdu", "اردو", "Arab", "ur_PK"),
	L(vi, true, false, false, "vi", "Vietnamese", "Tiếng Việt", "Latn", "vi_VN"),
	L(zh_Hans, true, false, true, "zh-Hans", "Chinese (Simplified)", "简体中文", "Hans", "zh_CN"),
	L(zh_Hant, true, false, true, "zh-Hant", "Chinese (Traditional)", "繁體中文", "Hant", "zh_TW"),
	L(af, false, false, false, "af", "Afrikaans", "Afrikaans", "Latn", "af_ZA"),
	L(am, false, false, true, "am", "Amharic", "አማርኛ", "Ethi", "am_ET"),
	L(as, false, false, true, "as", "Assamese", "অসমীয়া", "Beng", "as_IN"),
	L(bo, false, false, true, "bo", "Tibetan", "བོད་ཡིག", "Tibt", "bo_CN"),
	L(br, false, false, false, "br", "Breton", "Brezhoneg", "Latn", "br_FR"),
	L(bs, false, false, false, "bs", "Bosnian", "Bosanski", "Latn", "bs_BA"),
	L(ckb, false, true, true, "ckb", "Central Kurdish", "کوردیی ناوەندی", "Arab", "ckb_IQ"),
	L(cy, false, false, false, "cy", "Welsh", "Cymraeg", "Latn", "cy_GB"),
	L(dsb, false, false, false, "dsb", "Lower Sorbian", "Dolnoserbšćina", "Latn", "dsb_DE"),
	L(dz, false, false, true, "dz", "Dzongkha", "རྫོང་ཁ", "Tibt", "dz_BT"),
	L(fo, false, false, false, "fo", "Faroese", "Føroyskt", "Latn", "fo_FO"),
	L(fy, false, false, false, "fy", "Western Frisian", "Frysk", "Latn", "fy_NL"),
	L(ga, false, false, false, "ga", "Irish", "Gaeilge", "Latn", "ga_IE"),
	L(gd, false, false, false, "gd", "Scottish Gaelic", "Gàidhlig", "Latn", "gd_GB"),
	L(gu, false, false, true, "gu", "Gujarati", "ગુજરાતી", "Gujr", "gu_IN"),
	L(ha, false, false, false, "ha", "Hausa", "Hausa", "Latn", "ha_NG"),
	L(hsb, false, false, false, "hsb", "Upper Sorbian", "Hornjoserbšćina", "Latn", "hsb_DE"),
	L(ht, false, false, false, "ht", "Haitian Creole", "Kreyòl ayisyen", "Latn", "ht_HT"),
	L(ig, false, false, false, "ig", "Igbo", "Igbo", "Latn", "ig_NG"),
	L(is, false, false, false, "is", "Icelandic", "Íslenska", "Latn", "is_IS"),
	L(jv, false, false, false, "jv", "Javanese", "Basa Jawa", "Latn", "jv_ID"),
	L(kk, false, false, false, "kk", "Kazakh", "Қазақша", "Cyrl", "kk_KZ"),
	L(km, false, false, true, "km", "Khmer", "ខ្មែរ", "Khmr", "km_KH"),
	L(kn, false, false, true, "kn", "Kannada", "ಕನ್ನಡ", "Knda", "kn_IN"),
	L(ku, false, false, false, "ku", "Kurdish", "Kurdî", "Latn", "ku_TR"),
	L(ky, false, false, false, "ky", "Kyrgyz", "Кыргызча", "Cyrl", "ky_KG"),
	L(la, false, false, false, "la", "Latin", "Latina", "Latn", "la_VA"),
	L(lb, false, false, false, "lb", "Luxembourgish", "Lëtzebuergesch", "Latn", "lb_LU"),
	L(ln, false, false, false, "ln", "Lingala", "Lingála", "Latn", "ln_CD"),
	L(lo, false, false, true, "lo", "Lao", "ລາວ", "Laoo", "lo_LA"),
	L(mai, false, false, true, "mai", "Maithili", "मैथिली", "Deva", "mai_IN"),
	L(mg, false, false, false, "mg", "Malagasy", "Malagasy", "Latn", "mg_MG"),
	L(mi, false, false, false, "mi", "Māori", "Māori", "Latn", "mi_NZ"),
	L(ml, false, false, true, "ml", "Malayalam", "മലയാളം", "Mlym", "ml_IN"),
	L(mn, false, false, false, "mn", "Mongolian", "Монгол", "Cyrl", "mn_MN"),
	L(mr, false, false, true, "mr", "Marathi", "मराठी", "Deva", "mr_IN"),
	L(mt, false, false, false, "mt", "Maltese", "Malti", "Latn", "mt_MT"),
	L(my, false, false, true, "my", "Burmese", "မြန်မာ", "Mymr", "my_MM"),
	L(ne, false, false, true, "ne", "Nepali", "नेपाली", "Deva", "ne_NP"),
	L(nn, false, false, false, "nn", "Norwegian Nynorsk", "Norsk nynorsk", "Latn", "nn_NO"),
	L(oc, false, false, false, "oc", "Occitan", "Occitan", "Latn", "oc_FR"),
	L(om, false, false, false, "om", "Oromo", "Afaan Oromoo", "Latn", "om_ET"),
	L(or, false, false, true, "or", "Odia", "ଓଡ଼ିଆ", "Orya", "or_IN"),
	L(pa, false, false, true, "pa", "Punjabi", "ਪੰਜਾਬੀ", "Guru", "pa_IN"),
	L(pcm, false, false, false, "pcm", "Nigerian Pidgin", "Naijíriá Píjin", "Latn", "pcm_NG"),
	L(ps, false, true, true, "ps", "Pashto", "پښتو", "Arab", "ps_AF"),
	L(qu, false, false, false, "qu", "Quechua", "Runasimi", "Latn", "qu_PE"),
	L(rm, false, false, false, "rm", "Romansh", "Rumantsch", "Latn", "rm_CH"),
	L(rw, false, false, false, "rw", "Kinyarwanda", "Kinyarwanda", "Latn", "rw_RW"),
	L(sa, false, false, true, "sa", "Sanskrit", "संस्कृत भाषा", "Deva", "sa_IN"),
	L(sd, false, true, true, "sd", "Sindhi", "سنڌي", "Arab", "sd_PK"),
	L(se, false, false, false, "se", "Northern Sami", "Davvisámegiella", "Latn", "se_NO"),
	L(si, false, false, true, "si", "Sinhala", "සිංහල", "Sinh", "si_LK"),
	L(sn, false, false, false, "sn", "Shona", "ChiShona", "Latn", "sn_ZW"),
	L(so, false, false, false, "so", "Somali", "Soomaali", "Latn", "so_SO"),
	L(sq, false, false, false, "sq", "Albanian", "Shqip", "Latn", "sq_AL"),
	L(su, false, false, false, "su", "Sundanese", "Basa Sunda", "Latn", "su_ID"),
	L(ta, false, false, true, "ta", "Tamil", "தமிழ்", "Taml", "ta_IN"),
	L(te, false, false, true, "te", "Telugu", "తెలుగు", "Telu", "te_IN"),
	L(tg, false, false, false, "tg", "Tajik", "Тоҷикӣ", "Cyrl", "tg_TJ"),
	L(ti, false, false, true, "ti", "Tigrinya", "ትግርኛ", "Ethi", "ti_ET"),
	L(tk, false, false, false, "tk", "Turkmen", "Türkmençe", "Latn", "tk_TM"),
	L(tt, false, false, false, "tt", "Tatar", "Татарча", "Cyrl", "tt_RU"),
	L(ug, false, true, true, "ug", "Uyghur", "ئۇيغۇرچە", "Arab", "ug_CN"),
	L(uz, false, false, false, "uz", "Uzbek", "O‘zbekcha", "Latn", "uz_UZ"),
	L(wo, false, false, false, "wo", "Wolof", "Wolof", "Latn", "wo_SN"),
	L(xh, false, false, false, "xh", "Xhosa", "IsiXhosa", "Latn", "xh_ZA"),
	L(yi, false, true, false, "yi", "Yiddish", "ייִדיש", "Hebr", "yi"),
	L(yo, false, false, false, "yo", "Yoruba", "Èdè Yorùbá", "Latn", "yo_NG"),
	L(zu, false, false, false, "zu", "Zulu", "IsiZulu", "Latn", "zu_ZA"),
};

/* Tags that mean one of the table without being the beginning of it. Those of Chinese name a territory whose readers
 * share a way of writing; those of two letters are what ISO 639 called the language before. */
static const struct {
	struct bs_str tag;
	int id;
} aliases[] = {
	{ BS_STR_INIT("zh"), BS_LANG_zh_Hans },    { BS_STR_INIT("zh-CN"), BS_LANG_zh_Hans },
	{ BS_STR_INIT("zh-SG"), BS_LANG_zh_Hans }, { BS_STR_INIT("zh-TW"), BS_LANG_zh_Hant },
	{ BS_STR_INIT("zh-HK"), BS_LANG_zh_Hant }, { BS_STR_INIT("zh-MO"), BS_LANG_zh_Hant },
	{ BS_STR_INIT("no"), BS_LANG_nb },         { BS_STR_INIT("iw"), BS_LANG_he },
	{ BS_STR_INIT("in"), BS_LANG_id },         { BS_STR_INIT("tl"), BS_LANG_fil },
};

enum { MAX_TAG = 64, MAX_RANGES = 32 };

static const struct bs_lang *find_exact(struct bs_str tag)
{
	for (size_t i = 0; i < BS_LANG_COUNT; i++) {
		if (bs_str_eq_nocase(tag, bs_langs[i].code))
			return &bs_langs[i];
	}
	for (size_t i = 0; i < BS_COUNT(aliases); i++) {
		if (bs_str_eq_nocase(tag, aliases[i].tag))
			return &bs_langs[aliases[i].id];
	}
	return NULL;
}

const struct bs_lang *bs_lang_find(struct bs_str tag)
{
	char copy[MAX_TAG];
	const struct bs_lang *found;

	if (tag.len > sizeof(copy))
		tag.len = sizeof(copy);
	for (size_t i = 0; i < tag.len; i++)
		copy[i] = tag.ptr[i] == '_' ? '-' : tag.ptr[i];
	tag.ptr = copy;
	while (tag.len > 0) {
		found = find_exact(tag);
		if (found != NULL)
			return found;
		while (tag.len > 0 && tag.ptr[--tag.len] != '-')
			;
	}
	return NULL;
}

/* The weight of a language range in thousandths, taken off its end; -1 when it is broken. */
static int take_weight(struct bs_str *range)
{
	struct bs_str weight = *range, part, digits;
	int64_t value;

	bs_str_split(&weight, ';', &part);
	*range = bs_str_trim(part);
	weight = bs_str_trim(weight);
	if (weight.len == 0)
		return 1000;
	if (!bs_str_starts(weight, BS_STR("q=")) && !bs_str_starts(weight, BS_STR("Q=")))
		return -1;
	digits = bs_str_sub(weight, 2, SIZE_MAX);
	if (digits.len == 0 || digits.len > 5 || (digits.ptr[0] != '0' && digits.ptr[0] != '1') ||
	    (digits.len > 1 && digits.ptr[1] != '.'))
		return -1;
	value = (digits.ptr[0] - '0') * 1000;
	for (size_t i = 2, unit = 100; i < digits.len; i++, unit /= 10) {
		if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
			return -1;
		value += (digits.ptr[i] - '0') * (int64_t)unit;
	}
	return value <= 1000 ? (int)value : -1;
}

static bool is_offered(const struct bs_lang *lang, const struct bs_lang *const *offered, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (offered[i] == lang)
			return true;
	}
	return false;
}

/* The offered language that a range asks for: the one it names, else the first that is a kind of it ("zh" gets
 * zh-Hant where that is all there is); "*" gets the first that was not refused. */
static const struct bs_lang *match_range(struct bs_str range, const bool *refused, const struct bs_lang *const *offered,
                                         size_t count)
{
	const struct bs_lang *lang = bs_lang_find(range);
	bool any = bs_str_eq(range, BS_STR("*"));

	if (lang != NULL && is_offered(lang, offered, count))
		return lang;
	for (size_t i = 0; i < count; i++) {
		struct bs_str code = offered[i]->code;
		if (any && !refused[offered[i]->id])
			return offered[i];
		if (code.len > range.len && code.ptr[range.len] == '-' &&
		    bs_str_eq_nocase(bs_str_sub(code, 0, range.len), range))
			return offered[i];
	}
	return NULL;
}

const struct bs_lang *bs_lang_negotiate(struct bs_str accept_language, const struct bs_lang *const *offered, size_t count)
{
	struct bs_str rest = accept_language, range;
	struct {
		struct bs_str range;
		int weight;
	} ranges[MAX_RANGES];
	size_t range_count = 0;
	bool refused[BS_LANG_COUNT] = { false };
	const struct bs_lang *best = NULL;
	int best_weight = 0;

	while (range_count < MAX_RANGES && bs_str_split(&rest, ',', &range)) {
		int weight = take_weight(&range);
		const struct bs_lang *lang = bs_lang_find(range);
		if (weight == 0 && lang != NULL)
			refused[lang->id] = true;
		if (weight > 0 && range.len > 0) {
			ranges[range_count].range = range;
			ranges[range_count++].weight = weight;
		}
	}
	for (size_t i = 0; i < range_count; i++) {
		const struct bs_lang *lang = NULL;
		if (ranges[i].weight > best_weight)
			lang = match_range(ranges[i].range, refused, offered, count);
		if (lang != NULL && !refused[lang->id]) {
			best = lang;
			best_weight = ranges[i].weight;
		}
	}
	return best;
}
