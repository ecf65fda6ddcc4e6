/* key.h - the newsroom's signing key: Ed25519 (RFC 8032), in a file of its own. Private to the ledger. */
#ifndef BS_NEWSROOM_KEY_H
#define BS_NEWSROOM_KEY_H

#include "newsroom/ledger.h"

struct bs_key {
	uint8_t secret[64]; /* seed and public half, as libsodium keeps it */
	uint8_t pub[BS_PUBLIC_KEY_SIZE];
};

/* Read DIR/ledger.key. BS_NOT_FOUND none there, BS_DENIED others may read it, BS_CORRUPT not a key. */
enum bs_rc bs_key_read(const char *dir, struct bs_key *out, struct bs_err *err) BS_CHECK;
/* Its public half: from DIR/ledger.key where this process may read that, else from DIR/ledger.pub. BS_NOT_FOUND neither is there;
 * BS_DENIED neither may be read; BS_CORRUPT one is no key, or they are not of one pair. */
enum bs_rc bs_key_read_public(const char *dir, uint8_t out[BS_PUBLIC_KEY_SIZE], struct bs_err *err) BS_CHECK;
void bs_key_sign(const struct bs_key *key, struct bs_str message, uint8_t out[BS_SIGNATURE_SIZE]);
bool bs_key_verifies(const uint8_t pub[BS_PUBLIC_KEY_SIZE], struct bs_str message,
                     const uint8_t signature[BS_SIGNATURE_SIZE]);
/* Overwrite the secret in memory. */
void bs_key_forget(struct bs_key *key);

#endif
