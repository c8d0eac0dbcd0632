package referral

import (
	"slices"
	"strings"
	"testing"
	"time"

	"throughline/records"
	"throughline/referral/procedures"
)

// stateOf is StateIn of a file that holds nothing else.
func stateOf(r records.Referral, replies []records.Reply, challenges []records.Challenge, rungs []records.Rung, p *procedures.Procedures, cal records.Calendar, now records.Stamp) State {
	return StateIn(&records.File{Replies: replies, Challenges: challenges, Rungs: rungs, Calendar: cal}, r, p, now)
}

func load(t testing.TB, name string) *procedures.Procedures {
	t.Helper()
	p, err := procedures.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// assessment is a referral for an assessment, sent on Tuesday 3 November 2026.
func assessment() records.Referral {
	return records.Referral{
		Meta: records.Meta{ID: "r1", Version: 1}, Pupil: "p1", Level: records.Section17, LevelReason: "Early help did not hold.",
		Response: records.Assessment, ResponseWhy: "No danger today.", ParentsTold: records.Yes, ParentsWhen: "2026-11-02",
		ParentsWho: "Mother, by the DSL, by telephone", ParentsSaid: "She agrees.", Consent: "given",
		DecidedAt: at("2026-11-03 09:00"), DecidedBy: "A. Lead",
		SentAt: at("2026-11-03 10:15"), SentTo: "the front door", Reference: "F-123",
	}
}

// emergency is a referral for an immediate response, telephoned on Friday 6
// November 2026 at 16:55 and not yet in writing.
func emergency() records.Referral {
	r := assessment()
	r.Level, r.Response = records.Section47, records.Immediate
	r.PhonedAt, r.PhonedTo, r.PhonedSaid = at("2026-11-06 16:55"), "N. Worker, duty", "They will ring back."
	r.SentAt, r.SentTo, r.Reference = "", "", ""
	return r
}

func reply(id, when string, change func(*records.Reply)) records.Reply {
	y := records.Reply{Meta: records.Meta{ID: records.ID(id), Version: 1}, Pupil: "p1", Referral: "r1", At: at(when), From: "N. Worker, duty"}
	if change != nil {
		change(&y)
	}
	return y
}

func kinds(due []Due) string {
	var k []string
	for _, d := range due {
		s := string(d.Kind)
		if d.AtOnce {
			s += "!"
		}
		if d.Overdue {
			s += "*"
		}
		k = append(k, s)
	}
	return strings.Join(k, " ")
}

func find(t *testing.T, s State, kind DueKind) Due {
	t.Helper()
	for _, d := range s.Due {
		if d.Kind == kind {
			return d
		}
	}
	t.Fatalf("%s is not due, only: %s", kind, kinds(s.Due))
	return Due{}
}

func TestStages(t *testing.T) {
	acknowledged := reply("y1", "2026-11-04 09:00", func(y *records.Reply) { y.Acknowledges, y.LoggedAs = true, records.LoggedReferral })
	decided := reply("y2", "2026-11-04 09:30", func(y *records.Reply) { y.Outcome, y.Reasons = "No further action", "Threshold." })
	disagree := decided
	disagree.View, disagree.ViewWhy = records.DisagreeWithCSC, "The pattern was not read."
	agreed := decided
	agreed.View, agreed.InWriting = records.Agree, records.Yes
	open := records.Challenge{Meta: records.Meta{ID: "c1", Version: 1, CreatedAt: at("2026-11-04 12:00")}, Referral: "r1", Ladder: load(t, "lincolnshire").Steps()}
	resolved := open
	resolved.ResolvedOn, resolved.Resolved = "2026-11-10", "Re-opened."

	for _, c := range []struct {
		name       string
		change     func(*records.Referral)
		replies    []records.Reply
		challenges []records.Challenge
		now        string
		stage      Stage
		due        string
	}{
		{"draft without decisions", func(r *records.Referral) { *r = records.Referral{Meta: r.Meta} }, nil, nil, "2026-11-03 11:00", Draft, ""},
		{"draft with decisions", func(r *records.Referral) { r.SentAt = "" }, nil, nil, "2026-11-03 11:00", Draft, "send"},
		{"draft with immediate risk", func(r *records.Referral) { *r = emergency(); r.PhonedAt = "" }, nil, nil, "2026-11-06 17:00", Draft, "phone!"},
		{"decided not to refer", func(r *records.Referral) { r.SentAt, r.NotReferred = "", "Early help meets it." }, nil, nil, "2026-11-20 11:00", NotReferred, ""},
		{"advice by telephone, then decided not to refer", func(r *records.Referral) {
			*r = emergency()
			r.Level, r.Response, r.NotReferred = records.Targeted, "", "x"
		}, nil, nil, "2026-11-20 11:00", NotReferred, ""},
		{"immediate risk by telephone, told there is no need", func(r *records.Referral) { *r = emergency(); r.NotReferred = "They said there is no need." }, nil, nil, "2026-11-06 17:00", Phoned, "child_seen written decision chase acknowledge"},
		{"telephoned", func(r *records.Referral) { *r = emergency() }, nil, nil, "2026-11-06 17:00", Phoned, "child_seen written decision chase acknowledge"},
		{"telephoned, written confirmation late", func(r *records.Referral) { *r = emergency() }, nil, nil, "2026-11-08 09:00", Phoned, "child_seen* written* decision* chase* acknowledge"},
		{"sent", nil, nil, nil, "2026-11-03 11:00", Sent, "decision chase acknowledge"},
		{"sent, no word", nil, nil, nil, "2026-11-06 11:00", Sent, "decision* chase* acknowledge*"},
		{"acknowledged", nil, []records.Reply{acknowledged}, nil, "2026-11-04 09:10", Acknowledged, "decision chase"},
		{"acknowledged, not said as what", nil, []records.Reply{reply("y1", "2026-11-04 09:00", func(y *records.Reply) { y.Acknowledges = true })}, nil, "2026-11-04 09:10", Acknowledged, "decision chase logged"},
		{"only chased", nil, []records.Reply{reply("y1", "2026-11-05 09:00", func(y *records.Reply) { y.Chased = true })}, nil, "2026-11-05 09:10", Sent, "decision* acknowledge* chase"},
		{"decided, no view", nil, []records.Reply{acknowledged, decided}, nil, "2026-11-04 10:00", Decided, "view feedback"},
		{"agreed, in writing", nil, []records.Reply{acknowledged, agreed}, nil, "2026-11-20 10:00", Closed, ""},
		{"disagreed", nil, []records.Reply{acknowledged, disagree}, nil, "2026-11-06 10:00", Decided, "challenge* feedback*"},
		{"challenged", nil, []records.Reply{acknowledged, disagree}, []records.Challenge{open}, "2026-11-05 10:00", Challenged, "challenge feedback"},
		{"challenge resolved", nil, []records.Reply{acknowledged, disagree}, []records.Challenge{resolved}, "2026-11-12 10:00", Decided, "feedback*"},
		{"assessment required", nil, []records.Reply{acknowledged, reply("y2", "2026-11-04 09:30", func(y *records.Reply) {
			y.Outcome, y.View, y.InWriting = "Assessment required", records.Agree, records.Yes
		})}, nil, "2026-11-12 10:00", Decided, "child_seen* assessment"},
		{"another referral's reply", nil, []records.Reply{reply("y1", "2026-11-04 09:00", func(y *records.Reply) { y.Referral, y.Acknowledges = "r2", true })}, nil, "2026-11-03 11:00", Sent, "decision chase acknowledge"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := assessment()
			if c.change != nil {
				c.change(&r)
			}
			s := stateOf(r, c.replies, c.challenges, nil, load(t, "lincolnshire"), school(), at(c.now))
			if s.Stage != c.stage || kinds(s.Due) != c.due {
				t.Errorf("got %s [%s], want %s [%s]", s.Stage, kinds(s.Due), c.stage, c.due)
			}
			if s.Stage.String() == "" || s.Next.What == "" || s.Asked == "" {
				t.Errorf("something is not in words: %q %q %q", s.Stage, s.Next.What, s.Asked)
			}
		})
	}
}

