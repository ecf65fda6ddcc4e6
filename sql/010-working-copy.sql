-- A working copy for each page on which somebody writes, so that two tabs of one person keep apart. None was ever written before.
DROP TABLE working_copy;

-- What somebody has written and not saved yet, as the form has it. By public id, since a story that was never saved has no row.
CREATE TABLE working_copy (
	story TEXT NOT NULL,             -- public id
	account_id $INT NOT NULL REFERENCES account (id),
	copy TEXT NOT NULL,              -- 16 hexadecimal digits, of the page that it is written on
	turn $INT NOT NULL,              -- how often it was written: a page that has not seen the last time writes over nothing
	base $INT NOT NULL,              -- the revision that it was made from; 0: none
	saved_at $INT NOT NULL,
	title TEXT NOT NULL,             -- the field of that name, for lists
	fields TEXT NOT NULL,            -- JSON: desk/copy/copy.h
	PRIMARY KEY (story, account_id, copy)
) $CLUSTERED;
CREATE INDEX working_copy_account ON working_copy (account_id, saved_at);
