-- name: author-add
-- columns: id
INSERT INTO author (name, mentor_id) VALUES (?1, ?2) RETURNING id;

-- name: author-count
-- columns: authors
SELECT COUNT(*) FROM author;

-- name: author-names
-- columns: name
SELECT name FROM author ORDER BY name;

-- name: author-rename
UPDATE author SET name = ?2 WHERE id = ?1;

-- name: author-mentor
UPDATE author SET mentor_id = ?2 WHERE id = ?1;

-- name: author-mentors
-- columns: authors
SELECT COUNT(*) FROM author a JOIN author m ON m.id = a.mentor_id AND m.id = a.id + 1;

-- name: item-count
-- columns: items
SELECT COUNT(*) FROM item;

-- name: item-add
-- columns: id
INSERT INTO item (author_id, title, body, digest, score, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id;

-- name: item-find
-- columns: id, author, title, body, digest, score, made_at
SELECT i.id, a.name, i.title, i.body, i.digest, i.score, i.made_at
FROM item i JOIN author a ON a.id = i.author_id
WHERE i.id = ?1;

-- name: item-short
-- columns: id, title, made_at
SELECT id, title, made_at FROM item WHERE id = ?1;

-- name: item-list
-- columns: id, title, made_at
SELECT id, title, made_at FROM item WHERE author_id = ?1 ORDER BY made_at DESC, id DESC LIMIT ?2;

-- name: item-word-add
INSERT INTO item_word (word, item_id) VALUES (?1, ?2) ON CONFLICT (word, item_id) DO NOTHING;

-- name: item-words
-- columns: words
SELECT COUNT(*) FROM item_word WHERE item_id = ?1;

-- name: count-to
-- columns: n
WITH RECURSIVE counter (n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM counter WHERE n < ?1)
SELECT n FROM counter;

-- name: count-all
-- columns: n
WITH RECURSIVE counter (n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM counter WHERE n < ?1)
SELECT COUNT(*) FROM counter;

-- name: values-back
-- columns: int_value, real_value, text_value, missing
SELECT CAST(?1 AS BIGINT), score, title, digest FROM item WHERE id = ?2;
