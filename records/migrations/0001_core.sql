-- +goose Up

-- Every version of every record, exactly as it was saved. A body is JSON text
-- and is never migrated: what was written stays what it was, byte for byte,
-- and the audit trail holds its hash. Readers understand older bodies.
CREATE TABLE version (
	id          TEXT    NOT NULL,
	version     INTEGER NOT NULL CHECK (version > 0),
	recorded_at TEXT    NOT NULL CHECK (length(recorded_at) = 27),
	recorded_by TEXT    NOT NULL,
	why         TEXT    NOT NULL,
	body        TEXT    NOT NULL,
	PRIMARY KEY (id, version)
) STRICT;

-- One row a record: its newest version, and what it is found by.
CREATE TABLE record (
	id         TEXT    NOT NULL PRIMARY KEY,
	kind       TEXT    NOT NULL,
	version    INTEGER NOT NULL,
	pupil      TEXT    NOT NULL,
	owner      TEXT    NOT NULL,
	sort       TEXT    NOT NULL,
	open       INTEGER NOT NULL,
	created_at TEXT    NOT NULL CHECK (length(created_at) = 27)
) STRICT;

CREATE INDEX record_kind ON record (kind, sort);
CREATE INDEX record_pupil ON record (pupil, kind, sort);
CREATE INDEX record_owner ON record (owner, kind, sort);

-- Other pupils in an event.
CREATE TABLE about (
	record TEXT NOT NULL,
	pupil  TEXT NOT NULL,
	PRIMARY KEY (record, pupil)
) STRICT;

CREATE INDEX about_pupil ON about (pupil);

-- Who did what, in order; hash is SHA-256 over the previous hash and the event.
CREATE TABLE audit (
	seq     INTEGER NOT NULL PRIMARY KEY,
	at      TEXT    NOT NULL CHECK (length(at) = 27),
	member  TEXT    NOT NULL,
	act     TEXT    NOT NULL,
	kind    TEXT    NOT NULL,
	record  TEXT    NOT NULL,
	version INTEGER NOT NULL,
	content TEXT    NOT NULL,
	hash    TEXT    NOT NULL
) STRICT;

-- What is being typed and not yet saved.
CREATE TABLE draft (
	form     TEXT NOT NULL PRIMARY KEY,
	saved_at TEXT NOT NULL,
	body     TEXT NOT NULL
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER version_is_kept BEFORE UPDATE ON version BEGIN SELECT RAISE(ABORT, 'versions are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER version_is_not_deleted BEFORE DELETE ON version BEGIN SELECT RAISE(ABORT, 'versions are never deleted'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_is_kept BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit trail is never deleted'); END;
-- +goose StatementEnd
