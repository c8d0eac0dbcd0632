package referral

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"throughline/records"
)

func nfa() records.Reply {
	return reply("y1", "2026-11-04 15:00", func(y *records.Reply) {
		y.Outcome, y.Reasons = "No further action", "Threshold not met"
		y.View, y.ViewWhy = records.DisagreeWithCSC, "The pattern was not read."
	})
}

// challenge is a challenge as it would be saved.
func challenge(t *testing.T, name string) records.Challenge {
	c := NewChallenge(assessment(), nfa(), load(t, name))
	c.ID, c.CreatedAt, c.Safety = "c1", at("2026-11-05 09:00"), "Seen every morning by her tutor."
	return c
}

func TestNewChallenge(t *testing.T) {
	p := load(t, "lincolnshire")
	p.Edition = "7"
	c := NewChallenge(assessment(), nfa(), p)
	if c.Procedures != "lincolnshire" || c.Edition != "7" || len(c.Ladder) != 4 || c.Referral != "r1" || c.Pupil != "p1" || c.Urgent {
		t.Errorf("%+v", c)
	}
	if c.Decision != "On 4 Nov 2026 N. Worker, duty: no further action. Reasons given: Threshold not met." {
		t.Errorf("decision %q", c.Decision)
	}
	p.Challenge.Ladder[0].Ours = "changed later"
	if c.Ladder[0].Ours == "changed later" {
		t.Error("the ladder is shared with the procedures, not copied")
	}
	c.Safety = "Seen every morning by her tutor."
	if err := c.Check(at("2026-11-05 09:00")); err != nil {
		t.Errorf("once the safety is said it can be saved, but: %v", err)
	}
	if silent := NewChallenge(emergency(), records.Reply{}, p); silent.Grounds != "No feedback" || !silent.Urgent || silent.Decision == "" {
		t.Errorf("%+v", silent)
	}
	contact := reply("y", "2026-11-04 15:00", func(y *records.Reply) { y.LoggedAs = records.LoggedContact })
	if c = NewChallenge(assessment(), contact, nil); !strings.Contains(c.Decision, "as a contact") || c.Ladder != nil {
		t.Errorf("%+v", c)
	}
}

func TestClimbing(t *testing.T) {
	p, cal := load(t, "lincolnshire"), school()
	c := challenge(t, "lincolnshire")
	var rungs []records.Rung
	for _, step := range []struct{ raised, due string }{
		{"2026-11-05 09:00", "2026-11-09 17:00"}, // 2 working days
		{"2026-11-10 09:00", "2026-11-17 17:00"}, // 5
		{"2026-11-23 09:00", "2026-11-26 17:00"}, // 2, over the proclaimed holiday
		{"2026-11-27 09:00", ""},                 // none set
	} {
		_, n, ok := NextRung(c, rungs)
		if !ok || n != len(rungs)+1 {
			t.Fatalf("next rung %d %v after %d", n, ok, len(rungs))
		}
		g, err := RaiseRung(c, rungs, n, at(step.raised), p, cal)
		if err != nil {
			t.Fatal(err)
		}
		want := records.Stamp("")
		if step.due != "" {
			want = at(step.due)
		}
		if g.Due != want || g.Number != n || g.Challenge != "c1" || g.By != c.Ladder[n-1].Ours {
			t.Errorf("rung %d: %+v, want due %s", n, g, want)
		}
		rungs = append(rungs, g)
	}
	if _, n, ok := NextRung(c, rungs); ok || n != 0 {
		t.Error("there is a rung above the last")
	}
	if _, n, _ := NextRung(c, []records.Rung{{Challenge: "another", Number: 3}}); n != 1 {
		t.Errorf("another challenge's rung counts: next is %d", n)
	}
}

func TestRaiseRungRefuses(t *testing.T) {
	p, cal, now := load(t, "lincolnshire"), school(), at("2026-11-05 09:00")
	c := challenge(t, "lincolnshire")
	first := []records.Rung{{Challenge: "c1", Number: 1}}
	closed := c
	closed.ResolvedOn = "2026-11-06"
	urgent := c
	urgent.Urgent = true
	for _, k := range []struct {
		name   string
		c      records.Challenge
		number int
		want   error
	}{
		{"jump", c, 3, ErrJump},
		{"urgent jump", urgent, 4, nil},
		{"taken", c, 1, ErrRungTaken},
		{"nought", c, 0, ErrNoRung},
		{"too high", urgent, 5, ErrNoRung},
		{"closed", closed, 2, ErrResolved},
		{"next", c, 2, nil},
	} {
		if _, err := RaiseRung(k.c, first, k.number, now, p, cal); !errors.Is(err, k.want) {
			t.Errorf("%s: %v, want %v", k.name, err, k.want)
		}
	}
}

