-- Words of the scripts of India, of Arabic and of Hebrew are folded in other ways than they were (docs/rooms/lang.md): the job
-- search-languages makes the terms of all texts in these languages again.
INSERT INTO search_due (story_id, lang)
SELECT story_id, lang FROM search_terms t
WHERE lang IN ('ar', 'as', 'bn', 'ckb', 'fa', 'gu', 'he', 'hi', 'kn', 'mai', 'mr', 'ne', 'or', 'pa', 'ps', 'sa', 'sd', 'ug', 'ur', 'yi')
	AND NOT EXISTS (SELECT 1 FROM search_due d WHERE d.story_id = t.story_id AND d.lang = t.lang);
