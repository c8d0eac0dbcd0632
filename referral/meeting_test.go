package referral

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"throughline/records"
	"throughline/referral/procedures"
)

func meeting(id string, sort records.MeetingKind, on records.Date, change func(*records.Meeting)) records.Meeting {
	m := records.Meeting{Meta: records.Meta{ID: records.ID(id), Version: 1, CreatedAt: at("2026-11-03 12:00")}, Pupil: "p1", Referral: "r1", Sort: sort, On: on, Held: records.Yes, Decided: "x"}
	if change != nil {
		change(&m)
	}
	return m
}

// plan is a conference that made a plan, of which everything of ours is done.
func plan(m *records.Meeting) {
	m.Category, m.View = "Neglect", records.Agree
}

func called(m *records.Meeting) { m.Held, m.Decided = records.NotKnown, "" }

func cancelled(m *records.Meeting) {
	m.Held, m.Decided, m.NotHeldWhy = records.No, "", "No social worker was free."
}

// enquired is a reply that decides on a strategy discussion, on Wednesday 4
// November 2026 at 09:30, and one with the outcome of the enquiry a week later.
func enquired(outcome records.Outcome) []records.Reply {
	all := []records.Reply{reply("y1", "2026-11-04 09:30", func(y *records.Reply) {
		y.LoggedAs, y.Outcome, y.View, y.InWriting = records.LoggedReferral, records.StrategyOrEnquiry, records.Agree, records.Yes
		y.ChildSeen = "2026-11-04"
	})}
	if outcome != "" {
		all = append(all, reply("y2", "2026-11-11 10:00", func(y *records.Reply) {
			y.Enquiry, y.View, y.InWriting, y.Assessed = outcome, records.Agree, records.Yes, "2026-11-10"
		}))
	}
	return all
}

