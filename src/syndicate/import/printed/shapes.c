/* shapes.c - what stands around a printed story: statements, credits, and which shape a block has. See parts.h.
 *
 * Statements are known by what they state (who is responsible, who may copy), which is law's vocabulary and much the same everywhere. */
#include "syndicate/import/printed/parts.h"

enum { SHAPE_MAX = 6000, LINE_MAX_BYTES = 300 }; /* longer blocks are nobody's furniture */

/* --- rules between parts --- */

static bool is_rule(struct bs_str raw)
{
	size_t marks = 0;

	for (size_t i = 0; i < raw.len;) {
		uint32_t c = bs_str_utf8_next(raw, &i);

		if (c == ' ' || c == '\\')
			continue;
		if (!(c == '*' || c == '-' || c == '_' || c == '#' || c == '~' || c == '=' || c == 0x2022 ||
		      c == 0x2217 || c == 0x2042 || c == 0x25A0 || c == 0x2014 || c == 0x2015 || c == 0x25CF ||
		      c == 0xB7 || c == 0x2500 || c == 0x25C6))
			return false;
		marks++;
	}
	return marks > 0;
}

/* --- statements --- */

static const char note_words[] =
	"note to readers|note to our readers|a note to readers|a note to our readers|"
	"note to the reader|to our readers|dear readers|dear reader|editor's note|editor\xE2\x80\x99s note|"
	"editors' note|editors\xE2\x80\x99 note"
	"|editorial note|publisher's note|publisher\xE2\x80\x99s note|hinweis an die leser|hinweis für leser|"
	"hinweis der redaktion|anmerkung der redaktion|note aux lecteurs|note de la rédaction|"
	"nota a los lectores|nota al lector|nota para los lectores"
	"|nota de la redacción|nota del editor|nota aos leitores|nota do editor|nota ai lettori|nota della redazione|"
	"noot voor de lezer|opmerking voor lezers|till våra läsare|к читателям|от редакции|"
	"примечание редакции";
const char bs_printed_disclaimer_labels[] =
	"disclaimer|legal notice|haftungsausschluss|haftungshinweis|avertissement|avis de non-responsabilité|"
	"clause de non-responsabilité|descargo de responsabilidad|exención de responsabilidad|"
	"aviso legal|isenção de responsabilidade|esclusione di responsabilità|отказ от ответственности|"
	"ansvarsfriskrivning";
static const char credit_words[] =
	"featured image|feature image|featured photo|image credit|image credits|"
	"photo credit|photo credits|picture credit|image source|photo source|lead image|top image|top photo|"
	"cover photo|cover image|header image|banner image"
	"|main image|all images|picture: |pictures: |photos: |illustration: |image courtesy|photo courtesy|"
	"image from|image by|photo by|photograph by|picture by|"
	"beitragsbild|titelbild|bildnachweis|bildquelle|image à la une|image en vedette|image vedette|"
	"image de couverture|image principale|crédit photo|crédits photo|crédit image|"
	"imagen destacada|imagen principal|imagen de portada|crédito de la imagen|foto de portada"
	"|imagem em destaque|crédito da imagem|immagine in evidenza|uitgelichte afbeelding|bild: |foto: |photo: |"
	"image: |imagen: |immagine: |utvald bild|изображение|фото: ";
const char bs_printed_origin_words[] =
	"the original source of this article|the original source of this|"
	"original source of this|this article was originally published|this article was first published|"
	"this article originally appeared|this article first appeared|this article appeared"
	"|this piece was originally published|this piece originally appeared|this story was originally published|"
	"this story originally appeared|this essay was originally|originally published|originally appeared|"
	"first published|first appeared|it was originally published"
	"|reprinted |republished |reposted from|this is a translation of|source: |dieser artikel erschien|"
	"dieser beitrag erschien|zuerst erschienen|zuerst veröffentlicht|cet article a été publié|"
	"publié à l'origine|première publication|publié initialement|este artículo se publicó"
	"|este artículo fue publicado|publicado originalmente|publicado por primera vez|este artigo foi publicado|"
	"questo articolo è stato pubblicato|pubblicato originariamente|dit artikel verscheen|"
	"eerder verschenen|la source originale|la fuente original|a fonte original"
	"|оригинал статьи|впервые опубликован";