func TestClocksOfAnEmergency(t *testing.T) {
	s := stateOf(emergency(), nil, nil, nil, load(t, "lincolnshire"), school(), at("2026-11-07 18:00"))
	for kind, want := range map[DueKind]string{
		DueWritten:     "2026-11-07 16:55",
		DueChildSeen:   "2026-11-07 16:55",
		DueDecision:    "2026-11-07 16:55",
		DueAcknowledge: "2026-11-09 17:00",
	} {
		d := find(t, s, kind)
		if d.By != at(want) || d.Overdue != (d.By < at("2026-11-07 18:00")) || d.Since != at("2026-11-06 16:55") {
			t.Errorf("%s: since %s by %s overdue %v, want by %s", kind, d.Since, d.By, d.Overdue, at(want))
		}
	}
	if d := find(t, s, DueWritten); d.Rule != "24 clock hours, local practice" || d.Late(school(), at("2026-11-07 18:00")) != "1 hour late" {
		t.Errorf("written: rule %q, %q", d.Rule, d.Late(school(), at("2026-11-07 18:00")))
	}
	if s.Unconfirmed == nil || s.Unconfirmed.Hours != 25 || s.Unconfirmed.WorkingDays != 0 {
		t.Errorf("unconfirmed for %+v, want 25 hours and 0 working days", s.Unconfirmed)
	}
}