func TestClocksOfMeetings(t *testing.T) {
	strategy := meeting("m1", records.StrategyDiscussion, "2026-11-05", nil)
	conference := meeting("m2", records.InitialConference, "2026-11-24", plan)
	core := meeting("m3", records.CoreGroup, "2026-12-03", nil)
	review := meeting("m4", records.ReviewConference, "2027-02-10", plan)
	for _, c := range []struct {
		name     string
		replies  []records.Reply
		meetings []records.Meeting
		now      string
		due      string
		kind     DueKind
		by       string // of kind; empty for no limit
	}{
		{"strategy decided", enquired(""), nil, "2026-11-04 10:00", "strategy assessment", DueStrategy, "2026-11-05 17:00"},
		{"strategy never written down", enquired(""), nil, "2026-11-09 10:00", "strategy* assessment", DueStrategy, "2026-11-05 17:00"},
		{"strategy held", enquired(""), []records.Meeting{strategy}, "2026-11-09 10:00", "assessment", DueAssessment, "2027-01-11 17:00"},
		{"strategy called in time", enquired(""), []records.Meeting{meeting("m1", records.StrategyDiscussion, "2026-11-05", called)}, "2026-11-04 12:00", "held assessment", DueHeld, "2026-11-05 17:00"},
		{"strategy called too late", enquired(""), []records.Meeting{meeting("m1", records.StrategyDiscussion, "2026-11-09", called)}, "2026-11-04 12:00", "strategy held assessment", DueStrategy, "2026-11-05 17:00"},
		{"strategy cancelled", enquired(""), []records.Meeting{meeting("m1", records.StrategyDiscussion, "2026-11-05", cancelled)}, "2026-11-06 12:00", "strategy* assessment", DueStrategy, "2026-11-05 17:00"},
		{"strategy cancelled and accepted", enquired(""), []records.Meeting{meeting("m1", records.StrategyDiscussion, "2026-11-05", func(m *records.Meeting) {
			cancelled(m)
			m.View, m.ViewWhy = records.AcceptAnAltern, "Held by telephone."
		})}, "2026-11-06 12:00", "assessment", DueAssessment, "2027-01-11 17:00"},
		{"conference, from the strategy discussion", enquired(records.EnquiryToConference), []records.Meeting{strategy}, "2026-11-11 12:00", "conference", DueConference, "2026-11-27 17:00"},
		{"conference, strategy not known", enquired(records.EnquiryToConference), nil, "2026-11-11 12:00", "conference", DueConference, "2026-12-03 17:00"},
		{"conference, never recorded", enquired(records.EnquiryToConference), []records.Meeting{strategy}, "2026-12-01 12:00", "conference*", DueConference, "2026-11-27 17:00"},
		{"conference called", enquired(records.EnquiryToConference), []records.Meeting{strategy, meeting("m2", records.InitialConference, "2026-11-24", called)}, "2026-11-11 12:00", "report held", DueReport, "2026-11-20 17:00"},
		{"conference called, report late", enquired(records.EnquiryToConference), []records.Meeting{strategy, meeting("m2", records.InitialConference, "2026-11-24", called)}, "2026-11-23 12:00", "report* held", DueReport, "2026-11-20 17:00"},
		{"conference called, report shared", enquired(records.EnquiryToConference), []records.Meeting{strategy, meeting("m2", records.InitialConference, "2026-11-24", func(m *records.Meeting) {
			called(m)
			m.Report, m.Shared = "2026-11-18", "2026-11-17"
		})}, "2026-11-20 12:00", "held", DueHeld, "2026-11-24 17:00"},
		{"conference gone by", enquired(records.EnquiryToConference), []records.Meeting{strategy, meeting("m2", records.InitialConference, "2026-11-24", called)}, "2026-11-26 12:00", "held*", DueHeld, "2026-11-24 17:00"},
		{"conference held, no plan", enquired(records.EnquiryToConference), []records.Meeting{strategy, meeting("m2", records.InitialConference, "2026-11-24", func(m *records.Meeting) { m.Category, m.View = records.NoPlan, records.Agree })}, "2026-11-26 12:00", "", "", ""},
		{"conference held, plan", enquired(records.EnquiryToConference), []records.Meeting{strategy, conference}, "2026-11-26 12:00", "core_group review", DueCoreGroup, "2026-12-09 17:00"},
		{"conference held, disagreed", enquired(records.EnquiryToConference), []records.Meeting{strategy, meeting("m2", records.InitialConference, "2026-11-24", func(m *records.Meeting) {
			m.Category, m.View, m.ViewWhy = records.NoPlan, records.DisagreeWithCSC, "The house is as it was."
		})}, "2026-11-24 12:00", "dissent", DueDissent, "2026-11-26 17:00"},
		{"conference held, disagreed and in the minutes", enquired(records.EnquiryToConference), []records.Meeting{strategy, meeting("m2", records.InitialConference, "2026-11-24", func(m *records.Meeting) {
			m.Category, m.View, m.ViewWhy, m.Dissent = records.NoPlan, records.DisagreeWithCSC, "The house is as it was.", "Page 4."
		})}, "2026-11-24 12:00", "", "", ""},
		{"conference held, no view", enquired(records.EnquiryToConference), []records.Meeting{strategy, meeting("m2", records.InitialConference, "2026-11-24", func(m *records.Meeting) { m.Category = records.NoPlan })}, "2026-11-24 12:00", "view", DueView, "2026-11-26 17:00"},
		{"conference held, assessment not finished", enquired(""), []records.Meeting{strategy, meeting("m2", records.InitialConference, "2026-11-24", func(m *records.Meeting) { m.Category, m.View = records.NoPlan, records.Agree })}, "2026-11-24 12:00", "", "", ""},
		{"core group never recorded", enquired(records.EnquiryToConference), []records.Meeting{strategy, conference}, "2026-12-10 12:00", "core_group* review", DueReview, "2027-02-24 17:00"},
		{"core group held", enquired(records.EnquiryToConference), []records.Meeting{strategy, conference, core}, "2026-12-10 12:00", "review", DueReview, "2027-02-24 17:00"},
		{"review held", enquired(records.EnquiryToConference), []records.Meeting{strategy, conference, core, review}, "2027-02-11 12:00", "review", DueReview, "2027-08-10 17:00"},
		{"next core group as said there", enquired(records.EnquiryToConference), []records.Meeting{strategy, conference, meeting("m3", records.CoreGroup, "2026-12-03", func(m *records.Meeting) { m.Next = "2027-01-14" })}, "2026-12-10 12:00", "held review", DueHeld, "2027-01-14 17:00"},
		{"next core group held", enquired(records.EnquiryToConference), []records.Meeting{strategy, conference, meeting("m3", records.CoreGroup, "2026-12-03", func(m *records.Meeting) { m.Next = "2027-01-14" }),
			meeting("m5", records.CoreGroup, "2027-01-14", nil)}, "2027-01-15 12:00", "review", DueReview, "2027-02-24 17:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := &records.File{Replies: c.replies, Meetings: c.meetings, Calendar: school()}
			s := StateIn(f, assessment(), load(t, Lincolnshire), at(c.now))
			if kinds(s.Due) != c.due {
				t.Fatalf("due is [%s], want [%s]", kinds(s.Due), c.due)
			}
			if c.kind == "" {
				if s.Stage != Closed {
					t.Errorf("nothing is due, but it is %s", s.Stage)
				}
				return
			}
			if d := find(t, s, c.kind); d.By != at(c.by) {
				t.Errorf("%s is due by %s, want %s", c.kind, d.By, at(c.by))
			}
		})
	}
}

