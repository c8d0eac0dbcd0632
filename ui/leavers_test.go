package ui

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// pupilWith adds a pupil who is as change says.
func pupilWith(t *testing.T, w *Window, name string, change func(*records.Pupil)) records.Pupil {
	t.Helper()
	p := records.Pupil{Forename: "Test", Surname: name, Born: "2016-03-01", YearGroup: "5", Form: "5B"}
	change(&p)
	return mustSave(t, w.store.Pupils, p)
}

func openLeavers(t *testing.T, w *Window, list leaverList) *leaversPage {
	t.Helper()
	p := newLeaversPage(w, list)
	visit(w, p)
	return p
}

func TestEmptyListsOfLeavers(t *testing.T) {
	w := newSchool(t)
	visit(w, newPupilsPage(w))
	press(t, w, "Leavers and old files")
	for _, c := range []struct{ list, says string }{
		{"Leavers (0)", "Nobody has a leaving date"}, {"New pupils (0)", "Nobody has joined"},
		{"Old files (0)", "No file has reached its time."},
	} {
		press(t, w, c.list)
		if !says(w, c.says) {
			t.Errorf("%s does not say %q", c.list, c.says)
		}
	}
}

func TestTheFileOfALeaver(t *testing.T) {
	w := newSchool(t) // on 22 Nov 2026
	ida := pupilWith(t, w, "Leaver", func(p *records.Pupil) { p.Left = "2026-11-06" })
	addConcern(t, w, ida.ID, "2026-10-19", "")
	pupilWith(t, w, "Nothing", func(p *records.Pupil) { p.Left = "2026-11-06" })
	visit(w, newTodayPage(w))
	if !says(w, "The file has not gone to the next school") {
		t.Fatal("Today does not say that the file is late")
	}
	press(t, w, "Open")
	fill(t, w, "Sent on", "9 Nov 2026")
	press(t, w, "Keep")
	if problem(t, w, "Next school or college") == "" || problem(t, w, "How") == "" {
		t.Error("a file sent to nobody, nohow is not refused")
	}
	fill(t, w, "Next school or college", "Oak Academy")
	pickOption(t, w, "How", "By hand, signed for")
	press(t, w, "Keep")
	if _, ok := w.page.(*leaversPage); !ok || !says(w, "Ask for a receipt.") || !says(w, "One leaver has nothing in this record") && !says(w, "1 leaver has nothing in this record") {
		t.Fatalf("after keeping, %T is open", w.page)
	}
	press(t, w, "The file …")
	fill(t, w, "Receipt came on", "12 Nov 2026")
	press(t, w, "Keep")
	p := w.page.(*leaversPage)
	if p.data.open(listLeavers) != 0 || says(w, "Oak Academy") {
		t.Error("a file that has arrived is still asked for")
	}
	press(t, w, "Show them")
	if !says(w, "The file went to Oak Academy on 9 Nov 2026, which confirmed it on 12 Nov 2026.") {
		t.Error("what was settled cannot be seen")
	}
	visit(w, newTodayPage(w))
	if says(w, "The file") {
		t.Error("Today still asks for the file")
	}
}

func TestALeaverWithAnOpenReferralComesFirst(t *testing.T) {
	w := newSchool(t)
	for _, name := range []string{"Aaron", "Zeta"} {
		p := pupilWith(t, w, name, func(p *records.Pupil) { p.Left = "2026-11-06" })
		addConcern(t, w, p.ID, "2026-10-19", "")
		if name == "Zeta" {
			mustSave(t, w.store.Referrals, records.Referral{Pupil: p.ID})
		}
	}
	p := openLeavers(t, w, listLeavers)
	if got := p.data.leavers[0].Pupil.Surname; got != "Zeta" || !says(w, "1 referral is still open") {
		t.Errorf("%s comes first", got)
	}
}

func TestANewPupilsOldFile(t *testing.T) {
	w := newSchool(t)
	pupilWith(t, w, "Starter", func(p *records.Pupil) { p.Joined = "2026-11-10" })
	visit(w, newTodayPage(w))
	if !says(w, "New here since 10 Nov 2026") {
		t.Fatal("Today does not ask")
	}
	press(t, w, "Open")
	fill(t, w, "Asked on", "16 Nov 2026")
	press(t, w, "Keep")
	if problem(t, w, "Last school or nursery") == "" {
		t.Error("nobody was asked, and that is not said")
	}
	fill(t, w, "Last school or nursery", "Brook Infants")
	press(t, w, "Keep")
	if !says(w, "The last school was asked for its file on 16 Nov 2026") {
		t.Error("that it was asked for is not said")
	}
	press(t, w, "Note the answer …")
	fill(t, w, "Or there is none: who said so, and when", "Mrs Amell, by telephone")
	press(t, w, "Keep")
	visit(w, newTodayPage(w))
	if says(w, "last school") {
		t.Error("Today still asks")
	}
}

