package ui

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"throughline/records"
	"throughline/referral/pack"
)

// raised returns a referral that was sent and whose challenge was raised at the
// first rung, open on the step of challenges.
func raised(t *testing.T) (*Window, *referralPage) {
	t.Helper()
	w, p := newReferral(t)
	sendIt(t, w, p)
	ctx := context.Background()
	c := records.Challenge{Pupil: p.pupil, Referral: p.id, Grounds: records.Grounds()[0], Decision: "No further action for Ned.", Safety: "Ned sees Mr Pike each morning.",
		Ladder: []records.Step{{Ours: "DSL", Theirs: "Social worker"}}}
	if err := w.store.Challenges.Save(ctx, &c, ""); err != nil {
		t.Fatal(err)
	}
	g := records.Rung{Pupil: p.pupil, Challenge: c.ID, Number: 1, RaisedAt: p.data.now, By: "Ms Quill", To: "Jo Bell, social worker", Risk: "Ned is cold each day.", Sought: "An assessment.", ReliesOn: p.suggested()}
	if err := w.store.Rungs.Save(ctx, &g, ""); err != nil {
		t.Fatal(err)
	}
	visit(w, p)
	p.turn(stepChallenge)
	w.tasks.Wait()
	return w, p
}

func TestALetterOfARung(t *testing.T) {
	w, p := raised(t)
	press(t, w, "Letter …")
	if got := entryNamed(t, w, "The decision we challenge").Text; !strings.Contains(got, "No further action for Ned.") {
		t.Errorf("drafted: %q", got)
	}
	for label, want := range map[string]string{"What we ask for": "Say what you ask for.", "To: name, role, agency": "Say to whom the letter goes."} {
		was := entryNamed(t, w, label).Text
		fill(t, w, label, "")
		press(t, w, "Make the letter …")
		wants(t, w, label, want)
		fill(t, w, label, was)
	}
	fill(t, w, "The risk to the child if nothing changes", "Ned is cold, and Alder is a name.")
	// What was changed is kept when the page is left.
	visit(w, newTodayPage(w))
	p = newReferralPage(w, p.pupil, p.id)
	p.at = stepChallenge
	visit(w, p)
	press(t, w, "Letter …")
	if got := entryNamed(t, w, "The risk to the child if nothing changes").Text; !strings.HasPrefix(got, "Ned is cold, and") {
		t.Errorf("opened again, the letter says %q", got)
	}
	path := filepath.Join(t.TempDir(), "letter.pdf")
	press(t, w, "Make the letter …")
	if got := entryNamed(t, w, "Where to save it").Text; strings.Contains(got, "Ned") || strings.Contains(got, "Alder") {
		t.Errorf("the file name %q names the pupil", got)
	}
	fill(t, w, "Where to save it", path)
	press(t, w, "Save")
	pdf, err := os.ReadFile(path)
	if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		t.Fatalf("no PDF: %v", err)
	}
	f, err := w.store.File(context.Background(), p.pupil)
	if err != nil {
		t.Fatal(err)
	}
	last := f.Disclosures[len(f.Disclosures)-1]
	if last.To != "Jo Bell, social worker" || !strings.HasPrefix(last.What, "Letter: professional challenge, stage 1 of 1") || len(last.SHA256) != 64 || last.Referral != p.id {
		t.Errorf("kept as shared: %+v", last)
	}
	w.closeDialogs()
	press(t, w, "Back to the challenge")
	if p.letter != nil || !says(w, "The reply to rung 1") {
		t.Error("there is no way back to the challenge")
	}
}

func TestThePasswordOfALetterIsNotKept(t *testing.T) {
	w, p := raised(t)
	press(t, w, "Letter …")
	fill(t, w, "Password to open it (empty: none)", "plum otter lantern")
	fill(t, w, "What we ask for", "An assessment now.")
	key := "referral " + string(p.id) + " " + p.letter.key()
	visit(w, newTodayPage(w))
	body, _, err := w.store.Draft(context.Background(), key)
	if err != nil || !strings.Contains(body, "An assessment now.") || strings.Contains(body, "otter") {
		t.Errorf("the draft holds %q, %v", body, err)
	}
}

func TestASentPackIsComparedWithTheRecord(t *testing.T) {
	w, p := newReferral(t)
	sendIt(t, w, p)
	p.turn(stepPack)
	if says(w, "Since it was sent") {
		t.Error("nothing was changed, and it says otherwise")
	}
	ctx := context.Background()
	c := p.data.file.Concerns[0]
	c.Account += " It was raining."
	if err := w.store.Concerns.Save(ctx, &c, "The weather."); err != nil {
		t.Fatal(err)
	}
	visit(w, p)
	p.turn(stepPack)
	if !says(w, "Since it was sent, 1 entry is new or not as before.") {
		t.Error("the corrected entry is not told of")
	}
	press(t, w, "Show which")
	if !says(w, pack.Corrected.String()) || !says(w, "In the pack: “") {
		t.Error("it is not said which entry, and what rests on it")
	}
}
