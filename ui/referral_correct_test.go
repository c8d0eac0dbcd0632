package ui

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
	"throughline/referral"
)

// pressNth taps the button of a name after n others of that name.
func pressNth(t *testing.T, w *Window, label string, n int) {
	t.Helper()
	for _, b := range seen[*widget.Button](w) {
		if b.Text != label {
			continue
		}
		if n == 0 {
			test.Tap(b)
			w.tasks.Wait()
			return
		}
		n--
	}
	t.Fatalf("there are not so many buttons %q", label)
}

// A mistyped day, a wrong outcome and a wrong contact of a reply are corrected,
// with a reason; what stood there stays.
func TestReplyIsCorrected(t *testing.T) {
	w, p := sentReferral(t)
	y := replied(t, w, p, func(y *records.Reply) {
		y.At = records.Stamp("2026-11-02T09:00:00.000000Z") // before it was sent
		y.LoggedAs, y.Outcome, y.Said = records.LoggedContact, "No further action", "They will ring."
	})
	p.turn(stepReply)
	if !says(w, "This is dated before the referral was sent.") {
		t.Fatal("the early reply is not marked")
	}
	press(t, w, "Correct …")
	if got := entryNamed(t, w, "What was said").Text; got != "They will ring." {
		t.Fatalf("the form holds %q", got)
	}
	p.forms[0].input("at").set("22/11/2026 | 10:00")
	press(t, w, "Keep the correction")
	wants(t, w, whyChanged, "Say why this is changed.")
	fill(t, w, whyChanged, "Typed the wrong day.")
	pickOption(t, w, "What did they decide?", "Nothing yet")
	pickOption(t, w, "What do they say they logged?", records.LoggedNotSaid.String())
	press(t, w, "Keep the correction")
	got, err := w.store.Replies.Get(context.Background(), y.ID)
	if err != nil || got.Outcome != "" || got.LoggedAs != records.LoggedNotSaid || got.At.Date() != "2026-11-22" || got.Why != "Typed the wrong day." || got.Said != "They will ring." {
		t.Fatalf("kept %+v, %v", got, err)
	}
	if p.data.state.Decision != nil || p.data.state.Mismatch || len(p.forms) == 0 || says(w, "dated before the referral") {
		t.Error("the state still goes by what was corrected")
	}
	if len(got.DueThen) == 0 {
		t.Error("what is due from it is not kept")
	}
	press(t, w, "1 earlier version")
	for _, want := range []string{"“Typed the wrong day.”", "Ms Quill, Sun 22 Nov 2026, 10:00", "Was: No further action", "Was: Mon 2 Nov 2026, 09:00", "Now: empty"} {
		if !says(w, want) {
			t.Errorf("what was changed does not say %q", want)
		}
	}
}

func TestCorrectionThatIsGivenUp(t *testing.T) {
	w, p := sentReferral(t)
	y := replied(t, w, p, func(y *records.Reply) { y.Acknowledges = true })
	p.turn(stepReply)
	press(t, w, "Correct …")
	fill(t, w, "What was said", "x")
	press(t, w, "Close")
	if got, err := w.store.Replies.Get(context.Background(), y.ID); err != nil || got.Version != 1 || p.correcting != "" {
		t.Errorf("kept %+v, %v", got, err)
	}
	press(t, w, "Correct …")
	if got := entryNamed(t, w, "What was said").Text; got != "x" {
		t.Errorf("opened again, it holds %q", got)
	}
}

// openClimb opens a challenge with one rung raised.
func openClimb(t *testing.T, w *Window, p *referralPage, change func(*records.Challenge)) (records.Challenge, records.Rung) {
	t.Helper()
	c := referral.NewChallenge(p.data.ref, records.Reply{}, p.data.local)
	c.Safety = "Mr Pike meets him at the gate each morning."
	if change != nil {
		change(&c)
	}
	c = mustSave(t, w.store.Challenges, c)
	g, err := referral.RaiseRung(c, nil, 1, p.data.now, p.data.local, p.data.file.Calendar)
	if err != nil {
		t.Fatal(err)
	}
	g.By, g.To, g.Risk, g.Sought = "Ms Quill", "Ruth Amadi, social worker", "He is cold.", "An assessment."
	g = mustSave(t, w.store.Rungs, g)
	p.at = stepChallenge
	visit(w, p)
	return c, g
}

