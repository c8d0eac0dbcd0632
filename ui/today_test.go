package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral/caseload"
	"throughline/referral/procedures"
)

// buttonsNamed returns the visible buttons of a name, in reading order.
func buttonsNamed(w *Window, label string) []*widget.Button {
	return slices.DeleteFunc(seen[*widget.Button](w), func(b *widget.Button) bool { return b.Text != label })
}

func TestTodayOfANewSchool(t *testing.T) {
	w := newSchool(t)
	visit(w, newTodayPage(w))
	for _, text := range []string{"Sunday 22 November 2026", "There are no pupils yet.", "Still to be set up", "The telephone numbers", "The dates of the terms", "A folder for backups", "A deputy"} {
		if !says(w, text) {
			t.Errorf("Today does not say %q", text)
		}
	}
	if says(w, "No things overdue") {
		t.Error("Today counts nothing three times")
	}
	press(t, w, "Calendar")
	if _, ok := w.page.(*calendarPage); !ok {
		t.Errorf("“Calendar” opens %T", w.page)
	}
	visit(w, newTodayPage(w))
	press(t, w, "Bring in pupils")
	if _, ok := w.page.(*importPage); !ok {
		t.Errorf("“Bring in pupils” opens %T", w.page)
	}
	visit(w, newTodayPage(w))
	press(t, w, "Add a pupil")
	if _, ok := w.page.(*pupilForm); !ok {
		t.Errorf("“Add a pupil” opens %T", w.page)
	}
	ned := addPupil(t, w, "Ned", "Alder")
	addConcern(t, w, ned.ID, "2026-11-19", "Ms Quill rang his mother, who brings a coat on Monday.")
	visit(w, newTodayPage(w))
	if !says(w, "Nothing is due today") || says(w, "There are no pupils yet.") {
		t.Error("with nothing due, Today does not say so")
	}
}

// TestWhatIsSetUpIsNotAskedFor fills in what a new record lacks, part by part.
func TestWhatIsSetUpIsNotAskedFor(t *testing.T) {
	w := newSchool(t)
	ctx := t.Context()
	asks := func(text string) bool { visit(w, newTodayPage(w)); return says(w, text) }
	school, err := w.store.School(ctx)
	if err != nil {
		t.Fatal(err)
	}
	school.FrontDoor, school.OutOfHours = "01632 960001", "01632 960002"
	if err := w.store.Schools.Save(ctx, &school, "Found."); err != nil {
		t.Fatal(err)
	}
	if asks("The telephone numbers") || !asks("The dates of the terms") {
		t.Error("Today asks for numbers that are known, or no longer for the terms")
	}
	page := newTodayPage(w)
	// The terms and a deputy; a card of its own says that a backup is late.
	for ago, want := range map[time.Duration]int{firstWeeks - time.Hour: 2, firstWeeks + time.Hour: 0} {
		d := &todayData{copies: copies{Backups: records.Backups{Used: records.StampOf(w.now().Add(-ago))}}}
		d.followed.Procedures = &procedures.Procedures{}
		if parts, err := page.loadMissing(ctx, d); err != nil || len(parts) != want {
			t.Errorf("%v after it was first unlocked a record is asked for %d parts, %v; want %d", ago, len(parts), err, want)
		}
	}
	w.store.Me.Role = records.Head
	if asks("Still to be set up") || asks("Add a pupil") {
		t.Error("Today asks a head, who only reads")
	}
}

// TestOneCallIsAskedForOnce has several things due that one telephone call asks
// about.
func TestOneCallIsAskedForOnce(t *testing.T) {
	w := newSchool(t)
	ned := addPupil(t, w, "Ned", "Alder")
	mustSave(t, w.store.Referrals, records.Referral{
		Pupil: ned.ID, Procedures: "default", Level: records.Section47, Response: records.Assessment, ParentsTold: records.Yes,
		SentAt: records.StampOf(w.now().AddDate(0, 0, -14)), SentTo: "Front door",
	})
	visit(w, newTodayPage(w))
	asked, opened := len(buttonsNamed(w, "We asked …")), len(buttonsNamed(w, "Open"))
	cards := len(seen[*nameLink](w))
	if opened < 3 || asked != cards {
		t.Errorf("%d things of %d cards are due, and %d buttons keep that social care were asked", opened, cards, asked)
	}
	w.store.Me.Role = records.Head
	visit(w, newTodayPage(w))
	if n := len(buttonsNamed(w, "We asked …")); n != 0 {
		t.Errorf("a head, who only reads, is offered to keep that we asked, %d times", n)
	}
}

