package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// openList is a list with a mark on one row. Only keys and moveTo move the mark:
// Fyne's own lists also move it to where the mouse happens to rest, and Enter
// would then open what nobody chose. Enter opens.
type openList struct {
	widget.List
	w      *Window
	enter  func()
	marked func(i int) // told of a row that is marked from now on
	at     int         // the row that is marked
	ring   *canvas.Rectangle
}

func newOpenList(w *Window, length func() int, create func() fyne.CanvasObject, update func(int, fyne.CanvasObject), enter func()) *openList {
	l := &openList{w: w, enter: enter, marked: func(int) {}, ring: newRing()}
	l.Length, l.CreateItem, l.UpdateItem = length, create, update
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the list and, while it has the keyboard, a ring.
func (l *openList) CreateRenderer() fyne.WidgetRenderer {
	return &ringRenderer{WidgetRenderer: l.List.CreateRenderer(), ring: l.ring}
}

// moveTo marks a row, or the nearest there is, and scrolls to it.
func (l *openList) moveTo(i int) {
	n := l.Length()
	if n == 0 {
		l.at = 0
		return
	}
	l.at = min(n-1, max(0, i))
	l.Highlight(l.at)
	l.marked(l.at)
	l.Refresh()
}

// markSteps are how many rows a key moves the mark.
var markSteps = map[fyne.KeyName]int{fyne.KeyDown: 1, fyne.KeyUp: -1, fyne.KeyPageDown: 10, fyne.KeyPageUp: -10}

// TypedKey opens on Enter, chooses on Space and moves the mark on the arrow
// keys.
func (l *openList) TypedKey(k *fyne.KeyEvent) {
	switch {
	case k.Name == fyne.KeyReturn || k.Name == fyne.KeyEnter:
		l.enter()
	case markSteps[k.Name] != 0:
		l.moveTo(l.at + markSteps[k.Name])
	case l.w.typedKey(k):
	default:
		l.List.TypedKey(k)
	}
}

// FocusGained shows where the keyboard is.
func (l *openList) FocusGained() {
	ringed(l.ring, true)
	l.List.FocusGained()
	l.Highlight(l.at) // Fyne's mark may stand elsewhere
}

// FocusLost takes the ring away.
func (l *openList) FocusLost() {
	ringed(l.ring, false)
	l.List.FocusLost()
}
