package ui

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// startAgain returns the window of another start on the same computer.
func startAgain(t *testing.T, app fyne.App, o Options) *Window {
	t.Helper()
	w := New(app, o)
	w.win.Resize(fyne.NewSize(1280, 690))
	t.Cleanup(func() {
		w.tasks.Wait()
		w.end()
		w.idle.Stop()
		if w.store != nil {
			w.store.Close()
		}
	})
	return w
}

func TestPlaceIsRemembered(t *testing.T) {
	app := test.NewTempApp(t)
	usual := filepath.Join(t.TempDir(), "school.throughline")
	stick := filepath.Join(t.TempDir(), "stick.throughline")
	makeSchool(t, usual)
	makeSchool(t, stick)
	demo := filepath.Join(t.TempDir(), "demo.throughline")
	makeSchool(t, demo)
	start := func(named string) *Window {
		return startAgain(t, app, Options{Vault: named, Usual: usual, Demo: demo})
	}
	open := func(w *Window) {
		t.Helper()
		unlock(t, w, passphrase)
		w.lock("")
		shut(t, w)
	}
	w := start("")
	if w.options.Vault != usual || says(w, "It is in") {
		t.Errorf("the first start is on %s", w.options.Vault)
	}
	w = start(stick)
	if !says(w, "It is in "+filepath.Dir(stick)) || says(w, "remembers") {
		t.Error("a place that is not remembered yet is not shown, or as remembered")
	}
	if w = start(""); w.options.Vault != usual {
		t.Errorf("a record that was never unlocked is remembered: %s", w.options.Vault)
	}
	open(start(stick))
	if w = start(""); w.options.Vault != stick || !says(w, "This computer remembers that place.") {
		t.Errorf("the next start is on %s, or the place is not shown", w.options.Vault)
	}
	open(start(demo))
	if w = start(""); w.options.Vault != stick {
		t.Errorf("the demo school is remembered: %s", w.options.Vault)
	}
	press(t, w, "Forget this place")
	if w.options.Vault != usual || !says(w, "That place is forgotten.") || says(w, "It is in") {
		t.Errorf("forgotten, it is on %s", w.options.Vault)
	}
	if w = start(""); w.options.Vault != usual {
		t.Errorf("it is not forgotten: %s", w.options.Vault)
	}
	if _, err := os.Stat(stick); err != nil {
		t.Errorf("forgetting took the file: %v", err)
	}
	open(start(stick))
	open(start(usual))
	if w = start(""); w.options.Vault != usual {
		t.Errorf("the record unlocked last was the usual one, and it starts on %s", w.options.Vault)
	}
}

func TestRememberedPlaceThatIsNotThere(t *testing.T) {
	app := test.NewTempApp(t)
	usual := filepath.Join(t.TempDir(), "Throughline", "school.throughline")
	stick := filepath.Join(t.TempDir(), "stick.throughline")
	makeSchool(t, stick)
	o := Options{Usual: usual}
	named := o
	named.Vault = stick
	w := startAgain(t, app, named)
	unlock(t, w, passphrase)
	w.lock("")
	shut(t, w)
	away := stick + ".away"
	if err := os.Rename(stick, away); err != nil {
		t.Fatal(err)
	}
	w = startAgain(t, app, o)
	if !says(w, "There is no record at that place.") || !says(w, stick) {
		t.Fatal("it is not said that the record is away, or where it was")
	}
	press(t, w, restoreFrom)
	if got := entryNamed(t, w, whereLabel).Text; got != usual {
		t.Errorf("a backup would go to %s, want the usual place", got)
	}
	press(t, w, "Back")
	press(t, w, "Another record …")
	press(t, w, "Back")
	if err := os.Rename(away, stick); err != nil {
		t.Fatal(err)
	}
	press(t, w, "Try again")
	unlock(t, w, passphrase)
}
