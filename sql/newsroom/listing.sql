-- Listings: terms, people, archive, corrections, search.

-- The names are in language ?3, else in ?4 (the publication's), else any. A term that nobody but unpublished stories knows is
-- not there: its name alone could tell what they are about.
-- name: term-page
-- columns: id, name, parent_id, description_id, image_hash, image_mime, image_width, image_height, image_alt, image_credit
SELECT t.id, coalesce((SELECT n.name FROM term_name n WHERE n.term_id = t.id AND n.lang = ?3),
		(SELECT n.name FROM term_name n WHERE n.term_id = t.id AND n.lang = ?4),
		(SELECT min(n.name) FROM term_name n WHERE n.term_id = t.id), t.slug),
	t.parent_id, t.description_id, m.hash, m.mime, m.width, m.height, t.image_alt, t.image_credit
FROM term t LEFT JOIN media m ON m.id = t.image_id
WHERE t.vocabulary = ?1 AND t.slug = ?2 AND (t.section > 0 OR t.description_id IS NOT NULL
	OR EXISTS (SELECT 1 FROM listing_part c WHERE c.kind = 1 AND c.of = t.id AND c.stories > 0)
	OR EXISTS (SELECT 1 FROM term k WHERE k.parent_id = t.id));

-- name: term-children
-- columns: slug, name
SELECT t.slug, coalesce((SELECT n.name FROM term_name n WHERE n.term_id = t.id AND n.lang = ?2),
		(SELECT n.name FROM term_name n WHERE n.term_id = t.id AND n.lang = ?3),
		(SELECT min(n.name) FROM term_name n WHERE n.term_id = t.id), t.slug) AS name
FROM term t WHERE t.parent_id = ?1 ORDER BY name, t.slug;

-- name: term-parent
-- columns: parent_id, slug, name
SELECT t.parent_id, t.slug, coalesce((SELECT n.name FROM term_name n WHERE n.term_id = t.id AND n.lang = ?2),
		(SELECT n.name FROM term_name n WHERE n.term_id = t.id AND n.lang = ?3),
		(SELECT min(n.name) FROM term_name n WHERE n.term_id = t.id), t.slug)
FROM term t WHERE t.id = ?1;

-- As with terms, nobody is there whom only unpublished stories name.
-- name: person-page
-- columns: id, slug, name, role, job, job_in, job_lang, url, email, portrait_hash, portrait_mime, portrait_width, portrait_height, portrait_alt, bio_id
SELECT p.id, p.slug, p.name, 'author', p.job, j.markup, j.lang, p.url, p.email, m.hash, m.mime, m.width, m.height, p.portrait_alt, p.bio_id
FROM person p LEFT JOIN media m ON m.id = p.portrait_id
LEFT JOIN translation t ON t.lang = ?2 AND t.passage_id = p.job_id LEFT JOIN passage j ON j.id = coalesce(t.target_id, p.job_id)
WHERE p.slug = ?1 AND (p.job <> '' OR p.bio_id IS NOT NULL
	OR EXISTS (SELECT 1 FROM listing_part c WHERE c.kind = 2 AND c.of = p.id AND c.stories > 0));

-- Who has written something, for the about page.
-- name: people-list
-- columns: id, slug, name, role, job, job_in, job_lang, url, email, portrait_hash, portrait_mime, portrait_width, portrait_height, portrait_alt
SELECT p.id, p.slug, p.name, 'author', p.job, j.markup, j.lang, p.url, p.email, m.hash, m.mime, m.width, m.height, p.portrait_alt
FROM person p LEFT JOIN media m ON m.id = p.portrait_id
LEFT JOIN translation t ON t.lang = ?1 AND t.passage_id = p.job_id LEFT JOIN passage j ON j.id = coalesce(t.target_id, p.job_id)
WHERE p.job <> '' AND EXISTS (SELECT 1 FROM listing_part c WHERE c.kind = 2 AND c.of = p.id AND c.stories > 0)
ORDER BY p.name, p.slug LIMIT 60;

-- The languages in which a list has stories.
-- name: listing-languages
-- columns: lang, stories
SELECT lang, CAST(sum(stories) AS BIGINT) FROM listing_part WHERE kind = ?1 AND of = ?2
GROUP BY lang ORDER BY lang;

-- Every list of a vocabulary that has something in it.
-- name: listing-walk
-- columns: slug, lang, stories
SELECT t.slug, c.lang, CAST(sum(c.stories) AS BIGINT) FROM listing_part c JOIN term t ON t.id = c.of
WHERE c.kind = 1 AND t.vocabulary = ?1 GROUP BY t.id, t.slug, c.lang ORDER BY t.slug, c.lang;

-- name: listing-walk-people
-- columns: slug, lang, stories
SELECT p.slug, c.lang, CAST(sum(c.stories) AS BIGINT) FROM listing_part c JOIN person p ON p.id = c.of
WHERE c.kind = 2 GROUP BY p.id, p.slug, c.lang ORDER BY p.slug, c.lang;

-- The same by slugs that lead to them since they were renamed or merged.
-- name: listing-walk-former
-- columns: slug, lang, stories
SELECT f.slug, c.lang, CAST(sum(c.stories) AS BIGINT) FROM former_term f JOIN listing_part c ON c.kind = 1 AND c.of = f.term_id
WHERE f.vocabulary = ?1 GROUP BY f.slug, c.lang ORDER BY f.slug, c.lang;
-- name: listing-walk-former-people
-- columns: slug, lang, stories
SELECT f.slug, c.lang, CAST(sum(c.stories) AS BIGINT) FROM former_person f JOIN listing_part c ON c.kind = 2 AND c.of = f.person_id
GROUP BY f.slug, c.lang ORDER BY f.slug, c.lang;

-- Months are those of addresses, in the publication's time zone: 202511.
-- name: archive-months
-- columns: month, stories
SELECT of, CAST(sum(stories) AS BIGINT) FROM listing_part
WHERE kind = 4 AND lang = ?1 GROUP BY of ORDER BY of / 100 DESC, of;
-- The month before ?2, and the one behind it.
-- name: archive-month-before
-- columns: month
SELECT of FROM listing_part WHERE kind = 4 AND of < ?2 AND lang = ?1 ORDER BY of DESC LIMIT 1;
-- name: archive-month-after
-- columns: month
SELECT of FROM listing_part WHERE kind = 4 AND of > ?2 AND lang = ?1 ORDER BY of LIMIT 1;

-- name: story-walk
-- columns: id, lang, year, month, slug
SELECT s.id, s.lang, s.year, s.month, s.slug FROM story s
WHERE s.id > ?1 AND NOT s.status <> 'published' ORDER BY s.id LIMIT 1000;

-- Earlier addresses of stories, in the languages that each is told in.
-- name: story-walk-former
-- columns: lang, year, month, slug
SELECT a.lang, a.year, a.month, a.slug FROM address a JOIN story s ON s.id = a.story_id
WHERE s.status = 'published' AND (a.lang <> s.lang OR a.year <> s.year OR a.month <> s.month OR a.slug <> s.slug)
UNION SELECT t.lang, a.year, a.month, a.slug FROM address a JOIN story s ON s.id = a.story_id
JOIN story_translation t ON t.story_id = s.id AND t.listed = 1
WHERE s.status = 'published' AND a.lang = s.lang AND (a.year <> s.year OR a.month <> s.month OR a.slug <> s.slug)
ORDER BY 2, 3, 4, 1;

-- name: correction-page
-- columns: story_id, kind, made_at, markup, lang
SELECT c.story_id, c.kind, c.made_at, p.markup, p.lang
FROM correction c JOIN story s ON s.id = c.story_id JOIN passage p ON p.id = c.note_id
WHERE NOT s.status <> 'published' ORDER BY c.made_at DESC, c.story_id DESC, c.pos DESC LIMIT ?1 OFFSET ?2;

-- name: correction-count
-- columns: corrections
SELECT count(*) FROM correction c JOIN story s ON s.id = c.story_id WHERE NOT s.status <> 'published';