// Section 47 was asked for, and nobody says whether there was a strategy
// discussion: until a working day has passed, the clock of the decision is
// enough.
func TestStrategyAskedForAndNotConvened(t *testing.T) {
	p := load(t, Lincolnshire)
	for now, want := range map[string]bool{"2026-11-09 16:59": false, "2026-11-09 17:01": true} {
		s := stateOf(emergency(), nil, nil, nil, p, school(), at(now))
		if got := strings.Contains(kinds(s.Due), string(DueStrategy)); got != want {
			t.Errorf("at %s: raised %v, want %v", now, got, want)
		}
	}
	s := stateOf(emergency(), nil, nil, nil, p, school(), at("2026-11-10 09:00"))
	d := find(t, s, DueStrategy)
	if say := s.Say(d); !strings.Contains(d.What, "who decided that and why") || !strings.Contains(say, "who decided that, and why?") || !d.ToCheck || strings.Contains(d.Rule, "checked") {
		t.Errorf("what %q, say %q, rule %q", d.What, say, d.Rule)
	}
	agreed := reply("y1", "2026-11-09 09:00", func(y *records.Reply) {
		y.LoggedAs, y.Outcome, y.View = records.LoggedReferral, "Assessment required", records.Agree
	})
	if s = stateOf(emergency(), []records.Reply{agreed}, nil, nil, p, school(), at("2026-11-12 09:00")); strings.Contains(kinds(s.Due), "strategy") {
		t.Error("an assessment was accepted with open eyes, but a strategy discussion is still asked for")
	}
	c := records.Challenge{Meta: records.Meta{ID: "c1"}, Referral: "r1", Sort: records.OfConvening, Ladder: p.Steps()}
	if s = stateOf(emergency(), nil, []records.Challenge{c}, nil, p, school(), at("2026-11-12 09:00")); strings.Contains(kinds(s.Due), "strategy") {
		t.Error("it is challenged and asked for at the same time")
	}
	c.Sort = records.OfConduct
	if s = stateOf(emergency(), nil, []records.Challenge{c}, nil, p, school(), at("2026-11-12 09:00")); !strings.Contains(kinds(s.Due), "strategy") || s.Stage == Challenged {
		t.Errorf("a complaint about conduct settled the strategy discussion: %s, %s", s.Stage, kinds(s.Due))
	}
}

