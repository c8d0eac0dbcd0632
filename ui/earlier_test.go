package ui

import (
	"context"
	"slices"
	"testing"

	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// shownBehind presses a button to earlier versions and looks for texts in what
// it opens.
func shownBehind(t *testing.T, w *Window, what string, texts ...string) {
	t.Helper()
	press(t, w, "1 earlier version")
	for _, text := range texts {
		if !says(w, text) {
			t.Errorf("%s: the earlier version does not say %q", what, text)
		}
	}
	w.closeDialogs()
}

func TestEarlierDetailsOfAPupilAndPeople(t *testing.T) {
	ctx := context.Background()
	w := newSchool(t)
	p := addPupil(t, w, "Ned", "Alder")
	visit(w, newPupilForm(w, p))
	for _, b := range []string{"1 earlier version", "no earlier versions"} {
		if slices.ContainsFunc(seen[*widget.Button](w), func(o *widget.Button) bool { return o.Text == b }) {
			t.Errorf("%q is offered before anything was changed", b)
		}
	}
	p.Address, p.Transfer = "1 Fern Close", records.Transfer{NotNeeded: "Stays here."}
	if err := w.store.Pupils.Save(ctx, &p, "Moved house."); err != nil {
		t.Fatal(err)
	}
	visit(w, newPupilForm(w, p))
	shownBehind(t, w, "the details", "“Moved house.”", "Ms Quill, Sun 22 Nov 2026, 10:00", "Address", "Now: 1 Fern Close",
		"File: why none is to be sent", "Now: Stays here.", "First written by Ms Quill")

	person := mustSave(t, w.store.People, records.Person{Name: "Karl Hobson"})
	mustSave(t, w.store.Ties, records.Tie{Pupil: p.ID, Person: person.ID, Relationship: "stepfather"})
	person.Phone = "0300 555 0101"
	if err := w.store.People.Save(ctx, &person, "Rang us."); err != nil {
		t.Fatal(err)
	}
	action := mustSave(t, w.store.Actions, records.Action{Pupil: p.ID, What: "Ring his mother", Who: "Ms Quill", Due: "2026-11-30"})
	page := newPupilPage(w, p.ID)
	visit(w, page)
	page.press(sectionPeople)
	shownBehind(t, w, "the person", "“Rang us.”", "Telephone", "Now: 0300 555 0101")

	action.Due = "2026-12-07"
	if err := w.store.Actions.Save(ctx, &action, "She is away."); err != nil {
		t.Fatal(err)
	}
	page = newPupilPage(w, p.ID)
	visit(w, page)
	page.press(sectionToDo)
	shownBehind(t, w, "an action that is not done", "“She is away.”", "Was: 30 Nov 2026", "Now: 7 Dec 2026")
}

func TestEarlierSettings(t *testing.T) {
	ctx := context.Background()
	w := newSchool(t)
	school, err := w.store.School(ctx)
	if err != nil {
		t.Fatal(err)
	}
	school.Phone = "0300 555 0101"
	if err := w.store.Schools.Save(ctx, &school, "New number."); err != nil {
		t.Fatal(err)
	}
	visit(w, newSettingsPage(w))
	shownBehind(t, w, "the school", "“New number.”", "Telephone", "Was: empty", "Now: 0300 555 0101")

	me := w.store.Me
	me.Email = "quill@thistle.sch.uk"
	if err := w.store.Members.Save(ctx, &me, "She has one now."); err != nil {
		t.Fatal(err)
	}
	visit(w, newSettingsPage(w))
	press(t, w, "Change …")
	shownBehind(t, w, "a member", "“She has one now.”", "Now: quill@thistle.sch.uk")

	cal, err := w.store.Calendar(ctx)
	if err != nil {
		t.Fatal(err)
	}
	first := cal.BankHolidays[0]
	cal.Closures = []records.Span{{Name: "Snow", From: "2026-11-19", To: "2026-11-20"}}
	cal.BankHolidays = cal.BankHolidays[1:]
	if err := w.store.Calendars.Save(ctx, &cal, "Snow."); err != nil {
		t.Fatal(err)
	}
	visit(w, newCalendarPage(w))
	shownBehind(t, w, "the calendar", "“Snow.”", "Now: Snow: 19 Nov 2026 to 20 Nov 2026", "Was: "+first.Name)
	press(t, w, "1 earlier version")
	if says(w, cal.BankHolidays[0].From.String()) {
		t.Error("a bank holiday that stayed is shown as changed")
	}
}
