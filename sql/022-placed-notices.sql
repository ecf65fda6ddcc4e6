-- A notice that stands within the text of a story, by its block there; those that the story lists have 0.
ALTER TABLE story_notice ADD COLUMN placed $INT NOT NULL DEFAULT 0;
CREATE INDEX story_notice_of ON story_notice (notice, story_id);
