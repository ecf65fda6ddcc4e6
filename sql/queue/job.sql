-- Jobs. Taking one is a comparison and a swap in one statement, outside of any transaction: whoever still finds the row as
-- it was read has it, so that neither database needs locks that are held, and none waits for a long transaction of others.

-- A pending one stays as it is; one that had failed begins anew.
-- name: job-add
-- columns: id
INSERT INTO job (kind, key, payload, status, run_at, due_at, attempts, owner, again, error)
VALUES (?1, ?2, ?3, 'pending', ?4, ?4, 0, '', 0, '')
ON CONFLICT (kind, key) DO UPDATE SET payload = excluded.payload, status = 'pending', run_at = excluded.run_at,
	due_at = excluded.run_at, attempts = 0, owner = '', again = 0, error = ''
WHERE job.status = 'failed' RETURNING id;

-- A pending one takes the new payload and time; one that is being done is done again behind that.
-- name: job-replace
-- columns: id
INSERT INTO job (kind, key, payload, status, run_at, due_at, attempts, owner, again, error)
VALUES (?1, ?2, ?3, 'pending', ?4, ?4, 0, '', 0, '')
ON CONFLICT (kind, key) DO UPDATE SET payload = excluded.payload, status = 'pending', run_at = excluded.run_at, error = '',
	due_at = CASE WHEN job.owner = '' THEN excluded.run_at ELSE job.due_at END,
	attempts = CASE WHEN job.owner = '' THEN 0 ELSE job.attempts END,
	again = CASE WHEN job.owner = '' THEN 0 ELSE 1 END
RETURNING id;

-- name: job-find
-- columns: status, run_at
SELECT status, run_at FROM job WHERE kind = ?1 AND key = ?2;

-- Those that may be taken now, behind (?2, ?3).
-- name: job-due
-- columns: id, kind, due_at, attempts
SELECT id, kind, due_at, attempts FROM job
WHERE status = 'pending' AND due_at <= ?1 AND (due_at, id) > (?2, ?3) ORDER BY due_at, id LIMIT 20;

-- name: job-next
-- columns: due_at
SELECT due_at FROM job WHERE status = 'pending' AND due_at > ?1 ORDER BY due_at LIMIT 1;

-- name: job-take
-- columns: key, payload, run_at
UPDATE job SET owner = ?4, due_at = ?5, attempts = attempts + 1
WHERE id = ?1 AND status = 'pending' AND due_at = ?2 AND attempts = ?3 RETURNING key, payload, run_at;

-- name: job-done
DELETE FROM job WHERE id = ?1 AND owner = ?2 AND again = 0;

-- Done, or tried in vain, but asked for anew in the meantime.
-- name: job-again
UPDATE job SET owner = '', due_at = run_at, attempts = 0, again = 0, error = '' WHERE id = ?1 AND owner = ?2 AND again = 1;

-- name: job-pause
UPDATE job SET owner = '', due_at = ?3, error = ?4 WHERE id = ?1 AND owner = ?2;

-- name: job-fail
UPDATE job SET owner = '', status = 'failed', due_at = ?3, error = ?4 WHERE id = ?1 AND owner = ?2;

-- Pauses and leases that end later than any can come from a clock that has been set back since.
-- name: job-heal
UPDATE job SET due_at = ?1 WHERE status = 'pending' AND attempts > 0 AND due_at > ?2;

-- name: job-count
-- columns: waiting, running, failed
SELECT (SELECT count(*) FROM job WHERE status = 'pending' AND owner = ''),
	(SELECT count(*) FROM job WHERE status = 'pending' AND owner <> ''), (SELECT count(*) FROM job WHERE status = 'failed');

-- What failed first, then by time.
-- name: job-list
-- columns: id, kind, key, status, run_at, due_at, attempts, owner, error
SELECT id, kind, key, status, run_at, due_at, attempts, owner, error FROM job ORDER BY status, due_at, id LIMIT ?1;

-- name: job-retry
UPDATE job SET status = 'pending', due_at = ?2, attempts = 0, error = '' WHERE id = ?1 AND status = 'failed';

-- name: job-forget
DELETE FROM job WHERE id = ?1 AND (status = 'failed' OR owner = '');
