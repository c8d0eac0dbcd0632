package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

const passphrase = "lantern gravel otter" // of newSchool

// shut waits until a school that is being closed is closed.
func shut(t *testing.T, w *Window) {
	t.Helper()
	select {
	case <-w.shut:
	case <-time.After(time.Minute):
		t.Fatal("the school is not closed within a minute")
	}
}

// unlock types a passphrase into the screen of a locked school.
func unlock(t *testing.T, w *Window, pass string) {
	t.Helper()
	fill(t, w, "Passphrase", pass)
	press(t, w, "Unlock")
	if w.store == nil {
		t.Fatalf("the school stays locked: %q", problem(t, w, "Passphrase"))
	}
}

// closeAfter closes what is unlocked when the test ends.
func closeAfter(t *testing.T, w *Window) {
	t.Helper()
	t.Cleanup(func() {
		if w.store != nil {
			w.store.Close()
		}
	})
}

// textOf returns every text in an object and in what it holds, hidden or not.
func textOf(o fyne.CanvasObject) string {
	var b strings.Builder
	var add func(fyne.CanvasObject)
	add = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case nil:
		case *fyne.Container:
			for _, c := range o.Objects {
				add(c)
			}
		case *canvas.Text:
			b.WriteString(o.Text + "\n")
		case *widget.RichText:
			b.WriteString(o.String() + "\n")
		case *entry:
			b.WriteString(o.Text + "\n")
		case *pickerEntry:
			b.WriteString(o.Text + "\n")
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				add(c)
			}
		}
	}
	add(o)
	return b.String()
}

// everything returns every text in the window and in what is open over it.
func everything(w *Window) string {
	s := textOf(w.win.Content())
	for _, o := range w.win.Canvas().Overlays().List() {
		s += textOf(o)
	}
	return s
}

// menuItem returns the item of the main menu that has a label, before its keys.
func menuItem(t *testing.T, w *Window, label string) *fyne.MenuItem {
	t.Helper()
	for _, m := range w.win.MainMenu().Items {
		for _, i := range m.Items {
			if name, _, _ := strings.Cut(i.Label, " (Ctrl+"); name == label {
				return i
			}
		}
	}
	t.Fatalf("the menu has no %q", label)
	return nil
}

// newFile returns a school with a pupil, a concern and a referral.
func newFile(t *testing.T) (*Window, records.Pupil, records.Referral) {
	t.Helper()
	w := newSchool(t)
	p := addPupil(t, w, "Zoë", "Nguyễn")
	addConcern(t, w, p.ID, "2026-11-19", "Ms Quill rang her mother, who brings a coat on Monday.")
	return w, p, mustSave(t, w.store.Referrals, records.Referral{Pupil: p.ID, Procedures: "default"})
}

func TestLockingClearsTheWindow(t *testing.T) {
	w, p, r := newFile(t)
	closeAfter(t, w)
	byHand(w)
	for _, c := range []struct {
		name  string
		visit func()
		after place
	}{
		{"a pupil", func() { visit(w, newPupilPage(w, p.ID)) }, placePupils},
		{"the pupils", func() { visit(w, newPupilsPage(w)) }, placePupils},
		{"a concern", func() { visit(w, newConcernPage(w, p.ID)) }, placeConcern},
		{"a referral", func() { visit(w, newReferralPage(w, p.ID, r.ID)) }, placeReferrals},
		{"the referrals", func() { visit(w, newReferralsPage(w)) }, placeReferrals},
		{"today", func() { visit(w, newTodayPage(w)) }, placeToday},
		{"settings", func() { visit(w, newSettingsPage(w)) }, placeSettings},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.visit()
			if c.after != placeToday && c.after != placeSettings && !strings.Contains(everything(w), "Nguyễn") {
				t.Fatal("the page does not show the pupil: the test would prove nothing")
			}
			if got := w.win.Title(); got != "Throughline" {
				t.Errorf("the window's title is %q: it must name no child", got)
			}
			w.complain(records.ErrConflict) // a dialog over the page
			keeping := &w.drafts.writing
			keeping.Lock() // closing takes its time
			menuItem(t, w, "Lock").Action()
			if s := everything(w); strings.Contains(s, "Nguyễn") || !strings.Contains(s, "Locking") {
				t.Errorf("while it locks, the window shows %q", s)
			}
			keeping.Unlock()
			shut(t, w)
			if s := everything(w); strings.Contains(s, "Nguyễn") || !strings.Contains(s, "is locked") {
				t.Errorf("locked, the window shows %q", s)
			}
			if w.store != nil || w.page != nil || w.stage != nil {
				t.Error("the window still holds the school")
			}
			if got := w.win.Title(); got != "Throughline" {
				t.Errorf("locked, the window's title is %q", got)
			}
			s, err := records.Open(context.Background(), w.options.Vault, []byte(passphrase))
			if err != nil {
				t.Fatalf("the vault is not closed: %v", err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			unlock(t, w, passphrase)
			if got := w.page.place(); got != c.after {
				t.Errorf("unlocked, the window is on %s, want %s", got, c.after)
			}
		})
	}
	if k, ok := menuItem(t, w, "Lock").Shortcut.(menuKeys); !ok || k.keys.KeyName != fyne.KeyL || k.keys.Modifier != fyne.KeyModifierShortcutDefault {
		t.Error("Ctrl+L does not lock")
	}
}

