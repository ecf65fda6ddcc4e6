-- What is looked for, and where.
-- Few stories are the translation of another, so the index holds those alone: statistics of one that is full of nothing made the
-- planner read all stories instead.
DROP INDEX story_original;
CREATE INDEX story_original ON story (original_id) WHERE original_id IS NOT NULL;
-- The original of a translation is looked for by its slug alone.
CREATE INDEX address_slug ON address (slug);
