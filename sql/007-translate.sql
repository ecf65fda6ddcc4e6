-- Machine translation, the memory and the glossary. See docs/rooms/translate.md.

-- What each engine was given on a day, so that all processes together keep to what may be spent.
CREATE TABLE translate_day (
	day $INT NOT NULL,               -- since 1970-01-01, UTC
	engine TEXT NOT NULL,            -- as broadsheet.conf names it
	characters $INT NOT NULL,
	cost $INT NOT NULL,              -- millionths of the currency
	PRIMARY KEY (day, engine)
) $CLUSTERED;

-- Passages that engines could not translate: a person is to do it. Gone once somebody did.
CREATE TABLE translate_refusal (
	lang TEXT NOT NULL,
	passage_id $INT NOT NULL REFERENCES passage (id),
	engine TEXT NOT NULL,            -- the last one that was tried
	reason TEXT NOT NULL,
	made_at $INT NOT NULL,
	PRIMARY KEY (lang, passage_id)
) $CLUSTERED;

-- For each language that stories are translated into when they are published: up to which revision all were looked at.
CREATE TABLE translate_cursor (
	lang TEXT NOT NULL PRIMARY KEY,
	revision_id $INT NOT NULL
);

-- How a term is said: in a pair of languages one way alone. `target` '' keeps it as it is.
CREATE TABLE glossary_term (
	id $ID,
	source_lang TEXT NOT NULL,
	lang TEXT NOT NULL,
	source TEXT NOT NULL,            -- plain text
	target TEXT NOT NULL,
	note TEXT NOT NULL,              -- for translators
	UNIQUE (source_lang, lang, source)
);

-- Where passages that were ever translated can be found by what they nearly say: a few of each one's grams, the least
-- of their hashes. docs/decisions/012-fuzzy-memory.md.
CREATE TABLE memory_gram (
	lang TEXT NOT NULL,              -- that the passage is in
	gram $INT NOT NULL,
	passage_id $INT NOT NULL REFERENCES passage (id),
	PRIMARY KEY (lang, gram, passage_id)
) $CLUSTERED;
CREATE TABLE memory_cursor (
	entry_id $INT NOT NULL PRIMARY KEY -- of translation_entry: those up to it are found
);
INSERT INTO memory_cursor (entry_id) VALUES (0);
