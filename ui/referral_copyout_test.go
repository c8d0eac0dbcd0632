package ui

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"throughline/records"
	"throughline/referral/pack"
	"throughline/referral/procedures"
)

// thistleshire gives the school procedures of its own: a web form of three
// boxes that keeps what is typed for 90 minutes.
func thistleshire(t *testing.T, w *Window) {
	t.Helper()
	p, err := procedures.Load(procedures.Default)
	if err != nil {
		t.Fatal(err)
	}
	p.Form = procedures.Form{Name: "Thistleshire form", Minutes: 90, Fields: []procedures.Field{
		{Key: pack.History, Label: "Tell us about earlier concerns", Limit: 60}, {Key: pack.Child, Label: "The child"}, {Label: "Are you a robot?"},
	}}
	if err := procedures.Beside(w.store.Path()).Save(p, records.DateOf(w.store.Now()), false); err != nil {
		t.Fatal(err)
	}
}

// copying returns a referral that is decided and open on the boxes to copy.
func copying(t *testing.T) (*Window, *referralPage) {
	t.Helper()
	w, p := newReferral(t)
	thistleshire(t, w)
	visit(w, p)
	decideAll(t, w)
	press(t, w, string(stepSend))
	press(t, w, "Copy box by box")
	return w, p
}

func enter(t *testing.T, w *Window) {
	t.Helper()
	f, ok := w.win.Canvas().Focused().(*enterButton)
	if !ok {
		t.Fatalf("the keyboard is on %T", w.win.Canvas().Focused())
	}
	f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	w.tasks.Wait()
}

func TestCopyIntoAWebForm(t *testing.T) {
	w, p := copying(t)
	if !says(w, "Thistleshire form") || !says(w, "too many. Shorten it in the pack") || !says(w, "They count from the first copy") || !says(w, "The form has no box for this") {
		t.Error("the form, its minutes or what does not fit is not said")
	}
	first, second := p.copy.rows[0], p.copy.rows[1]
	if pack.Characters(first.text) > 60 || strings.Contains(second.text, first.text) {
		t.Errorf("the first box is not in parts: %q, %q", first.text, second.text)
	}
	enter(t, w)
	if got := w.app.Clipboard().Content(); got != first.text {
		t.Errorf("on the clipboard is %q, want %q", got, first.text)
	}
	if w.win.Canvas().Focused() != fyne.Focusable(second.button) {
		t.Error("the keyboard did not move on to the next box")
	}
	enter(t, w)
	if got := w.app.Clipboard().Content(); got != second.text || !says(w, "2 of ") || !says(w, "90 minutes are left") {
		t.Errorf("after the second, on the clipboard is %q", got)
	}
	// The page is closed as it would be by a crash: what is kept comes back.
	visit(w, newTodayPage(w))
	p = newReferralPage(w, p.pupil, p.id)
	p.at, p.copying = stepSend, true
	visit(w, p)
	if p.copy.rows[0].button.Text != "Copied" || p.copy.rows[2].button.Text != "Copy" || w.win.Canvas().Focused() != fyne.Focusable(p.copy.rows[2].button) {
		t.Error("the ticks did not come back")
	}
	for p.copy.next() != nil {
		enter(t, w)
	}
	fill(t, w, "To whom", "Front door, Thistleshire")
	fill(t, w, "Reference they gave", "W-4471")
	press(t, w, "It has been sent")
	press(t, w, "It has been sent") // in the dialog
	r := kept(t, p)
	if r.Method != byWebForm || r.Reference != "W-4471" || r.SentAt == "" || r.PackHash != pack.Hash(r.Sections) {
		t.Errorf("sent as %q, reference %q, at %q, hash %q", r.Method, r.Reference, r.SentAt, r.PackHash)
	}
	f, err := w.store.File(context.Background(), p.pupil)
	if err != nil || len(f.Disclosures) != 1 || f.Disclosures[0].SHA256 != r.PackHash {
		t.Errorf("disclosures %+v, %v", f.Disclosures, err)
	}
	if body, _, _ := w.store.Draft(context.Background(), copyDraft(p.id)); body != "" {
		t.Error("the draft of the copying is still there")
	}
}

