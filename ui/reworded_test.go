package ui

import (
	"testing"
	"time"

	"throughline/chronology/wording"
)

func TestWhatWasChangedAfterAQuestionIsKept(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	addPupil(t, w, "Ned", "Alder")
	p := newConcern(w)
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	p.reading.was.now = func() time.Time { return now }
	fillConcern(t, w, p)
	write := func(decision string) {
		fill(t, w, "Decision", decision)
		p.reading.draw(map[string]string{"decision": decision})
	}
	write("Continue to mon")
	write("Continue to monitor.")
	now = now.Add(time.Second)
	write("Keep an eye on him.") // at once: the first was half a thought
	now = now.Add(time.Minute)
	write("Ms Quill rings his mother tomorrow and asks for a coat by Friday 27 November.")
	press(t, w, "Save the concern")
	all := concernsIn(t, w)
	if len(all) != 1 || len(all[0].Reworded) != 1 || all[0].Reworded[0].Field != "decision" ||
		all[0].Reworded[0].Kind != string(wording.VagueMonitoring) || all[0].Reworded[0].Was != "Keep an eye on him" {
		t.Fatalf("kept %+v", all)
	}
	press(t, w, "Changed before it was kept")
	if !says(w, "Decision: “Keep an eye on him”") {
		t.Error("the history does not say what was changed")
	}
}

func TestAFindingThatComesBackWasNotAnswered(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	pane := newReadingPane(w, func() {})
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	pane.was.now = func() time.Time { return now }
	for _, decision := range []string{"Continue to monitor.", "", "Continue to monitor."} {
		pane.draw(map[string]string{"decision": decision})
		now = now.Add(time.Minute)
	}
	if gone := pane.was.after(nil); len(gone) != 0 {
		t.Errorf("%+v is said to be changed and stands there", gone)
	}
}