func TestReachable(t *testing.T) {
	c := challenge(t, "lincolnshire")
	first := []records.Rung{{Challenge: "c1", Number: 1}, {Challenge: "another", Number: 3}}
	urgent, closed := c, c
	urgent.Urgent, closed.ResolvedOn = true, "2026-11-06"
	for _, k := range []struct {
		name  string
		c     records.Challenge
		rungs []records.Rung
		want  []int
	}{
		{"nothing raised", c, nil, []int{1}},
		{"one raised", c, first, []int{2}},
		{"urgent, nothing raised", urgent, nil, []int{1, 2, 3, 4}},
		{"urgent, one raised", urgent, first, []int{2, 3, 4}},
		{"urgent, the last raised", urgent, []records.Rung{{Challenge: "c1", Number: 4}}, nil},
		{"closed", closed, first, nil},
	} {
		got := Reachable(k.c, k.rungs)
		if !slices.Equal(got, k.want) {
			t.Errorf("%s: %v, want %v", k.name, got, k.want)
		}
		for _, n := range got {
			if _, err := RaiseRung(k.c, k.rungs, n, at("2026-11-05 09:00"), nil, school()); err != nil {
				t.Errorf("%s: rung %d is offered and refused: %v", k.name, n, err)
			}
		}
	}
}

// A mistyped day of raising is corrected with what is due by it.
func TestMoveRung(t *testing.T) {
	p, cal := load(t, "london"), school()
	c := challenge(t, "london")
	first, err := RaiseRung(c, nil, 1, at("2026-11-05 09:00"), p, cal)
	if err != nil {
		t.Fatal(err)
	}
	first.ID, first.Due = "g1", at("2026-11-11 17:00") // by the calendar of that day
	rungs := []records.Rung{first}
	if same := MoveRung(c, rungs, first, first.RaisedAt, p, cal); same.Due != first.Due {
		t.Errorf("at the same instant it is due %s, want what was kept", same.Due)
	}
	if moved := MoveRung(c, rungs, first, at("2026-11-09 09:00"), p, cal); moved.RaisedAt != at("2026-11-09 09:00") || moved.Due != at("2026-11-16 17:00") {
		t.Errorf("raised %s it is due %s: the old day still counts for the whole ladder", moved.RaisedAt, moved.Due)
	}
}

// London sets one working week for the ladder as a whole.
func TestWholeLadder(t *testing.T) {
	p, cal := load(t, "london"), school()
	c := challenge(t, "london")
	first, err := RaiseRung(c, nil, 1, at("2026-11-05 09:00"), p, cal)
	if err != nil {
		t.Fatal(err)
	}
	second, err := RaiseRung(c, []records.Rung{first}, 2, at("2026-11-10 09:00"), p, cal)
	if err != nil {
		t.Fatal(err)
	}
	if want := at("2026-11-12 17:00"); first.Due != want || second.Due != want {
		t.Errorf("due %s and %s, want %s both", first.Due, second.Due, want)
	}
	p.Challenge.Days = 1 // the school edits its copy
	if g, _ := RaiseRung(c, nil, 1, at("2026-11-05 09:00"), p, cal); g.Due != first.Due {
		t.Errorf("due %s, want the limit that the challenge was opened with, %s", g.Due, first.Due)
	}
	c.Days = 0 // of a challenge from before the limit was copied
	p.Edition = "a later one"
	if g, _ := RaiseRung(c, nil, 1, at("2026-11-05 09:00"), p, cal); g.Due != "" {
		t.Errorf("a later edition's limit was used: %s", g.Due)
	}
}

