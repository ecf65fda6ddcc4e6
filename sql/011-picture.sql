-- What the newsroom knows of its pictures besides their files: the library of the desk. See docs/rooms/desk.md.

-- Where the eye goes, in percent of width and height: what stays in sight when a picture is shown in another shape.
ALTER TABLE media ADD COLUMN focus_x $INT NOT NULL DEFAULT 50;
ALTER TABLE media ADD COLUMN focus_y $INT NOT NULL DEFAULT 50;

-- A picture that came with an import has no row until somebody describes it.
CREATE TABLE picture (
	media_id $INT NOT NULL PRIMARY KEY REFERENCES media (id),
	alt TEXT NOT NULL,               -- all plain text
	caption TEXT NOT NULL,
	credit TEXT NOT NULL,
	credit_url TEXT NOT NULL,
	licence TEXT NOT NULL,
	may_syndicate $INT NOT NULL,     -- 1 when partners may carry it
	confirmed $INT NOT NULL,         -- 0: the credit is what the file said, and nobody has looked at it
	added_at $INT NOT NULL,
	account_id $INT NOT NULL         -- who brought it in; 0 nobody who is known
);

-- The words by which a picture is found.
CREATE TABLE picture_word (
	word TEXT NOT NULL,              -- a term of lang/tokens.h
	media_id $INT NOT NULL REFERENCES media (id),
	PRIMARY KEY (word, media_id)
) $CLUSTERED;
CREATE INDEX picture_word_of ON picture_word (media_id);
CREATE INDEX story_image ON story (image_id);
-- Where pictures stand in texts: the attributes of those that the newsroom keeps begin with their direction or their height.
CREATE INDEX body_passage_picture ON body_passage (attrs) WHERE attrs >= 'dir=' AND attrs < 'heighu';
CREATE INDEX revision_body ON revision (body_id);
