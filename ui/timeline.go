package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"throughline/chronology"
	"throughline/records"
)

// The timeline's measures, in device-independent pixels.
const (
	gutter     = 186 // for the names of the lanes
	axisText   = 11  // size of the dates, and of the names of statuses
	nearEnough = 9   // how far from a mark a click still means it
)

// timelineFrame returns the room that a line is drawn in. Where there are few
// lanes they are easier.
func timelineFrame(size fyne.Size, lanes int) chronology.Frame {
	f := chronology.Frame{
		Width: float64(size.Width), Height: float64(size.Height), Left: gutter, Right: 14,
		Strip: 26, Axis: 20, Curve: 28, LaneLeast: 17, LaneMost: 30, Dot: 4.1,
		Measure: func(s string) float64 { return float64(fyne.MeasureText(s, axisText, fyne.TextStyle{}).Width) },
	}
	if lanes <= 7 {
		f.LaneLeast = 20
	}
	return f
}

// timeline draws a child's line over time: a lane for each category, marks the
// larger the more serious, what help there was by law or plan and the school
// holidays behind, and how many concerns six school weeks have. A click, or the
// arrow keys, choose an entry.
type timeline struct {
	widget.BaseWidget
	w      *Window
	chosen func(entry int) // told when an entry is chosen here

	line    chronology.Line
	picture *chronology.Picture
	plot    *chronology.Placed

	selected int          // place on the line; -1 for none
	lit      map[int]bool // places on the line that are shown as evidence
	focused  bool
	over     int // place in the plot's marks of the one under the mouse; -1 for none
}

func newTimeline(w *Window, chosen func(entry int)) *timeline {
	t := &timeline{w: w, chosen: chosen, selected: -1, over: -1, picture: &chronology.Picture{}}
	t.place(fyne.Size{})
	t.ExtendBaseWidget(t)
	return t
}

// set shows a line.
func (t *timeline) set(f *records.File, line chronology.Line) {
	t.line = line
	t.picture = chronology.Scene{Line: line, Bands: f.Bands, Calendar: f.Calendar, Read: f.Read.Date(), End: "Today"}.Picture()
	t.selected, t.over, t.lit = -1, -1, nil
	t.place(t.Size())
	t.Refresh()
}

// choose marks an entry; -1 marks none. It does not tell chosen.
func (t *timeline) choose(entry int) {
	if t.selected != entry {
		t.selected = entry
		t.Refresh()
	}
}

// light shows entries as the evidence of a statement; nil shows all alike.
func (t *timeline) light(entries map[int]bool) {
	t.lit = entries
	t.Refresh()
}

func (t *timeline) place(size fyne.Size) {
	t.plot = t.picture.Place(timelineFrame(size, len(t.picture.Lanes)))
}

// at returns the place in the plot's marks of the one that a point means, or -1.
func (t *timeline) at(p fyne.Position) int {
	return t.plot.Nearest(float64(p.X), float64(p.Y), nearEnough)
}

// Tapped chooses the entry under the mouse and takes the keyboard.
func (t *timeline) Tapped(e *fyne.PointEvent) {
	t.w.touch()
	t.w.win.Canvas().Focus(t)
	if i := t.at(e.Position); i >= 0 {
		t.take(i)
	}
}

func (t *timeline) take(i int) {
	if i < 0 || i >= len(t.plot.Marks) {
		return
	}
	t.over = -1
	t.choose(t.plot.Marks[i].Entry)
	t.chosen(t.selected)
}

// FocusGained shows that the keyboard is here.
func (t *timeline) FocusGained() { t.focused = true; t.Refresh() }

// FocusLost shows that the keyboard has gone.
func (t *timeline) FocusLost() { t.focused = false; t.Refresh() }

// TypedRune does nothing.
func (t *timeline) TypedRune(rune) {}

// TypedKey moves between entries: Left and Right by one, Home and End to the
// first and the last.
func (t *timeline) TypedKey(k *fyne.KeyEvent) {
	last := len(t.plot.Marks) - 1
	switch k.Name {
	case fyne.KeyLeft:
		t.take(t.plot.Step(t.selected, -1))
	case fyne.KeyRight:
		t.take(t.plot.Step(t.selected, 1))
	case fyne.KeyHome:
		t.take(min(0, last))
	case fyne.KeyEnd:
		t.take(last)
	default:
		t.w.typedKey(k)
	}
}

// MouseIn shows what is under the mouse.
func (t *timeline) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved shows what is under the mouse.
func (t *timeline) MouseMoved(e *desktop.MouseEvent) {
	t.w.touch()
	if i := t.at(e.Position); i != t.over {
		t.over = i
		t.Refresh()
	}
}

// MouseOut takes the note away.
func (t *timeline) MouseOut() {
	if t.over >= 0 {
		t.over = -1
		t.Refresh()
	}
}

// Cursor says whether a click chooses something.
func (t *timeline) Cursor() desktop.Cursor {
	if t.over >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// AccessibilityLabel says what is drawn, and which entry is chosen.
func (t *timeline) AccessibilityLabel() string {
	if t.selected >= 0 && t.selected < len(t.line) {
		return "The line over time, at " + tipOf(&t.line[t.selected])
	}
	return t.picture.String()
}

// tipOf says in a few words what an entry is.
func tipOf(e *chronology.Entry) string {
	parts := []string{e.When.String(), e.Title}
	if e.Severity > 0 {
		parts = append(parts, e.Severity.String())
	}
	if e.Standing == records.Hearsay {
		parts = append(parts, "hearsay")
	}
	return strings.Join(parts, " · ")
}

// MinSize leaves room for every lane.
func (t *timeline) MinSize() fyne.Size {
	t.ExtendBaseWidget(t)
	f := timelineFrame(fyne.Size{}, len(t.picture.Lanes))
	return fyne.NewSize(gutter+200, float32(t.picture.Least(f)))
}

// CreateRenderer draws the line.
func (t *timeline) CreateRenderer() fyne.WidgetRenderer {
	r := &timelineRenderer{t: t}
	r.draw()
	return r
}
