package records

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// LogConcern keeps a concern and, when plan is not nil, the monitoring that
// answers it with its dated actions, all in one transaction. Problems of the
// plan are named with "plan." before the field.
func (s *Store) LogConcern(ctx context.Context, c *Concern, plan *Monitoring, why string) error {
	return s.Update(ctx, func(tx *Tx) error { return tx.LogConcern(c, plan, why) })
}

// LogConcern does within a transaction what Store.LogConcern does.
func (tx *Tx) LogConcern(c *Concern, plan *Monitoring, why string) error {
	err := tx.check(c, tx.now)
	if plan != nil {
		plan.Pupil = c.Pupil
		if plan.From == "" {
			plan.From = tx.now.Date()
		}
		err = errors.Join(err, prefixed("plan.", plan.Check(tx.now)))
	}
	if err := oneInvalid(err); err != nil {
		return oneInvalid(errors.Join(err, checkWhy(c, why)))
	}
	if err := tx.Save(c, why); err != nil || plan == nil {
		return err
	}
	plan.Concern = c.ID
	return tx.StartPlan(plan)
}

// CheckConcern applies the rules of LogConcern that need no other record, so that
// a form can say what is missing together with what it could not read. It
// returns nil or an *Invalid.
func CheckConcern(c Concern, plan *Monitoring, why string, now Stamp) error {
	broken := []error{c.Check(now), checkWhy(&c, why)}
	if plan != nil {
		p := *plan
		p.Pupil, p.From = c.Pupil, cmp.Or(p.From, now.Date())
		broken = append(broken, prefixed("plan.", p.Check(now)))
	}
	return oneInvalid(errors.Join(broken...))
}

// checkWhy returns an *Invalid for a correction that gives no reason.
func checkWhy(c *Concern, why string) error {
	if c.ID == "" || !blank(why) {
		return nil
	}
	return noReason()
}

func noReason() error { return &Invalid{[]Problem{{"why", "Say why this is changed."}}} }

// StartPlan keeps a new monitoring plan and the dated actions it makes.
func (tx *Tx) StartPlan(plan *Monitoring) error {
	if err := tx.Save(plan, ""); err != nil {
		return err
	}
	cal, err := tx.calendar()
	if err != nil {
		return err
	}
	for _, a := range plan.Tasks(cal) {
		if err := tx.Save(&a, ""); err != nil {
			return err
		}
	}
	return nil
}

func prefixed(prefix string, err error) error {
	var v *Invalid
	if !errors.As(err, &v) {
		return err // nil among them
	}
	var out Invalid
	for _, p := range v.Problems {
		out.add(prefix+p.Field, p.Sentence)
	}
	return &out
}

func (tx *Tx) calendar() (Calendar, error) {
	list, err := queryAll[Calendar](tx.ctx, tx.tx, newest+` WHERE r.kind = $1`, KindCalendar)
	if err != nil || len(list) == 0 {
		return Calendar{}, err
	}
	return list[0], nil
}

// check applies every rule of a record that is to be saved: its own, and those
// that need other records.
func (tx *Tx) check(rec Record, now Stamp) error {
	return oneInvalid(errors.Join(rec.Check(now), tx.checkReferences(rec), tx.checkOthers(rec)))
}

// checkOthers applies the rules that need another record's content: nothing
// happens to a child before birth.
func (tx *Tx) checkOthers(rec Record) error {
	var v Invalid
	switch rec := rec.(type) {
	case *Member:
		return tx.checkMember(rec)
	case *Concern:
		p, err := get[Pupil](tx, rec.Pupil)
		if err != nil {
			return err
		}
		if rec.When.Date != "" && rec.When.Date < p.Born {
			v.add("when", "This is before the child was born. Check the date, or the birth date.")
		}
	case *Pupil:
		if err := tx.checkNamed(rec); err != nil {
			return err
		}
		if err := tx.checkUPN(rec, &v); err != nil {
			return err
		}
		if rec.ID == "" || rec.Born == "" {
			break
		}
		concerns, err := queryAll[Concern](tx.ctx, tx.tx, newest+` WHERE r.kind = $1 AND r.pupil = $2
			ORDER BY r.sort LIMIT 1`, KindConcern, rec.ID)
		if err != nil {
			return err
		}
		if len(concerns) > 0 && concerns[0].When.Date != "" && concerns[0].When.Date < rec.Born {
			v.add("born", "There is an entry from before this birth date. Check the birth date, or correct the entry first.")
		}
	case *StatusBand:
		return tx.checkBand(rec)
	case *Removal:
		return tx.checkRemoval(rec)
	case *Document:
		return tx.checkDocument(rec)
	case *Supervision:
		return tx.checkSession(rec)
	case *Reflection:
		if rec.Member != "" && rec.Member != tx.store.Me.ID {
			return ErrNotAllowed
		}
	case *ChildNote:
		s, err := get[Supervision](tx, rec.Session)
		if err == nil && rec.Session != "" && !s.mayOpen(tx.store.Me) {
			err = ErrNotAllowed
		}
		if err != nil {
			return err
		}
	}
	return v.err()
}

