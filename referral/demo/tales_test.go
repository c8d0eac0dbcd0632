package demo

import (
	"errors"
	"testing"

	"throughline/chronology/wording"
	"throughline/records"
	"throughline/referral"
	"throughline/referral/pack"
)

func TestNeglectIsReferredAndChallenged(t *testing.T) {
	// Small things, each explained away.
	y := once(t, "2026-09-14 08:50", records.Pupil{Forename: "Ned", Surname: "Alder", Born: "2018-02-11"})
	first := y.worry(records.Neglect, 2, "Ned had no coat; it was 6 degrees.", "Mum says it's lost.")
	y.on("2026-10-05 08:50")
	y.worry(records.Neglect, 3, "Ned ate four slices of toast and asked for more.", "We had no tea.")
	// Early help is tried, and does not hold.
	y.save(&records.Support{Pupil: y.pupil.ID, What: "Breakfast club, place paid for", Level: records.SchoolOffer, By: "Mr Abel", From: "2026-10-05", Result: "He came on 6 of 15 mornings.", WhyNotEnough: "Nobody brings him."}, "")
	y.on("2026-10-30 08:50")
	y.worry(records.Neglect, 3, "Sores on both heels from shoes two sizes too small.", "")

	// Tuesday: the three decisions are taken, and the pack is drafted from the record.
	y.on("2026-11-03 09:00")
	y.decide(records.Section17, records.Assessment)
	y.stands(referral.Draft, "send")
	y.drafted(pack.Voice, "We had no tea.")
	y.drafted(pack.Tried, "Nobody brings him.")

	// It is sent at 10:15. Lincolnshire: a word by the end of the next working
	// day, a decision within 24 hours.
	y.on("2026-11-03 10:15")
	y.send("He will be cold and hungry through the winter.")
	y.stands(referral.Sent, "decision 4 Nov 10:15", "chase 4 Nov 10:15", "acknowledge 4 Nov 17:00")

	// Nothing is heard. On Thursday everything of theirs is late.
	y.on("2026-11-05 09:00")
	y.stands(referral.Sent, "decision 4 Nov 10:15*", "chase 4 Nov 10:15*", "acknowledge 4 Nov 17:00*")

	// Asked, they say that it is a contact, and that nothing follows.
	y.on("2026-11-05 11:00")
	decision := y.they(records.Reply{Acknowledges: true, LoggedAs: records.LoggedContact, Outcome: "No further action", Reasons: "Threshold not met."})
	st := y.stands(referral.Decided, "mismatch!", "view 6 Nov 17:00", "feedback 6 Nov 17:00")
	if !st.Mismatch {
		t.Error("a referral was asked for and a contact logged, and nothing says so")
	}

	// We disagree, and challenge: two working days for the first rung.
	y.we(decision, records.DisagreeWithCSC, "Three months of neglect, and help that did not hold.")
	c := y.challenge(decision, "Mr Pike sees Ned each morning.")
	rung := y.raise(c, 1, "An assessment.")
	if got := rung.Due.Date(); got != "2026-11-09" {
		t.Errorf("the first rung is due on %s, want Monday 9 November", got)
	}
	if _, err := referral.RaiseRung(c, y.file().Rungs, 3, y.now(), y.local, y.file().Calendar); !errors.Is(err, referral.ErrJump) {
		t.Errorf("a rung was jumped: %v", err)
	}
	y.stands(referral.Challenged, "feedback 6 Nov 17:00", "rung_reply 9 Nov 17:00")

	// No answer: on Tuesday their reply is late, and we climb.
	y.on("2026-11-10 09:00")
	y.stands(referral.Challenged, "feedback 6 Nov 17:00*", "rung_reply 9 Nov 17:00*")
	y.answered(rung, "", records.RungClimb)
	y.stands(referral.Challenged, "feedback 6 Nov 17:00*", "challenge 10 Nov 17:00") // from the day on which the answer was due
	rung = y.raise(c, 2, "An assessment.")
	if got := rung.Due.Date(); got != "2026-11-17" {
		t.Errorf("the second rung is due on %s, want Tuesday 17 November", got)
	}

	// The manager agrees. The referral is logged, and an assessment begins.
	y.on("2026-11-12 14:00")
	y.answered(rung, "It is re-opened as a referral.", records.RungResolved)
	y.resolve(c, "Re-opened as a referral; an assessment begins.")
	again := y.they(records.Reply{LoggedAs: records.LoggedReferral, Outcome: "Assessment required", InWriting: records.Yes})
	y.we(again, records.Agree, "")
	y.stands(referral.Decided, "child_seen 19 Nov 17:00", "assessment 8 Jan 17:00") // 45 working days from 3 November, without Christmas and New Year

	// They see him, finish, and what changed is written down.
	y.on("2026-12-18 10:00")
	end := y.they(records.Reply{ChildSeen: "2026-11-17", Assessed: "2026-12-17", InWriting: records.Yes})
	y.save(&records.Impact{Pupil: y.pupil.ID, Of: y.ref.ID, Measure: "Mornings with a coat", Start: "2026-11-03", Before: "1 of 5", Review: "2026-12-18", Looked: "2026-12-18", After: "5 of 5", Change: "better", Next: "Nothing more."}, "")
	st = y.stands(referral.Closed)
	if len(st.Challenges) != 1 || st.Challenges[0].Open() || end.ID == "" {
		t.Error("the challenge is not closed")
	}
	// The pack is still what was sent.
	if kept, err := y.s.Referrals.Get(t.Context(), y.ref.ID); err != nil || kept.PackHash != pack.Hash(kept.Sections) {
		t.Errorf("the pack is not as it was sent: %v", err)
	}
	if first.Account == "" {
		t.Error("the first small worry is gone")
	}
}

