package referral

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"throughline/records"
	"throughline/referral/procedures"
)

// Errors of RaiseRung. Each is a sentence for the DSL.
var (
	// ErrNoRung means that the ladder has no such rung.
	ErrNoRung = errors.New("The ladder has no such rung. Ask the safeguarding partnership how to go on.")
	// ErrRungTaken means that this rung, or one above it, was raised already.
	ErrRungTaken = errors.New("This rung was already taken. Raise the next one.")
	// ErrJump means that a rung would be jumped though the challenge is not
	// marked urgent.
	ErrJump = errors.New("Only an urgent challenge may jump a rung. Mark it urgent, or raise the next rung.")
	// ErrResolved means that the challenge is closed.
	ErrResolved = errors.New("This challenge is closed. Begin a new one if the child is still not safe.")
)

// NewChallenge returns a challenge of a decision on a referral, with the
// ladder and the edition copied from the procedures, so that a later edition
// does not change what was agreed. reply is the decision challenged, or the
// zero Reply where none ever came. Grounds and the decision are suggested; how
// the child is kept safe meanwhile is left for the DSL to say. A referral for
// an immediate response makes the challenge urgent.
func NewChallenge(r records.Referral, reply records.Reply, p *procedures.Procedures) records.Challenge {
	c := records.Challenge{
		Pupil:    r.Pupil,
		Referral: r.ID,
		Grounds:  groundsFor(reply),
		Decision: decisionOf(reply),
		Ladder:   p.Steps(),
		Urgent:   r.Response == records.Immediate,
	}
	if p != nil {
		c.Procedures, c.Edition, c.Days = p.Name, p.Edition, p.Challenge.Days
	}
	return c
}

// NewChallengeOf returns a challenge of a kind; see [NewChallenge]. A complaint
// about conduct has no ladder, and a disagreement inside the school has the
// school's own, not that of social care: neither is about the decision.
func NewChallengeOf(sort records.ChallengeSort, r records.Referral, reply records.Reply, p *procedures.Procedures) records.Challenge {
	c := NewChallenge(r, reply, p)
	c.Sort = sort
	if sort != records.OfDecision {
		c.Grounds = ""
	}
	switch sort {
	case records.OfConduct:
		c.Ladder, c.Days, c.Procedures, c.Edition, c.Decision, c.Urgent = nil, 0, "", "", "", false
	case records.InsideSchool:
		c.Ladder, c.Days, c.Procedures, c.Edition, c.Decision = insideSteps(), 0, "", "", ""
	}
	return c
}

// insideSteps is whom to turn to in a school. No guidance sets days for it, and
// nobody needs leave: anybody may refer a child themselves.
func insideSteps() []records.Step {
	return []records.Step{
		{Ours: "Whoever disagrees", Theirs: "Designated safeguarding lead"},
		{Ours: "Whoever disagrees, with the designated safeguarding lead", Theirs: "Headteacher"},
		{Ours: "Whoever disagrees", Theirs: "Safeguarding governor or trust lead"},
	}
}

func groundsFor(y records.Reply) string {
	g := records.Grounds()
	switch {
	case y.Decided() == "" && y.LoggedAs == records.LoggedNotSaid:
		return g[7] // no feedback
	case y.Outcome == "Step-down to early help":
		return g[4] // stepped down or closed
	}
	return g[0] // not accepted, or the threshold
}

// decisionOf returns the decision challenged in words.
func decisionOf(y records.Reply) string {
	if y.At == "" {
		return "No decision has been given."
	}
	said := "no decision was given"
	switch {
	case y.Enquiry != "":
		said = "the section 47 enquiry ended: " + lowerFirst(string(y.Enquiry))
	case y.Outcome != "":
		said = lowerFirst(string(y.Outcome))
	case y.LoggedAs == records.LoggedContact:
		said = "logged as a contact, not as a referral"
	}
	s := fmt.Sprintf("On %s %s: %s.", y.At.Date(), y.From, said)
	switch {
	case !blank(y.Reasons):
		s += " Reasons given: " + sentence(y.Reasons)
	case y.Decided() != "":
		s += " No reasons were given."
	}
	return s
}

// NextRung returns the step of the ladder above the highest rung taken, and
// its number from 1. It returns false when the ladder ends there. Rungs of
// other challenges are passed over.
func NextRung(c records.Challenge, rungs []records.Rung) (records.Step, int, bool) {
	n := highest(c, rungs) + 1
	if n > len(c.Ladder) {
		return records.Step{}, 0, false
	}
	return c.Ladder[n-1], n, true
}

