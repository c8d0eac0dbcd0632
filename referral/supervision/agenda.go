package supervision

import (
	"cmp"
	"slices"
	"strings"

	"throughline/records"
	"throughline/referral"
	"throughline/referral/procedures"
)

// Most is how many pupils an agenda begins with: more than a dozen are not
// heard in one session.
const Most = 12

// withoutSession is how many days an agenda looks back when there was no
// session before: half a term.
const withoutSession = 42

// Reason is why a pupil is brought.
type Reason int

// The reasons, most pressing first.
const (
	AtOnce     Reason = iota // something has to be done before anything else
	Challenged               // a challenge, a complaint or a disagreement is open
	Late                     // something is overdue
	Returning                // the day has come to look at a note again
	Changed                  // the line says something that it did not at the last session
	NewPupil                 // the first concern has come since then
	Quiet                    // the line has fallen silent
	Vague                    // entries are still too vague to act on
)

// String returns the reason in a word or two.
func (r Reason) String() string {
	return [...]string{"Now", "Challenge or complaint open", "Overdue", "To be looked at again", "The line has changed", "New", "Quiet", "Vague"}[r]
}

// Point is one reason why a pupil is brought, with the records it rests on.
type Point struct {
	Reason Reason
	Text   string        // one or two sentences
	Refs   []records.Ref // what to open; the first is the best
}

// Child is a pupil on the agenda.
type Child struct {
	Pupil  records.Pupil
	Status records.StatusKind // today; empty for none
	Points []Point            // most pressing first
}

// Basis is what an agenda is drafted on.
type Basis struct {
	Since      records.Date           // the day of the last session; empty where there was none
	Now        records.Stamp          // the present
	Procedures *procedures.Procedures // nil where no limit is known
}

// From returns the day after which something is new: that of the last session,
// or half a term back where there was none.
func (b Basis) From() records.Date {
	return cmp.Or(b.Since, b.Now.Date().AddDays(-withoutSession))
}

// Earlier is an action that an earlier session asked for.
type Earlier struct {
	Pupil  records.Pupil
	Action records.Action
	Asked  records.Date // the day of that session
	Late   bool         // due before today and not done, or done after it was due
}

// Waiting is something that is open between the school and social care, or
// inside the school.
type Waiting struct {
	Pupil records.Pupil
	Item  referral.Item
}

// Quality is how the record was kept: concerns written since the last session,
// each a count out of Written.
type Quality struct {
	Written int
	Dated   int // of these, written here and with an exact day: the base of Late
	Late    int // written later than the next school day
	Vague   int // still too vague to act on
}

// Agenda is what a session is prepared from.
type Agenda struct {
	Basis
	Children   []Child   // most urgent first; see Most
	Earlier    []Earlier // not done first, then what was done since the last session
	Challenges []Waiting // open challenges, complaints and disagreements
	Replies    []Waiting // what others owe the school, late
	Quality    Quality
	Pupils     int // how many pupils are here whose files were read
}

// whole makes one agenda of what each file of a school asks for.
func whole(b Basis, files []*Agenda) Agenda {
	a := Agenda{Basis: b}
	for _, f := range files {
		a.add(*f)
	}
	a.sort()
	return a
}

// add takes in what the file of one pupil asks for.
func (a *Agenda) add(one Agenda) {
	a.Children = append(a.Children, one.Children...)
	a.Earlier = append(a.Earlier, one.Earlier...)
	a.Challenges = append(a.Challenges, one.Challenges...)
	a.Replies = append(a.Replies, one.Replies...)
	a.Quality.add(one.Quality)
	a.Pupils += one.Pupils
}

// sort puts the most urgent first in every list.
func (a *Agenda) sort() {
	slices.SortStableFunc(a.Children, func(x, y Child) int {
		return cmp.Or(
			cmp.Compare(x.Points[0].Reason, y.Points[0].Reason),
			cmp.Compare(y.reasons(), x.reasons()),
			cmp.Compare(len(y.Points), len(x.Points)),
			cmp.Compare(byName(&x.Pupil), byName(&y.Pupil)),
		)
	})
	slices.SortStableFunc(a.Earlier, func(x, y Earlier) int {
		return cmp.Or(cmp.Compare(x.Action.Done, y.Action.Done), cmp.Compare(x.Action.Due, y.Action.Due))
	})
	for _, list := range [][]Waiting{a.Challenges, a.Replies} {
		slices.SortStableFunc(list, func(x, y Waiting) int {
			return cmp.Or(cmp.Compare(x.Item.Urgency, y.Item.Urgency), cmp.Compare(x.Item.On, y.Item.On))
		})
	}
}

// reasons returns how many different reasons bring a pupil.
func (c *Child) reasons() int {
	seen := map[Reason]bool{}
	for _, p := range c.Points {
		seen[p.Reason] = true
	}
	return len(seen)
}

// Why returns the reasons as one text, to begin a note with.
func (c *Child) Why() string {
	var s []string
	for _, p := range c.Points {
		s = append(s, p.Text)
	}
	return strings.Join(s, "\n")
}

func byName(p *records.Pupil) string { return strings.ToLower(p.Surname + "\x00" + p.Forename) }
