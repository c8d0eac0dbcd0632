package referral

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"throughline/records"
	"throughline/referral/procedures"
)

// meetingsOf returns the meetings that follow from a referral, or, for "",
// those that follow from none, each in its newest version, in order of time.
func meetingsOf(referral records.ID, all []records.Meeting) []records.Meeting {
	own := newest(all, func(m records.Meeting) records.Meta { return m.Meta })
	own = slices.DeleteFunc(own, func(m records.Meeting) bool { return m.Referral != referral })
	slices.SortFunc(own, func(a, b records.Meeting) int {
		return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.CreatedAt, b.CreatedAt), cmp.Compare(a.ID, b.ID))
	})
	return own
}

// midday returns noon in London on a day, from which limits in days run.
func midday(d records.Date) records.Stamp {
	t := d.Time()
	if t.IsZero() {
		return ""
	}
	return records.StampOf(time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, records.London))
}

func refOfMeeting(m *records.Meeting) records.Ref { return refOf(records.KindMeeting, m.Meta) }

// in returns the name of a meeting within a sentence.
func in(k records.MeetingKind) string { return lowerFirst(k.String()) }

// dueMeetings adds what is due of each meeting, and what follows from one.
func (s *State) dueMeetings() {
	for i := range s.Meetings {
		m := &s.Meetings[i]
		switch m.Held {
		case records.NotKnown:
			s.dueHeld(m)
			s.dueReport(m)
		case records.Yes:
			s.dueSaid(m)
			s.dueDissent(m)
		}
	}
	if c := s.LastConference(); c != nil && c.MadePlan() {
		s.dueFromConference(c)
	}
}

// dueHeld adds that somebody has to write down what became of a meeting that
// was called.
func (s *State) dueHeld(m *records.Meeting) {
	d := Due{Kind: DueHeld, By: atClosing(m.On), Since: m.CreatedAt, Ours: true, Ref: refOfMeeting(m)}
	d.What = fmt.Sprintf("The %s is on %s. Afterwards write down whether it was held and what was decided.", in(m.Sort), m.On)
	if m.On < s.now.Date() {
		d.What = fmt.Sprintf("The %s was to be on %s. Write down whether it was held, and what was decided.", in(m.Sort), m.On)
	}
	s.addDue(d)
}

// dueReport adds the school's report to a conference that lies ahead. The
// parents see it first.
func (s *State) dueReport(m *records.Meeting) {
	if !m.Sort.IsConference() || m.On < s.now.Date() || m.Report != "" && m.Shared != "" {
		return
	}
	c := s.procedures.Clock(procedures.ConferenceReport)
	d := Due{Kind: DueReport, By: before(m.On, c, s.calendar), Since: m.CreatedAt, Ours: true, Ref: refOfMeeting(m)}
	switch {
	case m.Report != "":
		d.What = "The school's report went to the conference, and it is not written down that the parents saw it. Go through it with them before the day."
	case m.Shared != "":
		d.What = fmt.Sprintf("The parents have seen the school's report: send it to the conference of %s.", m.On)
	default:
		d.What = fmt.Sprintf("Write the school's report for the conference of %s. Go through it with the parents first, then send it.", m.On)
	}
	d.ruledBy(c, " before")
	s.addDue(d.keptAs(m.DueThen[procedures.ConferenceReport]))
}

// before returns the end of the working day by which something is due that
// comes before a day, or "" where no limit is known.
func before(d records.Date, c procedures.Clock, cal records.Calendar) records.Stamp {
	switch {
	case !c.Known() || d.Time().IsZero():
		return ""
	case c.Unit == procedures.WorkingDays:
		return atClosing(AddWorkingDays(d, -c.Value, cal))
	case c.Unit == procedures.Months:
		return atClosing(addMonths(d.Time(), -c.Value))
	}
	return records.StampOf(midday(d).Time().Add(-time.Duration(c.Value) * time.Hour))
}

// dueSaid adds the next meeting as it was fixed at the last one of its kind,
// until it is written down as a meeting of its own.
func (s *State) dueSaid(m *records.Meeting) {
	if m.Next == "" {
		return
	}
	sort := m.Sort
	if sort == records.InitialConference {
		sort = records.ReviewConference
	}
	for i := range s.Meetings {
		if o := &s.Meetings[i]; o.On > m.On && (o.Sort == sort || o.Sort == m.Sort) {
			return
		}
	}
	s.addDue(Due{
		Kind: DueHeld, By: atClosing(m.Next), Since: midday(m.On), Ours: true, Ref: refOfMeeting(m),
		What: fmt.Sprintf("At the meeting of %s the next one (%s) was fixed for %s. Write it down as a meeting of its own.", m.On, in(sort), m.Next),
	})
}

