package ui

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
)

// newRing returns the frame that shows which widget has the keyboard; it is not
// seen at first.
func newRing() *canvas.Rectangle {
	r := canvas.NewRectangle(color.Transparent)
	r.StrokeWidth, r.StrokeColor = 2, palette[theme.ColorNamePrimary]
	r.CornerRadius = 4
	r.Hide()
	return r
}

// ringed shows the ring, or takes it away.
func ringed(ring *canvas.Rectangle, on bool) {
	show(ring, on)
	ring.Refresh()
}

// ringRenderer draws a widget with its ring on top.
type ringRenderer struct {
	fyne.WidgetRenderer
	ring  *canvas.Rectangle
	inset float32 // of the ring within the widget
}

// Layout lays the ring over the whole widget.
func (r *ringRenderer) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	r.ring.Move(fyne.NewSquareOffsetPos(r.inset))
	r.ring.Resize(size.SubtractWidthHeight(2*r.inset, 2*r.inset))
}

// Objects returns what the widget draws, and the ring.
func (r *ringRenderer) Objects() []fyne.CanvasObject {
	return append(slices.Clip(r.WidgetRenderer.Objects()), r.ring)
}
