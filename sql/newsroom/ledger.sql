-- Passages, bodies, revisions: written by the ledger alone.

-- name: passage-find
-- columns: id
SELECT id FROM passage WHERE hash = ?1;

-- name: passage-add
-- columns: id
INSERT INTO passage (hash, text_hash, lang, markup) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (hash) DO NOTHING RETURNING id;

-- name: body-add
-- columns: id
INSERT INTO body DEFAULT VALUES RETURNING id;

-- name: body-passage-add
INSERT INTO body_passage (body_id, pos, path, attrs, passage_id) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: body-load
-- columns: path, attrs, markup, lang, passage_id, hash
SELECT b.path, b.attrs, p.markup, p.lang, p.id, p.hash
FROM body_passage b JOIN passage p ON p.id = b.passage_id
WHERE b.body_id = ?1 ORDER BY b.pos;

-- name: revision-newest
-- columns: id, number, content_hash, hash, body_id, created_at
SELECT id, number, content_hash, hash, body_id, created_at FROM revision WHERE story_id = ?1 ORDER BY number DESC LIMIT 1;

-- name: revision-chain-head
-- columns: hash, id
SELECT hash, id FROM revision ORDER BY id DESC LIMIT 1;

-- name: revision-add
-- columns: id
INSERT INTO revision (story_id, number, created_at, meta, body_id, content_hash, hash, key_id, signature)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id;

-- Those too whose story or key is gone.
-- name: revision-walk
-- columns: id, story_id, public_id, number, created_at, meta, body_id, hash, signature, public_key, content_hash
SELECT r.id, r.story_id, s.public_id, r.number, r.created_at, r.meta, r.body_id, r.hash, r.signature, k.public_key, r.content_hash
FROM revision r LEFT JOIN story s ON s.id = r.story_id LEFT JOIN signing_key k ON k.id = r.key_id
WHERE r.id > ?1 ORDER BY r.id LIMIT 500;

-- name: revision-get
-- columns: id, story_id, public_id, number, created_at, meta, body_id, hash, signature, public_key, content_hash
SELECT r.id, r.story_id, s.public_id, r.number, r.created_at, r.meta, r.body_id, r.hash, r.signature, k.public_key, r.content_hash
FROM revision r JOIN story s ON s.id = r.story_id JOIN signing_key k ON k.id = r.key_id
WHERE r.id = ?1;

-- name: revision-before-in-chain
-- columns: hash
SELECT hash FROM revision WHERE id < ?1 ORDER BY id DESC LIMIT 1;

-- name: revision-before-in-story
-- columns: hash
SELECT hash FROM revision WHERE story_id = ?1 AND number = ?2 - 1;

-- name: revision-counts
-- columns: revisions, stories, passages
SELECT (SELECT count(*) FROM revision), (SELECT count(*) FROM story), (SELECT count(*) FROM passage);

-- name: passage-walk
-- columns: id, hash, text_hash, lang, markup
SELECT id, hash, text_hash, lang, markup FROM passage WHERE id > ?1 ORDER BY id LIMIT 2000;

-- name: signing-key-find
-- columns: id
SELECT id FROM signing_key WHERE public_key = ?1;

-- name: signing-key-add
-- columns: id
INSERT INTO signing_key (public_key, created_at) VALUES (?1, ?2) RETURNING id;

-- The key of the newest revision, and how many are signed by others.
-- name: revision-signer
-- columns: public_key, others
SELECT k.public_key, (SELECT count(*) FROM revision o WHERE o.key_id <> r.key_id)
FROM revision r LEFT JOIN signing_key k ON k.id = r.key_id ORDER BY r.id DESC LIMIT 1;
