-- Who works here, and what they did. See docs/rooms/account.md. Accounts are disabled, never removed: the audit log names them.

CREATE TABLE account (
	id $ID,
	public_id TEXT NOT NULL UNIQUE,  -- 16 hexadecimal digits, for addresses of the desk
	email TEXT NOT NULL UNIQUE,      -- as bs_email_normalise writes it
	name TEXT NOT NULL,              -- as colleagues see it
	role TEXT NOT NULL,              -- contributor, author, translator, editor, administrator
	lang TEXT NOT NULL,              -- that the desk speaks to them; '' the publication's
	person_id $INT REFERENCES person (id), -- whose byline they write under
	active $INT NOT NULL,            -- 0: disabled
	password TEXT NOT NULL,          -- argon2id (RFC 9106) in the PHC string format; '' until one is chosen
	totp_secret $BLOB NOT NULL,      -- sealed (account/vault.h); empty: no second factor
	totp_used $INT NOT NULL,         -- the last time step whose code was taken: no code counts twice
	created_at $INT NOT NULL,
	changed_at $INT NOT NULL
);

-- What takes the place of a code when the telephone is lost; each once.
CREATE TABLE recovery_code (
	account_id $INT NOT NULL REFERENCES account (id),
	hash $BLOB NOT NULL,             -- keyed (account/vault.h)
	used_at $INT NOT NULL,           -- 0: still good
	PRIMARY KEY (account_id, hash)
) $CLUSTERED;

-- A link by which somebody gets an account, or a new password for the one they have. Gone once it is used.
CREATE TABLE invitation (
	id $ID,
	hash $BLOB NOT NULL UNIQUE,      -- of the token in the link
	account_id $INT REFERENCES account (id), -- whose password it is for; NULL: it makes an account
	email TEXT NOT NULL,
	name TEXT NOT NULL,
	role TEXT NOT NULL,
	lang TEXT NOT NULL,
	invited_by $INT REFERENCES account (id), -- NULL: the command line
	created_at $INT NOT NULL,
	expires_at $INT NOT NULL
);

CREATE TABLE session (
	id $ID,
	hash $BLOB NOT NULL UNIQUE,      -- of the token in the cookie
	account_id $INT NOT NULL REFERENCES account (id),
	created_at $INT NOT NULL,
	seen_at $INT NOT NULL,           -- to some minutes
	agent TEXT NOT NULL              -- what the browser calls itself, cut short
);
CREATE INDEX session_account ON session (account_id);

-- Failed sign-ins by account and address, under keyed hashes of these.
CREATE TABLE attempt (
	key $BLOB NOT NULL PRIMARY KEY,
	failures $INT NOT NULL,
	last_at $INT NOT NULL,
	free_at $INT NOT NULL            -- nothing is tried before
) $CLUSTERED;
CREATE INDEX attempt_last ON attempt (last_at);

-- Who did what, to what, when. Append-only: sql/ has no query that changes or removes a row.
CREATE TABLE audit (
	number $INT PRIMARY KEY,         -- 1, 2, 3 … without a gap
	at $INT NOT NULL,
	account_id $INT REFERENCES account (id), -- NULL: the command line, or nobody who is known
	who TEXT NOT NULL,               -- the name at that time
	action TEXT NOT NULL,            -- "story.publish", "account.disable" …: account/audit.h
	story_id $INT REFERENCES story (id),
	revision_id $INT REFERENCES revision (id),
	subject TEXT NOT NULL,           -- what it was done to, where it is no story: an e-mail address, a slug
	detail TEXT NOT NULL,            -- what readers of the log need besides: a reason, a role
	hash $BLOB NOT NULL              -- keyed, over the one before and all of this
);
CREATE INDEX audit_story ON audit (story_id, number);
CREATE INDEX audit_account ON audit (account_id, number);
-- The newest entry, so that it is missed when it is gone. One row.
CREATE TABLE audit_head (
	id $INT PRIMARY KEY,             -- 1
	number $INT NOT NULL,
	hash $BLOB NOT NULL              -- keyed, over number and hash of the entry
);

-- Whose story it is, for those who may work on their own alone.
CREATE TABLE story_owner (
	story_id $INT NOT NULL REFERENCES story (id),
	account_id $INT NOT NULL REFERENCES account (id),
	PRIMARY KEY (story_id, account_id)
) $CLUSTERED;
CREATE INDEX story_owner_account ON story_owner (account_id);

-- What somebody has written and not saved yet, as the form has it. By public id, since a story that was never saved has no row.
CREATE TABLE working_copy (
	story TEXT NOT NULL,             -- public id
	account_id $INT NOT NULL REFERENCES account (id),
	base $INT NOT NULL,              -- the revision that it was made from; 0: none
	fields TEXT NOT NULL,            -- JSON: desk/story_form.h
	saved_at $INT NOT NULL,
	PRIMARY KEY (story, account_id)
) $CLUSTERED;
CREATE INDEX working_copy_account ON working_copy (account_id, saved_at);

-- The desk's list of stories, last changed first: revisions are numbered in order. docs/rooms/desk.md says how it stays fast.
CREATE INDEX story_changed ON story (revision_id);
CREATE INDEX story_state_changed ON story (status, revision_id);
CREATE INDEX story_lang_changed ON story (lang, revision_id);
CREATE INDEX story_date ON story (published_at, id);
