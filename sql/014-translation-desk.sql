-- The desk of the translators: who wrote and who approved, what waits, who works on what, what came back. See docs/rooms/translate.md.

-- Whose hand an entry is from, when somebody wrote it at the desk; NULL: an engine, or a file.
ALTER TABLE translation_entry ADD COLUMN account_id $INT REFERENCES account (id);

-- A second person has found it good.
CREATE TABLE translation_approval (
	entry_id $INT NOT NULL PRIMARY KEY REFERENCES translation_entry (id),
	account_id $INT REFERENCES account (id), -- NULL: the command line
	approved_at $INT NOT NULL
);

-- What a person wrote and readers do not have yet, because a second person must approve it first. Gone once one did.
CREATE TABLE translation_offer (
	lang TEXT NOT NULL,
	passage_id $INT NOT NULL REFERENCES passage (id),
	entry_id $INT NOT NULL REFERENCES translation_entry (id),
	PRIMARY KEY (lang, passage_id)
) $CLUSTERED;

-- Passages of a story's newest revision that took the place of others while it was told in other languages already. A passage that was
-- edited twice has several before it.
CREATE TABLE passage_replaced (
	story_id $INT NOT NULL REFERENCES story (id),
	passage_id $INT NOT NULL REFERENCES passage (id),
	number $INT NOT NULL,            -- the revision that brought it, or for an older `old_id` the one that replaced that
	old_id $INT REFERENCES passage (id), -- what stood there before; NULL: nothing, it was put in
	replaced_at $INT NOT NULL,
	PRIMARY KEY (story_id, passage_id, number)
) $CLUSTERED;

-- Passages that must be done again because the original changed, and whose they are: the projection of the above on `translation`.
CREATE TABLE translation_back (
	story_id $INT NOT NULL REFERENCES story (id),
	lang TEXT NOT NULL,
	passage_id $INT NOT NULL REFERENCES passage (id),
	account_id $INT REFERENCES account (id), -- who translated what stood there; NULL: nobody who has an account
	since $INT NOT NULL,
	PRIMARY KEY (story_id, lang, passage_id)
) $CLUSTERED;
CREATE INDEX translation_back_of ON translation_back (account_id, since);
CREATE INDEX translation_back_since ON translation_back (since);

-- Who says that they are at work on a story in a language, so that nobody else begins. It keeps nobody out.
CREATE TABLE translation_claim (
	story_id $INT NOT NULL REFERENCES story (id),
	lang TEXT NOT NULL,
	account_id $INT NOT NULL REFERENCES account (id),
	claimed_at $INT NOT NULL,
	expires_at $INT NOT NULL,
	PRIMARY KEY (story_id, lang)
) $CLUSTERED;
CREATE INDEX translation_claim_of ON translation_claim (account_id, story_id);

-- How far the people are, for the desk's grid.
ALTER TABLE story_translation ADD COLUMN state TEXT NOT NULL DEFAULT '';  -- '' nothing, machine, partly, human, approved, stale
ALTER TABLE story_translation ADD COLUMN hands $INT NOT NULL DEFAULT 0;    -- passages that a person wrote, waiting ones too
ALTER TABLE story_translation ADD COLUMN approved $INT NOT NULL DEFAULT 0; -- of these approved
ALTER TABLE story_translation ADD COLUMN stale $INT NOT NULL DEFAULT 0;    -- in translation_back
UPDATE story_translation SET hands = by_person, state = CASE WHEN done = 0 THEN '' WHEN by_person = 0 THEN 'machine'
	WHEN by_person < passages THEN 'partly' ELSE 'human' END;
CREATE INDEX story_translation_state ON story_translation (lang, state, updated_at, story_id);
CREATE INDEX story_translation_any ON story_translation (state, updated_at, story_id);
