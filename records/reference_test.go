package records

import (
	"errors"
	"reflect"
	"testing"
)

// TestNothingHangsOnWhatIsNotThere saves one of everything that names another
// record, with an id that nobody has.
func TestNothingHangsOnWhatIsNotThere(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p, karl := testPupil(), &Person{Name: "Karl"}
	mustSave(t, s, p, karl)
	c, session := testConcern(p.ID), testSession(s.Me.ID)
	mustSave(t, s, c, session)
	action := func(pupil, concern, plan ID) *Action {
		return &Action{Pupil: pupil, Concern: concern, Plan: plan, What: "Ring Nan", Who: "Ms Lowe", Due: "2025-03-10"}
	}
	with := func(also ...ID) *Concern {
		c := testConcern(p.ID)
		for _, id := range also {
			c.Also = append(c.Also, Involved{id, Witness})
		}
		return c
	}
	for _, tt := range []struct {
		name string
		rec  Record
		want error
	}{
		{"an action of nobody", action("x", "", ""), ErrNotFound},
		{"an action that answers nothing kept", action(p.ID, "x", ""), ErrNotFound},
		{"an action that answers a person", action(p.ID, karl.ID, ""), ErrNotFound},
		{"an action of no plan", action(p.ID, "", "x"), ErrNotFound},
		{"an action that answers a concern", action(p.ID, c.ID, ""), nil},
		{"a status of nobody", &StatusBand{Pupil: "x", Status: ChildInNeed, From: "2025-03-01"}, ErrNotFound},
		{"support of nobody", &Support{Pupil: "x", What: "Breakfast club", Level: Universal, By: "Ms Lowe", From: "2025-03-01"}, ErrNotFound},
		{"a hold of nobody", &Hold{Pupil: "x", Reason: HoldReasons()[0], From: "2025-03-01"}, ErrNotFound},
		{"a referral of nobody", &Referral{Pupil: "x", Procedures: "default"}, ErrNotFound},
		{"a referral with a sibling who is nobody", &Referral{Pupil: p.ID, Siblings: []ID{"x"}, Procedures: "default"}, ErrInvalid},
		{"a tie of nobody", &Tie{Pupil: "x", Person: karl.ID, Relationship: "aunt"}, ErrNotFound},
		{"a tie to nobody", &Tie{Pupil: p.ID, Person: "x", Relationship: "aunt"}, ErrNotFound},
		{"a tie to a concern", &Tie{Pupil: p.ID, Person: c.ID, Relationship: "aunt"}, ErrNotFound},
		{"a concern with nobody in it", with("x"), ErrInvalid},
		{"a note of no session", &ChildNote{Pupil: p.ID, Session: "x", On: "2025-03-03", Why: "New."}, ErrNotFound},
		{"a note of a session", &ChildNote{Pupil: p.ID, Session: session.ID, On: "2025-03-03", Why: "New."}, nil},
	} {
		err := s.Update(ctx, func(tx *Tx) error { return tx.Save(tt.rec, "") })
		if !errors.Is(err, tt.want) || tt.want == nil && err != nil {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

// TestARemovedFileTakesNothingMore: and an entry that named its pupil before can
// still be corrected.
func TestARemovedFileTakesNothingMore(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	gone, p := testPupil(), &Pupil{Forename: "Bea", Surname: "Stone", Born: "2014-01-01"}
	mustSave(t, s, gone, p)
	c := shared(t, s, p, gone)
	mustAsk(t, s, KindPupil, gone.ID, gone.ID)
	carryOut(t, s, RemovalWait, 1)
	for _, rec := range []Record{
		&Action{Pupil: gone.ID, What: "Ring Nan", Who: "Ms Lowe", Due: "2025-03-10"},
		&StatusBand{Pupil: gone.ID, Status: ChildInNeed, From: "2025-03-01"},
		testConcern(gone.ID),
	} {
		if err := s.Update(ctx, func(tx *Tx) error { return tx.Save(rec, "") }); !errors.Is(err, ErrNotFound) {
			t.Errorf("%T in a removed file: %v, want ErrNotFound", rec, err)
		}
	}
	c.Outcome = "Coat bought."
	if err := s.Concerns.Save(ctx, c, "Outcome."); err != nil {
		t.Errorf("a correction of what named the removed pupil before: %v", err)
	}
	more := testConcern(p.ID)
	more.Also = c.Also
	var v *Invalid
	if err := s.Concerns.Save(ctx, more, ""); !errors.As(err, &v) || v.For("also") == "" {
		t.Errorf("a new entry that names the removed pupil: %v, want an *Invalid beside also", err)
	}
}

// TestEveryKindIsRead: each ledger's kind can be read without knowing it.
func TestEveryKindIsRead(t *testing.T) {
	s := mustCreate(t)
	n := 0
	eachLedger(s, func(name string, ledger reflect.Value) {
		n++
		kind := Kind(ledger.FieldByName("kind").String())
		if blank := blanks[kind]; blank == nil || blank().Kind() != kind {
			t.Errorf("%s: no blank record of kind %q", name, kind)
		}
	})
	if n != len(blanks) {
		t.Errorf("%d ledgers, %d blank records", n, len(blanks))
	}
}
