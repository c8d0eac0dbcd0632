package chronology

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"throughline/records"
)

// Scene is what a picture of a child's line is made from.
type Scene struct {
	Line     Line // the entries that are drawn
	Whole    Line // what the rate is counted from; nil is Line
	Bands    []records.StatusBand
	Calendar records.Calendar
	Read     records.Date // the day on which the line was read; the picture ends there
	End      string       // what that day is: "Today", "Sent"
}

// Picture is a child's line before it has a size: what stands in which lane, on
// which days. The window, the referral pack and the workbook all draw this one.
// It is a pure value; see [Picture.Place] for where things lie.
type Picture struct {
	From, To records.Date // the days it covers, with some to spare on either side
	Read     records.Date // the day on which the line was read
	End      string       // what that day is: "Today", "Sent"
	Lanes    []Lane       // from top to bottom
	Marks    []Mark       // in the order of the line
	Bands    []Band       // statuses, in order of their beginning
	Shut     []records.Span
	Turns    []Turn
	Rate     Rate
	Undated  int // entries that have no place in time
}

// Lane is one row of a picture.
type Lane struct {
	Name     string
	Category records.Category // of concerns; empty for the others
	Count    int              // of its marks
}

// The lanes of what is not a concern, and of the rarest concerns.
const (
	LaneHome   = "Household"
	LaneHelp   = "Help and watching"
	LaneCare   = "Social care"
	LanePapers = "Documents"
	LaneOthers = "Other concerns"
)

// Mark is an entry in a lane. First and Last are the days between which it
// happened; they are the same where the day is known.
type Mark struct {
	Entry       int // place on the line, from 0
	Lane        int
	Day         records.Date // where it is drawn
	First, Last records.Date
	Size        int // 1 to 5; for concerns it is their severity
	Shape       Shape
	Hollow      bool // hearsay, or in another child's concern
}

// Shape is how a mark is drawn. Shapes, not colours, tell kinds apart, so that
// a picture can be read in black and white.
type Shape int

// The shapes.
const (
	Dot          Shape = iota // a concern; the larger, the more serious
	Square                    // help, watching, an action, a change at home, a document
	Diamond                   // a referral
	SmallDiamond              // a reply, a meeting, and what was shared
	Triangle                  // a challenge
	Arrow                     // a change at home before the picture begins, at its left end
)

// Band is a status that lasted. From and To lie within the picture.
type Band struct {
	Status   records.StatusKind
	Name     string       // with the category of a child protection plan
	From, To records.Date // as far as it lies in the picture
	Began    records.Date
	Ended    records.Date // empty while it goes on
}

// Turn is a day on which the household changed.
type Turn struct {
	Entry int // place on the line, from 0
	Day   records.Date
	Words string // "Karl Hobson (stepfather) lives in the household from this day."
}

const (
	// mostCategories is how many categories have a lane of their own; the rarest
	// of the others share one.
	mostCategories = 7
	// shortestSpan is the least number of days that a picture covers, so that two
	// entries of one week do not look years apart.
	shortestSpan = 120
	// aboutDays is how many days to either side an approximate date may lie.
	aboutDays = 3
	// beforeDays is how far back an entry of "some day before" is drawn: nobody
	// knows how far it really goes.
	beforeDays = 30
)

// Picture returns what there is to draw. A scene without a dated entry has no
// lanes and no marks.
func (s Scene) Picture() *Picture {
	p := &Picture{Read: s.Read, End: s.End}
	p.From, p.To = period(s.Line, s.Read)
	lanes, of := lanesOf(s.Line)
	p.Lanes = lanes
	for i := range s.Line {
		e := &s.Line[i]
		switch {
		case e.When.Date == "":
			p.Undated++
		case of[i] >= 0:
			p.Marks = append(p.Marks, p.mark(e, i, of[i]))
			p.Lanes[of[i]].Count++
		}
		if e.Ref.Kind == records.KindTie && e.When.Date >= p.From {
			p.Turns = append(p.Turns, Turn{i, e.When.Date, e.Event})
		}
	}
	if len(p.Marks) == 0 {
		return p
	}
	for i := range s.Bands {
		p.addBand(&s.Bands[i])
	}
	slices.SortStableFunc(p.Bands, func(a, b Band) int { return cmp.Compare(a.From, b.From) })
	p.Shut = holidays(s.Calendar, p.From, p.To)
	whole := s.Whole
	if whole == nil {
		whole = s.Line
	}
	p.Rate = rateOf(whole, s.Calendar, s.Read).within(p.From, p.To)
	return p
}

