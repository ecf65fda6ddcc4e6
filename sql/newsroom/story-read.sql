-- What the public pages read. Status 'published' alone decides what is public: a scheduled story gets it when its time comes
-- (bs_story_release), so that no query here looks at the clock and a cached page never depends on it.

-- The story that this address leads to, now or earlier: compare lang, year, month and slug to know whether to redirect.
-- What most stories have none of is not asked for one by one: the row tells. Versions: whether it may be read in another language.
-- name: story-at
-- columns: id, public_id, lang, kind, status, slug, year, month, published_at, updated_at, original_id, revision_id, body_id, words, licence, canonical, source_name, source_url, source_at, source_permission, image_credit_url, image_licence, image_syndicate, media_contact, reason, section_id, authors, number, image_hash, image_mime, image_width, image_height, image_bytes, manifest_hash, related_id, author_id, second_author_id, has_notices, has_corrections, has_versions
SELECT s.id, s.public_id, s.lang, s.kind, s.status, s.slug, s.year, s.month, s.published_at, s.updated_at, s.original_id,
	s.revision_id, s.body_id, s.words, s.licence, s.canonical, s.source_name, s.source_url, s.source_at,
	s.source_permission, s.image_credit_url, s.image_licence, s.image_syndicate, s.media_contact, s.reason, s.section_id,
	s.authors, r.number, m.hash, m.mime, m.width, m.height, m.bytes, r.hash, s.related_id, s.author_id, s.second_author_id,
	CASE WHEN EXISTS (SELECT 1 FROM story_notice n WHERE n.story_id = s.id AND n.placed = 0) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM correction c WHERE c.story_id = s.id) THEN 1 ELSE 0 END,
	CASE WHEN s.original_id IS NOT NULL OR EXISTS (SELECT 1 FROM story o WHERE o.original_id = s.id)
		OR EXISTS (SELECT 1 FROM story_translation t WHERE t.story_id = s.id) THEN 1 ELSE 0 END
FROM address a JOIN story s ON s.id = a.story_id JOIN revision r ON r.id = s.revision_id
LEFT JOIN media m ON m.id = s.image_id
WHERE a.lang = ?1 AND a.year = ?2 AND a.month = ?3 AND a.slug = ?4;

-- name: story-by-id
-- columns: id, public_id, lang, kind, status, slug, year, month, published_at, updated_at, original_id, revision_id, body_id, words, licence, canonical, source_name, source_url, source_at, source_permission, image_credit_url, image_licence, image_syndicate, media_contact, reason, section_id, authors, number, image_hash, image_mime, image_width, image_height, image_bytes, manifest_hash, related_id, author_id, second_author_id, has_notices, has_corrections, has_versions
SELECT s.id, s.public_id, s.lang, s.kind, s.status, s.slug, s.year, s.month, s.published_at, s.updated_at, s.original_id,
	s.revision_id, s.body_id, s.words, s.licence, s.canonical, s.source_name, s.source_url, s.source_at,
	s.source_permission, s.image_credit_url, s.image_licence, s.image_syndicate, s.media_contact, s.reason, s.section_id,
	s.authors, r.number, m.hash, m.mime, m.width, m.height, m.bytes, r.hash, s.related_id, s.author_id, s.second_author_id,
	CASE WHEN EXISTS (SELECT 1 FROM story_notice n WHERE n.story_id = s.id AND n.placed = 0) THEN 1 ELSE 0 END,
	CASE WHEN EXISTS (SELECT 1 FROM correction c WHERE c.story_id = s.id) THEN 1 ELSE 0 END,
	CASE WHEN s.original_id IS NOT NULL OR EXISTS (SELECT 1 FROM story o WHERE o.original_id = s.id)
		OR EXISTS (SELECT 1 FROM story_translation t WHERE t.story_id = s.id) THEN 1 ELSE 0 END
