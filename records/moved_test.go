package records

import (
	"bytes"
	"errors"
	"testing"
)

// TestAConcernTakesAlongWhatHangsOnIt corrects whom a concern is about.
func TestAConcernTakesAlongWhatHangsOnIt(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	a, b := testPupil(), &Pupil{Forename: "Bea", Surname: "Stone", Born: "2014-01-01"}
	mustSave(t, s, a, b)
	c, stays := testConcern(a.ID), testConcern(a.ID)
	mustSave(t, s, c, stays)
	plan := &Monitoring{Pupil: a.ID, Concern: c.ID, What: "Coat at the gate", Who: "Mr Hall", From: "2025-03-03", Until: "2025-03-21", NextSteps: "Ring home."}
	if err := s.Update(ctx, func(tx *Tx) error { return tx.StartPlan(plan) }); err != nil {
		t.Fatal(err)
	}
	action := &Action{Pupil: a.ID, Concern: c.ID, What: "Ring Nan", Who: "Ms Lowe", Due: "2025-03-10"}
	measure := &Impact{Pupil: a.ID, Of: plan.ID, Measure: "Days with a coat", Start: "2025-03-03", Before: "None", Review: "2025-03-21"}
	other := &Action{Pupil: a.ID, Concern: stays.ID, What: "Ask the form tutor", Who: "Ms Lowe", Due: "2025-03-10"}
	mustSave(t, s, action, measure, other)
	letter := &Document{Pupil: a.ID, On: c.ID, Title: "Note from home", Name: "note.txt"}
	if err := s.AddDocument(ctx, letter, bytes.NewReader([]byte("She has no coat.")), nil); err != nil {
		t.Fatal(err)
	}
	asked := mustAsk(t, s, KindConcern, a.ID, c.ID)

	c.Pupil = b.ID
	if err := s.Concerns.Save(ctx, c, "It was her sister."); err != nil {
		t.Fatal(err)
	}
	fa, err := s.File(ctx, a.ID)
	if err != nil {
		t.Fatal(err)
	}
	fb, err := s.File(ctx, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(fa.Concerns)+len(fa.Actions) != 2 || len(fa.Monitorings)+len(fa.Documents)+len(fa.Impacts) != 0 {
		t.Errorf("the first file: %d concerns, %d actions, %d plans, %d documents, %d measures",
			len(fa.Concerns), len(fa.Actions), len(fa.Monitorings), len(fa.Documents), len(fa.Impacts))
	}
	if len(fb.Concerns) != 1 || len(fb.Actions) != 2 || len(fb.Monitorings) != 1 || len(fb.Documents) != 1 || len(fb.Impacts) != 1 {
		t.Errorf("the other file: %d concerns, %d actions, %d plans, %d documents, %d measures",
			len(fb.Concerns), len(fb.Actions), len(fb.Monitorings), len(fb.Documents), len(fb.Impacts))
	}
	if len(fa.MovesOut) != 1 || len(fb.MovesOut) != 0 {
		t.Fatalf("%d and %d say that something was moved out, want 1 and 0", len(fa.MovesOut), len(fb.MovesOut))
	}
	if m := fa.MovesOut[0]; m.Record != c.ID || m.With != 5 || m.Since != c.CreatedAt || m.RecordedBy != s.Me.ID {
		t.Errorf("the trace: %+v", m)
	}
	if r, err := s.Removals.Get(ctx, asked.ID); err != nil || r.Cancelled == "" {
		t.Errorf("the request to remove it from the first file: %+v, %v; want it cancelled", r, err)
	}
	history, err := s.Actions.History(ctx, action.ID)
	if err != nil || len(history) != 2 || history[0].Pupil != a.ID || history[1].Pupil != b.ID || history[1].Why != "It was her sister." {
		t.Errorf("the action's history: %+v, %v", history, err)
	}
	if err := s.CloseConcern(ctx, c.ID, "Settled."); !errors.Is(err, ErrInvalid) {
		t.Errorf("it closes while what was promised is open: %v", err)
	}
	r, err := s.OpenDocument(ctx, letter.ID)
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	mustAsk(t, s, KindConcern, b.ID, c.ID)
	carryOut(t, s, RemovalWait, 1)
	if f, err := s.File(ctx, b.ID); err != nil || len(f.Concerns)+len(f.Actions)+len(f.Documents) != 0 {
		t.Errorf("a removal misses what was brought along: %+v, %v", f, err)
	}
}

// TestNobodyWritesATraceByHand: nor changes or removes one.
func TestNobodyWritesATraceByHand(t *testing.T) {
	ctx := t.Context()
	s := mustCreate(t)
	a, b := testPupil(), &Pupil{Forename: "Bea", Surname: "Stone"}
	mustSave(t, s, a, b)
	c := testConcern(a.ID)
	mustSave(t, s, c)
	if err := s.MovesOut.Save(ctx, &MovedOut{Pupil: a.ID, Record: c.ID}, ""); !errors.Is(err, ErrInvalid) {
		t.Errorf("written: %v, want ErrInvalid", err)
	}
	c.Pupil = b.ID
	if err := s.Concerns.Save(ctx, c, "Wrong file."); err != nil {
		t.Fatal(err)
	}
	all, err := s.MovesOut.Of(ctx, a.ID)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	all[0].With = 7
	if err := s.MovesOut.Save(ctx, &all[0], "Miscounted."); !errors.Is(err, ErrInvalid) {
		t.Errorf("changed: %v, want ErrInvalid", err)
	}
	r := &Removal{Pupil: a.ID, Of: KindMovedOut, Record: all[0].ID, Reason: "x"}
	if err := s.AskRemoval(ctx, r); !errors.Is(err, ErrInvalid) {
		t.Errorf("removed: %v, want ErrInvalid", err)
	}
}

// TestAConcernIsNotMovedAcrossALock: neither into a file that is locked to
// others nor out of it.
func TestAConcernIsNotMovedAcrossALock(t *testing.T) {
	ctx := t.Context()
	l := mustLock(t)
	c := testConcern(l.open.ID)
	mustSave(t, l.Store, c)
	l.Me = l.out
	c.Pupil = l.shut.ID
	if err := l.Concerns.Save(ctx, c, "Wrong file."); !errors.Is(err, ErrLocked) {
		t.Errorf("into a locked file: %v, want ErrLocked", err)
	}
	out := *l.concern
	out.Pupil, out.Also = l.open.ID, nil
	if err := l.Concerns.Save(ctx, &out, "Wrong file."); !errors.Is(err, ErrLocked) {
		t.Errorf("out of one: %v, want ErrLocked", err)
	}
	l.Me = l.in
	if err := l.Concerns.Save(ctx, &out, "Wrong file."); err != nil {
		t.Errorf("by somebody who is named: %v", err)
	}
}
