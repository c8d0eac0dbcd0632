package bodymap

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// parse reads the drawings. They are our own, embedded ones: a damaged one
// panics, and a test reads them.
func parse(text string) []*View {
	var all []*View
	for n, line := range strings.Split(text, "\n") {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		if word == "" || word[0] == '#' {
			continue
		}
		if word == "view" {
			all = append(all, newView(rest))
			continue
		}
		if len(all) == 0 || !all[len(all)-1].take(word, rest, all) {
			panic(fmt.Sprintf("body map, line %d: %q", n+1, word))
		}
	}
	return all
}

func newView(words string) *View {
	code, rest, _ := strings.Cut(words, " ")
	n := numbers(rest)
	return &View{Code: code, width: n[0], height: n[1], At: Rect{n[2], n[3], n[0] * n[4], n[1] * n[4]}}
}

// take reads one line of a drawing and reports whether it is known.
func (v *View) take(word, rest string, all []*View) bool {
	switch word {
	case "name":
		v.Name = rest
	case "left":
		v.left = rest
	case "half":
		v.middle = v.width / 2
	case "mirror":
		i := slices.IndexFunc(all, func(o *View) bool { return o.Code == rest })
		v.mirror(all[i])
	case "outline":
		path := v.path(rest)
		if v.middle > 0 {
			path = append(path, reversed(v.other(path))...)
		}
		v.Outlines = append(v.Outlines, v.share(path))
	case "stroke":
		path := v.path(rest)
		v.Strokes = append(v.Strokes, v.share(path))
		if v.middle > 0 {
			v.Strokes = append(v.Strokes, v.share(v.other(path)))
		}
	case "region":
		name, points, _ := strings.Cut(rest, ": ")
		v.regions = append(v.regions, region{name, corners(numbers(points))})
	default:
		return false
	}
	return true
}

// mirror makes a drawing of another the other way round.
func (v *View) mirror(of *View) {
	turn := func(lines [][]Point) (turned [][]Point) {
		for _, l := range lines {
			l = slices.Clone(l)
			for i := range l {
				l[i].X = 1 - l[i].X
			}
			turned = append(turned, l)
		}
		return turned
	}
	v.Outlines, v.Strokes, v.regions = turn(of.Outlines), turn(of.Strokes), of.regions
}

// path returns the points of a path in units; of a half, with x from its middle
// to the right.
func (v *View) path(text string) []Point {
	var line []Point
	words := strings.Fields(text)
	for len(words) > 0 {
		n := map[string]int{"M": 2, "L": 2, "C": 6}[words[0]]
		p := corners(numbers(strings.Join(words[1:1+n], " ")))
		if n == 6 {
			line = append(line, curve(line[len(line)-1], p[0], p[1], p[2])...)
		} else {
			line = append(line, p...)
		}
		words = words[1+n:]
	}
	for i := range line {
		line[i].X += v.middle
	}
	return line
}

// curve returns points along a cubic curve, without its first. There are as many
// as it takes to look round at the size of a page.
func curve(a, b, c, d Point) []Point {
	bend := abs(a.X-2*b.X+c.X) + abs(a.Y-2*b.Y+c.Y) + abs(b.X-2*c.X+d.X) + abs(b.Y-2*c.Y+d.Y)
	steps := 2 + int(bend)
	steps = min(steps, 10)
	var line []Point
	for i := 1; i <= steps; i++ {
		t := float64(i) / float64(steps)
		u := 1 - t
		at := func(a, b, c, d float64) float64 { return u*u*u*a + 3*u*u*t*b + 3*u*t*t*c + t*t*t*d }
		line = append(line, Point{at(a.X, b.X, c.X, d.X), at(a.Y, b.Y, c.Y, d.Y)})
	}
	return line
}

func abs(x float64) float64 { return max(x, -x) }

// other returns a path on the other side of the middle.
func (v *View) other(path []Point) []Point {
	path = slices.Clone(path)
	for i := range path {
		path[i].X = 2*v.middle - path[i].X
	}
	return path
}

func reversed(path []Point) []Point {
	slices.Reverse(path)
	return path
}

// share returns a path in units as parts of the drawing, 0 to 1.
func (v *View) share(path []Point) []Point {
	path = slices.Clone(path)
	for i := range path {
		path[i] = Point{path[i].X / v.width, path[i].Y / v.height}
	}
	return path
}

// corners returns pairs of numbers as points; four numbers are two opposite
// corners of a rectangle where they close no line.
func corners(n []float64) []Point {
	if len(n) == 4 {
		return []Point{{n[0], n[1]}, {n[2], n[1]}, {n[2], n[3]}, {n[0], n[3]}}
	}
	var all []Point
	for i := 0; i+1 < len(n); i += 2 {
		all = append(all, Point{n[i], n[i+1]})
	}
	return all
}

func numbers(text string) []float64 {
	var all []float64
	for word := range strings.FieldsSeq(text) {
		x, err := strconv.ParseFloat(word, 64)
		if err != nil {
			panic("body map: " + err.Error())
		}
		all = append(all, x)
	}
	return all
}
