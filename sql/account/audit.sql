-- The audit log: rows are added and read, nothing else.

-- name: audit-head
-- columns: number, hash, mac
SELECT a.number, a.hash, h.hash FROM audit_head h JOIN audit a ON a.number = h.number WHERE h.id = 1;

-- What the head says there is, whether it is there or not.
-- name: audit-end
-- columns: number, hash
SELECT number, hash FROM audit_head WHERE id = 1;

-- name: audit-add
INSERT INTO audit (number, at, account_id, who, action, story_id, revision_id, subject, detail, hash)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10);

-- name: audit-head-set
INSERT INTO audit_head (id, number, hash) VALUES (1, ?1, ?2)
ON CONFLICT (id) DO UPDATE SET number = excluded.number, hash = excluded.hash;

-- Those behind ?1, in order, ?2 at most.
-- name: audit-walk
-- columns: number, at, account_id, who, action, story_id, revision_id, subject, detail, hash
SELECT number, at, account_id, who, action, story_id, revision_id, subject, detail, hash
FROM audit WHERE number > ?1 ORDER BY number LIMIT ?2;

-- The newest before ?1.
-- name: audit-list
-- columns: number, at, account_id, who, action, story_id, revision_id, subject, detail, title, revision
SELECT a.number, a.at, a.account_id, a.who, a.action, a.story_id, a.revision_id, a.subject, a.detail, p.markup, r.number
FROM audit a LEFT JOIN story s ON s.id = a.story_id LEFT JOIN passage p ON p.id = s.title_id
LEFT JOIN revision r ON r.id = a.revision_id
WHERE a.number < ?1 ORDER BY a.number DESC LIMIT ?2;

-- name: audit-list-story
-- columns: number, at, account_id, who, action, story_id, revision_id, subject, detail, title, revision
SELECT a.number, a.at, a.account_id, a.who, a.action, a.story_id, a.revision_id, a.subject, a.detail, p.markup, r.number
FROM audit a LEFT JOIN story s ON s.id = a.story_id LEFT JOIN passage p ON p.id = s.title_id
LEFT JOIN revision r ON r.id = a.revision_id
WHERE a.story_id = ?3 AND a.number < ?1 ORDER BY a.number DESC LIMIT ?2;

-- name: audit-list-account
-- columns: number, at, account_id, who, action, story_id, revision_id, subject, detail, title, revision
SELECT a.number, a.at, a.account_id, a.who, a.action, a.story_id, a.revision_id, a.subject, a.detail, p.markup, r.number
FROM audit a LEFT JOIN story s ON s.id = a.story_id LEFT JOIN passage p ON p.id = s.title_id
LEFT JOIN revision r ON r.id = a.revision_id
WHERE a.account_id = ?3 AND a.number < ?1 ORDER BY a.number DESC LIMIT ?2;
