package pack

import (
	"slices"
	"time"

	"throughline/chronology"
	"throughline/records"
)

// This file is the geometry of the picture of a line: values in, values out,
// in points from the top left corner. Nothing here draws.

// picture is a line laid out in lanes, one for each kind of concern and one for
// what passed between the school and social care.
type picture struct {
	Width, Height float64
	Left          float64 // where the time axis begins; lane names stand before it
	Axis          float64 // height at which the axis lies
	Lanes         []lane
	Ticks         []tick
	Bands         []stretch
	From, To      records.Date
	Undated       int // entries that have no place on the axis
}

type lane struct {
	Name  string
	Y     float64
	Dots  []dot
	Count int
}

// dot is an entry: its size follows its severity, its shape its standing.
type dot struct {
	X, Radius float64
	Hollow    bool // hearsay
	Diamond   bool // a referral, a reply or a challenge
}

type tick struct {
	X     float64
	Label string
}

// stretch is a status that lasted, drawn behind the lanes.
type stretch struct {
	X1, X2 float64
	Label  string
}

const (
	laneHeight = 19
	laneNames  = 118
	lanesMost  = 7
	bandHeight = 14
	axisHeight = 18
	dotLeast   = 2.2 // radius of an entry whose severity was not judged
	dotStep    = 0.9 // and how much each step of severity adds
)

// layout lays a line out over a width. Lanes are in order of how much is in
// them; kinds beyond the seventh share one. It has no lanes when no entry has a
// date.
func layout(line chronology.Line, bands []records.StatusBand, width float64) picture {
	p := picture{Width: width, Left: laneNames}
	var dated chronology.Line
	for _, e := range line {
		switch {
		case !drawn(&e):
		case e.When.Date == "":
			p.Undated++
		default:
			dated = append(dated, e)
		}
	}
	if len(dated) == 0 {
		return p
	}
	p.From, p.To = dated[0].When.Date, dated[0].When.Date
	for _, e := range dated {
		p.From, p.To = min(p.From, e.When.Date), max(p.To, e.When.Date)
	}
	p.lanes(dated)
	p.status(bands)
	p.Axis = float64(len(p.Lanes))*laneHeight + p.top()
	p.Height = p.Axis + axisHeight
	p.ticks()
	return p
}

// drawn reports whether an entry has a lane: concerns about this child, and
// what passed between the school and social care.
func drawn(e *chronology.Entry) bool { return e.Category != "" && e.Part == "" || isExchange(e) }

func isExchange(e *chronology.Entry) bool {
	switch e.Ref.Kind {
	case records.KindReferral, records.KindReply, records.KindChallenge, records.KindRung:
		return true
	}
	return false
}

const (
	laneExchange = "Referrals and replies"
	laneRest     = "Other concerns"
)

func (p *picture) lanes(dated chronology.Line) {
	count := map[string]int{}
	var names []string
	name := func(e *chronology.Entry) string {
		if isExchange(e) {
			return laneExchange
		}
		return e.Category.String()
	}
	for i := range dated {
		n := name(&dated[i])
		if count[n]++; count[n] == 1 && n != laneExchange {
			names = append(names, n)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return count[b] - count[a] })
	rest := map[string]bool{}
	if len(names) > lanesMost {
		for _, n := range names[lanesMost-1:] {
			rest[n] = true
		}
		names = append(names[:lanesMost-1], laneRest)
	}
	if count[laneExchange] > 0 {
		names = append(names, laneExchange)
	}
	for i, n := range names {
		p.Lanes = append(p.Lanes, lane{Name: n, Y: laneHeight * (float64(i) + 0.5)})
	}
	for i := range dated {
		e := &dated[i]
		n := name(e)
		if rest[n] {
			n = laneRest
		}
		l := &p.Lanes[slices.Index(names, n)]
		l.Count++
		l.Dots = append(l.Dots, dot{
			X: p.at(e.When.Date), Radius: dotLeast + dotStep*float64(e.Severity),
			Hollow: e.Standing == records.Hearsay, Diamond: isExchange(e),
		})
	}
}

// at returns where a date lies on the axis; dates beyond either end lie at it.
func (p *picture) at(d records.Date) float64 {
	const edge = 8             // so that the first and the last mark stand free
	start := p.From[:8] + "01" // the axis begins with a month
	days := max(1, start.DaysUntil(p.To))
	share := float64(start.DaysUntil(d)) / float64(days)
	return p.Left + edge + min(1, max(0, share))*(p.Width-p.Left-2*edge)
}

func (p *picture) status(bands []records.StatusBand) {
	for _, b := range bands {
		if b.From > p.To || b.To != "" && b.To < p.From {
			continue
		}
		end := b.To
		if end == "" {
			end = p.To
		}
		p.Bands = append(p.Bands, stretch{p.at(b.From), p.at(end), b.Status.String()})
	}
	if len(p.Bands) > 0 {
		for i := range p.Lanes {
			p.Lanes[i].Y += bandHeight
		}
	}
}

func (p *picture) top() float64 {
	if len(p.Bands) > 0 {
		return bandHeight
	}
	return 0
}

// ticks puts the first days of months on the axis: each month for half a year,
// each quarter for two, each year for more. January, or the first tick, has its
// year.
func (p *picture) ticks() {
	months := 12
	switch days := p.From.DaysUntil(p.To); {
	case days <= 200:
		months = 1
	case days <= 800:
		months = 3
	}
	t := p.From.Time()
	t = time.Date(t.Year(), t.Month(), 1, 12, 0, 0, 0, records.London)
	for ; records.DateOf(t) <= p.To; t = t.AddDate(0, 1, 0) {
		if (int(t.Month())-1)%months != 0 {
			continue
		}
		label := t.Format("Jan")
		if t.Month() == time.January || len(p.Ticks) == 0 {
			label = t.Format("Jan 2006")
		}
		p.Ticks = append(p.Ticks, tick{p.at(records.DateOf(t)), label})
	}
	if len(p.Ticks) == 0 {
		p.Ticks = []tick{{p.at(p.From), p.From.String()}}
		if p.To != p.From {
			p.Ticks = append(p.Ticks, tick{p.at(p.To), p.To.String()})
		}
	}
}
