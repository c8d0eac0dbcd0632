package supervision

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"throughline/records"
	"throughline/referral"
)

// Decision is a decision about a child that a session can test.
type Decision struct {
	Text string // the decision as it will stand in the note
	On   records.Date
	Ref  records.Ref
}

// String returns the decision in one line, to choose it from a list.
func (d Decision) String() string { return strings.Join(strings.Fields(d.Text), " ") }

var noFurtherAction = regexp.MustCompile(`(?i)\bno (further|more) action\b|\bNFA\b`)

// Decisions returns the open decisions about a child, the newest first: what
// social care decided last and whether the school agreed, a decision not to
// refer, the last concern that ended in no further action, and the decision on
// the last concern.
func Decisions(f *records.File) []Decision {
	var all []Decision
	for _, r := range f.Referrals {
		if r.NotReferred != "" && referral.Begins(r) == "" {
			on := cmp.Or(r.DecidedAt, r.RecordedAt).Date()
			all = append(all, Decision{"On " + on.String() + " it was decided not to refer: " + sentence(r.NotReferred), on, refOf(records.KindReferral, r.Meta)})
		}
		if d := lastDecision(f, r.ID); d != nil {
			text := "On " + d.At.Date().String() + " social care decided: " + sentence(decided(d))
			if d.Reasons != "" {
				text += " Their reason: " + sentence(d.Reasons)
			}
			if d.View != records.ViewNone {
				text += " " + d.View.String() + labelled(": ", d.ViewWhy)
			}
			all = append(all, Decision{sentence(text), d.At.Date(), refOf(records.KindReply, d.Meta)})
		}
	}
	var last, nothing *records.Concern
	for i := range f.Concerns {
		c := &f.Concerns[i]
		if !own(f, c) || strings.TrimSpace(c.Decision) == "" {
			continue
		}
		if last == nil || dayOf(c) >= dayOf(last) {
			last = c
		}
		if noFurtherAction.MatchString(c.Decision+" "+c.Outcome) && (nothing == nil || dayOf(c) >= dayOf(nothing)) {
			nothing = c
		}
	}
	for _, c := range []*records.Concern{nothing, last} {
		if c == nil || slices.ContainsFunc(all, func(d Decision) bool { return d.Ref.ID == c.ID }) {
			continue
		}
		text := "On the concern of " + c.When.String() + ": " + sentence(c.Decision)
		if c.Reason != "" {
			text += " Because: " + sentence(c.Reason)
		}
		all = append(all, Decision{text, dayOf(c), refOf(records.KindConcern, c.Meta)})
	}
	slices.SortStableFunc(all, func(a, b Decision) int { return cmp.Compare(b.On, a.On) })
	return all
}

// lastDecision returns the newest reply to a referral that decides it, or nil.
func lastDecision(f *records.File, of records.ID) *records.Reply {
	var last *records.Reply
	for i := range f.Replies {
		y := &f.Replies[i]
		if y.Referral == of && y.Decided() != "" && (last == nil || y.At >= last.At) {
			last = y
		}
	}
	return last
}

// decided says what a reply decides: on the referral, and what a section 47
// enquiry came to; empty where it decides nothing.
func decided(y *records.Reply) string {
	switch {
	case y.Enquiry == "":
		return string(y.Outcome)
	case y.Outcome == "":
		return "section 47 enquiry: " + string(y.Enquiry)
	}
	return string(y.Outcome) + "; section 47 enquiry: " + string(y.Enquiry)
}

// Most of what a draft takes from the record: the newest, to be edited.
const (
	mostWords  = 5 // of the child
	mostEvents = 8
	mostTried  = 4
)

// NoteOf drafts the note about a child: why they are brought, what has happened
// since a day, the child's own words, what protects, and what was tried. The
// writer edits all of it. c may be nil for a child whom no reason brings.
func NoteOf(f *records.File, c *Child, since records.Date) records.ChildNote {
	n := records.ChildNote{Pupil: f.Pupil.ID}
	if c != nil {
		n.Why = c.Why()
	}
	n.Happened = join(happened(f, since), mostEvents)
	n.Lived = join(words(f), mostWords)
	n.Strengths = join(strengths(f), mostTried)
	n.Tried = join(tried(f), mostTried)
	return n
}

// join returns the last texts, each on a line of its own.
func join(texts []string, most int) string {
	return strings.Join(texts[max(0, len(texts)-most):], "\n")
}

func happened(f *records.File, since records.Date) []string {
	var s []string
	for i := range f.Concerns {
		c := &f.Concerns[i]
		if own(f, c) && (c.CreatedAt.Date() > since || dayOf(c) > since) {
			s = append(s, c.When.String()+": "+sentence(cmp.Or(c.Line, c.Account)))
		}
	}
	return s
}

// words returns what the child said, word for word, with the day.
func words(f *records.File) []string {
	var s []string
	for i := range f.Concerns {
		if c := &f.Concerns[i]; own(f, c) && c.ChildsWords != "" {
			s = append(s, c.When.String()+": “"+strings.TrimSpace(c.ChildsWords)+"”")
		}
	}
	return s
}

func strengths(f *records.File) []string {
	var s []string
	for _, t := range f.Ties {
		if t.Strength != "" {
			s = append(s, upper(t.Relationship)+": "+sentence(t.Strength))
		}
	}
	return s
}

func tried(f *records.File) []string {
	var s []string
	for i := range f.Supports {
		x := &f.Supports[i]
		text := "From " + x.From.String() + ": " + sentence(x.What)
		switch im := impactOf(f, x.ID); {
		case im != nil && im.Change != records.ChangeNotJudged:
			text += fmt.Sprintf(" %s: %s, then %s. %s.", upper(im.Measure), im.Before, im.After, im.Change)
		case x.Before != "" && x.After != "":
			text += " Before: " + sentence(x.Before) + " After: " + sentence(x.After)
		case x.Result != "":
			text += " " + sentence(x.Result)
		default:
			text += " What it changed has not been judged yet."
		}
		s = append(s, text)
	}
	return s
}

// impactOf returns what something that was done changed: the newest that was
// judged, otherwise the newest; nil for none.
func impactOf(f *records.File, of records.ID) *records.Impact {
	var found *records.Impact
	for i := range f.Impacts {
		im := &f.Impacts[i]
		if im.Of == of && (found == nil || im.Change != records.ChangeNotJudged && im.Looked >= found.Looked) {
			found = im
		}
	}
	return found
}

func labelled(label, text string) string {
	if text == "" {
		return ""
	}
	return label + text
}
