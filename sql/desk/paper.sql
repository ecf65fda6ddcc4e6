-- The shape of the paper: what its pages list.

-- Terms of vocabulary ?1 by name in language ?2, else any.
-- name: paper-terms
-- columns: id, slug, code, section, name, stories, parent
SELECT id, slug, code, section, name, stories, parent FROM (
	SELECT t.id, t.slug, t.code, t.section, coalesce((SELECT n.name FROM term_name n WHERE n.term_id = t.id AND n.lang = ?2),
			(SELECT min(n.name) FROM term_name n WHERE n.term_id = t.id), t.slug) AS name,
		coalesce((SELECT CAST(sum(c.stories) AS BIGINT) FROM listing_part c WHERE c.kind = 1 AND c.of = t.id), 0) AS stories,
		coalesce((SELECT min(n.name) FROM term_name n WHERE n.term_id = t.parent_id AND n.lang = ?2),
			(SELECT min(n.name) FROM term_name n WHERE n.term_id = t.parent_id), '') AS parent
	FROM term t WHERE t.vocabulary = ?1) found
ORDER BY name, id LIMIT ?3 OFFSET ?4;

-- How many terms each vocabulary has.
-- name: paper-vocabularies
-- columns: vocabulary, count
SELECT vocabulary, count(*) FROM term GROUP BY vocabulary ORDER BY vocabulary;

-- name: paper-people
-- columns: id, slug, name, job, stories, account
SELECT p.id, p.slug, p.name, p.job,
	coalesce((SELECT CAST(sum(c.stories) AS BIGINT) FROM listing_part c WHERE c.kind = 2 AND c.of = p.id), 0),
	coalesce((SELECT min(a.name) FROM account a WHERE a.person_id = p.id), '')
FROM person p ORDER BY p.name, p.id LIMIT ?1 OFFSET ?2;
-- name: paper-person-account
-- columns: public_id, name
SELECT public_id, name FROM account WHERE person_id = ?1 ORDER BY id LIMIT 1;

-- Pictures to choose from, newest first.
-- name: desk-media
-- columns: id, name
SELECT id, name FROM media ORDER BY id DESC LIMIT ?1;
