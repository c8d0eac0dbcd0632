// Package bodymap knows the drawings of the body map, what part of the child a
// place on them is, and how they stand beside one another on a sheet. Values
// in, values out: it draws nothing itself, so that the window and a document
// show the same.
//
// Left and right are always the child's own. A place is given as in
// records.Mark: from 0 at the top left of its drawing to 1 at the bottom right.
package bodymap

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"throughline/assets"
	"throughline/records"
)

// Point is a place on a drawing or on the sheet.
type Point struct{ X, Y float64 }

// View is one drawing.
type View struct {
	Code     string    // as records.Mark keeps it
	Name     string    // as people call it, in lower case
	At       Rect      // on the sheet
	Outlines [][]Point // closed lines; the last point is the first
	Strokes  [][]Point // lines within them

	width, height float64  // units of the drawing
	middle        float64  // of a drawing of two halves, in units; 0 where there are none
	left          string   // where the child's left is: right, left, all, none
	regions       []region // in units; of a drawing of two halves, from its middle
}

// Rect is a part of the sheet.
type Rect struct{ X, Y, W, H float64 }

// SheetWidth and SheetHeight are the size of the sheet on which the drawings
// stand, in units.
const (
	SheetWidth  = 300
	SheetHeight = 200
)

type region struct {
	name  string
	shape []Point
}

// reach is how far beside an outline a mark is still taken for one on it, in
// units: 2 are about 1 cm on a child of 120 cm.
const reach = 2.5

// Views returns the drawings in the order in which they stand on the sheet.
// The caller must not change them.
var Views = sync.OnceValue(func() []*View { return parse(assets.BodyMap) })

// Find returns the drawing with a code, or nil: a record that was brought in
// may name another.
func Find(code string) *View {
	for _, v := range Views() {
		if v.Code == code {
			return v
		}
	}
	return nil
}

// On returns the place on the child that is meant by a place on a drawing: the
// place itself, or the nearest on the outline when it is a little beside it.
// ok is false for a place that is not on the child.
func (v *View) On(p Point) (on Point, ok bool) {
	for _, o := range v.Outlines {
		if inside(o, p) {
			return p, true
		}
	}
	best := reach
	for _, o := range v.Outlines {
		for i := 1; i < len(o); i++ {
			q := v.nearest(o[i-1], o[i], p)
			if d := v.distance(p, q); d <= best {
				best, on, ok = d, q, true
			}
		}
	}
	return on, ok
}

// Region returns in words what part of the child a place is: "left upper arm".
// It is empty for a place that is not on the child.
func (v *View) Region(p Point) string {
	on, ok := v.On(p)
	if !ok {
		return ""
	}
	x, y := on.X*v.width, on.Y*v.height
	var side string
	switch v.left {
	case "all":
		side = "left"
	case "none":
		side, x = "right", v.width-x // its regions are those of the left one
	default:
		if (x > v.middle) != (v.left == "right") {
			side = "right"
		} else {
			side = "left"
		}
		x = math.Abs(x - v.middle)
	}
	for _, r := range v.regions {
		if inside(r.shape, Point{x, y}) {
			return strings.ReplaceAll(r.name, "{side}", side)
		}
	}
	return v.Name
}

// Where returns in words where a mark is: "left upper arm". For a drawing that
// is not known, or a place that is not on the child, it is what the record says
// of the drawing.
func Where(m records.Mark) string {
	v := Find(m.View)
	if v == nil {
		return m.View
	}
	if r := v.Region(Point{m.X, m.Y}); r != "" {
		return r
	}
	return v.Name + ", beside the drawing"
}

// Say returns a mark in words: where it is and its note. The drawing is named
// where a place of that name is on the front and on the back.
func Say(m records.Mark) string {
	where := Where(m)
	if v := Find(m.View); v != nil && v.middle > 0 && onBoth(where) {
		where += " (" + m.View + ")"
	}
	if note := strings.TrimSpace(m.Note); note != "" {
		return where + ": " + note
	}
	return where
}

// onBoth reports whether front and back have a region of this name.
func onBoth(where string) bool {
	has := func(code string) bool {
		return slices.ContainsFunc(Find(code).regions, func(r region) bool {
			return strings.ReplaceAll(r.name, "{side}", "left") == strings.Replace(where, "right", "left", 1)
		})
	}
	return has("front") && has("back")
}

// SayAll returns marks in words, numbered as they are drawn: "1 left cheek:
// 2 cm, blue; 2 …". One alone has no number.
func SayAll(marks []records.Mark) string {
	if len(marks) == 1 {
		return Say(marks[0])
	}
	var said []string
	for i, m := range marks {
		said = append(said, strconv.Itoa(i+1)+" "+strings.TrimRight(Say(m), ". "))
	}
	return strings.Join(said, "; ")
}

// Drawn reports whether any of the marks can be drawn.
func Drawn(marks []records.Mark) bool {
	return slices.ContainsFunc(marks, func(m records.Mark) bool { return Find(m.View) != nil })
}

// OnSheet returns where a place on the drawing stands on the sheet.
func (v *View) OnSheet(p Point) Point {
	return Point{v.At.X + p.X*v.At.W, v.At.Y + p.Y*v.At.H}
}

// Under returns the drawing on which a place of the sheet is, and the place on
// it; nil beside them.
func Under(sheet Point) (*View, Point) {
	for _, v := range Views() {
		p := Point{(sheet.X - v.At.X) / v.At.W, (sheet.Y - v.At.Y) / v.At.H}
		if p.X >= 0 && p.X <= 1 && p.Y >= 0 && p.Y <= 1 {
			return v, p
		}
	}
	return nil, Point{}
}

// Label is what stands beside a drawing, its middle at a place on it.
type Label struct {
	Says string
	At   Point
}

// Sides returns where a drawing says which side is the child's own left. One
// from the side says it in its name.
func (v *View) Sides() []Label {
	first, second := "child’s right", "child’s left"
	switch v.left {
	case "right":
	case "left":
		first, second = second, first
	default:
		return nil
	}
	return []Label{{first, Point{0.17, 0.11}}, {second, Point{0.83, 0.11}}}
}

func (v *View) distance(a, b Point) float64 {
	return math.Hypot((a.X-b.X)*v.width, (a.Y-b.Y)*v.height)
}

// nearest returns the place on the line from a to b that is nearest to p.
func (v *View) nearest(a, b, p Point) Point {
	dx, dy := (b.X-a.X)*v.width, (b.Y-a.Y)*v.height
	length := dx*dx + dy*dy
	if length == 0 {
		return a
	}
	t := ((p.X-a.X)*v.width*dx + (p.Y-a.Y)*v.height*dy) / length
	t = min(1, max(0, t))
	return Point{a.X + t*(b.X-a.X), a.Y + t*(b.Y-a.Y)}
}

// inside reports whether a place is within a closed line: a ray from it crosses
// the line an odd number of times.
func inside(shape []Point, p Point) bool {
	in := false
	for i, j := 0, len(shape)-1; i < len(shape); j, i = i, i+1 {
		a, b := shape[i], shape[j]
		if (a.Y > p.Y) != (b.Y > p.Y) && p.X < (b.X-a.X)*(p.Y-a.Y)/(b.Y-a.Y)+a.X {
			in = !in
		}
	}
	return in
}
