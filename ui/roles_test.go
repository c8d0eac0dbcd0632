package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// TestWhoOnlyReadsIsOfferedNoForm opens every part of a file as the head: what
// the store would refuse is not there to be pressed.
func TestWhoOnlyReadsIsOfferedNoForm(t *testing.T) {
	w := openDemo(t)
	all, err := w.store.Pupils.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	tyrone := slices.IndexFunc(all, func(p records.Pupil) bool { return strings.Contains(p.Name(), "Achebe") })
	offered := func(role records.Role) (labels []string) {
		w.store.Me.Role = role
		p := newPupilPage(w, all[tyrone].ID)
		visit(w, p)
		for _, s := range allSections {
			p.press(s)
			w.tasks.Wait()
			for _, b := range seen[*widget.Button](w) {
				labels = append(labels, b.Text)
			}
		}
		return labels
	}
	lead, head := offered(records.DSL), offered(records.Head)
	for _, label := range []string{"Log a concern", "Begin a referral", "Correct details", "Correct this entry", "Close this concern …",
		"Add an action", "Plan to watch …", "End this plan", "A meeting …", "Add a person", "Add a status", "Correct", "Correct or end",
		"Add what was tried", "Measure a change …", "Add a document …"} {
		if !slices.Contains(lead, label) {
			t.Errorf("the lead is not offered %q", label)
		}
		if slices.Contains(head, label) {
			t.Errorf("the head is offered %q", label)
		}
	}
	if !slices.Contains(head, "Export chronology …") {
		t.Error("the head is offered no export")
	}
}
