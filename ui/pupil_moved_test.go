package ui

import (
	"context"
	"testing"

	"throughline/records"
)

func TestAMovedConcernLeavesATrace(t *testing.T) {
	ctx := context.Background()
	w := newSchool(t)
	from, to := addPupil(t, w, "Ada", "Okafor"), addPupil(t, w, "Bea", "Stone")
	c := addConcern(t, w, from.ID, "2026-11-20", "Coat lent.")
	mustSave(t, w.store.Actions, records.Action{Pupil: from.ID, Concern: c.ID, What: "Ring home", Who: "Ms Quill", Due: "2026-11-27"})
	c.Pupil = to.ID
	if err := w.store.Concerns.Save(ctx, &c, "Bea’s coat."); err != nil {
		t.Fatal(err)
	}
	moved, err := w.store.MovesOut.Of(ctx, from.ID)
	if err != nil || len(moved) != 1 {
		t.Fatal(moved, err)
	}
	if got, want := movedInWords(moved[0]), "A concern recorded on "+c.CreatedAt.Date().String()+
		" turned out to be about another child. It is in that child’s file now, with 1 record that belongs to it."; got != want {
		t.Errorf("movedInWords() = %q, want %q", got, want)
	}
	page := newPupilPage(w, from.ID)
	visit(w, page)
	page.showSection(sectionPeople)
	wantSays(t, w, movedInWords(moved[0]), true)
	wantSays(t, w, "Bea’s coat.", false)

	versions, err := concernVersions(ctx, w.store, c.ID)
	if err != nil || len(versions) != 2 {
		t.Fatal(versions, err)
	}
	changes := changesOf(versions[0].fields, versions[1].fields)
	if len(changes) != 1 || changes[0] != (change{"Pupil", "Ada Okafor", "Bea Stone"}) {
		t.Errorf("what has changed: %+v", changes)
	}
}

// TestTheFormSaysWhoseFilesItStandsInToo: by name, before anybody asks.
func TestTheFormSaysWhoseFilesItStandsInToo(t *testing.T) {
	w := newSchool(t)
	about, other := addPupil(t, w, "Ada", "Okafor"), addPupil(t, w, "Bea", "Stone")
	c := addConcern(t, w, about.ID, "2026-11-20", "Coat lent.")
	c.Also = []records.Involved{{Pupil: other.ID, Part: records.Witness}}
	if err := w.store.Concerns.Save(context.Background(), &c, "Bea saw it."); err != nil {
		t.Fatal(err)
	}
	page := newPupilPage(w, about.ID)
	visit(w, page)
	page.askRemoval(records.KindConcern, c.ID)
	w.tasks.Wait()
	wantSays(t, w, "that of Bea Stone.", true)
	fill(t, w, "Why is it to be removed?", "Twice.")
	press(t, w, "Ask for removal")
	wantSays(t, w, "Another child had a part in this", true)
}
