package records

import (
	"errors"
	"testing"
)

// TestSpacesAreNoReason: what has to be said is not said by spaces.
func TestSpacesAreNoReason(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	c := testConcern(p.ID)
	mustSave(t, s, c)
	waits := mustAsk(t, s, KindConcern, p.ID, c.ID)
	const spaces = " \n\t "
	for _, tt := range []struct {
		name, field string
		do          func() error
	}{
		{"why a record is changed", "why", func() error { q := *p; q.Form = "9Z"; return s.Pupils.Save(ctx, &q, spaces) }},
		{"an account", "account", func() error {
			d := testConcern(p.ID)
			d.Account, d.ChildsWords = spaces, ""
			return s.Concerns.Save(ctx, d, "")
		}},
		{"why a concern is closed", "closed_why", func() error { return s.CloseConcern(ctx, c.ID, spaces) }},
		{"why something is removed", "reason", func() error {
			return s.AskRemoval(ctx, &Removal{Pupil: p.ID, Of: KindPupil, Record: p.ID, Reason: spaces})
		}},
		{"why it stays", "cancelled", func() error { return s.CancelRemoval(ctx, waits.ID, spaces) }},
		{"why it stays, saved as it is", "cancelled", func() error { r := *waits; r.Cancelled = spaces; return s.Removals.Save(ctx, &r, "x") }},
		{"why parents are not told", "parents_why", func() error {
			d := testConcern(p.ID)
			d.ParentsTold, d.ParentsWhy = No, spaces
			return s.Concerns.Save(ctx, d, "")
		}},
		{"what is to be done", "what", func() error {
			return s.Actions.Save(ctx, &Action{Pupil: p.ID, What: spaces, Who: "Ms Lowe", Due: "2025-03-10"}, "")
		}},
		{"why a hold has ended", "ended_why", func() error {
			return s.Holds.Save(ctx, &Hold{Pupil: p.ID, Reason: HoldReasons()[0], From: "2025-01-01", Ended: "2025-02-01", EndedWhy: spaces}, "")
		}},
	} {
		var v *Invalid
		if err := tt.do(); !errors.As(err, &v) || v.For(tt.field) == "" {
			t.Errorf("%s: %v, want an *Invalid beside %s", tt.name, err, tt.field)
		}
	}
}

func TestADateIsMeant(t *testing.T) {
	const now Stamp = "2025-03-03T09:00:00.000000Z"
	for _, tt := range []struct {
		rec   Record
		field string
	}{
		{&Pupil{Forename: "Ada", Surname: "Holt", Born: "1850-01-01"}, "born"},
		{&Pupil{Forename: "Ada", Surname: "Holt", Born: "1924-01-01"}, "born"},
		{&Pupil{Forename: "Ada", Surname: "Holt", Born: "1926-01-01"}, ""},
		{&Action{Pupil: "p", What: "Ring", Who: "Ms Lowe", Due: "0001-01-01"}, "due"},
		{&Action{Pupil: "p", What: "Ring", Who: "Ms Lowe", Due: "9025-01-01"}, "due"},
		{&Concern{Pupil: "p", When: On("0025-03-02"), Source: Seen, Categories: []Category{Neglect}, Account: "Coat."}, "when"},
	} {
		err := tt.rec.Check(now)
		var v *Invalid
		if tt.field == "" && err != nil || tt.field != "" && (!errors.As(err, &v) || v.For(tt.field) == "") {
			t.Errorf("%+v: %v, want a sentence beside %q", tt.rec, err, tt.field)
		}
	}
}

func TestStatusesOfAPupil(t *testing.T) {
	s := mustCreate(t)
	p := &Pupil{Forename: "Ada", Surname: "Holt", Born: "2014-05-05"}
	other := &Pupil{Forename: "Bea", Surname: "Stone"}
	mustSave(t, s, p, other)
	mustSave(t, s,
		&StatusBand{Pupil: p.ID, Status: ChildProtect, From: "2024-01-01", To: "2024-06-01", Category: "neglect"},
		&StatusBand{Pupil: p.ID, Status: ChildInNeed, From: "2024-09-01"})
	for _, tt := range []struct {
		name, field string
		band        StatusBand
	}{
		{"another time", "", StatusBand{Status: ChildProtect, From: "2024-06-01", To: "2024-07-01", Category: "emotional"}},
		{"within", "status", StatusBand{Status: ChildProtect, From: "2024-02-01", To: "2024-03-01"}},
		{"open on both sides", "status", StatusBand{Status: ChildInNeed, From: "2024-10-01"}},
		{"begun before and never ended", "status", StatusBand{Status: ChildInNeed, From: "2023-10-01"}},
		{"another status at the time", "", StatusBand{Status: LookedAfter, From: "2024-10-01"}},
		{"another pupil's", "", StatusBand{Pupil: other.ID, Status: ChildInNeed, From: "2024-10-01"}},
		{"before birth, as a plan can be", "", StatusBand{Status: ChildProtect, From: "2014-03-01", To: "2014-08-01"}},
		{"long before birth", "from", StatusBand{Status: EarlyHelp, From: "1990-02-01", To: "1990-03-01"}},
		{"of a category that is none", "category", StatusBand{Status: ChildProtect, From: "2025-01-01", Category: "banana"}},
	} {
		if tt.band.Pupil == "" {
			tt.band.Pupil = p.ID
		}
		err := s.Bands.Save(t.Context(), &tt.band, "")
		var v *Invalid
		if tt.field == "" && err != nil || tt.field != "" && (!errors.As(err, &v) || v.For(tt.field) == "") {
			t.Errorf("%s: %v, want a sentence beside %q", tt.name, err, tt.field)
		}
	}
	all, err := s.Bands.Of(t.Context(), p.ID)
	if err != nil {
		t.Fatal(err)
	}
	all[0].Worker = "Sam Iqbal"
	if err := s.Bands.Save(t.Context(), &all[0], "Who it was."); err != nil {
		t.Errorf("a band overlaps itself: %v", err)
	}
}
