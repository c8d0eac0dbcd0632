-- +goose Up

-- Which records were removed: the trigger below looks here.
CREATE INDEX audit_removed ON audit (record) WHERE act = 'remove';

-- A version keeps its place for ever. What it says can be taken out, whole, once
-- the audit trail says that the record was removed; nothing else of it changes,
-- and of some kinds nothing is ever taken out. See records/erase.go.
DROP TRIGGER version_is_kept;
-- +goose StatementBegin
CREATE TRIGGER version_is_kept BEFORE UPDATE ON version
WHEN NOT (
	NEW.body = '' AND NEW.why = '' AND NEW.id = OLD.id AND NEW.version = OLD.version
	AND NEW.recorded_at = OLD.recorded_at AND NEW.recorded_by = OLD.recorded_by
	AND EXISTS (SELECT 1 FROM audit WHERE act = 'remove' AND record = OLD.id AND version >= OLD.version)
	AND NOT EXISTS (SELECT 1 FROM record WHERE id = OLD.id AND kind IN ('school', 'member', 'calendar', 'removal'))
)
BEGIN SELECT RAISE(ABORT, 'versions are never changed'); END;
-- +goose StatementEnd

-- What was removed gets no further version.
-- +goose StatementBegin
CREATE TRIGGER version_stays_removed BEFORE INSERT ON version
WHEN NEW.body = '' OR EXISTS (SELECT 1 FROM audit WHERE act = 'remove' AND record = NEW.id)
BEGIN SELECT RAISE(ABORT, 'this record was removed'); END;
-- +goose StatementEnd
