-- What verify reads to hold what pages are made from against the newest revision of each story. The parts of the stories behind ?1 are
-- asked for together, and read beside the walk: each in the order of the stories.

-- name: shown-walk
-- columns: id, public_id, lang, kind, status, slug, year, month, published_at, updated_at, revision_id, body_id, title_id, summary_id, image_id, section_id, related_id, author_id, second_author_id, authors, featured, licence, canonical, source_name, source_url, source_at, source_permission, image_credit_url, image_licence, image_syndicate, media_contact, reason, original, image_hash, newest_id, newest_number, newest_created_at, newest_meta, newest_body_id, addressed
SELECT s.id, s.public_id, s.lang, s.kind, s.status, s.slug, s.year, s.month, s.published_at, s.updated_at, s.revision_id, s.body_id,
	s.title_id, s.summary_id, s.image_id, s.section_id, s.related_id, s.author_id, s.second_author_id, s.authors, s.featured, s.licence,
	s.canonical, s.source_name, s.source_url, s.source_at, s.source_permission, s.image_credit_url, s.image_licence, s.image_syndicate,
	s.media_contact, s.reason, o.public_id, m.hash, r.id, r.number, r.created_at, r.meta, r.body_id, a.story_id
FROM story s LEFT JOIN story o ON o.id = s.original_id LEFT JOIN media m ON m.id = s.image_id
LEFT JOIN revision r ON r.story_id = s.id AND r.number = (SELECT max(n.number) FROM revision n WHERE n.story_id = s.id)
LEFT JOIN address a ON a.lang = s.lang AND a.year = s.year AND a.month = s.month AND a.slug = s.slug
WHERE s.id > ?1 ORDER BY s.id LIMIT 200;

-- name: shown-people
-- columns: story_id, person_id, slug, name, role
SELECT sp.story_id, sp.person_id, p.slug, p.name, sp.role FROM story_person sp LEFT JOIN person p ON p.id = sp.person_id
WHERE sp.story_id > ?1 AND sp.story_id <= (SELECT max(id) FROM (SELECT id FROM story WHERE id > ?1 ORDER BY id LIMIT 200) part)
ORDER BY sp.story_id, sp.pos;

-- name: shown-terms
-- columns: story_id, term_id, vocabulary, slug
SELECT st.story_id, st.term_id, t.vocabulary, t.slug FROM story_term st LEFT JOIN term t ON t.id = st.term_id
WHERE st.story_id > ?1 AND st.story_id <= (SELECT max(id) FROM (SELECT id FROM story WHERE id > ?1 ORDER BY id LIMIT 200) part)
ORDER BY st.story_id, st.pos;

-- name: shown-notices
-- columns: story_id, notice, placed
SELECT n.story_id, n.notice, n.placed FROM story_notice n
WHERE n.story_id > ?1 AND n.story_id <= (SELECT max(id) FROM (SELECT id FROM story WHERE id > ?1 ORDER BY id LIMIT 200) part)
ORDER BY n.story_id, n.pos;

-- name: shown-corrections
-- columns: story_id, kind, made_at, note_id
SELECT c.story_id, c.kind, c.made_at, c.note_id FROM correction c
WHERE c.story_id > ?1 AND c.story_id <= (SELECT max(id) FROM (SELECT id FROM story WHERE id > ?1 ORDER BY id LIMIT 200) part)
ORDER BY c.story_id, c.pos;

-- name: shown-passages
-- columns: story_id, path, attrs, passage_id
SELECT s.id, b.path, b.attrs, b.passage_id FROM story s JOIN body_passage b ON b.body_id = s.body_id
WHERE s.id > ?1 AND s.id <= (SELECT max(id) FROM (SELECT id FROM story WHERE id > ?1 ORDER BY id LIMIT 200) part)
ORDER BY s.id, b.pos;

-- name: shown-lists
-- columns: story_id, kind, of, lang, published_at
SELECT l.story_id, l.kind, l.of, l.lang, l.published_at FROM listing l
WHERE l.story_id > ?1 AND l.story_id <= (SELECT max(id) FROM (SELECT id FROM story WHERE id > ?1 ORDER BY id LIMIT 200) part)
ORDER BY l.story_id;

-- name: shown-notices-known
-- columns: slug
SELECT DISTINCT slug FROM notice;
