package ui

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

func TestAWorkbookWithAPasswordIsEncrypted(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Zoë", "Nguyễn")
	addConcern(t, w, p.ID, "2026-11-19", "")
	page := newPupilPage(w, p.ID)
	visit(w, page)
	for _, tt := range []struct{ password, begins string }{
		{"", "PK"}, // a plain workbook
		{"plum otter lantern", "\xd0\xcf\x11\xe0\xa1\xb1"}, // the container of an encrypted one
	} {
		x := newExport(w, page.data)
		x.show()
		x.shared.why.SetSelected(forUs)
		x.password.SetText(tt.password)
		x.next()
		path := filepath.Join(t.TempDir(), "c.xlsx")
		fill(t, w, "Where to save it", path)
		press(t, w, "Save")
		w.tasks.Wait()
		b, err := os.ReadFile(path)
		if err != nil || !bytes.HasPrefix(b, []byte(tt.begins)) {
			t.Errorf("with the password %q the file does not begin with %q, %v", tt.password, tt.begins, err)
		}
		w.closeDialogs()
	}
}

// TestAChronologyThatLeavesSaysToWhom exports for our own use, for a social
// worker, and once more.
func TestAChronologyThatLeavesSaysToWhom(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Zoë", "Nguyễn")
	addConcern(t, w, p.ID, "2026-11-19", "")
	mustSave(t, w.store.Bands, records.StatusBand{Pupil: p.ID, Status: records.ChildInNeed, From: "2026-09-01", Worker: "Ann Lee, social worker"})
	page := newPupilPage(w, p.ID)
	visit(w, page)
	shared := func() []records.Disclosure {
		t.Helper()
		all, err := w.store.Disclosures.Of(context.Background(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	export := func() {
		t.Helper()
		press(t, w, "Choose where to keep it …")
		fill(t, w, "Where to save it", filepath.Join(t.TempDir(), "c.xlsx"))
		press(t, w, "Save")
		w.closeDialogs()
	}
	why := func(basis string) { seen[*widget.Select](w)[0].SetSelected(basis) }

	press(t, w, "Export chronology …")
	if got := entryNamed(t, w, "To whom").Text; got != "Ann Lee, social worker" {
		t.Errorf("to whom is %q at first, want the worker", got)
	}
	press(t, w, "Choose where to keep it …")
	if problem(t, w, "Why") == "" {
		t.Error("it leaves the record for no reason")
	}
	why(forUs)
	export()
	if n := len(shared()); n != 0 {
		t.Errorf("for our own use %d disclosures are kept", n)
	}

	press(t, w, "Export chronology …")
	why(sharedBases[0])
	fill(t, w, "To whom", "")
	press(t, w, "Choose where to keep it …")
	if problem(t, w, "To whom") == "" {
		t.Error("it is shared with nobody")
	}
	fill(t, w, "To whom", "Bo Hart, children’s guardian")
	fill(t, w, "In your own words, if there is more to say", "Her mother, by letter")
	fill(t, w, "From (empty: the beginning)", "1 Sep 2026")
	export()
	all := shared()
	if len(all) != 1 || all[0].What != "Chronology since 1 Sep 2026" || all[0].To != "Bo Hart, children’s guardian" ||
		all[0].Basis != "With consent: Her mother, by letter" || len(all[0].SHA256) != 64 {
		t.Fatalf("written down: %+v", all)
	}

	press(t, w, "Export chronology …") // the same again needs two clicks
	export()
	if all = shared(); len(all) != 2 || all[1].To != all[0].To || all[1].Basis != all[0].Basis {
		t.Errorf("written down: %+v", all)
	}
}

func TestInformationSharedByTelephone(t *testing.T) {
	w := newSchool(t)
	p := addPupil(t, w, "Zoë", "Nguyễn")
	visit(w, newPupilPage(w, p.ID))
	press(t, w, "Information shared …")
	press(t, w, "Keep")
	for _, name := range []string{"What was shared?", "To whom?", "Why, and whether with consent?"} {
		if problem(t, w, name) == "" {
			t.Errorf("%q may be left empty", name)
		}
	}
	fill(t, w, "What was shared?", "That her attendance is 62 %")
	fill(t, w, "To whom?", "Ann Lee, social worker")
	fill(t, w, "Why, and whether with consent?", "Section 17 assessment; parents agreed.")
	press(t, w, "Keep")
	all, err := w.store.Disclosures.Of(context.Background(), p.ID)
	if err != nil || len(all) != 1 || all[0].At != records.StampOf(w.store.Now()) || all[0].What != "That her attendance is 62 %" {
		t.Errorf("written down: %+v, %v", all, err)
	}
	if !says(w, "Written down as information shared.") {
		t.Error("that it is kept is not said")
	}
	w.store.Me.Role = records.Head
	visit(w, newPupilPage(w, p.ID))
	press(t, w, "Export chronology …")
	if m := seen[*widget.Select](w)[0]; len(m.Options) != 1 || m.Selected != forUs {
		t.Errorf("a head is offered %q", m.Options)
	}
}
