package pack

import (
	"strings"
	"testing"

	"throughline/records"
)

// What social care receives does not say of itself that it was not sent.
func TestWhatIsPrintedToBeSent(t *testing.T) {
	f, ref := drafted(t)
	ref.Reference = "INV-9" // given on the telephone
	got := read(t, written(t, f, ref, options()), "")
	for _, want := range []string{"Referral to children's social care", "Made Wed 4 Mar 2026, 16:41", "Your reference INV-9", "aged 9", "Declaration"} {
		if !strings.Contains(got, want) {
			t.Errorf("the pack lacks %q", want)
		}
	}
	for _, no := range []string{"Draft", "draft", "ot sent", "eprint", fieldSent, fieldReference} {
		if strings.Contains(got, no) {
			t.Errorf("the pack says %q", no)
		}
	}
	o := options()
	o.Draft = true
	got = read(t, written(t, f, ref, o), "")
	if !strings.Contains(got, "This is a draft to read through, and not to be sent.") {
		t.Error("a draft does not say that it is not to be sent")
	}
	if pages, marks := strings.Count(got, "Page "), strings.Count(got, "Draft referral to children's social care"); pages < 5 || marks < pages {
		t.Errorf("%d of %d pages of a draft say that it is one", marks, pages)
	}
}

// Printed anew in June by somebody else, with an entry corrected in April, a
// pack says that it is a reprint, who sent it and what was changed.
func TestReprintSaysSo(t *testing.T) {
	f, ref := sent(t)
	ref.Method, ref.Reference, ref.DecidedBy = "Secure e-mail", "INV-77", "Ada O’Neill, Designated safeguarding lead"
	f.Supports[0].Version, f.Supports[0].RecordedAt = 2, stamp("2026-04-01", "10:00")
	f.Read = stamp("2026-06-01", "10:00") // she is 10 by then
	o := options()
	o.Author, o.Now = records.Member{Name: "New Deputy", Role: records.Deputy, Email: "new@invented.example"}, f.Read
	for _, tt := range []struct {
		sender records.Member
		want   string
	}{
		{records.Member{Name: "Sent Er", Role: records.DSL, Email: "er@invented.example"}, "Referred by Sent Er, "},
		{records.Member{}, "Referred by Ada O’Neill, Designated"},
	} {
		o.Sender = tt.sender
		got := read(t, written(t, f, ref, o), "")
		for _, want := range []string{
			tt.want, "social care – reprint", "This is a reprint.", "Sent Wed 4 Mar 2026, 16:45, to Invented front door, by secure e-mail", "aged 9",
			"Reference returned INV-77", "Printed again Mon 1 Jun 2026, 10:00, by New Deputy", "A reprint is not signed.",
			"changed since it was sent, 1 Apr 2026", "How it was sent, and to whom Secure e-mail, to Invented front door", "Reference number returned INV-77",
		} {
			if !strings.Contains(got, want) {
				t.Errorf("the reprint lacks %q", want)
			}
		}
		for _, no := range []string{"aged 10", "Made", "new@invented", "New Deputy, Deputy designated safeguarding lead, Invented", "to the best of my knowledge"} {
			if strings.Contains(got, no) {
				t.Errorf("the reprint says %q", no)
			}
		}
		if n := strings.Count(got, "changed since it was sent"); n != 2 { // begun and ended
			t.Errorf("%d rows are changed, want 2", n)
		}
	}
}

// A pack of an older edition says in statements how it was sent; that is printed
// once.
func TestHowItWasSentIsPrintedOnce(t *testing.T) {
	f, ref := sent(t)
	ref.Method = "By hand"
	i := len(ref.Sections) - 1
	ref.Sections[i].Statements = append(ref.Sections[i].Statements, records.Statement{Text: fieldSent + ": By hand, to somebody"})
	got := read(t, written(t, f, ref, options()), "")
	if strings.Count(got, fieldSent) != 1 || strings.Contains(got, "to somebody") {
		t.Errorf("how it was sent stands %d times", strings.Count(got, fieldSent))
	}
}

