package ui

import (
	"testing"

	"throughline/records"
)

func TestTodayNamesWhatIsNotSavedYet(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	ned := addPupil(t, w, "Ned", "Alder")
	c := mustSave(t, w.store.Concerns, records.Concern{
		Pupil: ned.ID, When: records.On("2026-11-19"), Source: records.Seen, Account: coat, Categories: []records.Category{records.Neglect},
	})
	visit(w, newTodayPage(w))
	wantSays(t, w, "not saved yet", false)
	newConcern(w)
	fill(t, w, "What happened?", "He came in")
	visit(w, newConcernCorrection(w, ned.ID, c.ID, ""))
	fill(t, w, "Where?", "Front gate")
	visit(w, newTodayPage(w))
	wantSays(t, w, "A concern that is not saved yet", true)
	wantSays(t, w, "A correction that is not saved yet, of Neglect, 19 Nov 2026", true)
	press(t, w, "Go on writing")
	p, ok := w.page.(*concernPage)
	if !ok || p.place_.Text != "Front gate" {
		t.Fatalf("it opens %T, want the correction as it was left", w.page)
	}
	fill(t, w, whyChanged, "It was the front gate.")
	press(t, w, keepCorrection)
	visit(w, newTodayPage(w))
	wantSays(t, w, "A correction that is not saved yet", false)
	wantSays(t, w, "A concern that is not saved yet", true)
}
