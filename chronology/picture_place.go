package chronology

import (
	"math"
	"slices"

	"throughline/records"
)

// Frame is the room that a picture is drawn in. All lengths are in one unit of
// the drawer's own; y grows downwards from the top of the frame.
type Frame struct {
	Width, Height       float64
	Left, Right         float64 // kept for the names of lanes, and free beyond the last day
	Strip               float64 // height of the strip on top that names statuses
	Axis                float64 // height below the lanes for dates
	Curve               float64 // height of the lane of the curve
	LaneLeast, LaneMost float64
	Dot                 float64 // radius of the smallest concern
	// Measure returns the width of a date on the axis, or of a status.
	Measure func(text string) float64
}

// Placed is a picture in a frame.
type Placed struct {
	*Picture
	Frame
	Tall    float64 // of a lane
	Marks   []PlacedMark
	Ticks   []Tick
	Strips  []Strip
	Shut    []Extent
	Turns   []float64
	Runs    [][]Point // of the rate, apart where the school was shut
	Today   float64
	Bottom  float64 // where the lanes and the curve end and the axis begins
	RateTop float64 // where the lanes end and the curve begins
}

// PlacedMark is where a mark is drawn: its middle, how far it reaches from
// there, and the ends of the bar on which it may lie. X1 and X2 are X where the
// day is known; otherwise they stand out on the side that is open.
type PlacedMark struct {
	Mark
	X, Y, R, X1, X2 float64
}

// Extent is a stretch of the frame from left to right.
type Extent struct{ X, Width float64 }

// Hatch returns lines at 45 degrees across a stretch between two heights, step
// apart. They lie on one grid, so that the hatching of neighbours goes on.
func (e Extent) Hatch(top, bottom, step float64) [][2]Point {
	var lines [][2]Point
	right := e.X + e.Width
	for sum := math.Ceil((e.X+top)/step) * step; sum < right+bottom; sum += step {
		lower, upper := max(e.X, sum-bottom), min(right, sum-top)
		if upper > lower {
			lines = append(lines, [2]Point{{lower, sum - lower}, {upper, sum - upper}})
		}
	}
	return lines
}

// Strip is a status on the strip. Its name is cut to what is free.
type Strip struct {
	Extent
	Band
	Label string
}

// Point is a place in the frame.
type Point struct{ X, Y float64 }

// Least returns the least height that a frame needs for the picture.
func (p *Picture) Least(f Frame) float64 {
	return f.Strip + f.LaneLeast*float64(max(1, len(p.Lanes))) + f.Curve + f.Axis
}

// Place lays a picture out. The same picture and frame give the same places.
// Nothing lies outside a frame that is no smaller than Least and has room for
// the largest mark at Left and Right.
func (p *Picture) Place(f Frame) *Placed {
	l := &Placed{Picture: p, Frame: f}
	lanes := float64(max(1, len(p.Lanes)))
	l.Tall = min(f.LaneMost, max(f.LaneLeast, (f.Height-f.Strip-f.Curve-f.Axis)/lanes))
	l.RateTop = f.Strip + l.Tall*lanes
	l.Bottom = l.RateTop + f.Curve
	if len(p.Marks) == 0 {
		return l
	}
	l.Today = l.at(p.Read)
	for i := range p.Marks {
		l.Marks = append(l.Marks, l.mark(p.Marks[i]))
	}
	l.fan()
	for _, s := range p.Shut {
		l.Shut = append(l.Shut, l.extent(s.From, s.To))
	}
	for _, t := range p.Turns {
		l.Turns = append(l.Turns, l.at(t.Day))
	}
	l.strips()
	l.runs()
	l.ticks()
	return l
}

// across returns the width that the days have.
func (l *Placed) across() float64 { return max(1, l.Width-l.Left-l.Right) }

// at returns the place of a day. Days outside the picture lie on its ends.
func (l *Placed) at(d records.Date) float64 {
	days := l.From.DaysUntil(l.To)
	if days <= 0 {
		return l.Left
	}
	n := min(days, max(0, l.From.DaysUntil(d)))
	return l.Left + l.across()*float64(n)/float64(days)
}

