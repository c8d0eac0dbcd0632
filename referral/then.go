package referral

import (
	"throughline/records"
	"throughline/referral/procedures"
)

// runsFromReferral returns the clocks that run from the call or from the
// writing, each with its instant.
func runsFromReferral(r records.Referral) map[string]records.Stamp {
	began := Begins(r)
	from := map[string]records.Stamp{
		procedures.WrittenConfirmation: r.PhonedAt, procedures.Acknowledgement: began, procedures.Decision: began,
		procedures.ChildSeen47: began, procedures.AssessmentDone: began, procedures.Chase: began,
	}
	if r.Level.Rank() >= records.Section47.Rank() {
		from[procedures.Strategy] = began
	}
	return from
}

// runsFromReply returns the clocks that run from a reply.
func runsFromReply(y records.Reply) map[string]records.Stamp {
	from := map[string]records.Stamp{procedures.Chase: y.At, procedures.Acknowledgement: y.At}
	if y.Decided() != "" {
		from[procedures.View], from[procedures.Feedback] = y.At, y.At
	}
	if acts(y.Outcome) {
		from[procedures.ChildSeen17] = y.At
	}
	if y.Outcome == records.StrategyOrEnquiry {
		from[procedures.Strategy] = y.At
	}
	if y.Enquiry == records.EnquiryToConference {
		from[procedures.Conference] = y.At
	}
	return from
}

// runsFromMeeting returns the clocks that run from the day of a meeting, and
// that of the school's report, which runs up to it.
func runsFromMeeting(m records.Meeting) map[string]records.Stamp {
	from, noon := map[string]records.Stamp{}, midday(m.On)
	if m.Sort == records.StrategyDiscussion {
		from[procedures.Conference] = noon
	}
	if m.Sort.IsConference() {
		from[procedures.ConferenceReport], from[procedures.View] = noon, noon
	}
	switch {
	case m.MadePlan() && m.Sort == records.InitialConference:
		from[procedures.CoreGroup], from[procedures.FirstReview] = noon, noon
	case m.MadePlan():
		from[procedures.LaterReview] = noon
	}
	return from
}

// KeepDue writes into a referral that was telephoned or sent what is due when,
// by the procedures and the calendar of that day. [State] goes by today's, and
// says the kept date beside it where the two differ. What is kept already for
// the same instant stays.
func KeepDue(was records.Referral, r *records.Referral, p *procedures.Procedures, cal records.Calendar) {
	r.DueThen = keep(runsFromReferral(was), was.DueThen, runsFromReferral(*r), p, cal)
}

// KeepReplyDue writes into a reply what is due when from it; see [KeepDue]. was
// is the zero Reply for a new one.
func KeepReplyDue(was records.Reply, y *records.Reply, p *procedures.Procedures, cal records.Calendar) {
	y.DueThen = keep(runsFromReply(was), was.DueThen, runsFromReply(*y), p, cal)
}

// KeepMeetingDue writes into a meeting what is due when from it; see [KeepDue].
// was is the zero Meeting for a new one.
func KeepMeetingDue(was records.Meeting, m *records.Meeting, p *procedures.Procedures, cal records.Calendar) {
	m.DueThen = keep(runsFromMeeting(was), was.DueThen, runsFromMeeting(*m), p, cal)
}

// keep returns the limits of clocks that run from instants, or nil where there
// is none. What was kept for the same clock and instant stays.
func keep(wasFrom, was, from map[string]records.Stamp, p *procedures.Procedures, cal records.Calendar) map[string]records.Stamp {
	kept := map[string]records.Stamp{}
	for clock, start := range from {
		by := limit(clock, start, p, cal)
		if old := was[clock]; old != "" && wasFrom[clock] == start {
			by = old
		}
		if by != "" {
			kept[clock] = by
		}
	}
	if len(kept) == 0 {
		return nil // as of an older body, which has none
	}
	return kept
}

// limit returns what a clock makes of an instant. That of the school's report
// runs back from it.
func limit(clock string, start records.Stamp, p *procedures.Procedures, cal records.Calendar) records.Stamp {
	if clock == procedures.ConferenceReport {
		return before(start.Date(), p.Clock(clock), cal)
	}
	return Deadline(start, p.Clock(clock), cal)
}

// then returns the limit that was kept for a clock that runs from an instant:
// with the referral, or with the reply or the meeting it runs from. It is "" where
// none was.
func (s *State) then(clock string, since records.Stamp) records.Stamp {
	if since == "" {
		return ""
	}
	if by := s.referral.DueThen[clock]; by != "" && runsFromReferral(s.referral)[clock] == since {
		return by
	}
	for _, y := range s.Replies {
		if by := y.DueThen[clock]; by != "" && y.At == since {
			return by
		}
	}
	for _, m := range s.Meetings {
		if by := m.DueThen[clock]; by != "" && midday(m.On) == since {
			return by
		}
	}
	return ""
}
