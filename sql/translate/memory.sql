-- The translation memory, found by what a passage nearly says.

-- name: memory-cursor
-- columns: entry_id, newest
SELECT c.entry_id, (SELECT coalesce(max(id), 0) FROM translation_entry) FROM memory_cursor c;

-- name: memory-cursor-set
UPDATE memory_cursor SET entry_id = ?1;

-- Passages that were translated behind entry ?1.
-- name: memory-new
-- columns: entry_id, passage_id, lang, markup
SELECT e.id, p.id, p.lang, p.markup FROM translation_entry e JOIN passage p ON p.id = e.passage_id WHERE e.id > ?1 ORDER BY e.id LIMIT 1000;

-- name: memory-gram-add
INSERT INTO memory_gram (lang, gram, passage_id, terms) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING;

-- The newest that have the gram.
-- name: memory-with-gram
-- columns: passage_id, terms
SELECT passage_id, terms FROM memory_gram WHERE lang = ?1 AND gram = ?2 ORDER BY passage_id DESC LIMIT 400;

-- Those of 16 passages that are translated into ?1, to compare. In no order.
-- name: memory-sources
-- columns: passage_id, markup
SELECT t.passage_id, p.markup FROM translation t JOIN passage p ON p.id = t.passage_id WHERE t.lang = ?1
AND t.passage_id IN (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17);

-- name: memory-entry
-- columns: source, target, maker, by_person
SELECT p.markup, q.markup, e.maker, t.by_person FROM translation t JOIN passage p ON p.id = t.passage_id
JOIN passage q ON q.id = t.target_id JOIN translation_entry e ON e.id = t.entry_id WHERE t.lang = ?1 AND t.passage_id = ?2;
