/* vault.c - see vault.h. The file holds the 32-byte key in hexadecimal. It is written under another name and then linked to its own,
 * so that of two processes which find none, both go on with the same. */
#include "account/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY = crypto_kdf_KEYBYTES, PATH_SIZE = 4096, NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
       TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES };

struct bs_vault {
	uint8_t keys[BS_VAULT_USES][KEY];
};

static enum bs_rc key_read(const char *path, uint8_t key[KEY], struct bs_err *err)
{
	char text[2 * KEY + 8];
	struct stat st;
	ssize_t got = -1;
	enum bs_rc rc = BS_OK;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return bs_fail(err, errno == ENOENT ? BS_NOT_FOUND : BS_DENIED, "cannot read the key %s: %s", path, strerror(errno));
	if (fstat(fd, &st) != 0 || (st.st_mode & 077) != 0)
		rc = bs_fail(err, BS_DENIED, "the key %s can be read by others; run: chmod 600 %s", path, path);
	if (rc == BS_OK)
		got = read(fd, text, sizeof(text));
	close(fd);
	if (rc == BS_OK && (got < 0 || bs_hex_decode(bs_str_trim(bs_str_n(text, (size_t)got)), key, KEY) != BS_OK))
		rc = bs_fail(err, BS_CORRUPT, "%s is no key (64 hexadecimal digits); restore it from a backup", path);
	sodium_memzero(text, sizeof(text));
	return rc;
}

static enum bs_rc key_write(const char *path, struct bs_err *err)
{
	char text[2 * KEY + 1];
	uint8_t key[KEY];
	enum bs_rc rc = BS_OK;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return bs_fail(err, BS_IO, "cannot make the key %s: %s", path, strerror(errno));
	randombytes_buf(key, sizeof(key));
	bs_hex_encode(key, sizeof(key), text);
	text[2 * KEY] = '\n';
	if (write(fd, text, sizeof(text)) != (ssize_t)sizeof(text) || fsync(fd) != 0)
		rc = bs_fail(err, BS_IO, "cannot write the key %s: %s", path, strerror(errno));
	close(fd);
	sodium_memzero(key, sizeof(key));
	sodium_memzero(text, sizeof(text));
	return rc;
}

static enum bs_rc key_make(const char *path, struct bs_err *err)
{
	char fresh[PATH_SIZE + 32];
	enum bs_rc rc;

	snprintf(fresh, sizeof(fresh), "%s.%ld.new", path, (long)getpid());
	(void)unlink(fresh);
	rc = key_write(fresh, err);
	if (rc == BS_OK && link(fresh, path) != 0 && errno != EEXIST)
		rc = bs_fail(err, BS_IO, "cannot make the key %s: %s", path, strerror(errno));
	(void)unlink(fresh);
	return rc;
}

enum bs_rc bs_vault_open(const char *keys_dir, bool make, struct bs_vault **out, struct bs_err *err)
{
	char path[PATH_SIZE];
	uint8_t key[KEY];
	int len = snprintf(path, sizeof(path), "%s/desk.key", keys_dir);
	enum bs_rc rc;

	if (len < 0 || (size_t)len >= sizeof(path))
		return bs_fail(err, BS_INVALID, "the path of the data directory is too long");
	if (sodium_init() < 0)
		return bs_fail(err, BS_IO, "libsodium does not start");
	rc = key_read(path, key, err);
	if (rc == BS_NOT_FOUND && make) {
		rc = key_make(path, err);
		if (rc == BS_OK)
			rc = key_read(path, key, err);
	}
	if (rc == BS_OK) {
		*out = bs_alloc(sizeof(**out));
		for (uint64_t use = 0; use < BS_VAULT_USES; use++)
			crypto_kdf_derive_from_key((*out)->keys[use], KEY, use + 1, "bs-vault", key);
	}
	sodium_memzero(key, sizeof(key));
	return rc;
}

void bs_vault_close(struct bs_vault **vault)
{
	if (*vault == NULL)
		return;
	sodium_memzero(*vault, sizeof(**vault));
	free(*vault);
	*vault = NULL;
}

void bs_vault_mac(const struct bs_vault *vault, enum bs_vault_use use, struct bs_str bytes, uint8_t out[BS_MAC_SIZE])
{
	crypto_auth_hmacsha256(out, (const uint8_t *)bytes.ptr, bytes.len, vault->keys[use]);
}

struct bs_str bs_vault_seal(struct bs_arena *arena, const struct bs_vault *vault, struct bs_str purpose, struct bs_str bytes)
{
	uint8_t *sealed = bs_arena_alloc(arena, NONCE + bytes.len + TAG);

	randombytes_buf(sealed, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(sealed + NONCE, NULL, (const uint8_t *)bytes.ptr, bytes.len,
	        (const uint8_t *)purpose.ptr, purpose.len, NULL, sealed, vault->keys[BS_VAULT_SEAL]);
	return bs_str_n((const char *)sealed, NONCE + bytes.len + TAG);
}

enum bs_rc bs_vault_open_sealed(struct bs_arena *arena, const struct bs_vault *vault, struct bs_str purpose, struct bs_str sealed,
                                struct bs_str *out)
{
	const uint8_t *bytes = (const uint8_t *)sealed.ptr;
	uint8_t *plain;

	if (sealed.len < NONCE + TAG)
		return BS_DENIED;
	plain = bs_arena_alloc(arena, sealed.len - NONCE - TAG + 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, bytes + NONCE, sealed.len - NONCE,
	            (const uint8_t *)purpose.ptr, purpose.len, bytes, vault->keys[BS_VAULT_SEAL]) != 0)
		return BS_DENIED;
	*out = bs_str_n((const char *)plain, sealed.len - NONCE - TAG);
	return BS_OK;
}

struct bs_str bs_token_text(struct bs_arena *arena, struct bs_str bytes)
{
	size_t room = sodium_base64_encoded_len(bytes.len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = bs_arena_alloc(arena, room);

	sodium_bin2base64(text, room, (const uint8_t *)bytes.ptr, bytes.len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return bs_str_n(text, room - 1);
}

enum bs_rc bs_token_bytes(struct bs_arena *arena, struct bs_str text, struct bs_str *out)
{
	uint8_t *bytes = bs_arena_alloc(arena, text.len + 1);
	size_t len = 0;

	if (sodium_base642bin(bytes, text.len, text.ptr, text.len, NULL, &len, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0)
		return BS_INVALID;
	*out = bs_str_n((const char *)bytes, len);
	return BS_OK;
}
