package ui

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"throughline/chronology"
	"throughline/records"
)

// The timeline's measures, in device-independent pixels.
const (
	gutter     float32 = 186 // for the names of the lanes
	rightEdge  float32 = 14  // free to the right of the last day
	stripTop   float32 = 2
	stripTall  float32 = 18 // of the strip that names the status
	lanesTop   float32 = stripTop + stripTall + 6
	axisTall   float32 = 20
	laneLow    float32 = 17 // the least height of a lane
	laneEasy   float32 = 20 // the height where there are few
	laneHigh   float32 = 30
	tickApart  float32 = 66 // the least distance between two dates on the axis
	nearEnough float32 = 9  // how far from a mark a click still means it
)

// mostCategories is how many categories have a lane of their own; the rarest of
// the others share one.
const mostCategories = 7

// shortestSpan is the least number of days that the line shows, so that two
// entries of one week do not look years apart.
const shortestSpan = 120

// scale lays days out from left to right.
type scale struct {
	from, to    records.Date
	left, width float32
}

// x returns the place of a day. Days outside the scale lie on its ends.
func (s scale) x(d records.Date) float32 {
	days := s.from.DaysUntil(s.to)
	if days <= 0 || d <= s.from {
		return s.left
	}
	return s.left + s.width*float32(min(days, s.from.DaysUntil(d)))/float32(days)
}

// period returns the days that a line is drawn over: from its first entry to
// the day it was read, and somewhat more on either side. Statuses and people
// may reach back to the child's birth; they do not stretch the line.
func period(line chronology.Line, read records.Date) (from, to records.Date) {
	from, to = read, read
	for _, e := range line {
		if e.When.Date == "" {
			continue
		}
		to = max(to, e.When.Date)
		if k := e.Ref.Kind; k != records.KindTie && k != records.KindStatus {
			from = min(from, e.When.Date)
		}
	}
	if short := shortestSpan - from.DaysUntil(to); short > 0 {
		from = from.AddDays(-short)
	}
	pad := max(4, from.DaysUntil(to)/60)
	return from.AddDays(-pad), to.AddDays(pad)
}

// lane is one row of the timeline.
type lane struct {
	name     string
	category records.Category // of concerns; empty for the others
}

// The lanes of what is not a concern.
const (
	laneHome   = "Household"
	laneHelp   = "Help and watching"
	laneCare   = "Social care"
	laneOthers = "Other concerns"
)

// lanesOf returns the lanes a line needs, from top to bottom, and the lane of
// each entry: -1 for what has none, a status.
func lanesOf(line chronology.Line) (lanes []lane, of []int) {
	own := commonest(line)
	names := make([]string, len(line))
	used := map[string]bool{}
	for i := range line {
		names[i] = laneName(&line[i], own)
		used[names[i]] = true
	}
	place := map[string]int{"": -1}
	add := func(l lane) {
		if used[l.name] {
			place[l.name] = len(lanes)
			lanes = append(lanes, l)
		}
	}
	for _, c := range records.Categories() {
		if slices.Contains(own, c) {
			add(lane{c.String(), c})
		}
	}
	for _, name := range []string{laneOthers, laneHome, laneHelp, laneCare} {
		add(lane{name: name})
	}
	for _, name := range names {
		of = append(of, place[name])
	}
	return lanes, of
}

