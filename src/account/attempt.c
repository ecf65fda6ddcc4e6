/* attempt.c - see attempt.h. */
#include "account/attempt.h"

enum { DAY = 86400, BUCKETS = 3, KEY_MAX = 512 };

static const struct bucket_rule {
	char kind;
	bool by_email, by_address;
	int64_t free;  /* failures before there is any delay */
	int64_t first; /* seconds, doubled with each further failure */
	int64_t last;  /* and no more than that */
} rules[BUCKETS] = {
	{ 'b', true, true, 5, 2, 15 * 60 },
	{ 'a', false, true, 20, 2, 15 * 60 },
	{ 'e', true, false, 50, 2, 5 * 60 },
};

struct bucket {
	uint8_t key[BS_MAC_SIZE];
	int64_t failures, last_at, free_at;
};

/* The first four groups of an IPv6 address; anything else as it is. */
static struct bs_str network_of(struct bs_str address)
{
	size_t groups = 0;

	if (bs_str_find_byte(address, ':', 0) == SIZE_MAX || bs_str_find_byte(address, '.', 0) != SIZE_MAX)
		return address;
	for (size_t i = 0; i < address.len; i++) {
		if (address.ptr[i] == ':' && (++groups == 4 || (i > 0 && address.ptr[i - 1] == ':')))
			return bs_str_sub(address, 0, i);
	}
	return address;
}

static void key_of(const struct bs_vault *vault, const struct bucket_rule *rule, const struct bs_attempt *attempt, uint8_t out[BS_MAC_SIZE])
{
	struct bs_buf text = BS_BUF(KEY_MAX);

	bs_buf_putc(&text, rule->kind);
	if (rule->by_email)
		bs_buf_put(&text, attempt->email);
	bs_buf_putc(&text, '\n');
	if (rule->by_address)
		bs_buf_put(&text, network_of(attempt->address));
	bs_vault_mac(vault, BS_VAULT_ATTEMPT, bs_buf_str(&text), out);
	bs_buf_free(&text);
}

static struct bs_str key_str(const struct bucket *bucket)
{
	return bs_str_n((const char *)bucket->key, sizeof(bucket->key));
}

static enum bs_rc bucket_read(struct bs_db *db, struct bucket *bucket, int64_t now, struct bs_err *err)
{
	struct bs_stmt *stmt = NULL;
	enum bs_rc rc = bs_db_query(db, BS_Q_attempt_get, BS_VALUES(bs_blob(key_str(bucket))), &stmt, err);

	if (rc == BS_OK)
		rc = bs_stmt_next(stmt, err);
	if (rc == BS_OK) {
		bucket->failures = bs_stmt_int(stmt, BS_C_attempt_get_failures);
		bucket->last_at = bs_stmt_int(stmt, BS_C_attempt_get_last_at);
		bucket->free_at = bs_stmt_int(stmt, BS_C_attempt_get_free_at);
		if (now - bucket->last_at > DAY)
			bucket->failures = bucket->free_at = 0;
	}
	bs_stmt_free(&stmt);
	return rc == BS_NOT_FOUND ? BS_OK : rc;
}

static int64_t delay_after(const struct bucket_rule *rule, int64_t failures)
{
	int64_t delay = rule->first;

	if (failures <= rule->free)
		return 0;
	for (int64_t i = rule->free + 1; i < failures && delay < rule->last; i++)
		delay *= 2;
	return delay < rule->last ? delay : rule->last;
}

static enum bs_rc bucket_count(struct bs_db *db, const struct bucket_rule *rule, struct bucket *bucket, int64_t now, struct bs_err *err)
{
	int64_t failures = bucket->failures + 1;

	return bs_db_exec(db, BS_Q_attempt_put, BS_VALUES(bs_blob(key_str(bucket)), bs_int(failures), bs_int(now),
	                  bs_int(now + delay_after(rule, failures))), err);
}

enum bs_rc bs_attempt_begin(struct bs_db *db, const struct bs_vault *vault, const struct bs_attempt *attempt, int64_t now, int64_t *wait,
                            struct bs_err *err)
{
	struct bucket buckets[BUCKETS] = { 0 };
	enum bs_rc rc = bs_db_exec(db, BS_Q_attempt_remove_old, BS_VALUES(bs_int(now - DAY)), err);

	*wait = 0;
	for (size_t i = 0; i < BUCKETS && rc == BS_OK; i++) {
		int64_t left;
		key_of(vault, &rules[i], attempt, buckets[i].key);
		rc = bucket_read(db, &buckets[i], now, err);
		left = buckets[i].free_at - now;
		/* More than any rule says: the clock was set back, and who it locks out would wait until it is there again. */
		if (left > rules[i].last)
			left = 0;
		*wait = left > *wait ? left : *wait;
	}
	if (rc == BS_OK && *wait > 0)
		return bs_fail(err, BS_LIMIT, "too many tries; the next one in %lld seconds", (long long)*wait);
	for (size_t i = 0; i < BUCKETS && rc == BS_OK; i++)
		rc = bucket_count(db, &rules[i], &buckets[i], now, err);
	return rc;
}

enum bs_rc bs_attempt_succeeded(struct bs_db *db, const struct bs_vault *vault, const struct bs_attempt *attempt, int64_t tries,
                                int64_t *failures, struct bs_err *err)
{
	enum bs_rc rc = BS_OK;

	*failures = 0;
	for (size_t i = 0; i < BUCKETS && rc == BS_OK; i++) {
		struct bucket bucket = { 0 };
		int64_t left;
		key_of(vault, &rules[i], attempt, bucket.key);
		rc = bucket_read(db, &bucket, 0, err);
		left = bucket.failures > tries ? bucket.failures - tries : 0;
		if (rc == BS_OK && rules[i].by_email)
			rc = bs_db_exec(db, BS_Q_attempt_remove, BS_VALUES(bs_blob(key_str(&bucket))), err);
		else if (rc == BS_OK)
			rc = bs_db_exec(db, BS_Q_attempt_put, BS_VALUES(bs_blob(key_str(&bucket)), bs_int(left), bs_int(bucket.last_at),
			                bs_int(0)), err);
		if (!rules[i].by_address)
			*failures = left;
	}
	return rc;
}
