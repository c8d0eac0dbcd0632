package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// filled lays objects below one another; the last takes the room that is left.
// Unlike a border, it keeps the order in which Tab visits them.
func filled(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&fillLayout{stackLayout{gap: gap}}, objects...)
}

type fillLayout struct{ stackLayout }

func (l *fillLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.stackLayout.Layout(objects, size)
	if n := len(objects); n > 0 {
		last := objects[n-1]
		last.Resize(fyne.NewSize(size.Width, max(0, size.Height-last.Position().Y)))
	}
}
