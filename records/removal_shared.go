package records

import (
	"context"
	"slices"
)

// A concern stands in the file of every child who had a part in it, so its
// removal reaches into files that nobody asked about. These are the rules that
// keep it from that.

// Sentences for whoever asks to remove what stands in another child's file too.
const (
	sharedEntry = "Another child had a part in this, so it stands in that file too. Correct it first: take that child out of it, or change whom it is about. Then ask again."
	sharedFile  = "An entry in this file stands in the file of another child too, who had a part in it. The file stays until that child's has reached its age, or until the entry no longer names that child."
)

// sharedWith returns the other pupils who had a part in one of the concerns
// among rows and whose files are kept, each once.
func (tx *Tx) sharedWith(rows []row) ([]Pupil, error) {
	var others []Pupil
	for _, rec := range rows {
		if rec.kind != KindConcern {
			continue
		}
		var c Concern
		if err := rec.into(&c); err != nil {
			return nil, err
		}
		for _, o := range c.Also {
			if slices.ContainsFunc(others, func(p Pupil) bool { return p.ID == o.Pupil }) {
				continue
			}
			kept, err := queryAll[Pupil](tx.ctx, tx.tx, newest+` WHERE r.kind = $1 AND r.id = $2`, KindPupil, o.Pupil)
			if err != nil {
				return nil, err
			}
			others = append(others, kept...)
		}
	}
	return others, nil
}

// checkShared returns an *Invalid beside "record" when what is to be removed
// stands in the file of another child too. A whole file goes with what it
// shares once the other children's files have reached their age as well.
func (tx *Tx) checkShared(of Kind, rows []row) error {
	others, err := tx.sharedWith(rows)
	if err != nil || len(others) == 0 {
		return err
	}
	if of != KindPupil {
		return &Invalid{[]Problem{{"record", sharedEntry}}}
	}
	for _, p := range others {
		old, err := tx.hasReachedItsAge(p.ID)
		if err != nil {
			return err
		}
		if !old {
			return &Invalid{[]Problem{{"record", sharedFile}}}
		}
	}
	return nil
}

// sharedIsHeld reports whether a hold is open on the file of another child that
// rows stand in too.
func (tx *Tx) sharedIsHeld(rows []row) (held bool, err error) {
	others, err := tx.sharedWith(rows)
	for _, p := range others {
		if err != nil || held {
			break
		}
		err = tx.tx.QueryRowContext(tx.ctx, `SELECT EXISTS (SELECT 1 FROM record WHERE kind = $1 AND pupil = $2 AND open = 1)`,
			KindHold, p.ID).Scan(&held)
	}
	return held, err
}

// SharedWith returns the other pupils who had a part in what a request would take
// out, so that whoever asks sees whose files it stands in too; none where the
// request's record is not there. Returns ErrNotAllowed and ErrLocked as AskRemoval
// does.
func (s *Store) SharedWith(ctx context.Context, r *Removal) ([]Pupil, error) {
	var others []Pupil
	err := s.Update(ctx, func(tx *Tx) error {
		if s.closed(r.Pupil) {
			return ErrLocked
		}
		file, err := tx.fileRows(r)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(file, func(rec row) bool { return rec.meta.ID == r.Record && rec.kind == r.Of })
		if at < 0 {
			return nil
		}
		if r.Of != KindPupil {
			file = hanging(file, file[at])
		}
		others, err = tx.sharedWith(file)
		return err
	})
	for i := range others {
		if s.closed(others[i].ID) {
			others[i].identity()
		}
	}
	return others, err
}
