/* takes.c - what the blocks around a printed story say goes to its fields. See parts.h. */
#include "syndicate/import/printed/parts.h"

enum { STATEMENT_MAX = 16 * 1024, NOTED_MAX = 16 };

void bs_printed_leave_out(struct bs_arena *arena, struct bs_printed *out, struct bs_str words, int line)
{
	if (out->left_out == NULL)
		out->left_out = BS_ARRAY(arena, NOTED_MAX, struct bs_printed_left_out);
	if (out->left_out_count < NOTED_MAX)
		out->left_out[out->left_out_count++] = (struct bs_printed_left_out){ .words = bs_str_utf8_prefix(words, 120), .line = line };
}

/* Behind the label and what follows it. */
static struct bs_str behind_label(struct bs_str raw)
{
	size_t colon = bs_str_find_byte(raw, ':', 0);
	struct bs_str rest;

	if (colon == SIZE_MAX || colon > 60)
		return raw;
	rest = bs_str_trim(bs_str_sub(raw, colon + 1, SIZE_MAX));
	while (rest.len > 0 && rest.ptr[0] == '*')
		rest = bs_str_trim(bs_str_sub(rest, 1, SIZE_MAX));
	return rest;
}

/* The label itself, as it stands over the statement. */
static void add_title(struct bs_printed *out, enum bs_printed_notice which, const struct bs_piece *piece)
{
	size_t colon = bs_str_find_byte(piece->plain, ':', 0);

	if (colon <= 60 && out->notice_titles[which].len == 0)
		out->notice_titles[which] = bs_printed_strip(bs_str_sub(piece->plain, 0, colon));
}

/* Put a paragraph behind what a notice has already; the same one again is left out. */
static void add_notice(struct bs_arena *arena, struct bs_printed *out, enum bs_printed_notice which, struct bs_str text)
{
	struct bs_str old = out->notices[which];

	text = bs_str_trim(bs_printed_unwrapped(text));
	if (text.len == 0 || (old.len > 0 && bs_str_find(old, text, 0) != SIZE_MAX))
		return;
	out->notices[which] =
		old.len == 0 ? text
			     : bs_arena_printf(arena, "%.*s\n\n%.*s", (int)old.len, old.ptr, (int)text.len, text.ptr);
}

/* Sentence by sentence: responsibility to the one notice, permission to the other; what is neither goes with the one before. */
static void take_disclaimer(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out)
{
	bool labelled = bs_printed_has_label(piece->low, bs_printed_disclaimer_labels);
	struct bs_str rest = labelled ? behind_label(piece->raw) : piece->raw, sentence;
	struct bs_buf parts[2] = { BS_BUF(STATEMENT_MAX), BS_BUF(STATEMENT_MAX) };
	int which = 0;

	while (bs_printed_next_sentence(&rest, &sentence)) {
		struct bs_str low = bs_printed_low(arena, bs_printed_plain(arena, sentence)),
			      mail = bs_printed_email(sentence);

		if (bs_printed_on_permission(low) &&
		    !(bs_printed_on_responsibility(low) && !bs_words_any(low, "permission|grants|publication")))
			which = 1;
		else if (bs_printed_on_responsibility(low))
			which = 0;
		if (which == 1 && mail.len > 0 && out->permission_contact.len == 0)
			out->permission_contact = mail;
		if (parts[which].len > 0)
			bs_buf_putc(&parts[which], ' ');
		bs_buf_put(&parts[which], sentence);
	}
	if (labelled)
		add_title(out, parts[0].len > 0 ? BS_PRINTED_DISCLAIMER : BS_PRINTED_PERMISSION, piece);
	for (int i = 0; i < 2; i++) {
		if (parts[i].len > 0)
			add_notice(arena, out, i == 0 ? BS_PRINTED_DISCLAIMER : BS_PRINTED_PERMISSION,
			           bs_arena_copy(arena, bs_buf_str(&parts[i])));
		bs_buf_free(&parts[i]);
	}
}

/* "… unless otherwise stated" says nothing of this picture; behind a semicolon it is part of what is said of others. */
static struct bs_str without_reserve(struct bs_arena *arena, struct bs_str raw)
{
	static const char *const reserves[] = { " unless otherwise ", " unless stated otherwise", " unless noted otherwise", " except where ",
		                                " sofern nicht anders ", " wenn nicht anders ", " sauf mention contraire",
		                                " sauf indication contraire", " salvo indicaci", " salvo que se indique", " salvo onde ",
		                                " salvo diversa ", " tenzij anders " };
	struct bs_str low = bs_printed_low(arena, raw);

	for (size_t i = 0; i < BS_COUNT(reserves) && bs_str_find_byte(raw, ';', 0) == SIZE_MAX; i++) {
		size_t at = bs_str_find(low, bs_str_c(reserves[i]), 0);

		if (at != SIZE_MAX && at > 0)
			return bs_printed_strip(bs_str_sub(raw, 0, at));
	}
	return raw;
}

