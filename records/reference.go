package records

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// reference is another record that a record names.
type reference struct {
	field string // of the record that names it, by its JSON name
	kind  Kind   // that the other must be of; empty for any
	id    ID
}

// references returns the records that must be there for rec to stand: the pupil
// whose file it is in, what it hangs on and whom it names. What it only points
// at as evidence is none of them, since that may be removed.
func references(rec Record) []reference {
	var list []reference
	add := func(field string, kind Kind, id ID) {
		if id != "" {
			list = append(list, reference{field, kind, id})
		}
	}
	if rec.Kind() != KindPupil {
		add("pupil", KindPupil, rec.index().pupil)
	}
	switch rec := rec.(type) {
	case *Concern:
		for _, o := range rec.Also {
			add("also", KindPupil, o.Pupil)
		}
	case *Action:
		add("concern", KindConcern, rec.Concern)
		add("plan", KindMonitoring, rec.Plan)
	case *Monitoring:
		add("concern", KindConcern, rec.Concern)
		add("reply", KindReply, rec.Reply)
	case *Tie:
		add("person", KindPerson, rec.Person)
	case *Document:
		add("on", "", rec.On)
	case *Impact:
		add("of", "", rec.Of)
	case *Referral:
		for _, id := range rec.Siblings {
			add("siblings", KindPupil, id)
		}
	case *Reply:
		add("referral", KindReferral, rec.Referral)
	case *Challenge:
		add("referral", KindReferral, rec.Referral)
		add("meeting", KindMeeting, rec.Meeting)
	case *Rung:
		add("challenge", KindChallenge, rec.Challenge)
	case *Meeting:
		add("referral", KindReferral, rec.Referral)
	case *GoodPractice:
		add("referral", KindReferral, rec.Referral)
	case *Disclosure:
		add("referral", KindReferral, rec.Referral)
	case *ChildNote:
		add("session", KindSupervision, rec.Session)
		add("task", KindAction, rec.Task)
	case *Reflection:
		add("session", KindSupervision, rec.Session)
	}
	return list
}

// checkReferences returns nil when every record that rec names is kept. One that
// the version before named too may have been removed since. Otherwise it returns
// an *Invalid for a pupil who was chosen from a list, and ErrNotFound for what
// the record stands in or hangs on.
func (tx *Tx) checkReferences(rec Record) error {
	if tx.unasked {
		return nil // as a removal is carried out, what its request names is gone
	}
	var v Invalid
	for _, ref := range references(rec) {
		kept, err := tx.isKept(ref)
		if err == nil && !kept {
			kept, err = tx.namedBefore(rec, ref)
		}
		switch {
		case err != nil:
			return err
		case kept:
		case ref.field == "also" || ref.field == "siblings":
			v.add(ref.field, "One of these pupils has no file any more. Take them out, or choose again.")
		default:
			return fmt.Errorf("%s of a %s: %s %s: %w", ref.field, rec.Kind(), ref.kind, ref.id, ErrNotFound)
		}
	}
	return v.err()
}

// isKept reports whether a record is there and was not removed.
func (tx *Tx) isKept(ref reference) (bool, error) {
	kind, known := tx.kept[ref.id]
	if !known {
		err := tx.tx.QueryRowContext(tx.ctx, `SELECT r.kind FROM record r JOIN version v ON v.id = r.id AND v.version = r.version
			WHERE r.id = $1 AND v.body <> ''`, ref.id).Scan(&kind)
		if errors.Is(err, sql.ErrNoRows) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		tx.kept[ref.id] = kind
	}
	return ref.kind == "" || ref.kind == kind, nil
}

// namedBefore reports whether the version before named the same.
func (tx *Tx) namedBefore(rec Record, ref reference) (named bool, err error) {
	id := rec.meta().ID
	if id == "" {
		return false, nil
	}
	err = eachRow(tx.ctx, tx.tx, func(r row) error {
		old, err := r.any()
		if err == nil {
			named = slices.Contains(references(old), ref)
		}
		return err
	}, newest+` WHERE r.id = $1 AND r.kind = $2`, id, rec.Kind())
	return named, err
}

// blanks makes an empty record of each kind.
var blanks = map[Kind]func() Record{
	KindSchool: func() Record { return new(School) }, KindMember: func() Record { return new(Member) },
	KindCalendar: func() Record { return new(Calendar) }, KindPupil: func() Record { return new(Pupil) },
	KindStatus: func() Record { return new(StatusBand) }, KindPerson: func() Record { return new(Person) },
	KindTie: func() Record { return new(Tie) }, KindConcern: func() Record { return new(Concern) },
	KindAction: func() Record { return new(Action) }, KindMonitoring: func() Record { return new(Monitoring) },
	KindSupport: func() Record { return new(Support) }, KindReferral: func() Record { return new(Referral) },
	KindReply: func() Record { return new(Reply) }, KindChallenge: func() Record { return new(Challenge) },
	KindRung: func() Record { return new(Rung) }, KindDisclosure: func() Record { return new(Disclosure) },
	KindDismissal: func() Record { return new(Dismissal) }, KindRemoval: func() Record { return new(Removal) },
	KindMovedOut: func() Record { return new(MovedOut) }, KindDocument: func() Record { return new(Document) },
	KindHold:    func() Record { return new(Hold) },
	KindMeeting: func() Record { return new(Meeting) }, KindImpact: func() Record { return new(Impact) },
	KindPractice: func() Record { return new(GoodPractice) }, KindSupervision: func() Record { return new(Supervision) },
	KindChildNote: func() Record { return new(ChildNote) }, KindReflection: func() Record { return new(Reflection) },
}

// any returns what a row holds, of whatever kind. Returns ErrBroken when the kind
// is not known or the body cannot be read.
func (r row) any() (Record, error) {
	blank := blanks[r.kind]
	if blank == nil {
		return nil, fmt.Errorf("read %s: its kind: %w", r.meta.ID, ErrBroken)
	}
	rec := blank()
	return rec, r.into(rec)
}
