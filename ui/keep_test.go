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
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

const theirLabel = "A chronology as Excel (.xlsx) or CSV"

// readTheirs reads a file on the page that is open.
func readTheirs(t *testing.T, w *Window, text string) {
	t.Helper()
	fill(t, w, theirLabel, writeFile(t, "their.csv", text))
	press(t, w, "Read it")
}

func TestKeepAChronology(t *testing.T) {
	w := newSchool(t)
	ned := addPupil(t, w, "Ned", "Alder")
	addPupil(t, w, "Zoë", "Nguyễn")
	visit(w, newPupilPage(w, ned.ID))
	press(t, w, "Bring in a chronology …")
	if !says(w, "for the file of Ned Alder") {
		t.Error("it does not say whose file it is for")
	}
	const theirs = "Ref,Date,Summary,Decision,Remarks\nA1,3/3/2025,Came without a coat,Continue to monitor,Blue hands\nA2,4/3/2025,Asked for food,,\nA3,31/2/2025,Secret,,\n"
	readTheirs(t, w, theirs)
	press(t, w, "Keep these entries …")
	press(t, w, "See what would be kept")
	for _, want := range []string{
		"into the file of Ned Alder: 2 new, 0 changed, 0 kept already, 1 row rejected.", "Row 1 (line 2)  ·  3 Mar 2025  ·  Came without a coat",
		"Row 3 (line 4): " + records.ErrNoSuchDay.Error(), ": Remarks.", "1 entry: a plan to watch that does not say what, how long or what next",
	} {
		if !says(w, want) {
			t.Errorf("the preview does not say %q", want)
		}
	}
	press(t, w, "Back to the columns")
	pickOption(t, w, "Outcome", "Remarks")
	press(t, w, "See what would be kept")
	if n := len(concernsIn(t, w)); n != 0 {
		t.Fatalf("%d entries were kept before the last button", n)
	}
	press(t, w, "Keep them")
	if !says(w, "Done: 2 entries added, 0 changed. 1 row was left out") {
		t.Error("it does not say what was done")
	}
	kept := concernsIn(t, w)
	if len(kept) != 2 || kept[0].Pupil != ned.ID || kept[0].Outcome != "Blue hands" {
		t.Fatalf("kept %+v", kept)
	}
	press(t, w, "Show the file of Ned Alder")
	p := w.page.(*pupilPage)
	if !says(w, "Imported from a CSV file, reference A2, by Ms Quill") || says(w, "after it happened") {
		t.Error("the entry does not say where it came from, or is called late")
	}

	w.open(newBringIn(w, &p.data.file.Pupil)) // a second time, corrected
	readTheirs(t, w, strings.Replace(theirs, "Blue hands", "A coat was bought", 1))
	press(t, w, "Keep these entries …")
	press(t, w, "See what would be kept")
	if !says(w, "0 new, 1 changed, 1 kept already") || !says(w, "Outcome: Blue hands becomes A coat was bought") {
		t.Error("the second time its columns are not remembered, or the change is not shown")
	}
	press(t, w, "Keep them")
	if kept := concernsIn(t, w); len(kept) != 2 || kept[0].Outcome != "A coat was bought" || kept[0].Version != 2 {
		t.Errorf("kept %+v", kept)
	}
}

func TestEachRowSaysWhose(t *testing.T) {
	w := newSchool(t)
	addPupil(t, w, "Ned", "Alder")
	zoe := addPupil(t, w, "Zoë", "Nguyễn")
	visit(w, newReviewPage(w))
	readTheirs(t, w, "Student,Date,Summary\n\"Nguyen, Zoe\",3/3/2025,No coat\nMax Secret,3/3/2025,No coat\n")
	press(t, w, "Keep these entries …")
	press(t, w, "See what would be kept")
	if !says(w, "1 new, 0 changed, 0 kept already, 1 row rejected.") || !says(w, "Row 1 (line 2)  ·  3 Mar 2025  ·  Zoë Nguyễn  ·  No coat") {
		t.Error("the rows are not taken to the pupils they name")
	}
	press(t, w, "Save the rejected rows as CSV …")
	to := filepath.Join(t.TempDir(), "rejected.csv")
	fill(t, w, "Where to save it", to)
	press(t, w, "Save")
	got, err := os.ReadFile(to)
	if err != nil || !strings.HasPrefix(string(got), "Row,Line,Reason\n2,3,") || strings.Contains(string(got), "Secret") {
		t.Errorf("saved %q, %v", got, err)
	}
	w.closeDialogs()
	press(t, w, "Keep them")
	if kept := concernsIn(t, w); len(kept) != 1 || kept[0].Pupil != zoe.ID {
		t.Errorf("kept %+v", kept)
	}
}

