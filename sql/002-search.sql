-- The words of published stories, as terms between spaces (lang/tokens.h). FTS5 and tsvector each in their own way; the
-- ranking is the same number in both (docs/rooms/store.md).

-- only: sqlite
CREATE VIRTUAL TABLE story_search USING fts5 (title, summary, body, lang UNINDEXED, tokenize = 'ascii');
-- end

-- only: postgres
CREATE TABLE story_search (
	story_id BIGINT PRIMARY KEY REFERENCES story (id),
	lang TEXT NOT NULL,
	title TSVECTOR NOT NULL,
	summary TSVECTOR NOT NULL,
	body TSVECTOR NOT NULL
);
CREATE INDEX story_search_terms ON story_search USING gin ((title || summary || body));
-- end
