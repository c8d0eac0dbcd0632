package bodymap

import (
	"math"

	"throughline/records"
)

// Placed is a mark on the sheet: the place it means, and where its number stands
// so that it covers neither that nor another number.
type Placed struct {
	Number      int // from 1, in the order of the marks
	Spot, Badge Point
}

// Place returns where the marks that can be drawn stand on the sheet. radius is
// that of a number, in units. A number is on the outer side of its place, as
// near as there is room.
func Place(marks []records.Mark, radius float64) []Placed {
	var all []Placed
	for i, m := range marks {
		if v := Find(m.View); v != nil {
			all = append(all, Placed{Number: i + 1, Spot: v.OnSheet(Point{m.X, m.Y})})
		}
	}
	for i := range all {
		all[i].Badge = free(all, i, radius, outward(marks[all[i].Number-1]))
	}
	return all
}

// outward returns the direction, in radians, from a place away from the middle
// of its drawing and a little up.
func outward(m records.Mark) float64 {
	if m.X < 0.5 {
		return math.Pi + 0.5
	}
	return -0.5
}

// free returns the nearest room for the number of a mark: round its place, in
// ever wider circles, first in the direction given. Numbers after it have none
// yet.
func free(all []Placed, i int, radius, direction float64) Point {
	spot := all[i].Spot
	const steps = 16
	for away := 2 * radius; away < SheetWidth; away += radius {
		for k := range steps {
			turn := float64((k+1)/2) * 2 * math.Pi / steps
			if k%2 == 1 {
				turn = -turn
			}
			p := Point{spot.X + away*math.Cos(direction+turn), spot.Y + away*math.Sin(direction+turn)}
			if p.X < -radius || p.X > SheetWidth+radius || p.Y < radius || p.Y > SheetHeight-radius {
				continue
			}
			if isClear(all, i, p, radius) {
				return p
			}
		}
	}
	return spot
}

// The room of what a drawing says of its sides, to either side of its middle, in
// units.
const sideWidth, sideHeight = 20, 6

// isClear reports whether a number at p covers no place, no number before it, and
// not what a drawing says of its sides.
func isClear(all []Placed, i int, p Point, radius float64) bool {
	for j, o := range all {
		if math.Hypot(p.X-o.Spot.X, p.Y-o.Spot.Y) < 1.3*radius {
			return false
		}
		if j < i && math.Hypot(p.X-o.Badge.X, p.Y-o.Badge.Y) < 2.1*radius {
			return false
		}
	}
	for _, v := range Views() {
		for _, s := range v.Sides() {
			at := v.OnSheet(s.At)
			if abs(p.X-at.X) < sideWidth+radius && abs(p.Y-at.Y) < sideHeight+radius {
				return false
			}
		}
	}
	return true
}
