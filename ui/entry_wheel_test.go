package ui

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestWheelOverAFieldMovesTheForm turns the wheel over a field with nothing to
// scroll, and over one with more text than is seen.
func TestWheelOverAFieldMovesTheForm(t *testing.T) {
	w := openDemo(t)
	e := w.newText("", 3)
	form := w.newScroll(column(4, e, w.newText("", 60)))
	w.win.SetContent(form)
	turn := func(by float32) {
		at := w.app.Driver().AbsolutePositionForObject(e).AddXY(20, 50)
		objects := test.WidgetRenderer(e).Objects()
		top, ok := objects[len(objects)-1].(fyne.Scrollable)
		if !ok || objects[len(objects)-1].Size() != e.Size() {
			t.Fatalf("nothing on top of the field takes the wheel")
		}
		top.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{AbsolutePosition: at}, Scrolled: fyne.NewDelta(0, by)})
	}
	turn(-15)
	if form.Offset.Y == 0 {
		t.Error("an empty field kept the wheel")
	}
	before := form.Offset
	e.SetText(strings.Repeat("One more line of what was seen.\n", 20))
	turn(-15)
	if form.Offset != before {
		t.Error("the form moved, and the field's text did not")
	}
	turn(-9999)
	turn(-15)
	if form.Offset.Y <= before.Y {
		t.Error("at the end of its text the field keeps the wheel")
	}
	before = form.Offset
	turn(15)
	if form.Offset != before {
		t.Error("turned up at its end, the form moved, and the field's text did not")
	}
	turn(9999)
	turn(15)
	if form.Offset.Y >= before.Y {
		t.Error("at the beginning of its text the field keeps the wheel")
	}
}