func TestKeepSaysWhatIsMissing(t *testing.T) {
	w := newSchool(t)
	ned := addPupil(t, w, "Ned", "Alder")
	visit(w, newReviewPage(w))
	readTheirs(t, w, "Wann,Was\n3/3/2025,No coat\n")
	if got := problem(t, w, theirLabel); !strings.Contains(got, "no column with dates") {
		t.Errorf("it says %q", got)
	}
	press(t, w, "Say which columns they are …")
	press(t, w, "See what would be kept")
	if got := problem(t, w, "The pupil"); !strings.Contains(got, "Choose the pupil") {
		t.Errorf("without a pupil it says %q", got)
	}
	p := w.page.(*keepPage)
	choosePupil(p.picker, "ned")
	press(t, w, "See what would be kept")
	if got := problem(t, w, "Which column holds what?"); !strings.Contains(got, "no column with dates") || !isSentence(got) {
		t.Errorf("without dates it says %q", got)
	}
	if p.picker.chosen != ned.ID {
		t.Error("the pupil who was chosen is gone")
	}
	pickOption(t, w, "Date", "Wann")
	pickOption(t, w, "What happened", "Was")
	press(t, w, "See what would be kept")
	press(t, w, "Keep them")
	if kept := concernsIn(t, w); len(kept) != 1 || kept[0].Account != "No coat" {
		t.Errorf("kept %+v", kept)
	}
}

func TestWhoReadsAloneKeepsNoChronology(t *testing.T) {
	w := newSchool(t)
	ned := addPupil(t, w, "Ned", "Alder")
	w.store.Me.Role = records.Head
	visit(w, newReviewPage(w))
	readTheirs(t, w, "Date,Summary\n3/3/2025,No coat\n")
	offered := func() {
		t.Helper()
		for _, b := range seen[*widget.Button](w) {
			if b.Text == "Keep these entries …" || b.Text == "Bring in a chronology …" || strings.HasPrefix(b.Text, "Say which") {
				t.Errorf("the head is offered %q", b.Text)
			}
		}
	}
	offered()
	readTheirs(t, w, "Wann,Was\n3/3/2025,No coat\n")
	offered()
	visit(w, newPupilPage(w, ned.ID))
	offered()
}

// TestKeepingIsCancelled cancels while the entries are being kept.
func TestKeepingIsCancelled(t *testing.T) {
	w := newSchool(t)
	ned := addPupil(t, w, "Ned", "Alder")
	var b strings.Builder
	b.WriteString("Date,Summary\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "%s,No coat %d\n", records.Date("2018-01-01").AddDays(i), i)
	}
	visit(w, newBringIn(w, &ned))
	readTheirs(t, w, b.String())
	press(t, w, "Keep these entries …")
	press(t, w, "See what would be kept")
	p := w.page.(*keepPage)
	p.keep()
	time.AfterFunc(20*time.Millisecond, func() { fyne.Do(p.cancel) })
	w.tasks.Wait()
	if n := len(concernsIn(t, w)); n != 0 || says(w, "Done:") || !says(w, "What would be kept") {
		t.Errorf("%d entries are kept after cancelling, or the preview is gone", n)
	}
	press(t, w, "Keep them")
	if n := len(concernsIn(t, w)); n != 3000 {
		t.Errorf("%d entries are kept, want 3000", n)
	}
}

// TestKeepPageFits holds each step to a small screen.
func TestKeepPageFits(t *testing.T) {
	w := openDemo(t)
	pupils, err := w.store.Pupils.All(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	fits := func(step string) {
		t.Helper()
		if m := w.page.content().MinSize(); m.Width > 1104 || m.Height > 640 {
			t.Errorf("%s needs %v", step, m)
		}
		for _, s := range scrollsIn(w.page.content()) {
			if m := s.Content.MinSize(); m.Width > 1104 {
				t.Errorf("%s: what scrolls is %v wide", step, m)
			}
		}
	}
	visit(w, newPupilPage(w, pupils[0].ID))
	fits("the pupil's page")
	press(t, w, "Bring in a chronology …")
	fits("reading")
	long := strings.Repeat("word ", 500)
	readTheirs(t, w, "Date,Details,Notes,"+long[:60]+"\n3/3/2025,"+long+","+strings.Repeat("x", 500)+",\n31/2/2025,x,,\n")
	press(t, w, "Keep these entries …")
	fits("columns")
	press(t, w, "See what would be kept")
	fits("preview")
	press(t, w, "Keep them")
	fits("done")
	if !says(w, "Done: 1 entry added") {
		t.Error("it is not done")
	}
}
