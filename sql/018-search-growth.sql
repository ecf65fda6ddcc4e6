-- How the words' index of SQLite grows. FTS5 gathers a transaction's words in memory and writes them as one sorted part, at the latest when they
-- take this many bytes; by its own measure, one megabyte, an import writes several parts for each of its transactions. And it merges
-- parts of one size where there are this many: of four, its own measure, a word was written once more for every fourfold of the index, of
-- eight for every eightfold.

-- only: sqlite
INSERT INTO search (search, rank) VALUES ('hashsize', 16777216);
INSERT INTO search (search, rank) VALUES ('automerge', 8);
-- end
