/* lang.h - languages: the 52 that a site is offered in and more that stories may be written in; what they are called, how
 * they run, which one a reader wants; and what depends on a language without being formatting: order of names, and ASCII
 * for addresses.
 *
 * A language is a `const struct bs_lang *` into a table that lives for ever; compare the pointers. NULL stands for "no
 * such language" where a function says so and is never accepted otherwise. Everything here is safe from any thread. */
#ifndef BS_LANG_LANG_H
#define BS_LANG_LANG_H

#include "base/mem.h"

/* Places in bs_langs: the languages that a site is offered in, English first, then by code; behind them those that a
 * story may be written in besides. */
enum {
	BS_LANG_en, BS_LANG_ar, BS_LANG_az, BS_LANG_be, BS_LANG_bg, BS_LANG_bn, BS_LANG_ca, BS_LANG_cs, BS_LANG_da,
	BS_LANG_de, BS_LANG_el, BS_LANG_eo, BS_LANG_es, BS_LANG_et, BS_LANG_eu, BS_LANG_fa, BS_LANG_fi, BS_LANG_fil,
	BS_LANG_fr, BS_LANG_gl, BS_LANG_he, BS_LANG_hi, BS_LANG_hr, BS_LANG_hu, BS_LANG_hy, BS_LANG_id, BS_LANG_it,
	BS_LANG_ja, BS_LANG_ka, BS_LANG_ko, BS_LANG_lt, BS_LANG_lv, BS_LANG_mk, BS_LANG_ms, BS_LANG_nb, BS_LANG_nl,
	BS_LANG_pl, BS_LANG_pt, BS_LANG_ro, BS_LANG_ru, BS_LANG_sk, BS_LANG_sl, BS_LANG_sr, BS_LANG_sv, BS_LANG_sw,
	BS_LANG_th, BS_LANG_tr, BS_LANG_uk, BS_LANG_ur, BS_LANG_vi, BS_LANG_zh_Hans, BS_LANG_zh_Hant,
	BS_LANG_OFFERED,

	BS_LANG_af = BS_LANG_OFFERED, BS_LANG_am, BS_LANG_as, BS_LANG_bo,
	BS_LANG_br, BS_LANG_bs, BS_LANG_ckb, BS_LANG_cy, BS_LANG_dsb, BS_LANG_dz,
	BS_LANG_fo, BS_LANG_fy, BS_LANG_ga, BS_LANG_gd, BS_LANG_gu, BS_LANG_ha, BS_LANG_hsb, BS_LANG_ht,
	BS_LANG_ig, BS_LANG_is, BS_LANG_jv, BS_LANG_kk, BS_LANG_km, BS_LANG_kn, BS_LANG_ku, BS_LANG_ky,
	BS_LANG_la, BS_LANG_lb, BS_LANG_ln, BS_LANG_lo, BS_LANG_mai, BS_LANG_mg, BS_LANG_mi, BS_LANG_ml,
	BS_LANG_mn, BS_LANG_mr, BS_LANG_mt, BS_LANG_my, BS_LANG_ne, BS_LANG_nn, BS_LANG_oc,
	BS_LANG_om, BS_LANG_or, BS_LANG_pa, BS_LANG_pcm, BS_LANG_ps, BS_LANG_qu, BS_LANG_rm, BS_LANG_rw,
	BS_LANG_sa, BS_LANG_sd, BS_LANG_se, BS_LANG_si, BS_LANG_sn, BS_LANG_so, BS_LANG_sq, 	BS_LANG_su,
	BS_LANG_ta, BS_LANG_te, BS_LANG_tg, BS_LANG_ti, BS_LANG_tk, BS_LANG_tt, 	BS_LANG_ug, BS_LANG_uz,
	BS_LANG_wo, BS_LANG_xh, BS_LANG_yi, BS_LANG_yo, BS_LANG_zu,
	BS_LANG_COUNT
};

struct bs_lang {
	int id;                  /* BS_LANG_de …: its place in bs_langs */
	bool offered;            /* one of the 52 that the site's own words are for; the others are said in English */
	bool rtl;                /* written from right to left */
	bool open;               /* a script that needs open lines (1.7 and more): Arabic, Devanagari, Thai … */
	struct bs_str code;      /* BCP 47, in its canonical case: "zh-Hans"; in addresses and lang="" */
	struct bs_str name;      /* in English */
	struct bs_str own_name;  /* in itself, as its speakers write it in running text: "Deutsch", "فارسی" */
	struct bs_str script;    /* ISO 15924: "Latn" */
	struct bs_str locale;    /* language_TERRITORY as OpenGraph wants it: "de_DE" */
};

extern const struct bs_lang bs_langs[BS_LANG_COUNT];

/* The language that a BCP 47 tag asks for, or NULL. Case does not matter and '_' is taken for '-'. Old and usual other
 * names are known (zh-TW, no, iw, tl …), and what is more exact than the table falls back part by part (RFC 4647,
 * section 3.4): "de-AT" is German, "zh-Hant-HK" is Chinese in traditional characters. */
const struct bs_lang *bs_lang_find(struct bs_str tag);

/* The language that a text (UTF-8, some sentences of it) is written in, or NULL where it is short or could be of several. */
const struct bs_lang *bs_lang_guess(struct bs_str text);

/* What of the offered languages an Accept-Language header (RFC 9110, section 12.5.4) likes best, or NULL when it likes
 * none of them, is empty or is broken. Among equals the header's first wins; "*" stands for the first offered. At most
 * the first 32 ranges are looked at. */
const struct bs_lang *bs_lang_negotiate(struct bs_str accept_language, const struct bs_lang *const *offered, size_t count);

/* The BS_LANG_OFFERED that are offered, by their own names in the order of Unicode's root collation: Latin, Greek, Cyrillic,
 * …; for menus. */
const struct bs_lang *const *bs_langs_by_own_name(void);

/* Bytes that order as the language orders the text (CLDR collation, case and accents last): compare with bs_str_cmp. */
struct bs_str bs_lang_sort_key(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str text);

/* The text in ASCII letters, as the language writes itself so: "Übergröße" is "Uebergroesse" in German, "Москва"
 * "Moskva" in Russian. What has no ASCII form is left out; all other bytes stay. For slugs and file names. */
struct bs_str bs_lang_ascii(struct bs_arena *arena, const struct bs_lang *lang, struct bs_str text);

#endif
