package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral/pack"
)

// TestWhoOnlyReadsAReferralIsOfferedNoForm opens every step of every referral of
// the demo as the head: there is nothing to type in, and nothing to press that
// the store would refuse.
func TestWhoOnlyReadsAReferralIsOfferedNoForm(t *testing.T) {
	w := openDemo(t)
	all, err := w.store.Referrals.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	may := []string{"The pupil's file", "Open the pack", "What the threshold document says of each level", "Show which", "Open the entry",
		saveSentLabel, reprintLabel, saveDraftLabel}
	for _, s := range allSteps {
		may = append(may, string(s))
	}
	for _, s := range pack.Sections() {
		may = append(may, s.Letter+"  "+s.Title)
	}
	fields := func() int { return len(seen[*entry](w)) + len(seen[*selectBox](w)) + len(seen[*widget.Check](w)) }
	for _, r := range all {
		for _, s := range allSteps {
			w.store.Me.Role = records.Head
			p := newReferralPage(w, r.Pupil, r.ID)
			p.at = s
			visit(w, p)
			if n := fields(); n > 0 {
				t.Errorf("%s of a referral sent %q: %d fields to fill in", s, r.SentAt, n)
			}
			for _, b := range seen[*widget.Button](w) {
				label, _, _ := strings.Cut(b.Text, "  (")
				if !slices.Contains(may, label) && !strings.HasPrefix(label, "Show me why") && !strings.HasPrefix(label, "Relies on") && !strings.Contains(label, " earlier version") {
					t.Errorf("%s of a referral sent %q offers %q", s, r.SentAt, b.Text)
				}
			}
		}
	}
	w.store.Me.Role = records.DSL
	sent := all[slices.IndexFunc(all, func(r records.Referral) bool { return r.SentAt != "" })]
	p := newReferralPage(w, sent.Pupil, sent.ID)
	p.at = stepReply
	visit(w, p)
	if fields() == 0 {
		t.Error("the lead has nothing to fill in either")
	}
}
