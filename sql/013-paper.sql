-- The shape of the paper: addresses that terms and people had before they were renamed or merged with another. They lead to what they
-- are now; a story's earlier revision that names one of them means it.

CREATE TABLE former_term (
	vocabulary TEXT NOT NULL,
	slug TEXT NOT NULL,
	term_id $INT NOT NULL REFERENCES term (id),
	PRIMARY KEY (vocabulary, slug)
) $CLUSTERED;
CREATE INDEX former_term_of ON former_term (term_id);

CREATE TABLE former_person (
	slug TEXT NOT NULL PRIMARY KEY,
	person_id $INT NOT NULL REFERENCES person (id)
) $CLUSTERED;
CREATE INDEX former_person_of ON former_person (person_id);
