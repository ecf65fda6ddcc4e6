-- The library of pictures.

-- The newest ?2 below the id ?1 that have a word between each of the pairs ?3/?4, ?5/?6, ?7/?8 (empty: not asked for).
-- name: picture-list
-- columns: id, hash, mime, bytes, width, height, name, focus_x, focus_y, alt, caption, credit, credit_url, licence, may_syndicate, confirmed, added_at
SELECT m.id, m.hash, m.mime, m.bytes, m.width, m.height, m.name, m.focus_x, m.focus_y, coalesce(p.alt, ''), coalesce(p.caption, ''),
	coalesce(p.credit, ''), coalesce(p.credit_url, ''), coalesce(p.licence, ''), coalesce(p.may_syndicate, 0), coalesce(p.confirmed, 0),
	coalesce(p.added_at, 0)
FROM media m LEFT JOIN picture p ON p.media_id = m.id
WHERE m.id < ?1
	AND (CAST(?3 AS TEXT) = '' OR EXISTS (SELECT 1 FROM picture_word w WHERE w.media_id = m.id AND w.word >= ?3 AND w.word <= ?4))
	AND (CAST(?5 AS TEXT) = '' OR EXISTS (SELECT 1 FROM picture_word w WHERE w.media_id = m.id AND w.word >= ?5 AND w.word <= ?6))
	AND (CAST(?7 AS TEXT) = '' OR EXISTS (SELECT 1 FROM picture_word w WHERE w.media_id = m.id AND w.word >= ?7 AND w.word <= ?8))
ORDER BY m.id DESC LIMIT ?2;

-- name: picture-get
-- columns: id, hash, mime, bytes, width, height, name, focus_x, focus_y, alt, caption, credit, credit_url, licence, may_syndicate, confirmed, added_at
SELECT m.id, m.hash, m.mime, m.bytes, m.width, m.height, m.name, m.focus_x, m.focus_y, coalesce(p.alt, ''), coalesce(p.caption, ''),
	coalesce(p.credit, ''), coalesce(p.credit_url, ''), coalesce(p.licence, ''), coalesce(p.may_syndicate, 0), coalesce(p.confirmed, 0),
	coalesce(p.added_at, 0)
FROM media m LEFT JOIN picture p ON p.media_id = m.id WHERE m.id = ?1;

-- Described for the first time, by account ?8 at ?7; 0 rows when it is described already.
-- name: picture-add
INSERT INTO picture (media_id, alt, caption, credit, credit_url, licence, may_syndicate, confirmed, added_at, account_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, 0, ?7, ?8) ON CONFLICT (media_id) DO NOTHING;

-- name: picture-save
INSERT INTO picture (media_id, alt, caption, credit, credit_url, licence, may_syndicate, confirmed, added_at, account_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8, ?9)
ON CONFLICT (media_id) DO UPDATE SET alt = excluded.alt, caption = excluded.caption, credit = excluded.credit,
	credit_url = excluded.credit_url, licence = excluded.licence, may_syndicate = excluded.may_syndicate, confirmed = 1;
-- name: picture-focus
UPDATE media SET focus_x = ?2, focus_y = ?3 WHERE id = ?1;

-- name: picture-words-clear
DELETE FROM picture_word WHERE media_id = ?1;
-- name: picture-word-add
INSERT INTO picture_word (word, media_id) VALUES (?1, ?2) ON CONFLICT (word, media_id) DO NOTHING;

-- name: picture-remove
DELETE FROM picture WHERE media_id = ?1;
-- name: picture-media-remove
DELETE FROM media WHERE id = ?1;

-- name: picture-newest-revision
-- columns: id
SELECT coalesce(max(id), 0) FROM revision;
