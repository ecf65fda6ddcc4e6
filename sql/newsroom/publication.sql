-- What every page shares: read once and kept until the tag `site` changes.

-- name: publication-settings
-- columns: name, value
SELECT name, value FROM setting ORDER BY name;

-- The home page's sections, and the terms that may have a place in the frame: themes and reports with something in them. One that
-- only unpublished stories know must not be named anywhere.
-- name: publication-terms
-- columns: id, vocabulary, slug, section, colour, colour_dark, stories
SELECT id, vocabulary, slug, section, colour, colour_dark, stories
FROM (SELECT t.id, t.vocabulary, t.slug, t.section, t.colour, t.colour_dark, coalesce((SELECT CAST(sum(c.stories) AS BIGINT)
		FROM listing_part c WHERE c.kind = 1 AND c.of = t.id), 0) AS stories
	FROM term t WHERE t.vocabulary IN ('theme', 'report')) s
WHERE section > 0 OR stories > 0 ORDER BY section, id;

-- name: publication-term-names
-- columns: term_id, lang, name
SELECT n.term_id, n.lang, n.name FROM term_name n JOIN term t ON t.id = n.term_id
WHERE t.vocabulary IN ('theme', 'report') ORDER BY n.term_id, n.lang;

-- name: publication-notices
-- columns: slug, lang, kind, placement, applies, title, body_id
SELECT slug, lang, kind, placement, applies, title, body_id FROM notice ORDER BY slug, lang;

-- Notices in language ?1 as they are in each language that has a translation of some of it and no notice of its own.
-- name: publication-notices-in
-- columns: slug, lang, path, attrs, markup, passage_lang, title
SELECT n.slug, w.lang, b.path, b.attrs, x.markup, x.lang, y.markup
FROM (SELECT u.of AS id, e.lang AS lang FROM paper_passage u JOIN translation_entry e ON e.passage_id = u.passage_id
	JOIN translation t ON t.lang = e.lang AND t.passage_id = e.passage_id WHERE u.kind = 'notice' GROUP BY u.of, e.lang) w
JOIN notice n ON n.id = w.id JOIN body_passage b ON b.body_id = n.body_id
LEFT JOIN translation t ON t.lang = w.lang AND t.passage_id = b.passage_id JOIN passage x ON x.id = coalesce(t.target_id, b.passage_id)
LEFT JOIN translation s ON s.lang = w.lang AND s.passage_id = n.title_id LEFT JOIN passage y ON y.id = s.target_id
WHERE n.lang = ?1 AND NOT EXISTS (SELECT 1 FROM notice m WHERE m.slug = n.slug AND m.lang = w.lang)
ORDER BY n.slug, w.lang, b.pos;

-- Languages that have published stories.
-- name: publication-languages
-- columns: lang, stories
SELECT lang, CAST(sum(stories) AS BIGINT) FROM listing_part WHERE kind = 0 AND of = 0 GROUP BY lang
ORDER BY lang;

-- Pages without a date: about, contact.
-- name: publication-pages
-- columns: slug, lang, title
SELECT s.slug, s.lang, p.markup FROM story s JOIN passage p ON p.id = s.title_id
WHERE s.year = 0 AND s.kind = 'page' AND NOT s.status <> 'published' ORDER BY s.slug, s.lang;
