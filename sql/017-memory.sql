-- The translation memory is indexed anew, by other groups of terms, and with how long each passage is: one that is too short or too long
-- need not be read. The job memory-index fills it again, a thousand passages at a time. All of a row is its key, so that PostgreSQL answers
-- from the index alone.
DROP TABLE memory_gram;
CREATE TABLE memory_gram (
	lang TEXT NOT NULL,              -- that the passage is in
	gram $INT NOT NULL,
	passage_id $INT NOT NULL REFERENCES passage (id),
	terms $INT NOT NULL,             -- that the passage has
	PRIMARY KEY (lang, gram, passage_id, terms)
) $CLUSTERED;
UPDATE memory_cursor SET entry_id = 0;
