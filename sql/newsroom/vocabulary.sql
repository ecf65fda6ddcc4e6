-- Terms and people as the desk changes them: whole, with the addresses that they had.

-- name: term-read
-- columns: vocabulary, slug, code, parent_id, section, colour, colour_dark, description_id
SELECT vocabulary, slug, code, parent_id, section, colour, colour_dark, description_id FROM term WHERE id = ?1;
-- name: term-names
-- columns: lang, name
SELECT lang, name FROM term_name WHERE term_id = ?1 ORDER BY lang;
-- Whoever has the slug: the term itself, else one that had it.
-- name: term-holder
-- columns: id, slug
SELECT id, slug FROM term WHERE id = coalesce((SELECT id FROM term WHERE vocabulary = ?1 AND slug = ?2),
	(SELECT term_id FROM former_term WHERE vocabulary = ?1 AND slug = ?2));
-- name: term-change
UPDATE term SET slug = ?2, code = ?3, parent_id = ?4, colour = ?5, colour_dark = ?6, description_id = ?7 WHERE id = ?1;
-- name: term-name-remove
DELETE FROM term_name WHERE term_id = ?1 AND lang = ?2;
-- name: former-term-put
INSERT INTO former_term (vocabulary, slug, term_id) VALUES (?1, ?2, ?3)
ON CONFLICT (vocabulary, slug) DO UPDATE SET term_id = excluded.term_id;
-- name: former-term-remove
DELETE FROM former_term WHERE vocabulary = ?1 AND slug = ?2;
-- name: former-terms-remove
DELETE FROM former_term WHERE term_id = ?1;

-- Whether anything but its own names hangs on a term.
-- name: term-used
-- columns: used
SELECT CASE WHEN EXISTS (SELECT 1 FROM story_term WHERE term_id = ?1) OR EXISTS (SELECT 1 FROM story WHERE section_id = ?1)
	OR EXISTS (SELECT 1 FROM term WHERE parent_id = ?1) THEN 1 ELSE 0 END;
-- name: term-names-remove
DELETE FROM term_name WHERE term_id = ?1;
-- name: term-remove
DELETE FROM term WHERE id = ?1;

-- Merging ?1 into ?2.
-- name: term-merge-stories
UPDATE story_term SET term_id = ?2 WHERE term_id = ?1
	AND NOT EXISTS (SELECT 1 FROM story_term k WHERE k.story_id = story_term.story_id AND k.term_id = ?2);
-- name: term-merge-doubles
DELETE FROM story_term WHERE term_id = ?1;
-- name: term-merge-sections
UPDATE story SET section_id = CASE WHEN section_id = ?1 THEN ?2 ELSE section_id END,
	related_id = CASE WHEN related_id = ?1 THEN ?2 ELSE related_id END WHERE section_id = ?1 OR related_id = ?1;
-- name: term-merge-children
UPDATE term SET parent_id = ?2 WHERE parent_id = ?1;
-- name: term-parent-put
UPDATE term SET parent_id = ?2 WHERE id = ?1;
-- name: term-merge-former
UPDATE former_term SET term_id = ?2 WHERE term_id = ?1;

-- The list (?1, ?2) becomes a part of the list (?1, ?3).
-- name: listing-merge
INSERT INTO listing (kind, of, lang, published_at, story_id)
SELECT kind, CAST(?3 AS BIGINT), lang, published_at, story_id FROM listing WHERE kind = ?1 AND of = ?2
ON CONFLICT (kind, of, lang, published_at, story_id) DO NOTHING;
-- name: listing-clear
DELETE FROM listing WHERE kind = ?1 AND of = ?2;
-- name: listing-parts-clear
DELETE FROM listing_part WHERE kind = ?1 AND (of = ?2 OR of = ?3);
-- name: listing-parts-count
INSERT INTO listing_part (kind, of, lang, part, stories)
SELECT kind, of, lang, published_at / 2592000, count(*) FROM listing WHERE kind = ?1 AND of = ?2
GROUP BY kind, of, lang, published_at / 2592000;

-- name: person-read
-- columns: slug, name, bio_id, portrait_id, portrait_alt, job, url, email
SELECT slug, name, bio_id, portrait_id, portrait_alt, job, url, email FROM person WHERE id = ?1;
-- name: person-holder
-- columns: id, slug
SELECT id, slug FROM person WHERE id = coalesce((SELECT id FROM person WHERE slug = ?1),
	(SELECT person_id FROM former_person WHERE slug = ?1));
-- name: person-change
UPDATE person SET slug = ?2, name = ?3, bio_id = ?4, portrait_id = ?5, portrait_alt = ?6, job = ?7, url = ?8, email = ?9, job_id = ?10 WHERE id = ?1;
-- name: former-person-put
INSERT INTO former_person (slug, person_id) VALUES (?1, ?2) ON CONFLICT (slug) DO UPDATE SET person_id = excluded.person_id;
-- name: former-person-remove
DELETE FROM former_person WHERE slug = ?1;
-- name: former-people-remove
DELETE FROM former_person WHERE person_id = ?1;
-- name: person-used
-- columns: used
SELECT CASE WHEN EXISTS (SELECT 1 FROM story_person WHERE person_id = ?1)
	OR EXISTS (SELECT 1 FROM translation_entry WHERE person_id = ?1) THEN 1 ELSE 0 END;
-- name: person-remove
DELETE FROM person WHERE id = ?1;
-- name: person-merge-stories
UPDATE story_person SET person_id = ?2 WHERE person_id = ?1
	AND NOT EXISTS (SELECT 1 FROM story_person k WHERE k.story_id = story_person.story_id AND k.person_id = ?2 AND k.role = story_person.role);
-- name: person-merge-doubles
DELETE FROM story_person WHERE person_id = ?1;
-- name: person-merge-authors
UPDATE story SET author_id = (SELECT sp.person_id FROM story_person sp WHERE sp.story_id = story.id AND sp.role = 'author'
		ORDER BY sp.pos LIMIT 1),
	second_author_id = (SELECT sp.person_id FROM story_person sp WHERE sp.story_id = story.id AND sp.role = 'author'
		ORDER BY sp.pos LIMIT 1 OFFSET 1)
WHERE author_id = ?1 OR second_author_id = ?1 OR id IN (SELECT story_id FROM story_person WHERE person_id = ?2);
-- name: person-merge-translations
UPDATE translation_entry SET person_id = ?2 WHERE person_id = ?1;
-- name: person-merge-former
UPDATE former_person SET person_id = ?2 WHERE person_id = ?1;

-- A notice in all its languages. Stories go on saying that they have it, as their revisions do, and show it again when there is one of that
-- slug.
-- name: notice-remove
DELETE FROM notice WHERE slug = ?1;

-- Rules of placement, in which a term stands by its slug.
-- name: notice-rules
-- columns: id, applies
SELECT id, applies FROM notice WHERE substr(applies, 1, 1) = '{' ORDER BY id;
-- name: notice-rule-put
UPDATE notice SET applies = ?2 WHERE id = ?1;
