-- +goose Up

-- What a member has seen of a pupil's line, so that nothing is raised to them
-- twice. It is theirs alone and no evidence, so it has neither versions nor
-- trail.
CREATE TABLE seen (
	member TEXT NOT NULL,
	pupil  TEXT NOT NULL,
	body   TEXT NOT NULL,
	PRIMARY KEY (member, pupil)
) STRICT;
