package supervision

import (
	"bytes"
	"strings"
	"testing"

	"throughline/records"
)

// term counts one pupil's file over a term and returns the report's text.
func term(t *testing.T, f *records.File) (*Period, string) {
	t.Helper()
	p := NewPeriod("2026-01-01", "2026-03-31", now, local(t))
	p.Roll = []records.Pupil{f.Pupil}
	p.Add(f)
	p.Finish(nil)
	var b bytes.Buffer
	if err := WritePeriod(&b, p, options()); err != nil {
		t.Fatal(err)
	}
	return p, read(t, b.Bytes(), "")
}

func holds(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("the report lacks %q:\n%s", w, got)
		}
	}
}

// TestTheOutcomeOfAnEnquiryIsReported, beside the decision on the referral, each
// with its own time; a letter that repeats a decision does not move it.
func TestTheOutcomeOfAnEnquiryIsReported(t *testing.T) {
	f := ned()
	f.Referrals = []records.Referral{{Meta: meta("r", "2026-02-02"), Pupil: "ned", Level: records.Section47, Response: records.Immediate, SentAt: at("2026-02-02"), SentTo: "Front door"}}
	reply := func(id records.ID, on records.Date, outcome, enquiry records.Outcome, why string) records.Reply {
		return records.Reply{Meta: meta(id, on), Pupil: "ned", Referral: "r", At: at(on), From: "Jo Bell", LoggedAs: records.LoggedReferral, Outcome: outcome, Enquiry: enquiry, Reasons: why}
	}
	f.Replies = []records.Reply{
		reply("1", "2026-02-03", records.StrategyOrEnquiry, "", "Marks on both arms"),
		reply("2", "2026-02-05", records.StrategyOrEnquiry, "", "Marks on both arms"),
		reply("3", "2026-02-20", "", records.EnquiryOtherMonitors, "Not substantiated"),
	}
	p, got := term(t, f)
	holds(t, got, "Strategy discussion and/or s47 enquiry. “Marks on both arms” After 1 working day.",
		"Section 47 enquiry: Other agency to monitor the child's welfare. “Not substantiated” After 14 working days.")
	if p.Decided.Longest != 1 {
		t.Errorf("the decision took %d working days, want 1: the enquiry has its own time", p.Decided.Longest)
	}
	f.Replies = f.Replies[2:]
	if p, _ = term(t, f); p.Decided.Longest != 14 {
		t.Errorf("where only the enquiry is known, the decision took %d working days, want 14", p.Decided.Longest)
	}
	f.Replies = append(f.Replies, reply("5", "2026-02-24", "Assessment required", "", ""))
	if p, _ = term(t, f); p.Decided.Longest != 16 {
		t.Errorf("where the enquiry came first, the decision took %d working days, want 16", p.Decided.Longest)
	}
	f.Replies = []records.Reply{reply("4", "2026-02-04", records.StrategyOrEnquiry, records.EnquiryToConference, "")}
	_, got = term(t, f)
	holds(t, got, "Strategy discussion and/or s47 enquiry; section 47 enquiry: Initial child protection conference. After 2 working days.")
}