static const char media_words[] =
	"media inquir|media enquir|press inquir|press enquir|media contact|press contact|"
	"media request|press request|media relations|media: |press: |presseanfrage|pressekontakt|medienanfrage|"
	"contact presse|demandes des médias|contacto de prensa|consultas de prensa"
	"|consultas de los medios|solicitudes de prensa|contato de imprensa|contatto stampa|richieste dei media|"
	"perscontact|pressekontakt|presskontakt|media queries|press queries|journalists |for media|for press|"
	"demande des médias|demande média|demandes médias|demande presse|demandes de presse|relations presse|service de presse|"
	"для сми|по вопросам сми|запросы сми|媒体查询|媒体联系|媒体垂询|媒體查詢|للاستفسارات الإعلامية|الاستفسارات الإعلامية|للتواصل الإعلامي";

/* The length of the words with which low begins to give credit for a picture, an article before them; 0 when it does not. */
size_t bs_printed_credit_words(struct bs_str low)
{
	size_t article = bs_words_start(low, "the |das |die |der |la |le |l'|el |il |lo ");
	struct bs_str rest = bs_str_sub(low, article, SIZE_MAX);
	size_t blank = rest.len > 0 && rest.ptr[0] == ' ', len = bs_words_start(bs_str_sub(rest, blank, SIZE_MAX), credit_words);

	if (len > 0)
		return article + blank + len;
	return bs_words_start(low, credit_words);
}

bool bs_printed_on_responsibility(struct bs_str low)
{
	return (bs_words_any(
			low,
			"responsib|liable|liability|verantwort|haft|responsab|responsáve|ответствен|ansvar|"
			"verantwoordelijk|views expressed|opinions expressed|views and opinions|do not necessarily|"
			"does not necessarily|do not reflect"
			"|opiniones expresadas|opinions exprimées|opinioni espresse") &&
	        bs_words_any(low, "author|authors|content|contents|article|articles|statement|writer|view|opinion|"
	                          "autor|auteur|autore|inhalt|contenu|contenid|conteúdo|contenut|opiniones|opinions|"
	                          "opinioni|автор|"
	                          "författar|forfatter"));
}

/* Permission by its verb, whatever it is for. */
static const char permits[] = "grants permission|permission is granted|grants the right|allows |permits |welcomes |encourages |gestattet|erlaubt|"
			      "autorise |permet |autoriza |permite |concede |autorizza |consente ";
static const char to_copy[] = "cross-post|crosspost|republish|repost|reprint|reproduc|redistribut|copy and |nachdruck|weiterverbreit|"
			      "weiterveröffent|reprodui|republi|reproduz|reproducir|republicar|riprodur|ripubblic";

bool bs_printed_on_permission(struct bs_str low)
{
	if (bs_words_any(low, permits) && bs_words_any(low, to_copy))
		return true;
	return bs_words_any(
		       low,
		       "permission|grants|cross-post|crosspost|repost|republish|reproduc|reprint|"
		       "for publication|for print |print or other forms|may carry|may publish|may copy|may use|"
		       "creative commons|copied|redistribut|genehmigung|erlaub|"
		       "nachdruck|weiterverbreit|autoris|autoriz|reprodu|permiso|permiss|ripubblic|riproduz"
		       "|toestemming|overnemen|разреш|перепечат|tillstånd|tillatelse") &&
	       bs_words_any(low, "article|articles|content|material|source|copyright|hyperlink|link |credit|"
	                         "publication|commercial|author|artikel|beitr|quelle|texte|contenu|artícul|artigo|"
	                         "articol|contenid|"
	                         "conteúdo|fuente|fonte|source|стать|материал|источник|bron|artikkel|use "
	                         "|work|works|text|texts|story|"
	                         "stories");
}

static bool mentions_fair_use(struct bs_str low)
{
	if (bs_words_any(low, "fair use|fair dealing|\"fair use|section 107|fairen nutzung|faire nutzung|usage équitable|uso justo|"
	                      "uso leal|uso equo"))
		return true;
	return bs_words_any(low, "copyrighted material|copyrighted work|urheberrechtlich geschützt|matériel protégé|"
	                         "material protegido|materiale protetto|protegido por derechos") &&
	       bs_words_any(low, "authorized|authorised|permission|available|genehmig|autoris|autoriz|owner|non-profit|"
	                         "nonprofit|educational");
}

