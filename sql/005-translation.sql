-- What passages say in other languages. A translation belongs to a passage, not to a story: the same passage is translated
-- once, whoever uses it, and an edited one is another passage, which has none yet.

-- Everything that anybody or anything ever offered. Append-only.
CREATE TABLE translation_entry (
	id $ID,
	lang TEXT NOT NULL,              -- into
	passage_id $INT NOT NULL REFERENCES passage (id), -- of
	target_id $INT NOT NULL REFERENCES passage (id),  -- what it says, a passage of `lang`
	origin TEXT NOT NULL,            -- person, engine
	maker TEXT NOT NULL,             -- the engine's or the translator's name, as readers see it
	person_id $INT REFERENCES person (id), -- the translator, for the byline
	made_at $INT NOT NULL
);
CREATE INDEX translation_entry_of ON translation_entry (passage_id, lang);

-- The one that readers get. Ids of a story's passages lie together, so do these rows.
CREATE TABLE translation (
	lang TEXT NOT NULL,
	passage_id $INT NOT NULL REFERENCES passage (id),
	target_id $INT NOT NULL REFERENCES passage (id),
	entry_id $INT NOT NULL REFERENCES translation_entry (id),
	by_person $INT NOT NULL,         -- 1 when a person wrote or approved it: no engine replaces it
	PRIMARY KEY (lang, passage_id)
) $CLUSTERED;
CREATE INDEX translation_target ON translation (target_id);

-- How far a story is in a language: the projection of `translation` on its newest revision. A language that nobody began
-- has no row.
CREATE TABLE story_translation (
	story_id $INT NOT NULL REFERENCES story (id),
	lang TEXT NOT NULL,
	passages $INT NOT NULL,          -- of the newest revision that have words
	done $INT NOT NULL,              -- of them translated
	by_person $INT NOT NULL,         -- of these by a person
	makers TEXT NOT NULL,            -- who and what made them, a name a line, people first
	number $INT NOT NULL,            -- the newest revision that was translated whole; 0 none
	listed $INT NOT NULL,            -- 1 when it is far enough to stand in listings, sitemaps and hreflang
	updated_at $INT NOT NULL,        -- when a translation or the story last changed it
	PRIMARY KEY (story_id, lang)
) $CLUSTERED;
CREATE INDEX story_translation_lang ON story_translation (lang, updated_at);

-- Which stories hold a passage now: body_passage_use, then this.
CREATE INDEX story_body ON story (body_id);
