-- What an export of stories walks through; everything in an order that the same content always has.

-- name: export-count
-- columns: stories
SELECT count(*) FROM story;

-- name: export-stories
-- columns: id, lang, kind, slug, year, month
SELECT id, lang, kind, slug, year, month FROM story WHERE id > ?1 ORDER BY id LIMIT 500;

-- name: export-media
-- columns: hash, mime, name
SELECT hash, mime, name FROM media WHERE id = ?1;

-- name: export-people
-- columns: slug, name, bio_id, portrait_id, portrait_alt, job, url, email
SELECT slug, name, bio_id, portrait_id, portrait_alt, job, url, email FROM person WHERE slug > ?1 ORDER BY slug LIMIT 500;

-- Terms stand for readers in the order of their ids.
-- name: export-terms
-- columns: id, slug, parent, code, section, colour, colour_dark, description_id, image_id, image_alt, image_credit
SELECT t.id, t.slug, p.slug, t.code, t.section, t.colour, t.colour_dark, t.description_id, t.image_id, t.image_alt,
	t.image_credit
FROM term t LEFT JOIN term p ON p.id = t.parent_id WHERE t.vocabulary = ?1 AND t.id > ?2 ORDER BY t.id LIMIT 500;

-- name: export-term-names
-- columns: lang, name
SELECT lang, name FROM term_name WHERE term_id = ?1 ORDER BY lang;

-- name: export-sections
-- columns: slug, colour, colour_dark
SELECT slug, colour, colour_dark FROM term WHERE vocabulary = 'theme' AND section <> 0 ORDER BY section, slug;
