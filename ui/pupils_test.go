package ui

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"throughline/records"
	"throughline/referral"
)

func TestFindAPupilAsYouType(t *testing.T) {
	w := newSchool(t)
	zoe := addPupil(t, w, "Zoë", "Nguyễn")
	ned := addPupil(t, w, "Ned", "Alder")
	left := records.Pupil{Forename: "Ida", Surname: "Łukowska", Joined: "2020-09-01", Left: "2026-07-17"}
	mustSave(t, w.store.Pupils, left)
	addConcern(t, w, zoe.ID, "2026-11-19", "")
	page := newPupilsPage(w)
	visit(w, page)
	if w.win.Canvas().Focused() != page.find {
		t.Errorf("the keyboard is on %T, want the field to find", w.win.Canvas().Focused())
	}
	names := func() string {
		var all []string
		for _, l := range page.shown {
			all = append(all, l.pupil.Surname)
		}
		return strings.Join(all, ", ")
	}
	if got, want := names(), "Alder, Nguyễn"; got != want {
		t.Errorf("the list shows %s, want %s", got, want)
	}
	for _, c := range []struct{ typed, want string }{
		{"nguyen", "Nguyễn"}, {"zoe", "Nguyễn"}, {"NGUYEN z", "Nguyễn"}, {"5b", "Alder, Nguyễn"}, {"lukowska", ""}, {"", "Alder, Nguyễn"},
	} {
		page.find.SetText("")
		test.Type(page.find, c.typed)
		if got := names(); got != c.want {
			t.Errorf("typing %q shows %q, want %q", c.typed, got, c.want)
		}
	}
	page.find.SetText("zzz")
	if !says(w, "Nobody here has that name.") {
		t.Error("nobody found is not said")
	}
	page.find.SetText("")
	test.Tap(page.leavers)
	w.tasks.Wait()
	if got, want := names(), "Alder, Łukowska, Nguyễn"; got != want {
		t.Errorf("with leavers the list shows %s, want %s", got, want)
	}
	test.Type(page.find, "al")
	page.find.OnSubmitted(page.find.Text) // what Enter does
	w.tasks.Wait()
	if p, ok := w.page.(*pupilPage); !ok || p.id != ned.ID {
		t.Errorf("Enter opens %T, want Ned", w.page)
	}
}

func TestArrowsMoveInTheListOfPupils(t *testing.T) {
	w := newSchool(t)
	addPupil(t, w, "Ned", "Alder")
	zoe := addPupil(t, w, "Zoë", "Nguyễn")
	page := newPupilsPage(w)
	visit(w, page)
	page.find.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	page.find.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	page.find.OnSubmitted(page.find.Text) // what Enter does
	w.tasks.Wait()
	if p, ok := w.page.(*pupilPage); !ok || p.id != zoe.ID {
		t.Errorf("Down, Down, Enter opens %T, want the last pupil", w.page)
	}
}

func TestTabGoesInReadingOrderOnThePupilsPage(t *testing.T) {
	w := newSchool(t)
	addPupil(t, w, "Ned", "Alder")
	page := newPupilsPage(w)
	visit(w, page)
	want := []fyne.Focusable{page.leavers}
	for _, b := range page.head.buttons {
		if b != nil {
			want = append(want, b)
		}
	}
	for _, want := range append(want, page.list) {
		w.win.Canvas().FocusNext()
		if got := w.win.Canvas().Focused(); got != want {
			t.Errorf("Tab goes to %T, want %T", got, want)
		}
	}
}

func TestNoPupilsYet(t *testing.T) {
	w := newSchool(t)
	visit(w, newPupilsPage(w))
	if !says(w, "There are no pupils yet.") {
		t.Error("an empty school is not said")
	}
	press(t, w, "Add a pupil")
	if _, ok := w.page.(*pupilForm); !ok {
		t.Errorf("the button opens %T, want the form", w.page)
	}
}

func TestDueInWords(t *testing.T) {
	item := func(u referral.Urgency) referral.Item { return referral.Item{Urgency: u} }
	for _, c := range []struct {
		name  string
		items []referral.Item
		late  bool
		words string
	}{
		{"nothing", nil, false, ""},
		{"late first", []referral.Item{item(referral.Later), item(referral.Overdue), item(referral.Overdue)}, true, "2 overdue, 1 later"},
		{"at once is late too", []referral.Item{item(referral.AtOnce)}, true, "1 now"},
		{"without a date is later", []referral.Item{item(referral.Open), item(referral.Soon)}, false, "1 this week, 1 later"},
	} {
		if late, words := dueInWords(c.items); late != c.late || words != c.words {
			t.Errorf("%s: dueInWords = %v %q, want %v %q", c.name, late, words, c.late, c.words)
		}
	}
}

func TestYearAndForm(t *testing.T) {
	for _, c := range []struct{ year, form, want string }{
		{"6", "6B", "Year 6, 6B"}, {"R", "", "Reception"}, {"", "6B", "6B"}, {"", "", ""}, {"Nursery", "", "Nursery"},
	} {
		if got := yearAndForm(&records.Pupil{YearGroup: c.year, Form: c.form}); got != c.want {
			t.Errorf("yearAndForm(%q, %q) = %q, want %q", c.year, c.form, got, c.want)
		}
	}
}

