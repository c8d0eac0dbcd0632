package ui

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

const rollLabel = "A list of pupils as CSV, Excel (.xlsx) or Common Transfer File (.xml)"

func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func pupilsIn(t *testing.T, w *Window) []records.Pupil {
	t.Helper()
	all, err := w.store.Pupils.All(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestImportSaysWhatIsWrong(t *testing.T) {
	w := newSchool(t)
	p := newImportPage(w)
	visit(w, p)
	for _, c := range []struct{ name, path, says string }{
		{"nothing", "", "Say which file"},
		{"no such file", filepath.Join(t.TempDir(), "none.csv"), "nothing at that place"},
		{"a picture", writeFile(t, "a.csv", "\x89PNG\r\n\x1a\n\x00\x00"), "not a spreadsheet"},
		{"a document type", writeFile(t, "a.xml", "<!DOCTYPE x><CTfile/>"), "DOCTYPE"},
		{"another kind of XML", writeFile(t, "a.xml", "<?xml version=\"1.0\"?><Census/>"), "neither a spreadsheet nor"},
	} {
		fill(t, w, rollLabel, c.path)
		press(t, w, "Look at it")
		if got := problem(t, w, rollLabel); !strings.Contains(got, c.says) || !isSentence(got) && c.path != "" {
			t.Errorf("%s: it says %q, want something about %q", c.name, got, c.says)
		}
		if p.path.Text != c.path {
			t.Errorf("%s: what was typed is gone", c.name)
		}
	}
}

func TestImportPupilsFromASpreadsheet(t *testing.T) {
	w := newSchool(t)
	zoe := addPupil(t, w, "Zoë", "Nguyễn")
	ned := addPupil(t, w, "Ned", "Alder")
	visit(w, newPupilsPage(w))
	press(t, w, "Bring in pupils")
	p, ok := w.page.(*importPage)
	if !ok {
		t.Fatalf("the button opens %T", w.page)
	}
	text := "Nachname,Vorname,DOB,Reg Group\nNguyễn,Zoë," + zoe.Born.String() + ",6A\nBell,Ida,01/02/2016,4M\nSecret,Max,31/02/2016,4M\n"
	fill(t, w, rollLabel, writeFile(t, "roll.csv", text))
	press(t, w, "Look at it")
	const columns = "Which column holds what?"
	press(t, w, "See what would change")
	if got := problem(t, w, columns); !strings.Contains(got, "surname and forename are not known") {
		t.Errorf("without names it says %q", got)
	}
	pickOption(t, w, "Surname", "Nachname")
	pickOption(t, w, "Forename", "Vorname")
	press(t, w, "See what would change")
	for _, want := range []string{
		"1 new, 1 changed, 0 the same, 1 row rejected. 1 pupil is kept and on roll, but not in the file.",
		"Nguyễn, Zoë: Form: " + zoe.Form + " becomes 6A", "Bell, Ida  ·  4M", "Row 3 (line 4): There is no such date of birth", "Perhaps left (1)",
	} {
		if !says(w, want) {
			t.Errorf("the preview does not say %q", want)
		}
	}
	if len(pupilsIn(t, w)) != 2 {
		t.Fatal("something was kept before the last button")
	}
	press(t, w, "Keep these")
	if !says(w, "Done: 1 added, 1 changed, 0 marked as having left. 1 row was left out") {
		t.Error("it does not say what was done")
	}
	if all := pupilsIn(t, w); len(all) != 3 {
		t.Errorf("%d pupils are kept, want 3", len(all))
	}
	if got, err := w.store.Pupils.Get(w.session, ned.ID); err != nil || got.Version != 1 {
		t.Errorf("Ned, whom nobody ticked, was changed: %+v, %v", got, err)
	}

	press(t, w, "Look at it") // the file is there still, and its columns are remembered
	press(t, w, "See what would change")
	if !says(w, "0 new, 0 changed, 2 the same") {
		t.Error("the second time it does not know the columns, or finds a change")
	}
	box := seen[*widget.Check](w)
	if len(box) != 1 || !strings.HasPrefix(box[0].Text, "Alder, Ned") {
		t.Fatalf("%d boxes, want Ned's", len(box))
	}
	test.Tap(box[0])
	press(t, w, "Keep these")
	if got, err := w.store.Pupils.Get(w.session, ned.ID); err != nil || got.Left != "2026-11-22" {
		t.Errorf("Ned was ticked as having left: %+v, %v", got, err)
	}
	press(t, w, "Show the pupils")
	if _, ok := w.page.(*pupilsPage); !ok || p == nil {
		t.Errorf("it opens %T, want the pupils", w.page)
	}
}

func TestRejectedRowsAreSaved(t *testing.T) {
	w := newSchool(t)
	visit(w, newImportPage(w))
	fill(t, w, rollLabel, writeFile(t, "roll.csv", "Surname,Forename,DOB\nSecret,Max,31/02/2016\nBell,Ida,1/2/16\n"))
	press(t, w, "Look at it")
	press(t, w, "See what would change")
	press(t, w, "Save the rejected rows as CSV …")
	to := filepath.Join(t.TempDir(), "rejected.csv")
	fill(t, w, "Where to save it", to)
	press(t, w, "Save")
	got, err := os.ReadFile(to)
	if want := "Row,Line,Reason\n1,2,There is no such date of birth in the calendar; check the day and the month.\n"; err != nil || string(got) != want {
		t.Errorf("saved %q, %v, want %q", got, err, want)
	}
}

func TestTransferFileIsDropped(t *testing.T) {
	w := newSchool(t)
	visit(w, newTodayPage(w))
	path := writeFile(t, "9254001_CTF_9254002_001.xml", `<CTfile><CTFpupilData><Pupil><Surname>Bell</Surname><Forename>Ida</Forename><DOB>2016-02-29</DOB></Pupil></CTFpupilData></CTfile>`)
	w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(path)})
	w.tasks.Wait()
	if !says(w, "From a Common Transfer File: 1 new") {
		t.Error("a transfer file dropped on the window is not shown")
	}
	press(t, w, "Keep these")
	if len(pupilsIn(t, w)) != 1 {
		t.Error("it was not kept")
	}
	visit(w, newImportPage(w))
	w.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(writeFile(t, "a.csv", "Surname,Forename\nElm,Ada\n"))})
	w.tasks.Wait()
	if _, ok := w.page.(*importPage); !ok || !says(w, "Which column holds what?") {
		t.Errorf("a spreadsheet dropped on the page opens %T", w.page)
	}
}

