-- People, terms, notices, media, settings.

-- Who has this slug, or had it once.
-- name: person-by-slug
-- columns: id, name, bio_id, portrait_id, portrait_alt, job, url, email, slug, job_id
SELECT id, name, bio_id, portrait_id, portrait_alt, job, url, email, slug, job_id FROM person
WHERE id = coalesce((SELECT id FROM person WHERE slug = ?1), (SELECT person_id FROM former_person WHERE slug = ?1));
-- name: person-by-name
-- columns: id, slug
SELECT id, slug FROM person WHERE name = ?1 ORDER BY id LIMIT 1;
-- name: person-add
-- columns: id
INSERT INTO person (slug, name, bio_id, portrait_id, portrait_alt, job, url, email, job_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id;
-- name: person-update
UPDATE person SET name = ?2, bio_id = ?3, portrait_id = ?4, portrait_alt = ?5, job = ?6, url = ?7, email = ?8, job_id = ?9
WHERE slug = ?1;

-- name: term-by-slug
-- columns: id, code, parent_id, section, colour, colour_dark, description_id, image_id, image_alt, image_credit, slug
SELECT id, code, parent_id, section, colour, colour_dark, description_id, image_id, image_alt, image_credit, slug
FROM term WHERE id = coalesce((SELECT id FROM term WHERE vocabulary = ?1 AND slug = ?2),
	(SELECT term_id FROM former_term WHERE vocabulary = ?1 AND slug = ?2));
-- name: term-by-name
-- columns: id, slug
SELECT t.id, t.slug FROM term t JOIN term_name n ON n.term_id = t.id
WHERE t.vocabulary = ?1 AND n.name = ?2 ORDER BY t.id LIMIT 1;
-- name: term-add
-- columns: id
INSERT INTO term (vocabulary, slug, code, parent_id, section, colour, colour_dark, description_id, image_id, image_alt,
	image_credit)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING id;
-- name: term-update
UPDATE term SET code = ?3, parent_id = ?4, section = ?5, colour = ?6, colour_dark = ?7, description_id = ?8, image_id = ?9,
	image_alt = ?10, image_credit = ?11
WHERE vocabulary = ?1 AND slug = ?2;
-- name: term-sections-clear
UPDATE term SET section = 0 WHERE vocabulary = 'theme' AND section <> 0;
-- name: term-name-get
-- columns: name
SELECT name FROM term_name WHERE term_id = ?1 AND lang = ?2;
-- name: term-name-put
INSERT INTO term_name (term_id, lang, name) VALUES (?1, ?2, ?3)
ON CONFLICT (term_id, lang) DO UPDATE SET name = excluded.name;

-- What who has this slug today is called, in all languages.
-- name: naming-person
-- columns: name
SELECT name FROM person WHERE slug = ?1;
-- name: naming-term
-- columns: name
SELECT n.name FROM term t JOIN term_name n ON n.term_id = t.id WHERE t.vocabulary = ?1 AND t.slug = ?2;

-- name: notice-known
-- columns: id
SELECT id FROM notice WHERE slug = ?1 LIMIT 1;
-- name: notice-by-slug
-- columns: id, kind, placement, applies, title, body_id, title_id
SELECT id, kind, placement, applies, title, body_id, title_id FROM notice WHERE slug = ?1 AND lang = ?2;
-- name: notice-add
-- columns: id
INSERT INTO notice (slug, lang, kind, placement, applies, title, body_id, title_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id;
-- name: notice-update
UPDATE notice SET kind = ?3, placement = ?4, applies = ?5, title = ?6, body_id = ?7, title_id = ?8 WHERE slug = ?1 AND lang = ?2;

-- name: setting-get
-- columns: value
SELECT value FROM setting WHERE name = ?1;
-- name: setting-put
INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: media-by-hash
-- columns: id
SELECT id FROM media WHERE hash = ?1;
-- name: media-add
-- columns: id
INSERT INTO media (hash, mime, bytes, width, height, name) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id;

-- name: media-files
-- columns: id, hash, mime, name
SELECT id, hash, mime, name FROM media WHERE id > ?1 ORDER BY id LIMIT 500;
-- name: media-walk
-- columns: hash, mime, width
SELECT hash, mime, width FROM media ORDER BY id;
