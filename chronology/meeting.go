package chronology

import (
	"slices"

	"throughline/records"
)

// noEvents are the kinds that stand on the line and of which patterns know
// nothing: what they tell of the child has entries of its own.
var noEvents = []records.Kind{records.KindChildNote, records.KindDocument, records.KindImpact, records.KindPractice}

func isEvent(k records.Kind) bool { return !slices.Contains(noEvents, k) }

// meetings puts meetings that were held, or were not held though they were
// called, on the line. One that lies ahead has not happened.
func (b *builder) meetings() {
	for i := range b.f.Meetings {
		m := &b.f.Meetings[i]
		if !b.happened(m.On) || m.Held == records.NotKnown {
			continue
		}
		e := Entry{When: records.On(m.On), Title: m.Sort.String(), Agency: "Several agencies", Significant: true}
		if m.Held == records.No {
			e.Title += ": not held"
			e.Event, e.Reason = "The meeting was not held.", m.NotHeldWhy
		} else {
			e.Event = paragraphs(label("For the school: ", orElse(m.We, "nobody")), label("Also there: ", m.Others), report(m))
			e.Decision = paragraphs(m.Decided, label("Category: ", m.Category))
			e.Action = label("Next: ", m.Next.String())
		}
		if m.View != records.ViewNone {
			e.Outcome = paragraphs(join(": ", "The school's view: "+m.View.String(), m.ViewWhy), label("In the minutes: ", m.Dissent))
		}
		b.add(records.KindMeeting, m.Meta, e)
	}
}

// report says when the school's report went, and whether the parents saw it.
func report(m *records.Meeting) string {
	switch {
	case m.Report != "" && m.Shared != "":
		return "The school's report was shared with the parents on " + m.Shared.String() + " and sent on " + m.Report.String() + "."
	case m.Report != "":
		return "The school's report was sent on " + m.Report.String() + "."
	case m.Shared != "":
		return "The school's report was shared with the parents on " + m.Shared.String() + "."
	}
	return ""
}

// impacts puts a measure on the line twice: as it was at the start, and as it
// was at the review with what had changed for the child.
func (b *builder) impacts() {
	for i := range b.f.Impacts {
		m := &b.f.Impacts[i]
		if b.happened(m.Start) {
			b.add(records.KindImpact, m.Meta, Entry{
				When: records.On(m.Start), Title: "Measured at the start", Event: m.Measure, Impact: "At the start: " + m.Before,
			})
		}
		if b.happened(m.Looked) {
			e := Entry{
				When: records.On(m.Looked), Title: "What it changed: " + m.Change.String(), Significant: true, Event: m.Measure,
				Impact:  paragraphs("At the start: "+m.Before, "Now: "+m.After, label("The child says: ", m.ChildsView)),
				Outcome: m.Change.String(), Action: m.Next,
			}
			switch m.Change {
			case records.ChangeBetter:
				e.Significance = "+"
			case records.ChangeWorse:
				e.Significance = "−"
			}
			b.add(records.KindImpact, m.Meta, e)
		}
	}
}

// practices puts what another professional did well on the line.
func (b *builder) practices() {
	for i := range b.f.Practices {
		g := &b.f.Practices[i]
		if b.happened(g.On) {
			b.add(records.KindPractice, g.Meta, Entry{
				When: records.On(g.On), Title: "Good practice", Source: g.Who, Significance: "+",
				Event: g.What, Action: label("Told: ", g.Told),
			})
		}
	}
}

// complaint puts a complaint about conduct, and its answer, on the line.
func (b *builder) complaint(c *records.Challenge) {
	if b.happened(c.Raised) {
		b.add(records.KindChallenge, c.Meta, Entry{
			When: records.On(c.Raised), Title: "Complaint about conduct", Event: c.Decision,
			Action: label("Made to: ", c.To), Decision: label("Asked for: ", c.Sought),
		})
	}
	if b.happened(c.Answered) {
		b.add(records.KindChallenge, c.Meta, Entry{
			When: records.On(c.Answered), Title: "Complaint answered", Agency: socialCare, Source: c.To, Event: c.Answer,
		})
	}
}
