package referral

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"throughline/records"
	"throughline/referral/procedures"
)

// Stage is how far a referral has come.
type Stage string

// The stages of a referral.
const (
	Draft        Stage = "draft"
	NotReferred  Stage = "not_referred"
	Phoned       Stage = "phoned" // told by telephone, not yet in writing
	Sent         Stage = "sent"
	Acknowledged Stage = "acknowledged"
	Decided      Stage = "decided"
	Challenged   Stage = "challenged"
	Closed       Stage = "closed" // decided, and nothing more is due
)

// String returns the stage as people say it.
func (g Stage) String() string {
	return map[Stage]string{
		Draft:        "Draft",
		NotReferred:  "Decided not to refer",
		Phoned:       "Telephoned, not yet in writing",
		Sent:         "Sent, no answer yet",
		Acknowledged: "Acknowledged, no decision yet",
		Decided:      "Decided",
		Challenged:   "Challenged",
		Closed:       "Closed: nothing more is due",
	}[g]
}

// Age is how long something has been waiting.
type Age struct {
	Since       records.Stamp
	Hours       int // clock hours, whole
	WorkingDays int // working days that have begun after the day of Since
}

// String returns the age in words: "Not confirmed for 4 working days", or in
// hours until a working day has begun; "" for nil.
func (a *Age) String() string {
	switch {
	case a == nil:
		return ""
	case a.WorkingDays == 1:
		return "Not confirmed for 1 working day"
	case a.WorkingDays > 1:
		return fmt.Sprintf("Not confirmed for %d working days", a.WorkingDays)
	case a.Hours == 0:
		return "Not confirmed yet"
	case a.Hours == 1:
		return "Not confirmed for 1 hour"
	}
	return fmt.Sprintf("Not confirmed for %d hours", a.Hours)
}

// Heard is a reply as it counts.
type Heard struct {
	records.Reply
	// Early says that the reply is dated before the referral began. It is
	// kept and shown, but it neither stops a clock nor changes the state,
	// until somebody has looked at the two dates.
	Early bool
	// Written says that the reply is the decision given before, now in
	// writing.
	Written bool
}

// ChallengeState is one challenge and where it stands.
type ChallengeState struct {
	Challenge records.Challenge
	Rungs     []records.Rung // lowest first; of the same number, the earlier first
	Next      int            // number of the next rung; 0 when there is none
}

// asksThem reports whether the challenge asks social care to decide otherwise.
// A complaint about conduct and a disagreement inside the school do not.
func (c ChallengeState) asksThem() bool { return c.Challenge.Sort.OfSocialCare() }

// Open reports whether the challenge is not resolved yet.
func (c ChallengeState) Open() bool { return c.Challenge.ResolvedOn == "" }

// State is where a referral stands, derived from what happened.
type State struct {
	Stage Stage
	Asked string        // what we asked for, in words
	Began records.Stamp // when it reached social care; empty for a draft

	LoggedAs    records.LoggedAs // what they last said they logged
	LoggedBy    string           // who said so
	LoggedAt    records.Stamp
	Mismatch    bool // a referral was asked for, a contact was logged
	Unconfirmed *Age // since when we do not know what they logged; nil when we do, or nothing was sent

	Acknowledged records.Stamp  // first answer; empty when none
	Decision     *records.Reply // the newest decision; nil when none
	View         records.View   // ours of that decision
	Viewed       *records.Reply // the reply with which our view is kept; nil when we have none
	ChildSeen    records.Date   // first day on which they saw the child
	LastHeard    records.Stamp  // the last word either way
	Chases       int            // how often we asked

	Replies    []Heard // every one, in order of time
	Challenges []ChallengeState
	Meetings   []records.Meeting // in order of time
	Due        []Due             // most pressing first
	Next       Next

	inWriting  bool
	decided    courses
	plans      []records.Monitoring
	bands      []records.StatusBand
	referral   records.Referral
	procedures *procedures.Procedures
	calendar   records.Calendar
	now        records.Stamp
}

// courses is what social care have decided so far, each newest word with the
// first instant at which it was said.
type courses struct {
	outcome   records.Outcome // on the referral
	outcomeAt records.Stamp
	enquiry   records.Outcome // of the section 47 enquiry
	enquiryAt records.Stamp
	strategy  records.Stamp // when a strategy discussion was first decided
	assessed  records.Date  // when they said the assessment was finished
	watch     []*records.Reply
}