func TestManyNewPupilsAreOneRowOfToday(t *testing.T) {
	w := newSchool(t)
	for i := range mostStarters + 1 {
		pupilWith(t, w, fmt.Sprint("Starter", i), func(p *records.Pupil) { p.Joined = "2026-11-10" })
	}
	visit(w, newTodayPage(w))
	if !says(w, "4 new pupils: the last school has not said yet") || says(w, "New here since") {
		t.Error("a year group is not one row")
	}
}

func TestManyLeaversAreOneRowOfToday(t *testing.T) {
	w := newSchool(t)
	for i := range mostLeavers + 1 {
		p := pupilWith(t, w, fmt.Sprint("Leaver", i), func(p *records.Pupil) { p.Left = "2026-11-06" })
		addConcern(t, w, p.ID, "2026-10-19", "")
	}
	visit(w, newTodayPage(w))
	if !says(w, "The files of 9 leavers are still on their way to the next school, 9 of them late.") || says(w, "The file has not gone") {
		t.Error("a year group of leavers is not one row")
	}
}

// TestWhoLeavesSoonIsStillHere holds that a leaving date to come hides nobody,
// and that nobody is listed twice.
func TestWhoLeavesSoonIsStillHere(t *testing.T) {
	w := newSchool(t)
	pupilWith(t, w, "Soon", func(p *records.Pupil) { p.Left = "2026-12-18" })
	pupilWith(t, w, "Gone", func(p *records.Pupil) { p.Left = "2026-07-17" })
	for leavers, want := range map[bool]int{false: 1, true: 2} {
		lines, err := pupilLines(context.Background(), w.store, leavers)
		if err != nil || len(lines) != want {
			t.Errorf("with leavers %v the list has %d, %v; want %d", leavers, len(lines), err, want)
		}
	}
}

func TestOldFiles(t *testing.T) {
	w := newSchool(t)
	old := pupilWith(t, w, "Old", func(p *records.Pupil) { p.Born, p.Left = "2001-11-22", "2019-07-19" })
	pupilWith(t, w, "Undated", func(p *records.Pupil) { p.Born = "" })
	visit(w, newTodayPage(w))
	if !says(w, "1 file has reached the time to be looked at.") {
		t.Error("Today does not say so")
	}
	openLeavers(t, w, listOld)
	if !says(w, "Reached its time on 22 Nov 2026.") || !says(w, "Without a birth date this file never comes up.") {
		t.Fatal("the old file or the undated one is not shown")
	}
	press(t, w, "Put it on hold …")
	press(t, w, "Put it on hold")
	if problem(t, w, "Why") == "" {
		t.Error("a hold without a reason is not refused")
	}
	pickOption(t, w, "Why", "A public inquiry")
	fill(t, w, "Which case, who asked for it, their reference", "Ref. 17")
	press(t, w, "Put it on hold")
	if !says(w, "A public inquiry, since 22 Nov 2026. Ref. 17") || says(w, "Reached its time") {
		t.Error("the hold is not shown in place of the review")
	}
	press(t, w, "End the hold …")
	press(t, w, "End the hold")
	if problem(t, w, "Why it has ended, and who said so") == "" {
		t.Error("an end without a reason is not refused")
	}
	fill(t, w, "Why it has ended, and who said so", "The inquiry has reported.")
	press(t, w, "End the hold")
	press(t, w, "Ask for its removal …")
	press(t, w, "Ask for its removal")
	if problem(t, w, "Why it is to be removed") == "" {
		t.Error("a removal without a reason is not refused")
	}
	fill(t, w, "Why it is to be removed", "Its time has come.")
	press(t, w, "Ask for its removal")
	if !says(w, "Its removal was asked for; it is carried out from Tue 24 Nov 2026, 10:00") {
		t.Error("what was asked for is not shown")
	}
	press(t, w, "Let it stay …")
	fill(t, w, "Why it is to stay, and who said so", "The head wants to read it first.")
	press(t, w, "Let it stay")
	if says(w, "Its removal was asked for") {
		t.Error("a cancelled request is still shown")
	}
	press(t, w, "Keep it on …")
	press(t, w, "Keep it on")
	if problem(t, w, "Keep it until") == "" || problem(t, w, "Why it is kept, and who said so") == "" {
		t.Error("keeping it for ever is not refused")
	}
	fill(t, w, "Keep it until", "22 Nov 2031")
	fill(t, w, "Why it is kept, and who said so", "A claim may come.")
	press(t, w, "Keep it on")
	p, ok := w.page.(*leaversPage)
	if !ok || p.data.open(listOld) != 0 {
		t.Errorf("after keeping it on %T is open", w.page)
	}
	kept, err := w.store.Pupils.Get(context.Background(), old.ID)
	if err != nil || kept.Review.Until != "2031-11-22" {
		t.Errorf("kept %+v, %v", kept.Review, err)
	}
}

