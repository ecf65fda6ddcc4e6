-- What the public pages read. `now` hides what is embargoed; only published stories (and scheduled ones whose time has
-- come) are ever found here.

-- The story that this address leads to, now or earlier: compare lang, year, month and slug to know whether to redirect.
-- name: story-at
-- columns: id, public_id, lang, kind, status, slug, year, month, published_at, updated_at, original_id, revision_id, body_id, image_id, words, licence, canonical, source_name, source_url, source_at, source_permission, image_credit_url, image_licence, image_syndicate, media_contact, reason, number
SELECT s.id, s.public_id, s.lang, s.kind, s.status, s.slug, s.year, s.month, s.published_at, s.updated_at, s.original_id,
	s.revision_id, s.body_id, s.image_id, s.words, s.licence, s.canonical, s.source_name, s.source_url, s.source_at,
	s.source_permission, s.image_credit_url, s.image_licence, s.image_syndicate, s.media_contact, s.reason, r.number
FROM address a JOIN story s ON s.id = a.story_id JOIN revision r ON r.id = s.revision_id
WHERE a.lang = ?1 AND a.year = ?2 AND a.month = ?3 AND a.slug = ?4;

-- name: story-by-id
-- columns: id, public_id, lang, kind, status, slug, year, month, published_at, updated_at, original_id, revision_id, body_id, image_id, words, licence, canonical, source_name, source_url, source_at, source_permission, image_credit_url, image_licence, image_syndicate, media_contact, reason, number
SELECT s.id, s.public_id, s.lang, s.kind, s.status, s.slug, s.year, s.month, s.published_at, s.updated_at, s.original_id,
	s.revision_id, s.body_id, s.image_id, s.words, s.licence, s.canonical, s.source_name, s.source_url, s.source_at,
	s.source_permission, s.image_credit_url, s.image_licence, s.image_syndicate, s.media_contact, s.reason, r.number
FROM story s JOIN revision r ON r.id = s.revision_id
WHERE s.id = ?1;

-- name: story-people
-- columns: id, slug, name, role, job, portrait_hash, mime, width, height, portrait_alt, bio_id, url
SELECT p.id, p.slug, p.name, sp.role, p.job, m.hash, m.mime, m.width, m.height, p.portrait_alt, p.bio_id, p.url
FROM story_person sp JOIN person p ON p.id = sp.person_id LEFT JOIN media m ON m.id = p.portrait_id
WHERE sp.story_id = ?1 ORDER BY sp.pos;

-- The name in language ?2, else in ?3 (the newsroom's), else any.
-- name: story-terms
-- columns: id, vocabulary, slug, name, colour
SELECT t.id, t.vocabulary, t.slug, coalesce(
		(SELECT n.name FROM term_name n WHERE n.term_id = t.id AND n.lang = ?2),
		(SELECT n.name FROM term_name n WHERE n.term_id = t.id AND n.lang = ?3),
		(SELECT min(n.name) FROM term_name n WHERE n.term_id = t.id), t.slug), t.colour
FROM story_term st JOIN term t ON t.id = st.term_id
WHERE st.story_id = ?1 ORDER BY st.pos;

-- name: story-notices
-- columns: slug
SELECT notice FROM story_notice WHERE story_id = ?1 ORDER BY pos;

-- name: story-corrections
-- columns: kind, made_at, markup
SELECT c.kind, c.made_at, p.markup FROM correction c JOIN passage p ON p.id = c.note_id
WHERE c.story_id = ?1 ORDER BY c.made_at DESC, c.pos DESC;

-- name: story-citations
-- columns: url, title, publisher, seen_at, health
SELECT url, title, publisher, seen_at, health FROM citation WHERE story_id = ?1 ORDER BY pos;

-- The story's language versions, itself among them: ?1 is the original's id.
-- name: story-versions
-- columns: id, lang, year, month, slug
SELECT id, lang, year, month, slug FROM story
WHERE (id = ?1 OR original_id = ?1) AND status IN ('published', 'scheduled') AND published_at <= ?2 ORDER BY lang;

-- name: media-get
-- columns: hash, mime, width, height
SELECT hash, mime, width, height FROM media WHERE id = ?1;

-- One page of a listing, newest first.
-- name: listing-page
-- columns: id, lang, kind, year, month, slug, published_at, updated_at, title, summary, image_hash, mime, width, height, alt, featured
SELECT s.id, s.lang, s.kind, s.year, s.month, s.slug, s.published_at, s.updated_at, t.markup, u.markup,
	m.hash, m.mime, m.width, m.height, coalesce((SELECT p.markup FROM body_passage b JOIN passage p ON p.id = b.passage_id
		WHERE m.id IS NOT NULL AND b.body_id = s.body_id AND b.path = '@image-alt'), ''), s.featured
FROM (SELECT story_id, published_at FROM listing
	WHERE kind = ?1 AND of = ?2 AND lang = ?3 AND published_at <= ?4
	ORDER BY published_at DESC, story_id DESC LIMIT ?5 OFFSET ?6) l
JOIN story s ON s.id = l.story_id JOIN passage t ON t.id = s.title_id
LEFT JOIN passage u ON u.id = s.summary_id LEFT JOIN media m ON m.id = s.image_id
ORDER BY l.published_at DESC, l.story_id DESC;

-- name: listing-stories
-- columns: stories
SELECT stories FROM listing_count WHERE kind = ?1 AND of = ?2 AND lang = ?3;
