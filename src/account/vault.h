/* vault.h - the secret of this newsroom that its accounts stand on: one random key in keys/desk.key, from which others are
 * derived, each for one use. With it second factors are sealed at rest, the audit log is chained, and what a browser carries
 * for the server between two forms is closed to others.
 *
 * Lost, second factors have to be set up anew and the audit log cannot be checked; nobody's password is touched. Processes
 * that share a database share the key. Read-only after opening, safe from any thread. */
#ifndef BS_ACCOUNT_VAULT_H
#define BS_ACCOUNT_VAULT_H

#include "base/mem.h"

struct bs_vault;

enum { BS_MAC_SIZE = 32 };

/* Read DIR/desk.key (mode 0600), or make one when there is none and `make` says so, else BS_NOT_FOUND. BS_DENIED others may read it;
 * BS_CORRUPT it is no key; BS_IO. */
enum bs_rc bs_vault_open(const char *keys_dir, bool make, struct bs_vault **out, struct bs_err *err) BS_CHECK;
void bs_vault_close(struct bs_vault **vault);

enum bs_vault_use { BS_VAULT_AUDIT, BS_VAULT_ATTEMPT, BS_VAULT_TOKEN, BS_VAULT_RECOVERY, BS_VAULT_SEAL, BS_VAULT_USES };

/* A keyed hash (HMAC-SHA-256, RFC 2104) with the key of this use. */
void bs_vault_mac(const struct bs_vault *vault, enum bs_vault_use use, struct bs_str bytes, uint8_t out[BS_MAC_SIZE]);

/* Close bytes to others (XChaCha20-Poly1305). What is sealed for one purpose opens for no other. In the arena. */
struct bs_str bs_vault_seal(struct bs_arena *arena, const struct bs_vault *vault, struct bs_str purpose, struct bs_str bytes);
/* BS_DENIED: not sealed here, for something else, or changed since. */
enum bs_rc bs_vault_open_sealed(struct bs_arena *arena, const struct bs_vault *vault, struct bs_str purpose, struct bs_str sealed,
                                struct bs_str *out) BS_CHECK;

/* Bytes in the letters of base64url without padding (RFC 4648), and back (BS_INVALID). For forms, links and cookies. */
struct bs_str bs_token_text(struct bs_arena *arena, struct bs_str bytes);
enum bs_rc bs_token_bytes(struct bs_arena *arena, struct bs_str text, struct bs_str *out) BS_CHECK;

#endif
