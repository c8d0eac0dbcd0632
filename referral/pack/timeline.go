package pack

import (
	"strconv"

	"throughline/chronology"
	"throughline/chronology/page"
	"throughline/records"
)

// Sizes of type in the picture of a line.
const (
	laneType   = 8
	legendType = 7
	legendRow  = 11 // height of a line of the legend
)

// timeline draws the child's line as it was when the referral was sent, or as
// it is. Nothing in it is told by colour alone: it is often printed in black
// and white.
func (p *printer) timeline() {
	pic := p.scene().Picture()
	if len(pic.Marks) == 0 {
		return
	}
	f := chronology.Frame{
		Width: p.doc.Width(), Left: 128, Right: 10, Strip: 17, Axis: 14, Curve: 30, LaneLeast: 19, LaneMost: 19, Dot: 3.1,
		Measure: func(s string) float64 { return page.Width(s, legendType) },
	}
	if len(pic.Bands) == 0 {
		f.Strip = 4
	}
	f.Height = pic.Least(f)
	d := &lineDrawer{l: pic.Place(f)}
	rows := d.legend()
	p.doc.Figure(pic.String(), f.Height+6+float64(len(rows))*legendRow, func(c *page.Canvas) {
		d.c = c
		d.behind()
		d.lanes()
		d.curve()
		d.axis()
		d.marks()
		for i, row := range rows {
			d.row(row, f.Height+6+float64(i)*legendRow)
		}
	})
	p.doc.Note("The curve: " + chronology.RateHow)
}

// scene returns what was known when the referral was sent: concerns about other
// children are no part of it.
func (p *printer) scene() chronology.Scene {
	s := chronology.Scene{Calendar: p.f.Calendar, Read: p.f.Read.Date(), End: "Today"}
	if p.ref.SentAt != "" {
		s.Read, s.End = p.asOf().Date(), "Sent"
	}
	for _, e := range p.line {
		if e.Part == "" {
			s.Line = append(s.Line, e)
		}
	}
	for _, b := range p.f.Bands {
		if b.From <= s.Read {
			s.Bands = append(s.Bands, b)
		}
	}
	return s
}

// lineDrawer draws a line that is laid out.
type lineDrawer struct {
	c *page.Canvas
	l *chronology.Placed
}

// behind draws statuses and hatches the school's holidays.
func (d *lineDrawer) behind() {
	l := d.l
	for _, s := range l.Strips {
		d.c.Box(s.X, 1, s.Width, l.Strip-4, page.Paper)
		d.outline(s.X, 1, s.Width, l.Strip-4)
		d.c.Line(s.X, l.Strip-3, s.X, l.RateTop, 0.4, page.Hair)
		d.c.Label(s.Label, s.X+3, l.Strip-7, legendType, 0, -1, page.Ink)
	}
	for _, e := range l.Shut {
		d.hatch(e, l.Strip, l.Bottom)
	}
	for _, x := range l.Turns {
		d.dashed(x, l.Strip, l.RateTop)
	}
}

func (d *lineDrawer) outline(x, y, w, h float64) {
	d.c.Line(x, y, x+w, y, 0.4, page.Grey)
	d.c.Line(x, y+h, x+w, y+h, 0.4, page.Grey)
	d.c.Line(x, y, x, y+h, 0.4, page.Grey)
	d.c.Line(x+w, y, x+w, y+h, 0.4, page.Grey)
}

func (d *lineDrawer) hatch(e chronology.Extent, top, bottom float64) {
	for _, h := range e.Hatch(top, bottom, 4) {
		d.c.Line(h[0].X, h[0].Y, h[1].X, h[1].Y, 0.35, page.Hair)
	}
}

func (d *lineDrawer) dashed(x, top, bottom float64) {
	for y := top; y < bottom; y += 4 {
		d.c.Line(x, y, x, min(bottom, y+2), 0.6, page.Ink)
	}
}

func (d *lineDrawer) lanes() {
	l := d.l
	if len(l.Strips) > 0 {
		d.c.Label("Status", 0, l.Strip-7, laneType, 0, -1, page.Grey)
	}
	for i, lane := range l.Lanes {
		y := l.LaneY(i)
		d.c.Label(lane.Name+" ("+strconv.Itoa(lane.Count)+")", 0, y+3, laneType, l.Left-8, -1, page.Ink)
		d.c.Line(l.Left, y, l.Width-l.Right, y, 0.4, page.Hair)
	}
}

func (d *lineDrawer) curve() {
	l := d.l
	d.c.Line(0, l.RateTop, l.Width-l.Right, l.RateTop, 0.4, page.Hair)
	d.c.Label(chronology.RateName, 0, (l.RateTop+l.Bottom)/2+3, laneType, l.Left-16, -1, page.Ink)
	if len(l.Rate) == 0 {
		d.c.Label("Begins six school weeks after the first concern.", l.Left+4, (l.RateTop+l.Bottom)/2+3, legendType, 0, -1, page.Grey)
		return
	}
	d.c.Label(strconv.Itoa(l.Rate.Most()), l.Left-4, l.RateTop+8, legendType, 0, 1, page.Grey)
	d.c.Label("0", l.Left-4, l.Bottom-1, legendType, 0, 1, page.Grey)
	for _, run := range l.Runs {
		for i := 1; i < len(run); i++ {
			d.c.Line(run[i-1].X, run[i-1].Y, run[i].X, run[i].Y, 1.2, page.Ink)
		}
	}
}