// A status that began since shows that they met and assessed, whoever wrote it
// down; an older one, and early help, show nothing.
func TestStatusThatFollowed(t *testing.T) {
	for _, c := range []struct {
		status records.StatusKind
		from   records.Date
		due    string
	}{
		{records.ChildInNeed, "2026-11-20", "conference*"},
		{records.ChildProtect, "2026-11-20", ""},
		{records.ChildInNeed, "2026-10-20", "conference* strategy assessment"},
		{records.EarlyHelp, "2026-11-20", "conference* strategy assessment"},
	} {
		f := &records.File{Calendar: school(), Replies: enquired(records.EnquiryToConference), Bands: []records.StatusBand{{Status: c.status, From: c.from}}}
		got := kinds(StateIn(f, assessment(), load(t, Lincolnshire), at("2027-01-05 10:00")).Due)
		f.Replies = enquired("")
		if also := kinds(StateIn(f, assessment(), load(t, Lincolnshire), at("2026-11-04 10:00")).Due); also != "" {
			got = strings.TrimSpace(got + " " + also)
		}
		if got != c.due {
			t.Errorf("%s from %s: due [%s], want [%s]", c.status, c.from, got, c.due)
		}
	}
}

func TestAskedToWatch(t *testing.T) {
	p := load(t, Lincolnshire)
	f := &records.File{Pupil: records.Pupil{Meta: records.Meta{ID: "p1"}}, Referrals: []records.Referral{assessment()}, Calendar: school(),
		Replies: enquired(records.EnquiryOtherMonitors)}
	now := at("2026-11-16 10:00")
	due := func() string {
		for _, i := range Items(f, p, now) {
			if i.Referral == DueWatch {
				return string(i.Urgency.String()) + ": " + i.Sentence
			}
		}
		return ""
	}
	if got := due(); !strings.HasPrefix(got, "Overdue: ") || !strings.Contains(got, "Is it the school?") {
		t.Errorf("nobody has said who watches: %q", got)
	}
	f.Replies[1].WeWatch = records.No
	if got := due(); got != "" {
		t.Errorf("another agency watches: %q", got)
	}
	f.Replies[1].WeWatch = records.Yes
	if got := due(); !strings.Contains(got, "They asked us to watch. That needs a plan") {
		t.Errorf("we watch, without a plan: %q", got)
	}
	f.Monitorings = []records.Monitoring{{Meta: records.Meta{ID: "w1"}, What: "lunch", Until: "2026-12-11", NextSteps: "x"}}
	if got := due(); got == "" {
		t.Error("a plan that answers something else settles it")
	}
	f.Monitorings[0].Reply = "y2"
	if got := due(); got != "" {
		t.Errorf("there is a plan: %q", got)
	}
}

// A letter on the strategy discussion that comes after the enquiry does not
// undo what the enquiry found.
func TestLateLetter(t *testing.T) {
	letter := reply("y3", "2026-11-13 09:00", func(y *records.Reply) { y.Outcome, y.InWriting = records.StrategyOrEnquiry, records.Yes })
	s := stateOf(assessment(), append(enquired(records.EnquiryToConference), letter), nil, nil, load(t, Lincolnshire), school(), at("2026-11-16 10:00"))
	if s.Decision.ID != "y2" || s.View != records.Agree {
		t.Errorf("the decision is %s, our view %q", s.Decision.ID, s.View)
	}
}

// What follows from a meeting is due without a referral too: another school's,
// or one from before this record began.
func TestMeetingsWithoutReferral(t *testing.T) {
	conference := meeting("m1", records.InitialConference, "2026-11-05", plan)
	conference.Referral = ""
	f := &records.File{Meetings: []records.Meeting{conference}, Calendar: school()}
	var got []string
	for _, i := range Items(f, load(t, Lincolnshire), at("2026-11-24 10:00")) {
		got = append(got, fmt.Sprintf("%s %s %s %q", i.Urgency, i.Referral, i.Ref.ID, i.Say))
	}
	if want := `Overdue core_group m1 "", Later review m1 ""`; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
}