// Reachable returns the numbers of the rungs that can be raised now, lowest
// first: the next one or, where the challenge is urgent, every one above the
// highest taken. It is empty where the ladder ends there or the challenge is
// closed. Rungs of other challenges are passed over.
func Reachable(c records.Challenge, rungs []records.Rung) []int {
	var all []int
	for n := highest(c, rungs) + 1; n <= len(c.Ladder) && c.ResolvedOn == ""; n++ {
		if all = append(all, n); !c.Urgent {
			break
		}
	}
	return all
}

func highest(c records.Challenge, rungs []records.Rung) int {
	n := 0
	for _, g := range rungs {
		if g.Challenge == c.ID {
			n = max(n, g.Number)
		}
	}
	return n
}

// RaiseRung returns the rung with a number as raised at an instant: its two
// sides from the ladder, for the DSL to put names to, and its due date. The
// date is the rung's own limit in working days or what remains of the limit
// for the whole ladder as it was copied (of an older challenge, that of p where
// it is still the one the ladder was copied from), whichever is sooner; empty where neither is set. It is stored with
// the rung, so that what was due is kept when the calendar changes.
//
// An urgent challenge may jump rungs. Errors are ErrNoRung, ErrRungTaken,
// ErrJump and ErrResolved.
func RaiseRung(c records.Challenge, rungs []records.Rung, number int, at records.Stamp,
	p *procedures.Procedures, cal records.Calendar) (records.Rung, error) {
	top := highest(c, rungs)
	switch {
	case c.ResolvedOn != "":
		return records.Rung{}, ErrResolved
	case number < 1 || number > len(c.Ladder):
		return records.Rung{}, ErrNoRung
	case number <= top:
		return records.Rung{}, ErrRungTaken
	case number > top+1 && !c.Urgent:
		return records.Rung{}, ErrJump
	}
	step := c.Ladder[number-1]
	return records.Rung{
		Pupil: c.Pupil, Challenge: c.ID, Number: number, RaisedAt: at,
		By: step.Ours, To: step.Theirs, Due: rungDue(c, rungs, number, at, p, cal),
	}, nil
}

// MoveRung returns a rung that was raised at another instant than was written
// down, with what is due by that; see [RaiseRung]. At the same instant what was
// kept stays.
func MoveRung(c records.Challenge, rungs []records.Rung, g records.Rung, at records.Stamp,
	p *procedures.Procedures, cal records.Calendar) records.Rung {
	if at == g.RaisedAt {
		return g
	}
	others := slices.DeleteFunc(slices.Clone(rungs), func(o records.Rung) bool { return o.ID == g.ID })
	g.RaisedAt, g.Due = at, ""
	if g.Number >= 1 && g.Number <= len(c.Ladder) {
		g.Due = rungDue(c, others, g.Number, at, p, cal)
	}
	return g
}

// rungDue returns when the reply to a rung is due that is raised at an instant.
func rungDue(c records.Challenge, rungs []records.Rung, number int, at records.Stamp,
	p *procedures.Procedures, cal records.Calendar) records.Stamp {
	due := Deadline(at, workingDays(c.Ladder[number-1].Days), cal)
	whole := c.Days
	if whole == 0 && p != nil && p.Name == c.Procedures && p.Edition == c.Edition {
		whole = p.Challenge.Days
	}
	return earliest(due, Deadline(firstRaised(c, rungs, at), workingDays(whole), cal))
}

func workingDays(n int) procedures.Clock {
	return procedures.Clock{Value: n, Unit: procedures.WorkingDays}
}

func firstRaised(c records.Challenge, rungs []records.Rung, at records.Stamp) records.Stamp {
	for _, g := range rungs {
		if g.Challenge == c.ID {
			at = earliest(at, g.RaisedAt)
		}
	}
	return at
}

// rungsOf returns the rungs of one challenge, lowest first; of the same
// number, the earlier first.
func rungsOf(c records.Challenge, rungs []records.Rung) []records.Rung {
	own := newest(rungs, func(g records.Rung) records.Meta { return g.Meta })
	own = slices.DeleteFunc(own, func(g records.Rung) bool { return g.Challenge != c.ID })
	slices.SortFunc(own, func(a, b records.Rung) int {
		return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.RaisedAt, b.RaisedAt), cmp.Compare(a.ID, b.ID))
	})
	return own
}