// commonest returns the categories that have a lane of their own.
func commonest(line chronology.Line) []records.Category {
	n := map[records.Category]int{}
	for _, e := range line {
		if e.Ref.Kind == records.KindConcern {
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

func laneName(e *chronology.Entry, own []records.Category) string {
	switch e.Ref.Kind {
	case records.KindConcern:
		if slices.Contains(own, e.Category) {
			return e.Category.String()
		}
		return laneOthers
	case records.KindStatus:
		return ""
	case records.KindTie:
		return laneHome
	case records.KindAction, records.KindMonitoring, records.KindSupport:
		return laneHelp
	}
	return laneCare
}

// shape is how a mark is drawn.
type shape int

const (
	dot     shape = iota // a concern; the larger, the more serious
	square               // help, watching, an action, a change at home
	diamond              // a referral
	small                // a reply, and what was shared
	wedge                // a challenge
)

// mark is one entry on the timeline.
type mark struct {
	entry  int // place on the line
	lane   int
	x, y   float32 // of its middle
	r      float32 // from the middle to the edge
	spread float32 // how far to either side the day may lie
	shape  shape
	hollow bool // the day is not known exactly, or the concern is about another child
}

// plot is where everything on the timeline stands.
type plot struct {
	scale scale
	lanes []lane
	tall  float32 // of a lane
	marks []mark
}

// bottom returns where the lanes end and the axis begins.
func (p *plot) bottom() float32 { return lanesTop + p.tall*float32(len(p.lanes)) }

// laneY returns the middle of a lane.
func (p *plot) laneY(n int) float32 { return lanesTop + p.tall*(float32(n)+0.5) }

// leastTall returns the height a timeline with so many lanes needs.
func leastTall(lanes int) float32 {
	tall := laneLow
	if lanes <= 7 {
		tall = laneEasy
	}
	return lanesTop + tall*float32(max(1, lanes)) + axisTall
}

// plotOf lays a line out in a width and height. Undated entries have no mark.
func plotOf(line chronology.Line, read records.Date, width, height float32) *plot {
	p := &plot{}
	var of []int
	p.lanes, of = lanesOf(line)
	p.scale.from, p.scale.to = period(line, read)
	p.scale.left, p.scale.width = gutter, max(1, width-gutter-rightEdge)
	room := height - lanesTop - axisTall
	p.tall = min(laneHigh, max(laneLow, room/float32(max(1, len(p.lanes)))))
	for i := range line {
		if of[i] < 0 || line[i].When.Date == "" {
			continue
		}
		p.marks = append(p.marks, p.mark(&line[i], i, of[i]))
	}
	return p
}

func (p *plot) mark(e *chronology.Entry, i, lane int) mark {
	m := mark{entry: i, lane: lane, x: p.scale.x(e.When.Date), y: p.laneY(lane), hollow: !e.When.IsExact() || e.Part != ""}
	m.shape, m.r = shapeOf(e)
	day := p.scale.width / float32(max(1, p.scale.from.DaysUntil(p.scale.to)))
	switch e.When.Precision {
	case records.InMonth:
		first := e.When.Date[:8] + "01"
		m.x = p.scale.x(first.AddDays(15))
		m.spread = 15 * day
	case records.About:
		m.spread = 3 * day
	}
	return m
}

func shapeOf(e *chronology.Entry) (shape, float32) {
	switch e.Ref.Kind {
	case records.KindConcern:
		return dot, radius(e.Severity)
	case records.KindReferral:
		return diamond, 8
	case records.KindReply, records.KindDisclosure:
		return small, 5.5
	case records.KindChallenge, records.KindRung:
		return wedge, 7
	}
	return square, 4
}

// radius returns the size of a concern's mark; one that was not judged is as
// large as a small worry.
func radius(s records.Severity) float32 {
	return 3 + 1.1*float32(min(5, max(1, s)))
}

// at returns the place in marks of the mark nearest to a point, or -1 when none
// is near. Of two at one place the later one, which is drawn on top, is meant.
func (p *plot) at(x, y float32) int {
	best, nearest := -1, float32(0)
	for i, m := range p.marks {
		dx, dy := x-m.x, y-m.y
		reach := max(m.r+2, nearEnough)
		if d := dx*dx + dy*dy; d <= reach*reach && (best < 0 || d <= nearest) {
			best, nearest = i, d
		}
	}
	return best
}

// step returns the place in marks of the mark that comes by places after the
// one of an entry, in the order of the line; it stays on the ends. Without a
// mark for the entry it is the last one.
func (p *plot) step(entry, by int) int {
	at := slices.IndexFunc(p.marks, func(m mark) bool { return m.entry == entry })
	if at < 0 {
		return len(p.marks) - 1
	}
	return min(len(p.marks)-1, max(0, at+by))
}

// tick is a date on the axis.
type tick struct {
	x    float32
	text string
}

// ticks returns the first days of months or years that fit on the axis, the
// year named where it changes.
func (s scale) ticks() []tick {
	months := s.between()
	if months == 0 {
		return nil
	}
	first := s.from.Time()
	at := time.Date(first.Year(), 1, 1, 0, 0, 0, 0, records.London)
	if months > 12 {
		at = at.AddDate(-(first.Year() % (months / 12)), 0, 0)
	}
	var all []tick
	for ; records.DateOf(at) <= s.to; at = at.AddDate(0, months, 0) {
		if d := records.DateOf(at); d >= s.from {
			text := at.Format("Jan")
			if months >= 12 {
				text = strconv.Itoa(at.Year())
			} else if len(all) == 0 || at.Month() == time.January {
				text = at.Format("Jan 2006")
			}
			all = append(all, tick{s.x(d), text})
		}
	}
	return all
}

// between returns how many months lie between two dates on the axis.
func (s scale) between() int {
	days := s.from.DaysUntil(s.to)
	if days <= 0 || s.width <= 0 {
		return 0
	}
	for _, months := range []int{1, 2, 3, 6, 12, 24, 60} {
		if s.width/float32(days)*30.4*float32(months) >= tickApart {
			return months
		}
	}
	return 120
}

// shut returns the holidays between terms that touch the scale's days: the
// stretches behind the line on which no entry could be written.
func (s scale) shut(cal records.Calendar) []records.Span {
	terms := slices.Clone(cal.Terms)
	slices.SortFunc(terms, func(a, b records.Span) int { return cmp.Compare(a.From, b.From) })
	var all []records.Span
	for i := 1; i < len(terms); i++ {
		gap := records.Span{From: terms[i-1].To.AddDays(1), To: terms[i].From.AddDays(-1)}
		if gap.From.DaysUntil(gap.To) >= 4 && gap.To >= s.from && gap.From <= s.to {
			all = append(all, records.Span{From: max(gap.From, s.from), To: min(gap.To, s.to)})
		}
	}
	return all
}

// stretch returns where a span of days begins on the scale and how wide it is;
// an empty end is the last day. It is not there when it lies outside.
func (s scale) stretch(from, to records.Date) (x, width float32, there bool) {
	if to == "" {
		to = s.to
	}
	if to < s.from || from > s.to || to < from {
		return 0, 0, false
	}
	x = s.x(from)
	return x, max(1, s.x(to)-x), true
}
