-- Tables that the tests of the store work on.
CREATE TABLE author (
	id $ID,
	name TEXT NOT NULL UNIQUE,
	mentor_id $INT REFERENCES author (id)
);
CREATE TABLE item (
	id $ID,
	author_id $INT NOT NULL REFERENCES author (id),
	title TEXT NOT NULL,
	body TEXT NOT NULL,
	digest $BLOB,
	score $REAL,
	made_at $INT NOT NULL
);
CREATE INDEX item_author ON item (author_id, made_at);
CREATE TABLE item_word (
	word TEXT NOT NULL,
	item_id $INT NOT NULL REFERENCES item (id),
	PRIMARY KEY (word, item_id)
) $CLUSTERED;
