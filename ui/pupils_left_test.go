package ui

import (
	"testing"

	"throughline/records"
)

// TestTheListOfWhoHasLeft: their files are read with the others when they are
// asked for; a locked one is named and nothing more, and nothing is due of either.
func TestTheListOfWhoHasLeft(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	s := w.store
	left := func(surname string) records.Pupil {
		t.Helper()
		p := addPupil(t, w, "Ned", surname)
		addConcern(t, w, p.ID, "2026-11-12", "No further action.")
		mustSave(t, s.Actions, records.Action{Pupil: p.ID, What: "Ring his aunt", Who: "Ms Quill", Due: "2026-11-13"})
		p.Left = "2026-11-20"
		if err := s.Pupils.Save(t.Context(), &p, "He has moved."); err != nil {
			t.Fatal(err)
		}
		return p
	}
	left("Alder")
	locked := left("Birch")
	if err := s.NameMembers(t.Context(), locked.ID, []records.ID{s.Me.ID}, "It is about a colleague."); err != nil {
		t.Fatal(err)
	}
	deputy := mustSave(t, s.Members, records.Member{Name: "Mr Pike", Role: records.Deputy})
	s.Me = deputy
	if lines, err := pupilLines(t.Context(), s, false); err != nil || len(lines) != 0 {
		t.Errorf("without those who have left the list holds %d, %v", len(lines), err)
	}
	lines, err := pupilLines(t.Context(), s, true)
	if err != nil || len(lines) != 2 {
		t.Fatalf("with those who have left the list holds %d, %v", len(lines), err)
	}
	if a := lines[0]; a.pupil.Surname != "Alder" || a.status != "Left 20 Nov 2026" || a.concerns != 1 || len(a.due) != 0 {
		t.Errorf("who has left is listed as %q with %d concerns and %d things due", a.status, a.concerns, len(a.due))
	}
	if b := lines[1]; !b.locked || b.status != "Locked file" || b.concerns != 0 {
		t.Errorf("a locked file is listed as %q with %d concerns", b.status, b.concerns)
	}
}
