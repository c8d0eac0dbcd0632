package records

import (
	"errors"
	"testing"
)

// shared is a concern about one child in which another was harmed.
func shared(t testing.TB, s *Store, about, harmed *Pupil) *Concern {
	t.Helper()
	c := testConcern(about.ID)
	c.Also = []Involved{{harmed.ID, Harmed}}
	mustSave(t, s, c)
	return c
}

func TestARemovalLeavesOtherFilesAlone(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	a, b := testPupil(), &Pupil{Forename: "Bea", Surname: "Stone", Born: "2014-01-01"}
	mustSave(t, s, a, b)
	c := shared(t, s, a, b)
	for _, r := range []Removal{{Pupil: a.ID, Of: KindConcern, Record: c.ID}, {Pupil: a.ID, Of: KindPupil, Record: a.ID}} {
		r.Reason = "Because."
		var v *Invalid
		if err := s.AskRemoval(ctx, &r); !errors.As(err, &v) || v.For("record") == "" {
			t.Errorf("removal of a %s that another child had a part in: %v, want an *Invalid beside record", r.Of, err)
		}
	}
	for _, r := range []Removal{{Pupil: a.ID, Of: KindConcern, Record: c.ID}, {Pupil: a.ID, Of: KindPupil, Record: a.ID}} {
		if with, err := s.SharedWith(ctx, &r); err != nil || len(with) != 1 || with[0].ID != b.ID {
			t.Errorf("a %s is shared with %d others, %v; want the one", r.Of, len(with), err)
		}
	}
	c.Also = nil
	if with, err := s.SharedWith(ctx, &Removal{Pupil: b.ID, Of: KindPupil, Record: b.ID}); err != nil || len(with) != 0 {
		t.Errorf("a file in which nobody else has a part is shared with %d, %v", len(with), err)
	}
	if err := s.Concerns.Save(ctx, c, "Bea was not there."); err != nil {
		t.Fatal(err)
	}
	mustAsk(t, s, KindConcern, a.ID, c.ID)
	c.Also = []Involved{{b.ID, Witness}} // she was, after all
	if err := s.Concerns.Save(ctx, c, "She saw it."); err != nil {
		t.Fatal(err)
	}
	carryOut(t, s, RemovalWait, 0)
	if f, err := s.File(ctx, b.ID); err != nil || len(f.Concerns) != 1 {
		t.Errorf("the other child's file: %+v, %v", f, err)
	}
	all, err := s.Removals.All(ctx)
	if err != nil || len(all) != 1 || all[0].Cancelled == "" {
		t.Errorf("the request: %+v, %v; want it cancelled", all, err)
	}
}

// TestAnOldFileWaitsForTheYoungest: what two children share stays until both
// files have reached their age, and neither is on hold.
func TestAnOldFileWaitsForTheYoungest(t *testing.T) {
	ctx := t.Context()
	for _, tt := range []struct {
		name string
		born Date // of the other child
		hold bool // on the other child's file
		want error
		gone int
	}{
		{"the other is young", "2014-01-01", false, ErrInvalid, 0},
		{"the other is old too", "1999-05-05", false, nil, 1},
		{"the other is old and held", "1999-05-05", true, nil, 0},
	} {
		s := mustCreate(t)
		a, b := &Pupil{Forename: "Ola", Surname: "Lind", Born: "1998-03-03"}, &Pupil{Forename: "Bea", Surname: "Stone", Born: tt.born}
		mustSave(t, s, a, b)
		shared(t, s, a, b)
		if tt.hold {
			mustSave(t, s, &Hold{Pupil: b.ID, Reason: HoldReasons()[1], From: "2025-03-01"})
		}
		r := &Removal{Pupil: a.ID, Of: KindPupil, Record: a.ID, Reason: "Its time has come."}
		if err := s.AskRemoval(ctx, r); !errors.Is(err, tt.want) || tt.want == nil && err != nil {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
		carryOut(t, s, RemovalWait, tt.gone)
		f, err := s.File(ctx, b.ID)
		if err != nil || len(f.Concerns) != 1-tt.gone {
			t.Errorf("%s: the other child's file holds %d concerns, %v", tt.name, len(f.Concerns), err)
		}
	}
}
