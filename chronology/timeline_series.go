package chronology

import (
	"maps"
	"slices"

	"github.com/xuri/excelize/v2"

	"throughline/records"
)

// block is one series of a chart: rows of the sheet beneath each other.
type block struct {
	name        string
	points      []point
	line        excelize.LineOptions
	marker      excelize.ChartMarker
	fill        excelize.Fill
	curve       bool // of the lower chart
	first, last int  // rows of the sheet
}

// point is one row of a block; one without a day is empty and parts a line.
type point struct {
	day  records.Date
	y    float64
	lane string
}

// series returns what is drawn, from back to front. Shapes, sizes and strokes
// tell things apart, so that it can be printed in black and white.
func (s *plotSheet) series() []block {
	all := s.marked()
	// excelize gives an edge to the marks of the first six series only; hollow
	// ones would be nothing without.
	i := slices.IndexFunc(all, func(b block) bool { return b.name == hollowName })
	var hollow []block
	if i >= 0 {
		hollow, all = slices.Clone(all[i:i+1]), slices.Delete(all, i, i+1)
	}
	all = slices.Concat(hollow, s.lasting(), all)
	var curve []point
	for _, w := range s.pic.Rate {
		if w.Again && len(curve) > 0 {
			curve = append(curve, point{})
		}
		if w.Again {
			curve = append(curve, point{w.Monday, float64(w.Count), RateName})
		}
		curve = append(curve, point{w.Monday.AddDays(4), float64(w.Count), RateName})
	}
	if len(curve) == 0 { // an empty chart still shows its days
		curve = []point{{}}
	}
	all = append(all, stroke(RateName, "1B262C", 1.75, 0, curve))
	all[len(all)-1].curve = true
	return slices.DeleteFunc(all, func(b block) bool { return len(b.points) == 0 })
}

// lasting returns what is drawn as lines: holidays, statuses, changes at home,
// the day of reading, and dates that are not exact.
func (s *plotSheet) lasting() []block {
	var shut, status, turns, bars []point
	span := func(to *[]point, a, z records.Date, y float64, lane string) {
		if len(*to) > 0 {
			*to = append(*to, point{})
		}
		*to = append(*to, point{a, y, lane}, point{z, y, lane})
	}
	for _, h := range s.pic.Shut {
		span(&shut, h.From, h.To, s.height(s.row[shutRow]), shutRow)
	}
	for _, b := range s.pic.Bands {
		span(&status, b.From, b.To, s.height(s.row[b.Name]), b.Name)
	}
	full := float64(len(s.rows))
	for _, t := range s.pic.Turns {
		if len(turns) > 0 {
			turns = append(turns, point{})
		}
		turns = append(turns, point{t.Day, 0, t.Words}, point{t.Day, full, t.Words})
	}
	for i := range s.placed.Marks {
		if m := &s.placed.Marks[i]; m.First < m.Last {
			span(&bars, m.First, m.Last, full-m.Y, s.pic.Lanes[m.Lane].Name)
		}
	}
	return []block{
		stroke(shutRow, "A6A6A6", 9, 0, shut),
		stroke("Status", "7F7F9F", 9, 0, status),
		stroke("Change at home", "4F6D3A", 1, excelize.LineDashDash, turns),
		stroke(s.pic.End, "595959", 1, 0, []point{{s.pic.Read, 0, ""}, {s.pic.Read, full, ""}}),
		stroke("Date not exact", "404040", 1.25, 0, bars),
	}
}

// stroke returns a block that is drawn as a line without marks.
func stroke(name, colour string, width float64, dash excelize.LineDashType, points []point) block {
	return block{
		name: name, points: points, fill: solid(colour), marker: excelize.ChartMarker{Symbol: "none"},
		line: excelize.LineOptions{Type: excelize.LineSolid, Width: width, Dash: dash},
	}
}

func solid(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

const hollowName = "Hearsay, or about another child"

// look is how a kind of mark looks in a chart.
type look struct{ name, symbol, inside, edge string }

// marked returns the marks, a block for each kind and for each severity.
func (s *plotSheet) marked() []block {
	const blue, plum, green = "0F5E66", "6A2C70", "4F6D3A"
	looks := map[Shape]look{
		Square:       {"Help, home, document", "square", green, green},
		Diamond:      {"Referral", "diamond", plum, plum},
		SmallDiamond: {"Reply, meeting, information shared", "diamond", plum, plum},
		Triangle:     {"Challenge", "triangle", plum, plum},
		Arrow:        {"Earlier than this picture", "x", green, green},
	}
	points := map[look][]point{}
	sizes := map[look]int{}
	var order []look
	for i := range s.placed.Marks {
		m := &s.placed.Marks[i]
		l, ok := looks[m.Shape]
		if !ok {
			l = look{records.Severity(m.Size).String(), "circle", blue, "FFFFFF"}
		}
		if m.Hollow {
			l = look{hollowName, "circle", "FFFFFF", blue}
		}
		if len(points[l]) == 0 {
			order = append(order, l)
			sizes[l] = markerSize(m.Shape, m.Size)
		}
		points[l] = append(points[l], point{m.Day, float64(len(s.rows)) - m.Y, s.pic.Lanes[m.Lane].Name})
	}
	slices.SortStableFunc(order, func(a, b look) int { return sizes[a] - sizes[b] })
	var all []block
	for _, l := range order {
		all = append(all, block{
			name: l.name, points: points[l], line: excelize.LineOptions{Type: excelize.LineNone}, fill: solid(l.inside),
			marker: excelize.ChartMarker{
				Symbol: l.symbol, Size: sizes[l], Fill: solid(l.inside),
				Border: excelize.LineOptions{Type: excelize.LineSolid, Width: 1, Fill: solid(l.edge)},
			},
		})
	}
	return all
}

// markerSize returns the size of a mark in points.
func markerSize(s Shape, size int) int {
	if s == Dot {
		return 4 + 2*size
	}
	return 5 + SizeOf(s)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
