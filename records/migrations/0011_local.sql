-- +goose Up

-- What stands in plain files beside the vault, so that a backup holds it too:
-- the school's own copies of local procedures. The files come first; a row is
-- there for when its file is not. It is no evidence, so it has neither versions
-- nor trail.
CREATE TABLE local_copy (
	name TEXT NOT NULL PRIMARY KEY,
	body TEXT NOT NULL
) STRICT;