// TestTabVisitsTheNameFirst tabs through a card of Today.
func TestTabVisitsTheNameFirst(t *testing.T) {
	w := newSchool(t)
	ned := addPupil(t, w, "Ned", "Alder")
	addConcern(t, w, ned.ID, "2026-11-19", "Continue to monitor.")
	mustSave(t, w.store.Actions, records.Action{Pupil: ned.ID, What: "Weigh him", Who: "Mr Pike", Due: "2026-11-16"})
	visit(w, newTodayPage(w))
	order := ""
	w.win.Canvas().Unfocus()
	for range 20 {
		w.win.Canvas().FocusNext()
		switch o := w.win.Canvas().Focused().(type) {
		case *nameLink:
			order += o.Text + ", "
		case *button:
			order += o.Text + ", "
		}
	}
	if want := "Ned Alder, Open, "; !strings.HasPrefix(order, want) || !strings.Contains(order, "Ned Alder, Make it plain, ") {
		t.Errorf("Tab visits %s want each name before its buttons", order)
	}
}

// TestLongNamesStayInTheirColumn holds a name of sixty letters to its column.
func TestLongNamesStayInTheirColumn(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Maximiliana Persephone Anastasia", "Featherstonehaugh-Cholmondeley")
	addConcern(t, w, p.ID, "2026-11-19", "Continue to monitor.")
	mustSave(t, w.store.Actions, records.Action{Pupil: p.ID, What: "Weigh her", Who: "Mr Pike", Due: "2026-11-16"})
	visit(w, newTodayPage(w))
	names := seen[*nameLink](w)
	if len(names) < 2 {
		t.Fatalf("%d names", len(names))
	}
	for _, l := range names {
		if l.Text != p.Name() || l.Wrapping != fyne.TextWrapWord || l.Size().Width > 190 || l.MinSize().Height < 2*widget.NewLabel("").MinSize().Height-20 {
			t.Errorf("%q has %v in a column of 190", l.Text, l.Size())
		}
	}
}

// TestLongNamesAreShownWhole holds the same name to what a file and the search
// page show of it.
func TestLongNamesAreShownWhole(t *testing.T) {
	w := newSchool(t)
	q := addPupil(t, w, "Maximiliana Persephone Anastasia", "Featherstonehaugh-Cholmondeley")
	addConcern(t, w, q.ID, "2026-11-19", "Continue to monitor.")
	visit(w, newPupilPage(w, q.ID))
	label := labelOf(t, w, q.Name())
	if line := heading("A").MinSize().Height; label.Truncation != fyne.TextTruncateOff || label.Size().Height < line*1.5 {
		t.Errorf("the file's heading has %v, cut %v; a line is %v high", label.Size(), label.Truncation, line)
	}
	page := newSearchPage(w)
	visit(w, page)
	page.typeIn("feather")
	label = labelOf(t, w, q.Name())
	if wide := fyne.MeasureText(q.Name(), theme.Size(theme.SizeNameText), label.TextStyle).Width; wide > label.Size().Width-2*theme.Size(theme.SizeNameInnerPadding) {
		t.Errorf("a hit has %v for a name of %v", label.Size().Width, wide)
	}
}

// labelOf returns the label of a text.
func labelOf(t *testing.T, w *Window, text string) *widget.Label {
	t.Helper()
	for _, l := range seen[*widget.Label](w) {
		if l.Text == text {
			return l
		}
	}
	t.Fatalf("nothing says %q", text)
	return nil
}

