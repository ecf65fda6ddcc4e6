-- The index of the stories' words, in the terms of room lang: one row a story, kept in step with the database's own index.
-- See docs/rooms/newsroom-search.md for why it is made so.

CREATE TABLE search_text (
	key $INT PRIMARY KEY,            -- in the order of publication: see newsroom/search.c
	story_id $INT NOT NULL UNIQUE REFERENCES story (id),
	lang TEXT NOT NULL,
	title TEXT NOT NULL,             -- terms with single spaces between
	summary TEXT NOT NULL,
	body TEXT NOT NULL
);

-- Stories of search_text that the index has not got yet: within a transaction alone, for it is given them together.
CREATE TABLE search_pending (
	story_id $INT NOT NULL PRIMARY KEY REFERENCES story (id)
);

-- Filled from search_text, and made again from it when need be.
-- only: sqlite
CREATE VIRTUAL TABLE search USING fts5 (title, summary, body, lang, content='search_text', content_rowid='key', tokenize='ascii', columnsize=0);
-- end

-- only: postgres
CREATE TABLE search (
	key BIGINT PRIMARY KEY REFERENCES search_text (key),
	head tsvector NOT NULL,          -- of title and summary alone: short enough to stay in the row, where ranking reads it
	words tsvector NOT NULL
);
CREATE INDEX search_words_index ON search USING gin (words);

-- A story's terms with their places: weight A in the title, B in the summary, C in the body, so far apart that no phrase
-- reaches from one into the next; and its language, as a term that no text can have.
CREATE FUNCTION search_words(title TEXT, summary TEXT, body TEXT, lang TEXT) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS '
	SELECT CAST(concat(''''''='', lang, '''''''', string_agg(concat('' '''''', term, '''''':'', place, weight), '''')) AS tsvector) FROM (
		SELECT a.term, a.n AS place, ''A'' AS weight FROM unnest(string_to_array(title, '' '')) WITH ORDINALITY a (term, n)
		UNION ALL SELECT b.term, b.n + 1001, ''B'' FROM unnest(string_to_array(summary, '' '')) WITH ORDINALITY b (term, n)
		UNION ALL SELECT c.term, c.n + 2002, ''C'' FROM unnest(string_to_array(body, '' '')) WITH ORDINALITY c (term, n)) terms';

-- FTS5's query language, as far as room lang writes it, taken apart: "a b" AND "c" * NOT "d".
CREATE FUNCTION search_parts(match TEXT) RETURNS TABLE (excluded BOOLEAN, terms TEXT, star TEXT)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS '
	SELECT starts_with(part, ''NOT ''), substring(part FROM ''"([^"]*)"''), CASE WHEN right(part, 1) = ''*'' THEN ''*'' ELSE '''' END
	FROM regexp_split_to_table(match, '' (?=AND "|NOT ")'') part';
-- One part as a tsquery, for places of one weight or, without, of all.
CREATE FUNCTION search_phrase(terms TEXT, star TEXT, weight TEXT) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS '
	SELECT CAST(concat('''''''', replace(terms, '' '', concat('''''':'', weight, '' <-> '''''')), '''''':'', star, weight) AS tsquery)';
CREATE FUNCTION search_query(match TEXT, lang TEXT) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS '
	SELECT CAST(concat(''''''='', lang, '''''''', string_agg(concat(
		CASE WHEN p.excluded THEN '' & !('' ELSE '' & ('' END, search_phrase(p.terms, p.star, ''''), '')''), '''')) AS tsquery)
	FROM search_parts(match) p';
-- end
