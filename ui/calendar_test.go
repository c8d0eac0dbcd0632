package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"throughline/records"
)

// withTerms gives the school two half-terms of 2026/27, an INSET day and the
// usual bank holidays.
func withTerms(t *testing.T, w *Window) {
	t.Helper()
	ctx := context.Background()
	cal, err := w.store.Calendar(ctx)
	if err != nil {
		t.Fatal(err)
	}
	cal.Terms = []records.Span{{Name: "Autumn 1", From: "2026-09-02", To: "2026-10-23"}, {Name: "Autumn 2", From: "2026-11-02", To: "2026-12-18"}}
	cal.Closures = []records.Span{{Name: "INSET", From: "2026-09-02", To: "2026-09-02"}, {Name: "Snow", From: "2026-12-29", To: "2026-12-29"}}
	if err := w.store.Calendars.Save(ctx, &cal, "Terms."); err != nil {
		t.Fatal(err)
	}
}

func openCalendar(t *testing.T, w *Window) *calendarPage {
	t.Helper()
	p := newCalendarPage(w)
	visit(w, p)
	return p
}

// typeSpan types into a row in place of what stood there.
func typeSpan(r *spanRow, name, from, to string) {
	for e, text := range map[*entry]string{r.name: name, r.from: from, r.to: to} {
		e.SetText("")
		test.Type(e, text)
	}
}

func TestTheSettingsLeadToTheCalendar(t *testing.T) {
	w := newSchool(t)
	withTerms(t, w)
	visit(w, newSettingsPage(w))
	if !says(w, "Terms are known until 18 Dec 2026.") {
		t.Error("the settings do not say until when the terms are known")
	}
	press(t, w, "School calendar")
	p, ok := w.page.(*calendarPage)
	if !ok || p.year != 2026 {
		t.Fatalf("the button opens %T", w.page)
	}
	if !says(w, "outside every term") {
		t.Error("a closure outside the terms has no note")
	}
	for _, r := range p.rows {
		if r.text.List == listHolidays && r.note.Visible() {
			t.Errorf("%s stops social care's clocks, in a term or not, and has the note %q", r.name.Text, r.note.Text)
		}
	}
	// Christmas, Boxing Day, New Year, two of Easter, two of May, one of August.
	if n := len(p.rows); n != 2+2+8 {
		t.Errorf("%d rows are shown", n)
	}
	press(t, w, "Back")
	if _, ok := w.page.(*settingsPage); !ok {
		t.Errorf("Back opens %T", w.page)
	}
}

func TestTermsAreCheckedBesideTheRow(t *testing.T) {
	w := newSchool(t)
	withTerms(t, w)
	p := openCalendar(t, w)
	press(t, w, "Add a term")
	if len(p.rows) < 3 || w.win.Canvas().Focused() != p.rows[2].name {
		t.Fatal("the new row has not got the keyboard")
	}
	for _, c := range []struct{ from, to, want string }{
		{"", "", "Give the first day."},
		{"4 Jan 2027", "", "Give the last day."},
		{"31 Feb 2027", "26 Mar 2027", "no such day"},
		{"soon", "26 Mar 2027", "Write"},
		{"4 Jan 2027", "1 Jan 2027", "before the first"},
		{"4 Dec 2026", "26 Mar 2027", "overlaps Autumn 2"},
		{"4 Jan 2027", "26 Aug 2027", "more than 150 days"},
	} {
		r := p.rows[2]
		typeSpan(r, "Spring 1", c.from, c.to)
		press(t, w, "Save")
		r = p.rows[2]
		if !r.problem.Visible() || !strings.Contains(strings.ToLower(r.problem.Text), strings.ToLower(c.want)) {
			t.Errorf("%s to %s: the row says %q, want %q", c.from, c.to, r.problem.Text, c.want)
		}
		if r.name.Text != "Spring 1" || r.from.Text != c.from || r.to.Text != c.to {
			t.Errorf("%s to %s: what was typed is lost", c.from, c.to)
		}
	}
	typeSpan(p.rows[2], "Spring 1", "4/1/27", "12 Feb 2027")
	press(t, w, "Save")
	cal, err := w.store.Calendar(context.Background())
	if err != nil || len(cal.Terms) != 3 || cal.Terms[2] != (records.Span{Name: "Spring 1", From: "2027-01-04", To: "2027-02-12"}) || cal.Version != 3 {
		t.Errorf("kept: %+v, version %d, %v", cal.Terms, cal.Version, err)
	}
	if p.saved.Text != "Saved." {
		t.Errorf("after saving it says %q", p.saved.Text)
	}
}