static bool is_copyright(struct bs_str low)
{
	return bs_str_starts(low, BS_STR("\xC2\xA9")) || bs_str_starts(low, BS_STR("(c) ")) ||
	       bs_words_start(
		       low, "copyright \xC2\xA9|"
			    "copyright (c)|copyright 19|copyright 20|copyright by|copyright: |all rights reserved") > 0;
}

/* Letters beyond ASCII stand in domains; the wide marks of Chinese, and quotation marks, do not. */
static bool is_mail_byte(char c, bool domain)
{
	unsigned char byte = (unsigned char)c;

	if (byte >= 0x80)
		return domain && byte != 0xE2 && byte != 0xE3 && byte != 0xEF;
	return bs_is_word_byte(c) || (c != '\0' && strchr(".-_+@%", c) != NULL);
}

struct bs_str bs_printed_email(struct bs_str s)
{
	for (size_t at = bs_str_find_byte(s, '@', 0); at != SIZE_MAX; at = bs_str_find_byte(s, '@', at + 1)) {
		size_t start = at, end = at + 1;

		while (start > 0 && is_mail_byte(s.ptr[start - 1], false) && s.ptr[start - 1] != '@')
			start--;
		while (end < s.len && is_mail_byte(s.ptr[end], true) && s.ptr[end] != '@')
			end++;
		while (end > at && s.ptr[end - 1] == '.')
			end--;
		if (start < at && bs_str_find_byte(bs_str_sub(s, at, end - at), '.', 0) != SIZE_MAX)
			return bs_str_sub(s, start, end - start);
	}
	return (struct bs_str){ 0 };
}

static bool is_media_contact(const struct bs_piece *piece)
{
	return piece->low.len <= LINE_MAX_BYTES && bs_words_any(bs_str_sub(piece->low, 0, 80), media_words) &&
	       (bs_printed_email(piece->raw).len > 0 || bs_str_find(piece->low, BS_STR("http"), 0) != SIZE_MAX ||
	        bs_words_any(piece->low, "contact|"
	                                 "tel|phone|call|write to|kontakt"));
}

bool bs_printed_has_label(struct bs_str low, const char *words)
{
	size_t len = bs_words_start(low, words);
	struct bs_str rest = bs_str_trim(bs_str_sub(low, len, SIZE_MAX));

	return len > 0 && rest.len > 0 &&
	       (rest.ptr[0] == ':' || rest.ptr[0] == ',' || bs_str_starts(rest, BS_STR("\xEF\xBC\x9A")) ||
	        bs_str_starts(rest, BS_STR("\xE2\x80\x93")) || bs_str_starts(rest, BS_STR("\xE2\x80\x94")));
}

static bool is_disclaimer(struct bs_str low)
{
	if (bs_printed_has_label(low, bs_printed_disclaimer_labels))
		return true;
	return bs_printed_on_responsibility(low) &&
	       (bs_printed_on_permission(low) ||
	        bs_words_any(
			low,
			"sole responsib|"
			"solely responsib|not responsible|not be responsible|not be held|not liable|accepts no|"
			"views expressed|opinions expressed|not necessarily|views and opinions"
			"|alleinige|"
			"seule responsabilité|exclusiva responsabilidad|responsabilidade exclusiva|"
			"non è responsabile|"
			"necesariamente|nécessairement|notwendigerweise|necessariamente"));
}

/* Statements about copying alone, without one about responsibility. */
static bool is_permission(struct bs_str low)
{
	if (low.len <= 1500 && bs_words_any(low, permits) && bs_words_any(low, to_copy))
		return true;
	return low.len <= 1500 && bs_printed_on_permission(low) &&
	       bs_words_any(
		       low,
		       "grants permission|permission is granted|permission to|may be republished|"
		       "may be reproduced|may be reprinted|may be reposted|may republish|may repost|"
		       "can be republished|"
		       "free to republish|free to repost|for publication|creative commons"
		       "|without permission|prior permission|written permission|nachdruck|darf|dürfen|"
		       "peut être reproduit|peuvent être|puede reproducir|pueden reproducir|se permite|se autoriza|"
		       "é permitida|può essere|possono essere|mag worden");
}

