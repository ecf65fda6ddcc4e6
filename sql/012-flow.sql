-- What the desk keeps around a story on its way to readers: remarks of colleagues on its passages, and the rules of the house style.

-- What colleagues say to each other about a story or one of its passages. The passage is the text itself, not its place: it is there still
-- when the story has another text by now.
CREATE TABLE remark (
	id $ID,
	story_id $INT NOT NULL REFERENCES story (id),
	thread_id $INT REFERENCES remark (id), -- the remark that began the conversation; NULL: this one
	passage_id $INT REFERENCES passage (id), -- NULL: about the story; of an answer as of its thread
	account_id $INT NOT NULL REFERENCES account (id),
	made_at $INT NOT NULL,
	words TEXT NOT NULL,             -- plain
	resolved_at $INT NOT NULL,       -- of the remark that began it; 0: open
	resolved_by $INT REFERENCES account (id)
);
CREATE INDEX remark_story ON remark (story_id, id);

-- The house style: words that are not to be used so, why, and what to write instead.
CREATE TABLE house_rule (
	id $ID,
	lang TEXT NOT NULL,              -- of the stories that it is for; '' all
	pattern TEXT NOT NULL,           -- words, as desk/flow/style.h reads them
	reason TEXT NOT NULL,
	suggestion TEXT NOT NULL,        -- '' where it depends
	changed_at $INT NOT NULL,
	UNIQUE (lang, pattern)
);
