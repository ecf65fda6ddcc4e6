-- What recurs.

-- name: schedule-find
-- columns: kind, payload, rule, zone, next_at
SELECT kind, payload, rule, zone, next_at FROM schedule WHERE name = ?1;

-- name: schedule-put
INSERT INTO schedule (name, kind, payload, rule, zone, next_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, payload = excluded.payload, rule = excluded.rule, zone = excluded.zone,
	next_at = excluded.next_at;

-- name: schedule-remove
DELETE FROM schedule WHERE name = ?1;

-- name: schedule-list
-- columns: name, kind, payload, rule, zone, next_at
SELECT name, kind, payload, rule, zone, next_at FROM schedule ORDER BY next_at, name;

-- Whoever still finds the time as it was read moves it on.
-- name: schedule-move
UPDATE schedule SET next_at = ?3 WHERE name = ?1 AND next_at = ?2;
