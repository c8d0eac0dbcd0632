package ui

import (
	"context"
	"slices"
	"strings"
	"testing"

	"throughline/records"
	"throughline/referral"
	"throughline/referral/procedures"
)

// sentReferral returns a window on a referral that was sent.
func sentReferral(t *testing.T) (*Window, *referralPage) {
	t.Helper()
	w, p := newReferral(t)
	sendIt(t, w, p)
	return w, p
}

// replied keeps a reply as social care gave it and shows the page anew.
func replied(t *testing.T, w *Window, p *referralPage, change func(*records.Reply)) records.Reply {
	t.Helper()
	y := records.Reply{Pupil: p.pupil, Referral: p.id, At: records.StampOf(w.now()), From: "N. Worker, duty"}
	change(&y)
	y = mustSave(t, w.store.Replies, y)
	visit(w, p)
	return y
}

func TestChasingIsOnePress(t *testing.T) {
	w, p := sentReferral(t)
	for range 2 {
		press(t, w, "We asked …")
		press(t, w, "Keep that we asked")
		wants(t, w, "Whom you asked: name and role", "Give the name and role of who said this.")
		fill(t, w, "Whom you asked: name and role", "Ana Reyes, duty worker")
		fill(t, w, "What they said", "She will ring back by 15:00.")
		press(t, w, "Keep that we asked")
	}
	all, err := w.store.Replies.Under(context.Background(), p.id)
	if err != nil || len(all) != 2 {
		t.Fatalf("there are %d chases, %v; want two in one day", len(all), err)
	}
	if y := all[0]; !y.Chased || y.At == "" || y.Method != "Telephone" || y.From != "Ana Reyes, duty worker" || y.Said != "She will ring back by 15:00." {
		t.Errorf("kept %+v", y)
	}
	if p.data.state.Chases != 2 || len(w.dialogs) != 0 {
		t.Errorf("%d chases count, %d dialogs are open", p.data.state.Chases, len(w.dialogs))
	}
	if k := kept(t, p); len(k.DueThen) == 0 {
		t.Error("what was due when it was sent is not kept")
	}
}

func TestChaseFromToday(t *testing.T) {
	w, p := sentReferral(t)
	visit(w, newTodayPage(w))
	press(t, w, "We asked …")
	fill(t, w, "Whom you asked: name and role", "Ana Reyes")
	fill(t, w, "What they said", "Nobody answered.")
	press(t, w, "Not now")
	press(t, w, "We asked …")
	if got := entryNamed(t, w, "What they said").Text; got != "Nobody answered." {
		t.Errorf("after “Not now” the line holds %q", got)
	}
	press(t, w, "Keep that we asked")
	if all, err := w.store.Replies.Under(context.Background(), p.id); err != nil || len(all) != 1 {
		t.Errorf("%d chases, %v", len(all), err)
	}
}

func TestMismatchOnToday(t *testing.T) {
	w, p := sentReferral(t)
	replied(t, w, p, func(y *records.Reply) { y.LoggedAs = records.LoggedContact })
	visit(w, newTodayPage(w))
	for _, want := range []string{"They logged a contact; we asked for a referral.", "You could say: “I am ringing about our referral", "If they will not, challenge it:"} {
		if !says(w, want) {
			t.Errorf("Today does not say %q", want)
		}
	}
}

