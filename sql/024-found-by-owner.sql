-- What is looked for by whom it belongs to, and was found by reading all of its table.
CREATE INDEX import_source_story ON import_source (story_id);
CREATE INDEX translation_entry_person ON translation_entry (person_id) WHERE person_id IS NOT NULL;