/* "Featured image is from Harbour Review" is credit enough in two words. */
static void take_credit(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out)
{
	static const char joints[] =
		"in this article |in this story |in this report |on this page |used here |are courtesy of |are from |are by |are |"
		"is licensed under |is courtesy of |is from |is by |is |from |by |credit |credits |courtesy of |source |via |of |"
		"stammt von |stammt aus |ist von |von |aus |provient de |provient des |provient du |vient de |est de |de |des |du |"
		"es cortesía de |proviene de |procede de |es de |par |por |è tratta da |è di |di |da |é de ";
	struct bs_str raw = bs_printed_unwrapped(piece->raw);
	struct bs_printed_link link = { 0 };
	size_t at = 0;

	if (out->image_credit.len > 0)
		return;
	raw = bs_str_sub(raw, bs_printed_credit_words(bs_printed_low(arena, raw)), SIZE_MAX);
	for (int i = 0; i < 3; i++) {
		while (raw.len > 0 && strchr(": -*_", raw.ptr[0]) != NULL)
			raw = bs_str_sub(raw, 1, SIZE_MAX);
		raw = bs_str_sub(raw, bs_words_start(bs_printed_low(arena, raw), joints), SIZE_MAX);
	}
	raw = without_reserve(arena, bs_str_trim(raw));
	while (raw.len > 1 && (raw.ptr[raw.len - 1] == '.' || raw.ptr[raw.len - 1] == '*'))
		raw.len--;
	(void)bs_printed_next_link(raw, &at, &link);
	out->image_credit = raw.len > 0 ? raw : piece->raw;
	out->image_credit_url = link.url;
}

static struct bs_str host_of(struct bs_str url)
{
	size_t start = bs_str_find(url, BS_STR("://"), 0), end;

	url = bs_str_sub(url, start == SIZE_MAX ? 0 : start + 3, SIZE_MAX);
	url = bs_str_sub(url, bs_words_start(url, "www."), SIZE_MAX);
	end = bs_str_find_byte(url, '/', 0);
	return end == SIZE_MAX ? url : bs_str_sub(url, 0, end);
}

/* "The original source of this article is [X](https://…), 13 November 2025". */
static void take_origin(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out)
{
	static const char joints[] =
		"is |was |has been |by |in |on |at |from |with permission |"
		"with the permission of |and |here |zuerst |bei |auf |im |par |dans |sur |por |en |em |su |da |door |"
		"op |est |es |é |è |: ";
	struct bs_str low = piece->low, name;
	struct bs_printed_date date = { .start = SIZE_MAX };
	struct bs_printed_link link = { 0 };
	size_t at = 0, len = bs_words_start(low, bs_printed_origin_words), end;

	bool linked = bs_printed_next_link(piece->raw, &at, &link);

	if (!linked)
		link.url = bs_printed_bare_url(piece->plain, NULL);
	(void)bs_printed_find_date(low, &date);
	if (linked) {
		name = bs_printed_plain(arena, link.text);
	} else {
		for (size_t step = len; step > 0;) {
			while (len < low.len && strchr(": ", low.ptr[len]) != NULL)
				len++;
			step = bs_words_start(bs_str_sub(low, len, SIZE_MAX), joints);
			len += step;
		}
		end = date.start < piece->plain.len ? date.start : piece->plain.len;
		name = len < end ? bs_str_trim(bs_str_sub(piece->plain, len, end - len)) : (struct bs_str){ 0 };
		(void)bs_printed_bare_url(name, &name);
		while (name.len > 0 && strchr(".,( ", name.ptr[name.len - 1]) != NULL)
			name.len--;
		for (size_t i = 0; i < 2; i++) {
			static const struct bs_str tails[] = { BS_STR_INIT(" on"), BS_STR_INIT(" am") };
			if (bs_str_ends(name, tails[i]))
				name.len -= 3;
		}
	}
	if (bs_words_any(low, "permission|genehmigung|autorisation|permiso|permissão|autorizzazione|разрешен") &&
	    out->source_permission.len == 0)
		out->source_permission = piece->plain;
	if (bs_str_eq_nocase(name, out->publication))
		return;
	if (name.len == 0 && link.url.len > 0)
		name = host_of(link.url); /* "Source: https://…" */
	if (name.len == 0 && date.start != SIZE_MAX && out->published_at == 0) {
		out->published_at = date.time; /* "First published on March 3, 2022" */
		return;
	}
	if (name.len == 0 || name.len > 100 || (out->source_name.len > 0 && !bs_str_eq_nocase(name, out->source_name))) {
		bs_printed_leave_out(arena, out, piece->plain, piece->line);
		return;
	}
	out->source_name = name;
	if (out->source_url.len == 0)
		out->source_url = link.url;
	if (out->source_at == 0 && date.start != SIZE_MAX)
		out->source_at = date.time;
}

