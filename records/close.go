package records

import (
	"context"
	"slices"
)

// This file closes a concern and opens it again. Neither is for good: a closed
// concern is read like any other, and what was settled can turn out not to be.

// CloseConcern closes a concern; reason says what has been settled and how that
// is known, and is kept with it. Returns an *Invalid, beside "closed_why", when
// there is no reason, when it is closed already, or while a plan to watch or an
// action that answers it is open: closing must not drop what was promised.
// Returns ErrNotFound when there is no such concern.
func (s *Store) CloseConcern(ctx context.Context, id ID, reason string) error {
	return s.Update(ctx, func(tx *Tx) error { return tx.CloseConcern(id, reason) })
}

// CloseConcern does within a transaction what Store.CloseConcern does.
func (tx *Tx) CloseConcern(id ID, reason string) error {
	c, err := tx.concernFor(id)
	if err != nil {
		return err
	}
	if c.Closed != "" {
		return notClosing("This concern is closed already.")
	}
	if blank(reason) {
		return notClosing("Say what has been settled, and how you know.")
	}
	if err := tx.nothingOpen(&c); err != nil {
		return err
	}
	c.Closed, c.ClosedWhy = tx.now.Date(), reason
	return tx.Save(&c, reason)
}

// ReopenConcern opens a concern that was closed; reason says what has changed.
// Returns an *Invalid, beside "closed_why", when there is no reason or the
// concern is open, and ErrNotFound when there is no such concern.
func (s *Store) ReopenConcern(ctx context.Context, id ID, reason string) error {
	return s.Update(ctx, func(tx *Tx) error { return tx.ReopenConcern(id, reason) })
}

// ReopenConcern does within a transaction what Store.ReopenConcern does.
func (tx *Tx) ReopenConcern(id ID, reason string) error {
	c, err := tx.concernFor(id)
	if err != nil {
		return err
	}
	if c.Closed == "" {
		return notClosing("This concern is open already.")
	}
	if blank(reason) {
		return notClosing("Say what has changed, or what was not settled after all.")
	}
	c.Closed, c.ClosedWhy = "", ""
	c.Reopened = append(slices.Clip(c.Reopened), tx.now.Date())
	return tx.Save(&c, reason)
}

// concernFor returns a concern that the member may change: ErrNotFound also
// where there is no id, ErrLocked in a file that is locked to others.
func (tx *Tx) concernFor(id ID) (Concern, error) {
	if id == "" {
		return Concern{}, ErrNotFound
	}
	c, err := get[Concern](tx, id)
	if err == nil {
		err = tx.mayKeep(&c)
	}
	return c, err
}

func notClosing(sentence string) error { return &Invalid{[]Problem{{"closed_why", sentence}}} }

// nothingOpen returns an *Invalid while something that answers a concern is
// still to be done.
func (tx *Tx) nothingOpen(c *Concern) error {
	const openOf = newest + ` WHERE r.kind = $1 AND r.pupil IN (SELECT value FROM json_each($2)) AND r.open = 1`
	files := idList(append(others(c), c.Pupil))
	plans, err := queryAll[Monitoring](tx.ctx, tx.tx, openOf, KindMonitoring, files)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(plans, func(m Monitoring) bool { return m.Concern == c.ID }) {
		return notClosing("A plan to watch answers this and is still open. End it under To do, with what was seen, then close this.")
	}
	actions, err := queryAll[Action](tx.ctx, tx.tx, openOf, KindAction, files)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(actions, func(a Action) bool { return a.Concern == c.ID }) {
		return notClosing("An action that answers this is not done yet. Write under To do what came of it, then close this.")
	}
	return nil
}

// checkClosed applies the rules of a concern's closing.
func (c *Concern) checkClosed(v *Invalid, now Stamp) {
	if (c.Closed == "") != blank(c.ClosedWhy) {
		v.add("closed_why", "Say what has been settled, and how you know.")
	}
	v.pastDate("closed", c.Closed, now)
	for _, d := range c.Reopened {
		v.pastDate("closed", d, now)
	}
	v.text("closed_why", c.ClosedWhy)
}