// period returns the days that a picture covers: from the first entry to the
// day it was read, and somewhat more on either side. Statuses and people may
// reach back to the child's birth; they do not stretch it.
func period(line Line, read records.Date) (from, to records.Date) {
	from, to = read, read
	for i := range line {
		e := &line[i]
		if e.When.Date == "" {
			continue
		}
		to = max(to, e.When.Date)
		if k := e.Ref.Kind; k != records.KindTie && k != records.KindStatus && (from == "" || e.When.Date < from) {
			from = e.When.Date
		}
	}
	if from == "" {
		from = to
	}
	if short := shortestSpan - from.DaysUntil(to); short > 0 {
		from = from.AddDays(-short)
	}
	pad := max(4, from.DaysUntil(to)/60)
	return from.AddDays(-pad), to.AddDays(pad)
}

// lanesOf returns the lanes that the dated entries of a line need, from top to
// bottom, and the lane of each entry: -1 for what has none.
func lanesOf(line Line) (lanes []Lane, of []int) {
	own := commonest(line)
	names := make([]string, len(line))
	used := map[string]bool{}
	for i := range line {
		if line[i].When.Date != "" {
			names[i] = laneName(&line[i], own)
			used[names[i]] = true
		}
	}
	place := map[string]int{"": -1}
	add := func(l Lane) {
		if used[l.Name] {
			place[l.Name] = len(lanes)
			lanes = append(lanes, l)
		}
	}
	for _, c := range records.Categories() {
		if slices.Contains(own, c) {
			add(Lane{Name: c.String(), Category: c})
		}
	}
	for _, name := range []string{LaneOthers, LaneHome, LaneHelp, LaneCare, LanePapers} {
		add(Lane{Name: name})
	}
	for _, name := range names {
		of = append(of, place[name])
	}
	return lanes, of
}

// commonest returns the categories that have a lane of their own.
func commonest(line Line) []records.Category {
	n := map[records.Category]int{}
	for i := range line {
		if e := &line[i]; e.Ref.Kind == records.KindConcern && e.When.Date != "" {
			n[e.Category]++
		}
	}
	var all []records.Category
	for _, c := range records.Categories() {
		if n[c] > 0 {
			all = append(all, c)
		}
	}
	if len(all) <= mostCategories {
		return all
	}
	slices.SortStableFunc(all, func(a, b records.Category) int { return cmp.Compare(n[b], n[a]) })
	return all[:mostCategories-1] // the shared lane is the last
}

func laneName(e *Entry, own []records.Category) string {
	switch e.Ref.Kind {
	case records.KindConcern:
		if slices.Contains(own, e.Category) {
			return e.Category.String()
		}
		return LaneOthers
	case records.KindStatus:
		return ""
	case records.KindTie:
		return LaneHome
	case records.KindReferral, records.KindReply, records.KindDisclosure, records.KindMeeting, records.KindChallenge, records.KindRung:
		return LaneCare
	case records.KindDocument:
		return LanePapers
	}
	return LaneHelp
}

func (p *Picture) mark(e *Entry, i, lane int) Mark {
	m := Mark{Entry: i, Lane: lane, Day: e.When.Date, Hollow: e.Standing == records.Hearsay || e.Part != ""}
	m.Shape, m.Size = shapeOf(e)
	m.First, m.Last = m.Day, m.Day
	switch e.When.Precision {
	case records.InMonth:
		m.First = e.When.Date[:8] + "01"
		m.Last = lastOfMonth(m.First)
		m.Day = m.First.AddDays(m.First.DaysUntil(m.Last) / 2)
	case records.About:
		m.First, m.Last = m.Day.AddDays(-aboutDays), m.Day.AddDays(aboutDays)
	case records.Before:
		m.First = m.Day.AddDays(-beforeDays)
	}
	if m.Day < p.From {
		m.Shape, m.Size = Arrow, SizeOf(Arrow)
		m.Day, m.First, m.Last = p.From, p.From, p.From
	}
	m.First, m.Last = max(m.First, p.From), min(m.Last, p.To)
	return m
}

