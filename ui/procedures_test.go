package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"throughline/records"
	"throughline/referral/procedures"
)

// onDisk returns what the school follows, as a command would read it.
func onDisk(t *testing.T, w *Window, name string) procedures.Followed {
	t.Helper()
	l, err := procedures.LoadFrom(procedures.Beside(w.store.Path()).Path(), name, records.DateOf(w.store.Now()))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func editing(t *testing.T) (*Window, *proceduresPage) {
	t.Helper()
	w := newSchool(t)
	byHand(w)
	visit(w, newSettingsPage(w))
	press(t, w, "Edit local procedures")
	return w, w.page.(*proceduresPage)
}

func TestLocalProceduresAreEdited(t *testing.T) {
	w, _ := editing(t)
	if !says(w, "The front door's telephone number is not known") {
		t.Error("what is not known is not said")
	}
	fill(t, w, "Telephone", "01632 960345")
	fill(t, w, "Last compared with the source on", "20 Nov 2026")
	press(t, w, string(partClocks))
	fill(t, w, "Number", "48") // of the first clock
	press(t, w, string(partLadder))
	fill(t, w, "Working days for the reply", "3") // of the first rung
	press(t, w, "Down")
	press(t, w, "Add a rung")
	press(t, w, "Save")
	if !says(w, "A rung needs both sides") || onDisk(t, w, "").Edited {
		t.Error("a rung without sides was saved, or nothing is said beside it")
	}
	press(t, w, "Take out") // the first, which was the second
	press(t, w, "Save")
	if !says(w, "A rung needs both sides") {
		t.Error("the empty rung is still there and nothing is said")
	}
	fill(t, w, "For the school", "DSL")
	w.page.(*proceduresPage).text["challenge.ladder#5.ours"] = "Chair"
	w.page.(*proceduresPage).text["challenge.ladder#5.theirs"] = "Director"
	press(t, w, "Save")
	l := onDisk(t, w, "")
	if !l.Edited || l.FrontDoor.Phone != "01632 960345" || l.Checked != "2026-11-20" || l.Clock(procedures.WrittenConfirmation).Value != 48 {
		t.Errorf("kept: edited %v, %+v, checked %s, %v", l.Edited, l.FrontDoor, l.Checked, l.Clock(procedures.WrittenConfirmation))
	}
	if got := l.Challenge.Ladder; len(got) != 5 || got[0].Ours != "DSL" || got[0].Days != 3 || got[4].Ours != "Chair" {
		t.Errorf("the ladder is %+v", got)
	}
	if !says(w, "Saved. What is due") {
		t.Error("it is not said that it is saved")
	}
	visit(w, newSettingsPage(w))
	if !says(w, "edited by the school") {
		t.Error("Settings does not say that the school edited them")
	}
	press(t, w, "Edit local procedures")
	press(t, w, "Back to what ships …")
	press(t, w, "Back to what ships")
	if l := onDisk(t, w, ""); l.Edited || l.FrontDoor.Phone != "" {
		t.Errorf("after going back: %+v", l.FrontDoor)
	}
}

func TestWrongProceduresAreSaidBesideTheirFields(t *testing.T) {
	for _, c := range []struct {
		part       procPart
		label, bad string
		want       string
	}{
		{partDoor, "In force from", "31 February 2026", records.ErrNoSuchDay.Error()},
		{partDoor, "Last compared with the source on", "1 Jan 2027", "This day is still to come."},
		{partDoor, "Whose procedures: the short name", "", "Give a title"},
		{partClocks, "Number", "a day", "Write a whole number"},
		{partClocks, "Number", "-3", "A limit of time cannot be negative"},
		{partLadder, "Working days for the reply", "-3", "The working days of a rung cannot be negative"},
		{partForm, "Minutes after which a web form loses what was typed", "-3", "The minutes cannot be negative"},
		{partForm, "Characters it takes", "many", "Write a whole number"},
	} {
		t.Run(c.label+" "+c.bad, func(t *testing.T) {
			w, p := editing(t)
			press(t, w, string(c.part))
			fill(t, w, c.label, c.bad)
			press(t, w, string(partLevels)) // it is found from any part
			press(t, w, "Save")
			if p.at != c.part {
				t.Errorf("it shows %s", p.at)
			}
			wants(t, w, c.label, c.want)
			if got := entryNamed(t, w, c.label).Text; got != c.bad {
				t.Errorf("the field now holds %q", got)
			}
			if onDisk(t, w, "").Edited {
				t.Error("it was saved")
			}
		})
	}
}

func TestALadderWithNoRungsIsNotSaved(t *testing.T) {
	w, p := editing(t)
	press(t, w, string(partLadder))
	for p.text.Len(procedures.LadderList) > 0 {
		press(t, w, "Take out")
	}
	press(t, w, "Save")
	if !strings.HasPrefix(p.fields[procedures.LadderList].problem.Text, "The challenge ladder has no rungs") || onDisk(t, w, "").Edited {
		t.Errorf("it says %q", p.fields[procedures.LadderList].problem.Text)
	}
}

func TestTypedProceduresAreADraft(t *testing.T) {
	w, _ := editing(t)
	fill(t, w, "Telephone", "01632 960345")
	press(t, w, string(partLadder))
	press(t, w, "Add a rung")
	visit(w, newTodayPage(w))
	p := newProceduresPage(w)
	visit(w, p)
	if got := entryNamed(t, w, "Telephone").Text; got != "01632 960345" || p.text.Len(procedures.LadderList) != 6 || !says(w, "It is not saved yet.") {
		t.Errorf("opened again, the telephone is %q and there are %d rungs", got, p.text.Len(procedures.LadderList))
	}
}

func TestAnEditionToComeWaits(t *testing.T) {
	w, _ := editing(t)
	fill(t, w, "Telephone", "01632 960345")
	fill(t, w, "In force from", "1 Jan 2027")
	press(t, w, "Save")
	if l := onDisk(t, w, ""); l.Edited || l.Waiting == nil || l.Waiting.FrontDoor.Phone != "01632 960345" {
		t.Errorf("in force: %+v, waiting: %v", l.FrontDoor, l.Waiting)
	}
	if !says(w, "It is used from") || entryNamed(t, w, "Telephone").Text != "" {
		t.Error("the edition in force is not what is shown now")
	}
	press(t, w, "Edit the edition from 1 Jan 2027")
	if got := entryNamed(t, w, "Telephone").Text; got != "01632 960345" {
		t.Errorf("the edition to come has the telephone %q", got)
	}
}

func TestAWrongFileCanBeMendedInTheWindow(t *testing.T) {
	w, _ := editing(t)
	dir := procedures.Beside(w.store.Path()).Path()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "default.toml"), []byte("name = \"default\"\ntitle = Ours\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	visit(w, newSettingsPage(w))
	if !says(w, "Line 2: This is not written as TOML") {
		t.Error("Settings does not say which line is wrong")
	}
	press(t, w, "Edit local procedures")
	if !says(w, "Line 2: This is not written as TOML") {
		t.Error("the editor does not say which line is wrong")
	}
	fill(t, w, "Telephone", "01632 960345")
	press(t, w, "Save")
	if l := onDisk(t, w, ""); !l.Edited || l.Refused != nil {
		t.Errorf("still refused: %v", l.Refused)
	}
	if says(w, "cannot be used") {
		t.Error("it still says that the file cannot be used")
	}
	if _, err := os.Stat(filepath.Join(dir, "earlier", "default 1.toml")); err != nil {
		t.Errorf("the wrong file is not kept: %v", err)
	}
}
