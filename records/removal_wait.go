package records

import (
	"errors"
	"slices"
)

// putOff lets the requests that a hold on a pupil's file held up wait for
// RemovalWait once more when that hold ends: what was asked for years ago is not
// gone at once.
func (tx *Tx) putOff(pupil ID) error {
	pending, err := queryAll[Removal](tx.ctx, tx.tx, newest+` WHERE r.kind = $1 AND r.open = 1 ORDER BY r.id`, KindRemoval)
	if err != nil {
		return err
	}
	due := StampOf(tx.now.Time().Add(RemovalWait))
	for i := range pending {
		r := &pending[i]
		reaches, err := tx.reaches(r, pupil)
		if err != nil {
			return err
		}
		if !reaches || r.Due >= due {
			continue
		}
		r.AskedBy, r.Due = r.Asker(), due
		if err := tx.keep(r, "A hold on the file has ended, so it waits for another 48 hours."); err != nil {
			return err
		}
	}
	return nil
}

// reaches reports whether what a request takes out stands in a pupil's file.
func (tx *Tx) reaches(r *Removal, pupil ID) (bool, error) {
	if r.Pupil == pupil {
		return true, nil
	}
	rows, err := tx.toRemove(r)
	var stays *Invalid
	if errors.Is(err, ErrNotFound) || errors.As(err, &stays) {
		return false, nil // it will be said when it is due
	}
	if err != nil {
		return false, err
	}
	others, err := tx.sharedWith(rows)
	return slices.ContainsFunc(others, func(p Pupil) bool { return p.ID == pupil }), err
}

// saveHold saves a hold and, when it ends, puts off what it held up.
func (tx *Tx) saveHold(h *Hold, why string) error {
	old, err := get[Hold](tx, h.ID)
	if err != nil {
		return err
	}
	if err := tx.save(h, why); err != nil || old.ID == "" || old.Ended != "" || h.Ended == "" {
		return err
	}
	return tx.putOff(h.Pupil)
}
