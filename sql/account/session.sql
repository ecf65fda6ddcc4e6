-- Sessions, and failed attempts to begin one.

-- name: session-add
-- columns: id
INSERT INTO session (hash, account_id, created_at, seen_at, agent) VALUES (?1, ?2, ?3, ?3, ?4) RETURNING id;

-- Begun after ?2 and seen after ?3, of an account that is in use.
-- name: session-find
-- columns: id, created_at, seen_at, account_id, public_id, email, name, role, lang, person_id
SELECT s.id, s.created_at, s.seen_at, a.id, a.public_id, a.email, a.name, a.role, a.lang, a.person_id
FROM session s JOIN account a ON a.id = s.account_id
WHERE s.hash = ?1 AND s.created_at > ?2 AND s.seen_at > ?3 AND a.active = 1;

-- name: session-touch
UPDATE session SET seen_at = ?2 WHERE id = ?1 AND seen_at < ?2;

-- name: session-list
-- columns: id, created_at, seen_at, agent
SELECT id, created_at, seen_at, agent FROM session
WHERE account_id = ?1 AND created_at > ?2 AND seen_at > ?3 ORDER BY seen_at DESC, id DESC LIMIT ?4;

-- Of account ?1: this one …
-- name: session-remove
DELETE FROM session WHERE account_id = ?1 AND id = ?2;
-- … or all but this one (0: all).
-- name: session-remove-others
DELETE FROM session WHERE account_id = ?1 AND id <> ?2;
-- name: session-remove-old
DELETE FROM session WHERE created_at <= ?1 OR seen_at <= ?2;

-- name: attempt-get
-- columns: failures, last_at, free_at
SELECT failures, last_at, free_at FROM attempt WHERE key = ?1;

-- name: attempt-put
INSERT INTO attempt (key, failures, last_at, free_at) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (key) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at, free_at = excluded.free_at;

-- name: attempt-remove
DELETE FROM attempt WHERE key = ?1;
-- name: attempt-remove-old
DELETE FROM attempt WHERE last_at < ?1;
