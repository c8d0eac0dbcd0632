package ui

import (
	"context"
	"slices"
	"strings"
	"testing"

	"throughline/records"
	"throughline/referral/demo"
)

// storyPupil returns the pupil of a story of the demo school.
func storyPupil(t *testing.T, w *Window, story demo.Story) records.Pupil {
	t.Helper()
	pupils, err := w.store.Pupils.All(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	forename, surname := story.Pupil()
	i := slices.IndexFunc(pupils, func(p records.Pupil) bool { return p.Forename == forename && p.Surname == surname })
	return pupils[i]
}

// changedOnToday returns the pupils whose line has changed, as Today reads it.
func changedOnToday(t *testing.T, w *Window) []records.ID {
	t.Helper()
	d, err := newTodayPage(w).load(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var ids []records.ID
	for _, c := range d.changed {
		ids = append(ids, c.pupil.ID)
	}
	return ids
}

func TestALineThatChangedIsRaisedOnce(t *testing.T) {
	w := openDemo(t)
	p := storyPupil(t, w, demo.Mondays)
	before := changedOnToday(t, w)
	if !slices.Contains(before, p.ID) {
		t.Fatal("the injuries on Mondays are not raised")
	}
	visit(w, newTodayPage(w))
	if !says(w, "The line has changed since you last looked") {
		t.Error("Today does not say so")
	}
	page := newPupilPage(w, p.ID)
	visit(w, page)
	if got := changedOnToday(t, w); !slices.Contains(got, p.ID) {
		t.Error("opening the file without its patterns counts as having seen them")
	}
	page.press(sectionPatterns)
	w.tasks.Wait()
	if after := changedOnToday(t, w); slices.Contains(after, p.ID) || len(after) != len(before)-1 {
		t.Errorf("after looking %d lines are raised, want one fewer than %d", len(after), len(before))
	}
}

func TestAStatementIsSetAsideWithAReason(t *testing.T) {
	w := openDemo(t)
	p := storyPupil(t, w, demo.Mondays)
	page := newPupilPage(w, p.ID)
	visit(w, page)
	page.press(sectionPatterns)
	w.tasks.Wait()
	s := page.data.reading.Patterns[0]
	page.pressStatement(&s)
	w.tasks.Wait()

	press(t, w, "Set it aside")
	w.tasks.Wait()
	if got := problem(t, w, "Does this not hold? Set it aside, and say why"); !strings.Contains(got, "Say why") {
		t.Errorf("without a reason it says %q", got)
	}
	fill(t, w, "Does this not hold? Set it aside, and say why", "Swimming is on Mondays.")
	press(t, w, "Set it aside")
	w.tasks.Wait()
	if len(page.data.aside) != 1 || !says(w, "Swimming is on Mondays.") {
		t.Fatalf("%d statements are set aside", len(page.data.aside))
	}
	if slices.ContainsFunc(statements(&page.data.reading), s.Is) {
		t.Error("it still stands")
	}
	press(t, w, "Take it back")
	w.tasks.Wait()
	if !slices.ContainsFunc(statements(&page.data.reading), s.Is) {
		t.Error("taken back, it does not stand again")
	}
}