// TestImportIsCancelled cancels while the pupils are being kept.
func TestImportIsCancelled(t *testing.T) {
	w := newSchool(t)
	p := newImportPage(w)
	visit(w, p)
	var b strings.Builder
	b.WriteString("Surname,Forename,DOB\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "Elm,Ada %d,%s\n", i, records.Date("2012-01-01").AddDays(i))
	}
	fill(t, w, rollLabel, writeFile(t, "roll.csv", b.String()))
	press(t, w, "Look at it")
	press(t, w, "See what would change")
	if !says(w, "New (3000)") || !says(w, "… and 2900 more.") {
		t.Error("a long list is not cut, or not counted")
	}
	p.keep()
	time.AfterFunc(20*time.Millisecond, func() { fyne.Do(p.cancel) })
	w.tasks.Wait()
	if n := len(pupilsIn(t, w)); n != 0 {
		t.Errorf("%d pupils are kept after cancelling", n)
	}
	if says(w, "Done:") || !says(w, "What would change") {
		t.Error("after cancelling the preview should be there still")
	}
	press(t, w, "Keep these")
	if n := len(pupilsIn(t, w)); n != 3000 || !says(w, "Done: 3000 added") {
		t.Errorf("%d pupils are kept, want 3000", n)
	}
}

// TestImportPageFits holds the page to a small screen in each of its steps.
func TestImportPageFits(t *testing.T) {
	w := openDemo(t)
	p := newImportPage(w)
	visit(w, p)
	fits := func(step string) {
		t.Helper()
		if m := p.content().MinSize(); m.Width > 1104 || m.Height > 640 {
			t.Errorf("%s needs %v", step, m)
		}
		for _, s := range scrollsIn(p.content()) {
			if m := s.Content.MinSize(); m.Width > 1104 {
				t.Errorf("%s: what scrolls is %v wide", step, m)
			}
		}
	}
	fits("file")
	fill(t, w, rollLabel, writeFile(t, "roll.csv", "Legal Surname,Legal Forename,"+strings.Repeat("long ", 20)+",DOB,Address\nBell,Ida,x,01/02/2016,"+strings.Repeat("1 Elm Lane; ", 30)+"\nBell,Max,,31/2/16,\n"))
	press(t, w, "Look at it")
	fits("columns")
	press(t, w, "See what would change")
	fits("preview")
	press(t, w, "Keep these")
	fits("done")
	if !says(w, "Done: 1 added") {
		t.Error("it is not done")
	}
}

func TestWhoReadsAloneBringsNobodyIn(t *testing.T) {
	w := newSchool(t)
	w.store.Me.Role = records.Head
	visit(w, newPupilsPage(w))
	for _, b := range seen[*widget.Button](w) {
		if b.Text == "Bring in pupils" {
			t.Error("the head is offered to bring in pupils")
		}
	}
}

// TestRowsAreFoundByTheirLine reads a file with a title and an empty line above
// the headings.
func TestRowsAreFoundByTheirLine(t *testing.T) {
	w := newSchool(t)
	visit(w, newImportPage(w))
	fill(t, w, rollLabel, writeFile(t, "roll.csv", "Thistle Primary\n\nSurname,Forename,DOB\nBell,Ida,31/02/2016\n"))
	press(t, w, "Look at it")
	press(t, w, "See what would change")
	if !says(w, "Row 1 (line 4): There is no such date of birth") {
		t.Error("the line of the spreadsheet is not said")
	}
	var out strings.Builder
	for _, tt := range []struct {
		header int
		want   string
	}{
		{3, "Row,Line,Reason\n1,4,No such day.\n"},
		{0, "Row,Line,Reason\n1,,No such day.\n"}, // of a transfer file
	} {
		out.Reset()
		if err := writeRejected(&out, []rejectedRow{{1, "No such day."}}, tt.header); err != nil || out.String() != tt.want {
			t.Errorf("the file says %q, %v; want %q", out.String(), err, tt.want)
		}
	}
}
