package records

import (
	"errors"
	"testing"
)

func TestFileDue(t *testing.T) {
	cal := Calendar{Terms: append(testTerms(), Moved(testTerms())...), BankHolidays: BankHolidays(2025, 2027),
		Closures: []Span{{"INSET", "2026-01-05", "2026-01-05"}}}
	for _, c := range []struct {
		name         string
		cal          Calendar
		left, want   Date
		inSchoolDays bool
	}{
		{"in the middle of a term", cal, "2025-11-12", "2025-11-17", false},
		{"in school days", cal, "2025-11-12", "2025-11-19", true},
		{"before half-term: no new term begins", cal, "2025-10-24", "2025-10-29", false},
		{"before half-term, in school days", cal, "2025-10-24", "2025-11-07", true},
		{"at Christmas, with an INSET day after it", cal, "2025-12-19", "2026-01-12", false},
		{"on the Sunday after the term", cal, "2025-12-21", "2026-01-12", false},
		{"in summer", cal, "2026-07-21", "2026-09-08", false},
		{"on 31 August", cal, "2026-08-31", "2026-09-08", false},
		{"in summer, next terms not known", Calendar{Terms: testTerms()}, "2026-07-21", "2026-09-07", false},
		{"in term, no calendar", Calendar{}, "2025-11-12", "2025-11-17", false},
		{"not known", cal, "", "", false},
	} {
		if got := c.cal.FileDue(c.left, c.inSchoolDays); got != c.want {
			t.Errorf("%s: FileDue(%s) = %s, want %s", c.name, c.left, got, c.want)
		}
	}
}

func TestTransferCheck(t *testing.T) {
	how := TransferHows()[0]
	for _, c := range []struct {
		name  string
		p     Pupil
		field string
	}{
		{"sent and confirmed", Pupil{Transfer: Transfer{NextSchool: "Oak", Sent: "2025-02-03", How: how, Receipt: "2025-02-04"}}, ""},
		{"next school known", Pupil{Transfer: Transfer{NextSchool: "Oak"}}, ""},
		{"sent to nobody", Pupil{Transfer: Transfer{Sent: "2025-02-03", How: how}}, "transfer.next_school"},
		{"sent somehow", Pupil{Transfer: Transfer{NextSchool: "Oak", Sent: "2025-02-03"}}, "transfer.how"},
		{"sent tomorrow", Pupil{Transfer: Transfer{NextSchool: "Oak", Sent: "2025-03-04", How: how}}, "transfer.sent"},
		{"a receipt for nothing", Pupil{Transfer: Transfer{NextSchool: "Oak", Receipt: "2025-02-04"}}, "transfer.sent"},
		{"a receipt too early", Pupil{Transfer: Transfer{NextSchool: "Oak", Sent: "2025-02-03", How: how, Receipt: "2025-02-02"}}, "transfer.receipt"},
		{"sent and not needed", Pupil{Transfer: Transfer{NextSchool: "Oak", Sent: "2025-02-03", How: how, NotNeeded: "x"}}, "transfer.not_needed"},
		{"asked whom", Pupil{OldFile: OldFile{Asked: "2025-02-03"}}, "old_file.from"},
		{"came before it was asked for", Pupil{OldFile: OldFile{From: "Oak", Asked: "2025-02-03", Received: "2025-02-01"}}, "old_file.received"},
		{"came unasked", Pupil{OldFile: OldFile{From: "Oak", Received: "2025-02-01"}}, ""},
		{"came and there is none", Pupil{OldFile: OldFile{From: "Oak", Received: "2025-02-01", None: "x"}}, "old_file.none"},
		{"kept on", Pupil{Review: Review{On: "2025-02-03", Until: "2030-02-03", Why: "Inquiry"}}, ""},
		{"kept on for ever", Pupil{Review: Review{On: "2025-02-03", Why: "Inquiry"}}, "review.until"},
		{"kept on until yesterday", Pupil{Review: Review{On: "2025-02-03", Until: "2025-02-02", Why: "Inquiry"}}, "review.until"},
		{"kept on without a reason", Pupil{Review: Review{On: "2025-02-03", Until: "2030-02-03"}}, "review.why"},
	} {
		c.p.Forename, c.p.Surname = "Test", "Pupil"
		err := c.p.Check(StampOf(monday))
		var v *Invalid
		if errors.As(err, &v); (err == nil) != (c.field == "") || v != nil && (v.For(c.field) == "" || len(v.Problems) != 1) {
			t.Errorf("%s: Check() = %v, want a sentence beside %q", c.name, err, c.field)
		}
	}
}