FROM story s JOIN revision r ON r.id = s.revision_id LEFT JOIN media m ON m.id = s.image_id
WHERE s.id = ?1;

-- Jobs in language ?2, where they are translated.
-- name: story-people
-- columns: id, slug, name, role, job, job_in, job_lang, url, email, portrait_hash, portrait_mime, portrait_width, portrait_height, portrait_alt
SELECT p.id, p.slug, p.name, sp.role, p.job, j.markup, j.lang, p.url, p.email, m.hash, m.mime, m.width, m.height, p.portrait_alt
FROM story_person sp JOIN person p ON p.id = sp.person_id LEFT JOIN media m ON m.id = p.portrait_id
LEFT JOIN translation t ON t.lang = ?2 AND t.passage_id = p.job_id LEFT JOIN passage j ON j.id = coalesce(t.target_id, p.job_id)
WHERE sp.story_id = ?1 ORDER BY sp.pos;

-- The biographies of its authors, in language ?2 as far as they are translated.
-- name: story-bios
-- columns: pos, path, attrs, markup, lang
SELECT sp.pos, b.path, b.attrs, x.markup, x.lang
FROM story_person sp JOIN person p ON p.id = sp.person_id JOIN body_passage b ON b.body_id = p.bio_id
LEFT JOIN translation t ON t.lang = ?2 AND t.passage_id = b.passage_id JOIN passage x ON x.id = coalesce(t.target_id, b.passage_id)
WHERE sp.story_id = ?1 AND sp.role = 'author' ORDER BY sp.pos, b.pos;

