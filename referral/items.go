package referral

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"throughline/records"
	"throughline/referral/procedures"
)

// Urgency says how soon something has to be done.
type Urgency int

// The urgencies, most urgent first.
const (
	AtOnce  Urgency = iota // a child may not be safe until it is done
	Overdue                // its time has passed
	DueNow                 // due today
	Soon                   // due within the next five working days
	Open                   // to be done, with no date
	Later                  // due after that
)

// Urgencies returns every urgency, most urgent first.
func Urgencies() []Urgency { return []Urgency{AtOnce, Overdue, DueNow, Soon, Open, Later} }

// String returns the urgency as a heading.
func (u Urgency) String() string {
	switch u {
	case AtOnce:
		return "Now"
	case Overdue:
		return "Overdue"
	case DueNow:
		return "Today"
	case Soon:
		return "This week"
	case Open:
		return "No date"
	}
	return "Later"
}

// Item is one thing that is due for one pupil.
type Item struct {
	Pupil    records.ID
	Urgency  Urgency
	Sentence string
	Late     string        // how late, or when due, in words
	Say      string        // what to say to social care; empty where nothing
	Climb    string        // the ladder to take if they will not; empty where none is in question
	Waiting  string        // for how long they have not confirmed what they logged; empty where they have
	By       records.Stamp // empty where it is due on a day, or has no limit
	Then     records.Stamp // the limit as it was kept when it began to run, where it differs from By
	On       records.Date  // the London day of By, or the day itself; empty for no limit
	Since    records.Date  // from when it is waiting; empty when not known
	Ours     bool          // the school does it; otherwise social care does
	Ref      records.Ref   // the record to open
	Referral DueKind       // empty where the item is from no referral
	Case     records.ID    // the referral it is about; empty where there is none
}

// Items returns everything that is due for one pupil at an instant, most
// urgent first: from referrals with their replies, challenges and meetings,
// from meetings that follow from no referral, from monitoring that ends or has
// lapsed, from actions, and from measures to be taken again. The calendar is the
// file's. Without procedures no limit is known.
func Items(f *records.File, p *procedures.Procedures, now records.Stamp) []Item {
	l := list{cal: f.Calendar, now: now, pupil: f.Pupil.ID}
	for _, r := range newest(f.Referrals, func(r records.Referral) records.Meta { return r.Meta }) {
		l.referral(StateIn(f, r, p, now))
	}
	alone := State{Meetings: meetingsOf("", f.Meetings), procedures: p, calendar: f.Calendar, now: now}
	alone.dueMeetings()
	l.waiting(&alone)
	nextSteps := map[records.ID]string{} // of the plans that are open
	for _, m := range newest(f.Monitorings, func(m records.Monitoring) records.Meta { return m.Meta }) {
		if m.Ended == "" {
			l.monitoring(m)
			nextSteps[m.ID] = m.NextSteps
		}
	}
	for _, a := range newest(f.Actions, func(a records.Action) records.Meta { return a.Meta }) {
		// The last task of a plan says the same as the plan, which is open.
		told := a.Plan != "" && a.What != "" && nextSteps[a.Plan] == a.What
		if a.Done == "" && !told {
			l.action(a)
		}
	}
	for _, i := range newest(f.Impacts, func(i records.Impact) records.Meta { return i.Meta }) {
		if i.Looked == "" {
			l.impact(i)
		}
	}
	SortItems(l.items)
	return l.items
}

// SortItems puts the most urgent first: by urgency, then what waits between us
// and social care before what waits at school, then by what is due sooner.
func SortItems(items []Item) {
	slices.SortStableFunc(items, func(a, b Item) int {
		return cmp.Or(
			cmp.Compare(a.Urgency, b.Urgency),
			cmp.Compare(a.atSchool(), b.atSchool()),
			cmp.Compare(a.moment(), b.moment()),
			cmp.Compare(slices.Index(dueOrder, a.Referral), slices.Index(dueOrder, b.Referral)),
			cmp.Compare(a.Pupil, b.Pupil),
			cmp.Compare(a.Ref.ID, b.Ref.ID),
			cmp.Compare(a.Sentence, b.Sentence),
		)
	})
}

// atSchool is 0 for what comes from a referral and 1 for the rest.
func (i Item) atSchool() int {
	if i.Referral != "" {
		return 0
	}
	return 1
}

