package ui

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral"
)

// A rung that nobody answered has no day of an answer.
func TestUnansweredRungIsNotAnswered(t *testing.T) {
	w, p := sentReferral(t)
	_, g := openClimb(t, w, p, nil)
	pickOption(t, w, "How did this rung end?", records.RungClimb.String())
	fill(t, w, "Why it ended so", "Nobody ever answered.")
	press(t, w, "Keep the reply")
	got, err := w.store.Rungs.Get(context.Background(), g.ID)
	if err != nil || got.Result != records.RungClimb || got.RepliedAt != "" || got.Reply != "" {
		t.Fatalf("kept %+v, %v", got, err)
	}
	if says(w, "Reply of ") || !says(w, "Raise rung 2:") {
		t.Error("it is shown as answered, or the next rung is not offered")
	}
}

// A day that was typed for a reply is not thrown away: either it has words or it
// goes.
func TestDayOfAReplyWithoutWords(t *testing.T) {
	w, p := sentReferral(t)
	_, g := openClimb(t, w, p, func(c *records.Challenge) {})
	g.RaisedAt = "2026-11-19T09:00:00.000000Z"
	if err := w.store.Rungs.Save(context.Background(), &g, "The day."); err != nil {
		t.Fatal(err)
	}
	visit(w, p)
	pickOption(t, w, "How did this rung end?", records.RungClimb.String())
	fill(t, w, "Why it ended so", "x")
	fill(t, w, "Replied", "20/11/2026")
	press(t, w, "Keep the reply")
	wants(t, w, "What they replied", "Write what they replied. If nobody did")
}

// An urgent challenge jumps to any rung, also while one waits.
func TestUrgentChallengeJumps(t *testing.T) {
	w, p := sentReferral(t)
	c, g := openClimb(t, w, p, func(c *records.Challenge) { c.Urgent = true })
	press(t, w, "It cannot wait: take it higher …")
	const to = "With whom: name, role, agency"
	if e := entryNamed(t, w, to); e.Text != "" || e.PlaceHolder != c.Ladder[1].Theirs {
		t.Errorf("it is raised with %q, with the hint %q", e.Text, e.PlaceHolder)
	}
	pickOption(t, w, "Which rung?", rungLine(4, c.Ladder[3]))
	if e := entryNamed(t, w, to); e.Text != "" || e.PlaceHolder != c.Ladder[3].Theirs {
		t.Errorf("with the fourth rung chosen, it is raised with %q, with the hint %q", e.Text, e.PlaceHolder)
	}
	fill(t, w, to, "Jo Bell, director")
	pickOption(t, w, "Which rung?", rungLine(3, c.Ladder[2]))
	if got := entryNamed(t, w, to).Text; got != "Jo Bell, director" {
		t.Errorf("what was typed became %q", got)
	}
	fill(t, w, "Risk to the child if nothing changes", "He is hurt tonight.")
	fill(t, w, "The outcome you ask for", "A strategy discussion today.")
	press(t, w, "Record that it is raised")
	rungs, err := w.store.Rungs.Under(context.Background(), c.ID)
	if err != nil || len(rungs) != 2 || rungs[1].Number != 3 || rungs[1].To != "Jo Bell, director" || rungs[1].Due == "" {
		t.Fatalf("rungs %+v, %v", rungs, err)
	}
	// The rung that was jumped over still waits for its reply.
	if !says(w, "The reply to rung 3") {
		t.Error("the reply to the rung that was jumped to is not asked for")
	}
	press(t, w, "Its reply …")
	if !says(w, "The reply to rung 1") {
		t.Fatal("the reply to the first rung cannot be written down")
	}
	fill(t, w, "What they replied", "No change.")
	pickOption(t, w, "How did this rung end?", records.RungClimb.String())
	fill(t, w, "Why it ended so", "x")
	press(t, w, "Keep the reply")
	if got, err := w.store.Rungs.Get(context.Background(), g.ID); err != nil || got.Reply != "No change." || got.RepliedAt == "" {
		t.Errorf("kept %+v, %v", got, err)
	}
	if d := p.data.state.Due; len(d) == 0 || !says(w, "The reply to rung 3") {
		t.Errorf("due is %+v", d)
	}
}