func TestInjuriesOnMondaysArePhonedThenWritten(t *testing.T) {
	y := once(t, "2026-10-12 09:00", records.Pupil{Forename: "Jan", Surname: "Nowak", Born: "2016-05-02"})
	y.worry(records.Physical, 3, "A bruise on the left upper arm, 3 cm.", "I fell off my bike.")
	y.on("2026-11-02 09:00")
	y.worry(records.Physical, 3, "A graze on the cheek, 2 cm.", "I hit a door.")

	// Friday afternoon: he says who did it. The phone comes first.
	y.on("2026-11-06 16:30")
	y.worry(records.Physical, 5, "Four round marks in a row on the upper arm.", "Steve grabbed me. Don't send me there.")
	y.decide(records.Section47, records.Immediate)
	y.stands(referral.Draft, "phone!")

	// Phoned at 16:55: in writing within 24 hours, though it is a weekend; the
	// child seen within 24 hours.
	y.on("2026-11-06 16:55")
	y.phone("They come tonight.")
	y.stands(referral.Phoned, "child_seen 7 Nov 16:55", "written 7 Nov 16:55", "decision 7 Nov 16:55", "chase 7 Nov 16:55", "acknowledge 9 Nov 17:00")
	y.on("2026-11-06 18:20")
	y.send("He will be hurt again at the weekend.")
	y.drafted(pack.Voice, "Steve grabbed me.")
	y.stands(referral.Sent, "child_seen 7 Nov 16:55", "decision 7 Nov 16:55", "chase 7 Nov 16:55", "acknowledge 9 Nov 17:00")

	// They saw him at night and hold a strategy discussion on Monday.
	y.on("2026-11-09 10:00")
	r := y.they(records.Reply{Acknowledges: true, LoggedAs: records.LoggedReferral, Outcome: records.StrategyOrEnquiry, ChildSeen: "2026-11-06", InWriting: records.Yes})
	y.we(r, records.Agree, "")
	y.stands(referral.Decided, "strategy 10 Nov 17:00", "assessment 13 Jan 17:00")
	y.save(&records.Meeting{Pupil: y.pupil.ID, Referral: y.ref.ID, Sort: records.StrategyDiscussion, On: "2026-11-09", Held: records.Yes, We: "Ada Holt", Decided: "Section 47 enquiry."}, "")

	// The enquiry ends in a conference: within 15 working days of the strategy
	// discussion, our report two working days before.
	y.on("2026-11-20 10:00")
	r = y.they(records.Reply{Enquiry: records.EnquiryToConference, InWriting: records.Yes})
	y.we(r, records.Agree, "")
	y.stands(referral.Decided, "conference 30 Nov 17:00", "assessment 13 Jan 17:00")
	conference := records.Meeting{Pupil: y.pupil.ID, Referral: y.ref.ID, Sort: records.InitialConference, On: "2026-11-30"}
	y.save(&conference, "")
	y.stands(referral.Decided, "report 26 Nov 17:00", "held 30 Nov 17:00", "assessment 13 Jan 17:00")

	// It is held; the core group follows within 10 working days.
	y.on("2026-11-30 16:00")
	conference.Report, conference.Shared, conference.Held, conference.We, conference.Decided, conference.Category, conference.View = "2026-11-25", "2026-11-25", records.Yes, "Ada Holt", "A child protection plan.", "Physical abuse", records.Agree
	y.save(&conference, "Held.")
	y.save(&records.StatusBand{Pupil: y.pupil.ID, Status: records.ChildProtect, Category: "physical", From: "2026-11-30"}, "")
	y.stands(referral.Decided, "core_group 14 Dec 17:00", "review 28 Feb 17:00")
}