// moment orders items of one urgency: by their instant, what is due on a day
// at the end of it, and what has no limit by how long it is waiting.
func (i Item) moment() string {
	switch {
	case i.By != "":
		return string(i.By)
	case i.On != "":
		return string(i.On) + "T24"
	}
	return string(i.Since)
}

type list struct {
	cal   records.Calendar
	now   records.Stamp
	pupil records.ID
	items []Item
}

// referral adds what is due in a referral, and a draft of which nothing is due
// yet, so that no draft is forgotten.
func (l *list) referral(s State) {
	if s.Stage == Draft && len(s.Due) == 0 {
		l.add(Item{Ref: s.ref(), Sentence: "A referral is a draft. " + s.Next.What, Since: s.referral.CreatedAt.Date(), Ours: true, Urgency: Open})
	}
	l.waiting(&s)
}

// waiting adds what is due between us and social care.
func (l *list) waiting(s *State) {
	for _, d := range s.Due {
		i := Item{
			Urgency: l.urgency(d), Sentence: d.What, Late: d.Late(l.cal, l.now), Say: s.Say(d), By: d.By, Then: d.Then,
			On: d.By.Date(), Since: d.Since.Date(), Ours: d.Ours, Ref: d.Ref, Referral: d.Kind, Case: s.referral.ID,
		}
		switch d.Kind {
		case DueMismatch, DueStrategy:
			i.Climb = Climb(s.procedures)
		case DueAcknowledge, DueLogged:
			i.Waiting = s.Unconfirmed.String()
		}
		l.add(i)
	}
}

func (l *list) urgency(d Due) Urgency {
	switch {
	case d.AtOnce:
		return AtOnce
	case d.Overdue:
		return Overdue
	}
	return l.urgencyOn(d.By.Date())
}

// urgencyOn returns the urgency of what is due in the course of a day.
func (l *list) urgencyOn(day records.Date) Urgency {
	today := l.now.Date()
	switch {
	case day == "":
		return Open
	case day < today:
		return Overdue
	case day == today:
		return DueNow
	case day <= AddWorkingDays(today, 5, l.cal):
		return Soon
	}
	return Later
}

func (l *list) monitoring(m records.Monitoring) {
	i := Item{
		Urgency: l.urgencyOn(m.Until), On: m.Until, Since: m.From, Ours: true, Ref: refOf(records.KindMonitoring, m.Meta),
		Late: l.lateOn(m.Until),
	}
	what := quoted(m.What)
	switch {
	case m.Until == "":
		i.Sentence = "Watching for " + what + " has no last day: say until when, and what happens then."
	case i.Urgency == Overdue:
		i.Sentence = "Watching for " + what + " lapsed without a result. Write what was seen, and take the next step: " + sentence(m.NextSteps)
	default:
		i.Sentence = "Watching for " + what + " ends. Then: " + sentence(m.NextSteps)
	}
	l.add(i)
}

func (l *list) action(a records.Action) {
	l.add(Item{
		Urgency: l.urgencyOn(a.Due), On: a.Due, Since: a.CreatedAt.Date(), Ours: true, Ref: refOf(records.KindAction, a.Meta),
		Sentence: sentence(a.Who + ": " + strings.TrimSpace(a.What)), Late: l.lateOn(a.Due),
	})
}

func (l *list) impact(i records.Impact) {
	l.add(Item{
		Urgency: l.urgencyOn(i.Review), On: i.Review, Since: i.Start, Ours: true, Ref: refOf(records.KindImpact, i.Meta),
		Sentence: "Measure again what was done changed: " + quoted(i.Measure) + ". At the start it was " + quoted(i.Before) + ". Ask the child too.",
		Late:     l.lateOn(i.Review),
	})
}

// lateOn says in words how late a day is. School staff do these, so it counts
// school days.
func (l *list) lateOn(day records.Date) string {
	today := l.now.Date()
	switch {
	case day == "":
		return "no date"
	case day == today:
		return "due today"
	case day > today:
		return "due " + day.String()
	}
	switch n := l.cal.SchoolDays(day.AddDays(1), today); n {
	case 0:
		return "late, though no school day has passed"
	case 1:
		return "1 school day late"
	default:
		return fmt.Sprintf("%d school days late", n)
	}
}

func (l *list) add(i Item) {
	i.Pupil = l.pupil
	l.items = append(l.items, i)
}

// quoted returns what somebody wrote as part of a sentence of ours.
func quoted(s string) string {
	return "\u201c" + strings.TrimRight(strings.TrimSpace(s), ".") + "\u201d"
}
