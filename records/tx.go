package records

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"throughline/records/vault"
)

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