// One that is not urgent waits for its reply and takes the next rung alone.
func TestChallengeThatIsNotUrgentDoesNotJump(t *testing.T) {
	w, p := sentReferral(t)
	openClimb(t, w, p, nil)
	for _, b := range seen[*widget.Button](w) {
		if strings.Contains(b.Text, "take it higher") {
			t.Error("a rung can be jumped")
		}
	}
}

// What a rung relies on is chosen entry by entry, and shown with it.
func TestEntriesThatARungReliesOn(t *testing.T) {
	w, p := sentReferral(t)
	old := mustSave(t, w.store.Concerns, records.Concern{Pupil: p.pupil, When: records.On("2026-02-02"), Source: records.Seen, Categories: []records.Category{records.Neglect}, Severity: 1,
		Account: "He said that he has a bunk bed now.", Decision: "Ms Quill told his class teacher."})
	c := referral.NewChallenge(p.data.ref, records.Reply{}, p.data.local)
	c.Safety = "Seen each morning."
	mustSave(t, w.store.Challenges, c)
	p.at = stepChallenge
	visit(w, p)
	in := p.forms[0].input("relies_on")
	if n := len(strings.Fields(in.text())); n != 2 || strings.Contains(in.text(), string(old.ID)) {
		t.Fatalf("ticked at first are %q, want the two that say why now", in.text())
	}
	fill(t, w, "With whom: name, role, agency", "Jo Bell, social worker")
	fill(t, w, "Risk to the child if nothing changes", "He is cold.")
	fill(t, w, "The outcome you ask for", "An assessment.")
	press(t, w, "Choose …")
	ticks := seen[*widget.Check](w)
	if len(ticks) != 3 || ticks[2].Checked || !ticks[0].Checked {
		t.Fatalf("%d entries can be chosen", len(ticks))
	}
	ticks[0].SetChecked(false)
	press(t, w, "Close")
	visit(w, newTodayPage(w))
	p = newReferralPage(w, p.pupil, p.id)
	p.at = stepChallenge
	visit(w, p)
	press(t, w, "Record that it is raised")
	rungs, err := w.store.Rungs.Under(context.Background(), p.data.state.Challenges[0].Challenge.ID)
	if err != nil || len(rungs) != 1 || len(rungs[0].ReliesOn) != 1 || rungs[0].ReliesOn[0].Version != 1 {
		t.Fatalf("rungs %+v, %v", rungs, err)
	}
	press(t, w, "Relies on 1 entry")
	if !says(w, "12 Nov 2026") || says(w, "bunk bed") {
		t.Error("what the rung relies on is not shown")
	}
}

// TestTheFirstRungIsRaisedWithWhoDecided drafts the letter of a rung before it is
// recorded as raised: it goes to whom the record names, and what was changed in
// it is there afterwards.
func TestTheFirstRungIsRaisedWithWhoDecided(t *testing.T) {
	w, p := sentReferral(t)
	y := mustSave(t, w.store.Replies, records.Reply{Pupil: p.pupil, Referral: p.id, At: p.data.now, From: "Lorna Fitch, team manager", Outcome: "No further action"})
	c := referral.NewChallenge(p.data.ref, y, p.data.local)
	c.Safety = "Seen each morning."
	mustSave(t, w.store.Challenges, c)
	p.at = stepChallenge
	visit(w, p)
	if got := entryNamed(t, w, "With whom: name, role, agency").Text; got != y.From {
		t.Errorf("the first rung is raised with %q, want %q", got, y.From)
	}
	fill(t, w, "The outcome you ask for", "An assessment.")
	press(t, w, "Draft the letter …")
	if to, sought := entryNamed(t, w, "To: name, role, agency").Text, entryNamed(t, w, "What we ask for").Text; to != y.From || sought != "An assessment." {
		t.Errorf("the letter goes to %q and asks for %q", to, sought)
	}
	fill(t, w, "What we ask for", "An assessment this week.")
	press(t, w, "Back to the challenge")
	if rungs, err := w.store.Rungs.Under(t.Context(), p.data.state.Challenges[0].Challenge.ID); err != nil || len(rungs) != 0 {
		t.Errorf("the letter alone records %d rungs, %v", len(rungs), err)
	}
	fill(t, w, "Risk to the child if nothing changes", "He is cold.")
	press(t, w, "Record that it is raised")
	press(t, w, "Letter …")
	if got := entryNamed(t, w, "What we ask for").Text; got != "An assessment this week." {
		t.Errorf("once it is raised, the letter asks for %q", got)
	}
}
