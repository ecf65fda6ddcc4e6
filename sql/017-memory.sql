-- The translation memory is indexed anew, by other groups of terms, and with how long each passage is: one that is too short or too long
-- need not be read. The job memory-index fills it again, a thousand passages at a time.
ALTER TABLE memory_gram ADD COLUMN terms $INT NOT NULL DEFAULT 0; -- of the passage, search terms
DELETE FROM memory_gram;
UPDATE memory_cursor SET entry_id = 0;