// TestTheRestOfALongListIsShown presses for what Today does not show at first.
func TestTheRestOfALongListIsShown(t *testing.T) {
	w := newSchool(t)
	for range 3 {
		p := addPupil(t, w, "Ned", "Alder")
		for i := range 10 {
			addConcern(t, w, p.ID, records.Date("2026-11-0"+string(rune('0'+i%9+1))), "Continue to monitor.")
		}
	}
	visit(w, newTodayPage(w))
	if n := len(buttonsNamed(w, "Make it plain")); n != mostVague {
		t.Errorf("%d of 30 entries are shown at first, want %d", n, mostVague)
	}
	press(t, w, "And 5 older ones: show more")
	if n := len(buttonsNamed(w, "Make it plain")); n != 30 {
		t.Errorf("then %d are shown, want 30", n)
	}
	if says(w, "older ones") {
		t.Error("the button for more is still there")
	}
	if !says(w, "9 Nov 2026  ·  Concern: Neglect") {
		t.Error("a row does not say which entry it is about")
	}
	w.store.Me.Role = records.Head
	visit(w, newTodayPage(w))
	if n := len(buttonsNamed(w, "Make it plain")); n != 0 || len(buttonsNamed(w, "Open")) < mostVague {
		t.Errorf("a head is offered %d entries to make plain, and may open %d", n, len(buttonsNamed(w, "Open")))
	}
}

func TestTodayShowsWhatIsDueMostUrgentFirst(t *testing.T) {
	w := newSchool(t)
	ned, ida := addPupil(t, w, "Ned", "Alder"), addPupil(t, w, "Ida", "Łukowska")
	later := mustSave(t, w.store.Actions, records.Action{Pupil: ned.ID, What: "Weigh him", Who: "Mr Pike", Due: "2026-11-23"})
	late := mustSave(t, w.store.Actions, records.Action{Pupil: ida.ID, What: "Ring the nurse", Who: "Mr Pike", Due: "2026-11-16"})
	mustSave(t, w.store.Actions, records.Action{Pupil: ned.ID, What: "Done long ago", Who: "Mr Pike", Due: "2026-11-02", Done: "2026-11-02", Result: "Yes."})
	visit(w, newTodayPage(w))
	if !says(w, "1 thing overdue, 1 thing due or waiting") {
		t.Error("Today does not count what is overdue and due")
	}
	if says(w, "Done long ago") {
		t.Error("Today shows what is done")
	}
	order := ""
	for _, l := range seen[*widget.Label](w) {
		for _, what := range []string{"Ring the nurse", "Weigh him"} {
			if strings.Contains(l.Text, what) {
				order += what + ". "
			}
		}
	}
	if order != "Ring the nurse. Weigh him. " {
		t.Errorf("Today shows %q, want what is late first", order)
	}
	open := buttonsNamed(w, "Open")
	if len(open) != 2 {
		t.Fatalf("Today offers %d things to open", len(open))
	}
	for i, want := range []records.Action{late, later} {
		visit(w, newTodayPage(w))
		test.Tap(buttonsNamed(w, "Open")[i])
		w.tasks.Wait()
		if p, ok := w.page.(*pupilPage); !ok || p.id != want.Pupil || p.section != sectionToDo {
			t.Errorf("the line %d opens %T, want what %s has to do", i, w.page, want.What)
		}
	}
	visit(w, newTodayPage(w))
	press(t, w, "Ida Łukowska")
	if p, ok := w.page.(*pupilPage); !ok || p.id != ida.ID {
		t.Errorf("a name opens %T, want the pupil", w.page)
	}
}

func TestTodayShowsWhatSocialCareOwe(t *testing.T) {
	w := newSchool(t)
	ned := addPupil(t, w, "Ned", "Alder")
	mustSave(t, w.store.Referrals, records.Referral{
		Pupil: ned.ID, Procedures: "default", Level: records.Section17, Response: records.Assessment, ParentsTold: records.Yes,
		SentAt: records.StampOf(w.now().AddDate(0, 0, -14)), SentTo: "Front door",
	})
	visit(w, newTodayPage(w))
	open := buttonsNamed(w, "Open")
	if len(open) == 0 || says(w, "no things overdue") {
		t.Fatal("a referral without an answer for two weeks is not overdue")
	}
	test.Tap(open[0])
	w.tasks.Wait()
	if p, ok := w.page.(*referralPage); !ok || p.at != stepReply {
		t.Errorf("it opens %T, want the referral where the reply is recorded", w.page)
	}
}

