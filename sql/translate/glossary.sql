-- name: glossary-of-pair
-- columns: id, source, target, note
SELECT id, source, target, note FROM glossary_term WHERE source_lang = ?1 AND lang = ?2 AND source > ?3 ORDER BY source LIMIT 1000;

-- name: glossary-put
INSERT INTO glossary_term (source_lang, lang, source, target, note) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (source_lang, lang, source) DO UPDATE SET target = excluded.target, note = excluded.note;
