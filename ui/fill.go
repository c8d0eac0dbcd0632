package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
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

// openList is a list whose Enter opens the row that has the keyboard.
type openList struct {
	widget.List
	w     *Window
	enter func()
}

func newOpenList(w *Window, length func() int, create func() fyne.CanvasObject, update func(int, fyne.CanvasObject), enter func()) *openList {
	l := &openList{w: w, enter: enter}
	l.Length, l.CreateItem, l.UpdateItem = length, create, update
	l.ExtendBaseWidget(l)
	return l
}

// TypedKey opens on Enter and moves on the arrow keys.
func (l *openList) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		l.enter()
	case l.w.typedKey(k):
	default:
		l.List.TypedKey(k)
	}
}