func TestChallengeInTheState(t *testing.T) {
	p, cal := load(t, "lincolnshire"), school()
	c := challenge(t, "lincolnshire")
	raised, err := RaiseRung(c, nil, 1, at("2026-11-05 09:00"), p, cal)
	if err != nil {
		t.Fatal(err)
	}
	raised.ID, raised.To, raised.Sought = "g1", "N. Worker, duty", "An assessment"
	answered := raised
	answered.RepliedAt, answered.Version = at("2026-11-06 09:00"), 2
	climb := answered
	climb.Result, climb.ResultWhy, climb.Version = records.RungClimb, "x", 3
	resolved := climb
	resolved.Result = records.RungResolved
	top := climb
	top.Number = 4
	silent := climb // as soon as it was due, on Monday 9 November at 17:00
	silent.RepliedAt, silent.Reply, silent.RecordedAt = "", "", at("2026-11-10 12:00")
	for _, k := range []struct {
		name, now string
		rungs     []records.Rung
		kind      DueKind
		overdue   bool
		what, say string
	}{
		{"nothing raised", "2026-11-05 10:00", nil, DueChallenge, false, "first rung", ""},
		{"nothing raised for days", "2026-11-09 10:00", nil, DueChallenge, true, "first rung", ""},
		{"waiting", "2026-11-06 10:00", []records.Rung{raised}, DueRungReply, false, "rung 1", "We asked for: An assessment."},
		{"no answer", "2026-11-10 10:00", []records.Rung{raised}, DueRungReply, true, "next rung", "take it to the next rung: manager."},
		{"answered", "2026-11-06 10:00", []records.Rung{raised, answered}, DueChallenge, false, "say how it ended", ""},
		{"climb", "2026-11-06 10:00", []records.Rung{climb, raised}, DueChallenge, false, "did not resolve it: take it", ""},
		{"resolved", "2026-11-06 10:00", []records.Rung{resolved}, DueChallenge, false, "Close the challenge", ""},
		{"no rung left", "2026-11-06 10:00", []records.Rung{top}, DueChallenge, false, "last rung", ""},
		{"never answered, said in time", "2026-11-10 13:00", []records.Rung{silent}, DueChallenge, false, "did not resolve it: take it", ""},
		{"never answered, for days", "2026-11-12 10:00", []records.Rung{silent}, DueChallenge, true, "did not resolve it: take it", ""},
	} {
		t.Run(k.name, func(t *testing.T) {
			s := stateOf(assessment(), []records.Reply{nfa()}, []records.Challenge{c}, k.rungs, p, cal, at(k.now))
			d := find(t, s, k.kind)
			if s.Stage != Challenged || d.Overdue != k.overdue || !strings.Contains(d.What, k.what) || !strings.Contains(s.Say(d), k.say) {
				t.Errorf("%s: overdue %v, %q, say %q", s.Stage, d.Overdue, d.What, s.Say(d))
			}
		})
	}
}

// Only what asks social care to decide otherwise has their ladder.
func TestKindsOfChallenge(t *testing.T) {
	p := load(t, "lincolnshire")
	for _, k := range records.ChallengeSorts() {
		c := NewChallengeOf(k, emergency(), nfa(), p)
		theirs, decided := len(c.Ladder) == 4 && c.Procedures == p.Name, c.Decision != ""
		if c.Sort != k || theirs != k.OfSocialCare() || decided != k.OfSocialCare() || (c.Grounds != "") != (k == records.OfDecision) {
			t.Errorf("%q: %+v", k, c)
		}
	}
	inside := NewChallengeOf(records.InsideSchool, emergency(), nfa(), p)
	if len(inside.Ladder) != 3 || inside.Ladder[1].Theirs != "Headteacher" {
		t.Errorf("inside the school: %+v", inside.Ladder)
	}
}

func TestComplaintIsDueUntilItIsClosed(t *testing.T) {
	c := records.Challenge{Meta: records.Meta{ID: "c1", Version: 1}, Referral: "r1", Sort: records.OfConduct, Raised: "2026-11-05", To: "Team manager"}
	due := func() string {
		s := stateOf(assessment(), []records.Reply{nfa()}, []records.Challenge{c}, nil, load(t, "lincolnshire"), school(), at("2026-11-20 10:00"))
		if s.Stage == Challenged {
			t.Error("a complaint challenges the decision")
		}
		for _, d := range s.Due {
			if d.Ref.ID == "c1" {
				return d.What
			}
		}
		return ""
	}
	if got := due(); !strings.Contains(got, "has no answer yet") {
		t.Errorf("not answered: %q", got)
	}
	c.Answered, c.Answer = "2026-11-09", "They are sorry."
	if got := due(); !strings.Contains(got, "was answered: close it") {
		t.Errorf("answered: %q", got)
	}
	c.ResolvedOn, c.Resolved = "2026-11-10", "A call every Friday."
	if got := due(); got != "" {
		t.Errorf("closed: %q", got)
	}
}