func TestWatchingThatSocialCareAskFor(t *testing.T) {
	w, p := sentReferral(t)
	y := replied(t, w, p, func(y *records.Reply) {
		y.LoggedAs, y.Outcome, y.Enquiry = records.LoggedReferral, records.StrategyOrEnquiry, records.EnquiryOtherMonitors
	})
	press(t, w, "Keep the answer")
	wants(t, w, "Is it the school?", "Choose yes or no.")
	pickOption(t, w, "Is it the school?", records.Yes.String())
	press(t, w, "Keep the answer")
	if !says(w, "They asked us to watch. That needs a plan") {
		t.Fatal("no plan is asked for")
	}
	fill(t, w, "What exactly is watched?", "Coat on or off at the gate")
	fill(t, w, "Who watches?", "Mr Pike, caretaker")
	fill(t, w, "Until when?", "18/12/2026")
	press(t, w, "Keep the plan")
	wants(t, w, "How often?", "Say how often")
	wants(t, w, "What would make you ring them before then?", "Say what would make you ring them")
	fill(t, w, "How often?", "Every morning")
	fill(t, w, "What would make you ring them before then?", "Two mornings without a coat")
	fill(t, w, planNext, "Ms Quill rings the duty worker")
	press(t, w, "Keep the plan")
	plans, err := w.store.Monitorings.Of(context.Background(), p.pupil)
	if err != nil || len(plans) != 1 || plans[0].Reply != y.ID || plans[0].Who != "Mr Pike, caretaker" || plans[0].Until != "2026-12-18" {
		t.Fatalf("the plans are %+v, %v", plans, err)
	}
	if slices.ContainsFunc(p.data.state.Due, func(d referral.Due) bool { return d.Kind == referral.DueWatch }) {
		t.Error("the plan is still asked for")
	}
}

func TestMeetingIsWrittenDown(t *testing.T) {
	w, p := sentReferral(t)
	press(t, w, string(stepMeetings))
	press(t, w, "Keep the meeting")
	wants(t, w, "Which meeting?", "Choose the kind of meeting.")
	wants(t, w, "On which day?", "Give the day of the meeting.")
	pickOption(t, w, "Which meeting?", records.InitialConference.String())
	fill(t, w, "On which day?", "4/12/2026")
	press(t, w, "Keep the meeting")
	all, err := w.store.Meetings.Under(context.Background(), p.id)
	if err != nil || len(all) != 1 || all[0].Held != records.NotKnown || all[0].On != "2026-12-04" {
		t.Fatalf("kept %+v, %v", all, err)
	}
	if len(all[0].DueThen) == 0 {
		t.Error("what is due from it is not kept")
	}
	visit(w, newTodayPage(w))
	if !says(w, "Go through it with the parents first") {
		t.Error("Today does not ask for the report")
	}
	w.openRef(p.pupil, records.Ref{Kind: records.KindMeeting, ID: all[0].ID})
	w.tasks.Wait()
	fill(t, w, "On which day?", "19/11/2026")
	pickOption(t, w, "Was it held?", records.Yes.String())
	press(t, w, "Keep the meeting")
	wants(t, w, "What was decided, and who does what by when", "Say what was decided.")
	wants(t, w, "At a conference: the plan's category", "Choose the category of the plan")
	fill(t, w, "What was decided, and who does what by when", "A plan.")
	pickOption(t, w, "At a conference: the plan's category", "Neglect")
	press(t, w, "Keep the meeting")
	visit(w, newTodayPage(w))
	if !says(w, "No core group is written down since the conference.") {
		t.Error("Today does not ask for the core group")
	}
}

func TestComplaintHasItsOwnRoute(t *testing.T) {
	w, p := sentReferral(t)
	press(t, w, string(stepChallenge))
	pickOption(t, w, "What is it about?", records.OfConduct.String())
	press(t, w, "Keep the complaint")
	wants(t, w, "To whom: name, role, agency", "Give the name, role and agency")
	fill(t, w, "What happened: what was said or done, when, and who was there", "The call was cut off.")
	fill(t, w, "To whom: name, role, agency", "Team manager, duty team")
	fill(t, w, "What you ask for", "A call back")
	press(t, w, "Keep the complaint")
	fill(t, w, "What they answered", "They are sorry.")
	press(t, w, "Keep the answer")
	all, err := w.store.Challenges.Under(context.Background(), p.id)
	if err != nil || len(all) != 1 || all[0].Sort != records.OfConduct || all[0].Answer != "They are sorry." || len(all[0].Ladder) != 0 {
		t.Fatalf("kept %+v, %v", all, err)
	}
	if p.data.state.Stage == referral.Challenged {
		t.Error("a complaint about conduct challenges the decision")
	}
	if says(w, "Raise rung 1") {
		t.Error("a complaint climbs a ladder")
	}
}

