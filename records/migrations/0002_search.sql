-- +goose Up

-- What the newest versions say, for finding. It is made from the records alone
-- and can be made anew at any time; see records/search_index.go. The words are
-- folded before they come here, so the tokenizer has nothing to decide.
--
-- A row's place orders it by day: what is newest is read first, and reading
-- stops as soon as there is enough to show.
CREATE VIRTUAL TABLE full_text USING fts5 (
	said, content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'ascii'
);

CREATE TABLE found (
	place  INTEGER NOT NULL PRIMARY KEY,
	record TEXT    NOT NULL UNIQUE
) STRICT;

-- Every word that was ever said: the beginning of a word becomes the few words
-- that begin so.
CREATE TABLE word (
	text TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The words of the pupils' names.
CREATE TABLE pupil_name (
	word  TEXT NOT NULL,
	pupil TEXT NOT NULL,
	PRIMARY KEY (word, pupil)
) STRICT, WITHOUT ROWID;

CREATE INDEX pupil_name_pupil ON pupil_name (pupil);

-- How the index was made; another number than the program's has it made anew.
CREATE TABLE search_made (
	edition INTEGER NOT NULL
) STRICT;
