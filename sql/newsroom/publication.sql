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

-- Languages that have published stories.
-- name: publication-languages
-- columns: lang, stories
SELECT lang, CAST(sum(stories) AS BIGINT) FROM listing_part WHERE kind = 0 AND of = 0 GROUP BY lang
ORDER BY lang;

-- Pages without a date: about, contact.
-- name: publication-pages
-- columns: slug, lang, title
SELECT s.slug, s.lang, p.markup FROM story s JOIN passage p ON p.id = s.title_id
WHERE s.year = 0 AND s.kind = 'page' AND s.status = 'published' ORDER BY s.slug, s.lang;
