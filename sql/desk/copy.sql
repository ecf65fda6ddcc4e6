-- Working copies: what somebody has written and not saved yet (desk/copy/copy.h).

-- name: working-copy-get
-- columns: turn, base, saved_at, fields
SELECT turn, base, saved_at, fields FROM working_copy WHERE story = ?1 AND account_id = ?2 AND copy = ?3;

-- name: working-copy-turn
-- columns: turn
SELECT turn FROM working_copy WHERE story = ?1 AND account_id = ?2 AND copy = ?3;

-- name: working-copy-count
-- columns: copies
SELECT count(*) FROM working_copy WHERE account_id = ?1;

-- name: working-copy-put
INSERT INTO working_copy (story, account_id, copy, turn, base, saved_at, title, fields) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
ON CONFLICT (story, account_id, copy) DO UPDATE SET turn = excluded.turn, base = excluded.base, saved_at = excluded.saved_at, title = excluded.title,
	fields = excluded.fields;

-- name: working-copy-remove
DELETE FROM working_copy WHERE story = ?1 AND account_id = ?2 AND copy = ?3;

-- Somebody's copies of one story, newest first.
-- name: working-copies-of-story
-- columns: story, copy, saved_at, title
SELECT story, copy, saved_at, title FROM working_copy WHERE account_id = ?1 AND story = ?2 ORDER BY saved_at DESC, copy LIMIT ?3;

-- Somebody's copies of stories that were never saved.
-- name: working-copies-loose
-- columns: story, copy, saved_at, title
SELECT w.story, w.copy, w.saved_at, w.title FROM working_copy w
WHERE w.account_id = ?1 AND NOT EXISTS (SELECT 1 FROM story s WHERE s.public_id = w.story) ORDER BY w.saved_at DESC, w.copy LIMIT ?2;