func TestIdleWindowLocksItself(t *testing.T) {
	w := newSchool(t)
	closeAfter(t, w)
	byHand(w)
	p := newConcern(w)
	fill(t, w, "What happened?", "He came in")
	_ = p
	w.limit = 20 * time.Millisecond
	w.touch()
	shut(t, w)
	if !says(w, "locked itself because nobody used it") {
		t.Error("it does not say why it is locked")
	}
	w.limit = time.Hour
	unlock(t, w, passphrase)
	if got := w.page.(*concernPage).account.Text; got != "He came in" {
		t.Errorf("unlocked, the form holds %q, want what was typed", got)
	}
}

func TestTypingPutsOffTheIdleLock(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	newConcern(w)
	w.idle.Stop()
	for name, do := range map[string]func(){
		"typing":  func() { w.newEntry("").TypedRune('x') },
		"a key":   func() { w.page.(*concernPage).account.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) },
		"a mouse": func() { w.win.Content().(*awake).MouseMoved(nil) },
	} {
		do()
		if !w.idle.Stop() {
			t.Errorf("%s does not put off the lock", name)
		}
	}
}

func TestTextThatCannotBeKept(t *testing.T) {
	w := newSchool(t)
	pass := byHand(w)
	path := filepath.Join(t.TempDir(), "closed.throughline")
	makeSchool(t, path)
	closed, err := records.Open(context.Background(), path, []byte(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	newConcern(w)
	w.drafts.store = closed // takes nothing
	fill(t, w, "What happened?", "He came in")
	pass()
	if !says(w, "That did not work") {
		t.Error("that the draft cannot be kept is not said")
	}
	w.closeDialogs()
	visit(w, newPupilsPage(w))
	visit(w, newConcernPage(w, ""))
	w.closeDialogs()
	if got := w.page.(*concernPage).account.Text; got != "He came in" {
		t.Errorf("opened again while nothing can be kept, the form holds %q", got)
	}
	w.drafts.store = w.store
	visit(w, newPupilsPage(w))
	visit(w, newConcernPage(w, ""))
	if got := w.page.(*concernPage).account.Text; got != "He came in" {
		t.Errorf("tried again, the draft is %q", got)
	}
	fill(t, w, "What happened?", "He came in late")
	w.drafts.store = closed
	w.lock("")
	shut(t, w)
	if !says(w, "What you typed last could not be kept. ") {
		t.Error("locked, it does not say that the text is lost")
	}
}

func TestBlankScreen(t *testing.T) {
	w, p, _ := newFile(t)
	byHand(w)
	visit(w, newPupilPage(w, p.ID))
	w.page.(*pupilPage).press(sectionToDo)
	press(t, w, "Add an action")
	w.about()
	menuItem(t, w, "Blank the screen").Action()
	if s := everything(w); strings.Contains(s, "Nguyễn") || !strings.Contains(s, "Show again") {
		t.Errorf("blanked, the window shows %q", s)
	}
	w.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if w.page.(*pupilPage).form == nil {
		t.Error("Escape works behind the blank screen")
	}
	menuItem(t, w, string(placeToday)).Action()
	w.tasks.Wait()
	if _, ok := w.page.(*pupilPage); !ok {
		t.Error("the menu turns pages behind the blank screen")
	}
	w.typedKey(&fyne.KeyEvent{Name: fyne.KeyF9})
	if !strings.Contains(everything(w), "Nguyễn") {
		t.Error("F9 does not show the page again")
	}
	w.typedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	w.tasks.Wait()
	if w.page.(*pupilPage).form != nil {
		t.Error("shown again, Escape does not close the form")
	}

	w.typedKey(&fyne.KeyEvent{Name: fyne.KeyF9})
	w.lock("")
	shut(t, w)
	if !says(w, "is locked") {
		t.Error("locked while it is blank, the window does not say so")
	}
	// Unlocking ends while the screen is blank.
	s, err := records.Open(context.Background(), w.options.Vault, []byte(passphrase))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	w.blank()
	w.after = string(placePupils)
	w.unlocked(s)
	w.tasks.Wait()
	if strings.Contains(everything(w), "Nguyễn") {
		t.Error("unlocking shows a pupil on a blank screen")
	}
	w.blank()
	if !strings.Contains(everything(w), "Nguyễn") {
		t.Error("what was opened behind the blank screen is not shown")
	}
}

func TestEscapeClosesTheDialogOnTop(t *testing.T) {
	w := newSchool(t)
	w.complain(records.ErrConflict)
	w.confirm("Sure?", "Quite sure?", "Yes", func() {})
	escape := &fyne.KeyEvent{Name: fyne.KeyEscape}
	for _, want := range []int{1, 0} {
		w.typedKey(escape)
		if got := len(w.win.Canvas().Overlays().List()); got != want {
			t.Fatalf("after Escape %d dialogs are open, want %d", got, want)
		}
	}
	if w.typedKey(escape) {
		t.Error("Escape is swallowed though no dialog is open")
	}
}

func TestQuitClosesTheSchool(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	newConcern(w)
	fill(t, w, "What happened?", "He came in")
	w.about()
	menuItem(t, w, "Quit").Action()
	shut(t, w)
	s, err := records.Open(context.Background(), w.options.Vault, []byte(passphrase))
	if err != nil {
		t.Fatalf("the vault is not closed: %v", err)
	}
	defer s.Close()
	if body, _, err := s.Draft(context.Background(), "concern"); !strings.Contains(body, "He came in") {
		t.Errorf("the draft is %q, %v; want what was typed", body, err)
	}
	left, err := os.ReadDir(strings.TrimSuffix(w.options.Vault, "school.throughline"))
	for _, f := range left {
		if !strings.HasPrefix(f.Name(), "school.throughline") {
			t.Errorf("%s is left behind, %v", f.Name(), err)
		}
	}
}