// Lateness is said in the unit of the limit that ran out.
func TestLatenessIsInTheUnitOfItsLimit(t *testing.T) {
	friday := at("2026-11-06 17:00")
	for _, c := range []struct {
		unit      procedures.Unit
		now, want string
	}{
		{procedures.WorkingDays, "2026-11-06 20:00", "late since " + friday.String()},
		{procedures.WorkingDays, "2026-11-08 20:00", "late since " + friday.String()},
		{procedures.WorkingDays, "2026-11-09 08:00", "1 working day late"},
		{procedures.WorkingDays, "2026-11-16 18:00", "6 working days late"},
		{"", "2026-11-10 18:00", "2 working days late"},
		{procedures.ClockHours, "2026-11-06 17:30", "just late"},
		{procedures.ClockHours, "2026-11-06 18:30", "1 hour late"},
		{procedures.ClockHours, "2026-11-08 16:00", "47 hours late"},
		{procedures.ClockHours, "2026-11-11 18:00", "5 days late"},
		{procedures.Months, "2026-11-11 18:00", "5 days late"},
	} {
		d := Due{By: friday, Overdue: true, unit: c.unit}
		if got := d.Late(school(), at(c.now)); got != c.want {
			t.Errorf("what was due on Friday by %q is %q at %s, want %q", c.unit, got, c.now, c.want)
		}
	}
	s := stateOf(emergency(), nil, nil, nil, load(t, "lincolnshire"), school(), at("2026-11-11 18:00"))
	if got := find(t, s, DueWritten).Late(school(), s.now); got != "4 days late" {
		t.Errorf("by 24 clock hours the writing is %q", got)
	}
	if got := find(t, s, DueAcknowledge).Late(school(), s.now); got != "2 working days late" {
		t.Errorf("by 1 working day the answer is %q", got)
	}
}

// A call for advice days before a written request does not start its clocks.
func TestAdviceBeforeWriting(t *testing.T) {
	r := assessment()
	r.PhonedAt = at("2026-10-30 12:00")
	if got := Begins(r); got != r.SentAt {
		t.Errorf("begins %s, want %s", got, r.SentAt)
	}
	r.Response = records.Immediate
	if got := Begins(r); got != r.PhonedAt {
		t.Errorf("immediate: begins %s, want %s", got, r.PhonedAt)
	}
}

