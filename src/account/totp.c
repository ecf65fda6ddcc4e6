/* totp.c - see totp.h. Recovery codes are 50 random bits in base32, so that a keyed hash keeps them as well as a slow one would. */
#include "account/totp.h"

#include <liboath/oath.h>
#include <qrencode.h>
#include <sodium.h>
#include <stdlib.h>

#include "base/sys.h"
#include "text/out.h"

enum { URI_MAX = 2048, SVG_MAX = 256 * 1024, RECOVERY_LETTERS = 10, QUIET = 4, CODE_MAX = 64 };

static const struct bs_str seal_purpose = BS_STR_INIT("totp");

/* Base32 of bytes (a multiple of five, so that there is no padding). */
static struct bs_str base32(struct bs_arena *arena, const char *bytes, size_t len)
{
	char *text = NULL;
	struct bs_str copy;

	if (oath_base32_encode(bytes, len, &text, NULL) != OATH_OK)
		bs_out_of_memory(len);
	copy = bs_arena_copy(arena, bs_str_c(text));
	sodium_memzero(text, copy.len);
	free(text);
	return copy;
}

struct bs_str bs_totp_new(struct bs_arena *arena)
{
	char secret[BS_TOTP_SECRET];

	bs_random_bytes(secret, sizeof(secret));
	return base32(arena, secret, sizeof(secret));
}

struct bs_str bs_totp_uri(struct bs_arena *arena, struct bs_str secret, struct bs_str issuer, struct bs_str email)
{
	struct bs_buf out = BS_BUF(URI_MAX);
	struct bs_str uri;

	issuer = bs_str_utf8_prefix(issuer, 64);
	bs_buf_lit(&out, "otpauth://totp/");
	bs_out_url(&out, issuer);
	bs_buf_putc(&out, ':');
	bs_out_url(&out, email);
	bs_buf_lit(&out, "?secret=");
	bs_out_url(&out, secret);
	bs_buf_lit(&out, "&issuer=");
	bs_out_url(&out, issuer);
	uri = bs_arena_copy(arena, bs_buf_str(&out));
	bs_buf_free(&out);
	return uri;
}

/* One path; each dark run of a row is a rectangle of it. */
static void svg_write(struct bs_buf *out, const QRcode *code)
{
	int side = code->width + 2 * QUIET;

	bs_buf_printf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-hidden=\"true\">"
	              "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"", side, side, side, side);
	for (int y = 0; y < code->width; y++) {
		for (int x = 0, run; x < code->width; x += run) {
			const unsigned char *row = code->data + y * code->width;
			run = 1;
			while (x + run < code->width && (row[x + run] & 1) == (row[x] & 1))
				run++;
			if ((row[x] & 1) != 0)
				bs_buf_printf(out, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run);
		}
	}
	bs_buf_lit(out, "\"/></svg>");
}

enum bs_rc bs_totp_svg(struct bs_arena *arena, struct bs_str uri, struct bs_str *out, struct bs_err *err)
{
	struct bs_str text = bs_arena_copy(arena, uri);
	struct bs_buf svg = BS_BUF(SVG_MAX);
	QRcode *code = QRcode_encodeString8bit(text.ptr, 0, QR_ECLEVEL_M);

	if (code == NULL)
		return bs_fail(err, BS_LIMIT, "the address is too long for a QR code");
	svg_write(&svg, code);
	QRcode_free(code);
	*out = bs_arena_copy(arena, bs_buf_str(&svg));
	bs_buf_free(&svg);
	return BS_OK;
}

/* The code without white space and hyphens, letters large. */
static struct bs_str code_plain(struct bs_arena *arena, struct bs_str code)
{
	char *text = bs_arena_alloc(arena, CODE_MAX + 1);
	size_t len = 0;

