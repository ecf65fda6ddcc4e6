-- The newsroom: what a story is made of. Written in the vocabulary that the store turns into each database's own words
-- ($ID, $INT, $BLOB …; see docs/rooms/store.md). Times are seconds UTC, 0 for none; text is UTF-8, '' for none.

-- One block of text, stored once under the hash of its language and canonical markup. Ids are given in order of
-- writing, so that a story's passages lie together and the random hash index is touched only when writing.
CREATE TABLE passage (
	id $ID,
	hash $BLOB NOT NULL UNIQUE,      -- SHA-256, see text/passage.h
	text_hash $BLOB NOT NULL,        -- SHA-256 of the normalised plain text, for verifying reposts
	lang TEXT NOT NULL,
	markup TEXT NOT NULL
);
CREATE INDEX passage_text ON passage (text_hash);

-- An ordered list of passages: the text of a revision, a biography, a notice, a term's description.
CREATE TABLE body (
	id $ID
);
CREATE TABLE body_passage (
	body_id $INT NOT NULL REFERENCES body (id),
	pos $INT NOT NULL,
	path TEXT NOT NULL,              -- the block's place (text/body.h), or '@title', '@summary' … for a field
	attrs TEXT NOT NULL,
	passage_id $INT NOT NULL REFERENCES passage (id),
	PRIMARY KEY (body_id, pos)
) $CLUSTERED;
CREATE INDEX body_passage_use ON body_passage (passage_id);

CREATE TABLE setting (
	name TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
);

CREATE TABLE signing_key (
	id $ID,
	public_key $BLOB NOT NULL UNIQUE, -- Ed25519, 32 bytes
	created_at $INT NOT NULL
);

CREATE TABLE media (
	id $ID,
	hash $BLOB NOT NULL UNIQUE,      -- SHA-256 of the file
	mime TEXT NOT NULL,
	bytes $INT NOT NULL,
	width $INT NOT NULL,             -- pixels, 0 when it has none
	height $INT NOT NULL,
	name TEXT NOT NULL               -- the file's name when it came in
);

CREATE TABLE person (
	id $ID,
	slug TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL,
	bio_id $INT REFERENCES body (id),
	portrait_id $INT REFERENCES media (id),
	portrait_alt TEXT NOT NULL,
	job TEXT NOT NULL,               -- what they do here, such as "Arctic correspondent"
	url TEXT NOT NULL,
	email TEXT NOT NULL              -- only shown when given for the public
);
CREATE INDEX person_name ON person (name);

CREATE TABLE term (
	id $ID,
	vocabulary TEXT NOT NULL,        -- region, theme, report, tag
	slug TEXT NOT NULL,
	code TEXT NOT NULL,              -- UN M49 or IPTC Media Topic where one fits
	parent_id $INT REFERENCES term (id),
	section $INT NOT NULL,           -- its place among the sections of the home page from 1; 0 is no section
	colour TEXT NOT NULL,            -- of the section's rule on light pages, '#rrggbb' or ''
	colour_dark TEXT NOT NULL,       -- on dark ones
	description_id $INT REFERENCES body (id),
	image_id $INT REFERENCES media (id),
	image_alt TEXT NOT NULL,
	image_credit TEXT NOT NULL,
	UNIQUE (vocabulary, slug)
);
CREATE TABLE term_name (
	term_id $INT NOT NULL REFERENCES term (id),
	lang TEXT NOT NULL,
	name TEXT NOT NULL,
	PRIMARY KEY (term_id, lang)
) $CLUSTERED;
CREATE INDEX term_name_name ON term_name (name);

-- A block that many stories carry: note to readers, disclaimer, permission, fair use. One row per language.
CREATE TABLE notice (
	id $ID,
	slug TEXT NOT NULL,
	lang TEXT NOT NULL,
	kind TEXT NOT NULL,              -- note, disclaimer, permission, fair-use, copyright
	placement TEXT NOT NULL,         -- before, after, end, foot
	applies TEXT NOT NULL,           -- all, listed, elsewhere, or a rule as canonical JSON: {"kinds":["opinion"]}
	title TEXT NOT NULL,
	body_id $INT NOT NULL REFERENCES body (id),
	UNIQUE (slug, lang)
);

-- What a story is now: the projection of its newest revision, for reading. Everything here can be made again from
-- revision.meta.
CREATE TABLE story (
	id $ID,
	public_id TEXT NOT NULL UNIQUE,
	lang TEXT NOT NULL,
	kind TEXT NOT NULL,              -- news, analysis, opinion …; 'page' for about, contact
	status TEXT NOT NULL,            -- draft, review, scheduled, published, withdrawn
	slug TEXT NOT NULL,
	year $INT NOT NULL,              -- of the address; 0 and 0 for a page
	month $INT NOT NULL,
	published_at $INT NOT NULL,
	updated_at $INT NOT NULL,
	original_id $INT REFERENCES story (id), -- the story this one is a translation of
	revision_id $INT NOT NULL,       -- the newest revision (a key to revision, kept by the ledger)
	body_id $INT NOT NULL REFERENCES body (id),
	title_id $INT NOT NULL REFERENCES passage (id),
	summary_id $INT REFERENCES passage (id),
	image_id $INT REFERENCES media (id),
	section_id $INT REFERENCES term (id), -- its first theme
	authors TEXT NOT NULL,           -- names of its authors in order, one a line, for cards
	featured $INT NOT NULL,          -- 2 lead, 1 second, 0 none
	words $INT NOT NULL,
	licence TEXT NOT NULL,
	canonical TEXT NOT NULL,
	source_name TEXT NOT NULL,       -- first published elsewhere
	source_url TEXT NOT NULL,
	source_at $INT NOT NULL,
	source_permission TEXT NOT NULL,
	image_credit_url TEXT NOT NULL,
	image_licence TEXT NOT NULL,
	image_syndicate $INT NOT NULL,   -- 1 when partners may carry the image
	media_contact TEXT NOT NULL,
	reason TEXT NOT NULL             -- why it was withdrawn, for the reader
);
CREATE INDEX story_original ON story (original_id);
CREATE INDEX story_month ON story (lang, status, year, month);

