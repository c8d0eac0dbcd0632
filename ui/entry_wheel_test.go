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
	turn := func() {
		at := w.app.Driver().AbsolutePositionForObject(e).AddXY(20, 20)
		objects := test.WidgetRenderer(e).Objects()
		top, ok := objects[len(objects)-1].(fyne.Scrollable)
		if !ok || objects[len(objects)-1].Size() != e.Size() {
			t.Fatalf("nothing on top of the field takes the wheel")
		}
		top.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{AbsolutePosition: at}, Scrolled: fyne.NewDelta(0, -15)})
	}
	turn()
	if form.Offset.Y == 0 {
		t.Error("an empty field kept the wheel")
	}
	before := form.Offset
	e.SetText(strings.Repeat("One more line of what was seen.\n", 20))
	turn()
	if form.Offset != before {
		t.Error("the form moved, and the field's text did not")
	}
}
