/* password.c - see password.h. */
#include "account/password.h"

#include <pthread.h>
#include <sodium.h>

#include "base/limits.h"

/* Above what OWASP asks for at least (19 MiB and two passes), below what a machine with 512 MB would feel. */
static const unsigned long long passes = 2;
static const size_t memory = (size_t)64 * 1024 * 1024;

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static char nobody[crypto_pwhash_STRBYTES]; /* the hash that nothing matches; made once, under the lock */

static size_t different_characters(struct bs_str password)
{
	uint32_t seen[5];
	size_t count = 0;

	for (size_t at = 0; at < password.len && count < BS_COUNT(seen);) {
		uint32_t c = bs_str_utf8_next(password, &at);
		size_t i = 0;
		while (i < count && seen[i] != c)
			i++;
		if (i == count)
			seen[count++] = c;
	}
	return count;
}

static size_t characters(struct bs_str text)
{
	size_t count = 0;

	for (size_t at = 0; at < text.len; count++)
		(void)bs_str_utf8_next(text, &at);
	return count;
}

enum bs_password_fault bs_password_fault(struct bs_str password, struct bs_str email)
{
	if (password.len > BS_MAX_PASSWORD)
		return BS_PASSWORD_LONG;
	if (bs_str_utf8_fault(password) != SIZE_MAX)
		return BS_PASSWORD_BROKEN;
	for (size_t i = 0; i < password.len; i++) {
		if ((unsigned char)password.ptr[i] < 0x20 || password.ptr[i] == 0x7F)
			return BS_PASSWORD_BROKEN;
	}
	if (characters(password) < BS_PASSWORD_LEAST)
		return BS_PASSWORD_SHORT;
	if (different_characters(password) < 5 ||
	    (password.len <= email.len && bs_str_eq_nocase(bs_str_sub(email, 0, password.len), password)))
		return BS_PASSWORD_SIMPLE;
	return BS_PASSWORD_GOOD;
}

const char *bs_password_fault_text(enum bs_password_fault fault)
{
	static const char *const texts[] = {
		[BS_PASSWORD_GOOD] = "the password is good",
		[BS_PASSWORD_SHORT] = "the password needs at least 12 characters; three or four words make a good one",
		[BS_PASSWORD_LONG] = "the password is longer than 256 bytes",
		[BS_PASSWORD_SIMPLE] = "the password is too easy to guess; three or four words that have nothing to do with you make a good one",
		[BS_PASSWORD_BROKEN] = "the password has bytes that are no characters",
	};

	return texts[fault];
}

enum bs_rc bs_password_hash(struct bs_arena *arena, struct bs_str password, struct bs_str *out, struct bs_err *err)
{
	char *text = bs_arena_alloc(arena, crypto_pwhash_STRBYTES);
	int failed;

	pthread_mutex_lock(&one_at_a_time);
	failed = crypto_pwhash_str_alg(text, password.ptr, password.len, passes, memory, crypto_pwhash_ALG_ARGON2ID13);
	pthread_mutex_unlock(&one_at_a_time);
	if (failed != 0)
		return bs_fail(err, BS_BUSY, "there is not enough memory to keep a password safely; 64 MB are needed");
	*out = bs_str_c(text);
	return BS_OK;
}

bool bs_password_matches(struct bs_str hash, struct bs_str password)
{
	char text[crypto_pwhash_STRBYTES] = { 0 };
	bool known = hash.len > 0 && hash.len < sizeof(text), matches;

	if (password.len > BS_MAX_PASSWORD)
		password = bs_str_sub(password, 0, BS_MAX_PASSWORD);
	pthread_mutex_lock(&one_at_a_time);
	if (nobody[0] == '\0') {
		char secret[32];
		randombytes_buf(secret, sizeof(secret));
		if (crypto_pwhash_str_alg(nobody, secret, sizeof(secret), passes, memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
			nobody[0] = '\0';
	}
	memcpy(text, known ? hash.ptr : nobody, known ? hash.len : sizeof(nobody));
	matches = crypto_pwhash_str_verify(text, password.len > 0 ? password.ptr : "", password.len) == 0;
	pthread_mutex_unlock(&one_at_a_time);
	return known && matches;
}

bool bs_password_outdated(struct bs_str hash)
{
	char text[crypto_pwhash_STRBYTES] = { 0 };

	if (hash.len == 0 || hash.len >= sizeof(text))
		return true;
	memcpy(text, hash.ptr, hash.len);
	return crypto_pwhash_str_needs_rehash(text, passes, memory) != 0;
}