// lastOfMonth returns the last day of the month that begins on first.
func lastOfMonth(first records.Date) records.Date {
	return records.DateOf(first.Time().AddDate(0, 1, -1))
}

func shapeOf(e *Entry) (Shape, int) {
	shape := Square
	switch e.Ref.Kind {
	case records.KindConcern: // one that was not judged is as large as a small worry
		return Dot, min(5, max(1, int(e.Severity)))
	case records.KindReferral:
		shape = Diamond
	case records.KindReply, records.KindDisclosure, records.KindMeeting:
		shape = SmallDiamond
	case records.KindChallenge, records.KindRung:
		shape = Triangle
	}
	return shape, SizeOf(shape)
}

// SizeOf returns the size of a mark whose shape says what it is; concerns have
// their severity's.
func SizeOf(s Shape) int {
	switch s {
	case Diamond:
		return 5
	case SmallDiamond, Arrow:
		return 2
	case Triangle:
		return 3
	}
	return 1
}

// addBand adds a status as far as it lies in the picture; one that goes on is
// drawn to the day of reading.
func (p *Picture) addBand(b *records.StatusBand) {
	from, to := max(b.From, p.From), b.To
	if to == "" || p.Read != "" && to > p.Read {
		to = p.Read
	}
	if to = min(to, p.To); to < from || b.From == "" {
		return
	}
	p.Bands = append(p.Bands, Band{Status: b.Status, Name: BandName(b), From: from, To: to, Began: b.From, Ended: b.To})
}

// BandName returns a status with the category of a child protection plan.
func BandName(b *records.StatusBand) string { return join(": ", b.Status.String(), b.Category) }

// leastHoliday is the fewest days in a row between two terms that are a
// holiday: a weekend, or one with a day before or after, is none.
const leastHoliday = 5

// holidays returns the days between terms that lie in a picture.
func holidays(cal records.Calendar, from, to records.Date) []records.Span {
	terms := slices.Clone(cal.Terms)
	slices.SortFunc(terms, func(a, b records.Span) int { return cmp.Compare(a.From, b.From) })
	var all []records.Span
	var open records.Date // the last day of the terms so far
	for _, t := range terms {
		gap := records.Span{From: open.AddDays(1), To: t.From.AddDays(-1)}
		if open != "" && gap.From.DaysUntil(gap.To)+1 >= leastHoliday && gap.To >= from && gap.From <= to {
			all = append(all, records.Span{From: max(gap.From, from), To: min(gap.To, to)})
		}
		open = max(open, t.To)
	}
	return all
}

// String says in words what the picture shows: the days, how many entries each
// lane has, statuses, changes at home, and how the rate went.
func (p *Picture) String() string {
	if len(p.Marks) == 0 {
		return "There is no dated entry to draw."
	}
	first, earlier := p.To, 0
	for _, m := range p.Marks {
		if m.Shape == Arrow {
			earlier++
		} else {
			first = min(first, m.Day)
		}
	}
	s := "Timeline from " + min(first, p.Read).String() + " to " + p.Read.String() + ". Entries in each lane: " + p.counts() + "."
	switch {
	case earlier == 1:
		s += " 1 change at home was before it begins."
	case earlier > 1:
		s += fmt.Sprintf(" %d changes at home were before it begins.", earlier)
	}
	if p.Undated > 0 {
		s += fmt.Sprintf(" %d more without a date.", p.Undated)
	}
	for _, b := range p.Bands {
		s += " " + b.Name + " from " + b.Began.String()
		if b.Ended == "" || p.Read != "" && b.Ended > p.Read {
			s += ", and goes on."
		} else {
			s += " to " + b.Ended.String() + "."
		}
	}
	for _, t := range p.Turns {
		s += " " + t.Day.String() + ": " + t.Words
	}
	if len(p.Shut) > 0 {
		s += " School holidays are hatched."
	}
	return s + " " + p.Rate.String()
}

func (p *Picture) counts() string {
	var all []string
	for _, l := range p.Lanes {
		all = append(all, fmt.Sprintf("%s %d", l.Name, l.Count))
	}
	return strings.Join(all, ", ")
}