func TestDisagreementInsideTheSchool(t *testing.T) {
	w, p := sentReferral(t)
	press(t, w, string(stepChallenge))
	pickOption(t, w, "What is it about?", records.InsideSchool.String())
	fill(t, w, "What you disagree about, and who holds which view", "Whether to refer again.")
	fill(t, w, "What keeps the child safe meanwhile", "Seen every morning.")
	press(t, w, "Open the challenge")
	all, err := w.store.Challenges.Under(context.Background(), p.id)
	if err != nil || len(all) != 1 || all[0].Sort != records.InsideSchool || all[0].Ladder[1].Theirs != "Headteacher" {
		t.Fatalf("kept %+v, %v", all, err)
	}
}

func TestGoodPracticeIsKept(t *testing.T) {
	w, p := sentReferral(t)
	press(t, w, string(stepChallenge))
	press(t, w, "Keep this")
	wants(t, w, "Who did something well: name, role, agency", "Give the name, role and agency.")
	fill(t, w, "Who did something well: name, role, agency", "Ana Reyes, duty worker")
	fill(t, w, "What was done, and what it changed for the child", "She rang on Friday; he had a coat on Monday.")
	press(t, w, "Keep this")
	all, err := w.store.Practices.Under(context.Background(), p.id)
	if err != nil || len(all) != 1 || !strings.HasPrefix(all[0].What, "She rang") {
		t.Errorf("kept %+v, %v", all, err)
	}
}

func TestMeasureBeforeAndAfter(t *testing.T) {
	w, p := sentReferral(t)
	page := newPupilPage(w, p.pupil)
	visit(w, page)
	page.showSection(sectionTried)
	press(t, w, "Measure a change …")
	press(t, w, "Keep the measure")
	wants(t, w, "What was done?", "Choose what was done.")
	pickOption(t, w, "What was done?", "The referral of 22 Nov 2026")
	fill(t, w, "What is measured?", "Mornings with a coat, of 10")
	fill(t, w, "Measured again on", "20/11/2026")
	fill(t, w, "How it is at the start", "3 of 10")
	press(t, w, "Keep the measure")
	wants(t, w, "Measured again on", "This day is not after the start.")
	fill(t, w, "Measured on", "2/11/2026")
	press(t, w, "Keep the measure")
	visit(w, newTodayPage(w))
	if !says(w, "Measure again what was done changed: “Mornings with a coat, of 10”.") {
		t.Error("Today does not ask to measure again")
	}
	page = newPupilPage(w, p.pupil)
	visit(w, page)
	page.showSection(sectionTried)
	press(t, w, "Measure again")
	press(t, w, "Keep what it changed")
	wants(t, w, "For the child it is", "Choose whether it is better")
	pickOption(t, w, "For the child it is", records.ChangeBetter.String())
	fill(t, w, "The same measure now", "9 of 10")
	press(t, w, "Keep what it changed")
	all, err := w.store.Impacts.Of(context.Background(), p.pupil)
	if err != nil || len(all) != 1 || all[0].Of != p.id || all[0].Change != records.ChangeBetter || all[0].After != "9 of 10" {
		t.Fatalf("kept %+v, %v", all, err)
	}
	if !says(w, "Better for the child: Mornings with a coat, of 10") {
		t.Error("what it changed is not listed under what has been tried")
	}
}

