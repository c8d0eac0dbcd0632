package supervision

import (
	"fmt"
	"slices"

	"throughline/records"
	"throughline/referral"
	"throughline/referral/procedures"
)

// challengesOf returns what a pupil's file holds of disagreements: challenges to
// social care, complaints about conduct and disagreements inside the school, in
// the order of the referrals that they are about. The last two may be about none.
func challengesOf(f *records.File, p *procedures.Procedures, now records.Stamp) []referral.ChallengeState {
	var all []referral.ChallengeState
	for _, r := range slices.Concat(f.Referrals, []records.Referral{{Pupil: f.Pupil.ID}}) {
		if r.Pupil == f.Pupil.ID {
			all = append(all, referral.StateIn(f, r, p, now).Challenges...)
		}
	}
	return all
}

// raised returns the day on which a challenge began, or a complaint was made.
func raised(c referral.ChallengeState) records.Date {
	switch {
	case c.Challenge.Raised != "":
		return c.Challenge.Raised
	case len(c.Rungs) > 0:
		return c.Rungs[0].RaisedAt.Date()
	}
	return c.Challenge.CreatedAt.Date()
}

// about says what a challenge is about: its grounds, or its kind where that is
// not a decision about a referral.
func about(c *records.Challenge) string {
	if c.Sort != records.OfDecision {
		return c.Sort.String()
	}
	return c.Grounds
}

// openly says that a challenge, a complaint or a disagreement is open, and how
// far it has come.
func openly(c referral.ChallengeState) string {
	if s := c.Challenge.Sort; s.OfSocialCare() {
		return "A challenge is open: " + sentence(lower(about(&c.Challenge))) + " " + standing(c)
	}
	text := about(&c.Challenge) + " is open"
	if made := c.Challenge.Raised; made != "" {
		text += ", made on " + made.String() + " to " + c.Challenge.To
	}
	return sentence(text) + " " + standing(c)
}

// standing says how far a challenge has climbed, or what a complaint was answered.
func standing(c referral.ChallengeState) string {
	if ch := &c.Challenge; ch.Answered != "" {
		return "It was answered on " + ch.Answered.String() + ": " + sentence(ch.Answer)
	} else if !ch.Sort.Climbs() {
		return "It has not been answered yet."
	}
	if len(c.Rungs) == 0 {
		return "It has not been raised with anybody yet."
	}
	r := c.Rungs[len(c.Rungs)-1]
	s := fmt.Sprintf("Rung %d was raised on %s with %s: %s.", r.Number, r.RaisedAt.Date(), r.To, lower(r.Result.String()))
	if r.Result == records.RungOpen && r.Due != "" {
		s += " A reply is due by " + r.Due.Date().String() + "."
	}
	return s
}
