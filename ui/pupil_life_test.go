package ui

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

func wantSays(t *testing.T, w *Window, text string, want bool) {
	t.Helper()
	if says(w, text) != want {
		t.Errorf("the window says %q: %v, want %v", text, !want, want)
	}
}

func TestCloseAConcernAndOpenItAgain(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Ada", "Okafor")
	c := addConcern(t, w, p.ID, "2026-11-20", "Coat lent.")
	visit(w, newPupilPage(w, p.ID))
	press(t, w, "Close this concern …")
	press(t, w, "Close the concern")
	wants(t, w, "What has been settled, and how do you know?", "Say what has been settled")
	fill(t, w, "What has been settled, and how do you know?", "Coat bought; worn all week.")
	press(t, w, "Close the concern")
	got, err := w.store.Concerns.Get(context.Background(), c.ID)
	if err != nil || got.Closed != "2026-11-22" || got.ClosedWhy != "Coat bought; worn all week." {
		t.Fatalf("closed on %q because %q, %v", got.Closed, got.ClosedWhy, err)
	}
	wantSays(t, w, "Closed on 22 Nov 2026: Coat bought; worn all week.", true)
	press(t, w, "Open again …")
	fill(t, w, "What has changed, or was not settled after all?", "No coat on Friday.")
	press(t, w, "Open it again")
	wantSays(t, w, "open again since 22 Nov 2026", true)
	press(t, w, "2 earlier versions")
	for _, text := range []string{"“No coat on Friday.”", "Was: Coat bought; worn all week.", "Closed on", "Ms Quill"} {
		wantSays(t, w, text, true)
	}
}

func TestAskForRemovalAndCancelIt(t *testing.T) {
	ctx := context.Background()
	w := newSchool(t)
	p := addPupil(t, w, "Ada", "Okafor")
	c := addConcern(t, w, p.ID, "2026-11-20", "Coat lent.")
	visit(w, newPupilPage(w, p.ID))
	press(t, w, "Ask for removal …")
	wantSays(t, w, "on Tue 24 Nov 2026, 10:00", true)
	press(t, w, "Ask for removal")
	wants(t, w, "Why is it to be removed?", "Say why")
	fill(t, w, "Why is it to be removed?", "Wrong pupil.")
	press(t, w, "Ask for removal")
	wantSays(t, w, "will be removed on Tue 24 Nov 2026, 10:00.", true)
	visit(w, newTodayPage(w))
	wantSays(t, w, "An entry will be removed on Tue 24 Nov 2026, 10:00.", true)
	press(t, w, "Let it stay …")
	fill(t, w, "Why is it to stay?", "It is hers after all.")
	press(t, w, "Let it stay")
	wantSays(t, w, "will be removed on", false)
	all, err := w.store.Removals.Under(ctx, c.ID)
	if err != nil || len(all) != 1 || all[0].Cancelled != "It is hers after all." {
		t.Errorf("requests: %+v, %v", all, err)
	}
	w.store.Me.Role = records.Deputy
	visit(w, newPupilPage(w, p.ID))
	for _, b := range seen[*widget.Button](w) {
		if b.Text == "Ask for removal …" {
			t.Error("a deputy is offered what they may not ask for")
		}
	}
}

func TestRemoveAWholeFile(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Ada", "Okafor")
	addConcern(t, w, p.ID, "2026-11-20", "Coat lent.")
	visit(w, newPupilForm(w, p))
	press(t, w, "Ask for removal of the whole file …")
	fill(t, w, "Why is it to be removed?", "Added twice.")
	press(t, w, "Ask for removal")
	wantSays(t, w, "This whole file will be removed on Tue 24 Nov 2026, 10:00.", true)
	hold := mustSave(t, w.store.Holds, records.Hold{Pupil: p.ID, Reason: records.HoldReasons()[0], From: "2026-11-01"})
	visit(w, newPupilPage(w, p.ID))
	wantSays(t, w, "a hold keeps this file", true)
	later := w.store.Now().Add(records.RemovalWait)
	w.store.Now = func() time.Time { return later }
	hold.Ended, hold.EndedWhy = "2026-11-24", "Closed."
	if err := w.store.Holds.Save(context.Background(), &hold, "Closed."); err != nil {
		t.Fatal(err)
	}
	visit(w, newPupilPage(w, p.ID)) // once the hold has ended it waits again
	wantSays(t, w, "This whole file will be removed on Thu 26 Nov 2026, 10:00.", true)
	muchLater := later.Add(records.RemovalWait)
	w.store.Now = func() time.Time { return muchLater }
	if n, err := w.store.CarryOutRemovals(context.Background()); n != 1 || err != nil {
		t.Fatalf("CarryOutRemovals() = %d, %v", n, err)
	}
	visit(w, newTodayPage(w))
	visit(w, newPupilsPage(w))
	wantSays(t, w, "Okafor", false)
}

func TestALockedFile(t *testing.T) {
	ctx := context.Background()
	w := newSchool(t)
	p, other := addPupil(t, w, "Ada", "Okafor"), addPupil(t, w, "Ben", "Lowe")
	addConcern(t, w, p.ID, "2026-11-20", "Coat lent.")
	c := addConcern(t, w, p.ID, "2026-11-19", "Both spoken to.")
	c.Also = []records.Involved{{Pupil: other.ID, Part: records.Witness}}
	if err := w.store.Concerns.Save(ctx, &c, "Ben saw it."); err != nil {
		t.Fatal(err)
	}
	deputy := records.Member{Name: "Piotr Zielinski", Role: records.Deputy}
	if err := w.store.AddMember(ctx, &deputy, []byte("velvet cactus ordinary tramway")); err != nil {
		t.Fatal(err)
	}
	page := newPupilPage(w, p.ID)
	page.section = sectionPeople
	visit(w, page)
	wantSays(t, w, "Everybody who reads files here", true)
	press(t, w, "Change …")
	tickBox(t, w, "Piotr Zielinski, Deputy DSL")
	fill(t, w, "Why?", "A parent works in the office.")
	press(t, w, "Keep this")
	// The DSL left herself out: from here on the file is shut to her.
	wantSays(t, w, "Piotr Zielinski can open it.", true)
	wantSays(t, w, "Coat lent", false)
	visit(w, newPupilPage(w, other.ID))
	wantSays(t, w, "1 concern in which Ben had a part stands in a locked file and is not shown here. Ask Piotr Zielinski.", true)
	visit(w, newPupilsPage(w))
	wantSays(t, w, "Locked file", true)
	w.openRef(p.ID, records.Ref{Kind: records.KindConcern, ID: "new", Version: 1})
	w.tasks.Wait()
	wantSays(t, w, "Your concern is kept.", true)
	w.store.Me = deputy
	visit(w, newPupilPage(w, p.ID))
	wantSays(t, w, "Coat lent.", true)
	visit(w, newPupilPage(w, other.ID))
	wantSays(t, w, "locked file", false)
}
