package records

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"throughline/records/vault"
)

// Ledger keeps every version of one kind of record. P is *T.
type Ledger[T any, P interface {
	*T
	Record
}] struct {
	store *Store
	kind  Kind
}

// Save keeps rec as a new version and fills in its Meta. A record without an ID
// is new; any other must be the newest version, and why says why it is changed.
// Saving a record that has not changed does nothing. Once Save returns nil the
// version survives a power cut.
//
// Returns an *Invalid (ErrInvalid) when a rule is broken, ErrConflict when a
// newer version was saved meanwhile, ErrNotAllowed when the member may not
// write.
func (l Ledger[T, P]) Save(ctx context.Context, rec P, why string) error {
	return l.store.Update(ctx, func(tx *Tx) error { return tx.Save(rec, why) })
}

// Get returns the newest version of a record, or ErrNotFound.
func (l Ledger[T, P]) Get(ctx context.Context, id ID) (T, error) {
	list, err := l.query(ctx, newest+` WHERE r.kind = $1 AND r.id = $2`, l.kind, id)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("get %s %s: %w", l.kind, id, ErrNotFound)
	}
	if err != nil {
		var none T
		return none, err
	}
	return list[0], nil
}

// All returns the newest version of every record of the kind.
func (l Ledger[T, P]) All(ctx context.Context) ([]T, error) {
	return l.query(ctx, newest+` WHERE r.kind = $1 ORDER BY r.sort, r.id`, l.kind)
}

// Of returns the newest versions that belong to a pupil's file.
func (l Ledger[T, P]) Of(ctx context.Context, pupil ID) ([]T, error) {
	return l.query(ctx, newest+` WHERE r.kind = $1 AND r.pupil = $2 ORDER BY r.sort, r.id`, l.kind, pupil)
}

// Under returns the newest versions that hang on another record: the replies
// of a referral, the rungs of a challenge, the tasks of a monitoring plan.
func (l Ledger[T, P]) Under(ctx context.Context, owner ID) ([]T, error) {
	return l.query(ctx, newest+` WHERE r.kind = $1 AND r.owner = $2 ORDER BY r.sort, r.id`, l.kind, owner)
}

// History returns every version of a record, the first one first, or
// ErrNotFound, also of a record that was removed: that it was is in Removals
// and on the audit trail.
func (l Ledger[T, P]) History(ctx context.Context, id ID) ([]T, error) {
	list, err := l.query(ctx, columns+` FROM record r JOIN version v ON v.id = r.id
		WHERE r.kind = $1 AND r.id = $2 AND v.body <> '' ORDER BY v.version`, l.kind, id)
	if err == nil && len(list) == 0 {
		err = fmt.Errorf("history of %s %s: %w", l.kind, id, ErrNotFound)
	}
	return list, err
}

const (
	columns = `SELECT r.kind, r.pupil, r.owner, v.id, v.version, r.created_at, v.recorded_at, v.recorded_by, v.why, v.body`
	// A version without a body is of a record that was removed: see erase.go.
	newest = columns + ` FROM record r JOIN version v ON v.id = r.id AND v.version = r.version AND v.body <> ''`
)

func (l Ledger[T, P]) query(ctx context.Context, q string, args ...any) ([]T, error) {
	if err := l.store.mayList(l.kind); err != nil {
		return nil, err
	}
	list, err := queryAll[T, P](ctx, l.store.db, q, args...)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(rec T) bool { return !l.store.mayOpen(P(&rec)) })
	if !l.store.locks.any() {
		return list, nil
	}
	return asShown[T, P](ctx, l.store, list)
}

// asShown leaves of records what the locks on files let the member see.
func asShown[T any, P interface {
	*T
	Record
}](ctx context.Context, s *Store, list []T) ([]T, error) {
	switch any(P(nil)).(type) {
	case *Pupil:
		for i := range list {
			if p := any(&list[i]).(*Pupil); s.closed(p.ID) {
				p.identity()
			}
		}
	case *Person:
		hidden, err := s.hiddenPeople(ctx)
		return slices.DeleteFunc(list, func(rec T) bool { return hidden[P(&rec).meta().ID] }), err
	default:
		list = slices.DeleteFunc(list, func(rec T) bool { return s.closed(P(&rec).index().pupil) })
	}
	return list, nil
}

type querier interface {
	QueryContext(ctx context.Context, q string, args ...any) (*sql.Rows, error)
}

func queryAll[T any, P interface {
	*T
	Record
}](ctx context.Context, db querier, q string, args ...any) ([]T, error) {
	var list []T
	err := eachRow(ctx, db, func(row row) error {
		var rec T
		if err := row.into(P(&rec)); err != nil {
			return err
		}
		list = append(list, rec)
		return nil
	}, q, args...)
	return list, err
}