func TestVagueEntriesOnToday(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	ned := addPupil(t, w, "Ned", "Alder")
	old := addConcern(t, w, ned.ID, "2026-11-02", "Continue to monitor.")
	addConcern(t, w, ned.ID, "2026-11-19", "Keep an eye on him.")
	addConcern(t, w, ned.ID, "2026-11-20", "Ms Quill rang his mother, who brings a coat on Monday.")
	visit(w, newTodayPage(w))
	if !says(w, "2 entries too vague to act on.") || !says(w, "“Continue to monitor") {
		t.Error("Today does not show the vague entries")
	}
	mend := buttonsNamed(w, "Make it plain")
	if len(mend) != 2 {
		t.Fatalf("%d entries are to be made plain, want 2", len(mend))
	}
	test.Tap(mend[1]) // the older one comes last
	w.tasks.Wait()
	p, ok := w.page.(*pupilPage)
	if !ok || p.data.line[p.entries.selected].Ref.ID != old.ID {
		t.Fatalf("it opens %T, want the older entry", w.page)
	}
	press(t, w, "Make it plain")
	fill(t, w, planWhat, "A coat on him at the gate")
	fill(t, w, "Who watches?", "Mr Pike, gate duty")
	fill(t, w, "Until when?", "4/12/26")
	fill(t, w, "What happens then, and who does it?", "Ms Quill meets his mother")
	press(t, w, "Keep the plan")
	visit(w, newTodayPage(w))
	if !says(w, "1 entry too vague to act on.") || says(w, "“Continue to monitor") {
		t.Error("made plain, the entry is still on Today as vague")
	}
}

func TestTodayShowsWhatIsDueBeforeTheLinesAreRead(t *testing.T) {
	w := newSchool(t)
	ned := addPupil(t, w, "Ned", "Alder")
	addConcern(t, w, ned.ID, "2026-11-19", "Continue to monitor.")
	mustSave(t, w.store.Actions, records.Action{Pupil: ned.ID, What: "Weigh him", Who: "Mr Pike", Due: "2026-11-23"})
	page := newTodayPage(w)
	visit(w, page)
	w.caseload = &caseload.Caseload{} // as after unlocking
	school, err := w.caseload.Open(t.Context(), w.store, nil, records.StampOf(w.store.Now()))
	if err != nil {
		t.Fatal(err)
	}
	d := &todayData{now: records.StampOf(w.store.Now()), school: school}
	d.gather()
	page.reading.SetText(stillReading(school.Unread()))
	page.show(d)
	if !says(w, "Weigh him") || !says(w, "1 pupil to go …") || says(w, "too vague to act on") {
		t.Error("before the lines are read, Today does not show what is due and that it is reading")
	}
	page.readOn(d)
	w.tasks.Wait()
	if !says(w, "1 entry too vague to act on") || says(w, "to go …") {
		t.Error("after the lines are read, Today does not say what is vague")
	}
}

func TestTodayGathersWhatIsDueForOnePupil(t *testing.T) {
	w := newSchool(t)
	ned, ida := addPupil(t, w, "Ned", "Alder"), addPupil(t, w, "Ida", "Łukowska")
	for _, a := range []records.Action{
		{Pupil: ned.ID, What: "Ring the nurse", Due: "2026-11-09"},
		{Pupil: ida.ID, What: "Write to the clinic", Due: "2026-11-10"},
		{Pupil: ned.ID, What: "Weigh him", Due: "2026-11-11"},
	} {
		a.Who = "Mr Pike"
		mustSave(t, w.store.Actions, a)
	}
	visit(w, newTodayPage(w))
	if names := len(slices.DeleteFunc(seen[*nameLink](w), func(l *nameLink) bool { return l.Text != "Ned Alder" })); names != 1 {
		t.Errorf("Ned Alder stands on %d cards, want 1", names)
	}
	if rows := len(buttonsNamed(w, "Open")); rows != 3 {
		t.Errorf("%d things can be opened, want 3", rows)
	}
}