func TestExploitationIsToldWithoutBlame(t *testing.T) {
	// It is first written down as his fault.
	y := once(t, "2026-10-19 09:10", records.Pupil{Forename: "Tariq", Surname: "Moss", Born: "2011-03-05"})
	c := y.worry(records.Exploitation, 4, "Tariq is putting himself at risk: he chose to get into an older man's car.", "He gives me lifts. I owe him.")
	if !blames(c.Account) {
		t.Fatal("the entry does not read as blame")
	}
	c.Account = "An older man waited at the gate in a silver car and drove Tariq away."
	y.save(&c, "Told without blame.")
	if blames(c.Account) || len(wording.Check(wording.Concern, c.Account).Findings) > 0 {
		t.Error("the corrected entry still reads as blame")
	}
	if history, err := y.s.Concerns.History(t.Context(), c.ID); err != nil || len(history) != 2 {
		t.Errorf("%d versions are kept, %v", len(history), err)
	}

	// Referred, with a decision on the next day, in time and in writing.
	y.on("2026-10-20 09:00")
	y.decide(records.Section17, records.Assessment)
	y.send("He will be taken further away, and stop coming back.")
	y.drafted(pack.Voice, "I owe him.")
	y.on("2026-10-21 08:30")
	r := y.they(records.Reply{Acknowledges: true, LoggedAs: records.LoggedReferral, Outcome: records.StrategyOrEnquiry, ChildSeen: "2026-10-20", InWriting: records.Yes})
	y.we(r, records.Agree, "")
	y.save(&records.Meeting{Pupil: y.pupil.ID, Referral: y.ref.ID, Sort: records.StrategyDiscussion, On: "2026-10-21", Held: records.Yes, We: "Ada Holt", Decided: "Enquiry."}, "")

	// The enquiry asks the school to watch: that must become a plan.
	y.on("2026-11-11 15:00")
	r = y.they(records.Reply{Enquiry: records.EnquiryOtherMonitors, WeWatch: records.Yes, Assessed: "2026-11-11", InWriting: records.Yes})
	y.we(r, records.Agree, "")
	y.stands(referral.Decided, "watch 12 Nov 17:00")
	plan := records.Monitoring{Pupil: y.pupil.ID, Reply: r.ID, What: "Whether Tariq leaves in the silver car", Who: "Mr Pike", HowOften: "daily", From: "2026-11-11", Until: "2026-12-11", WouldChange: "He gets into the car", NextSteps: "Ada Holt and Mr Pike look at the sheet"}
	if err := y.s.Update(t.Context(), func(tx *records.Tx) error { return tx.StartPlan(&plan) }); err != nil {
		t.Fatal(err)
	}
	y.stands(referral.Closed)

	// What the pack rested on is corrected later: that shows beside it.
	y.on("2026-11-12 09:00")
	c.Account = "An older man waited at the gate in a grey car and drove Tariq away."
	y.save(&c, "The car was grey.")
	changes := pack.Since(y.file(), &y.ref)
	if len(changes) != 1 || changes[0].Become != pack.Corrected || changes[0].Ref.ID != c.ID {
		t.Errorf("since it was sent: %+v", changes)
	}
}