func TestMismatch(t *testing.T) {
	p, cal, now := load(t, "lincolnshire"), school(), at("2026-11-05 10:00")
	contact := reply("y1", "2026-11-04 09:00", func(y *records.Reply) { y.LoggedAs = records.LoggedContact })
	s := stateOf(assessment(), []records.Reply{contact}, nil, nil, p, cal, now)
	if !s.Mismatch || s.LoggedBy != "N. Worker, duty" || s.LoggedAt != contact.At || s.Unconfirmed != nil {
		t.Fatalf("mismatch %v, by %q at %s, unconfirmed %v", s.Mismatch, s.LoggedBy, s.LoggedAt, s.Unconfirmed)
	}
	if s.Due[0].Kind != DueMismatch || s.Next.Due.Kind != DueMismatch {
		t.Errorf("the mismatch does not come first: %s", kinds(s.Due))
	}
	for _, want := range []string{"our referral of 3 Nov 2026", "F-123", "section 17", "N. Worker", "record it as a referral"} {
		if !strings.Contains(s.Next.Say, want) {
			t.Errorf("%q does not say %q", s.Next.Say, want)
		}
	}

	corrected := reply("y2", "2026-11-04 15:00", func(y *records.Reply) { y.LoggedAs = records.LoggedReferral })
	if s = stateOf(assessment(), []records.Reply{corrected, contact}, nil, nil, p, cal, now); s.Mismatch {
		t.Error("a later word that it is a referral did not settle the mismatch")
	}
	acting := reply("y2", "2026-11-04 15:00", func(y *records.Reply) { y.Outcome = "Assessment required" })
	if s = stateOf(assessment(), []records.Reply{acting, contact}, nil, nil, p, cal, now); s.Mismatch {
		t.Error("they assess, which is what was asked for, but it counts as a mismatch")
	}
	for _, view := range []records.View{records.Agree, records.AcceptAnAltern, records.DisagreeWithCSC, records.ViewNone} {
		decided := reply("y2", "2026-11-04 15:00", func(y *records.Reply) { y.Outcome, y.View = "Early help referral", view })
		s = stateOf(assessment(), []records.Reply{decided, contact}, nil, nil, p, cal, now)
		settled := view == records.Agree || view == records.AcceptAnAltern
		if raised := strings.Contains(kinds(s.Due), string(DueMismatch)); raised == settled || !s.Mismatch {
			t.Errorf("view %q: raised %v, mismatch %v", view, raised, s.Mismatch)
		}
	}
	help := assessment()
	help.Level, help.Response = records.Targeted, ""
	if s = stateOf(help, []records.Reply{contact}, nil, nil, p, cal, now); s.Mismatch {
		t.Error("a request for early help logged as a contact is no mismatch")
	}
}

func TestDueAtItsInstantIsNotLate(t *testing.T) {
	for now, want := range map[string]bool{"2026-11-04 10:15": false, "2026-11-04 10:16": true} {
		s := stateOf(assessment(), nil, nil, nil, load(t, Lincolnshire), school(), at(now))
		if d := find(t, s, DueDecision); d.Overdue != want {
			t.Errorf("at %s overdue is %v", now, d.Overdue)
		}
		if say := s.Say(find(t, s, DueChase)); strings.Contains(say, "was due by") != want {
			t.Errorf("at %s we say %q", now, say)
		}
	}
}

func TestChildSeen(t *testing.T) {
	seen := func(day records.Date) State {
		y := reply("y1", "2026-11-07 12:00", func(y *records.Reply) { y.ChildSeen = day })
		return stateOf(emergency(), []records.Reply{y}, nil, nil, load(t, Lincolnshire), school(), at("2026-11-07 12:30"))
	}
	if s := seen("2026-11-07"); s.ChildSeen != "2026-11-07" || strings.Contains(kinds(s.Due), "child_seen") {
		t.Errorf("seen %q, due %s", s.ChildSeen, kinds(s.Due))
	}
	if s := seen("2026-11-05"); s.ChildSeen != "" || !strings.Contains(kinds(s.Due), "child_seen") {
		t.Error("seen the day before the referral counts as seen because of it")
	}
}

func TestUnconfirmedAges(t *testing.T) {
	s := stateOf(assessment(), nil, nil, nil, load(t, Lincolnshire), school(), at("2026-11-09 10:15"))
	if s.Unconfirmed == nil || *s.Unconfirmed != (Age{at("2026-11-03 10:15"), 144, 4}) {
		t.Errorf("got %+v, want 144 hours and 4 working days", s.Unconfirmed)
	}
	if !strings.Contains(s.Next.Say, "as a referral or as a contact") || !strings.Contains(s.Next.Say, "was due by Wed 4 Nov 2026, 10:15") {
		t.Errorf("next: %q", s.Next.Say)
	}
}

const Lincolnshire = "lincolnshire"

func TestEarlyReplyIsKept(t *testing.T) {
	early := reply("y1", "2026-11-02 09:00", func(y *records.Reply) {
		y.Acknowledges, y.LoggedAs, y.Outcome = true, records.LoggedReferral, "No further action"
	})
	s := stateOf(assessment(), []records.Reply{early}, nil, nil, load(t, Lincolnshire), school(), at("2026-11-03 11:00"))
	if len(s.Replies) != 1 || !s.Replies[0].Early {
		t.Fatalf("replies %+v, want the early one, marked", s.Replies)
	}
	if s.Stage != Sent || s.Acknowledged != "" || s.Decision != nil {
		t.Errorf("an early reply moved the state to %s", s.Stage)
	}
	if d := find(t, s, DueDates); d.Ref.ID != "y1" {
		t.Errorf("the dates to check belong to %q", d.Ref.ID)
	}
	same := early
	same.At = records.StampOf(assessment().SentAt.Time().Truncate(time.Minute))
	r := assessment()
	r.SentAt = records.StampOf(r.SentAt.Time().Add(40 * time.Second))
	if s = stateOf(r, []records.Reply{same}, nil, nil, nil, school(), at("2026-11-03 11:00")); s.Replies[0].Early {
		t.Error("a reply in the minute of sending is marked early")
	}
}