func (d *lineDrawer) axis() {
	l := d.l
	d.c.Line(l.Left, l.Bottom, l.Width-l.Right, l.Bottom, 0.8, page.Ink)
	for _, t := range l.Ticks {
		d.c.Line(t.X, l.Bottom, t.X, l.Bottom+4, 0.4, page.Grey)
		d.c.Label(t.Text, t.X+2, l.Bottom+10, legendType, 0, -1, page.Grey)
	}
	d.c.Line(l.Today, l.Strip, l.Today, l.Bottom+4, 0.8, page.Grey)
	d.c.Label(l.End, l.EndX()-2, l.Bottom+10, legendType, 0, -1, page.Ink)
}

func (d *lineDrawer) marks() {
	for i := range d.l.Marks {
		m := &d.l.Marks[i]
		if m.X2 > m.X1 {
			d.bar(m.X1, m.X2, m.Y)
		}
		d.mark(m.Shape, m.X, m.Y, m.R, !m.Hollow)
	}
}

// bar draws the days between which an entry lies.
func (d *lineDrawer) bar(x1, x2, y float64) {
	d.c.Line(x1, y, x2, y, 1, page.Ink)
	d.c.Line(x1, y-2, x1, y+2, 0.8, page.Ink)
	d.c.Line(x2, y-2, x2, y+2, 0.8, page.Ink)
}

func (d *lineDrawer) mark(s chronology.Shape, x, y, r float64, filled bool) {
	switch s {
	case chronology.Dot:
		d.c.Dot(x, y, r, filled, page.Blue)
	case chronology.Square:
		d.c.Polygon(filled, page.Ink, x-r, y-r, x+r, y-r, x+r, y+r, x-r, y+r)
	case chronology.Triangle:
		d.c.Polygon(filled, page.Ink, x, y-r, x+r, y+r*0.8, x-r, y+r*0.8)
	case chronology.Arrow:
		d.c.Polygon(filled, page.Ink, x-r, y, x+r*0.8, y-r, x+r*0.8, y+r)
	default:
		d.c.Diamond(x, y, r, filled, page.Ink)
	}
}

// sign is one explanation of the legend: how it is drawn around a middle, and
// what it says.
type sign struct {
	draw func(x, y float64)
	says string
}

// legend returns the signs that this picture has, in rows that fit.
func (d *lineDrawer) legend() [][]sign {
	var rows [][]sign
	x := 0.0
	for _, s := range d.signs() {
		w := signWidth(s)
		if len(rows) == 0 || x+w > d.l.Width {
			rows, x = append(rows, nil), 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], s)
		x += w
	}
	return rows
}

func signWidth(s sign) float64 { return 16 + page.Width(s.says, legendType) + 12 }

func (d *lineDrawer) row(row []sign, y float64) {
	x := 0.0
	for _, s := range row {
		s.draw(x+7, y+5)
		d.c.Label(s.says, x+16, y+7.5, legendType, 0, -1, page.Grey)
		x += signWidth(s)
	}
}

func (d *lineDrawer) signs() []sign {
	var all []sign
	add := func(says string, draw func(x, y float64)) { all = append(all, sign{draw, says}) }
	shape := func(s chronology.Shape, r float64, filled bool, says string) {
		add(says, func(x, y float64) { d.mark(s, x, y, r, filled) })
	}
	has := d.has()
	if has[chronology.Dot] {
		for _, severity := range []records.Severity{1, 3, 5} {
			shape(chronology.Dot, d.l.Radius(int(severity)), true, severity.String())
		}
	}
	for i := range d.l.Marks {
		if d.l.Marks[i].Hollow {
			shape(chronology.Dot, d.l.Radius(2), false, "Hearsay")
			break
		}
	}
	for _, k := range []struct {
		shape chronology.Shape
		says  string
	}{
		{chronology.Diamond, "Referral"},
		{chronology.SmallDiamond, "Reply, meeting, information shared"},
		{chronology.Triangle, "Challenge"},
		{chronology.Square, "Help, home, document"},
		{chronology.Arrow, "Earlier than this picture"},
	} {
		if m := has[k.shape]; m {
			shape(k.shape, d.l.Radius(chronology.SizeOf(k.shape)), true, k.says)
		}
	}
	for i := range d.l.Marks {
		if m := &d.l.Marks[i]; m.X2 > m.X1 {
			add("Date not exact", func(x, y float64) { d.bar(x-6, x+6, y) })
			break
		}
	}
	if len(d.l.Turns) > 0 {
		add("Change at home", func(x, y float64) { d.dashed(x, y-4, y+4) })
	}
	if len(d.l.Shut) > 0 {
		add("School shut", func(x, y float64) {
			d.hatch(chronology.Extent{X: x - 6, Width: 12}, y-4, y+4)
			d.outline(x-6, y-4, 12, 8)
		})
	}
	if d.l.Undated > 0 {
		add("Without a date: "+strconv.Itoa(d.l.Undated), func(float64, float64) {})
	}
	return all
}

// has returns which shapes there are.
func (d *lineDrawer) has() map[chronology.Shape]bool {
	has := map[chronology.Shape]bool{}
	for i := range d.l.Marks {
		has[d.l.Marks[i].Shape] = true
	}
	return has
}