func TestAProblemInAnotherYearIsShown(t *testing.T) {
	w := newSchool(t)
	withTerms(t, w)
	p := openCalendar(t, w)
	typeSpan(p.rows[0], "Autumn 1", "2 Sep 2026", "never")
	p.years.SetSelected("School year 2027/28")
	if p.year != 2027 {
		t.Fatalf("the year is %d", p.year)
	}
	press(t, w, "Save")
	if p.year != 2026 || !p.rows[0].problem.Visible() || p.rows[0].to.Text != "never" {
		t.Errorf("year %d is shown, the row says %q", p.year, p.rows[0].problem.Text)
	}
}

func TestNextYearIsFilledFromThisOne(t *testing.T) {
	w := newSchool(t)
	withTerms(t, w)
	p := openCalendar(t, w)
	p.years.SetSelected("School year 2027/28")
	press(t, w, "Fill from 2026/27")
	if got := p.rows[0].from.Text + ", " + p.rows[1].to.Text; got != "1 Sep 2027, 17 Dec 2027" {
		t.Errorf("filled with %s", got)
	}
	press(t, w, "Save")
	cal, err := w.store.Calendar(context.Background())
	if err != nil || cal.Until() != "2027-12-17" || len(cal.Terms) != 4 {
		t.Errorf("kept: %v, %v", cal.Terms, err)
	}
}

func TestBankHolidaysAreAddedAndTakenOut(t *testing.T) {
	w := newSchool(t)
	p := openCalendar(t, w)
	before := len(p.of(listHolidays, 2026))
	press(t, w, "Take out") // without terms and closures the first row is a holiday
	press(t, w, "Add a bank holiday")
	typeSpan(p.rows[len(p.rows)-1], "Proclaimed", "7 May 2027", "")
	press(t, w, "Save")
	cal, err := w.store.Calendar(context.Background())
	if err != nil || !cal.IsBankHoliday("2027-05-07") || len(p.of(listHolidays, 2026)) != before {
		t.Errorf("proclaimed day is kept: %v, %v", cal.IsBankHoliday("2027-05-07"), err)
	}
	file := filepath.Join(t.TempDir(), "bank-holidays.json")
	if err := os.WriteFile(file, []byte(`{"england-and-wales": {"events": [{"title": "New Year’s Day", "date": "2027-01-01"}]}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	p.readList(file)
	w.tasks.Wait()
	press(t, w, "Save")
	if cal, err = w.store.Calendar(context.Background()); err != nil || cal.IsBankHoliday("2027-05-07") || !cal.IsBankHoliday("2027-01-01") || !cal.IsBankHoliday("2026-12-28") {
		t.Errorf("GOV.UK's list did not take the place of 2027 alone: %v, %v", cal.BankHolidays, err)
	}
	if err := os.WriteFile(file, []byte("<html>"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.readList(file)
	w.tasks.Wait()
	if !says(w, "This is not GOV.UK's list of bank holidays.") {
		t.Error("another file is not refused")
	}
}

func TestTheCalendarIsKeptAsItIsTyped(t *testing.T) {
	w := newSchool(t)
	withTerms(t, w)
	pass := byHand(w)
	p := openCalendar(t, w)
	typeSpan(p.rows[0], "Autumn 1", "2 Sep 2026", "half typ")
	pass()
	again := openCalendar(t, w)
	if got := again.rows[0].to.Text; got != "half typ" || !strings.Contains(again.saved.Text, "is back") {
		t.Errorf("the row came back with %q, and it says %q", got, again.saved.Text)
	}
}

func TestYearsOfTheSchoolAreSaved(t *testing.T) {
	w := newSchool(t)
	visit(w, newYearsForm(w))
	w.tasks.Wait()
	pickOption(t, w, "Lowest year of the school", "Reception")
	pickOption(t, w, "Top year of the school", "Year 6")
	for _, years := range []string{"x", "0", "5", ""} {
		fill(t, w, "Years after birth until a file is looked at", years)
		press(t, w, "Save")
		if problem(t, w, "Years after birth until a file is looked at") == "" {
			t.Errorf("%q years are not refused", years)
		}
	}
	fill(t, w, "Years after birth until a file is looked at", "30")
	pickOption(t, w, "The file goes to the next school within five …", "School days")
	press(t, w, "Save")
	s, err := w.store.School(context.Background())
	if err != nil || s.LowestYear != "R" || s.TopYear != "6" || s.RetainYears != 30 || !s.FileInSchoolDays {
		t.Errorf("kept: %+v, %v", s, err)
	}
}

// at sets the clock of a school.
func at(w *Window, day records.Date) {
	w.store.Now = func() time.Time { return day.Time().Add(10 * time.Hour) }
}