func TestTheFormsTimeIsOver(t *testing.T) {
	w, p := copying(t)
	pass := byHand(w)
	enter(t, w)
	pass() // and the program is cut off
	if body, _, err := w.store.Draft(context.Background(), copyDraft(p.id)); err != nil || !strings.Contains(body, p.copy.rows[0].key) {
		t.Errorf("the tick is not kept as it is made: %q, %v", body, err)
	}
	for _, c := range []struct {
		after time.Duration
		want  string
	}{
		{0, "90 minutes are left"}, {89 * time.Minute, "1 minute is left"}, {90 * time.Minute, "are over, and it may have lost"},
	} {
		if got := strings.ToLower(p.copy.time(p.copy.began.Time().Add(c.after))); !strings.Contains(got, c.want) {
			t.Errorf("after %v it says %q, want %q", c.after, got, c.want)
		}
	}
	if p.copy.rows[0].button.Text != "Copied" {
		t.Error("the ticks did not outlast the form")
	}
	press(t, w, "Begin again …")
	press(t, w, "Begin again")
	if p.copy.rows[0].button.Text != "Copy" || p.copy.began != "" {
		t.Error("the ticks were not taken away")
	}
}

func TestTheClipboardIsCleared(t *testing.T) {
	w, _ := copying(t)
	pass := byHand(w)
	clip := w.app.Clipboard()
	enter(t, w)
	pass()
	if got := clip.Content(); got != "" {
		t.Errorf("a minute later the clipboard holds %q", got)
	}
	enter(t, w)
	clip.SetContent("a telephone number")
	pass()
	if got := clip.Content(); got != "a telephone number" {
		t.Errorf("what was copied since became %q", got)
	}
	enter(t, w)
	w.lock("")
	<-w.shut
	if got := clip.Content(); got != "" {
		t.Errorf("locked, the clipboard holds %q", got)
	}
}

// Two windows of the same referral cannot both send it: the second is told, and
// what went stays what went.
func TestAPackIsSentOnce(t *testing.T) {
	w, p := newReferral(t)
	decideAll(t, w)
	stale := newReferralPage(w, p.pupil, p.id)
	visit(w, stale)
	old := *stale.data
	visit(w, p)
	press(t, w, string(stepSend))
	fill(t, w, "To whom", "Front door, Thistleshire")
	press(t, w, "It has been sent")
	press(t, w, "It has been sent") // in the dialog
	sent := kept(t, p)

	visit(w, stale)
	stale.show(&old) // as it stood before it went
	stale.turn(stepSend)
	fill(t, w, "To whom", "Somebody else")
	press(t, w, "It has been sent")
	press(t, w, "It has been sent")
	if !says(w, Sentence(records.ErrConflict)) {
		t.Error("nothing is said of its having gone already")
	}
	f, err := w.store.File(context.Background(), p.pupil)
	if now := kept(t, p); err != nil || now.Version != sent.Version || now.SentTo != sent.SentTo || now.PackHash != sent.PackHash || len(f.Disclosures) != 1 {
		t.Errorf("sent to %q in version %d, %d disclosures, %v", now.SentTo, now.Version, len(f.Disclosures), err)
	}
	w.closeDialogs()
	visit(w, stale)
	stale.turn(stepSend)
	if stale.formOf("send") != nil || stale.formOf("phone") == nil {
		t.Error("what was sent can be sent again")
	}
}

func TestAWrongCopyOfTheProceduresIsSaidOnToday(t *testing.T) {
	w := newSchool(t)
	dir := procedures.Beside(w.store.Path()).Path()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "default.toml"), []byte("name = \"default\"\ntitle = Ours\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	visit(w, newTodayPage(w))
	if !says(w, "default.toml cannot be used. Line 2: This is not written as TOML") || !says(w, "by what ships with Throughline") {
		t.Error("Today does not say which file is wrong, where, and what is used meanwhile")
	}
	press(t, w, "Go to the settings")
	if w.page.place() != placeSettings {
		t.Error("the button does not lead to the settings")
	}
}
