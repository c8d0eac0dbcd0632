package referral

import (
	"testing"

	"throughline/records"
	"throughline/referral/procedures"
)

// What runs from a reply or from a meeting keeps the date of the day on which
// it was written down: a proclaimed holiday on Wednesday 25 November 2026 comes
// later, and moves today's.
func TestDueAsItWasWhenWritten(t *testing.T) {
	p, before := load(t, Lincolnshire), records.Calendar{BankHolidays: records.BankHolidays(2026, 2027)}
	p.Clocks[procedures.ChildSeen17] = days(3)
	p.Clocks[procedures.Chase] = days(2)
	decided := func(outcome records.Outcome, change func(*records.Reply)) records.Reply {
		return reply("y1", "2026-11-24 09:00", func(y *records.Reply) {
			y.LoggedAs, y.Outcome = records.LoggedReferral, outcome
			if change != nil {
				change(y)
			}
		})
	}
	conference := func(m *records.Meeting) { m.Category = "Neglect" }
	for _, c := range []struct {
		name     string
		kind     DueKind
		reply    records.Reply
		meeting  *records.Meeting
		by, then string
	}{
		{"chase", DueChase, reply("y1", "2026-11-24 09:00", nil), nil, "2026-11-27 17:00", "2026-11-26 17:00"},
		{"what they logged", DueLogged, reply("y1", "2026-11-24 09:00", func(y *records.Reply) { y.Acknowledges = true }), nil, "2026-11-26 17:00", "2026-11-25 17:00"},
		{"view", DueView, decided("No further action", nil), nil, "2026-11-26 17:00", "2026-11-25 17:00"},
		{"feedback", DueFeedback, decided("No further action", nil), nil, "2026-11-26 17:00", "2026-11-25 17:00"},
		{"child seen", DueChildSeen, decided("Assessment required", nil), nil, "2026-11-30 17:00", "2026-11-27 17:00"},
		{"strategy", DueStrategy, decided(records.StrategyOrEnquiry, nil), nil, "2026-11-26 17:00", "2026-11-25 17:00"},
		{"conference, from the enquiry", DueConference, decided("", func(y *records.Reply) { y.Enquiry = records.EnquiryToConference }), nil, "2026-12-16 17:00", "2026-12-15 17:00"},
		{"conference, from the discussion", DueConference, reply("y1", "2026-11-25 09:00", func(y *records.Reply) { y.Enquiry = records.EnquiryToConference }),
			ptr(meeting("m1", records.StrategyDiscussion, "2026-11-24", nil)), "2026-12-16 17:00", "2026-12-15 17:00"},
		{"core group", DueCoreGroup, reply("y1", "2026-11-24 09:00", nil), ptr(meeting("m1", records.InitialConference, "2026-11-24", conference)), "2026-12-09 17:00", "2026-12-08 17:00"},
		{"view of a conference", DueView, reply("y1", "2026-11-24 09:00", nil), ptr(meeting("m1", records.InitialConference, "2026-11-24", conference)), "2026-11-26 17:00", "2026-11-25 17:00"},
		{"report", DueReport, reply("y1", "2026-11-19 09:00", nil), ptr(meeting("m1", records.InitialConference, "2026-11-27", called)), "2026-11-24 17:00", "2026-11-25 17:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			y := c.reply
			KeepReplyDue(records.Reply{}, &y, p, before)
			r := assessment()
			r.SentAt = at("2026-11-19 10:00")
			if c.kind == DueReport {
				y.At = at("2026-11-20 09:00")
			}
			f := &records.File{Replies: []records.Reply{y}, Calendar: before}
			if c.meeting != nil {
				m := *c.meeting
				KeepMeetingDue(records.Meeting{}, &m, p, before)
				f.Meetings = []records.Meeting{m}
			}
			now := at("2026-11-24 18:00")
			if d := find(t, StateIn(f, r, p, now), c.kind); d.By != at(c.then) || d.Then != "" {
				t.Errorf("by the calendar of the day: by %s, then %s, want by %s", d.By, d.Then, at(c.then))
			}
			f.Calendar = school()
			if d := find(t, StateIn(f, r, p, now), c.kind); d.By != at(c.by) || d.Then != at(c.then) {
				t.Errorf("by another: by %s, then %s, want by %s, then %s", d.By, d.Then, at(c.by), at(c.then))
			}
		})
	}
}

// The first review is counted in months; a local clock in working days shows
// that it is kept as well.
func TestReviewsAreKept(t *testing.T) {
	p, before := load(t, Lincolnshire), records.Calendar{BankHolidays: records.BankHolidays(2026, 2027)}
	p.Clocks[procedures.FirstReview], p.Clocks[procedures.LaterReview] = days(5), days(10)
	for sort, want := range map[records.MeetingKind]string{records.InitialConference: "2026-12-01 17:00", records.ReviewConference: "2026-12-08 17:00"} {
		m := meeting("m1", sort, "2026-11-24", plan)
		KeepMeetingDue(records.Meeting{}, &m, p, before)
		f := &records.File{Meetings: []records.Meeting{m}, Calendar: school()}
		if d := find(t, StateIn(f, assessment(), p, at("2026-11-24 18:00")), DueReview); d.Then != at(want) || d.By == d.Then {
			t.Errorf("%s: by %s, then %s, want then %s", sort, d.By, d.Then, at(want))
		}
	}
}

// A correction keeps what was kept for the same instant, and counts anew from
// another.
func TestCorrectionKeepsWhatWasDue(t *testing.T) {
	p, before := load(t, Lincolnshire), records.Calendar{BankHolidays: records.BankHolidays(2026, 2027)}
	y := reply("y1", "2026-11-24 09:00", func(y *records.Reply) { y.Outcome = "No further action" })
	KeepReplyDue(records.Reply{}, &y, p, before)
	first := y.DueThen[procedures.Feedback]
	same := y
	same.Reasons = "Below the threshold."
	KeepReplyDue(y, &same, p, school())
	if got := same.DueThen[procedures.Feedback]; got != first || first != at("2026-11-25 17:00") {
		t.Errorf("its words were corrected, and it is due %s, want %s", got, first)
	}
	moved := y
	moved.At = at("2026-11-23 09:00")
	KeepReplyDue(y, &moved, p, school())
	if got := moved.DueThen[procedures.Feedback]; got != at("2026-11-24 17:00") {
		t.Errorf("its day was corrected, and it is due %s", got)
	}
	undone := y
	undone.Outcome = ""
	KeepReplyDue(y, &undone, p, school())
	if got := undone.DueThen[procedures.Feedback]; got != "" {
		t.Errorf("it decides nothing any more, and feedback is due %s", got)
	}
}

func ptr[T any](v T) *T { return &v }
