package chronology

import (
	"strings"
	"testing"

	"throughline/records"
)

func TestWhatFollowsAReferralOnTheLine(t *testing.T) {
	f := &records.File{
		Pupil: records.Pupil{Meta: records.Meta{ID: "p"}, Forename: "Test", Surname: "Pupil"},
		Meetings: []records.Meeting{
			{Meta: records.Meta{ID: "m1"}, Sort: records.StrategyDiscussion, On: "2026-03-02", Held: records.No, NotHeldWhy: "No worker was free."},
			{Meta: records.Meta{ID: "m2"}, Sort: records.InitialConference, On: "2026-03-20", Held: records.Yes, We: "A. Lead", Report: "2026-03-18", Shared: "2026-03-17",
				Decided: "A plan.", Category: "Neglect", View: records.DisagreeWithCSC, ViewWhy: "Too little.", Dissent: "Page 3."},
			{Meta: records.Meta{ID: "m3"}, Sort: records.CoreGroup, On: "2026-12-01"},
			{Meta: records.Meta{ID: "m4"}, Sort: records.CoreGroup, On: "2026-03-30"},
		},
		Impacts: []records.Impact{{Meta: records.Meta{ID: "i"}, Measure: "Mornings in school of 20", Start: "2026-04-01", Before: "11",
			Review: "2026-06-01", Looked: "2026-06-02", After: "17", Change: records.ChangeBetter, ChildsView: "I get breakfast now"}},
		Practices:  []records.GoodPractice{{Meta: records.Meta{ID: "g"}, On: "2026-06-03", Who: "N. Worker", What: "Rang every Friday.", Told: "Her manager"}},
		Challenges: []records.Challenge{{Meta: records.Meta{ID: "c"}, Sort: records.OfConduct, Decision: "The call was cut off.", To: "Team manager", Raised: "2026-06-04", Sought: "An apology", Answered: "2026-06-09", Answer: "They are sorry."}},
		Replies: []records.Reply{{Meta: records.Meta{ID: "y"}, At: records.StampOf(records.Date("2026-03-10").Time()), From: "N. Worker",
			Outcome: records.StrategyOrEnquiry, Enquiry: records.EnquiryToConference, Assessed: "2026-03-09"}},
		Read: records.StampOf(records.Date("2026-11-22").Time()),
	}
	line := Of(f)
	var got []string
	for _, e := range line {
		got = append(got, string(e.When.Date)+" "+e.Title+" "+e.Significance)
	}
	want := `2026-03-02 Strategy discussion: not held 
2026-03-10 Section 47 enquiry: Initial child protection conference 
2026-03-20 Initial child protection conference 
2026-04-01 Measured at the start 
2026-06-02 What it changed: Better for the child +
2026-06-03 Good practice +
2026-06-04 Complaint about conduct 
2026-06-09 Complaint answered `
	if strings.Join(got, "\n") != want {
		t.Errorf("the line is\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if e := line[2]; e.Decision != "A plan.\nCategory: Neglect" || !strings.Contains(e.Event, "shared with the parents on 17 Mar 2026 and sent on 18 Mar 2026") ||
		!strings.Contains(e.Outcome, "In the minutes: Page 3.") {
		t.Errorf("the conference is %+v", e)
	}
	if e := line[4]; e.Impact != "At the start: 11\nNow: 17\nThe child says: I get breakfast now" || e.Voice != "" {
		t.Errorf("the measure is %+v", e)
	}
	for _, ev := range Events(f, line) {
		if ev.Kind == records.KindImpact || ev.Kind == records.KindPractice {
			t.Errorf("patterns read a %s", ev.Kind)
		}
	}
}