// extent returns where a span of days lies: from the morning of the first to
// the evening of the last.
func (l *Placed) extent(from, to records.Date) Extent {
	x := l.at(from)
	return Extent{x, max(1, l.at(to.AddDays(1))-x)}
}

// LaneY returns the middle of a lane.
func (l *Placed) LaneY(n int) float64 { return l.Strip + l.Tall*(float64(n)+0.5) }

func (l *Placed) mark(m Mark) PlacedMark {
	p := PlacedMark{Mark: m, X: l.at(m.Day), Y: l.LaneY(m.Lane), R: l.Radius(m.Size)}
	p.X1, p.X2 = p.X, p.X
	out := p.R + l.Dot*0.8 // a bar must be seen on both sides of its mark
	if m.First < m.Day {
		p.X1 = max(l.Left, min(l.at(m.First), p.X-out))
	}
	if m.Last > m.Day {
		p.X2 = min(l.Left+l.across(), max(l.at(m.Last), p.X+out))
	}
	return p
}

// Radius returns how large a mark of a size is: the largest is twice the
// smallest.
func (l *Placed) Radius(size int) float64 {
	return min(l.Dot*(1+0.27*float64(size-1)), l.Tall/2)
}

// fan sets marks of one lane and place above each other as far as the lane
// goes, so that five entries of one day do not look like one.
func (l *Placed) fan() {
	type spot struct {
		lane int
		x    float64
	}
	at := map[spot][]int{}
	for i := range l.Marks {
		s := spot{l.Marks[i].Lane, l.Marks[i].X}
		at[s] = append(at[s], i)
	}
	for _, marks := range at {
		if len(marks) < 2 {
			continue
		}
		largest := 0.0
		for _, i := range marks {
			largest = max(largest, l.Marks[i].R)
		}
		step := min(l.Dot*1.3, max(0, l.Tall-2*largest)/float64(len(marks)-1))
		for k, i := range marks {
			l.Marks[i].Y += step * (float64(k) - float64(len(marks)-1)/2)
		}
	}
}

// namePad is what stays free on both sides of a status's name, as a part of
// the strip's height.
const namePad = 0.2

// strips lays the statuses out. A name ends before the next status begins, so
// that no two stand on each other.
func (l *Placed) strips() {
	for i, b := range l.Bands {
		s := Strip{Extent: l.extent(b.From, b.To), Band: b}
		free := s.Width
		if i+1 < len(l.Bands) {
			free = min(free, l.at(l.Bands[i+1].From)-s.X)
		}
		s.Label = Clip(b.Name, free-2*namePad*l.Strip, l.Measure)
		l.Strips = append(l.Strips, s)
	}
}

// runs draws the curve: a point at the Friday of each week, and one at the
// Monday with which a run begins.
func (l *Placed) runs() {
	room := l.Curve * 0.84 // the curve keeps clear of the lane above it
	most := float64(l.Rate.Most())
	for _, w := range l.Rate {
		y := l.Bottom - room*float64(w.Count)/most
		if w.Again {
			l.Runs = append(l.Runs, []Point{{l.at(w.Monday), y}})
		}
		run := &l.Runs[len(l.Runs)-1]
		*run = append(*run, Point{l.at(w.Monday.AddDays(4)), y})
	}
}

// Nearest returns the place in Marks of the mark nearest to a point, or -1 when
// none is within reach of it. Of two at one place the later one, which is drawn
// on top, is meant.
func (l *Placed) Nearest(x, y, reach float64) int {
	best, nearest := -1, 0.0
	for i, m := range l.Marks {
		dx, dy := x-m.X, y-m.Y
		near := max(m.R+2, reach)
		if d := dx*dx + dy*dy; d <= near*near && (best < 0 || d <= nearest) {
			best, nearest = i, d
		}
	}
	return best
}

// Step returns the place in Marks of the mark that comes by places after the
// one of an entry, in the order of the line; it stays on the ends. Without a
// mark for the entry it is the last one, -1 when there is none.
func (l *Placed) Step(entry, by int) int {
	at := slices.IndexFunc(l.Marks, func(m PlacedMark) bool { return m.Entry == entry })
	if at < 0 {
		return len(l.Marks) - 1
	}
	return min(len(l.Marks)-1, max(0, at+by))
}