// dueDissent adds our view of what a conference decided and, where we disagree,
// that it has to stand in the minutes.
func (s *State) dueDissent(m *records.Meeting) {
	if !m.Sort.IsConference() {
		return
	}
	switch {
	case m.View == records.ViewNone:
		s.due(DueView, "Say what we think of what the conference decided: agree, accept an alternative, or disagree.",
			midday(m.On), procedures.View, true, refOfMeeting(m))
	case m.View == records.DisagreeWithCSC && blank(m.Dissent):
		s.due(DueDissent, "We disagreed with the conference: have that put in its minutes, with the reason, and write down how. Challenge if the child is still not safe.",
			midday(m.On), procedures.View, true, refOfMeeting(m))
	}
}

// LastConference returns the last child protection conference that was held, or
// nil.
func (s *State) LastConference() *records.Meeting {
	return s.lastHeld(records.InitialConference, records.ReviewConference)
}

// lastHeld returns the last meeting of these kinds that was held, or nil.
func (s *State) lastHeld(kinds ...records.MeetingKind) *records.Meeting {
	for i := len(s.Meetings) - 1; i >= 0; i-- {
		if m := &s.Meetings[i]; m.Held == records.Yes && slices.Contains(kinds, m.Sort) {
			return m
		}
	}
	return nil
}

// firstHeld returns the first meeting of a kind that was held on a day or
// later, or nil.
func (s *State) firstHeld(kind records.MeetingKind, from records.Date) *records.Meeting {
	for i := range s.Meetings {
		if m := &s.Meetings[i]; m.Held == records.Yes && m.Sort == kind && m.On >= from {
			return m
		}
	}
	return nil
}

// dueFromConference adds what follows from the last conference, where it made
// or kept a plan: the first core group and the next review.
func (s *State) dueFromConference(c *records.Meeting) {
	ref := refOfMeeting(c)
	review := procedures.LaterReview
	if c.Sort == records.InitialConference {
		review = procedures.FirstReview
		s.dueCalled(DueCoreGroup, records.CoreGroup, c.On, procedures.CoreGroup, midday(c.On), ref)
	}
	s.dueCalled(DueReview, records.ReviewConference, c.On.AddDays(1), review, midday(c.On), ref)
}

// dueCalled adds a meeting that has to follow by a clock, unless one was held
// on a day or later, or is called for a day within the limit.
func (s *State) dueCalled(kind DueKind, sort records.MeetingKind, from records.Date, clock string, since records.Stamp, ref records.Ref) {
	d := Due{Kind: kind, Since: since, Ref: ref}
	c := s.procedures.Clock(clock)
	d.By = Deadline(since, c, s.calendar)
	d.ruledBy(c, "")
	d.What = missingMeeting[kind]
	for i := range s.Meetings {
		m := &s.Meetings[i]
		if m.Sort != sort || m.On < from {
			continue
		}
		switch within := d.By == "" || m.On <= d.By.Date(); {
		case m.Held == records.Yes, m.Held == records.NotKnown && within:
			return
		case m.Held == records.No && settles(m.View):
			return
		case m.Held == records.No:
			d.What = fmt.Sprintf("The %s of %s was not held. %s", in(sort), m.On, missingMeeting[kind])
		default:
			d.What = fmt.Sprintf("The %s is called for %s, which is after the limit. Ask for an earlier day, or why it waits.", in(sort), m.On)
		}
	}
	s.addDue(d.keptAs(s.then(clock, since)))
}

// settles reports whether a view leaves nothing more to do.
func settles(v records.View) bool { return v == records.Agree || v == records.AcceptAnAltern }

var missingMeeting = map[DueKind]string{
	DueStrategy:   "No strategy discussion is written down. Ask whether there was one; if not, who decided that and why. Challenge if the child is not safe.",
	DueConference: "The enquiry led to a child protection conference, and none is written down. Ask when it is.",
	DueCoreGroup:  "No core group is written down since the conference. Ask when it is.",
	DueReview:     "No review conference is written down since the last conference. Ask when it is.",
}
