-- When something in the stories of a month last changed, for sitemaps: readers of the index fetch the months that did.
CREATE TABLE archive_month (
	month $INT NOT NULL PRIMARY KEY, -- of the address: 202511
	changed_at $INT NOT NULL
) $CLUSTERED;
INSERT INTO archive_month (month, changed_at)
SELECT year * 100 + month, max(CASE WHEN updated_at > published_at THEN updated_at ELSE published_at END)
FROM story WHERE status = 'published' AND year > 0 GROUP BY year, month;

-- Pages without a date are few among many stories.
CREATE INDEX story_dateless ON story (lang, slug) WHERE year = 0;
