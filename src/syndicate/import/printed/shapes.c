/* shapes.c - what stands around a printed story: invitations, statements, credits. See parts.h.
 *
 * Furniture speaks to the reader ("click", "your friends", "follow us", a verb in the imperative at the start) about
 * the site's own devices (newsletter, buttons, networks). Both must be there, in every sentence of the block but short
 * ones: a story may well report of newsletters, and an interview may say "follow us". Statements are known by what
 * they state (who is responsible, who may copy), which is law's vocabulary and much the same everywhere. */
#include "syndicate/import/printed/parts.h"

enum { SHAPE_MAX = 6000, LINE_MAX_BYTES = 300 }; /* longer blocks are nobody's furniture */

/* --- words of furniture --- */

static const char imperatives[] =
	"click |please |follow |share |subscribe|sign up|join |support |donate |become |"
	"feel free|to |get |you |help |like us|find us"
	"|visit |comment |leave a comment|forward |email |e-mail |print |consider |don't miss|never miss|stay |"
	"translate |select |choose |use the|send |tell |read in |read this|read our|listen to this|want |"
	"if you |enjoyed "
	"|liked |love |keep up|also follow|you can |all |our |your |this article |this page |this story |these |we |"
	"repost |republish |spread |download |watch us|connect with|reach us|do you |did you|view this|"
	"available in|you'll |every article |if this "
	"|klicken |bitte |folgen |teilen |abonnieren |unterstützen |werden sie|um |melden |spenden |alle |cliquez|"
	"veuillez|suivez|partagez|abonnez|soutenez|devenez|pour |tous |toutes |haga |haz |por favor|siga|"
	"síganos|síguenos|comparta|suscríb|apoye|hágase|para |todos |clique|inscreva|compartilhe"
	"|clicca|seguici|condividi|iscriviti|per |tutti |klik |volg |deel |все |чтобы |подпис|нажмите|поделит|"
	"klicka |följ |dela |prenumerera |tryk |følg |del ";
static const char addresses[] =
	"click |click here|here |button|your |you |us |our |sie |ihr|ihre|uns |vous |votre|"
	"vos |nous |usted|su |sus |sua |nos |you'd|hier |ici |aquí|aqui |qui |вас |наш|нас |share this|below|above|"
	"unten|oben|"
	"ci-dessous|ci-dessus|abajo|arriba|abaixo|acima|inbox";
static const char devices[] =
	"translat|languages|language |button|newsletter|daily |weekly |subscribe|subscription|"
	"subscrib|sign up|click |share |sharing|shared |forward|friends|friend |colleagues|follow "
	"|instagram|twitter|facebook|telegram|linkedin|youtube|mastodon|bluesky|tiktok|whatsapp|reddit|pinterest|"
	"substack|threads |rumble |vk |x |rss |podcast|channel|repost|republish|our articles|cross-post|"
	"widely |inbox|email/forward|email this"
	"|e-mail this|donate|donation|member |membership|members |comment|comments |facebook page|website |web site|"
	"top of the page|top of this page|send it |menu |drop-down|dropdown|mobile |app |mailing list|bulletin|"
	"attribution|social media|"
	"social networks|networks"
	"|übersetz|sprachen|sprache |schaltfläche|rundbrief|abonnieren|teilen |freund|kolleg|folgen |kanal|mitglied|"
	"spende|kommentar|weiterverbreiten|tradu|langue|bouton|lettre d'information|infolettre|partag|amis |"
	"collègues|suivez|chaîne|membre|don |commentaire"
	"|idioma|botón|boletín|compart|amigos|colegas|síga|siga|canal|miembro|comentario|difund|línguas|botão|amigos|"
	"membro|lingue|pulsante|amici|colleghi|iscriv|seguici|canale|membro|commento|taal |talen |knop|"
	"nieuwsbrief|delen |vrienden|lid |перев|язык"
	"|кноп|рассылк|подел|друз|подпи|канал|språk|knapp|nyhetsbrev|dela |vänner|sprog|venner|button |icon |icons "
	"|advert|ad-free";