func TestRungAndChallengeAreCorrected(t *testing.T) {
	w, p := sentReferral(t)
	c, g := openClimb(t, w, p, nil)
	ctx := context.Background()
	pressNth(t, w, "Correct …", 1) // the rung's
	fill(t, w, "When", "19/11/2026")
	fill(t, w, "With whom: name, role, agency", "Jo Bell, team manager")
	fill(t, w, "Replied", "21/11/2026")
	fill(t, w, whyChanged, "It was on Thursday.")
	press(t, w, "Keep the correction")
	wants(t, w, "What they replied", "Write what they replied. If nobody did")
	p.forms[0].input("replied_at").set(" | ")
	press(t, w, "Keep the correction")
	got, err := w.store.Rungs.Get(ctx, g.ID)
	if err != nil || got.Version != 2 || got.To != "Jo Bell, team manager" || got.RaisedAt.Date() != "2026-11-19" || got.Due == "" || got.Due >= g.Due || got.Why != "It was on Thursday." {
		t.Fatalf("kept %+v, %v; it was due %s", got, err, g.Due)
	}

	pressNth(t, w, "Correct …", 0)
	pickOption(t, w, "Grounds", "The plan drifts")
	p.forms[0].input("urgent").set("yes")
	fill(t, w, "What keeps the child safe meanwhile", "")
	fill(t, w, whyChanged, "It cannot wait.")
	press(t, w, "Keep the correction")
	wants(t, w, "What keeps the child safe meanwhile", "Say what keeps the child safe")
	fill(t, w, "What keeps the child safe meanwhile", "Seen each morning.")
	press(t, w, "Keep the correction")
	ch, err := w.store.Challenges.Get(ctx, c.ID)
	if err != nil || !ch.Urgent || ch.Grounds != "The plan drifts" || ch.Safety != "Seen each morning." || ch.Why != "It cannot wait." || !slices.Equal(ch.Ladder, c.Ladder) {
		t.Fatalf("kept %+v, %v", ch, err)
	}
}

// A challenge that was closed by mistake is open again once its end is taken
// back.
func TestClosedChallengeIsOpenedAgain(t *testing.T) {
	w, p := sentReferral(t)
	c, _ := openClimb(t, w, p, nil)
	fill(t, w, "Resolved on", "22/11/2026")
	fill(t, w, "What was resolved, and how", "x")
	press(t, w, "Close the challenge")
	if p.data.state.Stage == referral.Challenged {
		t.Fatal("it is not closed")
	}
	pressNth(t, w, "Correct …", 0)
	fill(t, w, "Resolved on", "")
	fill(t, w, "What was resolved, and how", "")
	fill(t, w, whyChanged, "It was the other child's.")
	press(t, w, "Keep the correction")
	if ch, err := w.store.Challenges.Get(context.Background(), c.ID); err != nil || ch.ResolvedOn != "" || p.data.state.Stage != referral.Challenged {
		t.Errorf("kept %+v, %v; it is %s", ch, err, p.data.state.Stage)
	}
}

func TestComplaintIsCorrected(t *testing.T) {
	w, p := sentReferral(t)
	c := mustSave(t, w.store.Challenges, records.Challenge{Pupil: p.pupil, Referral: p.id, Sort: records.OfConduct, Decision: "The call was cut off.", To: "Team manager", Raised: "2026-11-20", Sought: "A call back",
		Answered: "2026-11-21", Answer: "They are sorry."})
	p.at = stepChallenge
	visit(w, p)
	press(t, w, "Correct …")
	fill(t, w, "Made on", "19/11/2026")
	fill(t, w, "Answered on", "18/11/2026")
	fill(t, w, whyChanged, "The wrong day.")
	press(t, w, "Keep the correction")
	wants(t, w, "Answered on", "This answer is dated before the complaint was made.")
	fill(t, w, "Answered on", "20/11/2026")
	press(t, w, "Keep the correction")
	if got, err := w.store.Challenges.Get(context.Background(), c.ID); err != nil || got.Raised != "2026-11-19" || got.Answered != "2026-11-20" {
		t.Errorf("kept %+v, %v", got, err)
	}
}

// When and to whom the referral went is corrected; its clocks and what is noted
// as shared follow, the pack does not.
func TestSendingIsCorrected(t *testing.T) {
	w, p := sentReferral(t)
	ctx, was := context.Background(), kept(t, p)
	press(t, w, string(stepSend))
	press(t, w, "Correct …")
	fill(t, w, "When it was sent", "")
	p.forms[len(p.forms)-1].input("sent_at").set(" | ")
	fill(t, w, whyChanged, "It went on Thursday.")
	press(t, w, "Keep the correction")
	wants(t, w, "When it was sent", "Say when it was sent.")
	fill(t, w, "When it was sent", "19/11/2026")
	fill(t, w, "To whom", "")
	press(t, w, "Keep the correction")
	wants(t, w, "To whom", "Say to whom it was sent.")
	fill(t, w, "To whom", "MASH, Thistleshire")
	fill(t, w, "Reference they gave", "TS-4471")
	press(t, w, "Keep the correction")
	r := kept(t, p)
	if r.SentAt.Date() != "2026-11-19" || r.SentTo != "MASH, Thistleshire" || r.Reference != "TS-4471" || r.PackHash != was.PackHash || len(r.Sections) != len(was.Sections) || r.Why != "It went on Thursday." {
		t.Errorf("kept %+v", r)
	}
	for clock, by := range r.DueThen {
		if by >= was.DueThen[clock] {
			t.Errorf("%s is kept as due %s, which was of the wrong day", clock, by)
		}
	}
	d, err := w.store.Disclosures.Under(ctx, p.id)
	if err != nil || len(d) != 1 || d[0].At != r.SentAt || d[0].To != r.SentTo || d[0].Version != 2 {
		t.Errorf("shared %+v, %v", d, err)
	}
	if p.at != stepSend || !says(w, "MASH, Thistleshire") {
		t.Error("the page does not show the correction")
	}
}

