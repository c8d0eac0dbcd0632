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

// TestPagesOfferWhatARoleMayDo opens every page but the files and the referrals
// as each role that does not write: nothing else is there to be pressed.
func TestPagesOfferWhatARoleMayDo(t *testing.T) {
	w := openDemo(t)
	may := map[records.Role][]string{
		records.Head: {"Open", "Look", "Leavers and old files", "Back", "Read it", "Choose …", "Back up now", "Use this folder", "Change the passphrase",
			"Name", "Year", "Status", "Concerns", "Last concern", "Due"},
		records.IT:       {"Verify now", "Back up now", "Use this folder", "Choose …", "Change the passphrase"},
		records.Governor: {"Change the passphrase"},
	}
	for role, labels := range may {
		w.store.Me.Role = role
		for _, p := range []page{newTodayPage(w), newPupilsPage(w), newReferralsPage(w), newSearchPage(w), newReviewPage(w), newSettingsPage(w),
			newLeaversPage(w, listLeavers), newLeaversPage(w, listStarters), newLeaversPage(w, listOld), newNumbersPage(w), newVerifyPage(w)} {
			if !opens(role, p.place()) {
				continue
			}
			visit(w, p)
			for _, b := range seen[*button](w) {
				if !slices.Contains(labels, b.Text) && !strings.HasPrefix(b.Text, "And ") && !strings.Contains(b.Text, "(") {
					t.Errorf("%T offers %v %q", p, role, b.Text)
				}
			}
		}
	}
}