	for (size_t i = 0; i < code.len && len < CODE_MAX; i++) {
		char c = code.ptr[i];
		if (c == ' ' || c == '-' || c == '\t')
			continue;
		text[len++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	return bs_str_n(text, len);
}

/* The last step whose code is taken at this time: applications may be ahead by one. */
static int64_t last_step(int64_t now)
{
	return now / BS_TOTP_SECONDS + 1;
}

int64_t bs_totp_step(struct bs_arena *arena, struct bs_str secret, struct bs_str code, int64_t now, int64_t used)
{
	struct bs_str digits = code_plain(arena, code);
	char *bytes = NULL;
	size_t len = 0;
	int64_t step = 0;

	if (digits.len != BS_TOTP_DIGITS || oath_base32_decode(secret.ptr, secret.len, &bytes, &len) != OATH_OK)
		return 0;
	if (used > last_step(now))
		used = 0;
	/* Each step by itself: liboath takes the first that fits, and that may have been used. */
	for (int64_t at = last_step(now) - 2; at <= last_step(now); at++) {
		char wanted[BS_TOTP_DIGITS + 1];
		if (oath_hotp_generate(bytes, len, (uint64_t)at, BS_TOTP_DIGITS, false, OATH_HOTP_DYNAMIC_TRUNCATION, wanted) == OATH_OK &&
		    sodium_memcmp(wanted, digits.ptr, BS_TOTP_DIGITS) == 0 && at > used)
			step = at;
	}
	sodium_memzero(bytes, len);
	free(bytes);
	return step;
}

static struct bs_str recovery_hash(struct bs_arena *arena, const struct bs_vault *vault, struct bs_str code)
{
	uint8_t hash[BS_MAC_SIZE];

	bs_vault_mac(vault, BS_VAULT_RECOVERY, code_plain(arena, code), hash);
	return bs_arena_copy(arena, bs_str_n((const char *)hash, sizeof(hash)));
}

/* "K3JVE-7QX2M" */
static struct bs_str recovery_new(struct bs_arena *arena)
{
	char random[RECOVERY_LETTERS];
	struct bs_str letters;

	bs_random_bytes(random, sizeof(random));
	letters = base32(arena, random, sizeof(random));
	return bs_arena_printf(arena, "%.5s-%.5s", letters.ptr, letters.ptr + 5);
}

enum bs_rc bs_totp_set(const struct bs_account_change *change, const struct bs_account *account, struct bs_str secret, int64_t step,
                       struct bs_str **codes, struct bs_err *err)
{
	struct bs_str sealed = bs_vault_seal(change->arena, change->vault, seal_purpose, secret);
	enum bs_rc rc = bs_db_exec(change->db, BS_Q_account_set_totp, BS_VALUES(bs_int(account->id), bs_blob(sealed), bs_int(step),
	                           bs_int(change->now)), err);

	if (rc == BS_OK)
		rc = bs_db_exec(change->db, BS_Q_recovery_code_clear, BS_VALUES(bs_int(account->id)), err);
	*codes = BS_ARRAY(change->arena, BS_RECOVERY_CODES, struct bs_str);
	for (size_t i = 0; i < BS_RECOVERY_CODES && rc == BS_OK; i++) {
		(*codes)[i] = recovery_new(change->arena);
		rc = bs_db_exec(change->db, BS_Q_recovery_code_add, BS_VALUES(bs_int(account->id),
		                bs_blob(recovery_hash(change->arena, change->vault, (*codes)[i]))), err);
	}
	if (rc == BS_OK)
		rc = bs_account_tell(change, (struct bs_audit_entry){ .action = BS_STR("account.factor"), .subject = account->email }, err);
	return rc;
}

enum bs_rc bs_totp_clear(const struct bs_account_change *change, const struct bs_account *account, struct bs_err *err)
{
	enum bs_rc rc = bs_db_exec(change->db, BS_Q_account_set_totp, BS_VALUES(bs_int(account->id), bs_blob(BS_STR("")), bs_int(0),
	                           bs_int(change->now)), err);

	if (rc == BS_OK)
		rc = bs_db_exec(change->db, BS_Q_recovery_code_clear, BS_VALUES(bs_int(account->id)), err);
	if (rc == BS_OK)
		rc = bs_account_tell(change, (struct bs_audit_entry){ .action = BS_STR("account.factor-off"), .subject = account->email }, err);
	return rc;
}

enum bs_rc bs_totp_use(struct bs_arena *arena, struct bs_db *db, const struct bs_vault *vault, const struct bs_account *account,
                       struct bs_str code, int64_t now, bool *good, bool *recovery, struct bs_err *err)
{
	struct bs_str secret;
	int64_t step;
	enum bs_rc rc;

	*good = *recovery = false;
	if (bs_vault_open_sealed(arena, vault, seal_purpose, account->totp_secret, &secret) != BS_OK)
		return bs_fail(err, BS_DENIED, "the second factor of '" BS_FMT "' was sealed with another keys/desk.key; restore that file, or "
		               "run: broadsheet user reset-password --no-factor", BS_ARG(account->email));
	step = bs_totp_step(arena, secret, code, now, account->totp_used);
	if (step != 0) {
		rc = bs_db_exec(db, BS_Q_account_use_totp, BS_VALUES(bs_int(account->id), bs_int(step), bs_int(last_step(now))), err);
	} else {
		*recovery = true;
		rc = bs_db_exec(db, BS_Q_recovery_code_use, BS_VALUES(bs_int(account->id), bs_blob(recovery_hash(arena, vault, code)),
		                bs_int(now)), err);
	}
	*good = rc == BS_OK && bs_db_changed(db) == 1;
	return rc;
}

enum bs_rc bs_recovery_left(struct bs_db *db, int64_t account_id, int64_t *out, struct bs_err *err)
{
	return bs_db_int(db, BS_Q_recovery_code_left, BS_VALUES(bs_int(account_id)), out, err);
}
