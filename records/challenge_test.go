package records

import (
	"encoding/json"
	"testing"
)

func TestChallengeRulesByKind(t *testing.T) {
	ladder := []Step{{Ours: "DSL", Theirs: "Team manager", Days: 2}}
	climbing := Challenge{Pupil: "p", Referral: "r", Decision: "No further action.", Ladder: ladder, Safety: "Seen every morning."}
	complaint := Challenge{
		Pupil: "p", Sort: OfConduct, Decision: "The call of 3 November was cut off.", To: "Team manager", Raised: "2026-11-04", Sought: "An apology",
	}
	for name, c := range map[string]struct {
		from   Challenge
		change func(*Challenge)
		want   []string
	}{
		"decision":                    {climbing, func(c *Challenge) { c.Grounds = Grounds()[0] }, nil},
		"decision without grounds":    {climbing, func(*Challenge) {}, []string{"grounds"}},
		"decision of no referral":     {climbing, func(c *Challenge) { c.Grounds, c.Referral = Grounds()[0], "" }, []string{"referral"}},
		"convening needs no grounds":  {climbing, func(c *Challenge) { c.Sort = OfConvening }, nil},
		"dissent":                     {climbing, func(c *Challenge) { c.Sort = OfConference }, nil},
		"dissent without safety":      {climbing, func(c *Challenge) { c.Sort, c.Safety = OfConference, "" }, []string{"safety"}},
		"inside, of no referral":      {climbing, func(c *Challenge) { c.Sort, c.Referral = InsideSchool, "" }, nil},
		"no rungs":                    {climbing, func(c *Challenge) { c.Sort, c.Ladder = OfConvening, nil }, []string{"ladder"}},
		"unknown kind":                {climbing, func(c *Challenge) { c.Sort = "x" }, []string{"sort"}},
		"conduct has no ladder":       {complaint, func(*Challenge) {}, nil},
		"conduct, nothing said":       {complaint, func(c *Challenge) { c.Decision, c.To, c.Raised, c.Sought = "", "", "", "" }, []string{"decision", "to", "raised", "sought"}},
		"conduct, day without answer": {complaint, func(c *Challenge) { c.Answered = "2026-11-05" }, []string{"answer"}},
		"conduct, answer too early":   {complaint, func(c *Challenge) { c.Answered, c.Answer = "2026-11-03", "Sorry" }, []string{"answered"}},
		"conduct, raised ahead":       {complaint, func(c *Challenge) { c.Raised = "2026-12-03" }, []string{"raised"}},
	} {
		ch := c.from
		c.change(&ch)
		same(t, name, ch.Check(meetingDay), c.want...)
	}
}

// A rung that nobody answered has neither the day nor the words of an answer.
func TestRungAnswersWithItsDay(t *testing.T) {
	raised := Rung{Pupil: "p", Challenge: "c", Number: 1, RaisedAt: meetingDay, By: "Ruth", To: "Manager", Risk: "Hunger", Sought: "Assessment"}
	for name, c := range map[string]struct {
		change func(*Rung)
		want   []string
	}{
		"waiting":              {func(*Rung) {}, nil},
		"answered":             {func(r *Rung) { r.RepliedAt, r.Reply = meetingDay, "No." }, nil},
		"nobody ever answered": {func(r *Rung) { r.Result, r.ResultWhy = RungClimb, "Nobody ever answered." }, nil},
		"a day without words":  {func(r *Rung) { r.RepliedAt, r.Result, r.ResultWhy = meetingDay, RungClimb, "x" }, []string{"reply"}},
		"words without a day":  {func(r *Rung) { r.Reply = "No." }, []string{"replied_at"}},
		"unknown end":          {func(r *Rung) { r.Result, r.ResultWhy = "gone", "x" }, []string{"result"}},
	} {
		r := raised
		c.change(&r)
		same(t, name, r.Check(meetingDay), c.want...)
	}
}

// What is chosen from a list in a reply is from that list.
func TestReplyRules(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Reply)
		want   []string
	}{
		"nothing said":         {func(*Reply) {}, nil},
		"unknown view":         {func(y *Reply) { y.View = "perhaps" }, []string{"view"}},
		"disagreed, no reason": {func(y *Reply) { y.View = DisagreeWithCSC }, []string{"view_why"}},
		"unknown confirmation": {func(y *Reply) { y.Confirms = "perhaps" }, []string{"confirms"}},
		"told, not in writing": {func(y *Reply) { y.Confirms, y.InWriting = Yes, No }, []string{"confirms"}},
	} {
		y := Reply{Pupil: "p", Referral: "r", At: meetingDay, From: "N. Worker"}
		c.change(&y)
		same(t, name, y.Check(meetingDay), c.want...)
	}
}

// A challenge that was kept before there were kinds is about a decision, and
// is written back as it was.
func TestOlderChallengeIsOfADecision(t *testing.T) {
	const old = `{"pupil":"p","referral":"r","grounds":"No feedback","decision":"d","procedures":"default","ladder":null,"safety":"s"}`
	var c Challenge
	if err := json.Unmarshal([]byte(old), &c); err != nil {
		t.Fatal(err)
	}
	if c.Sort != OfDecision || !c.Sort.OfSocialCare() || !c.Sort.Climbs() {
		t.Errorf("it is %q", c.Sort)
	}
	if b, err := encode(&c); err != nil || string(b) != old {
		t.Errorf("written back it is %s, %v", b, err)
	}
}

func TestChallengesAndGoodPracticeAreCounted(t *testing.T) {
	s := mustCreate(t)
	p := testPupil()
	mustSave(t, s, p)
	for range 6 {
		mustSave(t, s, &Challenge{Pupil: p.ID, Sort: OfConduct, Decision: "x", To: "Team manager", Raised: "2025-01-10", Sought: "y"},
			&GoodPractice{Pupil: p.ID, On: "2025-01-10", Who: "N. Worker", What: "Rang every Friday."})
	}
	mustSave(t, s, &GoodPractice{Pupil: p.ID, On: "2024-08-31", Who: "N. Worker", What: "Last year's."})
	s.Me.Role = Governor
	n, err := s.Numbers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if n.Practices.Total != 6 || n.Challenges.Total != 6 {
		t.Errorf("%d kinds of good practice and %d challenges are counted, want 6 of each", n.Practices.Total, n.Challenges.Total)
	}
	for _, c := range n.Challenges.Counts {
		want := 0
		if c.Name == OfConduct.String() {
			want = 6
		}
		if c.N != want {
			t.Errorf("%s: %d, want %d", c.Name, c.N, want)
		}
	}
}