// Complaints and disagreements inside the school are no part of what social care
// reads; a challenge to them is.
func TestTheSchoolsOwnAffairsStayThere(t *testing.T) {
	f, ref := neglect()
	f.Challenges = []records.Challenge{
		{Meta: meta("h1", "2025-08-02"), Pupil: "p1", Referral: "r0", Sort: records.OfConduct, Decision: "Pat Smith laughed at the mother.", To: "Team manager", Raised: "2025-08-02", Sought: "An apology"},
		{Meta: meta("h2", "2025-08-03"), Pupil: "p1", Referral: "r0", Sort: records.InsideSchool, Decision: "The tutor would wait.", Safety: "x"},
		{Meta: meta("h3", "2025-08-04"), Pupil: "p1", Referral: "r0", Sort: records.OfConvening, Decision: "No conference.", Safety: "x"},
	}
	for i, of := range []records.ID{"h2", "h3"} {
		f.Rungs = append(f.Rungs, records.Rung{Meta: meta("g"+string(of), "2025-08-05"), Pupil: "p1", Challenge: of, Number: 1, RaisedAt: stamp("2025-08-05", "10:00"),
			To: []string{"Mrs Head, headteacher", "Chair of conferences"}[i], RepliedAt: stamp("2025-08-06", "10:00"), Reply: "Noted by the " + string(of), Risk: "r", Sought: "s"})
	}
	ref.Sections = Draft(f, ref)
	history := texts(ref.Sections, History)
	if strings.Count(history, "The school challenged the decision") != 1 || !strings.Contains(history, "(whether to hold a strategy discussion or a conference)") {
		t.Errorf("the history says: %s", history)
	}
	got := read(t, written(t, f, ref, options()), "")
	for _, no := range []string{"Pat Smith", "Mrs Head", "Noted by the h2", "tutor would wait", "Complaint"} {
		if strings.Contains(got, no) {
			t.Errorf("the pack says %q", no)
		}
	}
	for _, want := range []string{"Chair of conferences", "Noted by the h3"} {
		if !strings.Contains(got, want) {
			t.Errorf("the pack lacks %q", want)
		}
	}
}

// The outcome of a section 47 enquiry that did not follow from one on the
// referral is told, and both are where there are two.
func TestHistoryTellsTheEnquiry(t *testing.T) {
	f, ref := neglect()
	f.Replies[0].LoggedAs, f.Replies[0].Outcome = "", ""
	f.Replies[0].Enquiry, f.Replies[0].Reasons = records.EnquiryOtherMonitors, "Not substantiated"
	if got := texts(Draft(f, ref), History); !strings.Contains(got, "4 Jul 2025: section 47 enquiry: Other agency to monitor the child's welfare. Reason given: Not substantiated.") {
		t.Errorf("the history says: %s", got)
	}
	f.Replies[0].Outcome = records.StrategyOrEnquiry
	if got := texts(Draft(f, ref), History); !strings.Contains(got, "Strategy discussion and/or s47 enquiry; section 47 enquiry: Other agency") {
		t.Errorf("the history says: %s", got)
	}
}

// Having been looked after is neither an open case nor a legal status of today.
func TestHavingBeenLookedAfterIsPast(t *testing.T) {
	f, ref := neglect()
	f.Bands = []records.StatusBand{{Meta: meta("b2", "2020-01-13"), Pupil: "p1", Status: records.WasLookedAfter, From: "2020-01-13"}}
	sections := Draft(f, ref)
	if got := texts(sections, Header); strings.Contains(got, "New or open case") {
		t.Errorf("it is an open case: %s", got)
	}
	if got := texts(sections, Child); !strings.Contains(got, "Legal status: Looked after in the past, which had ended by 13 Jan 2020") {
		t.Errorf("the status is: %s", got)
	}
}