/* Those of them that only a site has: a story's people may share a language with their friends, too. */
static const char own_devices[] =
	"translate website|translate this|translate |languages|button|newsletter|subscrib|"
	"sign up|click |follow us|follow our|instagram|twitter|facebook|telegram|whatsapp|youtube|tiktok|mastodon|"
	"bluesky|linkedin|repost|republish our|cross-post|email/forward"
	"|forward this|share this|share widely|donate|donation|become a member|inbox|drop-down|dropdown|mailing list|"
	"menu |this page|this article|icon |icons |find us |your own language|own language |x and |on x |"
	"social media|übersetzen|rundbrief|abonnier|klick|"
	"schaltfläche|teilen sie|folgen sie uns|mitglied werden|traduire|bouton|infolettre|"
	"lettre d'information|cliquez|abonnez|partagez"
	"|suivez-nous|lettre quotidienne|lettre hebdomadaire|bulletin quotidien|"
	"traducir|botón|boletín|haga clic|haz clic|suscríb|síguenos|síganos|siga-nos|comparta|traduzir|"
	"botão|clique|compartilhe|pulsante|clicca|iscriv|seguici|condividi|vertaal|knop|nieuwsbrief|klik |"
	"volg ons|перевест|кнопк|рассылк|нажмите|подпи|поделит|knapp|nyhetsbrev|följ oss";
/* Furniture reports nobody's words. */
static const char reported[] = "said |sagte |a dit |dijo |disse |ha detto |сказал";
/* "can be read in 51 languages" */
static const char many_languages[] =
	"languages|sprachen |langues |idiomas |línguas |lingue |talen |språk |языках|języках";
static const char readable_in[] =
	"article in|articles in|page in|available in|can be read in|may be read in|"
	"is read in|read it in|read this in|verfügbar|gelesen werden|disponible en|disponible dans|être lu|"
	"peut être lu|peuvent être lus|puede leerse|pueden leerse|se pueden leer|disponível em|disponibile in|"
	"beschikbaar|доступ|читать на";
/* Enough by themselves at the start of a short line. */
static const char openers[] =
	"comment on |comments on |leave a comment|join the conversation|join the discussion|"
	"become a member|become a subscriber|become a supporter|support our |support us|support independent"
	"|donate |donate now|follow us|share this|share:|share on |sign up for|subscribe to|subscribe now|"
	"click here to|print this|email this|send this|print article|read later|tweet this|like this|"
	"related:|advertisement|our readers are"
	"|kommentieren|mitglied werden|werden sie mitglied|jetzt spenden|devenez membre|faites un don|hágase miembro|"
	"hazte miembro|done ahora|torne-se membro|diventa membro|word lid|bli medlem|print friendly|"
	"printer friendly|printer-friendly|join our newsletter|join our mailing list"
	"|listen to this article|get the newsletter|newsletter sign|skip to |back to top|go to top|cookie|"
	"accept cookies|all rights reserved|view all posts|continue reading|load more|show comments|"
	"no comments|leave a reply";

/* Words of which a row of buttons is made, and nothing else. */
static const char buttons[] =
	"print |pdf |download |as |save |email |e-mail |mail |share |tweet |post |facebook |twitter |x |linkedin |"
	"whatsapp |telegram |reddit |pinterest |copy |link |mastodon |bluesky |instagram |youtube |rss |save "
	"|bookmark |comments |comment |subscribe |donate |home |menu |search |login |log |in |sign |up |font |size |"
	"text |a |a+ |a- |+ |- |vk |tiktok |threads |rumble |friendly |this |article |on |via |listen |"
	"translate |website |more "
	"|drucken |teilen |imprimer |partager |imprimir |compartir |compartilhar |stampa |condividi |delen |dela |"
	"skriv |ut |shares |views |min |read |minutes |views |likes |like |odnoklassniki |flipboard |tumblr |"
	"messenger |gmail |sms |wechat |weibo |telegram |viber |line ";

static struct bs_str first(struct bs_str s, size_t len)
{
	return bs_str_sub(s, 0, len);
}

bool bs_printed_next_sentence(struct bs_str *rest, struct bs_str *out)
{
	size_t i = 0;

	*rest = bs_str_trim(*rest);
	if (rest->len == 0)
		return false;
	while (i < rest->len) {
		char c = rest->ptr[i++];
		bool stop = c == '.' || c == '!' || c == '?';

		while (stop && i < rest->len && strchr(")\"'", rest->ptr[i]) != NULL)
			i++;
		if (stop && i < rest->len && rest->ptr[i] == ' ')
			break;
	}
	*out = first(*rest, i);
	*rest = bs_str_sub(*rest, i, SIZE_MAX);
	return true;
}

