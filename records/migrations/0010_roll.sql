-- +goose Up

-- Which column of a file of pupils holds what, by the shape of its header, so
-- that it is asked once for each kind of file. It is no evidence, so it has
-- neither versions nor trail. The number leaves room for what comes before.
CREATE TABLE roll_columns (
	shape TEXT NOT NULL PRIMARY KEY,
	body  TEXT NOT NULL
) STRICT;
