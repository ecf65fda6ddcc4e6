-- The shape of the paper: what its pages list.

-- Terms of vocabulary ?1 by name in language ?2, else any, with how many stories their lists have in that language.
-- name: paper-terms
-- columns: id, slug, code, section, name, stories, parent
SELECT id, slug, code, section, name, stories, parent FROM (
	SELECT t.id, t.slug, t.code, t.section, coalesce((SELECT n.name FROM term_name n WHERE n.term_id = t.id AND n.lang = ?2),
			(SELECT min(n.name) FROM term_name n WHERE n.term_id = t.id), t.slug) AS name,
		coalesce((SELECT CAST(sum(c.stories) AS BIGINT) FROM listing_part c WHERE c.kind = 1 AND c.of = t.id AND c.lang = ?2), 0) AS stories,
		coalesce((SELECT min(n.name) FROM term_name n WHERE n.term_id = t.parent_id AND n.lang = ?2),
			(SELECT min(n.name) FROM term_name n WHERE n.term_id = t.parent_id), '') AS parent
	FROM term t WHERE t.vocabulary = ?1) found
ORDER BY name, id LIMIT ?3 OFFSET ?4;

-- How many terms each vocabulary has.
-- name: paper-vocabularies
-- columns: vocabulary, count
SELECT vocabulary, count(*) FROM term GROUP BY vocabulary ORDER BY vocabulary;

-- name: paper-people
-- columns: id, slug, name, job, stories, account
SELECT p.id, p.slug, p.name, p.job,
	coalesce((SELECT CAST(sum(c.stories) AS BIGINT) FROM listing_part c WHERE c.kind = 2 AND c.of = p.id AND c.lang = ?3), 0),
	coalesce((SELECT min(a.name) FROM account a WHERE a.person_id = p.id), '')
FROM person p ORDER BY p.name, p.id LIMIT ?1 OFFSET ?2;
-- name: paper-person-account
-- columns: public_id, name
SELECT public_id, name FROM account WHERE person_id = ?1 ORDER BY id LIMIT 1;

-- Pictures to choose from, newest first.
-- name: desk-media
-- columns: id, name
SELECT id, name FROM media ORDER BY id DESC LIMIT ?1;

-- name: paper-story
-- columns: id, title, lang, status
SELECT s.id, p.markup, s.lang, s.status FROM story s JOIN passage p ON p.id = s.title_id WHERE s.public_id = ?1;
-- The newest published stories in language ?1.
-- name: paper-newest
-- columns: public_id, title
SELECT s.public_id, p.markup FROM listing l JOIN story s ON s.id = l.story_id JOIN passage p ON p.id = s.title_id
WHERE l.kind = 0 AND l.of = 0 AND l.lang = ?1 ORDER BY l.published_at DESC, l.story_id DESC LIMIT ?2;

-- The sections of the home page, and their order.
-- name: paper-sections
-- columns: slug
SELECT slug FROM term WHERE vocabulary = 'theme' AND section > 0 ORDER BY section, id;
-- name: paper-section-put
UPDATE term SET section = ?2 WHERE vocabulary = 'theme' AND slug = ?1;

-- Notices in each of their languages, with how they begin.
-- name: paper-notices
-- columns: slug, lang, kind, placement, applies, title, markup
SELECT n.slug, n.lang, n.kind, n.placement, n.applies, n.title, coalesce((SELECT p.markup FROM body_passage b JOIN passage p ON p.id = b.passage_id
	WHERE b.body_id = n.body_id ORDER BY b.pos LIMIT 1), '')
FROM notice n ORDER BY n.slug, n.lang LIMIT ?1;
-- name: paper-notice
-- columns: lang, kind, placement, applies, title, body_id
SELECT lang, kind, placement, applies, title, body_id FROM notice WHERE slug = ?1 ORDER BY lang;
-- Stories that name notice ?1 or have it in their text, last saved first, ?2 at most; and how many there are.
-- name: paper-notice-stories
-- columns: id, title, lang, status
SELECT s.id, p.markup, s.lang, s.status FROM story s JOIN passage p ON p.id = s.title_id
WHERE s.id IN (SELECT story_id FROM story_notice WHERE notice = ?1) ORDER BY s.revision_id DESC LIMIT ?2;
-- name: paper-notice-count
-- columns: count
SELECT count(DISTINCT story_id) FROM story_notice WHERE notice = ?1;
-- name: paper-notice-retitle
UPDATE notice SET title = ?3 WHERE slug = ?1 AND lang = ?2;
-- name: paper-notice-place
UPDATE notice SET kind = ?2, placement = ?3, applies = ?4 WHERE slug = ?1;