static bool is_quoted(struct bs_str low)
{
	return bs_str_starts(low, BS_STR("\"")) || bs_str_starts(low, BS_STR("\xE2\x80\x9C")) ||
	       bs_str_starts(low, BS_STR("\xC2\xAB")) || bs_str_starts(low, BS_STR("\xE2\x80\x9E"));
}

/* Does it lead away by what opens it? A whole sentence that leads nowhere is prose, "Advertisement is the soul of trade, he said.", unless
 * it is as simple as furniture and, within the text, names a device of the site: "Subscribe to our newsletter." */
static bool opens_furniture(struct bs_str low, bool leads, bool within_text)
{
	size_t len = bs_words_start(low, openers);

	if (len == 0 || low.len > 160)
		return false;
	if (leads || low.ptr[low.len - 1] != '.' || len + 1 == low.len)
		return true;
	return bs_str_find_byte(low, ',', 0) == SIZE_MAX && (!within_text || bs_words_any(low, own_devices));
}

/* Does the sentence ask the reader to use a device of the site? Within the text it must be very plain that it does. */
static bool is_invitation(struct bs_str low, bool leads, bool within_text)
{
	size_t own = bs_words_count(low, own_devices), all;

	if (is_quoted(low) || low.len > 500 || bs_words_any(low, reported))
		return false;
	if (opens_furniture(low, leads, within_text))
		return true;
	if (!within_text && bs_words_any(low, many_languages) && bs_words_any(low, readable_in))
		return true;
	if (bs_words_start(low, imperatives) == 0 || own < (within_text ? 2 : 1))
		return false;
	/* A word that is in both lists weighs twice. */
	all = own + bs_words_count(low, devices);
	if (!within_text && low.ptr[low.len - 1] == '?')
		return true;
	return all >= (bs_words_any(low, addresses) ? 3u : 4u) + (within_text ? 2u : 0u);
}

/* A row of buttons: short, and nothing but their words and figures. Figures alone, or with a sign, are a table, a score, a number to call. */
static bool is_buttons(struct bs_str low)
{
	bool named = false, counted = false;
	size_t words = 0;

	if (low.len > 200)
		return false;
	for (size_t i = 0; i < low.len;) {
		size_t end = i;

		while (end < low.len && strchr(" |/,:\n", low.ptr[end]) == NULL)
			end++;
		if (end > i) {
			struct bs_str word = bs_str_sub(low, i, end - i);
			bool figure = word.ptr[0] >= '0' && word.ptr[0] <= '9';

			if (!figure && bs_words_start(word, buttons) != word.len)
				return false;
			words++;
			counted |= figure;
			named |= !figure && word.len > 2; /* "2 x 4" has none */
		}
		i = end + 1;
	}
	return words > 0 && (named || !counted);
}

/* A link without a target and nothing else: a button of the old site. */
static bool is_button(const struct bs_piece *piece)
{
	struct bs_printed_link link;
	struct bs_str raw = bs_printed_unwrapped(piece->raw);
	size_t at = 0;

	return piece->plain.len <= 160 && bs_printed_next_link(raw, &at, &link) && link.start == 0 &&
	       link.end == raw.len && link.url.len == 0;
}

bool bs_printed_is_path(struct bs_str low)
{
	static const struct bs_str joints[] = { BS_STR_INIT(" > "), BS_STR_INIT(" \xC2\xBB "), BS_STR_INIT(" \xE2\x80\xBA "), BS_STR_INIT(" / "),
		                                BS_STR_INIT(" \xE2\x86\x92 "), BS_STR_INIT(" | ") };
	bool home = bs_words_start(low, "home |homepage |start |startseite |accueil |inicio |início |página inicial |hem |hjem |главная |"
	                                "strona główna |首页|الرئيسية ") > 0;

	if (low.len > 200 || bs_printed_ends_sentence(low))
		return false;
	for (size_t i = 0; i < BS_COUNT(joints); i++) {
		size_t count = 0;

		for (size_t at = bs_str_find(low, joints[i], 0); at != SIZE_MAX; at = bs_str_find(low, joints[i], at + 1))
			count++;
		if (count > 0 && (home || (i < 3 && count > 1)))
			return true;
	}
	return false;
}