/* --- corrections --- */

static const struct correction_words {
	enum bs_correction_kind kind;
	const char *words;
} correction_words[] = {
	{ BS_CORRECTION, "correction|corrections|corrected|editor's correction|erratum|berichtigung|korrektur|richtigstellung|rectificatif|"
	                 "corrección|rectificación|fe de erratas|correção|errata|correzione|rettifica|correctie|rättelse|rettelse|"
	                 "исправление|уточнение|更正|تصحيح" },
	{ BS_CLARIFICATION, "clarification|clarifications|klarstellung|précision|aclaración|esclarecimento|chiarimento|verduidelijking|"
	                    "förtydligande|澄清|توضيح" },
	{ BS_RETRACTION, "retraction|widerruf|rétractation|retractación|retratação|ritrattazione|撤回" },
};

/* "Correction:", "Correction, May 6, 2024:", "**Correction** (May 6):": the label stands alone before its colon, but for a day. */
static const struct correction_words *correction_of(struct bs_str low)
{
	size_t colon = bs_str_find_byte(bs_str_sub(low, 0, 80), ':', 0);
	struct bs_printed_date date;

	for (size_t i = 0; colon != SIZE_MAX && i < BS_COUNT(correction_words); i++) {
		size_t len = bs_words_start(low, correction_words[i].words);
		struct bs_str between = bs_printed_slice(low, len, colon);

		if (len == 0 || low.len < colon + 10)
			continue;
		if (bs_printed_strip(between).len == 0 || (bs_printed_find_date(between, &date) && date.start < 5))
			return &correction_words[i];
	}
	return NULL;
}

enum bs_correction_kind bs_printed_correction_kind(struct bs_str low)
{
	const struct correction_words *words = correction_of(low);

	return words != NULL ? words->kind : BS_CORRECTION;
}

static bool is_origin(const struct bs_piece *piece, bool within_text)
{
	size_t len = bs_words_start(piece->low, bs_printed_origin_words);
	bool labelled = len > 2 && bs_str_ends(bs_str_sub(piece->low, 0, len), BS_STR(":")); /* "Source:" */

	return len > 0 && piece->low.len <= (within_text ? LINE_MAX_BYTES : LINE_MAX_BYTES * 2) &&
	       !(labelled && bs_printed_is_sentence(bs_str_sub(piece->plain, len, SIZE_MAX)));
}

enum bs_printed_shape bs_printed_shape_of(const struct bs_piece *piece, bool within_text)
{
	struct bs_str low = piece->low;

	if (is_rule(piece->raw))
		return BS_PRINTED_SHAPE_RULE;
	if (low.len > SHAPE_MAX || bs_printed_is_quoted(low))
		return BS_PRINTED_SHAPE_TEXT;
	if (bs_printed_has_label(low, note_words))
		return BS_PRINTED_SHAPE_NOTE;
	if (correction_of(low) != NULL)
		return BS_PRINTED_SHAPE_CORRECTION;
	if (is_media_contact(piece))
		return BS_PRINTED_SHAPE_MEDIA_CONTACT;
	if (mentions_fair_use(low) &&
	    bs_words_any(low, "copyright|material|owner|urheber|derechos|droits|droit |diritti|direitos"))
		return BS_PRINTED_SHAPE_FAIR_USE;
	if (is_disclaimer(low))
		return BS_PRINTED_SHAPE_DISCLAIMER;
	if (is_copyright(low) && low.len <= LINE_MAX_BYTES)
		return BS_PRINTED_SHAPE_COPYRIGHT;
	if (low.len <= LINE_MAX_BYTES && bs_printed_credit_words(low) > 0 &&
	    (!within_text || bs_words_start(low, "featured |"
	                                         "feature image|image credit|photo credit") > 0))
		return BS_PRINTED_SHAPE_IMAGE_CREDIT;
	if (is_origin(piece, within_text))
		return BS_PRINTED_SHAPE_ORIGIN;
	if (bs_printed_is_furniture(piece, within_text))
		return BS_PRINTED_SHAPE_FURNITURE;
	return is_permission(low) && !within_text ? BS_PRINTED_SHAPE_DISCLAIMER : BS_PRINTED_SHAPE_TEXT;
}