// Where nobody convenes a discussion, the challenge is one press away; of a
// conference it names what was decided there.
func TestChallengeFromWhatIsDue(t *testing.T) {
	w, p := sentReferral(t)
	replied(t, w, p, func(y *records.Reply) { y.LoggedAs, y.Outcome = records.LoggedReferral, records.StrategyOrEnquiry })
	press(t, w, "Challenge …")
	if p.at != stepChallenge || p.sort != records.OfConvening || !says(w, "Ask who decided, and why, and ask for it in writing.") {
		t.Fatalf("the page is at %q, %q", p.at, p.sort)
	}
	mustSave(t, w.store.Meetings, records.Meeting{Pupil: p.pupil, Referral: p.id, Sort: records.InitialConference, On: "2026-11-20", Held: records.Yes, Decided: "No plan.", Category: records.NoPlan})
	visit(w, p)
	p.challengeOf(records.OfConference)
	if got := entryNamed(t, w, "The decision challenged").Text; got != "On 20 Nov 2026 the conference decided: No plan." {
		t.Errorf("the decision challenged is %q", got)
	}
	fill(t, w, "What keeps the child safe meanwhile", "Seen every morning.")
	press(t, w, "Open the challenge")
	all, err := w.store.Challenges.Under(context.Background(), p.id)
	if err != nil || len(all) != 1 || all[0].Sort != records.OfConference || all[0].Meeting == "" {
		t.Errorf("kept %+v, %v", all, err)
	}
}

// What case reviews ask stands beside the words while they are typed.
func TestQuestionsBesideAConcern(t *testing.T) {
	w := newSchool(t)
	byHand(w)
	ned := addPupil(t, w, "Ned", "Alder")
	p := newConcernPage(w, ned.ID)
	visit(w, p)
	p.account.SetText("He says the baby has a bruise on its ear.")
	p.reading.draw(map[string]string{"account": p.account.Text})
	if !says(w, "Do not ask for an explanation first: ring the front door now") || !says(w, "NICE guideline CG89") {
		t.Error("nothing is asked about a bruise on a baby")
	}
	p.account.SetText("He has a bruise from football.")
	p.reading.draw(map[string]string{"account": p.account.Text})
	if says(w, "ring the front door now") {
		t.Error("it asks about a bruise from football")
	}
}

// The same referral open twice is sent once.
func TestSentTwice(t *testing.T) {
	w, p := newReferral(t)
	decideAll(t, w)
	other := newReferralPage(w, p.pupil, p.id)
	visit(w, other)
	other.turn(stepSend)
	stale := *other.data
	visit(w, p)
	p.turn(stepSend)
	fill(t, w, "To whom", "Front door, Thistleshire")
	press(t, w, "It has been sent")
	press(t, w, "It has been sent")
	first := kept(t, p)
	w.open(other)
	w.tasks.Wait()
	other.data = &stale
	other.turn(stepSend)
	fill(t, w, "To whom", "Somebody else")
	press(t, w, "It has been sent")
	press(t, w, "It has been sent")
	if now := kept(t, p); now.Version != first.Version || now.SentTo != first.SentTo {
		t.Errorf("sent again: %+v", now)
	}
	if !says(w, "Somebody saved this meanwhile.") {
		t.Error("nothing says that it was sent already")
	}
}

// Where the calendar changed since, what was due by that of the day is said as
// well.
func TestTodaySaysWhatWasDueThen(t *testing.T) {
	w, p := sentReferral(t)
	replied(t, w, p, func(y *records.Reply) {
		y.LoggedAs, y.Outcome = records.LoggedReferral, "No further action"
		y.DueThen = map[string]records.Stamp{procedures.Feedback: "2026-11-20T17:00:00.000000Z"}
	})
	const want = "By the calendar and the limits of that day: Fri 20 Nov 2026, 17:00."
	for name, show := range map[string]func(){
		"Today":               func() { visit(w, newTodayPage(w)) },
		"the referral's page": func() { visit(w, p); p.turn(stepReply) },
		"the pupil's page": func() {
			page := newPupilPage(w, p.pupil)
			visit(w, page)
			page.showSection(sectionToDo)
		},
	} {
		if show(); !says(w, want) {
			t.Errorf("%s does not say %q", name, want)
		}
	}
}