func TestCorrectionOfAReply(t *testing.T) {
	wrong := reply("y1", "2026-11-04 09:00", func(y *records.Reply) { y.LoggedAs = records.LoggedContact })
	right := wrong
	right.Version, right.LoggedAs = 2, records.LoggedReferral
	moved := wrong
	moved.Version, moved.Referral = 2, "r2"
	for _, replies := range [][]records.Reply{{wrong, right}, {right, wrong}} {
		if s := stateOf(assessment(), replies, nil, nil, nil, school(), at("2026-11-05 09:00")); s.Mismatch || len(s.Replies) != 1 {
			t.Errorf("mismatch %v with %d replies, want the newest version alone", s.Mismatch, len(s.Replies))
		}
	}
	if s := stateOf(assessment(), []records.Reply{moved, wrong}, nil, nil, nil, school(), at("2026-11-05 09:00")); len(s.Replies) != 0 {
		t.Error("a reply that was moved to another referral is still here")
	}
}

// The same decision by telephone and then in writing is one decision; another
// one later is a new decision of which we have no view yet.
func TestDecisions(t *testing.T) {
	told := reply("y1", "2026-11-04 09:00", func(y *records.Reply) {
		y.LoggedAs, y.Outcome, y.View, y.ViewWhy = records.LoggedReferral, "No further action", records.DisagreeWithCSC, "x"
	})
	written := reply("y2", "2026-11-06 09:00", func(y *records.Reply) { y.Outcome, y.InWriting = "No further action", records.Yes })
	changed := reply("y3", "2026-11-09 09:00", func(y *records.Reply) { y.Outcome = "Assessment required" })
	now := at("2026-11-09 10:00")
	s := stateOf(assessment(), []records.Reply{written, told}, nil, nil, nil, school(), now)
	if s.Decision.At != told.At || s.View != records.DisagreeWithCSC || kinds(s.Due) != "challenge" {
		t.Errorf("decision of %s, %s, due %s", s.Decision.At, s.View, kinds(s.Due))
	}
	s = stateOf(assessment(), []records.Reply{written, told, changed}, nil, nil, nil, school(), now)
	if s.Decision.Outcome != "Assessment required" || s.View != records.ViewNone || len(s.Replies) != 3 {
		t.Errorf("decision %q, view %q, %d replies", s.Decision.Outcome, s.View, len(s.Replies))
	}
	if find(t, s, DueChildSeen).Since != changed.At {
		t.Error("the child is not due to be seen from the new decision")
	}
}

// The letter that brings a decision told by telephone need not say it again.
func TestDecisionThatCameInWriting(t *testing.T) {
	told := reply("y1", "2026-11-04 09:00", func(y *records.Reply) {
		y.LoggedAs, y.Outcome, y.View = records.LoggedReferral, "No further action", records.Agree
	})
	for _, c := range []struct {
		name   string
		change func(*records.Reply)
		want   bool
	}{
		{"the letter came", func(y *records.Reply) { y.Said = "The decision letter came." }, true},
		{"with reasons", func(y *records.Reply) { y.Reasons, y.ChildSeen = "Below the threshold.", "2026-11-05" }, true},
		{"not in writing", func(y *records.Reply) { y.InWriting = records.No }, false},
		{"we asked, in writing", func(y *records.Reply) { y.Chased = true }, false},
		{"only that they have it", func(y *records.Reply) { y.Acknowledges = true }, false},
		{"only that the child was seen", func(y *records.Reply) { y.ChildSeen = "2026-11-05" }, false},
		{"that the child was seen, and the decision", func(y *records.Reply) { y.ChildSeen, y.Confirms = "2026-11-05", records.Yes }, true},
		{"a letter about something else", func(y *records.Reply) { y.Said, y.Confirms = "They ask for the school day.", records.No }, false},
		{"before it was decided", func(y *records.Reply) { y.At = at("2026-11-04 08:00") }, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			letter := reply("y2", "2026-11-06 09:00", func(y *records.Reply) { y.InWriting = records.Yes })
			c.change(&letter)
			s := stateOf(assessment(), []records.Reply{told, letter}, nil, nil, load(t, Lincolnshire), school(), at("2026-11-09 10:00"))
			if got := s.Stage == Closed; got != c.want || c.want != (kinds(s.Due) == "") {
				t.Errorf("%s, due [%s]", s.Stage, kinds(s.Due))
			}
			for _, y := range s.Replies {
				if y.Written != (c.want && y.ID == "y2") {
					t.Errorf("%s is marked as the decision in writing: %v", y.ID, y.Written)
				}
			}
		})
	}
}