/* Does it end in a link or an address? */
static bool leads_away(const struct bs_piece *piece)
{
	struct bs_printed_link link;
	size_t end = 0, url = bs_str_find(piece->low, BS_STR("http"), 0);

	for (size_t at = 0; bs_printed_next_link(piece->raw, &at, &link);)
		end = link.end;
	return (end > 0 && bs_str_trim(bs_str_sub(piece->raw, end, SIZE_MAX)).len <= 1) ||
	       (url != SIZE_MAX && bs_str_find_byte(piece->low, ' ', url) == SIZE_MAX);
}

/* One invitation at least, and outside of the text nothing that is not about the site's devices; within it nothing but
 * invitations, but for a short sentence among them. */
static bool is_furniture(const struct bs_piece *piece, bool within_text)
{
	struct bs_str rest = piece->low, sentence;
	size_t inviting = 0, other = 0;
	bool leads;

	if (piece->low.len > 1500)
		return false;
	if (is_buttons(piece->low) || (!within_text && is_button(piece)))
		return true;
	leads = leads_away(piece);
	while (bs_printed_next_sentence(&rest, &sentence)) {
		if (is_invitation(sentence, leads, within_text))
			inviting += sentence.len;
		else if (within_text || bs_words_count(sentence, devices) == 0)
			other += sentence.len;
	}
	return inviting > 0 && other * 3 <= inviting;
}

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
	return piece->low.len <= LINE_MAX_BYTES && bs_words_any(first(piece->low, 80), media_words) &&
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
	size_t colon = bs_str_find_byte(first(low, 80), ':', 0);
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
	bool labelled = len > 2 && bs_str_ends(first(piece->low, len), BS_STR(":")); /* "Source:" */

	return len > 0 && piece->low.len <= (within_text ? LINE_MAX_BYTES : LINE_MAX_BYTES * 2) &&
	       !(labelled && bs_printed_is_sentence(bs_str_sub(piece->plain, len, SIZE_MAX)));
}

enum bs_printed_shape bs_printed_shape_of(const struct bs_piece *piece, bool within_text)
{
	struct bs_str low = piece->low;

	if (is_rule(piece->raw))
		return BS_PRINTED_SHAPE_RULE;
	if (low.len > SHAPE_MAX || is_quoted(low))
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
	if (is_furniture(piece, within_text))
		return BS_PRINTED_SHAPE_FURNITURE;
	return is_permission(low) && !within_text ? BS_PRINTED_SHAPE_DISCLAIMER : BS_PRINTED_SHAPE_TEXT;
}

/* --- the line about the author --- */

static const char author_verbs[] =
	"is |was |are |were |sind |sont |son |são |sono |zijn |są |являются |has |have |writes |works |worked |teaches |taught |covers |"
	"covered |lives |reports |reported |serves |served |holds |runs |leads |edits |edited |co-founded |founded |"
	"studied |studies |graduated "
	"|ist |war |arbeitet |lebt |schreibt |est |était |travaille |écrit |vit |enseigne |es |era |trabaja |"
	"escribe |vive |é |foi |trabalha |escreve |è |scrive |lavora |insegna |er |är |skriver |on |jest |"
	"pisze |является |пишет |работает |works as|writes about|writes for";

/* Languages that say it without a verb. */
static const char author_nouns[] =
	"صحفي|صحافي|كاتب|باحث|مراسل|журналист|писател|корреспондент|репорт|עיתונאי|نویسنده|روزنامه|पत्रकार|記者|记者|作家";

#define ABOUT_AUTHOR                                                                                                          \
	"about the author|about the authors|about the writer|about the writers|über den autor|über die autorin|über die autoren|"  \
	"à propos de l'auteur|à propos de l'autrice|à propos des auteurs|sobre el autor|sobre la autora|sobre los autores|"         \
	"sobre o autor|sobre a autora|sobre os autores|sull'autore|sull'autrice|sugli autori|over de auteur|om författaren|"       \
	"об авторе|об авторах|عن الكاتب|关于作者|作者简介"

static bool about_author(struct bs_str low)
{
	return bs_words_start(low, ABOUT_AUTHOR "|the author is|the author was|the author has|the author of this|the author writes|"
	                                        "der autor ist|die autorin ist|l'auteur est|el autor es|la autora es|o autor é|"
	                                        "l'autore è") > 0;
}

