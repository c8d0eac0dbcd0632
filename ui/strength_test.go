package ui

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestStrengthIsToldWhileTyping: in every place where a new passphrase is typed,
// a line below it says how strong it is.
func TestStrengthIsToldWhileTyping(t *testing.T) {
	told := func(w *Window, pass func(), label string) {
		t.Helper()
		for _, c := range []struct{ typed, want string }{
			{"otter", "Strength: too short so far, 5 of 12 characters."},
			{"Password1234!", "Strength: easy to guess, because it is built on words that many people choose."},
			{"tinsel marble wagon ferry", "Strength: very good."},
			{"", "Four words that do not belong together"},
		} {
			entryNamed(t, w, label).SetText("something that is soon typed over")
			entryNamed(t, w, label).SetText(c.typed)
			pass()
			if !says(w, c.want) || says(w, "Strength: ") && !strings.Contains(c.want, "Strength: ") {
				t.Errorf("%s: below %q it does not say %q", label, c.typed, c.want)
			}
		}
	}
	w := newSchool(t)
	closeAfter(t, w)
	pass := byHand(w)
	visit(w, newSettingsPage(w))
	told(w, pass, "New passphrase")
	entryNamed(t, w, "New passphrase").SetText("thistle-primary-2026")
	pass()
	if !says(w, "because it is built on a name or word that is tried first") {
		t.Error("the school's name is taken for a word like others")
	}
	press(t, w, "Add a member …")
	told(w, pass, "Passphrase to tell them")
	w.closeDialogs()

	w = newLocked(t, filepath.Join(t.TempDir(), "school.throughline"))
	pass = byHand(w)
	press(t, w, "Begin a new record …")
	told(w, pass, "Passphrase")
	w.showRecovery("", "")
	told(w, pass, "New passphrase")
}