func TestImpactIsDue(t *testing.T) {
	f := &records.File{Calendar: school(), Impacts: []records.Impact{
		{Meta: records.Meta{ID: "i1", Version: 1}, Of: "r1", Measure: "mornings in school of 20", Start: "2026-10-01", Before: "11", Review: "2026-11-06"},
		{Meta: records.Meta{ID: "i2", Version: 1}, Of: "r1", Measure: "x", Start: "2026-10-01", Before: "1", Review: "2026-10-20", Looked: "2026-10-20", After: "1", Change: records.ChangeSame},
	}}
	items := Items(f, nil, at("2026-11-05 10:00"))
	if len(items) != 1 || items[0].Ref != (records.Ref{Kind: records.KindImpact, ID: "i1", Version: 1}) || items[0].Urgency != Soon ||
		!strings.Contains(items[0].Sentence, "“mornings in school of 20”") || !strings.Contains(items[0].Sentence, "“11”") {
		t.Errorf("%+v", items)
	}
}

// The calendar changes after a referral has gone: today's dates count, and the
// dates of that day are said beside them.
func TestDueAsItWasWhenSent(t *testing.T) {
	p := load(t, Lincolnshire)
	r := assessment()
	r.SentAt = at("2026-11-24 10:00")
	before := records.Calendar{BankHolidays: records.BankHolidays(2026, 2027)}
	KeepDue(records.Referral{}, &r, p, before)
	f := &records.File{Calendar: before}
	now := at("2026-11-24 12:00")
	if d := find(t, StateIn(f, r, p, now), DueAcknowledge); d.By != at("2026-11-25 17:00") || d.Then != "" {
		t.Errorf("the same calendar: by %s, then %s", d.By, d.Then)
	}
	f.Calendar = school() // with the proclaimed holiday of Wednesday
	d := find(t, StateIn(f, r, p, now), DueAcknowledge)
	if d.By != at("2026-11-26 17:00") || d.Then != at("2026-11-25 17:00") {
		t.Errorf("another calendar: by %s, then %s", d.By, d.Then)
	}
	if d = find(t, StateIn(f, r, p, now), DueDecision); d.Then != "" {
		t.Errorf("24 clock hours do not depend on the calendar, but then is %s", d.Then)
	}

	f.Replies = []records.Reply{reply("y1", "2026-11-24 11:00", func(y *records.Reply) { y.Acknowledges = true })}
	if d = find(t, StateIn(f, r, p, now), DueLogged); d.Then != "" {
		t.Errorf("what runs from their answer was not kept when it was sent, but then is %s", d.Then)
	}
	f.Replies = nil

	again := r
	KeepDue(r, &again, p, school())
	if !reflect.DeepEqual(again.DueThen, r.DueThen) {
		t.Errorf("kept once more it became %v", again.DueThen)
	}
	moved := r
	moved.SentAt = at("2026-11-23 10:00")
	KeepDue(r, &moved, p, school())
	if got := moved.DueThen[procedures.Acknowledgement]; got != at("2026-11-24 17:00") {
		t.Errorf("sent on another day, it is due %s", got)
	}
	if d = find(t, StateIn(f, moved, p, now), DueAcknowledge); d.Then != "" {
		t.Errorf("then is %s", d.Then)
	}
}

func TestItemsOfAMismatch(t *testing.T) {
	items := Items(file(), load(t, Lincolnshire), at("2026-11-05 10:20"))
	if i := items[0]; i.Referral != DueMismatch || i.Case != "r1" || i.Say == "" ||
		!strings.HasPrefix(i.Climb, "If they will not, challenge it: professional who decided (2 working days), then manager (5 working days)") {
		t.Errorf("beside the mismatch stands %q", i.Climb)
	}
	f := file()
	f.Replies = nil
	for _, i := range Items(f, load(t, Lincolnshire), at("2026-11-05 10:20")) {
		if i.Referral == DueAcknowledge && i.Waiting == "Not confirmed for 2 working days" {
			return
		}
	}
	t.Error("how long it is not confirmed is not said")
}

func TestAgeInWords(t *testing.T) {
	for want, a := range map[string]*Age{
		"": nil, "Not confirmed yet": {}, "Not confirmed for 1 hour": {Hours: 1}, "Not confirmed for 20 hours": {Hours: 20},
		"Not confirmed for 1 working day": {Hours: 20, WorkingDays: 1}, "Not confirmed for 4 working days": {Hours: 100, WorkingDays: 4},
	} {
		if got := a.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
