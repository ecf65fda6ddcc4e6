-- Translations of passages, and how far each story is in each language.

-- name: passage-lang
-- columns: lang
SELECT lang FROM passage WHERE id = ?1;

-- name: translation-find
-- columns: entry_id, by_person, markup
SELECT t.entry_id, t.by_person, p.markup FROM translation t JOIN passage p ON p.id = t.target_id
WHERE t.lang = ?1 AND t.passage_id = ?2;

-- name: translation-entry-add
-- columns: id
INSERT INTO translation_entry (lang, passage_id, target_id, origin, maker, person_id, made_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id;

-- name: translation-set
INSERT INTO translation (lang, passage_id, target_id, entry_id, by_person) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (lang, passage_id) DO UPDATE SET target_id = excluded.target_id, entry_id = excluded.entry_id,
	by_person = excluded.by_person;

-- name: translation-entry-get
-- columns: lang, passage_id, target_id
SELECT lang, passage_id, target_id FROM translation_entry WHERE id = ?1;

-- Offers for a passage, newest first.
-- name: translation-entries
-- columns: id, origin, maker, made_at, markup
SELECT e.id, e.origin, e.maker, e.made_at, p.markup FROM translation_entry e JOIN passage p ON p.id = e.target_id
WHERE e.passage_id = ?1 AND e.lang = ?2 ORDER BY e.id DESC LIMIT 50;

-- The passages of a story's newest revision with what they say in language ?2.
-- name: translation-of-story
-- columns: pos, path, passage_id, markup, target, by_person, maker
SELECT b.pos, b.path, p.id, p.markup, q.markup, t.by_person, e.maker
FROM story s JOIN body_passage b ON b.body_id = s.body_id JOIN passage p ON p.id = b.passage_id
LEFT JOIN translation t ON t.lang = ?2 AND t.passage_id = p.id
LEFT JOIN passage q ON q.id = t.target_id LEFT JOIN translation_entry e ON e.id = t.entry_id
WHERE s.id = ?1 ORDER BY b.pos;

-- The stories whose newest revision holds a passage.
-- name: translation-stories-of-passage
-- columns: story_id
SELECT s.id FROM body_passage b JOIN story s ON s.body_id = b.body_id
WHERE b.passage_id = ?1 AND s.id > ?2 GROUP BY s.id ORDER BY s.id LIMIT 200;

-- name: story-translation-get
-- columns: passages, done, by_person, makers, number, listed, updated_at
SELECT passages, done, by_person, makers, number, listed, updated_at FROM story_translation WHERE story_id = ?1 AND lang = ?2;

-- name: story-translation-list
-- columns: lang, passages, done, by_person, makers, number, listed, updated_at
SELECT lang, passages, done, by_person, makers, number, listed, updated_at FROM story_translation WHERE story_id = ?1 ORDER BY lang;

-- name: story-translation-set
INSERT INTO story_translation (story_id, lang, passages, done, by_person, makers, number, listed, updated_at)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (story_id, lang) DO UPDATE SET passages = excluded.passages, done = excluded.done,
	by_person = excluded.by_person, makers = excluded.makers, number = excluded.number, listed = excluded.listed, updated_at = excluded.updated_at;

-- What a story is, as far as its translations need to know; native is a story of its own that readers have in language ?2.
-- name: translation-story
-- columns: lang, kind, status, number, native
SELECT s.lang, s.kind, s.status, r.number, (SELECT count(*) FROM story n WHERE n.original_id = s.id AND n.lang = ?2 AND n.status = 'published')
FROM story s JOIN revision r ON r.id = s.revision_id WHERE s.id = ?1;

-- What public pages read.

-- A body with what its passages say in language ?2, else as they were written.
-- name: body-load-in
-- columns: path, attrs, markup, lang
SELECT b.path, b.attrs, p.markup, p.lang
FROM body_passage b LEFT JOIN translation t ON t.lang = ?2 AND t.passage_id = b.passage_id
JOIN passage p ON p.id = coalesce(t.target_id, b.passage_id)
WHERE b.body_id = ?1 ORDER BY b.pos;

-- How far the story of this address is in language ?5.
-- name: story-translation-at
-- columns: passages, done, by_person, makers, number, listed
SELECT t.passages, t.done, t.by_person, t.makers, t.number, t.listed FROM address a JOIN story_translation t ON t.story_id = a.story_id
WHERE a.lang = ?1 AND a.year = ?2 AND a.month = ?3 AND a.slug = ?4 AND t.lang = ?5;

-- Every address of a story in a language that it was not written in.
-- name: story-translation-walk
-- columns: story_id, lang, year, month, slug
SELECT t.story_id, t.lang, s.year, s.month, s.slug FROM story_translation t JOIN story s ON s.id = t.story_id
WHERE t.listed = 1 AND (t.story_id, t.lang) > (?1, ?2) ORDER BY t.story_id, t.lang LIMIT 1000;
