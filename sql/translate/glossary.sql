-- name: glossary-of-pair
-- columns: id, source, target, note
SELECT id, source, target, note FROM glossary_term WHERE source_lang = ?1 AND lang = ?2 ORDER BY source LIMIT 4000;