func TestAFileIsPutOnHoldByName(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Zoë", "Nguyễn")
	openLeavers(t, w, listOld)
	press(t, w, "Put a file on hold …")
	pickOption(t, w, "Why", "Legal proceedings")
	press(t, w, "Put it on hold")
	if problem(t, w, "Pupil") == "" {
		t.Error("no pupil is not refused")
	}
	e := seen[*pickerEntry](w)[0]
	test.Type(e, "nguyen")
	e.OnSubmitted(e.Text)
	press(t, w, "Put it on hold")
	holds, err := w.store.Holds.Of(context.Background(), p.ID)
	if err != nil || len(holds) != 1 || holds[0].From != "2026-11-22" {
		t.Errorf("holds: %+v, %v", holds, err)
	}
}

func TestAHeadSeesLeaversAndChangesNothing(t *testing.T) {
	w := newSchool(t)
	ida := pupilWith(t, w, "Leaver", func(p *records.Pupil) { p.Left = "2026-11-06"; p.Born = "" })
	addConcern(t, w, ida.ID, "2026-10-19", "")
	w.store.Me.Role = records.Head
	for _, list := range []leaverList{listLeavers, listStarters, listOld} {
		openLeavers(t, w, list)
		for _, b := range seen[*widget.Button](w) {
			if strings.Contains(b.Text, "…") {
				t.Errorf("%s offers a head %q", list, b.Text)
			}
		}
	}
}

// TestLeaverPagesFitASmallScreen holds the widths with long names and two
// hundred leavers.
func TestLeaverPagesFitASmallScreen(t *testing.T) {
	w := newSchool(t)
	long := strings.Repeat("Wolfeschlegelsteinhausen-", 4) + "bergerdorff"
	for i := range 200 {
		p := pupilWith(t, w, fmt.Sprint(long, i), func(p *records.Pupil) { p.Left, p.Joined, p.Born = "2026-11-06", "2026-09-01", "2001-01-01" })
		if i < 30 {
			addConcern(t, w, p.ID, "2026-10-19", "")
		}
	}
	pages := map[string]page{"calendar": newCalendarPage(w), "new year": newYearPage(w), "years": newYearsForm(w)}
	for _, list := range []leaverList{listLeavers, listStarters, listOld} {
		pages[string(list)] = newLeaversPage(w, list)
	}
	for name, p := range pages {
		visit(w, p)
		w.tasks.Wait()
		if m := w.page.content().MinSize(); m.Width > 1104 || m.Height > 640 {
			t.Errorf("%s needs %v", name, m)
		}
		for _, s := range scrollsIn(w.page.content()) {
			if m := s.Content.MinSize(); m.Width > 1104 {
				t.Errorf("%s: what scrolls is %v wide", name, m.Width)
			}
		}
	}
}

func TestANewSchoolYear(t *testing.T) {
	w := newSchool(t) // begun in November 2026
	ctx := context.Background()
	up := pupilWith(t, w, "Up", func(p *records.Pupil) {})
	top := pupilWith(t, w, "Top", func(p *records.Pupil) { p.YearGroup, p.Form = "6", "6A" })
	down := pupilWith(t, w, "KeptDown", func(p *records.Pupil) {})
	visit(w, newYearPage(w))
	if !says(w, "The next time to move pupils up is from 1 September 2027.") {
		t.Error("in its first year a record is to be moved up")
	}
	at(w, "2027-09-02")
	visit(w, newTodayPage(w))
	if !says(w, "A new school year has begun.") {
		t.Fatal("Today does not say so")
	}
	press(t, w, "Look")
	press(t, w, "Say which years the school has")
	pickOption(t, w, "Lowest year of the school", "Reception")
	pickOption(t, w, "Top year of the school", "Year 6")
	press(t, w, "Save")
	w.tasks.Wait()
	p, ok := w.page.(*yearPage)
	if !ok || p.sum.Text != "2 pupils move up, 1 leaves, no stay as they are." {
		t.Fatalf("%T says %q", w.page, p.sum.Text)
	}
	for i, m := range p.plan.Moves {
		if m.Pupil.ID == down.ID {
			p.list.moveTo(i)
			p.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) // unticks
		}
	}
	p.last.date.SetText("1 Sep 2027")
	press(t, w, "Move them up")
	if p.last.problem.Text == "" {
		t.Error("a leaving date in the new year is not refused")
	}
	p.last.date.SetText("21 Jul 2027")
	press(t, w, "Move them up")
	press(t, w, "Move them up") // in the dialog
	w.tasks.Wait()
	for id, want := range map[records.ID]string{up.ID: "6 6B ", top.ID: "6 6A 2027-07-21", down.ID: "5 5B "} {
		q, err := w.store.Pupils.Get(ctx, id)
		if got := q.YearGroup + " " + q.Form + " " + string(q.Left); err != nil || got != want {
			t.Errorf("%s stands at %q, %v; want %q", q.Surname, got, err, want)
		}
	}
	if _, ok := w.page.(*leaversPage); !ok {
		t.Errorf("afterwards %T is open", w.page)
	}
	visit(w, newYearPage(w))
	if !says(w, "The year groups stand for 2027/28.") {
		t.Error("it could be done twice")
	}
}
