-- What the store keeps for itself. schema_version is made before the first migration, by store/migrate.c.

-- What changed, in order of commit: writers are one at a time, so a smaller id is never seen after a larger one. The
-- first row stands for "the beginning"; the newest row is never pruned.
CREATE TABLE change (
	id $ID,
	tag TEXT NOT NULL
);
INSERT INTO change (tag) VALUES ('');

-- only: postgres
CREATE FUNCTION change_notify() RETURNS trigger LANGUAGE plpgsql
	AS 'BEGIN NOTIFY broadsheet_change; RETURN NULL; END';
CREATE TRIGGER change_added AFTER INSERT ON change FOR EACH STATEMENT EXECUTE FUNCTION change_notify();
-- end
