package supervision

import (
	"strings"
	"testing"

	"throughline/records"
)

func TestDecisionsToTest(t *testing.T) {
	f := ned()
	nfa := concern("nfa", "2026-02-10", "2026-02-10")
	nfa.Decision, nfa.Reason = "No further action", "A coat was bought"
	plain := concern("plain", "2026-03-01", "2026-03-01")
	others := concern("others", "2026-03-09", "2026-03-09")
	others.Pupil = "zoe"
	f.Concerns = append(f.Concerns, nfa, plain, others)
	f.Referrals = []records.Referral{
		{Meta: meta("not", "2026-01-10"), Pupil: "ned", NotReferred: "Early help first", DecidedAt: at("2026-01-10")},
		{Meta: meta("sent", "2026-02-20"), Pupil: "ned", SentAt: at("2026-02-20")},
	}
	f.Replies = []records.Reply{
		{Meta: meta("a", "2026-02-21"), Pupil: "ned", Referral: "sent", At: at("2026-02-21"), Outcome: "No further action", View: records.Agree},
		{Meta: meta("b", "2026-02-25"), Pupil: "ned", Referral: "sent", At: at("2026-02-25"), Outcome: "Assessment required", Reasons: "New information"},
	}
	var got []string
	for _, d := range Decisions(f) {
		got = append(got, string(d.Ref.ID)+": "+d.String())
	}
	want := []string{
		"plain: On the concern of 1 Mar 2026: " + plain.Decision,
		"b: On 25 Feb 2026 social care decided: Assessment required. Their reason: New information.",
		"nfa: On the concern of 10 Feb 2026: No further action. Because: A coat was bought.",
		"not: On 10 Jan 2026 it was decided not to refer: Early help first.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("decisions\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	f.Replies = append(f.Replies,
		records.Reply{Meta: meta("e", "2026-03-04"), Pupil: "ned", Referral: "sent", At: at("2026-03-04"), Enquiry: records.EnquiryOtherMonitors, Reasons: "Not substantiated"})
	if got, want := Decisions(f)[0].String(), "On 4 Mar 2026 social care decided: section 47 enquiry: Other agency to monitor the child's welfare. Their reason: Not substantiated."; got != want {
		t.Errorf("the outcome of an enquiry is offered as %q, want %q", got, want)
	}
	f.Replies[2].Outcome = records.StrategyOrEnquiry
	if got, want := Decisions(f)[0].String(), "decided: Strategy discussion and/or s47 enquiry; section 47 enquiry: Other agency"; !strings.Contains(got, want) {
		t.Errorf("two outcomes are offered as %q, want %q", got, want)
	}
	f.Referrals[0].Response, f.Referrals[0].PhonedAt = records.Immediate, at("2026-01-09")
	for _, d := range Decisions(f) {
		if d.Ref.ID == "not" {
			t.Errorf("a call about immediate risk was made, and it is offered as %q", d)
		}
	}
	if d := Decisions(&records.File{}); len(d) != 0 {
		t.Errorf("an empty file offers %v", d)
	}
}

func TestNoteIsDraftedFromTheRecord(t *testing.T) {
	f := ned()
	c := concern("new", "2026-03-02", "2026-03-02")
	c.ChildsWords = "I wasn't hungry."
	f.Concerns = append(f.Concerns, c)
	f.Ties = []records.Tie{{Relationship: "aunt", Strength: "Feeds him on Mondays"}}
	f.Supports = []records.Support{
		{Meta: meta("s1", "2026-01-05"), From: "2026-01-05", What: "Breakfast club"},
		{Meta: meta("s2", "2026-01-06"), From: "2026-01-06", What: "Coat", Before: "None", After: "A coat"},
	}
	f.Impacts = []records.Impact{{Meta: meta("i", "2026-02-06"), Of: "s1", Measure: "days he has eaten", Before: "2 of 20", After: "15 of 20", Looked: "2026-02-06", Change: records.ChangeBetter}}
	n := NoteOf(f, &Child{Points: []Point{{Changed, "The line has changed.", nil}}}, session)
	for name, x := range map[string][2]string{
		"why":       {n.Why, "The line has changed."},
		"happened":  {n.Happened, "2 Mar 2026: " + c.Account},
		"lived":     {n.Lived, "2 Mar 2026: “I wasn't hungry.”"},
		"strengths": {n.Strengths, "Aunt: Feeds him on Mondays."},
		"tried": {n.Tried, "From 5 Jan 2026: Breakfast club. Days he has eaten: 2 of 20, then 15 of 20. Better for the child.\n" +
			"From 6 Jan 2026: Coat. Before: None. After: A coat."},
	} {
		if x[0] != x[1] {
			t.Errorf("%s = %q, want %q", name, x[0], x[1])
		}
	}
	if n.Decision != "" || n.Agreed != records.NotKnown || n.Worries != "" {
		t.Errorf("the draft decides for the writer: %+v", n)
	}
}