static void take_channels(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out)
{
	struct bs_printed_link link;

	if (!bs_words_any(piece->low, "follow|folgen|suivez|sígu|siga|seguici|volg|följ|channel|kanal|canal"))
		return;
	for (size_t at = 0; bs_printed_next_link(piece->raw, &at, &link);) {
		if (!bs_str_starts(link.url, BS_STR("http")) || link.text.len > 60 || out->channel_count == 16 ||
		    !bs_words_any(bs_printed_low(arena, link.text),
		                  "instagram|twitter|facebook|telegram|linkedin|"
		                  "youtube|mastodon|bluesky|tiktok|whatsapp|reddit|substack|threads|rumble|vk |x |rss"))
			continue;
		if (out->channels == NULL)
			out->channels = BS_ARRAY(arena, 16, struct bs_printed_channel);
		out->channels[out->channel_count++] =
			(struct bs_printed_channel){ .name = bs_printed_plain(arena, link.text), .url = link.url };
	}
}

/* A paragraph for each author is one line of them all. */
static void take_author_line(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out)
{
	struct bs_str raw = bs_printed_author_label(piece->low) > 0 ? behind_label(piece->raw) : piece->raw;
	struct bs_str old = out->author_line;

	out->author_line =
		old.len == 0 ? raw : bs_arena_printf(arena, "%.*s %.*s", (int)old.len, old.ptr, (int)raw.len, raw.ptr);
}

/* "Correction (May 6, 2024): …": kind, day and note. */
static void take_correction(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out)
{
	struct bs_printed_correction correction = { .kind = bs_printed_correction_kind(piece->low) };
	size_t colon = bs_str_find_byte(piece->low, ':', 0);
	struct bs_printed_date date;

	if (bs_printed_find_date(bs_str_sub(piece->low, 0, colon), &date))
		correction.made_at = date.time;
	correction.note = behind_label(bs_printed_unwrapped(piece->raw));
	if (out->correction_count == NOTED_MAX) {
		bs_printed_leave_out(arena, out, piece->plain, piece->line);
		return;
	}
	if (out->corrections == NULL)
		out->corrections = BS_ARRAY(arena, NOTED_MAX, struct bs_printed_correction);
	out->corrections[out->correction_count++] = correction;
}

/* Whom to ask: for permission where it says so, else for the media. */
static void take_contact(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out)
{
	static const char on_rights[] = "permission|rights |reprint|republish|licens|licenc|genehmigung|rechte |lizenz|autorisation|droits |"
					"permiso|derechos |permiss|direitos |diritti ";
	struct bs_str mail = bs_printed_email(piece->raw), contact = mail.len > 0 ? mail : piece->plain;
	struct bs_str *field = bs_words_any(piece->low, on_rights) && mail.len > 0 ? &out->permission_contact : &out->media_contact;

	if (field->len == 0)
		*field = contact;
	else if (!bs_str_eq_nocase(*field, contact))
		bs_printed_leave_out(arena, out, piece->plain, piece->line);
}

void bs_printed_take(struct bs_arena *arena, const struct bs_piece *piece, struct bs_printed *out)
{
	switch (piece->shape) {
	case BS_PRINTED_SHAPE_NOTE:
		add_title(out, BS_PRINTED_NOTE, piece);
		add_notice(arena, out, BS_PRINTED_NOTE, behind_label(piece->raw));
		break;
	case BS_PRINTED_SHAPE_DISCLAIMER:
		take_disclaimer(arena, piece, out);
		break;
	case BS_PRINTED_SHAPE_FAIR_USE:
		add_notice(arena, out, BS_PRINTED_FAIR_USE, piece->raw);
		break;
	case BS_PRINTED_SHAPE_COPYRIGHT:
		add_notice(arena, out, BS_PRINTED_COPYRIGHT, piece->raw);
		break;
	case BS_PRINTED_SHAPE_CORRECTION:
		take_correction(arena, piece, out);
		break;
	case BS_PRINTED_SHAPE_MEDIA_CONTACT:
		take_contact(arena, piece, out);
		break;
	case BS_PRINTED_SHAPE_IMAGE_CREDIT:
		take_credit(arena, piece, out);
		break;
	case BS_PRINTED_SHAPE_ORIGIN:
		take_origin(arena, piece, out);
		break;
	case BS_PRINTED_SHAPE_FURNITURE:
		take_channels(arena, piece, out);
		break;
	case BS_PRINTED_SHAPE_AUTHOR_LINE:
		take_author_line(arena, piece, out);
		break;
	default:
		break;
	}
}