-- Every address that ever led to a story; all but the story's own redirect to it.
CREATE TABLE address (
	lang TEXT NOT NULL,
	year $INT NOT NULL,
	month $INT NOT NULL,
	slug TEXT NOT NULL,
	story_id $INT NOT NULL REFERENCES story (id),
	PRIMARY KEY (lang, year, month, slug)
) $CLUSTERED;
CREATE INDEX address_story ON address (story_id);

-- Append-only. The manifest is made again from these columns and the body; hash and signature are over its bytes.
CREATE TABLE revision (
	id $ID,                          -- the order of the newsroom's chain
	story_id $INT NOT NULL REFERENCES story (id),
	number $INT NOT NULL,            -- 1, 2, 3 … within the story
	created_at $INT NOT NULL,
	meta TEXT NOT NULL,              -- canonical JSON (RFC 8785) of everything but the passages
	body_id $INT NOT NULL REFERENCES body (id),
	content_hash $BLOB NOT NULL,     -- SHA-256 of meta and passages: equal to the last one, nothing changed
	hash $BLOB NOT NULL UNIQUE,      -- SHA-256 of the manifest
	key_id $INT NOT NULL REFERENCES signing_key (id),
	signature $BLOB NOT NULL,        -- Ed25519 over the manifest
	UNIQUE (story_id, number)
);

CREATE TABLE story_person (
	story_id $INT NOT NULL REFERENCES story (id),
	pos $INT NOT NULL,
	person_id $INT NOT NULL REFERENCES person (id),
	role TEXT NOT NULL,              -- author, translator, photographer, editor
	PRIMARY KEY (story_id, pos)
) $CLUSTERED;
CREATE INDEX story_person_of ON story_person (person_id);

CREATE TABLE story_term (
	story_id $INT NOT NULL REFERENCES story (id),
	pos $INT NOT NULL,
	term_id $INT NOT NULL REFERENCES term (id),
	PRIMARY KEY (story_id, pos)
) $CLUSTERED;
CREATE INDEX story_term_of ON story_term (term_id);

CREATE TABLE story_notice (
	story_id $INT NOT NULL REFERENCES story (id),
	pos $INT NOT NULL,
	notice TEXT NOT NULL,            -- slug
	PRIMARY KEY (story_id, pos)
) $CLUSTERED;

-- Every link in a body. url '' is a link that had lost its target when it came in.
CREATE TABLE citation (
	story_id $INT NOT NULL REFERENCES story (id),
	pos $INT NOT NULL,
	block $INT NOT NULL,             -- body_passage.pos of the block it stands in
	url TEXT NOT NULL,
	title TEXT NOT NULL,             -- the linked words, until the page's own title is known
	publisher TEXT NOT NULL,
	seen_at $INT NOT NULL,
	health TEXT NOT NULL,            -- '', ok, moved, gone, unknown-target
	archived_url TEXT NOT NULL,
	PRIMARY KEY (story_id, pos)
) $CLUSTERED;

-- Append-only and public.
CREATE TABLE correction (
	id $ID,
	story_id $INT NOT NULL REFERENCES story (id),
	pos $INT NOT NULL,               -- order within the story
	revision_id $INT NOT NULL REFERENCES revision (id),
	kind TEXT NOT NULL,              -- update, clarification, correction, retraction
	made_at $INT NOT NULL,
	note_id $INT NOT NULL REFERENCES passage (id),
	UNIQUE (story_id, pos)
);
CREATE INDEX correction_made ON correction (made_at);
CREATE TABLE correction_passage (
	correction_id $INT NOT NULL REFERENCES correction (id),
	pos $INT NOT NULL,
	old_id $INT REFERENCES passage (id),
	new_id $INT REFERENCES passage (id),
	PRIMARY KEY (correction_id, pos)
) $CLUSTERED;

-- Which published stories a listing shows, newest first. A listing is (kind, of): 0,0 all; 1,term; 2,person; 3,story kind;
-- 4,month of the address (202511).
CREATE TABLE listing (
	kind $INT NOT NULL,
	of $INT NOT NULL,
	lang TEXT NOT NULL,
	published_at $INT NOT NULL,
	story_id $INT NOT NULL REFERENCES story (id),
	PRIMARY KEY (kind, of, lang, published_at, story_id)
) $CLUSTERED;
CREATE INDEX listing_story ON listing (story_id);
-- How many of them fall into each thirty days (published_at / 2592000): their sum is the listing's length, and its thousandth
-- page is found without reading all before it. There are no empty parts.
CREATE TABLE listing_part (
	kind $INT NOT NULL,
	of $INT NOT NULL,
	lang TEXT NOT NULL,
	part $INT NOT NULL,
	stories $INT NOT NULL,
	PRIMARY KEY (kind, of, lang, part)
) $CLUSTERED;

-- Which document a story was read from, so that the same document again is known.
CREATE TABLE import_source (
	key TEXT NOT NULL PRIMARY KEY,
	content_hash $BLOB NOT NULL,     -- BLAKE2b-256 of the document and what it takes in
	story_id $INT NOT NULL REFERENCES story (id),
	seen_at $INT NOT NULL
);
