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
INSERT INTO translation_entry (lang, passage_id, target_id, origin, maker, person_id, made_at, account_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id;

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

-- What a person wrote that waits for a second one.
-- name: translation-offer-find
-- columns: entry_id, markup
SELECT o.entry_id, p.markup FROM translation_offer o JOIN translation_entry e ON e.id = o.entry_id JOIN passage p ON p.id = e.target_id
WHERE o.lang = ?1 AND o.passage_id = ?2;
-- name: translation-offer-set
INSERT INTO translation_offer (lang, passage_id, entry_id) VALUES (?1, ?2, ?3)
ON CONFLICT (lang, passage_id) DO UPDATE SET entry_id = excluded.entry_id;
-- name: translation-offer-remove
DELETE FROM translation_offer WHERE lang = ?1 AND passage_id = ?2;
-- name: translation-approval-add
INSERT INTO translation_approval (entry_id, account_id, approved_at) VALUES (?1, ?2, ?3) ON CONFLICT (entry_id) DO NOTHING;

-- The passages of a story's newest revision with what they say in language ?2, and what was offered for them.
-- name: translation-of-story
-- columns: pos, path, passage_id, markup, target, by_person, maker, entry_id, account_id, offer_id, offered, offerer, offer_account_id, approved, back_since
SELECT b.pos, b.path, p.id, p.markup, q.markup, t.by_person, e.maker, t.entry_id, e.account_id, o.entry_id, oq.markup, oe.maker, oe.account_id,
	a.entry_id, k.since
FROM story s JOIN body_passage b ON b.body_id = s.body_id JOIN passage p ON p.id = b.passage_id
LEFT JOIN translation t ON t.lang = ?2 AND t.passage_id = p.id
LEFT JOIN passage q ON q.id = t.target_id LEFT JOIN translation_entry e ON e.id = t.entry_id
LEFT JOIN translation_offer o ON o.lang = ?2 AND o.passage_id = p.id
LEFT JOIN translation_entry oe ON oe.id = o.entry_id LEFT JOIN passage oq ON oq.id = oe.target_id
LEFT JOIN translation_approval a ON a.entry_id = coalesce(o.entry_id, t.entry_id)
LEFT JOIN translation_back k ON k.story_id = s.id AND k.lang = ?2 AND k.passage_id = p.id
WHERE s.id = ?1 ORDER BY b.pos;

-- What the paper says of itself in language ?1, with what it says in ?2; the columns are those of translation-of-story. A notice that is
-- written in ?2 needs no translation.
-- name: translation-of-paper
-- columns: pos, path, passage_id, markup, target, by_person, maker, entry_id, account_id, offer_id, offered, offerer, offer_account_id, approved, back_since
SELECT x.pos, x.kind || '/' || x.slug || '/' || x.path, p.id, p.markup, q.markup, t.by_person, e.maker, t.entry_id, e.account_id, o.entry_id,
	oq.markup, oe.maker, oe.account_id, a.entry_id, CAST(NULL AS BIGINT)
FROM paper_passage x JOIN passage p ON p.id = x.passage_id
LEFT JOIN translation t ON t.lang = ?2 AND t.passage_id = p.id
LEFT JOIN passage q ON q.id = t.target_id LEFT JOIN translation_entry e ON e.id = t.entry_id
LEFT JOIN translation_offer o ON o.lang = ?2 AND o.passage_id = p.id
LEFT JOIN translation_entry oe ON oe.id = o.entry_id LEFT JOIN passage oq ON oq.id = oe.target_id
LEFT JOIN translation_approval a ON a.entry_id = coalesce(o.entry_id, t.entry_id)
WHERE p.lang = ?1 AND (x.kind <> 'notice' OR NOT EXISTS (SELECT 1 FROM notice m WHERE m.slug = x.slug AND m.lang = ?2))
ORDER BY x.kind, x.slug, x.of, x.pos;

-- The languages that the paper says something of itself in.
-- name: paper-languages
-- columns: lang
SELECT p.lang FROM paper_passage x JOIN passage p ON p.id = x.passage_id GROUP BY p.lang ORDER BY p.lang;

-- Where the paper itself has a passage.
-- name: paper-uses
-- columns: kind, id
SELECT kind, of FROM paper_passage WHERE passage_id = ?1;

-- What stood before passages of a story, newest first, with what that said in language ?2.
-- name: translation-befores
-- columns: passage_id, old_id, replaced_at, source, target, maker, by_person, account_id
SELECT r.passage_id, r.old_id, r.replaced_at, p.markup, q.markup, e.maker, CASE WHEN o.entry_id IS NULL THEN t.by_person ELSE 1 END,
	coalesce(e.account_id, a.account_id)
FROM passage_replaced r LEFT JOIN passage p ON p.id = r.old_id
LEFT JOIN translation t ON t.lang = ?2 AND t.passage_id = r.old_id
LEFT JOIN translation_offer o ON o.lang = ?2 AND o.passage_id = r.old_id
LEFT JOIN translation_entry e ON e.id = coalesce(o.entry_id, t.entry_id) LEFT JOIN passage q ON q.id = e.target_id
LEFT JOIN translation_approval a ON a.entry_id = e.id
WHERE r.story_id = ?1 ORDER BY r.passage_id, r.number DESC;

-- name: passage-replaced-list
-- columns: passage_id, number, old_id, replaced_at
SELECT passage_id, number, old_id, replaced_at FROM passage_replaced WHERE story_id = ?1 ORDER BY passage_id, number DESC;
-- name: passage-replaced-add
INSERT INTO passage_replaced (story_id, passage_id, number, old_id, replaced_at) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (story_id, passage_id, number) DO NOTHING;
-- name: passage-replaced-clear
DELETE FROM passage_replaced WHERE story_id = ?1;
-- name: story-body-id
-- columns: body_id
SELECT body_id FROM story WHERE id = ?1;

-- name: translation-back-clear
DELETE FROM translation_back WHERE story_id = ?1 AND lang = ?2;
-- name: translation-back-add
INSERT INTO translation_back (story_id, lang, passage_id, account_id, since) VALUES (?1, ?2, ?3, ?4, ?5);

-- The stories whose newest revision holds a passage.
-- name: translation-stories-of-passage
-- columns: story_id
SELECT s.id FROM body_passage b JOIN story s ON s.body_id = b.body_id
WHERE b.passage_id = ?1 AND s.id > ?2 GROUP BY s.id ORDER BY s.id LIMIT 200;

-- name: story-translation-get
-- columns: passages, done, by_person, makers, number, listed, updated_at, approved, stale
SELECT passages, done, by_person, makers, number, listed, updated_at, approved, stale FROM story_translation WHERE story_id = ?1 AND lang = ?2;

-- name: story-translation-list
-- columns: lang, passages, done, by_person, makers, number, listed, updated_at, state, hands, approved, stale
SELECT lang, passages, done, by_person, makers, number, listed, updated_at, state, hands, approved, stale FROM story_translation WHERE story_id = ?1 ORDER BY lang;

-- name: story-translation-set
INSERT INTO story_translation (story_id, lang, passages, done, by_person, makers, number, listed, updated_at, state, hands, approved, stale)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (story_id, lang) DO UPDATE SET passages = excluded.passages, done = excluded.done,
	by_person = excluded.by_person, makers = excluded.makers, number = excluded.number, listed = excluded.listed, updated_at = excluded.updated_at,
	state = excluded.state, hands = excluded.hands, approved = excluded.approved, stale = excluded.stale;

-- What a story is, as far as its translations need to know; native is a story of its own that readers have in language ?2.
-- name: translation-story
-- columns: lang, kind, status, published_at, body_id, number, native
SELECT s.lang, s.kind, s.status, s.published_at, s.body_id, r.number, (SELECT count(*) FROM story n WHERE n.original_id = s.id AND n.lang = ?2 AND n.status = 'published')
FROM story s JOIN revision r ON r.id = s.revision_id WHERE s.id = ?1;

-- What public pages read.

-- A body with what its passages say in language ?2, else as they were written.
-- name: body-load-in
-- columns: path, attrs, markup, lang
SELECT b.path, b.attrs, p.markup, p.lang
FROM body_passage b LEFT JOIN translation t ON t.lang = ?2 AND t.passage_id = b.passage_id
JOIN passage p ON p.id = coalesce(t.target_id, b.passage_id)
WHERE b.body_id = ?1 ORDER BY b.pos;

-- How far the story of this address is in language ?5; the columns are the first of story-translation-get.
-- name: story-translation-at
-- columns: passages, done, by_person, makers, number, listed, updated_at, approved
SELECT t.passages, t.done, t.by_person, t.makers, t.number, t.listed, t.updated_at, t.approved FROM address a JOIN story_translation t ON t.story_id = a.story_id
WHERE a.lang = ?1 AND a.year = ?2 AND a.month = ?3 AND a.slug = ?4 AND t.lang = ?5;

-- Every address of a story in a language that it was not written in.
-- name: story-translation-walk
-- columns: story_id, lang, year, month, slug
SELECT t.story_id, t.lang, s.year, s.month, s.slug FROM story_translation t JOIN story s ON s.id = t.story_id
WHERE t.listed = 1 AND (t.story_id, t.lang) > (?1, ?2) ORDER BY t.story_id, t.lang LIMIT 1000;
