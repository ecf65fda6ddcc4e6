-- What bs_story_save reads and writes besides the ledger: the projections of a story's newest revision.

-- name: story-by-public-id
-- columns: id, lang, status, slug, year, month, published_at, kind
SELECT id, lang, status, slug, year, month, published_at, kind FROM story WHERE public_id = ?1;

-- name: story-public-id
-- columns: public_id
SELECT public_id FROM story WHERE id = ?1;

-- name: story-add
-- columns: id
INSERT INTO story (public_id, lang, kind, status, slug, year, month, published_at, updated_at, original_id, revision_id,
	body_id, title_id, summary_id, image_id, featured, words, licence, canonical, source_name, source_url, source_at,
	source_permission, image_credit_url, image_licence, image_syndicate, media_contact, reason, section_id, authors,
	related_id, author_id, second_author_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
	?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33) RETURNING id;

-- name: story-update
UPDATE story SET lang = ?2, kind = ?3, status = ?4, slug = ?5, year = ?6, month = ?7, published_at = ?8,
	updated_at = ?9, original_id = ?10, revision_id = ?11, body_id = ?12, title_id = ?13, summary_id = ?14,
	image_id = ?15, featured = ?16, words = ?17, licence = ?18, canonical = ?19, source_name = ?20, source_url = ?21,
	source_at = ?22, source_permission = ?23, image_credit_url = ?24, image_licence = ?25, image_syndicate = ?26,
	media_contact = ?27, reason = ?28, section_id = ?29, authors = ?30,
	related_id = ?31, author_id = ?32, second_author_id = ?33
WHERE public_id = ?1;

-- name: story-set-revision
UPDATE story SET revision_id = ?2 WHERE id = ?1;

-- Stories whose cards name this person.
-- name: story-of-author
-- columns: story_id
SELECT story_id FROM story_person WHERE person_id = ?1 AND role = 'author' ORDER BY story_id;

-- name: story-author-names
-- columns: name
SELECT p.name FROM story_person sp JOIN person p ON p.id = sp.person_id
WHERE sp.story_id = ?1 AND sp.role = 'author' ORDER BY sp.pos;

-- name: story-set-authors
UPDATE story SET authors = ?2 WHERE id = ?1;

-- name: address-find
-- columns: story_id
SELECT story_id FROM address WHERE lang = ?1 AND year = ?2 AND month = ?3 AND slug = ?4;

-- name: address-add
INSERT INTO address (lang, year, month, slug, story_id) VALUES (?1, ?2, ?3, ?4, ?5);

-- name: story-person-clear
DELETE FROM story_person WHERE story_id = ?1;
-- name: story-person-add
INSERT INTO story_person (story_id, pos, person_id, role) VALUES (?1, ?2, ?3, ?4);

-- name: story-term-clear
DELETE FROM story_term WHERE story_id = ?1;
-- name: story-term-add
INSERT INTO story_term (story_id, pos, term_id) VALUES (?1, ?2, ?3);

-- name: story-notice-clear
DELETE FROM story_notice WHERE story_id = ?1;
-- name: story-notice-add
INSERT INTO story_notice (story_id, pos, notice, placed) VALUES (?1, ?2, ?3, ?4);

-- name: citation-clear
DELETE FROM citation WHERE story_id = ?1;
-- name: citation-add
INSERT INTO citation (story_id, pos, block, url, title, publisher, seen_at, health, archived_url)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9);

-- name: correction-list
-- columns: id, pos, kind, made_at, markup
SELECT c.id, c.pos, c.kind, c.made_at, p.markup FROM correction c JOIN passage p ON p.id = c.note_id
WHERE c.story_id = ?1 ORDER BY c.pos;
-- name: correction-add
-- columns: id
INSERT INTO correction (story_id, pos, revision_id, kind, made_at, note_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id;
-- name: correction-passage-add
INSERT INTO correction_passage (correction_id, pos, old_id, new_id) VALUES (?1, ?2, ?3, ?4);

-- name: listing-of-story
-- columns: kind, of, lang, published_at
SELECT kind, of, lang, published_at FROM listing WHERE story_id = ?1;
-- name: listing-add
INSERT INTO listing (kind, of, lang, published_at, story_id) VALUES (?1, ?2, ?3, ?4, ?5);
-- name: listing-remove
DELETE FROM listing WHERE kind = ?1 AND of = ?2 AND lang = ?3 AND published_at = ?4 AND story_id = ?5;
-- name: listing-part-change
UPDATE listing_part SET stories = stories + ?5 WHERE kind = ?1 AND of = ?2 AND lang = ?3 AND part = ?4;
-- name: listing-part-new
INSERT INTO listing_part (kind, of, lang, part, stories) VALUES (?1, ?2, ?3, ?4, 1);
-- name: listing-part-empty
DELETE FROM listing_part WHERE kind = ?1 AND of = ?2 AND lang = ?3 AND part = ?4 AND stories = 0;
-- How many parts a list has: 0, 1, or 2 for any number above, so that a long one is not read through.
-- name: listing-parts-some
-- columns: parts
SELECT COUNT(*) FROM (SELECT part FROM listing_part WHERE kind = ?1 AND of = ?2 AND lang = ?3 LIMIT 2) parts;

-- The stories of month ?1 have changed.
-- name: archive-month-set
INSERT INTO archive_month (month, changed_at) VALUES (?1, ?2) ON CONFLICT (month) DO UPDATE SET changed_at = excluded.changed_at;

-- The stories of the month of story ?1 have changed. BS_NOT_FOUND when it has no date.
-- name: archive-month-change
-- columns: month
INSERT INTO archive_month (month, changed_at) SELECT year * 100 + month, CAST(?2 AS BIGINT) FROM story WHERE id = ?1 AND year > 0
ON CONFLICT (month) DO UPDATE SET changed_at = excluded.changed_at RETURNING month;

-- The scheduled stories that are next.
-- name: story-scheduled
-- columns: id, published_at
SELECT id, published_at FROM story WHERE status = 'scheduled' ORDER BY published_at, id LIMIT ?1;

-- What is shown of a scheduled story whose time has come.
-- name: story-due
-- columns: lang, kind, month, published_at, original_id, body_id
SELECT lang, kind, year * 100 + month, published_at, original_id, body_id FROM story WHERE id = ?1 AND status = 'scheduled' AND published_at <= ?2;

-- name: story-term-ids
-- columns: term_id
SELECT term_id FROM story_term WHERE story_id = ?1 ORDER BY pos;

-- name: story-person-ids
-- columns: person_id
SELECT person_id FROM story_person WHERE story_id = ?1 ORDER BY pos;

-- name: story-release
UPDATE story SET status = 'published' WHERE id = ?1;