func TestWithoutProceduresNothingIsOverdue(t *testing.T) {
	s := stateOf(assessment(), nil, nil, nil, nil, records.Calendar{}, at("2027-11-03 10:00"))
	if got := kinds(s.Due); got != "decision acknowledge chase" {
		t.Errorf("due: %s", got)
	}
	if d := s.Due[0]; d.By != "" || d.Rule != "" || d.Late(school(), "") != "no limit known" {
		t.Errorf("%+v", d)
	}
}

// When the calendar changes, what is due follows; what was stored stays.
func TestCalendarChanges(t *testing.T) {
	r, p := assessment(), load(t, Lincolnshire)
	r.SentAt = at("2026-11-24 10:00")
	before := records.Calendar{BankHolidays: records.BankHolidays(2026, 2027)}
	rung := records.Rung{Meta: records.Meta{ID: "g1"}, Challenge: "c1", Number: 1, RaisedAt: at("2026-11-24 11:00"), Due: Deadline(at("2026-11-24 11:00"), days(2), before)}
	ch := records.Challenge{Meta: records.Meta{ID: "c1"}, Referral: "r1", Ladder: p.Steps()}
	for name, c := range map[string]struct {
		cal  records.Calendar
		want string
	}{"before": {before, "2026-11-25 17:00"}, "after": {school(), "2026-11-26 17:00"}} {
		s := stateOf(r, nil, []records.Challenge{ch}, []records.Rung{rung}, p, c.cal, at("2026-11-24 12:00"))
		if got := find(t, s, DueAcknowledge).By; got != at(c.want) {
			t.Errorf("%s: acknowledgement due %s, want %s", name, got, at(c.want))
		}
		if got := find(t, s, DueRungReply).By; got != at("2026-11-26 17:00") {
			t.Errorf("%s: the stored date of the rung became %s", name, got)
		}
	}
}

// A status that was corrected counts as it stands now.
func TestCorrectedStatus(t *testing.T) {
	wrong := records.StatusBand{Meta: records.Meta{ID: "b1", Version: 1}, Status: records.ChildProtect, From: "2026-11-20"}
	right := wrong
	right.Version, right.Status = 2, records.EarlyHelp
	for _, bands := range [][]records.StatusBand{{wrong, right}, {right, wrong}} {
		f := &records.File{Calendar: school(), Replies: enquired(records.EnquiryToConference), Bands: bands}
		if got := kinds(StateIn(f, assessment(), load(t, Lincolnshire), at("2027-01-05 10:00")).Due); got != "conference*" {
			t.Errorf("due [%s], want the conference: the pupil was never on a plan", got)
		}
	}
}

func TestWhatResolvedAChallengeIsNotWhatItChallenged(t *testing.T) {
	r := assessment()
	decided := reply("y1", "2026-11-05 15:00", func(y *records.Reply) {
		y.Outcome, y.InWriting, y.View, y.ViewWhy = "No further action", records.Yes, records.DisagreeWithCSC, "Nothing has changed."
	})
	challenge := func(begun string) []records.Challenge {
		return []records.Challenge{{Meta: records.Meta{ID: "c1", Version: 1, CreatedAt: at(begun)}, Referral: r.ID, ResolvedOn: "2026-11-05", Resolved: "They decide today."}}
	}
	due := func(c []records.Challenge) bool {
		s := stateOf(r, []records.Reply{decided}, c, nil, load(t, "lincolnshire"), school(), at("2026-11-10 09:00"))
		return slices.ContainsFunc(s.Due, func(d Due) bool { return d.Kind == DueChallenge })
	}
	if !due(challenge("2026-11-05 09:00")) {
		t.Error("a challenge of the morning counts as one of the decision of the afternoon")
	}
	if due(challenge("2026-11-05 16:00")) {
		t.Error("a challenge begun after the decision and resolved that day does not count")
	}
}
