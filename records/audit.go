package records

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
)

// Act is what somebody did, as the audit trail names it.
type Act string

// The acts.
const (
	ActCreate Act = "create" // the vault was made
	ActUnlock Act = "unlock"
	ActFailed Act = "failed unlock" // by nobody known; written by the next who unlocks
	ActSave   Act = "save"
	ActView   Act = "view"
	ActExport Act = "export"
	// ActPassphrase is a member's passphrase being changed, their own or, by a
	// DSL, that of the member the entry names.
	ActPassphrase Act = "passphrase"
)

// AuditEntry is one line of the audit trail.
type AuditEntry struct {
	Seq     int64 // 1 for the first
	At      Stamp
	Member  ID
	Act     Act
	Kind    Kind
	Record  ID
	Version int
	Content string // for a save, the SHA-256 of the version; for an export, what was exported and its SHA-256; for failed unlocks, "3 since 2026-03-02T08:00:00.000000Z"
	Hash    string // SHA-256 over the previous hash and this entry, hexadecimal

	Pupil ID // whose file the record is in now; filled in by Audit alone, no part of the chain
}

type event struct {
	act     Act
	kind    Kind
	record  ID
	version int
	content string
}

// audit adds one entry to the chain. SQLite lets one transaction write at a
// time, so the entry it reads as the last one is the last one.
func (tx *Tx) audit(e event) error {
	last, err := lastEntry(tx.ctx, tx.tx)
	if err != nil {
		return err
	}
	entry := AuditEntry{
		Seq: last.Seq + 1, At: tx.now, Member: tx.store.Me.ID, Act: e.act,
		Kind: e.kind, Record: e.record, Version: e.version, Content: e.content,
	}
	if e.act == ActFailed {
		entry.Member = ""
	}
	entry.Hash = entry.chain(last.Hash)
	_, err = tx.tx.ExecContext(tx.ctx, `INSERT INTO audit (seq, at, member, act, kind, record, version, content, hash)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, entry.Seq, entry.At, entry.Member, entry.Act,
		entry.Kind, entry.Record, entry.Version, entry.Content, entry.Hash)
	return err
}

// chain returns the hash of the entry after one whose hash is prev: SHA-256
// over a JSON array of all its values, in hexadecimal.
func (a AuditEntry) chain(prev string) string {
	canonical, err := json.Marshal([]any{prev, a.Seq, a.At, a.Member, a.Act, a.Kind, a.Record, a.Version, a.Content})
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:])
}

// digest returns what the chain holds of a version: SHA-256 over its Meta and
// its body, in hexadecimal.
func digest(m *Meta, body []byte) string {
	canonical, err := json.Marshal([]any{m.ID, m.Version, m.RecordedAt, m.RecordedBy, m.Why, string(body)})
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:])
}

const auditColumns = `SELECT seq, at, member, act, kind, record, version, content, hash FROM audit`

type scanner interface{ Scan(dest ...any) error }

func scanEntry(row scanner) (a AuditEntry, err error) {
	err = row.Scan(&a.Seq, &a.At, &a.Member, &a.Act, &a.Kind, &a.Record, &a.Version, &a.Content, &a.Hash)
	return a, err
}

func lastEntry(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, q string, args ...any) *sql.Row
}) (AuditEntry, error) {
	a, err := scanEntry(db.QueryRowContext(ctx, auditColumns+` ORDER BY seq DESC LIMIT 1`))
	if errors.Is(err, sql.ErrNoRows) {
		return AuditEntry{}, nil
	}
	if err != nil {
		return a, fmt.Errorf("read the audit trail: %w", err)
	}
	return a, nil
}

func (s *Store) note(ctx context.Context, e event) error {
	return s.update(ctx, func(tx *Tx) error { return tx.audit(e) })
}

// AuditHead returns the hash of the newest audit entry and its number. Printed
// on whatever leaves the building, it pins the record's past: a paper copy held
// elsewhere shows whether an older vault was put in place of this one.
func (s *Store) AuditHead(ctx context.Context) (hash string, seq int64, err error) {
	if err := s.may(keepSafe); err != nil {
		return "", 0, err
	}
	a, err := lastEntry(ctx, s.db)
	return a.Hash, a.Seq, err
}

// VerifyChain walks the audit trail from the first entry and every version
// with it, then what the store files each record under, and then the bytes of
// every document. A version whose body was taken out fits only where a later
// entry removes its record; what was removed and stands there again does not
// fit. It returns the number of entries, and ErrBroken with the number of the
// first entry, the id and the field of the first record, or the id of the first
// document, that does not fit.
func (s *Store) VerifyChain(ctx context.Context) (int64, error) {
	if err := s.may(keepSafe); err != nil {
		return 0, err
	}
	n, err := s.walkChain(ctx)
	if err != nil {
		return n, err
	}
	return n, s.checkDocuments(ctx)
}

func (s *Store) walkChain(ctx context.Context) (int64, error) {
	s.writing.Lock() // versions and trail are read one after the other
	defer s.writing.Unlock()
	versions, err := s.digests(ctx)
	if err != nil {
		return 0, err
	}
	rows, err := s.db.QueryContext(ctx, auditColumns+` ORDER BY seq`)
	if err != nil {
		return 0, fmt.Errorf("read the audit trail: %w", err)
	}
	defer rows.Close()
	var last AuditEntry
	told := trail{kinds: map[ID]Kind{}, removed: map[ID]bool{}}
	standing, blank := map[ID]bool{}, map[ID]AuditEntry{} // what was saved so far and is there, or is not
	for rows.Next() {
		a, err := scanEntry(rows)
		if err != nil {
			return last.Seq, fmt.Errorf("read the audit trail: %w", err)
		}
		if a.Seq != last.Seq+1 || a.Hash != a.chain(last.Hash) {
			return last.Seq, fmt.Errorf("audit entry %d does not fit the one before it: %w", last.Seq+1, ErrBroken)
		}
		if !told.fits(a) {
			return last.Seq, fmt.Errorf("audit entry %d: %s %s was of another kind: %w", a.Seq, a.Kind, a.Record, ErrBroken)
		}
		switch key := (versionKey{a.Record, a.Version}); {
		case a.Act == ActSave && versions[key] == a.Content:
			standing[a.Record] = true
			delete(versions, key)
		case a.Act == ActSave && versions[key] == takenOut:
			if blank[a.Record].Seq == 0 {
				blank[a.Record] = a
			}
			delete(versions, key)
		case a.Act == ActSave:
			return last.Seq, notSaved(a)
		case a.Act == ActRemove && standing[a.Record]:
			return last.Seq, fmt.Errorf("audit entry %d: %s %s was removed and is there again: %w", a.Seq, a.Kind, a.Record, ErrBroken)
		case a.Act == ActRemove:
			delete(blank, a.Record)
		}
		last = a
	}
	if err := rows.Err(); err != nil {
		return last.Seq, fmt.Errorf("read the audit trail: %w", err)
	}
	for _, a := range blank {
		return last.Seq, notSaved(a)
	}
	for key := range versions {
		return last.Seq, fmt.Errorf("version %d of %s was never saved by Throughline: %w", key.version, key.id, ErrBroken)
	}
	if err := s.checkNewest(ctx); err != nil {
		return last.Seq, err
	}
	return last.Seq, s.checkFiling(ctx, told)
}

func notSaved(a AuditEntry) error {
	return fmt.Errorf("audit entry %d: version %d of %s %s is not what was saved: %w", a.Seq, a.Version, a.Kind, a.Record, ErrBroken)
}

// takenOut stands for the digest of a version without a body. A saved version
// always has one.
const takenOut = "taken out"

type versionKey struct {
	id      ID
	version int
}

func (s *Store) digests(ctx context.Context) (map[versionKey]string, error) {
	all := map[versionKey]string{}
	rows, err := s.db.QueryContext(ctx, `SELECT id, version, recorded_at, recorded_by, why, body FROM version`)
	if err != nil {
		return nil, fmt.Errorf("read versions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var m Meta
		var body []byte
		if err := rows.Scan(&m.ID, &m.Version, &m.RecordedAt, &m.RecordedBy, &m.Why, &body); err != nil {
			return nil, fmt.Errorf("read versions: %w", err)
		}
		all[versionKey{m.ID, m.Version}] = digest(&m, body)
		if len(body) == 0 {
			all[versionKey{m.ID, m.Version}] = takenOut
		}
	}
	return all, rows.Err()
}

// checkNewest returns ErrBroken when the table that says which version is the
// newest disagrees with the versions there are: hiding a record, or showing an
// old version, is an alteration too.
func (s *Store) checkNewest(ctx context.Context) error {
	var id ID
	err := s.db.QueryRowContext(ctx, `SELECT v.id FROM (SELECT id, max(version) AS newest FROM version GROUP BY id) v
		LEFT JOIN record r ON r.id = v.id WHERE r.version IS NULL OR r.version <> v.newest LIMIT 1`).Scan(&id)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("compare versions: %w", err)
	}
	return fmt.Errorf("the newest version of %s is hidden: %w", id, ErrBroken)
}
