package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"throughline/records"
)

// nameLink is a name that opens something. A long one goes over several lines,
// where a button would run over what stands beside it.
type nameLink struct {
	widget.Hyperlink
	ring *canvas.Rectangle
}

func newNameLink(name string, open func()) *nameLink {
	l := &nameLink{ring: newRing()}
	l.Text, l.OnTapped = name, open
	l.TextStyle.Bold, l.Wrapping = true, fyne.TextWrapWord
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer draws the name with its ring.
func (l *nameLink) CreateRenderer() fyne.WidgetRenderer {
	return &ringRenderer{WidgetRenderer: l.Hyperlink.CreateRenderer(), ring: l.ring}
}

// FocusGained shows that the keyboard is here.
func (l *nameLink) FocusGained() {
	ringed(l.ring, true)
	revealIn(canvasOf(l), l)
}

// FocusLost takes the ring away.
func (l *nameLink) FocusLost() { ringed(l.ring, false) }

// TypedKey opens on Space and Enter.
func (l *nameLink) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		l.OnTapped()
	default:
		handOn(l, k)
	}
}

// pupilLink returns a pupil's name, which opens the file.
func (w *Window) pupilLink(q records.Pupil) *nameLink {
	return newNameLink(q.Name(), func() { w.open(newPupilPage(w, q.ID)) })
}

// besideName lays a name of one width beside what is about it, with buttons or
// nil at the end of the row. Tab visits them in that order.
func besideName(name, about, buttons fyne.CanvasObject) fyne.CanvasObject {
	left := container.New(&fixedWidth{190}, name)
	if buttons == nil {
		return container.New(layout.NewBorderLayout(nil, nil, left, nil), left, about)
	}
	right := container.NewVBox(buttons) // which keeps their height where the row is higher
	return container.New(layout.NewBorderLayout(nil, nil, left, right), left, about, right)
}
