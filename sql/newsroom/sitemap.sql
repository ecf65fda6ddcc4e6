-- Sitemaps: what there is, by month and by list; then the stories of one month and their languages.

-- Months that have stories, with how many in each language.
-- name: sitemap-months
-- columns: month, lang, stories, changed_at
SELECT p.of, p.lang, CAST(sum(p.stories) AS BIGINT), coalesce(max(m.changed_at), 0)
FROM listing_part p LEFT JOIN archive_month m ON m.month = p.of
WHERE p.kind = 4 GROUP BY p.of, p.lang ORDER BY p.of DESC, p.lang;

-- How many lists of a vocabulary have stories in a language.
-- name: sitemap-vocabularies
-- columns: vocabulary, lang, lists
SELECT t.vocabulary, p.lang, count(DISTINCT p.of) FROM listing_part p JOIN term t ON t.id = p.of
WHERE p.kind = 1 GROUP BY t.vocabulary, p.lang ORDER BY t.vocabulary, p.lang;

-- name: sitemap-authors
-- columns: lang, lists
SELECT lang, count(DISTINCT of) FROM listing_part WHERE kind = 2 GROUP BY lang ORDER BY lang;

-- Lists of a vocabulary that have stories in language ?1, each with all languages in which it has any.
-- name: sitemap-terms
-- columns: id, slug, lang, newest
SELECT t.id, t.slug, p.lang, (SELECT max(l.published_at) FROM listing l WHERE l.kind = 1 AND l.of = t.id AND l.lang = p.lang)
FROM (SELECT DISTINCT a.of FROM listing_part a JOIN term b ON b.id = a.of
	WHERE a.kind = 1 AND a.lang = ?1 AND b.vocabulary = ?2 ORDER BY a.of LIMIT ?3 OFFSET ?4) x
JOIN term t ON t.id = x.of JOIN listing_part p ON p.kind = 1 AND p.of = t.id
GROUP BY t.id, t.slug, p.lang ORDER BY t.id, p.lang;

-- name: sitemap-people
-- columns: id, slug, lang, newest
SELECT t.id, t.slug, p.lang, (SELECT max(l.published_at) FROM listing l WHERE l.kind = 2 AND l.of = t.id AND l.lang = p.lang)
FROM (SELECT DISTINCT a.of, b.slug FROM listing_part a JOIN person b ON b.id = a.of
	WHERE a.kind = 2 AND a.lang = ?1 ORDER BY b.slug LIMIT ?2 OFFSET ?3) x
JOIN person t ON t.id = x.of JOIN listing_part p ON p.kind = 2 AND p.of = t.id
GROUP BY t.id, t.slug, p.lang ORDER BY t.slug, p.lang;

-- Part of a month in one language, oldest first, so that what is full stays as it is. A canonical address is that of the text as it was
-- written: what is translated of it has its home here.
-- name: sitemap-stories
-- columns: id, year, month, slug, published_at, updated_at, corrected_at, canonical
SELECT s.id, s.year, s.month, s.slug, s.published_at, s.updated_at,
	coalesce((SELECT max(c.made_at) FROM correction c WHERE c.story_id = s.id), 0), CASE WHEN s.lang = ?2 THEN s.canonical ELSE '' END
FROM (SELECT story_id, published_at FROM listing WHERE kind = 4 AND of = ?1 AND lang = ?2 AND published_at <= ?3
	ORDER BY published_at, story_id LIMIT ?4 OFFSET ?5) l
JOIN story s ON s.id = l.story_id ORDER BY l.published_at, l.story_id;

-- The versions of each of these (see story-versions), in the same order.
-- name: sitemap-versions
-- columns: at, of, id, lang, year, month, slug, canonical
WITH part AS (SELECT l.published_at AS at, l.story_id AS of, coalesce(s.original_id, s.id) AS origin
	FROM (SELECT story_id, published_at FROM listing WHERE kind = 4 AND of = ?1 AND lang = ?2 AND published_at <= ?3
		ORDER BY published_at, story_id LIMIT ?4 OFFSET ?5) l
	JOIN story s ON s.id = l.story_id)
SELECT p.at, p.of, v.id, v.lang, v.year, v.month, v.slug, v.canonical
FROM part p JOIN story v ON v.id = p.origin WHERE v.status = 'published'
UNION ALL SELECT p.at, p.of, v.id, v.lang, v.year, v.month, v.slug, v.canonical
FROM part p JOIN story v ON v.original_id = p.origin WHERE v.status = 'published'
UNION ALL SELECT p.at, p.of, v.id, t.lang, v.year, v.month, v.slug, ''
FROM part p JOIN story_translation t ON t.story_id = p.origin JOIN story v ON v.id = t.story_id WHERE t.listed = 1
ORDER BY 1, 2, 4, 3;

-- Pages without a date.
-- name: sitemap-dateless
-- columns: id
SELECT id FROM story WHERE year = 0 AND lang = ?1 AND status = 'published' ORDER BY slug, id;

-- Stories published between ?2 and ?3, newest first.
-- name: sitemap-news
-- columns: year, month, slug, published_at, canonical, title
SELECT s.year, s.month, s.slug, s.published_at, CASE WHEN s.lang = ?1 THEN s.canonical ELSE '' END, coalesce((SELECT x.markup FROM translation r
	JOIN passage x ON x.id = r.target_id WHERE r.lang = ?1 AND r.passage_id = s.title_id), t.markup)
FROM (SELECT story_id, published_at FROM listing WHERE kind = 0 AND of = 0 AND lang = ?1 AND published_at > ?2
		AND published_at <= ?3 ORDER BY published_at DESC, story_id DESC LIMIT ?4) l
JOIN story s ON s.id = l.story_id JOIN passage t ON t.id = s.title_id
ORDER BY l.published_at DESC, l.story_id DESC;
