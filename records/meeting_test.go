package records

import (
	"errors"
	"testing"
)

// problems returns the fields that are wrong, in order.
func problems(err error) []string {
	var v *Invalid
	if !errors.As(err, &v) {
		return nil
	}
	var fields []string
	for _, p := range v.Problems {
		fields = append(fields, p.Field)
	}
	return fields
}

func same(t *testing.T, name string, err error, want ...string) {
	t.Helper()
	got := problems(err)
	if len(got) != len(want) {
		t.Errorf("%s: wrong are %q, want %q", name, got, want)
		return
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("%s: wrong are %q, want %q", name, got, want)
			return
		}
	}
}

var meetingDay = StampOf(On("2026-11-20").Date.Time())

func TestMeetingRules(t *testing.T) {
	held := Meeting{Pupil: "p", Sort: InitialConference, On: "2026-11-10", Held: Yes, Decided: "A plan.", Category: "Neglect"}
	for name, c := range map[string]struct {
		change func(*Meeting)
		want   []string
	}{
		"held":                        {func(*Meeting) {}, nil},
		"no plan is said":             {func(m *Meeting) { m.Category = NoPlan }, nil},
		"category left open":          {func(m *Meeting) { m.Category = "" }, []string{"category"}},
		"category of their own":       {func(m *Meeting) { m.Category = "All of it" }, []string{"category"}},
		"a core group has none":       {func(m *Meeting) { m.Sort, m.Category = CoreGroup, "" }, nil},
		"called and not held yet":     {func(m *Meeting) { m.On, m.Held, m.Category, m.Decided = "2026-12-10", NotKnown, "", "" }, nil},
		"held ahead":                  {func(m *Meeting) { m.On = "2026-12-10" }, []string{"on"}},
		"not held, no reason":         {func(m *Meeting) { m.Held = No }, []string{"not_held_why"}},
		"parents see it after":        {func(m *Meeting) { m.Report, m.Shared = "2026-11-06", "2026-11-09" }, []string{"shared"}},
		"parents see it first":        {func(m *Meeting) { m.Report, m.Shared = "2026-11-06", "2026-11-05" }, nil},
		"disagreed without saying so": {func(m *Meeting) { m.View = DisagreeWithCSC }, []string{"view_why"}},
	} {
		m := held
		c.change(&m)
		same(t, name, m.Check(meetingDay), c.want...)
	}
	if !held.MadePlan() {
		t.Error("a conference with a category made no plan")
	}
	held.Category = NoPlan
	if held.MadePlan() {
		t.Error("a conference without a plan made one")
	}
}

func TestReplyKeepsTheOutcomeOfAnEnquiry(t *testing.T) {
	y := Reply{Pupil: "p", Referral: "r", At: meetingDay, From: "N. Worker", Outcome: StrategyOrEnquiry}
	for _, o := range EnquiryOutcomes() {
		y.Enquiry = o
		same(t, string(o), y.Check(meetingDay))
		if y.Decided() != o {
			t.Errorf("%s: the decision is %q", o, y.Decided())
		}
	}
	y.Enquiry = "Something else"
	same(t, "not on the list", y.Check(meetingDay), "enquiry")
	if y.Enquiry = ""; y.Decided() != StrategyOrEnquiry {
		t.Errorf("the decision is %q", y.Decided())
	}
}

// Social care rely on a plan that they asked for, so it says more.
func TestPlanThatSocialCareAskedFor(t *testing.T) {
	m := Monitoring{Pupil: "p", What: "coat on or off", Who: "Tutor", From: "2026-11-20", Until: "2026-12-18", NextSteps: "DSL rings them"}
	same(t, "ours", m.Check(meetingDay))
	m.Reply = "y"
	same(t, "theirs", m.Check(meetingDay), "how_often", "would_change")
	m.HowOften, m.WouldChange = "Every morning", "A bruise"
	same(t, "theirs, whole", m.Check(meetingDay))
}
