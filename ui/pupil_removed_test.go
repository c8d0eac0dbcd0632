package ui

import (
	"context"
	"testing"
	"time"

	"throughline/records"
)

func TestWhatWasRemovedOrLetStayIsShown(t *testing.T) {
	ctx := context.Background()
	w := newSchool(t)
	p := addPupil(t, w, "Ada", "Okafor")
	gone, stays := addConcern(t, w, p.ID, "2026-11-20", "Coat lent."), addConcern(t, w, p.ID, "2026-11-19", "Rang home.")
	for _, r := range []*records.Removal{
		{Pupil: p.ID, Of: records.KindConcern, Record: gone.ID, Reason: "Wrong pupil."},
		{Pupil: p.ID, Of: records.KindConcern, Record: stays.ID, Reason: "Twice."},
	} {
		if err := w.store.AskRemoval(ctx, r); err != nil {
			t.Fatal(err)
		}
		if r.Record == stays.ID {
			if err := w.store.CancelRemoval(ctx, r.ID, "It is hers."); err != nil {
				t.Fatal(err)
			}
		}
	}
	mustSave(t, w.store.Holds, records.Hold{Pupil: p.ID, Reason: records.HoldReasons()[1], From: "2026-11-01", Ended: "2026-11-10", EndedWhy: "Case closed."})
	later := w.store.Now().Add(records.RemovalWait)
	w.store.Now = func() time.Time { return later }
	if n, err := w.store.CarryOutRemovals(ctx); n != 1 || err != nil {
		t.Fatalf("CarryOutRemovals() = %d, %v", n, err)
	}
	all, err := w.store.Removals.Of(ctx, p.ID)
	if err != nil || len(all) != 2 {
		t.Fatalf("%d requests, %v", len(all), err)
	}
	w.openRef(p.ID, records.Ref{Kind: records.KindRemoval, ID: all[0].ID}) // as a search does
	w.tasks.Wait()
	for _, text := range []string{
		"A concern was removed on Tue 24 Nov 2026, 10:00. Why: “Wrong pupil.”",
		"A concern stays: “It is hers.”", "Its removal had been asked for: “Twice.”",
		"Legal proceedings, 1 Nov 2026 to 10 Nov 2026.", "It has ended: Case closed.",
	} {
		wantSays(t, w, text, true)
	}
	press(t, w, "1 earlier version")
	wantSays(t, w, "First written by Ms Quill", true)
	for _, r := range all {
		if r.Marks != "" {
			wantSays(t, w, r.Marks, false)
		}
	}
}

func TestARemovedFileStaysOnTheList(t *testing.T) {
	ctx := context.Background()
	w := newSchool(t)
	p := addPupil(t, w, "Ada", "Okafor")
	if err := w.store.AskRemoval(ctx, &records.Removal{Pupil: p.ID, Of: records.KindPupil, Record: p.ID, Reason: "Added twice."}); err != nil {
		t.Fatal(err)
	}
	later := w.store.Now().Add(records.RemovalWait)
	w.store.Now = func() time.Time { return later }
	if n, err := w.store.CarryOutRemovals(ctx); n != 1 || err != nil {
		t.Fatalf("CarryOutRemovals() = %d, %v", n, err)
	}
	visit(w, newLeaversPage(w, listOld))
	wantSays(t, w, "The whole file was removed on Tue 24 Nov 2026, 10:00. Why: “Added twice.”", true)
	wantSays(t, w, "Okafor", false)
}
