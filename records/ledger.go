package records

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
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
