-- +goose Up

-- By which rules the rows of record follow from the newest versions; another
-- number than the program's has them made anew. See records/filing.go.
CREATE TABLE filing_made (
	edition INTEGER NOT NULL
) STRICT;
