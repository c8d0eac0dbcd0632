package referral

import (
	"slices"

	"throughline/records"
	"throughline/referral/procedures"
)

// dueEnquiry adds what follows from a decision to look at the child: the
// strategy discussion, the conference, the assessment, and the watching that
// they asked of us.
func (s *State) dueEnquiry() {
	s.dueStrategy()
	c := s.decided
	if c.enquiry == records.EnquiryToConference && !s.became(records.ChildProtect, records.LookedAfter) {
		since := c.enquiryAt
		// Working Together counts from the strategy discussion at which the
		// enquiry was begun: the first one.
		if m := s.firstHeld(records.StrategyDiscussion, s.Began.Date()); m != nil && m.On <= since.Date() {
			since = midday(m.On)
		}
		s.dueCalled(DueConference, records.InitialConference, s.Began.Date(), procedures.Conference, since, s.ref())
	}
	conferred := s.firstHeld(records.InitialConference, s.Began.Date()) != nil
	if acts(c.outcome) && c.assessed == "" && !conferred && !s.hasPlan() {
		s.due(DueAssessment, "Nobody has told us that the assessment is finished. Ask what it found.",
			s.Began, procedures.AssessmentDone, false, s.ref())
	}
	s.dueWatch()
}

// dueStrategy adds the strategy discussion: from when it was decided on or,
// where section 47 was asked for and the day for it has passed, from the
// referral. It is met when one is written down, when the enquiry has an
// outcome, when a plan of social care has begun, when we accept that there is
// none, and while that is challenged.
func (s *State) dueStrategy() {
	since := s.decided.strategy
	asked := s.referral.Level.Rank() >= records.Section47.Rank()
	if since == "" && asked {
		since = s.Began
	}
	accepted := s.decided.outcome != records.StrategyOrEnquiry && s.Decision != nil && settles(s.View)
	if since == "" || s.decided.enquiry != "" || s.hasPlan() || accepted || s.challengedSince(since) {
		return
	}
	if by := Deadline(since, s.procedures.Clock(procedures.Strategy), s.calendar); s.Decision == nil && (by == "" || s.now <= by) {
		return // until then the clock of their decision says it all
	}
	s.dueCalled(DueStrategy, records.StrategyDiscussion, s.Began.Date(), procedures.Strategy, since, s.ref())
}

// became reports whether the pupil has had one of these statuses from the day of
// the referral or a later one: what led to it was held, whoever wrote it down.
func (s *State) became(kinds ...records.StatusKind) bool {
	return slices.ContainsFunc(s.bands, func(b records.StatusBand) bool {
		return b.From >= s.Began.Date() && slices.Contains(kinds, b.Status)
	})
}

// hasPlan reports whether a plan of social care followed.
func (s *State) hasPlan() bool {
	return s.became(records.ChildInNeed, records.ChildProtect, records.LookedAfter)
}

// dueWatch adds that another agency is to monitor the child: whether it is us,
// and then the plan. "Monitor" without one is not an action.
func (s *State) dueWatch() {
	c := s.decided
	if c.enquiry != records.EnquiryOtherMonitors || len(c.watch) == 0 {
		return
	}
	us := records.NotKnown
	for _, y := range c.watch {
		if y.WeWatch != records.NotKnown {
			us = y.WeWatch
		}
	}
	ref := refOf(records.KindReply, c.watch[0].Meta)
	switch {
	case us == records.No || s.watched():
	case us == records.NotKnown:
		s.due(DueWatch, "They decided that another agency is to monitor the child's welfare. Ask which one. Is it the school?",
			c.enquiryAt, procedures.View, true, ref)
	default:
		s.due(DueWatch, "They asked us to watch. That needs a plan: what, who, how often, until when, what would change it, and what happens then.",
			c.enquiryAt, procedures.View, true, ref)
	}
}

// watched reports whether there is a plan for what they asked us to watch.
func (s *State) watched() bool {
	return slices.ContainsFunc(s.plans, func(m records.Monitoring) bool {
		return slices.ContainsFunc(s.decided.watch, func(y *records.Reply) bool { return m.Reply != "" && m.Reply == y.ID })
	})
}