// get returns the newest version of a record within the transaction. An empty
// id returns nothing: the record's own rules say that it is missing.
func get[T any, P interface {
	*T
	Record
}](tx *Tx, id ID) (T, error) {
	var none T
	if id == "" {
		return none, nil
	}
	list, err := queryAll[T, P](tx.ctx, tx.tx, newest+` WHERE r.id = $1 AND r.kind = $2`, id, P(&none).Kind())
	if err != nil {
		return none, err
	}
	if len(list) == 0 {
		return none, fmt.Errorf("%s %s: %w", P(&none).Kind(), id, ErrNotFound)
	}
	return list[0], nil
}

func decode(r row, to any) error { return json.Unmarshal(r.body, to) }

// SaveDraft keeps what the member is typing into a form until it is saved. Drafts
// are in the vault, so they are encrypted; they have no versions and no trail,
// and are nobody else's to see: what is half typed may be about a file that is
// locked to others.
func (s *Store) SaveDraft(ctx context.Context, form, body string) error {
	if err := s.may(write); err != nil {
		return err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.vault.Present(); err != nil {
		return fmt.Errorf("save draft: %w", err)
	}
	_, err := s.db.ExecContext(ctx, `INSERT INTO draft (form, saved_at, body) VALUES ($1, $2, $3)
		ON CONFLICT (form) DO UPDATE SET saved_at = excluded.saved_at, body = excluded.body`,
		s.mine(form), StampOf(s.Now()), body)
	if err != nil {
		return fmt.Errorf("save draft: %w", err)
	}
	return nil
}

// Draft returns what the member typed into a form and when it was last kept; both are
// empty when there is no draft.
func (s *Store) Draft(ctx context.Context, form string) (body string, at Stamp, err error) {
	if err := s.may(read); err != nil {
		return "", "", err
	}
	err = s.db.QueryRowContext(ctx, `SELECT body, saved_at FROM draft WHERE form = $1
		UNION ALL SELECT '', '' LIMIT 1`, s.mine(form)).Scan(&body, &at)
	if err != nil {
		return "", "", fmt.Errorf("read draft: %w", err)
	}
	return body, at, nil
}

// HalfTyped is a draft: a form, what was typed into it, and when it was last kept.
type HalfTyped struct {
	Form, Body string
	At         Stamp
}

// Drafts returns what the member typed into forms whose names begin so, the
// newest first.
func (s *Store) Drafts(ctx context.Context, begin string) ([]HalfTyped, error) {
	if err := s.may(read); err != nil {
		return nil, err
	}
	mine := s.mine(begin)
	rows, err := s.db.QueryContext(ctx, `SELECT form, body, saved_at FROM draft WHERE substr(form, 1, $1) = $2 ORDER BY saved_at DESC, form`,
		len(mine), mine)
	if err != nil {
		return nil, fmt.Errorf("list drafts: %w", err)
	}
	defer rows.Close()
	var all []HalfTyped
	for rows.Next() {
		var d HalfTyped
		if err := rows.Scan(&d.Form, &d.Body, &d.At); err != nil {
			return nil, fmt.Errorf("list drafts: %w", err)
		}
		d.Form = d.Form[len(s.mine("")):]
		all = append(all, d)
	}
	return all, rows.Err()
}

// DropDraft forgets a draft.
func (s *Store) DropDraft(ctx context.Context, form string) error {
	if err := s.may(write); err != nil {
		return err
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	if _, err := s.db.ExecContext(ctx, `DELETE FROM draft WHERE form = $1`, s.mine(form)); err != nil {
		return fmt.Errorf("drop draft: %w", err)
	}
	return nil
}

// mine names a form as the member's own.
func (s *Store) mine(form string) string { return string(s.Me.ID) + " " + form }
