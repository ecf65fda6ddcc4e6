/* furniture.c - what a site says of itself around a story. See parts.h.
 *
 * Furniture speaks to the reader ("click", "your friends", "follow us", a verb in the imperative at the start) about
 * the site's own devices (newsletter, buttons, networks). Both must be there, in every sentence of the block but short
 * ones: a story may well report of newsletters, and an interview may say "follow us". */
#include "syndicate/import/printed/parts.h"

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
	*out = bs_str_sub(*rest, 0, i);
	*rest = bs_str_sub(*rest, i, SIZE_MAX);
	return true;
}

bool bs_printed_is_quoted(struct bs_str low)
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

	if (bs_printed_is_quoted(low) || low.len > 500 || bs_words_any(low, reported))
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
bool bs_printed_is_furniture(const struct bs_piece *piece, bool within_text)
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