func TestAddAPupil(t *testing.T) {
	w := newSchool(t)
	form := newPupilForm(w, records.Pupil{})
	visit(w, form)
	if w.win.Canvas().Focused() != entryNamed(t, w, "Forename") {
		t.Error("the keyboard is not on the first field")
	}
	press(t, w, "Add the pupil")
	for label, want := range map[string]string{"Forename": "Give the forename.", "Surname": "Give the surname.", "Date of birth": ""} {
		if got := problem(t, w, label); got != want {
			t.Errorf("beside %q it says %q, want %q", label, got, want)
		}
	}
	fill(t, w, "Forename", "Zoë")
	fill(t, w, "Surname", "Nguyễn")
	fill(t, w, "UPN", "A12")
	for _, c := range []struct{ born, want string }{
		{"31/2/2016", records.ErrNoSuchDay.Error()},
		{"soon", records.ErrDateForm.Error()},
		{"1 Jan 2027", "This date is in the future. Check the year."},
	} {
		fill(t, w, "Date of birth", c.born)
		press(t, w, "Add the pupil")
		if got := problem(t, w, "Date of birth"); got != c.want {
			t.Errorf("born %q: it says %q, want %q", c.born, got, c.want)
		}
		if got := entryNamed(t, w, "Date of birth").Text; got != c.born {
			t.Errorf("born %q: the field now holds %q", c.born, got)
		}
	}
	if problem(t, w, "UPN") == "" {
		t.Error("a UPN of three characters passes")
	}
	fill(t, w, "UPN", "")
	fill(t, w, "Date of birth", "1/3/16")
	fill(t, w, "GP", strings.Repeat("x", 201))
	press(t, w, "Add the pupil")
	if got := problem(t, w, "GP"); got != "This is too long: 200 characters at most." {
		t.Errorf("201 characters: it says %q", got)
	}
	fill(t, w, "GP", "Dr\x00 Fenn")
	press(t, w, "Add the pupil")
	page, ok := w.page.(*pupilPage)
	if !ok {
		t.Fatalf("the window is on %T, want the pupil", w.page)
	}
	p, err := w.store.Pupils.Get(context.Background(), page.id)
	if err != nil || p.Name() != "Zoë Nguyễn" || p.Born != "2016-03-01" || p.GP != "Dr Fenn" {
		t.Errorf("kept %+v, %v", p, err)
	}
	if body, _, _ := w.store.Draft(context.Background(), "pupil"); body != "" {
		t.Error("the draft is still there")
	}
}

func TestCorrectAPupil(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Ned", "Alder")
	visit(w, newPupilForm(w, p))
	fill(t, w, "Surname", "Alder-Finch")
	press(t, w, "Keep the correction")
	if got := problem(t, w, whyChanged); got != "Say why this is changed." {
		t.Errorf("without a reason it says %q", got)
	}
	fill(t, w, whyChanged, "Deed poll")
	press(t, w, "Keep the correction")
	got, err := w.store.Pupils.Get(context.Background(), p.ID)
	if err != nil || got.Surname != "Alder-Finch" || got.Version != 2 || got.Why != "Deed poll" {
		t.Errorf("kept %+v, %v", got, err)
	}
}

func TestTypedPupilSurvivesACrash(t *testing.T) {
	w := newSchool(t)
	visit(w, newPupilForm(w, records.Pupil{}))
	fill(t, w, "Forename", "Zoë")
	deadline := time.Now().Add(2 * time.Second)
	for {
		if body, _, err := w.store.Draft(context.Background(), "pupil"); err == nil && strings.Contains(body, "Zoë") {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("what was typed is not kept within two seconds")
		}
		time.Sleep(20 * time.Millisecond)
	}
	w.page = nil // as after a crash: nobody left the page
	visit(w, newPupilForm(w, records.Pupil{}))
	if got := entryNamed(t, w, "Forename").Text; got != "Zoë" {
		t.Errorf("the form holds %q, want what was typed", got)
	}
}

func TestFormSaysWhatBelongsToNoField(t *testing.T) {
	w := newSchool(t)
	visit(w, newPupilForm(w, records.Pupil{}))
	f := w.page.(*pupilForm).form
	f.explain(&records.Invalid{Problems: []records.Problem{{Field: "forename", Sentence: "One."}, {Field: "elsewhere", Sentence: "Two."}}})
	if got := problem(t, w, "Forename"); got != "One." {
		t.Errorf("beside the field it says %q", got)
	}
	if strings.TrimSpace(f.problem.Text) != "Two." || !f.problem.Visible() {
		t.Errorf("below the form it says %q", f.problem.Text)
	}
}

func TestBothInvalid(t *testing.T) {
	one := &records.Invalid{Problems: []records.Problem{{Field: "a", Sentence: "A."}}}
	two := &records.Invalid{Problems: []records.Problem{{Field: "b", Sentence: "B."}}}
	var v *records.Invalid
	if err := bothInvalid(one, nil, two); !errors.As(err, &v) || v.For("a") != "A." || v.For("b") != "B." {
		t.Errorf("bothInvalid = %v, want both problems", err)
	}
	if err := bothInvalid(nil, nil); err != nil {
		t.Errorf("bothInvalid of nothing = %v", err)
	}
	if err := bothInvalid(one, records.ErrConflict); !errors.Is(err, records.ErrConflict) {
		t.Errorf("bothInvalid = %v, want the error that is no problem of a field", err)
	}
}