// StateIn derives the state of a referral at an instant from everything in the
// pupil's file: replies, challenges, meetings, statuses, and the plans that
// social care asked for. The calendar is the file's.
func StateIn(f *records.File, r records.Referral, p *procedures.Procedures, now records.Stamp) State {
	s := State{Meetings: meetingsOf(r.ID, f.Meetings), procedures: p, calendar: f.Calendar, now: now}
	s.bands = inOrder(f.Bands, func(b records.StatusBand) records.Meta { return b.Meta })
	s.plans = inOrder(f.Monitorings, func(m records.Monitoring) records.Meta { return m.Meta })
	return s.of(r, f.Replies, f.Challenges, f.Rungs)
}

func (s State) of(r records.Referral, replies []records.Reply, challenges []records.Challenge, rungs []records.Rung) State {
	s.referral, s.Asked, s.Began = r, AskedFor(r), Begins(r)
	s.hear(replies)
	s.challenge(challenges, rungs)
	if r.SentAt == "" && (r.NotReferred == "" || made(r)) {
		s.dueBefore()
	}
	if s.Began != "" {
		s.confirm()
		s.dueAfter()
		s.dueEnquiry()
	}
	s.dueMeetings()
	for _, c := range s.Challenges {
		if c.Open() {
			s.dueChallenge(c)
		}
	}
	sortDue(s.Due)
	s.Stage = s.stage()
	s.Next = s.next()
	return s
}

