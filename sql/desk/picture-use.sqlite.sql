-- What names a picture. Written for each database: they find a text in another by words of their own.

-- Where it is used: stories by their lead or their text (now or, kind 'past', in an earlier version), people, terms; at most ?3 places.
-- ?2 is its hash in hexadecimal.
-- name: picture-uses
-- columns: kind, id, title, status
SELECT 'lead', s.id, t.markup, s.status FROM story s JOIN passage t ON t.id = s.title_id WHERE s.image_id = ?1
UNION ALL SELECT CASE WHEN max(CASE WHEN s.revision_id = r.id THEN 1 ELSE 0 END) = 1 THEN 'text' ELSE 'past' END, s.id, t.markup, s.status
	FROM body_passage b JOIN revision r ON r.body_id = b.body_id JOIN story s ON s.id = r.story_id JOIN passage t ON t.id = s.title_id
	WHERE b.attrs >= 'dir=' AND b.attrs < 'heighu' AND instr(b.attrs, ?2) > 0
	GROUP BY s.id, t.markup, s.status
UNION ALL SELECT 'person', p.id, p.name, '' FROM person p WHERE p.portrait_id = ?1
UNION ALL SELECT 'term', t.id, t.slug, t.vocabulary FROM term t WHERE t.image_id = ?1
LIMIT ?3;

-- A story of which a revision after ?1 names the hash ?2 as its lead, now or once.
-- name: picture-past
-- columns: id
SELECT r.story_id FROM revision r WHERE r.id > ?1 AND instr(r.meta, ?2) > 0 ORDER BY r.id LIMIT 1;

-- Anybody's copies that are not saved yet and may name the picture with the id ?1: they have these digits.
-- name: picture-copies
-- columns: fields
SELECT fields FROM working_copy WHERE instr(fields, ?1) > 0;
