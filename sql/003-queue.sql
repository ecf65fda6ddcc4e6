-- Work that is to be done outside of a request, and what recurs. See docs/rooms/queue.md.

-- A job is one piece of work, known by its kind and key, from when it is asked for until it is done. Then its row goes.
CREATE TABLE job (
	id $ID,
	kind TEXT NOT NULL,
	key TEXT NOT NULL,               -- which piece of work of that kind; asked for twice it is still one
	payload TEXT NOT NULL,           -- JSON, or ''
	status TEXT NOT NULL,            -- pending, failed
	run_at $INT NOT NULL,            -- when it was wanted
	due_at $INT NOT NULL,            -- when it may be taken: then, or at the end of the pause or lease that it is in; when it failed
	attempts $INT NOT NULL,          -- how often it was begun
	owner TEXT NOT NULL,             -- who has it under lease until due_at; '' nobody
	again $INT NOT NULL,             -- 1: asked for anew while it was being done
	error TEXT NOT NULL,             -- of the last attempt
	UNIQUE (kind, key)
);
CREATE INDEX job_due ON job (status, due_at, id);

-- Work that recurs: each time becomes a job of its own.
CREATE TABLE schedule (
	name TEXT NOT NULL PRIMARY KEY,  -- also the key of its jobs
	kind TEXT NOT NULL,
	payload TEXT NOT NULL,
	rule TEXT NOT NULL,              -- queue/schedule.h: 'daily 07:30'
	zone TEXT NOT NULL,              -- IANA name, in which the rule is told
	next_at $INT NOT NULL
);

-- What the first kind of job asks for: scheduled stories by their time.
CREATE INDEX story_scheduled ON story (published_at) WHERE status = 'scheduled';
CREATE INDEX term_parent ON term (parent_id);