// hear folds the replies in order of time. Times are written down to the
// minute, so a reply in the minute of the referral is not early.
func (s *State) hear(replies []records.Reply) {
	r := s.referral
	began := records.StampOf(earliest(r.PhonedAt, r.SentAt).Time().Truncate(time.Minute))
	for _, y := range newest(replies, func(y records.Reply) records.Meta { return y.Meta }) {
		if y.Referral == r.ID {
			s.Replies = append(s.Replies, Heard{Reply: y, Early: began == "" || y.At < began})
		}
	}
	slices.SortFunc(s.Replies, func(a, b Heard) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.CreatedAt, b.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
	for i := range s.Replies {
		if s.Replies[i].Early {
			s.dueDates(&s.Replies[i].Reply, began == "")
			continue
		}
		s.fold(&s.Replies[i])
	}
}

func (s *State) fold(h *Heard) {
	y := &h.Reply
	s.LastHeard = max(s.LastHeard, y.At)
	if y.Chased {
		s.Chases++
	}
	if s.Acknowledged == "" && (y.Acknowledges || y.LoggedAs != "" || y.Outcome != "") {
		s.Acknowledged = y.At
	}
	if y.LoggedAs != "" {
		s.LoggedAs, s.LoggedBy, s.LoggedAt = y.LoggedAs, y.From, y.At
	}
	if y.ChildSeen != "" && (s.ChildSeen == "" || y.ChildSeen < s.ChildSeen) && y.ChildSeen >= s.Began.Date() {
		s.ChildSeen = y.ChildSeen
	}
	s.decided.assessed = max(s.decided.assessed, y.Assessed)
	switch {
	case y.Decided() != "":
		s.decide(y)
	case s.Decision != nil && confirms(y):
		h.Written, s.inWriting = true, true
	}
}

// confirms reports whether a reply that gives no decision brings the one given
// before in writing: it says so or, where nobody was asked, it is in writing and
// gives reasons or tells of nothing else.
func confirms(y *records.Reply) bool {
	if y.Confirms != records.NotKnown {
		return y.Confirms == records.Yes
	}
	tells := y.Acknowledges || y.LoggedAs != "" || y.ChildSeen != "" || y.Assessed != ""
	return y.InWriting == records.Yes && !y.Chased && (y.Reasons != "" || !tells)
}

// decide folds a decision. The same one may come twice, by telephone and then
// in writing; the letter on an enquiry may come after what it found.
func (s *State) decide(y *records.Reply) {
	c := &s.decided
	again := s.Decision != nil && s.Decision.Decided() == y.Decided() && (s.Decision.Enquiry != "") == (y.Enquiry != "") ||
		y.Enquiry == "" && y.Outcome == records.StrategyOrEnquiry && c.enquiry != ""
	if y.Outcome == records.StrategyOrEnquiry && c.strategy == "" {
		c.strategy = y.At
	}
	if y.Outcome != "" && y.Outcome != c.outcome {
		c.outcome, c.outcomeAt = y.Outcome, y.At
	}
	if y.Enquiry != "" && y.Enquiry != c.enquiry {
		c.enquiry, c.enquiryAt = y.Enquiry, y.At
	}
	if y.Enquiry == records.EnquiryOtherMonitors {
		c.watch = append(c.watch, y)
	}
	if !again {
		s.Decision, s.inWriting, s.View, s.Viewed = y, false, records.ViewNone, nil
	}
	s.inWriting = s.inWriting || y.InWriting == records.Yes
	if y.View != records.ViewNone {
		s.View, s.Viewed = y.View, y
	}
}

// acting reports whether social care have said that they will look at the child
// themselves.
func (s *State) acting() bool { return s.decided.enquiry != "" || acts(s.decided.outcome) }

// challenge gathers the challenges of the referral and their rungs.
func (s *State) challenge(challenges []records.Challenge, rungs []records.Rung) {
	for _, c := range newest(challenges, func(c records.Challenge) records.Meta { return c.Meta }) {
		if c.Referral != s.referral.ID {
			continue
		}
		own := rungsOf(c, rungs)
		_, n, _ := NextRung(c, own)
		s.Challenges = append(s.Challenges, ChallengeState{c, own, n})
	}
	slices.SortFunc(s.Challenges, func(a, b ChallengeState) int {
		return cmp.Or(cmp.Compare(a.Challenge.CreatedAt, b.Challenge.CreatedAt), cmp.Compare(a.Challenge.ID, b.Challenge.ID))
	})
}

// confirm compares what was asked for with what they say they logged.
func (s *State) confirm() {
	acting := s.acting()
	s.Mismatch = s.LoggedAs == records.LoggedContact && asksForReferral(s.referral) && !acting
	if s.LoggedAs == records.LoggedNotSaid && !acting {
		s.Unconfirmed = &Age{
			Since:       s.Began,
			Hours:       max(0, int(s.now.Time().Sub(s.Began.Time())/time.Hour)),
			WorkingDays: WorkingDays(s.Began.Date(), s.now.Date(), s.calendar),
		}
	}
}

// challengedSince reports whether a challenge to social care is open, or one
// was resolved after an instant. Of one that was resolved on that very day only
// the day is known: it counts when it was begun after the instant, since what
// was decided that day may be what resolved it.
func (s *State) challengedSince(at records.Stamp) bool {
	return slices.ContainsFunc(s.Challenges, func(c ChallengeState) bool {
		on := c.Challenge.ResolvedOn
		return c.asksThem() && (c.Open() || on > at.Date() || on == at.Date() && c.begun() >= at)
	})
}

// begun returns when the challenge was begun: when its first rung was raised,
// where one was, since it may be written down later.
func (c ChallengeState) begun() records.Stamp {
	if len(c.Rungs) == 0 {
		return c.Challenge.CreatedAt
	}
	return c.Rungs[0].RaisedAt
}

func (s *State) stage() Stage {
	r := s.referral
	switch {
	case slices.ContainsFunc(s.Challenges, func(c ChallengeState) bool { return c.Open() && c.asksThem() }):
		return Challenged
	case r.NotReferred != "" && !made(r):
		return NotReferred
	case s.Decision != nil && len(s.Due) == 0:
		return Closed
	case s.Decision != nil:
		return Decided
	case s.Acknowledged != "":
		return Acknowledged
	case r.SentAt != "":
		return Sent
	case r.PhonedAt != "":
		return Phoned
	}
	return Draft
}

// newest returns every record once, in its newest version. Records without an
// id are not saved yet and all count.
func newest[T any](all []T, meta func(T) records.Meta) []T {
	var kept []T
	place := map[records.ID]int{}
	for _, x := range all {
		m := meta(x)
		i, again := place[m.ID]
		switch {
		case !again || m.ID == "":
			place[m.ID] = len(kept)
			kept = append(kept, x)
		case m.Version > meta(kept[i]).Version:
			kept[i] = x
		}
	}
	return kept
}

// inOrder returns every record once, in its newest version, in the order in
// which they were first kept.
func inOrder[T any](all []T, meta func(T) records.Meta) []T {
	own := newest(all, meta)
	slices.SortStableFunc(own, func(a, b T) int {
		return cmp.Or(cmp.Compare(meta(a).CreatedAt, meta(b).CreatedAt), cmp.Compare(meta(a).ID, meta(b).ID))
	})
	return own
}
