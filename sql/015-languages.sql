-- Languages, for what had but its own: the search, and what the paper says of itself.
--
-- Stories are found in each language that lists them. The terms move into a table with a row for each of a story's languages; the
-- order of its keys is that of newsroom/search.c: seconds since 1970, then the story, then 0 for the language that it was written in.

CREATE TABLE search_terms (
	key $INT PRIMARY KEY,
	story_id $INT NOT NULL REFERENCES story (id),
	lang TEXT NOT NULL,
	title TEXT NOT NULL,             -- terms with single spaces between
	summary TEXT NOT NULL,
	body TEXT NOT NULL,
	UNIQUE (story_id, lang)
);
INSERT INTO search_terms (key, story_id, lang, title, summary, body)
SELECT ((CASE WHEN key / 268435456 > 17179869183 THEN 17179869183 ELSE key / 268435456 END) - 8589934592) * 1073741824 + (story_id % 4194304) * 256,
	story_id, lang, title, summary, body
FROM search_text;

-- only: sqlite
DROP TABLE search;
-- end
-- only: postgres
DROP TABLE search;
-- end
DROP TABLE search_pending;
DROP TABLE search_text;

-- Rows of search_terms that the index has not got yet: within a transaction alone, for it is given them together.
CREATE TABLE search_pending (
	key $INT NOT NULL PRIMARY KEY REFERENCES search_terms (key)
);

-- only: sqlite
CREATE VIRTUAL TABLE search USING fts5 (title, summary, body, lang, content='search_terms', content_rowid='key', tokenize='ascii', columnsize=0);
INSERT INTO search (search) VALUES ('rebuild');
-- end

-- only: postgres
CREATE TABLE search (
	key BIGINT PRIMARY KEY REFERENCES search_terms (key),
	head tsvector NOT NULL,          -- of title and summary alone: short enough to stay in the row, where ranking reads it
	words tsvector NOT NULL
);
INSERT INTO search (key, head, words)
SELECT key, ts_filter(words, '{a,b}'), words FROM (
	SELECT key, search_words(title, summary, body, lang) AS words FROM search_terms OFFSET 0) made;
CREATE INDEX search_words_index ON search USING gin (words);
-- end

-- Stories that were listed in a language before that language was searched: the job search-languages indexes them.
CREATE TABLE search_due (
	story_id $INT NOT NULL REFERENCES story (id),
	lang TEXT NOT NULL,
	PRIMARY KEY (story_id, lang)
) $CLUSTERED;
INSERT INTO search_due (story_id, lang) SELECT story_id, lang FROM story_translation WHERE listed = 1;

-- What the paper says of itself is passages, too: the line below a person's name and the title of a notice, beside the texts that are
-- already. NULL: it was written before, and is one as soon as it is saved again.
ALTER TABLE person ADD COLUMN job_id $INT REFERENCES passage (id);
ALTER TABLE notice ADD COLUMN title_id $INT REFERENCES passage (id);
CREATE INDEX person_bio ON person (bio_id);
CREATE INDEX person_job ON person (job_id);
CREATE INDEX term_description ON term (description_id);
CREATE INDEX notice_body ON notice (body_id);
CREATE INDEX notice_title ON notice (title_id);

-- Where those passages stand; `of` is the notice, person or term.
-- only: sqlite
CREATE VIEW paper_passage (kind, of, slug, pos, path, passage_id) AS
SELECT 'notice', n.id, n.slug, -1, '@title', n.title_id FROM notice n WHERE n.title_id IS NOT NULL
UNION ALL SELECT 'notice', n.id, n.slug, b.pos, b.path, b.passage_id FROM notice n JOIN body_passage b ON b.body_id = n.body_id
UNION ALL SELECT 'person', p.id, p.slug, -1, '@job', p.job_id FROM person p WHERE p.job_id IS NOT NULL
UNION ALL SELECT 'person', p.id, p.slug, b.pos, b.path, b.passage_id FROM person p JOIN body_passage b ON b.body_id = p.bio_id
UNION ALL SELECT t.vocabulary, t.id, t.slug, b.pos, b.path, b.passage_id FROM term t JOIN body_passage b ON b.body_id = t.description_id;
-- end
-- only: postgres
CREATE VIEW paper_passage (kind, of, slug, pos, path, passage_id) AS
SELECT 'notice', n.id, n.slug, -1, '@title', n.title_id FROM notice n WHERE n.title_id IS NOT NULL
UNION ALL SELECT 'notice', n.id, n.slug, b.pos, b.path, b.passage_id FROM notice n JOIN body_passage b ON b.body_id = n.body_id
UNION ALL SELECT 'person', p.id, p.slug, -1, '@job', p.job_id FROM person p WHERE p.job_id IS NOT NULL
UNION ALL SELECT 'person', p.id, p.slug, b.pos, b.path, b.passage_id FROM person p JOIN body_passage b ON b.body_id = p.bio_id
UNION ALL SELECT t.vocabulary, t.id, t.slug, b.pos, b.path, b.passage_id FROM term t JOIN body_passage b ON b.body_id = t.description_id;
-- end
