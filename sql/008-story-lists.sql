-- Which lists the page of a story shows the newest of, so that it finds them with the story's own row.
ALTER TABLE story ADD COLUMN related_id $INT REFERENCES term (id);  -- its first report, else theme, else region, else tag
ALTER TABLE story ADD COLUMN author_id $INT REFERENCES person (id); -- its first author
ALTER TABLE story ADD COLUMN second_author_id $INT REFERENCES person (id);

UPDATE story SET related_id = (SELECT st.term_id FROM story_term st JOIN term t ON t.id = st.term_id WHERE st.story_id = story.id
		ORDER BY CASE t.vocabulary WHEN 'report' THEN 0 WHEN 'theme' THEN 1 WHEN 'region' THEN 2 ELSE 3 END, st.pos LIMIT 1),
	author_id = (SELECT sp.person_id FROM story_person sp WHERE sp.story_id = story.id AND sp.role = 'author'
		ORDER BY sp.pos LIMIT 1),
	second_author_id = (SELECT sp.person_id FROM story_person sp WHERE sp.story_id = story.id AND sp.role = 'author'
		ORDER BY sp.pos LIMIT 1 OFFSET 1);