// TestDisagreementsAreCountedByKind: a complaint is no challenge to social care,
// and each has the day on which it was made, not that on which it was typed.
func TestDisagreementsAreCountedByKind(t *testing.T) {
	f := ned()
	f.Referrals = []records.Referral{{Meta: meta("r", "2026-02-02"), Pupil: "ned", Level: records.Section17, Response: records.Assessment, SentAt: at("2026-02-02"), SentTo: "Front door"}}
	f.Challenges = []records.Challenge{
		{Meta: meta("d", "2026-02-05"), Pupil: "ned", Referral: "r", Grounds: records.Grounds()[0], Decision: "No further action."},
		{Meta: meta("m", "2026-03-09"), Pupil: "ned", Referral: "r", Sort: records.OfConduct, Decision: "She laughed at Ned’s mother.", To: "Jo Bell, team manager",
			Raised: "2026-03-03", Sought: "An apology", Answered: "2026-03-06", Answer: "She is sorry"},
		{Meta: meta("n", "2026-03-09"), Pupil: "ned", Sort: records.OfConduct, Decision: "A call was cut off.", To: "Jo Bell, team manager",
			Raised: "2026-01-05", Sought: "A call back", ResolvedOn: "2026-01-09", Resolved: "They rang."},
		{Meta: meta("i", "2026-03-04"), Pupil: "ned", Sort: records.InsideSchool, Decision: "Not to refer."},
		{Meta: meta("o", "2025-11-04"), Pupil: "ned", Sort: records.OfConference, Referral: "r", Decision: "No plan.", ResolvedOn: "2025-12-01", Resolved: "A plan was made."},
	}
	f.Rungs = []records.Rung{{Meta: meta("g", "2026-03-05"), Pupil: "ned", Challenge: "i", Number: 1, RaisedAt: at("2026-03-05"), By: "Ms Quill", To: "Mrs Ellery, headteacher"}}
	p, got := term(t, f)
	holds(t, got, "Challenges to social care 1; still open: 1", "Complaints about conduct 2; still open: 1", "Disagreements inside the school 1; still open: 1",
		"Referral not accepted, or the threshold. No further action.", "Open. It has not been raised with anybody yet.", "Nobody yet",
		"3 Mar 2026", "She laughed at Child A’s mother.", "Jo Bell, team manager", "Open. It was answered on 6 Mar 2026: She is sorry.",
		"Resolved on 9 Jan 2026: They rang.", "1 rung, to Mrs Ellery, headteacher", "Rung 1 was raised on 5 Mar 2026")
	for _, no := range []string{" . ", "9 Mar 2026", "No plan."} {
		if strings.Contains(got, no) {
			t.Errorf("the report holds %q", no)
		}
	}
	if len(p.Challenges) != 4 {
		t.Errorf("%d were open in the term, want 4", len(p.Challenges))
	}
	f.Challenges = f.Challenges[:1]
	if _, got = term(t, f); strings.Contains(got, "Complaint") || strings.Contains(got, "Disagreement") {
		t.Error("the report speaks of complaints where there are none")
	}
}

// TestReferralsByTelephoneAreReported, and so are decisions not to refer.
func TestReferralsByTelephoneAreReported(t *testing.T) {
	f := ned()
	f.Referrals = []records.Referral{
		{Meta: meta("p", "2026-02-02"), Pupil: "ned", Level: records.Section47, Response: records.Immediate, PhonedAt: at("2026-02-02"), PhonedTo: "Duty worker"},
		{Meta: meta("s", "2026-02-03"), Pupil: "ned", Level: records.Section17, Response: records.Assessment, SentAt: at("2026-02-03"), SentTo: "Front door"},
		{Meta: meta("n", "2026-02-04"), Pupil: "ned", Level: records.Targeted, NotReferred: "Ned’s aunt takes him in", DecidedAt: at("2026-02-04"), DecidedBy: "Helen Okafor, DSL"},
		{Meta: meta("before", "2025-11-04"), Pupil: "ned", Level: records.Targeted, NotReferred: "Too early", DecidedAt: at("2025-11-04")},
		{Meta: meta("draft", "2026-02-05"), Pupil: "ned", Level: records.Section17},
	}
	p, got := term(t, f)
	holds(t, got, "Referrals made 2: 1 in writing, 1 by telephone alone", "Decisions not to refer 1", "for an immediate response. By telephone; not in writing yet.",
		"Considered, and not referred", "4 Feb 2026 Helen Okafor, DSL Child A’s aunt takes him in.")
	if len(p.Referrals) != 2 || len(p.NotReferred) != 1 || p.Acknowledged.Without != 2 {
		t.Errorf("%d referrals, %d not made, %d without an answer", len(p.Referrals), len(p.NotReferred), p.Acknowledged.Without)
	}
	if got := p.Spoken(); len(got) != 1 {
		t.Errorf("the report speaks of %v", got)
	}
	if f.Referrals = f.Referrals[2:]; len(f.Referrals) > 0 {
		if p, _ = term(t, f); len(p.Spoken()) != 1 {
			t.Error("a pupil who was not referred is not among those of whom the report speaks")
		}
	}
}