// Our view can be changed once it was given, with what changed our mind.
func TestOurViewIsChanged(t *testing.T) {
	w, p := newReferral(t)
	decideAgainst(t, w, p)
	pickOption(t, w, "Our view", records.DisagreeWithCSC.String())
	fill(t, w, "Why; and which alternative, if one is accepted", "He is still cold.")
	press(t, w, "Keep our view")
	press(t, w, string(stepReply))
	if !says(w, "Our view: We disagree. He is still cold.") {
		t.Error("our view does not stand beside their decision")
	}
	press(t, w, "Change our view …")
	pickOption(t, w, "Our view", records.AcceptAnAltern.String())
	fill(t, w, "Why; and which alternative, if one is accepted", "Family Help visits each week.")
	press(t, w, "Keep our view")
	wants(t, w, "What changed our mind?", "Say why this is changed.")
	fill(t, w, "What changed our mind?", "Ms Amadi rang: a worker begins on Monday.")
	press(t, w, "Keep our view")
	if s := p.data.state; s.View != records.AcceptAnAltern || s.Viewed.ViewWhy != "Family Help visits each week." || s.Viewed.Why != "Ms Amadi rang: a worker begins on Monday." || p.at != stepReply {
		t.Errorf("our view is %q at %q", s.View, p.at)
	}
	if slices.ContainsFunc(p.data.state.Due, func(d referral.Due) bool { return d.Kind == referral.DueChallenge }) {
		t.Error("a challenge is still due")
	}
}

// The reference comes with a reply as often as not.
func TestReferenceComesWithAReply(t *testing.T) {
	w, p := sentReferral(t)
	p.turn(stepReply)
	fill(t, w, "Reference they gave", "TS-4471")
	press(t, w, "Keep this")
	wants(t, w, "Who said it: name and role", "Give the name and role")
	if kept(t, p).Reference != "" {
		t.Fatal("the reference is kept without its reply")
	}
	fill(t, w, "Who said it: name and role", "Ruth Amadi")
	press(t, w, "Keep this")
	if r := kept(t, p); r.Reference != "TS-4471" || r.Why != "The reference they gave." {
		t.Errorf("kept %q, %q", r.Reference, r.Why)
	}
	if all, err := w.store.Replies.Under(context.Background(), p.id); err != nil || len(all) != 1 || len(all[0].DueThen) == 0 {
		t.Errorf("replies %+v, %v", all, err)
	}
}

func TestReferenceComesWithAChase(t *testing.T) {
	w, p := sentReferral(t)
	visit(w, newTodayPage(w))
	press(t, w, "We asked …")
	fill(t, w, "Whom you asked: name and role", "Ana Reyes")
	fill(t, w, "Reference they gave", strings.Repeat("x", 201))
	press(t, w, "Keep that we asked")
	wants(t, w, "Reference they gave", "This is too long")
	fill(t, w, "Reference they gave", "TS-4471")
	press(t, w, "Keep that we asked")
	all, err := w.store.Replies.Under(context.Background(), p.id)
	if got := kept(t, p).Reference; got != "TS-4471" || err != nil || len(all) != 1 || !all[0].Chased {
		t.Errorf("kept %q, %+v, %v", got, all, err)
	}
}

// The letter that brings a decision told by telephone need not say it again.
func TestLetterBringsTheDecision(t *testing.T) {
	w, p := newReferral(t)
	decideAgainst(t, w, p)
	fill(t, w, "Who said it: name and role", "Ruth Amadi")
	pickOption(t, w, "In writing?", records.Yes.String())
	fill(t, w, "What was said", "The decision letter came.")
	press(t, w, "Keep this")
	if !says(w, "Taken as their decision in writing.") {
		t.Fatal("the letter is not taken as the decision in writing")
	}
	press(t, w, "Correct …") // the newest stands first
	pickOption(t, w, "Their decision, now in writing?", records.No.String())
	fill(t, w, whyChanged, "It is about the school day.")
	press(t, w, "Keep the correction")
	if says(w, "Taken as their decision in writing.") || !slices.ContainsFunc(p.data.state.Due, func(d referral.Due) bool { return d.Kind == referral.DueFeedback }) {
		t.Error("it is still taken as that, though it was corrected")
	}
}