-- The name in language ?2, else in ?3 (the newsroom's), else any.
-- name: story-terms
-- columns: id, vocabulary, slug, name, code
SELECT t.id, t.vocabulary, t.slug, coalesce(
		(SELECT n.name FROM term_name n WHERE n.term_id = t.id AND n.lang = ?2),
		(SELECT n.name FROM term_name n WHERE n.term_id = t.id AND n.lang = ?3),
		(SELECT min(n.name) FROM term_name n WHERE n.term_id = t.id), t.slug), t.code
FROM story_term st JOIN term t ON t.id = st.term_id
WHERE st.story_id = ?1 ORDER BY st.pos;

-- name: story-notices
-- columns: slug
SELECT notice FROM story_notice WHERE story_id = ?1 AND placed = 0 ORDER BY pos;

-- name: story-corrections
-- columns: kind, made_at, markup
SELECT c.kind, c.made_at, p.markup FROM correction c JOIN passage p ON p.id = c.note_id
WHERE c.story_id = ?1 ORDER BY c.made_at DESC, c.pos DESC;

-- The languages in which a story can be read, in no order: the stories that tell it, itself among them, and those into which
-- its passages are translated: a translation has its home here, wherever the text has its own. ?1 is the original's id.
-- name: story-versions
-- columns: id, public_id, lang, written, year, month, slug, published_at, canonical
SELECT id, public_id, lang, lang, year, month, slug, published_at, canonical FROM story WHERE id = ?1 AND status = 'published'
UNION ALL SELECT id, public_id, lang, lang, year, month, slug, published_at, canonical FROM story
WHERE original_id = ?1 AND status = 'published'
UNION ALL SELECT s.id, s.public_id, t.lang, s.lang, s.year, s.month, s.slug, s.published_at, ''
FROM story_translation t JOIN story s ON s.id = t.story_id WHERE t.story_id = ?1 AND t.listed = 1;

-- name: media-get
-- columns: hash, mime, width, height
SELECT hash, mime, width, height FROM media WHERE id = ?1;

-- Cards. Every query of cards has these columns: a story as it was written, the language that it is shown in and, where that is
-- another, what is translated into it.

-- Part of a listing, newest first, from the story ?5 of time ?4 on.
-- name: card-listing
-- columns: id, lang, shown, kind, year, month, slug, published_at, updated_at, source_name, section_id, authors, featured, title, summary, image_hash, image_mime, image_width, image_height, focus_x, focus_y, image_alt, title_in, summary_in, image_alt_in
SELECT s.id, s.lang, l.lang, s.kind, s.year, s.month, s.slug, s.published_at, s.updated_at, s.source_name, s.section_id, s.authors,
	s.featured, t.markup, u.markup, m.hash, m.mime, m.width, m.height, m.focus_x, m.focus_y,
	CASE WHEN m.id IS NULL THEN '' ELSE coalesce((SELECT p.markup FROM body_passage b JOIN passage p ON p.id = b.passage_id
		WHERE b.body_id = s.body_id AND b.path = '@image-alt' AND b.pos < 7), '') END,
	CASE WHEN s.lang <> l.lang THEN (SELECT p.markup FROM translation w JOIN passage p ON p.id = w.target_id
		WHERE w.lang = l.lang AND w.passage_id = s.title_id) END,
	CASE WHEN s.lang <> l.lang THEN (SELECT p.markup FROM translation w JOIN passage p ON p.id = w.target_id
		WHERE w.lang = l.lang AND w.passage_id = s.summary_id) END,
	CASE WHEN s.lang <> l.lang AND m.id IS NOT NULL THEN (SELECT p.markup FROM body_passage b
		JOIN translation w ON w.lang = l.lang AND w.passage_id = b.passage_id JOIN passage p ON p.id = w.target_id
		WHERE b.body_id = s.body_id AND b.path = '@image-alt' AND b.pos < 7) END
FROM listing l JOIN story s ON s.id = l.story_id JOIN passage t ON t.id = s.title_id
LEFT JOIN passage u ON u.id = s.summary_id LEFT JOIN media m ON m.id = s.image_id
WHERE l.kind = ?1 AND l.of = ?2 AND l.lang = ?3 AND (l.published_at, l.story_id) <= (?4, ?5)
ORDER BY l.published_at DESC, l.story_id DESC LIMIT ?6;

-- Which stories the same part of a listing has.
-- name: card-listing-stories
-- columns: story_id
SELECT story_id FROM listing WHERE kind = ?1 AND of = ?2 AND lang = ?3 AND (published_at, story_id) <= (?4, ?5)
ORDER BY published_at DESC, story_id DESC LIMIT ?6;

-- Where in a listing the story stands that is ?5 behind the newest of time ?4 or before (the end of a part).
-- name: listing-at
-- columns: published_at, story_id
SELECT published_at, story_id FROM listing WHERE kind = ?1 AND of = ?2 AND lang = ?3 AND published_at <= ?4
ORDER BY published_at DESC, story_id DESC LIMIT 1 OFFSET ?5;

-- One story, if it is public, in language ?2 where it is listed in that.
-- name: card-one
-- columns: id, lang, shown, kind, year, month, slug, published_at, updated_at, source_name, section_id, authors, featured, title, summary, image_hash, image_mime, image_width, image_height, focus_x, focus_y, image_alt, title_in, summary_in, image_alt_in
SELECT s.id, s.lang, l.lang, s.kind, s.year, s.month, s.slug, s.published_at, s.updated_at, s.source_name, s.section_id, s.authors,
	s.featured, t.markup, u.markup, m.hash, m.mime, m.width, m.height, m.focus_x, m.focus_y,
	CASE WHEN m.id IS NULL THEN '' ELSE coalesce((SELECT p.markup FROM body_passage b JOIN passage p ON p.id = b.passage_id
		WHERE b.body_id = s.body_id AND b.path = '@image-alt' AND b.pos < 7), '') END,
	CASE WHEN s.lang <> l.lang THEN (SELECT p.markup FROM translation w JOIN passage p ON p.id = w.target_id
		WHERE w.lang = l.lang AND w.passage_id = s.title_id) END,
	CASE WHEN s.lang <> l.lang THEN (SELECT p.markup FROM translation w JOIN passage p ON p.id = w.target_id
		WHERE w.lang = l.lang AND w.passage_id = s.summary_id) END,
	CASE WHEN s.lang <> l.lang AND m.id IS NOT NULL THEN (SELECT p.markup FROM body_passage b
		JOIN translation w ON w.lang = l.lang AND w.passage_id = b.passage_id JOIN passage p ON p.id = w.target_id
		WHERE b.body_id = s.body_id AND b.path = '@image-alt' AND b.pos < 7) END
FROM (SELECT o.id AS story_id, coalesce((SELECT x.lang FROM story_translation x WHERE x.story_id = o.id AND x.lang = ?2 AND x.listed = 1),
		o.lang) AS lang FROM story o WHERE o.id = ?1 AND o.status = 'published') l
JOIN story s ON s.id = l.story_id JOIN passage t ON t.id = s.title_id
LEFT JOIN passage u ON u.id = s.summary_id LEFT JOIN media m ON m.id = s.image_id;

-- What the story of public id ?1 is in the list of all of language ?2: itself, or the story that tells it in that language.
-- name: card-pinned
-- columns: id, lang, shown, kind, year, month, slug, published_at, updated_at, source_name, section_id, authors, featured, title, summary, image_hash, image_mime, image_width, image_height, focus_x, focus_y, image_alt, title_in, summary_in, image_alt_in
SELECT s.id, s.lang, l.lang, s.kind, s.year, s.month, s.slug, s.published_at, s.updated_at, s.source_name, s.section_id, s.authors,
	s.featured, t.markup, u.markup, m.hash, m.mime, m.width, m.height, m.focus_x, m.focus_y,
	CASE WHEN m.id IS NULL THEN '' ELSE coalesce((SELECT p.markup FROM body_passage b JOIN passage p ON p.id = b.passage_id
		WHERE b.body_id = s.body_id AND b.path = '@image-alt' AND b.pos < 7), '') END,
	CASE WHEN s.lang <> l.lang THEN (SELECT p.markup FROM translation w JOIN passage p ON p.id = w.target_id
		WHERE w.lang = l.lang AND w.passage_id = s.title_id) END,
	CASE WHEN s.lang <> l.lang THEN (SELECT p.markup FROM translation w JOIN passage p ON p.id = w.target_id
		WHERE w.lang = l.lang AND w.passage_id = s.summary_id) END,
	CASE WHEN s.lang <> l.lang AND m.id IS NOT NULL THEN (SELECT p.markup FROM body_passage b
		JOIN translation w ON w.lang = l.lang AND w.passage_id = b.passage_id JOIN passage p ON p.id = w.target_id
		WHERE b.body_id = s.body_id AND b.path = '@image-alt' AND b.pos < 7) END
FROM (SELECT x.id AS story_id, CAST(?2 AS TEXT) AS lang FROM (SELECT id FROM story WHERE public_id = ?1
	UNION SELECT v.id FROM story o JOIN story v ON v.original_id = o.id WHERE o.public_id = ?1) x) l
JOIN story s ON s.id = l.story_id JOIN passage t ON t.id = s.title_id
LEFT JOIN passage u ON u.id = s.summary_id LEFT JOIN media m ON m.id = s.image_id
WHERE EXISTS (SELECT 1 FROM listing a WHERE a.kind = 0 AND a.of = 0 AND a.lang = ?2 AND a.published_at = s.published_at AND a.story_id = s.id)
ORDER BY CASE WHEN s.lang = ?2 THEN 0 ELSE 1 END, s.id LIMIT 1;

-- name: listing-stories
-- columns: stories
SELECT CAST(sum(stories) AS BIGINT) FROM listing_part WHERE kind = ?1 AND of = ?2 AND lang = ?3;

-- Thirty days each, newest first: see listing.h.
-- name: listing-parts
-- columns: part, stories
SELECT part, stories FROM listing_part WHERE kind = ?1 AND of = ?2 AND lang = ?3 ORDER BY part DESC;