bool bs_printed_announces_author(struct bs_str low)
{
	return low.len <= 40 && bs_words_start(low, ABOUT_AUTHOR) > 0;
}

static const char titles[] =
	"dr. |dr |prof. |professor |mr. |mrs. |ms. |sir |rev. |ambassador |col. |gen. |lt. |judge |senator ";

static struct bs_str without_title(struct bs_str low)
{
	for (size_t len = 1; len > 0;) {
		len = bs_words_start(low, titles);
		low = bs_str_trim(bs_str_sub(low, len, SIZE_MAX));
		if (len > 0 && bs_str_starts(low, BS_STR(".")))
			low = bs_str_trim(bs_str_sub(low, 1, SIZE_MAX));
	}
	return low;
}

/* What follows a name: a verb that says what the person is or does, at once or behind something put in. */
static bool tells_of(struct bs_str low)
{
	size_t end = 1;
	bool uncased;

	if (low.len < 2)
		return false;
	/* "Иван Петров — репортёр", "王小明是独立记者": no verb, or none that a blank parts from the name. */
	if (bs_words_start(bs_str_trim(low), "— |– ") > 0)
		return true;
	(void)bs_printed_starts_small(first(low, 8), &uncased);
	if (uncased && bs_str_find(bs_printed_strip(low), low, 0) != SIZE_MAX && !bs_words_start(low, "和|与|、|و"))
		return low.len <= 400;
	if (strchr(", (", low.ptr[0]) == NULL)
		return false;
	if (low.ptr[0] != ' ' || low.ptr[1] == '(')
		return bs_words_any(first(low, 200), author_verbs);
	while (end < low.len && low.ptr[end] >= 'a' && low.ptr[end] <= 'z')
		end++;
	/* English: "builds boats", "chaired the board". */
	return bs_words_start(bs_str_sub(low, 1, SIZE_MAX), author_verbs) > 0 ||
	       (end > 4 && end < low.len && low.ptr[end] == ' ' &&
	        (low.ptr[end - 1] == 's' || bs_str_ends(bs_str_sub(low, 0, end), BS_STR("ed")))) ||
	       bs_words_any(bs_str_sub(low, 0, 40), author_nouns);
}

/* "Author: Ada Ray is …", "About the author: she is …": what only says that the line follows. */
static const char author_labels[] = ABOUT_AUTHOR "|author|authors|the author|the authors|autor|autorin|autoren|auteur|auteurs|autores|"
						 "autore|autori|автор|авторы";

size_t bs_printed_author_label(struct bs_str low)
{
	size_t len = bs_words_start(low, author_labels), end = len;

	while (len > 0 && end < low.len && strchr("*_ ", low.ptr[end]) != NULL)
		end++;
	return len > 0 && end < low.len && low.ptr[end] == ':' ? end + 1 : 0;
}

/* The length of a name of the byline that low begins with, without its title and degree; 0 for none. */
static size_t name_at(struct bs_arena *arena, struct bs_str low, const struct bs_printed *page)
{
	size_t longest = 0;

	for (size_t i = 0; i < page->person_count; i++) {
		struct bs_str name = without_title(bs_printed_low(arena, page->people[i].name));
		size_t comma = bs_str_find_byte(name, ',', 0);

		name = comma != SIZE_MAX ? first(name, comma) : name;
		if (name.len > longest && bs_str_starts(low, name))
			longest = name.len;
	}
	return longest;
}

bool bs_printed_about_author(struct bs_arena *arena, const struct bs_piece *piece, const struct bs_printed *page)
{
	struct bs_str low = bs_str_sub(piece->low, bs_printed_author_label(piece->low), SIZE_MAX);

	if (piece->low.len > 1500)
		return false;
	if (about_author(piece->low))
		return true;
	low = without_title(bs_str_trim(low));
	for (size_t len = name_at(arena, low, page); len > 0; len = name_at(arena, low, page)) {
		low = bs_str_sub(low, len, SIZE_MAX);
		if (tells_of(low))
			return true;
		low = bs_printed_strip(low); /* "Ada Ray and Ben Roy are …" */
		low = without_title(bs_str_trim(bs_str_sub(low, bs_words_start(low, bs_printed_conjunctions), SIZE_MAX)));
	}
	return false;
}
