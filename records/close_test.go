package records

import (
	"errors"
	"testing"
)

func TestAConcernIsClosedAndOpenedAgain(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	c := testConcern(p.ID)
	mustSave(t, s, c)
	if err := s.CloseConcern(ctx, c.ID, "Coat bought; Nan confirmed it by telephone."); err != nil {
		t.Fatal(err)
	}
	got, err := s.Concerns.Get(ctx, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.Closed != "2025-03-03" || got.ClosedWhy != got.Why || got.Why == "" || got.index().open {
		t.Errorf("closed on %q because %q, why %q, open %v", got.Closed, got.ClosedWhy, got.Why, got.index().open)
	}
	if err := s.ReopenConcern(ctx, c.ID, "Came in without a coat again."); err != nil {
		t.Fatal(err)
	}
	got, err = s.Concerns.Get(ctx, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.Closed != "" || got.ClosedWhy != "" || len(got.Reopened) != 1 || got.Reopened[0] != "2025-03-03" || !got.index().open {
		t.Errorf("opened again: %+v", got)
	}
	history, err := s.Concerns.History(ctx, c.ID)
	if err != nil || len(history) != 3 || history[1].ClosedWhy == "" || history[2].Why != "Came in without a coat again." {
		t.Errorf("history has %d versions, %v", len(history), err)
	}
}

func TestWhatKeepsAConcernOpenOrClosed(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	watched, acted, other, closed := testConcern(p.ID), testConcern(p.ID), testConcern(p.ID), testConcern(p.ID)
	mustSave(t, s, watched, acted, other, closed)
	plan := &Monitoring{Pupil: p.ID, Concern: watched.ID, What: "Coat at the gate", Who: "Mr Hall", From: "2025-03-03", Until: "2025-03-21", NextSteps: "Ring home."}
	action := &Action{Pupil: p.ID, Concern: acted.ID, What: "Ring Nan", Who: "Ms Lowe", Due: "2025-03-05"}
	mustSave(t, s, plan, action)
	if err := s.CloseConcern(ctx, closed.ID, "Settled."); err != nil {
		t.Fatal(err)
	}
	const why = "Settled."
	for _, c := range []struct {
		name  string
		do    func() error
		valid bool
		want  error
	}{
		{"without a reason", func() error { return s.CloseConcern(ctx, other.ID, "") }, false, ErrInvalid},
		{"while its plan is open", func() error { return s.CloseConcern(ctx, watched.ID, why) }, false, ErrInvalid},
		{"while its action is open", func() error { return s.CloseConcern(ctx, acted.ID, why) }, false, ErrInvalid},
		{"twice", func() error { return s.CloseConcern(ctx, closed.ID, why) }, false, ErrInvalid},
		{"what is not there", func() error { return s.CloseConcern(ctx, "", why) }, false, ErrNotFound},
		{"open what is open", func() error { return s.ReopenConcern(ctx, other.ID, why) }, false, ErrInvalid},
		{"open without a reason", func() error { return s.ReopenConcern(ctx, closed.ID, "") }, false, ErrInvalid},
		{"one that nothing hangs on", func() error { return s.CloseConcern(ctx, other.ID, why) }, true, nil},
	} {
		if err := c.do(); !errors.Is(err, c.want) || (err == nil) != c.valid {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	plan.Ended, plan.Result = "2025-03-03", "Coat every day."
	action.Done, action.Result = "2025-03-03", "Nan has bought one."
	for _, r := range []Record{plan, action} {
		if err := s.Update(ctx, func(tx *Tx) error { return tx.Save(r, "Done.") }); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []ID{watched.ID, acted.ID} {
		if err := s.CloseConcern(ctx, id, why); err != nil {
			t.Errorf("once what answers it is done: %v", err)
		}
	}
}

func TestClosingHasItsReason(t *testing.T) {
	for _, c := range []struct {
		name   string
		closed Date
		why    string
		field  string
	}{
		{"open", "", "", ""},
		{"closed", "2025-03-02", "Settled.", ""},
		{"no reason", "2025-03-02", "", "closed_why"},
		{"no day", "", "Settled.", "closed_why"},
		{"tomorrow", "2025-03-04", "Settled.", "closed"},
	} {
		rec := testConcern("p")
		rec.Closed, rec.ClosedWhy = c.closed, c.why
		var v *Invalid
		err := rec.Check(StampOf(monday))
		if errors.As(err, &v) != (c.field != "") || v != nil && v.For(c.field) == "" {
			t.Errorf("%s: Check() = %v, want a problem with %q", c.name, err, c.field)
		}
	}
}
