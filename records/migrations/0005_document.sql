-- +goose Up

-- Which bytes are a document's, and the small picture made of them. The
-- picture is made from the bytes and is no evidence: PNG, NULL before anybody
-- tried to make it, empty where none can be made.
CREATE TABLE document_file (
	document  TEXT NOT NULL PRIMARY KEY,
	file      TEXT NOT NULL UNIQUE,
	thumbnail BLOB
) STRICT;

-- The bytes, in parts of 256 KiB but for the last one. Their hash stands in the
-- document's record, which the audit trail holds.
CREATE TABLE document_chunk (
	file  TEXT    NOT NULL,
	part  INTEGER NOT NULL,
	bytes BLOB    NOT NULL,
	PRIMARY KEY (file, part)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER document_chunk_is_kept BEFORE UPDATE ON document_chunk BEGIN SELECT RAISE(ABORT, 'the bytes of a document are never changed'); END;
-- +goose StatementEnd