func TestSiblingsAreReferredTogether(t *testing.T) {
	y := once(t, "2026-11-16 08:45", records.Pupil{Forename: "Zoë", Surname: "Kent", Born: "2014-07-01"})
	brother := records.Pupil{Forename: "Finn", Surname: "Kent", Born: "2018-07-01"}
	y.save(&brother, "")
	mother := records.Person{Name: "Ruth Kent"}
	y.save(&mother, "")
	for _, child := range []records.ID{y.pupil.ID, brother.ID} {
		y.save(&records.Tie{Pupil: child, Person: mother.ID, Relationship: "Mother", ParentalResponsibility: records.Yes, InHousehold: records.Yes, LivesFrom: "2018-07-01"}, "")
	}
	c := y.worry(records.DomesticAbuse, 4, "Zoë said her mother was pushed down the stairs while Finn watched.", "Finn screamed and then it stopped.")
	c.Also = []records.Involved{{Pupil: brother.ID, Part: records.Witness}}
	y.save(&c, "Finn was there.")

	// The entry stands on both lines, with what each of them was in it.
	f, err := y.s.File(t.Context(), brother.ID)
	if err != nil || len(f.Concerns) != 1 || len(f.Siblings) != 1 {
		t.Fatalf("in his file are %d entries and %d siblings, %v", len(f.Concerns), len(f.Siblings), err)
	}

	// One referral for both, sent on Monday.
	y.on("2026-11-16 11:00")
	y.decide(records.Section17, records.Assessment)
	y.ref.Siblings = []records.ID{brother.ID}
	y.save(&y.ref, "Finn too.")
	y.send("They will see it again.")
	y.drafted(pack.Child, "Finn Kent")
	y.stands(referral.Sent, "decision 17 Nov 11:00", "chase 17 Nov 11:00", "acknowledge 17 Nov 17:00")

	// They acknowledge without saying as what, then decide: our view is due.
	y.on("2026-11-16 16:00")
	y.they(records.Reply{Acknowledges: true})
	y.stands(referral.Acknowledged, "decision 17 Nov 11:00", "chase 17 Nov 16:00", "logged 17 Nov 17:00")
	y.on("2026-11-17 10:00")
	r := y.they(records.Reply{LoggedAs: records.LoggedReferral, Outcome: "Step-down to early help", Reasons: "Mother has left him."})
	y.stands(referral.Decided, "view 18 Nov 17:00", "feedback 18 Nov 17:00")
	y.we(r, records.AcceptAnAltern, "Early help has begun today.")
	y.stands(referral.Decided, "feedback 18 Nov 17:00")
	y.on("2026-11-18 09:00")
	y.we(y.they(records.Reply{Outcome: "Step-down to early help", InWriting: records.Yes}), records.AcceptAnAltern, "As before.")
	y.stands(referral.Closed)
}

func TestAContactIsChallengedAndPutRight(t *testing.T) {
	// An emergency that was logged as a contact.
	y := once(t, "2026-11-19 13:00", records.Pupil{Forename: "My", Surname: "Tran", Born: "2013-01-20"})
	y.worry(records.Sexual, 5, "My told Mr Pike what her uncle does at night.", "He comes in when Mum is at work.")
	y.decide(records.Section47, records.Immediate)
	y.on("2026-11-19 13:20")
	y.phone("Put it in writing.")
	y.on("2026-11-19 14:00")
	y.send("It will happen again tonight.")
	r := y.they(records.Reply{Acknowledges: true, LoggedAs: records.LoggedContact, Outcome: "Information and advice", Reasons: "Historic."})
	y.we(r, records.DisagreeWithCSC, "He lives in the house.")
	y.stands(referral.Decided, "mismatch!", "strategy 20 Nov 17:00", "challenge 20 Nov 17:00", "feedback 20 Nov 17:00")

	// An emergency may jump a rung.
	c := y.challenge(r, "My is with her aunt tonight.")
	if !c.Urgent {
		t.Error("a challenge of an emergency is not urgent")
	}
	rung := y.raise(c, 2, "A strategy discussion today.")
	if got := rung.Due.Date(); got != "2026-11-26" {
		t.Errorf("the second rung is due on %s, want Thursday 26 November", got)
	}
	if _, err := referral.RaiseRung(c, y.file().Rungs, 1, y.now(), y.local, y.file().Calendar); !errors.Is(err, referral.ErrRungTaken) {
		t.Errorf("a lower rung was raised after a higher one: %v", err)
	}

	// Put right on the same evening.
	y.on("2026-11-19 18:00")
	y.answered(rung, "A strategy discussion is called.", records.RungResolved)
	y.resolve(c, "Logged as a referral; strategy discussion tomorrow.")
	y.on("2026-11-20 08:30")
	r = y.they(records.Reply{LoggedAs: records.LoggedReferral, Outcome: records.StrategyOrEnquiry, ChildSeen: "2026-11-19", InWriting: records.Yes})
	y.we(r, records.Agree, "")
	st := y.stands(referral.Decided, "strategy 23 Nov 17:00", "assessment 26 Jan 17:00")
	if st.Mismatch {
		t.Error("it still counts as a contact")
	}

	// The letter of the rung says what was asked for.
	f := y.file()
	l := pack.RungLetter(f, &y.ref, &c, f.Rungs, &f.Rungs[0], pack.Options{Now: y.now(), Author: y.s.Me})
	if l.Part(pack.PartSought).Text != "A strategy discussion today." || l.Part("relies").Text == "" {
		t.Errorf("the letter asks %q and relies on %q", l.Part(pack.PartSought).Text, l.Part("relies").Text)
	}
}
