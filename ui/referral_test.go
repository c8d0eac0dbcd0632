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
	"throughline/referral/pack"
)

// newReferral returns a window on a referral that was begun for a pupil with
// two entries.
func newReferral(t *testing.T) (*Window, *referralPage) {
	t.Helper()
	w := newSchool(t)
	byHand(w)
	ned := addPupil(t, w, "Ned", "Alder")
	addConcern(t, w, ned.ID, "2026-11-12", "Ms Quill rang his mother, who brings a coat on Monday.")
	addConcern(t, w, ned.ID, "2026-11-19", "Mr Pike gave him a coat and rang his mother at 09:00.")
	p := newReferralPage(w, ned.ID, "")
	d, err := p.load(t.Context())
	if err == nil {
		err = w.store.Referrals.Save(t.Context(), &d.ref, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	p.id = d.ref.ID
	visit(w, p)
	return w, p
}

// kept returns the referral as the store has it.
func kept(t *testing.T, p *referralPage) records.Referral {
	t.Helper()
	r, err := p.w.store.Referrals.Get(context.Background(), p.id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// wants checks the sentence beside a field.
func wants(t *testing.T, w *Window, label, want string) {
	t.Helper()
	if got := problem(t, w, label); !strings.HasPrefix(got, want) || want == "" && got != "" {
		t.Errorf("beside %q it says %q, want %q", label, got, want)
	}
}

const ourView = "Five mornings without a coat; early help was offered twice and not taken up."

// decideAll makes the three decisions.
func decideAll(t *testing.T, w *Window) {
	t.Helper()
	pickOption(t, w, "Level", records.Section17.String())
	fill(t, w, "Why this level", ourView)
	pickOption(t, w, "Response", records.Assessment.String())
	fill(t, w, "Why", "He is cold every day.")
	pickOption(t, w, "Told?", records.Yes.String())
	fill(t, w, "When", "20/11/2026")
	fill(t, w, "Who was told, by whom, how", "His mother, by Ms Quill, by telephone")
	fill(t, w, "What they said", "She would be glad of help.")
	pickOption(t, w, "Consent", "Given")
	press(t, w, "Keep the decisions")
}

// sendIt decides, telephones and sends.
func sendIt(t *testing.T, w *Window, p *referralPage) {
	t.Helper()
	decideAll(t, w)
	press(t, w, string(stepSend))
	fill(t, w, "To whom", "Front door, Thistleshire")
	press(t, w, "It has been sent")
	press(t, w, "It has been sent") // in the dialog
	if kept(t, p).SentAt == "" {
		t.Fatal("the referral is not sent")
	}
}

func TestThreeDecisionsAreKept(t *testing.T) {
	w, p := newReferral(t)
	if !says(w, "Still missing") {
		t.Error("an empty referral lacks nothing")
	}
	fill(t, w, "Why this level", ourView)
	for _, c := range []struct{ typed, want string }{
		{"31/2/2026", records.ErrNoSuchDay.Error()}, {"23/11/2026", "This date is in the future."},
	} {
		fill(t, w, "When", c.typed)
		press(t, w, "Keep the decisions")
		wants(t, w, "When", c.want)
		if got := entryNamed(t, w, "When").Text; got != c.typed {
			t.Errorf("the field now holds %q", got)
		}
	}
	if r := kept(t, p); r.Version != 1 || r.LevelReason != "" {
		t.Errorf("bad decisions are kept: %+v", r)
	}
	visit(w, newTodayPage(w))
	p = newReferralPage(w, p.pupil, p.id)
	visit(w, p)
	if got := entryNamed(t, w, "Why this level").Text; got != ourView || !says(w, "What you typed here on") {
		t.Errorf("opened again, the reason is %q", got)
	}
	decideAll(t, w)
	r := kept(t, p)
	if r.Level != records.Section17 || r.LevelReason != ourView || r.Response != records.Assessment || r.ParentsTold != records.Yes ||
		r.ParentsWhen != "2026-11-20" || r.Consent != "given" || r.DecidedAt == "" || !strings.HasPrefix(r.DecidedBy, "Ms Quill") {
		t.Errorf("kept %+v", r)
	}
	if p.at != stepPack || !says(w, "We are asking for a referral under section 17 (child in need), for an assessment.") {
		t.Errorf("after the decisions the page is at %q", p.at)
	}
	if body, _, _ := w.store.Draft(context.Background(), "referral "+string(p.id)+" decide"); body != "" {
		t.Error("the draft is still there")
	}
}

// openBox opens the box of a pack.
func openBox(t *testing.T, w *Window, p *referralPage, key string) {
	t.Helper()
	i := slices.IndexFunc(pack.Sections(), func(s pack.Spec) bool { return s.Key == key })
	title := pack.Sections()[i].Letter + "  " + pack.Sections()[i].Title
	for _, b := range seen[*widget.Button](w) {
		if strings.HasPrefix(b.Text, title) {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("there is no box %q", title)
}

// statementsOf returns the statements of a section that has some.
func statementsOf(r records.Referral, key string) []records.Statement {
	for _, s := range r.Sections {
		if s.Key == key {
			return s.Statements
		}
	}
	return nil
}

// entryHolding returns the field that holds a text.
func entryHolding(t *testing.T, w *Window, text string) *entry {
	t.Helper()
	for _, e := range seen[*entry](w) {
		if e.Text == text || e.PlaceHolder == text {
			return e
		}
	}
	t.Fatalf("no field holds %q", text)
	return nil
}

func TestPackIsEditedAndKept(t *testing.T) {
	w, p := newReferral(t)
	press(t, w, string(stepPack))
	openBox(t, w, p, pack.Concern)
	drafted := slices.Clone(p.pack.section(pack.Concern).Statements)
	if len(drafted) < 2 {
		t.Fatalf("%d statements are drafted: the test needs two", len(drafted))
	}
	const plain, own, why = "He came without a coat on 12 November.", "He says he is always cold.", "It names another child."
	entryHolding(t, w, drafted[0].Text).SetText(plain)
	leaveOut(t, w, 1, why)
	fill(t, w, "Add a sentence of your own", own)
	openBox(t, w, p, pack.Voice) // and back: what was typed stays
	openBox(t, w, p, pack.Concern)
	if got := entryNamed(t, w, "Add a sentence of your own").Text; got != own {
		t.Errorf("after another box, the sentence typed is %q", got)
	}
	press(t, w, "Add it")
	blank := pack.StaffRisk
	openBox(t, w, p, blank)
	radios := seen[*widget.RadioGroup](w)
	if len(radios) != 1 {
		t.Fatalf("an empty box offers %d choices", len(radios))
	}
	radios[0].SetSelected(records.BlankNotKnown.String())

	// Left without keeping, it is back.
	visit(w, newTodayPage(w))
	p = newReferralPage(w, p.pupil, p.id)
	visit(w, p)
	press(t, w, string(stepPack))
	if !says(w, "What you changed by") {
		t.Error("it does not say that the changes are back")
	}
	openBox(t, w, p, pack.Concern)
	entryHolding(t, w, plain)
	if r := kept(t, p); len(statementsOf(r, pack.Concern)) != 0 {
		t.Error("the pack is kept before it was kept")
	}
	press(t, w, "Keep the pack")
	if !says(w, "Kept.") {
		t.Error("it does not say that the pack is kept")
	}
	st := statementsOf(kept(t, p), pack.Concern)
	if len(st) != len(drafted)+1 || st[0].Text != plain || !st[0].Edited || st[1].LeftOut != why || st[1].Text != drafted[1].Text ||
		st[len(st)-1].Text != own || !slices.Equal(st[0].Rests, drafted[0].Rests) {
		t.Errorf("kept %+v", st)
	}
	for _, s := range kept(t, p).Sections {
		if s.Key == blank && s.Blank != records.BlankNotKnown {
			t.Errorf("the empty box says %q", s.Blank)
		}
	}
	openBox(t, w, p, pack.Concern)
	press(t, w, "Take in again")
	press(t, w, "Keep the pack")
	if st := statementsOf(kept(t, p), pack.Concern); st[1].LeftOut != "" {
		t.Error("a statement cannot be taken in again")
	}
	if body, _, _ := w.store.Draft(context.Background(), packDraft(p.id)); body != "" {
		t.Error("the draft is still there")
	}
}

// leaveOut leaves out the statement at an index of the open box.
func leaveOut(t *testing.T, w *Window, index int, why string) {
	t.Helper()
	n := 0
	for _, b := range seen[*widget.Button](w) {
		if b.Text != "Leave out …" {
			continue
		}
		if n == index {
			test.Tap(b)
			e := entryHolding(t, w, "Why it does not go out")
			test.Type(e, why)
			e.OnSubmitted(e.Text)
			return
		}
		n++
	}
	t.Fatalf("there are %d statements to leave out", n)
}

func TestPackThatIsTooLong(t *testing.T) {
	w, p := newReferral(t)
	press(t, w, string(stepPack))
	openBox(t, w, p, pack.Concern)
	long := strings.Repeat("word ", 20000)
	entryHolding(t, w, p.pack.section(pack.Concern).Statements[0].Text).SetText(long)
	press(t, w, "Keep the pack")
	if !says(w, "This is too long: 20,000 characters at most.") {
		t.Error("it does not say that the statement is too long")
	}
	if got := p.pack.section(pack.Concern).Statements[0].Text; got != long {
		t.Error("what was typed is gone")
	}
	if len(kept(t, p).Sections) != 0 {
		t.Error("it is kept all the same")
	}
}

func TestLookingAtThePackChangesNothing(t *testing.T) {
	w, p := newReferral(t)
	press(t, w, string(stepPack))
	for _, s := range pack.Sections() {
		openBox(t, w, p, s.Key)
	}
	press(t, w, string(stepDecide))
	if body, _, _ := w.store.Draft(context.Background(), packDraft(p.id)); body != "" {
		t.Errorf("the draft is %.200q", body)
	}
}

func TestTelephoneCallIsKept(t *testing.T) {
	w, p := newReferral(t)
	press(t, w, string(stepSend))
	const to = "Whom you spoke to: name and role"
	fill(t, w, to, "Ruth Amadi, screening officer")
	for _, c := range []struct{ date, want string }{
		{"", errNoDate.Error()}, {"31/2/2026", records.ErrNoSuchDay.Error()}, {"23/11/2026", "This is in the future."},
	} {
		fill(t, w, "When", c.date)
		press(t, w, "Keep the call")
		wants(t, w, "When", c.want)
	}
	p.forms[0].input("phoned_at").set(" | ")
	press(t, w, "Keep the call")
	wants(t, w, "When", "Say when you telephoned.")
	if r := kept(t, p); r.PhonedTo != "" || r.Version != 1 {
		t.Errorf("kept %+v", r)
	}
	fill(t, w, "When", "22/11/2026") // today, at a time not known: not in the future
	press(t, w, "Keep the call")
	if r := kept(t, p); r.PhonedTo != "Ruth Amadi, screening officer" || r.PhonedAt != records.StampOf(w.now()) {
		t.Errorf("kept %+v", r)
	}
	if !says(w, "Telephoned Sun 22 Nov 2026") {
		t.Error("it does not say that the call is kept")
	}
}

func TestSendingFreezesThePack(t *testing.T) {
	w, p := newReferral(t)
	press(t, w, string(stepSend))
	press(t, w, "It has been sent")
	press(t, w, "Not now")
	if kept(t, p).SentAt != "" {
		t.Fatal("“Not now” sends")
	}
	press(t, w, "It has been sent")
	press(t, w, "It has been sent")
	if !says(w, "Choose the level of help that the referral asks for. Choose immediate risk of harm or need for assessment.") {
		t.Error("without decisions it does not say what is missing")
	}
	press(t, w, string(stepDecide))
	decideAll(t, w)
	press(t, w, string(stepPack))
	openBox(t, w, p, pack.Concern)
	fill(t, w, "Add a sentence of your own", "He says he is always cold.")
	press(t, w, "Add it")
	press(t, w, string(stepSend))
	for _, c := range []struct{ label, typed, want string }{
		{"When it was sent", "23/11/2026", "This is in the future."},
		{"To whom", " ", "Say to whom it was sent."},
	} {
		old := entryNamed(t, w, c.label).Text
		fill(t, w, c.label, c.typed)
		press(t, w, "It has been sent")
		press(t, w, "It has been sent")
		if c.label == "When it was sent" {
			// said once the pack is kept: first things first
			if !says(w, "The pack holds changes that were not kept.") {
				t.Error("a pack with changes that were not kept is sent")
			}
			press(t, w, string(stepPack))
			press(t, w, "Keep the pack")
			press(t, w, string(stepSend))
			press(t, w, "It has been sent")
			press(t, w, "It has been sent")
		}
		wants(t, w, c.label, c.want)
		fill(t, w, c.label, old)
	}
	p.forms[1].input("sent_at").set(" | ")
	press(t, w, "It has been sent")
	press(t, w, "It has been sent")
	wants(t, w, "When it was sent", "Say when it was sent.")
	ctx := context.Background()
	if d, err := w.store.Disclosures.All(ctx); len(d) != 0 || err != nil || kept(t, p).SentAt != "" {
		t.Fatalf("bad input is sent: %+v, %v", d, err)
	}
	fill(t, w, "When it was sent", "22 Nov 2026")
	fill(t, w, "To whom", "Front door, Thistleshire")
	fill(t, w, "Reference they gave", "TS-4471")
	pickOption(t, w, "How", "Secure e-mail")
	press(t, w, "It has been sent")
	press(t, w, "It has been sent")

	r := kept(t, p)
	if r.SentAt != records.StampOf(w.now()) || r.SentTo != "Front door, Thistleshire" || r.Reference != "TS-4471" || r.Method != "Secure e-mail" {
		t.Errorf("sent %+v", r)
	}
	if r.PackHash == "" || r.PackHash != pack.Hash(r.Sections) {
		t.Errorf("the fingerprint %q is not that of the pack", r.PackHash)
	}
	if st := statementsOf(r, pack.Concern); len(st) < 3 || st[len(st)-1].Text != "He says he is always cold." {
		t.Errorf("sent %+v", st)
	}
	d, err := w.store.Disclosures.All(ctx)
	if err != nil || len(d) != 1 || d[0].Referral != p.id || d[0].SHA256 != r.PackHash || d[0].To != r.SentTo || !strings.Contains(d[0].Basis, "Consent: given") {
		t.Errorf("disclosed %+v, %v", d, err)
	}
	if p.at != stepReply || p.data.state.Stage != referral.Sent {
		t.Errorf("sent, the page is at %q, the case is %v", p.at, p.data.state.Stage)
	}
	// A later entry does not change what was sent.
	addConcern(t, w, p.pupil, "2026-11-20", "Ms Quill rang the school nurse.")
	visit(w, newReferralPage(w, p.pupil, p.id))
	p = w.page.(*referralPage)
	for _, s := range []step{stepDecide, stepPack, stepSend} {
		press(t, w, string(s))
		for _, e := range seen[*entry](w) {
			if s != stepSend { // there the call can be corrected
				t.Errorf("%q has a field to type into: %q", s, e.Text)
			}
		}
	}
	press(t, w, string(stepPack))
	if !says(w, "Sent, and kept as it was sent.") || slices.ContainsFunc(seen[*widget.Button](w), func(b *widget.Button) bool { return b.Text == "Keep the pack" }) {
		t.Error("a pack that was sent can be kept anew")
	}
	if got := kept(t, p).PackHash; got != r.PackHash || pack.Hash(kept(t, p).Sections) != r.PackHash {
		t.Error("what was sent has changed")
	}
}

func TestReplyIsRecorded(t *testing.T) {
	w, p := newReferral(t)
	press(t, w, string(stepReply))
	if !says(w, "Nothing was sent or telephoned yet.") {
		t.Error("before it is sent a reply can be recorded")
	}
	press(t, w, string(stepDecide))
	sendIt(t, w, p)
	const who = "Who said it: name and role"
	ctx := context.Background()
	fill(t, w, "What was said", "It is logged as a contact.")
	press(t, w, "Keep this")
	wants(t, w, who, "Give the name and role of who said this.")
	fill(t, w, who, "Ruth Amadi, screening officer")
	fill(t, w, "When", "23/11/2026")
	press(t, w, "Keep this")
	wants(t, w, "When", "This is in the future.")
	fill(t, w, "When", "22/11/2026")
	fill(t, w, "Child seen on", "1/12/2026")
	press(t, w, "Keep this")
	wants(t, w, "Child seen on", "This date is in the future.")
	if all, err := w.store.Replies.All(ctx); len(all) != 0 || err != nil {
		t.Fatalf("bad input is kept: %+v, %v", all, err)
	}
	visit(w, newTodayPage(w))
	visit(w, newReferralPage(w, p.pupil, p.id))
	p = w.page.(*referralPage)
	if got := entryNamed(t, w, who).Text; got != "Ruth Amadi, screening officer" {
		t.Errorf("opened again, the form holds %q", got)
	}
	fill(t, w, "Child seen on", "")
	pickOption(t, w, "What do they say they logged?", records.LoggedContact.String())
	press(t, w, "Keep this")

	all, err := w.store.Replies.All(ctx)
	if err != nil || len(all) != 1 || all[0].From != "Ruth Amadi, screening officer" || all[0].LoggedAs != records.LoggedContact || all[0].Said != "It is logged as a contact." {
		t.Fatalf("kept %+v, %v", all, err)
	}
	if !p.data.state.Mismatch || !says(w, "They logged less than was asked for.") || !says(w, "They say they logged: A contact (information only), said Ruth Amadi, screening officer on 22 Nov 2026") {
		t.Error("that they logged less than was asked for is not shown")
	}
	if got := entryNamed(t, w, who).Text; got != "" {
		t.Errorf("kept, the form still holds %q", got)
	}
	visit(w, newReferralsPage(w))
	if !says(w, "They logged: a contact (information only).") {
		t.Error("the list of referrals does not show what they logged")
	}
}

// decideAgainst sends the referral and records that nothing will follow.
func decideAgainst(t *testing.T, w *Window, p *referralPage) {
	t.Helper()
	sendIt(t, w, p)
	fill(t, w, "Who said it: name and role", "Ruth Amadi, screening officer")
	pickOption(t, w, "What do they say they logged?", records.LoggedContact.String())
	pickOption(t, w, "What did they decide?", "No further action")
	fill(t, w, "Reasons they gave", "Below the threshold.")
	press(t, w, "Keep this")
}

func TestDisagreeingLeadsToTheChallenge(t *testing.T) {
	w, p := newReferral(t)
	decideAgainst(t, w, p)
	if !says(w, "They decided: No further action. Do you agree?") {
		t.Fatal("our view of the decision is not asked for")
	}
	// What is typed for a new reply stays when our view is kept.
	fill(t, w, "What was said", "She will ring back.")
	pickOption(t, w, "Our view", records.DisagreeWithCSC.String())
	press(t, w, "Keep our view")
	const why = "Why; and which alternative, if one is accepted"
	wants(t, w, why, "Say why.")
	fill(t, w, why, "He is still cold.")
	press(t, w, "Keep our view")
	if p.at != stepChallenge || p.data.state.View != records.DisagreeWithCSC {
		t.Errorf("the page is at %q, our view is %q", p.at, p.data.state.View)
	}
	press(t, w, string(stepReply))
	if got := entryNamed(t, w, "What was said").Text; got != "She will ring back." {
		t.Errorf("the reply begun holds %q", got)
	}
}

func TestChallengeClimbsTheLadder(t *testing.T) {
	w, p := newReferral(t)
	decideAgainst(t, w, p)
	press(t, w, string(stepChallenge))
	ctx := context.Background()
	const safety = "What keeps the child safe meanwhile"
	if got := entryNamed(t, w, "The decision challenged").Text; !strings.Contains(got, "no further action") {
		t.Errorf("the decision challenged is %q", got)
	}
	press(t, w, "Open the challenge")
	wants(t, w, safety, "Say what keeps the child safe")
	if all, _ := w.store.Challenges.All(ctx); len(all) != 0 {
		t.Fatal("a challenge without safety is open")
	}
	fill(t, w, safety, "Mr Pike meets him at the gate each morning.")
	press(t, w, "Open the challenge")
	challenges, err := w.store.Challenges.All(ctx)
	if err != nil || len(challenges) != 1 || len(challenges[0].Ladder) != 5 || challenges[0].Safety != "Mr Pike meets him at the gate each morning." {
		t.Fatalf("challenges %+v, %v", challenges, err)
	}
	rungs := func() []records.Rung {
		t.Helper()
		all, err := w.store.Rungs.Under(ctx, challenges[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	const risk, sought = "Risk to the child if nothing changes", "The outcome you ask for"
	press(t, w, "Record that it is raised")
	wants(t, w, risk, "Say what the risk to the child is")
	wants(t, w, sought, "Say what outcome you ask for.")
	fill(t, w, risk, "He is cold and falls ill.")
	fill(t, w, sought, "An assessment under section 17.")
	p.forms[0].input("raised_at").set(" | ")
	press(t, w, "Record that it is raised")
	wants(t, w, "When", "Say when it was raised.")
	fill(t, w, "When", "23/11/2026")
	press(t, w, "Record that it is raised")
	wants(t, w, "When", "This is in the future.")
	fill(t, w, "When", "21/11/2026")
	fill(t, w, "With whom: name, role, agency", "")
	press(t, w, "Record that it is raised")
	wants(t, w, "With whom: name, role, agency", "Give the name, role and agency")
	if n := len(rungs()); n != 0 {
		t.Fatalf("%d rungs are taken", n)
	}
	fill(t, w, "With whom: name, role, agency", "Ruth Amadi, social worker")
	press(t, w, "Record that it is raised")
	if r := rungs(); len(r) != 1 || r[0].Number != 1 || r[0].To != "Ruth Amadi, social worker" || r[0].Risk != "He is cold and falls ill." || r[0].Due == "" {
		t.Fatalf("rungs %+v", r)
	}

	press(t, w, "Keep the reply")
	wants(t, w, "What they replied", "Write what they replied")
	fill(t, w, "What they replied", "No change.")
	for _, c := range []struct{ date, want string }{{"23/11/2026", "This is in the future."}, {"20/11/2026", "This reply is dated before the challenge was raised."}} {
		fill(t, w, "Replied", c.date)
		press(t, w, "Keep the reply")
		wants(t, w, "Replied", c.want)
	}
	p.forms[0].input("replied_at").set(" | ")
	press(t, w, "Keep the reply")
	wants(t, w, "Replied", "Say when they replied.")
	fill(t, w, "Replied", "22/11/2026")
	pickOption(t, w, "How did this rung end?", records.RungClimb.String())
	press(t, w, "Keep the reply")
	wants(t, w, "Why it ended so", "Say why it ended so.")
	fill(t, w, "Why it ended so", "No reasons were given.")
	press(t, w, "Keep the reply")
	if r := rungs(); r[0].Reply != "No change." || r[0].Result != records.RungClimb || r[0].Version != 2 {
		t.Fatalf("rungs %+v", r)
	}

	if !says(w, "Raise rung 2: Designated safeguarding lead, to team manager") {
		t.Fatal("the next rung is not offered")
	}
	fill(t, w, risk, "He is cold and falls ill.")
	fill(t, w, sought, "An assessment under section 17.")
	fill(t, w, "With whom: name, role, agency", "Team manager")
	press(t, w, "Record that it is raised")
	if r := rungs(); len(r) != 2 || r[1].Number != 2 || r[1].To != "Team manager" {
		t.Fatalf("rungs %+v", r)
	}

	const resolved = "What was resolved, and how"
	press(t, w, "Close the challenge")
	wants(t, w, resolved, "A challenge is closed only with what was resolved and when.")
	fill(t, w, resolved, "An assessment begins on 24 November.")
	press(t, w, "Close the challenge")
	wants(t, w, resolved, "A challenge is closed only with what was resolved and when.")
	fill(t, w, "Resolved on", "23/11/2026")
	press(t, w, "Close the challenge")
	wants(t, w, "Resolved on", "This date is in the future.")
	fill(t, w, "Resolved on", "22/11/2026")
	press(t, w, "Close the challenge")
	if c, err := w.store.Challenges.Get(ctx, challenges[0].ID); err != nil || c.ResolvedOn != "2026-11-22" || c.Resolved != "An assessment begins on 24 November." || c.Version != 2 {
		t.Errorf("closed %+v, %v", c, err)
	}
	if !says(w, "Resolved on 22 Nov 2026") {
		t.Error("the page does not say that it is resolved")
	}
}

func TestTabOfAChallenge(t *testing.T) {
	w, p := newReferral(t)
	decideAgainst(t, w, p)
	press(t, w, string(stepChallenge))
	fill(t, w, "What keeps the child safe meanwhile", "Mr Pike meets him at the gate each morning.")
	press(t, w, "Open the challenge")
	c := w.win.Canvas()
	f := p.forms[1]
	c.Focus(f.inputs[0].focus)
	c.FocusNext()
	if c.Focused() != f.inputs[1].focus {
		t.Errorf("after the day of resolving, Tab visits %T, want what was resolved", c.Focused())
	}
}

// TestAReferralIsNotKeptBeforeItIsWritten begins one and goes away again, then
// types, then goes on to the telephone with what was typed.
func TestAReferralIsNotKeptBeforeItIsWritten(t *testing.T) {
	w := newSchool(t)
	ned := addPupil(t, w, "Ned", "Alder")
	all := func() []records.Referral {
		t.Helper()
		list, err := w.store.Referrals.All(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	visit(w, newReferralPage(w, ned.ID, ""))
	visit(w, newPupilPage(w, ned.ID))
	if n := len(all()); n != 0 {
		t.Fatalf("after a look there are %d referrals", n)
	}
	visit(w, newReferralPage(w, ned.ID, ""))
	fill(t, w, "Why this level", ourView)
	visit(w, newPupilPage(w, ned.ID))
	p := newReferralPage(w, ned.ID, "")
	visit(w, p)
	if got := entryNamed(t, w, "Why this level").Text; got != ourView || len(all()) != 0 {
		t.Errorf("what was typed came back as %q, with %d referrals", got, len(all()))
	}
	press(t, w, string(stepSend))
	if len(all()) != 1 || p.at != stepSend || p.id == "" {
		t.Fatalf("gone on to the telephone there are %d referrals, at %q", len(all()), p.at)
	}
	press(t, w, string(stepDecide))
	if got := entryNamed(t, w, "Why this level").Text; got != ourView {
		t.Errorf("gone back, the reason is %q", got)
	}
	pickOption(t, w, "Level", records.Section17.String())
	press(t, w, "Keep the decisions")
	if r := kept(t, p); r.LevelReason != ourView || len(all()) != 1 {
		t.Errorf("kept %q in %d referrals", r.LevelReason, len(all()))
	}
	visit(w, newReferralPage(w, ned.ID, ""))
	if says(w, "What you typed here on") {
		t.Error("the draft of before is still there")
	}
}

// TestAPupilWhoWasReferredLeadsToThatReferral follows the button of the pupil's
// page, and the one that begins another.
func TestAPupilWhoWasReferredLeadsToThatReferral(t *testing.T) {
	w, p := newReferral(t)
	sendIt(t, w, p)
	visit(w, newPupilPage(w, p.pupil))
	if offers(w, "Begin a referral") {
		t.Error("a second referral is what the page offers first")
	}
	press(t, w, "Open the referral")
	at, ok := w.page.(*referralPage)
	if !ok || at.id != p.id {
		t.Fatalf("it leads to %T", w.page)
	}
	press(t, w, "Begin another …")
	if at = w.page.(*referralPage); at.id != "" || at.at != stepDecide || !says(w, "Another referral for this pupil is open.") {
		t.Errorf("another one is %q, at %q", at.id, at.at)
	}
	w.store.Me.Role = records.Head
	visit(w, newReferralPage(w, p.pupil, p.id))
	if offers(w, "Begin another …") {
		t.Error("a head is offered another one")
	}
}

// TestLimitsToBeCheckedAreSaidOnce counts what is said of limits that nobody has
// compared with the local procedures.
func TestLimitsToBeCheckedAreSaidOnce(t *testing.T) {
	w, p := newReferral(t)
	sendIt(t, w, p)
	n := 0
	for _, l := range seen[*widget.Label](w) {
		n += strings.Count(l.Text, "to be checked against the local procedures")
	}
	asked := 0
	for _, b := range seen[*widget.Button](w) {
		if b.Text == "We asked …" {
			asked++
		}
	}
	if asked != 1 {
		t.Errorf("one telephone call can be kept by %d buttons", asked)
	}
	if n != 1 || len(p.data.state.Due) < 2 {
		t.Errorf("with %d things due it is said %d times", len(p.data.state.Due), n)
	}
}

// TestGapsOfTheHistoryLeaveItInSight: of many vague entries three stand above the
// box, each with what it does not say and the way to it.
func TestGapsOfTheHistoryLeaveItInSight(t *testing.T) {
	w, p := newReferral(t)
	for _, day := range []string{"02", "03", "04", "05", "06"} {
		addConcern(t, w, p.pupil, records.Date("2026-11-"+day), "Continue to monitor.")
	}
	visit(w, p)
	press(t, w, string(stepPack))
	vague := map[string]int{}
	for _, g := range pack.Missing(p.pack.sections, &p.data.ref, p.data.file) {
		if g.Entry.ID != "" {
			vague[g.Section]++
		}
	}
	if p.pack.print.Importance == widget.HighImportance {
		t.Error("with gaps to look at, saving it to be sent is what stands out")
	}
	key, n := pack.Concern, vague[pack.Concern]
	if n <= mostGaps {
		t.Fatalf("the boxes rest on vague entries: %v", vague)
	}
	openBox(t, w, p, key)
	shown := func() (n int) {
		for _, b := range seen[*widget.Button](w) {
			if b.Text == "Open the entry" {
				n++
			}
		}
		return n
	}
	if shown() != mostGaps || !says(w, "is vague: “Continue to monitor”. ") {
		t.Fatalf("%d of them stand above the box", shown())
	}
	for _, b := range seen[*widget.Button](w) {
		if strings.HasPrefix(b.Text, "And ") {
			test.Tap(b)
			break
		}
	}
	if shown() != n {
		t.Errorf("asked for the rest, there are %d", shown())
	}
	press(t, w, "Open the entry")
	if _, ok := w.page.(*pupilPage); !ok {
		t.Errorf("the button opens %T", w.page)
	}
}