// row is one version as it is stored.
type row struct {
	kind  Kind
	pupil ID // whose file the record is in now
	owner ID // which record it hangs on
	meta  Meta
	body  []byte
}

func (r row) into(rec Record) error {
	if err := json.Unmarshal(r.body, rec); err != nil {
		return fmt.Errorf("read %s %s: %w", r.kind, r.meta.ID, ErrBroken)
	}
	*rec.meta() = r.meta
	return nil
}

// eachRow runs a query of columns and hands over each row.
func eachRow(ctx context.Context, db querier, do func(row) error, q string, args ...any) error {
	rows, err := db.QueryContext(ctx, q, args...)
	if err != nil {
		return fmt.Errorf("read records: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var r row
		m := &r.meta
		if err := rows.Scan(&r.kind, &r.pupil, &r.owner, &m.ID, &m.Version, &m.CreatedAt, &m.RecordedAt, &m.RecordedBy, &m.Why, &r.body); err != nil {
			return fmt.Errorf("read records: %w", err)
		}
		if err := do(r); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Tx is one transaction: everything saved in it is kept together or not at all.
type Tx struct {
	ctx   context.Context
	tx    *sql.Tx
	store *Store
	now   Stamp    // one instant for the whole transaction
	undo  []func() // what the records were before it

	logged  []ID        // concerns that were new in it
	kept    map[ID]Kind // records known to be there
	named   map[ID][]ID // pupils saved in it, and the members their files are locked to
	unasked bool        // the store itself saves, as it carries out a removal: no lock stands in its way
}

// Update runs do in one transaction. When do returns an error nothing is kept,
// and Update returns that error.
func (s *Store) Update(ctx context.Context, do func(tx *Tx) error) error {
	if err := s.may(write); err != nil {
		return err
	}
	return s.update(ctx, do)
}

func (s *Store) update(ctx context.Context, do func(tx *Tx) error) error {
	return vault.Explain(s.transact(ctx, do))
}

func (s *Store) transact(ctx context.Context, do func(tx *Tx) error) (err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	sqlTx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin saving: %w", err)
	}
	defer sqlTx.Rollback()
	tx := &Tx{ctx: ctx, tx: sqlTx, store: s, now: StampOf(s.Now()), kept: map[ID]Kind{}, named: map[ID][]ID{}}
	defer func() {
		if err != nil {
			tx.forget()
		}
	}()
	if err := do(tx); err != nil {
		return err
	}
	if err := s.vault.Present(); err != nil {
		return fmt.Errorf("finish saving: %w", err)
	}
	if err := sqlTx.Commit(); err != nil {
		return fmt.Errorf("finish saving: %w", err)
	}
	for pupil, named := range tx.named {
		s.locks.set(pupil, named)
	}
	return nil
}

// forget gives the records back the Meta they had before the transaction: what
// was not kept can be saved again, and is no version that others would miss.
func (tx *Tx) forget() {
	for _, undo := range slices.Backward(tx.undo) {
		undo()
	}
}

// Save keeps rec as a new version within the transaction; see Ledger.Save.
func (tx *Tx) Save(rec Record, why string) error {
	if err := tx.mayKeep(rec); err != nil {
		return err
	}
	switch r := rec.(type) {
	case *Concern:
		return tx.saveConcern(r, why)
	case *Hold:
		return tx.saveHold(r, why)
	case *Removal:
		if r.ID == "" {
			r.AskedBy = tx.store.Me.ID
		}
	case *Pupil:
		if !tx.unasked && tx.store.closed(r.ID) {
			return tx.saveClosed(r, why)
		}
	}
	return tx.save(rec, why)
}

// saveClosed saves a pupil whose file is locked to others than the member.
func (tx *Tx) saveClosed(p *Pupil, why string) error {
	whole := *p // and p goes on not knowing what it may not
	if err := tx.keepHidden(&whole); err != nil {
		return err
	}
	was := p.Meta
	tx.undo = append(tx.undo, func() { p.Meta = was })
	err := tx.save(&whole, why)
	p.Meta = whole.Meta
	return err
}

func (tx *Tx) save(rec Record, why string) error {
	now, err := tx.latest(rec.meta().ID)
	if err != nil {
		return fmt.Errorf("save %s: %w", rec.Kind(), err)
	}
	if err := tx.check(rec, now); err != nil {
		return err
	}
	return tx.keep(rec, why)
}

// keep saves a record without asking whether it meets the rules.
func (tx *Tx) keep(rec Record, why string) error {
	m := rec.meta()
	body, err := encode(rec)
	if err != nil {
		return fmt.Errorf("save %s: %w", rec.Kind(), err)
	}
	saved := *m
	saved.RecordedAt, saved.RecordedBy, saved.Why = tx.now, tx.store.Me.ID, why
	if m.ID == "" {
		id, err := uuid.NewV7()
		if err != nil {
			return fmt.Errorf("save %s: %w", rec.Kind(), err)
		}
		saved.ID, saved.Version, saved.CreatedAt = ID(id.String()), 1, tx.now
		if rec.Kind() == KindMember && saved.RecordedBy == "" {
			saved.RecordedBy = saved.ID // the first member records themselves
		}
	} else {
		same, err := tx.compare(&saved, body)
		if err != nil || same {
			return err
		}
		if blank(why) {
			return noReason()
		}
		saved.Version++
	}
	old := *m
	tx.undo = append(tx.undo, func() { *m = old })
	*m = saved // index and hash see the new version
	if err := tx.insert(rec, body); err != nil {
		*m = old
		return fmt.Errorf("save %s %s: %w", rec.Kind(), saved.ID, err)
	}
	return nil
}

// latest returns now, or when a version of the record was kept if the clock has
// been set back to before that: no day in it was in the future then.
func (tx *Tx) latest(id ID) (Stamp, error) {
	var last Stamp
	err := tx.tx.QueryRowContext(tx.ctx, `SELECT coalesce(max(recorded_at), '') FROM version WHERE id = $1`, id).Scan(&last)
	return max(tx.now, last), err
}

// compare returns whether the newest version has the same body, and
// ErrConflict when m is not the newest version. It fills in CreatedAt.
func (tx *Tx) compare(m *Meta, body []byte) (same bool, err error) {
	var version int
	var stored []byte
	err = tx.tx.QueryRowContext(tx.ctx, `SELECT r.version, r.created_at, v.body FROM record r
		JOIN version v ON v.id = r.id AND v.version = r.version WHERE r.id = $1 AND v.body <> ''`, m.ID).Scan(&version, &m.CreatedAt, &stored)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, fmt.Errorf("save %s: %w", m.ID, ErrNotFound)
	case err != nil:
		return false, err
	case version != m.Version:
		return false, fmt.Errorf("save %s: %w", m.ID, ErrConflict)
	}
	return bytes.Equal(stored, body), nil
}

func (tx *Tx) insert(rec Record, body []byte) error {
	m, ix := rec.meta(), rec.index()
	if _, err := tx.tx.ExecContext(tx.ctx, `INSERT INTO version (id, version, recorded_at, recorded_by, why, body)
		VALUES ($1, $2, $3, $4, $5, $6)`, m.ID, m.Version, m.RecordedAt, m.RecordedBy, m.Why, string(body)); err != nil {
		return err
	}
	if _, err := tx.tx.ExecContext(tx.ctx, `INSERT INTO record (id, kind, version, pupil, owner, sort, open, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET version = excluded.version, pupil = excluded.pupil, owner = excluded.owner,
			sort = excluded.sort, open = excluded.open`,
		m.ID, rec.Kind(), m.Version, ix.pupil, ix.owner, ix.sort, btoi(ix.open), m.CreatedAt); err != nil {
		return err
	}
	switch rec := rec.(type) {
	case *Pupil:
		tx.named[rec.ID] = rec.Named
	case *Concern:
		if m.Version == 1 {
			tx.logged = append(tx.logged, rec.ID)
		}
		if err := tx.link(rec); err != nil {
			return err
		}
	}
	if err := tx.found(rec); err != nil {
		return err
	}
	return tx.audit(event{act: ActSave, kind: rec.Kind(), record: m.ID, version: m.Version, content: digest(m, body)})
}

func (tx *Tx) link(c *Concern) error {
	if _, err := tx.tx.ExecContext(tx.ctx, `DELETE FROM about WHERE record = $1`, c.ID); err != nil {
		return err
	}
	for _, o := range c.Also {
		if _, err := tx.tx.ExecContext(tx.ctx, `INSERT INTO about (record, pupil) VALUES ($1, $2)
			ON CONFLICT DO NOTHING`, c.ID, o.Pupil); err != nil {
			return err
		}
	}
	return nil
}

// encode returns the body of rec: JSON in the order of its fields, with < and
// & as they were typed.
func encode(rec Record) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(rec); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// oneInvalid joins the problems of several *Invalid errors into one; any other
// error among them is returned as it is.
func oneInvalid(err error) error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return err
	}
	var all Invalid
	for _, e := range joined.Unwrap() {
		var v *Invalid
		if !errors.As(e, &v) {
			return e
		}
		all.Problems = append(all.Problems, v.Problems...)
	}
	return all.err()
}
