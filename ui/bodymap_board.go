package ui

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"throughline/chronology/bodymap"
	"throughline/records"
)

// How the cross moves, and what a click still means, in units of the sheet and
// in pixels.
const (
	crossStep = 2
	markReach = 10
)

// besideTheChild says that no mark was set.
const besideTheChild = "That is beside the child. Set the mark on the drawing."

// bodyBoard is a body map on which marks are set: with a click, or with a cross
// that the arrow keys move. It tells what was done and keeps no notes.
type bodyBoard struct {
	bodyFigure
	w     *Window
	held  int // place in marks of the one that is carried; -1 for none
	set   func(m records.Mark)
	open  func(i int) // the mark is to be written of
	moved func(i int, m records.Mark)
	take  func(i int) // the mark is to be taken away
}

func newBodyBoard(w *Window) *bodyBoard {
	b := &bodyBoard{w: w, held: -1}
	b.scale, b.chosen = 1.4, -1
	b.home(0)
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer draws the board.
func (b *bodyBoard) CreateRenderer() fyne.WidgetRenderer { return newBodyRenderer(&b.bodyFigure, b) }

// home puts the cross in the middle of a drawing.
func (b *bodyBoard) home(view int) {
	all := bodymap.Views()
	v := all[(view+len(all))%len(all)]
	b.point(v.OnSheet(bodymap.Point{X: 0.5, Y: 0.35}))
}

// point puts the cross on a place of the sheet and says what that is.
func (b *bodyBoard) point(p bodymap.Point) {
	p.X, p.Y = min(bodymap.SheetWidth, max(0, p.X)), min(bodymap.SheetHeight, max(0, p.Y))
	b.cross, b.foot = &p, ""
	if v, at := bodymap.Under(p); v != nil {
		b.foot = capital(v.Region(at))
	}
	if i := b.markAt(b.fromSheet(p)); i >= 0 && b.held < 0 {
		b.foot = capital(bodymap.Where(b.marks[i])) + " · Enter: its note · Space: move it · Delete: take it away"
	}
}

// show draws marks and puts the cross on the chosen one, if there is any.
func (b *bodyBoard) show(marks []records.Mark, chosen int) {
	b.marks, b.chosen = marks, chosen
	if chosen >= 0 {
		if v := bodymap.Find(marks[chosen].View); v != nil {
			b.point(v.OnSheet(bodymap.Point{X: marks[chosen].X, Y: marks[chosen].Y}))
		}
	}
	b.Refresh()
}

// markAt returns the place in marks of the one whose place or number is within
// reach, the nearest first, or -1.
func (b *bodyBoard) markAt(p fyne.Position) int {
	best, found := float64(markReach), -1
	for _, m := range b.placed() {
		for _, at := range []bodymap.Point{m.Spot, m.Badge} {
			q := b.fromSheet(at)
			if d := math.Hypot(float64(q.X-p.X), float64(q.Y-p.Y)); d < best {
				best, found = d, m.Number-1
			}
		}
	}
	return found
}

// mark returns a mark at a place of the sheet; ok is false beside the child.
func (b *bodyBoard) mark(p bodymap.Point) (m records.Mark, ok bool) {
	v, at := bodymap.Under(p)
	if v == nil {
		return m, false
	}
	at, ok = v.On(at)
	return records.Mark{View: v.Code, X: at.X, Y: at.Y}, ok
}

// do sets a mark at a place of the sheet, or says why not.
func (b *bodyBoard) do(p bodymap.Point) {
	m, ok := b.mark(p)
	if !ok {
		b.foot = besideTheChild
		b.Refresh()
		return
	}
	b.set(m)
}

// Tapped opens the mark under the mouse, or sets one.
func (b *bodyBoard) Tapped(e *fyne.PointEvent) {
	b.w.touch()
	b.w.win.Canvas().Focus(b)
	if i := b.markAt(e.Position); i >= 0 {
		b.open(i)
		return
	}
	p := b.toSheet(e.Position)
	b.point(p)
	b.do(p)
}

// Dragged carries the mark on which the drag began.
func (b *bodyBoard) Dragged(e *fyne.DragEvent) {
	b.w.touch()
	if b.held < 0 {
		if b.held = b.markAt(e.Position.SubtractXY(e.Dragged.DX, e.Dragged.DY)); b.held < 0 {
			return
		}
	}
	b.carry(b.toSheet(e.Position))
}

// DragEnd puts the mark down.
func (b *bodyBoard) DragEnd() { b.held = -1 }

// carry moves the cross, and with it the mark that is held as far as it stays on
// the child.
func (b *bodyBoard) carry(p bodymap.Point) {
	b.point(p)
	if b.held >= 0 {
		if m, ok := b.mark(*b.cross); ok {
			b.moved(b.held, m)
		}
	}
	b.Refresh()
}

// TypedKey moves the cross with the arrows, from drawing to drawing with Page Up
// and Page Down, sets a mark with Enter, moves one with Space and takes it away
// with Delete.
func (b *bodyBoard) TypedKey(k *fyne.KeyEvent) {
	step := func(dx, dy float64) {
		b.carry(bodymap.Point{X: b.cross.X + dx*crossStep, Y: b.cross.Y + dy*crossStep})
	}
	switch k.Name {
	case fyne.KeyLeft:
		step(-1, 0)
	case fyne.KeyRight:
		step(1, 0)
	case fyne.KeyUp:
		step(0, -1)
	case fyne.KeyDown:
		step(0, 1)
	case fyne.KeyPageDown, fyne.KeyPageUp:
		b.turn(k.Name == fyne.KeyPageDown)
	default:
		b.act(k)
		return
	}
	b.w.touch()
}

// turn puts the cross on the next drawing, or on the one before.
func (b *bodyBoard) turn(next bool) {
	v, _ := bodymap.Under(*b.cross)
	by := -1
	if next {
		by = 1
	}
	b.home(slices.Index(bodymap.Views(), v) + by)
	b.Refresh()
}

// act does what a key is for at the place of the cross.
func (b *bodyBoard) act(k *fyne.KeyEvent) {
	under := b.markAt(b.fromSheet(*b.cross))
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		switch {
		case b.held >= 0:
			b.held = -1
		case under >= 0:
			b.open(under)
		default:
			b.do(*b.cross)
		}
	case fyne.KeySpace:
		if b.held >= 0 {
			under = -1
		}
		if b.held = under; under >= 0 {
			b.foot = "The arrows move this mark. Space puts it down."
			b.Refresh()
		}
	case fyne.KeyDelete, fyne.KeyBackspace:
		if b.held = -1; under >= 0 {
			b.take(under)
		}
	default:
		b.w.typedKey(k)
		return
	}
	b.w.touch()
}

// TypedRune does nothing.
func (b *bodyBoard) TypedRune(rune) {}

// FocusGained shows the cross and moves the board into view.
func (b *bodyBoard) FocusGained() {
	b.focused = true
	b.w.reveal(b)
	b.Refresh()
}

// FocusLost puts down what was carried and hides the cross.
func (b *bodyBoard) FocusLost() {
	b.focused, b.held = false, -1
	b.Refresh()
}

// Cursor says that a click sets a mark.
func (b *bodyBoard) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// MouseIn notes that somebody is there.
func (b *bodyBoard) MouseIn(*desktop.MouseEvent) { b.w.touch() }

// MouseMoved says what part of the child is under the mouse.
func (b *bodyBoard) MouseMoved(e *desktop.MouseEvent) {
	b.w.touch()
	said := ""
	if v, at := bodymap.Under(b.toSheet(e.Position)); v != nil {
		said = capital(v.Region(at))
	}
	if said != b.foot && b.held < 0 {
		b.foot = said
		b.Refresh()
	}
}

// MouseOut notes that somebody was there.
func (b *bodyBoard) MouseOut() { b.w.touch() }
