/* key.c - the signing key and its two files: ledger.key holds the 32-byte seed in hexadecimal, ledger.pub the public
 * key for handing out. */
#include "newsroom/key.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SEED_SIZE = crypto_sign_SEEDBYTES, PATH_SIZE = 4096 };

static enum bs_rc path_of(const char *dir, const char *name, char out[PATH_SIZE], struct bs_err *err)
{
	int len = snprintf(out, PATH_SIZE, "%s/%s", dir, name);

	return len > 0 && len < PATH_SIZE ? BS_OK : bs_fail(err, BS_INVALID, "the path of the data directory is too long");
}

/* Create the file with these hexadecimal digits and a line end; never replaces one. */
static enum bs_rc hex_file_write(const char *path, mode_t mode, const uint8_t *bytes, struct bs_err *err)
{
	char text[2 * SEED_SIZE + 1];
	enum bs_rc rc = BS_OK;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);

	if (fd < 0)
		return bs_fail(err, errno == EEXIST ? BS_CONFLICT : BS_IO, "cannot make %s: %s", path, strerror(errno));
	bs_hex_encode(bytes, SEED_SIZE, text);
	text[2 * SEED_SIZE] = '\n';
	if (write(fd, text, sizeof(text)) != (ssize_t)sizeof(text) || fsync(fd) != 0)
		rc = bs_fail(err, BS_IO, "cannot write %s: %s", path, strerror(errno));
	close(fd);
	sodium_memzero(text, sizeof(text));
	return rc;
}

enum bs_rc bs_ledger_init(const char *keys_dir, struct bs_err *err)
{
	char path[PATH_SIZE];
	uint8_t seed[SEED_SIZE], pub[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
	enum bs_rc rc;

	if (sodium_init() < 0)
		return bs_fail(err, BS_IO, "libsodium does not start");
	randombytes_buf(seed, sizeof(seed));
	crypto_sign_seed_keypair(pub, secret, seed);
	rc = path_of(keys_dir, "ledger.key", path, err);
	if (rc == BS_OK)
		rc = hex_file_write(path, 0600, seed, err);
	if (rc == BS_OK)
		rc = path_of(keys_dir, "ledger.pub", path, err);
	if (rc == BS_OK)
		rc = hex_file_write(path, 0644, pub, err);
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(secret, sizeof(secret));
	return rc;
}

/* Open the key file and see that only its owner may read it. */
static enum bs_rc key_open(const char *path, int *fd, struct bs_err *err)
{
	struct stat st;

	*fd = open(path, O_RDONLY | O_CLOEXEC);
	if (*fd < 0)
		return bs_fail(err, errno == ENOENT ? BS_NOT_FOUND : BS_DENIED,
		               "cannot read the signing key %s: %s; 'broadsheet init' makes one", path, strerror(errno));
	if (fstat(*fd, &st) != 0 || (st.st_mode & 077) != 0)
		return bs_fail(err, BS_DENIED, "the signing key %s can be read by others; run: chmod 600 %s", path, path);
	return BS_OK;
}

/* The digits that hex_file_write has written. */
static enum bs_rc hex_file_read(int fd, const char *path, uint8_t out[SEED_SIZE], struct bs_err *err)
{
	char text[2 * SEED_SIZE + 8];
	ssize_t got = read(fd, text, sizeof(text));
	enum bs_rc rc = BS_OK;

	if (got < 0 || bs_hex_decode(bs_str_trim(bs_str_n(text, (size_t)got)), out, SEED_SIZE) != BS_OK)
		rc = bs_fail(err, BS_CORRUPT, "%s is no signing key (64 hexadecimal digits); restore it from a backup", path);
	sodium_memzero(text, sizeof(text));
	return rc;
}

enum bs_rc bs_key_read(const char *dir, struct bs_key *out, struct bs_err *err)
{
	char path[PATH_SIZE];
	uint8_t seed[SEED_SIZE];
	int fd = -1;
	enum bs_rc rc = path_of(dir, "ledger.key", path, err);

	if (rc == BS_OK && sodium_init() < 0)
		rc = bs_fail(err, BS_IO, "libsodium does not start");
	if (rc == BS_OK)
		rc = key_open(path, &fd, err);
	if (rc == BS_OK)
		rc = hex_file_read(fd, path, seed, err);
	if (rc == BS_OK)
		crypto_sign_seed_keypair(out->pub, out->secret, seed);
	if (fd >= 0)
		close(fd);
	sodium_memzero(seed, sizeof(seed));
	return rc;
}

/* DIR/ledger.pub. BS_NOT_FOUND: none there. BS_DENIED: it may not be read. */
static enum bs_rc pub_read(const char *dir, uint8_t out[BS_PUBLIC_KEY_SIZE], struct bs_err *err)
{
	char path[PATH_SIZE];
	enum bs_rc rc = path_of(dir, "ledger.pub", path, err);
	int fd = rc == BS_OK ? open(path, O_RDONLY | O_CLOEXEC) : -1;

	if (rc != BS_OK)
		return rc;
	if (fd < 0)
		return bs_fail(err, errno == ENOENT ? BS_NOT_FOUND : BS_DENIED, "cannot read %s: %s", path, strerror(errno));
	rc = hex_file_read(fd, path, out, err);
	close(fd);
	return rc;
}

enum bs_rc bs_key_read_public(const char *dir, uint8_t out[BS_PUBLIC_KEY_SIZE], struct bs_err *err)
{
	struct bs_key key;
	enum bs_rc rc = bs_key_read(dir, &key, err), pub = pub_read(dir, out, err);

	if (rc == BS_NOT_FOUND || rc == BS_DENIED)
		return pub;
	if (rc == BS_OK && pub == BS_OK && memcmp(key.pub, out, BS_PUBLIC_KEY_SIZE) != 0)
		rc = bs_fail(err, BS_CORRUPT, "ledger.pub and ledger.key in %.160s are not of one pair", dir);
	if (rc == BS_OK)
		memcpy(out, key.pub, BS_PUBLIC_KEY_SIZE);
	bs_key_forget(&key);
	return rc;
}

void bs_key_sign(const struct bs_key *key, struct bs_str message, uint8_t out[BS_SIGNATURE_SIZE])
{
	crypto_sign_detached(out, NULL, (const uint8_t *)message.ptr, message.len, key->secret);
}

bool bs_key_verifies(const uint8_t pub[BS_PUBLIC_KEY_SIZE], struct bs_str message,
                     const uint8_t signature[BS_SIGNATURE_SIZE])
{
	return crypto_sign_verify_detached(signature, (const uint8_t *)message.ptr, message.len, pub) == 0;
}

void bs_key_forget(struct bs_key *key)
{
	sodium_memzero(key, sizeof(*key));
}
