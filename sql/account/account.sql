-- Staff accounts and the links that make them.

-- name: account-add
-- columns: id
INSERT INTO account (public_id, email, name, role, lang, person_id, active, password, totp_secret, totp_used, created_at, changed_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8, 0, ?9, ?9) RETURNING id;

-- name: account-by-email
-- columns: id, public_id, email, name, role, lang, person_id, active, password, totp_secret, totp_used, created_at, changed_at
SELECT id, public_id, email, name, role, lang, person_id, active, password, totp_secret, totp_used, created_at, changed_at
FROM account WHERE email = ?1;

-- name: account-by-id
-- columns: id, public_id, email, name, role, lang, person_id, active, password, totp_secret, totp_used, created_at, changed_at
SELECT id, public_id, email, name, role, lang, person_id, active, password, totp_secret, totp_used, created_at, changed_at
FROM account WHERE id = ?1;

-- name: account-by-public-id
-- columns: id, public_id, email, name, role, lang, person_id, active, password, totp_secret, totp_used, created_at, changed_at
SELECT id, public_id, email, name, role, lang, person_id, active, password, totp_secret, totp_used, created_at, changed_at
FROM account WHERE public_id = ?1;

-- Behind the address ?1, ?2 at most.
-- name: account-list
-- columns: id, public_id, email, name, role, lang, person_id, active, password, totp_secret, totp_used, created_at, changed_at
SELECT id, public_id, email, name, role, lang, person_id, active, password, totp_secret, totp_used, created_at, changed_at
FROM account WHERE email > ?1 ORDER BY email LIMIT ?2;

-- What the others are called.
-- name: account-names
-- columns: name
SELECT name FROM account WHERE id <> ?1;

-- name: account-set
UPDATE account SET name = ?2, role = ?3, lang = ?4, person_id = ?5, active = ?6, changed_at = ?7 WHERE id = ?1;

-- Who wrote under the byline of person ?1 writes under that of ?2 (NULL: none).
-- name: account-person-move
UPDATE account SET person_id = ?2 WHERE person_id = ?1;

-- The person of this slug, then those of this name.
-- name: byline-find
-- columns: id, slug, name
SELECT id, slug, name FROM person WHERE slug = ?1 OR name = ?1 ORDER BY CASE WHEN slug = ?1 THEN 0 ELSE 1 END, id LIMIT 2;
-- name: byline-of
-- columns: id, slug, name
SELECT id, slug, name FROM person WHERE id = ?1;

-- name: account-set-password
UPDATE account SET password = ?2, changed_at = ?3 WHERE id = ?1;

-- name: account-set-totp
UPDATE account SET totp_secret = ?2, totp_used = ?3, changed_at = ?4 WHERE id = ?1;

-- A code counts once: nothing is changed when it was taken before. A step behind ?3, the last that can be taken now, was used by a clock that
-- was ahead, and blocks nothing.
-- name: account-use-totp
UPDATE account SET totp_used = ?2 WHERE id = ?1 AND (totp_used < ?2 OR totp_used > ?3);

-- How many can still manage accounts.
-- name: account-administrators
-- columns: count
SELECT count(*) FROM account WHERE role = 'administrator' AND active = 1 AND id <> ?1;

-- name: recovery-code-add
INSERT INTO recovery_code (account_id, hash, used_at) VALUES (?1, ?2, 0) ON CONFLICT (account_id, hash) DO NOTHING;

-- name: recovery-code-clear
DELETE FROM recovery_code WHERE account_id = ?1;

-- name: recovery-code-use
UPDATE recovery_code SET used_at = ?3 WHERE account_id = ?1 AND hash = ?2 AND used_at = 0;

-- name: recovery-code-left
-- columns: count
SELECT count(*) FROM recovery_code WHERE account_id = ?1 AND used_at = 0;

-- name: invitation-add
INSERT INTO invitation (hash, account_id, email, name, role, lang, invited_by, created_at, expires_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: invitation-find
-- columns: id, account_id, email, name, role, lang, expires_at
SELECT id, account_id, email, name, role, lang, expires_at FROM invitation WHERE hash = ?1 AND expires_at > ?2;

-- name: invitation-list
-- columns: id, account_id, email, name, role, lang, expires_at
SELECT id, account_id, email, name, role, lang, expires_at FROM invitation WHERE expires_at > ?1 ORDER BY id LIMIT ?2;

-- Used, replaced, or over.
-- name: invitation-remove
DELETE FROM invitation WHERE id = ?1;
-- name: invitation-remove-email
DELETE FROM invitation WHERE email = ?1;
-- name: invitation-remove-old
DELETE FROM invitation WHERE expires_at <= ?1;

-- Whose story it is: by having begun it, or by standing in its byline.
-- name: story-is-own
-- columns: story_id
SELECT story_id FROM story_owner WHERE story_id = ?1 AND account_id = ?2
UNION ALL SELECT story_id FROM story_person WHERE story_id = ?1 AND person_id = ?3;

-- name: story-owner-add
INSERT INTO story_owner (story_id, account_id) VALUES (?1, ?2) ON CONFLICT (story_id, account_id) DO NOTHING;
